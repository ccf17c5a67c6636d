//! Compressed sparse rows, the storage of every matrix here.

use std::sync::Arc;

use crate::error::{Error, Result};

/// A sparse matrix by rows: row `r` holds the cells `indptr[r]..indptr[r + 1]` of `indices` and `values`.
///
/// Column indices of a row ascend strictly and no value is an explicit zero. The index types are those of
/// `scipy.sparse` (`i32` columns, `i64` row pointers), so that Python can look at the arrays without a copy. Matrices with the same
/// cells share them: weighting a matrix allocates values only.
#[derive(Debug, Clone, PartialEq)]
pub struct Csr<T> {
    n_columns: usize,
    indptr: Arc<Vec<i64>>,
    indices: Arc<Vec<i32>>,
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
            indptr: Arc::new(indptr),
            indices: Arc::new(indices),
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
        self.shaped(self.values.iter().map(|&v| f(v)).collect())
    }

    /// The same cells with these values, in the order of storage.
    ///
    /// # Errors
    /// [`Error::Data`] where there is not one value a cell.
    pub fn with_values<U: Copy>(&self, values: Vec<U>) -> Result<Csr<U>> {
        if values.len() != self.n_nonzero() {
            return Err(Error::data(
                "values",
                format!("one for each of {} cells", self.n_nonzero()),
                values.len(),
            ));
        }
        Ok(self.shaped(values))
    }

    fn shaped<U: Copy>(&self, values: Vec<U>) -> Csr<U> {
        Csr {
            n_columns: self.n_columns,
            indptr: Arc::clone(&self.indptr),
            indices: Arc::clone(&self.indices),
            values,
        }
    }

    /// The rows of an array that runs along the stored cells.
    ///
    /// # Errors
    /// [`Error::Data`] where there is not one value a cell.
    pub fn rows_of<'a, U>(&self, mut along: &'a mut [U]) -> Result<Vec<&'a mut [U]>> {
        if along.len() != self.n_nonzero() {
            return Err(Error::data(
                "values",
                format!("one for each of {} cells", self.n_nonzero()),
                along.len(),
            ));
        }
        Ok((0..self.n_rows())
            .map(|row| {
                let (head, tail) = std::mem::take(&mut along).split_at_mut(self.row(row).0.len());
                along = tail;
                head
            })
            .collect())
    }

    /// Builds from rows that are already sorted by column, without explicit zeros.
    ///
    /// # Errors
    /// As [`Csr::new`].
    pub fn from_rows(n_columns: usize, rows: impl IntoIterator<Item = Vec<(u32, T)>>) -> Result<Self> {
        Self::from_rows_of(0, n_columns, rows)
    }

    /// [`Csr::from_rows`], with room made once for as many `cells` as are expected.
    pub(super) fn from_rows_of(
        cells: usize,
        n_columns: usize,
        rows: impl IntoIterator<Item = Vec<(u32, T)>>,
    ) -> Result<Self> {
        let (mut indptr, mut indices, mut values) =
            (vec![0_i64], Vec::with_capacity(cells), Vec::with_capacity(cells));
        for row in rows {
            for (column, value) in row {
                indices.push(column_index(column)?);
                values.push(value);
            }
            indptr.push(pointer(values.len())?);
        }
        Self::new(n_columns, indptr, indices, values)
    }

    /// Cells of a row as `(column, value)`.
    #[allow(clippy::cast_sign_loss)] // checked in `new`
    pub fn cells(&self, row: usize) -> impl Iterator<Item = (u32, T)> + '_ {
        let (columns, values) = self.row(row);
        columns.iter().zip(values).map(|(&c, &v)| (c as u32, v))
    }

    /// The value of a cell, if it is stored.
    pub fn get(&self, row: usize, column: u32) -> Option<T> {
        let (columns, values) = self.row(row);
        let column = i32::try_from(column).ok()?;
        columns.binary_search(&column).ok().map(|i| values[i])
    }

    /// The rows named, in that order; a row may be named twice or not at all.
    ///
    /// # Errors
    /// [`Error::Data`] for a row that does not exist.
    pub fn select_rows(&self, rows: &[usize]) -> Result<Self> {
        if let Some(bad) = rows.iter().find(|&&r| r >= self.n_rows()) {
            return Err(Error::data("rows", format!("below {}", self.n_rows()), bad));
        }
        Self::from_rows(
            self.n_columns,
            rows.iter().map(|&r| self.cells(r).collect::<Vec<_>>()),
        )
    }

    /// Renumbers the columns; `new_column[c]` is the new place of column `c`, or `None` to drop it.
    /// Kept columns must keep their order, as they do when a sorted vocabulary shrinks or grows.
    ///
    /// # Errors
    /// [`Error::Data`] where the new columns do not ascend below `n_columns`.
    pub fn renumber_columns(&self, new_column: &[Option<u32>], n_columns: usize) -> Result<Self> {
        if new_column.len() != self.n_columns {
            return Err(Error::data(
                "new_column",
                format!("{} places", self.n_columns),
                new_column.len(),
            ));
        }
        Self::from_rows(
            n_columns,
            (0..self.n_rows()).map(|r| {
                self.cells(r)
                    .filter_map(|(c, v)| new_column[c as usize].map(|c| (c, v)))
                    .collect::<Vec<_>>()
            }),
        )
    }
}

