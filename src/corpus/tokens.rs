//! Token ids of all documents in one vector.

use std::sync::Arc;

use rayon::prelude::*;

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
    /// Positions in `ids` where a sentence starts. Sorted, distinct, below the number of tokens; the start of every
    /// document that has tokens is one.
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

impl Default for Tokens {
    /// No documents.
    fn default() -> Self {
        Self {
            vocabulary: Arc::default(),
            ids: Arc::default(),
            offsets: Arc::new(vec![0]),
            spans: None,
            tags: None,
            tag_names: Arc::default(),
            sentence_starts: Some(Arc::default()),
            paragraph_starts: Some(Arc::default()),
        }
    }
}

impl Tokens {
    /// Checks the parts against one another and puts them together.
    ///
    /// # Errors
    /// [`Error::Data`] where lengths differ, offsets do not ascend from 0 to the number of ids, or an id is neither in
    /// the vocabulary nor [`PAD`], a tag has no name, or starts of sentences or paragraphs do not ascend or miss a document.
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
        // By stretches without an exit inside, which the compiler makes vector instructions of.
        let unknown = |&id: &u32| id != PAD && id as usize >= known;
        let stretch = parts
            .ids
            .par_chunks(1 << 14)
            .find_first(|ids| ids.iter().fold(false, |bad, id| bad | unknown(id)));
        if let Some(bad) = stretch.and_then(|ids| ids.iter().find(|id| unknown(id))) {
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
        let named = parts.tag_names.len();
        if let Some(bad) = parts.tags.iter().flatten().find(|&&t| usize::from(t) >= named) {
            return Err(Error::data("tags", format!("below {named}"), bad));
        }
        for (name, starts) in [
            ("sentence_starts", &parts.sentence_starts),
            ("paragraph_starts", &parts.paragraph_starts),
        ] {
            let Some(starts) = starts else { continue };
            let ascending = starts.windows(2).all(|w| w[0] < w[1]) && starts.last().is_none_or(|&s| s < n);
            // Every document start is one; an empty document starts where the next does.
            let complete = || {
                parts
                    .offsets
                    .iter()
                    .all(|o| *o == n || starts.binary_search(o).is_ok())
            };
            if !ascending || !complete() {
                return Err(Error::data(
                    name,
                    "ascending positions of tokens that include every document start",
                    format!("{} positions", starts.len()),
                ));
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

    /// Tokens of one document as strings; `None` for a removed token.
    pub fn words(&self, index: usize) -> impl Iterator<Item = Option<&str>> {
        self.document(index).iter().map(|&id| self.vocabulary.feature(id))
    }

    /// For each document the number of tokens and of distinct tokens, padding not counted.
    pub fn marginals(&self) -> Vec<(u64, u64)> {
        (0..self.n_documents())
            .into_par_iter()
            .map(|d| {
                let mut ids: Vec<u32> = self.document(d).iter().copied().filter(|&id| id != PAD).collect();
                let tokens = ids.len() as u64;
                ids.sort_unstable();
                ids.dedup();
                (tokens, ids.len() as u64)
            })
            .collect()
    }

    /// The parts, copied out.
    pub fn parts(&self) -> TokensParts {
        TokensParts {
            vocabulary: Arc::clone(&self.vocabulary),
            ids: self.ids.to_vec(),
            offsets: self.offsets.to_vec(),
            spans: self.spans.as_deref().cloned(),
            tags: self.tags.as_deref().cloned(),
            tag_names: self.tag_names.to_vec(),
            sentence_starts: self.sentence_starts.as_deref().cloned(),
            paragraph_starts: self.paragraph_starts.as_deref().cloned(),
        }
    }

    /// The same tokens with a vocabulary of the features that occur.
    ///
    /// # Errors
    /// None in practice: the parts are consistent.
    pub fn compact(self) -> Result<Self> {
        let mut used = vec![false; self.vocabulary.len()];
        for &id in self.ids.iter().filter(|&&id| id != PAD) {
            used[id as usize] = true;
        }
        if used.iter().all(|&u| u) {
            return Ok(self);
        }
        let mut next = 0;
        let map: Vec<u32> = used
            .iter()
            .map(|&u| {
                let id = next;
                next += u32::from(u);
                id
            })
            .collect();
        let kept = self.vocabulary.features().iter().zip(&used).filter(|(_, u)| **u);
        let vocabulary = Vocabulary::from_sorted(kept.map(|(f, _)| Arc::clone(f)).collect())?;
        let ids = self
            .ids
            .iter()
            .map(|&id| if id == PAD { PAD } else { map[id as usize] })
            .collect();
        Ok(Self {
            vocabulary: Arc::new(vocabulary),
            ids: Arc::new(ids),
            ..self
        })
    }

    /// The documents with the given indices, in the given order. The vocabulary is reduced to what occurs.
    ///
    /// # Errors
    /// [`Error::Data`] for an index out of range.
    pub fn select_documents(&self, indices: &[usize]) -> Result<Self> {
        let members: Vec<Vec<usize>> = indices.iter().map(|&i| vec![i]).collect();
        self.concatenate(&members, true)
    }

    /// One document for each group: the tokens of its members, in order. `groups` gives the group of each document, from
    /// 0 to `n_groups - 1`.
    ///
    /// Spans are dropped, for they count characters of different texts; a member's start stays the start of a sentence and
    /// of a paragraph.
    ///
    /// # Errors
    /// [`Error::Data`] where `groups` has another length than there are documents or a group is out of range.
    pub fn group(&self, groups: &[usize], n_groups: usize) -> Result<Self> {
        if groups.len() != self.n_documents() {
            return Err(Error::data("by", "one group for each document", groups.len()));
        }
        let mut members = vec![Vec::new(); n_groups];
        for (document, &group) in groups.iter().enumerate() {
            members
                .get_mut(group)
                .ok_or_else(|| Error::data("by", format!("groups below {n_groups}"), group))?
                .push(document);
        }
        self.concatenate(&members, false)
    }

    fn concatenate(&self, members: &[Vec<usize>], spans: bool) -> Result<Self> {
        let n = self.n_documents();
        if let Some(bad) = members.iter().flatten().find(|&&d| d >= n) {
            return Err(Error::data("documents", format!("indices below {n}"), bad));
        }
        let mut parts = TokensParts {
            vocabulary: Arc::clone(&self.vocabulary),
            offsets: vec![0],
            spans: self.spans.as_ref().filter(|_| spans).map(|_| Vec::new()),
            tags: self.tags.as_ref().map(|_| Vec::new()),
            tag_names: self.tag_names.to_vec(),
            sentence_starts: self.sentence_starts.as_ref().map(|_| Vec::new()),
            paragraph_starts: self.paragraph_starts.as_ref().map(|_| Vec::new()),
            ..TokensParts::default()
        };
        for documents in members {
            for &d in documents {
                let range = self.offsets[d]..self.offsets[d + 1];
                let base = parts.ids.len();
                for (to, from) in [
                    (&mut parts.sentence_starts, &self.sentence_starts),
                    (&mut parts.paragraph_starts, &self.paragraph_starts),
                ] {
                    if let (Some(to), Some(from)) = (to, from) {
                        let first = from.partition_point(|&s| s < range.start);
                        let inside = from[first..].iter().take_while(|&&s| s < range.end);
                        to.extend(inside.map(|s| s - range.start + base));
                    }
                }
                if let (Some(to), Some(from)) = (&mut parts.spans, &self.spans) {
                    to.extend_from_slice(&from[range.clone()]);
                }
                if let (Some(to), Some(from)) = (&mut parts.tags, &self.tags) {
                    to.extend_from_slice(&from[range.clone()]);
                }
                parts.ids.extend_from_slice(&self.ids[range]);
            }
            parts.offsets.push(parts.ids.len());
        }
        Self::new(parts)?.compact()
    }
}
