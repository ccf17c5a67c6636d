"""Tf-idf: against scikit-learn, quanteda, jieba and golden numbers; fitted idf; storage; errors."""

from __future__ import annotations

import csv
import gzip
import json
import math
import pickle

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.corpus._schema import TFIDF

CELLS = st.lists(
    st.tuples(st.sampled_from("wxyz"), st.sampled_from("党建工作a"), st.integers(1, 9)), max_size=20
)
ROWS = [("a", "党建", 2), ("a", "工作", 1), ("b", "工作", 4), ("c", "工作", 1), ("c", "引领", 3)]


def dfm_of(rows):
    schema = {"doc_id": pl.String, "feature": pl.String, "count": pl.Int64}
    return dz.Dfm.from_counts(pl.DataFrame(list(rows), schema=schema, orient="row"))


@pytest.fixture
def small():
    return dfm_of(ROWS)


@pytest.fixture(scope="module")
def seeds(shared):
    words = json.loads((shared / "quanteda" / "tokens" / "zh_words.json").read_text(encoding="utf-8"))
    return dz.dfm(dz.tokens(pl.DataFrame({"doc_id": list(words), "text": list(words.values())})))


@pytest.fixture(scope="module")
def names(shared):
    with (shared / "quanteda" / "zh" / "features.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["id"]): row["feature"] for row in csv.DictReader(file)}


def rows_of(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def dense(dfm, frame):
    matrix = np.zeros(dfm.shape)
    rows = {name: i for i, name in enumerate(dfm.documents["doc_id"])}
    columns = {name: i for i, name in enumerate(dfm.features["feature"])}
    for row in frame.rows(named=True):
        matrix[rows[row["doc_id"]], columns[row["feature"]]] = row["tfidf"]
    return matrix


# --- against others


@pytest.mark.parametrize("norm", ["none", "l1", "l2"])
@pytest.mark.parametrize("smooth", [True, False])
@pytest.mark.parametrize("sublinear", [True, False])
def test_preset_sklearn(seeds, norm, smooth, sublinear):
    from sklearn.feature_extraction.text import TfidfTransformer

    theirs = TfidfTransformer(
        norm=None if norm == "none" else norm, smooth_idf=smooth, sublinear_tf=sublinear
    )
    expected = theirs.fit_transform(seeds.to_scipy()).toarray()
    options = {
        "preset": "sklearn",
        "norm": norm,
        "idf": None if smooth else "inverse",
        "tf": "logcount" if sublinear else None,
    }
    np.testing.assert_allclose(dense(seeds, dz.tfidf(seeds, **options)), expected, rtol=1e-9, atol=0)
    np.testing.assert_allclose(seeds.tfidf(**options).to_scipy().toarray(), expected, rtol=1e-9, atol=0)
    if (norm, smooth, sublinear) == ("l2", True, False):  # all that the preset says
        assert dz.tfidf(seeds, preset="sklearn").equals(dz.tfidf(seeds, **options))


def test_new_documents_as_scikit_learn(seeds):
    from sklearn.feature_extraction.text import TfidfVectorizer

    old, new = [["党建", "工作"], ["工作", "a"]], [["党建", "没有", "工作", "工作"], ["没有"]]
    theirs = TfidfVectorizer(analyzer=list).fit(old)

    def to_dfm(lists):
        return dz.dfm(dz.tokens(pl.DataFrame({"doc_id": range(2), "text": lists})))

    fitted = dz.fit_idf(to_dfm(old), preset="sklearn")
    ours = dz.tfidf(to_dfm(new), idf=fitted, preset="sklearn")
    expected = theirs.transform(new).toarray()
    columns = theirs.get_feature_names_out().tolist()
    got = {(row["doc_id"], row["feature"]): row["tfidf"] for row in ours.rows(named=True)}
    assert got == {
        (d, f): pytest.approx(expected[d, j], rel=1e-12)
        for d in range(2)
        for j, f in enumerate(columns)
        if expected[d, j]
    }


def quanteda_options(column):
    """Options that a column name of the reference stands for."""
    _, tf, idf, base, *rest = column.split(".")
    idf = {"inverse": "inverse", "inversemax": "max", "inverseprob": "probabilistic"}[idf]
    return {
        "tf": tf,
        "idf": idf,
        "base": math.e if base == "e" else float(base),
        "smoothing": 1 if "smooth1" in rest else None,
        "k": 1 if "k1" in rest else None,
    }


def test_preset_quanteda_in_all_its_schemes(shared, seeds, names):
    theirs = list(rows_of(shared / "quanteda" / "zh" / "dfm_weights_wide.csv.gz"))
    columns = [name for name in theirs[0] if name.startswith("tfidf.")]
    assert len(columns) == 32
    place = {name: i for i, name in enumerate(seeds.features["feature"])}
    rows = [int(row["doc"]) - 1 for row in theirs]
    features = [place[names[int(row["feature"])]] for row in theirs]
    for column in columns:
        ours = dense(seeds, dz.tfidf(seeds, preset="quanteda", **quanteda_options(column)))[rows, features]
        expected = [float(row[column]) for row in theirs]
        np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-15, err_msg=column)
    default = dense(seeds, dz.tfidf(seeds, preset="quanteda"))[rows, features]
    np.testing.assert_allclose(
        default, [float(row["tfidf.count.inverse.10"]) for row in theirs], rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize(
    ("column", "options"),
    [
        ("inverse_10", {"base": 10}),
        ("inverse_e", {}),
        ("inverse_10_s1", {"base": 10, "smoothing": 1}),
        ("inverse_10_k1", {"base": 10, "k": 1}),
        ("inversemax_10", {"idf": "max", "base": 10}),
        ("inverseprob_10", {"idf": "probabilistic", "base": 10}),
        ("inverseprob_10_k1", {"idf": "probabilistic", "base": 10, "k": 1}),
    ],
)
def test_idf_is_that_of_quanteda(shared, seeds, names, column, options):
    ours = dict(dz.fit_idf(seeds, **options).to_frame().select("feature", "idf").rows())
    theirs = {
        names[int(row["id"])]: float(row[column])
        for row in rows_of(shared / "quanteda" / "zh" / "docfreq.csv.gz")
    }
    assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-15)


def test_preset_jieba(shared):
    import jieba
    import jieba.analyse

    text = next((shared / "seeds").glob("001*.txt")).read_text(encoding="utf-8")
    engine = jieba.analyse.TFIDF()
    theirs = dict(engine.extract_tags(text, topK=None, withWeight=True))
    kept = [w for w in jieba.cut(text) if len(w.strip()) >= 2 and w.lower() not in engine.stop_words]
    counts = pl.Series("feature", kept).value_counts(name="count").with_columns(doc_id=pl.lit(1))
    table = pl.DataFrame({"feature": list(engine.idf_freq), "idf": list(engine.idf_freq.values())})
    ours = dz.tfidf(dz.Dfm.from_counts(counts), preset="jieba", idf=dz.Idf.from_frame(table))
    assert len(theirs) > 100
    assert set(theirs) - set(engine.idf_freq), "some words have the median"
    assert dict(ours.select("feature", "tfidf").rows()) == pytest.approx(theirs, rel=1e-9)


def test_preset_gensim_by_its_formula(small):
    ours = dz.tfidf(small, preset="gensim")
    # 工作 stands in all three documents: log2(3 / 3) = 0, so its rows are gone and the others have length 1.
    assert ours.select("doc_id", "feature", "tfidf").rows() == [("a", "党建", 1.0), ("c", "引领", 1.0)]
    raw = dz.tfidf(small, preset="gensim", norm="none")
    assert raw["tfidf"].to_list() == pytest.approx([2 * math.log2(3), 3 * math.log2(3)], rel=1e-15)


def test_preset_tidytext_by_its_formula(small):
    ours = dz.tfidf(small, preset="tidytext")
    assert ours.filter(doc_id="a", feature="党建").rows() == [
        ("a", "党建", 2, 2 / 3, math.log(3), 2 / 3 * math.log(3))
    ]


def test_golden_idf(golden):
    table = pl.read_csv(golden / "idf.csv")
    assert table.height >= 12 and table["source"].null_count() == 0
    for row in table.rows(named=True):
        n, most = row["n_documents"], row["max_doc_freq"]
        cells = [(str(d), "x", 1) for d in range(row["doc_freq"])] + [(str(d), "y", 1) for d in range(most)]
        documents = pl.DataFrame({"doc_id": [str(d) for d in range(n)]})
        schema = {"doc_id": pl.String, "feature": pl.String, "count": pl.Int64}
        dfm = dz.Dfm.from_counts(pl.DataFrame(cells, schema=schema, orient="row"), documents=documents)
        idf = dz.fit_idf(
            dfm, idf=row["scheme"], base=row["base"], smoothing=row["smoothing"], k=row["k"], add=row["add"]
        )
        value = idf.to_frame().filter(feature="x")["idf"].item()
        assert value == pytest.approx(row["idf"], abs=row["tolerance"] + 1e-15), row["variant"]


def test_the_published_example_of_scikit_learn(shared):
    tables = json.loads((shared / "published" / "tables.json").read_text(encoding="utf-8"))
    tables = tables if isinstance(tables, list) else next(v for v in tables.values() if isinstance(v, list))
    case = next(t for t in tables if t["id"] == "sklearn_tfidf")
    counts = case["input"]["counts"]
    dfm = dfm_of((str(d), "abc"[j], n) for d, row in enumerate(counts) for j, n in enumerate(row) if n)
    for key, scheme in (("smooth_idf=True", "smooth"), ("smooth_idf=False", "inverse")):
        expected = case["expected"][key]
        idf = dz.fit_idf(dfm, preset="sklearn", idf=scheme)
        assert idf.to_frame()["idf"].to_list() == pytest.approx(expected["idf"], abs=5e-9)
        ours = dense(dfm, dz.tfidf(dfm, preset="sklearn", idf=scheme))
        np.testing.assert_allclose(ours, expected["rows"], atol=5e-9)


# --- behaviour


def test_rows_schema_and_order(small):
    ours = dz.tfidf(small)
    assert ours.schema == TFIDF
    assert ours.select("doc_id", "feature").rows() == [
        r[:2] for r in [ROWS[0], ROWS[1], ROWS[2], ROWS[4], ROWS[3]]
    ]
    assert ours["tfidf"].to_list() == [2 * math.log(3), 0, 0, 3 * math.log(3), 0]
    tied = dz.tfidf(dfm_of([("a", "乙", 1), ("a", "丁", 1), ("b", "z", 1)]))
    assert tied["feature"].to_list() == ["丁", "乙", "z"], "ties in code-point order"


def test_groups_count_groups():
    counts = pl.DataFrame(ROWS, schema=["doc_id", "feature", "count"], orient="row")
    documents = pl.DataFrame({"doc_id": ["a", "b", "c"], "city": ["眉山", "眉山", "三亚"]})
    dfm = dz.Dfm.from_counts(counts, documents=documents)
    by = dz.tfidf(dfm, by="city")
    assert by.equals(dz.tfidf(dfm.group("city")))
    assert by.filter(feature="党建").rows() == [("眉山", "党建", 2, 2.0, math.log(2), 2 * math.log(2))]


@pytest.mark.parametrize("rows", [[], [("a", "x", 0)]])
def test_empty_input(rows):
    empty = dfm_of(rows)
    assert dz.tfidf(empty).schema == TFIDF and dz.tfidf(empty).is_empty()
    assert dz.tfidf(empty, preset="sklearn").is_empty()
    assert empty.tfidf().shape == empty.shape
    assert dz.fit_idf(empty).to_frame()["idf"].null_count() == empty.shape[1], (
        "a feature that occurs nowhere has no idf"
    )


def test_doc_id_keeps_its_dtype():
    dfm = dz.Dfm.from_counts(pl.DataFrame({"doc_id": [3], "feature": ["a"], "count": [1]}))
    assert dz.tfidf(dfm).schema["doc_id"] == pl.Int64


def test_unseen_features(small):
    idf = dz.fit_idf(small)
    new = dfm_of([("n", "新词", 1), ("n", "党建", 1)])
    assert dz.tfidf(new, idf=idf).rows() == [
        ("n", "党建", 1, 1.0, math.log(3), math.log(3)),
        ("n", "新词", 1, 1.0, None, None),
    ]

    def of_new(unseen):
        rows = dz.tfidf(new, idf=idf, unseen=unseen).select("feature", "idf").rows()
        return dict(rows).get("新词")

    assert (of_new("drop"), of_new("max"), of_new("median")) == (None, math.log(3), math.log(3))
    assert dz.tfidf(new, idf=idf, unseen="drop", tf="prop")["tf"].to_list() == [0.5], (
        "the count stays in the sum"
    )
    filtered = small.filter(pl.col("doc_id") == "a")
    assert dz.fit_idf(filtered).to_frame().filter(feature="引领")["idf"].item() is None


@settings(max_examples=60, deadline=None)
@given(
    CELLS,
    st.sampled_from(["sklearn", "quanteda", "gensim", "tidytext", "jieba"]),
    st.randoms(use_true_random=False),
)
def test_order_of_documents_does_not_matter(cells, preset, random):
    shuffled = list(cells)
    random.shuffle(shuffled)
    there, back = (dz.tfidf(dfm_of(c), preset=preset).sort("doc_id", "feature") for c in (cells, shuffled))
    assert there.equals(back)


@settings(max_examples=60, deadline=None)
@given(CELLS)
def test_fitting_before_or_now_is_the_same(cells):
    dfm = dfm_of(cells)
    idf = dz.fit_idf(dfm, base=2, smoothing=1)
    assert dz.tfidf(dfm, idf=idf, base=2).equals(dz.tfidf(dfm, base=2, smoothing=1))
    assert dz.tfidf(dfm, idf=pickle.loads(pickle.dumps(idf))).equals(dz.tfidf(dfm, idf=idf))


@settings(max_examples=80, deadline=None)
@given(st.floats(1.001, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_formulas_are_stored_to_the_last_bit(base, smoothing, k, add):
    idf = dz.fit_idf(dfm_of(ROWS), base=base, smoothing=smoothing, k=k, add=add)
    stored = pickle.loads(pickle.dumps(idf))
    assert stored == idf and stored.formula == idf.formula
    assert idf.formula == {"scheme": "inverse", "base": base, "smoothing": smoothing, "k": k, "add": add}


def test_idf_is_stored_exactly(small, tmp_path):
    supplied = dz.Idf.from_frame(pl.DataFrame({"feature": ["乙", "甲"], "idf": [1, 2]}))
    for idf in (dz.fit_idf(small, preset="sklearn", base=3), supplied):
        idf.save(tmp_path / "idf")
        loaded = dz.Idf.load(tmp_path / "idf")
        assert loaded == idf and loaded.to_frame().equals(idf.to_frame()) and repr(loaded) == repr(idf)
    assert (supplied.n_documents, supplied.formula, len(supplied)) == (None, None, 2)
    fitted = dz.fit_idf(small, idf="max", k=1)
    assert fitted.n_documents == 3 and fitted.formula["scheme"] == "max" and fitted.formula["k"] == 1
    with pytest.raises(dz.FormatError, match="Idf"):
        dz.Dfm.load(tmp_path / "idf")
    with pytest.raises(AttributeError, match="immutable"):
        fitted._core = None


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"tf": "tf"}, dz.ParameterError, "`tf`.*'augmented'"),
        ({"idf": "ln"}, dz.ParameterError, "`idf`.*'inverse'"),
        ({"preset": "spark"}, dz.ParameterError, "`preset`.*'jieba'"),
        ({"norm": "l3"}, dz.ParameterError, "`norm`"),
        ({"unseen": "zero"}, dz.ParameterError, "`unseen`"),
        ({"base": 1}, dz.ParameterError, "`base`.*above 1; got 1"),
        ({"base": "e"}, dz.ParameterError, "`base`.*number"),
        ({"smoothing": -1}, dz.ParameterError, "`smoothing`"),
        ({"k": math.nan}, dz.ParameterError, "`k`"),
        ({"tf_k": 1.5}, dz.ParameterError, "`tf_k`"),
        ({"by": "city"}, dz.MissingColumnError, "'city'"),
    ],
)
def test_bad_options_are_named(small, options, error, message):
    with pytest.raises(error, match=message):
        dz.tfidf(small, **options)


def test_bad_input_is_named(small):
    with pytest.raises(dz.DataTypeError, match=r"`dfm`.*DataFrame"):
        dz.tfidf(small.to_frame())
    with pytest.raises(dz.ParameterError, match=r"`smoothing`.*fitted"):
        dz.tfidf(small, idf=dz.fit_idf(small), smoothing=1)
    for table, error in [
        ({"feature": ["a"]}, dz.MissingColumnError),
        ({"feature": ["a", "a"], "idf": [1.0, 2.0]}, dz.DataError),
        ({"feature": ["a"], "idf": [math.inf]}, dz.DataError),
        ({"feature": ["a"], "idf": ["1"]}, dz.DataTypeError),
        ({"feature": [None], "idf": [1.0]}, dz.DataTypeError),
    ]:
        with pytest.raises(error):
            dz.Idf.from_frame(pl.DataFrame(table))
