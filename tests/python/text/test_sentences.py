"""Sentences: frame, expression, places."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz
from duizhao.text._schema import SENTENCES

TEXTS = st.text(alphabet="一二三。！？；，…“”（）《》.!?;: \n\ra1", max_size=60)


@given(st.lists(TEXTS, max_size=4))
def test_sentences_and_the_space_between_them_are_the_text(texts: list[str]) -> None:
    docs = pl.DataFrame(
        {"doc_id": range(len(texts)), "text": texts}, schema={"doc_id": pl.Int64, "text": pl.String}
    )
    for unit in ("sentence", "clause", "paragraph"):
        found = dz.sentences(docs, unit=unit)
        assert found.schema == {**SENTENCES, "doc_id": pl.Int64}
        for i, text in enumerate(texts):
            mine = found.filter(pl.col("doc_id") == i)
            assert mine["sentence"].to_list() == list(range(mine.height))
            at = 0
            for start, end, sentence in mine.select("char_start", "char_end", "text").iter_rows():
                assert text[start:end] == sentence != ""
                assert text[at:start].strip() == ""
                at = end
            assert text[at:].strip() == ""


def test_expression_agrees_with_frame() -> None:
    texts = ["春天。夏天！\n秋天；冬天", "", None, "1. 项目(是吗？)一"]
    lists = pl.Series("t", texts).to_frame().select(pl.col("t").zh.sentences()).to_series()
    assert lists.dtype == pl.List(pl.String)
    assert lists.to_list() == [["春天。", "夏天！", "秋天；", "冬天"], [], None, ["1. 项目(是吗？)一"]]
    lazy = pl.LazyFrame({"t": texts}).select(pl.col("t").zh.sentences(semicolons=False).list.len())
    assert lazy.collect()["t"].to_list() == [3, 0, None, 1]
    assert pl.select(pl.lit("甲，乙。").zh.sentences(unit="clause")).item().to_list() == ["甲，", "乙。"]


def test_raw_places_of_cleaned_texts() -> None:
    raw = "來源：云川日报  2023-01-02\n　　第１句&nbsp;話說得很長很長。\r\n第２句。\n"
    docs = dz.clean(pl.DataFrame({"doc_id": ["a"], "text": [raw]}), script="simplified")
    found = dz.sentences(docs)
    assert found["text"].to_list()[-1] == "第2句。"
    for row in found.iter_rows(named=True):
        assert docs["text"][0][row["char_start"] : row["char_end"]] == row["text"]
    last = found.row(-1, named=True)
    assert raw[last["raw_start"] : last["raw_end"]] == "第２句。"


def test_empty_and_wrong() -> None:
    empty = pl.DataFrame(schema={"doc_id": pl.String, "text": pl.String})
    assert dz.sentences(empty).schema == SENTENCES
    assert dz.sentences(pl.DataFrame({"text": ["a"]})).item(0, "doc_id") == "doc1"
    with pytest.raises(dz.DataTypeError, match="'text'"):
        dz.sentences(pl.DataFrame({"doc_id": [1], "text": [1]}))
    with pytest.raises(dz.DataError, match="nulls"):
        dz.sentences(pl.DataFrame({"doc_id": [1], "text": pl.Series([None], dtype=pl.String)}))
    with pytest.raises(dz.ParameterError, match=r"`unit`.*'word'"):
        dz.sentences(pl.DataFrame({"doc_id": [1], "text": ["a"]}), unit="word")  # type: ignore[arg-type]
    with pytest.raises(dz.ParameterError, match="`unit`"):
        pl.lit("a").zh.sentences(unit="word")
    with pytest.raises(dz.DataTypeError, match="`docs`"):
        dz.sentences(7)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("全镇要守住底线.各村要抓紧整改.", ["全镇要守住底线.", "各村要抓紧整改."]),
        ("天晴了. 人走了.", ["天晴了.", "人走了."]),
        ("強化責任.落實任務.", ["強化責任.", "落實任務."]),
        ("雨落⋯⋯人散", ["雨落⋯⋯", "人散"]),
        ("「等等⋯⋯」她說。", ["「等等⋯⋯」", "她說。"]),
        ("'走吧。'她笑了。", ["'走吧。'", "她笑了。"]),
        ("他说'慢些！'众人停下。", ["他说'慢些！'", "众人停下。"]),
        # No ends: numbers, lists, names, files, addresses, apostrophes.
        ("约3.5万人到场", ["约3.5万人到场"]),
        ("三.工作要求", ["三.工作要求"]),
        ("学者约翰.洛克的书", ["学者约翰.洛克的书"]),
        ("存为总结.docx即可", ["存为总结.docx即可"]),
        ("the company's plan。'好'", ["the company's plan。", "'好'"]),
    ],
)
def test_full_stops_dots_and_straight_marks(text: str, sentences: list[str]) -> None:
    assert dz.sentences([text]).get_column("text").to_list() == sentences


@pytest.mark.parametrize("name", ["sentences", "register", "minhash", "claims"])
def test_expressions_refuse_a_column_that_is_no_text(name):
    with pytest.raises(pl.exceptions.ComputeError, match="must be a column of strings"):
        pl.DataFrame({"text": [3]}).select(getattr(pl.col("text").zh, name)())
