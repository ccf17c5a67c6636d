"""Lists of words: the frame, and the page that shows them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao.discourse._schema import WORD_LISTS

ROOT = Path(__file__).parents[3]


def lines(path: Path) -> list[list[str]]:
    """The cells of the lines below the head."""
    text = path.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_every_line_of_every_file_is_a_row():
    frame = dz.word_lists()
    assert frame.schema == WORD_LISTS
    folder = ROOT / "src" / "lists"
    files = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.glob("*/*.txt")}
    assert frame["list"].unique(maintain_order=True).to_list() == sorted(files)
    for (name,), part in frame.group_by("list", maintain_order=True):
        assert part["entry"].to_list() == [cells[0] for cells in lines(files[str(name)])]
    assert frame.null_count().row(0) == (0, 0, 0, 0, 0)


def test_other_columns():
    frame = dz.word_lists("number/before").filter(pl.col("entry") == "近")
    assert frame["columns"].to_list() == [["direction", "not_behind"]]
    assert frame["values"].to_list() == [["below", "最附临邻靠远亲就新晋"]]
    plain = dz.word_lists("number/before").filter(pl.col("entry") == "不到")
    assert plain["values"].to_list() == [["below", None]]
    assert dz.word_lists("claims/verbs")["values"].list.len().unique().to_list() == [0]


def test_topics():
    topic = dz.word_lists("claims")
    assert topic.equals(dz.word_lists().filter(pl.col("list").str.starts_with("claims/")))
    assert topic.schema == WORD_LISTS and "claims/verbs" in topic["list"]


def test_bad_names():
    with pytest.raises(
        dz.ParameterError,
        match=r"`name` must be a topic .*claims.*got 'claims/verb'; did you mean 'claims/verbs'\?",
    ):
        dz.word_lists("claims/verb")
    with pytest.raises(dz.DataTypeError, match="`name`"):
        dz.word_lists(3)  # type: ignore[arg-type]


def test_the_page_is_up_to_date():
    command = [sys.executable, str(ROOT / "docs" / "make_lists.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
