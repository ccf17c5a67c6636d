//! Cuts a page into lines and says what each is by its form.

use std::cell::OnceCell;
use std::sync::LazyLock;

use regex::Regex;

use super::super::han::{is_blank, is_han};
use super::super::script::{self, Script};
use super::dates::begins_with_date;
use super::footers::is_footer;
use super::items;
use super::line::{Line, Role};
use crate::list;

/// The lines of `text` that are not empty.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let content = whole.trim_matches(is_blank);
        if !content.is_empty() {
            let start = at + (whole.len() - whole.trim_start_matches(is_blank).len());
            lines.push(Line {
                from: at,
                to: at + whole.len(),
                start,
                end: start + content.len(),
                content,
                folded: if content.len() <= 1200 {
                    script::convert(content, Script::Simplified)
                } else {
                    content.to_owned()
                },
                role: OnceCell::new(),
                beside_separator: false,
                value_of_previous: false,
            });
        }
        at += whole.len();
    }
    for i in 0..lines.len() {
        let separates = |line: &Line<'_>| matches!(line.content, ">" | ">>" | "›" | "»" | "＞" | "→" | "/");
        let beside = (i > 0 && separates(&lines[i - 1])) || lines.get(i + 1).is_some_and(separates);
        // The last step of a breadcrumb is often repeated as the name of the column.
        let repeated = i > 0 && lines[i - 1].beside_separator && lines[i - 1].content == lines[i].content;
        lines[i].beside_separator = (beside || repeated) && lines[i].chars() <= 20;
        let value = i > 0
            && items::is_open_label(&lines[i - 1].folded)
            && lines[i].chars() <= 20
            && !lines[i]
                .folded
                .contains(['。', '，', '：', ':', '；', '！', '？'])
            && !is_furniture(&lines[i].folded);
        lines[i].value_of_previous = value;
    }
    lines
}

impl Line<'_> {
    pub(super) fn role(&self) -> Role {
        *self.role.get_or_init(|| self.find_role())
    }

    fn find_role(&self) -> Role {
        let line = self.folded.as_str();
        let chars = self.chars();
        let bare = line.trim_matches(|c: char| is_blank(c) || is_mark(c));
        if list!("boilerplate/headings").has(bare) {
            return Role::Heading;
        }
        if self.beside_separator || is_furniture(line) || is_footer(line) {
            return Role::Furniture;
        }
        if is_salutation(line) {
            return Role::Salutation;
        }
        if summary_label(line).is_some() {
            return Role::Summary;
        }
        if chars <= 160 {
            if is_caption(line) {
                return Role::Caption;
            }
            if is_occasion(line) {
                return Role::Occasion;
            }
            if let Some(parsed) = items::parse(line) {
                return if parsed.labelled {
                    Role::Labelled
                } else {
                    Role::Dated
                };
            }
        }
        if is_prose(line, chars) {
            Role::Prose
        } else {
            Role::Other
        }
    }

    /// `# Title` of Markdown.
    pub(super) fn is_markup_title(&self) -> bool {
        self.content.starts_with("# ")
    }

    /// `一、`, `（一）`, `1.`, `第一章`, `## …`: headings of the body.
    pub(super) fn is_enumerated(&self) -> bool {
        static ENUMERATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r"^(?:[（(]?[一二三四五六七八九十百\d]{1,4}[)）]?[、.．)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百零〇\d]+[章节条编部]|##)").ok()
        });
        ENUMERATED.as_ref().is_some_and(|r| r.is_match(&self.folded))
    }

    /// `2020年1月1日 某县人民代表大会通过`: notes on adoption belong to the text of a law.
    pub(super) fn is_adoption(&self) -> bool {
        let line = self.folded.trim_start_matches(['(', '（']);
        begins_with_date(line) && list!("boilerplate/acts_of_adoption").is_in(line)
    }

    /// How far the line speaks for a page, in tenths: ten settle it. Single words, rows of words that are buttons too and a
    /// date on top may also stand in a text that is no page.
    pub(super) fn evidence(&self, first: bool) -> u32 {
        match self.role() {
            Role::Labelled | Role::Heading | Role::Occasion | Role::Caption | Role::Summary => 10,
            Role::Dated if !first => 10,
            Role::Furniture if tells_of_a_site(&self.folded) => 10,
            Role::Dated | Role::Furniture => 4,
            Role::Other if self.is_markup_title() => 10,
            _ => 0,
        }
    }

    /// Whether the line can be a title: short, with words.
    pub(super) fn may_be_title(&self) -> bool {
        let chars = self.chars();
        (4..=80).contains(&chars)
            && self.folded.chars().filter(|c| c.is_alphabetic()).count() * 2 >= chars
            && !self.folded.ends_with(['：', ':', '，', ',', '、'])
    }

    /// Whether a very short line is the rest of a title that a line break cut (`政府工作报` / `告`).
    pub(super) fn completes(&self, title: &Self) -> bool {
        // Two characters may as well be the name of a column or of a person, unless titles end with them.
        let two = self.chars() == 2 && list!("titles/nouns").has(&self.folded);
        (two || self.chars() == 1)
            && self.folded.chars().all(char::is_alphabetic)
            && title.folded.ends_with(char::is_alphabetic)
    }

    /// The text of an abstract, without its label.
    pub(super) fn summary(&self) -> &str {
        let label = summary_label(&self.folded).unwrap_or(0);
        &self.folded[label..]
    }

    /// Start (in the text) and content of a parenthesis that ends the line.
    pub(super) fn closing_parenthesis(&self) -> Option<(usize, String)> {
        if !self.content.ends_with([')', '）']) {
            return None;
        }
        let open = self.content.rfind(['(', '（'])?;
        let inner = self.content[open..].trim_matches(['(', '（', ')', '）']);
        (open > 0 && inner.chars().count() <= 60).then(|| (self.start + open, inner.to_owned()))
    }
}

