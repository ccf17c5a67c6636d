//! Effect sizes.
