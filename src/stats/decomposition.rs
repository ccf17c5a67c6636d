//! Few dimensions for many: principal components, latent semantic analysis, correspondence analysis, classical scaling.
//!
//! All four are the leading eigenvectors of one symmetric matrix of documents by documents, since documents are fewer than features;
//! the coordinates of features follow from those of documents. Matrices are those of `ndarray`; only eigenvectors and QR, which that
//! crate lacks and its companions take from LAPACK, are `nalgebra`'s, so that no system library is needed: [`leading`] copies the matrix
//! once on the way there, n² numbers against the n³ steps that follow. Up to [`DENSE`] documents the whole spectrum is computed; beyond, the
//! leading part by subspace iteration with Rayleigh–Ritz projection (Halko, Martinsson &
//! Tropp 2011, *SIAM Review* 53(2)), until the residuals fall below 10⁻¹⁰ of the greatest eigenvalue.
//!
//! Signs: in each dimension the document with the greatest coordinate by absolute value has a positive one (ties within 10⁻⁹: the
//! first of them).

use nalgebra::{DMatrix, SymmetricEigen};
use ndarray::{Array2, Axis};
use rayon::prelude::*;

use super::sparse::SparseRows;
use crate::error::{Error, Result};
use crate::run::Watch;

/// Most documents whose whole spectrum is computed.
pub const DENSE: usize = 400;

/// Most documents: their matrix takes 800 MB.
pub const MOST_DOCUMENTS: usize = 10_000;

/// Coordinates of documents and features, one vector a dimension.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decomposition {
    /// Eigenvalue of each dimension: variance (PCA), squared singular value (LSA), inertia (correspondence analysis), sum of squares
    /// (scaling).
    pub eigenvalues: Vec<f64>,
    /// Sum of all eigenvalues, also of dimensions that are not returned.
    pub total: f64,
    /// Coordinate of each document; `None` for a document that has no place (an empty one in correspondence analysis).
    pub documents: Vec<Vec<Option<f64>>>,
    /// Coordinate of each feature; `None` for a feature without a place.
    pub features: Vec<Vec<Option<f64>>>,
}

fn check(n: usize, dimensions: usize) -> Result<()> {
    if dimensions == 0 {
        return Err(Error::parameter(
            "dimensions",
            "a whole number of at least 1",
            dimensions,
        ));
    }
    if n > MOST_DOCUMENTS {
        return Err(Error::data(
            "dfm",
            format!("at most {MOST_DOCUMENTS} documents here"),
            n,
        ));
    }
    Ok(())
}

/// Inner products of all pairs of rows.
fn gram(rows: &SparseRows, watch: &Watch) -> Result<Array2<f64>> {
    let n = rows.n_rows();
    let by_column = rows.transposed()?;
    let mut products = Array2::zeros((n, n));
    products
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .try_for_each(|(row, mut line)| {
            watch.step(1)?;
            let (columns, values) = rows.row(row);
            for (&column, &a) in columns.iter().zip(values) {
                let (others, cells) = by_column.row(column as usize);
                for (&other, &b) in others.iter().zip(cells) {
                    line[other as usize] += a * b;
                }
            }
            Ok::<(), Error>(())
        })?;
    Ok(products)
}

/// Sum of the diagonal, from its first number on.
fn trace(matrix: &Array2<f64>) -> f64 {
    matrix.diag().iter().sum()
}

/// Greatest eigenvalues (by value) and their vectors, one a row, signs fixed; those of no more than rounding are left out.
fn leading(matrix: &Array2<f64>, dimensions: usize, watch: &Watch) -> Result<(Vec<f64>, Array2<f64>)> {
    let n = matrix.nrows();
    if n == 0 {
        return Ok((Vec::new(), Array2::zeros((0, 0))));
    }
    let scale = trace(matrix).abs().max(f64::MIN_POSITIVE);
    let matrix = DMatrix::from_fn(n, n, |i, j| matrix[[i, j]]);
    let (values, vectors) = if n <= DENSE || dimensions + 10 >= n {
        let found = SymmetricEigen::new(matrix);
        (found.eigenvalues.as_slice().to_vec(), found.eigenvectors)
    } else {
        subspace(&matrix, dimensions, watch)?
    };
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    let chosen: Vec<usize> = order
        .into_iter()
        .take(dimensions)
        .filter(|&i| values[i] > 1e-12 * scale)
        .collect();
    let mut rows = Array2::from_shape_fn((chosen.len(), n), |(k, document)| vectors[(document, chosen[k])]);
    for mut row in rows.outer_iter_mut() {
        let most = row.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        let lead = row.iter().copied().find(|v| v.abs() >= most * (1.0 - 1e-9));
        row *= lead.unwrap_or(1.0).signum();
    }
    Ok((chosen.iter().map(|&i| values[i]).collect(), rows))
}

