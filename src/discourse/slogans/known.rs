//! Unquoted places of what the documents quote as a coinage elsewhere, and of what the user says is one.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rayon::prelude::*;

use super::class::SloganClass;
use super::{Candidate, Document, Lexicon, numerals};
use crate::Result;
use crate::discourse::page::Page;
use crate::error::Error;
use crate::run::Watch;
use crate::text::han::{is_han, is_label_numeral};
use crate::text::sentences;

/// What the documents quote as a coinage, to be found without marks too.
pub(super) struct Known {
    automaton: Option<AhoCorasick>,
    rows: Vec<(SloganClass, String)>,
}

impl Known {
    pub(super) fn new(documents: &[Document<'_>], lexicon: &Lexicon, watch: &Watch) -> Result<Self> {
        let mut quoted: BTreeMap<String, (usize, SloganClass, String)> = BTreeMap::new();
        for document in documents {
            let quoted_ones = document.candidates.iter().filter(|c| c.mark.is_some());
            for c in quoted_ones.filter(|c| c.class != SloganClass::Name) {
                let text = document.page.chars().read(c.span.clone());
                let numbered = matches!(c.class, SloganClass::Numeric | SloganClass::Ordinal);
                // Two characters without a numeral are words of everyday.
                // Digits with nothing but a classifier are counts wherever nobody quotes them: 30条.
                let han = text.chars().filter(|&c| is_han(c)).count();
                let counted =
                    text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('+') && han < 3;
                if !counted && (c.span.len() >= 3 || (numbered && c.span.len() == 2)) {
                    quoted
                        .entry(text)
                        .or_insert_with(|| (0, c.class, c.pattern.clone()))
                        .0 += 1;
                }
            }
        }
        quoted.retain(|text, _| !lexicon.0.contains_key(text));
        let texts: Vec<&String> = quoted.keys().collect();
        let build = |texts: &[&String]| {
            // A full table of states takes longer to make than a few documents to be searched.
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .match_kind(MatchKind::LeftmostLongest)
                .build(texts)
                .map_err(|e| Error::Internal(format!("slogans: {e}")))
        };
        let automaton = build(&texts)?;
        let counts: Vec<BTreeMap<usize, usize>> = documents
            .par_iter()
            .map(|document| {
                watch.step(0)?;
                let mut counts = BTreeMap::new();
                for m in automaton.find_iter(document.page.read()) {
                    *counts.entry(m.pattern().as_usize()).or_insert(0) += 1;
                }
                Ok(counts)
            })
            .collect::<Result<_>>()?;
        let kept: Vec<(&String, SloganClass, String)> = quoted
            .iter()
            .enumerate()
            .filter(|(i, (_, (times, ..)))| {
                let total: usize = counts.iter().filter_map(|c| c.get(i)).sum();
                times * 5 >= total
            })
            .map(|(_, (text, (_, class, pattern)))| (text, *class, pattern.clone()))
            .chain(
                lexicon
                    .0
                    .iter()
                    .map(|(text, (class, pattern))| (text, *class, pattern.clone())),
            )
            .collect();
        let texts: Vec<&String> = kept.iter().map(|(text, ..)| *text).collect();
        Ok(Self {
            automaton: if texts.is_empty() {
                None
            } else {
                Some(build(&texts)?)
            },
            rows: kept
                .into_iter()
                .map(|(_, class, pattern)| (class, pattern))
                .collect(),
        })
    }

    pub(super) fn candidates(&self, page: &Page<'_>) -> Vec<Candidate> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let (chars, read) = (page.chars(), page.read());
        let matches: Vec<_> = automaton.find_iter(read).collect();
        let spans: Vec<_> = matches.iter().map(aho_corasick::Match::range).collect();
        matches
            .iter()
            .zip(sentences::in_chars(read, &spans))
            .filter_map(|(m, span)| {
                let (class, pattern) = self.rows.get(m.pattern().as_usize())?;
                let number = |c: char| c == '第' || is_label_numeral(c) || c.is_ascii_digit();
                // 四新 is not in 二十四新.
                let short =
                    span.len() == 2 && is_han(chars.at(span.end)) && !numerals::is_follower(chars, span.end);
                let latin = |c: char| c.is_ascii_alphanumeric();
                let cut = short
                    || number(chars.before(span.start)) && number(chars.at(span.start))
                    || latin(chars.before(span.end)) && latin(chars.at(span.end));
                (!cut && !page.in_title(span.start)).then(|| Candidate {
                    span,
                    class: *class,
                    pattern: pattern.clone(),
                    mark: None,
                    series: false,
                })
            })
            .collect()
    }
}
