//! Set phrases: maximal common stretches of texts that do not cross the end of a clause.

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use super::chain;
use super::normalize::{Folded, Folder, Folding};
use super::seeds::Index;
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::text::han::{is_break, is_han};

/// A phrase that at least two documents share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As it is compared: without white space, all quotation marks as `"`.
    pub folded: String,
    /// Han characters in it.
    pub han: u32,
    /// Every place: document, first character, one past the last; ordered.
    pub occurrences: Vec<(u32, u32, u32)>,
    /// Pairs of documents between which it cannot be made longer at one pair of places at least; ordered.
    pub maximal_in: Vec<(u32, u32)>,
    /// Phrases of the list that have it inside; ordered.
    pub contained_in: Vec<u32>,
}

/// Characters that no phrase crosses.
fn bounds_phrase(c: char) -> bool {
    is_break(c)
        || matches!(
            c,
            '。' | '；' | '！' | '？' | '，' | '：' | '…' | '—' | ';' | '!' | '?' | ',' | ':'
        )
}

/// Stretches between breaks.
struct Stretch {
    document: u32,
    folded: Folded,
}

/// Finds the phrases of at least `min_han` Han characters.
///
/// A phrase is what two stretches of two documents have in common and cannot be made longer at those places, without the punctuation
/// around it; `‘’` count as `“”`. Then all its places in all documents are listed, also those inside longer phrases. Ordered
/// by the first place, longer ones first.
///
/// # Errors
/// [`Error::Parameter`] for `min_han` below 2; [`Error::Interrupted`].
pub fn shared_phrases(texts: &[&str], min_han: usize, watch: &Watch) -> Result<Vec<Phrase>> {
    if min_han < 2 {
        return Err(Error::parameter("min_chars", "at least 2", min_han));
    }
    let stretches = cut(texts, min_han);
    let folded: Vec<Folded> = stretches.iter().map(|s| s.folded.clone()).collect();
    let index = Index::new(&folded, min_han, 1, watch)?;
    let mut maximal: FxHashMap<String, FxHashSet<(u32, u32)>> = FxHashMap::default();
    let mut hits: Vec<(u32, u32, u32)> = Vec::new();
    for (number, stretch) in (0u32..).zip(&stretches) {
        watch.step(1)?;
        hits.clear();
        for &(at, group) in &index.of_document[number as usize] {
            hits.extend(
                index
                    .group(group)
                    .iter()
                    .filter(|p| {
                        p.document > number && stretches[p.document as usize].document != stretch.document
                    })
                    .map(|p| (p.document, at, p.at)),
            );
        }
        hits.sort_unstable();
        for pair in hits.chunk_by(|x, y| x.0 == y.0) {
            let other = &stretches[pair[0].0 as usize];
            let mut places: Vec<(u32, u32)> = pair.iter().map(|&(_, i, j)| (i, j)).collect();
            let a = &stretch.folded.chars;
            for block in chain::blocks(a, &other.folded.chars, min_han, &mut places) {
                let from = block.start_1 as usize;
                if let Some(text) = trimmed(&a[from..from + block.length as usize], min_han) {
                    let pair = (
                        stretch.document.min(other.document),
                        stretch.document.max(other.document),
                    );
                    maximal.entry(text).or_default().insert(pair);
                }
            }
        }
    }
    describe(maximal, &stretches, watch)
}

fn cut(texts: &[&str], min_han: usize) -> Vec<Stretch> {
    let folding = Folding {
        ignore_punctuation: false,
    };
    let mut stretches = Vec::new();
    for (document, text) in (0u32..).zip(texts) {
        let mut open = Folder::new(folding, 0);
        let mut close = |open: &mut Folder| {
            let folded = std::mem::replace(open, Folder::new(folding, 0)).finish();
            if folded.chars.iter().filter(|&&c| is_han(c)).count() >= min_han {
                stretches.push(Stretch { document, folded });
            }
        };
        for (place, c) in (0u32..).zip(text.chars()) {
            if bounds_phrase(c) {
                close(&mut open);
            } else {
                open.push(c, place);
            }
        }
        close(&mut open);
    }
    stretches
}

