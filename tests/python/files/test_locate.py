"""From places back to pages, paragraphs and cells: of raw and of cleaned texts, of pairs, over borders."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz
from duizhao.files.locate import _Document

FILES = Path(__file__).parents[2] / "data" / "files"


@pytest.fixture(scope="module")
def docs() -> pl.DataFrame:
    names = ("qinglu_2024.pdf", "songpo_2024.docx")
    return dz.read_texts([FILES / name for name in names])


@pytest.mark.parametrize("clean", [False, True])
def test_claims_lead_back_to_their_page(docs: pl.DataFrame, clean: bool) -> None:
    cleaned = dz.clean(docs) if clean else docs
    found = dz.locate(dz.claims(cleaned), cleaned)
    rows = {row["surface"]: (Path(row["path"]).name, row["part"]) for row in found.iter_rows(named=True)}
    assert rows["86.4亿元"] == ("qinglu_2024.pdf", "page 1")
    assert rows["310公里"] == ("qinglu_2024.pdf", "page 2")
    assert rows["240万吨"] == ("qinglu_2024.pdf", "page 2")
    assert rows["15家"] == ("qinglu_2024.pdf", "page 3")
    assert rows["73家"] == ("songpo_2024.docx", "paragraph 7")
    # The text of the part holds the place.
    parts = {
        (row["doc_id"], part["label"]): row["raw"][part["char_start"] : part["char_end"]]
        for row in docs.select("doc_id", "parts", pl.col("text").alias("raw")).iter_rows(named=True)
        for part in row["parts"]
    }
    for row in found.iter_rows(named=True):
        if "–" not in row["part"]:
            page = "".join(parts[row["doc_id"], row["part"]].split())
            assert "".join(row["surface"].split()) in page


def test_places_without_raw_ones_go_through_the_edits(docs: pl.DataFrame) -> None:
    cleaned = dz.clean(docs)
    claims = dz.claims(cleaned)
    by_raw = dz.locate(claims, cleaned)["part"]
    assert by_raw.null_count() == 0
    assert dz.locate(claims.drop("raw_start", "raw_end"), cleaned)["part"].equals(by_raw)


def test_pairs_repairs_and_lines_of_concordances(docs: pl.DataFrame) -> None:
    cleaned = dz.clean(docs)
    pairs = dz.locate(dz.text_reuse(cleaned, min_chars=8), cleaned)
    assert {"path_1", "part_1", "path_2", "part_2"} <= set(pairs.columns)
    assert pairs.height and pairs["part_1"].null_count() == pairs["part_2"].null_count() == 0
    edits = dz.locate(dz.repairs(cleaned), cleaned)
    assert edits["part"].null_count() == 0 and {"page 1", "page 3"} <= set(edits["part"])
    lines = dz.locate(dz.kwic(dz.tokens(cleaned), "码头"), cleaned)
    assert lines["part"].to_list() == ["page 1", "page 2"]


def test_cells_and_files_without_parts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("新建学校8所。", encoding="utf-8")
    docs = dz.read_texts([tmp_path / "a.txt", FILES / "news_2024.xlsx"], text="正文")
    found = dz.locate(dz.claims(docs), docs)
    rows = dict(found.select("surface", "part").rows())
    assert rows["8所"] is None and rows["3.6亿元"] == "cell 要闻!E4"
    # Twice is once; documents of other shapes have no parts, and no path.
    assert dz.locate(found, docs).equals(found)
    plain = dz.locate(dz.claims({"a": "新建学校8所。"}), {"a": "新建学校8所。"})
    assert plain.select("path", "part").rows() == [(None, None)]


def test_a_place_over_a_border() -> None:
    labels = [("page 1", 0, 4), ("page 2", 4, 9), ("page 3", 9, 12)]
    parts = [{"kind": "page", "label": name, "char_start": a, "char_end": b} for name, a, b in labels]
    document = _Document.of(parts, None)
    for (start, stop), expected in {
        (0, 4): "page 1", (3, 5): "page 1 – page 2", (4, 4): "page 2", (2, 11): "page 1 – page 3", (12, 12): "page 3",
    }.items():  # fmt: skip
        assert document.part(start, stop) == expected, (start, stop)


TEXTS = st.text(alphabet="县会议 \n　12３%&nbsp;\u200b，。", max_size=60)


@given(TEXTS)
def test_the_way_through_edits_is_that_of_the_core(text: str) -> None:
    docs = dz.clean(pl.DataFrame({"doc_id": ["a"], "text": [text]}), boilerplate=False)
    found = dz.sentences(docs, unit="clause")
    document = _Document.of([], docs["edits"][0].to_list())
    for row in found.iter_rows(named=True):
        places = document._raw(row["char_start"], end=False), document._raw(row["char_end"], end=True)
        assert places == (row["raw_start"], row["raw_end"])


def test_refusals(docs: pl.DataFrame) -> None:
    with pytest.raises(
        dz.MissingColumnError,
        match=r"`hits` must have the columns 'raw_start' and 'raw_end', or 'char_start'",
    ):
        dz.locate(docs.select("doc_id"), docs)
    with pytest.raises(dz.MissingColumnError, match="`hits` must have the column 'doc_id'"):
        dz.locate(pl.DataFrame({"raw_start": [1]}), docs)
    with pytest.raises(dz.DataTypeError, match="`hits`"):
        dz.locate([1], docs)  # type: ignore[arg-type]
    with pytest.raises(dz.DataTypeError, match="'parts' of `docs`"):
        dz.locate(dz.claims(docs), docs.with_columns(parts=pl.lit(1)))
    with pytest.raises(dz.DataTypeError, match="doc_id"):
        dz.locate(pl.DataFrame({"doc_id": [1], "char_start": [0], "char_end": [1]}), docs)
