"""A folder of all kinds: one frame, one comparison, a page that says what was left out; the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao.cli import main
from duizhao.report.messages import part_of_file

FILES = Path(__file__).parents[2] / "data" / "files"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "held"
    place.mkdir()
    for name in ("qinglu_2024.pdf", "songpo_2024.docx", "songpo_2024.doc", "letters.zip", "columns.pdf"):
        shutil.copy(FILES / name, place)
    (place / "note.txt").write_text("北湾码头二期工程开工，总投资3.6亿元。", encoding="gb18030")
    (place / "notes.csv").write_text("doc_id,text\nn1,松坡县造林绿化5.4万亩。\n", encoding="utf-8")
    # What Word leaves beside a file that is open, a picture, a hidden file.
    (place / "~$songpo_2024.docx").write_bytes(bytes(162))
    (place / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (place / ".draft.docx").write_bytes(b"x")
    return place


def test_one_frame_in_the_order_of_the_paths(folder: Path) -> None:
    with pytest.warns(dz.UnreadableFileWarning) as caught:
        docs = dz.read_texts(folder)
    assert docs["doc_id"].to_list() == ["columns", "101", "102", "note", "n1", "qinglu_2024", "songpo_2024"]
    assert docs["encoding"].to_list() == [None, "utf-8", "utf-8", "gb18030", "utf-8", None, None]
    assert docs["parts"].list.len().to_list() == [1, None, None, None, None, 3, 13]
    # The message names the file, and the warning holds all.
    (problem,) = caught[0].message.problems
    assert problem.startswith(f"{folder / 'songpo_2024.doc'}: a Word 97-2003 file") and problem in str(
        caught[0].message
    )
    with pytest.raises(dz.FileError, match="a Word 97-2003 file"):
        dz.read_texts(folder, on_error="raise")
    assert dz.read_texts(folder, on_error="ignore").equals(docs)


def test_parts_ride_with_the_documents_and_with_nothing_else(folder: Path) -> None:
    docs = dz.clean(dz.read_texts(folder, on_error="ignore"))
    assert "parts" in docs.columns and "parts" in dz.restore(docs).columns
    for frame in (
        dz.claims(docs),
        dz.sentences(docs),
        dz.tokens(docs).to_frame(),
        dz.text_reuse(docs),
        dz.tokens(docs).documents,
    ):
        assert "parts" not in frame.columns and "parts_1" not in frame.columns
    with pytest.raises(dz.MissingColumnError, match="metadata"):
        dz.claims(docs, metadata=["parts"])


def test_a_name_that_occurs_twice(tmp_path: Path) -> None:
    for name in ("songpo_2024.docx", "songpo_2024.odt", "songpo_2024.txt"):
        shutil.copy(FILES / name, tmp_path)
    docs = dz.read_texts(tmp_path)
    assert docs["doc_id"].to_list() == ["songpo_2024.docx", "songpo_2024.odt", "songpo_2024.txt"]
    assert docs["text"].str.strip_chars().n_unique() == 1


def test_content_counts_and_no_name(tmp_path: Path) -> None:
    for name, called in (
        ("songpo_2024.docx", "a.txt"),
        ("qinglu_2024.pdf", "b.docx"),
        ("news_2024.xlsx", "c.csv"),
        ("letters.zip", "d.txt"),
    ):
        shutil.copy(FILES / name, tmp_path / called)
    docs = dz.read_texts(tmp_path, text="正文")
    assert docs["path"].str.strip_prefix(f"{tmp_path}/").unique(maintain_order=True).to_list() == [
        "a.txt", "b.docx", "c.csv", "d.txt/letters/101.txt", "d.txt/letters/102.txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("library", "package", "name"),
    [("pypdfium2", "pypdfium2", "qinglu_2024.pdf"), ("docx", "python-docx", "songpo_2024.docx"), ("python_calamine", "python-calamine", "news_2024.xlsx")],
)  # fmt: skip
def test_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: str, package: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    shutil.copy(FILES / name, tmp_path)
    (tmp_path / "a.txt").write_text("县政协召开会议", encoding="utf-8")
    with pytest.warns(
        dz.UnreadableFileWarning, match=rf'{package} is needed: pip install "duizhao\[files\]"'
    ):
        assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["a"]


def test_compare_tells_pages_kinds_and_what_was_left_out(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["compare", str(folder), "--out", str(out)]) == 0
    assert "songpo_2024.doc: a Word 97-2003 file" in capsys.readouterr().err
    for table, columns in (
        ("claims", ["part"]),
        ("kwic", ["part"]),
        ("repairs", ["part"]),
        ("passages", ["part_1", "part_2"]),
    ):
        frame = pl.read_parquet(out / "tables" / f"{table}.parquet")
        assert frame.columns[-len(columns) :] == columns
    claims = pl.read_parquet(out / "tables" / "claims.parquet").filter(doc_id="qinglu_2024")
    assert dict(claims.select("surface", "part").rows())["15家"] == "page 3"
    page = (out / "index.html").read_text("utf-8")
    assert "读入的文献按文件种类：.txt 3, .pdf 2, .csv 1, .docx 1。" in page and "没有读入的文件（1）" in page
    assert '<span class="note">第3页</span>' in page and '<span class="note">第7段</span>' in page
    # An archive is an input, once; a frame without paths says nothing of files.
    inputs = [
        Path(one["path"]).name
        for one in json.loads((out / "manifest.json").read_text("utf-8"))["reproducible"]["inputs"]
    ]
    assert inputs == [
        "columns.pdf",
        "letters.zip",
        "note.txt",
        "notes.csv",
        "qinglu_2024.pdf",
        "songpo_2024.docx",
    ]
    dz.report({"a": "县政协召开会议", "b": "渔民出海"}, path=tmp_path / "plain.html")
    plain = (tmp_path / "plain.html").read_text("utf-8")
    assert "按文件种类" not in plain and "没有读入的文件" not in plain


@pytest.mark.parametrize(
    ("command", "expected"),
    [(["claims"], "page 2"), (["kwic", "码头"], "page 1"), (["sentences"], "page 3"), (["lookup", "orientation"], "page 1"), (["bodies"], "page 1")],
)  # fmt: skip
def test_commands_tell_the_page(
    command: list[str], expected: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([*command, str(FILES / "qinglu_2024.pdf")]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8"))))
    assert expected in {row["part"] for row in rows}
    assert main([*command, str(FILES / "qinglu_2024.txt")]) == 0
    assert b",part" not in capsysbinary.readouterr().out.partition(b"\n")[0]


def test_standard_input_may_be_a_file_of_any_kind(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    class Input:
        buffer = io.BytesIO((FILES / "songpo_2024.docx").read_bytes())

    monkeypatch.setattr(sys, "stdin", Input())
    assert main(["claims", "-"]) == 0
    assert "paragraph 7" in capsysbinary.readouterr().out.decode("utf-8")


def test_places_in_words() -> None:
    for label, zh, en in (
        ("page 3", "第3页", "page 3"), ("table 1 row 2", "表1第2行", "table 1 row 2"), ("cell 报告!B7", "报告!B7", "报告!B7"),
        ("footnote 2", "脚注2", "footnote 2"), ("paragraph 9 – table 1 row 1", "第9段 – 表1第1行", "paragraph 9 – table 1 row 1"), (None, "", ""),
    ):  # fmt: skip
        assert (part_of_file(label, "zh"), part_of_file(label, "en")) == (zh, en)
