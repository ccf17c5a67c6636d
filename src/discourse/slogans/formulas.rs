//! Set phrases of national official language that count without quotation marks, and what they stand for.
//!
//! They are the list `slogans/formulas`.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::class::SloganClass;
use crate::list;

/// One row of the list.
#[derive(Debug, Clone, Copy)]
pub struct Formula {
    /// The phrase.
    pub surface: &'static str,
    /// Its class.
    pub class: SloganClass,
    /// What it stands for.
    pub expansion: Option<&'static str>,
}

/// The list, in its written order.
pub fn all() -> &'static [Formula] {
    static ALL: OnceLock<Vec<Formula>> = OnceLock::new();
    ALL.get_or_init(|| {
        list!("slogans/formulas")
            .entries()
            .iter()
            .filter_map(|entry| {
                Some(Formula {
                    surface: entry.word,
                    class: entry.field(1).parse().ok()?,
                    expansion: Some(entry.field(3)).filter(|e| !e.is_empty()),
                })
            })
            .collect()
    })
}

/// The row of a phrase.
pub fn of(surface: &str) -> Option<&'static Formula> {
    static ROWS: OnceLock<FxHashMap<&'static str, &'static Formula>> = OnceLock::new();
    ROWS.get_or_init(|| all().iter().map(|f| (f.surface, f)).collect())
        .get(surface)
        .copied()
}

/// Leftmost, longest matches in a text: byte start, byte end, row.
pub fn matches(text: &str) -> Vec<(usize, usize, &'static Formula)> {
    static AUTOMATON: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let automaton = AUTOMATON.get_or_init(|| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(all().iter().map(|f| f.surface))
            .ok()
    });
    let Some(automaton) = automaton else {
        return Vec::new();
    };
    automaton
        .find_iter(text)
        .filter_map(|m| Some((m.start(), m.end(), all().get(m.pattern().as_usize())?)))
        .collect()
}
