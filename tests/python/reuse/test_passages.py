"""Shared passages, their versions, set phrases, who had them first."""

from __future__ import annotations

import csv
import datetime
import warnings

import polars as pl
import pytest

import duizhao as dz
from duizhao._base.schema import with_doc_id
from duizhao.reuse._schema import (
    DIFFUSION,
    NEAR_DUPLICATES,
    PASSAGES,
    REUSE_PAIRS,
    SHARED_PHRASES,
    TEXT_REUSE,
)

A = "会议强调，坚持把党的政治建设摆在首位，深化党建引领。"
B = "要坚持把党的政治建设，摆在首位，做到两个维护。"
FORMULA = "以习近平新时代中国特色社会主义思想为指导"


def frame(*texts, ids=None, **columns):
    return pl.DataFrame({"doc_id": ids or list(range(len(texts))), "text": texts, **columns})


def test_spans_lead_to_the_texts():
    docs = frame(A, B, "无关的一段话，说别的事情。", ids=["a", "b", "c"])
    found = dz.text_reuse(docs)
    texts = dict(docs.rows())
    assert found.height == 1
    for row in found.iter_rows(named=True):
        for k in ("1", "2"):
            cut = texts[row[f"doc_id_{k}"]][row[f"char_start_{k}"] : row[f"char_end_{k}"]]
            assert cut == row[f"text_{k}"]
            assert row[f"raw_start_{k}"] == row[f"char_start_{k}"]
    assert found["text_2"].to_list() == ["坚持把党的政治建设，摆在首位"]
    assert dz.text_reuse(docs, ignore_punctuation=False, max_gap=0).is_empty()
    assert dz.text_reuse(docs, ignore_punctuation=False, min_chars=9, max_gap=0)["text_1"].to_list() == [
        "坚持把党的政治建设"
    ]


def test_raw_places_of_cleaned_texts():
    raw = "　　" + A.replace("党的", "党&nbsp;的") + "\r\n"
    docs = dz.clean(frame(raw, B), boilerplate=False)
    row = dz.text_reuse(docs).row(0, named=True)
    assert raw[row["raw_start_1"] : row["raw_end_1"]] == "坚持把党&nbsp;的政治建设摆在首位"
    place = dz.passages(docs).row(0, named=True)
    assert (place["raw_start"], place["raw_end"]) == (row["raw_start_1"], row["raw_end_1"])


@pytest.mark.parametrize("dtype", [pl.Int32, pl.String])
def test_empty_input_has_the_schema(dtype):
    docs = pl.DataFrame(schema={"doc_id": dtype, "text": pl.String, "year": pl.Int64})
    for found_by, schema in [
        (dz.text_reuse, TEXT_REUSE),
        (dz.reuse_pairs, REUSE_PAIRS),
        (dz.shared_phrases, SHARED_PHRASES),
        (dz.near_duplicates, NEAR_DUPLICATES),
        (dz.passages, PASSAGES),
    ]:
        fixed = dict(with_doc_id(schema, dtype()))
        assert found_by(docs, metadata=False).schema == fixed
        pairs = "doc_id_1" in fixed
        years = ("year_1", "year_2") if pairs else ("year",)
        found = found_by(docs)
        assert dict(found.schema) == {**fixed, **dict.fromkeys(years, pl.Int64())}
        assert found.is_empty()
    assert dz.diffusion(docs, date="year", metadata=False).schema == DIFFUSION
    one = frame("", "。", "字", ids=[1, 2, 3])
    assert dz.text_reuse(one).is_empty()


def test_schemas_of_results():
    docs = frame(A, B, year=[2020, 2021])
    assert dz.text_reuse(docs, metadata=False).schema == with_doc_id(TEXT_REUSE, pl.Int64())
    assert dz.reuse_pairs(docs, metadata=False).schema == with_doc_id(REUSE_PAIRS, pl.Int64())
    assert dz.shared_phrases(docs, metadata=False).schema == with_doc_id(SHARED_PHRASES, pl.Int64())
    assert dz.diffusion(docs, date="year", metadata=False).schema == DIFFUSION
    expected = {
        **with_doc_id(PASSAGES, pl.Int64()),
        "date": pl.Int64(),
        "first_seen": pl.Int64(),
    }
    assert dict(dz.passages(docs, date="year", metadata=False).schema) == expected


