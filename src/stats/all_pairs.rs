//! All pairs of rows that reach a bound, without looking at the others.
//!
//! Idea of Bayardo, R. J., Ma, Y. & Srikant, R. (2007). Scaling up all pairs similarity search. *WWW '07*, 131–140: read a row from
//! its rarest column to its most common one, and stop admitting partners once the columns that are left cannot make up for
//! what was missed. What is left is bounded by the Cauchy–Schwarz inequality (cosine) or by the row's own mass
//! (Jaccard, Dice). Candidates are then compared exactly, columns ascending, so that every figure has the very
//! bits of the exhaustive search.
//!
//! Memory: a second copy of the rows, two columns of numbers a thread, and the result; never a matrix of pairs.

use super::coefficients::{Kernel, Similarity};
use super::sparse::SparseRows;
use crate::error::Result;

/// What rounding may take from a bound.
const SLACK: f64 = 1e-9;

/// How much of a row a partner must share for the pair to reach the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Of the norm: `min_similarity` (cosine).
    Norm,
    /// Of the sum over the columns: `min_similarity` (Jaccard, on sets or multisets).
    Union(Kernel),
    /// Of the number of columns: t / (2 − t) (Dice).
    Mean(Kernel),
}

impl Bound {
    /// The bound of a method, where it has one.
    pub(super) const fn of(method: Similarity) -> Option<Self> {
        match method {
            Similarity::Cosine => Some(Self::Norm),
            Similarity::Jaccard | Similarity::JaccardWeighted => Some(Self::Union(method.kernel())),
            Similarity::Dice => Some(Self::Mean(method.kernel())),
            _ => None,
        }
    }

    const fn kernel(self) -> Kernel {
        match self {
            Self::Norm => Kernel::Product,
            Self::Union(kernel) | Self::Mean(kernel) => kernel,
        }
    }

    /// Share of a row's mass that a pair of similarity `least` must have in common.
    fn share(self, least: f64) -> f64 {
        match self {
            Self::Norm | Self::Union(_) => least,
            Self::Mean(_) => least / (2.0 - least),
        }
    }

    /// Mass of one cell; masses of a row add up.
    fn mass(self, value: f64) -> f64 {
        match self {
            Self::Norm => value * value,
            Self::Union(kernel) | Self::Mean(kernel) => kernel.of(value, value),
        }
    }

    /// What columns of the given mass can add at most, as a share of the whole.
    fn reach(self, mass: f64, whole: f64) -> f64 {
        match self {
            Self::Norm => (mass.max(0.0) / whole).sqrt(),
            _ => mass / whole,
        }
    }
}

/// Rows, and for each column the rows that have it.
pub(super) struct Index<'a> {
    rows: &'a SparseRows,
    by_column: SparseRows,
    bound: Bound,
    share: f64,
    norms: Vec<f64>,
}

/// Room that a thread uses again for each row.
pub(super) struct Scratch {
    /// What a partner shares of the columns read so far.
    sums: Vec<f64>,
    /// Partners with a sum.
    touched: Vec<u32>,
    seen: Vec<bool>,
    /// The row by column.
    values: Vec<f64>,
}

impl<'a> Index<'a> {
    pub(super) fn new(rows: &'a SparseRows, bound: Bound, least: f64) -> Result<Self> {
        Ok(Self {
            rows,
            by_column: rows.transposed()?,
            bound,
            share: bound.share(least.min(1.0)) * (1.0 - SLACK),
            norms: rows.marginals().iter().map(|m| m.squares.sqrt()).collect(),
        })
    }

    pub(super) fn scratch(&self) -> Scratch {
        Scratch {
            sums: vec![0.0; self.rows.n_rows()],
            touched: Vec::new(),
            seen: vec![false; self.rows.n_rows()],
            values: vec![0.0; self.rows.n_columns()],
        }
    }

    /// Rows from `first` on that may reach the bound with `row`, ascending, with what they share: exact to the last bit.
    pub(super) fn candidates(&self, row: u32, first: u32, scratch: &mut Scratch) -> Vec<(u32, f64)> {
        let kernel = self.bound.kernel();
        let (columns, values) = self.rows.row(row as usize);
        let mut order: Vec<(usize, usize)> = (0..columns.len())
            .map(|i| (self.by_column.row(columns[i] as usize).0.len(), i))
            .collect();
        order.sort_unstable();
        let whole: f64 = values.iter().map(|&v| self.bound.mass(v)).sum();
        let mut left = whole;
        let norm = self.norms[row as usize];
        for (_, i) in order {
            if self.bound.reach(left, whole) < self.share {
                break;
            }
            let a = values[i];
            left -= self.bound.mass(a);
            let (others, cells) = self.by_column.row(columns[i] as usize);
            let start = others.partition_point(|&other| other < first);
            for (&other, &b) in others[start..].iter().zip(&cells[start..]) {
                let place = other as usize;
                if !scratch.seen[place] {
                    scratch.seen[place] = true;
                    scratch.touched.push(other);
                }
                scratch.sums[place] += kernel.of(a, b);
            }
        }
        for (&column, &value) in columns.iter().zip(values) {
            scratch.values[column as usize] = value;
        }
        let rest = self.bound.reach(left, whole);
        scratch.touched.sort_unstable();
        let mut found = Vec::new();
        for &other in &scratch.touched {
            let place = other as usize;
            let so_far = match self.bound {
                Bound::Norm => scratch.sums[place] / (norm * self.norms[place]),
                _ => scratch.sums[place] / whole,
            };
            scratch.sums[place] = 0.0;
            scratch.seen[place] = false;
            if other == row || so_far + rest + SLACK < self.share {
                continue;
            }
            let (theirs, cells) = self.rows.row(place);
            let mut shared = 0.0;
            for (&column, &b) in theirs.iter().zip(cells) {
                let a = scratch.values[column as usize];
                if a != 0.0 {
                    shared += kernel.of(a, b);
                }
            }
            found.push((other, shared));
        }
        scratch.touched.clear();
        for &column in columns {
            scratch.values[column as usize] = 0.0;
        }
        found
    }
}
