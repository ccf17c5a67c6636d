//! `label: value` items, dates and names in the lines around a text.

use std::sync::LazyLock;

use regex::Regex;

use super::super::han::{self, is_blank, is_han};
use super::super::script::{self, Script};
use super::PageMetadata;
use super::line::{Line, Role};
use super::words::{self, Label};

/// What a line of items says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    /// Whether an item has a label, a role or a byline mark; otherwise there are only dates.
    pub(super) labelled: bool,
    dates: Vec<String>,
    values: Vec<(Label, String)>,
    /// A label at the end without a value.
    open: Option<Label>,
}

/// A line in simplified characters (where labels are looked up) and as it stands (which values are taken from).
#[derive(Clone, Copy)]
struct Source<'a> {
    folded: &'a str,
    content: &'a str,
}

impl Source<'_> {
    /// The stretch of the content that `part`, a part of `folded`, was made from: conversion keeps the number of
    /// characters.
    fn original(self, part: &str) -> String {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.folded.as_ptr() as usize);
        let Some(before) = self.folded.get(..offset) else {
            return part.to_owned();
        };
        self.content
            .chars()
            .skip(before.chars().count())
            .take(part.chars().count())
            .collect()
    }
}

/// Marks that stand before an author's name.
const BYLINE_MARKS: [char; 9] = ['□', '■', '○', '◎', '●', '▲', '△', '◆', '◇'];

fn is_separator(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '|' | '｜'
                | '/'
                | '·'
                | ','
                | '，'
                | '、'
                | '【'
                | '】'
                | '['
                | ']'
                | '［'
                | '］'
                | '('
                | ')'
                | '（'
                | '）'
                | '>'
                | '-'
                | '—'
                | ';'
                | '；'
                | '〉'
                | '＞'
                | '*'
        )
}

/// Reads a line as items and nothing else; `None` if something is left over or there is neither label nor date.
pub(super) fn parse(folded: &str) -> Option<Parsed> {
    parse_source(Source {
        folded,
        content: folded,
    })
}

fn parse_source(source: Source<'_>) -> Option<Parsed> {
    let mut parsed = Parsed::default();
    let mut rest = source.folded;
    loop {
        rest = rest.trim_start_matches(is_separator);
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix(BYLINE_MARKS) {
            let (names, after) = leading_names(source, after.trim_start())?;
            parsed.labelled = true;
            parsed.values.push((Label::Author, names));
            rest = after;
        } else if let Some((date, after)) = leading_date(rest) {
            parsed.dates.push(date);
            rest = after;
        } else if let Some(after) = leading(&TIME, rest).or_else(|| leading(&PAGE, rest)) {
            rest = after;
        } else if let Some((label, after)) = leading_label(rest) {
            parsed.labelled = true;
            let (value, after) = value_of(label, after);
            if value.is_empty() {
                parsed.open = after.trim_matches(is_separator).is_empty().then_some(label);
            } else {
                let value = read_value(source, label, value, &mut parsed.dates)?;
                parsed.values.extend(value.map(|v| (label, v)));
            }
            rest = after;
        } else if let Some((label, after)) = leading_role(rest) {
            let (names, after) = leading_names(source, after)?;
            parsed.labelled = true;
            parsed.values.push((label, names));
            rest = after;
        } else if let Some(after) = leading_button(rest) {
            rest = after;
        } else if let Some((outlet, after)) = leading_outlet(rest).filter(|_| !parsed.dates.is_empty()) {
            parsed.values.push((Label::Source, source.original(outlet)));
            rest = after;
        } else {
            return None;
        }
    }
    (parsed.labelled || !parsed.dates.is_empty()).then_some(parsed)
}

/// Whether the line ends with a label that waits for its value on the next line.
pub(super) fn is_open_label(folded: &str) -> bool {
    folded.chars().count() <= 12 && parse(folded).is_some_and(|p| p.open.is_some() && p.values.is_empty())
}

/// Whether a label stands anywhere in the line.
pub(super) fn holds_label(folded: &str) -> bool {
    folded
        .char_indices()
        .any(|(at, _)| leading_label(&folded[at..]).is_some_and(|(l, _)| l != Label::Machine))
}

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^((?:19|20)\d{2})(?:\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|\s*[-/.－]\s*(\d{1,2})\s*[-/.－]\s*(\d{1,2}))(?:\s*(?:星期|周)[一二三四五六日天])?").ok()
});
static HAN_DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^([一二三四五六七八九〇○零]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日",
    )
    .ok()
});
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^T?\d{1,2}\s*[:：时]\s*\d{2}(?:\s*[:：分]\s*(?:\d{2}秒?)?)?(?:[AaPp][Mm])?").ok()
});
static PAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:总|本期|当前|第)?\s*[A-Z]?\d{1,6}\s*[版期](?:面)?|当前\s*[A-Z]\d{1,3}|[A-Z]\d{1,2}版)",
    )
    .ok()
});

