//! Stretches of single characters at equal distances.

use super::super::han::{chinese_digit, is_han, is_ordinal_numeral, is_space, power};
use super::super::script::{self, Script};
use super::super::segment::default_jieba;
use super::Gap;
use super::gaps::is_mark;
use crate::list;

/// Least characters of a stretch; a shorter one must stand elsewhere in the text without blanks.
const LEAST: usize = 5;
/// A stretch of this many characters may have single ones between its words.
const LONG: usize = 8;
/// Least frequency, in jieba's dictionary, of the words of a shorter stretch.
const COMMON: usize = 20;
/// The same for a long word that speaks for the single characters beside it.
const WELL_KNOWN: usize = 1000;
/// Share of the characters of a long stretch that must lie in words of several characters.
const IN_WORDS: (usize, usize) = (11, 20);

/// Decides for the gaps of stretches that are set apart: `Some(true)` inside them; `Some(false)` for rows of single
/// characters that make no words.
pub(super) fn settle(text: &str, gaps: &[Gap], settled: &mut [Option<bool>]) {
    let mut from = 0;
    while from < gaps.len() {
        let mut to = from + 1;
        while to < gaps.len() && follows(text, &gaps[to - 1], &gaps[to]) {
            to += 1;
        }
        if to - from >= 2 || stands_apart(text, &gaps[from..to]) {
            stretch(text, gaps, from, to, settled);
        }
        from = to;
    }
}

/// Whether one Han character, with marks around it at most, stands between two gaps.
fn follows(text: &str, gap: &Gap, next: &Gap) -> bool {
    let between = text.get(gap.end..next.start).unwrap_or_default();
    // A full stop in the middle: `好，我`.
    if between.len() > 24 {
        return false;
    }
    let mut han_in_a_row = 0;
    for c in between.chars() {
        if is_han(c) {
            han_in_a_row += 1;
            if han_in_a_row > 1 {
                return false;
            }
        } else if is_mark(c) {
            han_in_a_row = 0;
        } else {
            return false;
        }
    }
    !between.is_empty()
}

/// Whether the characters on both outer sides of gaps stand alone.
fn stands_apart(text: &str, gaps: &[Gap]) -> bool {
    let [gap] = gaps else { return false };
    is_alone(text, gap.start, true) && is_alone(text, gap.end, false)
}

/// Whether the character before (or behind) a place is a single one: no Han follows it on its other side.
fn is_alone(text: &str, at: usize, before: bool) -> bool {
    if before {
        let mut chars = text.get(..at).unwrap_or_default().chars().rev();
        chars.next().is_some_and(is_han) && !chars.next().is_some_and(is_han)
    } else {
        let mut chars = text.get(at..).unwrap_or_default().chars();
        chars.next().is_some_and(is_han) && !chars.next().is_some_and(is_han)
    }
}

/// Gaps `from..to` follow each other; parts them at gaps that are wider than most.
fn stretch(text: &str, gaps: &[Gap], from: usize, to: usize, settled: &mut [Option<bool>]) {
    let mut widths: Vec<usize> = gaps[from..to].iter().map(|g| g.width).collect();
    widths.sort_unstable();
    let narrow = widths[widths.len() / 2];
    let mut begin = from;
    // The outermost gaps may stand beside a longer word (`云川县 年 度 总 结`) or inside one (`2006年政 府 工 作 报 告`).
    if !is_alone(text, gaps[from].start, true)
        && !is_mark(gaps[from].before)
        && !makes_words(text, &gaps[from..to])
    {
        begin += 1;
    }
    let mut end = to;
    if !is_alone(text, gaps[to - 1].end, false)
        && !is_mark(gaps[to - 1].behind)
        && !makes_words(text, &gaps[begin..to])
    {
        end -= 1;
    }
    let mut at = begin;
    while at < end {
        let parts = |gap: &Gap| gap.width > narrow || follows_chapter(text, gap);
        if parts(&gaps[at]) {
            at += 1;
            continue;
        }
        let first = at;
        while at < end && !parts(&gaps[at]) {
            at += 1;
        }
        let verdict = makes_words(text, &gaps[first..at]);
        for slot in &mut settled[first..at] {
            *slot = Some(verdict);
        }
    }
}

