//! The frequency spectrum of a text.

/// How often types occur: all that the measures by counts need, and the same whether it comes from tokens or from a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spectrum {
    pub(super) tokens: u64,
    types: u64,
    /// Frequency and number of types that have it, ascending.
    classes: Vec<(u64, u64)>,
}

impl Spectrum {
    /// From the counts of the types, in any order; zeros are no types.
    pub fn new(counts: impl IntoIterator<Item = u64>) -> Self {
        let mut counts: Vec<u64> = counts.into_iter().filter(|&c| c > 0).collect();
        counts.sort_unstable();
        Self {
            tokens: counts.iter().sum(),
            types: counts.len() as u64,
            classes: counts
                .chunk_by(|a, b| a == b)
                .map(|same| (same[0], same.len() as u64))
                .collect(),
        }
    }

    /// Number of tokens.
    pub const fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Number of types.
    pub const fn types(&self) -> u64 {
        self.types
    }

    pub(super) fn n(&self) -> f64 {
        self.tokens as f64
    }

    pub(super) fn v(&self) -> f64 {
        self.types as f64
    }

    /// Types that occur `i` times.
    pub(super) fn of(&self, i: u64) -> f64 {
        self.classes
            .binary_search_by_key(&i, |c| c.0)
            .map_or(0.0, |at| self.classes[at].1 as f64)
    }

    /// Σ over the types.
    pub(super) fn sum(&self, term: impl Fn(f64) -> f64) -> f64 {
        self.classes.iter().map(|&(f, n)| n as f64 * term(f as f64)).sum()
    }

    pub(super) fn squares(&self) -> f64 {
        self.sum(|f| f * f)
    }
}
