"""Dictionaries as people keep them: stray blanks, encodings."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz

TEXT = "我很高兴，他的难过不好受"


def found(dictionary: dz.Dictionary) -> list[tuple[str, str]]:
    return dz.lookup([TEXT], dictionary).select("category", "entry").rows()


BLANKS = [" ", "\t", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2003", "\u202f", " \u3000"]


@pytest.mark.parametrize("blank", BLANKS, ids=lambda b: "-".join(f"{ord(c):04x}" for c in b))
@pytest.mark.parametrize("kind", ["csv", "json", "dic", "lc3", "mapping", "frame", "weights"])
def test_blanks_nobody_sees_are_taken_off(tmp_path: Path, blank: str, kind: str) -> None:
    entries = {"正面": [f"{blank}高兴", f"好受{blank}"], f"负面{blank}": ["难过"]}
    path = tmp_path / f"d.{kind}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dz.DuizhaoWarning)
        if kind == "csv":
            rows = "".join(f"{name},{entry}\n" for name, listed in entries.items() for entry in listed)
            path.write_text("category,entry\n" + rows, encoding="utf-8")
        elif kind == "json":
            path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
        elif kind == "dic":
            body = f"%\n1\t正面\n2\t负面{blank}\n%\n{blank}高兴\t1\n好受{blank}\t1\n难过\t2\n"
            path.write_text(body, encoding="utf-8")
        elif kind == "lc3":
            path.write_text(f"+正面\n{blank}高兴\n好受{blank}\n+负面{blank}\n难过\n", encoding="utf-8")
        if path.exists():
            made = dz.Dictionary.load(path)
        elif kind == "frame":
            rows = [(name, entry) for name, listed in entries.items() for entry in listed]
            made = dz.Dictionary(pl.DataFrame(rows, schema=["category", "entry"], orient="row"))
        elif kind == "weights":
            made = dz.Dictionary({name: dict.fromkeys(listed, 1.0) for name, listed in entries.items()})
        else:
            made = dz.Dictionary(entries)
    assert made.to_frame().select("category", "entry").rows() == [
        ("正面", "高兴"),
        ("正面", "好受"),
        ("负面", "难过"),
    ]
    assert found(made) == [("正面", "高兴"), ("负面", "难过"), ("正面", "好受")]


def test_names_that_differ_in_blanks_are_one_category(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("category,entry\n正面 ,高兴\n正面,难过\n上 .中央,不好受\n", encoding="utf-8")
    with pytest.warns(dz.DuizhaoWarning, match="2 categories of the dictionary lose blanks"):
        assert dz.Dictionary.load(path).categories == ["正面", "上.中央"]
    with pytest.warns(dz.DuizhaoWarning, match="2 categories"):
        made = dz.Dictionary({"评价 ": {"正面\u3000": ["高兴"], "负面": ["难过"]}})
    assert made.categories == ["评价.正面", "评价.负面"]


def test_blanks_inside_stay_and_strings_that_bar_lose_theirs() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = dz.Dictionary(
            {"地名": ["New York", "云川 县"]}, exclusions=[" 印度尼西亚\u3000"], negation=["不 "]
        )
    assert made.to_frame()["entry"].to_list() == ["New York", "云川 县"]
    assert made.options["exclusions"] == ["印度尼西亚"]
    assert made.options["negation"]["words"] == ["不"]
    with pytest.raises(dz.DictionaryError, match="empty"):
        dz.Dictionary({"正面": [" "]})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("suffix", ["csv", "json", "dic", "lc3", "yml"])
def test_dictionaries_in_every_encoding(tmp_path: Path, encoding: str, suffix: str) -> None:
    content = {
        "csv": "category,entry\npos,高兴\nneg,难过\n",
        "json": '{"pos": ["高兴"], "neg": ["难过"]}',
        "dic": "%\n1\tpos\n2\tneg\n%\n高兴\t1\n难过\t2\n",
        "lc3": "+pos\n高兴\n+neg\n难过\n",
        "yml": "pos:\n  - 高兴\nneg:\n  - 难过\n",
    }[suffix]
    path = tmp_path / f"d.{suffix}"
    path.write_bytes(content.encode(encoding))
    assert found(dz.Dictionary.load(path)) == [("pos", "高兴"), ("neg", "难过")]


def test_big5_and_what_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "d.dic"
    path.write_bytes("%\n1\tpos\n%\n高興\t1\n歡樂\t1\n開心\t1\n".encode("big5"))
    assert dz.Dictionary.load(path).to_frame()["entry"].to_list() == ["高興", "歡樂", "開心"]
    path.write_bytes(("%\n1\tpos\n%\n" + "高兴\t1\n" * 20).encode() + b"\xe9\xab\t1\n")
    with pytest.raises(dz.DictionaryError, match=r"d\.dic, line 24: not valid in utf-8"):
        dz.Dictionary.load(path)
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(dz.FileError, match=r"d\.dic: no text"):
        dz.Dictionary.load(path)
    with pytest.raises(dz.FileError, match=r"none\.dic: no such file"):
        dz.Dictionary.load(tmp_path / "none.dic")
