"""Keyness: which features set a target apart from a reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import polars as pl

from .. import _core
from .._base.checks import did_you_mean, require_instance, require_whole, require_word
from .._base.groups import evaluate, groups_of, warn_left_out
from .._base.inference import Inference, drawing, require_inference
from .._base.progress import Progress
from ..corpus.dfm import Dfm
from ..errors import DataError, DataTypeError, NoDocumentsError, ParameterError
from ._schema import KEYNESS
from .measures import Adjustment, Measure, check_adjustment, check_measures, check_parameters

__all__ = ["keyness"]


def keyness(
    dfm: Dfm,
    *,
    target: pl.Expr | str | Iterable[Any] | None = None,
    reference: pl.Expr | str | Iterable[Any] | None = None,
    by: str | pl.Expr | Sequence[str | pl.Expr] | None = None,
    design: Literal["rest", "pairwise", "factorial"] = "rest",
    measures: Measure | Sequence[Measure] = ("log_likelihood", "log_ratio"),
    min_count: int = 1,
    adjust: Adjustment | None = "bh",
    parameters: Mapping[str, Any] | None = None,
    inference: Inference | bool | None = None,
    progress: Progress = None,
) -> pl.DataFrame:
    """Compare how often features occur in a target and in a reference.

    Name either a ``target``, which is compared with the ``reference`` (all other documents if not given),
    or ``by``, and each group is compared with all others, or groups pair by pair. The measures are explained in
    ``docs/statistics/measures.md``, designs, numbers of tests and inference over documents in ``docs/statistics/keyness.md``.

    Parameters
    ----------
    dfm
        Counts. The sizes of target and reference are the tokens *in this matrix*: trim or select features
        before, and the sides get smaller; use ``min_count`` to leave rare features out of the result only.
    target, reference
        A polars expression over ``dfm.documents`` that is true or false (``pl.col("city") == "眉山"``), one
        ``doc_id``, several, or one Boolean a document. Documents for which an expression is null are left
        out, with a warning.
    by
        A column of the documents, or an expression over it; several make a group of each combination of values
        that occurs. Documents without a value are left out, with a warning.
    design
        With ``by``: ``"rest"`` compares each group with all others, ``"pairwise"`` each group with each later one (documents
        of other groups take no part), ``"factorial"`` each level of each factor in ``by``, and of each
        combination of two and more factors, with all other documents.
    measures
        One or more words of :func:`duizhao.measures`; the first orders the rows.
    min_count
        Least count of a feature on both sides together.
    adjust
        Correction of the p-values for the number of features tested against one target: ``"bh"``
        (Benjamini–Hochberg), ``"holm"``, ``"bonferroni"``, or ``None`` for no such column.
    parameters
        Of measures that have some: ``constant`` and ``base`` of ``simple_maths``, ``level`` and ``family``
        (``"bonferroni"``, ``"sidak"``, ``"none"``) of ``conservative_log_ratio``.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call.

    Returns
    -------
    polars.DataFrame
        One row a target, reference and feature, also for features that one side lacks: ``target`` (the group;
        the ``doc_id`` if one was named, else ``"target"``), ``reference`` (the group, or ``"rest"``),
        ``feature``, ``count_target``, ``count_reference``, ``size_target``, ``size_reference`` (tokens),
        ``per_million_target``, ``per_million_reference``, ``expected_target``, ``doc_freq_target``,
        ``doc_freq_reference``, ``n_tested`` (features tested in this comparison), ``sparse`` (the feature is
        expected fewer than five times on a side, so that χ² is no good guide); then for each measure its score
        (positive: more in the target; null: undefined), for tests ``<measure>_log_p``, ``<measure>_p``,
        ``<measure>_p_adjusted``, with permutations ``<measure>_permutation_p`` (and ``…_adjusted``), with
        resamples ``<measure>_bootstrap_low`` and ``<measure>_bootstrap_high`` (null where the replicates give none).
        Ordered by target, then by the first measure from high to low (null last),
        then by feature in code-point order: the words that the target avoids stand at the end. No rows for
        a matrix without documents or features.

    Raises
    ------
    ParameterError
        An unknown measure or correction, a ``doc_id`` that does not exist, neither or both of ``target``
        and ``by``, a ``design`` without ``by``, numbers out of range, a ``by`` with one group only, target and reference that share documents.
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
    least = require_whole(min_count, argument="min_count", least=0)
    if (target is None) == (by is None):
        raise ParameterError(
            f"one of `target` and `by` must be given; got {'neither' if by is None else 'both'}"
        )
    if reference is not None and target is None:
        raise ParameterError("`reference` must be None with `by`: each group is compared with all others")
    if by is None and design != "rest":
        raise ParameterError(f"`design` must be 'rest' without `by`; got {design!r}")
    require_word(design, ("rest", "pairwise", "factorial"), argument="design")
    constants = check_parameters(parameters)
    how = drawing(require_inference(inference), dfm.documents)
    frames = []
    for comparison in _comparisons(dfm.documents, target, reference, by, design):
        found = _core.keyness(
            dfm._core,
            comparison.groups,
            pl.Series(comparison.targets, dtype=pl.UInt32),
            None if comparison.references is None else pl.Series(comparison.references, dtype=pl.UInt32),
            {
                "measures": words,
                "min_count": least,
                "adjust": correction,
                "parameters": constants,
                "inference": how,
            },
            progress,
        )
        frames.append(comparison.name(found))
    names = dfm.features.get_column("feature")
    found = pl.concat(frames)
    per_million = [
        pl.when(pl.col(f"size_{side}") > 0)
        .then(pl.col(f"count_{side}") / pl.col(f"size_{side}") * 1e6)
        .alias(f"per_million_{side}")
        for side in ("target", "reference")
    ]
    named = found.with_columns(
        names.gather(found.get_column("feature")),
        *per_million,
        (pl.min_horizontal("expected_target", "expected_reference") < SPARSE).alias("sparse"),
    ).drop("expected_reference")
    fixed = KEYNESS.names()
    return named.select(*fixed, pl.exclude(fixed))


