"""Collocations from the user's side."""

from __future__ import annotations

import json
import math
from collections import Counter
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.stats._schema import COLLOCATIONS

WORDS = ["党建 引领 治理", "党建 引领 发展", "党建 引领 工作", "推动 发展", "推动 工作"]


def toks(texts=WORDS, **options):
    return dz.tokens([text.split() for text in texts], **options)


def test_lambda_of_two_is_the_log_odds_ratio_of_windows():
    found = dz.collocations(toks(), min_count=1, measures=["npmi", "log_likelihood", "log_odds_ratio"])
    row = found.row(0, named=True)
    # Of 8 windows three are 党建 引领; 引领 opens three others, none of which ends in 引领.
    assert row["collocation"] == "党建 引领" and row["count"] == 3 and row["n_sequences"] == 8
    assert row["lambda"] == pytest.approx(math.log(3.5 * 5.5 / 0.5 / 0.5))
    assert row["z"] == pytest.approx(row["lambda"] / math.sqrt(1 / 3.5 + 1 / 5.5 + 4))
    assert row["log_odds_ratio"] == pytest.approx(row["lambda"])
    assert row["npmi"] == 1.0
    assert {"log_likelihood_log_p", "log_likelihood_p", "log_likelihood_p_adjusted"} <= set(found.columns)


def test_schema_also_when_empty():
    for empty in (dz.tokens([]), dz.tokens([[]]), toks(["一 二"])):
        assert dz.collocations(empty, [2, 3]).schema == COLLOCATIONS
        scored = dz.collocations(empty, 3, measures="chi_squared", adjust=None)
        assert scored.columns == [*COLLOCATIONS.names(), "chi_squared", "chi_squared_log_p", "chi_squared_p"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("甲乙丙。"), max_size=12), max_size=5))
def test_counts_as_a_slow_count(lists):
    found = dz.collocations(dz.tokens(lists), min_count=1, within="document")
    slow = Counter(f"{a} {b}" for words in lists for a, b in pairwise(words) if "。" not in (a, b))
    assert dict(found.select("collocation", "count").iter_rows()) == dict(slow)
    order = found.select(-pl.col("z"), "collocation").rows()
    assert order == sorted(order)
    shuffled = dz.collocations(dz.tokens(lists[::-1]), min_count=1, within="document")
    assert shuffled.equals(found)


def test_nothing_crosses_documents_sentences_padding_or_punctuation():
    both = dz.tokens({"a": "发展经济", "b": "发展经济。发展经济，发展经济"})
    found = dz.collocations(both, min_count=1)
    assert found.select("collocation", "count").rows() == [("发展 经济", 4)]
    # A comma or a full stop is a token where the user says so, but a sentence stays a border.
    loose = dz.collocations(both, min_count=1, punctuation="token")
    assert set(loose["collocation"]) == {"发展 经济", "经济 。", "经济 ，", "， 发展"}
    across = dz.collocations(both, min_count=1, punctuation="token", within="document")
    assert "。 发展" in across["collocation"].to_list()
    padded = both.remove(["。", "，"], padding=True)
    assert set(dz.collocations(padded, min_count=1)["collocation"]) == {"发展 经济"}


def test_padding_in_margins_or_not():
    text = toks(["甲 的 乙 丙", "甲 乙", "丙 丁"], remove=["的"], padding=True)
    margins = dz.collocations(text, min_count=1)
    broken = dz.collocations(text, min_count=1, padding="break")
    assert set(margins["n_sequences"]) == {5} and set(broken["n_sequences"]) == {3}
    assert set(margins["collocation"]) == set(broken["collocation"]) == {"甲 乙", "乙 丙", "丙 丁"}


def test_nested_counts():
    found = dz.collocations(toks(["甲 乙 丙", "甲 乙", "甲 乙 丙"]), [2, 3], min_count=2)
    assert {
        row[0]: row[1:] for row in found.select("collocation", "count", "count_nested", "length").rows()
    } == {
        "甲 乙": (3, 2, 2),
        "乙 丙": (2, 2, 2),
        "甲 乙 丙": (2, 0, 3),
    }


