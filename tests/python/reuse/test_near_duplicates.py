"""Near-duplicates, their recall, and what deduplication drops."""

from __future__ import annotations

import csv
import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao._base.schema import with_doc_id
from duizhao.reuse._schema import DUPLICATES

PAGE = "县委、县政府召开专题会议，研究部署乡村振兴工作，听取各镇汇报。"


def frame(*texts, **columns):
    return pl.DataFrame({"doc_id": list(range(len(texts))), "text": texts, **columns})


def grams(text, n):
    letters = [c for c in text if c.isalnum()]
    return {tuple(letters[i : i + n]) for i in range(max(1, len(letters) - n + 1))}


@given(
    st.lists(
        st.text("甲乙丙，", min_size=1, max_size=30).filter(lambda t: t.strip("，")), min_size=2, max_size=5
    )
)
@settings(max_examples=60, deadline=None)
def test_similarity_is_exact(texts):
    found = dz.near_duplicates(frame(*texts), min_similarity=0.3, size=2, hashes=512, recall=0.999)
    for one, other, similarity, containment in found.iter_rows():
        a, b = grams(texts[one], 2), grams(texts[other], 2)
        assert similarity == pytest.approx(len(a & b) / len(a | b))
        assert containment == pytest.approx(len(a & b) / min(len(a), len(b)))
        assert similarity >= 0.3


def test_empty_documents_are_reported():
    docs = frame(PAGE, "", PAGE, "……")
    with pytest.warns(dz.DuizhaoWarning, match="2 of 4 documents have no letter or digit.*1, 3"):
        found = dz.near_duplicates(docs)
    assert found.rows() == [(0, 2, 1.0, 1.0)]
    kept, dropped = dz.deduplicate(docs)
    assert kept["doc_id"].to_list() == [0, 1, 3]
    assert dropped.select("doc_id", "doc_id_kept", "kind", "similarity").rows() == [(2, 0, "near", 1.0)]


@pytest.mark.parametrize(
    "arguments",
    [
        {"min_similarity": 0.0}, {"min_similarity": 1.5}, {"min_similarity": "x"}, {"recall": 1.0}, {"hashes": 0},
        {"hashes": 5000}, {"size": 0}, {"seed": -1}, {"min_similarity": 0.001, "recall": 0.99},
    ],
)  # fmt: skip
def test_bad_numbers(arguments):
    with pytest.raises(dz.ParameterError):
        dz.near_duplicates(frame(PAGE, PAGE), **arguments)


def test_recall_curve():
    curve = dz.lsh_recall(min_similarity=0.7, hashes=100, recall=0.9)
    bands, rows = curve["bands"][0], curve["rows"][0]
    for s, recall in curve.select("similarity", "recall").iter_rows():
        assert recall == pytest.approx(1 - (1 - s**rows) ** bands)
    assert dz.lsh_recall(min_similarity=0.7, similarities=[0.7])["recall"][0] >= 0.95
    with pytest.raises(dz.ParameterError):
        dz.lsh_recall(similarities=[2.0])


def test_deduplicate_keeps_the_first_by_order():
    docs = frame(PAGE, PAGE.replace("汇报", "报告"), PAGE, "别的事情", date=["2024", None, "2023", "2022"])
    kept, dropped = dz.deduplicate(docs, kind="exact", order="date")
    assert kept["doc_id"].to_list() == [1, 2, 3]
    assert dropped.select("doc_id", "doc_id_kept").rows() == [(0, 2)]
    kept, dropped = dz.deduplicate(docs, order="date", min_similarity=0.6)
    assert kept["doc_id"].to_list() == [2, 3]
    assert dropped["doc_id_kept"].to_list() == [2, 2]
    assert dropped.schema == {**with_doc_id(DUPLICATES, pl.Int64()), "date": pl.String()}
    with pytest.raises(dz.ParameterError, match="kind"):
        dz.deduplicate(docs, kind="all")
    with pytest.raises(dz.MissingColumnError, match="day"):
        dz.deduplicate(docs, order="day")


def test_a_chain_does_not_swallow_its_end():
    texts = ["".join(chr(0x5000 + i) for i in range(start, start + 60)) for start in (0, 8, 16)]
    near = dz.near_duplicates(frame(*texts), min_similarity=0.7, recall=0.9999)
    assert set(near.select("doc_id_1", "doc_id_2").iter_rows()) == {(0, 1), (1, 2)}
    kept, dropped = dz.deduplicate(frame(*texts), min_similarity=0.7, recall=0.9999)
    assert kept["doc_id"].to_list() == [0, 2]
    assert dropped["doc_id"].to_list() == [1]


