//! Set phrases of national official language that count without quotation marks, and what they stand for.
//!
//! `formulas.tsv` was written from general knowledge of official Chinese; its column `kind` names the field of policy, its
//! column `expansion` the members in their usual official wording, empty where there is no fixed one.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Class;

/// One row of the list.
#[derive(Debug, Clone, Copy)]
pub struct Formula {
    /// The phrase.
    pub surface: &'static str,
    /// Its class.
    pub class: Class,
    /// What it stands for.
    pub expansion: Option<&'static str>,
}

/// The list, in its written order.
pub fn all() -> &'static [Formula] {
    static ALL: OnceLock<Vec<Formula>> = OnceLock::new();
    ALL.get_or_init(|| {
        include_str!("formulas.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let surface = cells.next()?;
                let class = Class::from_name(cells.next()?)?;
                let expansion = cells.nth(1).filter(|e| !e.is_empty());
                Some(Formula {
                    surface,
                    class,
                    expansion,
                })
            })
            .collect()
    })
}

/// The row of a phrase.
pub fn of(surface: &str) -> Option<&'static Formula> {
    all().iter().find(|f| f.surface == surface)
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
