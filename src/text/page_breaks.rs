//! What printing leaves in a text: form feeds, page numbers, running heads and feet.
//!
//! A number on a line of its own may as well be an item of a list, a cell of a table or a year. It goes where something says
//! that it is a page's:
//!
//! * it reads as nothing else (`第 3 页 共 9 页`);
//! * it stands at the edge of a page that a form feed ends, and keeps step with the pages;
//! * the sentence before it goes on behind it. A bare number or a fraction needs a text that was wrapped at a width
//!   ([`super::wrapping`]) for that, a number between marks (`- 12 -`) a line of running text before it;
//! * it is one of at least three that rise by one, and one of these interrupts a sentence.
//!
//! A line is a running head or foot where it repeats at the edge of pages, beside page numbers, or with a number that
//! rises by one and in the midst of sentences. The first line of a text stays, since a running head repeats the title,
//! unless it stands equally far to the right on every page.
//!
//! A break between pages becomes a line feed, so that [`super::lines`] sees a wrapped sentence as one; in a text that is not
//! wrapped it goes where the sentence goes on.

mod heads;
mod number;

use super::edit::{Edit, EditKind, apply};
use super::han::is_han;
use super::line::{Line, begins_item, continues, finishes, lines};
use super::wrapping::Wrap;
use number::{Form, Number};

/// Longest line that may be a number or a head, in bytes.
const LONGEST: usize = 240;
/// Shortest line, in characters, that counts as running text where the text is not wrapped; with a mark inside.
const LEAST_RUNNING: usize = 20;
/// Shortest one before a number between marks.
const LEAST_BEFORE_MARKED: usize = 10;
/// Least lines between two page numbers of one text.
const LEAST_PAGE: usize = 4;

/// How a sentence goes on behind what stands between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Goes {
    /// It does not, or nothing says so.
    Not,
    /// The line before is not finished.
    Unfinished,
    /// Both lines are running text of a text that is not wrapped.
    Running,
    /// The line before is full and not finished.
    Wrapped,
}

/// Edits that take out what belongs to pages: kind [`EditKind::PageLine`] for numbers, heads and feet, kind
/// [`EditKind::PageBreak`] for the breaks between pages. `certain` is `false` for a line that goes for its place alone.
pub fn edits(text: &str) -> Vec<Edit> {
    let feeds = text.contains('\u{C}');
    if !text.contains(is_han) || !feeds && !may_hold(text) {
        return Vec::new();
    }
    let mut pages = Pages::new(text);
    if feeds {
        pages.edges();
    }
    pages.totals();
    pages.series();
    pages.interrupted();
    pages.heads();
    let edits = pages.edits();
    // A text of nothing but its heads is no page without them.
    if apply(text, &edits).is_ok_and(|left| !left.contains(is_han)) {
        Vec::new()
    } else {
        edits
    }
}

/// Whether some line could be a page number, or repeats: a cheap look.
fn may_hold(text: &str) -> bool {
    let mut short = Vec::new();
    for line in text.split(['\n', '\r']) {
        if line.len() > LONGEST || line.is_empty() {
            continue;
        }
        let body = line.trim();
        if number::read(body).is_some() {
            return true;
        }
        let sentence = body.ends_with(['。', '；', '，', '、', '：', '！', '？']);
        if body.len() >= 9 && !sentence {
            short.push(body);
        }
    }
    heads::may_repeat(&short)
}

/// The lines of a text and what is known about them.
struct Pages<'t> {
    text: &'t str,
    lines: Vec<Line<'t>>,
    numbers: Vec<Option<Number>>,
    /// The page of each line.
    page: Vec<u32>,
    taken: Vec<bool>,
    /// Lines that go for their place alone.
    guessed: Vec<bool>,
    wrap: Option<Wrap>,
}

