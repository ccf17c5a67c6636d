"""Rates of dictionaries of categories, in documents and groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import polars as pl

from .. import _core
from .._base.checks import require_whole, require_word
from .._base.documents import Documents
from .._base.inference import Inference, drawing, require_inference
from .._base.metadata import Metadata, with_group_metadata, with_metadata
from .._base.progress import Progress, reporting
from ..corpus.dfm import Dfm
from ..corpus.lookup import NestedScope
from ..dictionaries.dictionary import Dictionary
from ..errors import ParameterError
from ._schema import rate_ratios_schema, rates_schema
from .category_counts import CategoryCounts, NegatedInRates, count_categories
from .measures import Adjustment, check_adjustment

__all__ = ["NegatedInRates", "rate_ratios", "rates"]


def rates(
    docs: Documents | Dfm,
    dictionary: Dictionary,
    *,
    by: str | pl.Expr | None = None,
    per: int = 1000,
    text: str = "text",
    nested_scope: NestedScope = "dictionary",
    negated: NegatedInRates = "drop",
    inference: Inference | bool | None = None,
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """How often the categories of a dictionary are used, in each document or group, with intervals.

    On texts hits are those of :func:`duizhao.lookup`, and the size of a text is its number of characters
    without white space. On a matrix they are the counts of :meth:`Dfm.lookup` (whole features; no context, no
    negation), and the size is the number of tokens that the matrix holds: look at it before trimming. A category that has sub-categories counts each stretch of text once, however many of them it
    belongs to.

    Parameters
    ----------
    docs
        As for :func:`duizhao.lookup`, or a :class:`Dfm` of counts.
    dictionary, text, nested_scope
        As for :func:`duizhao.lookup`; the last two say nothing for a matrix.
    by
        A column of the documents, or an expression over it, that makes the groups; without it each document
        is its own. Documents without a value are left out.
    per
        Number of characters (of tokens, for a matrix) that rates refer to.
    negated
        Whether negated hits are counted with the others (``"count"``), dropped (``"drop"``), or counted alone
        (``"only"``). ``count_negated`` is there in any case (null for a matrix).
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        With `by` those that are the same throughout each group.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call.

    Returns
    -------
    polars.DataFrame
        One row a group and category, by the value of the group (documents in their order), then in the order
        of the dictionary, an outer category before its inner ones; also where nothing was found: ``doc_id``
        or ``group`` (as text), ``category`` (levels joined by ``.``), ``depth`` (1: outermost), ``count``,
        ``count_negated``, ``size_chars``, ``n_documents``, ``doc_freq``, then with *P* for `per` (and
        ``tokens`` for ``chars`` throughout with a matrix):
        ``rate_per_P_chars``; ``rate_per_P_chars_exact_low``, ``rate_per_P_chars_exact_high``: the exact Poisson
        interval (Garwood 1936), which takes hits for independent; ``rate_per_P_chars_bootstrap_low``,
        ``rate_per_P_chars_bootstrap_high``: over documents (null without resamples and for fewer than three documents);
        ``mean_weight`` of the weighted hits counted; ``rate_ratio`` (this group over all others; above 1: more
        here) with ``rate_ratio_exact_low``, ``rate_ratio_exact_high`` (hits independent), ``rate_ratio_exact_p``
        (conditional test; hits independent), ``rate_ratio_permutation_p`` (documents
        exchangeable; of the difference of rates). Null: undefined, such as the rate of an empty text.

    Raises
    ------
    ParameterError
        A number or word outside its domain.
    MissingColumnError, DataTypeError, DataError
        As for :func:`duizhao.lookup`; no such column for `by` or `blocks`.

    Notes
    -----
    Garwood, F. (1936). *Biometrika* 28, 437-442. Clopper, C. J. & Pearson, E. S. (1934). *Biometrika* 26,
    404-413. Przyborowski, J. & Wilenski, H. (1940). *Biometrika* 31,
    313-323. The exact interval is too narrow where hits come in clusters; with several documents a group,
    report the bootstrap and the permutation. :func:`rate_ratios` compares groups pair by pair, with an interval
    of the ratio over documents.

    Examples
    --------
    >>> import duizhao as dz
    >>> d = dz.Dictionary({"上": {"党": ["党委"], "会": ["常委会"]}, "下": ["居民"]})
    >>> found = dz.rates({"a": "党委听取居民意见，居民满意", "b": "常委会和党委"}, d, per=10)
    >>> found.select("doc_id", "category", "count", "rate_per_10_chars").rows()[:4]
    [('a', '上', 1, 0.7692307692307693), ('a', '上.党', 1, 0.7692307692307693), ('a', '上.会', 0, 0.0),
    ('a', '下', 2, 1.5384615384615385)]
    """
    per = require_whole(per, "per", 1)
    wanted = require_inference(inference)
    found = count_categories(
        docs, dictionary, text=text, nested_scope=nested_scope, negated=negated, progress=progress
    )
    drawing(wanted, found.documents)
    if by is None:
        # Each document is a group, numbered as the user has them.
        numbers = found.order
        names = found.documents.get_column("doc_id").gather(found.order.arg_sort())
    else:
        found, numbers, labels = found.groups(by)
        names = pl.Series(labels, dtype=pl.String)
    how, cells = drawing(wanted, found.documents, sorted=True), len(names) * found.nodes.height
    with reporting(progress, "rates", total=cells, unit="rates") as report:
        table = _core.rates_frame(
            found.counts, found.sizes, numbers.to_list(), inference=how, progress=report
        )
    table = _with_hits(table, found, numbers)
    unit = f"per_{per}_{found.unit}"
    scaled = [
        (pl.col(name) * per).alias(f"rate_{unit}_{name}")
        for name in ("exact_low", "exact_high", "bootstrap_low", "bootstrap_high")
    ]
    label = "group" if by is not None else "doc_id"
    table = table.with_columns(
        (pl.col("rate") * per).alias(f"rate_{unit}"), *scaled, pl.col("size").alias(f"size_{found.unit}")
    )
    named = _named(table, found, {label: names}, rates_schema(label, names.dtype, unit, found.unit))
    rows = table.get_column("group")
    if by is None:
        return with_metadata(named, found.documents, found.order.arg_sort().gather(rows), metadata, text=text)
    return with_group_metadata(named, found.documents, numbers, rows, metadata, text=text)


def rate_ratios(
    docs: Documents | Dfm,
    dictionary: Dictionary,
    *,
    by: str | pl.Expr,
    design: Literal["rest", "pairwise"] = "rest",
    per: int = 1000,
    text: str = "text",
    nested_scope: NestedScope = "dictionary",
    negated: NegatedInRates = "drop",
    inference: Inference | bool | None = None,
    adjust: Adjustment | None = "bh",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Compare how often groups use the categories of a dictionary: ratios of rates, with intervals.

    Parameters
    ----------
    docs, dictionary, text, nested_scope, negated, per
        As for :func:`rates`.
    by
        A column of the documents, or an expression over it, that makes at least two groups. Documents without
        a value are left out, with a warning.
    design
        ``"rest"`` compares each group with all others together, ``"pairwise"`` each group with each later one.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
    adjust
        Correction of each kind of p-value for the number of rows that have one: ``"bh"``, ``"holm"``,
        ``"bonferroni"`` or ``None``.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those that are the same throughout each group: of `group` with ``_1`` behind their names, of `reference` with ``_2``
        (null for all others together).
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call.

    Returns
    -------
    polars.DataFrame
        One row a pair of groups and category: ``group``, ``reference`` (``rest`` for all others),
        ``category``, ``depth``, ``count``, ``reference_count``, ``size_chars``, ``reference_size_chars``,
        ``rate_per_P_chars``, ``reference_rate_per_P_chars`` (``tokens`` with a matrix), ``rate_ratio``
        (above 1: more in the group; infinite where only the reference has none), ``rate_ratio_exact_low``,
        ``rate_ratio_exact_high`` (hits independent), ``rate_ratio_bootstrap_low``, ``rate_ratio_bootstrap_high``
        (over documents; a draw without hits on either side is left out), ``rate_ratio_exact_p`` (conditional
        test), ``rate_ratio_permutation_p`` (of the difference of rates), and both corrected (``…_adjusted``). Null: neither side has hits
        or one has no text.

    Raises
    ------
    ParameterError
        A number or word outside its domain; a single group.
    MissingColumnError, DataTypeError, DataError
        As for :func:`rates`.

    Notes
    -----
    The exact interval is that of Clopper & Pearson (1934) for the share of the hits that are the group's,
    given their sum, carried over to the ratio (Przyborowski & Wilenski 1940): what R's ``poisson.test`` gives.
    It takes each hit for an independent event and is too narrow where hits come in clusters.

    Examples
    --------
    >>> import duizhao as dz
    >>> docs = dz.demo.read()
    >>> d = dz.Dictionary({"上": ["党委", "党组"], "下": ["居民", "群众"]})
    >>> few = dz.Inference(resamples=200, permutations=199)
    >>> found = dz.rate_ratios(docs, d, by="county", design="pairwise", inference=few)
    >>> found.select("group", "reference", "category").row(0)
    ('云岫县', '朔岭县', '上')
    """
    per = require_whole(per, "per", 1)
    wanted = require_inference(inference)
    require_word(design, ("rest", "pairwise"), argument="design")
    check_adjustment(adjust)
    found = count_categories(
        docs, dictionary, text=text, nested_scope=nested_scope, negated=negated, progress=progress
    )
    drawing(wanted, found.documents)
    found, numbers, labels = found.groups(by)
    if found.documents.height and len(labels) < 2:
        raise ParameterError(f"`by` must have at least two groups to compare; got {labels}")
    pairs: Sequence[tuple[int, int]] = (
        list(combinations(range(len(labels)), 2))
        if design == "pairwise"
        else [(group, -1) for group in range(len(labels))]
    )
    how = drawing(wanted, found.documents, sorted=True)
    with reporting(progress, "rate_ratios", total=len(pairs), unit="pairs") as report:
        table = _core.rate_ratios_frame(
            found.counts, found.sizes, numbers.to_list(), pairs, inference=how, progress=report
        )
    kinds = ("rate_ratio_exact_p", "rate_ratio_permutation_p")
    adjusted = [
        (table.get_column(name) if adjust is None else _core.adjust_p(table.get_column(name), adjust))
        .alias(f"{name}_adjusted")
        for name in kinds
    ]  # fmt: skip
    unit = f"per_{per}_{found.unit}"
    rate = {"rate": ("count", "size"), "reference_rate": ("reference_count", "reference_size")}
    table = table.with_columns(
        *(pl.when(pl.col(size) > 0).then(pl.col(count) * per / pl.col(size)).alias(f"{name}_{unit}")
          for name, (count, size) in rate.items()),
        pl.col("size").alias(f"size_{found.unit}"),
        pl.col("reference_size").alias(f"reference_size_{found.unit}"),
        *adjusted,
    )  # fmt: skip
    sides = [table.get_column("group"), table.get_column("reference")]
    names = pl.Series([*labels, "rest"], dtype=pl.String)
    table = table.with_columns(pl.col("reference").fill_null(len(labels)))
    named = _named(table, found, {"group": names, "reference": names}, rate_ratios_schema(unit, found.unit))
    return with_group_metadata(named, found.documents, numbers, sides, metadata, text=text)


