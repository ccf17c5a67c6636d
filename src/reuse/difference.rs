//! What changed between two versions of a text.

use std::ops::Range;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::chain::narrow;
use crate::text::sentences::{Ends, sentences};

/// A stretch that differs: `old` in the old text became `new` in the new one, both half-open and in characters; one of them is
/// empty for what was only added or only removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it was.
    pub old: Range<u32>,
    /// Where it is.
    pub new: Range<u32>,
}

/// Equal stretches of fewer characters than this between two changes belong to the change: a 的 that both versions happen to have
/// explains nothing.
const ISLAND: usize = 2;

/// Sentences that share less than this part of their characters are replaced, not edited.
const MIN_SHARED: f64 = 0.3;

/// Changed stretches of two versions, in order: sentences are compared first (histogram diff), then the characters of sentences that
/// changed. Equal texts give none. What lies between two changes is the same on both sides, so the list turns the one text into the
/// other.
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    if old == new {
        return Vec::new();
    }
    let (old_chars, new_chars): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let (old_pieces, old_ends) = pieces(old, &mut ids);
    let (new_pieces, new_ends) = pieces(new, &mut ids);
    let mut found: Vec<Change> = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, &old_pieces, &new_pieces) {
        let (tag_old, tag_new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let place = |ends: &[usize], range: Range<usize>| ends[range.start]..ends[range.end];
        let (from, to) = (place(&old_ends, tag_old), place(&new_ends, tag_new));
        edited(&old_chars[from.clone()], &new_chars[to.clone()], |a, b| {
            found.push(Change {
                old: narrow(from.start + a.start)..narrow(from.start + a.end),
                new: narrow(to.start + b.start)..narrow(to.start + b.end),
            });
        });
    }
    found
}

/// Sentences with what follows them up to the next, as numbers; and where each begins in characters, with the end of the text.
fn pieces<'a>(text: &'a str, ids: &mut FxHashMap<&'a str, u32>) -> (Vec<u32>, Vec<usize>) {
    let mut cuts: Vec<usize> = sentences(text, Ends { semicolons: true })
        .iter()
        .map(|s| s.start)
        .filter(|&start| start > 0)
        .collect();
    cuts.push(text.len());
    let (mut found, mut starts) = (Vec::new(), vec![0]);
    let (mut from, mut chars) = (0, 0);
    for cut in cuts {
        if cut <= from {
            continue;
        }
        let piece = &text[from..cut];
        let next = narrow(ids.len());
        found.push(*ids.entry(piece).or_insert(next));
        chars += piece.chars().count();
        starts.push(chars);
        from = cut;
    }
    (found, starts)
}

/// The changes between two stretches that are not the same.
fn edited(old: &[char], new: &[char], mut put: impl FnMut(Range<usize>, Range<usize>)) {
    if old.is_empty() || new.is_empty() {
        put(0..old.len(), 0..new.len());
        return;
    }
    let mut open: Option<(Range<usize>, Range<usize>)> = None;
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut same = 0;
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if let DiffOp::Equal { len, .. } = op {
            same += len;
            if len >= ISLAND {
                found.extend(open.take());
            }
        } else {
            let (a, b) = (op.old_range(), op.new_range());
            open = Some(match open.take() {
                Some((x, y)) => (x.start..a.end, y.start..b.end),
                None => (a, b),
            });
        }
    }
    found.extend(open);
    if (same as f64) < MIN_SHARED * old.len().min(new.len()) as f64 {
        put(0..old.len(), 0..new.len());
        return;
    }
    for (a, b) in found {
        put(a, b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(old: &'a str, new: &'a str) -> Vec<(String, String)> {
        let cut = |text: &str, range: &Range<u32>| -> String {
            text.chars()
                .skip(range.start as usize)
                .take(range.len())
                .collect()
        };
        changes(old, new)
            .iter()
            .map(|c| (cut(old, &c.old), cut(new, &c.new)))
            .collect()
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn sentences_and_characters() {
        assert!(shown("甲。", "甲。").is_empty());
        assert_eq!(shown("", "甲。"), [pair("", "甲。")]);
        assert_eq!(shown("甲。", ""), [pair("甲。", "")]);
        assert_eq!(
            shown(
                "第一条 本条例自发布之日起施行。第二条 解释权在省政府。",
                "第一条 本条例自公布之日起施行。第二条 解释权在省政府。第三条 废止。"
            ),
            [pair("发", "公"), pair("", "第三条 废止。")]
        );
        assert_eq!(
            shown("春眠不觉晓。处处闻啼鸟。", "床前明月光。处处闻啼鸟。"),
            [pair("春眠不觉晓。", "床前明月光。")]
        );
    }
}
