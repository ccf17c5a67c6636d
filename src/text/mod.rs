//! Floor 1: strings in, strings and spans out.

pub mod edit;
