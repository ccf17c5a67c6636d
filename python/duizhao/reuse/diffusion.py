"""Who had a passage first: a directed, dated network of shared passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_instance, require_number, require_word
from .._base.dates import times_of
from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_plain, require_text
from .._base.groups import warn_left_out
from .._base.metadata import Metadata, with_group_metadata, with_metadata
from .._base.progress import Progress
from ._schema import DIFFUSION, TEXT_REUSE
from .passages import numbered, passages, text_reuse

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
        The column of dates: dates, numbers in time, or strings of one ISO form (``docs/guide/arguments.md``).
    by
        A column of the documents that makes groups: edges of documents are put together between groups; those
        inside a group and of documents without a group are left out, the latter
        with a warning.
    attribution
        ``"all"``: an edge for every pair of documents that share a passage. ``"first"``: of the places of a
        passage (:func:`duizhao.passages`) only the earliest is a source, and the others have no edges
        among them; what the source and another have in common there counts, as :func:`text_reuse` found it.
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
        code-point order), ``document_pairs``, ``passages``, ``chars``, ``weight``, ``mean_lag`` (of the
        passages; null if undirected) in ``lag_unit`` (``"days"`` or ``"units"`` of the column); then the metadata.
        ``chars`` is the number of characters, as compared, that lie in a passage of the edge, ``weight`` the
        same, each character times the highest weight of its passages, ``passages`` the number of stretches that are not
        inside a longer one. All three are counted in the documents of either end and the lesser is taken: a character
        counts once for an edge, in however many passages it lies, and no edge weighs more than its ends share.

    Raises
    ------
    MissingColumnError, DataTypeError
        No such columns; no dates.
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
    dates = times_of(docs.get_column(date), what=f"column {date!r} of `docs`")
    docs = docs.with_columns(dates)
    ignored = require_flag(options.get("ignore_punctuation", True), "ignore_punctuation")
    if reuse is None:
        reuse = text_reuse(docs, text=text, metadata=False, progress=progress, **options)
    require_columns(reuse, "doc_id_1", "doc_id_2", "weight", argument="reuse")
    # Metadata of the documents, if any, would meet the names that are made below.
    reuse = reuse.select(*(name for name in TEXT_REUSE if name in reuse.columns)).filter(
        pl.col("weight") >= require_number(min_weight, "min_weight")
    )
    days = dates.dtype in (pl.Date, pl.Datetime)
    # Days since 1970, with fractions for times.
    moment = (
        pl.col(date).dt.epoch("ms").cast(pl.Float64) / 86_400_000
        if days and dates.dtype != pl.Date
        else (pl.col(date).cast(pl.Int32) if days else pl.col(date)).cast(pl.Float64)
    )
    about = docs.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("document"),
        moment.alias("when"),
        pl.col("doc_id" if by is None else by).cast(pl.String).alias("name"),
    )
    if by is not None:
        warn_left_out(about.get_column("name").null_count(), about.height, "by")
    matches = numbered(reuse, docs.get_column("doc_id")).with_columns(
        reuse.get_column("weight").cast(pl.Float64), passage=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    links = matches if attribution == "all" else _firsts(docs, reuse, matches, date, text)
    for k in (1, 2):
        names = about.rename({"document": f"document_{k}", "when": f"when_{k}", "name": f"name_{k}"})
        links = links.join(names, on=f"document_{k}", how="left")
    links = links.filter((pl.col("name_1") != pl.col("name_2")).fill_null(False))
    lag = pl.col("when_2") - pl.col("when_1")
    swap = pl.when(lag.is_null() | (lag == 0)).then(pl.col("name_1") > pl.col("name_2")).otherwise(lag < 0)
    links = links.with_columns(
        directed=(lag != 0).fill_null(False),
        swap=swap,
        source=pl.when(swap).then("name_2").otherwise("name_1"),
        target=pl.when(swap).then("name_1").otherwise("name_2"),
        lag=pl.when(lag != 0).then(lag.abs()),
    )
    key = ["source", "target", "directed"]
    edges = links.select(key).unique().sort(key).with_row_index("edge")
    links = links.join(edges, on=key)
    lags = (
        # A passage may consist of several matches.
        links.unique(["edge", "passage", "document_1", "document_2"])
        .group_by("edge")
        .agg(
            pl.struct("document_1", "document_2").n_unique().cast(pl.Int64).alias("document_pairs"),
            pl.col("lag").sort().mean().alias("mean_lag"),
        )
    )
    found = (
        edges.join(lags, on="edge", how="left")
        .sort("edge")
        .with_columns(_held(links, edges.height, require_text(docs, text), ignored).get_columns())
        .with_columns(pl.lit("days" if days else "units").alias("lag_unit"))
        .sort(["weight", *key], descending=[True, False, False, False])
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


def _held(links: pl.DataFrame, n_edges: int, texts: pl.Series, ignore_punctuation: bool) -> pl.DataFrame:
    """What both ends of each edge have of its passages: characters, weight and passages of the end that has less of it."""
    stretches = pl.concat(
        links.select(
            # Sources are even, targets odd.
            (2 * pl.col("edge") + (pl.col("swap") == (k == 1)).cast(pl.UInt32)).cast(pl.UInt32).alias("end"),
            pl.col(f"document_{k}").alias("document"),
            pl.col(f"char_start_{k}").alias("char_start"),
            pl.col(f"char_end_{k}").alias("char_end"),
            "weight",
        )
        for k in (1, 2)
    )
    ends = _core.held_passages(texts, stretches, 2 * n_edges, ignore_punctuation)
    sources, targets = ends.gather_every(2), ends.gather_every(2, offset=1)
    return sources.hstack(targets.rename(lambda name: f"{name}_there")).select(
        pl.min_horizontal(name, f"{name}_there") for name in ends.columns
    )


def _firsts(
    docs: pl.DataFrame, reuse: pl.DataFrame, matches: pl.DataFrame, date: str, text: str
) -> pl.DataFrame:
    """Matches of the documents that had a passage first with all others that have it, each cut to the places of the passage."""
    held = passages(docs, reuse=reuse, date=date, text=text, metadata=False)
    numbers = docs.select("doc_id", document=pl.int_range(pl.len(), dtype=pl.UInt32))
    places = held.join(numbers, on="doc_id", how="left").select(
        "passage",
        "document",
        pl.col("is_first").fill_null(False),
        *(pl.col(name).cast(pl.UInt32) for name in ("char_start", "char_end")),
    )
    # Places of one document and one passage do not touch each other.
    both = pl.concat(
        matches.select(
            *(
                pl.col(f"{name}_{k}").alias(f"{name}_{side}")
                for side, k in enumerate(turned, start=1)
                for name in ("document", "char_start", "char_end")
            ),
            "weight",
        )
        for turned in ((1, 2), (2, 1))
    )
    for k, on in ((1, []), (2, ["passage"])):
        some = places.filter("is_first") if k == 1 else places
        renamed = {name: f"place_{name}" for name in ("char_start", "char_end")}
        both = (
            both.join(
                some.rename({"document": f"document_{k}", "is_first": f"is_first_{k}", **renamed}),
                on=[f"document_{k}", *on],
            )
            .with_columns(
                pl.max_horizontal(f"char_start_{k}", "place_char_start").alias(f"char_start_{k}"),
                pl.min_horizontal(f"char_end_{k}", "place_char_end").alias(f"char_end_{k}"),
            )
            .filter(pl.col(f"char_start_{k}") < pl.col(f"char_end_{k}"))
            .drop(renamed.values())
        )
    # Two firsts are linked once.
    return both.filter(~pl.col("is_first_2") | (pl.col("document_1") < pl.col("document_2")))


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
