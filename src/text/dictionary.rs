//! Dictionaries of categories, looked up on text.
//!
//! A [`Dictionary`] is a value: entries that belong to categories, with what bars them and what negates them. Look-up works on
//! characters, so that it does not depend on how a segmenter cuts: of every admissible occurrence of every entry, found by
//! an Aho–Corasick automaton (Aho, A. V. & Corasick, M. J. 1975, *CACM* 18(6)), the leftmost-longest are kept.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::run::Watch;

mod candidates;
pub mod glob;
mod leftmost;
mod matcher;
mod negation;
mod strings;

use leftmost::Leftmost;
use matcher::Matcher;

/// Between the names of nested categories in [`Entry::category`]; no name may hold it.
pub const LEVEL: char = '\u{1f}';

/// What is looked for, and what it stands for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// Category: names from the outermost to the innermost, joined by [`LEVEL`].
    pub category: String,
    /// The string, or the pattern where [`Spec::glob`] holds.
    pub text: String,
    /// Weight, such as a polarity; finite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// The entry is barred in front of any of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_before: Vec<String>,
    /// The entry is barred behind any of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_after: Vec<String>,
    /// The entry is barred inside any of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_inside: Vec<String>,
}

/// Which words negate what stands behind them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Negation {
    /// Words that negate.
    pub words: Vec<String>,
    /// Words that hold one of them but negate nothing (不断, 不仅).
    pub except: Vec<String>,
    /// Most characters between the negating word and the hit.
    pub window: usize,
}

/// Everything that decides what a [`Dictionary`] finds; two lexica with equal specifications are equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Spec {
    /// The entries, in the user's order.
    pub entries: Vec<Entry>,
    /// Strings inside which nothing is found, whatever the category.
    pub exclusions: Vec<String>,
    /// Negation, if it is looked at.
    pub negation: Option<Negation>,
    /// Whether `*` and `?` are wildcards.
    pub glob: bool,
    /// Whether ASCII letters match whatever their case.
    pub case_insensitive: bool,
    /// Whether entries, exclusions, contexts and negating words are also found in the other script.
    pub variants: bool,
}

impl std::hash::Hash for Entry {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.category, &self.text, self.weight.map(f64::to_bits)).hash(state);
        (&self.not_before, &self.not_after, &self.not_inside).hash(state);
    }
}

impl std::hash::Hash for Spec {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.entries, &self.exclusions, &self.negation).hash(state);
        (self.glob, self.case_insensitive, self.variants).hash(state);
    }
}

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

crate::words! {
    /// How hits that overlap are thinned out.
    #[derive(Default)]
    pub enum NestedScope as "nested_scope" {
        /// Leftmost-longest among the entries of each category: a stretch may be a hit of several.
        Key = "key",
        /// Leftmost-longest among all entries: a hit is never inside or across another, but equal stretches stay.
        #[default]
        Dictionary = "dictionary",
    }
}

/// A dictionary of categories. Cheap to clone; its automaton is built at the first look-up and shared by all equal values.
#[derive(Debug, Clone)]
pub struct Dictionary {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    spec: Spec,
    hash: u64,
    matcher: OnceLock<Result<Matcher>>,
    leftmost: OnceLock<Result<Leftmost>>,
    /// Whether [`Leftmost`] fits, with [`NestedScope::Key`] and with [`NestedScope::Dictionary`].
    fits: [bool; 2],
}

/// An automaton that is built, and how to ask it.
enum Finder<'a> {
    Leftmost(&'a Leftmost),
    Matcher(&'a Matcher, NestedScope),
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
            || (self.inner.hash == other.inner.hash && self.inner.spec == other.inner.spec)
    }
}

impl Eq for Dictionary {}

impl std::hash::Hash for Dictionary {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.inner.hash.hash(state);
    }
}

/// Says what is wrong with a string that shall be found.
fn check_string(text: &str, what: &str) -> std::result::Result<(), String> {
    if text.trim().is_empty() {
        Err(format!("{what} is empty"))
    } else if text.contains(|c: char| c.is_control()) {
        Err(format!("{what} {text:?} holds a line break or control character"))
    } else {
        Ok(())
    }
}

fn check_entry(entry: &Entry, glob: bool) -> std::result::Result<(), String> {
    check_string(&entry.text, "the entry")?;
    for name in entry.category.split(LEVEL) {
        check_string(name, "the name of a category")?;
    }
    for context in [&entry.not_before, &entry.not_after, &entry.not_inside]
        .into_iter()
        .flatten()
    {
        check_string(context, "a context")?;
    }
    for around in &entry.not_inside {
        if !glob && !around.contains(&entry.text) {
            return Err(format!("{around:?} does not hold the entry {:?}", entry.text));
        }
    }
    if entry.weight.is_some_and(|w| !w.is_finite()) {
        return Err(format!("the weight of {:?} is not finite", entry.text));
    }
    if glob {
        glob::Glob::new(&entry.text)?;
    }
    Ok(())
}

