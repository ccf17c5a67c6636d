//! The cleaning pipeline: named, ordered, optional steps and their composed edits.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::boilerplate::{self, PageMetadata};
use super::edit;
use super::escapes;
use super::han::is_han;
use super::lines;
use super::mojibake;
use super::normalize;
use super::offsets::{Composer, Hunk, to_chars};
use super::page_breaks;
use super::repair::{self, Evidence, Pinyin};
use super::script::{self, Script};
use super::spaced_words;
use super::tags;
use crate::error::{Error, Result};
use crate::run::Watch;

crate::words! {
    /// The steps, in the order in which they run.
    #[derive(PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Step as "steps" {
        /// [`mojibake::edits`]: first, because what looks like a control character may be a byte of it.
        Mojibake = "mojibake",
        /// [`repair::edits`]: inserted readings and the traces of misplaced ones.
        PinyinAnnotation = "pinyin_annotation",
        /// [`escapes::edits`]: before entities, whose signs they may hold, and before control characters, which they may be.
        Escapes = "escapes",
        /// [`tags::html_tags`]: before entities, so that what is escaped beside tags stays text, and before page furniture,
        /// so that brackets of tags are no arrows of a breadcrumb.
        HtmlTags = "html_tags",
        /// [`normalize::html_entities`].
        HtmlEntities = "html_entities",
        /// [`normalize::zero_width`].
        ZeroWidth = "zero_width",
        /// [`page_breaks::edits`]: before form feeds become line feeds.
        PageBreaks = "page_breaks",
        /// [`normalize::control`].
        Control = "control",
        /// [`normalize::unicode_form`].
        UnicodeForm = "unicode_form",
        /// [`normalize::full_width`].
        FullWidth = "full_width",
        /// [`normalize::spaced_digits`].
        SpacedDigits = "spaced_digits",
        /// [`spaced_words::edits`]: before titles are read.
        SpacedWords = "spaced_words",
        /// [`normalize::punctuation`]; off unless asked for.
        Punctuation = "punctuation",
        /// [`boilerplate::edits`]: before lines are joined, because page furniture comes line by line.
        Boilerplate = "boilerplate",
        /// [`lines::edits`].
        LineBreaks = "line_breaks",
        /// [`normalize::whitespace`].
        Whitespace = "whitespace",
        /// [`script::edits`], if a script is wanted.
        Script = "script",
    }
}

/// Which steps run, and how.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CleanOptions {
    steps: Vec<Step>,
    /// Whether inserted readings go.
    pub pinyin: Pinyin,
    /// The script of the result; `None` leaves it.
    pub script: Option<Script>,
    /// Whether words of one region become those of the other (軟體, 软件), where there is a script.
    pub regional_words: bool,
}

impl Default for CleanOptions {
    /// All steps but [`Step::Punctuation`]; no script.
    fn default() -> Self {
        Self::new(Step::ALL.iter().copied().filter(|s| *s != Step::Punctuation))
    }
}

impl CleanOptions {
    /// These steps, in the order of [`Step::ALL`] whatever order they come in; no script.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut steps: Vec<Step> = steps.into_iter().collect();
        steps.sort_unstable();
        steps.dedup();
        Self {
            steps,
            pinyin: Pinyin::default(),
            script: None,
            regional_words: false,
        }
    }

    /// The steps in the order in which they run.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The same with this script.
    #[must_use]
    pub fn with_script(mut self, script: Option<Script>) -> Self {
        self.script = script;
        self
    }

    /// The same, with words of one region for those of the other or without.
    #[must_use]
    pub fn with_regional_words(mut self, regional_words: bool) -> Self {
        self.regional_words = regional_words;
        self
    }

    /// The same with this treatment of readings.
    #[must_use]
    pub fn with_pinyin(mut self, pinyin: Pinyin) -> Self {
        self.pinyin = pinyin;
        self
    }
}

/// One row of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where and why, in characters.
    pub hunk: Hunk,
    /// What stood there.
    pub raw: String,
    /// What stands there now.
    pub repaired: String,
}

