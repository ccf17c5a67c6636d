"""How rare features are: fitted once, applied to any matrix; the words and parameters of tf-idf."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

import polars as pl

from .._base.checks import require_instance, require_number, require_word
from .._base.frames import require_columns, require_text
from .._base.html import shown
from .._base.stored import Stored, table
from .._core import Idf as _CoreIdf
from ..errors import DataTypeError, FormatError, ParameterError

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


def tfidf_wishes(**given: Any) -> dict[str, Any]:
    """What the user asked for, checked; what is None is left to the preset."""
    for name, words in _WORDS.items():
        if given.get(name) is not None:
            require_word(given[name], words, argument=name)
    for name in _NUMBERS:
        value = given.get(name)
        if value is not None:
            require_number(value, name)
    return {name: given.get(name) for name in (*_WORDS, *_NUMBERS)}


class Idf(Stored):
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

    def _repr_html_(self) -> str:
        return shown(
            repr(self), {"rarest first": self.to_frame().sort("idf", "feature", descending=[True, False])}
        )

    def __eq__(self, other: object) -> bool:
        """Compare features, documents and cells."""
        return bool(self._core == other._core) if isinstance(other, Idf) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def _parts(self) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
        return {"fitted": self._core.header()}, {"features": self.to_frame()}

    @classmethod
    def _restore(cls, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> Idf:
        stored = table(frames, "features", "feature", "doc_freq", "idf")
        fitted = header.get("fitted")
        if fitted is None:
            return cls.from_frame(stored)
        if not isinstance(fitted, str):
            raise FormatError(f"a stored Idf must say how it was fitted; got {fitted!r}")
        return cls._of(
            _CoreIdf.from_doc_freqs(
                fitted, stored.get_column("feature"), stored.get_column("doc_freq").cast(pl.UInt64)
            )
        )


def prepared_tfidf(
    idf: IdfScheme | Idf | None, options: dict[str, Any]
) -> tuple[_CoreIdf | None, dict[str, Any]]:
    """The fitted idf, if there is one, and what else the core is told."""
    if isinstance(idf, Idf):
        for name in ("smoothing", "k", "add"):
            if options[name] is not None:
                raise ParameterError(
                    f"`{name}` must be None with a fitted idf, whose formula is fixed; got {options[name]!r}"
                )
    wishes = tfidf_wishes(idf=None if isinstance(idf, Idf) else idf, **options)
    return idf._core if isinstance(idf, Idf) else None, wishes