def test_contains_filters_rows_and_not_margins():
    every = dz.collocations(toks(), [2, 3], min_count=1, measures="npmi")
    some = dz.collocations(toks(), [2, 3], min_count=1, measures="npmi", contains=["发*", "治理"])
    assert some.equals(every.filter(pl.col("collocation").str.contains("发展|治理")))
    assert dz.collocations(toks(), contains="没有").is_empty()
    with pytest.raises(dz.ParameterError, match="contains"):
        dz.collocations(toks(), contains=[])


def test_tags():
    cut = dz.tokens(["坚持党建引领，加快推动经济发展。"] * 3, segmenter=dz.Segmenter(pos=True))
    nouns_and_verbs = dz.collocations(cut, tags=["n*", "v*"])
    assert set(nouns_and_verbs["collocation"]) < set(dz.collocations(cut)["collocation"])
    tags = dict(cut.to_frame().select("token", "tag").iter_rows())
    assert all(tags[w][0] in "nv" for c in nouns_and_verbs["collocation"] for w in c.split())
    assert nouns_and_verbs.height
    with pytest.raises(dz.DataError, match="pos=True"):
        dz.collocations(toks(), tags="n*")


def test_they_feed_compounds_and_a_dictionary():
    text = dz.tokens(["党建引领基层治理。", "坚持党建引领。"])
    found = dz.collocations(text)
    joined = text.compound(found["collocation"].to_list())
    assert joined.to_list()[1] == ["坚持", "党建引领", "。"]
    words = found["collocation"].str.replace_all(" ", "").to_list()
    again = dz.tokens(["坚持党建引领。"], segmenter=dz.Segmenter(user_dict=words))
    assert again.to_list() == [["坚持", "党建引领", "。"]]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"size": 1}, ["size", "2 to 5", "1"]),
        ({"size": [2, 6]}, ["size", "6"]),
        ({"size": []}, ["size"]),
        ({"size": [2, 2]}, ["size", "distinct"]),
        ({"size": "2"}, ["size"]),
        ({"min_count": 0}, ["min_count"]),
        ({"smoothing": -1}, ["smoothing", "-1"]),
        ({"smoothing": float("nan")}, ["smoothing"]),
        ({"within": "corpus"}, ["within", "sentence"]),
        ({"padding": "keep"}, ["padding", "margins"]),
        ({"punctuation": "x"}, ["punctuation", "break"]),
        ({"measures": "lambda"}, ["measures"]),
        ({"adjust": "fdr"}, ["adjust"]),
        ({"value_type": "x"}, ["value_type"]),
    ],
)
def test_errors_name_argument_and_what_came(options, words):
    with pytest.raises(dz.ParameterError) as caught:
        dz.collocations(toks(), **options)
    assert all(word in str(caught.value) for word in words)


def test_wrong_types():
    with pytest.raises(dz.DataTypeError, match="tokens"):
        dz.collocations(["甲 乙"])
    with pytest.raises(dz.DataTypeError, match="contains"):
        dz.collocations(toks(), contains=3)
    bigrams = toks().ngrams([1, 2])
    with pytest.raises(dz.ParameterError, match="within"):
        dz.collocations(bigrams)
    assert dz.collocations(bigrams, within="document").height


def test_quanteda_order(shared):
    lists = json.loads((shared / "quanteda/tokens/zh_all.json").read_text(encoding="utf-8"))
    expected = pl.read_csv(shared / "quanteda/zh/collocations_size2to3_min5.csv")
    found = dz.collocations(dz.tokens(lists), [2, 3], min_count=5, within="document")
    assert found["collocation"].to_list() == expected["collocation"].to_list()
    for column in ("lambda", "z"):
        assert (found[column] - expected[column]).abs().max() < 1e-9
    assert found.select("count", "count_nested", "length").equals(
        expected.select("count", "count_nested", "length")
    )
