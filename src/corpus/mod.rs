//! Floor 2: tokens in, ids and counts out.

pub mod csr;
pub mod tokens;
pub mod vocabulary;
