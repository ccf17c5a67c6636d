"""Run the small inputs of the sample data that concern sentences, bodies, persons, quotations and claims.

python -m tests.scores.language_cases FOLDER

FOLDER is the sample data; its ``cases/cases.jsonl`` holds input and expectation of each case. What a case expects is said there in words; here it is
said in columns of the frames: each row that is listed must be among the rows that are found, and where ``only`` is set there may be no others.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

import duizhao as dz

from .cases import report

Row = dict[str, Any]
#: A value, a set of allowed ones, or a test of it.
Want = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """Rows that must be found by `finder`."""

    finder: Callable[[list[str]], Any]
    rows: tuple[Want, ...]
    only: bool = True

    def right(self, text: str) -> bool:
        """Whether the rows found in the text are these."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = self.finder([text]).to_dicts()
        left = list(found)
        for want in self.rows:
            match = next((row for row in left if fits(row, want)), None)
            if match is None:
                return False
            left.remove(match)
        return not (self.only and left)


def fits(row: Row, want: Want) -> bool:
    """Whether a row has what is wanted."""
    for column, value in want.items():
        have = row[column]
        if callable(value):
            if have is None or not value(have):
                return False
        elif isinstance(value, (set, frozenset)):
            if have not in value:
                return False
        elif isinstance(value, float) and have is not None:
            if abs(have - value) > 1e-9 * max(1.0, abs(value)):
                return False
        elif have != value:
            return False
    return True


def claims(*rows: Want, only: bool = True) -> Case:
    return Case(dz.claims, rows, only)


def persons(*names: str) -> Case:
    return Case(dz.persons, tuple({"name": name} for name in names))


def bodies(*rows: Want) -> Case:
    return Case(dz.bodies, rows)


def speech(*speakers: str) -> Case:
    """What stands in marks, as speech of these speakers."""
    return Case(
        lambda docs: dz.quotations(docs).filter(pl.col("kind") != "indirect"),
        tuple({"kind": "speech", "speaker": speaker} for speaker in speakers),
    )


def money(value: float, *units: str) -> Want:
    return {"value": value, "unit": set(units)}


def change(value: float, unit: str = "%") -> Want:
    return {"change": value, "change_unit": unit}


#: Days of a month, as in the documentation of claims.
MONTH = 30.4375

