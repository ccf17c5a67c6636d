"""Keyness: which features set a target apart from a reference."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from . import _core
from ._frames import require_instance
from ._schema import KEYNESS
from .dfm import Dfm, evaluate
from .errors import DataError, DataTypeError, DuizhaoWarning, NoDocumentsError, ParameterError
from .measures import Adjustment, Measure, check_adjustment, check_measures, check_whole_number

__all__ = ["keyness"]


def keyness(
    dfm: Dfm,
    *,
    target: pl.Expr | str | Iterable[Any] | None = None,
    reference: pl.Expr | str | Iterable[Any] | None = None,
    by: str | pl.Expr | None = None,
    measures: Measure | Sequence[Measure] = ("log_likelihood", "log_ratio"),
    min_count: int = 1,
    adjust: Adjustment | None = "bh",
) -> pl.DataFrame:
    """Compare how often features occur in a target and in a reference.

    Name either a ``target``, which is compared with the ``reference`` (all other documents if not given),
    or ``by``, and each group is compared with all others. What the measures mean and how p-values are made:
    ``docs/measures.md``.

    Parameters
    ----------
    dfm
        Counts. The sizes of target and reference are the tokens *in this matrix*: trim or select features
        before, and the sides get smaller; use ``min_count`` to leave rare features out of the result only.
    target, reference
        A polars expression over ``dfm.documents`` that is true or false (``pl.col("city") == "眉山"``), one
        ``doc_id``, several, or one Boolean a document. Documents for which an expression is null are on
        neither side, with a warning.
    by
        A column of ``dfm.documents``, or an expression over it. Documents without a value are on neither
        side, with a warning.
    measures
        One or more words of :func:`duizhao.measures`; the first orders the rows.
    min_count
        Least count of a feature on both sides together.
    adjust
        Correction of the p-values for the number of features tested against one target: ``"bh"``
        (Benjamini–Hochberg), ``"holm"``, ``"bonferroni"``, or ``None`` for no such column.

    Returns
    -------
    polars.DataFrame
        One row a target and feature, also for features that one side lacks: ``target`` (the group; the
        ``doc_id`` if one was named, else ``"target"``), ``feature``, ``count_target``, ``count_reference``,
        ``size_target``, ``size_reference`` (tokens), ``per_million_target``, ``per_million_reference``,
        ``expected_target``, ``doc_freq_target``, ``doc_freq_reference``; then for each measure its score
        (positive: more in the target; null: undefined) and for tests ``<measure>_log_p``, ``<measure>_p``,
        ``<measure>_p_adjusted``. Ordered by target, then by the first measure from high to low (null last),
        then by feature in code-point order: the words that the target avoids stand at the end. No rows for
        a matrix without documents or features.

    Raises
    ------
    ParameterError
        An unknown measure or correction, a ``doc_id`` that does not exist, neither or both of ``target``
        and ``by``, a ``by`` with one group only, target and reference that share documents.
    MissingColumnError
        A column that the documents do not have.
    DataTypeError
        A matrix of weights, an expression that is not Boolean.
    NoDocumentsError
        A target or a reference without documents.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> counts = pl.DataFrame({
    ...     "doc_id": ["a", "a", "b", "b", "c", "c"],
    ...     "feature": ["党建", "经济", "党建", "经济", "经济", "调研"],
    ...     "count": [30, 10, 25, 15, 40, 20],
    ... })
    >>> dfm = dz.Dfm.from_counts(counts)
    >>> key = dz.keyness(dfm, target=["a", "b"], measures=["log_likelihood", "log_ratio"])
    >>> key.select("feature", "count_target", "count_reference", pl.col("log_likelihood").round(2)).rows()
    [('党建', 55, 0, 88.23), ('经济', 25, 40, -17.61), ('调研', 0, 20, -38.45)]
    >>> dz.keyness(dfm, by="doc_id", min_count=60)["target"].to_list()
    ['a', 'b', 'c']
    """
    require_instance(dfm, Dfm, argument="dfm", allowed="a Dfm (counts; weights cannot be tested)")
    words, correction = check_measures(measures), check_adjustment(adjust)
    least = check_whole_number(min_count, argument="min_count", least=0)
    if (target is None) == (by is None):
        raise ParameterError(
            f"one of `target` and `by` must be given; got {'neither' if by is None else 'both'}"
        )
    if reference is not None and target is None:
        raise ParameterError("`reference` must be None with `by`: each group is compared with all others")
    if by is not None:
        groups, labels = _groups(dfm.documents, by)
        targets = list(range(len(labels)))
    else:
        groups, labels = _sides(dfm.documents, target, reference)
        targets = [1]
    found = _core.keyness(dfm._core, groups, pl.Series(targets, dtype=pl.UInt32), words, least, correction)
    names = dfm.features.get_column("feature")
    per_million = [
        pl.when(pl.col(f"size_{side}") > 0)
        .then(pl.col(f"count_{side}") / pl.col(f"size_{side}") * 1e6)
        .alias(f"per_million_{side}")
        for side in ("target", "reference")
    ]
    named = found.with_columns(
        pl.Series("target", labels, dtype=pl.String).gather(found.get_column("target")),
        names.gather(found.get_column("feature")),
        *per_million,
    )
    fixed = KEYNESS.names()
    return named.select(*fixed, pl.exclude(fixed))


def _groups(documents: pl.DataFrame, by: str | pl.Expr) -> tuple[pl.Series, list[str]]:
    """Group number of each document (null for none), and the groups' names in the order of their values."""
    values = evaluate(documents, by, argument="by")
    if values.dtype.is_nested() or values.dtype == pl.Object:
        raise DataTypeError(f"`by` must have plain values; got {values.dtype}")
    _warn_left_out(values.null_count(), documents.height, "by")
    kinds = values.drop_nulls().unique().sort()
    if documents.height and kinds.len() < 2:
        raise ParameterError(
            f"`by` must have at least two groups to compare; got {kinds.cast(pl.String).to_list()}"
        )
    numbers = pl.DataFrame({"value": kinds, "number": pl.Series(range(kinds.len()), dtype=pl.UInt32)})
    groups = values.alias("value").to_frame().join(numbers, on="value", how="left", maintain_order="left")
    return groups.get_column("number"), kinds.cast(pl.String).to_list()


