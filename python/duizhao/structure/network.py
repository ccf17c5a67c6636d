"""Networks: nodes and edges from pairs, and files that other programs read."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from xml.etree import ElementTree

import polars as pl

from .._base.checks import require_flag, require_instance, require_whole, require_word
from .._base.frames import require_columns
from .._base.html import shown
from .._base.progress import Progress, Report, counted, reporting, stage
from ..errors import DataError, DataTypeError, FileError, ParameterError
from ._schema import EDGES, NODES

if TYPE_CHECKING:
    import networkx  # type: ignore[import-untyped]

__all__ = ["Network", "network", "write_network"]

#: The columns that hold the two ends, as the frames of this package name them.
_ENDS = (
    ("node", "collocate"),
    ("doc_id_1", "doc_id_2"),
    ("feature_1", "feature_2"),
    ("source", "target"),
)
_WEIGHTS = ("log_dice", "similarity", "count", "weight")

Format = Literal["gexf", "graphml", "pajek", "vosviewer"]
_SUFFIXES = {".gexf": "gexf", ".graphml": "graphml", ".net": "pajek", ".json": "vosviewer"}


class Network(NamedTuple):
    """Nodes and edges of an undirected network, as :func:`network` makes them."""

    nodes: pl.DataFrame
    edges: pl.DataFrame

    def __repr__(self) -> str:
        """Numbers of nodes, edges and communities."""
        communities = self.nodes.get_column("community").n_unique()
        return (
            f"Network({self.nodes.height:,} nodes, {self.edges.height:,} edges, {communities:,} communities)"
        )

    def _repr_html_(self) -> str:
        strongest = self.edges.sort("weight", descending=True, maintain_order=True)
        return shown(repr(self), {"nodes": self.nodes, "edges, strongest first": strongest})

    def to_networkx(self) -> networkx.Graph:
        """Return a graph of networkx: the nodes are the numbers ``id``, all other columns are attributes.

        Examples
        --------
        >>> import duizhao as dz, polars as pl
        >>> pairs = pl.DataFrame({"source": ["党建"], "target": ["引领"], "weight": [2.0]})
        >>> dz.network(pairs).to_networkx().edges(data="weight")
        EdgeDataView([(0, 1, 2.0)])
        """
        import networkx

        graph = networkx.Graph()
        for row in self.nodes.iter_rows(named=True):
            graph.add_node(row.pop("id"), **_present(row))
        for row in self.edges.iter_rows(named=True):
            one, two = row.pop("source"), row.pop("target")
            graph.add_edge(one, two, **{k: v for k, v in _present(row).items() if not k.endswith("_label")})
        return graph


def _present(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def network(
    pairs: pl.DataFrame,
    *,
    source: str | None = None,
    target: str | None = None,
    weight: str | None = None,
    min_weight: float | None = None,
    top: int | None = None,
    communities: bool = True,
    seed: int = 1,
    progress: Progress = None,
) -> Network:
    """Turn a frame of pairs into nodes and edges.

    Parameters
    ----------
    pairs
        What ``dz.associations``, ``dz.similarity`` or ``Fcm.to_frame`` gives, or any frame with two columns
        of ends and one of numbers.
    source, target
        The columns of the ends; by default the first of ``node``/``collocate``, ``doc_id_1``/``doc_id_2``,
        ``feature_1``/``feature_2``, ``source``/``target`` that is there.
    weight
        The column of weights, finite and above 0 for an edge to be kept (other layouts and community
        searches have no use for others); by default the first of ``log_dice``, ``similarity``, ``count``,
        ``weight`` that is there.
    min_weight
        Leave out edges below.
    top
        Keep so many edges, the heaviest; among equal ones those first in the order of the labels.
    communities
        Whether to look for communities (Louvain, Blondel et al. 2008, from networkx).
    seed
        Of the search for communities.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        the frames, then the rounds of the search; how many of them there will be is not known beforehand.

    Returns
    -------
    Network
        ``nodes``: ``id`` (from 0, in code-point order of the labels, so that equal input gives equal ids),
        ``label``, ``degree`` (number of edges), ``strength`` (sum of their weights), ``community`` (from 0,
        the largest first, of equal ones that with the first label; null if not asked for). ``edges``:
        ``source``, ``target`` (ids, the smaller first), ``source_label``, ``target_label``, ``weight``, then
        the other columns of numbers in ``pairs``; ordered by ids.

        The network has no direction: of two rows for a pair in both directions (or twice), the heavier
        stays. Pairs of a thing with itself, with a null, or without a positive finite weight are left out.

    Raises
    ------
    MissingColumnError, DataTypeError, ParameterError
        A column that is not there; a weight that is no number; ``top`` or ``min_weight`` out of range.

    Examples
    --------
    >>> import duizhao as dz
    >>> fcm = dz.fcm(dz.tokens(["党建引领治理", "党建引领发展"]))
    >>> made = dz.network(dz.associations(fcm), weight="count")
    >>> made.nodes.select("id", "label", "degree", "strength").rows()
    [(0, '党建', 3, 4.0), (1, '发展', 2, 2.0), (2, '引领', 3, 4.0), (3, '治理', 2, 2.0)]
    >>> made.edges.select("source", "target", "weight").row(1)
    (0, 2, 2.0)
    """
    require_instance(pairs, pl.DataFrame, argument="pairs", allowed="a polars DataFrame")
    one, two = _ends(pairs, source, target)
    heavy = _weight(pairs, weight, (one, two))
    least = 0.0 if min_weight is None else min_weight
    if isinstance(least, bool) or not isinstance(least, int | float) or not math.isfinite(least):
        raise ParameterError(f"`min_weight` must be a finite number; got {min_weight!r}")
    if top is not None:
        top = require_whole(top, argument="top", least=1)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ParameterError(f"`seed` must be a whole number of at least 0; got {seed!r}")

    fixed = {*EDGES.names(), one, two, heavy}
    numeric = [n for n, kind in pairs.schema.items() if kind.is_numeric() and n not in fixed]
    value = pl.col(heavy).cast(pl.Float64)
    named = pairs.select(
        pl.col(one).cast(pl.String).alias("a"),
        pl.col(two).cast(pl.String).alias("b"),
        value.alias("weight"),
        *numeric,
    ).filter(
        pl.col("a") != pl.col("b"),
        pl.col("weight").is_finite() & (pl.col("weight") > 0) & (pl.col("weight") >= least),
    )
    edges = (
        named.with_columns(source_label=pl.min_horizontal("a", "b"), target_label=pl.max_horizontal("a", "b"))
        .sort("weight", descending=True, maintain_order=True)
        .unique(["source_label", "target_label"], keep="first", maintain_order=True)
        .sort(-pl.col("weight"), "source_label", "target_label")
    )
    edges = edges.head(top) if top is not None else edges
    labels = pl.concat([edges.get_column("source_label"), edges.get_column("target_label")]).unique().sort()
    nodes = pl.DataFrame({"label": labels}, schema={"label": pl.String}).with_row_index("id")
    nodes = nodes.with_columns(pl.col("id").cast(pl.Int64))
    for side in ("source", "target"):
        ids = nodes.select(pl.col("id").alias(side), pl.col("label").alias(f"{side}_label"))
        edges = edges.join(ids, on=f"{side}_label", how="left")
    edges = edges.select(*EDGES.names(), *numeric).sort("source", "target")
    ends = pl.concat([edges.select(pl.col(side).alias("id"), "weight") for side in ("source", "target")])
    sums = ends.group_by("id").agg(degree=pl.len().cast(pl.Int64), strength=pl.col("weight").sort().sum())
    nodes = nodes.join(sums, on="id", how="left").sort("id")
    with reporting(progress, "network", unit="steps") as report:
        if report is not None:
            report(1)
        found = (
            _communities(nodes, edges, seed, report)
            if require_flag(communities, "communities")
            else [None] * nodes.height
        )
    nodes = nodes.with_columns(pl.Series("community", found, dtype=pl.Int64))
    return Network(nodes.select(NODES.names()), edges)


def _ends(pairs: pl.DataFrame, source: str | None, target: str | None) -> tuple[str, str]:
    if (source is None) != (target is None):
        raise ParameterError("`source` and `target` must be given together")
    if source is not None and target is not None:
        require_columns(pairs, source, target, argument="pairs")
        return source, target
    for ends in _ENDS:
        if set(ends) <= set(pairs.columns):
            return ends
    require_columns(pairs, *_ENDS[0], argument="pairs")
    raise AssertionError


def _weight(pairs: pl.DataFrame, weight: str | None, ends: tuple[str, str]) -> str:
    if weight is None:
        found = [name for name in _WEIGHTS if name in pairs.columns and name not in ends]
        if not found:
            raise ParameterError(
                f"`weight` must name a column of numbers; there are {', '.join(map(repr, pairs.columns))}"
            )
        weight = found[0]
    require_columns(pairs, weight, argument="pairs")
    if not pairs.schema[weight].is_numeric():
        raise DataTypeError(f"column {weight!r} of `pairs` must be of numbers; got {pairs.schema[weight]}")
    return weight


def _communities(nodes: pl.DataFrame, edges: pl.DataFrame, seed: int, report: Report) -> list[int]:
    """The community of each node, numbered from the largest."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(nodes.get_column("id").to_list())
    graph.add_weighted_edges_from(edges.select("source", "target", "weight").iter_rows())
    stage(report, "communities")
    groups: list[set[int]] = []
    # Each round merges what the one before found; the last one counts.
    for groups in counted(  # noqa: B007
        networkx.community.louvain_partitions(graph, weight="weight", seed=seed), report
    ):
        pass
    of = {}
    for number, group in enumerate(sorted(groups, key=lambda g: (-len(g), min(g)))):
        of.update(dict.fromkeys(group, number))
    return [of[node] for node in nodes.get_column("id")]


