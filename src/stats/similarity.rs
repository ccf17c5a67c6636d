//! Similarity of sparse rows.
//!
//! A row is a document over its features, or a feature over its documents. Sums run over the columns in ascending order,
//! so a figure depends neither on threads nor on the place of the rows.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::run::Watch;

use super::all_pairs;
use super::coefficients::Similarity;
pub use super::sparse::SparseRows;
use super::sparse::row_id;

/// Most pairs that are returned where nothing bounds them (about a gigabyte of columns).
pub const MOST_PAIRS: u64 = 50_000_000;

/// Which pairs are wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wanted {
    /// The rows whose neighbours are wanted; each pair then has the row that was asked for first. `None`: every pair once.
    pub of: Option<Vec<u32>>,
    /// Leave out pairs that are less alike (distances: farther apart), and pairs without a figure.
    pub bound: Option<f64>,
    /// Keep that many nearest neighbours a row, ties by row number; pairs without a figure are left out. Where `of` is
    /// `None`, of every row.
    pub top: Option<usize>,
    /// Compare the rows below this number with the rows from it on, and with no others: one matrix against another.
    pub split: Option<u32>,
}

impl Wanted {
    /// Whether each row that is asked for gets neighbours of its own.
    pub(super) const fn directed(&self) -> bool {
        self.of.is_some() || self.top.is_some()
    }

    /// The rows that are asked for.
    pub(super) fn asked(&self, n_rows: usize) -> Result<Vec<u32>> {
        Ok(match &self.of {
            Some(of) => of.clone(),
            None => (0..self.split.unwrap_or(row_id(n_rows)?)).collect(),
        })
    }

    /// The first row that `row` is compared with.
    pub(super) fn least(&self, row: u32, ordered: bool) -> u32 {
        match self.split {
            Some(split) => split,
            None if ordered || self.directed() => 0,
            None => row + 1,
        }
    }

    /// # Errors
    /// [`Error::Parameter`] for a bound that is not a number, a `top` of 0, rows that do not exist, and more than [`MOST_PAIRS`] pairs
    /// with nothing to bound them.
    pub(super) fn check(&self, n_rows: usize, bound: &'static str, ordered: bool) -> Result<()> {
        if self.bound.is_some_and(f64::is_nan) {
            return Err(Error::parameter(bound, "a number", "NaN"));
        }
        if self.top == Some(0) {
            return Err(Error::parameter("top", "a whole number of at least 1", 0));
        }
        let last = self.split.map_or(n_rows, |split| split as usize);
        if last > n_rows {
            return Err(Error::parameter("split", format!("at most {n_rows}"), last));
        }
        if let Some(bad) = self.of.iter().flatten().find(|&&row| row as usize >= last) {
            return Err(Error::parameter("of", format!("rows below {last}"), bad));
        }
        let asked = self.of.as_ref().map_or(last, Vec::len) as u64;
        let others = if self.split.is_some() {
            n_rows - last
        } else {
            n_rows.saturating_sub(1)
        } as u64;
        let mut most = asked.saturating_mul(others);
        if self.of.is_none() && self.split.is_none() && !ordered {
            most /= 2;
        }
        if most > MOST_PAIRS && self.bound.is_none() && self.top.is_none() {
            return Err(Error::parameter(
                bound,
                format!("given (or `top`, or `of`) where there are more than {MOST_PAIRS} pairs"),
                format!("{most} pairs"),
            ));
        }
        Ok(())
    }
}

/// Pairs of rows as columns of equal length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pairs {
    /// Row number of one.
    pub first: Vec<u32>,
    /// Row number of the other.
    pub second: Vec<u32>,
    /// Their similarity (or distance), if it is defined.
    pub similarity: Vec<Option<f64>>,
}

pub(super) type Pair = (u32, u32, Option<f64>);

impl Pairs {
    /// From the pairs of each row asked for, in the order of the rows.
    pub(super) fn of(blocks: &[Vec<Pair>], sort: Option<fn(&Pair, &Pair) -> Ordering>) -> Self {
        let mut all = blocks.concat();
        if let Some(order) = sort {
            all.par_sort_unstable_by(order);
        }
        Self {
            first: all.iter().map(|pair| pair.0).collect(),
            second: all.iter().map(|pair| pair.1).collect(),
            similarity: all.iter().map(|pair| pair.2).collect(),
        }
    }
}

