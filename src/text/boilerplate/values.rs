//! Values of labels: how far they go, and what they have to look like.

use std::sync::LazyLock;

use regex::Regex;

use super::super::han::is_blank;
use super::dates::{date_in, leading_date};
use super::labels::{Label, is_bar, label_before_blank, leading_label};
use super::names::{is_common, leading_names, names_and_rest, uncommon_names};
use super::source::{Source, is_separator};
use crate::list;

pub(super) static SAID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:发[表布]于|更新于|编辑于|发[表布]时间|更新时间|日期|时间)\s*").ok());
pub(super) static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^T?\d{1,2}\s*[:：时]\s*\d{2}(?:\s*[:：分]\s*(?:\d{2}秒?)?)?(?:[AaPp][Mm])?").ok()
});
pub(super) fn leading<'a>(pattern: &LazyLock<Option<Regex>>, rest: &'a str) -> Option<&'a str> {
    let found = pattern.as_ref()?.find(rest)?;
    (!found.is_empty()).then(|| &rest[found.end()..])
}

/// A label without a colon (`作者 | 某某`, `文丨某某`, `责任编辑 某某`) and its value: the value has to look like one.
pub(super) fn weak_item<'a>(source: Source<'_>, rest: &'a str) -> Option<(Label, String, &'a str)> {
    if let Some(found) = leading_label(rest).filter(|found| found.weak) {
        let (value, after) = value_of(found.label, found.after);
        return Some((found.label, weak_value(source, found.label, value)?, after));
    }
    let found = label_before_blank(rest)?;
    let (names, after) = uncommon_names(source, found.after)?;
    Some((found.label, names, after))
}

/// The value of a weak label, if it looks like one: names for persons, one word for a source.
fn weak_value(source: Source<'_>, label: Label, value: &str) -> Option<String> {
    let word = value.trim_matches(is_separator);
    let one_word = (2..=20).contains(&word.chars().count())
        && word.chars().all(char::is_alphanumeric)
        && !list!("boilerplate/labels").has(word)
        && !list!("boilerplate/columns").has(word)
        && !list!("boilerplate/buttons").has(word);
    if label == Label::Source {
        return one_word.then(|| source.original(word));
    }
    names_and_rest(source, value)
        .filter(|(_, rest, surname)| *surname && rest.trim_matches(is_separator).is_empty())
        .map(|(names, _, _)| names)
        .filter(|_| label != Label::Machine || !is_common(word))
}

/// Whether a label of a person with a blank behind it and a name follow.
fn person_next(rest: &str) -> bool {
    label_before_blank(rest).is_some_and(|found| {
        let source = Source {
            folded: found.after,
            content: found.after,
        };
        uncommon_names(source, found.after).is_some()
    })
}

/// Splits off the value of a label: up to a bar, a bracket, a wide gap or the next label.
pub(super) fn value_of(label: Label, after: &str) -> (&str, &str) {
    let trimmed = after.trim_start_matches(is_blank);
    let mut gap = 0;
    for (at, c) in trimmed.char_indices() {
        let rest = &trimmed[at..];
        let bar = is_bar(c) && !matches!(c, '/' | '／');
        let label_next = gap > 0 && (leading_label(rest).is_some() || person_next(rest));
        if bar || matches!(c, '【' | '［' | '[') || label_next {
            return (trimmed[..at].trim_end_matches(is_blank), rest);
        }
        if label != Label::Date
            && (c.is_ascii_digit() || gap > 0)
            && leading_date(leading(&SAID, rest).unwrap_or(rest)).is_some()
        {
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
pub(super) fn read_value(
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
            dates.extend(date_in(value));
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
            let value = without_number(value);
            if value.is_empty() {
                return Some(None);
            }
            if label == Label::Editor && value.chars().all(|c| c.is_ascii_alphabetic()) {
                return Some((value != "admin").then(|| source.original(value)));
            }
            if list!("boilerplate/columns").has(value) || list!("boilerplate/buttons").has(value) {
                return Some(None);
            }
            let (names, rest, surname) = names_and_rest(source, value)?;
            let all = rest.trim_matches(is_separator).is_empty();
            (all && (surname || label == Label::Editor)).then_some(Some(names))
        }
        Label::Author => match leading_names(source, value) {
            Some((names, rest)) if rest.trim_matches(is_separator).is_empty() => Some(Some(names)),
            _ if list!("boilerplate/columns").has(value) || list!("boilerplate/buttons").has(value) => {
                Some(None)
            }
            _ => Some(Some(source.original(value))),
        },
    }
}

/// An editor's name without the number that the system of a newsroom gives, `某某_NB1234`, `HN666`.
fn without_number(value: &str) -> &str {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[_\s（(]*[A-Za-z]{0,5}\d{2,}[)）]?$").ok());
    let trimmed = value.trim_matches(is_separator);
    NUMBER
        .as_ref()
        .and_then(|r| r.find(trimmed))
        .map_or(value, |found| trimmed[..found.start()].trim_matches(is_separator))
}
