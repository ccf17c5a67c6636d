"""Inference over documents for any statistic: bootstrap intervals and permutation tests of a user's own function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_seed, require_whole, require_word
from .._base.frames import require_columns, require_doc_ids
from .._base.groups import evaluate
from .._base.inference import MOST_REPLICATES, Inference, block_numbers, require_inference
from .._base.progress import Progress, counted, reporting
from ..corpus.dfm import Dfm
from ..errors import DataError, DataTypeError, NoDocumentsError, ParameterError
from .measures import Adjustment, check_adjustment

if TYPE_CHECKING:
    import numpy as np


__all__ = ["bootstrap", "bootstrap_counts", "permutation_labels", "permutation_test"]

#: A number, or a frame whose Float64 columns are estimates and whose other columns name them.
Estimate: TypeAlias = "float | int | pl.DataFrame"


def permutation_labels(
    permutations: int, n: int, *, seed: int = 1, blocks: Sequence[Any] | pl.Series | np.ndarray | None = None
) -> np.ndarray:
    """Return the replicates of a permutation test: whose label each unit gets.

    Parameters
    ----------
    permutations, n
        Number of replicates, number of units.
    seed
        The same seed gives the same replicates on any machine; replicate *i* does not depend on how many there are.
    blocks
        One value a unit: labels move only between units of one value.

    Returns
    -------
    numpy.ndarray
        ``(permutations, n)`` of int64; each row is a permutation of ``range(n)``.

    Raises
    ------
    ParameterError, DataError
        Numbers out of range; not one block a unit.

    Examples
    --------
    >>> import duizhao as dz
    >>> dz.permutation_labels(2, 4, seed=7, blocks=["a", "a", "b", "b"]).shape
    (2, 4)
    """
    import numpy as np

    require_whole(permutations, argument="permutations", least=0, most=MOST_REPLICATES)
    numbers = _numbers(n, seed, blocks)
    flat = _core.permutation_rows(permutations, seed, numbers)
    return flat.to_numpy().astype(np.int64).reshape(permutations, n)


def bootstrap_counts(
    resamples: int, n: int, *, seed: int = 1, blocks: Sequence[Any] | pl.Series | np.ndarray | None = None
) -> np.ndarray:
    """Return the replicates of a bootstrap: how often each unit is drawn.

    Parameters
    ----------
    resamples, n
        Number of replicates, number of units.
    seed
        As in :func:`permutation_labels`.
    blocks
        One value a unit: as many units of each value are drawn as there are.

    Returns
    -------
    numpy.ndarray
        ``(resamples, n)`` of int64; each row sums to ``n``.

    Raises
    ------
    ParameterError, DataError
        Numbers out of range; not one block a unit.

    Examples
    --------
    >>> import duizhao as dz
    >>> dz.bootstrap_counts(3, 5).sum(axis=1).tolist()
    [5, 5, 5]
    """
    import numpy as np

    require_whole(resamples, argument="resamples", least=0, most=MOST_REPLICATES)
    numbers = _numbers(n, seed, blocks)
    flat = _core.multiplicity_rows(resamples, seed, numbers)
    return flat.to_numpy().astype(np.int64).reshape(resamples, n)


def bootstrap(
    data: Dfm | pl.DataFrame,
    statistic: Callable[[Any], Estimate],
    *,
    inference: Inference | bool = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Give an interval to any statistic of documents by drawing the documents again.

    Parameters
    ----------
    data
        A :class:`Dfm`, or a frame with one row a document and a unique ``doc_id``. Replicates are values of the same
        kind; a document that is drawn *k* times is there *k* times, as documents ``0`` to ``n - 1``.
    statistic
        A function of ``data`` that returns a number, or a frame: columns of dtype Float64 are estimates, the others say
        of what. Rows that a replicate lacks are left out of the interval, rows that only a replicate has are dropped.
    inference
        Inference over documents: ``True`` for the defaults, or a :class:`duizhao.Inference` with at least 2 resamples. Its
        permutations say nothing here, so that one value can go to both functions. What the statistic compares is not
        known here: name the groups as ``blocks``, so that each keeps its number of documents. ``"bca"`` computes the
        statistic once more without each document.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        replicates.

    Returns
    -------
    polars.DataFrame
        The frame of the statistic on ``data`` in its order, with ``<column>_bootstrap_low`` and
        ``<column>_bootstrap_high`` behind each estimate (null for fewer than three
        documents, and where fewer than two replicates have one or all have the same); for a number the columns ``estimate``,
        ``estimate_bootstrap_low``, ``estimate_bootstrap_high`` and one row.

    Raises
    ------
    ParameterError, DataTypeError, DataError
        Numbers out of range; data or a result of another kind; a result with rows that are named twice.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> docs = pl.DataFrame({"doc_id": range(6), "length": [3, 5, 4, 8, 1, 3]})
    >>> found = dz.bootstrap(docs, lambda d: d["length"].mean(), inference=dz.Inference(resamples=200))
    >>> found.columns, found["estimate"].item()
    (['estimate', 'estimate_bootstrap_low', 'estimate_bootstrap_high'], 4.0)
    """
    import numpy as np

    how = _require(inference, "resamples", 2)
    documents, order = _documents(data)
    observed = sampled_frame(statistic(data))
    times = bootstrap_counts(how.resamples, order.size, seed=how.seed, blocks=_blocks(documents, how, order))
    left_out = order.size if how.interval == "bca" else 0
    rows = np.ones((left_out, left_out), dtype=np.int64) - np.eye(left_out, dtype=np.int64)
    total = how.resamples + left_out
    with reporting(progress, "bootstrap", total=total, unit="replicates") as report:
        replicates = [sampled_frame(statistic(_drawn(data, order, row))) for row in counted(times, report)]
        without = [sampled_frame(statistic(_drawn(data, order, row))) for row in counted(rows, report)]
    keys, estimates = _columns(observed)
    made = []
    aligned = {name: _aligned(observed, keys, name, replicates) for name in estimates}
    jackknife = {name: _aligned(observed, keys, name, without) for name in estimates}
    for name in observed.columns:
        made.append(observed.get_column(name))
        if name in estimates:
            bounds = _core.interval_bounds(
                observed.get_column(name),
                pl.Series(aligned[name].ravel()),
                pl.Series(jackknife[name].ravel()),
                order.size,
                how.interval,
                how.level,
            )
            made += [
                bounds.get_column("low").alias(f"{name}_bootstrap_low"),
                bounds.get_column("high").alias(f"{name}_bootstrap_high"),
            ]
    return pl.DataFrame(made)


