//! N-grams and skip-grams.
