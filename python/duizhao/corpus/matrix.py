"""What document-feature matrices of counts and of weights share."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from .._base.groups import chosen_rows, evaluate, numbers
from .._base.metadata import Metadata, with_metadata
from .._base.schema import with_doc_id
from .._base.stored import Stored
from ..errors import ParameterError
from ._schema import DFM
from .arrays import CsrArrays
from .patterns import ValueType, matching_features

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_Self = TypeVar("_Self", bound="DocumentMatrix")


class DocumentMatrix(Stored):
    """What matrices of counts and of weights share. Immutable; every method returns a new value."""

    __slots__ = ("_core", "_documents")
    _core: Any
    _documents: pl.DataFrame

    @classmethod
    def _of(cls: type[_Self], core: Any, documents: pl.DataFrame) -> _Self:
        matrix = object.__new__(cls)
        object.__setattr__(matrix, "_core", core)
        object.__setattr__(matrix, "_documents", documents)
        return matrix

    def __len__(self) -> int:
        """Return the number of documents."""
        return int(self._core.n_documents)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of documents and number of features."""
        return int(self._core.n_documents), int(self._core.n_features)

    @property
    def documents(self) -> pl.DataFrame:
        """``doc_id`` and metadata, one row a document, in the order of the rows."""
        return self._documents

    @property
    def features(self) -> pl.DataFrame:
        """The features, one row each, in the order of the columns (that of the code points)."""
        frame: pl.DataFrame = self._core.features()
        return frame

    @property
    def _ids(self) -> pl.Series:
        return self._documents.get_column("doc_id")

    def to_frame(self, *, metadata: Metadata = False) -> pl.DataFrame:
        """Return the cells that are not zero: ``doc_id``, ``feature`` and ``count`` (or ``weight``).

        Ordered by document (as in :attr:`documents`), then by feature in code-point order. ``metadata``: True for all metadata
        of the documents behind these, or names of columns; none by default, since there is a row for every cell.
        """
        cells: pl.DataFrame = self._core.cells()
        value = cells.columns[-1]
        names = self.features.get_column("feature")
        found = pl.DataFrame(
            {
                "doc_id": self._ids.gather(cells.get_column("document")),
                "feature": names.gather(cells.get_column("feature")),
                value: cells.get_column(value),
            },
            schema=with_doc_id(_cell_schema(value), self._ids.dtype),
        )
        return with_metadata(found, self.documents, cells.get_column("document"), metadata)

    def to_numpy(self) -> CsrArrays:
        """Return row pointers, columns and values as NumPy arrays, without a copy; read-only.

        ``.toarray()`` of the result is the dense matrix.
        """
        import numpy as np

        indptr, indices, data = self._core.arrays()
        # The same 64 bits: sums stay below 2**63, and a signed type is what NumPy and SciPy calculate with.
        return CsrArrays(
            indptr, indices, data.view(np.int64) if data.dtype == np.uint64 else data, self.shape
        )

    def to_scipy(self) -> csr_array:
        """Return a ``scipy.sparse.csr_array`` that shares columns and values (needs SciPy)."""
        return self.to_numpy().to_scipy()

    def filter(self: _Self, *predicates: pl.Expr) -> _Self:
        """Return only the documents for which all expressions over :attr:`documents` are true; null counts
        as false.

        All features stay, also those that no longer occur (``trim()`` drops them), so that parts of one
        matrix can be compared column by column.
        """
        documents = self.documents
        kept = pl.Series(range(len(self)), dtype=pl.UInt32)
        for predicate in predicates:
            kept = kept.filter(kept.is_in(chosen_rows(documents, predicate, argument="predicates").implode()))
        return self._rows(kept)

    def sort(
        self: _Self,
        by: str | pl.Expr | Sequence[str | pl.Expr] = "doc_id",
        *,
        descending: bool | Sequence[bool] = False,
    ) -> _Self:
        """Return the documents in the order of one or more columns or expressions over :attr:`documents`.

        Features always stand in code-point order; sort the frame :attr:`features` for another one.
        """
        keys = [by] if isinstance(by, (str, pl.Expr)) else list(by)
        columns = [
            evaluate(self.documents, key, argument="by").alias(f"key{i}") for i, key in enumerate(keys)
        ]
        if not columns:
            raise ParameterError("`by` must name at least one column; got none")
        frame = pl.DataFrame(columns).with_row_index("row")
        return self._rows(
            frame.sort([c.name for c in columns], descending=descending, maintain_order=True).get_column(
                "row"
            )
        )

    def _rows(self: _Self, rows: pl.Series) -> _Self:
        return type(self)._of(self._core.select_documents(numbers(rows)), self._documents[rows.to_list()])

    def _columns(self: _Self, ids: pl.Series | Iterable[int]) -> _Self:
        return type(self)._of(self._core.select_features(numbers(ids)), self._documents)

    def select(
        self: _Self,
        pattern: str | Iterable[str] | pl.Expr,
        *,
        value_type: ValueType = "glob",
        case_insensitive: bool = True,
    ) -> _Self:
        """Return only the features that match; documents stay, also those that are left empty.

        Parameters
        ----------
        pattern
            One or more patterns, or a polars expression over :attr:`features` (``pl.col("count") > 10``).
        value_type
            ``"glob"``: ``*`` and ``?``, the whole feature must match; ``"regex"``: matches anywhere unless
            anchored;
            ``"fixed"``: the feature itself.
        case_insensitive
            Whether ``A`` matches ``a``.

        Raises
        ------
        ParameterError
            An empty pattern, or a regular expression that cannot be read.

        Warns
        -----
        DuizhaoWarning
            Patterns that match no feature, by name.
        """
        return self._columns(matching_features(self, pattern, value_type, case_insensitive, tell=True))

    def remove(
        self: _Self,
        pattern: str | Iterable[str] | pl.Expr,
        *,
        value_type: ValueType = "glob",
        case_insensitive: bool = True,
    ) -> _Self:
        """Return all features but those that match; parameters as for :meth:`select`."""
        gone = matching_features(self, pattern, value_type, case_insensitive)
        rest = pl.Series(range(self.shape[1]), dtype=pl.UInt32)
        return self._columns(rest.filter(~rest.is_in(gone.implode())))

    def __eq__(self, other: object) -> bool:
        """Compare features, documents and cells."""
        if not isinstance(other, type(self)):
            return NotImplemented
        return bool(self._core == other._core) and self._documents.equals(other._documents)

    __hash__ = None  # type: ignore[assignment]

    def _parts(self) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
        return {}, {"documents": self._documents, "features": self.features, "cells": self._core.cells()}

    def _summary(self) -> str:
        documents, features = self.shape
        cells = documents * features
        empty = f", {1 - self._core.n_nonzero / cells:.1%} zeros" if cells else ""
        return f"{documents:,} documents × {features:,} features{empty}"

    def __repr__(self) -> str:
        """Return a summary."""
        return f"{type(self).__name__}({self._summary()})"

    def _repr_html_(self) -> str:
        """A corner of the matrix for notebooks: the first documents, the most frequent features."""
        import numpy as np

        arrays = self.to_numpy()
        weight = np.bincount(arrays.indices, weights=arrays.data, minlength=self.shape[1])
        ids = np.argsort(-weight, kind="stable")[:10]
        names = self.features.get_column("feature")
        head = "".join(f"<th>{html.escape(names[int(i)])}</th>" for i in ids)
        body = []
        for row in range(min(len(self), 8)):
            span = slice(int(arrays.indptr[row]), int(arrays.indptr[row + 1]))
            cells = dict(zip(arrays.indices[span].tolist(), arrays.data[span].tolist(), strict=True))
            values = "".join(f"<td>{cells.get(int(i), 0):,.6g}</td>" for i in ids)
            body.append(f"<tr><th>{html.escape(str(self._ids[row]))}</th>{values}</tr>")
        note = html.escape(f"{type(self).__name__}: {self._summary()}")
        head = f"<thead><tr><th>doc_id</th>{head}</tr></thead>"
        return f"<div><p>{note}</p><table>{head}<tbody>{''.join(body)}</tbody></table></div>"


def _cell_schema(value: str) -> pl.Schema:
    return (
        DFM
        if value == "count"
        else pl.Schema({"doc_id": pl.String(), "feature": pl.String(), "weight": pl.Float64()})
    )
