"""Tf-idf: how much a feature says about a document, with the conventions of other tools by name."""

from __future__ import annotations

import json
import os
from typing import Any, Literal

import polars as pl

from .._base import stored as _storage
from .._base.frames import require_columns, require_instance, require_text, require_word
from .._base.schema import TFIDF, with_doc_id
from .._core import Idf as _CoreIdf
from .._core import tfidf_frame as _tfidf_frame
from .._core import tfidf_matrix as _tfidf_matrix
from ..errors import DataTypeError, FormatError, ParameterError
from .dfm import Dfm, WeightedDfm

__all__ = ["Idf", "fit_idf", "tfidf", "tfidf_matrix"]

Tf = Literal["count", "prop", "propmax", "logcount", "augmented", "logave", "boolean"]
IdfScheme = Literal["inverse", "smooth", "max", "probabilistic", "bm25", "unary"]
Preset = Literal["sklearn", "quanteda", "gensim", "tidytext", "jieba"]
Norm = Literal["none", "l1", "l2"]
Unseen = Literal["null", "drop", "median", "max"]

_WORDS: dict[str, tuple[str, ...]] = {
    "tf": ("count", "prop", "propmax", "logcount", "augmented", "logave", "boolean"),
    "idf": ("inverse", "smooth", "max", "probabilistic", "bm25", "unary"),
    "preset": ("sklearn", "quanteda", "gensim", "tidytext", "jieba"),
    "norm": ("none", "l1", "l2"),
    "unseen": ("null", "drop", "median", "max"),
}
_NUMBERS = ("tf_k", "base", "smoothing", "k", "add")


def _wishes(**given: Any) -> dict[str, Any]:
    """What the user asked for, checked; what is None is left to the preset."""
    for name, words in _WORDS.items():
        if given.get(name) is not None:
            require_word(given[name], words, argument=name)
    for name in _NUMBERS:
        value = given.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise DataTypeError(f"`{name}` must be a number; got {type(value).__name__}")
    return {name: given.get(name) for name in (*_WORDS, *_NUMBERS)}


