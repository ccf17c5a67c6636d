//! Sentences and clauses.
