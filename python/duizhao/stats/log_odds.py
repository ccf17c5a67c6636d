"""Log-odds with an informative Dirichlet prior: words that fight, without the noise of rare ones."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_whole, require_word
from .._base.frames import require_columns
from ..corpus.dfm import Dfm
from ..errors import DataError, DataTypeError, ParameterError
from ._schema import LOG_ODDS
from .keyness import keyness

__all__ = ["log_odds"]

_PRIORS = ("pooled", "symmetric")


def log_odds(
    dfm: Dfm,
    *,
    target: pl.Expr | str | Iterable[Any],
    reference: pl.Expr | str | Iterable[Any] | None = None,
    prior: Literal["pooled", "symmetric"] | Dfm | pl.DataFrame = "pooled",
    alpha_0: float | Literal["none", "mean_side", "smaller_side", "larger_side"] | None = None,
    alpha: float = 0.01,
    min_count: int = 1,
) -> pl.DataFrame:
    """Compare a target with a reference by log-odds, shrunk towards a prior (Monroe, Colaresi & Quinn 2008).

    Parameters
    ----------
    dfm, target, reference
        As in :func:`duizhao.keyness`.
    prior
        Where pseudo-counts of features come from: ``"pooled"``, the counts of both sides together (the data are then used
        twice, which makes the prior informative but not independent); a :class:`Dfm` of a background corpus; a frame with the columns
        ``feature`` and ``alpha`` for pseudo-counts of your own; or ``"symmetric"``, ``alpha`` for every feature (uninformative).
        A feature that a background lacks has a pseudo-count of 0, and no score where a side lacks it too.
    alpha_0
        What the pseudo-counts are scaled to sum to: a number of tokens, ``"none"`` (as they are: Jurafsky and others
        2014), or the mean, smaller or larger size of the two sides (``"mean_side"``, ``"smaller_side"``,
        ``"larger_side"``). By default ``"none"`` for a frame and a symmetric prior,
        and ``"mean_side"`` else: the prior then weighs as much as a side.
    alpha
        Pseudo-count of every feature of a symmetric prior, above 0.
    min_count
        Least count of a feature on both sides together for it to be in the result; the odds are those of all features.

    Returns
    -------
    polars.DataFrame
        One row a feature of either side: ``feature``, ``count_target``, ``count_reference``, ``alpha`` (its pseudo-count),
        ``alpha_0`` (the sum of all), ``delta`` (difference of log-odds in nats; positive: more in the target), ``sigma``
        (its standard deviation), ``z`` (their ratio; beyond ±1.96 is the convention of the paper). Ordered by ``z`` from high to low (null last), then by
        feature. The standard deviation takes tokens as independent, which words of documents are not: read z as a ranking.

    Raises
    ------
    ParameterError, DataTypeError, DataError, MissingColumnError, NoDocumentsError
        As :func:`duizhao.keyness`; a prior or scale of another kind, or a prior without any pseudo-count.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> counts = pl.DataFrame({
    ...     "doc_id": ["a", "a", "b", "b", "b"], "feature": ["党建", "经济", "党建", "经济", "调研"],
    ...     "count": [30, 10, 25, 15, 1],
    ... })
    >>> found = dz.log_odds(dz.Dfm.from_counts(counts), target="a")
    >>> found.select("feature", "alpha_0", pl.col("z").round(2)).rows()
    [('党建', 40.5, 1.69), ('调研', 40.5, -0.67), ('经济', 40.5, -0.96)]
    """
    require_instance(dfm, Dfm, argument="dfm", allowed="a Dfm (counts)")
    least = require_whole(min_count, argument="min_count", least=0)
    counts = (
        keyness(dfm, target=target, reference=reference, measures="log_ratio", adjust=None)
        .select("feature", "count_target", "count_reference")
        .sort("feature")
    )
    sizes = counts.select("count_target", "count_reference").sum().row(0)
    _above_0(alpha, "alpha")
    pseudo = _pseudo_counts(counts, prior, alpha)
    scale = alpha_0
    if scale is None:
        scale = "none" if isinstance(prior, pl.DataFrame) or prior == "symmetric" else "mean_side"
    total = math.fsum(pseudo)
    if counts.height and not total > 0:
        raise DataError("`prior` must have a pseudo-count for a feature at least; got none")
    wanted = _scaled(scale, total, sizes)
    pseudo = pseudo * (wanted / total) if total > 0 and wanted != total else pseudo
    scores = _core.log_odds(
        counts.get_column("count_target").cast(pl.UInt64),
        counts.get_column("count_reference").cast(pl.UInt64),
        pseudo,
    )
    return (
        counts.with_columns(pseudo.alias("alpha"), pl.lit(wanted, pl.Float64).alias("alpha_0"))
        .hstack(scores)
        .filter(pl.col("count_target") + pl.col("count_reference") >= least)
        .sort("z", "feature", descending=[True, False], nulls_last=True)
        .select(LOG_ODDS.names())
    )


def _pseudo_counts(counts: pl.DataFrame, prior: Any, alpha: float) -> pl.Series:
    """Pseudo-count of each feature before it is scaled."""
    if isinstance(prior, str):
        require_word(prior, _PRIORS, argument="prior")
        if prior == "pooled":
            both = counts.get_column("count_target") + counts.get_column("count_reference")
            pooled: pl.Series = both.cast(pl.Float64)
            return pooled
        _above_0(alpha, "alpha")
        return pl.repeat(float(alpha), counts.height, dtype=pl.Float64, eager=True)
    if isinstance(prior, Dfm):
        given = prior.features.select("feature", alpha=pl.col("count").cast(pl.Float64))
    elif isinstance(prior, pl.DataFrame):
        require_columns(prior, "feature", "alpha", argument="prior")
        if not prior.get_column("alpha").dtype.is_numeric():
            raise DataTypeError(f"column 'alpha' of `prior` must be of numbers; got {prior['alpha'].dtype}")
        given = prior.select("feature", pl.col("alpha").cast(pl.Float64))
        if given.get_column("feature").is_duplicated().any():
            raise DataError("`prior` must name each feature once")
        bad = given.filter(pl.col("alpha").is_null() | ~pl.col("alpha").is_finite() | (pl.col("alpha") < 0))
        if bad.height:
            raise DataError(f"`prior` must have finite pseudo-counts of at least 0; got {bad.row(0)}")
    else:
        raise DataTypeError(
            f"`prior` must be 'pooled', 'symmetric', a Dfm or a frame of feature and alpha; got {type(prior).__name__}"
        )
    return (
        counts.select("feature")
        .join(given, on="feature", how="left", maintain_order="left")
        .get_column("alpha")
        .fill_null(0.0)
    )


def _scaled(scale: Any, total: float, sizes: tuple[int, int]) -> float:
    """What pseudo-counts sum to."""
    known = {
        "none": total,
        "mean_side": sum(sizes) / 2,
        "smaller_side": float(min(sizes)),
        "larger_side": float(max(sizes)),
    }
    if isinstance(scale, str):
        return known[require_word(scale, tuple(known), argument="alpha_0")]
    return _above_0(scale, "alpha_0")


def _above_0(value: Any, argument: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise ParameterError(f"`{argument}` must be a number above 0; got {value!r}")
    return float(value)
