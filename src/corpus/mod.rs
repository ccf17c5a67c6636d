//! Floor 2: tokens in, ids and counts out.

pub mod compound;
pub mod csr;
pub mod dfm;
pub mod fcm;
mod interner;
pub mod kwic;
pub mod lookup;
pub mod ngrams;
pub mod pattern;
pub mod raw;
pub mod select;
pub mod sequences;
pub mod tokenize;
pub mod tokens;
pub mod vocabulary;
