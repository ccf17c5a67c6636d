//! Navigation, share bars, pagers, bylines and abstracts; what a page says of itself.
//!
//! A page is read as a head, a body and a tail of lines. Only lines of the head and the tail are ever taken out, and
//! only on evidence: a line that by its form belongs to a page and not to prose (navigation words, `label: value`
//! items, a dateline, an editor's line, an occasion such as `——2026年2月3日在…会议上`). A text without such a line, an
//! essay or the plain text of a speech, is left as it is, its first line too.
//!
//! * **Head**: ends at the salutation of a speech (`各位代表：`) where the lines before it are furniture; otherwise at
//!   the first line of prose. Its first line without a label is the title, the ones up to the last labelled line are
//!   subtitles; headings behind that stay in the body.
//! * **Tail**: grows upwards from the last line as long as lines are furniture; a heading such as `相关报道` takes the
//!   short lines below it along.
//! * **Abstract**: a labelled paragraph that repeats the beginning of the body, and a tail that does.
//!
//! Words such as 分享, 下载, 大, 中 and 小 in a row may be links or a text: they go only where another line shows a page. And no text
//! is emptied: where no Han character would stay, or less than half of them without a sentence among them, nothing goes.
//!
//! Labels are read in simplified and in traditional characters.

mod dates;
mod footers;
mod items;
mod labels;
mod line;
mod lines;
mod names;
mod source;
mod values;

pub use dates::date_in;
use items::Items;
use line::{Line, Role};

use super::edit::{Edit, EditKind};
use super::han::is_han;

/// What the page says of itself; `None` where it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the field names are the columns
pub struct PageMetadata {
    pub title: Option<String>,
    /// ISO 8601, `YYYY-MM-DD`.
    pub date: Option<String>,
    pub source: Option<String>,
    /// Several names are joined by `、`.
    pub author: Option<String>,
    pub reporter: Option<String>,
    pub editor: Option<String>,
}

/// Longest head and tail, in lines that are not empty.
const HEAD: usize = 60;
const TAIL: usize = 60;

/// Edits that leave the body only, and the metadata found in what was taken out.
///
/// Kinds: [`EditKind::Metadata`] for title, subtitle, dateline, byline, editor and source lines, [`EditKind::Abstract`]
/// for repetitions of the body's beginning, [`EditKind::Boilerplate`] for the rest. An edit takes a line with its line
/// feed, or the byline at the end of the last line of the body. `certain` is `false` for lines that go for their place
/// and not for their words, the title among them.
pub fn edits(text: &str) -> (Vec<Edit>, PageMetadata) {
    let lines = lines::split(text);
    if lines.is_empty() {
        return (Vec::new(), PageMetadata::default());
    }
    let mut page = Page {
        text,
        taken: vec![None; lines.len()],
        items: Items::default(),
        lines,
    };
    let tail = page.tail();
    page.head(tail);
    let byline = page.byline_in_last_line();
    if byline.is_none() && !page.is_page() {
        return (Vec::new(), PageMetadata::default());
    }
    if !page.keeps_a_body() {
        return (Vec::new(), page.items.into_metadata());
    }
    page.finish(byline)
}

/// A page while it is read.
struct Page<'t> {
    text: &'t str,
    lines: Vec<Line<'t>>,
    /// Why a line goes; `None` for the body.
    taken: Vec<Option<EditKind>>,
    items: Items,
}

