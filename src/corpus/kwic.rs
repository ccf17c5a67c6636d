//! Keyword in context.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::pattern::{Match, Patterns, ValueType};
use super::tokens::{PAD, Tokens};
use crate::error::Result;
use crate::run::Watch;
use crate::text::han::is_break;

/// One hit in its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Index of the document.
    pub document: usize,
    /// First token within the document.
    pub token_start: usize,
    /// One past the last token.
    pub token_end: usize,
    /// What stands before, up to `window` tokens.
    pub left: String,
    /// What matched.
    pub keyword: String,
    /// What follows.
    pub right: String,
    /// Index of the pattern.
    pub pattern: usize,
    /// Characters of the keyword, if spans are known.
    pub span: Option<(u32, u32)>,
}

/// What a concordance shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// Tokens on each side.
    pub window: usize,
    /// What stands between tokens where the text itself is not shown.
    pub separator: &'a str,
    /// Whether a pattern of one word without wildcards is also found where it was cut into several tokens.
    pub across: bool,
}

/// Hits by document, first token, length and pattern.
///
/// With `texts` and spans, context and keyword are the text itself (line breaks shown as spaces), so that removed tokens
/// and spacing show as they were; otherwise they are the tokens with `separator` between them.
///
/// # Errors
/// As [`Patterns::compile`]; [`crate::Error::Interrupted`].
pub fn kwic(
    tokens: &Tokens,
    texts: Option<&[&str]>,
    patterns: &Patterns,
    context: Context<'_>,
    watch: &Watch,
) -> Result<Vec<Line>> {
    let compiled = patterns.compile(tokens.vocabulary())?;
    let split = if context.across {
        SplitWords::new(tokens, patterns)
    } else {
        SplitWords::default()
    };
    let lines = (0..tokens.n_documents())
        .into_par_iter()
        .map(|d| {
            let base = tokens.offsets()[d];
            let mut found = Vec::new();
            compiled.matches(tokens.document(d), base, &mut found);
            split.matches(tokens, d, &mut found);
            found.sort_unstable();
            found.dedup();
            watch.step(1)?;
            let text = texts.filter(|_| tokens.spans().is_some()).and_then(|t| t.get(d));
            let text = text.filter(|_| !found.is_empty()).map(|t| Text::new(t));
            Ok(found
                .iter()
                .map(|hit| line(tokens, d, hit, context, text.as_ref()))
                .collect::<Vec<_>>())
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(lines.into_iter().flatten().collect())
}

fn line(tokens: &Tokens, d: usize, hit: &Match, context: Context<'_>, text: Option<&Text<'_>>) -> Line {
    let (base, end) = (tokens.offsets()[d], tokens.offsets()[d + 1]);
    let first = hit.start.saturating_sub(context.window).max(base);
    let last = (hit.end.saturating_add(context.window)).min(end);
    let joined = |from: usize, to: usize| {
        let words = tokens.ids()[from..to]
            .iter()
            .filter_map(|&id| tokens.vocabulary().feature(id));
        words.collect::<Vec<_>>().join(context.separator)
    };
    let span = tokens.spans().map(|s| (s[hit.start].0, s[hit.end - 1].1));
    let (left, keyword, right) = match (text, tokens.spans(), span) {
        (Some(text), Some(spans), Some((start, stop))) => (
            text.slice(spans[first].0.min(start), start),
            text.slice(start, stop),
            text.slice(stop, spans[last - 1].1.max(stop)),
        ),
        _ => (
            joined(first, hit.start),
            joined(hit.start, hit.end),
            joined(hit.end, last),
        ),
    };
    Line {
        document: d,
        token_start: hit.start - base,
        token_end: hit.end - base,
        left,
        keyword,
        right,
        pattern: hit.pattern,
        span,
    }
}

/// A text with the byte of every 64th character, so that slices by character are cheap.
struct Text<'a> {
    text: &'a str,
    marks: Vec<usize>,
}

impl<'a> Text<'a> {
    const STEP: usize = 64;

    fn new(text: &'a str) -> Self {
        let marks = text
            .char_indices()
            .step_by(Self::STEP)
            .map(|(byte, _)| byte)
            .collect();
        Self { text, marks }
    }

    fn byte(&self, place: u32) -> usize {
        let place = place as usize;
        let mark = self
            .marks
            .get(place / Self::STEP)
            .copied()
            .unwrap_or(self.text.len());
        let rest = self.text[mark..].char_indices().nth(place % Self::STEP);
        rest.map_or(self.text.len(), |(byte, _)| mark + byte)
    }

    fn slice(&self, start: u32, end: u32) -> String {
        let (start, end) = (self.byte(start), self.byte(end));
        self.text
            .get(start..end)
            .unwrap_or_default()
            .replace(is_break, " ")
    }
}

/// Patterns of one plain word, found where the word was cut into several tokens.
#[derive(Default)]
struct SplitWords {
    fold: bool,
    /// Index of the pattern and its (folded) word.
    words: Vec<(usize, String)>,
    /// Feature → words that begin with it and are longer.
    first: FxHashMap<u32, Vec<usize>>,
}

impl SplitWords {
    fn new(tokens: &Tokens, patterns: &Patterns) -> Self {
        let fold = patterns.case_insensitive;
        let words: Vec<(usize, String)> = patterns
            .phrases
            .iter()
            .enumerate()
            .filter_map(|(i, phrase)| match phrase.as_slice() {
                [word] if patterns.value_type == ValueType::Fixed => Some((i, word)),
                [word] if patterns.value_type == ValueType::Glob && !word.contains(['*', '?']) => {
                    Some((i, word))
                }
                _ => None,
            })
            .map(|(i, word)| (i, if fold { word.to_lowercase() } else { word.clone() }))
            .collect();
        let mut first: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (w, (_, word)) in words.iter().enumerate() {
            // Every proper prefix of the word that is a feature.
            for (byte, _) in word.char_indices().skip(1) {
                let prefix = &word[..byte];
                if fold && prefix.bytes().any(|b| b.is_ascii_alphabetic()) {
                    // Rare: Latin in the prefix may stand in either case, so look at all features.
                    for (id, feature) in (0..).zip(tokens.vocabulary().features()) {
                        if feature.to_lowercase() == prefix {
                            first.entry(id).or_default().push(w);
                        }
                    }
                } else if let Some(id) = tokens.vocabulary().id(prefix) {
                    first.entry(id).or_default().push(w);
                }
            }
        }
        Self { fold, words, first }
    }

    /// Sequences of two or more tokens that make up a word, within a sentence where sentences are known.
    fn matches(&self, tokens: &Tokens, d: usize, found: &mut Vec<Match>) {
        if self.first.is_empty() {
            return;
        }
        let (base, end) = (tokens.offsets()[d], tokens.offsets()[d + 1]);
        let starts = tokens.sentence_starts().unwrap_or_default();
        for (i, id) in tokens.document(d).iter().enumerate() {
            for &w in self.first.get(id).into_iter().flatten() {
                let (pattern, word) = &self.words[w];
                let mut rest = word.as_str();
                let mut next = base + i;
                while !rest.is_empty() && next < end {
                    let crosses = next > base + i && starts.binary_search(&next).is_ok();
                    let id = tokens.ids()[next];
                    let Some(feature) = tokens.vocabulary().feature(id).filter(|_| id != PAD && !crosses)
                    else {
                        break;
                    };
                    let tail = if self.fold {
                        rest.strip_prefix(feature.to_lowercase().as_str())
                    } else {
                        rest.strip_prefix(feature)
                    };
                    let Some(tail) = tail else { break };
                    rest = tail;
                    next += 1;
                }
                if rest.is_empty() {
                    found.push(Match {
                        start: base + i,
                        end: next,
                        pattern: *pattern,
                    });
                }
            }
        }
    }
}
