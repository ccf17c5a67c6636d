//! Floor 4: a corpus and a statistic in, columns out.

pub mod association_intervals;
pub mod associations;
pub mod collocations;
pub mod dispersion;
pub mod diversity;
pub mod keyness;
pub mod keyness_inference;
pub mod means;
pub mod rates;
pub mod scores;
pub mod shares;
pub mod similarity;
pub mod structure;
pub mod tfidf;
pub mod zeta;
