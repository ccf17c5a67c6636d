"""Keyword in context; compared with quanteda's reference outputs."""

from __future__ import annotations

import csv
import json

import polars as pl
import pytest

import duizhao as dz
from duizhao.corpus._schema import KWIC


@pytest.fixture(scope="module")
def reference(shared):
    folder = shared / "quanteda"
    toks = dz.tokens(json.loads((folder / "tokens" / "zh_all.json").read_text("utf-8")))
    specs = json.loads((folder / "zh" / "kwic_patterns.json").read_text("utf-8"))
    return toks, {spec["name"]: spec for spec in specs}, folder / "zh"


NAMES = [
    "glob_gaozhiliang",
    "fixed_zhengxie",
    "phrase_dangjian_gongzuo",
    "phrase_glob",
    "several",
    "regex_dang",
]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (r["docname"], int(r["from"]) - 1, int(r["to"]), r["pre"], r["keyword"], r["post"], r["pattern"])
            for r in csv.DictReader(file)
        ]


@pytest.mark.filterwarnings("ignore:.*match no token")
@pytest.mark.parametrize("name", NAMES)
def test_concordances_equal_quanteda(reference, name):
    toks, specs, folder = reference
    spec = specs[name]
    pattern = spec["patterns_split"]
    got = dz.kwic(toks, pattern, value_type=spec["valuetype"], separator=" ", across=False)
    columns = ["doc_id", "token_start", "token_end", "left", "keyword", "right", "pattern"]
    expected = rows_of(folder / f"kwic_{name}.csv")
    assert expected
    assert sorted(got.select(columns).rows()) == sorted(expected)


def test_another_window_and_separator_equal_quanteda(reference):
    toks, _, folder = reference
    expected = rows_of(folder / "kwic_window2_pattern2.csv")
    patterns = sorted({row[-1] for row in expected})
    got = dz.kwic(toks, patterns, window=2, separator="|", across=False)
    columns = ["doc_id", "token_start", "token_end", "left", "keyword", "right", "pattern"]
    assert sorted(got.select(columns).rows()) == sorted(expected)


def test_a_word_is_found_where_it_was_cut():
    text = "打通“最后一公里”。在最后一公里路。最后\n一公里"
    toks = dz.tokens({"a": text})
    assert "最后一公里" not in toks.types
    for value_type in ("glob", "fixed"):
        hits = dz.kwic(toks, "最后一公里", value_type=value_type)
        # The second stands before 路 at a token boundary; the last is cut by a line break.
        assert hits["keyword"].to_list() == ["最后一公里"] * 2
        assert [text[a:b] for a, b in hits.select("char_start", "char_end").rows()] == ["最后一公里"] * 2
    with pytest.warns(dz.DuizhaoWarning, match="'最后一公里'; the tokens have it in parts: '最后 一 公里'"):
        assert dz.kwic(toks, "最后一公里", across=False).is_empty()
    with pytest.warns(dz.DuizhaoWarning, match="1 of 1 patterns match no token: '最后一公\\*'"):
        assert dz.kwic(toks, "最后一公*").is_empty()
    assert dz.kwic(dz.tokens([["印度尼西亚", "印", "度"]]), "印度")["token_start"].to_list() == [1]
    assert dz.kwic(dz.tokens([["Wi", "FI", "好"]]), "wifi")["token_end"].to_list() == [2]
    with pytest.warns(dz.DuizhaoWarning, match="'wifi'"):
        assert dz.kwic(dz.tokens([["Wi", "FI", "好"]]), "wifi", case_insensitive=False).is_empty()


def test_context_is_the_text_itself():
    docs = pl.DataFrame({"doc_id": [5], "text": ["坚持 党的\n建设，推动工作。"], "city": ["眉山"]})
    toks = dz.tokens(docs, remove=["的"], padding=True)
    hit = dz.kwic(toks, "建设", window=2).row(0, named=True)
    assert hit["left"] == "党的 "
    assert hit["right"] == "，推动"
    assert (hit["doc_id"], hit["city"]) == (5, "眉山")
    bare = dz.kwic(dz.tokens(docs, spans=False), "建设", window=2, separator=" ").row(0, named=True)
    assert (bare["left"], bare["right"], bare["char_start"]) == ("党 的", "， 推动", None)
    none = dz.kwic(toks, "建设", window=0).row(0, named=True)
    assert (none["left"], none["keyword"], none["right"]) == ("", "建设", "")


def test_order_schema_and_overlap():
    toks = dz.tokens([["党", "建", "党", "建"], ["党"]])
    hits = dz.kwic(toks, ["建 党", "党", "党 建"])
    assert hits.schema == KWIC
    assert hits.select("doc_id", "token_start", "token_end", "pattern").rows() == [
        ("doc1", 0, 1, "党"),
        ("doc1", 0, 2, "党 建"),
        ("doc1", 1, 3, "建 党"),
        ("doc1", 2, 3, "党"),
        ("doc1", 2, 4, "党 建"),
        ("doc2", 0, 1, "党"),
    ]


@pytest.mark.filterwarnings("ignore:.*match no token")
def test_nothing_in_nothing_out():
    for docs in ([], [""], ["好"]):
        hits = dz.kwic(dz.tokens(docs), "党")
        assert hits.schema == KWIC
        assert hits.is_empty()
    assert dz.kwic(dz.tokens(["党"]), []).is_empty()


def test_bad_input_is_named():
    toks = dz.tokens(["党"])
    for call, error, said in [
        (lambda: dz.kwic(["党"], "党"), dz.DataTypeError, "`tokens`"),
        (lambda: dz.kwic(toks, "党", window=-1), dz.ParameterError, "`window`"),
        (lambda: dz.kwic(toks, "党", value_type="re"), dz.ParameterError, "'regex'"),
        (lambda: dz.kwic(toks, "[党", value_type="regex"), dz.ParameterError, "[党"),
        (lambda: dz.kwic(toks, ""), dz.ParameterError, "empty"),
    ]:
        with pytest.raises(error) as caught:
            call()
        assert said in str(caught.value)