/// Most alike first, undefined last, then by row numbers.
pub(super) fn nearer(a: &Pair, b: &Pair) -> Ordering {
    let rank = |pair: &Pair| pair.2.unwrap_or(f64::NEG_INFINITY);
    (a.2.is_none().cmp(&b.2.is_none()))
        .then_with(|| rank(b).total_cmp(&rank(a)))
        .then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
}

/// Similarities of pairs of rows.
///
/// Without `of` and `top` every pair `first < second`, most alike first. With either, the neighbours of each row asked
/// for (in the order asked, or of all rows), nearest first. Undefined figures stand last.
///
/// One step of the watch a row. Memory: the result, one column of sums a thread, and a second copy of the rows. With a
/// bound above 0, cosine, Jaccard, Dice and weighted Jaccard look only at pairs that can reach it (`all_pairs`).
///
/// # Errors
/// [`Error::Parameter`] for a bound that is not a number, a `top` of 0, a row in `of` that does not exist, or more than [`MOST_PAIRS`] pairs with nothing
/// to bound them; [`Error::Data`] for negative values under [`Similarity::JaccardWeighted`]; [`Error::Interrupted`].
pub fn pairs(rows: &SparseRows, method: Similarity, wanted: &Wanted, watch: &Watch) -> Result<Pairs> {
    wanted.check(rows.n_rows(), "min_similarity", false)?;
    if method == Similarity::JaccardWeighted && !rows.is_non_negative() {
        return Err(Error::data(
            "dfm",
            "without negative values for this method",
            method.name(),
        ));
    }
    let marginals = rows.marginals();
    let directed = wanted.directed();
    let asked = wanted.asked(rows.n_rows())?;
    let n = rows.n_columns() as f64;
    let finish =
        |a: u32, b: u32, shared: f64| method.finish(shared, marginals[a as usize], marginals[b as usize], n);
    let keep = |pair: &Pair| match (pair.2, wanted.bound) {
        (Some(similarity), Some(least)) => similarity >= least,
        (None, least) => least.is_none() && wanted.top.is_none(),
        (Some(_), None) => true,
    };
    let trim = |mut block: Vec<Pair>| {
        if directed {
            block.sort_unstable_by(nearer);
            block.truncate(wanted.top.unwrap_or(usize::MAX));
        }
        block
    };
    let blocks: Vec<Vec<Pair>> = match (wanted.bound, all_pairs::Bound::of(method)) {
        (Some(least), Some(bound)) if least > 0.0 => {
            let index = all_pairs::Index::new(rows, bound, least)?;
            asked
                .par_iter()
                .map_init(
                    || index.scratch(),
                    |scratch, &row| {
                        watch.step(1)?;
                        let first = wanted.least(row, false);
                        let found = index.candidates(row, first, scratch);
                        let block = found
                            .into_iter()
                            .map(|(other, shared)| (row, other, finish(row, other, shared)));
                        Ok(trim(block.filter(keep).collect()))
                    },
                )
                .collect::<Result<_>>()?
        }
        _ => {
            let by_column = rows.transposed()?;
            let end = row_id(rows.n_rows())?;
            let kernel = method.kernel();
            asked
                .par_iter()
                .map_init(
                    || vec![0.0_f64; rows.n_rows()],
                    |sums, &row| {
                        watch.step(1)?;
                        let least = wanted.least(row, false);
                        sums.fill(0.0);
                        let (columns, values) = rows.row(row as usize);
                        for (&column, &a) in columns.iter().zip(values) {
                            let (others, cells) = by_column.row(column as usize);
                            let start = others.partition_point(|&other| other < least);
                            for (&other, &b) in others[start..].iter().zip(&cells[start..]) {
                                sums[other as usize] += kernel.of(a, b);
                            }
                        }
                        let block = (least..end)
                            .filter(|&other| other != row)
                            .map(|other| (row, other, finish(row, other, sums[other as usize])));
                        Ok(trim(block.filter(keep).collect()))
                    },
                )
                .collect::<Result<_>>()?
        }
    };
    Ok(Pairs::of(&blocks, (!directed).then_some(nearer)))
}