def write_network(
    network: Network,
    path: str | os.PathLike[str],
    *,
    format: Format | None = None,
    progress: Progress = None,
) -> None:
    """Write a network for another program.

    Parameters
    ----------
    network
        What :func:`network` made.
    path
        The file to write; its folder must exist.
    format
        ``"gexf"`` (1.2, Gephi), ``"graphml"`` (Gephi, Cytoscape, igraph), ``"pajek"`` (``.net``), or
        ``"vosviewer"`` (JSON of VOSviewer and VOSviewer Online); by default from the ending ``.gexf``,
        ``.graphml``, ``.net``, ``.json``.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        nodes and edges.

    Raises
    ------
    ParameterError
        An unknown format or ending.
    DataError
        A label that the format cannot hold: control characters in XML; in Pajek, line breaks.
    FileError
        A file that cannot be written.

    Notes
    -----
    The bytes depend on the network alone: no date, no random layout. Node ids are those of the frame, but
    from 1 in Pajek and VOSviewer, which number from 1. Files are UTF-8; the Pajek file starts with the byte
    order mark by which Pajek knows that, and holds labels, weights and nothing else, in quotation marks (a
    ``"`` inside a label becomes ``”``).

    Examples
    --------
    >>> import duizhao as dz, polars as pl, tempfile, pathlib
    >>> made = dz.network(pl.DataFrame({"source": ["党建"], "target": ["引领"], "weight": [2.0]}))
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "network.net"
    >>> dz.write_network(made, path)
    >>> print(path.read_text(encoding="utf-8-sig"), end="")
    *Vertices 2
    1 "党建"
    2 "引领"
    *Edges
    1 2 2.0
    """
    require_instance(network, Network, argument="network", allowed="a dz.Network")
    where = Path(path)
    kind = format or _SUFFIXES.get(where.suffix.lower())
    if kind is None:
        raise ParameterError(
            f"`format` must be given for a file that does not end in {', '.join(_SUFFIXES)}; got {where.name!r}"
        )
    kind = require_word(kind, tuple(_SUFFIXES.values()), argument="format")
    write = {"gexf": _gexf, "graphml": _graphml, "pajek": _pajek, "vosviewer": _vosviewer}[kind]
    rows = network.nodes.height + network.edges.height
    with reporting(progress, "write_network", total=rows, unit="rows") as report:
        data = write(network, report)
    try:
        where.write_bytes(data)
    except OSError as error:
        raise FileError(f"cannot write {os.fspath(where)!r}: {error.strerror or error}") from error


