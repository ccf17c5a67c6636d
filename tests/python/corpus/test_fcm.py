"""Feature co-occurrence matrices: against quanteda and the textbook, margins, storage, errors."""

from __future__ import annotations

import csv
import gzip
import json
import pickle
from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.corpus._schema import FCM

WORDS = ["党建", "工作", "引领", "a", "é", None]
LISTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), st.lists(st.sampled_from(WORDS), max_size=9), max_size=4
)
SMALL = {"x": ["党建", "工作", "党建", None, "引领"], "y": ["引领", "党建"]}


def from_lists(lists):
    """Tokens of lists; ``None`` is padding."""
    schema = {"doc_id": pl.String, "text": pl.List(pl.String)}
    words = [[word or "␣" for word in document] for document in lists.values()]
    tokens = dz.tokens(pl.DataFrame({"doc_id": list(lists), "text": words}, schema=schema))
    return tokens.remove("␣", padding=True)


def fcm(lists, **options):
    options.setdefault("within", None if options.get("context", "window") != "window" else "document")
    return dz.fcm(from_lists(lists), **options)


# --- quanteda


def options_of(tag):
    """What a tag of the reference files says."""
    context, *rest = tag.split("_")
    if context == "document":
        return {"context": "document", "count": rest[0]}, rest[-1] == "sym"
    options = {"window": int(context.removeprefix("window"))}
    if rest[0] == "weights":
        options |= {"count": "weighted", "weights": [1, 0.5]}
    else:
        options |= {"count": rest[0]}
    options["ordered"] = "ordered" in rest
    return options, rest[-1] == "sym"


TAGS = [
    "document_frequency_tri",
    "document_frequency_sym",
    "document_boolean_tri",
    "document_boolean_sym",
    "window5_frequency_unordered_tri",
    "window5_frequency_unordered_sym",
    "window5_frequency_ordered",
    "window5_boolean_unordered_tri",
    "window5_boolean_unordered_sym",
    "window5_boolean_ordered",
    "window5_weighted_unordered_tri",
    "window5_weighted_unordered_sym",
    "window5_weighted_ordered",
    "window2_weights_1_0.5_unordered_tri",
]


@pytest.fixture(scope="module")
def quanteda(shared):
    folder = shared / "quanteda"
    summary = json.loads((folder / "fcm_summary.json").read_text(encoding="utf-8"))["zh"]
    lists = json.loads((folder / "tokens" / "zh_words.json").read_text(encoding="utf-8"))
    with (folder / "zh" / "features.csv").open(encoding="utf-8", newline="") as file:
        ids = {row["feature"]: int(row["id"]) for row in csv.DictReader(file)}
    return folder / "zh", summary, from_lists(lists), ids


def test_all_references_are_used(quanteda):
    assert set(quanteda[1]) == set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_preset_gives_the_figures_of_quanteda(quanteda, tag):
    folder, summary, tokens, ids = quanteda
    options, symmetric = options_of(tag)
    ours = dz.fcm(tokens, preset="quanteda", **options).to_frame(symmetric=symmetric)
    i, j = (np.array([ids[name] for name in ours[column]]) for column in ("node", "collocate"))
    if not symmetric and not options.get("ordered"):
        i, j = np.minimum(i, j), np.maximum(i, j)  # their upper triangle, by their ids
    values = ours.get_column(ours.columns[-1]).to_numpy().astype(float)
    cells = dict(zip(zip(i.tolist(), j.tolist(), strict=True), values.tolist(), strict=True))

    exact = folder / f"fcm_{tag}.csv.gz"
    listed = exact if exact.exists() else folder / f"fcm_{tag}.top150.csv.gz"
    with gzip.open(listed, "rt", encoding="utf-8", newline="") as file:
        theirs = {(int(row["i"]), int(row["j"])): float(row["value"]) for row in csv.DictReader(file)}
    assert theirs
    for cell, value in theirs.items():
        assert cells[cell] == pytest.approx(value, rel=1e-9), cell
    if exact.exists():
        assert cells.keys() == theirs.keys()
    figures = {
        "nnz": len(values),
        "sum": values.sum(),
        "sumsq": (values**2).sum(),
        "diag_sum": values[i == j].sum(),
        "checksum_i": (i * values).sum(),
        "checksum_j": (j * values).sum(),
    }
    assert figures == pytest.approx(summary[tag], rel=1e-9)


