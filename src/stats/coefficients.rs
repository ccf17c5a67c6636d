//! Similarity coefficients: what is summed over the columns that two rows share, and what the sum becomes.

use super::sparse::Marginal;
use crate::registry::{Entry, Family, Sign};

crate::words! {
    /// How alike two rows are. `a`, `b` are the values; A, B the sets of columns where they are not 0; n the number of columns.
    pub enum Similarity as "method" {
        /// Σab / √(Σa²·Σb²). Undefined where a row is empty.
        Cosine = "cosine",
        /// |A∩B| / |A∪B|. Undefined where both are empty.
        Jaccard = "jaccard",
        /// 2|A∩B| / (|A| + |B|). Undefined where both are empty.
        Dice = "dice",
        /// |A∩B| / min(|A|, |B|). Undefined where a row is empty.
        Overlap = "overlap",
        /// Σmin(a,b) / Σmax(a,b): Jaccard on multisets (Ruzicka). Undefined where both are empty; values must not be negative.
        JaccardWeighted = "jaccard_weighted",
        /// Σab / (Σa² + Σb² − Σab): the extended Jaccard or Tanimoto coefficient. Undefined where both are empty.
        JaccardExtended = "jaccard_extended",
        /// 2Σab / (Σa² + Σb²): the extended Dice coefficient. Undefined where both are empty.
        DiceExtended = "dice_extended",
        /// Pearson's correlation over all n columns. Undefined where a row is constant.
        Correlation = "correlation",
        /// Share of the n columns that both rows have or both lack. Undefined without columns.
        SimpleMatching = "simple_matching",
        /// Simple matching from −1 to 1: (same − different) / n. Undefined without columns.
        Hamann = "hamann",
    }
}

/// What is summed over the columns that both rows have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kernel {
    Product,
    Minimum,
    Presence,
}

impl Kernel {
    /// What one shared column adds.
    #[inline]
    pub(super) fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Product => a * b,
            Self::Minimum => a.min(b),
            Self::Presence => 1.0,
        }
    }
}

impl Similarity {
    /// The row of the registry.
    pub const fn entry(self) -> Entry {
        let (range, formula, source) = match self {
            Self::Cosine => (
                (-1.0, 1.0),
                "sum(ab) / sqrt(sum(a^2) * sum(b^2))",
                "Salton & McGill 1983",
            ),
            Self::Jaccard => ((0.0, 1.0), "|A & B| / |A | B|", "Jaccard 1912"),
            Self::Dice => ((0.0, 1.0), "2|A & B| / (|A| + |B|)", "Dice 1945"),
            Self::Overlap => (
                (0.0, 1.0),
                "|A & B| / min(|A|, |B|)",
                "Szymkiewicz 1934; Simpson 1960",
            ),
            Self::JaccardWeighted => ((0.0, 1.0), "sum(min(a, b)) / sum(max(a, b))", "Ruzicka 1958"),
            Self::JaccardExtended => (
                (-1.0 / 3.0, 1.0),
                "sum(ab) / (sum(a^2) + sum(b^2) - sum(ab))",
                "Tanimoto 1958",
            ),
            Self::DiceExtended => (
                (-1.0, 1.0),
                "2 * sum(ab) / (sum(a^2) + sum(b^2))",
                "Leydesdorff 2008",
            ),
            Self::Correlation => ((-1.0, 1.0), "Pearson's r over all columns", "Pearson 1896"),
            Self::SimpleMatching => (
                (0.0, 1.0),
                "columns that both have or both lack / n",
                "Sokal & Michener 1958",
            ),
            Self::Hamann => ((-1.0, 1.0), "(same - different) / n", "Hamann 1961"),
        };
        Entry {
            word: self.name(),
            family: Family::Similarity,
            range,
            sign: Sign::Alike,
            formula,
            source,
        }
    }

    pub(super) const fn kernel(self) -> Kernel {
        match self {
            Self::Cosine | Self::JaccardExtended | Self::DiceExtended | Self::Correlation => Kernel::Product,
            Self::JaccardWeighted => Kernel::Minimum,
            Self::Jaccard | Self::Dice | Self::Overlap | Self::SimpleMatching | Self::Hamann => {
                Kernel::Presence
            }
        }
    }

    /// The figure from the sum over shared columns and the marginals; `None` where it is undefined.
    pub(super) fn finish(self, shared: f64, a: Marginal, b: Marginal, n: f64) -> Option<f64> {
        let quotient =
            |numerator: f64, denominator: f64| (denominator > 0.0).then(|| numerator / denominator);
        match self {
            Self::Cosine => quotient(shared, a.squares.sqrt() * b.squares.sqrt()).map(|c| c.clamp(-1.0, 1.0)),
            Self::Jaccard => quotient(shared, a.cells + b.cells - shared),
            Self::Dice => quotient(2.0 * shared, a.cells + b.cells),
            Self::Overlap => quotient(shared, a.cells.min(b.cells)),
            Self::JaccardWeighted => quotient(shared, a.sum + b.sum - shared),
            Self::JaccardExtended => quotient(shared, a.squares + b.squares - shared),
            Self::DiceExtended => quotient(2.0 * shared, a.squares + b.squares),
            Self::Correlation => {
                let spread = |m: Marginal| {
                    let spread = n * m.squares - m.sum * m.sum;
                    // What rounding leaves of a constant row is no spread.
                    (spread > 1e-14 * n * m.squares).then_some(spread)
                };
                let product = spread(a)?.sqrt() * spread(b)?.sqrt();
                quotient(n * shared - a.sum * b.sum, product).map(|c| c.clamp(-1.0, 1.0))
            }
            Self::SimpleMatching => quotient(n - (a.cells + b.cells - 2.0 * shared), n),
            Self::Hamann => quotient(n - 2.0 * (a.cells + b.cells - 2.0 * shared), n),
        }
    }
}
