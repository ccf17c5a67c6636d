//! The map from cleaned text back to the raw text.
//!
//! [`Composer`] folds the edits of successive steps into one flat list of disjoint [`Hunk`]s; [`Offsets`] answers which
//! raw characters a cleaned span came from, and the other way round.

use super::edit::{self, Edit, EditKind};
use crate::error::Result;

/// One stretch that differs between raw and cleaned text. Positions are bytes inside the pipeline and characters in
/// everything that leaves it ([`to_chars`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// First position in the raw text.
    pub raw_start: usize,
    /// One past the last position in the raw text.
    pub raw_end: usize,
    /// First position in the cleaned text.
    pub start: usize,
    /// One past the last position in the cleaned text.
    pub end: usize,
    /// Why, in the order of the steps; never empty, no kind twice.
    pub kinds: Vec<EditKind>,
    /// Whether every edit in it is certain.
    pub certain: bool,
}

impl Hunk {
    /// The kinds as one word: `mojibake`, or `mojibake+script` where two steps changed the same stretch.
    pub fn kind(&self) -> String {
        let mut out = String::new();
        for kind in &self.kinds {
            if !out.is_empty() {
                out.push('+');
            }
            out.push_str(kind.name());
        }
        out
    }
}

/// Text and hunks after some steps.
///
/// The rules of composition. Two edits *touch* where their spans overlap in the text between them (an empty span touches
/// where it lies strictly inside the other). Edits that touch become one hunk; edits that are only neighbours stay two
/// rows. A later edit that deletes text swallows the earlier edits that lie wholly in it: their kinds and doubts are
/// forgotten, for nothing of them is left. Only white space is different: what goes with it is often no more than the gap
/// that a removed line left, so its deletion is cut in pieces around earlier deletions, and each keeps its own row. A later edit that rewrites text joins the kinds. A hunk that ends up as the
/// raw text again is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composer<'a> {
    raw: &'a str,
    text: String,
    hunks: Vec<Hunk>,
    /// All kinds seen, in the order in which they came.
    kinds: Vec<EditKind>,
}

/// A hunk of the steps before, or an edit of the step at hand, in the coordinates of the text between.
#[derive(Clone, Copy)]
enum Item<'b> {
    Old(&'b Hunk),
    New(&'b Edit),
}

impl Item<'_> {
    fn span(self) -> (usize, usize) {
        match self {
            Self::Old(hunk) => (hunk.start, hunk.end),
            Self::New(edit) => (edit.start, edit.end),
        }
    }

    /// Empty spans go before what starts where they stand, old before new.
    fn key(self) -> (usize, bool, bool) {
        let (start, end) = self.span();
        (start, end > start, matches!(self, Self::New(_)))
    }
}

impl<'a> Composer<'a> {
    /// The raw text, nothing done yet.
    pub fn new(raw: &'a str) -> Self {
        Self {
            raw,
            text: raw.to_owned(),
            hunks: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// The raw text.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hunks as they stand, in bytes.
    pub fn hunks(&self) -> &[Hunk] {
        &self.hunks
    }

    /// Text and hunks.
    pub fn into_parts(self) -> (String, Vec<Hunk>) {
        (self.text, self.hunks)
    }

    /// Applies the edits of one more step.
    ///
    /// # Errors
    /// [`crate::Error::Internal`] for a list that breaks the promise of [`Edit`].
    pub fn push(&mut self, edits: &[Edit]) -> Result<()> {
        if edits.is_empty() {
            return Ok(());
        }
        let text = edit::apply(&self.text, edits)?;
        let edits = &self.cut_blanks(edits);
        let mut hunks = Vec::with_capacity(self.hunks.len() + edits.len());
        let mut shift = Shift::default();
        let (mut old, mut new) = (self.hunks.iter().peekable(), edits.iter().peekable());
        let mut next = || -> Option<Item<'_>> {
            match (old.peek(), new.peek()) {
                (Some(&h), Some(&e)) => {
                    if Item::Old(h).key() < Item::New(e).key() {
                        old.next().map(Item::Old)
                    } else {
                        new.next().map(Item::New)
                    }
                }
                (Some(_), None) => old.next().map(Item::Old),
                (None, _) => new.next().map(Item::New),
            }
        };
        let mut group: Vec<Item<'_>> = Vec::new();
        let mut group_end = 0;
        while let Some(item) = next() {
            let (start, end) = item.span();
            if !group.is_empty() && start >= group_end {
                shift.close(&group, group_end, self.raw, &text, &mut hunks);
                group.clear();
            }
            group_end = if group.is_empty() { end } else { group_end.max(end) };
            group.push(item);
        }
        shift.close(&group, group_end, self.raw, &text, &mut hunks);
        for kind in edits.iter().map(|e| e.kind) {
            if !self.kinds.contains(&kind) {
                self.kinds.push(kind);
            }
        }
        for hunk in hunks.iter_mut().filter(|h| h.kinds.len() > 1) {
            hunk.kinds
                .sort_by_key(|kind| self.kinds.iter().position(|k| k == kind));
        }
        self.text = text;
        self.hunks = hunks;
        Ok(())
    }
}

impl Composer<'_> {
    /// The edits, with deletions of white space cut where an earlier deletion lies inside them.
    fn cut_blanks(&self, edits: &[Edit]) -> Vec<Edit> {
        let mut out = Vec::with_capacity(edits.len());
        let mut gaps = self
            .hunks
            .iter()
            .filter(|h| h.start == h.end)
            .map(|h| h.start)
            .peekable();
        for edit in edits {
            let mut start = edit.start;
            if edit.kind == EditKind::Whitespace && edit.replacement.is_empty() {
                while gaps.next_if(|at| *at <= edit.start).is_some() {}
                while let Some(at) = gaps.next_if(|at| *at < edit.end) {
                    if at > start {
                        out.push(Edit {
                            start,
                            end: at,
                            ..edit.clone()
                        });
                        start = at;
                    }
                }
            }
            out.push(Edit {
                start,
                ..edit.clone()
            });
        }
        out
    }
}

