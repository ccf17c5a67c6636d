//! Whether a text was wrapped at a width, and which of its line breaks come from that.
//!
//! A line is *full* where the first unit of the next one (a character with the marks that must not begin a line, a Latin
//! word, a number) would not have fitted on it: that is how a line is filled, whether its right edge is even or ragged.
//! Many full lines may also be a list of slogans of one length, or verse. There, lines end with their clause; in wrapped
//! text they end anywhere, inside words too.

use std::collections::BTreeMap;

use super::han::is_han;
use super::line::{Line, columns, continues, finishes, opens};
use super::script::{self, Script};
use super::segment::default_jieba;

/// Narrowest width, in half-width columns; below [`WIDE`] the words that breaks cut must show that it is one.
const NARROWEST: usize = 20;
const WIDE: usize = 40;
/// Columns that a full line may lack beside what the next unit takes: even edges are made by stretching blanks.
const SLACK: usize = 1;
/// Least lines of a wrapped text.
const LEAST_LINES: usize = 4;
/// Least share of full lines.
const FULL: (usize, usize) = (1, 2);
/// A text of this many lines may have short paragraphs throughout.
const MANY_LINES: usize = 30;
/// Least share of breaks between Han characters that lie inside a word. Of the breaks of wrapped reports 35 to 50 % do; where lines end with
/// their clauses, the last character and the next line's first make a word in 3 to 8 %.
const CUT_WORDS: (usize, usize) = (1, 6);

/// How a text was wrapped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wrap {
    width: usize,
    /// Columns of blanks before lines that go on.
    margin: usize,
    /// Whether each paragraph begins with more blanks than that, so that a line without them goes on.
    indented: bool,
    /// Whether none does.
    flush: bool,
}

