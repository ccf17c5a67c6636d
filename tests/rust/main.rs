//! Integration tests of the kernels, one module a topic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    clippy::missing_panics_doc
)]

mod dfm;
mod fcm;
mod figures;
mod house;
mod kwic;
mod segment;
mod tfidf;
mod tokens;

use std::path::{Path, PathBuf};

/// The folder of sample data beside the checkout, if it is there. Under CI it must be.
#[allow(dead_code)]
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("DUIZHAO_SHARED")
        .map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
            PathBuf::from,
        )
        .join("data");
    let found = folder.is_dir();
    assert!(
        found || std::env::var_os("CI").is_none(),
        "the sample data are not at {}",
        folder.display()
    );
    if !found {
        eprintln!(
            "skipped: the sample data are not at {} (set DUIZHAO_SHARED)",
            folder.display()
        );
    }
    found.then_some(folder)
}
mod boilerplate;
mod clean;
mod reading;
mod repair;
mod script;
mod sentences;

mod claims;
mod collocations;
mod contingency;
mod dispersion;
mod diversity;
mod layers;
mod lists;
mod measures;
mod number;
mod rank;
mod registry;
mod reuse;
mod similarity;
mod slogans;
mod view;
mod words;
