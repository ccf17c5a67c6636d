//! A line of a page, as plain data.

use std::cell::OnceCell;

/// What a line is by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Buttons, links, rows of them, breadcrumbs, pagers, marks without words.
    Furniture,
    /// Heading of a list of links.
    Heading,
    /// `label: value` items.
    Labelled,
    /// A date, with a time or a place name for an item beside it.
    Dated,
    /// `——2026年2月3日在…会议上`.
    Occasion,
    /// The caption of a photograph.
    Caption,
    /// `各位代表：`
    Salutation,
    /// `摘要：…`
    Summary,
    /// Sentences.
    Prose,
    /// Anything else: titles, headings, names.
    Other,
}

/// A line that is not empty.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// The line with its line feed, in bytes of the text.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Its content without surrounding space.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) content: &'t str,
    /// Content in simplified characters: as many characters.
    pub(super) folded: String,
    pub(super) role: OnceCell<Role>,
    /// Whether the line beside it is a separator of a breadcrumb.
    pub(super) beside_separator: bool,
    pub(super) value_of_previous: bool,
}

impl Line<'_> {
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    pub(super) fn chars(&self) -> usize {
        self.folded.chars().count()
    }

    /// Whether the line before is a label that waits for its value, and this may be it.
    pub(super) fn is_value_of_previous(&self) -> bool {
        self.value_of_previous
    }
}
