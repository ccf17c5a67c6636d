"""The registries of measures, and scores of a user's own 2×2 tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_level, require_word, require_words
from .._base.frames import require_columns
from ..errors import DataError, DataTypeError, ParameterError

__all__ = ["Adjustment", "Measure", "MeasureFamily", "measures", "score_tables"]

#: What a measure answers. The first three are of the 2×2 table, the others each of what the function of this name computes.
MeasureFamily: TypeAlias = Literal[
    "significance",
    "effect",
    "association",
    "dispersion",
    "diversity",
    "similarity",
    "distance",
    "delta",
    "register",
]

#: A word for each measure on the 2×2 table, in the order of ``docs/statistics/measures.md``.
Measure: TypeAlias = Literal[
    "log_likelihood",
    "log_likelihood_2cell",
    "log_likelihood_yates",
    "log_likelihood_williams",
    "log_likelihood_quanteda",
    "chi_squared",
    "chi_squared_yates",
    "chi_squared_quanteda",
    "fisher_exact",
    "bic",
    "log_ratio",
    "log_ratio_hardie",
    "log_odds_ratio",
    "odds_ratio",
    "relative_risk",
    "simple_maths",
    "conservative_log_ratio",
    "conservative_log_ratio_normal",
    "percent_difference",
    "difference_coefficient",
    "delta_p_forward",
    "delta_p_backward",
    "pmi",
    "pmi_quanteda",
    "pmi2",
    "pmi3",
    "npmi",
    "local_mi",
    "log_dice",
    "dice",
    "jaccard",
    "min_sensitivity",
    "t_score",
    "z_score",
    "z_score_yates",
    "simple_log_likelihood",
    "poisson_stirling",
    "pmi_log_frequency",
    "geometric_mean",
    "phi",
]

#: Corrections of p-values for many tests: Benjamini–Hochberg, Holm, Bonferroni.
Adjustment: TypeAlias = Literal["bh", "holm", "bonferroni"]

#: Corrections of the level of intervals for the number of features.
Family: TypeAlias = Literal["bonferroni", "sidak", "none"]


@dataclass(frozen=True)
class Parameters:
    """What some measures need besides the table; see ``docs/statistics/measures.md``."""

    #: Simple Maths: the constant added to both frequencies, above 0.
    constant: float = 1.0
    #: Simple Maths: tokens to which frequencies are scaled, above 0.
    base: float = 1e6
    #: Conservative log ratio: level of the interval, between 0 and 1.
    level: float = 0.95
    #: Conservative log ratio: how the level is corrected for the number of features.
    family: Family = "bonferroni"


_CELLS = ("o11", "o12", "o21", "o22")


def measures(family: MeasureFamily | Sequence[MeasureFamily] | None = None) -> pl.DataFrame:
    """List the measures: range, direction, formula and source of whatever the package computes by a word.

    Parameters
    ----------
    family
        One or more of ``significance``, ``effect``, ``association`` (measures on the 2×2 table: of
        :func:`duizhao.keyness`, :func:`duizhao.associations`, :func:`duizhao.score_tables` …),
        ``dispersion``, ``diversity``, ``similarity``, ``distance``, ``delta``, ``register`` (each of the function
        of this name); by default all.

    Returns
    -------
    polars.DataFrame
        One row a family and measure, in the order of the documentation, whatever the order of `family`:

        * ``measure``: the word that functions take; one word may stand in several families (``cosine``).
        * ``family``.
        * ``lowest``, ``highest``: its range; infinite where it has no bound.
        * ``sign``: what the sign or the height of a score says. ``direction``: positive means more in the target;
          ``ratio``: above 1 means more in the target; ``rank``: the sign has no meaning; ``even``, ``uneven``,
          ``diverse``, ``repetitive``, ``alike``, ``apart``: what a high value is; ``frequent``: a count, reduced
          for unevenness; ``amount``: of what the formula counts.
        * ``has_p``: whether it is a test; null but for measures on the 2×2 table.
        * ``needs``: what it is computed from. Of dispersion: ``parts`` (counts in the parts of the corpus) or
          ``distances`` (places of the occurrences: tokens); of diversity: ``counts`` or ``sequence`` (tokens in
          order); of the register: ``text``, ``words`` of a segmenter, ``tags`` (words with parts of speech). Null
          for others.
        * ``metric``: whether the triangle inequality holds; null but for distances.
        * ``unit``: of the figure; null but for the register.
        * ``formula``; ``source`` (of components of the register also ``own``: defined here; ``common``: in general
          use).

    Raises
    ------
    ParameterError
        An unknown family.

    Examples
    --------
    >>> import duizhao as dz
    >>> dz.measures("significance").filter(pl.col("has_p"))["measure"].head(2).to_list()
    ['log_likelihood', 'log_likelihood_2cell']
    >>> dz.measures("distance").filter(pl.col("highest") == 1, pl.col("metric"))["measure"].to_list()
    ['hellinger', 'jensen_shannon_metric']
    >>> dz.measures(["dispersion", "diversity"]).filter(pl.col("needs").is_in(["distances", "sequence"]))["measure"].to_list()
    ['arf', 'awt', 'ald', 'f_awt', 'f_ald', 'mattr', 'msttr', 'mtld', 'mtld_wrap']
    """
    families = None
    if family is not None:
        families = require_words(family, get_args(MeasureFamily), argument="family", what="family")
    return _core.registry(families)


def score_tables(
    tables: pl.DataFrame,
    measures: Measure | Sequence[Measure] = ("log_likelihood", "log_ratio"),
    *,
    adjust: Adjustment | None = "bh",
    parameters: Mapping[str, Any] | None = None,
) -> pl.DataFrame:
    """Score 2×2 tables that were counted elsewhere.

    Parameters
    ----------
    tables
        A frame with the whole-number columns ``o11``, ``o12``, ``o21``, ``o22``: the feature and anything
        else in the target (row 1) and in the reference (row 2); other columns ride along.
    measures
        One or more words of :func:`measures` of the families ``significance``, ``effect``, ``association``.
    adjust
        Correction of the p-values for the number of tables that have one: ``"bh"``, ``"holm"``,
        ``"bonferroni"``, or ``None`` for no such column.
    parameters
        Of measures that have some: ``constant`` and ``base`` of ``simple_maths``, ``level`` and ``family``
        (``"bonferroni"``, ``"sidak"``, ``"none"``) of ``conservative_log_ratio``, which is corrected for the
        number of tables.

    Returns
    -------
    polars.DataFrame
        The frame, in its order, with one column a measure and, for tests of significance,
        ``<measure>_log_p`` (natural logarithm), ``<measure>_p`` (never 0) and ``<measure>_p_adjusted``.
        Undefined scores are null.

    Raises
    ------
    ParameterError
        Unknown measure or correction.
    MissingColumnError, DataTypeError, DataError
        A cell column is missing, not of whole numbers, or has nulls or negative numbers.

    Examples
    --------
    >>> import duizhao as dz
    >>> swiss = pl.DataFrame({"o11": [110], "o12": [2442], "o21": [111], "o22": [29114]})
    >>> dz.score_tables(swiss, "log_likelihood", adjust=None)["log_likelihood"].round(2).item()
    270.72
    """
    require_instance(tables, pl.DataFrame, argument="tables", allowed="a polars DataFrame")
    require_columns(tables, *_CELLS, argument="tables")
    o11, o12, o21, o22 = (_whole_numbers(tables.get_column(name)) for name in _CELLS)
    scores = _core.score_tables(
        (o11, o12, o21, o22),
        check_measures(measures),
        check_adjustment(adjust),
        check_parameters(parameters),
    )
    taken = [name for name in scores.columns if name in tables.columns]
    if taken:
        raise DataError(
            f"`tables` must not have columns named like the result; got {', '.join(map(repr, taken))}"
        )
    return tables.hstack(scores)


def _whole_numbers(column: pl.Series) -> pl.Series:
    if not column.dtype.is_integer():
        raise DataTypeError(
            f"column {column.name!r} of `tables` must be of whole numbers; got {column.dtype}"
        )
    if column.null_count():
        raise DataError(
            f"column {column.name!r} of `tables` must be without nulls; got {column.null_count()} of them"
        )
    if (column < 0).any():
        raise DataError(f"column {column.name!r} of `tables` must not be negative; got {column.min()!r}")
    unsigned: pl.Series = column.cast(pl.UInt64)
    return unsigned


def check_measures(measures: str | Sequence[str]) -> list[str]:
    """Return the measures as a list of known, distinct words."""
    return require_words(measures, get_args(Measure), argument="measures", what="measure")


def check_adjustment(adjust: str | None) -> str | None:
    """Return the correction if it is ``None`` or a known word."""
    return None if adjust is None else require_word(adjust, get_args(Adjustment), argument="adjust")


def check_parameters(parameters: Mapping[str, Any] | None) -> Parameters:
    """Return the parameters of measures, with defaults for those not given."""
    given = {} if parameters is None else parameters
    if not isinstance(given, Mapping):
        raise DataTypeError(
            f"`parameters` must be a mapping of names to values; got {type(parameters).__name__}"
        )
    known = [field.name for field in fields(Parameters)]
    for name, value in given.items():
        if name not in known:
            raise ParameterError(f"`parameters` must have names among {', '.join(known)}; got {name!r}")
        if name == "family":
            require_word(value, get_args(Family), argument="parameters['family']")
        elif name == "level":
            require_level(value, argument="parameters['level']")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
            raise ParameterError(f"`parameters[{name!r}]` must be a number above 0; got {value!r}")
    return Parameters(**given)
