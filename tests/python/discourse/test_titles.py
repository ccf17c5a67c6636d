"""Titles: the frame, its schema and places, and the scores against annotations."""

from __future__ import annotations

import polars as pl
import pytest
from tests.scores.titles import score

import duizhao as dz
from duizhao.discourse._schema import TITLES

DOCS = pl.DataFrame(
    {
        "doc_id": [7, 8],
        "text": [
            "印发《关于修改〈物业管理条例〉的决定》，落实《“十四五”规划纲要（草案）》。",
            "🙂见《人民日报》；依照《水法》、《游行示威暂行规定》",
        ],
        "year": [2020, 2021],
    }
)


def test_frame():
    found = dz.titles(DOCS)
    assert found.schema == pl.Schema({**TITLES, "doc_id": pl.Int64, "year": pl.Int64})
    assert found.select("doc_id", "title", "kind", "status", "year").rows() == [
        (7, "关于修改〈物业管理条例〉的决定", "document", None, 2020),
        (7, "“十四五”规划纲要（草案）", "plan", "draft", 2020),
        (8, "人民日报", "work", None, 2021),
        (8, "水法", "law", None, 2021),
        (8, "游行示威暂行规定", "regulation", "trial", 2021),
    ]
    texts = dict(DOCS.select("doc_id", "text").iter_rows())
    for row in found.iter_rows(named=True):
        assert texts[row["doc_id"]][row["char_start"] : row["char_end"]] == row["title"]


def test_raw_places():
    raw = "根据&ldquo;一法&rdquo;和《水&nbsp;法》"
    row = dz.titles(dz.clean(pl.DataFrame({"doc_id": ["a"], "text": [raw]}), boilerplate=False)).row(
        0, named=True
    )
    assert raw[row["raw_start"] : row["raw_end"]] == "水&nbsp;法"


def test_nothing_and_bad_input():
    assert dz.titles(DOCS.clear()).schema == dz.titles(DOCS).schema
    assert dz.titles(["", "《没有结束", "《》", "没有"]).is_empty()
    with pytest.raises(dz.MissingColumnError, match="body"):
        dz.titles(DOCS, text="body")


def test_score(shared):
    got = score(shared)
    assert got["recall"] == got["precision"] == (43, 43)
    # 《中国制造2025》 is a plan that no noun ends.
    assert got["kind"] == (42, 43) and got["status"] == (43, 43)
