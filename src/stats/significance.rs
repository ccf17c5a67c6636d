//! Tests of significance on a 2×2 table.