# --- the textbook


@settings(max_examples=80, deadline=None)
@given(LISTS, st.integers(1, 5), st.booleans())
def test_counts_are_those_of_two_loops(lists, window, ordered):
    expected = Counter()
    for words in lists.values():
        for i, left in enumerate(words):
            for right in words[i + 1 : i + 1 + window]:
                if left and right:
                    expected[(left, right) if ordered else tuple(sorted((left, right)))] += 1
    ours = fcm(lists, window=window, ordered=ordered)
    assert {(node, collocate): n for node, collocate, n in ours.to_frame().rows()} == expected
    assert ours.n_pairs == expected.total() * (1 if ordered else 2)
    ends = ours.features
    for feature, as_node, as_collocate, _ in ends.rows():
        left = sum(n for (a, _), n in expected.items() if a == feature)
        right = sum(n for (_, b), n in expected.items() if b == feature)
        assert (as_node, as_collocate) == ((left, right) if ordered else (left + right, left + right))


@settings(max_examples=60, deadline=None)
@given(LISTS, st.booleans())
def test_document_counts_are_products_of_the_dfm(lists, ordered):
    tokens = from_lists(lists)
    x = tokens.dfm().to_numpy().toarray()
    frequency = dz.fcm(tokens, context="document")
    square = x.T @ x
    expected = np.triu(square, 1) + np.diag((x * (x - 1) // 2).sum(axis=0))
    assert frequency.to_numpy().toarray().tolist() == expected.tolist()
    whole = frequency.to_scipy(symmetric=True).toarray()
    assert whole.tolist() == (expected + np.triu(expected, 1).T).tolist()
    assert frequency.to_numpy(symmetric=True).toarray().tolist() == whole.tolist()
    both = dz.fcm(tokens, context="document", ordered=True).to_numpy().toarray()
    assert (both + both.T - np.diag(np.diag(both))).tolist() == whole.tolist()
    boolean = dz.fcm(tokens, context="document", count="boolean", ordered=ordered)
    assert boolean.features["margin_node"].to_list() == tokens.dfm().features["doc_freq"].to_list()
    assert boolean.n_pairs == boolean.n_units == len(lists)


@settings(max_examples=60, deadline=None)
@given(LISTS, st.randoms(use_true_random=False))
def test_order_of_documents_changes_no_bit(lists, random):
    items = list(lists.items())
    random.shuffle(items)
    for options in ({"window": 2}, {"count": "weighted"}, {"context": "document", "count": "boolean"}):
        there, back = fcm(lists, **options), fcm(dict(items), **options)
        assert there.to_frame().equals(back.to_frame()) and there.features.equals(back.features)


@settings(max_examples=40, deadline=None)
@given(LISTS, LISTS)
def test_parts_merge_to_the_whole(a, b):
    b = {f"{name}2": words for name, words in b.items()}
    for options in ({"window": 2}, {"context": "document", "count": "boolean"}):
        whole, left = fcm(a | b, **options), fcm(a, **options)
        merged = left.merge(fcm(b, **options))
        assert merged == fcm(b, **options).merge(left)
        assert merged.to_frame().equals(whole.to_frame()) and merged.features.equals(whole.features)
        assert (merged.n_pairs, merged.n_units) == (whole.n_pairs, whole.n_units)


def test_sentences_and_paragraphs_are_walls():
    tokens = dz.tokens({"a": "党建引领。工作落实。\n\n党建工作。"})
    pairs = {w: dz.fcm(tokens, window=9, within=w) for w in ("document", "paragraph", "sentence")}
    get = {w: {frozenset(row[:2]) for row in f.to_frame().rows()} for w, f in pairs.items()}
    across_sentences, across_paragraphs = frozenset({"引领", "落实"}), frozenset({"落实", "党建"})
    assert across_sentences in get["paragraph"] and across_sentences not in get["sentence"]
    assert across_paragraphs in get["document"]
    assert get["sentence"] < get["paragraph"] < get["document"]
    assert dz.fcm(tokens, window=9) == pairs["sentence"], "the default"
    assert [pairs[w].n_units for w in ("document", "paragraph", "sentence")] == [1, 2, 3]
    by_sentence = dz.fcm(tokens, context="sentence").to_frame()
    assert by_sentence.equals(dz.fcm(tokens, window=9, within="sentence").to_frame())
    in_one = dz.fcm(tokens, context="sentence", count="boolean").collocates("党建")
    assert set(in_one["collocate"]) == {"引领", "工作", "。"}


def test_figures_by_hand():
    f = fcm(SMALL, window=2)
    assert f.to_frame().schema == FCM
    assert f.to_frame().rows() == [("党建", "党建", 1), ("党建", "工作", 2), ("党建", "引领", 2)]
    assert f.to_frame(symmetric=True).rows() == [
        ("党建", "党建", 1), ("党建", "工作", 2), ("党建", "引领", 2),
        ("工作", "党建", 2), ("引领", "党建", 2),
    ]  # fmt: skip
    assert f.features.rows() == [("党建", 6, 6, 2), ("工作", 2, 2, 1), ("引领", 2, 2, 2)]
    assert (f.n_pairs, f.n_units, len(f), f.shape) == (10, 2, 3, (3, 3))
    assert f.collocates("引领").rows() == [("引领", "党建", 2)]
    assert f.top(1).rows() == [("党建", "工作", 2)]
    assert f.select("工*").to_frame().is_empty() and f.select(["党建", "工作"]).n_pairs == 10
    assert f.remove("工*").trim(min_count=2).to_frame().rows() == [
        ("党建", "党建", 1),
        ("党建", "引领", 2),
    ]
    weighted = fcm(SMALL, window=2, count="weighted")
    assert weighted.weighted and weighted.options["weights"] == [1.0, 0.5]
    assert weighted.to_frame().rows() == [("党建", "党建", 0.5), ("党建", "工作", 2.0), ("党建", "引领", 1.5)]
    assert fcm(SMALL, count="weighted", weights=[0, 1]).to_frame().rows() == [
        ("党建", "党建", 1.0),
        ("党建", "引领", 1.0),
    ]
    twice = fcm(SMALL, window=2, preset="quanteda")
    assert twice.to_frame().rows()[0] == ("党建", "党建", 2) and twice.n_pairs == f.n_pairs
    left = fcm(SMALL, window=1, ordered=True)
    assert left.collocates("引领").rows() == [("引领", "党建", 1)]


@pytest.mark.parametrize("lists", [{}, {"a": []}, {"a": [None, None]}, {"a": ["党建"]}])
@pytest.mark.parametrize("options", [{}, {"count": "weighted"}, {"context": "document"}, {"ordered": True}])
def test_empty_input(lists, options, tmp_path):
    f = fcm(lists, **options)
    frame = f.to_frame()
    assert frame.is_empty() and frame.columns == ["node", "collocate", "weight" if f.weighted else "count"]
    assert f.n_pairs == 0 and f.n_units == len(lists)
    assert f.to_scipy().shape == f.to_numpy(symmetric=True).shape == f.shape
    assert f.top().is_empty() and "0 cells" in repr(f) and "<table>" in f._repr_html_()
    f.save(tmp_path / "f")
    assert dz.Fcm.load(tmp_path / "f") == pickle.loads(pickle.dumps(f)) == f


@settings(max_examples=30, deadline=None)
@given(LISTS, st.booleans(), st.sampled_from(["frequency", "boolean", "weighted"]))
def test_pickles_are_equal(lists, ordered, count):
    f = fcm(lists, ordered=ordered, count=count)
    assert pickle.loads(pickle.dumps(f)) == f


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=6))
def test_weights_and_totals_are_stored_to_the_last_bit(weights):
    f = fcm({"a": ["a", "b", "c", "a", "b", "c", "a"]}, count="weighted", weights=weights)
    stored = pickle.loads(pickle.dumps(f))
    assert stored == f and stored.n_pairs == f.n_pairs and stored.options["weights"] == weights


