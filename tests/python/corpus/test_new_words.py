"""New words: counts against brute force, what they find, the way back into a segmenter."""

from __future__ import annotations

import math
import re
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.corpus._schema import NEW_WORDS

ALL = {"min_cohesion": -1e9, "min_entropy": -1, "max_across": 1, "edge_chars": "", "known": True}


def entropy(neighbours):
    """In nats; None is a neighbour of its own each time."""
    counts = Counter(n if n is not None else object() for n in neighbours)
    total = sum(counts.values())
    return -sum(k / total * math.log(k / total) for k in counts.values())


def brute(texts, longest):
    """Every substring of Han with its figures, by looking at every place."""
    runs = [(d, run) for d, text in enumerate(texts) for run in re.findall(r"[一-鿿]+", text)]
    n = sum(len(run) for _, run in runs)
    places = {}
    for d, run in runs:
        for i in range(len(run)):
            for length in range(1, longest + 1):
                if i + length <= len(run):
                    before = run[i - 1] if i else None
                    behind = run[i + length] if i + length < len(run) else None
                    places.setdefault(run[i : i + length], []).append((d, before, behind))
    out = {}
    for word, found in places.items():
        if len(word) > 1:
            count = len(found)
            splits = [
                n * count / (len(places[word[:k]]) * len(places[word[k:]])) for k in range(1, len(word))
            ]
            out[word] = (
                count, len({f[0] for f in found}), math.log(min(splits)),
                entropy([f[1] for f in found]), entropy([f[2] for f in found]),
            )  # fmt: skip
    return out


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("党委政协会，A", max_size=25), max_size=4), st.integers(2, 5))
def test_slow_reference(texts, longest):
    expected = brute(texts, longest)
    found = dz.new_words(texts, max_chars=longest, min_count=1, **ALL)
    for row in found.iter_rows(named=True):
        count, docs, cohesion, left, right = expected[row["word"]]
        assert (row["count"], row["doc_freq"]) == (count, docs)
        assert row["cohesion_nats"] == pytest.approx(cohesion, abs=1e-12)
        assert row["left_entropy_nats"] == pytest.approx(left, abs=1e-12)
        assert row["right_entropy_nats"] == pytest.approx(right, abs=1e-12)
        assert row["cut_whole"] + row["cut_split"] + row["cut_across"] == count
    # Nothing of the longest kind is inside something longer, so all of it must be there.
    assert {w for w in expected if len(w) == longest} == {w for w in found["word"] if len(w) == longest}


def test_document_order_does_not_matter():
    texts = [
        "走进委员工作室，党建引领",
        "建好委员工作室吧",
        "看委员工作室！党建引领",
        "党建引领、委员工作室",
    ] * 3
    first = dz.new_words(texts, min_count=3, min_cohesion=0)
    assert first.equals(dz.new_words(texts[::-1], min_count=3, min_cohesion=0)) and first.height
    scores = first["score"].to_list()
    assert scores == sorted(scores, reverse=True)


def test_nested_candidates_and_cuts():
    texts = [f"{a}最后一公里{b}" for a, b in zip("甲乙丙丁戊己", "子丑寅卯辰巳", strict=True)]
    found = dz.new_words(texts, min_count=3, min_cohesion=0, known=True)
    assert found["word"].to_list() == ["最后一公里"]
    assert found.select("count", "count_free", "cut_split", "cut_across").row(0) == (6, 6, 6, 0)
    segmenter = dz.Segmenter(user_dict=found)
    again = dz.new_words(texts, segmenter=segmenter, min_count=3, min_cohesion=0, known=True)
    assert again.select("cut_whole", "in_dictionary").row(0) == (6, True)
    assert dz.new_words(texts, segmenter=segmenter, min_count=3, min_cohesion=0).is_empty()


def test_letters_only_if_wanted():
    texts = [f"{c}，推广AI赋能；" for c in "甲乙丙丁"]
    options = {"min_count": 3, "min_cohesion": 0, "min_entropy": 0.5, "max_across": 1, "known": True}
    assert "AI赋能" not in dz.new_words(texts, **options)["word"]
    assert any("AI赋能" in w for w in dz.new_words(texts, letters=True, **options)["word"])


def test_empty_input_and_bad_arguments():
    assert dz.new_words([]).schema == NEW_WORDS and dz.new_words(["", "，", "字"]).is_empty()
    for name, value in [
        ("max_chars", 1),
        ("max_chars", 33),
        ("min_count", 0),
        ("max_across", 1.5),
        ("min_entropy", "x"),
    ]:
        with pytest.raises(dz.ParameterError, match=name):
            dz.new_words(["党"], **{name: value})
    with pytest.raises(dz.DataError):
        dz.new_words(pl.DataFrame({"text": [None, "党"]}))


def test_real_words_come_first_on_the_seeds(shared):
    docs = dz.clean(dz.read_texts(shared / "seeds"), script="simplified")
    found = dz.new_words(docs, min_count=3)
    words = found["word"].to_list()
    assert {"党员委员", "两个全覆盖", "三会一课", "最后一公里", "委员工作室"} <= set(words)
    assert words.index("党员委员") < 10
    # Fragments of them are not there.
    assert not {"员委员", "两个全", "会一课", "委员工", "员工作室"} & set(words)