def _checked(labels: Iterable[str], bad: str, what: str) -> None:
    """Refuse labels with characters that a format cannot hold."""
    found = [label for label in labels if re.search(bad, label)]
    if found:
        raise DataError(f"`network` must have labels without {what}; got {found[0]!r}")


_XML_BAD = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"


def _type(kind: pl.DataType) -> str:
    if kind.is_integer():
        return "long"
    return "double" if kind.is_numeric() else "string"


def _columns(frame: pl.DataFrame, but: set[str]) -> list[tuple[str, str]]:
    return [(name, _type(kind)) for name, kind in frame.schema.items() if name not in but]


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _text(value: Any) -> str:
    if isinstance(value, float) and math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return str(value)


def _graphml(network: Network, report: Report) -> bytes:
    _checked(network.nodes.get_column("label"), _XML_BAD, "control characters")
    root = ElementTree.Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    sides = (
        ("node", _columns(network.nodes, {"id"})),
        ("edge", _columns(network.edges, {"source", "target", "source_label", "target_label"})),
    )
    for side, columns in sides:
        for name, kind in columns:
            key = {"id": f"{side}_{name}", "for": side, "attr.name": name, "attr.type": kind}
            ElementTree.SubElement(root, "key", key)
    graph = ElementTree.SubElement(root, "graph", {"edgedefault": "undirected"})
    rows = ((network.nodes, "node"), (network.edges, "edge"))
    for (frame, side), (_, columns) in zip(rows, sides, strict=True):
        for row in counted(frame.iter_rows(named=True), report):
            names = ("id",) if side == "node" else ("source", "target")
            item = ElementTree.SubElement(graph, side, {name: str(row[name]) for name in names})
            for name, _ in columns:
                if row[name] is not None:
                    ElementTree.SubElement(item, "data", {"key": f"{side}_{name}"}).text = _text(row[name])
    return _xml(root)


