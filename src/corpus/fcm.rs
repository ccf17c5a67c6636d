//! Feature co-occurrence matrix.
