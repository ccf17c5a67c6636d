//! Floor 3: what Chinese official language is made of; texts in, spans and columns out.

pub mod claims;
pub mod number;