fn leading<'a>(pattern: &LazyLock<Option<Regex>>, rest: &'a str) -> Option<&'a str> {
    let found = pattern.as_ref()?.find(rest)?;
    (!found.is_empty()).then(|| &rest[found.end()..])
}

/// A date at the beginning, as ISO 8601.
fn leading_date(rest: &str) -> Option<(String, &str)> {
    if let Some(found) = DATE.as_ref()?.captures(rest) {
        let end = found.get(0)?.end();
        let part = |han: usize, other: usize| found.get(han).or_else(|| found.get(other)).map(|m| m.as_str());
        return Some((iso(&found[1], part(2, 4)?, part(3, 5)?)?, &rest[end..]));
    }
    let found = HAN_DATE.as_ref()?.captures(rest)?;
    let end = found.get(0)?.end();
    let year: String = found[1]
        .chars()
        .filter_map(han_digit)
        .map(|d| d.to_string())
        .collect();
    let date = iso(
        &year,
        &han_number(&found[2])?.to_string(),
        &han_number(&found[3])?.to_string(),
    )?;
    Some((date, &rest[end..]))
}

/// Whether the line begins with a date.
pub(super) fn begins_with_date(line: &str) -> bool {
    leading_date(line).is_some()
}

/// The first date anywhere in a line.
fn any_date(line: &str) -> Option<String> {
    line.char_indices()
        .filter(|(_, c)| c.is_ascii_digit() || han_digit(*c).is_some())
        .find_map(|(at, _)| leading_date(&line[at..]).map(|(date, _)| date))
}

fn iso(year: &str, month: &str, day: &str) -> Option<String> {
    let (year, month, day): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1900..=2100).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn han_digit(c: char) -> Option<u8> {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .or(matches!(c, '○' | '零').then_some(0))
        .and_then(|d| u8::try_from(d).ok())
}

/// 一 to 九十九.
fn han_number(text: &str) -> Option<u8> {
    match text.split_once('十') {
        None => text.chars().next().and_then(han_digit),
        Some((tens, ones)) => {
            let tens = tens.chars().next().map_or(Some(1), han_digit)?;
            let ones = ones.chars().next().map_or(Some(0), han_digit)?;
            Some(tens * 10 + ones)
        }
    }
}

/// A label with its colon; space may stand inside the word (`作 者`).
fn leading_label(rest: &str) -> Option<(Label, &str)> {
    // Up to six letters, then a colon.
    let mut word = String::new();
    for (at, c) in rest.char_indices() {
        match c {
            ':' | '：' => {
                return words::LABELS
                    .iter()
                    .find(|(text, _)| *text == word)
                    .map(|&(_, label)| (label, &rest[at + c.len_utf8()..]));
            }
            _ if is_blank(c) && !word.is_empty() => {}
            _ if is_han(c) && word.chars().count() < 7 => word.push(c),
            _ => return None,
        }
    }
    None
}

/// Splits off the value of a label: up to a bar, a bracket, a wide gap or the next label.
fn value_of(label: Label, after: &str) -> (&str, &str) {
    let trimmed = after.trim_start_matches(is_blank);
    let mut gap = 0;
    for (at, c) in trimmed.char_indices() {
        let rest = &trimmed[at..];
        if matches!(c, '|' | '｜' | '【') || (gap > 0 && leading_label(rest).is_some()) {
            return (trimmed[..at].trim_end_matches(is_blank), rest);
        }
        if label != Label::Date && c.is_ascii_digit() && leading_date(rest).is_some() {
            return (
                trimmed[..at].trim_end_matches(|c| is_blank(c) || matches!(c, '(' | '（')),
                rest,
            );
        }
        gap = if is_blank(c) { gap + 1 } else { 0 };
        if gap == 2 {
            return (trimmed[..at].trim_end_matches(is_blank), &trimmed[at..]);
        }
    }
    // A label straight after the separator: no value.
    if leading_label(trimmed).is_some() {
        return ("", trimmed);
    }
    (trimmed.trim_end_matches(is_separator), "")
}