impl Dictionary {
    /// Checks entries; `origin` names their source in errors and `lines` gives the line of each (1, 2, … where empty).
    ///
    /// # Errors
    /// [`Error::Dictionary`] for an entry, name or context that is empty or holds a control character, a weight that is not
    /// finite, a pattern without a literal character, a context that cannot hold the entry; [`Error::Parameter`] for empty
    /// exclusions and negating words.
    pub fn new(spec: Spec, origin: &str, lines: &[usize]) -> Result<Self> {
        for (i, entry) in spec.entries.iter().enumerate() {
            check_entry(entry, spec.glob).map_err(|problem| Error::Dictionary {
                origin: origin.to_owned(),
                line: lines.get(i).copied().unwrap_or(i + 1),
                problem,
            })?;
        }
        let lists = [
            ("exclusions", Some(&spec.exclusions)),
            ("negation", spec.negation.as_ref().map(|n| &n.words)),
            ("negation_except", spec.negation.as_ref().map(|n| &n.except)),
        ];
        for (argument, list) in lists {
            for word in list.into_iter().flatten() {
                check_string(word, "a string").map_err(|problem| {
                    Error::parameter(argument, "strings that are not empty, on one line", problem)
                })?;
            }
        }
        Ok(Self::shared(spec))
    }

    /// The value of this process that equals `spec`, so that its automaton is built once.
    fn shared(spec: Spec) -> Self {
        static KNOWN: Mutex<Vec<Weak<Inner>>> = Mutex::new(Vec::new());
        let hash = {
            use std::hash::{Hash, Hasher};
            let mut hasher = rustc_hash::FxHasher::default();
            spec.hash(&mut hasher);
            hasher.finish()
        };
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|inner| inner.strong_count() > 0);
        for inner in known.iter().filter_map(Weak::upgrade) {
            if inner.hash == hash && inner.spec == spec {
                return Self { inner };
            }
        }
        let fits = [NestedScope::Key, NestedScope::Dictionary].map(|scope| Leftmost::fits(&spec, scope));
        let inner = Arc::new(Inner {
            spec,
            hash,
            matcher: OnceLock::new(),
            leftmost: OnceLock::new(),
            fits,
        });
        known.push(Arc::downgrade(&inner));
        Self { inner }
    }

    /// What it was made of.
    pub fn spec(&self) -> &Spec {
        &self.inner.spec
    }

    /// The automaton for a scope, built at the first call.
    fn finder(&self, scope: NestedScope) -> Result<Finder<'_>> {
        let inner = &*self.inner;
        if inner.fits[usize::from(scope == NestedScope::Dictionary)] {
            let built = inner.leftmost.get_or_init(|| Leftmost::new(&inner.spec));
            return built.as_ref().map(Finder::Leftmost).map_err(Clone::clone);
        }
        let built = inner.matcher.get_or_init(|| Matcher::new(&inner.spec));
        let built = built.as_ref().map_err(Clone::clone)?;
        Ok(Finder::Matcher(built, scope))
    }

    /// Hits in one text, by place, then in the order of the entries.
    ///
    /// # Errors
    /// [`Error::Data`] where the automaton would be too large (beyond 2³¹ states).
    pub fn find(&self, text: &str, scope: NestedScope) -> Result<Vec<Hit>> {
        Ok(self.finder(scope)?.find(&self.inner.spec, text))
    }
}

impl Finder<'_> {
    fn find(&self, spec: &Spec, text: &str) -> Vec<Hit> {
        let folded = (spec.case_insensitive && text.bytes().any(|b| b.is_ascii_uppercase()))
            .then(|| text.to_ascii_lowercase());
        let text = folded.as_deref().unwrap_or(text);
        match self {
            Self::Leftmost(leftmost) => leftmost.find(text),
            Self::Matcher(matcher, scope) => matcher.find(text, *scope),
        }
    }
}

/// Hits in each text, on all cores.
///
/// # Errors
/// As [`Dictionary::find`]; [`Error::Interrupted`].
pub fn find_all(
    dictionary: &Dictionary,
    texts: &[&str],
    scope: NestedScope,
    watch: &Watch,
) -> Result<Vec<Vec<Hit>>> {
    let finder = dictionary.finder(scope)?;
    texts
        .par_iter()
        .map(|text| {
            watch.step(1)?;
            Ok(finder.find(dictionary.spec(), text))
        })
        .collect()
}
