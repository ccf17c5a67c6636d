"""Claims: forms of numbers, amounts and ranks, what is counted and moved, and numerals without end."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import duizhao as dz


def read(text: str) -> list[dict[str, Any]]:
    """The claims of a text, with what is written under ``surface``."""
    return list(dz.claims(pl.DataFrame({"doc_id": ["a"], "text": [text]})).iter_rows(named=True))


def surfaces(text: str) -> list[str]:
    return [row["surface"] for row in read(text)]


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("公司挪用一二○萬元。", "一二○萬元", 1_200_000, "元"),
        ("补助四五○萬元。", "四五○萬元", 4_500_000, "元"),
        ("購買卅一．五吋面板。", "卅一．五吋", 31.5, "吋"),
        ("氣溫廿七．八℃。", "廿七．八℃", 27.8, "℃"),
        ("面積四十二．七坪。", "四十二．七坪", 42.7, "坪"),
        ("增长８ ．３％。", "８ ．３％", 8.3, "%"),
        ("拨款６． ４亿元。", "６． ４亿元", 640_000_000, "元"),
        ("政府负债达500兆。", "500兆", 500e12, None),
        ("走了四里半。", "四里半", 4.5, "里"),
        ("河宽二十里半。", "二十里半", 20.5, "里"),
        ("历时三年半建成。", "三年半", 3.5, "年"),
        ("干了两年半。", "两年半", 2.5, "年"),
    ],
)
def test_forms_of_numbers(text: str, surface: str, value: float, unit: str | None) -> None:
    (row,) = read(text)
    assert (row["surface"], row["value"], row["unit"]) == (surface, pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text", ["带宽达500兆。", "下载速率提高到300兆。", "三里半导体厂。", "三年半前动工。"]
)
def test_what_is_no_such_amount(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["收入翻番。", "总产量翻了番。", "出口额实现翻番。", "市值有望翻番。"])
def test_doubling_needs_no_number(text: str) -> None:
    (row,) = read(text)
    assert (row["value"], row["unit"], row["change"], row["number_text"]) == (1, "番", 100, "")
    assert row["direction"] == "exact" and row["surface"] in ("翻番", "翻了番")


def test_a_label_of_doublings_is_none() -> None:
    assert read("实施“两翻番、一冲刺”战略。") == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("增速居全省首位。", "首位"),
        ("产量位居全国榜首。", "榜首"),
        ("荣登榜首。", "榜首"),
        ("夺得头名。", "头名"),
        ("粮食产量全国首位。", "首位"),
        ("总量稳居全省第一。", "第一"),
    ],
)
def test_the_first_place_by_its_name(text: str, surface: str) -> None:
    (row,) = read(text)
    assert (row["surface"], row["kind"], row["value"]) == (surface, "rank", 1)


@pytest.mark.parametrize("text", ["把安全放在首位。", "首位书记。", "摆在首位抓落实。", "城市首位度高。"])
def test_what_comes_first_is_no_rank(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "thing", "verb"),
    [
        ("股价涨逾7%。", "股价", "涨"),
        ("投资少增3%。", "投资", "少增"),
        ("出口额跌超5%。", "出口额", "跌"),
        ("贷款多增200亿元。", "贷款", "多增"),
        ("油价跌近4%。", "油价", "跌"),
    ],
)
def test_what_moved_and_how(text: str, thing: str, verb: str) -> None:
    (row,) = read(text)
    assert (row["object"], row["verb"]) == (thing, verb)


@pytest.mark.parametrize("piece", ["1", "1,", "第一，", "111,", "亿", "百", "一", "二．"])
def test_numerals_without_end(piece: str) -> None:
    # That the work grows with the text, and not with its square, is counted by benches/instructions.py.
    assert read(piece * 32_000) == []
