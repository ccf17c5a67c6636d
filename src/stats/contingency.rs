//! The one 2×2 table.
