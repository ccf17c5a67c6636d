//! `label: value` items, dates and names in the lines around a text.

use std::sync::LazyLock;

use regex::Regex;

use super::super::han::{self, is_blank};
use super::super::script::{self, Script};
use super::PageMetadata;
use super::dates::{any_date, leading_date};
use super::labels::{Label, leading_label};
use super::line::{Line, Role};
use super::names::{leading_names, names_and_rest, speaker};
use super::source::{Source, is_separator};
use crate::list;

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

/// Marks that stand before an author's name.
const BYLINE_MARKS: [char; 9] = ['□', '■', '○', '◎', '●', '▲', '△', '◆', '◇'];

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
    list!("boilerplate/buttons")
        .all_begin(rest)
        .filter_map(|button| rest.strip_prefix(button.word))
        .find(|after| after.is_empty() || after.starts_with(|c| is_separator(c) || matches!(c, ':' | '：')))
        .map(|after| after.trim_start_matches([':', '：']))
}

/// A newspaper, site or station that stands beside a date without a label.
fn leading_outlet(rest: &str) -> Option<(&str, &str)> {
    let end = rest.find(is_separator).unwrap_or(rest.len());
    let (outlet, after) = rest.split_at(end);
    let chars = outlet.chars().count();
    ((3..=16).contains(&chars)
        && outlet.chars().all(char::is_alphanumeric)
        && list!("boilerplate/outlets").ends(outlet).is_some())
    .then_some((outlet, after))
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
