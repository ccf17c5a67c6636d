"""Names of files that are no UTF-8, as archives of Chinese Windows leave them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao._base.names import on_disk, shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")

TEXT = "县政协召开全体会议，听取工作报告。"


def written(folder: Path, name: bytes, content: str = TEXT) -> Path:
    path = os.fsencode(folder) + b"/" + name
    with open(path, "wb") as file:  # noqa: PTH123 - a Path cannot be made of these bytes alone
        file.write(content.encode())
    return Path(os.fsdecode(path))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("报告".encode("gbk"), "报告"),
        ("云川县2024年工作总结".encode("gb18030"), "云川县2024年工作总结"),
        ("材料".encode("gbk") + b" (1)", "材料 (1)"),
        (b"caf\xe9", "caf\ufffd"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        ("好".encode(), "好"),
    ],
)
def test_such_a_file_is_read_under_a_readable_name(tmp_path: Path, name: bytes, expected: str) -> None:
    path = written(tmp_path, name + b".txt")
    written(tmp_path, b"ok.txt", "委员提出提案。")
    docs = dz.read_texts(tmp_path)
    assert dict(docs.select("doc_id", "text").rows()) == {"ok": "委员提出提案。", expected: TEXT}
    assert f"{tmp_path}/{expected}.txt" in docs["path"].to_list()
    # The path that is shown leads back to the file.
    assert on_disk(f"{tmp_path}/{expected}.txt") == path
    assert dz.read_texts(f"{tmp_path}/{expected}.txt")["text"].to_list() == [TEXT]
    assert dz.tokens(docs).dfm().shape[0] == 2


def test_folders_tables_and_metadata(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("县里".encode("gbk"))
    folder.mkdir()
    written(folder, "报告".encode("gbk") + b".txt")
    written(folder, "总结".encode("gbk") + b".md", "总结全年工作。")
    (tmp_path / "about.csv").write_text("file,year\n县里/报告.txt,2023\n总结,2024\n", encoding="utf-8")
    docs = dz.read_texts(tmp_path, metadata=tmp_path / "about.csv")
    assert docs.select("doc_id", "year").sort("doc_id").rows() == [("总结", 2024), ("报告", 2023)]
    table = written(tmp_path, "表".encode("gbk") + b".csv", "doc_id,text\n1,县政协\n")
    assert dz.read_texts(table)["path"].to_list() == [f"{tmp_path}/表.csv"]


def test_two_that_look_the_same_stay_two(tmp_path: Path) -> None:
    written(tmp_path, "报告".encode("gbk") + b".txt", "一")
    written(tmp_path, "报告".encode() + b".txt", "二")
    with pytest.raises(dz.DataError, match=r"'doc_id' must be unique.*报告"):
        dz.read_texts(tmp_path)


def test_problems_name_it_readably(tmp_path: Path) -> None:
    written(tmp_path, "报告".encode("gbk") + b".csv", "body\n县\n")
    written(tmp_path, b"ok.txt")
    with pytest.warns(dz.UnreadableFileWarning, match=r"报告\.csv: no column 'text'"):
        assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["ok"]
    with pytest.raises(dz.FileError, match=r"no such file"):
        dz.read_texts(tmp_path / os.fsdecode("缺".encode("gbk") + b".txt"))


def test_the_commands_write_and_verify_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from duizhao.cli import main

    monkeypatch.chdir(tmp_path)
    for n in range(4):
        written(tmp_path, f"报告{n}".encode("gbk") + b".txt", TEXT * (n + 2) + "推动高质量发展。" * n)
    names = [os.fsdecode(f"报告{n}".encode("gbk") + b".txt") for n in range(4)]
    assert main(["compare", *names, "--out", "page"]) == 0
    facts = json.loads((tmp_path / "page" / "manifest.json").read_text(encoding="utf-8"))
    listed = [entry["path"] for entry in facts["reproducible"]["inputs"]]
    assert listed == [f"报告{n}.txt" for n in range(4)]
    assert main(["verify", "page/manifest.json"]) == 0


def test_plain_names_are_left_alone(tmp_path: Path) -> None:
    for name in ("材料 (1)[2]/甲 乙.txt", "a/b/", "", "C:\\x"):
        assert shown(name) == name
    assert on_disk(tmp_path / "none" / "x.txt") == tmp_path / "none" / "x.txt"
    assert pl.Series([shown(os.fsdecode(b"\xbc\xd7.txt"))]).to_list() == ["甲.txt"]