/// Lengths of the hunks and edits that were passed so far.
#[derive(Default)]
struct Shift {
    old_text: usize,
    old_raw: usize,
    new_text: usize,
    new_old: usize,
}

impl Shift {
    fn close(&mut self, group: &[Item<'_>], group_end: usize, raw: &str, text: &str, out: &mut Vec<Hunk>) {
        let Some(group_start) = group.first().map(|i| i.span().0) else {
            return;
        };
        // `position - old_text + old_raw` is the raw position of what follows the hunks passed so far; likewise below.
        let raw_start = group_start + self.old_raw - self.old_text;
        let start = group_start + self.new_text - self.new_old;
        let mut kinds = Vec::new();
        let mut certain = true;
        let mut note = |kind: EditKind| {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        };
        for item in group {
            if let Item::Old(hunk) = item {
                self.old_text += hunk.end - hunk.start;
                self.old_raw += hunk.raw_end - hunk.raw_start;
                let swallowed = group.iter().any(|other| {
                    matches!(other, Item::New(edit) if edit.replacement.is_empty()
                        && edit.start <= hunk.start && hunk.end <= edit.end)
                });
                if !swallowed {
                    hunk.kinds.iter().copied().for_each(&mut note);
                    certain &= hunk.certain;
                }
            }
        }
        for item in group {
            if let Item::New(edit) = item {
                self.new_old += edit.end - edit.start;
                self.new_text += edit.replacement.len();
                note(edit.kind);
                certain &= edit.certain;
            }
        }
        let raw_end = group_end + self.old_raw - self.old_text;
        let end = group_end + self.new_text - self.new_old;
        if raw.get(raw_start..raw_end) != text.get(start..end) {
            out.push(Hunk {
                raw_start,
                raw_end,
                start,
                end,
                kinds,
                certain,
            });
        }
    }
}

/// Hunks in bytes → hunks in characters.
pub fn to_chars(raw: &str, text: &str, hunks: &[Hunk]) -> Vec<Hunk> {
    let mut raw_at = Counter::new(raw);
    let mut text_at = Counter::new(text);
    hunks
        .iter()
        .map(|h| Hunk {
            raw_start: raw_at.chars(h.raw_start),
            raw_end: raw_at.chars(h.raw_end),
            start: text_at.chars(h.start),
            end: text_at.chars(h.end),
            kinds: h.kinds.clone(),
            certain: h.certain,
        })
        .collect()
}

/// Counts characters up to growing byte positions.
struct Counter<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> Counter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            count: 0,
        }
    }

    fn chars(&mut self, byte: usize) -> usize {
        self.count += self.text.get(self.byte..byte).map_or(0, |s| s.chars().count());
        self.byte = byte.max(self.byte);
        self.count
    }
}

/// A place in two texts: `[raw_start, raw_end)` in the one is `[start, end)` in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// First position in the raw text.
    pub raw_start: usize,
    /// One past the last position in the raw text.
    pub raw_end: usize,
    /// First position in the cleaned text.
    pub start: usize,
    /// One past the last position in the cleaned text.
    pub end: usize,
}

/// The map between cleaned and raw positions, built from disjoint hunks in the order of the text.
///
/// A span maps to the span that its characters came from: an untouched character to itself, a character inside a hunk
/// to the whole hunk, since nothing finer is known. What was deleted beside a span is left outside. An empty span maps
/// to the empty span before the character that follows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offsets {
    pairs: Vec<Pair>,
}

impl Offsets {
    /// From the hunks of one document, in characters (or all in bytes).
    pub fn new(hunks: &[Hunk]) -> Self {
        Self::from_pairs(hunks.iter().map(|h| Pair {
            raw_start: h.raw_start,
            raw_end: h.raw_end,
            start: h.start,
            end: h.end,
        }))
    }