impl Page<'_> {
    fn take(&mut self, at: usize, kind: EditKind) {
        self.taken[at] = Some(kind);
    }

    /// Whether the lines that would go make a page of the text: one that says so, not several that might.
    fn is_page(&self) -> bool {
        let taken = self.taken.iter().zip(&self.lines).enumerate();
        taken
            .filter(|(_, (kind, _))| kind.is_some())
            .any(|(at, (_, line))| line.evidence(at == 0) >= 10)
    }

    /// Whether the text keeps its body: some line stays, of a text with Han characters some of them, and where less than half of them do, a line of
    /// prose or the salutation of a speech is among what stays.
    fn keeps_a_body(&self) -> bool {
        let staying = || {
            let lines = self.taken.iter().zip(&self.lines);
            lines.filter_map(|(kind, line)| kind.is_none().then_some(line))
        };
        let han = |line: &Line<'_>| line.content.chars().filter(|c| is_han(*c)).count();
        let lost: usize = self
            .taken
            .iter()
            .zip(&self.lines)
            .filter_map(|(kind, line)| kind.map(|_| han(line)))
            .sum();
        if lost == 0 {
            return staying().next().is_some();
        }
        let kept: usize = staying().map(han).sum();
        // What a line is, is asked only where the numbers do not settle it.
        let is_prose = |line: &Line<'_>| matches!(line.role(), Role::Prose | Role::Salutation);
        kept >= lost || kept > 0 && staying().any(is_prose)
    }

    /// Finds the tail, marks its lines and returns where it begins.
    fn tail(&mut self) -> usize {
        let last = self.lines.len();
        let floor = last.saturating_sub(TAIL).max(1);
        let mut begin = last;
        let rights = lines::rights_notice(&self.lines[floor..]).map(|at| at + floor);
        // A heading of a list of links takes the lines below it along, as long as none of them is prose.
        let mut heading = None;
        for at in (floor..rights.unwrap_or(last)).rev() {
            let line = &self.lines[at];
            match line.role() {
                Role::Heading => heading = Some(at),
                Role::Prose if !self.repeats_opening(at) => break,
                _ => {}
            }
        }
        if let Some(first) = rights.into_iter().chain(heading).min() {
            for at in first..last {
                let kind = self.kind_in_tail(at).unwrap_or(EditKind::Boilerplate);
                self.take(at, kind);
            }
            begin = first;
        }
        while begin > floor {
            let Some(kind) = self.kind_in_tail(begin - 1) else {
                break;
            };
            begin -= 1;
            self.take(begin, kind);
        }
        for at in begin..last {
            if self.lines[at].is_value_of_previous() && at > begin {
                self.take(at, EditKind::Metadata);
            }
            let line = &self.lines[at];
            self.items.read_tail(line, line.role());
        }
        begin
    }

    /// What a line would be in the tail.
    fn kind_in_tail(&self, at: usize) -> Option<EditKind> {
        let line = &self.lines[at];
        match line.role() {
            Role::Furniture | Role::Heading => Some(EditKind::Boilerplate),
            Role::Labelled | Role::Caption => Some(EditKind::Metadata),
            // A date below the text signs it.
            Role::Dated | Role::Occasion | Role::Salutation | Role::Summary => None,
            Role::Prose => self.repeats_opening(at).then_some(EditKind::Abstract),
            Role::Other => line.is_value_of_previous().then_some(EditKind::Metadata),
        }
    }

    /// Whether a line repeats the beginning of the text it stands below.
    fn repeats_opening(&self, at: usize) -> bool {
        if at < 4 {
            return false;
        }
        // The opening is somewhere in the head; try every early line as its first.
        let line = &self.lines[at];
        (0..at.min(HEAD)).any(|from| from + 2 < at && lines::repeats(line.folded(), &self.lines[from..at]))
    }

    /// Finds the head, marks its lines and reads them.
    fn head(&mut self, tail: usize) {
        let end = self.head_end(tail);
        let labelled = (0..end).rev().find(|&at| {
            let line = &self.lines[at];
            match line.role() {
                Role::Labelled | Role::Dated | Role::Occasion => true,
                // A comment of markup says nothing of the lines above it.
                Role::Furniture => !line.content.starts_with("<!--"),
                _ => false,
            }
        });
        let salutation = self.lines.get(end).is_some_and(|l| l.role() == Role::Salutation);
        let evidence = labelled.is_some()
            || tail < self.lines.len()
            || self.lines[0].is_markup_title()
            || (0..end).any(|at| self.lines[at].role() == Role::Summary);
        if !evidence {
            return;
        }
        // The salutation opens the speech; without one, unlabelled lines behind the labelled ones are headings.
        let settled = if salutation {
            end
        } else {
            labelled.map_or(0, |at| at + 1)
        };
        let mut title: Option<usize> = None;
        let masthead = self.masthead(end);
        for at in 0..end {
            let line = &self.lines[at];
            let kind = match line.role() {
                Role::Furniture | Role::Heading => Some(EditKind::Boilerplate),
                Role::Labelled | Role::Dated | Role::Occasion | Role::Caption => Some(EditKind::Metadata),
                Role::Summary => Some(EditKind::Abstract),
                Role::Prose => salutation.then_some(EditKind::Metadata),
                Role::Other if line.is_value_of_previous() => Some(EditKind::Metadata),
                Role::Other if line.is_enumerated() || line.is_adoption() => None,
                Role::Other if masthead == Some(at) => Some(EditKind::Metadata),
                Role::Other
                    if title.is_none() && line.may_be_title() && !self.speaks_before_title(at, end) =>
                {
                    title = Some(at);
                    Some(EditKind::Metadata)
                }
                Role::Other if at < settled => Some(EditKind::Metadata),
                Role::Other if title.is_some_and(|t| t + 1 == at) && line.completes(&self.lines[at - 1]) => {
                    Some(EditKind::Metadata)
                }
                Role::Salutation | Role::Other => None,
            };
            if let Some(kind) = kind {
                self.taken[at] = Some(kind);
                if Some(at) == masthead {
                    self.items.masthead(line);
                } else if Some(at) == title {
                    self.items.title(line);
                } else if title.is_some_and(|t| t + 1 == at) && line.completes(&self.lines[at - 1]) {
                    self.items.more_title(line);
                } else {
                    self.items.read_head(line, line.role(), title.is_some());
                }
            }
        }
    }

    /// Whether a line of the head can be the title, by its form.
    fn may_be_title(&self, at: usize) -> bool {
        let line = &self.lines[at];
        line.role() == Role::Other
            && line.may_be_title()
            && !line.is_enumerated()
            && !line.is_adoption()
            && !line.is_value_of_previous()
    }

    /// The name of a newspaper above its date, where a title follows.
    fn masthead(&self, end: usize) -> Option<usize> {
        let at = (0..end).find(|&at| self.may_be_title(at))?;
        let dated = at + 1 < end && self.lines[at + 1].role() == Role::Dated;
        (dated
            && items::is_outlet(self.lines[at].folded())
            && (at + 2..end).any(|next| self.may_be_title(next)))
        .then_some(at)
    }

    /// Whether a line names the speaker above the title.
    fn speaks_before_title(&self, at: usize, end: usize) -> bool {
        items::is_speaker(self.lines[at].folded()) && (at + 1..end).any(|next| self.may_be_title(next))
    }

    /// The first line of the body.
    fn head_end(&self, tail: usize) -> usize {
        let limit = tail.min(HEAD);
        // The salutation of a speech, where nothing above it is a paragraph of its own.
        let mut prose = 0;
        for at in 0..limit {
            match self.lines[at].role() {
                Role::Salutation if at > 0 && prose <= 1 => return at,
                Role::Salutation => break,
                // A line such as `某某作政府工作报告。` under a photograph may stand between title and salutation.
                Role::Prose if self.lines[at].chars() > 60 => break,
                Role::Prose => prose += 1,
                _ => {}
            }
        }
        (0..limit)
            .find(|&at| match self.lines[at].role() {
                Role::Prose | Role::Salutation => true,
                // An abstract goes only if the body says the same again.
                Role::Summary => !lines::repeats(self.lines[at].summary(), &self.lines[at + 1..tail]),
                _ => false,
            })
            .unwrap_or(limit)
    }

    /// `(通讯员 甲 记者 乙)` at the end of the last line of the body.
    fn byline_in_last_line(&mut self) -> Option<(usize, usize)> {
        let last = (0..self.lines.len()).rev().find(|&at| self.taken[at].is_none())?;
        let (start, inner) = self.lines[last].closing_parenthesis()?;
        if !self.items.read_byline(&inner) {
            return None;
        }
        Some((start, self.lines[last].end))
    }

    fn finish(self, byline: Option<(usize, usize)>) -> (Vec<Edit>, PageMetadata) {
        let mut found = Vec::new();
        for (at, kind) in self.taken.iter().enumerate() {
            if let Some(kind) = *kind {
                let line = &self.lines[at];
                found.push(Edit {
                    start: line.from,
                    end: line.to,
                    replacement: String::new(),
                    kind,
                    certain: !matches!(line.role(), Role::Other | Role::Prose),
                });
            }
        }
        if let Some((start, end)) = byline {
            found.push(Edit {
                start,
                end,
                replacement: String::new(),
                kind: EditKind::Metadata,
                certain: true,
            });
            found.sort_by_key(|edit| edit.start);
        }
        debug_assert!(found.iter().all(|e| self.text.is_char_boundary(e.start)));
        (found, self.items.into_metadata())
    }
}

#[cfg(test)]
mod tests;
