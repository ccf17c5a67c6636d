//! Look-up where nothing bars an entry but a Latin word that goes on: the automaton itself finds the leftmost-longest strings.
//!
//! A large dictionary matches many times at each place; here only the hit is looked at, not what it hides.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

use super::negation::Negators;
use super::strings::{count_chars, forms, runs_on, too_large};
use super::{Hit, NestedScope, Spec};
use crate::error::Result;

/// Bit of a value that points into the lists.
const SEVERAL: u32 = 1 << 31;

/// The strings of entries, each with the entries that it stands for.
pub(super) struct Leftmost {
    /// `None` where there is nothing to find. The value of a string is its entry, or [`SEVERAL`] and a place in `lists`: most strings
    /// have one, and a second table would be one more miss of the cache for each hit.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Entries of a string that stands for several, one a category.
    lists: Vec<Vec<u32>>,
    /// For a string that ends in a Latin letter or digit: the longest shorter string that it begins with, and that one's bytes.
    shorter: FxHashMap<u32, (u32, usize)>,
    negators: Option<Negators>,
}

impl std::fmt::Debug for Leftmost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let states = self
            .automaton
            .as_ref()
            .map_or(0, CharwiseDoubleArrayAhoCorasick::num_states);
        write!(f, "Leftmost of {states} states")
    }
}

impl Leftmost {
    /// Whether a specification can be looked up like this.
    pub(super) fn fits(spec: &Spec, scope: NestedScope) -> bool {
        let free = |e: &super::Entry| {
            e.not_before.is_empty()
                && e.not_after.is_empty()
                && e.not_inside.is_empty()
                && !(spec.glob && e.text.contains(['*', '?']))
        };
        let one = |w: &[super::Entry]| w[0].category == w[1].category;
        spec.exclusions.is_empty()
            && spec.entries.iter().all(free)
            && (scope == NestedScope::Dictionary || spec.entries.windows(2).all(one))
    }

    pub(super) fn new(spec: &Spec) -> Result<Self> {
        let number = |n: usize| {
            u32::try_from(n)
                .ok()
                .filter(|n| n & SEVERAL == 0)
                .ok_or_else(|| too_large(n))
        };
        let mut pairs: Vec<(String, u32)> = Vec::with_capacity(spec.entries.len());
        for (i, entry) in spec.entries.iter().enumerate() {
            let index = number(i)?;
            pairs.extend(forms(&entry.text, spec).into_iter().map(|form| (form, index)));
        }
        // In order, so that the trie grows along one path at a time, and a string comes behind those that it begins with.
        pairs.sort();
        let mut lists: Vec<Vec<u32>> = Vec::new();
        let mut strings: Vec<(&str, u32)> = Vec::with_capacity(pairs.len());
        let mut shorter = FxHashMap::default();
        let mut open: Vec<(&str, u32)> = Vec::new();
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            let text = group[0].0.as_str();
            let mut entries: Vec<u32> = Vec::new();
            for &(_, entry) in group {
                let category = |e: u32| &spec.entries[e as usize].category;
                if !entries.iter().any(|&e| category(e) == category(entry)) {
                    entries.push(entry);
                }
            }
            let id = if entries.len() == 1 {
                entries[0]
            } else {
                lists.push(entries);
                SEVERAL | number(lists.len() - 1)?
            };
            while open.last().is_some_and(|o| !text.starts_with(o.0)) {
                open.pop();
            }
            if text.ends_with(|c: char| c.is_ascii_alphanumeric())
                && let Some(&(head, of)) = open.last()
            {
                shorter.insert(id, (of, head.len()));
            }
            open.push((text, id));
            strings.push((text, id));
        }
        let n = strings.len();
        let automaton = if n == 0 {
            None
        } else {
            let built = CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .build_with_values(strings);
            Some(built.map_err(|_| too_large(n))?)
        };
        Ok(Self {
            automaton,
            lists,
            shorter,
            negators: Negators::new(spec)?,
        })
    }

    /// Hits in a text that is folded already where case does not count.
    pub(super) fn find(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let Some(automaton) = &self.automaton else {
            return hits;
        };
        let negated = self.negators.as_ref().map(|n| n.of(text));
        let (mut byte, mut chars) = (0, 0);
        let mut emit = |start: usize, end: usize, id: u32| {
            chars += count_chars(&text[byte..start]);
            let char_start = chars;
            chars += count_chars(&text[start..end]);
            byte = end;
            let negated = negated.as_ref().is_some_and(|n| n.at(start));
            if hits.len() == hits.capacity() {
                hits.reserve(more_hits(hits.len(), end, text.len()));
            }
            let several = self.lists.get((id ^ SEVERAL) as usize);
            for &entry in several.map_or(std::slice::from_ref(&id), Vec::as_slice) {
                hits.push(Hit {
                    start,
                    end,
                    entry: entry as usize,
                    char_start,
                    char_end: chars,
                    negated,
                });
            }
        };
        let mut from = 0;
        'again: loop {
            for found in automaton.leftmost_find_iter(&text[from..]) {
                let (start, end) = (from + found.start(), from + found.end());
                if !runs_on(text, start) && !runs_on(text, end) {
                    emit(start, end, found.value());
                    continue;
                }
                // Barred. A shorter string may still stand here; behind it, or from the next character on, the search begins anew.
                let mut id = found.value();
                let mut next = start + text[start..].chars().next().map_or(1, char::len_utf8);
                while !runs_on(text, start)
                    && let Some(&(head, bytes)) = self.shorter.get(&id)
                {
                    if !runs_on(text, start + bytes) {
                        emit(start, start + bytes, head);
                        next = start + bytes;
                        break;
                    }
                    id = head;
                }
                from = next;
                continue 'again;
            }
            return hits;
        }
    }
}

