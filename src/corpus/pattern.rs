//! Glob, regex and fixed patterns over features, and phrases of them over tokens.

use std::ops::Range;

use rayon::prelude::*;
use regex::{Regex, RegexBuilder};
use rustc_hash::{FxHashMap, FxHashSet};

use super::tokens::{PAD, Tokens};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::run::Watch;

crate::words! {
    /// How the words of a pattern are read.
    #[derive(Default)]
    pub enum ValueType as "value_type" {
        /// `*` stands for any characters (or none), `?` for one; the whole token must match.
        #[default]
        Glob = "glob",
        /// A regular expression that matches anywhere in the token unless anchored.
        Regex = "regex",
        /// The token itself.
        Fixed = "fixed",
    }
}

/// Patterns of one kind, each a sequence of words for a sequence of tokens (mostly of length 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns {
    /// One entry a pattern, one string a token.
    pub phrases: Vec<Vec<String>>,
    /// How the strings are read.
    pub value_type: ValueType,
    /// Whether `A` matches `a`.
    pub case_insensitive: bool,
}

/// One word of a pattern, ready to be tried on features.
enum Word {
    /// Equal, after folding where case does not count.
    Fixed(String),
    Regex(Regex),
}

impl Patterns {
    /// Patterns of one token each.
    pub fn of_words<S: AsRef<str>>(words: impl IntoIterator<Item = S>, value_type: ValueType) -> Self {
        Self {
            phrases: words.into_iter().map(|w| vec![w.as_ref().to_owned()]).collect(),
            value_type,
            case_insensitive: true,
        }
    }

    fn word(&self, word: &str) -> Result<Word> {
        let wild = word.contains(['*', '?']);
        match self.value_type {
            ValueType::Regex => self.regex(word),
            ValueType::Glob if wild => {
                let mut expression = String::from("^");
                for c in word.chars() {
                    match c {
                        '*' => expression.push_str(".*"),
                        '?' => expression.push('.'),
                        c => expression.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
                    }
                }
                expression.push('$');
                self.regex(&expression)
            }
            ValueType::Glob | ValueType::Fixed => Ok(Word::Fixed(self.fold(word))),
        }
    }

    fn regex(&self, expression: &str) -> Result<Word> {
        RegexBuilder::new(expression)
            .case_insensitive(self.case_insensitive)
            .dot_matches_new_line(true)
            .build()
            .map(Word::Regex)
            .map_err(|e| {
                // The last line of the message says what is wrong; the ones before draw an arrow.
                let problem = e.to_string();
                let problem = problem.lines().last().unwrap_or_default().trim().to_owned();
                Error::parameter(
                    "pattern",
                    "a valid regular expression",
                    format!("{expression:?} ({problem})"),
                )
            })
    }

    fn fold(&self, word: &str) -> String {
        if self.case_insensitive {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    }

    /// Resolves each word to the features that it matches.
    ///
    /// # Errors
    /// [`Error::Parameter`] for an empty pattern or a regular expression that cannot be read.
    pub fn compile(&self, vocabulary: &Vocabulary) -> Result<Compiled> {
        // Each distinct word once; fixed ones by look-up, regular expressions over the whole vocabulary.
        let mut folded: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        if self.case_insensitive {
            for (id, feature) in (0..).zip(vocabulary.features()) {
                folded.entry(feature.to_lowercase()).or_default().push(id);
            }
        }
        let mut sets: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for phrase in &self.phrases {
            if phrase.is_empty() || phrase.iter().any(String::is_empty) {
                return Err(Error::parameter(
                    "pattern",
                    "patterns that are not empty",
                    "an empty one",
                ));
            }
            for word in phrase {
                if sets.contains_key(word.as_str()) {
                    continue;
                }
                let ids = match self.word(word)? {
                    Word::Fixed(word) if self.case_insensitive => {
                        folded.get(&word).cloned().unwrap_or_default()
                    }
                    Word::Fixed(word) => vocabulary.id(&word).into_iter().collect(),
                    Word::Regex(regex) => (0..)
                        .zip(vocabulary.features())
                        .filter(|(_, feature)| regex.is_match(feature))
                        .map(|(id, _)| id)
                        .collect(),
                };
                sets.insert(word, ids);
            }
        }
        let phrases: Vec<Vec<FxHashSet<u32>>> = self
            .phrases
            .iter()
            .map(|phrase| {
                phrase
                    .iter()
                    .map(|w| sets[w.as_str()].iter().copied().collect())
                    .collect()
            })
            .collect();
        let mut first: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (index, phrase) in (0..).zip(&self.phrases) {
            for &id in &sets[phrase[0].as_str()] {
                first.entry(id).or_default().push(index);
            }
        }
        Ok(Compiled { phrases, first })
    }
}

/// A place where a pattern matches: positions in [`Tokens::ids`] and the index of the pattern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Index in [`Patterns::phrases`].
    pub pattern: usize,
}