class Idf:
    """How rare features are in some collection: made once, applied to any matrix. Immutable, picklable.

    Make one with :func:`fit_idf`, or with :meth:`Idf.from_frame` from a table such as another tool's.
    """

    __slots__ = ("_core",)
    _core: _CoreIdf

    @classmethod
    def _of(cls, core: _CoreIdf) -> Idf:
        idf = object.__new__(cls)
        object.__setattr__(idf, "_core", core)
        return idf

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: values do not change."""
        raise AttributeError("an Idf is immutable")

    @classmethod
    def from_frame(cls, table: pl.DataFrame) -> Idf:
        """Take over a table with the columns ``feature`` (String, distinct) and ``idf`` (numbers).

        Raises
        ------
        MissingColumnError, DataTypeError, DataError
            For a missing column, a wrong dtype, nulls, repeated features or values that are not finite.

        Examples
        --------
        >>> import polars as pl, duizhao as dz
        >>> dz.Idf.from_frame(pl.DataFrame({"feature": ["党建", "工作"], "idf": [7.5, 2.25]}))
        Idf(2 features, supplied)
        """
        require_instance(table, pl.DataFrame, argument="table", allowed="a polars DataFrame")
        require_columns(table, "idf", argument="table")
        names = require_text(table, "feature", argument="table")
        values = table.get_column("idf")
        if not values.dtype.is_numeric():
            raise DataTypeError(f"column 'idf' of `table` must hold numbers; got {values.dtype}")
        return cls._of(_CoreIdf.from_table(names, values.cast(pl.Float64)))

    def __len__(self) -> int:
        """Return the number of features."""
        return int(self._core.n_features)

    @property
    def n_documents(self) -> int | None:
        """Number of documents it was fitted on; ``None`` for a table that was supplied."""
        return self._core.n_documents

    @property
    def formula(self) -> dict[str, Any] | None:
        """Scheme and parameters; ``None`` for a table that was supplied."""
        header = self._core.header()
        if header is None:
            return None
        stored = json.loads(header)
        return {
            "scheme": stored["scheme"],
            **{k: float(stored[k]) for k in ("base", "smoothing", "k", "add")},
        }

    def to_frame(self) -> pl.DataFrame:
        """Return ``feature``, ``doc_freq`` (null for a supplied table) and ``idf``, in code-point order."""
        frame: pl.DataFrame = self._core.to_frame()
        return frame

    def __repr__(self) -> str:
        """Return a summary."""
        if self.n_documents is None:
            return f"Idf({len(self):,} features, supplied)"
        formula = self.formula or {}
        scheme = formula.get("scheme")
        return f"Idf({len(self):,} features, {scheme!r}, fitted on {self.n_documents:,} documents)"

    def __eq__(self, other: object) -> bool:
        """Compare features, documents and cells."""
        return bool(self._core == other._core) if isinstance(other, Idf) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write to one file (a Parquet table and a header with a format version)."""
        _storage.save(path, "Idf", {"fitted": self._core.header()}, {"features": self.to_frame()})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Idf:
        """Read what :meth:`save` wrote.

        Raises
        ------
        FileError, FormatError
            The file cannot be read; it holds something else or is damaged.
        """
        return cls._restore(*_storage.load(path, "Idf"))

    @classmethod
    def _restore(cls, header: dict[str, Any], frames: dict[str, pl.DataFrame]) -> Idf:
        table = _storage.table(frames, "features", "feature", "doc_freq", "idf")
        fitted = header.get("fitted")
        if fitted is None:
            return cls.from_frame(table)
        if not isinstance(fitted, str):
            raise FormatError(f"a stored Idf must say how it was fitted; got {fitted!r}")
        return cls._of(
            _CoreIdf.from_doc_freqs(
                fitted, table.get_column("feature"), table.get_column("doc_freq").cast(pl.UInt64)
            )
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as stored."""
        return _loads, (
            _storage.dumps("Idf", {"fitted": self._core.header()}, {"features": self.to_frame()}),
        )


def _loads(data: bytes) -> Idf:
    return Idf._restore(*_storage.loads(data, "Idf"))


def fit_idf(
    dfm: Dfm,
    *,
    idf: IdfScheme | None = None,
    preset: Preset | None = None,
    base: float | None = None,
    smoothing: float | None = None,
    k: float | None = None,
    add: float | None = None,
) -> Idf:
    """Learn from a matrix how rare its features are.

    Parameters
    ----------
    dfm
        The collection; a grouped matrix counts groups instead of documents.
    idf
        The formula, with ``N`` documents and document frequency ``df``:

        ========================= ============================================================
        ``"inverse"`` (default)   ``add + log(smoothing + N / (k + df))``
        ``"smooth"``              ``add + log((1 + N) / (1 + df))``
        ``"max"``                 ``add + log(smoothing + max df / (k + df))``
        ``"probabilistic"``       ``add + max(0, log((N - df) / (k + df)))``
        ``"bm25"``                ``add + log((N - df + 0.5) / (df + 0.5))``, negative where df > N/2
        ``"unary"``               1
        ========================= ============================================================
    preset
        The defaults of another tool; see :func:`tfidf`.
    base, smoothing, k, add
        Parameters of the formula: base e, and 0 for the others, unless the preset says otherwise.

    Returns
    -------
    Idf
        To be passed to :func:`tfidf` with other documents.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> counts = pl.DataFrame({"doc_id": [1, 1, 2], "feature": ["党建", "工作", "工作"], "count": [2, 1, 4]})
    >>> dz.fit_idf(dz.Dfm.from_counts(counts), base=2).to_frame().rows()
    [('党建', 1, 1.0), ('工作', 2, 0.0)]
    """
    require_instance(dfm, Dfm, argument="dfm", allowed="a Dfm of counts")
    wishes = _wishes(idf=idf, preset=preset, base=base, smoothing=smoothing, k=k, add=add)
    return Idf._of(_CoreIdf.fit(dfm._core, wishes))


def _prepared(
    dfm: Dfm, idf: IdfScheme | Idf | None, by: str | pl.Expr | None, options: dict[str, Any]
) -> tuple[Dfm, _CoreIdf | None, dict[str, Any]]:
    require_instance(
        dfm, Dfm, argument="dfm", allowed="a Dfm of counts (a weighted matrix cannot be weighted again)"
    )
    if isinstance(idf, Idf):
        for name in ("smoothing", "k", "add"):
            if options[name] is not None:
                raise ParameterError(
                    f"`{name}` must be None with a fitted idf, whose formula is fixed; got {options[name]!r}"
                )
    wishes = _wishes(idf=None if isinstance(idf, Idf) else idf, **options)
    return dfm if by is None else dfm.group(by), idf._core if isinstance(idf, Idf) else None, wishes


def tfidf(
    dfm: Dfm,
    *,
    tf: Tf | None = None,
    idf: IdfScheme | Idf | None = None,
    preset: Preset | None = None,
    by: str | pl.Expr | None = None,
    base: float | None = None,
    smoothing: float | None = None,
    k: float | None = None,
    add: float | None = None,
    tf_k: float | None = None,
    norm: Norm | None = None,
    unseen: Unseen | None = None,
) -> pl.DataFrame:
    """Score how much each feature says about each document.

    Parameters
    ----------
    dfm
        Counts. A weighted matrix is refused: it would be weighted twice.
    tf
        Weight within the document: the count itself, or a scheme of :meth:`Dfm.weight`.
    idf
        A formula of :func:`fit_idf`, fitted on ``dfm`` itself (default ``"inverse"``: ``ln(N / df)``), or an
        :class:`Idf` that was fitted before.
    preset
        The defaults of another tool; whatever else is given goes before it.

        ============== ===================================================================================
        ``"sklearn"``  ``c · (ln((1 + N) / (1 + df)) + 1)``, L2 (``TfidfTransformer``)
        ``"quanteda"`` ``c · log10(N / df)`` (``dfm_tfidf``)
        ``"gensim"``   ``c · log2(N / df)``, L2; weights of 0 have no row (``TfidfModel``)
        ``"tidytext"`` ``c / n · ln(N / df)`` (``bind_tf_idf``)
        ``"jieba"``    ``c / n · idf`` with a table of your own (``Idf.from_frame``); a word that is not in
                       it gets the median; without a table ``ln(N / df)``
        ============== ===================================================================================
    by
        A column or expression over the documents: the documents of a group are added first, and ``N`` and
        ``df`` count groups.
    base
        Base of all logarithms, of tf as of idf (for a fitted idf of tf only); e unless the preset says
        otherwise.
    smoothing, k, add
        Parameters of the idf formula.
    tf_k
        ``k`` of ``tf="augmented"``.
    norm
        Scales each document's weights: ``"l1"`` to the sum 1, ``"l2"`` to the length 1.
    unseen
        Features that a fitted idf does not know: ``"null"`` (default) keeps the row without a score,
        ``"drop"`` leaves it out, ``"median"`` and ``"max"`` take that value of the known ones. The count of
        such a feature stays part of its document's sum.

    Returns
    -------
    polars.DataFrame
        ``doc_id, feature, freq, tf, idf, tfidf``: one row a count, documents in their order, each from the
        greatest tf-idf down (nulls last), ties in code-point order.

    Raises
    ------
    DataTypeError, ParameterError
        Something else than a Dfm; an unknown word or a number out of range.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 2), ("a", "工作", 1), ("b", "工作", 4)]
    >>> counts = pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    >>> dz.tfidf(dz.Dfm.from_counts(counts), base=2).rows()
    [('a', '党建', 2, 2.0, 1.0, 2.0), ('a', '工作', 1, 1.0, 0.0, 0.0), ('b', '工作', 4, 4.0, 0.0, 0.0)]
    """
    options = {
        "tf": tf, "preset": preset, "base": base, "smoothing": smoothing, "k": k, "add": add,
        "tf_k": tf_k, "norm": norm, "unseen": unseen,
    }  # fmt: skip
    dfm, fitted, wishes = _prepared(dfm, idf, by, options)
    rows: pl.DataFrame = _tfidf_frame(dfm._core, fitted, wishes)
    ids = dfm._ids
    return pl.DataFrame(
        {
            "doc_id": ids.gather(rows.get_column("document")),
            "feature": dfm.features.get_column("feature").gather(rows.get_column("feature")),
            **{name: rows.get_column(name) for name in ("freq", "tf", "idf", "tfidf")},
        },
        schema=with_doc_id(TFIDF, ids.dtype),
    )


def tfidf_matrix(
    dfm: Dfm,
    *,
    tf: Tf | None = None,
    idf: IdfScheme | Idf | None = None,
    preset: Preset | None = None,
    by: str | pl.Expr | None = None,
    base: float | None = None,
    smoothing: float | None = None,
    k: float | None = None,
    add: float | None = None,
    tf_k: float | None = None,
    norm: Norm | None = None,
    unseen: Unseen | None = None,
) -> WeightedDfm:
    """Return what :func:`tfidf` computes as a matrix; undefined weights and weights of 0 make no cell."""
    options = {
        "tf": tf, "preset": preset, "base": base, "smoothing": smoothing, "k": k, "add": add,
        "tf_k": tf_k, "norm": norm, "unseen": unseen,
    }  # fmt: skip
    dfm, fitted, wishes = _prepared(dfm, idf, by, options)
    return WeightedDfm._of(_tfidf_matrix(dfm._core, fitted, wishes), dfm._documents)
