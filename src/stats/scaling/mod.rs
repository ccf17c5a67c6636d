//! Positions of texts on one dimension.

pub mod wordfish;
pub mod wordscores;
