//! Joining sequences of tokens into one.

use rayon::prelude::*;

use super::ngrams::{Joined, assemble, document_blocks};
use super::pattern::{Compiled, Match};
use super::tokens::{PAD, Tokens};
use crate::error::Result;
use crate::run::Watch;

/// How matches become tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compound<'a> {
    /// What stands between the joined tokens.
    pub concatenator: &'a str,
    /// Whether matches that share a token are joined into one; otherwise each makes a token of its own.
    pub join: bool,
    /// How many tokens before and after a match are joined with it (not beyond the document or padding).
    pub window: (usize, usize),
    /// Whether the joined tokens also stay, in front of what they make.
    pub keep_unigrams: bool,
}

/// Joins the sequences that patterns match. Patterns of one token (without a window) change nothing.
///
/// A joined token spans its parts and has the tag of the last (the head of a Chinese compound). Starts of sentences and
/// paragraphs are kept.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn compound(tokens: &Tokens, patterns: &Compiled, how: Compound<'_>, watch: &Watch) -> Result<Tokens> {
    let blocks = document_blocks(tokens)
        .into_par_iter()
        .map(|documents| {
            let mut block = Joined::default();
            let mut found = Vec::new();
            for d in documents {
                let (first, last) = (tokens.offsets()[d], tokens.offsets()[d + 1]);
                found.clear();
                patterns.matches(tokens.document(d), first, &mut found);
                let ranges = ranges(tokens, &found, how, first, last);
                document(tokens, &ranges, how, (first, last), &mut block);
                block.end_document();
                watch.step(1)?;
            }
            Ok(block)
        })
        .collect::<Result<Vec<_>>>()?;
    assemble(tokens, &blocks, how.concatenator, true, true)
}

/// The stretches of at least two tokens to join, by start, then end.
fn ranges(
    tokens: &Tokens,
    found: &[Match],
    how: Compound<'_>,
    first: usize,
    last: usize,
) -> Vec<(usize, usize)> {
    let open = |p: usize| tokens.ids()[p] != PAD;
    let mut ranges: Vec<(usize, usize)> = found
        .iter()
        .map(|m| {
            let before = (first..m.start)
                .rev()
                .take(how.window.0)
                .take_while(|&p| open(p))
                .count();
            let after = (m.end..last).take(how.window.1).take_while(|&p| open(p)).count();
            (m.start - before, m.end + after)
        })
        .filter(|(start, end)| end - start > 1)
        .collect();
    ranges.sort_unstable();
    ranges.dedup();
    if how.join {
        let mut merged: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(reached) if start < reached.1 => reached.1 = reached.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        return merged;
    }
    ranges
}

fn document(
    tokens: &Tokens,
    ranges: &[(usize, usize)],
    how: Compound<'_>,
    (first, last): (usize, usize),
    block: &mut Joined,
) {
    let mut waiting = ranges;
    let mut covered = first;
    let mut positions = Vec::new();
    for p in first..last {
        let here = waiting.iter().take_while(|(start, _)| *start == p).count();
        let (starting, later) = waiting.split_at(here);
        waiting = later;
        let reach = starting.iter().map(|r| r.1).max().unwrap_or(0);
        if how.keep_unigrams {
            // The parts of everything that overlaps come first; a part is not repeated for a second match.
            for part in p.max(covered)..reach {
                block.push(tokens, &[part]);
            }
        }
        covered = covered.max(reach);
        if p >= covered {
            block.push(tokens, &[p]);
        }
        for &(start, end) in starting {
            positions.clear();
            positions.extend(start..end);
            block.push(tokens, &positions);
        }
    }
}
