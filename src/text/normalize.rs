//! Width folding, Unicode form, white space, entities, control characters: the steps that need no more than a look at
//! the characters around. Each is a pure function from a text to its edits.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

use super::edit::{Edit, EditKind};
use super::han::{half_width, is_break, is_han, is_invisible, is_space};
use super::radicals;
use crate::list;

/// A pattern of ours. All are compiled by a test; one that did not compile would match nothing.
macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($pattern).ok());
    };
}

pattern!(
    ENTITY,
    r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&(?:nbsp|amp|lt|gt|quot|middot)(?:[^A-Za-z0-9=;]|$)"
);

/// Named and numeric entities become their characters, also those that were escaped twice (`&amp;nbsp;`). An entity that
/// HTML does not know, or that stands for no character, stays.
pub fn html_entities(text: &str) -> Vec<Edit> {
    let Some(pattern) = ENTITY.as_ref().filter(|_| text.contains('&')) else {
        return Vec::new();
    };
    pattern
        .find_iter(text)
        .filter_map(|found| {
            let whole = found.as_str();
            // Without semicolon the pattern looked one character ahead.
            let (entity, len) = if whole.ends_with(';') {
                (whole.to_owned(), whole.len())
            } else {
                let name = whole.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
                (format!("{name};"), name.len())
            };
            let decoded = decode_entity(&entity)?;
            Some(Edit::new(
                found.start(),
                found.start() + len,
                decoded,
                EditKind::HtmlEntity,
            ))
        })
        .collect()
}

fn decode_entity(entity: &str) -> Option<String> {
    let mut now = entity.to_owned();
    loop {
        let next = html_escape::decode_html_entities(&now).into_owned();
        if next == now {
            break;
        }
        now = next;
    }
    let sane = now != entity && !now.contains(['\0', '\u{FFFD}']);
    sane.then_some(now)
}

/// Zero-width characters, byte-order marks, directional marks and soft hyphens go. A joiner between characters that are
/// neither Han nor ASCII stays: emoji and Indic scripts need it. A line that holds nothing else was never a line (wikis
/// mark the end of a printed page so, also inside a sentence): its line feed goes along.
pub fn zero_width(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut before: Option<char> = None;
    // Index of the first edit of the line at hand and whether anything else stands in it.
    let (mut first, mut line_start, mut other) = (0, 0, false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let invisible = is_invisible(c);
        let joins = |c: char| !is_han(c) && !c.is_ascii() && !c.is_whitespace();
        let needed = matches!(c, '\u{200C}' | '\u{200D}')
            && before.is_some_and(joins)
            && chars.peek().is_some_and(|(_, next)| joins(*next));
        if invisible && !needed {
            match edits.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = end,
                None => edits.push(Edit::delete(at, end, EditKind::ZeroWidth)),
            }
            continue;
        }
        before = Some(c);
        if c != '\n' {
            other |= c != '\r';
            continue;
        }
        if !other
            && edits.len() == first + 1
            && let Some(last) = edits.last_mut()
            && last.start == line_start
        {
            last.end = end;
        }
        (first, line_start, other) = (edits.len(), end, false);
    }
    edits
}

/// CR LF, CR and the other line separators become LF; control characters other than tab and LF go.
pub fn control(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        match c {
            '\t' | '\n' => {}
            '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {
                edits.push(Edit::delete(at, end, EditKind::Control));
            }
            _ if is_break(c) => {
                edits.push(Edit::new(at, end, "\n", EditKind::Control));
            }
            '\u{FFFC}' => edits.push(Edit::delete(at, end, EditKind::Control)),
            _ if c.is_control() => edits.push(Edit::delete(at, end, EditKind::Control)),
            _ => {}
        }
    }
    edits
}

/// Normal form C, which also unifies the compatibility ideographs that have a canonical equivalent (`U+F914` → 樂), and
/// radicals that stand for an ideograph in a word (`⼈⺠` → 人民, as PDF text has them; [`radicals::in_words`] says which).
/// No other compatibility character is touched: ㎡, ① and ℃ stay.
pub fn unicode_form(text: &str) -> Vec<Edit> {
    let ideographs = radicals::in_words(text);
    if ideographs.is_empty() && is_nfc(text) {
        return Vec::new();
    }
    let mut ideographs = ideographs.into_iter().peekable();
    let mut edits = Vec::new();
    // A piece starts at each character that never composes with what stands before it.
    let starts_piece = |c: char| {
        canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) != IsNormalized::Maybe
    };
    let mut start = 0;
    let ends = text
        .char_indices()
        .skip(1)
        .filter(|(_, c)| starts_piece(*c))
        .map(|(at, _)| at)
        .chain(std::iter::once(text.len()));
    for end in ends {
        let piece = text.get(start..end).unwrap_or_default();
        // A radical composes with nothing: it begins its piece.
        let ideograph = ideographs.next_if(|(at, _)| *at == start).map(|(_, c)| c);
        if ideograph.is_none() && is_nfc_quick(piece.chars()) == IsNormalized::Yes {
            start = end;
            continue;
        }
        let formed: String = match ideograph {
            Some(c) => std::iter::once(c).chain(piece.chars().skip(1)).nfc().collect(),
            None => piece.nfc().collect(),
        };
        if formed != piece {
            edits.push(Edit::new(start, end, formed, EditKind::UnicodeForm));
        }
        start = end;
    }
    edits
}