/// A cleaned text.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleaned {
    /// The text after all steps.
    pub text: String,
    /// What changed, in the order of the text.
    pub changes: Vec<Repair>,
    /// What the page says of itself, in the script that was asked for.
    pub metadata: PageMetadata,
    /// The evidence for inserted readings, if that step ran.
    pub evidence: Option<Evidence>,
}

/// Runs the steps on one text.
///
/// An empty text stays empty. A text that was cleaned with the same options comes back unchanged, except where a step
/// takes out what only another step's work made visible.
///
/// # Errors
/// [`Error::Internal`] if a step breaks the promise of [`edit::Edit`].
pub fn clean(raw: &str, options: &CleanOptions) -> Result<Cleaned> {
    let mut composer = Composer::new(raw);
    let mut metadata = PageMetadata::default();
    let mut evidence = None;
    for step in &options.steps {
        let text = composer.text();
        let edits = match step {
            Step::Mojibake => mojibake::edits(text),
            Step::PinyinAnnotation => {
                let (edits, found) = repair::edits(text, options.pinyin);
                evidence = Some(found);
                edits
            }
            Step::Escapes => escapes::edits(text),
            Step::HtmlTags => tags::html_tags(text),
            Step::HtmlEntities => normalize::html_entities(text),
            Step::ZeroWidth => normalize::zero_width(text),
            Step::PageBreaks => page_breaks::edits(text),
            Step::Control => normalize::control(text),
            Step::UnicodeForm => normalize::unicode_form(text),
            Step::FullWidth => normalize::full_width(text),
            Step::SpacedDigits => normalize::spaced_digits(text),
            Step::SpacedWords => spaced_words::edits(text),
            Step::Punctuation => normalize::punctuation(text),
            Step::Boilerplate => {
                let (edits, found) = boilerplate::edits(text);
                metadata = found;
                edits
            }
            Step::LineBreaks => lines::edits(text),
            Step::Whitespace => normalize::whitespace(text),
            Step::Script => match options.script {
                Some(to) => {
                    convert_metadata(&mut metadata, to, options.regional_words)?;
                    script::edits(text, to, options.regional_words)
                }
                None => Vec::new(),
            },
        };
        composer.push(&edits)?;
    }
    let (text, hunks) = composer.into_parts();
    let changes = to_chars(raw, &text, &hunks)
        .into_iter()
        .zip(&hunks)
        .map(|(hunk, bytes)| Repair {
            hunk,
            raw: slice(raw, bytes.raw_start, bytes.raw_end),
            repaired: slice(&text, bytes.start, bytes.end),
        })
        .collect();
    Ok(Cleaned {
        text,
        changes,
        metadata,
        evidence,
    })
}

fn slice(text: &str, start: usize, end: usize) -> String {
    text.get(start..end).unwrap_or_default().to_owned()
}

/// [`clean`] for many texts at once, on the threads of the pool that it is called on; results in the order of the texts.
///
/// # Errors
/// As [`clean`], and [`Error::Interrupted`].
pub fn clean_all(texts: &[&str], options: &CleanOptions, watch: &Watch) -> Result<Vec<Cleaned>> {
    texts
        .par_iter()
        .map(|raw| {
            watch.step(1)?;
            clean(raw, options)
        })
        .collect()
}

/// Evidence for inserted readings, and the number of marks of lost bytes.
pub type Found = (Evidence, usize);

/// The evidence for inserted readings in each text, whatever the verdict, and the marks of lost bytes in it.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn evidence_all(texts: &[&str], watch: &Watch) -> Result<Vec<Found>> {
    texts
        .par_iter()
        .map(|text| {
            watch.step(1)?;
            Ok((repair::edits(text, Pinyin::Auto).1, mojibake::count_lost(text)))
        })
        .collect()
}

