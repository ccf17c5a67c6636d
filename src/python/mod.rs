//! Floor 5
