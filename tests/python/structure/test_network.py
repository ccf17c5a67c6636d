"""Networks: their frames, and files read back by networkx."""

from __future__ import annotations

import json
from pathlib import Path

import networkx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao import cli
from duizhao.structure._schema import EDGES, NODES

PAIRS = pl.DataFrame(
    {
        "node": ["党建", "引领", "党建", "经济", "党建", "发展"],
        "collocate": ["引领", "党建", "基层 治理", "发展", "党建", "“经济”"],
        "count": [3, 4, 2, 5, 9, 1],
        "npmi": [0.5, 0.6, -0.1, 0.25, 1.0, None],
    }
)
labels = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=4)
pairs = st.lists(st.tuples(labels, labels, st.floats(0.001, 1e6)), max_size=15).map(
    lambda rows: pl.DataFrame(
        rows, schema={"source": pl.String, "target": pl.String, "weight": pl.Float64}, orient="row"
    )
)


def test_frames():
    nodes, edges = dz.network(PAIRS)
    assert nodes.select("id", "label", "degree", "strength").rows() == [
        (0, "“经济”", 1, 1.0),
        (1, "党建", 2, 6.0),
        (2, "发展", 2, 6.0),
        (3, "基层 治理", 1, 2.0),
        (4, "引领", 1, 4.0),
        (5, "经济", 1, 5.0),
    ]
    # The heavier of the two directions stays; a pair with itself goes.
    assert edges.rows() == [
        (0, 2, "“经济”", "发展", 1.0, None),
        (1, 3, "党建", "基层 治理", 2.0, -0.1),
        (1, 4, "党建", "引领", 4.0, 0.6),
        (2, 5, "发展", "经济", 5.0, 0.25),
    ]
    assert nodes["community"].to_list() == [0, 1, 0, 1, 1, 0]


def test_schema_also_when_empty():
    for made in (dz.network(PAIRS.clear()), dz.network(PAIRS, min_weight=100)):
        assert made.nodes.schema == NODES and made.nodes.is_empty()
        assert made.edges.schema == pl.Schema({**EDGES, "npmi": pl.Float64})
    assert dz.network(PAIRS, communities=False).nodes.schema == NODES


def test_weights_and_top():
    made = dz.network(PAIRS, weight="npmi")
    assert made.edges["weight"].to_list() == [0.6, 0.25]
    assert dz.network(PAIRS, top=2).edges["weight"].to_list() == [4.0, 5.0]
    assert dz.network(PAIRS, min_weight=2).edges.height == 3


@settings(max_examples=40, deadline=None)
@given(pairs, st.randoms())
def test_order_of_rows_does_not_matter(frame, random):
    rows = frame.rows()
    random.shuffle(rows)
    one, two = dz.network(frame), dz.network(pl.DataFrame(rows, schema=frame.schema, orient="row"))
    assert one.nodes.equals(two.nodes) and one.edges.equals(two.edges)
    assert one.nodes["strength"].sum() == pytest.approx(2 * one.edges["weight"].sum())


@settings(max_examples=40, deadline=None)
@given(pairs)
def test_networkx_reads_what_was_written(tmp_path_factory, frame):
    made = dz.network(frame)
    folder = tmp_path_factory.mktemp("network")
    wanted = {(a, b): w for a, b, w in made.edges.select("source_label", "target_label", "weight").rows()}
    for name, read in (("n.gexf", networkx.read_gexf), ("n.graphml", networkx.read_graphml)):
        dz.write_network(made, folder / name)
        graph = read(folder / name)
        of = {n: d["label"] for n, d in graph.nodes(data=True)}
        assert sorted(of.values()) == made.nodes["label"].to_list()
        got = {tuple(sorted((of[a], of[b]))): d["weight"] for a, b, d in graph.edges(data=True)}
        assert got == wanted
        for node, row in graph.nodes(data=True):
            mine = made.nodes.row(int(node), named=True)
            assert (row["degree"], row["strength"], row["community"]) == (
                mine["degree"],
                mine["strength"],
                mine["community"],
            )
    dz.write_network(made, folder / "n.json")
    held = json.loads((folder / "n.json").read_text(encoding="utf-8"))["network"]
    of = {item["id"]: item["label"] for item in held["items"]}
    assert {(of[e["source_id"]], of[e["target_id"]]): e["strength"] for e in held["links"]} == wanted


