//! Texts as numbered sentences, of which versions are compared.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::chain::to_u32;
use crate::text::sentences::{Ends, sentences};

/// Pieces of one text.
pub(super) type Run = Range<usize>;

/// Pieces of a numbered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) text: usize,
    pub(super) pieces: Run,
}

/// A text cut into sentences with what follows each up to the next.
pub(super) struct Pieces {
    /// Each as a number: equal pieces have equal numbers.
    pub(super) exact: Vec<u32>,
    /// The same without the white space around them.
    pub(super) trimmed: Vec<u32>,
    /// Letters and digits in each.
    pub(super) letters: Vec<usize>,
    /// Where each begins in characters, with the end of the text.
    starts: Vec<usize>,
    written: Vec<char>,
}

impl Pieces {
    pub(super) fn new<'a>(text: &'a str, ids: &mut FxHashMap<&'a str, u32>) -> Self {
        let mut made = Self {
            exact: Vec::new(),
            trimmed: Vec::new(),
            letters: Vec::new(),
            starts: vec![0],
            written: text.chars().collect(),
        };
        let mut cuts: Vec<usize> = sentences(text, Ends { semicolons: true })
            .iter()
            .map(|s| s.start)
            .filter(|&start| start > 0)
            .collect();
        cuts.push(text.len());
        let (mut from, mut chars) = (0, 0);
        for cut in cuts {
            if cut <= from {
                continue;
            }
            let piece = &text[from..cut];
            let mut number = |words: &'a str| {
                let next = to_u32(ids.len());
                *ids.entry(words).or_insert(next)
            };
            made.exact.push(number(piece));
            made.trimmed.push(number(piece.trim()));
            made.letters
                .push(piece.chars().filter(|c| c.is_alphanumeric()).count());
            chars += piece.chars().count();
            made.starts.push(chars);
            from = cut;
        }
        made
    }

    pub(super) fn chars(&self, pieces: &Run) -> Range<u32> {
        to_u32(self.starts[pieces.start])..to_u32(self.starts[pieces.end])
    }

    pub(super) fn text(&self, chars: &Range<u32>) -> &[char] {
        &self.written[chars.start as usize..chars.end as usize]
    }
}
