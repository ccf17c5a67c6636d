//! Kernels of duizhao (对照, "to set side by side"): comparative analysis of Chinese text.
//!
//! The floors, from the ground up. A module imports from floors below its own, never from above; `tests/rust/layers.rs`
//! keeps that rule.
//!
//! | floor | module | turns | into |
//! | --- | --- | --- | --- |
//! | 0 | [`error`], [`num`], [`run`] | unchecked values | checked ones; long work into interruptible work |
//! | 0 | [`lists`] | files of words | lists that answer by hash |
//! | 0 | [`registry`] | measures | rows of one shape: range, sign, formula, source |
//! | 0 | [`words`](mod@words) | words of arguments and columns | enums, and enums words |
//! | 1 | [`text`] | strings | strings and spans |
//! | 2 | [`corpus`] | tokens | ids and counts |
//! | 3 | [`stats`] | numbers | numbers (knows floor 0 only) |
//! | 3 | [`discourse`] | texts | columns of what official language is made of |
//! | 3 | [`reuse`] | texts | passages that they share |
//! | 4 | [`analysis`] | a corpus and a statistic | columns |
//! | 5 | `python` | Python values | calls of the floors below (feature `python`) |
//!
//! Without the feature `python` the crate needs neither Python nor polars.

pub mod error;
pub mod lists;
pub mod num;
pub mod registry;
pub mod run;
pub mod words;

pub mod text;

pub mod corpus;

pub mod stats;

pub mod discourse;

pub mod reuse;

pub mod analysis;

#[cfg(feature = "python")]
mod python;

pub use error::{Error, Result};