def permutation_test(
    data: Dfm | pl.DataFrame,
    statistic: Callable[[Any, pl.Series], Estimate],
    labels: str | pl.Expr,
    *,
    inference: Inference | bool = True,
    alternative: Literal["two-sided", "greater", "less"] = "two-sided",
    adjust: Adjustment | None = None,
    progress: Progress = None,
) -> pl.DataFrame:
    """Test any statistic that compares labelled documents by exchanging the labels.

    Parameters
    ----------
    data
        A :class:`Dfm`, or a frame with one row a document and a unique ``doc_id``.
    statistic
        A function of ``data`` and of a series of labels (one a document, in the order of ``data``) that returns a number or a
        frame, as in :func:`bootstrap`. Two-sided tests look at its absolute value: it should be 0 where nothing differs.
    labels
        A column of the documents, or an expression.
    inference
        Inference over documents: ``True`` for the defaults, or a :class:`duizhao.Inference` with at least one permutation.
        Its resamples, interval and level say nothing here, so that one value can go to both functions.
    alternative
        ``"two-sided"``, ``"greater"`` or ``"less"``.
    adjust
        Correction for the number of rows: ``"bh"``, ``"holm"``, ``"bonferroni"`` or ``None``.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        replicates.

    Returns
    -------
    polars.DataFrame
        The frame of the statistic in its order, with ``<column>_permutation_p`` behind each estimate, and with ``adjust``
        ``<column>_permutation_p_adjusted``; the estimate of a number is called ``estimate``. p is
        (1 + hits) / (1 + permutations), null where the estimate is; a replicate without an estimate counts as a hit.

    Raises
    ------
    ParameterError, DataTypeError, DataError
        As in :func:`bootstrap`.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> docs = pl.DataFrame({"doc_id": range(8), "side": list("aaaabbbb"), "length": [9, 8, 9, 7, 2, 3, 1, 2]})
    >>> def difference(d, side):
    ...     return d.filter(side == "a")["length"].mean() - d.filter(side == "b")["length"].mean()
    >>> dz.permutation_test(docs, difference, "side")["estimate_permutation_p"].item() < 0.1
    True
    """
    import numpy as np

    require_word(alternative, ("two-sided", "greater", "less"), argument="alternative")
    correction = check_adjustment(adjust)
    how = _require(inference, "permutations", 1)
    documents, order = _documents(data)
    given = evaluate(documents, labels, argument="labels")
    observed = sampled_frame(statistic(data, given))
    moved = permutation_labels(
        how.permutations, order.size, seed=how.seed, blocks=_blocks(documents, how, order)
    )
    replicates = []
    with reporting(progress, "permutation_test", total=how.permutations, unit="replicates") as report:
        for row in counted(moved, report):
            source = np.empty(order.size, dtype=np.int64)
            source[order] = order[row]
            replicates.append(sampled_frame(statistic(data, given.gather(source))))
    keys, estimates = _columns(observed)
    made = []
    for name in observed.columns:
        column = observed.get_column(name)
        made.append(column)
        if name in estimates:
            values = _aligned(observed, keys, name, replicates)
            here = column.to_numpy().astype(float)[:, None]
            slack = np.where(np.isfinite(here), 1e-12 * np.abs(here), 0)
            with np.errstate(invalid="ignore"):
                if alternative == "two-sided":
                    misses = np.abs(values) < np.abs(here) - slack
                elif alternative == "greater":
                    misses = values < here - slack
                else:
                    misses = values > here + slack
            p = (1 + (~misses).sum(axis=1)) / (1 + how.permutations)
            series = pl.Series(f"{name}_permutation_p", p, dtype=pl.Float64)
            known = column.is_not_null() & column.is_not_nan()
            series = pl.select(pl.when(known).then(series).alias(series.name)).to_series()
            made.append(series)
            if correction is not None:
                made.append(_core.adjust_p(series, correction).alias(f"{name}_permutation_p_adjusted"))
    return pl.DataFrame(made)


