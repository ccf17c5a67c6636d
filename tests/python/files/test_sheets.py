"""Sheets: heads below titles, types, codes, merged cells, several sheets, far cells, cells as places."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import duizhao as dz
from duizhao.files.bounds import MOST_CELLS
from duizhao.files.sheets import column_letters, read_sheets

FILES = Path(__file__).parents[2] / "data" / "files"


def saved(fill: object, path: Path) -> Path:
    book = openpyxl.Workbook()
    fill(book)  # type: ignore[operator]
    book.save(path)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_libreoffice_writes(kind: str) -> None:
    docs = dz.read_texts(FILES / f"news_2024.{kind}", text="正文")
    assert docs["sheet"].to_list() == ["要闻"] * 3 + ["来信"] * 2
    assert docs["doc_id"].to_list()[2:4] == ["news_2024-要闻-3", "news_2024-来信-1"]
    # Zeros in front, dates, truths and whole numbers are what they were.
    assert docs["代码"].to_list() == ["001", "002", "003", "101", "102"]
    assert (
        docs.schema["日期"] == pl.Date
        and docs.schema["篇数"] == pl.Int64
        and docs.schema["头版"] == pl.Boolean
    )
    assert docs["text"][1] == "松坡县启动茶叶采摘季，首批新茶4月上市，预计全年产量突破900吨。"
    assert docs["parts"].list.first().struct.field("label").to_list()[1:4] == [
        "cell 要闻!E3",
        "cell 要闻!E4",
        "cell 来信!C2",
    ]
    assert docs["damage"].to_list() == [0] * 5 and docs["encoding"].null_count() == 5


def test_a_sheet_without_the_column_is_named_with_what_it_has() -> None:
    with pytest.raises(
        dz.NoDocumentsError,
        match=r"no sheet has a column 'text'; it has '要闻' \('代码', '日期', .*'统计' \('月份', '件数'\)",
    ):
        dz.read_texts(FILES / "news_2024.xlsx")


def test_head_below_a_title_merged_cells_and_gaps(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.title = "信访"
        sheet.append(["北湾镇来信登记表"])
        sheet.merge_cells("A1:D1")
        sheet.append([])
        sheet.append(["镇", "编号", None, "内容", "内容"])
        sheet.append(["北湾", 1, None, "路灯不亮。", "已修"])
        sheet.append([None, 2, None, "井盖松动。_x000D_\n请修。", None])
        sheet.append([])
        sheet.append(["柳溪", 3, "急", None, "无"])
        sheet.merge_cells("A4:A5")

    path = saved(fill, tmp_path / "a.xlsx")
    with pytest.warns(dz.UnreadableFileWarning, match=r"a\.xlsx: 1 row without text"):
        docs = dz.read_texts(path, text="内容")
    assert docs["镇"].to_list() == ["北湾", "北湾"] and docs["编号"].to_list() == [1, 2]
    assert docs["text"][1] == "井盖松动。\r\n请修。"
    assert docs["parts"].list.first().struct.field("label").to_list() == ["cell 信访!D4", "cell 信访!D5"]
    # A head that occurs twice, and one that is empty.
    assert docs["内容_2"].to_list() == ["已修", None] and docs["column_C"].to_list() == [None, None]


def test_types_of_columns(tmp_path: Path) -> None:
    rows = [
        ["text", "share", "whole", "mixed", "time", "moment", "doc_id"],
        ["甲文", 0.5, 3.0, 12, datetime.time(8, 30), datetime.datetime(2024, 1, 2, 3), 7],
        ["乙文", 2, 4, "十二", datetime.time(9), datetime.datetime(2024, 1, 3), 8],
        [2024, None, None, True, None, None, 9],
    ]

    def fill(book: openpyxl.Workbook) -> None:
        for row in rows:
            book.active.append(row)

    docs = dz.read_texts(saved(fill, tmp_path / "a.xlsx"))
    kinds = {name: docs.schema[name] for name in ("share", "whole", "mixed", "time", "doc_id")}
    assert kinds == {
        "share": pl.Float64,
        "whole": pl.Int64,
        "mixed": pl.String,
        "time": pl.Time,
        "doc_id": pl.Int64,
    }
    assert docs["text"].to_list() == ["甲文", "乙文", "2024"] and docs["mixed"].to_list() == [
        "12",
        "十二",
        "TRUE",
    ]
    assert docs.schema["moment"] == pl.Datetime("us")


def test_a_far_cell_does_not_fill_the_memory(tmp_path: Path) -> None:
    with zipfile.ZipFile(FILES / "news_2024.xlsx") as old:
        parts = {item: old.read(item) for item in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"

    def with_row(cell: bytes) -> bytes:
        place = io.BytesIO()
        row = b'<row r="1048576">' + cell + b"</row></sheetData>"
        with zipfile.ZipFile(place, "w") as new:
            for name, content in parts.items():
                new.writestr(name, content.replace(b"</sheetData>", row) if name == sheet else content)
        return place.getvalue()

    with pytest.raises(
        dz.FileError, match=re.escape(f"1,048,576 rows and 16,384 columns; at most {MOST_CELLS:,} cells")
    ):
        read_sheets(with_row(b'<c r="XFD1048576" t="n"><v>1</v></c>'), ["正文"])
    # A cell that is only coloured is none.
    assert len(read_sheets(with_row(b'<c r="XFD1048576" s="1"/>'), ["正文"])) == 2


def test_letters_of_columns() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 16_383)] == ["A", "Z", "AA", "AZ", "BA", "XFD"]


def test_damaged(tmp_path: Path) -> None:
    whole = (FILES / "news_2024.xlsx").read_bytes()
    for data in (whole[:2000], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)):
        with pytest.raises(dz.FileError, match="damaged or cut off"):
            read_sheets(data, ["正文"])


def test_metadata_may_be_a_sheet(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["说明"])
        sheet = book.create_sheet("文献")
        sheet.append(["来源登记"])
        for row in (["文件名", "年份", "县"], ["a.txt", 2023, "青芦"], ["b", 2024, "松坡"]):
            sheet.append(row)

    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("县政协召开会议", encoding="utf-8")
    about = saved(fill, tmp_path / "about.xlsx")
    docs = dz.read_texts(tmp_path, metadata=about)
    assert docs.select("doc_id", "年份", "县").rows() == [("a", 2023, "青芦"), ("b", 2024, "松坡")]
    with pytest.raises(
        dz.FileError, match=r"cannot read `metadata` .*no sheet has a column 'doc_id' or 'file'"
    ):
        dz.read_texts(tmp_path / "a.txt", metadata=FILES / "news_2024.xlsx")