/// Whether what stands between and around some gaps makes several words.
fn makes_words(text: &str, gaps: &[Gap]) -> bool {
    let (Some(first), Some(last)) = (gaps.first(), gaps.last()) else {
        return false;
    };
    let from = first.start - first.before.len_utf8();
    // A mark at the border goes on with the character beside it.
    let from = if is_han(first.before) { from } else { first.end };
    let to = if is_han(last.behind) {
        last.end + last.behind.len_utf8()
    } else {
        last.start
    };
    let whole: String = text
        .get(from..to)
        .unwrap_or_default()
        .chars()
        .filter(|c| is_han(*c) || is_mark(*c))
        .collect();
    let marks = whole.chars().filter(|c| is_mark(*c)).count();
    let chars = whole.chars().count() - marks;
    if chars < 2
        || whole
            .chars()
            .any(|c| chinese_digit(c).is_some_and(|d| d < 10) && power(c).is_some())
    {
        return false;
    }
    if chars < LEAST && !is_chapter(&whole) {
        return is_whole_line(text, from, to) && text.contains(&whole);
    }
    if is_chapter(&whole) {
        return true;
    }
    let simple = script::convert(&whole, Script::Simplified);
    let words: Vec<&str> = default_jieba()
        .cut(&simple, false)
        .into_iter()
        .map(|token| token.word)
        .collect();
    let long: Vec<&&str> = words.iter().filter(|w| w.chars().nth(1).is_some()).collect();
    let in_words: usize = long.iter().map(|w| w.chars().count()).sum();
    // Names of two characters, one behind the other.
    let named = |w: &&str| w.chars().count() == 2 && list!("entities/surnames").begins(w).is_some();
    let several = long.len() >= 2 || long.first().is_some_and(|word| makes_shorter(word));
    if !several || long.iter().all(|w| named(w)) {
        return false;
    }
    // An unknown name before a long word: 云 川 县 人 民 政 府.
    let known = long.last().is_some_and(|word| {
        let common = default_jieba().suggest_freq(word) >= WELL_KNOWN;
        word.chars().nth(3).is_some() && common && simple.ends_with(**word) && makes_shorter(word)
    });
    if chars < LONG && marks == 0 && !known {
        // Rows of things have few words in common use: 赤 橙 黄 绿 青 蓝 紫.
        let common = |w: &&str| default_jieba().suggest_freq(w) >= COMMON;
        in_words == chars && long.iter().all(|w| common(w))
    } else {
        in_words * IN_WORDS.1 >= chars * IN_WORDS.0
    }
}

/// `第一章`, `第十二节`.
fn is_chapter(text: &str) -> bool {
    let mut chars = text.chars();
    let (first, last) = (chars.next(), chars.next_back());
    first == Some('第')
        && last.is_some_and(|c| "章节節条條编編篇".contains(c))
        && !chars.as_str().is_empty()
        && chars.all(is_ordinal_numeral)
}

/// Whether a gap stands behind the number of a chapter that is itself set apart: `第 一 章 总 则`.
fn follows_chapter(text: &str, gap: &Gap) -> bool {
    if !"章节節条條编編篇".contains(gap.before) {
        return false;
    }
    let mut number: Vec<char> = text
        .get(..gap.start)
        .unwrap_or_default()
        .chars()
        .rev()
        .take(16)
        .filter(|c| !is_space(*c))
        .take(8)
        .collect();
    number.reverse();
    let from = number.iter().rposition(|c| *c == '第').unwrap_or(number.len());
    is_chapter(&number.iter().skip(from).collect::<String>())
}

/// Whether one long word is made of words of two characters and more (中共中央办公厅), not of single ones (金木水火土).
fn makes_shorter(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let dictionary = default_jieba();
    // Whether the first so many characters are such words.
    let mut reached = vec![false; chars.len() + 1];
    reached[0] = true;
    for end in 2..=chars.len() {
        reached[end] = (0..end - 1).any(|start| {
            let piece: String = chars[start..end].iter().collect();
            reached[start] && end - start < chars.len() && dictionary.has_word(&piece)
        });
    }
    reached[chars.len()]
}

/// Whether nothing Han stands beside a stretch in its line but the number of a chapter: `第二章 备 案`.
fn is_whole_line(text: &str, from: usize, to: usize) -> bool {
    let before = text.get(..from).unwrap_or_default();
    let before = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .trim_start_matches(['#', ' '])
        .trim_end();
    let behind = text.get(to..).unwrap_or_default();
    let behind = behind.split('\n').next().unwrap_or_default();
    let numbered = before.starts_with('第')
        && before.ends_with(|c| "章节節编編篇".contains(c))
        && before.chars().count() <= 6;
    !behind.contains(is_han) && (numbered || !before.contains(is_han))
}
