"""Rates of dictionaries of categories, in documents and groups."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

import polars as pl

from . import _core
from ._frames import require_instance, require_word
from ._schema import rates_schema
from .dfm import evaluate
from .dictionary import Dictionary
from .errors import DataTypeError, DuizhaoWarning, ParameterError
from .lookup import NestedScope, lookup
from .tokens import Documents, _frame, _whole

__all__ = ["IntervalKind", "NegatedInRates", "rates"]

IntervalKind: TypeAlias = Literal["percentile", "bca"]
NegatedInRates: TypeAlias = Literal["count", "drop", "only"]


def rates(
    docs: Documents,
    dictionary: Dictionary,
    *,
    by: str | pl.Expr | None = None,
    per: int = 1000,
    text: str = "text",
    nested_scope: NestedScope = "dictionary",
    negated: NegatedInRates = "drop",
    resamples: int = 0,
    permutations: int = 0,
    blocks: str | pl.Expr | None = None,
    seed: int = 1,
    interval: IntervalKind = "percentile",
    level: float = 0.95,
    progress: Callable[[int], object] | None = None,
) -> pl.DataFrame:
    """How often the categories of a dictionary are used, in each document or group, with intervals.

    Hits are those of :func:`duizhao.lookup`; the size of a text is its number of characters without white
    space. A category that has sub-categories counts each stretch of text once, however many of them it
    belongs to.

    Parameters
    ----------
    docs, dictionary, text, nested_scope
        As for :func:`duizhao.lookup`.
    by
        A column of the documents, or an expression over it, that makes the groups; without it each document
        is its own. Documents without a value are left out.
    per
        Number of characters that rates refer to.
    negated
        Whether negated hits are counted with the others, dropped, or counted alone. ``count_negated`` is
        there in any case.
    resamples
        Bootstrap resamples of the documents within each group; 0 for none.
    permutations
        Permutations of the documents' labels for the comparison of a group with the others; 0 for none.
    blocks
        A column or expression: labels are permuted within its values only.
    seed
        Of both.
    interval
        Of the bootstrap: ``"percentile"`` or ``"bca"``.
    level
        Of all intervals, between 0 and 1.
    progress
        Called with the number of steps finished since the last call.

    Returns
    -------
    polars.DataFrame
        One row a group and category, by the value of the group (documents in their order), then in the order
        of the dictionary, an outer category before its inner ones; also where nothing was found: ``doc_id``
        or ``group`` (as text), ``category`` (levels joined by ``.``), ``level`` (1: outermost), ``count``,
        ``count_negated``, ``size_chars``, ``n_documents``, ``doc_freq``, then with *P* for `per`:
        ``rate_per_P_chars``; ``exact_low_per_P_chars``, ``exact_high_per_P_chars``: the exact Poisson interval
        (Garwood 1936), which takes hits for independent; ``bootstrap_low_per_P_chars``,
        ``bootstrap_high_per_P_chars``: over documents (null without `resamples` and for one document);
        ``mean_weight`` of the weighted hits counted; ``rate_ratio`` (this group over all others; above 1: more
        here), ``rate_ratio_p`` (exact conditional test; hits independent), ``permutation_p`` (documents
        exchangeable; of the difference of rates). Null: undefined, such as the rate of an empty text.

    Raises
    ------
    ParameterError
        A number or word outside its domain.
    MissingColumnError, DataTypeError, DataError
        As for :func:`duizhao.lookup`; no such column for `by` or `blocks`.

    Notes
    -----
    Garwood, F. (1936). *Biometrika* 28, 437-442. Przyborowski, J. & Wilenski, H. (1940). *Biometrika* 31,
    313-323. The exact interval is too narrow where hits come in clusters; with several documents a group,
    report the bootstrap and the permutation.

    Examples
    --------
    >>> import duizhao as dz
    >>> d = dz.Dictionary({"上": {"党": ["党委"], "会": ["常委会"]}, "下": ["居民"]})
    >>> found = dz.rates({"a": "党委听取居民意见，居民满意", "b": "常委会和党委"}, d, per=10)
    >>> found.select("doc_id", "category", "count", "rate_per_10_chars").rows()[:4]
    [('a', '上', 1, 0.7692307692307693), ('a', '上.党', 1, 0.7692307692307693), ('a', '上.会', 0, 0.0),
    ('a', '下', 2, 1.5384615384615385)]
    """
    require_instance(dictionary, Dictionary, argument="dictionary", allowed="a dz.Dictionary")
    require_word(negated, get_args(NegatedInRates), argument="negated")
    require_word(interval, get_args(IntervalKind), argument="interval")
    per = _whole(per, "per", 1)
    if isinstance(level, bool) or not isinstance(level, float) or not 0 < level < 1:
        raise ParameterError(f"`level` must be a number between 0 and 1; got {level!r}")
    frame = _frame(docs, text).with_row_index("__document")
    if by is not None:
        frame = frame.with_columns(_labels(frame, by, "by").alias("__group"))
    else:
        frame = frame.with_columns(pl.col("__document").alias("__group"))
    block_of = None if blocks is None else _labels(frame, blocks, "blocks").alias("__block")
    if block_of is not None:
        frame = frame.with_columns(block_of)
    if by is not None:
        without = frame.get_column("__group").null_count()
        if without:
            warnings.warn(
                f"{without} of {frame.height} documents have no value for `by` and are left out",
                DuizhaoWarning,
                stacklevel=2,
            )
        frame = frame.filter(pl.col("__group").is_not_null())
    kinds = frame.get_column("__group").unique().sort()
    groups = frame.get_column("__group").replace_strict(kinds, range(len(kinds)), return_dtype=pl.UInt32)
    hits = lookup(frame, dictionary, text=text, nested_scope=nested_scope, progress=progress)
    nodes = _nodes(dictionary)
    cells = _cells(hits, frame, nodes)
    wanted = {"count": pl.lit(True), "drop": ~pl.col("negated"), "only": pl.col("negated")}[negated]
    counted = cells.filter(wanted)
    table = counted.group_by("row", "node").len()
    flat = [0] * (frame.height * nodes.height)
    for row, node, n in table.iter_rows():
        flat[row * nodes.height + node] = n
    sizes = frame.get_column(text).cast(pl.String).str.replace_all(r"\s", "").str.len_chars()
    block_numbers = None
    if block_of is not None:
        values = frame.get_column("__block")
        block_numbers = values.cast(pl.String).fill_null("").rank("dense").cast(pl.UInt32).to_list()
    found = _core.rates_frame(
        flat, sizes.to_list(), groups.to_list(), len(kinds), nodes.height,
        resamples=_whole(resamples, "resamples", 0), permutations=_whole(permutations, "permutations", 0),
        blocks=block_numbers, seed=_whole(seed, "seed", 0), interval=interval, level=level, progress=progress,
    )  # fmt: skip
    group_of = pl.DataFrame(
        {"row": range(frame.height), "group": groups.cast(pl.Int64)}, schema_overrides={"row": pl.Int64}
    )
    key = ["group", "category"]
    extra = cells.join(group_of, on="row").rename({"node": "category"})
    weights = counted.join(group_of, on="row").rename({"node": "category"}).drop_nulls("weight")
    found = found.join(
        extra.group_by(key).agg(pl.col("negated").sum().cast(pl.Int64).alias("count_negated")), on=key, how="left", maintain_order="left"
    ).join(
        # Sums in a fixed order, so that the last bit does not depend on how rows are grouped.
        weights.sort("row", "char_start", "char_end").group_by(key, maintain_order=True).agg(pl.col("weight").mean().alias("mean_weight")),
        on=key, how="left", maintain_order="left",
    )  # fmt: skip
    unit = f"per_{per}_chars"
    scaled = {
        name: (pl.col(name) * per).alias(f"{name}_{unit}")
        for name in ("rate", "exact_low", "exact_high", "bootstrap_low", "bootstrap_high")
    }
    label = "group" if by is not None else "doc_id"
    names = kinds.cast(pl.String) if by is not None else frame.get_column("doc_id")
    out = found.with_columns(
        *scaled.values(),
        names.gather(found.get_column("group")).alias("__label"),
        nodes.get_column("category").gather(found.get_column("category")).alias("__category"),
        nodes.get_column("level").gather(found.get_column("category")).alias("level"),
        pl.col("count_negated").fill_null(0),
        pl.col("size").alias("size_chars"),
    )
    out = out.drop("group", "category").rename({"__label": label, "__category": "category"})
    schema = rates_schema(label, names.dtype, unit)
    return out.select(schema.names()).cast(schema)


def _labels(frame: pl.DataFrame, by: str | pl.Expr, argument: str) -> pl.Series:
    values = evaluate(frame, by, argument=argument)
    if values.dtype.is_nested() or values.dtype == pl.Object:
        raise DataTypeError(f"`{argument}` must have plain values; got {values.dtype}")
    return values


def _nodes(dictionary: Dictionary) -> pl.DataFrame:
    """All categories, outer ones before their inner ones, with their level."""
    seen: dict[tuple[str, ...], None] = {}
    paths = dictionary.to_frame().get_column("levels").unique(maintain_order=True).to_list()
    for path in paths:
        for depth in range(1, len(path) + 1):
            seen.setdefault(tuple(path[:depth]))
    # Inner categories directly behind their outer one, in the order of first mention.
    place = {path: i for i, path in enumerate(seen)}
    ordered = sorted(seen, key=lambda p: [place[p[: d + 1]] for d in range(len(p))])
    return pl.DataFrame(
        {"category": [".".join(p) for p in ordered], "level": [len(p) for p in ordered]},
        schema={"category": pl.String, "level": pl.Int64},
    )


def _cells(hits: pl.DataFrame, frame: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    """One row a hit and category or outer category: ``row``, ``node``, place, ``negated``, ``weight``."""
    rows = pl.DataFrame(
        {"__document": frame["__document"], "row": range(frame.height)}, schema_overrides={"row": pl.Int64}
    )
    ranked = hits.join(rows, on="__document", maintain_order="left").select(
        "row", "levels", "char_start", "char_end", "negated", "weight"
    )
    parts = []
    for depth in range(1, max(nodes["level"].to_list(), default=0) + 1):
        deep = ranked.filter(pl.col("levels").list.len() >= depth)
        parts.append(deep.with_columns(pl.col("levels").list.head(depth).list.join(".").alias("category")))
    schema = {
        "row": pl.Int64,
        "node": pl.Int64,
        "char_start": pl.Int64,
        "char_end": pl.Int64,
        "negated": pl.Boolean,
        "weight": pl.Float64,
    }
    if not parts:
        return pl.DataFrame(schema=schema)
    numbered = nodes.select("category").with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("node"))
    cells = pl.concat(parts).join(numbered, on="category", maintain_order="left")
    return cells.unique(["row", "node", "char_start", "char_end"], keep="first", maintain_order=True).select(
        *schema
    )
