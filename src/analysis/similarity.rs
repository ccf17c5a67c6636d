//! Which documents or features are alike.

use std::str::FromStr;

use crate::corpus::csr::Csr;
use crate::corpus::dfm::{Dfm, WeightedDfm};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::similarity::{Pairs, Similarity, SparseRows, Wanted, pairs};

/// What is compared with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Margin {
    /// Documents, by the features that they use.
    Documents,
    /// Features, by the documents that use them.
    Features,
}

impl FromStr for Margin {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        match word {
            "documents" => Ok(Self::Documents),
            "features" => Ok(Self::Features),
            _ => Err(Error::parameter(
                "margin",
                "one of documents, features",
                format!("`{word}`"),
            )),
        }
    }
}

/// Similarities by counts.
///
/// # Errors
/// As [`pairs`].
pub fn of_counts(
    dfm: &Dfm,
    margin: Margin,
    method: Similarity,
    wanted: &Wanted,
    watch: &Watch,
) -> Result<Pairs> {
    compare(dfm.counts(), |count| count as f64, margin, method, wanted, watch)
}

/// Similarities by weights.
///
/// # Errors
/// As [`pairs`].
pub fn of_weights(
    dfm: &WeightedDfm,
    margin: Margin,
    method: Similarity,
    wanted: &Wanted,
    watch: &Watch,
) -> Result<Pairs> {
    compare(dfm.weights(), |weight| weight, margin, method, wanted, watch)
}

fn compare<T: Copy>(
    matrix: &Csr<T>,
    value: impl Fn(T) -> f64,
    margin: Margin,
    method: Similarity,
    wanted: &Wanted,
    watch: &Watch,
) -> Result<Pairs> {
    let documents =
        (0..matrix.n_rows()).map(|row| matrix.cells(row).map(|(column, cell)| (column, value(cell))));
    let rows = SparseRows::new(matrix.n_columns(), documents)?;
    match margin {
        Margin::Documents => pairs(&rows, method, wanted, watch),
        Margin::Features => pairs(&rows.transposed()?, method, wanted, watch),
    }
}
