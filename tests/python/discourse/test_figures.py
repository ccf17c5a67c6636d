"""Figures of claims as users meet them: blanks, signs, parts, rates, currencies. The rules one by one: `tests/rust/figures.rs`."""

from __future__ import annotations

import re

import polars as pl
import pytest

import duizhao as dz


def found(text: str) -> pl.DataFrame:
    return dz.claims(pl.DataFrame({"doc_id": ["a"], "text": [text]}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共修路 36 公里。", [("36 公里", 36.0, "公里", 36_000.0)]),
        ("拨付 2 750 万元。", [("2 750 万元", 27.5e6, "元", 27.5e6)]),
        ("惠及4万多村民。", [("4万多", 4e4, None, 4e4)]),
        ("投运60兆瓦。", [("60兆瓦", 60.0, "兆瓦", 60_000.0)]),
        ("利润为-3.6亿元。", [("-3.6亿元", -3.6e8, "元", -3.6e8)]),
        ("罚款45元6角7分。", [("45元6角7分", 45.67, "元", 45.67)]),
        ("在建2×66万千瓦机组。", [("2×66万千瓦", 1.32e6, "千瓦", 1.32e6)]),
        ("含量3mg/L。", [("3mg/L", 3.0, "mg/L", 3.0)]),
        ("新臺幣700萬元，擴大採購。", [("新臺幣700萬元", 7e6, "新台币", 7e6)]),
        ("面积3.2万㎡。", [("3.2万㎡", 32_000.0, "㎡", 32_000.0)]),
        ("他三番五次来访。", []),
        ("前11个月快速增长。", []),
    ],
)
def test_figures(text: str, expected: list[tuple[object, ...]]) -> None:
    assert found(text).select("surface", "value", "unit", "value_normalised").rows() == expected


def test_numbers_alone_have_signs_and_blanks() -> None:
    texts = ["-5", "负三", "±5", "1 200", "8.5 %", "1.2万多", "9 8 7"]
    numbers = dz.parse_numbers(texts)
    assert numbers["value"].to_list() == pytest.approx([-5, -3, 0, 1200, 0.085, 12_000, None], nan_ok=True)
    assert numbers.row(5, named=True)["upper"] == 13_000


def test_spans_keep_blanks_and_stay_in_their_sentence() -> None:
    text = "全年拨付 2.7 亿元。其中 GDP 增长 8. 5%，比上年新建 12 个项目。"
    for row in found(text).iter_rows(named=True):
        assert text[row["char_start"] : row["char_end"]] == row["surface"]
        assert row["surface"] in row["sentence_text"]


def spaced(text: str) -> str:
    """Blanks between Chinese characters and digits or letters, as some editors and sites set them."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])", " ", text)
    return re.sub(r"(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])", " ", text)


def test_spaced_reports_keep_their_claims(shared) -> None:
    files = sorted((shared / "workreports" / "state_council").glob("20*.txt"))[-8:]
    assert len(files) == 8
    texts = [file.read_text(encoding="utf-8") for file in files]
    columns = ["doc_id", "value", "unit", "direction", "kind", "change"]
    plain, wide = (
        dz.claims(pl.DataFrame({"doc_id": range(8), "text": version}))
        for version in (texts, [spaced(text) for text in texts])
    )
    kept = plain.select(columns).join(wide.select(columns).unique(), on=columns, how="semi", nulls_equal=True)
    assert kept.height >= 0.99 * plain.height
    assert abs(wide.height - plain.height) <= 0.01 * plain.height


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("净利率提高1.7个百分点至22.4%。", [(1.7, "百分点"), (None, None)]),
        ("淨利率下滑4個百分點到9%。", [(-4, "百分点"), (None, None)]),
        ("占比由30%下降6个百分点至24%。", [(None, None), (-6, "百分点"), (None, None)]),
        ("产值和税收分别增长6%和9%。", [(6, "%"), (9, "%")]),
        ("出口额翻了一番。", [(100, "%")]),
        ("出口額翻了近兩番。", [(300, "%")]),
        ("用户数翻了一倍。", [(100, "%")]),
        ("用户数翻了4倍。", [(400, "%")]),
    ],
)
def test_a_level_behind_a_change_and_doubling(
    text: str, expected: list[tuple[float | None, str | None]]
) -> None:
    assert found(text).select("change", "change_unit").rows() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产量增长 7. 3%。", [("7. 3%", 7.3)]),
        ("拨款 3. 6亿元。", [("3. 6亿元", 3.6e8)]),
        ("撥款3. 6 億元。", [("3. 6 億元", 3.6e8)]),
        ("份额 31. 5 %。", [("31. 5 %", 31.5)]),
        ("占百分之 七。", [("百分之 七", 7.0)]),
        ("耗资三十 亿元。", [("三十 亿元", 3e9)]),
        ("租金2 000-4 000元。", [("2 000-4 000元", 3000.0)]),
        ("奖励6 000至8 000元。", [("6 000至8 000元", 7000.0)]),
        ("收入1 200～1 800万元。", [("1 200～1 800万元", 1.5e7)]),
        ("产量增长.7%。", []),
        ("共4,56元。", []),
        ("共4,567元。", [("4,567元", 4567.0)]),
    ],
)
def test_blanks_inside_numbers(text: str, expected: list[tuple[str, float]]) -> None:
    assert found(text).select("surface", "value").rows() == expected


@pytest.mark.parametrize(
    "words", ["不得逾", "不得超逾", "不逾", "未逾", "不得超过", "不得高于", "未超过", "不得超過", "不得高於"]
)
def test_bounds_that_are_denied(words: str) -> None:
    text = f"費用{words}60萬元。" if words in ("不得超過", "不得高於") else f"费用{words}60万元。"
    row = found(text).row(0, named=True)
    assert (row["surface"], row["direction"]) == (text[2:-1], "at_most")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("捐款港幣$300萬。", [("港幣$300萬", "港元", None)]),
        ("捐款人民币￥300万元。", [("300万元", "元", None)]),
        ("捐款人民币300万元。", [("300万元", "元", None)]),
        ("捐款HKD 300萬。", [("HKD 300萬", "港元", None)]),
        ("捐款EUR 2亿。", [("EUR 2亿", "欧元", None)]),
        ("花去七千欧元。", [("七千欧元", "欧元", None)]),
    ],
)
def test_currencies_by_name_and_code(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(text).select("surface", "unit_normalised", "object").rows() == expected


def test_a_currency_is_that_of_both_ends() -> None:
    row = found("處新臺幣五千元以上兩萬元以下罰鍰。").row(0, named=True)
    assert (row["surface"], row["unit"], row["kind"]) == ("新臺幣五千元以上兩萬元以下", "新台币", "norm")
    assert (row["lower"], row["upper"]) == (5000, 20_000)
    assert found("投资7亿元港币。").row(0, named=True)["unit"] == "港币"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("处以4万元罚金。", "norm"),
        ("處以4萬元罰鍰。", "norm"),
        ("处5年有期徒刑。", "norm"),
        ("最低水温为4℃。", "inventory"),
        ("产品售价为90元。", "inventory"),
        ("隧道長度為6公里。", "inventory"),
        ("平均身高为1.7米。", "inventory"),
        ("年产量为90吨。", "achievement"),
    ],
)
def test_kinds_of_what_is_imposed_and_of_levels(text: str, kind: str) -> None:
    assert found(text)["kind"].to_list() == [kind]
