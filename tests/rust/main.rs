//! Integration tests of the kernels, one module a topic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
