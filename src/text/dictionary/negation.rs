//! Which places of a text lie behind a negating word.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::Spec;
use super::candidates::{Cover, Span};
use super::strings::{forms, too_large};
use crate::error::Result;

/// The negating words of a dictionary, and the words that hold one and negate nothing.
pub(super) struct Negators {
    /// Value 1: negates.
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    window: usize,
}

/// Negating words of one text, by place.
pub(super) struct Negated<'a> {
    text: &'a str,
    spans: Vec<Span>,
    window: usize,
}

/// Whether a character cannot stand between a negating word and what it negates.
fn is_barrier(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '“' | '”' | '‘' | '’' | '"' | '《' | '》' | '「' | '」')
}

impl Negators {
    /// `None` where nothing negates.
    pub(super) fn new(spec: &Spec) -> Result<Option<Self>> {
        let Some(negation) = spec.negation.as_ref().filter(|n| !n.words.is_empty()) else {
            return Ok(None);
        };
        let mut words: Vec<(String, u32)> = Vec::new();
        for (list, value) in [(&negation.except, 0), (&negation.words, 1)] {
            words.extend(
                list.iter()
                    .flat_map(|text| forms(text, spec))
                    .map(|form| (form, value)),
            );
        }
        // A word in both lists is an exception.
        words.sort();
        words.dedup_by(|a, b| a.0 == b.0);
        let n = words.len();
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(words).map_err(|_| too_large(n))?;
        Ok(Some(Self {
            automaton,
            window: negation.window,
        }))
    }

    /// Finds the negating words of a text, which is folded already where case does not count.
    pub(super) fn of<'a>(&self, text: &'a str) -> Negated<'a> {
        let (mut negators, mut except) = (Vec::new(), Vec::new());
        for found in self.automaton.find_overlapping_iter(text) {
            let list = if found.value() == 1 {
                &mut negators
            } else {
                &mut except
            };
            list.push((found.start(), found.end()));
        }
        Negated {
            text,
            spans: longest(negators, &Cover::new(except)),
            window: self.window,
        }
    }
}

impl Negated<'_> {
    /// Whether an odd number of negating words stands before a byte, each near the next.
    pub(super) fn at(&self, start: usize) -> bool {
        let before = self.spans.partition_point(|n| n.1 <= start);
        let mut odd = false;
        for &(_, end) in self.spans[..before].iter().rev() {
            // A character has at most four bytes.
            if start - end > 4 * self.window {
                break;
            }
            let between = &self.text[end..start];
            if between.chars().count() > self.window || between.contains(is_barrier) {
                break;
            }
            odd = !odd;
        }
        odd
    }
}

/// Negating words that lie in no exception, the longest at each place, by place.
fn longest(mut negators: Vec<Span>, except: &Cover) -> Vec<Span> {
    negators.retain(|&(start, end)| !except.holds(start, end));
    negators.sort_unstable_by_key(|&(start, end)| (start, usize::MAX - end));
    let mut kept: Vec<Span> = Vec::with_capacity(negators.len());
    for span in negators {
        if kept.last().is_none_or(|last| span.0 >= last.1) {
            kept.push(span);
        }
    }
    kept
}
