//! Floor 3: passages that texts share; texts in, spans and columns out.
//!
//! [`normalize`] folds what does not count as a difference · [`seeds`] finds equal n-grams · [`chain`] and [`align`] make passages of them ·
//! [`matches`] does so for all pairs of documents · [`cluster`] puts the versions of one passage together · [`pairs`] sums up a pair of documents · [`phrases`] lists set phrases ·
//! [`minhash`] and [`near_duplicates`] find near-duplicates · [`diff`] compares two versions of a text.

pub mod align;
pub mod chain;
pub mod cluster;
pub mod diff;
mod marks;
pub mod matches;
pub mod minhash;
mod moves;
pub mod near_duplicates;
pub mod normalize;
pub mod pairs;
pub mod phrases;
mod pieces;
pub mod seeds;
