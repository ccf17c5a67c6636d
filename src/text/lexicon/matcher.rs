//! The automaton of a lexicon, and what becomes of its raw matches.

use daachorse::CharwiseDoubleArrayAhoCorasick;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::candidates::{Candidate, Candidates, Cover, Span};
use super::glob::Glob;
use super::{Lexicon, NestedScope, Spec};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::text::script::{Script, convert};

/// An entry at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Index of the entry in [`Spec::entries`].
    pub entry: usize,
    /// First character.
    pub char_start: usize,
    /// One past the last character.
    pub char_end: usize,
    /// Whether an odd number of negating words stands before it.
    pub negated: bool,
}

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
    Negator,
    NotNegator,
}

/// See [`super::Lexicon`].
pub(crate) struct Matcher {
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
    negators: Vec<Span>,
    not_negators: Vec<Span>,
}

/// The forms of a string that are looked for.
///
/// A space between Han characters is how dictionaries for tokens write a phrase; running text has none there.
fn forms(text: &str, spec: &Spec) -> Vec<String> {
    let latin = |c: Option<char>| c.is_none_or(|c| c.is_ascii());
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != ' ' || latin(plain.chars().next_back()) || latin(chars.peek().copied()) {
            plain.push(c);
        }
    }
    let text = plain.as_str();
    let mut forms = vec![text.to_owned()];
    if spec.variants {
        for script in [Script::Simplified, Script::Traditional] {
            let other = convert(text, script);
            if !forms.contains(&other) {
                forms.push(other);
            }
        }
    }
    if spec.case_insensitive {
        for form in &mut forms {
            form.make_ascii_lowercase();
        }
    }
    forms
}

/// Whether a Latin word or number goes on across this place. Bytes tell: those of longer characters are none of ASCII.
fn runs_on(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let joins = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && joins(at - 1) && joins(at)
}

/// Whether a character cannot stand between a negating word and what it negates.
fn is_barrier(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '“' | '”' | '‘' | '’' | '"' | '《' | '》' | '「' | '」')
}

impl Matcher {
    pub(super) fn new(spec: &Spec) -> Result<Self> {
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        let mut pairs: Vec<(u32, Role)> = Vec::with_capacity(spec.entries.len());
        let mut globs: Vec<(u32, Glob)> = Vec::new();
        let mut contexts: FxHashMap<u32, Vec<(bool, String)>> = FxHashMap::default();
        let mut categories = Vec::with_capacity(spec.entries.len());
        let mut category_ids: FxHashMap<&str, u32> = FxHashMap::default();
        let number = |n: usize| u32::try_from(n).map_err(|_| too_large(n));
        let mut add = |text: String, role: Role| -> Result<()> {
            let next = number(ids.len())?;
            pairs.push((*ids.entry(text).or_insert(next), role));
            Ok(())
        };
        for (i, entry) in spec.entries.iter().enumerate() {
            let index = number(i)?;
            let next = number(category_ids.len())?;
            categories.push(*category_ids.entry(&entry.category).or_insert(next));
            for form in forms(&entry.text, spec) {
                let wild = spec.glob && form.contains(['*', '?']);
                if wild {
                    let glob =
                        Glob::new(&form).map_err(|p| Error::data("dictionary", "valid patterns", p))?;
                    add(glob.anchor.clone(), Role::Pattern(number(globs.len())?))?;
                    globs.push((index, glob));
                } else {
                    add(form, Role::Entry(index))?;
                }
            }
            for around in entry.not_inside.iter().flat_map(|t| forms(t, spec)) {
                add(around, Role::NotInside(index))?;
            }
            let sides = [(true, &entry.not_before), (false, &entry.not_after)];
            for (before, list) in sides {
                for context in list.iter().flat_map(|t| forms(t, spec)) {
                    contexts.entry(index).or_default().push((before, context));
                }
            }
        }
        for text in spec.exclusions.iter().flat_map(|t| forms(t, spec)) {
            add(text, Role::Exclusion)?;
        }
        if let Some(negation) = &spec.negation {
            for text in negation.words.iter().flat_map(|t| forms(t, spec)) {
                add(text, Role::Negator)?;
            }
            for text in negation.except.iter().flat_map(|t| forms(t, spec)) {
                add(text, Role::NotNegator)?;
            }
        }
        pairs.sort_by_key(|p| p.0);
        let mut starts = vec![0_u32; ids.len() + 1];
        for (id, _) in &pairs {
            starts[*id as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let automaton = if ids.is_empty() {
            None
        } else {
            let n = ids.len();
            let built = CharwiseDoubleArrayAhoCorasick::with_values(ids);
            Some(built.map_err(|_| too_large(n))?)
        };
        Ok(Self {
            automaton,
            starts,
            roles: pairs.into_iter().map(|p| p.1).collect(),
            globs,
            categories,
            contexts,
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
                    Role::Negator => raw.negators.push((start, end)),
                    Role::NotNegator => raw.not_negators.push((start, end)),
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

    pub(super) fn find(&self, spec: &Spec, text: &str, scope: NestedScope) -> Vec<Hit> {
        let folded = (spec.case_insensitive && text.bytes().any(|b| b.is_ascii_uppercase()))
            .then(|| text.to_ascii_lowercase());
        let text = folded.as_deref().unwrap_or(text);
        let Raw {
            candidates,
            exclusions,
            not_inside,
            negators,
            not_negators,
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
        let negators = {
            let except = Cover::new(not_negators);
            longest(negators, &except)
        };
        let window = spec.negation.as_ref().map_or(0, |n| n.window);
        let (mut byte, mut chars) = (0, 0);
        kept.into_iter()
            .map(|(start, end, entry)| {
                chars += text[byte..start].chars().count();
                byte = start;
                Hit {
                    start,
                    end,
                    entry: entry as usize,
                    char_start: chars,
                    char_end: chars + text[start..end].chars().count(),
                    negated: is_negated(text, start, &negators, window),
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

fn too_large(found: usize) -> Error {
    Error::data(
        "dictionary",
        "of a size that fits an automaton of 2^31 states",
        format!("{found} strings"),
    )
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

fn is_negated(text: &str, start: usize, negators: &[Span], window: usize) -> bool {
    let before = negators.partition_point(|n| n.1 <= start);
    let mut odd = false;
    for &(_, end) in negators[..before].iter().rev() {
        // A character has at most four bytes.
        if start - end > 4 * window {
            break;
        }
        let between = &text[end..start];
        if between.chars().count() > window || between.contains(is_barrier) {
            break;
        }
        odd = !odd;
    }
    odd
}

/// Hits in each text, on all cores.
///
/// # Errors
/// As [`Lexicon::find`]; [`Error::Interrupted`].
pub fn find_all(
    lexicon: &Lexicon,
    texts: &[&str],
    scope: NestedScope,
    watch: &Watch,
) -> Result<Vec<Vec<Hit>>> {
    let matcher = lexicon.matcher()?;
    texts
        .par_iter()
        .map(|text| {
            watch.step(1)?;
            Ok(matcher.find(lexicon.spec(), text, scope))
        })
        .collect()
}
