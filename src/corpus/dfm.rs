//! Document-feature matrix.
