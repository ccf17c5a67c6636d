//! Look-up where entries have contexts, exclusions or patterns, or categories hide nothing of one another: every occurrence of
//! every string, and what becomes of them.

use daachorse::CharwiseDoubleArrayAhoCorasick;
use rustc_hash::FxHashMap;

use super::candidates::{Candidate, Candidates, Cover, Span};
use super::glob::Glob;
use super::negation::Negators;
use super::strings::{count_chars, forms, runs_on, too_large};
use super::{Hit, NestedScope, Spec};
use crate::error::{Error, Result};

/// What a string of the automaton means.
#[derive(Debug, Clone, Copy)]
enum Role {
    /// An entry.
    Entry(u32),
    /// The anchor of a pattern, as an index into `globs`.
    Pattern(u32),
    /// Nothing inside is a hit.
    Exclusion,
    /// Inside, this entry is no hit.
    NotInside(u32),
}

/// See [`super::Dictionary`].
pub(super) struct Matcher {
    /// `None` where there is nothing to find.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Roles of string `i`: `roles[starts[i]..starts[i + 1]]`.
    starts: Vec<u32>,
    roles: Vec<Role>,
    /// Patterns with the entry that each belongs to.
    globs: Vec<(u32, Glob)>,
    /// Category of each entry as a number.
    categories: Vec<u32>,
    /// Contexts that bar an entry: in front of (`true`) or behind (`false`).
    contexts: FxHashMap<u32, Vec<(bool, String)>>,
    negators: Option<Negators>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Matcher of {} strings", self.starts.len().saturating_sub(1))
    }
}

#[derive(Default)]
struct Raw {
    candidates: Candidates,
    exclusions: Vec<Span>,
    not_inside: Vec<(u32, Span)>,
}

