//! Sentences, clauses and paragraphs.
//!
//! All three cut a text into stretches that follow each other without a gap: put back together they are the text.
//! Blanks ([`is_blank`]) behind a stretch belongs to it, blanks at the very beginning to the first one; [`trimmed`] gives
//! the stretch without it.
//!
//! * A **paragraph** ends at a line break ([`is_break`]); a carriage return and a line feed are one.
//! * A **sentence** ends with its paragraph, after `。！？｡!?`, after `……`, `⋯⋯` or six full stops, after an ASCII full
//!   stop that ends a Latin sentence (`in 2024. The next`, not `3.14`, `U.S. GDP`, `1. 项目`), and after one behind a Chinese
//!   character (`要抓好落实.要加强学习.`, not `一.总则`, `列夫.托尔斯泰`, `报告.docx`). Further marks and the
//!   closing quotation marks and brackets behind the end go with it. Inside brackets and book titles that close on
//!   their line nothing ends: 《你好吗？》一书. `；` and `;` end a sentence too unless [`Ends::semicolons`] is off.
//! * A **clause** ends with its sentence and after `，；：,;:`, dashes `——` included; not inside numbers (`1,000`,
//!   `14:54`).

use std::cell::Cell;
use std::ops::Range;

use super::han::{in_first_block, is_blank, is_break, is_han};
use super::places::Places;
use crate::list;

/// What ends a sentence besides what always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Ends {
    /// Whether `；` and `;` end a sentence; they do by default, as in tokenisation.
    pub semicolons: bool,
}

impl Default for Ends {
    fn default() -> Self {
        Self { semicolons: true }
    }
}

/// Byte ranges of the paragraphs.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    Cutter::new(text, Unit::Paragraph).run()
}

/// Byte ranges of the sentences.
pub fn sentences(text: &str, ends: Ends) -> Vec<Range<usize>> {
    Cutter::new(text, Unit::Sentence(ends)).run()
}

/// Marks at which a sentence may end within its line: what ends one always or sometimes.
pub(super) fn is_end_mark(c: char) -> bool {
    matches!(
        c,
        '!' | '?' | '.' | ';' | '…' | '⋯' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '；' | '？' | '｡'
    )
}

/// Whether a sentence may end before the end of a line, whose first mark that may end one is at this byte. Where not, the line
/// is one sentence, and [`sentences`] need not look at it.
pub fn ends_inside(line: &str, first: usize) -> bool {
    // Further marks and closing ones go with the first, and blanks behind them; anything else may be a new sentence.
    let mut tail = line.get(first..).unwrap_or_default().chars();
    tail.next();
    let behind = tail.as_str().trim_start_matches(|c| {
        is_closing(c) || matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '⋯' | '｡')
    });
    !behind
        .trim_start_matches(|c| is_blank(c) || is_break(c))
        .is_empty()
}

/// Byte ranges of the clauses.
pub fn clauses(text: &str) -> Vec<Range<usize>> {
    Cutter::new(text, Unit::Clause).run()
}

/// A stretch without the white space around it; empty if there is nothing else.
pub fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let content = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (content.len() - content.trim_start_matches(is_blank).len());
    start..(start + content.trim_matches(is_blank).len())
}

/// The same ranges counted in characters.
pub fn in_chars(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut done = (0, 0);
    let mut to = |byte: usize| {
        // Spans ascend, so every byte is looked at once; a step back starts anew.
        if byte < done.0 {
            done = (0, 0);
        }
        done.1 += text.get(done.0..byte).map_or(0, |part| part.chars().count());
        done.0 = byte;
        done.1
    };
    spans.iter().map(|span| to(span.start)..to(span.end)).collect()
}

/// Closing quotation marks and brackets.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '」'
            | '』'
            | '）'
            | ')'
            | '》'
            | '〉'
            | '】'
            | '］'
            | ']'
            | '〕'
            | '｝'
            | '}'
            | '»'
            | '＂'
            | '〞'
    )
}

/// The bracket that closes `open`; quotation marks are left out, whole sentences stand in them.
fn bracket(open: char) -> Option<char> {
    Some(match open {
        '《' => '》',
        '〈' => '〉',
        '（' => '）',
        '(' => ')',
        '【' => '】',
        '［' => '］',
        '[' => ']',
        '〔' => '〕',
        _ => return None,
    })
}

/// Characters within which a bracket must close to keep its content in one sentence.
const BRACKET: usize = 200;

#[derive(Clone, Copy)]
enum Unit {
    Paragraph,
    Sentence(Ends),
    Clause,
}

struct Cutter<'t> {
    chars: Places<'t>,
    text: &'t str,
    unit: Unit,
    straight: Cell<Straight>,
}