impl Match {
    /// The tokens.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Patterns resolved against one vocabulary.
#[derive(Debug, Clone)]
pub struct Compiled {
    phrases: Vec<Vec<FxHashSet<u32>>>,
    /// Feature → the patterns that begin with it.
    first: FxHashMap<u32, Vec<u32>>,
}

impl Compiled {
    /// All matches in one stretch of `ids` that starts at position `base`, by start, then length, then pattern.
    /// Matches may overlap.
    pub fn matches(&self, ids: &[u32], base: usize, found: &mut Vec<Match>) {
        for (i, id) in ids.iter().enumerate() {
            let Some(candidates) = self.first.get(id) else {
                continue;
            };
            let before = found.len();
            for &pattern in candidates {
                let pattern = pattern as usize;
                let phrase = &self.phrases[pattern];
                let tail = ids.get(i..i + phrase.len());
                if tail.is_some_and(|tail| {
                    tail.iter()
                        .zip(phrase)
                        .all(|(id, set)| *id != PAD && set.contains(id))
                }) {
                    found.push(Match {
                        start: base + i,
                        end: base + i + phrase.len(),
                        pattern,
                    });
                }
            }
            found[before..].sort_unstable();
        }
    }

    /// All matches of each document, in order. A match never crosses documents and never covers padding.
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn find(&self, tokens: &Tokens, watch: &Watch) -> Result<Vec<Vec<Match>>> {
        (0..tokens.n_documents())
            .into_par_iter()
            .map(|d| {
                let mut found = Vec::new();
                self.matches(tokens.document(d), tokens.offsets()[d], &mut found);
                watch.step(1)?;
                Ok(found)
            })
            .collect()
    }

    /// Numbers of the patterns that match nowhere in `tokens`, ascending. A pattern whose words are all there, but nowhere one
    /// behind the other, is among them.
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn unmatched(&self, tokens: &Tokens, watch: &Watch) -> Result<Vec<usize>> {
        let seen = (0..tokens.n_documents())
            .into_par_iter()
            .map(|d| {
                let mut found = Vec::new();
                self.matches(tokens.document(d), tokens.offsets()[d], &mut found);
                watch.step(1)?;
                let mut seen: Vec<usize> = found.into_iter().map(|m| m.pattern).collect();
                seen.sort_unstable();
                seen.dedup();
                Ok(seen)
            })
            .try_fold(
                || vec![false; self.phrases.len()],
                |mut flags, seen: Result<Vec<usize>>| {
                    seen?.into_iter().for_each(|pattern| flags[pattern] = true);
                    Ok(flags)
                },
            )
            .try_reduce(
                || vec![false; self.phrases.len()],
                |mut one, other| {
                    one.iter_mut().zip(other).for_each(|(a, b)| *a |= b);
                    Ok(one)
                },
            )?;
        Ok((0..seen.len()).filter(|&pattern| !seen[pattern]).collect())
    }

    /// Numbers of the patterns with a word that no feature matches, ascending.
    pub fn unknown(&self) -> Vec<usize> {
        let empty = |phrase: &Vec<FxHashSet<u32>>| phrase.iter().any(FxHashSet::is_empty);
        (0..self.phrases.len())
            .filter(|&pattern| empty(&self.phrases[pattern]))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(words: &[&str], value_type: ValueType, case_insensitive: bool) -> Vec<String> {
        let vocabulary =
            Vocabulary::new(["党建", "党", "Party", "party", "a.b", "党委会", "*"]).unwrap_or_default();
        let patterns = Patterns {
            case_insensitive,
            ..Patterns::of_words(words, value_type)
        };
        let compiled = patterns.compile(&vocabulary).map(|c| c.first).unwrap_or_default();
        let mut found: Vec<String> = compiled
            .keys()
            .filter_map(|&id| vocabulary.feature(id).map(str::to_owned))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn each_kind_reads_patterns_its_way() {
        use ValueType::{Fixed, Glob, Regex};
        let rows: [(&[&str], ValueType, bool, &[&str]); 9] = [
            (&["党*"], Glob, true, &["党", "党委会", "党建"]),
            (&["党?"], Glob, true, &["党建"]),
            (&["a.b"], Glob, true, &["a.b"]),
            (&["PARTY"], Glob, true, &["Party", "party"]),
            (&["Party"], Glob, false, &["Party"]),
            (&["*"], Fixed, true, &["*"]),
            (&["委"], Regex, true, &["党委会"]),
            (&["^P"], Regex, false, &["Party"]),
            (&["无"], Fixed, true, &[]),
        ];
        for (words, value_type, fold, expected) in rows {
            assert_eq!(
                matched(words, value_type, fold),
                expected,
                "{words:?} {value_type:?}"
            );
        }
    }

    #[test]
    fn bad_patterns_are_named() {
        let error = |word: &str| {
            Patterns::of_words([word], ValueType::Regex)
                .compile(&Vocabulary::default())
                .map(|_| ())
                .map_err(|e| e.to_string())
        };
        assert!(
            error("(党")
                .is_err_and(|m| m.contains("`pattern`") && m.contains("(党") && m.contains("unclosed"))
        );
        assert!(error("").is_err());
        assert!("globe".parse::<ValueType>().is_err());
    }
}
