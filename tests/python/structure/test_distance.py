"""Distances, Delta and intervals over documents: quanteda's and scipy's figures, slow references, laws, bad input."""

from __future__ import annotations

import json
import typing

import numpy as np
import polars as pl
import pytest
import scipy.spatial.distance as theirs

import duizhao as dz
from duizhao.structure.similarity import DeltaMethod, DistanceMethod

METHODS = typing.get_args(DistanceMethod)


@pytest.fixture(scope="module")
def seeds(shared) -> dz.Dfm:
    tokens = json.loads((shared / "quanteda/tokens/zh_words.json").read_text(encoding="utf-8"))
    rows = pl.DataFrame({"doc_id": list(tokens), "feature": list(tokens.values())}).explode("feature")
    return dz.Dfm.from_counts(rows.group_by("doc_id", "feature").len("count").sort("doc_id"))


def random_dfm(seed: int, n: int = 7, m: int = 12) -> tuple[dz.Dfm, np.ndarray]:
    counts = np.random.default_rng(seed).poisson(1.2, (n, m))
    counts[0] += 1
    counts[:, 0] += 1
    rows = [(f"d{i}", f"f{j:02}", int(c)) for (i, j), c in np.ndenumerate(counts) if c]
    return dz.Dfm.from_counts(
        pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    ), counts.astype(float)


QUANTEDA = {
    "euclidean": "euclidean",
    "manhattan": "manhattan",
    "chebyshev": "maximum",
    "canberra": "canberra",
    "minkowski": "minkowski_p3",
    "hamming": "hamming",
}