/// How many straight quotation marks stand between the beginning of a line and a place: single and double ones.
#[derive(Clone, Copy, Default)]
struct Straight {
    to: usize,
    single: usize,
    double: usize,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t str, unit: Unit) -> Self {
        Self {
            chars: Places::new(text),
            text,
            unit,
            straight: Cell::default(),
        }
    }

    fn run(&self) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let mut start = 0;
        let mut index = 0;
        // White space at the beginning belongs to the first stretch.
        while self.chars.at(index).is_some_and(is_blank) {
            index += 1;
        }
        let mut closes_at = 0;
        while let Some(c) = self.chars.at(index) {
            // Nine of ten characters end nothing and open nothing.
            if in_first_block(c) {
                index += 1;
                continue;
            }
            let mut end = None;
            if is_break(c) {
                end = Some(index + 1);
            } else if index >= closes_at && !matches!(self.unit, Unit::Paragraph) {
                closes_at = self.closing_bracket(index).unwrap_or(closes_at);
                end = self.end_after(index);
            }
            index += 1;
            if let Some(after) = end {
                index = after;
                while self.chars.at(index).is_some_and(is_blank) {
                    index += 1;
                }
                spans.push(start..self.chars.byte(index));
                start = self.chars.byte(index);
                closes_at = closes_at.min(index);
            }
        }
        if start < self.text.len() {
            spans.push(start..self.text.len());
        }
        spans
    }

    /// Where a bracket that opens here closes on its line.
    fn closing_bracket(&self, open: usize) -> Option<usize> {
        let opening = self.chars.at(open)?;
        let closing = bracket(opening)?;
        let mut depth = 0_usize;
        for index in open..(open + BRACKET).min(self.chars.len()) {
            let c = self.chars.at(index)?;
            if is_break(c) {
                return None;
            }
            if c == opening {
                depth += 1;
            } else if c == closing {
                depth -= 1;
                if depth == 0 {
                    return Some(index);
                }
            }
        }
        None
    }

    /// If a sentence (or clause) ends with the mark at `index`: the index behind it and what goes with it.
    fn end_after(&self, index: usize) -> Option<usize> {
        let c = self.chars.at(index)?;
        let sentence = match c {
            '。' | '！' | '？' | '｡' | '‼' | '⁇' | '⁈' | '⁉' => true,
            // `a != b`, `?id=3`
            '!' | '?' => !self
                .chars
                .at(index + 1)
                .is_some_and(|n| n == '=' || n.is_ascii_alphanumeric()),
            '…' | '⋯' => self.chars.at(index + 1) == Some(c),
            '.' => self.is_full_stop(index) || self.ends_chinese(index),
            '；' => matches!(self.unit, Unit::Sentence(Ends { semicolons: true })),
            ';' => matches!(self.unit, Unit::Sentence(Ends { semicolons: true })) && !self.is_entity(index),
            _ => false,
        };
        let clause = matches!(self.unit, Unit::Clause)
            && match c {
                '，' | '；' | '：' => true,
                '—' => self.chars.at(index + 1) == Some('—'),
                ';' => !self.is_entity(index),
                ',' | ':' => !self
                    .chars
                    .at(index + 1)
                    .is_some_and(|n| n.is_ascii_digit() || n == '/'),
                _ => false,
            };
        if !(sentence || clause) {
            return None;
        }
        let mut after = index + 1;
        while let Some(next) = self.chars.at(after) {
            let goes_on = match next {
                '。' | '！' | '？' | '!' | '?' | '…' | '⋯' | '｡' => true,
                '—' => c == '—',
                '.' => matches!(c, '.' | '!' | '?'),
                '"' | '\'' => self.closes_straight_quote(after),
                _ => is_closing(next),
            };
            if !goes_on {
                break;
            }
            after += 1;
        }
        Some(after)
    }

    /// Whether a full stop ends a Latin sentence, or is the sixth of an ellipsis.
    fn is_full_stop(&self, index: usize) -> bool {
        let dots = (0..6)
            .take_while(|back| index.checked_sub(*back).and_then(|i| self.chars.at(i)) == Some('.'))
            .count();
        if dots == 6 {
            return true;
        }
        let next = self.chars.at(index + 1);
        let ends_line = next.is_none_or(|n| is_break(n) || is_closing(n) || n == '"');
        let gap = next.is_some_and(is_blank);
        if dots > 1 || !(ends_line || gap) {
            return false;
        }
        // The Latin word before it.
        let mut word: Vec<char> = Vec::new();
        let mut back = index;
        while let Some(c) = self.chars.before(back).filter(char::is_ascii_alphanumeric) {
            word.push(c);
            back -= 1;
        }
        let letters = word.iter().filter(|c| c.is_ascii_alphabetic()).count();
        let word: String = word.iter().rev().collect::<String>().to_ascii_lowercase();
        let closed = self
            .chars
            .before(index)
            .is_some_and(|c| matches!(c, ')' | '"' | '”' | '%'));
        let whole = (word.len() >= 2 && !list!("text/abbreviations").has(&word)) || closed;
        // `1. 项目` and `No. 5` go on; `in 2024. The` ends.
        let begins_line = self.chars.before(back).is_none_or(is_break);
        if letters == 0 && !closed && (begins_line || word.is_empty()) {
            return false;
        }
        if !whole {
            return false;
        }
        let mut ahead = index + 1;
        while self
            .chars
            .at(ahead)
            .is_some_and(|c| (is_blank(c) && !is_break(c)) || is_closing(c))
        {
            ahead += 1;
        }
        ends_line
            || !self
                .chars
                .at(ahead)
                .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
    }

    /// Whether a full stop of one stands behind a Chinese character and ends what it says: at the end of a line, before a blank, a closing mark
    /// or another Chinese sentence. Not behind the number of a list (`一.总则`), in a name (`列夫.托尔斯泰`), in an address or before an ending of a file.
    fn ends_chinese(&self, index: usize) -> bool {
        let Some(last) = self.chars.before(index).filter(|c| is_han(*c)) else {
            return false;
        };
        let before = |back: usize| index.checked_sub(back).and_then(|i| self.chars.at(i));
        // 一. and 甲. at the beginning of a line or behind a mark, 第一.
        let counts = |c: char| list!("text/list_numerals").has_char(c);
        if counts(last) {
            let first = (2..=5).find(|&back| !before(back).is_some_and(counts));
            let ahead = first.and_then(before);
            if ahead.is_none_or(|c| c == '第' || !is_han(c)) {
                return false;
            }
        }
        let Some(next) = self.chars.at(index + 1) else {
            return true;
        };
        if is_blank(next) || is_break(next) || is_closing(next) || matches!(next, '"' | '\'') {
            return true;
        }
        if matches!(next, '“' | '‘' | '「' | '『' | '《' | '（') {
            return true;
        }
        // …落实.2025年…, …领导.2.…: a number behind words, not behind a short label (图.2).
        if next.is_ascii_digit() {
            return (1..=4).all(|back| before(back).is_some_and(|c| is_han(c) && !counts(c)));
        }
        if !is_han(next) {
            return false;
        }
        let foreign = list!("text/foreign_characters");
        let name = foreign.has_char(last) && foreign.has_char(next);
        let address = ["中国", "公司", "网络", "政务", "公益", "网址"]
            .iter()
            .any(|domain| {
                let mut letters = domain.chars();
                letters.next() == Some(next)
                    && letters.next() == self.chars.at(index + 2)
                    && !self.chars.at(index + 3).is_some_and(is_han)
            });
        !name && !address
    }

    /// Whether the semicolon ends `&nbsp;` and the like.
    fn is_entity(&self, index: usize) -> bool {
        (1..=8)
            .map_while(|back| index.checked_sub(back).and_then(|i| self.chars.at(i)))
            .find(|c| !c.is_ascii_alphanumeric() && *c != '#')
            == Some('&')
    }

    /// Whether a straight quotation mark closes: an odd number of its kind stands before it on its line. An apostrophe between letters is none.
    fn closes_straight_quote(&self, index: usize) -> bool {
        let mut straight = self.straight.get();
        if straight.to > index {
            straight = Straight::default();
        }
        while straight.to < index {
            match self.chars.at(straight.to) {
                Some('"') => straight.double += 1,
                Some('\'') if !self.is_apostrophe(straight.to) => straight.single += 1,
                Some(c) if is_break(c) => (straight.single, straight.double) = (0, 0),
                _ => {}
            }
            straight.to += 1;
        }
        self.straight.set(straight);
        if self.chars.at(index) == Some('"') {
            straight.double % 2 == 1
        } else {
            !self.is_apostrophe(index) && straight.single % 2 == 1
        }
    }

    /// Whether a straight mark stands between two letters or digits: `don't`.
    fn is_apostrophe(&self, index: usize) -> bool {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        letter(self.chars.before(index)) && letter(self.chars.at(index + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut<'t>(text: &'t str, spans: &[Range<usize>]) -> Vec<&'t str> {
        spans.iter().map(|s| &text[trimmed(text, s.clone())]).collect()
    }

    fn sentences_of(text: &str) -> Vec<&str> {
        cut(text, &sentences(text, Ends::default()))
    }

    #[test]
    fn marks_and_what_goes_with_them() {
        assert_eq!(
            sentences_of("春天来了！！花开了吗？”他问：“开了。”我说……于是走了"),
            [
                "春天来了！！",
                "花开了吗？”",
                "他问：“开了。”",
                "我说……",
                "于是走了"
            ]
        );
        assert_eq!(sentences_of("好!真的?是的。"), ["好!", "真的?", "是的。"]);
        assert_eq!(
            sentences_of("他说\"好!\"然后走了。"),
            ["他说\"好!\"", "然后走了。"]
        );
        assert_eq!(sentences_of("等等......走吧"), ["等等......", "走吧"]);
    }

    #[test]
    fn brackets_and_titles_hold_together() {
        assert_eq!(
            sentences_of("《你好吗？》一书（很好看！）出版了。第二句"),
            ["《你好吗？》一书（很好看！）出版了。", "第二句"]
        );
        // A bracket that never closes holds nothing.
        assert_eq!(sentences_of("（一。二。"), ["（一。", "二。"]);
    }

    #[test]
    fn semicolons_if_wanted() {
        let text = "甲；乙;丙&nbsp;丁。";
        assert_eq!(sentences_of(text), ["甲；", "乙;", "丙&nbsp;丁。"]);
        assert_eq!(cut(text, &sentences(text, Ends { semicolons: false })), [text]);
    }

    #[test]
    fn latin_full_stops() {
        assert_eq!(
            sentences_of("GDP grew in 2024. The U.S. rate was 3.14 percent. See Dr. Wang, Fig. 2."),
            [
                "GDP grew in 2024.",
                "The U.S. rate was 3.14 percent.",
                "See Dr. Wang, Fig. 2."
            ]
        );
        assert_eq!(sentences_of("1. 项目一\n2. 项目二"), ["1. 项目一", "2. 项目二"]);
        assert_eq!(
            sentences_of("版本v2.1.3发布，见https://a.cn/?id=3页面"),
            ["版本v2.1.3发布，见https://a.cn/?id=3页面"]
        );
    }

    #[test]
    fn full_stops_behind_chinese_characters() {
        for (text, expected) in [
            (
                "大会强调,要守住底线.各地要抓紧整改.",
                vec!["大会强调,要守住底线.", "各地要抓紧整改."],
            ),
            ("天晴了. 我们出发.", vec!["天晴了.", "我们出发."]),
            ("他说“走吧.”大家便走了.", vec!["他说“走吧.”", "大家便走了."]),
            (
                "强化了责任.2025年又添两人.",
                vec!["强化了责任.", "2025年又添两人."],
            ),
            ("山水依旧.\n故人何在.", vec!["山水依旧.", "故人何在."]),
            (
                "各地區要落實責任.有關部門要加強督導.",
                vec!["各地區要落實責任.", "有關部門要加強督導."],
            ),
        ] {
            assert_eq!(sentences_of(text), expected, "{text}");
        }
        for text in [
            "一.总则",
            "十二.附则",
            "第三.要守纪律",
            "作家列夫.托尔斯泰的小说",
            "见图.2和表.3",
            "打开报告.docx看",
            "访问政务.中国/首页",
            "等等...走吧",
            "约3.5万人",
        ] {
            assert_eq!(sentences_of(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn ellipses_of_raised_dots() {
        assert_eq!(sentences_of("雨下了⋯⋯人走了"), ["雨下了⋯⋯", "人走了"]);
        assert_eq!(sentences_of("“等一下⋯⋯”她說。"), ["“等一下⋯⋯”", "她說。"]);
        assert_eq!(sentences_of("一⋯二"), ["一⋯二"]);
    }

    #[test]
    fn straight_marks_stay_with_their_sentence() {
        assert_eq!(sentences_of("'来吧。'她说。"), ["'来吧。'", "她说。"]);
        assert_eq!(
            sentences_of("他喊：'快！'众人不理。'慢些？'"),
            ["他喊：'快！'", "众人不理。", "'慢些？'"]
        );
        assert_eq!(sentences_of("It's late。'走'"), ["It's late。", "'走'"]);
        assert_eq!(sentences_of("好。'再来。'"), ["好。", "'再来。'"]);
    }

    #[test]
    fn line_ends_and_blank_lines() {
        let text = "  标题\r\n\r\n第一段。 第二句\n　　第三段\n\n";
        assert_eq!(sentences_of(text), ["标题", "第一段。", "第二句", "第三段"]);
        assert_eq!(
            cut(text, &paragraphs(text)),
            ["标题", "第一段。 第二句", "第三段"]
        );
        assert!(sentences_of("").is_empty());
        assert_eq!(sentences("\n\n", Ends::default()).len(), 1);
    }

    #[test]
    fn clauses_are_finer() {
        let text = "去年，收入1,000元；今年14:54——到了：好。";
        assert_eq!(
            cut(text, &clauses(text)),
            ["去年，", "收入1,000元；", "今年14:54——", "到了：", "好。"]
        );
    }

    #[test]
    fn ranges_in_characters() {
        let text = "一。二a。";
        let spans = sentences(text, Ends::default());
        assert_eq!(spans, [0..6, 6..13]);
        assert_eq!(in_chars(text, &spans), [0..2, 2..5]);
    }
}
