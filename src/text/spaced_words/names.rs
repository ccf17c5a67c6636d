//! Names of two characters that were padded to the width of three.

use super::super::han::is_han;
use super::Gap;
use crate::list;

/// Least items of a list of names.
const LEAST: usize = 3;

/// Decides for the gaps inside padded names of lists.
pub(super) fn settle(text: &str, gaps: &[Gap], settled: &mut [Option<bool>]) {
    let mut at = 0;
    while at < gaps.len() {
        if settled[at] == Some(true) || !is_padding(text, &gaps[at]) {
            at += 1;
            continue;
        }
        // The line that holds the gap.
        let from = text
            .get(..gaps[at].start)
            .and_then(|t| t.rfind('\n'))
            .map_or(0, |i| i + 1);
        let to = text
            .get(gaps[at].end..)
            .and_then(|t| t.find('\n'))
            .map_or(text.len(), |i| gaps[at].end + i);
        let behind = gaps.partition_point(|g| g.start < to);
        let first = gaps.partition_point(|g| g.start < from);
        if let Some(padded) = padded_names(text.get(from..to).unwrap_or_default()) {
            for (gap, slot) in gaps.iter().zip(settled.iter_mut()).take(behind).skip(first) {
                if padded.contains(&(gap.start - from)) {
                    *slot = Some(true);
                }
            }
        }
        at = behind.max(at + 1);
    }
}

/// Whether a gap has a single surname before it and a single character behind.
fn is_padding(text: &str, gap: &Gap) -> bool {
    let mut before = text.get(..gap.start).unwrap_or_default().chars().rev();
    let mut behind = text.get(gap.end..).unwrap_or_default().chars();
    let surname = before.next().filter(|c| is_han(*c)).map(String::from);
    surname.is_some_and(|s| list!("entities/surnames").has(&s))
        && !before.next().is_some_and(is_han)
        && behind.next().is_some_and(is_han)
        && !behind.next().is_some_and(is_han)
}

/// Where (in bytes of the line) the gaps inside padded names lie, if the line is a list of names.
fn padded_names(line: &str) -> Option<Vec<usize>> {
    let line_end = line.trim_end_matches(['。', '；', '，', ' ', '\u{3000}', '\r']);
    // A label before the names: 出席人员：
    let begin = line_end.rfind(['：', ':']).map_or(0, |i| {
        i + line_end
            .get(i..)
            .and_then(|t| t.chars().next())
            .map_or(1, char::len_utf8)
    });
    let listed = line_end.get(begin..)?;
    let commas = listed.contains(['、', '，']);
    let mut tokens: Vec<(usize, &str)> = Vec::new();
    let mut at = begin;
    for piece in listed.split([' ', '\u{3000}', '\u{A0}', '、', '，', '\t']) {
        if !piece.is_empty() {
            tokens.push((at, piece));
        }
        at += piece.len();
        at += line_end
            .get(at..)
            .and_then(|t| t.chars().next())
            .map_or(0, char::len_utf8);
    }
    let surnames = list!("entities/surnames");
    let mut padded = Vec::new();
    let (mut names, mut whole) = (0, 0);
    let mut gaps: Vec<&str> = Vec::new();
    let mut inner: Vec<&str> = Vec::new();
    let mut rest = tokens.iter().peekable();
    let mut last_end: Option<usize> = None;
    while let Some(&(start, token)) = rest.next() {
        if let Some(end) = last_end {
            gaps.push(line_end.get(end..start).unwrap_or_default());
        }
        let chars = token.chars().count();
        if !token.chars().all(is_han) || surnames.begins(token).is_none() {
            return None;
        }
        if chars == 1 {
            let &(second, given) = rest.next()?;
            let gap = line_end.get(start + token.len()..second)?;
            if given.chars().count() != 1 || gap.contains(['、', '，', '\t']) {
                return None;
            }
            inner.push(gap);
            padded.push(start + token.len());
            last_end = Some(second + given.len());
        } else if (2..=4).contains(&chars) {
            whole += usize::from(chars >= 3);
            last_end = Some(start + token.len());
        } else {
            return None;
        }
        names += 1;
    }
    // Names of three characters, or gaps between names that are not those inside them, tell names from cells.
    let columns = |gap: &&str| -> usize { gap.chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum() };
    let widest_inside = inner.iter().map(columns).max()?;
    let apart = !gaps.is_empty()
        && gaps
            .iter()
            .all(|gap| gap.contains(['、', '，', '\t']) || columns(gap) > widest_inside);
    let listed = if commas { apart } else { true };
    (listed && (names >= LEAST && whole > 0 || names >= 2 && apart)).then_some(padded)
}