@pytest.mark.parametrize("size", range(1, 60))
def test_totals_that_json_would_round_are_kept(size):
    f = fcm({"a": ["a", "b"] * size}, count="weighted", weights=[1 / 3, 2 / 13, 1 / 7])
    assert pickle.loads(pickle.dumps(f)).n_pairs == f.n_pairs


def test_files_say_what_they_are(tmp_path):
    f = fcm(SMALL)
    f.save(tmp_path / "f.fcm")
    loaded = dz.Fcm.load(tmp_path / "f.fcm")
    assert loaded == f and loaded.features.equals(f.features) and loaded.options == f.options
    with pytest.raises(dz.FormatError, match="holds a Fcm, not a Dfm"):
        dz.Dfm.load(tmp_path / "f.fcm")


def test_arrays_are_ours_uncopied_and_read_only():
    for f in (fcm(SMALL), fcm(SMALL, count="weighted"), fcm(SMALL, ordered=True)):
        one, two = f.to_numpy(), f.to_numpy()
        assert np.shares_memory(one.data, two.data) and np.shares_memory(one.data, f.to_scipy().data)
        assert not any(array.flags.writeable or array.flags.owndata for array in one[:3])


def test_a_count_beyond_two_to_the_32():
    f = fcm({"a": ["党建"] * 100_000}, context="document")
    assert f.to_frame().rows() == [("党建", "党建", 100_000 * 99_999 // 2)]
    assert f.n_pairs == 100_000 * 99_999


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"window": 0}, dz.ParameterError, "`window`.*1 to 10000; got 0"),
        ({"window": 2.5}, dz.ParameterError, "`window`"),
        ({"context": "text"}, dz.ParameterError, "`context`.*'window'"),
        ({"within": "page"}, dz.ParameterError, "`within`.*'paragraph'"),
        ({"count": "log"}, dz.ParameterError, "`count`.*'weighted'"),
        ({"weights": [1, 2]}, dz.ParameterError, "`weights`.*None"),
        ({"count": "weighted", "weights": [1, -2]}, dz.ParameterError, "`weights`.*at least 0"),
        ({"count": "weighted", "weights": []}, dz.ParameterError, "`weights`"),
        ({"count": "weighted", "weights": [1], "window": 2}, dz.ParameterError, "`weights`.*2 distances"),
        ({"context": "document", "within": None, "window": 3}, dz.ParameterError, "`window` must be None"),
        ({"context": "document", "within": None, "count": "weighted"}, dz.ParameterError, "`count`"),
        ({"context": "document", "ordered": True, "preset": "quanteda"}, dz.ParameterError, "`ordered`"),
        ({"preset": "conc"}, dz.ParameterError, "`preset`.*'quanteda'"),
    ],
)
def test_bad_options_are_named(options, error, message):
    with pytest.raises(error, match=message):
        fcm(SMALL, **options)


