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

/// A label with its colon; space may stand inside the word (`作 者`).
pub(super) fn leading_label(rest: &str) -> Option<(Label, &str)> {
    // Up to six letters, then a colon.
    let mut word = String::new();
    for (at, c) in rest.char_indices() {
        match c {
            ':' | '：' => {
                let label = list!("boilerplate/labels").get(&word)?;
                return Some((Label::of(label.field(1))?, &rest[at + c.len_utf8()..]));
            }
            _ if is_blank(c) && !word.is_empty() => {}
            _ if is_han(c) && word.chars().count() < 7 => word.push(c),
            _ => return None,
        }
    }
    None
}