fn subspace(matrix: &DMatrix<f64>, dimensions: usize, watch: &Watch) -> Result<(Vec<f64>, DMatrix<f64>)> {
    let n = matrix.nrows();
    let width = (dimensions * 2 + 10).min(n);
    // Any start will do that no eigenvector is orthogonal to: a fixed sequence, so that results repeat.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut block = DMatrix::from_fn(n, width, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    });
    for round in 0..2_000 {
        watch.step(0)?;
        let basis = block.qr().q();
        let image = matrix * &basis;
        let small = SymmetricEigen::new(basis.transpose() * &image);
        let mut order: Vec<usize> = (0..width).collect();
        order.sort_by(|&a, &b| small.eigenvalues[b].total_cmp(&small.eigenvalues[a]));
        let turn = DMatrix::from_fn(width, width, |i, j| small.eigenvectors[(i, order[j])]);
        let values: Vec<f64> = order.iter().map(|&i| small.eigenvalues[i]).collect();
        let (vectors, images) = (basis * &turn, &image * &turn);
        let worst = (0..dimensions)
            .map(|k| (images.column(k) - vectors.column(k) * values[k]).norm())
            .fold(0.0, f64::max);
        if worst <= 1e-10 * values[0].abs() || round == 1_999 {
            return Ok((values, vectors));
        }
        block = images;
    }
    Err(Error::Internal("subspace iteration has an end".to_owned()))
}

/// Σ over rows of row × coordinate, for each column of the rows.
fn back<'a>(rows: &SparseRows, coordinates: impl IntoIterator<Item = &'a f64>) -> Vec<f64> {
    let mut sums = vec![0.0; rows.n_columns()];
    for (row, &u) in coordinates.into_iter().enumerate() {
        let (columns, values) = rows.row(row);
        for (&column, &value) in columns.iter().zip(values) {
            sums[column as usize] += value * u;
        }
    }
    sums
}

fn some(values: impl IntoIterator<Item = f64>) -> Vec<Option<f64>> {
    values.into_iter().map(Some).collect()
}

fn scaled(rows: &SparseRows, mut f: impl FnMut(usize, u32, f64) -> f64) -> Result<SparseRows> {
    let lines: Vec<Vec<(u32, f64)>> = (0..rows.n_rows())
        .map(|row| {
            let (columns, values) = rows.row(row);
            columns
                .iter()
                .zip(values)
                .map(|(&column, &value)| (column, f(row, column, value)))
                .collect()
        })
        .collect();
    SparseRows::new(rows.n_columns(), lines)
}

/// Subtracts row and column means and adds the grand mean.
fn centre(matrix: &mut Array2<f64>) {
    let n = matrix.nrows();
    // Summed in order: the sum of `ndarray` runs in eight lanes, whose last bit depends on the length.
    let means: Vec<f64> = matrix
        .outer_iter()
        .map(|row| row.iter().sum::<f64>() / n as f64)
        .collect();
    let all = means.iter().sum::<f64>() / n.max(1) as f64;
    for ((i, j), value) in matrix.indexed_iter_mut() {
        *value += all - means[i] - means[j];
    }
}

/// Truncated singular value decomposition X ≈ U·S·Vᵀ (Deerwester et al. 1990): documents at U·S, features at V.
///
/// # Errors
/// [`Error::Parameter`] for 0 dimensions, [`Error::Data`] beyond [`MOST_DOCUMENTS`], [`Error::Interrupted`].
pub fn lsa(rows: &SparseRows, dimensions: usize, watch: &Watch) -> Result<Decomposition> {
    check(rows.n_rows(), dimensions)?;
    let matrix = gram(rows, watch)?;
    let total = trace(&matrix);
    let (eigenvalues, vectors) = leading(&matrix, dimensions, watch)?;
    Ok(assemble(rows, &eigenvalues, &vectors, total, 1.0))
}

/// Principal components of the documents over the features, which are centred and, with `scale`, divided by their standard
/// deviation (n − 1): documents at their scores, features at their loadings (unit vectors). Features without spread have loading 0.
///
/// # Errors
/// As [`lsa`].
pub fn pca(rows: &SparseRows, dimensions: usize, scale: bool, watch: &Watch) -> Result<Decomposition> {
    let n = rows.n_rows();
    check(n, dimensions)?;
    let degrees = (n as f64 - 1.0).max(1.0);
    let rows = if scale {
        let sums = back(rows, &vec![1.0; n]);
        let squares = back(&scaled(rows, |_, _, v| v * v)?, &vec![1.0; n]);
        let spread = |column: u32| {
            let (sum, square) = (sums[column as usize], squares[column as usize]);
            let variance = (square - sum * sum / n as f64) / degrees;
            if variance > 1e-14 * square {
                variance.sqrt().recip()
            } else {
                0.0
            }
        };
        scaled(rows, |_, column, value| value * spread(column))?
    } else {
        rows.clone()
    };
    let mut matrix = gram(&rows, watch)?;
    centre(&mut matrix);
    let total = trace(&matrix) / degrees;
    let (eigenvalues, vectors) = leading(&matrix, dimensions, watch)?;
    Ok(assemble(&rows, &eigenvalues, &vectors, total, degrees))
}

