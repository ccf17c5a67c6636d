//! Sparse rows: what similarity, distance and decomposition look at.

use crate::error::{Error, Result};

/// Marginals of a row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Marginal {
    pub(crate) sum: f64,
    pub(crate) squares: f64,
    pub(crate) cells: f64,
}

/// Sparse rows: columns of a row ascend, no value is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseRows {
    n_columns: usize,
    offsets: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f64>,
}

impl SparseRows {
    /// From rows of `(column, value)`, columns ascending. Zeros are left out.
    ///
    /// # Errors
    /// [`Error::Data`] where columns do not ascend below `n_columns`, or a value is not finite.
    pub fn new<R: IntoIterator<Item = (u32, f64)>>(
        n_columns: usize,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self> {
        let (mut offsets, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
        for row in rows {
            let mut least = 0;
            for (column, value) in row {
                if (column as usize) < least || column as usize >= n_columns {
                    return Err(Error::data("rows", "columns that ascend within a row", column));
                }
                least = column as usize + 1;
                if !value.is_finite() {
                    return Err(Error::data("rows", "finite values", value));
                }
                if value != 0.0 {
                    columns.push(column);
                    values.push(value);
                }
            }
            offsets.push(columns.len());
        }
        Ok(Self {
            n_columns,
            offsets,
            columns,
            values,
        })
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(crate) fn row(&self, row: usize) -> (&[u32], &[f64]) {
        let cells = self.offsets[row]..self.offsets[row + 1];
        (&self.columns[cells.clone()], &self.values[cells])
    }

    /// Number of columns.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Whether no value is below 0.
    pub(crate) fn is_non_negative(&self) -> bool {
        self.values.iter().all(|&v| v >= 0.0)
    }

    /// Rows become columns.
    ///
    /// # Errors
    /// [`Error::Data`] beyond 2³² rows.
    pub fn transposed(&self) -> Result<Self> {
        let mut offsets = vec![0_usize; self.n_columns + 1];
        for &column in &self.columns {
            offsets[column as usize + 1] += 1;
        }
        for i in 0..self.n_columns {
            offsets[i + 1] += offsets[i];
        }
        let mut next = offsets.clone();
        let mut columns = vec![0_u32; self.columns.len()];
        let mut values = vec![0.0; self.values.len()];
        for row in 0..self.n_rows() {
            let id = row_id(row)?;
            let (places, cells) = self.row(row);
            for (&column, &value) in places.iter().zip(cells) {
                let at = next[column as usize];
                next[column as usize] += 1;
                columns[at] = id;
                values[at] = value;
            }
        }
        Ok(Self {
            n_columns: self.n_rows(),
            offsets,
            columns,
            values,
        })
    }

    pub(crate) fn marginals(&self) -> Vec<Marginal> {
        (0..self.n_rows())
            .map(|row| {
                let values = self.row(row).1;
                Marginal {
                    sum: values.iter().sum(),
                    squares: values.iter().map(|v| v * v).sum(),
                    cells: values.len() as f64,
                }
            })
            .collect()
    }
}

pub(crate) fn row_id(row: usize) -> Result<u32> {
    u32::try_from(row).map_err(|_| Error::data("rows", "fewer than 2^32", row))
}
