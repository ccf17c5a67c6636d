"""Sparse matrices as NumPy and SciPy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array


class CsrArrays(NamedTuple):
    """A sparse matrix by rows, as NumPy arrays: row ``r`` holds ``data[indptr[r]:indptr[r + 1]]``.

    The arrays look at the matrix's own memory and cannot be written to.
    """

    indptr: np.ndarray[Any, Any]
    indices: np.ndarray[Any, Any]
    data: np.ndarray[Any, Any]
    shape: tuple[int, int]

    def toarray(self) -> np.ndarray[Any, Any]:
        """Return the matrix as a new dense array."""
        import numpy as np

        dense = np.zeros(self.shape, dtype=self.data.dtype)
        dense[np.repeat(np.arange(self.shape[0]), np.diff(self.indptr)), self.indices] = self.data
        return dense

    def to_scipy(self) -> csr_array:
        """Return the matrix as ``scipy.sparse.csr_array`` that shares columns and values."""
        import numpy as np
        from scipy.sparse import csr_array

        # SciPy wants both index arrays of one type: the short one, of pointers, is the cheaper to convert.
        small = len(self.data) <= np.iinfo(self.indices.dtype).max
        indptr = self.indptr.astype(self.indices.dtype) if small else self.indptr
        return csr_array((self.data, self.indices, indptr), shape=self.shape, copy=False)