#: Expected counts below this make χ² doubtful (Cochran 1954).
SPARSE = 5


@dataclass(frozen=True)
class _Comparison:
    """One call of the core: group numbers, and which are compared."""

    groups: pl.Series
    labels: list[str]
    targets: list[int]
    references: list[int] | None = None
    rest: str = "rest"

    def name(self, found: pl.DataFrame) -> pl.DataFrame:
        """Put names to the places of the comparisons."""
        labels = pl.Series(self.labels, dtype=pl.String)
        place = found.get_column("target")
        targets = pl.Series(self.targets, dtype=pl.UInt32)
        if self.references is None:
            reference = pl.repeat(self.rest, found.height, dtype=pl.String, eager=True)
        else:
            reference = labels.gather(pl.Series(self.references, dtype=pl.UInt32).gather(place))
        names = (
            labels
            if len(self.labels) == len(self.targets) and self.references is None
            else labels.gather(targets)
        )
        return found.with_columns(names.gather(place).alias("target"), reference.alias("reference"))


def _comparisons(
    documents: pl.DataFrame, target: Any, reference: Any, by: Any, design: str
) -> list[_Comparison]:
    """What is compared with what."""
    if by is None:
        sides, labels = sides_of(documents, target, reference)
        return [_Comparison(sides, labels, [1], rest="rest" if reference is None else "reference")]
    single = isinstance(by, str | pl.Expr)
    if not single and not isinstance(by, Sequence):
        raise DataTypeError(f"`by` must be a column, an expression or several; got {type(by).__name__}")
    factors = [by] if single else list(by)
    if not factors:
        raise ParameterError("`by` must have at least one column; got none")
    if design == "factorial":
        made = []
        for size in range(1, len(factors) + 1):
            for some in combinations(factors, size):
                # Documents that lack one factor take part in the comparisons of the others: one warning for all.
                groups, labels = _groups(documents, some, named=True, quiet=size < len(factors))
                made.append(_Comparison(groups, labels, list(range(len(labels)))))
        return made
    groups, labels = _groups(documents, factors)
    numbers = list(range(len(labels)))
    if design == "pairwise":
        pairs = list(combinations(numbers, 2))
        return [_Comparison(groups, labels, [a for a, _ in pairs], [b for _, b in pairs])]
    return [_Comparison(groups, labels, numbers)]


def _groups(
    documents: pl.DataFrame, by: Sequence[str | pl.Expr], *, named: bool = False, quiet: bool = False
) -> tuple[pl.Series, list[str]]:
    """Group number of each document (null for none), and the groups' names in the order of their values.

    Names of combinations are joined by `` × ``; with ``named`` each value has its factor before it.
    """
    groups = groups_of(documents, by, quiet=quiet)
    labels = groups.labels(" × ", named=named)
    if documents.height and len(labels) < 2:
        raise ParameterError(f"`by` must have at least two groups to compare; got {labels}")
    return groups.numbers, labels


def sides_of(documents: pl.DataFrame, target: Any, reference: Any) -> tuple[pl.Series, list[str]]:
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
    warn_left_out(undecided, documents.height, "target" if reference is None else "target` or `reference")
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
            f"{_column_with(documents, missing[0]) or did_you_mean(missing[0], ids.cast(pl.String))}"
        )
    return flags


def _column_with(documents: pl.DataFrame, value: object) -> str:
    """How to say what was meant, if the value stands in a column of metadata."""
    for name in documents.columns:
        text = isinstance(value, str) and documents.schema[name] == pl.String
        if text and name != "doc_id" and documents.get_column(name).eq(value).any():
            return f"; for documents whose {name!r} is {value!r} write pl.col({name!r}) == {value!r}"
    return ""