def test_coverage_counts_each_character_once():
    docs = frame(FORMULA * 2 + "甲乙丙", FORMULA + "子丑")
    row = dz.reuse_pairs(docs).row(0, named=True)
    assert row["chars_1"] == 2 * len(FORMULA) + 3
    assert (row["shared_1"], row["shared_2"]) == (2 * len(FORMULA), len(FORMULA))
    assert row["coverage_2"] == pytest.approx(len(FORMULA) / (len(FORMULA) + 2))
    assert row["similarity"] == pytest.approx(3 * len(FORMULA) / (3 * len(FORMULA) + 5))


def test_boilerplate_and_baseline():
    own = "两县联合开展乡村振兴专题调研并形成报告"
    docs = frame(
        FORMULA + "。" + own, FORMULA + "，" + own, FORMULA, FORMULA + "完", ids=["a", "b", "c", "law"]
    )
    found = dz.text_reuse(docs)
    weights = dict(found.group_by("doc_id_1", "doc_id_2").agg(pl.col("weight").max()).select(
        pl.concat_str("doc_id_1", "doc_id_2"), "weight").iter_rows())  # fmt: skip
    assert weights["ac"] == 0.0
    assert weights["ab"] > 0.4
    based = dz.text_reuse(docs, baseline="law")
    pairs = set(based.select("doc_id_1", "doc_id_2").iter_rows())
    assert pairs == {("a", "b"), ("a", "law"), ("b", "law"), ("c", "law")}
    assert dz.text_reuse(docs, baseline=pl.col("doc_id") == "law").equals(based)


def test_skipped_seeds_are_reported():
    docs = frame(*[FORMULA + chr(0x5000 + k) for k in range(4)])
    with pytest.warns(dz.DuizhaoWarning, match=r"stand in more than 3 documents \(`max_doc_freq`\)"):
        assert dz.text_reuse(docs, max_doc_freq=3).is_empty()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert dz.text_reuse(docs, max_doc_freq=None).height == 6


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"min_chars": 1}, dz.ParameterError, "min_chars"),
        ({"min_chars": 5, "seed_chars": 6}, dz.ParameterError, "seed_chars"),
        ({"min_identity": 0.1}, dz.ParameterError, "min_identity"),
        ({"min_identity": "x"}, dz.ParameterError, "min_identity"),
        ({"max_gap": -1}, dz.ParameterError, "max_gap"),
        ({"max_doc_freq": 1}, dz.ParameterError, "max_doc_freq"),
        ({"baseline": ["nobody"]}, dz.ParameterError, "nobody"),
        ({"baseline": pl.col("doc_id")}, dz.DataTypeError, "baseline"),
        ({"text": "body"}, dz.MissingColumnError, "body"),
    ],
)
def test_bad_input(arguments, error, words):
    with pytest.raises(error, match=words):
        dz.text_reuse(frame(A, B), **arguments)


def test_other_bad_input():
    docs = frame(A, B)
    with pytest.raises(dz.DataTypeError, match="docs"):
        dz.text_reuse(3)
    with pytest.raises(dz.ParameterError, match="overlap"):
        dz.passages(docs, overlap=0)
    with pytest.raises(dz.ParameterError, match="min_chars"):
        dz.passages(docs, reuse=dz.text_reuse(docs), min_chars=9)
    with pytest.raises(dz.MissingColumnError, match="year"):
        dz.passages(docs, date="year")
    with pytest.raises(dz.ParameterError, match="not there"):
        dz.passages(docs[:1], reuse=dz.text_reuse(docs))
    with pytest.raises(dz.DataTypeError, match="column 'text' of `docs` must be dates, numbers in time"):
        dz.diffusion(docs, date="text")
    with pytest.raises(dz.ParameterError, match="attribution"):
        dz.diffusion(docs.with_columns(year=1), date="year", attribution="some")
    with pytest.raises(dz.ParameterError, match="min_chars"):
        dz.shared_phrases(docs, min_chars=1)