/// Checks a value and brings it into the form that the columns have; `Some(None)` where there is nothing to keep.
#[allow(clippy::option_option)] // outer: is this an item at all; inner: is there a value
fn read_value(
    source: Source<'_>,
    label: Label,
    value: &str,
    dates: &mut Vec<String>,
) -> Option<Option<String>> {
    let chars = value.chars().count();
    if chars > 40 || value.contains(['。', '！', '？', '；', '!', '?']) {
        return None;
    }
    match label {
        Label::Date => {
            dates.extend(any_date(value));
            Some(None)
        }
        Label::Source => {
            let name = value.trim_matches(|c| is_separator(c) || matches!(c, '《' | '》' | '“' | '”'));
            Some(Some(source.original(name)))
        }
        Label::Title => Some(Some(source.original(value))),
        Label::Machine => Some(None),
        // An interview has lines such as `记者：为什么`, a page none that begin with `编辑：` but editors' names.
        Label::Reporter | Label::Editor => {
            let (names, rest, surname) = names_and_rest(source, value)?;
            let all = rest.trim_matches(is_separator).is_empty();
            (all && (surname || label == Label::Editor)).then_some(Some(names))
        }
        Label::Author => match leading_names(source, value) {
            Some((names, rest)) if rest.trim_matches(is_separator).is_empty() => Some(Some(names)),
            _ => Some(Some(source.original(value))),
        },
    }
}

/// `本报记者 `, `通讯员 `, `文/`: a role that stands before names without a colon.
fn leading_role(rest: &str) -> Option<(Label, &str)> {
    static ROLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        han::regex(r"^(?:\p{Han}|[/·]){0,14}?(?:记者|通讯员|实习生|特约撰稿人?)[\s\u{3000}]+").ok()
    });
    static PEN: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:文图|图文|文|图)\s*[/／:：]\s*(?:[文图]\s*)?").ok());
    if let Some(found) = ROLE.as_ref()?.find(rest) {
        return Some((Label::Reporter, &rest[found.end()..]));
    }
    let found = PEN.as_ref()?.find(rest)?;
    Some((Label::Author, &rest[found.end()..]))
}

fn leading_button(rest: &str) -> Option<&str> {
    words::BUTTONS
        .iter()
        .filter_map(|word| rest.strip_prefix(word))
        .filter(|after| after.is_empty() || after.starts_with(|c| is_separator(c) || matches!(c, ':' | '：')))
        .map(|after| after.trim_start_matches([':', '：']))
        .min_by_key(|after| after.len())
}

/// A newspaper, site or station that stands beside a date without a label.
fn leading_outlet(rest: &str) -> Option<(&str, &str)> {
    const KINDS: [&str; 14] = [
        "网",
        "报",
        "社",
        "台",
        "客户端",
        "融媒体",
        "融媒",
        "发布",
        "在线",
        "频道",
        "杂志",
        "日报",
        "晚报",
        "公众号",
    ];
    let end = rest.find(is_separator).unwrap_or(rest.len());
    let (outlet, after) = rest.split_at(end);
    let chars = outlet.chars().count();
    ((3..=16).contains(&chars)
        && outlet.chars().all(char::is_alphanumeric)
        && KINDS.iter().any(|k| outlet.ends_with(k)))
    .then_some((outlet, after))
}

/// Names at the beginning, joined by `、`; also what follows them.
fn leading_names<'a>(source: Source<'_>, text: &'a str) -> Option<(String, &'a str)> {
    names_and_rest(source, text)
        .filter(|found| found.2)
        .map(|(names, rest, _)| (names, rest))
}

/// [`leading_names`], and whether one of them begins with a surname of the list.
fn names_and_rest<'a>(source: Source<'_>, text: &'a str) -> Option<(String, &'a str, bool)> {
    let mut names: Vec<String> = Vec::new();
    let mut single: Option<String> = None;
    let mut surname = false;
    let mut at = 0;
    // The dot of 艾尔肯·吐尼亚孜 belongs to the name.
    for word in text.split_inclusive(|c| c != '·' && is_separator(c)) {
        let bare = word.trim_end_matches(is_separator);
        let bare = bare.split(['(', '（']).next().unwrap_or(bare);
        let chars = bare.chars().count();
        if bare.is_empty() || matches!(bare, "文" | "图" | "摄" | "文图") {
            at += word.len();
            continue;
        }
        if !is_name(bare) || is_role(bare) {
            break;
        }
        let original = source.original(bare);
        // `龚 正`: two single characters are one name.
        if chars == 1 {
            match single.take() {
                Some(first) => names.push(first + &original),
                None => single = Some(original),
            }
        } else {
            if single.is_some() {
                return None;
            }
            names.push(original);
        }
        surname |= bare.contains('·') || bare.chars().next().is_some_and(|c| words::SURNAMES.contains(c));
        at += word.len();
    }
    (single.is_none() && (1..=12).contains(&names.len())).then(|| (names.join("、"), &text[at..], surname))
}

fn is_name(word: &str) -> bool {
    let chars = word.chars().count();
    let han = word.chars().all(|c| is_han(c) || c == '·');
    han && (chars <= 4 || (word.contains('·') && chars <= 16))
}

fn is_role(word: &str) -> bool {
    words::LABELS.iter().any(|(text, _)| *text == word)
        || word.ends_with("记者")
        || word.ends_with("通讯员")
        || words::OFFICES.iter().any(|office| word.ends_with(office))
}

