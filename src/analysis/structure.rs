//! Maps of documents and features.

use std::str::FromStr;

use super::similarity::{Margin, Matrix};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::decomposition::{Decomposition, correspondence, lsa, pca};

/// Which map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Map {
    /// Principal components of centred features.
    Pca,
    /// Principal components of standardised features.
    PcaScaled,
    /// Truncated singular value decomposition.
    Lsa,
    /// Correspondence analysis.
    Correspondence,
}

impl FromStr for Map {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        match word {
            "pca" => Ok(Self::Pca),
            "pca_scaled" => Ok(Self::PcaScaled),
            "lsa" => Ok(Self::Lsa),
            "correspondence" => Ok(Self::Correspondence),
            _ => Err(Error::parameter(
                "map",
                "one of pca, pca_scaled, lsa, correspondence",
                format!("`{word}`"),
            )),
        }
    }
}

/// Coordinates of the documents and features of a matrix.
///
/// # Errors
/// As the functions of [`crate::stats::decomposition`].
pub fn map(matrix: Matrix<'_>, map: Map, dimensions: usize, watch: &Watch) -> Result<Decomposition> {
    let rows = matrix.rows(Margin::Documents)?;
    match map {
        Map::Pca => pca(&rows, dimensions, false, watch),
        Map::PcaScaled => pca(&rows, dimensions, true, watch),
        Map::Lsa => lsa(&rows, dimensions, watch),
        Map::Correspondence => correspondence(&rows, dimensions, watch),
    }
}
