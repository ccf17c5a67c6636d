//! Floor 3: numbers in, numbers out. Knows floor 0 only: no strings, no corpus.

pub mod adjust;
mod all_pairs;
pub mod association;
pub mod clustering;
pub mod coefficients;
pub mod contingency;
pub mod decomposition;
pub mod delta;
pub mod dispersion;
pub mod distance;
pub mod diversity;
pub mod effect;
pub mod exact;
pub mod interaction;
pub mod log_odds;
pub mod measures;
pub mod parameters;
pub mod poisson;
pub mod rank;
pub mod resample;
pub mod scaling;
pub mod significance;
pub mod similarity;
pub mod sparse;
pub mod special;
pub mod tfidf;
pub mod trend;
