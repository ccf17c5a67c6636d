//! What changed between two versions of a text.

use std::ops::Range;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::chain::to_u32;
use super::moves;
use super::pieces::{Pieces, Run, Stretch, clusters};
use crate::Result;
use crate::run::Watch;

/// A stretch that differs: `old` in the old text became `new` in the new one, both half-open and in characters; one of them is
/// empty for what was only added or only removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it was.
    pub old: Range<u32>,
    /// Where it is.
    pub new: Range<u32>,
}

/// Equal stretches of fewer characters (as a reader sees them) than this between two changes belong to the change: a 的 that both versions happen to have
/// explains nothing.
const ISLAND: usize = 2;

/// Sentences that share less than this part of their characters are replaced, not edited.
const MIN_SHARED: f64 = 0.3;

/// A change, with the numbers of the texts on both sides: those of one pair, or of any two for what moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Number of the old text: pairs, then removed texts.
    pub of_old: usize,
    /// Number of the new text: pairs, then added texts.
    pub of_new: usize,
    /// Where.
    pub change: Change,
    /// Whether the old stretch stands at the new place, but for white space at its edges.
    pub moved: bool,
}

/// Pieces of the two versions of one pair that differ.
struct Differing {
    /// Number of the pair.
    pair: usize,
    old: Run,
    new: Run,
}

/// What changed in pairs of versions, and what moved between any of their places, or from texts that are gone, or into texts that are new.
///
/// Sentences are compared first (histogram diff), without the white space around them; where only that differs, it is the change. Runs of sentences that left one place and stand, equal but for white space
/// at their edges, in another that had none of them are *moved* if they have at least `min_moved` letters and digits: longest runs first, then runs that stay in
/// their document, then by place. What is left of changed sentences is compared by characters. Rows are in the order of the old places, then of the new ones. In each
/// text, what no row covers is the same on both sides.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn compare(
    old: &[&str],
    new: &[&str],
    removed: &[&str],
    added: &[&str],
    min_moved: usize,
    watch: &Watch,
) -> Result<Vec<Row>> {
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let mut sides: [Vec<Pieces>; 2] = Default::default();
    for (side, texts) in sides.iter_mut().zip([[old, removed], [new, added]]) {
        for text in texts.into_iter().flatten() {
            watch.step(0)?;
            side.push(Pieces::new(text, &mut ids));
        }
    }
    let [olds, news] = &sides;
    let (mut differ, mut spaced) = (Vec::new(), Vec::new());
    for pair in 0..old.len() {
        watch.step(1)?;
        if old[pair] != new[pair] {
            differing(pair, &olds[pair], &news[pair], &mut differ, &mut spaced);
        }
    }
    let left = stretches(olds, old.len(), differ.iter().map(|d| (d.pair, &d.old)));
    let right = stretches(news, old.len(), differ.iter().map(|d| (d.pair, &d.new)));
    let moves = moves::find(olds, news, &left, &right, old.len(), min_moved, watch)?;
    let mut rows: Vec<Row> = Vec::new();
    let (mut gone, mut come) = (vec![Vec::new(); olds.len()], vec![Vec::new(); news.len()]);
    for found in moves {
        rows.push(Row {
            of_old: found.old.text,
            of_new: found.new.text,
            change: Change {
                old: olds[found.old.text].chars(&found.old.pieces),
                new: news[found.new.text].chars(&found.new.pieces),
            },
            moved: true,
        });
        gone[found.old.text].push(found.old.pieces);
        come[found.new.text].push(found.new.pieces);
    }
    for found in differ.into_iter().chain(spaced) {
        watch.step(0)?;
        let pair = found.pair;
        rest(
            &found,
            &olds[pair],
            &news[pair],
            &gone[pair],
            &come[pair],
            |change| {
                rows.push(Row {
                    of_old: pair,
                    of_new: pair,
                    change,
                    moved: false,
                });
            },
        );
    }
    rows.sort_by_key(|r| {
        (
            r.of_old,
            r.change.old.start,
            r.of_new,
            r.change.new.start,
            r.change.old.end,
        )
    });
    Ok(rows)
}

