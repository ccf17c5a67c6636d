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