@pytest.mark.parametrize("method", sorted(QUANTEDA))
@pytest.mark.parametrize("scheme", ["counts", "prop"])
def test_quanteda_distances(shared, seeds, method, scheme):
    names = pl.read_csv(shared / "quanteda/zh/docs.csv", schema_overrides={"doc": pl.String})["doc"].to_list()
    table = pl.read_csv(shared / f"quanteda/zh/proxy_documents_{scheme}.csv.gz").filter(
        (pl.col("method") == QUANTEDA[method]) & (pl.col("i") < pl.col("j"))
    )
    if method == "hamming" and table.is_empty():
        table = pl.read_csv(shared / f"quanteda/zh/proxy_documents_{scheme}.csv.gz").filter(
            pl.col("method").str.contains("hamming") & (pl.col("i") < pl.col("j"))
        )
    assert table.height == 10
    matrix = seeds if scheme == "counts" else seeds.weight("prop")
    mine = {frozenset((a, b)): d for a, b, d in dz.distance(matrix, method=method, power=3).iter_rows()}
    for _, i, j, value in table.iter_rows():
        assert mine[frozenset((names[i - 1], names[j - 1]))] == pytest.approx(value, rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("smoothing", [0.5, 1])
@pytest.mark.parametrize(
    ("method", "word", "unit"),
    [
        ("chi_squared", "chisquared", 1),
        ("kullback_leibler", "kullback", np.log(2)),
        ("jeffreys", "jeffreys", np.log(2)),
        ("jensen_shannon", "jensen", np.log(2)),
    ],
)
def test_proxyc_divergences(shared, seeds, method, word, unit, smoothing):
    """proxyC has natural logarithms."""
    names = pl.read_csv(shared / "quanteda/zh/docs.csv", schema_overrides={"doc": pl.String})["doc"].to_list()
    table = pl.read_csv(shared / "quanteda/zh/proxy_documents_counts.csv.gz").filter(
        (pl.col("method").str.contains(f"{word}_smooth{smoothing}$")) & (pl.col("i") != pl.col("j"))
    )
    assert table.height == 20
    mine = {}
    for a, b, d in dz.distance(seeds, method=method, smoothing=smoothing).iter_rows():
        mine[a, b] = d
        if method != "kullback_leibler":
            mine[b, a] = d
    for _, i, j, value in table.iter_rows():
        assert mine[names[i - 1], names[j - 1]] * unit == pytest.approx(value, rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("seed", range(3))
def test_scipy(seed):
    dfm, x = random_dfm(seed)
    p = x / x.sum(1, keepdims=True)
    mass = x.sum(0) / x.sum()
    expected = {
        "euclidean": theirs.pdist(x),
        "manhattan": theirs.pdist(x, "cityblock"),
        "chebyshev": theirs.pdist(x, "chebyshev"),
        "minkowski": theirs.pdist(x, "minkowski", p=2.5),
        "canberra": theirs.pdist(x, "canberra"),
        "bray_curtis": theirs.pdist(x, "braycurtis"),
        "hamming": theirs.pdist(x, "hamming") * x.shape[1],
        "cosine": theirs.pdist(x, "cosine"),
        "jensen_shannon_metric": theirs.pdist(p, lambda a, b: theirs.jensenshannon(a, b, 2)),
        "jensen_shannon": theirs.pdist(p, lambda a, b: theirs.jensenshannon(a, b, 2) ** 2),
        "hellinger": theirs.pdist(np.sqrt(p)) / np.sqrt(2),
        "chi_squared_profile": theirs.pdist(p / np.sqrt(mass)),
    }
    for method, values in expected.items():
        found = dz.distance(dfm, method=method, power=2.5).sort("doc_id_1", "doc_id_2")
        assert np.allclose(found["distance"], values, rtol=1e-10, atol=1e-12), method


@pytest.mark.parametrize("method", METHODS)
def test_permuting_documents_and_features_changes_nothing(method):
    dfm, _ = random_dfm(5)
    renamed = dfm.to_frame().with_columns(
        feature="z" + (99 - pl.col("feature").str.slice(1).cast(pl.Int64)).cast(pl.String).str.zfill(2)
    )
    other = dz.Dfm.from_counts(renamed.sort("doc_id", descending=True))
    pairs = lambda frame: {  # noqa: E731
        (a, b) if method == "kullback_leibler" else frozenset((a, b)): d for a, b, d in frame.iter_rows()
    }
    one, two = pairs(dz.distance(dfm, method=method)), pairs(dz.distance(other, method=method))
    assert one.keys() == two.keys()
    for key, value in one.items():
        assert two[key] == pytest.approx(value, rel=1e-12, abs=1e-14)


def test_infinite_undefined_and_ranges():
    rows = [("a", "党建", 3), ("b", "经济", 2)]
    documents = pl.DataFrame({"doc_id": ["a", "b", "空"]})
    table = pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    dfm = dz.Dfm.from_counts(table, documents=documents)
    exact = dz.distance(dfm, method="kullback_leibler", smoothing=0)
    assert exact.height == 6
    assert exact["distance"].to_list() == [float("inf")] * 2 + [None] * 4
    assert dz.distance(dfm, method="kullback_leibler")["distance"].is_finite().all()
    js = dz.distance(dfm)
    assert js.rows() == [("a", "b", 1.0), ("a", "空", None), ("b", "空", None)]
    assert dz.distance(dfm, max_distance=2).height == 1
    assert dz.distance(dfm, top=1).rows() == [("a", "b", 1.0), ("b", "a", 1.0)]
    assert dz.distance(dfm, method="bray_curtis").height == 3


def test_one_matrix_against_another():
    one, x = random_dfm(1)
    two, y = random_dfm(2, n=4, m=9)
    wide = np.zeros((4, 12))
    wide[:, :9] = y
    found = dz.distance(one, against=two, method="euclidean").sort("doc_id_1", "doc_id_2")
    assert np.allclose(found["distance"], theirs.cdist(x, wide).ravel())
    cosine = dz.similarity(one, against=two).sort("doc_id_1", "doc_id_2")
    assert np.allclose(1 - cosine["similarity"].to_numpy(), theirs.cdist(x, wide, "cosine").ravel())
    near = dz.similarity(one, against=two, of="d2", top=2)
    assert near["doc_id_1"].to_list() == ["d2", "d2"]
    bounded = dz.similarity(one, against=two, min_similarity=0.5)
    assert bounded.equals(dz.similarity(one, against=two).filter(pl.col("similarity") >= 0.5))


@pytest.mark.parametrize("method", ["cosine", "jaccard", "dice", "jaccard_weighted"])
@pytest.mark.parametrize("least", [0.2, 0.5, 0.8, 1.0])
def test_bounds_choose_and_change_no_bit(method, least):
    counts = np.random.default_rng(3).poisson(0.4, (60, 40))
    counts[30:] = counts[:30] + np.random.default_rng(4).poisson(0.05, (30, 40))
    rows = [(i, f"f{j}", int(c)) for (i, j), c in np.ndenumerate(counts) if c]
    dfm = dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))
    for matrix in (dfm, dfm.weight("prop")):
        full = dz.similarity(matrix, method=method)
        bounded = dz.similarity(matrix, method=method, min_similarity=least)
        assert bounded.equals(full.filter(pl.col("similarity") >= least))
        near = dz.similarity(matrix, method=method, min_similarity=least, top=3)
        assert near.equals(dz.similarity(matrix, method=method, top=3).filter(pl.col("similarity") >= least))


# --- groups ---------------------------------------------------------------------------------------


