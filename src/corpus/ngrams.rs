//! N-grams and skip-grams.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::tokens::{PAD, Tokens, TokensParts};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::num::NgramSize;
use crate::run::Watch;

/// N-grams of the given sizes with the given numbers of skipped tokens between neighbours.
///
/// Within a document they come size by size, for each size by first token, and for each first token the gaps vary in the
/// order of `skips`, the last gap fastest. An n-gram never crosses documents and never holds padding, so removed tokens do
/// not bring their neighbours together. Its span runs from the first token to the last, skipped ones included. Tags are
/// dropped; with one size, starts of sentences and paragraphs are kept (an n-gram belongs where it starts), with several
/// they are dropped.
///
/// # Errors
/// [`Error::Parameter`] for no sizes or no skips; [`Error::Interrupted`].
pub fn ngrams(
    tokens: &Tokens,
    sizes: &[NgramSize],
    skips: &[usize],
    concatenator: &str,
    watch: &Watch,
) -> Result<Tokens> {
    if sizes.is_empty() {
        return Err(Error::parameter("size", "at least one number", "none"));
    }
    if skips.is_empty() {
        return Err(Error::parameter("skip", "at least one number", "none"));
    }
    let blocks = document_blocks(tokens)
        .into_par_iter()
        .map(|documents| {
            let mut block = Joined::default();
            for d in documents {
                let range = tokens.offsets()[d]..tokens.offsets()[d + 1];
                for size in sizes {
                    let mut picked = Vec::with_capacity(size.get());
                    for start in range.clone() {
                        picked.push(start);
                        grow(tokens, size.get(), skips, range.end, &mut picked, &mut block);
                        picked.clear();
                    }
                }
                block.end_document();
                watch.step(1)?;
            }
            Ok(block)
        })
        .collect::<Result<Vec<_>>>()?;
    assemble(tokens, &blocks, concatenator, sizes.len() == 1, false)
}

/// Extends the n-gram at positions `picked` to `size` tokens in every way that `skips` allows.
fn grow(
    tokens: &Tokens,
    size: usize,
    skips: &[usize],
    end: usize,
    picked: &mut Vec<usize>,
    block: &mut Joined,
) {
    let Some(&last) = picked.last() else { return };
    if tokens.ids()[last] == PAD {
        return;
    }
    if picked.len() == size {
        block.push(tokens, picked);
        return;
    }
    for skip in skips {
        // A skip that runs over the end of the document (or of the numbers) has no token to pick.
        let Some(next) = last
            .checked_add(1)
            .and_then(|n| n.checked_add(*skip))
            .filter(|&n| n < end)
        else {
            continue;
        };
        picked.push(next);
        grow(tokens, size, skips, end, picked, block);
        picked.pop();
    }
}

/// Contiguous documents that one worker takes at a time.
pub(super) fn document_blocks(tokens: &Tokens) -> Vec<Range<usize>> {
    let wanted = (tokens.len() / (rayon::current_num_threads() * 8)).max(1 << 14);
    let (mut blocks, mut start) = (Vec::new(), 0);
    for d in 0..tokens.n_documents() {
        if tokens.offsets()[d + 1] - tokens.offsets()[start] >= wanted {
            blocks.push(start..d + 1);
            start = d + 1;
        }
    }
    if start < tokens.n_documents() {
        blocks.push(start..tokens.n_documents());
    }
    blocks
}

/// Tokens made of tokens, for a block of documents.
#[derive(Default)]
pub(super) struct Joined {
    /// Sequence of old ids → number of the sequence in this block.
    known: FxHashMap<Box<[u32]>, u32>,
    ids: Vec<u32>,
    ends: Vec<usize>,
    spans: Vec<(u32, u32)>,
    tags: Vec<u16>,
    /// First old position of each new token.
    sources: Vec<usize>,
    key: Vec<u32>,
}

impl Joined {
    /// Adds the token made of the tokens at `positions` (at least one, none of them padding unless it is the only one).
    pub(super) fn push(&mut self, tokens: &Tokens, positions: &[usize]) {
        let (Some(&first), Some(&last)) = (positions.first(), positions.last()) else {
            return;
        };
        self.key.clear();
        self.key.extend(positions.iter().map(|&p| tokens.ids()[p]));
        let id = if self.key == [PAD] {
            PAD
        } else if let Some(&id) = self.known.get(self.key.as_slice()) {
            id
        } else {
            // Ids are checked when the vocabulary is built; a block never holds more sequences than positions.
            let id = u32::try_from(self.known.len()).unwrap_or(PAD - 1);
            self.known.insert(self.key.as_slice().into(), id);
            id
        };
        self.ids.push(id);
        self.sources.push(first);
        if let Some(spans) = tokens.spans() {
            self.spans.push((spans[first].0, spans[last].1));
        }
        if let Some(tags) = tokens.tags() {
            self.tags.push(tags[last]);
        }
    }

    pub(super) fn end_document(&mut self) {
        self.ends.push(self.ids.len());
    }
}

/// Puts blocks together: the strings of the sequences become the vocabulary.
pub(super) fn assemble(
    tokens: &Tokens,
    blocks: &[Joined],
    concatenator: &str,
    starts: bool,
    tags: bool,
) -> Result<Tokens> {
    let old = tokens.vocabulary();
    let text = |key: &[u32]| -> String {
        let words: Vec<&str> = key.iter().filter_map(|&id| old.feature(id)).collect();
        words.join(concatenator)
    };
    let strings: Vec<Vec<String>> = blocks
        .par_iter()
        .map(|block| {
            let mut strings = vec![String::new(); block.known.len()];
            for (key, &id) in &block.known {
                strings[id as usize] = text(key);
            }
            strings
        })
        .collect();
    let mut features: Vec<&str> = strings.iter().flatten().map(String::as_str).collect();
    features.par_sort_unstable();
    features.dedup();
    let vocabulary = Vocabulary::from_sorted(features.into_iter().map(Arc::from).collect())?;

    let n = blocks.iter().map(|b| b.ids.len()).sum();
    let (mut ids, mut sources) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let mut offsets = vec![0];
    for (block, strings) in blocks.iter().zip(&strings) {
        let base = ids.len();
        let global: Vec<u32> = strings.iter().map(|s| vocabulary.id(s).unwrap_or(PAD)).collect();
        ids.extend(
            block
                .ids
                .iter()
                .map(|&id| if id == PAD { PAD } else { global[id as usize] }),
        );
        offsets.extend(block.ends.iter().map(|end| base + end));
        // A joined token that follows its parts stands where the last of them stands.
        let mut reached = 0;
        sources.extend(block.sources.iter().map(|&source| {
            reached = source.max(reached);
            reached
        }));
    }
    let moved = |old: Option<&[usize]>| {
        old.filter(|_| starts).map(|old| {
            let mut new: Vec<usize> = old
                .iter()
                .map(|&s| sources.partition_point(|&source| source < s))
                .filter(|&s| s < n)
                .collect();
            new.dedup();
            new
        })
    };
    Tokens::new(TokensParts {
        vocabulary: Arc::new(vocabulary),
        offsets,
        spans: tokens
            .spans()
            .map(|_| blocks.iter().flat_map(|b| b.spans.iter().copied()).collect()),
        tags: tokens
            .tags()
            .filter(|_| tags)
            .map(|_| blocks.iter().flat_map(|b| b.tags.iter().copied()).collect()),
        tag_names: if tags {
            tokens.tag_names().to_vec()
        } else {
            Vec::new()
        },
        sentence_starts: moved(tokens.sentence_starts()),
        paragraph_starts: moved(tokens.paragraph_starts()),
        ids,
    })
}
