//! Which quotation marks belong together.
//!
//! Pairs: `“”`, `‘’`, `「」`, `『』`, `〝〞`, and straight `"` in turn. A pair closes within its paragraph. Besides:
//!
//! * an opening mark behind a sentence mark closes what is open where no closing mark follows before the next opening one (“路通了。“他说。);
//! * a closing mark behind a colon opens, where the next mark is a closing one, too (他说：”路通了。”);
//! * a straight mark right behind a digit is an inch where straight marks are left over, or the next stands behind a digit as well (12"显示屏);
//! * a quotation that does not close runs to the end of its paragraph if it ends with a sentence mark and the next paragraph opens it anew.

use std::ops::Range;

use super::super::chars::Chars;
use crate::text::han::is_blank;

/// Two marks that belong together; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What stands between the marks.
    pub inner: Range<usize>,
    /// The opening mark.
    pub mark: char,
    /// Pairs around it.
    pub depth: usize,
    /// Whether no mark closes it, since the next paragraph opens it anew.
    pub goes_on: bool,
}

/// The mark that closes an opening one; none for straight marks and what is no mark.
pub fn closing(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '〝' => '〞',
        _ => return None,
    })
}

/// The pairs of a text, in the order in which they open.
pub fn pairs(text: &Chars) -> Vec<Pair> {
    let mut quotes: Vec<Pair> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut straight = Straight::default();
    for i in 0..text.len() {
        let c = text.at(i);
        if !is_mark(c) {
            if c == '\n' {
                if let Some(&(from, mark)) = open.first().filter(|_| open.len() == 1)
                    && goes_on(text, from, mark, i)
                {
                    add(&mut quotes, from, i, mark, true);
                }
                open.clear();
            }
            continue;
        }
        let is_straight = is_straight(c);
        if is_straight && straight.is_inch(text, i, open.iter().any(|&(_, mark)| mark == c)) {
            continue;
        }
        let turned = match closing(c) {
            Some(close) if is_end(text.before(i)) && open.iter().any(|&(_, mark)| mark == c) => {
                next_mark(text, i, c, close) != Some(close)
            }
            _ => false,
        };
        let opener = opener_of(c).filter(|&o| {
            matches!(text.before(i), ':' | '\n')
                && !open.iter().any(|&(_, mark)| mark == o)
                && next_mark(text, i, o, c) == Some(c)
        });
        if let Some(mark) = opener {
            open.push((i, mark));
        } else if !turned
            && (closing(c).is_some() || (is_straight && !open.iter().any(|&(_, mark)| mark == c)))
        {
            open.push((i, c));
        } else if let Some(level) = open
            .iter()
            .rposition(|&(_, mark)| closing(mark) == Some(c) || ((is_straight || turned) && mark == c))
        {
            let (from, mark) = open[level];
            open.truncate(level);
            if from + 1 < i {
                add(&mut quotes, from, i, mark, false);
            }
        }
    }
    quotes.sort_by_key(|q| (q.inner.start, std::cmp::Reverse(q.inner.end)));
    let mut around: Vec<usize> = Vec::new();
    for quote in &mut quotes {
        around.retain(|&end| end > quote.inner.end);
        quote.depth = around.len();
        around.push(quote.inner.end);
    }
    quotes
}

fn add(quotes: &mut Vec<Pair>, from: usize, to: usize, mark: char, goes_on: bool) {
    quotes.push(Pair {
        inner: from + 1..to,
        mark,
        depth: 0,
        goes_on,
    });
}

fn is_straight(c: char) -> bool {
    c == '"' || c == '＂'
}

fn is_mark(c: char) -> bool {
    // Nearly all characters are ideographs.
    if matches!(c, '\u{3020}'..='\u{FEFF}') {
        return false;
    }
    matches!(
        c,
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '〝' | '〞' | '"' | '＂'
    )
}

fn opener_of(close: char) -> Option<char> {
    Some(match close {
        '”' => '“',
        '」' => '「',
        '』' => '『',
        _ => return None,
    })
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '…' | ',')
}

/// The next of two marks in the paragraph, behind a place.
fn next_mark(text: &Chars, place: usize, open: char, close: char) -> Option<char> {
    (place + 1..text.len())
        .map(|i| text.at(i))
        .find(|&c| c == '\n' || c == open || c == close)
        .filter(|&c| c != '\n')
}

/// Whether what opens at a place and does not close before the end of its paragraph is opened anew in the next one.
fn goes_on(text: &Chars, from: usize, mark: char, end: usize) -> bool {
    let ends = matches!(text.before(end), '。' | '!' | '?' | '…');
    let begins = matches!(text.before(from), ':' | ',' | '。' | '\n') || is_blank(text.before(from));
    let next = (end..text.len())
        .map(|i| text.at(i))
        .find(|&c| c != '\n' && !is_blank(c));
    closing(mark).is_some() && ends && begins && end > from + 10 && next == Some(mark)
}

/// Straight marks of the paragraph that is looked at: how many are left.
#[derive(Default)]
struct Straight {
    line_end: usize,
    left: usize,
}

impl Straight {
    /// Whether a straight mark is the sign of an inch.
    fn is_inch(&mut self, text: &Chars, place: usize, open: bool) -> bool {
        if place >= self.line_end {
            let line = (place..text.len()).take_while(|&i| text.at(i) != '\n');
            (self.left, self.line_end) = line.fold((0, place), |(n, _), i| {
                (n + usize::from(is_straight(text.at(i))), i + 1)
            });
        }
        let left = self.left;
        self.left = self.left.saturating_sub(1);
        if open || !text.before(place).is_ascii_digit() {
            return false;
        }
        let next = (place + 1..self.line_end.min(place + 80)).find(|&i| is_straight(text.at(i)));
        left % 2 == 1 || next.is_some_and(|i| text.before(i).is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<String> {
        let chars = Chars::new(text);
        pairs(&chars)
            .into_iter()
            .map(|q| chars.surface(q.inner))
            .collect()
    }

    #[test]
    fn marks_that_belong_together() {
        for (text, found) in [
            ("“一‘二’三”", vec!["一‘二’三", "二"]),
            ("“路通了。“他说。", vec!["路通了。"]),
            ("“路通了。”“水来了。”", vec!["路通了。", "水来了。"]),
            ("“路通了。“水来了。”", vec!["水来了。"]),
            ("他说：”路通了。”", vec!["路通了。"]),
            ("12\"屏和15\"屏", vec![]),
            ("8\"屏，\"小窗\"", vec!["小窗"]),
            ("第5期\"夜话\"", vec!["夜话"]),
            (
                "“这一段讲的是过去的事。\n“这一段讲将来。”",
                vec!["这一段讲的是过去的事。", "这一段讲将来。"],
            ),
            ("“没有关上\n“下一段”", vec!["下一段"]),
            ("", vec![]),
        ] {
            assert_eq!(inner(text), found, "{text}");
        }
    }
}
