//! Blanks that cut a piece off a word, and whether a document has stray blanks.

use rustc_hash::FxHashSet;

use super::super::han::{is_han, is_ordinal_numeral};
use super::super::script::{self, Script};
use super::super::segment::default_jieba;
use super::Gap;
use super::gaps::{han_before, han_behind};

/// Characters that are looked at on either side.
const AROUND: usize = 8;
/// Least blanks inside words, and their least share of all blanks between words and characters, in a document with stray
/// blanks. Of blanks strewn at random over reports about half cut a word.
const LEAST: usize = 3;
const SHARE: (usize, usize) = (1, 4);
/// From this many on, blanks between words of running text are stray, too.
const THROUGHOUT: usize = 5;

/// What a blank parts.
enum Parts {
    /// A word: its characters, and whether the blank alone shows that it is none.
    Word(String, bool),
    /// Two words.
    Words,
    /// Neither for sure: two words that make one, two single characters.
    Unclear,
}

/// The stray blanks among the gaps that nothing else settled, by their numbers, in order.
pub(super) fn find(text: &str, gaps: &[Gap], settled: &[Option<bool>]) -> Vec<usize> {
    let open: Vec<usize> = (0..gaps.len())
        .filter(|&at| settled[at].is_none() && is_single(&gaps[at]) && !is_structural(text, &gaps[at]))
        .collect();
    let mut inside: Vec<(usize, String, bool)> = Vec::new();
    let (mut between, mut unclear) = (Vec::new(), Vec::new());
    for at in open {
        match parts(text, &gaps[at]) {
            Parts::Word(word, torn) => inside.push((at, word, torn)),
            Parts::Words => between.push(at),
            Parts::Unclear => unclear.push(at),
        }
    }
    if inside.is_empty() {
        return Vec::new();
    }
    let all = inside.len() + between.len();
    let often = inside.len() * SHARE.1 >= all * SHARE.0;
    // Two in a short text have to be nearly all there are.
    let strewn = inside.len() >= LEAST && often || inside.len() == 2 && between.len() <= 1;
    let mut found: Vec<usize> = if strewn {
        inside.iter().map(|(at, ..)| *at).collect()
    } else {
        // The word was torn, or stands elsewhere in the text, whole.
        let known: FxHashSet<&str> = inside
            .iter()
            .map(|(_, word, _)| word.as_str())
            .filter(|word| text.contains(*word))
            .collect();
        inside
            .iter()
            .filter(|(_, word, torn)| *torn || known.contains(word.as_str()))
            .map(|(at, ..)| *at)
            .collect()
    };
    if strewn && often && inside.len() >= THROUGHOUT {
        let others = between.into_iter().chain(unclear);
        found.extend(others.filter(|&at| is_running_text(text, &gaps[at])));
        found.sort_unstable();
    }
    found
}

/// One blank, between Han characters.
fn is_single(gap: &Gap) -> bool {
    gap.inner && (gap.width == 1 || gap.end - gap.start == '\u{3000}'.len_utf8())
}

/// A blank behind the number of a chapter or article, or behind a date: `第一章 总则`.
fn is_structural(text: &str, gap: &Gap) -> bool {
    let before = han_before(text, gap.start, AROUND);
    let Some((last, numerals)) = before.split_last() else {
        return false;
    };
    let counted = numerals
        .iter()
        .rev()
        .take_while(|c| is_ordinal_numeral(**c))
        .count();
    "章节節条條编編篇款项項".contains(*last) && counted > 0
        || "年月日".contains(*last)
            && text
                .get(..gap.start - last.len_utf8())
                .is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()))
}

