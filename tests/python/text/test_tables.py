"""Tables of texts as programs and people write them."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz


def table(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["000973", "600519"], ["000973", "600519"]),
        (["0571", "10"], ["0571", "10"]),
        (["00", "1"], ["00", "1"]),
        (["330106200001011234", "330106200001011235"], ["330106200001011234", "330106200001011235"]),
        (["6222020200112233445566", "1"], ["6222020200112233445566", "1"]),
        (["007.5", "1"], ["007.5", "1"]),
        (["973", "600519"], [973, 600519]),
        (["0", "10"], [0, 10]),
        (["0.5", "10.25"], [0.5, 10.25]),
        (["-3", "4"], [-3, 4]),
        (["13800138000", "1"], [13800138000, 1]),
        (["2024-03-01", "2024-12-31"], [datetime.date(2024, 3, 1), datetime.date(2024, 12, 31)]),
        (["", "05"], [None, "05"]),
    ],
)
@pytest.mark.parametrize("place", ["table", "metadata"])
def test_codes_stay_what_they_are(
    tmp_path: Path, values: list[str], expected: list[object], place: str
) -> None:
    rows = "".join(f"{n},第{n}篇,{value}\n" for n, value in enumerate(values, 1))
    if place == "table":
        docs = dz.read_texts(table(tmp_path, "a.csv", f"doc_id,text,code\n{rows}"))
    else:
        for n in range(1, len(values) + 1):
            table(tmp_path, f"{n}.txt", f"第{n}篇")
        about = table(tmp_path, "about.csv", f"doc_id,name,code\n{rows}")
        docs = dz.read_texts(f"{tmp_path}/*.txt", metadata=about)
    assert docs["code"].to_list() == expected


@pytest.mark.parametrize("texts", [["12345", "007"], ["1", "2"], ["3.5", "true"], ["2024-01-01", "x"]])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_texts_of_digits_are_texts(tmp_path: Path, texts: list[str], name: str) -> None:
    mark = "\t" if name.endswith("tsv") else ","
    rows = "".join(f"{n}{mark}{text}\n" for n, text in zip("ab", texts, strict=True))
    assert dz.read_texts(table(tmp_path, name, f"doc_id{mark}text\n{rows}"))["text"].to_list() == texts


def test_rows_that_are_too_long_are_named_by_line(tmp_path: Path) -> None:
    for content, line in (
        ("doc_id,text\n1,县政协\n2,会议,多一格\n", 3),
        ('doc_id,text\n1,"第一行\n第二行\n第三行"\n2,会议,多一格\n', 5),
        ("doc_id,text\r\n\r\n1,县政协\r\n2,会议,多,两格\r\n", 4),
        ("doc_id,text\r1,县政协\r2,会议,多一格\r", 3),
        ("sep=,\ndoc_id,text\n2,会议,多一格\n", 3),
    ):
        with pytest.raises(
            dz.NoDocumentsError, match=rf"a\.csv: line {line}: \d fields where the head has 2"
        ):
            dz.read_texts(table(tmp_path, "a.csv", content))
    with pytest.raises(dz.FileError, match=r"about\.csv.*line 2: 3 fields"):
        table(tmp_path, "1.txt", "县政协")
        dz.read_texts(f"{tmp_path}/*.txt", metadata=table(tmp_path, "about.csv", "doc_id,year\n1,2024,x\n"))


def test_quotation_marks_that_are_left_open_are_named(tmp_path: Path) -> None:
    with pytest.raises(dz.NoDocumentsError, match="line 3: a quotation mark is opened here and never closed"):
        dz.read_texts(table(tmp_path, "a.csv", 'doc_id,text\n1,县\n2,"会议\n3,政协\n'))
    # Inside a field that does not begin with one it is a sign like any other.
    assert dz.read_texts(table(tmp_path, "b.csv", 'doc_id,text\n1,他说"好"\n'))["text"][0] == '他说"好"'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_line_ends_separators_and_encodings(tmp_path: Path, end: str, mark: str, encoding: str) -> None:
    rows = [
        "doc_id;text;year",
        "a;县政协召开会议;2023",
        'b;"第一行\n第二行";2024',
        "",
        "c;会议听取报告;2025",
        "",
    ]
    content = end.join(rows).replace(";", mark)
    docs = dz.read_texts(table(tmp_path, "a.csv", content.encode(encoding)))
    expected = [("a", "县政协召开会议", 2023), ("b", "第一行\n第二行", 2024), ("c", "会议听取报告", 2025)]
    assert docs.select("doc_id", "text", "year").rows() == expected


def test_big5_tables(tmp_path: Path) -> None:
    docs = dz.read_texts(table(tmp_path, "a.csv", "doc_id,text\n1,臺北的會議\n2,高雄 美國\n".encode("big5")))
    assert docs["text"].to_list() == ["臺北的會議", "高雄 美國"]


def test_heads_as_programs_write_them(tmp_path: Path) -> None:
    docs = dz.read_texts(table(tmp_path, "a.csv", "sep=;\r\ndoc_id;text\r\n1;县政协\r\n"))
    assert docs.select("doc_id", "text").rows() == [(1, "县政协")]
    docs = dz.read_texts(table(tmp_path, "b.csv", "doc_id, text ,note,note,,\n1,县政协,甲,乙,,\n,,,,,\n"))
    assert docs.columns[5:] == ["note", "note_2"]
    assert docs.select("text", "note", "note_2").rows() == [("县政协", "甲", "乙")]
    with pytest.raises(dz.NoDocumentsError, match="line 1: two columns are called 'text'"):
        dz.read_texts(table(tmp_path, "c.csv", "doc_id,text,text\n1,县,政协\n"))
    with pytest.raises(dz.NoDocumentsError, match=r"d\.csv: the table is empty"):
        dz.read_texts(table(tmp_path, "d.csv", "\n\n"))


def test_long_texts_fit_into_a_field(tmp_path: Path) -> None:
    text = "县政协会议。" * 50_000
    docs = dz.read_texts(table(tmp_path, "a.csv", f"doc_id,text\n\n1,{text}\n"))
    assert docs["text"][0] == text


RECORDS = [{"doc_id": "01", "text": "县政协"}, {"doc_id": "02", "text": "会议\n听取"}]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson"])
@pytest.mark.parametrize("indent", [None, 2])
def test_json_and_json_lines_under_either_name(tmp_path: Path, name: str, indent: int | None) -> None:
    as_list = json.dumps(RECORDS, ensure_ascii=False, indent=indent)
    lines = "\n\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
    for content in (as_list, lines, lines + "\r\n", "\ufeff" + as_list):
        docs = dz.read_texts(table(tmp_path, name, content))
        assert docs.select("doc_id", "text").to_dicts() == RECORDS
    one = dz.read_texts(table(tmp_path, name, json.dumps(RECORDS[0], ensure_ascii=False, indent=indent)))
    assert one["text"].to_list() == ["县政协"]


def test_json_that_is_none_is_named_by_line(tmp_path: Path) -> None:
    for name, content, line in (
        ("a.jsonl", '{"text":"县"}\n{"text":"政"\n', 2),
        ("a.json", '{"text":"县"}\n\n{"text":政}\n', 3),
        ("a.json", '[{"text":"县"},\n{"text":"政"}\n{"text":"协"}]', 3),
        ("a.jsonl", '[{"text":"县"},\n{"text" "政"}]', 2),
    ):
        with pytest.raises(dz.NoDocumentsError, match=rf"{name}: line {line}: no JSON"):
            dz.read_texts(table(tmp_path, name, content))


def test_codes_survive_a_table_that_was_written(tmp_path: Path) -> None:
    frame = pl.DataFrame({"doc_id": ["001"], "text": ["0"], "code": ["010"]})
    frame.write_csv(tmp_path / "a.csv")
    assert dz.read_texts(tmp_path / "a.csv").select("doc_id", "text", "code").rows() == [("001", "0", "010")]
