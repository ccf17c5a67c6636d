"""Trees and maps: scipy's, quanteda's and numpy's figures, laws, bad input."""

from __future__ import annotations

import json
import typing

import numpy as np
import polars as pl
import pytest
import scipy.cluster.hierarchy as hierarchy
from scipy.spatial.distance import pdist

import duizhao as dz
from duizhao.structure.structure import Linkage

from .test_distance import random_dfm


def coordinates(frame: pl.DataFrame, name: str) -> np.ndarray:
    wide = frame.pivot("dimension", index=name, values="coordinate")
    return wide.drop(name).to_numpy()


def agree(mine: np.ndarray, expected: np.ndarray, atol: float = 1e-8) -> None:
    """Equal but for the sign of a column."""
    signs = np.sign((mine * expected).sum(0))
    assert np.allclose(mine, expected * signs, atol=atol)


@pytest.mark.parametrize("linkage", typing.get_args(Linkage))
def test_trees_as_scipy(linkage):
    dfm, x = random_dfm(3, n=25)
    x = x[[int(name[1:]) for name in dfm.documents["doc_id"]]]
    condensed = pdist(x + 0.0)
    # Ties would leave the order open.
    weighted = dfm.weight("prop")
    p = x / x.sum(1, keepdims=True)
    condensed = pdist(p)
    expected = hierarchy.linkage(condensed, linkage)
    tree = dz.cluster(weighted, method="euclidean", linkage=linkage)
    mine = tree.merges.drop("merge").to_numpy()
    assert np.allclose(mine[:, 2:], expected[:, 2:], atol=1e-10)
    correlation, _ = hierarchy.cophenet(expected, condensed)
    assert tree.cophenetic_correlation == pytest.approx(correlation, abs=1e-9)
    if linkage not in ("centroid", "median"):
        for k in (1, 2, 5, 25):
            cut = tree.cut(k)
            assert cut["cluster"].n_unique() == k
            labels = dict(cut.iter_rows())
            theirs = hierarchy.fcluster(expected, k, "maxclust")
            names = dfm.documents["doc_id"].to_list()
            pairs = {(labels[n], int(t)) for n, t in zip(names, theirs, strict=True)}
            assert len(pairs) == k
    assert sorted(tree.order) == sorted(dfm.documents["doc_id"])


def test_cut_is_contiguous_in_the_order_of_the_tree():
    dfm, _ = random_dfm(6, n=20)
    tree = dz.cluster(dfm)
    for k in range(1, 21):
        numbers = tree.cut(k)["cluster"].to_list()
        assert numbers == sorted(numbers) and max(numbers) == k


def test_tree_of_a_frame_of_distances():
    dfm, _ = random_dfm(6, n=9)
    frame = dz.distance(dfm, method="cosine")
    assert dz.cluster(frame).merges.equals(dz.cluster(dfm).merges)
    assert dz.cluster(frame.sample(fraction=1.0, shuffle=True, seed=1)).merges.equals(dz.cluster(dfm).merges)
    found = dz.cluster(dz.delta(dfm, n_features=8).distances, linkage="ward")
    assert found.merges.height == 8


def test_mds_gives_euclidean_distances_back():
    dfm, x = random_dfm(2, n=8, m=6)
    found = dz.mds(dfm, method="euclidean", dimensions=6)
    points = coordinates(found.documents, "doc_id")
    order = [int(name[1:]) for name in dfm.documents["doc_id"]]
    assert np.allclose(pdist(points), pdist(x[order]), atol=1e-9)
    assert found.dimensions["cumulative_share"][-1] == pytest.approx(1)
    # The leaf with the greatest absolute coordinate is positive.
    assert (points[np.abs(points).argmax(0), range(points.shape[1])] > 0).all()


@pytest.mark.parametrize("n", [9, 450])
@pytest.mark.parametrize("scale", [False, True])
def test_pca_as_numpy(n, scale):
    """450 documents go through subspace iteration."""
    dfm, x = random_dfm(1, n=n, m=14)
    x = x[[int(name[1:]) for name in dfm.documents["doc_id"]]]
    centred = x - x.mean(0)
    if scale:
        centred = centred / x.std(0, ddof=1)
    u, s, vt = np.linalg.svd(centred, full_matrices=False)
    found = dz.pca(dfm, dimensions=3, scale=scale)
    assert np.allclose(found.dimensions["eigenvalue"], s[:3] ** 2 / (n - 1), rtol=1e-9)
    assert np.allclose(found.dimensions["share"], s[:3] ** 2 / (s**2).sum(), rtol=1e-9)
    agree(coordinates(found.documents, "doc_id"), (u * s)[:, :3], 1e-6)
    agree(coordinates(found.features, "feature"), vt[:3].T, 1e-6)