/// Runs of pieces that differ in a pair, and pieces that stayed and have other white space around them: those change, and cannot
/// have moved.
fn differing(
    pair: usize,
    old: &Pieces,
    new: &Pieces,
    differ: &mut Vec<Differing>,
    spaced: &mut Vec<Differing>,
) {
    // White space around a sentence does not make it another one: it would look as if it had left and come.
    for op in capture_diff_slices(Algorithm::Histogram, &old.trimmed, &new.trimmed) {
        let (a, b) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            let changed = a.zip(b).filter(|&(a, b)| old.exact[a] != new.exact[b]);
            spaced.extend(changed.map(|(a, b)| Differing {
                pair,
                old: a..a + 1,
                new: b..b + 1,
            }));
        } else {
            differ.push(Differing { pair, old: a, new: b });
        }
    }
}

/// Where a move can begin or end: what differs in one version of each pair, and texts without a partner (those from `n_pairs` on) as
/// a whole.
fn stretches<'a>(
    texts: &[Pieces],
    n_pairs: usize,
    differ: impl Iterator<Item = (usize, &'a Run)>,
) -> Vec<Stretch> {
    let alone = (n_pairs..texts.len()).map(|text| Stretch {
        text,
        pieces: 0..texts[text].exact.len(),
    });
    differ
        .map(|(text, pieces)| Stretch {
            text,
            pieces: pieces.clone(),
        })
        .chain(alone)
        .collect()
}

/// What is left of pieces that differ once runs have moved: compared by characters where one run is left on either side, else gone
/// and come.
fn rest(
    found: &Differing,
    old: &Pieces,
    new: &Pieces,
    gone: &[Run],
    come: &[Run],
    mut put: impl FnMut(Change),
) {
    let (left, right) = (remaining(&found.old, gone), remaining(&found.new, come));
    let mut put = |change: Change| {
        if !(change.old.is_empty() && change.new.is_empty()) {
            put(change);
        }
    };
    if let ([one], [other]) = (left.as_slice(), right.as_slice()) {
        let (a, b) = (old.chars(one), new.chars(other));
        edited(old.text(&a), new.text(&b), |x, y| {
            put(Change {
                old: a.start + to_u32(x.start)..a.start + to_u32(x.end),
                new: b.start + to_u32(y.start)..b.start + to_u32(y.end),
            });
        });
        return;
    }
    let (from, to) = (old.chars(&found.old), new.chars(&found.new));
    for one in &left {
        put(Change {
            old: old.chars(one),
            new: to.start..to.start,
        });
    }
    for other in &right {
        put(Change {
            old: from.end..from.end,
            new: new.chars(other),
        });
    }
}

/// Changed stretches of two versions, in order: [`compare`] for one pair, without moves. Equal texts give none. What lies between two changes is the
/// same on both sides, so the list turns the one text into the other.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn changes(old: &str, new: &str, watch: &Watch) -> Result<Vec<Change>> {
    let rows = compare(&[old], &[new], &[], &[], usize::MAX, watch)?;
    Ok(rows.into_iter().map(|row| row.change).collect())
}

/// What of a range of pieces none of the taken runs covers.
fn remaining(whole: &Run, taken: &[Run]) -> Vec<Run> {
    let mut taken: Vec<&Run> = taken
        .iter()
        .filter(|p| p.start < whole.end && whole.start < p.end)
        .collect();
    taken.sort_by_key(|p| p.start);
    let (mut found, mut at) = (Vec::new(), whole.start);
    for pieces in taken {
        if at < pieces.start {
            found.push(at..pieces.start);
        }
        at = pieces.end;
    }
    // What had nothing on one side, or lost nothing, keeps its side.
    if at < whole.end || whole.is_empty() {
        found.push(at..whole.end);
    }
    found
}

/// The changes between two stretches that are not the same. What a reader sees as one character, though it is written with several, changes as a whole.
fn edited(old: &[char], new: &[char], mut put: impl FnMut(Range<usize>, Range<usize>)) {
    let (before, after) = (clusters(old), clusters(new));
    if before.is_none() && after.is_none() {
        unlike(old, new, put);
        return;
    }
    let whole = |starts: Option<Vec<usize>>, length: usize| starts.unwrap_or_else(|| (0..=length).collect());
    let (before, after) = (whole(before, old.len()), whole(after, new.len()));
    let seen = |starts: &[usize], written: &[char]| -> Vec<String> {
        let clusters = starts.windows(2);
        clusters.map(|w| written[w[0]..w[1]].iter().collect()).collect()
    };
    unlike(&seen(&before, old), &seen(&after, new), |a, b| {
        put(before[a.start]..before[a.end], after[b.start]..after[b.end]);
    });
}

