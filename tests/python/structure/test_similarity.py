"""Similarity: quanteda's, scikit-learn's and scipy's figures, the promises of the docstring, bad input."""

from __future__ import annotations

import csv
import json
import typing

import numpy as np
import polars as pl
import pytest

import duizhao as dz
from duizhao.structure.similarity import Method

#: Their word for each of our methods.
QUANTEDA = {
    "cosine": "cosine",
    "jaccard": "jaccard",
    "dice": "dice",
    "jaccard_extended": "ejaccard",
    "dice_extended": "edice",
    "correlation": "correlation",
    "simple_matching": "simple matching",
    "hamann": "hamann",
}
METHODS = typing.get_args(Method)


@pytest.fixture(scope="module")
def seeds(shared) -> dz.Dfm:
    tokens = json.loads((shared / "quanteda/tokens/zh_words.json").read_text(encoding="utf-8"))
    rows = pl.DataFrame({"doc_id": list(tokens), "feature": list(tokens.values())}).explode("feature")
    return dz.Dfm.from_counts(rows.group_by("doc_id", "feature").len("count").sort("doc_id"))


@pytest.fixture
def dfm() -> dz.Dfm:
    rows = [
        ("a", "党建", 3),
        ("a", "经济", 4),
        ("b", "党建", 6),
        ("b", "经济", 8),
        ("c", "经济", 1),
        ("d", "调研", 2),
    ]
    documents = pl.DataFrame({"doc_id": ["a", "b", "c", "d", "空"]})
    table = pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    return dz.Dfm.from_counts(table, documents=documents)


def test_quanteda_has_most_methods():
    assert set(QUANTEDA) < set(METHODS)


# --- figures of others ----------------------------------------------------------------------------


def _both_ways(found: pl.DataFrame) -> dict[tuple[str, str], float | None]:
    return {pair: s for a, b, s in found.iter_rows() for pair in ((a, b), (b, a))}


@pytest.mark.parametrize("method", sorted(QUANTEDA))
@pytest.mark.parametrize("scheme", ["counts", "prop"])
def test_quanteda_documents(shared, seeds, method, scheme):
    names = pl.read_csv(shared / "quanteda/zh/docs.csv", schema_overrides={"doc": pl.String})["doc"].to_list()
    theirs = pl.read_csv(shared / f"quanteda/zh/proxy_documents_{scheme}.csv.gz").filter(
        pl.col("method") == QUANTEDA[method]
    )
    matrix = seeds if scheme == "counts" else seeds.weight("prop")
    mine = _both_ways(dz.similarity(matrix, method=method))
    off_diagonal = theirs.filter(pl.col("i") != pl.col("j"))
    assert off_diagonal.height == 20
    for _, i, j, value in off_diagonal.iter_rows():
        assert mine[names[i - 1], names[j - 1]] == pytest.approx(value, abs=1e-13)


@pytest.mark.parametrize("method", sorted(QUANTEDA))
def test_quanteda_features(shared, seeds, method):
    names = dict(pl.read_csv(shared / "quanteda/zh/features.csv").select("id", "feature").iter_rows())
    theirs = pl.read_csv(shared / "quanteda/zh/proxy_features_top20_counts.csv.gz", null_values=["NA", "NaN"])
    theirs = theirs.filter((pl.col("method") == QUANTEDA[method]) & (pl.col("i") != pl.col("j")))
    words = sorted({names[i] for i in theirs["i"]})
    mine = _both_ways(
        dz.similarity(
            seeds.select(words, value_type="fixed", case_insensitive=False), method=method, margin="features"
        )
    )
    assert theirs.height == 380
    for _, i, j, value in theirs.iter_rows():
        got = mine[names[i], names[j]]
        if value is None:
            assert got is None
        else:
            assert got == pytest.approx(value, abs=1e-13)


def test_scikit_learn_on_tfidf(seeds):
    from sklearn.metrics.pairwise import cosine_similarity

    matrix = dz.tfidf_matrix(seeds, preset="sklearn")
    expected = cosine_similarity(matrix.to_scipy())
    names = matrix.documents["doc_id"].to_list()
    found = dz.similarity(matrix)
    assert found.height == 10
    for a, b, value in found.iter_rows():
        assert value == pytest.approx(expected[names.index(a), names.index(b)], abs=1e-12)


def test_scipy_on_multisets(seeds):
    """Ruzicka's figure is 1 less the Bray–Curtis distance, put through b / (2 - b)."""
    from scipy.spatial.distance import braycurtis

    dense = seeds.to_numpy().toarray().astype(float)
    names = seeds.documents["doc_id"].to_list()
    for a, b, value in dz.similarity(seeds, method="jaccard_weighted").iter_rows():
        dice = 1 - braycurtis(dense[names.index(a)], dense[names.index(b)])
        assert value == pytest.approx(dice / (2 - dice), abs=1e-12)


