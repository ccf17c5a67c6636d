//! A line as it stands and as it is read, and what separates its items.

use super::super::han::is_blank;

/// A line in simplified characters (where labels are looked up) and as it stands (which values are taken from).
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) folded: &'a str,
    pub(super) content: &'a str,
}

impl Source<'_> {
    /// The stretch of the content that `part`, a part of `folded`, was made from: conversion keeps the number of
    /// characters.
    pub(super) fn original(self, part: &str) -> String {
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

/// What stands between items.
pub(super) fn is_separator(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '|' | '｜'
                | '丨'
                | '︱'
                | '│'
                | '∣'
                | '&'
                | '＆'
                | '_'
                | '／'
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