def _numbers(n: int, seed: int, blocks: Any) -> pl.Series:
    """The number of the block of each unit."""
    require_whole(n, argument="n", least=0, most=MOST_REPLICATES)
    require_seed(seed)
    if blocks is None:
        return pl.repeat(0, n, dtype=pl.UInt32, eager=True)
    values = blocks if isinstance(blocks, pl.Series) else pl.Series(blocks, strict=False)
    if values.len() != n:
        raise DataError(f"`blocks` must have {n} values, one a unit; got {values.len()}")
    return block_numbers(values.alias("blocks").to_frame(), "blocks")


def _documents(data: Dfm | pl.DataFrame) -> tuple[pl.DataFrame, np.ndarray]:
    """The frame of documents, and its rows in the order of ``doc_id``."""
    import numpy as np

    if isinstance(data, Dfm):
        documents = data.documents
    else:
        documents = require_instance(
            data, pl.DataFrame, argument="data", allowed="a Dfm or a polars DataFrame"
        )
        require_columns(documents, "doc_id", argument="data")
    ids = require_doc_ids(documents, argument="data")
    if ids.dtype == pl.Categorical or isinstance(ids.dtype, pl.Enum):
        ids = ids.cast(pl.String)
    if ids.is_empty():
        raise NoDocumentsError("`data` must have at least one document; got none")
    return documents, ids.arg_sort().to_numpy().astype(np.int64)


def _require(inference: object, part: Literal["permutations", "resamples"], least: int) -> Inference:
    """The value that was asked for, with enough replicates of the part that is made here."""
    wanted = require_inference(inference)
    n = getattr(wanted, part)
    if n < least:
        raise ParameterError(f"`inference` must have {part} of at least {least} here; got {n}")
    return wanted


def _blocks(documents: pl.DataFrame, inference: Inference, order: np.ndarray) -> pl.Series | None:
    return None if inference.blocks is None else block_numbers(documents, inference.blocks).gather(order)


def _drawn(data: Dfm | pl.DataFrame, order: np.ndarray, times: np.ndarray) -> Dfm | pl.DataFrame:
    """The documents, each as often as it was drawn, in canonical order, with ids of their own."""
    import numpy as np

    rows = np.repeat(order, times)
    if isinstance(data, Dfm):
        core = data._core.select_documents(pl.Series(rows, dtype=pl.UInt32))
        kept = data._documents[rows.tolist()]
        return Dfm._of(core, kept.with_columns(pl.Series("doc_id", range(rows.size), dtype=pl.Int64)))
    drawn: pl.DataFrame = data[rows.tolist()]
    return drawn.with_columns(pl.Series("doc_id", range(rows.size), dtype=pl.Int64))


def sampled_frame(value: Estimate) -> pl.DataFrame:
    import numpy as np

    if isinstance(value, pl.DataFrame):
        return value
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float | np.number)):
        raise DataTypeError(
            f"`statistic` must return a number or a polars DataFrame; got {type(value).__name__}"
        )
    return pl.DataFrame({"estimate": pl.Series([value], dtype=pl.Float64)})


def _columns(observed: pl.DataFrame) -> tuple[list[str], list[str]]:
    """Names of the keys and of the estimates."""
    estimates = [name for name, dtype in observed.schema.items() if dtype == pl.Float64]
    keys = [name for name in observed.columns if name not in estimates]
    if not estimates:
        raise DataTypeError(f"`statistic` must return a Float64 column; got {observed.schema}")
    if (keys and observed.select(keys).is_duplicated().any()) or (not keys and observed.height > 1):
        raise DataError("`statistic` must name each row by its other columns; some rows have the same names")
    return keys, estimates


def _aligned(observed: pl.DataFrame, keys: list[str], name: str, found: list[pl.DataFrame]) -> np.ndarray:
    """Values of a column by row of ``observed`` and replicate; NaN where a replicate has none."""
    import numpy as np

    values = np.full((observed.height, len(found)), np.nan)
    for i, frame in enumerate(found):
        if name not in frame.columns or any(key not in frame.columns for key in keys):
            raise DataError(f"`statistic` must return the same columns every time; got {frame.columns}")
        if not keys:
            column = frame.get_column(name)
            if column.len() == observed.height:
                values[:, i] = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
            continue
        joined = observed.select(keys).join(
            frame.select(*keys, pl.col(name).cast(pl.Float64)), on=keys, how="left", nulls_equal=True,
            maintain_order="left",
        )  # fmt: skip
        if joined.height != observed.height:
            raise DataError(
                "`statistic` must name each row by its other columns; some rows have the same names"
            )
        values[:, i] = joined.get_column(name).fill_null(np.nan).to_numpy()
    return values