/// The office-holder of `广东省省长 孟凡利`, or a line that is nothing but names.
fn speaker(source: Source<'_>) -> Option<String> {
    let line = source.folded;
    if let Some((names, rest)) = leading_names(source, line)
        && rest.is_empty()
    {
        return Some(names);
    }
    let (at, office) = words::OFFICES
        .iter()
        .filter_map(|o| line.find(o).map(|at| (at, o)))
        .max()?;
    // Behind an office any name will do: many surnames of minorities are on no list.
    let (names, rest, _) =
        names_and_rest(source, line[at + office.len()..].trim_start_matches(is_separator))?;
    (rest.is_empty() && line.chars().count() <= 30).then_some(names)
}

/// What was found so far; the first finding of the best kind stays.
#[derive(Debug, Default)]
pub(super) struct Items {
    title: Option<String>,
    date: Option<String>,
    occasion: Option<String>,
    source: Option<String>,
    author: Option<String>,
    reporters: Vec<String>,
    editors: Vec<String>,
    pending: Option<Label>,
}

impl Items {
    pub(super) fn title(&mut self, line: &Line<'_>) {
        self.title = Some(tidy(line.content.trim_start_matches(['#', ' '])));
    }

    pub(super) fn more_title(&mut self, line: &Line<'_>) {
        if let Some(title) = &mut self.title {
            title.push_str(line.content);
        }
    }

    pub(super) fn read_head(&mut self, line: &Line<'_>, role: Role) {
        let source = Source {
            folded: line.folded(),
            content: line.content,
        };
        match role {
            Role::Occasion => {
                if self.occasion.is_none() {
                    self.occasion = any_date(line.folded());
                }
                if let Some((_, after)) = line.folded().rsplit_once(['上', ')', '）'])
                    && self.author.is_none()
                {
                    self.author = speaker(Source {
                        folded: after.trim_matches(is_separator),
                        content: after.trim_matches(is_separator),
                    });
                }
            }
            Role::Other => {
                if self.value(line) {
                    return;
                }
                if self.author.is_none() {
                    self.author = speaker(source);
                }
            }
            _ => self.read(source, role),
        }
    }

    pub(super) fn read_tail(&mut self, line: &Line<'_>, role: Role) {
        if role == Role::Other {
            self.value(line);
        } else {
            self.read(
                Source {
                    folded: line.folded(),
                    content: line.content,
                },
                role,
            );
        }
    }

    /// Reads the parenthesis that ends the body; whether it is a byline.
    pub(super) fn read_byline(&mut self, inner: &str) -> bool {
        let folded = script::convert(inner, Script::Simplified);
        let source = Source {
            folded: &folded,
            content: inner,
        };
        let Some(parsed) = parse_source(source).filter(|p| p.labelled) else {
            return false;
        };
        self.merge(parsed);
        true
    }

    /// Takes a line as the value of the label before it.
    fn value(&mut self, line: &Line<'_>) -> bool {
        let Some(label) = self.pending.take().filter(|_| line.is_value_of_previous()) else {
            return false;
        };
        let source = Source {
            folded: line.folded(),
            content: line.content,
        };
        let mut parsed = Parsed::default();
        if let Some(Some(value)) = read_value(source, label, line.folded(), &mut parsed.dates) {
            parsed.values.push((label, value));
        }
        self.merge(parsed);
        true
    }

    fn read(&mut self, source: Source<'_>, role: Role) {
        if let (Role::Labelled | Role::Dated, Some(parsed)) = (role, parse_source(source)) {
            self.merge(parsed);
        }
    }

    fn merge(&mut self, parsed: Parsed) {
        if self.date.is_none() {
            self.date = parsed.dates.into_iter().next();
        }
        for (label, value) in parsed.values {
            let value = tidy(&value);
            if value.is_empty() {
                continue;
            }
            match label {
                Label::Source => _ = self.source.get_or_insert(value),
                Label::Author => _ = self.author.get_or_insert(value),
                Label::Title => _ = self.title.get_or_insert(value),
                Label::Reporter => add(&mut self.reporters, &value),
                Label::Editor => add(&mut self.editors, &value),
                Label::Date | Label::Machine => {}
            }
        }
        self.pending = parsed.open;
    }

    pub(super) fn into_metadata(self) -> PageMetadata {
        let joined = |names: Vec<String>| (!names.is_empty()).then(|| names.join("、"));
        PageMetadata {
            title: self.title,
            date: self.date.or(self.occasion),
            source: self.source,
            author: self.author,
            reporter: joined(self.reporters),
            editor: joined(self.editors),
        }
    }
}

fn add(names: &mut Vec<String>, more: &str) {
    for name in more.split('、') {
        if !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
}

/// Runs of blanks become one space.
fn tidy(text: &str) -> String {
    text.split(is_blank)
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