def test_golden(golden):
    """Small cases worked by hand from the definitions."""
    with (golden / "similarity.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert {case["method"] for case in cases} == set(METHODS)
    for case in cases:
        rows = {"x": case["x"].split(), "y": case["y"].split()}
        table = [
            (doc, f"f{i}", int(v)) for doc, values in rows.items() for i, v in enumerate(values) if int(v)
        ]
        # A third document keeps columns that both rows lack.
        table += [("z", f"f{i}", 1) for i in range(len(rows["x"]))]
        frame = pl.DataFrame(
            table, schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64}, orient="row"
        )
        matrix = dz.Dfm.from_counts(frame, documents=pl.DataFrame({"doc_id": ["x", "y", "z"]}))
        got = _both_ways(dz.similarity(matrix, method=case["method"]))["x", "y"]
        if case["expected"] == "null":
            assert got is None, case
        else:
            assert got == pytest.approx(float(case["expected"]), abs=float(case["tolerance"])), case


# --- promises -------------------------------------------------------------------------------------


def test_every_pair_once_most_alike_first(dfm):
    found = dz.similarity(dfm)
    assert found.height == 10
    assert found.schema == pl.Schema({"doc_id_1": pl.String, "doc_id_2": pl.String, "similarity": pl.Float64})
    assert found.row(0) == ("a", "b", pytest.approx(1))
    assert found["similarity"].to_list()[-4:] == [None] * 4, "an empty document has no direction"
    place = {name: i for i, name in enumerate("abcd空")}
    assert all(place[a] < place[b] for a, b, _ in found.iter_rows())


def test_neighbours(dfm):
    assert dz.similarity(dfm, of=["c", "a"], top=1).rows() == [
        ("c", "a", pytest.approx(0.8)),
        ("a", "b", pytest.approx(1)),
    ]
    assert dz.similarity(dfm, of="c")["doc_id_2"].to_list() == ["a", "b", "d", "空"]
    assert dz.similarity(dfm, min_similarity=0.8 - 1e-12).height == 3
    near = dz.similarity(dfm, margin="features", of="党建", top=1)
    assert near.columns == ["feature_1", "feature_2", "similarity"] and near.item(0, 1) == "经济"


def test_doc_id_keeps_its_dtype():
    table = pl.DataFrame({"doc_id": [7, 8], "feature": ["党建", "党建"], "count": [1, 2]})
    found = dz.similarity(dz.Dfm.from_counts(table), of=8)
    assert found.schema["doc_id_1"] == pl.Int64 and found.rows() == [(8, 7, 1.0)]


@pytest.mark.parametrize("method", METHODS)
def test_order_of_documents_changes_names_only(seeds, method):
    shuffled = seeds.sort("doc_id", descending=True)
    assert _both_ways(dz.similarity(seeds, method=method)) == _both_ways(
        dz.similarity(shuffled, method=method)
    )


def test_nothing_to_compare():
    empty = dz.Dfm.from_counts(
        pl.DataFrame(schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64})
    )
    for margin in ("documents", "features"):
        found = dz.similarity(empty, margin=margin)
        assert found.is_empty() and found.columns[-1] == "similarity"
    assert dz.similarity(
        dz.Dfm.from_counts(pl.DataFrame({"doc_id": ["a"], "feature": ["x"], "count": [1]}))
    ).is_empty()


def test_progress(seeds):
    seen = []
    dz.similarity(seeds, progress=seen.append)
    assert sum(seen) == len(seeds)


def test_cosine_does_not_see_length(seeds):
    counts, shares = dz.similarity(seeds), dz.similarity(seeds.weight("prop"))
    assert np.allclose(counts["similarity"], shares["similarity"], atol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"method": "manhattan"}, dz.ParameterError, ["`method`", "'cosine'", "manhattan"]),
        ({"margin": "rows"}, dz.ParameterError, ["`margin`", "'documents'", "rows"]),
        ({"of": "x"}, dz.ParameterError, ["`of`", "'x'"]),
        ({"of": [["a"]]}, dz.DataTypeError, ["`of`", "doc_id"]),
        ({"top": 0}, dz.ParameterError, ["`top`", "0"]),
        ({"min_similarity": float("nan")}, dz.ParameterError, ["`min_similarity`"]),
        ({"min_similarity": "0.5"}, dz.ParameterError, ["`min_similarity`", "'0.5'"]),
    ],
)
def test_bad_arguments_are_named(dfm, arguments, error, words):
    with pytest.raises(error) as raised:
        dz.similarity(dfm, **arguments)
    assert all(word in str(raised.value) for word in words), raised.value


def test_other_things_are_refused(dfm):
    with pytest.raises(dz.DataTypeError, match="Dfm"):
        dz.similarity(dfm.to_frame())