/// Full-width digits and letters become ASCII, with the sign that is part of a number: the point between two digits
/// (`９．３`) and the percent sign behind one. Other punctuation stays as it is.
pub fn full_width(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut before_digit = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, n)| is_digit(*n));
        let folds = match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => true,
            '．' => before_digit && next_is_digit,
            '％' => before_digit,
            _ => false,
        };
        before_digit = is_digit(c);
        if !folds {
            continue;
        }
        let end = at + c.len_utf8();
        match edits.last_mut() {
            // One row a number or word.
            Some(last) if last.end == at => {
                last.end = end;
                last.replacement.push(half_width(c));
            }
            _ => edits.push(Edit::new(at, end, half_width(c).to_string(), EditKind::FullWidth)),
        }
    }
    edits
}

fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

pattern!(
    SPACED,
    r"[0-9](?: [0-9])*(?: ?[.．] ?[0-9](?: [0-9])*)?(?: ?[％%])?"
);

/// A document with this many spaced numbers has them throughout, so that also single digits carry a space behind.
const THROUGHOUT: usize = 5;

/// A number whose digits may be spaced.
struct Spaced {
    start: usize,
    end: usize,
    joined: String,
    digits: usize,
    sure: bool,
    space_behind: bool,
    apart: bool,
}

/// What may stand before a number that a blank sets off in running text, and what 第 counts beside the units of quantities.
const LEADS: &str = "第年月日约近达超逾至到为过长降增减共占";
const ORDINALS: &str = "条條款项項章节節编編篇页頁届屆次名位期批号號回集卷册冊版场場轮輪";

/// `1 9 9 3 年` → `1993年`: single digits with one space between them. Rows of a table have more than one digit in some
/// cell, no unit behind, or nothing but digits in the line; they stay.
pub fn spaced_digits(text: &str) -> Vec<Edit> {
    let Some(pattern) = SPACED.as_ref() else {
        return Vec::new();
    };
    if !text
        .as_bytes()
        .windows(2)
        .any(|w| w[0].is_ascii_digit() && w[1] == b' ')
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    for m in pattern.find_iter(text) {
        let before = text.get(..m.start()).and_then(|t| t.chars().next_back());
        let rest = text.get(m.end()..).unwrap_or_default();
        let mut after = rest.chars();
        let (next, second) = (after.next(), after.next());
        let neighbour =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "-:/.,~".contains(c));
        // A digit next to another one is no single digit.
        if neighbour(before) || neighbour(next) && next != Some(',') {
            continue;
        }
        let digits = m.as_str().chars().filter(char::is_ascii_digit).count();
        let space_behind = next == Some(' ') && second.is_some_and(|c| is_han(c) || c == '％');
        let follower = if space_behind { second } else { next };
        let percent = m.as_str().ends_with(['%', '％']) || matches!(follower, Some('%' | '％'));
        // `第 1 2 条`, `5 月 3 1 日`, `增长 1 2 %`: a blank between the word and its number.
        let led = before.is_some_and(is_space);
        let lead = text
            .get(..m.start())
            .filter(|_| led)
            .and_then(|t| t.trim_end_matches(is_space).chars().next_back());
        let ordinal = before == Some('第') || lead == Some('第');
        let led = lead.is_some_and(|c| LEADS.contains(c));
        let counted = ordinal && follower.is_some_and(|c| ORDINALS.contains(c));
        let unit = counted || percent || follower.is_some_and(|c| list!("text/spaced_units").has_char(c));
        let in_text = before.is_none_or(|c| !c.is_whitespace() || c == '\n');
        let touches_han = before.is_some_and(is_han) || next.is_some_and(is_han);
        let sure = digits >= 2 && (in_text || led) && unit || digits >= 3 && in_text && touches_han;
        // Blanks around such a number come from where those inside it come from.
        let apart = sure && m.as_str().contains(' ') && (ordinal || led);
        let blanks = if apart {
            text.get(..m.start())
                .map_or(0, |t| t.len() - t.trim_end_matches(is_space).len())
        } else {
            0
        };
        found.push(Spaced {
            start: m.start() - blanks,
            end: m.end(),
            joined: m.as_str().replace(' ', "").replace('．', ".").replace('％', "%"),
            digits,
            sure,
            space_behind,
            apart,
        });
    }
    let throughout = found.iter().filter(|f| f.sure && f.digits >= 3).count() >= THROUGHOUT;
    let mut edits = Vec::new();
    for f in found {
        let whole = text.get(f.start..f.end).unwrap_or_default();
        let end = f.end
            + usize::from(
                throughout && f.space_behind || f.sure && f.space_behind && (f.digits >= 3 || f.apart),
            );
        let spaced = whole.contains(' ');
        if (f.sure && spaced) || (throughout && (spaced || end > f.end)) {
            edits.push(Edit::new(f.start, end, f.joined, EditKind::SpacedDigits));
        }
    }
    edits
}