impl<'t> Pages<'t> {
    fn new(text: &'t str) -> Self {
        let lines = lines(text);
        let numbers: Vec<_> = lines.iter().map(|line| number::read(line.text)).collect();
        let mut page = Vec::with_capacity(lines.len());
        let mut at = 0;
        for line in &lines {
            page.push(at);
            at += u32::from(line.breaks_page(text));
        }
        // The lines without what may be numbers and the empty ones beside these.
        let mut shown: Vec<Line<'_>> = Vec::with_capacity(lines.len());
        let mut gap = false;
        for (line, number) in lines.iter().zip(&numbers) {
            let skip = number.is_some() || line.is_empty() && (gap || line.breaks_page(text));
            if number.is_some() || line.breaks_page(text) {
                while shown.last().is_some_and(Line::is_empty) {
                    shown.pop();
                }
            }
            gap = number.is_some() || line.breaks_page(text) || gap && line.is_empty();
            if !skip {
                shown.push(*line);
            }
        }
        Self {
            text,
            wrap: Wrap::of(&shown),
            taken: vec![false; lines.len()],
            guessed: vec![false; lines.len()],
            numbers,
            page,
            lines,
        }
    }

    /// Whether a line is part of the text as far as is known.
    fn stays(&self, at: usize) -> bool {
        !self.taken[at] && !self.lines[at].is_empty()
    }

