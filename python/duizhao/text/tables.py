"""Tables: comma-separated values, JSON, JSON Lines and Parquet, with the encoding that the file is in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from .. import _core
from ..errors import FileError

#: Tables with a row a document.
TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")

#: What may separate fields, the most usual first.
_SEPARATORS = (",", "\t", ";", "|", "，")

#: Digits that a number keeps in every program.
_MOST_DIGITS = 15


def load_table(
    path: Path, encoding: str | None, *, as_text: Iterable[str]
) -> tuple[pl.DataFrame, str | None]:
    """A table and its encoding. Columns in `as_text` stay strings: ids such as 000 are no numbers.

    Raises ``FileError`` with the line that cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return pl.read_parquet(path), None
    read = _core.read_files([str(path)], encoding)
    if read["problem"][0] is not None:
        raise FileError(str(read["problem"][0]))
    content, found = str(read["text"][0]), str(read["encoding"][0])
    if suffix in (".jsonl", ".ndjson", ".json"):
        return _of_json(content), found
    return _of_csv(content, "\t" if suffix == ".tsv" else ",", list(as_text)), found


# --- comma-separated values -----------------------------------------------------------------------


def _of_csv(content: str, usual: str, as_text: list[str]) -> pl.DataFrame:
    # The module refuses fields of more than 131,072 characters unless told otherwise.
    most = csv.field_size_limit(2**31 - 1)
    try:
        separator, content, skipped = _separator(content, usual)
        head, plain = _checked(content, separator, skipped, as_text)
        if not plain:
            content = _rewritten(content, separator, head)
            separator = ","
    finally:
        csv.field_size_limit(most)
    if not head:
        raise FileError("the table is empty")
    source = io.BytesIO(content.encode("utf-8"))
    raw = pl.read_csv(source, separator=separator, infer_schema=False)
    codes = [name for name in raw.columns if name in as_text or _holds_codes(raw.get_column(name))]
    source.seek(0)
    return pl.read_csv(
        source,
        separator=separator,
        infer_schema_length=None,
        try_parse_dates=True,
        schema_overrides=dict.fromkeys(codes, pl.String),
    )


def _holds_codes(column: pl.Series) -> bool:
    """Whether a number would spoil a value: 000973 has leading zeros, an identity number more digits than a float keeps."""
    return bool(column.str.contains(rf"^\s*[+-]?(?:0\d|\d{{{_MOST_DIGITS + 1}}})[\d.]*\s*$").any())


def _separator(content: str, usual: str) -> tuple[str, str, int]:
    """What separates fields, the content behind a line that says so, and the number of such lines."""
    told = re.match(r"sep=(.)\r?\n?", content)
    if told:
        return told[1], content[told.end() :], 1
    head = next((row for row in csv.reader(_lines(content), delimiter=usual) if any(row)), [])
    if len(head) != 1:
        return usual, content, 0
    # One column, or Excel of a country where the comma stands in numbers, or a sheet saved as "text".
    counts = {mark: len(next(csv.reader([head[0]], delimiter=mark))) for mark in _SEPARATORS if mark != usual}
    mark = max(counts, key=lambda one: counts[one])
    return (mark if counts[mark] > 1 else usual), content, 0


def _lines(content: str) -> io.StringIO:
    # Line ends of all kinds end a line, and stay what they are inside quotation marks.
    return io.StringIO(content, newline="")


def _checked(content: str, separator: str, skipped: int, as_text: list[str]) -> tuple[list[str], bool]:
    """The names of the columns, and whether the rows can be read as they stand; an error for rows that are too long."""
    reader = csv.reader(_lines(content), delimiter=separator, strict=True)
    head: list[str] | None = None
    # The reader of polars knows no carriage return alone, and makes a row of an empty line.
    plain = re.search(r"\r(?!\n)", content) is None
    while True:
        line = reader.line_num + 1 + skipped
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise FileError(f"line {line}: {_of_quotes(error)}") from None
        if row is None:
            break
        if not any(field.strip() for field in row):
            plain = False
        elif head is None:
            head = _names(row, line, as_text)
            plain = plain and head == row
        elif len(row) > len(head):
            fields = f"{len(row)} fields where the head has {len(head)}"
            raise FileError(
                f"line {line}: {fields}; a field that holds {separator!r} must stand in quotation marks"
            )
    return head or [], plain


def _of_quotes(error: csv.Error) -> str:
    message = str(error)
    if "unexpected end of data" in message:
        return "a quotation mark is opened here and never closed"
    if "expected after" in message:
        return "something stands behind a closing quotation mark; a quotation mark inside a field must be doubled"
    return message


def _names(row: list[str], line: int, as_text: list[str]) -> list[str]:
    """The name of each column, without blanks around it; one that occurs again has its number behind it."""
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        base = cell.strip() or f"column_{place}"
        if base in names and base in as_text:
            raise FileError(f"line {line}: two columns are called {base!r}")
        name, number = base, 1
        while name in names:
            number += 1
            name = f"{base}_{number}"
        names.append(name)
    return names


def _rewritten(content: str, separator: str, head: list[str]) -> str:
    """The same rows in the plainest form: without empty ones and columns that have neither name nor value."""
    rows = [
        row for row in csv.reader(_lines(content), delimiter=separator) if any(field.strip() for field in row)
    ]
    unnamed = {place for place, cell in enumerate(rows[0]) if not cell.strip()} if rows else set()
    kept = [
        place
        for place in range(len(head))
        if place not in unnamed or any(place < len(row) and row[place].strip() for row in rows[1:])
    ]
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([head[place] for place in kept])
    writer.writerows([row[place] if place < len(row) else "" for place in kept] for row in rows[1:])
    return target.getvalue()


# --- JSON -----------------------------------------------------------------------------------------


def _of_json(content: str) -> pl.DataFrame:
    """A list of records, or a record a line, whatever the name of the file says."""
    lines = content.strip().split("\n")
    by_line = content.lstrip().startswith("{") and _is_record(lines[0])
    try:
        if by_line:
            filled = "\n".join(line for line in lines if line.strip())
            return pl.read_ndjson(io.BytesIO(filled.encode("utf-8")), infer_schema_length=None)
        return pl.read_json(io.BytesIO(content.encode("utf-8")), infer_schema_length=None)
    except pl.exceptions.PolarsError as error:
        _refuse_json(content, by_line)
        raise FileError(str(error).splitlines()[0]) from error


def _is_record(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _refuse_json(content: str, by_line: bool) -> None:
    """Raise ``FileError`` with the line that is no JSON."""
    if not by_line:
        try:
            json.loads(content)
        except json.JSONDecodeError as error:
            raise FileError(f"line {error.lineno}: no JSON ({error.msg})") from None
        return
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip() and not _is_record(line):
            raise FileError(f"line {number}: no JSON object")


# --- numbers --------------------------------------------------------------------------------------


def numbers_if_plain(ids: pl.Series) -> pl.Series:
    """Whole numbers as Int64, unless one has leading zeros."""
    if ids.dtype == pl.String and ids.len() and ids.str.contains(r"^(?:0|[1-9]\d{0,17})$").all():
        numbers: pl.Series = ids.cast(pl.Int64)
        return numbers
    return ids
