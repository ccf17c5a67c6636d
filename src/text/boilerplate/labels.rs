//! Labels of items, and what their values are.

use super::super::han::{is_blank, is_han};
use crate::list;

/// What a `label: value` item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Date,
    Source,
    Author,
    Reporter,
    Editor,
    Title,
    /// A counter, a page number, a form field: no metadata of the document.
    Machine,
}

impl Label {
    /// What the list of labels calls by this word.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "date" => Self::Date,
            "source" => Self::Source,
            "author" => Self::Author,
            "reporter" => Self::Reporter,
            "editor" => Self::Editor,
            "title" => Self::Title,
            "machine" => Self::Machine,
            _ => return None,
        })
    }
}

/// A label at the beginning of an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leading<'a> {
    pub(super) label: Label,
    /// What stands behind it.
    pub(super) after: &'a str,
    /// Whether only a value that looks like one makes a label of it: behind a bar, a slash or a blank, and behind 文 and 图.
    pub(super) weak: bool,
}

/// A label with its colon (`作 者：`, `责编、校对：`, `文/图：`) or with a bar or slash (`作者 | `, `文丨`); space may stand inside
/// the word.
pub(super) fn leading_label(rest: &str) -> Option<Leading<'_>> {
    let mut found: Option<(Label, bool)> = None;
    let mut at = 0;
    loop {
        let (word, sign, after) = leading_word(&rest[at..])?;
        let label = Label::of(list!("boilerplate/labels").get(&word)?.field(1))?;
        let pen = word.chars().count() == 1 || matches!(word.as_str(), "文图" | "图文" | "文字");
        // Of several labels of one value, the first that says something counts.
        let (label, weak) = match found {
            Some((first, weak)) if first != Label::Machine => (first, weak),
            _ => (label, pen),
        };
        at = rest.len() - after.len();
        if is_colon(sign) {
            return Some(Leading { label, after, weak });
        }
        let joins = matches!(sign, '/' | '／' | '、' | '&' | '＆')
            && leading_word(after).is_some_and(|(word, _, _)| list!("boilerplate/labels").has(&word));
        if joins {
            found = Some((label, weak));
        } else if is_bar(sign) {
            return (label != Label::Date).then_some(Leading {
                label,
                after,
                weak: true,
            });
        } else {
            return None;
        }
    }
}

/// `责任编辑 某某`: a label of a person with a blank behind it.
pub(super) fn label_before_blank(rest: &str) -> Option<Leading<'_>> {
    let end = rest.find(is_blank)?;
    let (word, after) = rest.split_at(end);
    let label = Label::of(list!("boilerplate/labels").get(word)?.field(1))?;
    let person = matches!(label, Label::Author | Label::Editor | Label::Machine) && word.chars().count() > 1;
    person.then_some(Leading {
        label,
        after: after.trim_start_matches(is_blank),
        weak: true,
    })
}

/// Up to seven letters and the sign behind them; `after` is what follows the sign.
fn leading_word(rest: &str) -> Option<(String, char, &str)> {
    let rest = rest.trim_start_matches(is_blank);
    let mut word = String::new();
    for (at, c) in rest.char_indices() {
        match c {
            _ if is_colon(c) || is_bar(c) || matches!(c, '、' | '&' | '＆') => {
                return (!word.is_empty()).then(|| (word, c, &rest[at + c.len_utf8()..]));
            }
            _ if is_blank(c) && !word.is_empty() => {}
            _ if is_han(c) && word.chars().count() < 7 => word.push(c),
            _ => return None,
        }
    }
    None
}

fn is_colon(c: char) -> bool {
    // `【作者】某某`: the opening bracket was a separator.
    matches!(c, ':' | '：' | '∶' | '﹕' | '】' | '］' | ']')
}

/// Bars and slashes, also the character 丨, which stands for a bar in bylines.
pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '丨' | '︱' | '│' | '∣' | '/' | '／')
}