def test_lsa_as_scikit_learn():
    from sklearn.decomposition import TruncatedSVD

    dfm, _ = random_dfm(1, n=12, m=30)
    matrix = dz.tfidf_matrix(dfm, preset="sklearn")
    model = TruncatedSVD(4, algorithm="arpack").fit(matrix.to_scipy())
    found = dz.lsa(matrix, dimensions=4)
    assert np.allclose(found.dimensions["eigenvalue"], model.singular_values_**2, rtol=1e-9)
    agree(coordinates(found.features, "feature"), model.components_.T)
    agree(coordinates(found.documents, "doc_id"), model.transform(matrix.to_scipy()))


def test_correspondence_analysis_as_quanteda(shared):
    golden = json.loads(
        (shared / "quanteda/models/correspondence_analysis.json").read_text(encoding="utf-8")
    )["lbg"]
    cells = pl.read_csv(shared / "quanteda/models/lbg_dfm_long.csv")
    names = golden["colnames_first200"]
    counts = cells.select(
        doc_id=pl.col("doc").map_elements(lambda d: golden["rownames"][d - 1], return_dtype=pl.String),
        feature=pl.col("feature").map_elements(lambda f: names[f - 1], return_dtype=pl.String),
        count="count",
    )
    found = dz.correspondence(dz.Dfm.from_counts(counts), dimensions=4)
    roots = np.array(golden["sv"][:4])
    assert np.allclose(found.dimensions["eigenvalue"], roots**2, rtol=1e-9)
    assert np.allclose(found.dimensions["share"], roots**2 / sum(golden["rowinertia"]), rtol=1e-9)
    mine = coordinates(found.documents, "doc_id")
    agree(mine / roots, np.array(golden["rowcoord"]), 1e-9)
    features = found.features.pivot("dimension", index="feature", values="coordinate")
    order = {f: i for i, f in enumerate(features["feature"])}
    theirs = np.array(golden["colcoord"])
    agree(features.drop("feature").to_numpy()[[order[f] for f in names]] / roots, theirs, 1e-9)


def test_zero_columns_and_empty_documents_have_no_place():
    dfm, _ = random_dfm(1)
    table = dfm.to_frame()
    wider = dz.Dfm.from_counts(table, documents=pl.DataFrame({"doc_id": [*dfm.documents["doc_id"], "空"]}))
    plain, with_empty = dz.correspondence(dfm), dz.correspondence(wider)
    assert np.allclose(plain.dimensions["eigenvalue"], with_empty.dimensions["eigenvalue"])
    assert with_empty.documents.filter(doc_id="空")["coordinate"].null_count() == 2
    gap = dfm.filter(pl.col("doc_id") != "d0")
    lonely = dz.Dfm.from_counts(
        pl.concat([table, pl.DataFrame({"doc_id": ["z"], "feature": ["孤"], "count": [1]})])
    )
    left = dz.correspondence(lonely.filter(pl.col("doc_id") != "z"))
    assert left.features.filter(feature="孤")["coordinate"].null_count() == 2
    assert gap.shape[0] == 6


@pytest.mark.parametrize("kind", ["pca", "lsa", "correspondence", "mds"])
def test_permuting_documents_changes_nothing_but_their_place(kind):
    dfm, _ = random_dfm(9, n=10)
    other = dfm.sort("doc_id", descending=True)
    one, two = getattr(dz, kind)(dfm, dimensions=2), getattr(dz, kind)(other, dimensions=2)
    assert np.allclose(one.dimensions.to_numpy(), two.dimensions.to_numpy())
    a, b = (f.documents.sort("doc_id", "dimension")["coordinate"].to_numpy() for f in (one, two))
    assert np.allclose(a, b, atol=1e-9)


def test_nothing_and_one():
    empty = dz.Dfm.from_counts(
        pl.DataFrame(schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64})
    )
    for kind in ("pca", "lsa", "correspondence", "mds"):
        found = getattr(dz, kind)(empty)
        assert found.documents.schema == {
            "doc_id": pl.String,
            "dimension": pl.Int64,
            "coordinate": pl.Float64,
        }
        assert found.documents.is_empty() and found.dimensions.is_empty()
    assert dz.cluster(empty).merges.is_empty()
    one = dz.Dfm.from_counts(pl.DataFrame({"doc_id": ["a"], "feature": ["党"], "count": [2]}))
    assert dz.cluster(one).cut(1).rows() == [("a", 1)]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda d: dz.cluster(d, linkage="wards"), dz.ParameterError, ["linkage", "'ward'"]),
        (lambda d: dz.cluster(d.to_frame()), dz.MissingColumnError, ["distance"]),
        (lambda d: dz.cluster(3), dz.DataTypeError, ["data", "int"]),
        (lambda d: dz.cluster(dz.distance(d).head(3)), dz.DataError, ["finite distance", "d0"]),
        (lambda d: dz.cluster(d).cut(0), dz.ParameterError, ["n", "0"]),
        (lambda d: dz.cluster(d).cut(99), dz.ParameterError, ["n", "99"]),
        (lambda d: dz.pca(d, dimensions=0), dz.ParameterError, ["dimensions"]),
        (lambda d: dz.lsa("x"), dz.DataTypeError, ["dfm", "str"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(random_dfm(0)[0])
    assert all(word in str(raised.value) for word in words), raised.value
