//! Categories of a dictionary in place of the tokens that its entries match.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::ngrams::document_blocks;
use super::pattern::{Compiled, Match};
use super::tokens::{PAD, Tokens, TokensParts};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::run::Watch;

/// Among which matches a shorter one inside a longer one is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Among those of the same category.
    Key,
    /// Among all.
    Dictionary,
}

/// What becomes of tokens that nothing matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmatched<'a> {
    /// They go, and padding with them.
    Drop,
    /// They stay, and padding with them.
    Keep,
    /// Each becomes this token; padding stays.
    Replace(&'a str),
}

/// How matches become tokens.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'a> {
    /// Names of the categories.
    pub keys: &'a [String],
    /// Category of each pattern, as an index into `keys`.
    pub pattern_keys: &'a [u32],
    /// What hides what.
    pub scope: Scope,
    /// What becomes of the rest.
    pub unmatched: Unmatched<'a>,
    /// To put the matched tokens before the category: what stands between them, and before the category.
    pub append: Option<(&'a str, &'a str)>,
}

/// A match of a category: positions in [`Tokens::ids`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hit {
    start: usize,
    end: usize,
    key: u32,
}

/// A new token: its number in the table of its block, and the old tokens that it stands for.
struct Made {
    token: u32,
    start: usize,
    end: usize,
}

/// What a new token says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Label {
    Key(u32),
    Appended(Box<[u32]>, u32),
    Old(u32),
    NoMatch,
}

#[derive(Default)]
struct Block {
    known: FxHashMap<Label, u32>,
    made: Vec<Made>,
    ends: Vec<usize>,
}

impl Block {
    fn push(&mut self, label: Label, start: usize, end: usize) {
        // Ids are checked when the vocabulary is built; a block never holds more labels than a u32.
        let next = u32::try_from(self.known.len()).unwrap_or(PAD - 1);
        let token = *self.known.entry(label).or_insert(next);
        self.made.push(Made { token, start, end });
    }
}

/// Puts categories in place of what the patterns match.
///
/// Each match is a token of its own where it starts, those of one start in the order of the categories, then the shorter
/// first. Within the scope, a match inside another stretch that matched is left out; matches that cross one another stay, and
/// the same stretch counts once a category. Spans run over what was matched; starts of sentences and paragraphs are kept; tags
/// are dropped. The vocabulary holds all categories, also those that nothing matched (unless tokens are appended).
///
/// # Errors
/// [`Error::Data`] for a pattern without a category; [`Error::Interrupted`].
pub fn lookup(tokens: &Tokens, patterns: &Compiled, how: Lookup<'_>, watch: &Watch) -> Result<Tokens> {
    let known = how.keys.len();
    if let Some(bad) = how.pattern_keys.iter().find(|&&k| k as usize >= known) {
        return Err(Error::data("pattern_keys", format!("below {known}"), bad));
    }
    let blocks = document_blocks(tokens)
        .into_par_iter()
        .map(|documents| {
            let mut block = Block::default();
            let (mut found, mut hits) = (Vec::new(), Vec::new());
            let mut reached = vec![(0, 0); if how.scope == Scope::Key { known } else { 1 }];
            for d in documents {
                let (first, last) = (tokens.offsets()[d], tokens.offsets()[d + 1]);
                found.clear();
                patterns.matches(tokens.document(d), first, &mut found);
                keep(&found, how, &mut reached, &mut hits)?;
                document(tokens, &hits, how, (first, last), &mut block);
                block.ends.push(block.made.len());
                watch.step(1)?;
            }
            Ok(block)
        })
        .collect::<Result<Vec<_>>>()?;
    assemble(tokens, &blocks, how)
}

/// The matches that stay, by start, category, end. `reached` is the stretch that reaches furthest so far in each scope;
/// positions ascend over documents, so nothing of an earlier document hides anything.
fn keep(found: &[Match], how: Lookup<'_>, reached: &mut [(usize, usize)], hits: &mut Vec<Hit>) -> Result<()> {
    hits.clear();
    for m in found {
        let key = *how
            .pattern_keys
            .get(m.pattern)
            .ok_or_else(|| Error::data("pattern_keys", "one for each pattern", how.pattern_keys.len()))?;
        hits.push(Hit {
            start: m.start,
            end: m.end,
            key,
        });
    }
    // Outer stretches first.
    hits.sort_unstable_by_key(|h| (h.start, usize::MAX - h.end, h.key));
    hits.dedup();
    hits.retain(|h| {
        let scope = if how.scope == Scope::Key {
            h.key as usize
        } else {
            0
        };
        let far = &mut reached[scope];
        if h.end > far.1 {
            *far = (h.start, h.end);
        }
        *far == (h.start, h.end)
    });
    hits.sort_unstable_by_key(|h| (h.start, h.key, h.end));
    Ok(())
}

