//! Maps of documents and features.

use super::similarity::{Margin, Matrix};
use crate::error::Result;
use crate::run::Watch;
use crate::stats::decomposition::{Decomposition, correspondence, lsa, pca};

crate::words! {
    /// Which map.
    pub enum Map as "map" {
        /// Principal components of centred features.
        Pca = "pca",
        /// Principal components of standardised features.
        PcaScaled = "pca_scaled",
        /// Truncated singular value decomposition.
        Lsa = "lsa",
        /// Correspondence analysis.
        Correspondence = "correspondence",
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
