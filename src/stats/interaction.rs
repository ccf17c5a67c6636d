//! The interaction of K binary variables: the highest term of the saturated log-linear model.
//!
//! Blaheta, D. & Johnson, M. (2001). Unsupervised learning of multi-word verbs. *Proceedings of the ACL/EACL Workshop on
//! the Computational Extraction, Analysis and Exploitation of Collocations*, 54–60 (their λ of "all subtuples"). For K = 2
//! it is the logarithm of the odds ratio; its standard error is that of a sum of independent logarithms of Poisson counts,
//! Agresti, A. (2013). *Categorical Data Analysis*, 3rd ed., sect. 3.1.1 and 9.3.

use crate::error::{Error, Result};

/// λ and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interaction {
    /// Positive: the K things come together more often than their smaller groups would lead to expect.
    pub lambda: f64,
    /// Wald's standard error of λ.
    pub standard_error: f64,
}

impl Interaction {
    /// λ over its standard error: Wald's z.
    pub fn z(&self) -> f64 {
        self.lambda / self.standard_error
    }
}

/// λ = Σ (−1)^(K − |m|) ln(nₘ + s) over the 2ᴷ cells, SE = √Σ 1/(nₘ + s), where cell `m` counts what has exactly the
/// properties in the bits of `m`, and `s` is added to each cell ("smoothing", ½ by default everywhere).
///
/// `None` for a number of cells that is no power of two above 1, and where a cell and `s` are both 0.
pub fn interaction(cells: &[u64], smoothing: f64) -> Option<Interaction> {
    if cells.len() < 2 || !cells.len().is_power_of_two() {
        return None;
    }
    let size = cells.len().ilog2();
    let (mut lambda, mut variance) = (0.0, 0.0);
    for (m, &n) in cells.iter().enumerate() {
        let n = n as f64 + smoothing;
        if n <= 0.0 {
            return None;
        }
        let log = n.ln();
        lambda += if (size - m.count_ones()).is_multiple_of(2) {
            log
        } else {
            -log
        };
        variance += 1.0 / n;
    }
    Some(Interaction {
        lambda,
        standard_error: variance.sqrt(),
    })
}

/// [`interaction`] of many tables, given cell by cell: `cells[m][t]` is cell `m` of table `t`.
///
/// # Errors
/// [`Error::Data`] for columns of different lengths.
pub fn interactions(cells: &[Vec<u64>], smoothing: f64) -> Result<Vec<Option<Interaction>>> {
    let n = cells.first().map_or(0, Vec::len);
    if let Some(other) = cells.iter().find(|column| column.len() != n) {
        return Err(Error::data(
            "cells",
            format!("columns of {n} counts"),
            other.len(),
        ));
    }
    let mut table = vec![0; cells.len()];
    Ok((0..n)
        .map(|t| {
            for (cell, column) in table.iter_mut().zip(cells) {
                *cell = column[t];
            }
            interaction(&table, smoothing)
        })
        .collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn of_two_it_is_the_log_odds_ratio() {
        // Agresti (2013), table 2.3 (aspirin and heart attacks): odds ratio 1.832, standard error of its logarithm 0.123.
        let found = interaction(&[10_845, 189, 10_933, 104], 0.0).unwrap();
        assert!((found.lambda.abs() - 1.832_f64.ln()).abs() < 5e-4, "{found:?}");
        assert!((found.standard_error - 0.123).abs() < 5e-4);
    }

    #[test]
    fn independence_of_three_is_zero_and_impossible_tables_are_undefined() {
        // Three independent coins, one of them bent.
        let found = interaction(&[30, 30, 30, 30, 10, 10, 10, 10], 0.0).unwrap();
        assert!(found.lambda.abs() < 1e-12);
        assert_eq!(interaction(&[0, 1, 1, 1], 0.0), None);
        assert!(interaction(&[0, 1, 1, 1], 0.5).is_some());
        assert_eq!(interaction(&[1, 2, 3], 0.5), None);
        assert_eq!(interaction(&[], 0.5), None);
        let columns = [vec![1, 0], vec![2, 1], vec![3, 1], vec![4, 1]];
        let many = interactions(&columns, 0.0).unwrap();
        assert_eq!(many, [interaction(&[1, 2, 3, 4], 0.0), None]);
        assert!(interactions(&[vec![1], vec![]], 0.5).is_err());
    }
}
