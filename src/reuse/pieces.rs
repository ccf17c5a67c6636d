//! Texts as numbered sentences, of which versions are compared.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

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
            .filter(|&start| start > 0 && begins_character(text, start))
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

/// Whether what a reader sees as one character ends before this byte and another begins: not between two regional indicators of a flag, not
/// before what joins, modifies, marks or selects a variant of the character before it.
fn begins_character(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

/// Where what a reader sees as one character (extended grapheme clusters, UAX #29) begins, and the end of the text, in characters; nothing where each
/// is one character.
pub(super) fn clusters(written: &[char]) -> Option<Vec<usize>> {
    // Nearly all text: Han characters and their punctuation. What joins to a character before it is beyond them.
    let alone = |c: char| matches!(c, ' '..='~' | '\n' | '。'..='〕' | '\u{4E00}'..='\u{9FFF}' | '！'..='～' | '—'..='…');
    if written.iter().all(|&c| alone(c)) {
        return None;
    }
    let text: String = written.iter().collect();
    let mut starts = vec![0];
    let mut at = 0;
    for cluster in text.graphemes(true) {
        // The two characters of a line end are no one character to a reader.
        if cluster == "\r\n" {
            starts.push(at + 1);
        }
        at += cluster.chars().count();
        starts.push(at);
    }
    (starts.len() <= written.len()).then_some(starts)
}