/// For how many hits more there shall be room when `found` of them ended by `byte` of `length`: as many as come if they go on
/// like this. A list that doubles is copied several times over; this one seldom. At most seven times what is there, since hits
/// may stand close at the beginning only.
fn more_hits(found: usize, byte: usize, length: usize) -> usize {
    let rate = found as f64 / byte.max(1) as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // not negative; too large is cut to the bound
    let expected = (rate * (length - byte) as f64 * 1.05) as usize;
    expected.clamp(4, (found * 7).max(4))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::matcher::Matcher;
    use super::super::{Entry, Negation};
    use super::*;

    #[test]
    fn room_is_made_for_the_hits_that_are_to_be_expected() {
        assert_eq!(more_hits(0, 3, 9000), 4);
        // A hit in ten bytes, nine tenths of the text ahead; then as far as the bound; then nothing ahead.
        assert_eq!(more_hits(200, 2000, 10_000), 840);
        assert_eq!(more_hits(200, 2000, 1_000_000), 1400);
        assert_eq!(more_hits(200, 2000, 2000), 4);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]
        #[test]
        fn finds_what_the_sifting_of_all_occurrences_finds(
            entries in prop::collection::vec(("[中国不AB1]{1,4}", 0_usize..3), 0..12),
            text in "[中国不AB1，]{0,24}",
            key: bool,
        ) {
            let categories = if key { ["a", "a", "a"] } else { ["a", "b", "c"] };
            let spec = Spec {
                entries: entries
                    .into_iter()
                    .map(|(text, c)| Entry { text, category: categories[c].into(), ..Entry::default() })
                    .collect(),
                negation: Some(Negation { words: vec!["不".into()], except: vec!["不A".into()], window: 2 }),
                ..Spec::default()
            };
            let scope = if key { NestedScope::Key } else { NestedScope::Dictionary };
            prop_assert!(Leftmost::fits(&spec, scope));
            let slow = Matcher::new(&spec).map(|m| m.find(&text, scope));
            let fast = Leftmost::new(&spec).map(|l| l.find(&text));
            prop_assert_eq!(fast, slow);
        }
    }
}