/// A column number as a signed 32-bit index.
pub(crate) fn column_index(column: u32) -> Result<i32> {
    i32::try_from(column).map_err(|_| Error::data("column", "below 2147483648", column))
}

/// A row pointer as a signed 64-bit index.
pub(crate) fn pointer(cells: usize) -> Result<i64> {
    i64::try_from(cells).map_err(|_| Error::data("cells", "fewer than 2^63", cells))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn broken_arrays_are_refused() {
        assert!(Csr::new(2, vec![0, 1], vec![0], vec![1_u64]).is_ok());
        assert!(
            Csr::<u64>::new(2, vec![], vec![], vec![]).is_err(),
            "no row pointer"
        );
        assert!(
            Csr::new(2, vec![0, 2], vec![0], vec![1_u64]).is_err(),
            "pointer past the end"
        );
        assert!(
            Csr::new(2, vec![0, 1, 0, 1], vec![0], vec![1_u64]).is_err(),
            "pointers that descend"
        );
        assert!(
            Csr::new(2, vec![0, 1], vec![2], vec![1_u64]).is_err(),
            "column out of range"
        );
        assert!(
            Csr::new(2, vec![0, 1], vec![-1], vec![1_u64]).is_err(),
            "negative column"
        );
        assert!(
            Csr::new(2, vec![0, 2], vec![1, 1], vec![1_u64, 1]).is_err(),
            "column twice"
        );
        assert!(
            Csr::new(2, vec![0, 1], vec![0], vec![1_u64, 2]).is_err(),
            "more values than columns"
        );
    }

    #[test]
    fn values_are_exchanged_and_cells_are_shared() {
        let m = Csr::from_rows(3, vec![vec![(0, 1_u64), (2, 5)], vec![], vec![(1, 7)]]).unwrap();
        let mut along = vec![0.5, 1.5, 2.5];
        let lengths: Vec<usize> = m.rows_of(&mut along).unwrap().iter().map(|r| r.len()).collect();
        assert_eq!(lengths, [2, 0, 1]);
        let other = m.with_values(along).unwrap();
        assert_eq!((other.get(0, 2), other.get(2, 1)), (Some(1.5), Some(2.5)));
        assert!(std::ptr::eq(m.indices(), other.indices()));
        assert!(m.with_values(vec![1.0]).is_err());
        assert!(m.rows_of(&mut [1.0]).is_err());
    }

    #[test]
    fn rows_and_columns_are_picked() {
        let m = Csr::from_rows(3, vec![vec![(0, 1_u64), (2, 5)], vec![], vec![(1, 7)]]).unwrap();
        assert_eq!((m.n_rows(), m.n_columns(), m.n_nonzero()), (3, 3, 3));
        assert_eq!((m.get(0, 2), m.get(0, 1), m.get(2, 1)), (Some(5), None, Some(7)));
        let picked = m.select_rows(&[2, 0]).unwrap();
        assert_eq!(picked.cells(0).collect::<Vec<_>>(), [(1, 7)]);
        assert!(m.select_rows(&[3]).is_err());
        let narrow = m.renumber_columns(&[None, Some(0), Some(1)], 2).unwrap();
        assert_eq!(narrow.cells(0).collect::<Vec<_>>(), [(1, 5)]);
        assert!(
            m.renumber_columns(&[Some(1), Some(1), Some(0)], 2).is_err(),
            "order is kept or refused"
        );
    }
}