fn document(
    tokens: &Tokens,
    hits: &[Hit],
    how: Lookup<'_>,
    (first, last): (usize, usize),
    block: &mut Block,
) {
    let mut waiting = hits;
    let mut covered = first;
    for p in first..last {
        let here = waiting.iter().take_while(|h| h.start == p).count();
        let (starting, later) = waiting.split_at(here);
        waiting = later;
        for h in starting {
            covered = covered.max(h.end);
            let label = if how.append.is_some() {
                Label::Appended(tokens.ids()[h.start..h.end].into(), h.key)
            } else {
                Label::Key(h.key)
            };
            block.push(label, h.start, h.end);
        }
        if p >= covered {
            let id = tokens.ids()[p];
            let label = match how.unmatched {
                Unmatched::Drop => continue,
                Unmatched::Replace(_) if id != PAD => Label::NoMatch,
                Unmatched::Keep | Unmatched::Replace(_) => Label::Old(id),
            };
            block.push(label, p, p + 1);
        }
    }
}

/// Puts blocks together: the strings of the labels become the vocabulary.
fn assemble(tokens: &Tokens, blocks: &[Block], how: Lookup<'_>) -> Result<Tokens> {
    let old = tokens.vocabulary();
    let key = |k: u32| how.keys.get(k as usize).map(String::as_str).unwrap_or_default();
    let text = |label: &Label| -> Option<String> {
        match label {
            Label::Key(k) => Some(key(*k).to_owned()),
            Label::Old(id) => old.feature(*id).map(str::to_owned),
            Label::NoMatch => match how.unmatched {
                Unmatched::Replace(word) => Some(word.to_owned()),
                Unmatched::Drop | Unmatched::Keep => None,
            },
            Label::Appended(ids, k) => {
                let (concatenator, separator) = how.append.unwrap_or_default();
                let words: Vec<&str> = ids.iter().filter_map(|&id| old.feature(id)).collect();
                Some(format!("{}{separator}{}", words.join(concatenator), key(*k)))
            }
        }
    };
    let strings: Vec<Vec<Option<String>>> = blocks
        .par_iter()
        .map(|block| {
            let mut strings = vec![None; block.known.len()];
            for (label, &token) in &block.known {
                strings[token as usize] = text(label);
            }
            strings
        })
        .collect();
    let mut features: Vec<&str> = strings.iter().flatten().flatten().map(String::as_str).collect();
    if how.append.is_none() {
        features.extend(how.keys.iter().map(String::as_str));
    }
    features.par_sort_unstable();
    features.dedup();
    let vocabulary = Vocabulary::from_sorted(features.into_iter().map(Arc::from).collect())?;

    let (mut ids, mut sources, mut offsets) = (Vec::new(), Vec::new(), vec![0]);
    let mut spans = tokens.spans().map(|_| Vec::new());
    for (block, strings) in blocks.iter().zip(&strings) {
        let base = ids.len();
        let global: Vec<u32> = strings
            .iter()
            .map(|s| s.as_ref().and_then(|s| vocabulary.id(s)).unwrap_or(PAD))
            .collect();
        for m in &block.made {
            ids.push(global[m.token as usize]);
            sources.push(m.start);
            if let (Some(spans), Some(old)) = (&mut spans, tokens.spans()) {
                spans.push((old[m.start].0, old[m.end - 1].1));
            }
        }
        offsets.extend(block.ends.iter().map(|end| base + end));
    }
    let n = ids.len();
    let moved = |old: Option<&[usize]>| {
        old.map(|old| {
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
        spans,
        sentence_starts: moved(tokens.sentence_starts()),
        paragraph_starts: moved(tokens.paragraph_starts()),
        ids,
        ..TokensParts::default()
    })
}
