"""Document-feature matrices: counts, margins, shapes, storage; against scikit-learn and quanteda."""

from __future__ import annotations

import csv
import gzip
import json
import os
import pickle

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.corpus._schema import DFM, DFM_FEATURES

WORDS = ["党建", "工作", "引领", "a", "é", "𠮷", "zz"]
LISTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), st.lists(st.sampled_from(WORDS), max_size=9), max_size=5
)


def from_lists(lists, **metadata):
    """Tokens of lists; ``None`` is padding."""
    schema = {"doc_id": pl.String, "text": pl.List(pl.String)}
    words = [[word or "␣" for word in document] for document in lists.values()]
    docs = pl.DataFrame({"doc_id": list(lists), "text": words}, schema=schema)
    tokens = dz.tokens(docs.with_columns(**{k: pl.Series(v) for k, v in metadata.items()}))
    return tokens.remove("␣", padding=True)


@pytest.fixture(scope="module")
def words(shared):
    return json.loads((shared / "quanteda" / "tokens" / "zh_words.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def seeds(words):
    return from_lists(words).dfm()


@pytest.fixture(scope="module")
def names(shared):
    """quanteda's ids (from 1) to features."""
    with (shared / "quanteda" / "zh" / "features.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["id"]): row["feature"] for row in csv.DictReader(file)}


def rows_of(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


SMALL = {"b": ["党建", "工作", "工作"], "a": [], "c": ["引领", "党建", "A"]}


# --- against others


def test_counts_are_those_of_scikit_learn(words, seeds):
    from sklearn.feature_extraction.text import CountVectorizer

    theirs = CountVectorizer(analyzer=list)
    matrix = theirs.fit_transform(words.values())
    assert seeds.features["feature"].to_list() == theirs.get_feature_names_out().tolist()
    assert (seeds.to_scipy() != matrix).nnz == 0


def test_margins_are_those_of_quanteda(shared, seeds):
    folder = shared / "quanteda" / "zh"
    theirs = pl.read_csv(folder / "features.csv", schema_overrides={"feature": pl.String}).sort("feature")
    assert seeds.features["feature"].to_list() == theirs["feature"].to_list()
    assert seeds.features["count"].to_list() == theirs["freq"].to_list()
    assert seeds.features["doc_freq"].to_list() == theirs["docfreq"].to_list()
    docs = pl.read_csv(folder / "docs.csv", schema_overrides={"doc": pl.String})
    assert (
        seeds.documents.select("doc_id", "n_tokens", "n_types").rows()
        == docs.select("doc", "ntoken", "ntype").rows()
    )


TRIMS = {
    "min_termfreq_5": {"min_count": 5},
    "max_termfreq_3": {"max_count": 3},
    "min_docfreq_3": {"min_doc_freq": 3},
    "max_docfreq_2": {"max_doc_freq": 2},
    "termfreq_prop_0.001": {"min_count": 0.001, "count_unit": "proportion"},
    "max_termfreq_rank_50": {"max_count": 50, "count_unit": "rank"},
    "min_termfreq_rank_50": {"min_count": 50, "count_unit": "rank"},
    "min_termfreq_q0.9": {"min_count": 0.9, "count_unit": "quantile"},
    "max_termfreq_q0.9": {"max_count": 0.9, "count_unit": "quantile"},
    "min_docfreq_prop_0.5": {"min_doc_freq": 0.5, "doc_freq_unit": "proportion"},
    "max_docfreq_prop_0.5": {"max_doc_freq": 0.5, "doc_freq_unit": "proportion"},
    "max_docfreq_rank_50": {"max_doc_freq": 50, "doc_freq_unit": "rank"},
    "min_docfreq_q0.95": {"min_doc_freq": 0.95, "doc_freq_unit": "quantile"},
    "tf5_df3": {"min_count": 5, "min_doc_freq": 3},
    # quanteda's sparsity: at most 60 % of the documents lack the feature.
    "sparsity_0.6": {"min_doc_freq": 0.4, "doc_freq_unit": "proportion"},
}


@pytest.mark.parametrize("variant", TRIMS)
def test_trim_is_that_of_quanteda(shared, seeds, names, variant):
    theirs = json.loads((shared / "quanteda" / "zh" / "dfm_trim.json").read_text(encoding="utf-8"))
    assert set(theirs) == set(TRIMS)
    ours = seeds.trim(**TRIMS[variant])
    assert set(ours.features["feature"]) == {names[i] for i in theirs[variant]["feature_ids"]}
    assert ours.n_tokens == theirs[variant]["total"]


WEIGHTS = {
    "prop": ("prop", {}),
    "propmax": ("propmax", {}),
    "logcount_10": ("logcount", {"base": 10}),
    "logcount_e": ("logcount", {}),
    "logcount_2": ("logcount", {"base": 2}),
    "boolean": ("boolean", {}),
    "augmented_k0.5": ("augmented", {}),
    "augmented_k0.4": ("augmented", {"k": 0.4}),
    "logave_10": ("logave", {"base": 10}),
    "logave_e": ("logave", {}),
}


def test_weights_are_those_of_quanteda(shared, seeds, names):
    theirs = list(rows_of(shared / "quanteda" / "zh" / "dfm_weights_wide.csv.gz"))
    places = {name: i for i, name in enumerate(seeds.features["feature"])}
    rows = np.array([int(row["doc"]) - 1 for row in theirs])
    columns = np.array([places[names[int(row["feature"])]] for row in theirs])
    for column, (scheme, parameters) in WEIGHTS.items():
        ours = seeds.weight(scheme, **parameters).to_numpy().toarray()[rows, columns]
        expected = np.array([float(row[column]) for row in theirs])
        # quanteda lists cells without count as well; there a weight is 0 here as there.
        np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=0, err_msg=column)


# --- relations


@settings(max_examples=60, deadline=None)
@given(LISTS, st.randoms(use_true_random=False))
def test_order_of_documents_changes_nothing_but_rows(lists, random):
    items = list(lists.items())
    random.shuffle(items)
    there, back = from_lists(lists).dfm(), from_lists(dict(items)).dfm()
    assert there.features.equals(back.features)
    assert there.sort("doc_id") == back.sort("doc_id")


@settings(max_examples=60, deadline=None)
@given(LISTS, LISTS, LISTS)
def test_merge_is_associative_and_commutative(a, b, c):
    a, b, c = (from_lists(lists).dfm() for lists in (a, b, c))
    assert a.merge(b).merge(c) == a.merge(b.merge(c)) == c.merge(a, b)
    assert a.merge(b).n_tokens == a.n_tokens + b.n_tokens


@settings(max_examples=60, deadline=None)
@given(LISTS)
def test_what_comes_out_goes_in(lists):
    matrix = from_lists(lists).dfm()
    assert dz.Dfm.from_counts(matrix.to_frame(), documents=matrix.documents.select("doc_id")) == matrix
    assert pickle.loads(pickle.dumps(matrix)) == matrix
    dense = matrix.to_numpy().toarray()
    assert dense.shape == matrix.shape
    assert dense.sum(axis=0).tolist() == matrix.features["count"].to_list()
    assert (dense > 0).sum(axis=0).tolist() == matrix.features["doc_freq"].to_list()


# --- behaviour


def test_frames_have_their_schema_and_order():
    matrix = from_lists(SMALL).dfm()
    assert matrix.to_frame().schema == DFM
    assert matrix.features.schema == DFM_FEATURES
    assert matrix.to_frame().rows() == [
        ("b", "党建", 1), ("b", "工作", 2), ("c", "A", 1), ("c", "党建", 1), ("c", "引领", 1),
    ]  # fmt: skip
    assert (len(matrix), matrix.shape, matrix.n_tokens) == (3, (3, 4), 6)


@pytest.mark.parametrize("lists", [{}, {"a": []}, {"a": [None, None]}])
def test_empty_input_gives_empty_frames_of_the_same_schema(lists, tmp_path):
    matrix = from_lists(lists).dfm()
    assert matrix.to_frame().schema == DFM
    assert matrix.features.schema == DFM_FEATURES
    assert matrix.shape == (len(lists), 0)
    assert matrix.to_scipy().shape == matrix.to_numpy().toarray().shape == matrix.shape
    for same in (
        matrix.trim(),
        matrix.select("党*"),
        matrix.remove("党*"),
        matrix.merge(matrix),
        matrix.sort(),
    ):
        assert same == matrix
    assert matrix.top(3).is_empty() and matrix.weight("prop").to_frame().is_empty()
    assert "0 features" in repr(matrix) and "<table>" in matrix._repr_html_()
    matrix.save(tmp_path / "empty.dfm")
    assert dz.Dfm.load(tmp_path / "empty.dfm") == matrix


def test_padding_is_not_counted():
    tokens = from_lists({"a": ["党建", None, "工作"], "b": [None]})
    assert list(tokens) == [["党建", "", "工作"], [""]]
    matrix = tokens.dfm()
    assert matrix.n_tokens == 2 and "" not in matrix.features["feature"].to_list()


def test_doc_id_keeps_its_dtype():
    docs = pl.DataFrame({"doc_id": [7, 3], "text": [["a"], ["b"]]})
    matrix = dz.tokens(docs).dfm()
    assert matrix.to_frame().schema["doc_id"] == pl.Int64
    assert matrix.sort("doc_id").to_frame()["doc_id"].to_list() == [3, 7]
    assert matrix.merge(matrix).documents["doc_id"].to_list() == [3, 7]


def test_arrays_are_ours_uncopied_and_read_only():
    matrix = from_lists(SMALL).dfm()
    for arrays in (matrix.to_numpy(), matrix.weight("prop").to_numpy()):
        for array in arrays[:3]:
            assert not array.flags.owndata and not array.flags.writeable
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
    again = matrix.to_numpy()
    assert np.shares_memory(matrix.to_numpy().data, again.data)
    scipy = matrix.to_scipy()
    assert np.shares_memory(scipy.data, again.data) and np.shares_memory(scipy.indices, again.indices)
    assert scipy.dtype == np.int64 and matrix.weight("prop").to_scipy().dtype == np.float64
    del matrix, scipy
    assert again.data.sum() == 6  # the arrays keep the memory alive


def test_counts_beyond_two_to_the_32(tmp_path):
    big = 2**33
    counts = pl.DataFrame(
        {"doc_id": ["a", "b", "a"], "feature": ["党建", "党建", "工作"], "count": [big, big + 1, 3]}
    )
    matrix = dz.Dfm.from_counts(counts)
    assert matrix.features["count"].to_list() == [2 * big + 1, 3]
    assert matrix.group(pl.lit("all")).to_frame()["count"].to_list() == [2 * big + 1, 3]
    assert matrix.merge(matrix).n_tokens == 2 * (2 * big + 4)
    assert matrix.to_scipy().sum() == 2 * big + 4
    matrix.save(tmp_path / "big")
    assert dz.Dfm.load(tmp_path / "big") == pickle.loads(pickle.dumps(matrix)) == matrix
    with pytest.raises(dz.DataError, match="9223372036854775807"):
        dz.Dfm.from_counts(pl.DataFrame({"doc_id": [1, 2], "feature": ["a", "a"], "count": [2**62, 2**62]}))


def test_groups_are_sorted_and_named():
    tokens = from_lists(SMALL, city=["眉山", "三亚", "眉山"], year=[2021, 2020, 2020])
    matrix = tokens.dfm()
    grouped = matrix.group("city")
    assert grouped.documents.rows(named=True) == [
        {"doc_id": "三亚", "n_tokens": 0, "n_types": 0, "city": "三亚", "n_documents": 1},
        {"doc_id": "眉山", "n_tokens": 6, "n_types": 4, "city": "眉山", "n_documents": 2},
    ]
    assert grouped.to_frame().filter(feature="党建").rows() == [("眉山", "党建", 2)]
    both = matrix.group(["city", "year"])
    assert both.documents["doc_id"].to_list() == ["三亚/2020", "眉山/2020", "眉山/2021"]
    assert matrix.group("year").documents["doc_id"].dtype == pl.Int64
    by_rule = matrix.group((pl.col("year") > 2020).alias("late"))
    assert by_rule.documents["doc_id"].to_list() == [False, True]
    with pytest.warns(dz.DuizhaoWarning, match="1 of 3 documents have no value for `by` and are left out"):
        rest = matrix.group(pl.when(pl.col("doc_id") != "a").then(pl.col("city")).alias("city"))
    assert rest == matrix.filter(pl.col("doc_id") != "a").group("city")
    with pytest.raises(dz.MissingColumnError, match=r"'county'.*'city'"):
        matrix.group("county")


def test_features_are_selected_by_pattern_and_by_expression():
    matrix = from_lists(SMALL).dfm()
    assert set(matrix.select("党*").features["feature"]) == {"党建"}
    assert set(matrix.select(["a", "工作"]).features["feature"]) == {"A", "工作"}
    with pytest.warns(dz.DuizhaoWarning, match="1 of 1 patterns match no token: 'a'"):
        assert set(matrix.select("a", case_insensitive=False).features["feature"]) == set()
    assert set(matrix.select("^[党引]", value_type="regex").features["feature"]) == {"党建", "引领"}
    assert set(matrix.remove("党*").features["feature"]) == {"A", "工作", "引领"}
    assert set(matrix.select(pl.col("doc_freq") > 1).features["feature"]) == {"党建"}
    with pytest.raises(dz.ParameterError, match="regular expression"):
        matrix.select("(", value_type="regex")
    with pytest.raises(dz.ParameterError, match="'glob', 'regex', 'fixed'"):
        matrix.select("a", value_type="like")
    with pytest.raises(dz.DataTypeError, match="strings"):
        matrix.select([1])


def test_documents_are_filtered_and_sorted():
    matrix = from_lists(SMALL, year=[2021, None, 2020]).dfm()
    late = matrix.filter(pl.col("year") > 2020)
    assert late.documents["doc_id"].to_list() == ["b"]
    assert late.shape == (1, 4), "features stay"
    assert late.trim().shape == (1, 2)
    assert matrix.filter(pl.col("n_tokens") > 0, pl.col("year") < 2021).documents["doc_id"].to_list() == ["c"]
    assert matrix.sort("n_tokens").documents["doc_id"].to_list() == ["a", "b", "c"]
    assert matrix.sort(["n_tokens", "doc_id"], descending=True).documents["doc_id"].to_list() == [
        "c",
        "b",
        "a",
    ]
    assert matrix.sort("doc_id").filter(pl.lit(True)) == matrix.sort("doc_id")
    with pytest.raises(dz.MissingColumnError, match="'month'"):
        matrix.filter(pl.col("month") > 1)
    with pytest.raises(dz.DataTypeError, match="Boolean"):
        matrix.filter(pl.col("year"))


def test_top_breaks_ties_by_code_point():
    matrix = from_lists(SMALL, city=["眉山", "三亚", "眉山"]).dfm()
    assert matrix.top(2).rows() == [("党建", 2, 2), ("工作", 2, 1)]
    tops = matrix.top(1, by="city")
    assert tops.columns == ["city", "feature", "count", "doc_freq"]
    assert tops.rows() == [("眉山", "党建", 2, 2)]
    with pytest.raises(dz.ParameterError, match="`n`"):
        matrix.top(0)


def test_metadata_of_merged_documents_agree_or_say_where_not():
    a = from_lists({"x": ["a"]}, city=["眉山"]).dfm()
    b = from_lists({"x": ["b"], "y": ["b"]}, year=[1, 2]).dfm()
    merged = a.merge(b)
    assert merged.documents.rows() == [("x", 2, 2, "眉山", 1), ("y", 1, 1, None, 2)]
    other = from_lists({"x": ["a"]}, city=["三亚"]).dfm()
    with pytest.raises(dz.DataError, match=r"'city'.*x"):
        a.merge(other)
    with pytest.raises(dz.DataTypeError, match="doc_id"):
        a.merge(dz.tokens(pl.DataFrame({"doc_id": [1], "text": [["a"]]})).dfm())
    with pytest.raises(dz.DataTypeError, match="`others`"):
        a.merge(a.weight("prop"))


def test_weights_cannot_be_weighted_again():
    weighted = from_lists(SMALL).dfm().weight("prop")
    assert isinstance(weighted, dz.WeightedDfm)
    assert not hasattr(weighted, "weight")
    with pytest.raises(dz.DataTypeError, match="weighted"):
        dz.tfidf(weighted)
    frame = weighted.to_frame()
    assert frame.schema == pl.Schema({"doc_id": pl.String, "feature": pl.String, "weight": pl.Float64})
    assert frame.group_by("doc_id").agg(pl.col("weight").sum()).sort("doc_id").rows() == [
        ("b", 1.0),
        ("c", 1.0),
    ]
    assert pickle.loads(pickle.dumps(weighted)) == weighted
    assert weighted.filter(pl.col("doc_id") == "c").select("党建").to_frame().rows() == [("c", "党建", 1 / 3)]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda d: d.weight("tfidf"), dz.ParameterError, "'logave'"),
        (lambda d: d.weight("prop", base=2), dz.ParameterError, "`base`"),
        (lambda d: d.weight("logcount", base=1), dz.ParameterError, "`base`.*above 1"),
        (lambda d: d.weight("augmented", k=2), dz.ParameterError, "`k`"),
        (lambda d: d.trim(min_count=0.5), dz.ParameterError, "`min_count`.*whole"),
        (
            lambda d: d.trim(max_doc_freq=2, doc_freq_unit="proportion"),
            dz.ParameterError,
            "`max_doc_freq`.*0 to 1",
        ),
        (lambda d: d.trim(count_unit="share"), dz.ParameterError, "`count_unit`.*'quantile'"),
        (lambda d: d.group([]), dz.ParameterError, "`by`"),
        (lambda d: dz.dfm(d), dz.DataTypeError, "`tokens`.*Dfm"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call(from_lists(SMALL).dfm())


@pytest.mark.parametrize(
    ("frame", "error", "message"),
    [
        ({"doc_id": ["a"], "count": [1]}, dz.MissingColumnError, "'feature'"),
        ({"doc_id": ["a"], "feature": [1], "count": [1]}, dz.DataTypeError, "'feature'"),
        ({"doc_id": ["a"], "feature": ["x"], "count": [1.5]}, dz.DataTypeError, "'count'"),
        ({"doc_id": ["a"], "feature": ["x"], "count": [-1]}, dz.DataError, "at least 0"),
        ({"doc_id": [None, "a"], "feature": ["x", "y"], "count": [1, 1]}, dz.DataError, "'doc_id'"),
    ],
)
def test_bad_counts_are_named(frame, error, message):
    with pytest.raises(error, match=message):
        dz.Dfm.from_counts(pl.DataFrame(frame))


def test_counts_of_unknown_documents_are_named():
    counts = pl.DataFrame({"doc_id": ["a"], "feature": ["x"], "count": [1]})
    with pytest.raises(dz.DataError, match="'a'"):
        dz.Dfm.from_counts(counts, documents=pl.DataFrame({"doc_id": ["b"]}))


def test_values_do_not_change():
    matrix = from_lists(SMALL).dfm()
    with pytest.raises(AttributeError, match="immutable"):
        matrix._documents = None
    with pytest.raises(TypeError):
        hash(matrix)
    assert matrix != 1 and matrix == from_lists(SMALL).dfm()


def test_html_is_escaped():
    html = from_lists({"<b>": ["<script>", "&"]}).dfm()._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html and "<b>" not in html


# --- storage


def test_files_say_what_they_are(tmp_path):
    matrix = from_lists(SMALL, city=["眉山", "三亚", "眉山"]).dfm()
    path = tmp_path / "counts.dfm"
    matrix.save(path)
    assert dz.Dfm.load(path) == matrix
    first = path.read_bytes()
    matrix.save(path)
    assert path.read_bytes() == first, "equal objects give equal files"
    assert [p.name for p in tmp_path.iterdir()] == ["counts.dfm"], "nothing is left behind"
    with pytest.raises(dz.FormatError, match=r"counts\.dfm holds a Dfm, not a WeightedDfm"):
        dz.WeightedDfm.load(path)
    with pytest.raises(dz.FileError, match=r"missing\.dfm"):
        dz.Dfm.load(tmp_path / "missing.dfm")
    with pytest.raises(dz.FileError, match="nowhere"):
        matrix.save(tmp_path / "nowhere" / "x.dfm")
    for damaged in (b"", b"PK\x03\x04", first[: len(first) // 2], b"doc_id,feature\n"):
        path.write_bytes(damaged)
        with pytest.raises(dz.FormatError, match=r"counts\.dfm"):
            dz.Dfm.load(path)


def test_only_regular_files_are_replaced(tmp_path):
    matrix = from_lists(SMALL).dfm()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        before = (tmp_path / name).stat()
        with pytest.raises(dz.FileError, match=f"{name}.*no regular file"):
            matrix.save(tmp_path / name)
        assert os.path.samestat(before, (tmp_path / name).stat())
    (tmp_path / "link").symlink_to(tmp_path / "real")
    matrix.save(tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and dz.Dfm.load(tmp_path / "real") == matrix


def test_later_versions_are_refused(tmp_path, monkeypatch):
    from duizhao._base import stored as _storage

    monkeypatch.setattr(_storage, "FORMAT_VERSION", 99)
    from_lists(SMALL).dfm().save(tmp_path / "x")
    monkeypatch.undo()
    with pytest.raises(dz.FormatError, match="version 99"):
        dz.Dfm.load(tmp_path / "x")
