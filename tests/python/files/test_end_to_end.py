"""Read, clean, compare: what LibreOffice laid out comes back as it was written, paragraph by paragraph."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao.cli import main

DATA = Path(__file__).parents[2] / "data"
FILES = DATA / "files"


def cleaned(path: Path) -> str:
    docs = dz.clean(dz.read_texts(path))
    assert dz.restore(docs)["text"].equals(dz.read_texts(path)["text"])
    return str(docs["text"][0])


def written(name: str) -> list[str]:
    """The paragraphs as they were written; a title whose letters are spaced is one word all the same."""
    return (FILES / name).read_text("utf-8").rstrip("\n").split("\n")


def test_a_pdf_is_what_was_written_paragraphs_whole_without_running_heads_and_page_numbers() -> None:
    assert cleaned(FILES / "qinglu_2024.pdf").split("\n") == written("qinglu_2024.txt")


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_word_file_is_what_was_written(kind: str) -> None:
    assert cleaned(FILES / f"songpo_2024.{kind}").split("\n") == written("songpo_2024.txt")


def test_columns_are_what_was_written() -> None:
    """Of one page alone nobody knows what its head is, and whether the number counts pages."""
    head, *text, number = cleaned(FILES / "columns.pdf").split("\n")
    assert (head, number) == ("松坡县第九届人民代表大会文件", "— 1 —")
    assert text == written("songpo_2024.txt")


def test_compare_sees_what_was_written(tmp_path: Path) -> None:
    """The command on the files, and on the plain texts: the same words, claims and passages."""
    held, plain = tmp_path / "held", tmp_path / "plain"
    for folder, names in (
        (held, ("qinglu_2024.pdf", "songpo_2024.docx")),
        (plain, ("qinglu_2024.txt", "songpo_2024.txt")),
    ):
        folder.mkdir()
        for name in names:
            shutil.copy(FILES / name, folder)
        assert (
            main(
                [
                    "compare",
                    str(folder),
                    "--out",
                    str(tmp_path / f"{folder.name}-out"),
                    "--tables",
                    "parquet",
                    "-q",
                ]
            )
            == 0
        )
    for table, columns in (
        ("texts", ["doc_id", "text"]),
        ("features", ["feature", "count", "doc_freq"]),
        ("claims", ["doc_id", "surface", "value", "unit", "object", "char_start"]),
        ("slogans", ["doc_id", "surface", "char_start"]),
        ("keyness", ["target", "feature", "count_target", "log_likelihood"]),
    ):
        found, expected = (
            pl.read_parquet(tmp_path / f"{name}-out/tables/{table}.parquet").select(columns)
            for name in ("held", "plain")
        )
        assert found.equals(expected), table


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_writes_now(tmp_path: Path) -> None:
    """The committed files may be of another version than the one that is installed."""
    spec = importlib.util.spec_from_file_location("make_files", DATA / "make_files.py")
    assert spec is not None and spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    sys.modules["make_files"] = maker
    spec.loader.exec_module(maker)
    maker.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in FILES.iterdir()}
    for name in ("qinglu_2024.pdf", "songpo_2024.docx", "songpo_2024.odt", "columns.pdf"):
        assert cleaned(tmp_path / name) == cleaned(FILES / name), name
    for kind in ("xlsx", "ods", "xls"):
        read, kept = (
            dz.read_texts(place / f"news_2024.{kind}", text="正文").drop("path")
            for place in (tmp_path, FILES)
        )
        assert read.equals(kept), kind