/// ASCII punctuation beside Han characters back to its full-width form. Off unless asked for: whether `:` was folded or
/// typed cannot be told.
pub fn punctuation(text: &str) -> Vec<Edit> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let wide = |c: char| is_han(c) || "，。、；：？！（）“”‘’《》〈〉【】「」『』…—％".contains(c);
    // An opening parenthesis and whether it was made wide; its partner follows it.
    let mut open: Vec<bool> = Vec::new();
    let mut edits = Vec::new();
    for (i, &(at, c)) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|j| chars.get(j)).map(|x| x.1);
        let next = chars.get(i + 1).map(|x| x.1);
        let just_folded = edits.last().is_some_and(|e: &Edit| e.end == at);
        let (left, right) = (just_folded || before.is_some_and(wide), next.is_some_and(wide));
        let ends = next.is_none_or(char::is_whitespace);
        let folded = match c {
            '\n' => {
                open.clear();
                None
            }
            ',' if left && (right || next.is_some_and(|n| n.is_ascii_digit())) => Some("，"),
            ',' if right && before.is_some_and(|b| b.is_ascii_digit()) => Some("，"),
            ':' if left && (right || ends || next.is_some_and(|n| n.is_ascii_alphanumeric())) => Some("："),
            ';' if left && (right || ends) => Some("；"),
            '?' if left && (right || ends) => Some("？"),
            '!' if left && (right || ends) => Some("！"),
            '(' => {
                let opens = (left || right) && !next.is_some_and(|n| n.is_ascii_alphabetic());
                open.push(opens);
                opens.then_some("（")
            }
            ')' => open.pop().unwrap_or(false).then_some("）"),
            _ => None,
        };
        if let Some(folded) = folded {
            edits.push(Edit::new(at, at + 1, folded, EditKind::Punctuation));
        }
    }
    edits
}

/// Spaces at both ends of each line and lines without text go, also the last line feed; a run of several blanks inside a
/// line becomes one (its tabs if it holds any, else an ideographic space if it holds one).
pub fn whitespace(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut line_start = 0;
    // Whether a line with text stands before: then one line feed has to stay.
    let mut some_before = false;
    // Where the blank stretch began that is to be replaced by one line feed.
    let mut gap_start = 0;
    for line in text.split_inclusive('\n') {
        let body = cells(line);
        if !body.is_empty() {
            let start = line_start + body.as_ptr().addr() - line.as_ptr().addr();
            let end = start + body.len();
            gap(text, gap_start, start, some_before, &mut edits);
            inner(text, start, end, &mut edits);
            some_before = true;
            gap_start = end;
        }
        line_start += line.len();
    }
    if gap_start < text.len() {
        edits.push(Edit::delete(gap_start, text.len(), EditKind::Whitespace));
    }
    edits
}

/// A line without the blanks at its ends; the tab before the first cell of a row stays, since an empty cell stands before it.
fn cells(line: &str) -> &str {
    let body = line.trim();
    let lead = &line[..line.len() - line.trim_start().len()];
    match lead.find('\t') {
        Some(first) if body.contains('\t') => line[first..].trim_end(),
        _ => body,
    }
}

/// What lies between two lines with text: exactly one line feed stays.
fn gap(text: &str, start: usize, end: usize, needs_break: bool, edits: &mut Vec<Edit>) {
    let found = text.get(start..end).unwrap_or_default();
    let Some(feed) = found.find('\n').filter(|_| needs_break) else {
        if start < end {
            edits.push(Edit::delete(start, end, EditKind::Whitespace));
        }
        return;
    };
    // The line feed itself stays untouched, so that its place is known exactly.
    if feed > 0 {
        edits.push(Edit::delete(start, start + feed, EditKind::Whitespace));
    }
    if start + feed + 1 < end {
        edits.push(Edit::delete(start + feed + 1, end, EditKind::Whitespace));
    }
}

