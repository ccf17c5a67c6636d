//! Floor 1: strings in, strings and spans out.

pub mod boilerplate;
pub mod clean;
pub mod damage;
pub mod dictionary;
pub mod edit;
pub mod encoding;
pub mod escapes;
pub mod han;
pub mod html;
mod line;
pub mod lines;
pub mod mojibake;
pub mod normalize;
pub mod offsets;
pub mod page_breaks;
pub mod places;
pub mod radicals;
pub mod reading;
pub mod repair;
pub mod scan;
pub mod script;
pub mod segment;
pub mod sentences;
pub mod spaced_words;
pub mod tags;
mod wrapping;
