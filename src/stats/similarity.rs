//! Similarity of sparse rows.