fn convert_metadata(metadata: &mut PageMetadata, to: Script, regional_words: bool) -> Result<()> {
    let PageMetadata {
        title,
        date: _,
        source,
        author,
        reporter,
        editor,
    } = metadata;
    for text in [title, source, author, reporter, editor].into_iter().flatten() {
        *text = edit::apply(text, &script::edits(text, to, regional_words))?;
    }
    Ok(())
}

/// The raw text from a cleaned one: each `(char_start, char_end, raw)` is put back, in the order of the text.
///
/// # Errors
/// [`Error::Data`] if the spans are not sorted, disjoint and inside the text: then the edits belong to another text.
pub fn restore<'a>(text: &str, edits: impl IntoIterator<Item = (usize, usize, &'a str)>) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut at = 0;
    for (start, end, raw) in edits {
        let (Some(keep), Some(skip)) = (start.checked_sub(at), end.checked_sub(start)) else {
            return Err(foreign(start, end));
        };
        let (kept, behind) = split_chars(rest, keep).ok_or_else(|| foreign(start, end))?;
        let (_, behind) = split_chars(behind, skip).ok_or_else(|| foreign(start, end))?;
        out.push_str(kept);
        out.push_str(raw);
        rest = behind;
        at = end;
    }
    out.push_str(rest);
    Ok(out)
}

/// Whether more than half of the Han characters of a raw text are not in the cleaned one, by their number. Those that are
/// misread letters or bytes were none.
pub fn loses_most(raw: &str, text: &str) -> bool {
    let han = |text: &str| text.chars().filter(|c| is_han(*c)).count();
    let kept = 2 * han(text);
    raw.len() != text.len()
        && kept < han(raw)
        && edit::apply(raw, &mojibake::edits(raw)).is_ok_and(|read| kept < han(&read))
}

fn foreign(start: usize, end: usize) -> Error {
    Error::data(
        "edits",
        "the edits of this text, sorted and disjoint",
        format!("an edit at {start}..{end}"),
    )
}

/// The first `n` characters and the rest.
fn split_chars(text: &str, n: usize) -> Option<(&str, &str)> {
    if n == 0 {
        return Some(("", text));
    }
    let (at, c) = text.char_indices().nth(n - 1)?;
    text.split_at_checked(at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways() {
        for &step in Step::ALL {
            assert_eq!(step.name().parse(), Ok(step));
        }
        let message = "polish".parse::<Step>().map_err(|e| e.to_string());
        assert!(
            message.is_err_and(|m| m.contains("`steps` must be one of 'mojibake'") && m.contains("'polish'"))
        );
        assert!(Step::ALL.is_sorted());
    }

    #[test]
    fn steps_run_in_their_order_whatever_order_they_come_in() {
        let a = CleanOptions::new([Step::Whitespace, Step::FullWidth, Step::Whitespace]);
        assert_eq!(a.steps(), [Step::FullWidth, Step::Whitespace]);
    }

    #[test]
    fn empty_and_clean_texts() {
        let cleaned = clean("", &CleanOptions::default());
        assert!(cleaned.is_ok_and(|c| c.text.is_empty() && c.changes.is_empty()));
        let cleaned = clean(
            "协(xié)同发展，〔2023〕5号、[2023]、5%、1+7。",
            &CleanOptions::default(),
        );
        assert!(cleaned.is_ok_and(|c| c.changes.is_empty()));
    }

    #[test]
    fn more_than_half_of_the_han_characters() {
        assert!(loses_most("春耕会议 GDP", "春 GDP"));
        for (raw, text) in [("春耕会议", "春耕"), ("", ""), ("GDP 5%", ""), ("春耕", "春耕")] {
            assert!(!loses_most(raw, text), "{raw}");
        }
    }

    #[test]
    fn foreign_edits_are_refused() {
        assert_eq!(restore("ab", [(1, 2, "xyz")]), Ok("axyz".to_owned()));
        assert!(restore("ab", [(1, 3, "x")]).is_err());
        assert!(restore("abc", [(2, 3, "x"), (1, 2, "x")]).is_err());
    }
}