    /// From the columns of stored edits, in the order of the text.
    pub fn from_pairs(pairs: impl IntoIterator<Item = Pair>) -> Self {
        Self {
            pairs: pairs.into_iter().collect(),
        }
    }

    /// Raw span of the cleaned span `start..end`.
    pub fn to_raw(&self, start: usize, end: usize) -> (usize, usize) {
        // The place of one character: its hunk, or itself moved by the hunk before it.
        let place = |position: usize| -> (usize, usize) {
            let after = self.pairs.partition_point(|p| p.start <= position);
            match after.checked_sub(1).and_then(|i| self.pairs.get(i)) {
                None => (position, position + 1),
                Some(pair) if position < pair.end => (pair.raw_start, pair.raw_end),
                Some(pair) => {
                    let moved = position - pair.end + pair.raw_end;
                    (moved, moved + 1)
                }
            }
        };
        let first = place(start);
        if start >= end {
            return (first.0, first.0);
        }
        (first.0, place(end - 1).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed(raw: &str, steps: &[&[Edit]]) -> (String, Vec<Hunk>) {
        let mut composer = Composer::new(raw);
        for step in steps {
            composer.push(step).ok();
        }
        composer.into_parts()
    }

    #[test]
    fn neighbours_stay_two_rows() {
        let (text, hunks) = composed(
            "協(xie)商",
            &[
                &[Edit::delete(3, 8, EditKind::PinyinAnnotation)],
                &[Edit::new(0, 3, "协", EditKind::Script)],
            ],
        );
        assert_eq!(text, "协商");
        let kinds: Vec<_> = hunks.iter().map(|h| (h.kind(), h.raw_start, h.raw_end)).collect();
        assert_eq!(
            kinds,
            [
                ("script".to_owned(), 0, 3),
                ("pinyin_annotation".to_owned(), 3, 8)
            ]
        );
    }

    #[test]
    fn rewriting_joins_and_deleting_swallows() {
        let repaired = [Edit::new(0, 3, "東西", EditKind::Mojibake)];
        let (text, hunks) = composed("abc。", &[&repaired, &[Edit::new(0, 3, "东", EditKind::Script)]]);
        assert_eq!(text, "东西。");
        assert_eq!(hunks[0].kind(), "mojibake+script");
        assert_eq!(
            (hunks[0].raw_start, hunks[0].raw_end, hunks[0].start, hunks[0].end),
            (0, 3, 0, 6)
        );
        let (text, hunks) = composed(
            "abc。",
            &[&repaired, &[Edit::delete(0, 6, EditKind::Boilerplate)]],
        );
        assert_eq!(text, "。");
        assert_eq!(hunks[0].kind(), "boilerplate");
    }

    #[test]
    fn blanks_around_a_removed_line_stay_their_own_rows() {
        let (text, hunks) = composed(
            "甲\n导航\n\n\n乙",
            &[
                &[Edit::delete(4, 10, EditKind::Boilerplate)],
                &[Edit::delete(3, 6, EditKind::Whitespace)],
            ],
        );
        assert_eq!(text, "甲\n乙");
        let rows: Vec<_> = hunks.iter().map(|h| (h.kind(), h.raw_start, h.raw_end)).collect();
        assert_eq!(
            rows,
            [
                ("whitespace".to_owned(), 3, 4),
                ("boilerplate".to_owned(), 4, 10),
                ("whitespace".to_owned(), 10, 12)
            ]
        );
    }

    #[test]
    fn an_edit_that_is_undone_leaves_no_row() {
        let (text, hunks) = composed(
            "ab",
            &[
                &[Edit::new(0, 1, "x", EditKind::Control)],
                &[Edit::new(0, 1, "a", EditKind::Script)],
            ],
        );
        assert_eq!((text.as_str(), hunks.len()), ("ab", 0));
    }

    #[test]
    fn spans_map_both_ways() {
        // raw: 0123456789, cleaned: 0 1 X Y 5 6 8 9 (2..5 → XY, 7 deleted)
        let offsets = Offsets::from_pairs([
            Pair {
                raw_start: 2,
                raw_end: 5,
                start: 2,
                end: 4,
            },
            Pair {
                raw_start: 7,
                raw_end: 8,
                start: 6,
                end: 6,
            },
        ]);
        assert_eq!(offsets.to_raw(0, 2), (0, 2));
        assert_eq!(offsets.to_raw(3, 4), (2, 5));
        assert_eq!(offsets.to_raw(1, 3), (1, 5));
        assert_eq!(
            offsets.to_raw(5, 6),
            (6, 7),
            "a deletion after the span is not part of it"
        );
        assert_eq!(offsets.to_raw(5, 7), (6, 9));
        assert_eq!(offsets.to_raw(6, 6), (8, 8));
        assert_eq!(Offsets::default().to_raw(3, 5), (3, 5));
    }
}
