"""Counts of a dictionary's categories in documents or in a matrix, for everything that makes rates of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import polars as pl

from .._base.checks import require_instance, require_word
from .._base.documents import Documents, frame_of
from .._base.groups import canonical_order, group_numbers
from .._base.progress import Progress
from ..corpus.dfm import Dfm
from ..corpus.lookup import NestedScope, lookup
from ..dictionaries.dictionary import Dictionary
from ..errors import ParameterError

__all__ = ["CategoryCounts", "NegatedInRates", "count_categories"]

NegatedInRates: TypeAlias = Literal["count", "drop", "only"]


_CELLS = pl.Schema(
    {
        "row": pl.Int64(),
        "node": pl.Int64(),
        "char_start": pl.Int64(),
        "char_end": pl.Int64(),
        "negated": pl.Boolean(),
        "weight": pl.Float64(),
    }
)


@dataclass(frozen=True)
class CategoryCounts:
    """What was counted. Rows are documents in the order of ``doc_id``, so that no draw depends on how they are stored."""

    #: The documents with all their columns.
    documents: pl.DataFrame
    #: Row of each document in what the user gave.
    order: pl.Series
    #: ``category``, ``depth``: all categories, outer ones before their inner ones.
    nodes: pl.DataFrame
    #: Counts by document, then category.
    counts: list[int]
    #: Size of each document.
    sizes: list[int]
    #: ``chars`` or ``tokens``.
    unit: str
    #: One row a hit and category or outer category: ``row``, ``node``, place, ``negated``, ``weight``; empty for a matrix.
    cells: pl.DataFrame
    #: Those that are counted.
    counted: pl.DataFrame

    def keep(self, rows: pl.Series) -> CategoryCounts:
        """The documents for which ``rows`` is true."""
        kept = rows.arg_true().to_list()
        place = pl.DataFrame(
            {"row": kept, "new": range(len(kept))}, schema={"row": pl.Int64, "new": pl.Int64}
        )
        n = self.nodes.height

        def moved(cells: pl.DataFrame) -> pl.DataFrame:
            found = cells.join(place, on="row", maintain_order="left")
            return found.with_columns(pl.col("new").alias("row")).select(cells.columns)

        return CategoryCounts(
            self.documents[kept], self.order.gather(kept), self.nodes,
            [count for row in kept for count in self.counts[row * n : (row + 1) * n]],
            [self.sizes[row] for row in kept], self.unit, moved(self.cells), moved(self.counted),
        )  # fmt: skip

    def groups(self, by: str | pl.Expr) -> tuple[CategoryCounts, pl.Series, list[str]]:
        """Those with a value for ``by``, their groups' numbers, and the groups' names in the order of the values."""
        numbers, names = group_numbers(self.documents, by)
        here = numbers.is_not_null()
        return self.keep(here), numbers.filter(here), names


def count_categories(
    docs: Documents | Dfm,
    dictionary: Dictionary,
    *,
    text: str,
    nested_scope: NestedScope,
    negated: NegatedInRates,
    progress: Progress,
) -> CategoryCounts:
    """Count on texts by :func:`duizhao.lookup`, on a matrix by :meth:`duizhao.Dfm.lookup`."""
    require_instance(dictionary, Dictionary, argument="dictionary", allowed="a dz.Dictionary")
    require_word(negated, get_args(NegatedInRates), argument="negated")
    nodes = _nodes(dictionary)
    if isinstance(docs, Dfm):
        if negated == "only":
            raise ParameterError(
                '`negated` must be "drop" or "count" with a Dfm, which knows no negation; got "only"'
            )
        return _of_matrix(docs, dictionary, nodes)
    frame = frame_of(docs, text)
    order = canonical_order(frame)
    frame = frame[order.to_list()].with_row_index("__document")
    hits = lookup(frame, dictionary, text=text, nested_scope=nested_scope, progress=progress)
    cells = _cells(hits, frame, nodes)
    wanted = {"count": pl.lit(True), "drop": ~pl.col("negated"), "only": pl.col("negated")}[negated]
    counted = cells.filter(wanted)
    flat = [0] * (frame.height * nodes.height)
    for row, node, n in counted.group_by("row", "node").len().iter_rows():
        flat[row * nodes.height + node] = n
    sizes = frame.get_column(text).cast(pl.String).str.replace_all(r"\s", "").str.len_chars()
    documents = frame.drop("__document")
    return CategoryCounts(documents, order, nodes, flat, sizes.to_list(), "chars", cells, counted)


def _of_matrix(dfm: Dfm, dictionary: Dictionary, nodes: pl.DataFrame) -> CategoryCounts:
    """Counts of features; an outer category is looked up as one, so that a feature counts once in it."""
    documents = dfm.documents
    order = canonical_order(documents)
    place = {row: i for i, row in enumerate(order.to_list())}
    node_of = {name: i for i, name in enumerate(nodes.get_column("category").to_list())}
    flat = [0] * (documents.height * nodes.height)
    for depth in range(1, max(nodes.get_column("depth").to_list(), default=0) + 1):
        found = dfm.lookup(dictionary, depth=depth)
        names = found.features.get_column("feature").to_list()
        arrays = found.to_numpy()
        for row in range(documents.height):
            for cell in range(int(arrays.indptr[row]), int(arrays.indptr[row + 1])):
                node = node_of[names[int(arrays.indices[cell])]]
                flat[place[row] * nodes.height + node] = int(arrays.data[cell])
    sizes = documents.get_column("n_tokens").gather(order).to_list()
    kept = documents[order.to_list()].drop("n_tokens", "n_types", strict=False)
    none = pl.DataFrame(schema=_CELLS)
    return CategoryCounts(kept, order, nodes, flat, sizes, "tokens", none, none)


def _nodes(dictionary: Dictionary) -> pl.DataFrame:
    """All categories, outer ones before their inner ones, with their depth."""
    seen: dict[tuple[str, ...], None] = {}
    paths = dictionary.to_frame().get_column("levels").unique(maintain_order=True).to_list()
    for path in paths:
        for depth in range(1, len(path) + 1):
            seen.setdefault(tuple(path[:depth]))
    # Inner categories directly behind their outer one, in the order of first mention.
    place = {path: i for i, path in enumerate(seen)}
    ordered = sorted(seen, key=lambda p: [place[p[: d + 1]] for d in range(len(p))])
    return pl.DataFrame(
        {"category": [".".join(p) for p in ordered], "depth": [len(p) for p in ordered]},
        schema={"category": pl.String, "depth": pl.Int64},
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
    for depth in range(1, max(nodes["depth"].to_list(), default=0) + 1):
        deep = ranked.filter(pl.col("levels").list.len() >= depth)
        parts.append(deep.with_columns(pl.col("levels").list.head(depth).list.join(".").alias("category")))
    if not parts:
        return pl.DataFrame(schema=_CELLS)
    numbered = nodes.select("category").with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("node"))
    cells = pl.concat(parts).join(numbered, on="category", maintain_order="left")
    return cells.unique(["row", "node", "char_start", "char_end"], keep="first", maintain_order=True).select(
        *_CELLS
    )