/// Scores U·S and loadings Xᵀ·U/S; eigenvalues over `degrees`.
fn assemble(
    rows: &SparseRows,
    values: &[f64],
    vectors: &Array2<f64>,
    total: f64,
    degrees: f64,
) -> Decomposition {
    let documents = values
        .iter()
        .zip(vectors.outer_iter())
        .map(|(l, u)| some(u.iter().map(|u| u * l.sqrt())))
        .collect();
    let features = values
        .iter()
        .zip(vectors.outer_iter())
        .map(|(l, u)| some(back(rows, u).into_iter().map(|s| s / l.sqrt())))
        .collect();
    Decomposition {
        eigenvalues: values.iter().map(|l| l / degrees).collect(),
        total,
        documents,
        features,
    }
}

/// Correspondence analysis (Greenacre 2017): principal coordinates of documents and of features; the χ² distances of
/// profiles become Euclidean ones. Empty documents and features that do not occur have no place.
///
/// # Errors
/// As [`lsa`]; [`Error::Data`] for negative values.
pub fn correspondence(rows: &SparseRows, dimensions: usize, watch: &Watch) -> Result<Decomposition> {
    check(rows.n_rows(), dimensions)?;
    if !rows.is_non_negative() {
        return Err(Error::data(
            "dfm",
            "without negative values for correspondence analysis",
            "some",
        ));
    }
    let row_sums: Vec<f64> = rows.marginals().iter().map(|m| m.sum).collect();
    let column_sums = back(rows, &vec![1.0; rows.n_rows()]);
    let all: f64 = row_sums.iter().sum();
    let standard = scaled(rows, |row, column, value| {
        value / (row_sums[row] * column_sums[column as usize]).sqrt()
    })?;
    let mut matrix = gram(&standard, watch)?;
    // The dimension that every table has, with eigenvalue 1 and the roots of the masses as its vector, is taken out.
    for ((i, j), value) in matrix.indexed_iter_mut() {
        *value -= (row_sums[i] / all).sqrt() * (row_sums[j] / all).sqrt();
    }
    let total = if all > 0.0 { trace(&matrix) } else { 0.0 };
    let (eigenvalues, vectors) = if all > 0.0 {
        leading(&matrix, dimensions, watch)?
    } else {
        (vec![], Array2::zeros((0, 0)))
    };
    let place = |value: f64, sum: f64| (sum > 0.0).then(|| value / (sum / all).sqrt());
    let documents = eigenvalues
        .iter()
        .zip(vectors.outer_iter())
        .map(|(l, u)| {
            u.iter()
                .zip(&row_sums)
                .map(|(u, &sum)| place(u * l.sqrt(), sum))
                .collect()
        })
        .collect();
    // Xᵀ·u is S·v, which is what the principal coordinate needs.
    let features = vectors
        .outer_iter()
        .map(|u| {
            back(&standard, u)
                .into_iter()
                .zip(&column_sums)
                .map(|(v, &sum)| place(v, sum))
                .collect()
        })
        .collect();
    Ok(Decomposition {
        eigenvalues,
        total,
        documents,
        features,
    })
}

/// Classical scaling (Torgerson 1952; Gower 1966): points whose Euclidean distances come near the given ones.
///
/// Dimensions with negative eigenvalues (distances that no space holds) are never returned; they lower the total.
///
/// # Errors
/// As [`lsa`]; [`Error::Data`] where there is not one finite distance a pair.
pub fn scaling(n: usize, condensed: &[f64], dimensions: usize, watch: &Watch) -> Result<Decomposition> {
    check(n, dimensions)?;
    if condensed.len() != n * n.saturating_sub(1) / 2 || condensed.iter().any(|d| !d.is_finite()) {
        return Err(Error::data(
            "distances",
            "one finite distance a pair",
            condensed.len(),
        ));
    }
    let mut matrix = Array2::from_shape_fn((n, n), |(i, j)| {
        let (a, b) = (i.min(j), i.max(j));
        if a == b {
            0.0
        } else {
            -0.5 * condensed[a * n - a * (a + 1) / 2 + b - a - 1].powi(2)
        }
    });
    centre(&mut matrix);
    let total = trace(&matrix);
    let (eigenvalues, vectors) = leading(&matrix, dimensions, watch)?;
    let documents = eigenvalues
        .iter()
        .zip(vectors.outer_iter())
        .map(|(l, u)| some(u.iter().map(|u| u * l.sqrt())))
        .collect();
    Ok(Decomposition {
        eigenvalues,
        total,
        documents,
        features: Vec::new(),
    })
}