/// Marks that stand between or around the words of page furniture.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '|' | '｜'
            | '>'
            | '＞'
            | '<'
            | '＜'
            | '»'
            | '«'
            | '›'
            | '‹'
            | '【'
            | '】'
            | '['
            | ']'
            | '［'
            | '］'
            | '×'
            | '✕'
            | '·'
            | '•'
            | '/'
            | ':'
            | '：'
            | '→'
            | '▶'
            | '►'
            | '》'
            | '《'
            | '('
            | ')'
            | '（'
            | '）'
            | '-'
            | '—'
            | '_'
            | '*'
            | '↑'
            | '↓'
            | '='
            | '+'
            | '…'
            | '“'
            | '”'
            | '"'
    )
}

/// A part of a line between separators, without the marks around it and without space between single characters.
fn pieces(line: &str) -> Vec<String> {
    // `首 页` is one word: single Han characters apart are joined.
    let mut found: Vec<String> = Vec::new();
    let mut single = false;
    for piece in line
        .split(|c: char| {
            is_blank(c)
                || matches!(
                    c,
                    '|' | '｜' | '>' | '＞' | '»' | '›' | '【' | '】' | '[' | ']' | '·' | '/' | '：' | ':'
                )
        })
        .map(|piece| piece.trim_matches(is_mark))
        .filter(|piece| !piece.is_empty())
    {
        let short =
            piece.chars().count() == 1 && piece.chars().all(is_han) && !matches!(piece, "大" | "中" | "小");
        match found.last_mut() {
            Some(last) if short && single => {
                last.push_str(piece);
                single = false;
            }
            _ => {
                found.push(piece.to_owned());
                single = short;
            }
        }
    }
    found
}

