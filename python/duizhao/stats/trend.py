"""Trends: how the rate of a term or of a list of terms changes over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import polars as pl

from .. import _core
from .._base.checks import require_instance, warn
from .._base.dates import times_of
from .._base.groups import canonical_order, evaluate, group_numbers
from .._base.html import shown
from .._base.inference import Inference, drawing, require_inference
from .._base.progress import Progress, reporting
from ..corpus.dfm import Dfm
from ..errors import DataError, DataTypeError, ParameterError
from ._schema import TREND_PERIODS, TREND_SLOPES

__all__ = ["Trend", "trend"]


class Trend(NamedTuple):
    """What :func:`trend` returns."""

    #: One row a term and period: ``term``, ``time``, ``n_docs``, ``count``, ``n_tokens``, ``rate_per_million``, its bounds
    #: ``…_exact_low`` and ``…_exact_high`` (exact Poisson interval), ``…_bootstrap_low`` and ``…_bootstrap_high`` (documents of the period).
    periods: pl.DataFrame
    #: One row a term: see :func:`trend`.
    slopes: pl.DataFrame

    def __repr__(self) -> str:
        """Numbers of terms and periods."""
        periods = self.periods.get_column("time").n_unique()
        return f"Trend({self.slopes.height:,} terms over {periods:,} periods)"

    def _repr_html_(self) -> str:
        return shown(repr(self), {"slopes": self.slopes, "periods": self.periods})


def trend(
    dfm: Dfm,
    terms: str | Iterable[str] | Mapping[str, str | Iterable[str]],
    *,
    time: str | pl.Expr,
    inference: Inference | bool | None = None,
    progress: Progress = None,
) -> Trend:
    """Follow terms over time.

    Parameters
    ----------
    dfm
        Counts. Rates are per token *in this matrix*: do not trim it first.
    terms
        One term, several (each by itself), or name -> terms that are added up, such as a dictionary. Terms are features to the letter;
        those that do not occur count 0, with a warning: the segmenter may have cut them (``tokens.compound`` joins them).
    time
        A column of ``dfm.documents`` or an expression over it: numbers, or dates (strings of one ISO form too), which become years (2020.5 is July 2020).
        Documents with the same value form a period. Documents without one are left out, with a warning.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        The times of the documents are exchanged for a p-value of the slope; the documents of
        each period, three at least, are drawn again.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps
        are replicates.

    Returns
    -------
    Trend
        ``periods``: by term in the order given, then by time. ``slopes``: ``term``, ``count``, ``n_periods``; ``slope`` (change of
        ln rate per unit of time, Poisson regression over documents), ``percent_per_unit``, ``se_robust`` (sandwich over
        documents, HC1), ``se_quasi`` (quasi-Poisson), ``slope_wald_low`` and ``slope_wald_high`` (Wald 1943, by ``se_robust``), ``dispersion`` (Pearson's; above 1:
        words cluster), ``slope_wald_p`` (robust), ``slope_permutation_p``; ``kendall_s``, ``kendall_tau`` (b), ``kendall_p`` (Mann-Kendall over
        periods); ``theil_sen_per_million`` (median slope between periods), ``…_rank_low``, ``…_rank_high`` (Sen's bounds by ranks). Null where
        undefined: a term that does not occur, or in one end only, has no slope.

    Raises
    ------
    MissingColumnError, DataTypeError, ParameterError, DataError
        A missing column, times that are none, weights, numbers out of range, no terms.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [(y, w, c) for y, c in [(2021, 1), (2022, 2), (2023, 4)] for w, c in [("创新", c), ("工作", 100 - c)]]
    >>> dfm = dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))
    >>> found = dz.trend(dfm, "创新", time="doc_id")
    >>> found.periods["rate_per_million"].to_list()
    [10000.0, 20000.0, 40000.0]
    >>> found.slopes["percent_per_unit"].round(6).item()
    100.0
    """
    require_instance(dfm, Dfm, argument="dfm", allowed="a Dfm (counts)")
    named = _named(terms)
    wanted = require_inference(inference)
    when = _years(times_of(evaluate(dfm.documents, time, argument="time"), what="`time`"))
    # The same check and warning as for groups.
    group_numbers(dfm.documents.with_columns(when.alias("__time")), "__time", argument="time")
    # Draws and sums in the order of ``doc_id``: the result does not depend on how documents are stored.
    order = canonical_order(dfm.documents)
    kept = order.filter(when.is_finite().fill_null(False).gather(order))
    how = drawing(wanted, dfm.documents[kept.to_list()], sorted=True)
    known = set(dfm.features.get_column("feature"))
    unknown = [word for words in named.values() for word in words if word not in known]
    if unknown:
        warn(
            f"{len(unknown)} of `terms` are no features of `dfm` and count 0 (were they cut into several words?): "
            f"{', '.join(map(repr, unknown[:5]))}",
        )
    tokens = dfm.documents.get_column("n_tokens").cast(pl.UInt64)
    cells = dfm.to_frame()
    ids = dfm.documents.select("doc_id")
    periods, slopes = [], []
    # Only periods of three documents and more are drawn anew.
    sizes = dfm.documents.select(time=when, n_tokens=tokens)[kept.to_list()].filter(pl.col("n_tokens") > 0)
    large = sizes.group_by("time").len().filter(pl.col("len") > 2).height
    total = len(named) * (wanted.permutations + wanted.resamples * large)
    with reporting(progress, "trend", total=total, unit="replicates") as report:
        for name, words in named.items():
            counts = (
                cells.filter(pl.col("feature").is_in(words)).group_by("doc_id").agg(pl.col("count").sum())
            )
            count = (
                ids.join(counts, on="doc_id", how="left", maintain_order="left")
                .get_column("count")
                .fill_null(0)
            )
            found, figures = _core.trend(
                when.gather(kept), count.cast(pl.UInt64).gather(kept), tokens.gather(kept), how, report
            )
            rate = pl.when(pl.col("n_tokens") > 0).then(pl.col("count") / pl.col("n_tokens") * 1e6)
            periods.append(
                found.select(
                    pl.lit(name).alias("term"),
                    "time",
                    "n_docs",
                    "count",
                    "n_tokens",
                    rate.alias("rate_per_million"),
                    (pl.col("exact_low") * 1e6).alias("rate_per_million_exact_low"),
                    (pl.col("exact_high") * 1e6).alias("rate_per_million_exact_high"),
                    (pl.col("bootstrap_low") * 1e6).alias("rate_per_million_bootstrap_low"),
                    (pl.col("bootstrap_high") * 1e6).alias("rate_per_million_bootstrap_high"),
                )
            )
            row = {name: pl.Series([value], dtype=pl.Float64) for name, value in figures}
            slopes.append(
                pl.DataFrame(
                    {"term": [name], "count": [count.gather(kept).sum()], "n_periods": [found.height], **row}
                )
            )
    table = pl.concat(slopes).with_columns(
        percent_per_unit=(pl.col("slope").exp() - 1) * 100,
        theil_sen_per_million=pl.col("theil_sen") * 1e6,
        theil_sen_per_million_rank_low=pl.col("theil_sen_low") * 1e6,
        theil_sen_per_million_rank_high=pl.col("theil_sen_high") * 1e6,
    )
    return Trend(
        pl.concat(periods).cast(dict(TREND_PERIODS)),  # type: ignore[arg-type]
        table.select(TREND_SLOPES.names()).cast(dict(TREND_SLOPES)),  # type: ignore[arg-type]
    )


def _named(terms: Any) -> dict[str, list[str]]:
    if isinstance(terms, str):
        named: dict[str, list[str]] = {terms: [terms]}
    elif isinstance(terms, Mapping):
        named = {str(k): [v] if isinstance(v, str) else list(v) for k, v in terms.items()}
    elif isinstance(terms, Iterable):
        named = {term: [term] for term in terms}
    else:
        raise DataTypeError(f"`terms` must be a word, words, or name -> words; got {type(terms).__name__}")
    if not named:
        raise ParameterError("`terms` must name at least one term; got none")
    for word in [word for words in named.values() for word in words]:
        if not isinstance(word, str):
            raise DataTypeError(f"`terms` must hold strings; got {type(word).__name__}")
    return named


def _years(values: pl.Series) -> pl.Series:
    """Time as a number: dates become years and their fraction."""
    if values.dtype in (pl.Date, pl.Datetime):
        leap = values.dt.is_leap_year()
        days = pl.select(pl.when(leap).then(366.0).otherwise(365.0)).to_series()
        years: pl.Series = (values.dt.year() + (values.dt.ordinal_day() - 1) / days).cast(pl.Float64)
        return years
    cast: pl.Series = values.cast(pl.Float64)
    if cast.is_nan().any() or cast.is_infinite().any():
        raise DataError("`time` must be finite numbers; got NaN or infinity")
    return cast