def test_versions_of_a_passage():
    docs = frame(A, B, B.replace("摆在首位", "放在首位"), year=[2022, None, 2021])
    # The first stretch that all three have, and around it the longer one of two of them.
    found = dz.passages(docs, date="year", min_chars=10)
    assert found.group_by("passage").agg(pl.col("n_documents").first()).sort("passage")[
        "n_documents"
    ].to_list() == [3, 2]
    found = dz.passages(docs, date="year", min_chars=10, overlap=0.5)
    assert found["passage"].unique().to_list() == [0]
    assert found["doc_id"].to_list() == [2, 0, 1]
    assert found["first_seen"].unique().to_list() == [2021]
    assert found["is_first"].to_list() == [True, False, None]
    assert set(found["n_documents"]) == {3}
    assert found["n_variants"][0] >= 2


def test_diffusion_is_directed_by_date():
    day = datetime.date
    docs = frame(A, B, B, place=["x", "y", "y"], date=[day(2020, 1, 11), day(2020, 1, 1), None])
    edges = dz.diffusion(docs, date="date")
    assert edges.select("source", "target", "directed", "mean_lag", "lag_unit").rows() == [
        ("1", "2", False, None, "days"),
        ("1", "0", True, 10.0, "days"),
        ("0", "2", False, None, "days"),
    ] or set(edges.select("source", "target", "directed", "mean_lag").rows()) == {
        ("1", "2", False, None),
        ("1", "0", True, 10.0),
        ("0", "2", False, None),
    }
    groups = dz.diffusion(docs, date="date", by="place")
    assert set(groups.select("source", "target", "directed", "document_pairs").rows()) == {
        ("y", "x", True, 1),
        ("x", "y", False, 1),
    }
    graph = dz.diffusion_graph(groups)
    assert set(graph.edges) == {("y", "x"), ("x", "y")}
    assert graph["y"]["x"]["directed"] is True
    first = dz.diffusion(
        docs.with_columns(date=pl.Series([2020, 2019, 2021])), date="date", attribution="first"
    )
    assert set(first.select("source", "target", "directed").rows()) == {("1", "0", True), ("1", "2", True)}


def test_order_of_documents_does_not_matter():
    docs = frame(A, B, FORMULA + A, FORMULA + B, ids=["a", "b", "c", "d"])
    one = dz.reuse_pairs(docs)
    other = dz.reuse_pairs(docs.reverse())
    key = pl.concat_str(
        pl.min_horizontal("doc_id_1", "doc_id_2"), pl.max_horizontal("doc_id_1", "doc_id_2")
    ).alias("k")
    columns = ["k", "passages", "longest", "similarity", "weighted_similarity"]
    assert (
        one.with_columns(key)
        .select(columns)
        .sort("k")
        .equals(other.with_columns(key).select(columns).sort("k"))
    )


def test_gold_phrases(shared):
    """Every row of the annotated phrases of the two documents is found at its place, and nothing else."""
    gold = shared / "gold"
    docs = frame(
        *((gold / f"repaired/{k}.txt").read_text("utf-8") for k in ("001", "002")), ids=["001", "002"]
    )
    found = set(
        dz.shared_phrases(docs).select("phrase", "doc_id", "char_start", "char_end", "text").iter_rows()
    )
    with (gold / "reuse_001_002.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        wanted = {(r["phrase"], r["file"], int(r["start"]), int(r["end"]), r["surface"]) for r in rows}
    hits = len(found & wanted)
    print(f"phrases: precision {hits}/{len(found)}, recall {hits}/{len(wanted)}")
    assert found == wanted


def test_command_line(tmp_path, capsys):
    from duizhao.cli import main

    for name, text in (("a", A), ("b", B)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "about.csv").write_text("file,year\na.txt,2023\nb.txt,2021\n", encoding="utf-8")
    given = [str(tmp_path), "--metadata", str(tmp_path / "about.csv"), "--no-repair", "-q"]
    for rows, words in [
        ("passages", "坚持把党的政治建设，摆在首位"),
        ("pairs", "weighted_similarity"),
        ("clusters", "first_seen"),
        ("phrases", "坚持把党的政治建设"),
    ]:
        assert main(["reuse", *given, "--rows", rows]) == 0
        assert words in capsys.readouterr().out
    assert main(["reuse", *given, "--rows", "network", "--date", "year"]) == 0
    assert "b,a,true" in capsys.readouterr().out
    assert main(["reuse", *given, "--rows", "network"]) == 1
    assert "--date" in capsys.readouterr().err