def test_tokens_without_sentences_say_so():
    tokens = from_lists(SMALL).ngrams([1, 2])
    for options in ({}, {"context": "sentence"}, {"within": "paragraph"}):
        with pytest.raises(dz.ParameterError, match=r"`within`.*'document'.*got \"(sentence|paragraph)\""):
            dz.fcm(tokens, **options)
    assert dz.fcm(tokens, within="document").n_pairs > 0


def test_bad_input_is_named():
    with pytest.raises(dz.DataTypeError, match=r"`tokens`.*list"):
        dz.fcm([["a"]])
    f = fcm(SMALL)
    with pytest.raises(dz.ParameterError, match=r"`node`.*'没有'"):
        f.collocates("没有")
    with pytest.raises(dz.ParameterError, match=r"occur twice.*'x'"):
        f.merge(f)
    with pytest.raises(dz.ParameterError, match="same way"):
        f.merge(fcm({"z": ["a"]}, window=3))
    with pytest.raises(dz.DataTypeError, match="weights"):
        f.merge(fcm({"z": ["a"]}, count="weighted"))
    with pytest.raises(AttributeError, match="immutable"):
        f._documents = None


def test_progress_is_reported_and_its_exceptions_stop_the_work():
    class StopIt(Exception):
        pass

    seen = []
    fcm({"a": ["党建", "工作", "引领"]}, progress=seen.append)
    assert sum(seen) == 3

    def stop(_):
        raise StopIt

    with pytest.raises(StopIt):
        fcm({"a": ["党建"]}, progress=stop)
