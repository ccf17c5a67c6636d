//! Texts → tokens, in parallel, with one vocabulary.