def _with_hits(table: pl.DataFrame, found: CategoryCounts, numbers: pl.Series) -> pl.DataFrame:
    """Adds ``count_negated`` and ``mean_weight``, which need the hits themselves."""
    if found.unit == "tokens":
        return table.with_columns(
            pl.lit(None, pl.Int64).alias("count_negated"), pl.lit(None, pl.Float64).alias("mean_weight")
        )
    group_of = pl.DataFrame(
        {"row": range(len(numbers)), "group": numbers.cast(pl.Int64)}, schema_overrides={"row": pl.Int64}
    )
    key = ["group", "category"]
    negated = found.cells.join(group_of, on="row").rename({"node": "category"})
    weights = found.counted.join(group_of, on="row").rename({"node": "category"}).drop_nulls("weight")
    return table.join(
        negated.group_by(key).agg(pl.col("negated").sum().cast(pl.Int64).alias("count_negated")),
        on=key, how="left", maintain_order="left",
    ).join(
        # Sums in a fixed order, so that the last bit does not depend on how rows are grouped.
        weights.sort("row", "char_start", "char_end")
        .group_by(key, maintain_order=True)
        .agg(pl.col("weight").mean().alias("mean_weight")),
        on=key, how="left", maintain_order="left",
    ).with_columns(pl.col("count_negated").fill_null(0))  # fmt: skip


def _named(
    table: pl.DataFrame, found: CategoryCounts, labels: dict[str, pl.Series], schema: pl.Schema
) -> pl.DataFrame:
    """Names in place of numbers, and the columns that were promised."""
    category = table.get_column("category")
    source = {"doc_id": "group"}
    named = {
        label: names.gather(table.get_column(source.get(label, label))) for label, names in labels.items()
    }
    out = table.drop("group", "category", *labels, strict=False).with_columns(
        found.nodes.get_column("category").gather(category).alias("category"),
        found.nodes.get_column("depth").gather(category).alias("depth"),
        *(series.alias(label) for label, series in named.items()),
    )
    return out.select(schema.names()).cast(schema)
