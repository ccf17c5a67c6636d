//! The one 2×2 table.
//!
//! Notation of Evert (2005, 2008). Rows say *where*: in the target (beside the node) or in the reference (elsewhere).
//! Columns say *what*: the feature (the collocate) or anything else.
//!
//! |                     | feature | others | sum  |
//! | ---                 | ---     | ---    | ---  |
//! | target, node        | `o11`   | `o12`  | `r1` |
//! | reference, elsewhere | `o21`  | `o22`  | `r2` |
//! | sum                 | `c1`    | `c2`   | `n`  |
//!
//! Every measure reads this type and nothing else, so a word list, a window and a set of documents share one formula.
//! Counts stay whole numbers here: the determinant, on which sign and size of every measure hang, is then exact.
//!
//! Evert, S. (2005). *The Statistics of Word Cooccurrences*. Dissertation, Stuttgart, ch. 2.

use std::cmp::Ordering;

use crate::error::{Error, Result};

/// Four counts whose sum fits 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Table {
    o11: u64,
    o12: u64,
    o21: u64,
    o22: u64,
}

impl Table {
    /// From the four cells.
    ///
    /// # Errors
    /// [`Error::Data`] where their sum does not fit 64 bits.
    pub fn from_cells(o11: u64, o12: u64, o21: u64, o22: u64) -> Result<Self> {
        o11.checked_add(o12)
            .and_then(|sum| sum.checked_add(o21))
            .and_then(|sum| sum.checked_add(o22))
            .map(|_| Self { o11, o12, o21, o22 })
            .ok_or_else(|| {
                Error::data(
                    "table",
                    "counts whose sum is below 2^64",
                    format!("{o11}, {o12}, {o21}, {o22}"),
                )
            })
    }

    /// From how often a feature occurs in the target and in the reference, and the sizes of the two.
    ///
    /// # Errors
    /// [`Error::Data`] where a count exceeds its size, or the sizes do not sum to less than 2⁶⁴.
    #[inline]
    pub fn from_sizes(
        count_target: u64,
        size_target: u64,
        count_reference: u64,
        size_reference: u64,
    ) -> Result<Self> {
        match (
            size_target.checked_sub(count_target),
            size_reference.checked_sub(count_reference),
        ) {
            (Some(o12), Some(o22)) => Self::from_cells(count_target, o12, count_reference, o22),
            _ => Err(Error::data(
                "table",
                "counts that do not exceed the sizes",
                format!("{count_target} of {size_target}, {count_reference} of {size_reference}"),
            )),
        }
    }

    /// From the joint count of node and collocate, the counts of each, and the size of the sample.
    ///
    /// All four must be counted on one sample (all pairs, or all documents): else no table has these sums.
    ///
    /// # Errors
    /// [`Error::Data`] where no table of non-negative counts has these sums.
    pub fn from_marginals(joint: u64, node: u64, collocate: u64, n: u64) -> Result<Self> {
        let table = (|| {
            let o12 = node.checked_sub(joint)?;
            let o21 = collocate.checked_sub(joint)?;
            let o22 = n.checked_sub(node)?.checked_sub(o21)?;
            Some(Self {
                o11: joint,
                o12,
                o21,
                o22,
            })
        })();
        table.ok_or_else(|| {
            Error::data(
                "table",
                "joint and marginal counts of one sample",
                format!("joint {joint}, node {node}, collocate {collocate}, n {n}"),
            )
        })
    }

    /// Feature in the target.
    pub const fn o11(&self) -> u64 {
        self.o11
    }
    /// Anything else in the target.
    pub const fn o12(&self) -> u64 {
        self.o12
    }
    /// Feature in the reference.
    pub const fn o21(&self) -> u64 {
        self.o21
    }
    /// Anything else in the reference.
    pub const fn o22(&self) -> u64 {
        self.o22
    }
    /// Size of the target; count of the node.
    pub const fn r1(&self) -> u64 {
        self.o11 + self.o12
    }
    /// Size of the reference.
    pub const fn r2(&self) -> u64 {
        self.o21 + self.o22
    }
    /// Count of the feature; of the collocate.
    pub const fn c1(&self) -> u64 {
        self.o11 + self.o21
    }
    /// Count of everything else.
    pub const fn c2(&self) -> u64 {
        self.o12 + self.o22
    }
    /// Size of the sample.
    pub const fn n(&self) -> u64 {
        self.r1() + self.r2()
    }

