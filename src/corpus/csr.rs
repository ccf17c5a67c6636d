//! Compressed sparse rows, the storage of every matrix here.

use crate::error::{Error, Result};

/// A sparse matrix by rows: row `r` holds the cells `indptr[r]..indptr[r + 1]` of `indices` and `values`.
///
/// Column indices of a row ascend strictly and no value is an explicit zero. The index types are those of
/// `scipy.sparse` (`i32` columns, `i64` row pointers), so that Python can look at the arrays without a copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Csr<T> {
    n_columns: usize,
    indptr: Vec<i64>,
    indices: Vec<i32>,
    values: Vec<T>,
}

impl<T: Copy> Csr<T> {
    /// Checks and wraps the three arrays.
    ///
    /// # Errors
    /// [`Error::Data`] where lengths disagree, pointers do not ascend, or columns of a row do not ascend strictly below
    /// `n_columns`.
    pub fn new(n_columns: usize, indptr: Vec<i64>, indices: Vec<i32>, values: Vec<T>) -> Result<Self> {
        let broken = |what: &'static str| Err(Error::data("csr", what, format!("{} values", values.len())));
        if indices.len() != values.len() {
            return broken("as many indices as values");
        }
        let end = i64::try_from(values.len()).ok();
        if indptr.first() != Some(&0)
            || indptr.last().copied() != end
            || indptr.windows(2).any(|w| w[0] > w[1])
        {
            return broken("row pointers that ascend from 0 to the number of values");
        }
        let in_range = indices
            .iter()
            .all(|&c| usize::try_from(c).is_ok_and(|c| c < n_columns));
        let csr = Self {
            n_columns,
            indptr,
            indices,
            values,
        };
        if !in_range || (0..csr.n_rows()).any(|r| csr.row(r).0.windows(2).any(|w| w[0] >= w[1])) {
            return Err(Error::data(
                "csr",
                "column indices that ascend within a row",
                "others",
            ));
        }
        Ok(csr)
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.indptr.len() - 1
    }

    /// Number of columns.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Number of stored cells.
    pub fn n_nonzero(&self) -> usize {
        self.values.len()
    }

    /// Row pointers, `n_rows + 1` of them.
    pub fn indptr(&self) -> &[i64] {
        &self.indptr
    }

    /// Column of each stored cell.
    pub fn indices(&self) -> &[i32] {
        &self.indices
    }

    /// Value of each stored cell.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// Columns and values of a row.
    #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation)] // checked in `new`
    pub fn row(&self, row: usize) -> (&[i32], &[T]) {
        let cells = self.indptr[row] as usize..self.indptr[row + 1] as usize;
        (&self.indices[cells.clone()], &self.values[cells])
    }

    /// The same cells with other values.
    pub fn map<U: Copy>(&self, mut f: impl FnMut(T) -> U) -> Csr<U> {
        Csr {
            n_columns: self.n_columns,
            indptr: self.indptr.clone(),
            indices: self.indices.clone(),
            values: self.values.iter().map(|&v| f(v)).collect(),
        }
    }
}
