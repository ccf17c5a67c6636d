//! Keeping and removing tokens, with or without padding.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::{Compiled, Match, Patterns};
use super::tokens::{PAD, Tokens, TokensParts};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::run::Watch;

/// Which tokens go because of what they are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Remove {
    /// Tokens of Unicode punctuation only (categories P*).
    pub punctuation: bool,
    /// Numbers: digits of any script (categories N*) with separators and percent signs (`1,000`, `3.5%`, `2019-2-25`).
    /// 一, 二 … are letters to Unicode and stay.
    pub numbers: bool,
    /// Tokens of symbols (categories S*), alone or with punctuation (`|`, `+`, `->`).
    pub symbols: bool,
    /// Tokens of fewer characters.
    pub min_chars: usize,
}

impl Remove {
    /// Whether a token goes.
    pub fn takes(self, token: &str) -> bool {
        // The expressions are constants; one that could not be read would be found by the first test.
        static PUNCTUATION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\p{P}+$").ok());
        static SYMBOLS: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^\p{P}*\p{S}[\p{P}\p{S}]*$").ok());
        static NUMBERS: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^[+\-−]?\p{N}+(?:[.,:/\-．，：／－–—~～]\p{N}+)*[%‰％]?$").ok());
        let is = |kind: &LazyLock<Option<Regex>>| kind.as_ref().is_some_and(|k| k.is_match(token));
        (self.punctuation && is(&PUNCTUATION))
            || (self.symbols && is(&SYMBOLS))
            || (self.numbers && is(&NUMBERS))
            || (self.min_chars > 1 && token.chars().nth(self.min_chars - 1).is_none())
    }
}

/// Keeps the tokens for which `keep` holds. With `padding` the others become [`PAD`] and keep their place; without,
/// their neighbours come together. Padding that is there already stays with `padding` and goes without.
///
/// The vocabulary is reduced to what occurs.
///
/// # Errors
/// None in practice: the parts are consistent.
pub fn keep(tokens: &Tokens, padding: bool, keep: impl Fn(usize, u32) -> bool) -> Result<Tokens> {
    if padding {
        let ids = tokens
            .ids()
            .iter()
            .enumerate()
            .map(|(i, &id)| if id != PAD && keep(i, id) { id } else { PAD })
            .collect();
        return Tokens::new(TokensParts {
            ids,
            ..tokens.parts()
        })?
        .compact();
    }
    let mask: Vec<bool> = tokens
        .ids()
        .iter()
        .enumerate()
        .map(|(i, &id)| id != PAD && keep(i, id))
        .collect();
    let mut before = Vec::with_capacity(mask.len() + 1);
    let mut kept = 0;
    for &k in &mask {
        before.push(kept);
        kept += usize::from(k);
    }
    before.push(kept);
    let starts = |old: Option<&[usize]>| {
        old.map(|old| {
            let mut new: Vec<usize> = old.iter().map(|&s| before[s]).filter(|&s| s < kept).collect();
            new.dedup();
            new
        })
    };
    Tokens::new(TokensParts {
        vocabulary: tokens.vocabulary().clone(),
        ids: chosen(tokens.ids(), &mask),
        offsets: tokens.offsets().iter().map(|&o| before[o]).collect(),
        spans: tokens.spans().map(|s| chosen(s, &mask)),
        tags: tokens.tags().map(|t| chosen(t, &mask)),
        tag_names: tokens.tag_names().to_vec(),
        sentence_starts: starts(tokens.sentence_starts()),
        paragraph_starts: starts(tokens.paragraph_starts()),
    })?
    .compact()
}

fn chosen<T: Copy>(values: &[T], mask: &[bool]) -> Vec<T> {
    values
        .iter()
        .zip(mask)
        .filter(|(_, m)| **m)
        .map(|(v, _)| *v)
        .collect()
}

/// For each feature whether [`Remove`] or a list of patterns of one token takes it.
pub fn removed_features(vocabulary: &Vocabulary, remove: Remove, patterns: Option<&Compiled>) -> Vec<bool> {
    let mut found = Vec::new();
    (0..)
        .zip(vocabulary.features())
        .map(|(id, feature)| {
            found.clear();
            if let Some(patterns) = patterns {
                patterns.matches(&[id], 0, &mut found);
            }
            !found.is_empty() || remove.takes(feature)
        })
        .collect()
}

/// Keeps the tokens whose part-of-speech tag is matched, and the features that `also` names; the others become padding.
///
/// # Errors
/// [`Error::Data`] for tokens without tags; [`Error::Parameter`] for a pattern that cannot be read.
pub fn keep_tags(tokens: &Tokens, patterns: &Patterns, also: &[bool]) -> Result<Tokens> {
    let Some(tags) = tokens.tags() else {
        return Err(Error::data(
            "tags",
            "of tokens that have them",
            "tokens without tags",
        ));
    };
    let names = Vocabulary::new(tokens.tag_names())?;
    let matched = removed_features(&names, Remove::default(), Some(&patterns.compile(&names)?));
    let wanted: Vec<bool> = tokens
        .tag_names()
        .iter()
        .map(|name| names.id(name).is_some_and(|id| matched[id as usize]))
        .collect();
    keep(tokens, true, |i, id| {
        wanted[usize::from(tags[i])] || also.get(id as usize).is_some_and(|&a| a)
    })
}

/// Keeps (or, with `invert`, removes) the tokens that a pattern covers and those up to `window` tokens before and after.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn select(
    tokens: &Tokens,
    patterns: &Compiled,
    invert: bool,
    window: (usize, usize),
    padding: bool,
    watch: &Watch,
) -> Result<Tokens> {
    let mut covered = vec![false; tokens.len()];
    for (d, found) in patterns.find(tokens, watch)?.into_iter().enumerate() {
        let (first, last) = (tokens.offsets()[d], tokens.offsets()[d + 1]);
        for Match { start, end, .. } in found {
            let start = start.saturating_sub(window.0).max(first);
            let end = (end + window.1).min(last);
            covered[start..end].fill(true);
        }
    }
    keep(tokens, padding, |i, _| covered[i] != invert)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_tokens() {
        let all = |token: &str| {
            let one = |r: Remove| r.takes(token);
            [
                one(Remove {
                    punctuation: true,
                    ..Remove::default()
                }),
                one(Remove {
                    numbers: true,
                    ..Remove::default()
                }),
                one(Remove {
                    symbols: true,
                    ..Remove::default()
                }),
                one(Remove {
                    min_chars: 2,
                    ..Remove::default()
                }),
            ]
        };
        let rows = [
            ("。", [true, false, false, true]),
            ("……", [true, false, false, false]),
            ("·", [true, false, false, true]),
            ("+", [false, false, true, true]),
            ("->", [false, false, true, false]),
            ("2019-2-25", [false, true, false, false]),
            ("1,000.5", [false, true, false, false]),
            ("3.5%", [false, true, false, false]),
            ("２０", [false, true, false, false]),
            ("①", [false, true, false, true]),
            ("1+7", [false, false, false, false]),
            ("PM2.5", [false, false, false, false]),
            ("一", [false, false, false, true]),
            ("党建", [false, false, false, false]),
        ];
        for (token, expected) in rows {
            assert_eq!(all(token), expected, "{token}");
        }
    }
}
