//! Floor 3: what Chinese official language is made of; texts in, spans and columns out.

pub mod chars;
pub mod claims;
pub mod entities;
pub mod new_words;
pub mod number;
pub mod page;
pub mod quotations;
pub mod register;
pub mod slogans;
pub mod titles;