/// Without punctuation around it; nothing if too little is left.
fn trimmed(chars: &[char], min_han: usize) -> Option<String> {
    let from = chars.iter().position(|c| c.is_alphanumeric())?;
    let to = chars.iter().rposition(|c| c.is_alphanumeric())? + 1;
    let inside = &chars[from..to];
    (inside.iter().filter(|&&c| is_han(c)).count() >= min_han).then(|| inside.iter().collect())
}

fn describe(
    maximal: FxHashMap<String, FxHashSet<(u32, u32)>>,
    stretches: &[Stretch],
    watch: &Watch,
) -> Result<Vec<Phrase>> {
    let mut phrases: Vec<Phrase> = maximal
        .into_iter()
        .map(|(folded, pairs)| {
            let mut maximal_in: Vec<(u32, u32)> = pairs.into_iter().collect();
            maximal_in.sort_unstable();
            let han = folded.chars().filter(|&c| is_han(c)).count();
            Phrase {
                han: u32::try_from(han).unwrap_or(u32::MAX),
                folded,
                occurrences: Vec::new(),
                maximal_in,
                contained_in: Vec::new(),
            }
        })
        .collect();
    if phrases.is_empty() {
        return Ok(phrases);
    }
    let search = |phrases: &[Phrase]| {
        AhoCorasick::new(phrases.iter().map(|p| p.folded.as_bytes()))
            .map_err(|e| Error::Internal(format!("an automaton of phrases: {e}")))
    };
    let automaton = search(&phrases)?;
    let mut text = String::new();
    // Byte → number of the character that begins there.
    let mut starts: Vec<u32> = Vec::new();
    for stretch in stretches {
        watch.step(1)?;
        text.clear();
        starts.clear();
        for (k, &c) in (0u32..).zip(&stretch.folded.chars) {
            text.push(c);
            starts.resize(text.len(), k);
        }
        starts.push(u32::try_from(stretch.folded.len()).unwrap_or(u32::MAX));
        for hit in automaton.find_overlapping_iter(&text) {
            let span = stretch
                .folded
                .span(starts[hit.start()] as usize, starts[hit.end()] as usize);
            phrases[hit.pattern().as_usize()]
                .occurrences
                .push((stretch.document, span.0, span.1));
        }
    }
    for phrase in &mut phrases {
        phrase.occurrences.sort_unstable();
    }
    phrases.sort_by(|a, b| {
        let first = |p: &Phrase| p.occurrences.first().map(|o| (o.0, o.1));
        (first(a), std::cmp::Reverse(a.folded.len()), &a.folded).cmp(&(
            first(b),
            std::cmp::Reverse(b.folded.len()),
            &b.folded,
        ))
    });
    let automaton = search(&phrases)?;
    for outer in 0..phrases.len() {
        let inside: FxHashSet<usize> = automaton
            .find_overlapping_iter(&phrases[outer].folded)
            .map(|hit| hit.pattern().as_usize())
            .filter(|&inner| inner != outer)
            .collect();
        for inner in inside {
            phrases[inner]
                .contained_in
                .push(u32::try_from(outer).unwrap_or(u32::MAX));
        }
    }
    Ok(phrases)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn phrases_stay_inside_clauses() {
        let texts = [
            "坚持“党建引领，基层治理”双轮驱动。推动政协工作提质增效！",
            "聚力‘党建引领，基层治理’双轮驱动；切实推动政协工作提质增效",
            "推动政协工作",
        ];
        let found = shared_phrases(&texts, 4, &Watch::new()).unwrap();
        let shown: Vec<(&str, usize, &[u32])> = found
            .iter()
            .map(|p| (p.folded.as_str(), p.occurrences.len(), p.contained_in.as_slice()))
            .collect();
        assert_eq!(
            shown,
            [
                ("党建引领", 2, &[][..]),
                ("基层治理\"双轮驱动", 2, &[]),
                ("推动政协工作提质增效", 2, &[]),
                ("推动政协工作", 3, &[2]),
            ]
        );
        assert_eq!(found[3].maximal_in, [(0, 2), (1, 2)]);
        assert!(shared_phrases(&[], 6, &Watch::new()).unwrap().is_empty());
        assert!(shared_phrases(&["", "。"], 6, &Watch::new()).unwrap().is_empty());
        assert!(shared_phrases(&[], 1, &Watch::new()).is_err());
    }
}