def test_networkx_reads_pajek(tmp_path):
    made = dz.network(PAIRS)
    path = tmp_path / "n.net"
    dz.write_network(made, path)
    text = path.read_text(encoding="utf-8-sig")
    graph = networkx.parse_pajek(text)
    assert list(graph.nodes) == made.nodes["label"].to_list()
    got = {frozenset((a, b)): d["weight"] for a, b, d in graph.edges(data=True)}
    rows = made.edges.select("source_label", "target_label", "weight").rows()
    assert got == {frozenset((a, b)): w for a, b, w in rows}


@pytest.mark.parametrize("name", ["n.gexf", "n.graphml", "n.net", "n.json"])
def test_same_bytes(tmp_path, name):
    dz.write_network(dz.network(PAIRS), tmp_path / name)
    dz.write_network(dz.network(PAIRS.reverse()), tmp_path / f"again-{name}")
    assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes()
    dz.write_network(dz.network(PAIRS.clear()), tmp_path / name)
    assert (tmp_path / name).stat().st_size


def test_graph_of_associations():
    fcm = dz.fcm(dz.tokens(["党建引领治理", "党建引领发展"]))
    made = dz.network(dz.associations(fcm, measures="npmi"), weight="count")
    graph = made.to_networkx()
    assert graph.number_of_nodes() == 4 and graph.number_of_edges() == 5
    assert graph.nodes[0]["label"] == "党建" and graph.edges[0, 2]["weight"] == 2.0
    assert "npmi" in graph.edges[0, 2] and "source_label" not in graph.edges[0, 2]
    dfm = dz.dfm(dz.tokens(["党建引领", "党建发展"]))
    assert dz.network(dz.similarity(dfm)).nodes["label"].to_list() == ["doc1", "doc2"]


def test_errors(tmp_path):
    with pytest.raises(dz.DataTypeError, match="pairs"):
        dz.network([("a", "b", 1)])
    with pytest.raises(dz.MissingColumnError, match="node"):
        dz.network(pl.DataFrame({"a": ["x"], "count": [1]}))
    with pytest.raises(dz.MissingColumnError, match="pmi"):
        dz.network(PAIRS, weight="pmi")
    with pytest.raises(dz.DataTypeError, match="collocate"):
        dz.network(PAIRS, weight="collocate")
    with pytest.raises(dz.ParameterError, match="weight"):
        dz.network(PAIRS.select("node", "collocate", "npmi"))
    for bad in ({"top": 0}, {"min_weight": float("nan")}, {"seed": -1}, {"source": "node"}):
        with pytest.raises(dz.ParameterError, match=next(iter(bad))):
            dz.network(PAIRS, **bad)
    made = dz.network(PAIRS)
    with pytest.raises(dz.ParameterError, match="format"):
        dz.write_network(made, tmp_path / "n.txt")
    with pytest.raises(dz.ParameterError, match="gexf"):
        dz.write_network(made, tmp_path / "n.gexf", format="dot")
    with pytest.raises(dz.FileError, match="nowhere"):
        dz.write_network(made, tmp_path / "nowhere" / "n.gexf")
    strange = dz.network(pl.DataFrame({"source": ["a\nb"], "target": ["c\x01"], "weight": [1]}))
    for name in ("n.gexf", "n.graphml", "n.net"):
        with pytest.raises(dz.DataError, match="labels without"):
            dz.write_network(strange, tmp_path / name)
        assert not (tmp_path / name).exists()


def test_commands(tmp_path: Path):
    for name, text in {"a": "党建引领治理。党建引领发展。", "b": "党建引领治理，推动发展。"}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    texts = [str(tmp_path / f"{name}.txt") for name in "ab"]
    table = tmp_path / "found.csv"
    command = ["collocations", *texts, "--size", "2,3", "--measures", "npmi", "-o", str(table)]
    assert cli.main(command) == 0
    found = pl.read_csv(table)
    assert found["collocation"].to_list()[0] == "党建 引领" and "npmi" in found.columns
    assert cli.main(["collocations", *texts, "--tags", "v*", "--contains", "引领", "-o", str(table)]) == 0
    for name in ("n.gexf", "n.graphml", "n.net", "n.json"):
        path = tmp_path / name
        assert cli.main(["network", *texts, "--min-count", "2", "--weight", "count", "-o", str(path)]) == 0
        assert "党建" in path.read_text(encoding="utf-8-sig")
    assert cli.main(["network", *texts, "-o", "-"]) == 1