def test_groups_are_sums_with_an_interval_over_documents():
    dfm, x = random_dfm(8, n=12)
    side = (
        pl.when(pl.col("doc_id").is_in(["d0", "d1", "d2", "d3", "d4"]))
        .then(pl.lit("左"))
        .otherwise(pl.lit("右"))
    )
    plain = dz.similarity(dfm, by=side)
    inside = np.array([name in {"d0", "d1", "d2", "d3", "d4"} for name in dfm.documents["doc_id"]])
    order = [int(name[1:]) for name in dfm.documents["doc_id"]]
    x = x[order]
    a, b = x[inside].sum(0), x[~inside].sum(0)
    assert plain["similarity"].item() == pytest.approx(1 - theirs.cosine(a, b))
    assert plain["similarity_bootstrap_low"].item() is None
    for interval in ("percentile", "bca"):
        found = dz.similarity(
            dfm, by=side, inference=dz.Inference(permutations=0, resamples=200, seed=7, interval=interval)
        )
        assert found["similarity_bootstrap_low"].item() < found["similarity_bootstrap_high"].item()
        assert found.equals(
            dz.similarity(
                dfm, by=side, inference=dz.Inference(permutations=0, resamples=200, seed=7, interval=interval)
            )
        )
    assert (
        found["similarity_bootstrap_low"].item()
        <= plain["similarity"].item()
        <= found["similarity_bootstrap_high"].item()
    )
    far = dz.distance(dfm, by=side, method="manhattan", inference=dz.Inference(permutations=0, resamples=50))
    assert far["distance"].item() == pytest.approx(theirs.cityblock(a, b))


# --- Delta ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", typing.get_args(DeltaMethod))
def test_delta_from_the_formulas(method):
    dfm, x = random_dfm(4, n=6, m=15)
    rates = x / x.sum(1, keepdims=True)
    names = sorted(range(15), key=lambda j: (-x[:, j].sum(), j))[:10]
    f = rates[:, names]
    z = (f - f.mean(0)) / f.std(0, ddof=1)
    n = 10
    expected = {
        "burrows": theirs.pdist(z, "cityblock") / n,
        "quadratic": theirs.pdist(z) / n,
        "cosine": theirs.pdist(z, "cosine"),
        "eder": theirs.pdist(z * (n - np.arange(n)) / n, "cityblock") / n,
        "eder_simple": theirs.pdist(np.sqrt(f), "cityblock"),
    }[method]
    found = dz.delta(dfm, method=method, n_features=10)
    assert np.allclose(found.distances.sort("doc_id_1", "doc_id_2")["distance"], expected, rtol=1e-11)
    assert found.features["feature"].to_list() == [f"f{j:02}" for j in names]
    assert found.features["rank"].to_list() == list(range(1, 11))
    assert np.allclose(found.features["mean_rate"], f.mean(0))
    assert found.options == {"method": method, "n_features": 10, "culling": 0.0}


def test_delta_culling_and_ends():
    dfm, x = random_dfm(4, n=6, m=15)
    everywhere = dz.delta(dfm, culling=1).features
    assert everywhere.height == int((x > 0).all(0).sum())
    empty = dz.Dfm.from_counts(
        pl.DataFrame(schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64})
    )
    found = dz.delta(empty)
    assert found.distances.is_empty() and found.features.is_empty()
    assert found.distances.schema["distance"] == pl.Float64


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda d: dz.distance(d, method="euclid"), dz.ParameterError, ["method", "'euclidean'", "euclid"]),
        (lambda d: dz.distance(d, method="minkowski", power=0.5), dz.ParameterError, ["power", "0.5"]),
        (lambda d: dz.distance(d, smoothing=-1), dz.ParameterError, ["smoothing", "-1"]),
        (lambda d: dz.distance(d, max_distance="x"), dz.ParameterError, ["max_distance", "'x'"]),
        (lambda d: dz.distance(d, max_distance=float("nan")), dz.ParameterError, ["max_distance"]),
        (lambda d: dz.distance(d.to_frame()), dz.DataTypeError, ["dfm", "DataFrame"]),
        (lambda d: dz.distance(d, against=d, margin="features"), dz.ParameterError, ["margin"]),
        (lambda d: dz.distance(d, against=3), dz.DataTypeError, ["against", "int"]),
        (lambda d: dz.similarity(d, by="doc_id", top=3), dz.ParameterError, ["top", "by"]),
        (
            lambda d: dz.similarity(
                d, by="doc_id", inference=dz.Inference(permutations=0, resamples=5, level=1.5)
            ),
            dz.ParameterError,
            ["level", "1.5"],
        ),
        (lambda d: dz.similarity(d, by="nothing"), dz.MissingColumnError, ["nothing"]),
        (
            lambda d: dz.similarity(
                d, by="doc_id", inference=dz.Inference(permutations=0, resamples=0, interval="z")
            ),
            dz.ParameterError,
            ["interval"],
        ),
        (lambda d: dz.delta(d, method="burrow"), dz.ParameterError, ["method", "burrow"]),
        (lambda d: dz.delta(d, n_features=0), dz.ParameterError, ["n_features"]),
        (lambda d: dz.delta(d, culling=2), dz.ParameterError, ["culling", "2"]),
        (lambda d: dz.delta(d.weight("prop")), dz.DataTypeError, ["dfm"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(random_dfm(0)[0])
    assert all(word in str(raised.value) for word in words), raised.value
