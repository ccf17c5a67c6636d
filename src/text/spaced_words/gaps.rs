//! Where blanks stand between characters of Chinese text.

use super::super::han::{is_han, is_space};

/// Blanks between two characters that are Han or marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// In bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// In half-width columns; tabs part cells and are no gaps.
    pub(super) width: usize,
    /// Whether both neighbours are Han.
    pub(super) inner: bool,
    pub(super) before: char,
    pub(super) behind: char,
}

/// Marks that stand in running text.
pub(super) fn is_mark(c: char) -> bool {
    "，。、；：？！（）“”‘’《》—…".contains(c)
}

/// The gaps of a text, in order.
pub(super) fn find(text: &str) -> Vec<Gap> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // A blank is a space, U+3000 (E3 80 80) or U+00A0 (C2 A0); others are too rare to look for.
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| matches!(b, b' ' | 0xC2 | 0xE3)))
    {
        let start = at + offset;
        let Some(rest) = text.get(start..) else {
            at = start + 1;
            continue;
        };
        let len = rest.find(|c| !is_space(c) || c == '\t').unwrap_or(rest.len());
        if len == 0 {
            at = start + rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        at = start + len;
        let before = text.get(..start).and_then(|t| t.chars().next_back());
        let behind = rest.get(len..).and_then(|t| t.chars().next());
        let (Some(before), Some(behind)) = (before, behind) else {
            continue;
        };
        let (left, right) = (is_han(before), is_han(behind));
        if (left || is_mark(before)) && (right || is_mark(behind)) {
            found.push(Gap {
                start,
                end: at,
                width: rest.get(..len).map_or(0, |blanks| {
                    blanks.chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum()
                }),
                inner: left && right,
                before,
                behind,
            });
        }
    }
    found
}

/// The Han characters that stand directly before a place, at most `most`, in the order of the text.
pub(super) fn han_before(text: &str, at: usize, most: usize) -> Vec<char> {
    let mut found: Vec<char> = text
        .get(..at)
        .unwrap_or_default()
        .chars()
        .rev()
        .take_while(|c| is_han(*c))
        .take(most)
        .collect();
    found.reverse();
    found
}

/// The Han characters that stand directly behind a place, at most `most`.
pub(super) fn han_behind(text: &str, at: usize, most: usize) -> Vec<char> {
    text.get(at..)
        .unwrap_or_default()
        .chars()
        .take_while(|c| is_han(*c))
        .take(most)
        .collect()
}