    /// What `o11` would be if where and what were independent; 0 for an empty table.
    pub fn e11(&self) -> f64 {
        self.expected(self.r1(), self.c1())
    }
    /// The same for `o12`.
    pub fn e12(&self) -> f64 {
        self.expected(self.r1(), self.c2())
    }
    /// The same for `o21`.
    pub fn e21(&self) -> f64 {
        self.expected(self.r2(), self.c1())
    }
    /// The same for `o22`.
    pub fn e22(&self) -> f64 {
        self.expected(self.r2(), self.c2())
    }

    fn expected(&self, row: u64, column: u64) -> f64 {
        match self.n() {
            0 => 0.0,
            n => row as f64 * (column as f64 / n as f64),
        }
    }

    /// `o11·o22 − o12·o21`, exact up to the last rounding: the sign of every signed measure.
    pub fn determinant(&self) -> f64 {
        let with = u128::from(self.o11) * u128::from(self.o22);
        let against = u128::from(self.o12) * u128::from(self.o21);
        if with >= against {
            (with - against) as f64
        } else {
            -((against - with) as f64)
        }
    }

    /// `o11 − e11`, which is also `o22 − e22`, `e12 − o12` and `e21 − o21`; without cancellation. 0 for an empty table.
    pub fn excess(&self) -> f64 {
        match self.n() {
            0 => 0.0,
            n => self.determinant() / n as f64,
        }
    }

    /// Which way the table leans: `Greater` where the feature is commoner in the target than in the reference.
    pub fn direction(&self) -> Ordering {
        self.determinant().total_cmp(&0.0)
    }

    /// `magnitude` with the sign of [`Table::direction`]; 0 where the table leans neither way.
    pub fn signed(&self, magnitude: f64) -> f64 {
        match self.direction() {
            Ordering::Greater => magnitude,
            Ordering::Less => -magnitude,
            Ordering::Equal => 0.0,
        }
    }

    /// Whether all four sums are positive. Without that a table cannot show dependence, and tests are undefined.
    pub const fn has_full_margins(&self) -> bool {
        self.r1() > 0 && self.r2() > 0 && self.c1() > 0 && self.c2() > 0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn three_ways_to_the_same_table() {
        let table = Table::from_cells(8, 4, 15, 73).unwrap();
        assert_eq!(Table::from_sizes(8, 12, 15, 88).unwrap(), table);
        assert_eq!(Table::from_marginals(8, 12, 23, 100).unwrap(), table);
        assert_eq!(
            (table.r1(), table.r2(), table.c1(), table.c2(), table.n()),
            (12, 88, 23, 77, 100)
        );
    }

    #[test]
    fn impossible_counts_are_named() {
        assert_eq!(
            Table::from_sizes(3, 2, 0, 9).unwrap_err().to_string(),
            "`table` must be counts that do not exceed the sizes; got 3 of 2, 0 of 9"
        );
        for (joint, node, collocate, n) in [(3, 2, 5, 9), (3, 5, 2, 9), (0, 5, 5, 9), (2, 10, 2, 9)] {
            assert!(
                Table::from_marginals(joint, node, collocate, n).is_err(),
                "{joint} {node} {collocate} {n}"
            );
        }
        assert!(Table::from_cells(u64::MAX, 1, 0, 0).is_err());
    }

    #[test]
    fn the_sign_is_exact_where_floats_are_not() {
        // The two products differ by 1 at 2^106: f64 products are equal.
        let big = 1 << 53;
        let table = Table::from_cells(big + 1, big, big + 2, big + 1).unwrap();
        assert_eq!(table.direction(), Ordering::Greater);
        assert!((table.determinant() - 1.0).abs() < f64::EPSILON);
        assert_eq!(
            Table::from_cells(2, 4, 3, 6).unwrap().direction(),
            Ordering::Equal
        );
        assert_eq!(
            Table::from_cells(0, 0, 0, 0).unwrap().direction(),
            Ordering::Equal
        );
    }
}