def _gexf(network: Network, report: Report) -> bytes:
    _checked(network.nodes.get_column("label"), _XML_BAD, "control characters")
    root = ElementTree.Element("gexf", {"xmlns": "http://www.gexf.net/1.2draft", "version": "1.2"})
    graph = ElementTree.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    sides = (
        ("node", "nodes", network.nodes, _columns(network.nodes, {"id", "label"})),
        (
            "edge",
            "edges",
            network.edges,
            _columns(network.edges, {"source", "target", "source_label", "target_label", "weight"}),
        ),
    )
    for side, _, _, columns in sides:
        declared = ElementTree.SubElement(graph, "attributes", {"class": side, "mode": "static"})
        for number, (name, kind) in enumerate(columns):
            details = {"id": str(number), "title": name, "type": kind}
            ElementTree.SubElement(declared, "attribute", details)
    for side, group, frame, columns in sides:
        items = ElementTree.SubElement(graph, group)
        for number, row in enumerate(counted(frame.iter_rows(named=True), report)):
            if side == "node":
                item = ElementTree.SubElement(items, side, {"id": str(row["id"]), "label": row["label"]})
            else:
                ends = {"source": str(row["source"]), "target": str(row["target"])}
                details = {"id": str(number), **ends, "weight": _text(row["weight"])}
                item = ElementTree.SubElement(items, side, details)
            values = ElementTree.SubElement(item, "attvalues")
            for place, (name, _) in enumerate(columns):
                if row[name] is not None:
                    details = {"for": str(place), "value": _text(row[name])}
                    ElementTree.SubElement(values, "attvalue", details)
    return _xml(root)


def _pajek(network: Network, report: Report) -> bytes:
    labels = network.nodes.get_column("label").to_list()
    _checked(labels, "[\r\n]", "line breaks")
    lines = [f"*Vertices {len(labels)}"]
    for number, label in enumerate(counted(labels, report), 1):
        quoted = label.replace('"', "”")
        lines.append(f'{number} "{quoted}"')
    lines.append("*Edges")
    lines += [
        f"{one + 1} {two + 1} {weight!r}"
        for one, two, weight in counted(
            network.edges.select("source", "target", "weight").iter_rows(), report
        )
    ]
    return b"\xef\xbb\xbf" + ("\n".join(lines) + "\n").encode()


def _vosviewer(network: Network, report: Report) -> bytes:
    items: list[dict[str, Any]] = []
    for row in counted(network.nodes.iter_rows(named=True), report):
        item: dict[str, Any] = {"id": row["id"] + 1, "label": row["label"]}
        if row["community"] is not None:
            item["cluster"] = row["community"] + 1
        item["weights"] = {"Links": row["degree"], "Total link strength": row["strength"]}
        items.append(item)
    links = [
        {"source_id": one + 1, "target_id": two + 1, "strength": weight}
        for one, two, weight in counted(
            network.edges.select("source", "target", "weight").iter_rows(), report
        )
    ]
    made = {"network": {"items": items, "links": links}}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