CASES: dict[str, Case] = {
    "G01": persons("何成"),
    "G03": persons("龚立平"),
    "G05": persons("潘立辉"),
    "G06": persons("吴青"),
    "G07a": persons("肖建国"),
    "G07b": persons("付建国"),
    "G07e": persons("尚小川"),
    "G08a": persons("欧阳岭"),
    "G08b": persons("司徒文"),
    "G09a": persons("呼延明"),
    "G09b": persons("钟离春"),
    "G09d": persons("轩辕明"),
    "G10b": persons(),
    "G10c": persons(),
    "G10e": persons(),
    "G11": persons("李　明"),
    "G11b": persons("张　伟", "王小明", "刘　江"),
    "G12": persons("張偉"),
    "G13": bodies({"body": lambda b: b.endswith("阿拉善盟阿拉善左旗人民政府"), "level": "county"}),
    "G15a": bodies({"body": "市人社局"}),
    "G15b": bodies({"body": "市发改委"}),
    "G15d": bodies({"body": "县住建局"}),
    "G15e": bodies({"body": "市文旅局"}),
    "G15f": bodies({"body": "市医保局"}),
    "G16": bodies({"body": "鄂温克族自治旗政协", "place": "鄂温克族自治旗"}),
    "G16b": bodies({"body": "科尔沁右翼前旗人民政府"}),
    "G16c": bodies({"body": "沙县区政协", "place": "沙县区"}),
    "G17": bodies({"body": "香港特别行政区政府", "level": "province"}),
    "Q01": speech("焦小兰", "焦小兰"),
    "Q03a": speech("王小田"),
    "Q03b": speech("王小田"),
    "Q03e": speech("王小田"),
    "Q04": speech("村民焦小兰"),
    "Q05": speech("村民焦小蘭"),
    "Q06": speech("王小田"),
    "Q07": speech(),
    "H00a": claims(money(3e12, "元")),
    "H00c": claims(money(116.0, "户")),
    "H00e": claims({"value": 100.0, "direction": {"above", "at_least"}, "unit": "家"}),
    "H00f": claims({"unit": "人", "lower": 200_000.0}),
    "H00h": claims({"value": 3.5, "unit": "个百分点", **change(3.5, "百分点")}),
    "H00i": claims(money(4726428700.0, "元")),
    "H00j": claims({"value": 400_000.0, "direction": "below"}),
    "H00k": claims(money(7300.0, "元")),
    "H00m": claims({"value_normalised": 1.1926e12, "unit_normalised": "平方米"}),
    "H00n": claims(change(5.1) | {"change_base": "同比"}, change(1.2) | {"change_base": "环比"}),
    "H00p": claims({"value": 1.1009e11, "unit": "元"}),
    "H01a": claims(money(4.6e8, "元"), money(18.0, "个")),
    "H01b": claims(money(12.0, "个")),
    "H01c": claims({"value": 8.5, **change(8.5, "百分点")}),
    "H01d": claims({"value": 300.0, "unit": "名", "direction": "about"}),
    "H01f": claims({"value": 8.5, **change(8.5)}),
    "H02": claims(money(1.2e7, "元")),
    "H02c": claims({"value": 8.5, **change(8.5)}),
    "H03a": claims({"value": 100.0, "unit": "兆瓦", "value_normalised": lambda v: v in (1e5, 1e8)}),
    "H03c": claims({"value": 100.0, "unit": "兆瓦"}, {"value": 200.0, "unit": "兆瓦时"}),
    "H03e": claims({"value": 2.3e12, "unit": {"元", "新台币"}}),
    "H04a": claims({"value": -20.0}),
    "H04b": claims({"value": -15.0}),
    "H04d": claims({"value": -1.48, "unit": "‰"}),
    "H05a": claims({"surface": "一年零三个月", "value_normalised": lambda v: abs(v - 15 * MONTH) < 1}),
    "H05c": claims(money(123.11, "元")),
    "H05e": claims({"value": 1.75, "unit": "米"}),
    "H06a": claims({"value": 1.5, "unit": "吨"}),
    "H06c": claims({"value": 3.5, "unit": "斤"}),
    "H06d": claims({"value": 5.5, "unit": {"小时", "个小时"}}),
    "H06e": claims({"value": 2.5, "unit": "年"}),
    "H06f": claims({"value": 1.5, "unit": {"月", "个月"}}),
    "H07a": claims(
        {"value": 50.0, "unit": {"千米每小时", "千米/小时"}, "unit_normalised": lambda u: u != "米"}
    ),
    "H07b": claims({"value": 30.0, "unit": {"微克每立方米", "微克/立方米"}}),
    "H07c": claims({"value": 0.45, "unit": {"吨标准煤/万元", "吨标准煤每万元"}}),
    "H08a": claims({"value": 3.5e8, "unit": {"新台币", "新台币元", "台币"}}),
    "H08b": claims({"value": 5e7, "unit": {"港币", "港元", "港币元"}}),
    "H08c": claims({"value": 3e7, "unit": {"台币", "新台币"}}),
    "H08d": claims({"value": 5e8, "unit": "美元"}),
    "H09a": claims({"value": 9665.18, "unit": {"元", "圆"}}),
    "H10a": claims({"value": 50_000.0, "direction": "at_least"}),
    "H10c": claims({"direction": "range", "lower": -5.0, "upper": 5.0}),
    "H10e": claims({"value": 2e8, "direction": "about"}),
    "H11a": claims(change(-0.8)),
    "H11b": claims(change(1.3)),
    "H11e": claims(change(-5.0)),
    "H11f": claims(change(8.0)),
    "H12a": claims({"value": 126000.0, "unit_normalised": "平方米", "value_normalised": 126000.0}),
    "H12b": claims({"value": 12.5, "unit_normalised": "平方米", "value_normalised": 12.5e6}),
    "H12c": claims({"value": 100.0, "unit": {"兆瓦", "MW"}, "value_normalised": lambda v: v in (1e5, 1e8)}),
    "H13a": claims({"value": 30000.0, "lower": 30000.0, "upper": 40000.0, "object": "居民"}),
    "H13c": claims({"value": 700_000.0, "unit": "千瓦"}),
    "H13e": claims({"value": 347.0, "unit": "天"}),
    "H14a": claims(money(35410700.0, "元")),
    "H14b": claims(),
    "H15a": claims({"value": 1.0, "kind": "rank"}, only=False),
    "H15c": claims({"value": 1.0, "kind": "rank"}),
    "H16": claims({"lower": 10000.0, "upper": 20000.0, "direction": "range"}),
    "H17": claims({"value": 230.0, "unit": "户", "direction": "about"}),
    "H18": claims({"change": 510.0}),
    "H20": claims({"value": 4120e8}),
}


def sentences(count: int) -> Callable[[str], bool]:
    """How many sentences there are."""
    return lambda text: dz.sentences([text]).height == count


def first_is(*allowed: str) -> Callable[[str], bool]:
    """What the first sentence may be: the documented convention ends it behind the closing mark."""
    return lambda text: dz.sentences([text])["text"][0] in allowed


def high_or_none(text: str) -> bool:
    """The surname alone, or nobody."""
    return set(dz.persons([text])["name"]) <= {"高"}


def less_more(text: str) -> bool:
    """少增: whatever is said, no rise."""
    changes = dz.claims([text])["change"]
    return len(changes) == 1 and (changes[0] is None or changes[0] <= 0)


OTHERS: dict[str, Callable[[str], bool]] = {
    "F01": first_is("“好。”他说。", "“好。”"),
    "F03": sentences(2),
    "F05": sentences(3),
    "F06": sentences(2),
    "F07": sentences(2),
    "F08": first_is("'好。'他说。", "'好。'"),
    "G10a": high_or_none,
    "H11g": less_more,
}
LETTERS = "FGHQ"


def score(folder: Path) -> dict[str, bool | str]:
    """For each case of these kinds whether it is right; what went wrong where a check ended in an error."""
    results: dict[str, bool | str] = {}
    for line in (folder / "cases" / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = row["id"]
        if name[0] not in LETTERS:
            continue
        test = OTHERS.get(name) or CASES[name].right
        try:
            results[name] = test(row["input"])
        except Exception as error:
            results[name] = f"{type(error).__name__}: {error}"
    return results


if __name__ == "__main__":
    print(report(score(Path(sys.argv[1]))))
