"""Who had a passage first: a directed, dated network of shared passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import polars as pl

from .._base.checks import require_instance, require_number, require_word
from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_plain
from .._base.groups import warn_left_out
from .._base.metadata import Metadata, with_group_metadata, with_metadata
from .._base.progress import Progress
from ..errors import DataTypeError
from ._schema import DIFFUSION, TEXT_REUSE
from .passages import passages, text_reuse

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped]

__all__ = ["diffusion", "diffusion_graph"]

Attribution = Literal["all", "first"]


def diffusion(
    docs: Documents,
    *,
    date: str,
    by: str | None = None,
    attribution: Attribution = "all",
    reuse: pl.DataFrame | None = None,
    min_weight: float = 0.0,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
    **options: Any,
) -> pl.DataFrame:
    """Draw who had shared passages before whom, document by document or group by group.

    An edge leads from the earlier document to the later one. It says who came first in this corpus, not who copied from
    whom: both may have copied a third text. Name such a text as ``baseline`` (see :func:`text_reuse`).

    Parameters
    ----------
    docs
        As for :func:`text_reuse`.
    date
        A column of dates or whole numbers (years).
    by
        A column of the documents that makes groups: edges of documents are summed up between groups; those
        inside a group and of documents without a group are left out, the latter
        with a warning.
    attribution
        ``"all"``: an edge for every pair of documents that share a passage. ``"first"``: of the places of a
        passage (:func:`duizhao.passages`) only the earliest is a source, and the others have no edges
        among them.
    reuse
        What :func:`text_reuse` found in these documents; by default it is called, with `options`.
    min_weight
        Passages of less weight are left out, from 0 to 1.
    text, progress, **options
        As for :func:`text_reuse`.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those of the two ends are called ``<name>_source`` and ``<name>_target``; of groups those that are the same
        throughout each group.

    Returns
    -------
    DataFrame
        One row an edge, heaviest first, then by the names: ``source``, ``target`` (as text), ``directed``
        (false where both have the same date or one has none: then ``source`` is the one that comes first in
        code-point order), ``document_pairs``, ``passages``, ``chars`` (equal characters), ``weight``
        (each passage's characters times its weight), ``mean_lag`` (of the passages; null if undirected) in
        ``lag_unit`` (``"days"`` or ``"units"`` of the column); then the metadata.

    Raises
    ------
    MissingColumnError, DataTypeError
        No such columns; dates that are text.
    ParameterError
        An unknown attribution.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b", "c"], "year": [2023, 2021, 2023], "text": [
    ...     "坚持把党的政治建设摆在首位，抓实", "始终坚持把党的政治建设摆在首位", "坚持把党的政治建设摆在首位"]})
    >>> dz.diffusion(docs, date="year").select("source", "target", "directed", "chars", "mean_lag").rows()
    [('a', 'c', False, 13, None), ('b', 'a', True, 13, 2.0), ('b', 'c', True, 13, 2.0)]
    """
    require_word(attribution, get_args(Attribution), argument="attribution")
    docs = frame_of(docs, text)
    require_columns(docs, date, *([by] if by is not None else []))
    if by is not None:
        require_plain(docs.get_column(by), argument="by")
    dates = docs.get_column(date)
    if not (dates.dtype.is_integer() or dates.dtype in (pl.Date, pl.Datetime) or dates.dtype == pl.Null):
        raise DataTypeError(f"column {date!r} of `docs` must be dates or whole numbers; got {dates.dtype}")
    if reuse is None:
        reuse = text_reuse(docs, text=text, metadata=False, progress=progress, **options)
    require_columns(reuse, "doc_id_1", "doc_id_2", "length", "weight", argument="reuse")
    # Metadata of the documents, if any, would meet the names that are made below.
    reuse = reuse.select(*(name for name in TEXT_REUSE if name in reuse.columns)).filter(
        pl.col("weight") >= require_number(min_weight, "min_weight")
    )
    days = dates.dtype in (pl.Date, pl.Datetime)
    # Days since 1970, with fractions for times.
    moment = (
        pl.col(date).dt.epoch("ms").cast(pl.Float64) / 86_400_000
        if days and dates.dtype != pl.Date
        else pl.col(date).cast(pl.Int32 if days else pl.Int64).cast(pl.Float64)
    )
    about = docs.select(
        "doc_id",
        moment.alias("when"),
        pl.col("doc_id" if by is None else by).cast(pl.String).alias("name"),
    )
    if by is not None:
        warn_left_out(about.get_column("name").null_count(), about.height, "by")
    links = _pairs(reuse) if attribution == "all" else _firsts(docs, reuse, date, text)
    for k in (1, 2):
        names = about.rename({"doc_id": f"doc_id_{k}", "when": f"when_{k}", "name": f"name_{k}"})
        links = links.join(names, on=f"doc_id_{k}", how="left")
    links = links.filter((pl.col("name_1") != pl.col("name_2")).fill_null(False))
    lag = pl.col("when_2") - pl.col("when_1")
    swap = pl.when(lag.is_null() | (lag == 0)).then(pl.col("name_1") > pl.col("name_2")).otherwise(lag < 0)
    edges = links.with_columns(
        directed=(lag != 0).fill_null(False),
        source=pl.when(swap).then("name_2").otherwise("name_1"),
        target=pl.when(swap).then("name_1").otherwise("name_2"),
        lag=pl.when(lag != 0).then(lag.abs()),
        pair=pl.struct("doc_id_1", "doc_id_2"),
    )
    unit = "days" if days else "units"
    summed = edges.group_by("source", "target", "directed").agg(
        pl.col("pair").n_unique().cast(pl.Int64).alias("document_pairs"),
        pl.len().cast(pl.Int64).alias("passages"),
        pl.col("length").sum().alias("chars"),
        # A fixed order of the summands, or the last digit would depend on threads.
        (pl.col("length") * pl.col("weight")).sort().sum().alias("weight"),
        pl.col("lag").sort().mean().alias("mean_lag"),
    )
    found = (
        summed.with_columns(pl.lit(unit).alias("lag_unit"))
        .sort(["weight", "source", "target", "directed"], descending=[True, False, False, False])
        .select(DIFFUSION.names())
        .cast(DIFFUSION)
    )
    called = about.get_column("name")
    place = {name: i for i, name in enumerate(called.unique(maintain_order=True).drop_nulls())}
    of_documents, *sides = (
        pl.Series([place.get(name) for name in column], dtype=pl.UInt32)
        for column in (called, found.get_column("source"), found.get_column("target"))
    )
    ends = ("source", "target")
    if by is None:
        return with_metadata(found, docs, sides, metadata, text=text, ends=ends)
    return with_group_metadata(found, docs, of_documents, sides, metadata, text=text, ends=ends)


def _pairs(reuse: pl.DataFrame) -> pl.DataFrame:
    return reuse.select("doc_id_1", "doc_id_2", "length", "weight")


def _firsts(docs: pl.DataFrame, reuse: pl.DataFrame, date: str, text: str) -> pl.DataFrame:
    """Links from the documents that had a passage first to all others that have it."""
    places = passages(docs, reuse=reuse, date=date, text=text, metadata=False)
    weights = pl.concat(
        reuse.select(
            pl.col(f"doc_id_{k}").alias("doc_id"), pl.col(f"char_start_{k}").alias("start"), "weight"
        )
        for k in (1, 2)
    ).sort("start")
    # The weight of a place is the highest of the matches that begin in it.
    weighed = (
        places.with_row_index("place")
        .join(weights, on="doc_id", how="inner")
        .filter((pl.col("start") >= pl.col("char_start")) & (pl.col("start") < pl.col("char_end")))
        .group_by("place")
        .agg(pl.col("weight").max())
    )
    places = places.with_row_index("place").join(weighed, on="place", how="left")
    one = places.group_by("passage", "doc_id").agg(
        pl.col("is_first").any(),
        (pl.col("char_end") - pl.col("char_start")).max().alias("length"),
        pl.col("weight").max(),
    )
    firsts = one.filter(pl.col("is_first").fill_null(False)).select(
        "passage", pl.col("doc_id").alias("doc_id_1")
    )
    return (
        firsts.join(one, on="passage")
        # Two firsts are linked once.
        .filter(
            (pl.col("doc_id") != pl.col("doc_id_1"))
            & (~pl.col("is_first").fill_null(False) | (pl.col("doc_id_1") < pl.col("doc_id")))
        )
        .select("doc_id_1", pl.col("doc_id").alias("doc_id_2"), "length", "weight")
    )


def diffusion_graph(edges: pl.DataFrame) -> nx.DiGraph[str]:
    """Make a networkx graph of the edges, to analyse or to write with ``networkx.write_gexf`` and its like.

    Parameters
    ----------
    edges
        What :func:`diffusion` returned.

    Returns
    -------
    networkx.DiGraph
        An undirected edge is two arcs, both with ``directed=False``; where two names have edges of both kinds, they are added
        up and the arc counts as directed. Attributes: ``weight``, ``chars``, ``passages``, ``document_pairs``, ``directed``, ``mean_lag`` (absent where there is none).

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "year": [2023, 2021], "text": ["坚持把党的政治建设摆在首位"] * 2})
    >>> graph = dz.diffusion_graph(dz.diffusion(docs, date="year"))
    >>> list(graph.edges(data="chars"))
    [('b', 'a', 13)]
    """
    import networkx as nx

    require_instance(edges, pl.DataFrame, argument="edges", allowed="a polars DataFrame")
    require_columns(edges, *DIFFUSION.names(), argument="edges")
    graph: nx.DiGraph[str] = nx.DiGraph()
    sums = ("weight", "chars", "passages", "document_pairs")
    for row in edges.iter_rows(named=True):
        arcs = [(row["source"], row["target"])]
        if not row["directed"]:
            arcs.append((row["target"], row["source"]))
        for source, target in arcs:
            before = graph.get_edge_data(source, target, default={})
            values = {name: before.get(name, 0) + row[name] for name in sums}
            lag = row["mean_lag"] if row["mean_lag"] is not None else before.get("mean_lag")
            graph.add_edge(
                source,
                target,
                **values,
                directed=bool(row["directed"] or before.get("directed", False)),
                **({} if lag is None else {"mean_lag": lag}),
            )
    return graph
