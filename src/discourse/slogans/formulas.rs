//! Set phrases of national official language that count without quotation marks, and what they stand for.
//!
//! They are the list `slogans/formulas`.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use super::class::SloganClass;
use crate::discourse::chars::Chars;
use crate::list;
use crate::lists::Starts;

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

/// Leftmost, longest matches in a text: place in characters, row.
pub fn matches(text: &Chars) -> Vec<(Range<usize>, &'static Formula)> {
    static STARTS: LazyLock<Starts> = LazyLock::new(|| list!("slogans/formulas").starts());
    let chars = text.span(0..text.len());
    let starts = &*STARTS;
    let mut found = Vec::new();
    let mut free = 0;
    for (at, &c) in chars.iter().enumerate() {
        if starts.has(c)
            && at >= free
            && let Some(entry) = list!("slogans/formulas").longest_at(chars, at)
            && let Some(formula) = of(entry.word)
        {
            free = at + entry.len();
            found.push((at..free, formula));
        }
    }
    found
}
