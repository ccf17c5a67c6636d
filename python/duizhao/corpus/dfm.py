"""Document-feature matrices: how often each document uses each feature."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import polars as pl

from .._base import stored as _storage
from .._base.frames import require_columns, require_doc_ids, require_instance, require_text, require_word
from .._base.schema import DFM, with_doc_id
from .._core import Dfm as _CoreDfm
from .._core import WeightedDfm as _CoreWeightedDfm
from ..dictionaries.dictionary import Dictionary
from ..errors import DataError, DataTypeError, ParameterError

if TYPE_CHECKING:
    import numpy as np


if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from .tokens import Tokens

__all__ = ["CsrArrays", "Dfm", "WeightedDfm", "dfm"]

#: What a count becomes: see :meth:`Dfm.weight`.
Weighting = Literal["prop", "propmax", "logcount", "augmented", "logave", "boolean"]
#: Units of the bounds of :meth:`Dfm.trim`.
Unit = Literal["count", "proportion", "rank", "quantile"]

#: How patterns are read: see :meth:`Dfm.select`.
ValueType = Literal["glob", "regex", "fixed"]

_Self = TypeVar("_Self", bound="_DocumentMatrix")


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


def numbers(values: Iterable[int] | pl.Series) -> pl.Series:
    """Row or feature numbers as the core wants them."""
    return pl.Series(values, dtype=pl.UInt32) if not isinstance(values, pl.Series) else values.cast(pl.UInt32)


def chosen_rows(frame: pl.DataFrame, condition: object, *, argument: str) -> pl.Series:
    """Numbers of the rows for which an expression over ``frame`` is true; null counts as false."""
    flags = evaluate(frame, condition, argument=argument)
    if flags.dtype != pl.Boolean:
        raise DataTypeError(f"`{argument}` must be a Boolean expression; got {flags.dtype}")
    rows: pl.Series = flags.fill_null(False).arg_true()
    return rows


def evaluate(frame: pl.DataFrame, expression: object, *, argument: str) -> pl.Series:
    """A column of ``frame`` by name or expression, one value a row."""
    if isinstance(expression, str):
        require_columns(frame, expression, argument=argument)
        return frame.get_column(expression)
    if not isinstance(expression, pl.Expr):
        raise DataTypeError(
            f"`{argument}` must be a column name or a polars expression; got {type(expression).__name__}"
        )
    require_columns(frame, *expression.meta.root_names(), argument=argument)
    try:
        return (
            frame.with_row_index("__row").select("__row", expression.alias("__value")).get_column("__value")
        )
    except pl.exceptions.PolarsError as error:
        raise ParameterError(
            f"`{argument}` must be an expression over the documents' columns; got {error}"
        ) from error


def matching_features(
    matrix: Any, pattern: str | Iterable[str] | pl.Expr, valuetype: str, case_insensitive: bool
) -> pl.Series:
    """Ids of the features of a matrix that match, ascending."""
    if isinstance(pattern, pl.Expr):
        return numbers(chosen_rows(matrix.features, pattern, argument="pattern"))
    words = [pattern] if isinstance(pattern, str) else list(pattern)
    for word in words:
        if not isinstance(word, str):
            raise DataTypeError(f"`pattern` must hold strings; got {type(word).__name__}")
    require_word(valuetype, ("glob", "regex", "fixed"), argument="valuetype")
    ids: pl.Series = matrix._core.match_features(words, valuetype, case_insensitive)
    return ids


class _DocumentMatrix:
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

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: values do not change."""
        raise AttributeError(f"a {type(self).__name__} is immutable")

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

    def to_frame(self) -> pl.DataFrame:
        """Return the cells that are not zero: ``doc_id``, ``feature`` and ``count`` (or ``weight``).

        Ordered by document (as in :attr:`documents`), then by feature in code-point order.
        """
        cells: pl.DataFrame = self._core.cells()
        value = cells.columns[-1]
        names = self.features.get_column("feature")
        return pl.DataFrame(
            {
                "doc_id": self._ids.gather(cells.get_column("document")),
                "feature": names.gather(cells.get_column("feature")),
                value: cells.get_column(value),
            },
            schema=with_doc_id(_cell_schema(value), self._ids.dtype),
        )

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
        valuetype: ValueType = "glob",
        case_insensitive: bool = True,
    ) -> _Self:
        """Return only the features that match; documents stay, also those that are left empty.

        Parameters
        ----------
        pattern
            One or more patterns, or a polars expression over :attr:`features` (``pl.col("count") > 10``).
        valuetype
            ``"glob"``: ``*`` and ``?``, the whole feature must match; ``"regex"``: matches anywhere unless
            anchored;
            ``"fixed"``: the feature itself.
        case_insensitive
            Whether ``A`` matches ``a``.

        Raises
        ------
        ParameterError
            An empty pattern, or a regular expression that cannot be read.
        """
        return self._columns(matching_features(self, pattern, valuetype, case_insensitive))

    def remove(
        self: _Self,
        pattern: str | Iterable[str] | pl.Expr,
        *,
        valuetype: ValueType = "glob",
        case_insensitive: bool = True,
    ) -> _Self:
        """Return all features but those that match; parameters as for :meth:`select`."""
        gone = matching_features(self, pattern, valuetype, case_insensitive)
        rest = pl.Series(range(self.shape[1]), dtype=pl.UInt32)
        return self._columns(rest.filter(~rest.is_in(gone.implode())))

    def __eq__(self, other: object) -> bool:
        """Compare features, documents and cells."""
        if not isinstance(other, type(self)):
            return NotImplemented
        return bool(self._core == other._core) and self._documents.equals(other._documents)

    __hash__ = None  # type: ignore[assignment]

    def _frames(self) -> dict[str, pl.DataFrame]:
        return {"documents": self._documents, "features": self.features, "cells": self._core.cells()}

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the matrix to one file (Parquet tables and a header with a format version).

        Raises
        ------
        FileError
            The file cannot be written; the message names it.
        """
        _storage.save(path, type(self).__name__, {}, self._frames())

    @classmethod
    def load(cls: type[_Self], path: str | os.PathLike[str]) -> _Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        FileError
            The file does not exist or cannot be read.
        FormatError
            The file holds something else, is damaged, or of a version that this release does not know.
        """
        _, frames = _storage.load(path, cls.__name__)
        return cls._restore(frames)

    @classmethod
    def _restore(cls: type[_Self], frames: Mapping[str, pl.DataFrame]) -> _Self:
        raise NotImplementedError

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as stored."""
        return _loads, (type(self), _storage.dumps(type(self).__name__, {}, self._frames()))

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


def _loads(cls: type[_Self], data: bytes) -> _Self:
    _, frames = _storage.loads(data, cls.__name__)
    return cls._restore(frames)


class WeightedDfm(_DocumentMatrix):
    """A document-feature matrix of weights; made by :meth:`Dfm.weight` and :meth:`Dfm.tfidf`.

    A weighted matrix cannot be weighted again: counts and weights are different types.
    """

    __slots__ = ()
    _core: _CoreWeightedDfm

    @classmethod
    def _restore(cls, frames: Mapping[str, pl.DataFrame]) -> WeightedDfm:
        documents = _storage.table(frames, "documents", "doc_id")
        cells = _storage.table(frames, "cells", "document", "feature", "weight")
        core = _CoreWeightedDfm.from_cells(
            _storage.table(frames, "features", "feature").get_column("feature"),
            documents.height,
            cells.get_column("document"),
            cells.get_column("feature"),
            cells.get_column("weight"),
        )
        return cls._of(core, documents)


class Dfm(_DocumentMatrix):
    """Counts of features by document: a sparse matrix with names and marginals. Immutable, picklable.

    Make one with :func:`dfm` or :meth:`Dfm.from_counts`. Columns are in the code-point order of the features.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 2), ("a", "工作", 1), ("b", "工作", 4)]
    >>> counts = pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    >>> d = dz.Dfm.from_counts(counts)
    >>> d
    Dfm(2 documents × 2 features, 25.0% zeros; 7 tokens)
    >>> d.features.rows()
    [('党建', 2, 1), ('工作', 5, 2)]
    >>> d.trim(min_doc_freq=2).to_frame().rows()
    [('a', '工作', 1), ('b', '工作', 4)]
    """

    __slots__ = ()
    _core: _CoreDfm

    def _summary(self) -> str:
        return f"{super()._summary()}; {self._core.total:,} tokens"

    @property
    def n_tokens(self) -> int:
        """Number of tokens counted, that is the sum of all counts."""
        return int(self._core.total)

    @property
    def documents(self) -> pl.DataFrame:
        """``doc_id``, ``n_tokens`` and ``n_types``, then the metadata; one row a document, in order."""
        import numpy as np

        types = pl.Series("n_types", np.diff(self._core.arrays()[0]), dtype=pl.Int64)
        rest = self._documents.drop("doc_id", "n_tokens", "n_types", strict=False).get_columns()
        return pl.DataFrame([self._ids, self._core.row_sums().alias("n_tokens"), types, *rest])

    @property
    def features(self) -> pl.DataFrame:
        """``feature``, ``count`` and ``doc_freq``, one row a feature, in code-point order."""
        return super().features

    @classmethod
    def from_counts(cls, counts: pl.DataFrame, *, documents: pl.DataFrame | None = None) -> Dfm:
        """Build from a long frame of counts, such as another tool's.

        Parameters
        ----------
        counts
            Columns ``doc_id``, ``feature`` (String) and ``count`` (integers of at least 0). Rows that name
            the same document and feature are added; zeros make no cell, but their feature and document
            exist.
        documents
            ``doc_id`` and metadata; says the order of documents and may name documents without counts.
            Without it the documents come in the order of their first row.

        Raises
        ------
        MissingColumnError, DataTypeError, DataError
            For a missing column, a wrong dtype, nulls, negative counts, or a document that ``documents``
            lacks.
        """
        require_instance(counts, pl.DataFrame, argument="counts", allowed="a polars DataFrame")
        require_columns(counts, "doc_id", "feature", "count", argument="counts")
        names = require_text(counts, "feature", argument="counts")
        value = counts.get_column("count")
        if not value.dtype.is_integer() and not (value.dtype == pl.Null and value.is_empty()):
            raise DataTypeError(f"column 'count' of `counts` must hold integers; got {value.dtype}")
        if value.null_count() or (value.len() and value.min() < 0):  # type: ignore[operator]
            raise DataError(
                "column 'count' of `counts` must hold integers of at least 0; got nulls or negative ones"
            )
        ids = counts.get_column("doc_id")
        if ids.null_count():
            raise DataError(
                f"column 'doc_id' of `counts` must be without nulls; got {ids.null_count()} of them"
            )
        if documents is None:
            documents = pl.DataFrame({"doc_id": ids.unique(maintain_order=True)})
        else:
            require_instance(documents, pl.DataFrame, argument="documents", allowed="a polars DataFrame")
            require_doc_ids(documents, argument="documents")
        rows = _places(ids, documents.get_column("doc_id"), argument="counts")
        # Code-point order: polars orders strings by their bytes, which in UTF-8 is the same.
        features = names.unique().sort()
        core = _CoreDfm.from_cells(
            features.alias("feature"),
            documents.height,
            rows,
            _places(names, features, argument="counts"),
            value.cast(pl.UInt64),
        )
        return cls._of(core, _with_id_first(documents))

    @classmethod
    def _restore(cls, frames: Mapping[str, pl.DataFrame]) -> Dfm:
        documents = _storage.table(frames, "documents", "doc_id")
        cells = _storage.table(frames, "cells", "document", "feature", "count")
        core = _CoreDfm.from_cells(
            _storage.table(frames, "features", "feature").get_column("feature"),
            documents.height,
            cells.get_column("document"),
            cells.get_column("feature"),
            cells.get_column("count").cast(pl.UInt64),
        )
        return cls._of(core, documents)

    def trim(
        self,
        *,
        min_count: float | None = None,
        max_count: float | None = None,
        min_doc_freq: float | None = None,
        max_doc_freq: float | None = None,
        count_unit: Unit = "count",
        doc_freq_unit: Unit = "count",
    ) -> Dfm:
        """Return only the features within all bounds, which are inclusive; features that do not occur
        always go.

        Parameters
        ----------
        min_count, max_count
            Bounds of the total count of a feature.
        min_doc_freq, max_doc_freq
            Bounds of the number of documents that have it.
        count_unit, doc_freq_unit
            ``"count"``: the number itself. ``"proportion"``: a share of all tokens, of all documents.
            ``"rank"``: place from the most frequent down, ties sharing the best place; ``min_count=50``
            keeps places 1 to 50 with ties, ``max_count=50`` place 50 and all behind. ``"quantile"``: the
            figure at that share of the features.

        Notes
        -----
        The units are those of quanteda's ``dfm_trim`` and give its figures.
        """
        words = ("count", "proportion", "rank", "quantile")
        require_word(count_unit, words, argument="count_unit")
        require_word(doc_freq_unit, words, argument="doc_freq_unit")
        core = self._core.trim(min_count, max_count, count_unit, min_doc_freq, max_doc_freq, doc_freq_unit)
        return Dfm._of(core, self._documents)

    def group(self, by: str | pl.Expr | Sequence[str | pl.Expr]) -> Dfm:
        """Return a matrix with one row a group of documents, their counts added.

        Parameters
        ----------
        by
            A column of :attr:`documents`, several, or an expression over them.

        Returns
        -------
        Dfm
            Groups in ascending order. ``doc_id`` is the value of the group (of several columns: their
            values joined by ``"/"``); the documents frame holds the columns grouped by and ``n_documents``.

        Raises
        ------
        DataError
            A document without a group (null): filter such documents out or give them a name first.
        """
        keys = [by] if isinstance(by, (str, pl.Expr)) else list(by)
        if not keys:
            raise ParameterError("`by` must name at least one column; got none")
        columns = [evaluate(self.documents, key, argument="by") for key in keys]
        names = [
            key if isinstance(key, str) else key.meta.output_name(raise_if_undetermined=False) or "group"
            for key in keys
        ]
        for name, column in zip(names, columns, strict=True):
            if column.null_count():
                raise DataError(
                    f"`by` must give every document a group; {name!r} is null for {column.null_count()} of "
                    f"{column.len()} documents (filter them out, or use fill_null)"
                )
        keyed = pl.DataFrame([c.alias(f"__key{i}") for i, c in enumerate(columns)])
        groups = keyed.group_by(pl.all()).agg(n_documents=pl.len().cast(pl.Int64)).sort(keyed.columns)
        numbered = groups.select(keyed.columns).with_row_index("__group")
        rows = keyed.join(numbered, on=keyed.columns, how="left", maintain_order="left").get_column("__group")
        if len(columns) == 1:
            ids = groups.get_column("__key0")
        else:
            ids = groups.select(
                pl.concat_str(pl.col(keyed.columns).cast(pl.String), separator="/")
            ).to_series()
        labels = groups.rename({f"__key{i}": name for i, name in enumerate(names)})
        documents = pl.DataFrame([ids.alias("doc_id")]).hstack(
            [c for c in labels.get_columns() if c.name != "doc_id"]
        )
        return Dfm._of(self._core.group(numbers(rows), groups.height), documents)

    def lookup(self, dictionary: Dictionary, *, depth: int | None = None) -> Dfm:
        """Count the categories of a dictionary in place of the features.

        An entry matches whole features, as in :meth:`select`; one that holds white space (a phrase) matches
        none. A feature counts once in each category that it belongs to. Exclusions, contexts, negation and
        variants need text and are not looked at: see :func:`duizhao.lookup`.

        Parameters
        ----------
        dictionary
            The categories.
        depth
            Number of levels to keep, from the outermost; by default all.

        Returns
        -------
        Dfm
            One feature a category (levels joined by ``.``), also for categories that nothing matches;
            documents stay as they are.

        Raises
        ------
        DataTypeError, ParameterError
            No dictionary; a `depth` that is no whole number of at least 1.

        Examples
        --------
        >>> import duizhao as dz
        >>> d = dz.Dictionary({"上": {"党": ["党*"]}, "下": ["居民"]})
        >>> dz.dfm(dz.tokens([["党委", "党组", "居民"]])).lookup(d).to_frame().rows()
        [('doc1', '上.党', 2), ('doc1', '下', 1)]
        """
        require_instance(dictionary, Dictionary, argument="dictionary", allowed="a dz.Dictionary")
        if depth is not None and (isinstance(depth, bool) or not isinstance(depth, int) or depth < 1):
            raise ParameterError(f"`depth` must be a whole number of at least 1; got {depth!r}")
        levels = pl.col("levels") if depth is None else pl.col("levels").list.head(depth)
        entries = dictionary.to_frame().select(levels.list.join(".").alias("category"), "entry")
        kind = "glob" if dictionary.options["glob"] else "fixed"
        folded = bool(dictionary.options["case_insensitive"])
        names = self.features.get_column("feature")
        parts = []
        for (category,), group in entries.group_by("category", maintain_order=True):
            words = [w for w in group.get_column("entry") if not any(c.isspace() for c in w)]
            ids = self._core.match_features(words, kind, folded) if words else pl.Series([], dtype=pl.UInt32)
            feature = names.gather(ids.unique()).alias("feature")
            parts.append(feature.to_frame().with_columns(pl.lit(str(category)).alias("category")))
        matched = (
            pl.concat(parts) if parts else pl.DataFrame(schema={"feature": pl.String, "category": pl.String})
        )
        found = self.to_frame().join(matched, on="feature", maintain_order="left")
        counts = found.select("doc_id", pl.col("category").alias("feature"), "count")
        if self.shape[0]:
            first = pl.DataFrame({"feature": entries.get_column("category").unique(maintain_order=True)})
            first = first.with_columns(pl.lit(self._ids[0], dtype=self._ids.dtype).alias("doc_id"))
            counts = pl.concat(
                [counts, first.select("doc_id", "feature", pl.lit(0, pl.Int64).alias("count"))]
            )
        documents = self.documents.drop("n_tokens", "n_types", strict=False)
        return Dfm.from_counts(counts, documents=documents)

    def merge(self, *others: Dfm) -> Dfm:
        """Add matrices: the counts of a document that occurs in several are summed, features are those of
        all.

        The order of merging does not matter, for the result has its documents in ascending order of
        ``doc_id``. Metadata columns are those of all; a document that occurs in several must not contradict
        itself.

        Raises
        ------
        DataTypeError
            Something that is not a Dfm, or ``doc_id`` of another dtype.
        DataError
            A document with different metadata in two matrices.
        """
        parts = [self, *(require_instance(o, Dfm, argument="others", allowed="Dfm") for o in others)]
        dtypes = {part._ids.dtype for part in parts}
        if len(dtypes) > 1:
            raise DataTypeError(
                f"`others` must have `doc_id` of the same dtype; got {', '.join(sorted(map(str, dtypes)))}"
            )
        documents = _merged_documents([part._documents for part in parts])
        rows = [_places(part._ids, documents.get_column("doc_id"), argument="others") for part in parts]
        return Dfm._of(_CoreDfm.merge([part._core for part in parts], rows, documents.height), documents)

    def weight(self, scheme: Weighting, *, base: float | None = None, k: float | None = None) -> WeightedDfm:
        """Return the counts under a weighting scheme.

        Parameters
        ----------
        scheme
            With ``c`` the count, ``n`` the sum and ``m`` the maximum of the document's counts, ``v`` its
            number of features: ``"prop"`` c / n; ``"propmax"`` c / m; ``"logcount"`` 1 + log c;
            ``"augmented"`` k + (1 - k) c / m; ``"logave"`` (1 + log c) / (1 + log(n / v)); ``"boolean"`` 1.
        base
            Base of the logarithm, above 1; e if not given (quanteda's default is 10).
        k
            Parameter of ``"augmented"``, from 0 to 1; 0.5 if not given.

        Raises
        ------
        ParameterError
            An unknown scheme, or a parameter out of range or without meaning for the scheme.
        """
        words = ("prop", "propmax", "logcount", "augmented", "logave", "boolean")
        require_word(scheme, words, argument="scheme")
        if base is not None and scheme not in ("logcount", "logave"):
            raise ParameterError(
                f"`base` must be None for the scheme {scheme!r}, which has no logarithm; got {base!r}"
            )
        if k is not None and scheme != "augmented":
            raise ParameterError(f"`k` must be None for the scheme {scheme!r}; got {k!r}")
        return WeightedDfm._of(self._core.weigh(scheme, base, k), self._documents)

    def tfidf(self, **options: Any) -> WeightedDfm:
        """Return the tf-idf as a matrix.

        Options as for :func:`duizhao.tfidf`. Undefined and zero weights make no cell.
        """
        from .tfidf import tfidf_matrix

        return tfidf_matrix(self, **options)

    def top(self, n: int = 10, *, by: str | pl.Expr | None = None) -> pl.DataFrame:
        """Return the most frequent features, of all documents or of each group.

        Returns
        -------
        polars.DataFrame
            ``feature``, ``count``, ``doc_freq``, by descending count, ties in code-point order; with ``by``
            the group comes first, and ``doc_freq`` counts documents of the group.
        """
        if not isinstance(n, int) or isinstance(n, bool) or n < 1:
            raise ParameterError(f"`n` must be a whole number of at least 1; got {n!r}")
        if by is None:
            return self.features.sort(["count", "feature"], descending=[True, False]).head(n)
        groups = evaluate(self.documents, by, argument="by")
        name = by if isinstance(by, str) else by.meta.output_name(raise_if_undetermined=False) or "group"
        if name in ("feature", "count", "doc_freq"):
            raise ParameterError(f"`by` must not be called {name!r}, which is a column of the result")
        cells: pl.DataFrame = self._core.cells()
        top = (
            cells.with_columns(groups.gather(cells.get_column("document")).alias("__group"))
            .group_by("__group", "feature")
            .agg(pl.col("count").sum(), pl.len().cast(pl.Int64).alias("doc_freq"))
            .sort(["__group", "count", "feature"], descending=[False, True, False])
            .group_by("__group", maintain_order=True)
            .head(n)
        )
        names = self.features.get_column("feature").gather(top.get_column("feature"))
        return top.select(pl.col("__group").alias(name), names, "count", "doc_freq")


def _with_id_first(documents: pl.DataFrame) -> pl.DataFrame:
    return documents.select("doc_id", pl.all().exclude("doc_id"))


def _places(values: pl.Series, among: pl.Series, *, argument: str) -> pl.Series:
    """Where each value stands among distinct ones."""
    if values.dtype == pl.Null:
        values = values.cast(among.dtype)
    try:
        places = (
            values.alias("value")
            .to_frame()
            .join(
                among.alias("value").to_frame().with_row_index("place"),
                on="value",
                how="left",
                maintain_order="left",
            )
            .get_column("place")
        )
    except pl.exceptions.PolarsError as error:
        raise DataTypeError(
            f"`{argument}` must have values of dtype {among.dtype}; got {values.dtype}"
        ) from error
    if places.null_count():
        unknown = values.filter(places.is_null()).unique(maintain_order=True).head(5).to_list()
        raise DataError(
            f"`{argument}` must name documents that `documents` holds; got {', '.join(map(repr, unknown))}"
        )
    return numbers(places)


def _merged_documents(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Documents of all frames, in ascending order of ``doc_id``, with the metadata of all."""
    try:
        rows = pl.concat(frames, how="diagonal")
    except pl.exceptions.PolarsError as error:
        raise DataTypeError(f"`others` must have metadata columns of the same dtypes; {error}") from error
    columns = sorted(name for name in rows.columns if name != "doc_id")
    # A value contradicts another one, but not its absence.
    known = rows.group_by("doc_id").agg(pl.col(c).drop_nulls().unique() for c in columns)
    for column in columns:
        twice = known.filter(pl.col(column).list.len() > 1).get_column("doc_id").sort()
        if twice.len():
            raise DataError(
                f"`others` must agree on {column!r} of a document; these differ: {twice.head(5).to_list()}"
            )
    return known.select("doc_id", *(pl.col(c).list.first() for c in columns)).sort("doc_id")


def dfm(tokens: Tokens, *, progress: Callable[[int], object] | None = None) -> Dfm:
    """Count the tokens of each document.

    Parameters
    ----------
    tokens
        What ``dz.tokens`` gave. Padding (removed tokens that keep their place) is not counted.
    progress
        Called with the number of documents finished since the last call.

    Returns
    -------
    Dfm
        One row a document, also for empty ones; one column a feature that occurs.

    Raises
    ------
    DataTypeError
        Something else than Tokens.
    """
    from .tokens import Tokens

    require_instance(tokens, Tokens, argument="tokens", allowed="Tokens (made by `dz.tokens`)")
    return Dfm._of(_CoreDfm.from_tokens(tokens._core, progress=progress), tokens._documents)