/// Buttons, rows of links, breadcrumbs, pagers, marks, comments of markup.
fn is_furniture(line: &str) -> bool {
    if !line.chars().any(char::is_alphanumeric) {
        // `……` and `※` may divide a text; brackets, bars and arrows left over from buttons do not.
        return !line.contains(['…', '(', ')', '（', '）', '*', '-', '—', '=', '_'])
            && line.chars().any(is_mark);
    }
    if line.starts_with("<!--") && line.ends_with("-->") {
        return true;
    }
    let chars = line.chars().count();
    if chars > 120 {
        return false;
    }
    let bare = line.trim_start_matches(|c: char| is_blank(c) || is_mark(c));
    if list!("boilerplate/beginnings").begins(bare).is_some() && !line.contains('。') {
        return true;
    }
    if is_web_address(bare) {
        return true;
    }
    let parts = pieces(line);
    let buttons = parts.iter().filter(|p| is_button(p)).count();
    if buttons == parts.len() {
        return !parts.is_empty();
    }
    if line.contains(['。', '；', '！', '？', '，', ',', ';']) {
        return false;
    }
    // Links in a row, with one that gives the site away, or half of them buttons. Words behind a label are its values.
    let short = parts.iter().all(|p| p.chars().count() <= 20);
    let telling = parts.iter().any(|p| is_telling(p));
    let links = parts
        .iter()
        .filter(|p| p.chars().nth(1).is_some() && (is_button(p) || list!("boilerplate/site").is_in(p)))
        .count();
    let row = telling || links * 2 >= parts.len() && !is_labelled_row(line);
    if parts.len() >= 3 && short && row && !items::holds_label(line) {
        return true;
    }
    if holds_tag(line) {
        return false;
    }
    // A breadcrumb: steps between arrows, from the home page or at least three.
    let steps: Vec<&str> = line
        .split(['>', '＞', '›', '»'])
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect();
    let arrows = line
        .chars()
        .filter(|c| matches!(c, '>' | '＞' | '›' | '»'))
        .count();
    arrows > 0
        && steps.iter().all(|s| s.chars().count() <= 20)
        && (steps.len() >= 3
            || steps
                .iter()
                .any(|s| list!("boilerplate/site").is_in(s) || s.contains("位置")))
}

fn is_button(piece: &str) -> bool {
    list!("boilerplate/buttons").has(piece)
}

/// Whether a piece of a line is a link of a site and no word of texts: 首页, 上一篇, 设为首页.
fn is_telling(piece: &str) -> bool {
    !list!("boilerplate/ordinary").has(piece) && (is_button(piece) || piece.contains("首页"))
}

/// Whether a line of furniture says by itself that the text is a page; rows of 分享, 下载, 大, 中, 小 and steps between
/// arrows do not.
fn tells_of_a_site(line: &str) -> bool {
    if line.starts_with("<!--") {
        return true;
    }
    let bare = line.trim_start_matches(|c: char| is_blank(c) || is_mark(c));
    if list!("boilerplate/beginnings").begins(bare).is_some() || is_web_address(bare) {
        return true;
    }
    let parts = pieces(line);
    let long = |piece: &String| piece.chars().count() >= 4;
    parts
        .iter()
        .any(|piece| is_telling(piece) && (parts.len() > 1 || long(piece)))
        || line.contains("位置") && line.contains(['>', '＞', '›', '»', '：', ':'])
}

/// `投票渠道：微信 微博 网站`: a label that is no button, and its values.
fn is_labelled_row(line: &str) -> bool {
    line.split_once(['：', ':']).is_some_and(|(label, _)| {
        let label = label.trim_matches(|c: char| is_blank(c) || is_mark(c));
        !label.is_empty() && !is_button(label)
    })
}

/// `<p>`, `</span>`: what stands between such marks are no steps of a breadcrumb.
fn holds_tag(line: &str) -> bool {
    line.match_indices('<').any(|(at, _)| {
        line.get(at + 1..)
            .is_some_and(|t| t.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()))
    })
}

