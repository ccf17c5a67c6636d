//! Floor 4: a corpus and a statistic in, columns out.

pub mod associations;
pub mod keyness;
pub mod scores;
pub mod shares;
pub mod similarity;
pub mod tfidf;
