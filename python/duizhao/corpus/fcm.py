"""Feature co-occurrence matrices: how often two features stand near each other."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from .._base.checks import (
    did_you_mean,
    require_flag,
    require_instance,
    require_number,
    require_whole,
    require_word,
)
from .._base.groups import numbers
from .._base.progress import Progress, reporting
from .._base.stored import Stored, table
from .._core import Fcm as _CoreFcm
from .._core import WeightedFcm as _CoreWeightedFcm
from .._core import count_pairs as _count_pairs
from .._core import weigh_pairs as _weigh_pairs
from ..errors import DataTypeError, FormatError, ParameterError
from ._schema import FCM
from .arrays import CsrArrays
from .patterns import ValueType, matching_features, parts_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from .._core import Tokens as CoreTokens

__all__ = ["Fcm", "count_pairs"]

Context = Literal["window", "document", "paragraph", "sentence"]
Within = Literal["document", "paragraph", "sentence"]
Count = Literal["frequency", "boolean", "weighted"]

_CELLS = {
    "count": FCM,
    "weight": pl.Schema({"node": pl.String(), "collocate": pl.String(), "weight": pl.Float64()}),
}


class Fcm(Stored):
    """Pairs of features with their counts (or distance weights) and margins. Immutable, picklable.

    Made by :func:`fcm`. An unordered matrix stores each pair once, in the row of the feature that comes
    first in code-point order; ``symmetric=True`` gives both triangles.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> docs = pl.DataFrame({"doc_id": [1], "text": [["党建", "引领", "工作", "党建"]]})
    >>> f = dz.fcm(dz.tokens(docs), window=1, within="document")
    >>> f
    Fcm(3 features, window of 1 within document, frequency; 3 cells)
    >>> f.to_frame().rows()
    [('党建', '工作', 1), ('党建', '引领', 1), ('工作', '引领', 1)]
    """

    __slots__ = ("_core", "_documents")
    _core: _CoreFcm | _CoreWeightedFcm
    _documents: pl.DataFrame

    @classmethod
    def _of(cls, core: _CoreFcm | _CoreWeightedFcm, documents: pl.DataFrame) -> Fcm:
        matrix = object.__new__(cls)
        object.__setattr__(matrix, "_core", core)
        object.__setattr__(matrix, "_documents", documents)
        return matrix

    def __len__(self) -> int:
        """Return the number of features."""
        return int(self._core.n_features)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of features, twice."""
        return len(self), len(self)

    @property
    def documents(self) -> pl.DataFrame:
        """The documents that were counted: ``doc_id`` and metadata."""
        return self._documents

    @property
    def weighted(self) -> bool:
        """Whether cells are distance weights (Float64) instead of counts."""
        return isinstance(self._core, _CoreWeightedFcm)

    @property
    def options(self) -> dict[str, Any]:
        """How it was counted: unit, window, counting, ordered, self_pairs_twice, weights."""
        header = json.loads(self._core.header())
        return {**header["options"], "weights": [float(w) for w in header["distance_weights"]] or None}

    @property
    def features(self) -> pl.DataFrame:
        """The features in code-point order, with their margins.

        ``feature``; ``margin_node`` and ``margin_collocate``: the margins that a 2×2 table of a cell needs,
        whose total is :attr:`n_pairs`; ``unit_freq``: number of units (documents, paragraphs, sentences)
        that have the feature.

        Frequencies and weights: a pair is looked at from its first token, an unordered one from both ends,
        so the margin counts the pair ends that a feature fills. Boolean: the margin is ``unit_freq`` and
        the total :attr:`n_units`. Margins are those of the whole text, also after :meth:`select`.
        """
        frame: pl.DataFrame = self._core.features()
        return frame

    @property
    def n_pairs(self) -> int | float:
        """Size of the sample that the margins belong to.

        Pairs if ordered, pair ends (twice the pairs) if not; units if boolean; sums of weights if weighted.
        """
        return self._core.total

    @property
    def n_units(self) -> int:
        """Number of documents, paragraphs or sentences that pairs do not leave."""
        return int(self._core.n_units)

    def to_frame(self, *, symmetric: bool = False) -> pl.DataFrame:
        """Return the cells: ``node``, ``collocate`` and ``count`` (or ``weight``).

        Parameters
        ----------
        symmetric
            Give an unordered pair in both directions (a pair of a feature with itself stays one row).

        Returns
        -------
        polars.DataFrame
            Ordered by node, then collocate, in code-point order.
        """
        both = require_flag(symmetric, "symmetric")
        cells: pl.DataFrame = self._core.symmetric_cells() if both else self._core.cells()
        return self._named(cells)

    def _named(self, cells: pl.DataFrame) -> pl.DataFrame:
        names = self.features.get_column("feature")
        value = cells.columns[-1]
        return pl.DataFrame(
            {
                "node": names.gather(cells.get_column("node")),
                "collocate": names.gather(cells.get_column("collocate")),
                value: cells.get_column(value),
            },
            schema=_CELLS[value],
        )

    def collocates(self, node: str) -> pl.DataFrame:
        """Return the features that share a pair with a node, most frequent first; for ordered pairs those
        after it.

        Raises
        ------
        ParameterError
            A node that is not among the features.
        """
        ids = matching_features(self, [node], "fixed", False)
        if ids.is_empty():
            names = self.features.get_column("feature").to_list()
            hint = parts_of(node, names) or did_you_mean(node, names)
            raise ParameterError(f"`node` must be one of the {len(self):,} features; got {node!r}{hint}")
        found: pl.DataFrame = self._core.collocates(int(ids[0]))
        value = found.columns[-1]
        nodes = pl.repeat(ids[0], found.height, eager=True, dtype=pl.UInt32).alias("node")
        return self._named(found.insert_column(0, nodes)).sort([value, "collocate"], descending=[True, False])

    def top(self, n: int = 10) -> pl.DataFrame:
        """Return the pairs with the greatest values, ties in code-point order."""
        n = require_whole(n, "n", 1)
        cells: pl.DataFrame = self._core.cells()
        value = cells.columns[-1]
        return self._named(
            cells.sort([value, "node", "collocate"], descending=[True, False, False]).head(
                min(n, cells.height)
            )
        )

    def to_numpy(self, *, symmetric: bool = False) -> CsrArrays:
        """Return row pointers, columns and values as NumPy arrays; read-only.

        Without a copy as stored; ``symmetric=True`` makes the other triangle, which is a copy.
        """
        import numpy as np

        if not require_flag(symmetric, "symmetric") or self.options["ordered"]:
            indptr, indices, data = self._core.arrays()
            return CsrArrays(
                indptr, indices, data.view(np.int64) if data.dtype == np.uint64 else data, self.shape
            )
        cells: pl.DataFrame = self._core.symmetric_cells()
        rows, columns, values = (c.to_numpy() for c in cells.get_columns())
        pointers = np.zeros(len(self) + 1, dtype=np.int64)
        np.cumsum(np.bincount(rows, minlength=len(self)), out=pointers[1:])
        return CsrArrays(pointers, columns.astype(np.int32), values, self.shape)

    def to_scipy(self, *, symmetric: bool = False) -> csr_array:
        """Return a ``scipy.sparse.csr_array`` (needs SciPy); see :meth:`to_numpy`."""
        return self.to_numpy(symmetric=symmetric).to_scipy()

    def select(
        self,
        pattern: str | Iterable[str] | pl.Expr,
        *,
        value_type: ValueType = "glob",
        case_insensitive: bool = True,
    ) -> Fcm:
        """Return only the features that match; see :meth:`Dfm.select`.

        Margins stay those of the whole text, so that association scores stay what they were. To count as if
        other words were not there, remove them from the tokens.
        """
        ids = matching_features(self, pattern, value_type, case_insensitive, tell=True)
        return Fcm._of(self._core.select_features(numbers(ids)), self._documents)

    def remove(
        self,
        pattern: str | Iterable[str] | pl.Expr,
        *,
        value_type: ValueType = "glob",
        case_insensitive: bool = True,
    ) -> Fcm:
        """Return all features but those that match; see :meth:`select`."""
        gone = matching_features(self, pattern, value_type, case_insensitive)
        rest = pl.Series(range(len(self)), dtype=pl.UInt32)
        return Fcm._of(self._core.select_features(rest.filter(~rest.is_in(gone.implode()))), self._documents)

    def trim(self, *, min_count: float = 1) -> Fcm:
        """Return only the features of which some pair counts (or weighs) at least ``min_count``."""
        cells: pl.DataFrame = self._core.cells()
        value = cells.columns[-1]
        least = require_number(min_count, "min_count")
        if not 0 <= least < float("inf"):
            raise ParameterError(f"`min_count` must be a finite number of at least 0; got {min_count!r}")
        kept = cells.filter(pl.col(value) >= least)
        ids = (
            pl.concat([kept.get_column("node"), kept.get_column("collocate").rename("node")]).unique().sort()
        )
        return Fcm._of(self._core.select_features(numbers(ids)), self._documents)

    def merge(self, *others: Fcm) -> Fcm:
        """Add matrices of other documents, counted in the same way.

        Counts are exact, so the order of merging does not matter; sums of weights agree up to rounding.

        Raises
        ------
        DataTypeError
            Something else than an Fcm, or counts and weights together.
        ParameterError
            A matrix that was counted differently, or a document that occurs in two of them.
        """
        result: Any = self._core
        frames = [self._documents]
        for other in others:
            require_instance(other, Fcm, argument="others", allowed="Fcm")
            if other.weighted != self.weighted:
                raise DataTypeError("`others` must all hold counts, or all hold weights; got both")
            result = result.merge(other._core)
            frames.append(other._documents)
        try:
            documents = pl.concat(frames, how="diagonal")
        except pl.exceptions.PolarsError as error:
            raise DataTypeError(f"`others` must have metadata columns of the same dtypes; {error}") from error
        twice = documents.filter(pl.col("doc_id").is_duplicated()).get_column("doc_id")
        if twice.len():
            raise ParameterError(
                "`others` must be of other documents; these occur twice: "
                f"{twice.unique().sort().head(5).to_list()}"
            )
        columns = sorted(name for name in documents.columns if name != "doc_id")
        return Fcm._of(result, documents.select("doc_id", *columns).sort("doc_id"))

    def __eq__(self, other: object) -> bool:
        """Compare features, documents and cells."""
        if not isinstance(other, Fcm):
            return NotImplemented
        return (
            self.weighted == other.weighted
            and bool(self._core == other._core)
            and self._documents.equals(other._documents)
        )

    __hash__ = None  # type: ignore[assignment]

    def _parts(self) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
        header = {"counts": self._core.header(), "weighted": self.weighted}
        return header, {"documents": self._documents, "features": self.features, "cells": self._core.cells()}

    @classmethod
    def _restore(cls, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> Fcm:
        if not isinstance(header.get("counts"), str) or not isinstance(header.get("weighted"), bool):
            raise FormatError("a stored Fcm must say how it was counted")
        value, kind = ("weight", pl.Float64) if header["weighted"] else ("count", pl.UInt64)
        core: type[_CoreFcm] | type[_CoreWeightedFcm] = _CoreWeightedFcm if header["weighted"] else _CoreFcm
        features = table(frames, "features", "feature", "margin_node", "margin_collocate", "unit_freq")
        cells = table(frames, "cells", "node", "collocate", value)
        return cls._of(
            core.from_parts(
                header["counts"],
                features.with_columns(
                    pl.col("margin_node", "margin_collocate").cast(kind), pl.col("unit_freq").cast(pl.UInt64)
                ),
                cells.with_columns(pl.col(value).cast(kind)),
            ),
            table(frames, "documents", "doc_id"),
        )

    def _summary(self) -> str:
        o = self.options
        where = f"window of {o['window']} within {o['unit']}" if o["window"] else o["unit"]
        how = "weighted" if self.weighted else o["counting"]
        order = ", ordered" if o["ordered"] else ""
        return f"{len(self):,} features, {where}, {how}{order}; {self._core.n_nonzero:,} cells"

    def __repr__(self) -> str:
        """Return a summary."""
        return f"Fcm({self._summary()})"

    def _repr_html_(self) -> str:
        """The strongest pairs for notebooks."""
        rows = "".join(
            f"<tr><td>{html.escape(node)}</td><td>{html.escape(collocate)}</td><td>{value:,.6g}</td></tr>"
            for node, collocate, value in self.top(10).rows()
        )
        head = f"<tr><th>node</th><th>collocate</th><th>{'weight' if self.weighted else 'count'}</th></tr>"
        note = html.escape(f"Fcm: {self._summary()}")
        return f"<div><p>{note}</p><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"


def count_pairs(
    core_tokens: CoreTokens,
    documents: pl.DataFrame,
    *,
    context: Context,
    window: int | None,
    within: Within | None,
    count: Count,
    weights: Sequence[float] | None,
    ordered: bool,
    preset: Literal["quanteda"] | None,
    progress: Progress,
) -> Fcm:
    """Count pairs of the tokens of ``documents``: see :func:`duizhao.fcm`."""
    require_word(context, ("window", "document", "paragraph", "sentence"), argument="context")
    require_word(count, ("frequency", "boolean", "weighted"), argument="count")
    if preset is not None:
        require_word(preset, ("quanteda",), argument="preset")
    if within is not None:
        require_word(within, ("document", "paragraph", "sentence"), argument="within")
    if window is not None and (
        isinstance(window, bool) or not isinstance(window, int) or not 1 <= window <= 10_000
    ):
        raise ParameterError(f"`window` must be a whole number from 1 to 10000; got {window!r}")
    if context != "window":
        for name, value in (("window", window), ("within", within), ("weights", weights)):
            if value is not None:
                raise ParameterError(f"`{name}` must be None with `context={context!r}`; got {value!r}")
        if count == "weighted":
            raise ParameterError("`count` must be 'frequency' or 'boolean' without a window; got 'weighted'")
        if ordered and preset == "quanteda":
            raise ParameterError(
                "`ordered` must be False with `preset='quanteda'` and no window, as there; got True"
            )
    if weights is not None and count != "weighted":
        raise ParameterError(f"`weights` must be None unless `count='weighted'`; got them with {count!r}")
    unit = within or ("document" if preset == "quanteda" else "sentence") if context == "window" else context
    twice = preset == "quanteda" and context == "window" and not ordered
    core: _CoreFcm | _CoreWeightedFcm
    if count == "weighted":
        if weights is None:
            by_distance = [1 / d for d in range(1, (window or 5) + 1)]
        else:
            by_distance = [float(weight) for weight in weights]
            if window is not None and window != len(by_distance):
                raise ParameterError(
                    f"`weights` must have one number for each of {window} distances; got {len(by_distance)}"
                )
        with reporting(progress, "fcm", unit="features") as report:
            core = _weigh_pairs(
                core_tokens,
                weights=by_distance,
                unit=unit,
                ordered=require_flag(ordered, "ordered"),
                self_pairs_twice=twice,
                progress=report,
            )
    else:
        with reporting(progress, "fcm", unit="features") as report:
            core = _count_pairs(
                core_tokens,
                {
                    "unit": unit,
                    "window": (window or 5) if context == "window" else None,
                    "counting": count,
                    "ordered": require_flag(ordered, "ordered"),
                    "self_pairs_twice": twice,
                },
                progress=report,
            )
    return Fcm._of(core, documents)