/// An address, or the long hexadecimal name of an attachment.
fn is_web_address(line: &str) -> bool {
    static ADDRESS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:(?:https?://|www\.)[\x21-\x7e]+|[0-9a-f]{16,}:?)$").ok());
    ADDRESS.as_ref().is_some_and(|r| r.is_match(line))
}

fn is_salutation(line: &str) -> bool {
    let chars = line.chars().count();
    chars <= 30
        && line.ends_with(['：', ':', '！', '!', '，', ','])
        && list!("boilerplate/audiences").begins(line).is_some()
        && line.matches(['，', ',']).count() <= 4
}

/// Length in bytes of `摘要：` and the like.
fn summary_label(line: &str) -> Option<usize> {
    let bare = line.trim_start_matches(['【', '[', '［', '〔', ' ']);
    let skipped = line.len() - bare.len();
    list!("boilerplate/summaries")
        .all_begin(bare)
        .find_map(|summary| {
            let word = summary.word;
            let rest = bare.strip_prefix(word)?;
            let text = rest.trim_start_matches(['】', ']', '］', '〕', '：', ':', ' ', '\u{3000}', '\u{A0}']);
            (text.len() < rest.len() && text.chars().count() >= 15)
                .then_some(skipped + word.len() + (rest.len() - text.len()))
        })
}

/// `…本报记者 某某 摄`
fn is_caption(line: &str) -> bool {
    let bare = line.trim_end_matches(|c: char| is_blank(c) || matches!(c, ')' | '）' | '。' | '/'));
    let photographed = bare.ends_with('摄')
        || bare.ends_with("摄影")
        || bare.ends_with("供图")
        || bare.ends_with("摄影报道");
    photographed && (line.contains("记者") || line.contains("通讯员") || line.chars().count() <= 20)
}

/// A line that says when and before whom a text was read: begins with a dash, a bracket or a date and holds a date
/// and a meeting.
fn is_occasion(line: &str) -> bool {
    static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^[\s—－―–\-（(]*(?:\d{4}|[一二〇○零九][一二三四五六七八九〇○零]{3})年.{1,12}[日]").ok()
    });
    if line.contains(['。', '；', '！', '？', ';']) || line.chars().count() > 80 {
        return false;
    }
    let dashed = line.starts_with(['—', '－', '―', '–']) || line.starts_with("--");
    let dated = DATED.as_ref().is_some_and(|r| r.is_match(line));
    dated
        && (dashed
            || line.contains("会议")
            || line.contains("大会")
            || line.contains('届')
            || line.contains("座谈会"))
        && (dashed || line.contains('在'))
        && (dashed
            || line.trim_end_matches([')', '）']).ends_with('上')
            || line.contains("上 ")
            || line.contains("上\u{3000}"))
}

/// Sentences: an end of a sentence in it, several clauses, or sheer length.
fn is_prose(line: &str, chars: usize) -> bool {
    let ends = line.matches(['。', '；']).count();
    let clauses = line.matches(['，', ',']).count();
    let calls = line.ends_with(['！', '？', '!', '?']);
    ends > 0 || chars > 100 || (clauses >= 2 && chars > 40) || (calls && chars > 45)
}

/// Whether `line` says again what `lines` begin with, in whole or broken off.
pub(super) fn repeats(line: &str, lines: &[Line<'_>]) -> bool {
    let wanted: Vec<char> = line
        .trim_end_matches(['.', '…', ' ', '。'])
        .chars()
        .filter(|c| !is_blank(*c))
        .collect();
    if wanted.len() < 20 {
        return false;
    }
    let body = lines
        .iter()
        .flat_map(|l| l.folded.chars())
        .filter(|c| !is_blank(*c));
    let common = wanted.iter().zip(body).take_while(|(a, b)| **a == *b).count();
    common * 10 >= wanted.len() * 8
}

/// Where a notice on rights begins in the last lines of a text: it opens with 本作品, 版权声明 or the like and speaks
/// of rights.
pub(super) fn rights_notice(lines: &[Line<'_>]) -> Option<usize> {
    let bare = |line: &'_ Line<'_>| {
        line.folded
            .trim_start_matches(|c: char| is_blank(c) || is_mark(c))
            .to_owned()
    };
    let first = lines
        .iter()
        .position(|l| list!("boilerplate/rights_openings").begins(&bare(l)).is_some())?;
    let rest = &lines[first..];
    // `【免责声明】…` says by its brackets what it is.
    let bracketed = rest
        .first()
        .is_some_and(|l| l.folded.starts_with(['【', '[', '［']) && l.folded.contains("声明"));
    let chars: usize = rest.iter().map(Line::chars).sum();
    (chars <= 1500
        && (bracketed
            || rest
                .iter()
                .any(|l| list!("boilerplate/rights_subjects").is_in(&l.folded))))
    .then_some(first)
}