impl Matcher {
    pub(super) fn new(spec: &Spec) -> Result<Self> {
        let mut pairs: Vec<(String, Role)> = Vec::with_capacity(spec.entries.len());
        let mut globs: Vec<(u32, Glob)> = Vec::new();
        let mut contexts: FxHashMap<u32, Vec<(bool, String)>> = FxHashMap::default();
        let mut categories = Vec::with_capacity(spec.entries.len());
        let mut category_ids: FxHashMap<&str, u32> = FxHashMap::default();
        let number = |n: usize| u32::try_from(n).map_err(|_| too_large(n));
        for (i, entry) in spec.entries.iter().enumerate() {
            let index = number(i)?;
            let next = number(category_ids.len())?;
            categories.push(*category_ids.entry(&entry.category).or_insert(next));
            for form in forms(&entry.text, spec) {
                let wild = spec.glob && form.contains(['*', '?']);
                if wild {
                    let glob =
                        Glob::new(&form).map_err(|p| Error::data("dictionary", "valid patterns", p))?;
                    pairs.push((glob.anchor.clone(), Role::Pattern(number(globs.len())?)));
                    globs.push((index, glob));
                } else {
                    pairs.push((form, Role::Entry(index)));
                }
            }
            for around in entry.not_inside.iter().flat_map(|t| forms(t, spec)) {
                pairs.push((around, Role::NotInside(index)));
            }
            let sides = [(true, &entry.not_before), (false, &entry.not_after)];
            for (before, list) in sides {
                for context in list.iter().flat_map(|t| forms(t, spec)) {
                    contexts.entry(index).or_default().push((before, context));
                }
            }
        }
        for text in spec.exclusions.iter().flat_map(|t| forms(t, spec)) {
            pairs.push((text, Role::Exclusion));
        }
        // By string, so that the trie grows along one path at a time; stable, so that roles stay in the user's order.
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        let (mut starts, mut roles) = (vec![0_u32], Vec::with_capacity(pairs.len()));
        let mut strings: Vec<(&str, u32)> = Vec::with_capacity(pairs.len());
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            strings.push((group[0].0.as_str(), number(strings.len())?));
            roles.extend(group.iter().map(|p| p.1));
            starts.push(number(roles.len())?);
        }
        let n = strings.len();
        let automaton = if n == 0 {
            None
        } else {
            let built = CharwiseDoubleArrayAhoCorasick::with_values(strings);
            Some(built.map_err(|_| too_large(n))?)
        };
        Ok(Self {
            automaton,
            starts,
            roles,
            globs,
            categories,
            contexts,
            negators: Negators::new(spec)?,
        })
    }

    fn raw(&self, text: &str) -> Raw {
        let mut raw = Raw::default();
        let Some(automaton) = &self.automaton else {
            return raw;
        };
        for found in automaton.find_overlapping_iter(text) {
            let (start, end, id) = (found.start(), found.end(), found.value() as usize);
            for role in &self.roles[self.starts[id] as usize..self.starts[id + 1] as usize] {
                match *role {
                    Role::Entry(entry) => {
                        if let Some((start, end)) = self.admit(entry, None, text, (start, end)) {
                            raw.candidates.push((start, end, entry));
                        }
                    }
                    Role::Pattern(pattern) => {
                        let (entry, glob) = &self.globs[pattern as usize];
                        if let Some((start, end)) = self.admit(*entry, Some(glob), text, (start, end)) {
                            raw.candidates.push((start, end, *entry));
                        }
                    }
                    Role::Exclusion => raw.exclusions.push((start, end)),
                    Role::NotInside(entry) => raw.not_inside.push((entry, (start, end))),
                }
            }
        }
        raw
    }

    /// The whole stretch of an entry whose string was found, unless what stands around it bars it.
    fn admit(&self, entry: u32, glob: Option<&Glob>, text: &str, place: Span) -> Option<Span> {
        let (mut start, mut end) = match glob {
            Some(glob) => glob.extend(text, place.0, place.1)?,
            None => place,
        };
        let (open_left, open_right) = glob.map_or((false, false), |g| (g.open_left, g.open_right));
        while runs_on(text, start) {
            if !open_left {
                return None;
            }
            start -= 1;
        }
        while runs_on(text, end) {
            if !open_right {
                return None;
            }
            end += 1;
        }
        if self.contexts.is_empty() {
            return Some((start, end));
        }
        let barred = self.contexts.get(&entry).is_some_and(|contexts| {
            contexts.iter().any(|(before, context)| {
                if *before {
                    text[end..].starts_with(context.as_str())
                } else {
                    text[..start].ends_with(context.as_str())
                }
            })
        });
        (!barred).then_some((start, end))
    }

    /// Hits in a text that is folded already where case does not count.
    pub(super) fn find(&self, text: &str, scope: NestedScope) -> Vec<Hit> {
        let Raw {
            candidates,
            exclusions,
            not_inside,
        } = self.raw(text);
        let mut candidates = candidates.sorted();
        if candidates.is_empty() {
            return Vec::new();
        }
        if !(exclusions.is_empty() && not_inside.is_empty()) {
            let excluded = Cover::new(exclusions);
            candidates.retain(|&(start, end, entry)| {
                !excluded.holds(start, end)
                    && !not_inside
                        .iter()
                        .any(|&(e, (from, to))| e == entry && from <= start && end <= to)
            });
        }
        let kept = self.thinned(&candidates, scope);
        let negated = self.negators.as_ref().map(|n| n.of(text));
        let (mut byte, mut chars) = (0, 0);
        kept.into_iter()
            .map(|(start, end, entry)| {
                chars += count_chars(&text[byte..start]);
                byte = start;
                Hit {
                    start,
                    end,
                    entry: entry as usize,
                    char_start: chars,
                    char_end: chars + count_chars(&text[start..end]),
                    negated: negated.as_ref().is_some_and(|n| n.at(start)),
                }
            })
            .collect()
    }

    /// Leftmost-longest; of two entries of a category at one place the first stays.
    fn thinned(&self, candidates: &[Candidate], scope: NestedScope) -> Vec<Candidate> {
        let mut kept: Vec<Candidate> = Vec::new();
        // Categories of the stretch in hand: few, as a rule one.
        let mut here: Vec<u32> = Vec::new();
        let mut taken: Span = (0, 0);
        let mut free: FxHashMap<u32, usize> = FxHashMap::default();
        for &(start, end, entry) in candidates {
            let category = self.categories[entry as usize];
            let fits = match scope {
                NestedScope::Dictionary if (start, end) == taken => {
                    let fits = !here.contains(&category);
                    here.push(category);
                    fits
                }
                NestedScope::Dictionary if start >= taken.1 => {
                    taken = (start, end);
                    here.clear();
                    here.push(category);
                    true
                }
                NestedScope::Dictionary => false,
                NestedScope::Key => {
                    let from = free.entry(category).or_insert(0);
                    let fits = start >= *from;
                    if fits {
                        *from = end;
                    }
                    fits
                }
            };
            if fits {
                kept.push((start, end, entry));
            }
        }
        kept
    }
}
