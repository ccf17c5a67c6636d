//! Token ids of all documents in one vector.

use std::sync::Arc;

use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};

/// Id of a removed token that keeps its place: it counts as distance, never as a feature.
pub const PAD: u32 = u32::MAX;

/// Tokenised documents: ids of all documents one after another, and where each document starts.
///
/// Cloning is cheap: every part is shared. Optional parts run parallel to `ids`.
#[derive(Debug, Clone, PartialEq)]
pub struct Tokens {
    vocabulary: Arc<Vocabulary>,
    ids: Arc<Vec<u32>>,
    /// `n_documents + 1` positions in `ids`, the first 0.
    offsets: Arc<Vec<usize>>,
    /// Half-open character spans in the (cleaned) text of the document.
    spans: Option<Arc<Vec<(u32, u32)>>>,
    /// Part-of-speech tag of each token, as an index into `tag_names`.
    tags: Option<Arc<Vec<u16>>>,
    tag_names: Arc<Vec<Arc<str>>>,
    /// Positions in `ids` where a sentence starts; every document start is one. Sorted, distinct.
    sentence_starts: Option<Arc<Vec<usize>>>,
    /// The same for paragraphs.
    paragraph_starts: Option<Arc<Vec<usize>>>,
}

/// Parts of a [`Tokens`], for building and taking apart.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // the same words as on `Tokens`
pub struct TokensParts {
    pub vocabulary: Arc<Vocabulary>,
    pub ids: Vec<u32>,
    pub offsets: Vec<usize>,
    pub spans: Option<Vec<(u32, u32)>>,
    pub tags: Option<Vec<u16>>,
    pub tag_names: Vec<Arc<str>>,
    pub sentence_starts: Option<Vec<usize>>,
    pub paragraph_starts: Option<Vec<usize>>,
}

impl Tokens {
    /// Checks the parts against one another and puts them together.
    ///
    /// # Errors
    /// [`Error::Data`] where lengths differ, offsets do not ascend from 0 to the number of ids, or an id is neither in
    /// the vocabulary nor [`PAD`].
    pub fn new(parts: TokensParts) -> Result<Self> {
        let n = parts.ids.len();
        let ascending = parts.offsets.windows(2).all(|w| w[0] <= w[1]);
        if parts.offsets.first() != Some(&0) || parts.offsets.last() != Some(&n) || !ascending {
            return Err(Error::data(
                "offsets",
                "ascending from 0 to the number of tokens",
                format!("{} offsets for {n} tokens", parts.offsets.len()),
            ));
        }
        let known = parts.vocabulary.len();
        if let Some(bad) = parts.ids.iter().find(|&&id| id != PAD && id as usize >= known) {
            return Err(Error::data("ids", format!("below {known} or PAD"), bad));
        }
        for (name, len) in [
            ("spans", parts.spans.as_ref().map(Vec::len)),
            ("tags", parts.tags.as_ref().map(Vec::len)),
        ] {
            if len.is_some_and(|len| len != n) {
                return Err(Error::data(name, "one for each token", len.unwrap_or_default()));
            }
        }
        Ok(Self {
            vocabulary: parts.vocabulary,
            ids: Arc::new(parts.ids),
            offsets: Arc::new(parts.offsets),
            spans: parts.spans.map(Arc::new),
            tags: parts.tags.map(Arc::new),
            tag_names: Arc::new(parts.tag_names),
            sentence_starts: parts.sentence_starts.map(Arc::new),
            paragraph_starts: parts.paragraph_starts.map(Arc::new),
        })
    }

    /// Number of documents.
    pub fn n_documents(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Number of tokens, padding included.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no token at all.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The features that the ids stand for. A feature need not occur (any more).
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Ids of all documents, one after another; [`PAD`] for a removed token.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// Start of each document in [`Tokens::ids`], and the end of the last.
    pub fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// Ids of one document.
    pub fn document(&self, index: usize) -> &[u32] {
        &self.ids[self.offsets[index]..self.offsets[index + 1]]
    }

    /// Character spans, if they were asked for.
    pub fn spans(&self) -> Option<&[(u32, u32)]> {
        self.spans.as_ref().map(|s| s.as_slice())
    }

    /// Tag of each token as an index into [`Tokens::tag_names`], if tags were asked for.
    pub fn tags(&self) -> Option<&[u16]> {
        self.tags.as_ref().map(|t| t.as_slice())
    }

    /// Names of the tags.
    pub fn tag_names(&self) -> &[Arc<str>] {
        &self.tag_names
    }

    /// Positions in [`Tokens::ids`] where a sentence starts.
    pub fn sentence_starts(&self) -> Option<&[usize]> {
        self.sentence_starts.as_ref().map(|s| s.as_slice())
    }

    /// Positions in [`Tokens::ids`] where a paragraph starts.
    pub fn paragraph_starts(&self) -> Option<&[usize]> {
        self.paragraph_starts.as_ref().map(|s| s.as_slice())
    }
}