/// The changes between two runs of characters, each of one or more code points.
fn unlike<T: Eq + Ord + std::hash::Hash>(
    old: &[T],
    new: &[T],
    mut put: impl FnMut(Range<usize>, Range<usize>),
) {
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shown<'a>(old: &'a str, new: &'a str) -> Vec<(String, String)> {
        let cut = |text: &str, range: &Range<u32>| -> String {
            text.chars()
                .skip(range.start as usize)
                .take(range.len())
                .collect()
        };
        changes(old, new, &Watch::new())
            .unwrap()
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

    #[test]
    fn what_is_seen_as_one_character_changes_as_one() {
        for (a, b) in [
            ("🇨🇳", "🇨🇦"),
            ("👨‍👩‍👧", "👨‍👩‍👦"),
            ("👨‍👩‍👧", "👨"),
            ("👍🏻", "👍🏿"),
            ("👍", "👍🏿"),
            ("葛\u{E0100}", "葛\u{E0101}"),
            ("葛", "葛\u{E0101}"),
            ("☎\u{FE0F}", "☎"),
            ("e\u{301}", "e\u{300}"),
            ("1\u{FE0F}\u{20E3}", "2\u{FE0F}\u{20E3}"),
            ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴"),
            ("한", "하"),
            ("😉", "😀"),
        ] {
            let (old, new) = (format!("你好{a}国旗升起来"), format!("你好{b}国旗升起来"));
            assert_eq!(shown(&old, &new), [pair(a, b)]);
            assert_eq!(shown(&new, &old), [pair(b, a)]);
        }
        // Two flags out of three: no half of one with half of the next.
        assert_eq!(shown("看🇨🇳🇺🇸🇫🇷呀看", "看🇨🇳🇫🇷呀看"), [pair("🇺🇸", "")]);
        // A mark that belongs to the end of a sentence.
        assert_eq!(
            shown("升旗吧！\u{FE0F}\u{20E3}走了。", "升旗吧！走了。"),
            [pair("！\u{FE0F}\u{20E3}", "！")]
        );
    }

    #[test]
    fn white_space_around_a_sentence_is_a_small_change_and_no_move() {
        let (a, b) = (
            "甲段讲的是修路架桥的事情和经过。 乙段讲的是植树造林的事情。\n",
            "甲段讲的是修路架桥的事情和经过。乙段讲的是植树造林的事情。",
        );
        let rows = compare(&[a], &[b], &[], &[], 5, &Watch::new()).unwrap();
        assert!(rows.iter().all(|r| !r.moved));
        assert_eq!(shown(a, b), [pair(" ", ""), pair("\n", "")]);
    }

    #[test]
    fn runs_move_inside_and_across_texts() {
        let old = [
            "甲段讲的是修路的事。乙段讲的是种树的事。丙段讲的是办学的事。",
            "丁段讲的是养老的事。戊。",
        ];
        let new = [
            "丙段讲的是办学的事。甲段讲的是修路的事。丁段讲的是养老的事。",
            "戊。",
        ];
        let rows = compare(
            &old,
            &new,
            &["己段讲的是防火的事。"],
            &["庚。\n己段讲的是防火的事。"],
            5,
            &Watch::new(),
        )
        .unwrap();
        let cut = |text: &str, range: &Range<u32>| -> String {
            text.chars()
                .skip(range.start as usize)
                .take(range.len())
                .collect()
        };
        let shown: Vec<(usize, usize, bool, String)> = rows
            .iter()
            .map(|r| {
                let text = if r.change.old.is_empty() {
                    cut(
                        [new[0], new[1], "庚。\n己段讲的是防火的事。"][r.of_new],
                        &r.change.new,
                    )
                } else {
                    cut([old[0], old[1], "己段讲的是防火的事。"][r.of_old], &r.change.old)
                };
                (r.of_old, r.of_new, r.moved, text)
            })
            .collect();
        let row = |a, b, moved, text: &str| (a, b, moved, text.to_owned());
        assert_eq!(
            shown,
            [
                row(0, 0, false, "乙段讲的是种树的事。"),
                row(0, 0, true, "丙段讲的是办学的事。"),
                row(1, 0, true, "丁段讲的是养老的事。"),
                row(2, 2, true, "己段讲的是防火的事。"),
            ]
        );
        // Too short to be called moved.
        let rows = compare(&old, &new, &[], &[], 50, &Watch::new()).unwrap();
        assert!(rows.iter().all(|r| !r.moved));
    }
}
