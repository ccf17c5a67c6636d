//! Feature ↔ id.
//!
//! Ids follow the code-point order of the features (which is the byte order of UTF-8). That order depends neither on
//! the order of the documents nor on threads, and makes merging two vocabularies a merge of two sorted lists.

use rustc_hash::FxHashMap;
use std::sync::Arc;

use crate::error::{Error, Result};

/// An immutable, sorted list of distinct features.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    features: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, u32>,
}

impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        self.features == other.features
    }
}

impl Vocabulary {
    /// Builds from any collection; duplicates are merged, order does not matter.
    ///
    /// # Errors
    /// [`Error::Data`] beyond 2³¹ − 1 features (ids must fit a signed 32-bit index of a sparse matrix).
    pub fn new<S: AsRef<str>>(features: impl IntoIterator<Item = S>) -> Result<Self> {
        let mut sorted: Vec<Arc<str>> = features.into_iter().map(|f| Arc::from(f.as_ref())).collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self::from_sorted(sorted)
    }

    /// Builds from features that are sorted by code point and distinct already.
    ///
    /// # Errors
    /// As [`Vocabulary::new`].
    pub(crate) fn from_sorted(sorted: Vec<Arc<str>>) -> Result<Self> {
        debug_assert!(sorted.windows(2).all(|w| w[0] < w[1]));
        if i32::try_from(sorted.len()).is_err() {
            return Err(Error::data(
                "features",
                "at most 2147483647 distinct features",
                sorted.len(),
            ));
        }
        #[allow(clippy::cast_possible_truncation)] // checked above
        let ids = sorted
            .iter()
            .enumerate()
            .map(|(i, f)| (Arc::clone(f), i as u32))
            .collect();
        Ok(Self {
            features: sorted,
            ids,
        })
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Features in id order.
    pub fn features(&self) -> &[Arc<str>] {
        &self.features
    }

    /// The feature of an id, if the id is in range.
    pub fn feature(&self, id: u32) -> Option<&str> {
        self.features.get(id as usize).map(AsRef::as_ref)
    }

    /// The id of a feature, if it is known.
    pub fn id(&self, feature: &str) -> Option<u32> {
        self.ids.get(feature).copied()
    }
}