def _sides(documents: pl.DataFrame, target: Any, reference: Any) -> tuple[pl.Series, list[str]]:
    """1 for documents of the target, 0 for those of the reference, null for others; the target's name."""
    in_target = _mask(documents, target, "target")
    in_reference = ~in_target if reference is None else _mask(documents, reference, "reference")
    both = documents.get_column("doc_id").filter((in_target & in_reference).fill_null(False))
    if both.len():
        raise ParameterError(
            f"`reference` must have no document of `target`; got {both.head(5).to_list()} in both"
        )
    unknown = in_target.is_null() if reference is None else in_target.is_null() | in_reference.is_null()
    undecided = unknown.arg_true().len()
    _warn_left_out(undecided, documents.height, "target" if reference is None else "target` or `reference")
    if documents.height and not in_target.any():
        raise NoDocumentsError("`target` must have at least one document; got none")
    if documents.height and not in_reference.any():
        what = "every document in `target`" if reference is None else "none"
        raise NoDocumentsError(f"the reference must have at least one document; got {what}")
    sides = pl.select(
        pl.when(in_target)
        .then(pl.lit(1, pl.UInt32))
        .when(in_reference)
        .then(pl.lit(0, pl.UInt32))
        .alias("side")
    ).get_column("side")
    single = isinstance(target, str) or (not isinstance(target, pl.Expr) and not isinstance(target, Iterable))
    return sides, [str(target) if single else "target"]


def _mask(documents: pl.DataFrame, condition: Any, argument: str) -> pl.Series:
    """Whether each document belongs to a side; null where an expression is."""
    if isinstance(condition, pl.Expr):
        flags = evaluate(documents, condition, argument=argument)
        if flags.dtype != pl.Boolean:
            raise DataTypeError(f"`{argument}` must be a Boolean expression; got {flags.dtype}")
        return flags
    ids = documents.get_column("doc_id")
    single = isinstance(condition, str) or not isinstance(condition, Iterable)
    try:
        wanted = (
            condition
            if isinstance(condition, pl.Series)
            else pl.Series([condition] if single else list(condition))
        )
    except TypeError as error:
        raise DataTypeError(f"`{argument}` must hold values of one type; got {condition!r}") from error
    if wanted.dtype == pl.Boolean:
        if wanted.len() != documents.height:
            raise DataError(
                f"`{argument}` must have {documents.height} Booleans, one a document; got {wanted.len()}"
            )
        return wanted
    if wanted.is_empty():
        return ids.is_null()
    try:
        known = wanted.is_in(ids.implode())
        flags = ids.is_in(wanted.implode())
    except pl.exceptions.PolarsError as error:
        raise DataTypeError(
            f"`{argument}` must hold values of `doc_id` ({ids.dtype}); got {wanted.dtype}"
        ) from error
    if not known.all():
        missing = wanted.filter(~known.fill_null(False)).head(5).to_list()
        raise ParameterError(
            f"`{argument}` must name documents of the matrix; got {', '.join(map(repr, missing))}"
        )
    return flags


def _warn_left_out(n: int, total: int, argument: str) -> None:
    if n:
        warnings.warn(
            f"{n} of {total} documents have no value for `{argument}` and are on neither side",
            DuizhaoWarning,
            stacklevel=4,
        )