fn inner(text: &str, start: usize, end: usize, edits: &mut Vec<Edit>) {
    let line = text.get(start..end).unwrap_or_default();
    let mut at = 0;
    while let Some(from) = line.get(at..).and_then(|t| t.find(is_space)).map(|i| i + at) {
        let rest = line.get(from..).unwrap_or_default();
        let len = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
        let run = rest.get(..len).unwrap_or_default();
        // Each tab is a border of cells: between two of them stands an empty one.
        let tabs = "\t".repeat(run.matches('\t').count());
        let one = if !tabs.is_empty() {
            &tabs
        } else if run.contains('\u{3000}') {
            "\u{3000}"
        } else {
            " "
        };
        if run != one {
            edits.push(Edit::new(
                start + from,
                start + from + len,
                one,
                EditKind::Whitespace,
            ));
        }
        at = from + len;
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn done(step: fn(&str) -> Vec<Edit>, text: &str) -> String {
        apply(text, &step(text)).unwrap_or_default()
    }

    #[test]
    fn patterns_compile() {
        assert!(ENTITY.is_some() && SPACED.is_some());
    }

    #[test]
    fn entities() {
        assert_eq!(
            done(
                html_entities,
                "&ldquo;三农&rdquo;&#20013;&#x6587;&amp;nbsp;&lt;b&gt; &nbsp第"
            ),
            "“三农”中文\u{a0}<b> \u{a0}第"
        );
        for stays in [
            "R&D", "AT&T;", "a=1&lt=2", "&bogus;", "&#0;", "&#xD800;", "A & B;",
        ] {
            assert_eq!(done(html_entities, stays), stays);
        }
    }

    #[test]
    fn invisible_characters() {
        assert_eq!(
            done(zero_width, "\u{feff}政\u{200b}协\u{ad}工\u{200d}作"),
            "政协工作"
        );
        assert_eq!(done(zero_width, "👩\u{200d}🌾"), "👩\u{200d}🌾");
        assert_eq!(
            done(control, "一\r\n二\r三\u{2028}四\u{7}\t五\u{c}六"),
            "一\n二\n三\n四\t五\n六"
        );
    }

    #[test]
    fn forms() {
        assert_eq!(
            done(unicode_form, "⼈民政协\u{f914}e\u{301}㎡①℃．"),
            "人民政协樂é㎡①℃．"
        );
        assert_eq!(done(unicode_form, "。。\u{1100}\u{1161}"), "。。가");
        assert_eq!(
            done(full_width, "２０２６年ＧＤＰ增长５．３％，第（１）条：Ｏ２Ｏ．"),
            "2026年GDP增长5.3%，第（1）条：O2O．"
        );
    }

    #[test]
    fn digits_with_spaces() {
        assert_eq!(
            done(
                spaced_digits,
                "自1 9 9 3 年以来增长7 4 7 7 2 亿元，1 1 ％，1 5 ．3 ％。"
            ),
            "自1993年以来增长74772亿元，11%，15.3%。"
        );
        assert_eq!(
            done(
                spaced_digits,
                "第 1 2 条和第1 5 款；第 1 2 章\n5 月 3 1 日增长 1 2 %，第 2 1 届"
            ),
            "第12条和第15款；第12章\n5 月31日增长12%，第21届"
        );
        for table in [
            "1 2 3 4 5",
            "甲 1 2 3\n乙 4 5 6",
            "2026-02-09 09:45:3",
            "得分 3 2 1 合计",
            "12 3 4 5 年",
            "得分 3 2 分差",
            "合计 1 2 人",
        ] {
            assert_eq!(done(spaced_digits, table), table);
        }
    }

    #[test]
    fn wide_punctuation() {
        assert_eq!(
            done(
                punctuation,
                "会议指出,要抓落实:一是“实”;二是(严)!好吗?\n1,000元(GDP) 14:54 f(x)"
            ),
            "会议指出，要抓落实：一是“实”；二是（严）！好吗？\n1,000元(GDP) 14:54 f(x)"
        );
    }

    #[test]
    fn empty_cells_stay() {
        for (raw, clean) in [
            ("\t2023\t2024\n人口\t5\t6\n", "\t2023\t2024\n人口\t5\t6"),
            ("甲\t\t990\n", "甲\t\t990"),
            ("甲 \t \t 990", "甲\t\t990"),
            (" \t甲\t乙", "\t甲\t乙"),
            ("\t段落的开头", "段落的开头"),
        ] {
            assert_eq!(done(whitespace, raw), clean);
        }
    }

    #[test]
    fn white_space() {
        assert_eq!(
            done(whitespace, "\n \u{3000}一  二\u{a0}三 四　五\t \t六  \n\n \n七\n"),
            "一 二 三 四　五\t\t六\n七"
        );
        assert_eq!(done(whitespace, " \n\u{3000}\n"), "");
        assert_eq!(whitespace("一\n二").len(), 0);
    }
}