def test_passages_are_taken_out():
    common = "本报讯记者从县政协获悉今日召开会议"
    docs = frame(
        f"{common}\n第一篇的正文说的是一件事情。", f"第二篇的正文说的是另一件事情。\n\n{common}\n结尾。"
    )
    kept, dropped = dz.deduplicate(docs, kind="passage")
    assert kept["text"].to_list() == [docs["text"][0], "第二篇的正文说的是另一件事情。\n\n结尾。"]
    row = dropped.row(0, named=True)
    assert (row["doc_id"], row["doc_id_kept"], row["text"]) == (1, 0, common)
    assert docs["text"][1][row["char_start"] : row["char_end"]] == common
    assert dropped.schema == with_doc_id(DUPLICATES, pl.Int64())


def test_expression_is_lazy_and_streams():
    lazy = pl.LazyFrame({"text": [PAGE, None, "……"] * 100}).select(pl.col("text").zh.minhash(hashes=32))
    assert lazy.collect_schema()["text"] == pl.List(pl.UInt32)
    eager = lazy.collect()["text"]
    assert eager.equals(lazy.collect(engine="streaming")["text"])
    assert len(eager[0]) == 32
    assert eager[1] is None
    assert eager[2].to_list() == []
    with pytest.raises(dz.ParameterError):
        pl.col("text").zh.minhash(size=0)


def read(folder, pairs):
    with (folder / pairs).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def versions(shared):
    folder = shared / "reuse/state_council_versions"
    pairs = [r for r in read(folder, "pairs.csv") if r["label"] == "same_report"]
    names = sorted({name for r in pairs for name in (r["a"], r["b"])})
    texts = [(folder / name).read_text("utf-8") for name in names]
    docs = pl.DataFrame({"doc_id": names, "text": texts})
    return docs.with_columns(pl.col("text").zh.to_simplified()), pairs


def test_similarities_agree_with_the_published_ones(shared):
    """Jaccard and containment of Han 8-grams as the data's own table has them (four decimals), raw scripts."""
    folder = shared / "reuse/state_council_versions"
    rows = read(folder, "pairs.csv")
    names = sorted({name for r in rows for name in (r["a"], r["b"])})
    texts = [
        re.sub("[^\u3400-\u4dbf\u4e00-\u9fff]", "", (folder / name).read_text("utf-8")) for name in names
    ]
    docs = pl.DataFrame({"doc_id": names, "text": texts})
    found = dz.near_duplicates(docs, min_similarity=0.02, size=8, hashes=256, recall=0.99)
    got = {frozenset(row[:2]): row[2:] for row in found.iter_rows()}
    for r in rows:
        similarity, containment = got[frozenset((r["a"], r["b"]))]
        assert similarity == pytest.approx(float(r["jaccard_han8"]), abs=6e-5)
        assert containment == pytest.approx(float(r["containment_han8"]), abs=6e-5)


def test_same_reports_are_found_and_no_others(shared):
    docs, pairs = versions(shared)
    found = dz.near_duplicates(docs, min_similarity=0.5, size=8, recall=0.99)
    got = {frozenset(row) for row in found.select("doc_id_1", "doc_id_2").iter_rows()}
    wanted = {frozenset((r["a"], r["b"])) for r in pairs}
    assert len(wanted) == 77
    print(f"same reports: {len(got & wanted)} of {len(wanted)} found, {len(got - wanted)} others")
    assert wanted <= got
    years = [{name.split("/")[1] for name in pair} for pair in got - wanted]
    assert [pair for pair in years if len(pair) > 1] == []


def test_versions_of_regulations_are_ranked(shared):
    rows = read(shared / "reuse/localregs_versions", "pairs.csv")
    names = sorted({name for r in rows for name in (r["a"], r["b"])})
    docs = pl.DataFrame(
        {"doc_id": names, "text": [(shared / "localregs" / name).read_text("utf-8") for name in names]}
    )
    found = dz.reuse_pairs(docs)
    got = {frozenset((a, b)): s for a, b, s in found.select("doc_id_1", "doc_id_2", "similarity").iter_rows()}
    ranks = pl.DataFrame(
        {
            "known": [float(r["jaccard_han8"]) for r in rows],
            "found": [got.get(frozenset((r["a"], r["b"])), 0.0) for r in rows],
        }
    )
    rho = ranks.select(pl.corr("known", "found", method="spearman")).item()
    print(f"versions of regulations: Spearman {rho:.3f} over {len(rows)} pairs")
    assert len(rows) == 23
    assert rho > 0.95


def test_command_line(tmp_path, capsys):
    from duizhao.cli import main

    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PAGE, encoding="utf-8")
    assert main(["duplicates", str(tmp_path), "--no-repair", "-q"]) == 0
    assert "a,b,1.0,1.0" in capsys.readouterr().out
    assert main(["duplicates", str(tmp_path), "--no-repair", "-q", "--kind", "exact"]) == 0
    assert "b,a,exact" in capsys.readouterr().out
