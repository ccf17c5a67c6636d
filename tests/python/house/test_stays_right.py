"""What other tools got wrong and this one does not: nothing in common, ids that meet, words of one character, marks around a word."""

from __future__ import annotations

import polars as pl
import pytest

import duizhao as dz


@pytest.mark.parametrize(
    ("one", "other"),
    [("党建引领", "渔业带动"), ("修路", "架桥"), ("甲 乙", "丙 丁"), ("", "修路"), ("12", "34")],
)
def test_nothing_in_common_is_a_likeness_of_zero(one, other):
    dfm = dz.tokens([one, other]).dfm()
    for method in ("cosine", "jaccard", "dice"):
        values = dz.similarity(dfm, method=method).select(pl.selectors.float()).to_series()
        assert values.is_nan().sum() == 0
        assert values.drop_nulls().to_list() in ([0.0], [])


@pytest.mark.parametrize("call", [dz.tokens, dz.sentences, dz.near_duplicates, dz.text_reuse])
def test_an_id_that_occurs_twice_is_refused(call):
    docs = pl.DataFrame({"doc_id": ["甲县", "甲县"], "text": ["修路", "架桥"]})
    with pytest.raises(dz.DataError, match="must be unique; these occur twice: '甲县'"):
        call(docs)


def test_words_of_one_character_are_features():
    dfm = dz.tokens(["他 去 海边", "他 去 山里"]).dfm()
    assert {"他", "去"} <= set(dfm.features["feature"])
    assert {"他", "去"} <= set(dz.tfidf(dfm)["feature"])


@pytest.mark.parametrize(("old", "new"), [("😉", "😀"), ("🌧", "🌤"), ("★", "☆"), ("𠮷", "吉")])
def test_one_sign_for_another_is_one_change(old, new):
    rows = dz.diff({"a": f"你们好{old}呀"}, {"a": f"你们好{new}呀"}).passages
    assert rows.select("kind", "text_old", "text_new").rows() == [("changed", old, new)]


@pytest.mark.parametrize("marks", ["“{}”", "‘{}’", "《{}》", "「{}」", "（{}）", "——{}——"])
def test_marks_around_a_word_are_its_context(marks):
    text = f"大家把{marks.format('议事协商')}当作办法。"
    lines = dz.kwic(dz.tokens([text]), "议事协商")
    if lines.is_empty():
        lines = dz.kwic(dz.tokens([text]), "议事 协商")
    assert lines.height == 1
    around = "".join(str(value) for value in lines.row(0))
    assert marks[0] in around
    assert marks[-1] in around


def test_new_words_of_three_characters_and_inside_longer_ones():
    lines = [
        "水净化膜用得好",
        "水净化膜很薄",
        "换一张水净化膜",
        "高水净化膜器来了",
        "买高水净化膜器",
        "看高水净化膜器",
    ] * 6
    words = set(dz.new_words(lines, known=True)["word"])
    assert any("水净化" in word for word in words)
