//! The map from cleaned text back to the raw text.