impl Wrap {
    /// The width at which the lines were wrapped, if they were. Empty lines stand between blocks.
    pub(super) fn of(lines: &[Line<'_>]) -> Option<Self> {
        let mut widths: Vec<usize> = lines
            .iter()
            .filter(|l| !l.is_empty())
            .map(Line::columns)
            .collect();
        if widths.len() < LEAST_LINES {
            return None;
        }
        // A few rows of tables may stick out of a long text.
        let outliers = widths.len() / 20;
        let at = widths.len() - 1 - outliers;
        let (_, width, _) = widths.select_nth_unstable(at);
        let mut wrap = Self {
            width: *width,
            margin: 0,
            indented: false,
            flush: false,
        };
        (wrap.width >= NARROWEST && wrap.holds(lines, widths.len())).then(|| {
            wrap.look_at_indents(lines);
            wrap
        })
    }

    /// Whether the next line's first unit would not have fitted on the line.
    pub(super) fn fills(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let width = line.columns();
        // Latin letters are set narrower or wider than half a character.
        let latin = line.text.bytes().filter(u8::is_ascii_alphabetic).count();
        // Typesetters leave a quarter of a character between Han characters and figures or letters, which the text does not show.
        width + first_unit(next.text).max(2) + SLACK + latin / 6 + seams(line.text) / 2 >= self.width
    }

    /// Whether a line begins with more blanks than lines that go on.
    pub(super) fn starts_paragraph(&self, line: &Line<'_>) -> bool {
        line.lead > self.margin + 1
    }

    /// Whether a full line that ends as a sentence does goes on with the next. Where paragraphs show by their indents, it does.
    /// Where none does, a sentence is some five times likelier to end at the edge than a paragraph.
    pub(super) fn passes_over(&self, line: &Line<'_>) -> bool {
        let sentence = line.text.trim_end_matches(['”', '’', '」', '』', '）', ')']);
        self.indented || self.flush && sentence.ends_with(['。', '！', '？'])
    }

    fn holds(&self, lines: &[Line<'_>], count: usize) -> bool {
        let (mut pairs, mut full, mut marked, mut inner, mut han) =
            (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
        let mut breaks = Vec::new();
        let mut first_marks: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            if line.is_empty() || next.is_empty() {
                continue;
            }
            pairs += 1;
            if !self.fills(line, next) {
                continue;
            }
            full += 1;
            han += usize::from(line.text.contains(is_han));
            let ends_with_mark = line.last().is_some_and(is_mark);
            marked += usize::from(ends_with_mark);
            if let Some(place) = inner_mark(line.text) {
                inner += 1;
                *first_marks.entry(place).or_default() += 1;
            }
            if let (Some(a), Some(b)) = (line.last(), next.first())
                && is_han(a)
                && is_han(b)
            {
                breaks.push((line, next));
            }
        }
        let share = if count >= MANY_LINES { (1, 3) } else { FULL };
        if full < 3
            || full * share.1 < pairs * share.0
            || marked * 5 > full * 3
            || inner * 3 < full
            || han * 2 < full
        {
            return false;
        }
        // Slogans of one build have their commas at one place.
        let parallel = first_marks.values().max().is_some_and(|most| most * 2 > inner);
        if breaks.len() < 2 {
            return self.width >= WIDE && !parallel && full * 5 >= pairs * 3;
        }
        if self.width >= WIDE && !parallel && full * 5 >= pairs * 3 && count >= 6 {
            return true;
        }
        let sample: Vec<_> = breaks.iter().step_by(breaks.len().div_ceil(200)).collect();
        let cut = sample
            .iter()
            .filter(|(line, next)| cuts_word(line.text, next.text))
            .count();
        cut * CUT_WORDS.1 >= sample.len() * CUT_WORDS.0 && (cut >= 2 || self.width >= WIDE)
    }

    fn look_at_indents(&mut self, lines: &[Line<'_>]) {
        let mut leads: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            if !line.is_empty() && !next.is_empty() && self.fills(line, next) && !finishes(line.text) {
                *leads.entry(next.lead).or_default() += 1;
            }
        }
        if let Some((lead, _)) = leads.into_iter().max_by_key(|(lead, n)| (*n, usize::MAX - lead)) {
            self.margin = lead;
        }
        let (mut starts, mut indented) = (0_usize, 0_usize);
        let shown: Vec<&Line<'_>> = lines.iter().filter(|l| !l.is_empty()).collect();
        for pair in shown.windows(2) {
            let [line, next] = pair else { continue };
            if finishes(line.text) && !self.fills(line, next) {
                starts += 1;
                indented += usize::from(self.starts_paragraph(next));
            }
        }
        self.indented = starts >= 2 && indented * 10 >= starts * 9;
        self.flush = !shown.iter().any(|line| self.starts_paragraph(line));
    }
}

/// Borders between Han characters and Latin letters or digits.
fn seams(text: &str) -> usize {
    let mut before = None;
    text.chars()
        .filter(|c| {
            let last = before.replace(*c);
            last.is_some_and(|last| {
                is_han(last) && c.is_ascii_alphanumeric() || is_han(*c) && last.is_ascii_alphanumeric()
            })
        })
        .count()
}

fn is_mark(c: char) -> bool {
    continues(c) || opens(c)
}

/// The place of the first mark inside a line, in columns.
fn inner_mark(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if "，。、；：！？,;".contains(c) && chars.peek().is_some() && at > 0 {
            return Some(at);
        }
        at += if c.is_ascii() { 1 } else { 2 };
    }
    None
}

/// Columns of what must stand on one line at the beginning of `text`.
fn first_unit(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let mut unit = 0;
    while let Some(c) = chars.next_if(|c| opens(*c)) {
        unit += columns(c.encode_utf8(&mut [0; 4]));
    }
    let latin = |c: &char| c.is_ascii_graphic() && !matches!(c, ',' | ';' | '(' | ')');
    if chars.peek().is_some_and(latin) {
        while unit < 24 && chars.next_if(latin).is_some() {
            unit += 1;
        }
    } else if chars.next().is_some() {
        unit += 2;
    }
    while let Some(c) = chars.next_if(|c| continues(*c)) {
        unit += columns(c.encode_utf8(&mut [0; 4]));
    }
    unit
}

/// Whether a word of the dictionary lies across the break between two lines.
pub(super) fn cuts_word(line: &str, next: &str) -> bool {
    let mut before: Vec<char> = line.chars().rev().take(2).take_while(|c| is_han(*c)).collect();
    before.reverse();
    let after: Vec<char> = next.chars().take(2).take_while(|c| is_han(*c)).collect();
    let dictionary = default_jieba();
    (0..before.len()).any(|from| {
        (1..=after.len()).any(|to| {
            let word: String = before.iter().skip(from).chain(after.iter().take(to)).collect();
            dictionary.has_word(&word) || dictionary.has_word(&script::convert(&word, Script::Simplified))
        })
    })
}