    fn before(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|&i| self.stays(i) && self.numbers[i].is_none())
    }

    fn behind(&self, at: usize) -> Option<usize> {
        (at + 1..self.lines.len()).find(|&i| self.stays(i) && self.numbers[i].is_none())
    }

    /// How the sentence goes on around a line.
    fn goes_on_around(&self, at: usize) -> Goes {
        match (self.before(at), self.behind(at)) {
            (Some(before), Some(behind)) => self.goes_on(before, behind),
            _ => Goes::Not,
        }
    }

    fn goes_on(&self, before: usize, behind: usize) -> Goes {
        let (line, next) = (&self.lines[before], &self.lines[behind]);
        let Some(first) = next.first() else {
            return Goes::Not;
        };
        let unfinished = !finishes(line.text) || continues(first);
        if !unfinished || begins_item(next.text) || number::read(line.text).is_some() {
            return Goes::Not;
        }
        if let Some(wrap) = &self.wrap {
            let same = wrap.fills(line, next) && !wrap.starts_paragraph(next);
            return if same { Goes::Wrapped } else { Goes::Not };
        }
        let indented = next.indented() && next.lead > line.lead;
        if indented || !(is_han(first) || continues(first) || first.is_ascii_alphanumeric()) {
            return Goes::Not;
        }
        let chars = line.text.chars().count();
        if is_running(line.text, chars) && next.text.contains(['，', '。', '；', '、', ',']) {
            return Goes::Running;
        }
        if chars >= LEAST_BEFORE_MARKED {
            Goes::Unfinished
        } else {
            Goes::Not
        }
    }

    fn take(&mut self, at: usize, guessed: bool) {
        self.taken[at] = true;
        self.guessed[at] |= guessed;
    }

    /// Numbers that say of how many pages they are one.
    fn totals(&mut self) {
        for at in 0..self.lines.len() {
            if self.numbers[at].is_some_and(|n| n.form == Form::Total) {
                self.take(at, false);
            }
        }
    }

    /// Numbers that rise by one, of which at least one interrupts a sentence.
    fn series(&mut self) {
        for form in [Form::Worded, Form::Marked, Form::Ratio, Form::Bare] {
            let all: Vec<(usize, u32)> = (0..self.lines.len())
                .filter_map(|at| {
                    let number = self.numbers[at].filter(|n| n.form == form)?;
                    Some((at, number.value))
                })
                .collect();
            let mut chain: Vec<usize> = Vec::new();
            let mut last = 0;
            for (at, value) in all
                .into_iter()
                .map(|(at, value)| (at, Some(value)))
                .chain([(0, None)])
            {
                let far = chain
                    .last()
                    .is_none_or(|&before| self.filled(before, at) >= LEAST_PAGE || self.ends(at));
                if let Some(value) = value
                    && far
                    && (value == last + 1 || chain.is_empty())
                {
                    chain.push(at);
                    last = value;
                    continue;
                }
                // A number in between that is out of step ends nothing: a cell or a year in the text.
                if let Some(value) = value
                    && value != last + 1
                    && chain.len() > 1
                    && value > last + 1
                {
                    continue;
                }
                self.take_series(&chain, form);
                chain.clear();
                if let Some(value) = value {
                    chain.push(at);
                    last = value;
                }
            }
        }
    }

    /// Lines with text between two.
    fn filled(&self, from: usize, to: usize) -> usize {
        (from + 1..to).filter(|&i| !self.lines[i].is_empty()).count()
    }

    /// Whether a line is among the last ones: the last page may be short.
    fn ends(&self, at: usize) -> bool {
        self.lines.iter().skip(at + 1).filter(|l| !l.is_empty()).count() < 2
    }

    fn take_series(&mut self, chain: &[usize], form: Form) {
        if chain.len() < 3 {
            return;
        }
        let inside = chain
            .iter()
            .filter(|&&at| self.goes_on_around(at) >= Goes::Running)
            .count();
        let enough = match form {
            Form::Bare | Form::Ratio => inside * 4 >= chain.len(),
            _ => inside > 0,
        };
        if enough {
            for &at in chain {
                self.take(at, false);
            }
        }
    }

    /// Numbers that interrupt a sentence.
    fn interrupted(&mut self) {
        for at in 0..self.lines.len() {
            let Some(number) = self.numbers[at].filter(|_| !self.taken[at]) else {
                continue;
            };
            let goes = self.goes_on_around(at);
            let enough = match number.form {
                Form::Total | Form::Worded | Form::Marked => goes >= Goes::Unfinished,
                Form::Ratio | Form::Bare => goes == Goes::Wrapped,
            };
            if enough {
                self.take(at, matches!(number.form, Form::Ratio | Form::Bare));
            }
        }
    }

    fn edits(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        // Nothing but numbers and heads is no text with pages.
        if !(0..self.lines.len()).any(|at| self.stays(at)) {
            return edits;
        }
        let mut before: Option<usize> = None;
        let mut at = 0;
        while at < self.lines.len() {
            if self.stays(at) {
                before = Some(at);
                at += 1;
                if !before.is_some_and(|b| self.lines[b].breaks_page(self.text)) {
                    continue;
                }
            }
            // What lies between two lines that stay.
            let end = (at..self.lines.len())
                .find(|&i| self.stays(i))
                .unwrap_or(self.lines.len());
            self.gap(before, at, end, &mut edits);
            at = end;
        }
        edits
    }

    /// The edits for what lies between two lines that stay, the first of which may itself end a page.
    fn gap(&self, before: Option<usize>, from: usize, to: usize, edits: &mut Vec<Edit>) {
        let feed = before.is_some_and(|b| self.lines[b].breaks_page(self.text))
            || (from..to).any(|i| self.lines[i].breaks_page(self.text));
        if !feed && !(from..to).any(|i| self.taken[i]) {
            return;
        }
        let goes = match before {
            Some(before) if to < self.lines.len() => self.goes_on(before, to),
            _ => Goes::Not,
        };
        let joins = goes == Goes::Running;
        if let Some(before) = before.map(|b| &self.lines[b]) {
            if joins {
                edits.push(Edit::delete(before.end(), before.to, EditKind::PageBreak));
            } else if before.breaks_page(self.text) {
                let start = before.to - '\u{C}'.len_utf8();
                edits.push(Edit::new(start, before.to, "\n", EditKind::PageBreak));
            }
        }
        for (i, line) in self.lines.iter().enumerate().take(to).skip(from) {
            if self.taken[i] {
                edits.push(Edit {
                    certain: !self.guessed[i],
                    ..Edit::delete(line.from, line.to, EditKind::PageLine)
                });
            } else if feed || goes != Goes::Not {
                match edits.last_mut() {
                    Some(last)
                        if last.end == line.from
                            && last.kind == EditKind::PageBreak
                            && last.replacement.is_empty() =>
                    {
                        last.end = line.to;
                    }
                    _ => edits.push(Edit::delete(line.from, line.to, EditKind::PageBreak)),
                }
            }
        }
        if let Some(next) = self.lines.get(to).filter(|next| joins && next.start > next.from) {
            edits.push(Edit::delete(next.from, next.start, EditKind::PageBreak));
        }
    }
}

impl Line<'_> {
    /// Whether a form feed ends the line.
    fn breaks_page(&self, text: &str) -> bool {
        text.get(self.from..self.to).is_some_and(|t| t.ends_with('\u{C}'))
    }
}

/// Whether a line is text and no heading or cell: long, with a mark inside.
fn is_running(text: &str, chars: usize) -> bool {
    chars >= LEAST_RUNNING && text.contains(['，', '。', '；']) || chars >= 2 * LEAST_RUNNING
}

#[cfg(test)]
mod tests;