/// What a blank parts, by the most probable cut of the characters around it.
fn parts(text: &str, gap: &Gap) -> Parts {
    let left_token = han_before(text, gap.start, AROUND);
    let right_token = han_behind(text, gap.end, AROUND);
    let mut window: Vec<char> = Vec::with_capacity(2 * AROUND);
    // Over other single blanks too: `生 活用 水`.
    let mut left: Vec<char> = text
        .get(..gap.start)
        .unwrap_or_default()
        .chars()
        .rev()
        .take(2 * AROUND)
        .take_while(|c| is_han(*c) || matches!(c, ' ' | '\u{3000}' | '\u{A0}'))
        .filter(|c| is_han(*c))
        .take(AROUND)
        .collect();
    left.reverse();
    let at = left.len();
    window.append(&mut left);
    window.extend(
        text.get(gap.end..)
            .unwrap_or_default()
            .chars()
            .take(2 * AROUND)
            .take_while(|c| is_han(*c) || matches!(c, ' ' | '\u{3000}' | '\u{A0}'))
            .filter(|c| is_han(*c))
            .take(AROUND),
    );
    let whole: String = window.iter().collect();
    let simple = script::convert(&whole, Script::Simplified);
    let dictionary = default_jieba();
    let mut start = 0;
    for token in dictionary.cut(&simple, false) {
        let end = start + token.word.chars().count();
        if start < at && at < end {
            let (l, r) = (at - start, end - at);
            let is_word = |from: usize, to: usize| {
                let piece: String = simple.chars().skip(from).take(to - from).collect();
                to - from >= 2 && dictionary.has_word(&piece)
            };
            let both_words = is_word(start, at) && is_word(at, end);
            let all_of_both = l >= left_token.len() && r >= right_token.len();
            return if both_words || all_of_both {
                Parts::Unclear
            } else {
                let pieces = (at - start, end - at);
                let torn =
                    !is_word(start, at) && !is_word(at, end) && is_torn(&left_token, &right_token, pieces);
                Parts::Word(window.iter().skip(start).take(end - start).collect(), torn)
            };
        }
        start = end;
    }
    if left_token.len() == 1 && right_token.len() == 1 {
        Parts::Unclear
    } else {
        Parts::Words
    }
}

/// Whether what stands before a gap, cut by itself, leaves the piece of the word over, and what stands behind it too. Halves of
/// one length may be verse or slogans.
fn is_torn(left: &[char], right: &[char], (l, r): (usize, usize)) -> bool {
    let dictionary = default_jieba();
    let cut = |token: &[char]| -> Vec<usize> {
        let token = script::convert(&token.iter().collect::<String>(), Script::Simplified);
        let words = dictionary.cut(&token, false);
        words.iter().map(|t| t.word.chars().count()).collect()
    };
    let (mut before, behind) = (cut(left), cut(right));
    before.reverse();
    // A single character stands beside the gap, and behind the piece the words are whole.
    let torn = |sizes: &[usize], piece: usize| {
        let mut chars = 0;
        let inside = sizes
            .iter()
            .take_while(|size| {
                chars += **size;
                chars <= piece
            })
            .count();
        let rest = &sizes[inside..];
        let cut_there = sizes[..inside].iter().sum::<usize>() == piece;
        let whole = cut_there && !rest.is_empty() && rest.iter().all(|n| *n >= 2);
        (sizes.first() == Some(&1) && cut_there, whole)
    };
    let ((left_torn, left_whole), (right_torn, right_whole)) = (torn(&before, l), torn(&behind, r));
    left.len() + right.len() >= 4
        && left.len() != right.len()
        && left_torn
        && right_torn
        && (left_whole || right_whole)
}

/// Whether a gap stands in a line of sentences.
fn is_running_text(text: &str, gap: &Gap) -> bool {
    let before = text.get(..gap.start).unwrap_or_default();
    let behind = text.get(gap.end..).unwrap_or_default();
    let from = before.rfind('\n').map_or(0, |i| i + 1);
    let to = behind.find('\n').unwrap_or(behind.len());
    let (left, right) = (
        before.get(from..).unwrap_or_default(),
        behind.get(..to).unwrap_or_default(),
    );
    let marks = |part: &str| part.contains(['，', '。', '；', ',']);
    (marks(left) || marks(right)) && left.chars().count() + right.chars().count() >= 20
}
