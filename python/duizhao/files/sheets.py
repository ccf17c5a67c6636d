"""Tables out of sheets: Excel (.xlsx, .xlsm, .xls) and OpenDocument (.ods), each cell with its place."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import polars as pl

from .._base.checks import listed
from ..errors import FileError
from .bounds import MOST_CELLS, require_small
from .parts import require_library

__all__ = ["SheetTable", "read_sheets"]

Cell: TypeAlias = "str | float | bool | datetime.date | datetime.time | datetime.timedelta | None"

#: In how many of the first rows the head of a table is looked for: titles and notes stand above it.
_HEAD_WITHIN: Final = 20
_NAMED: Final = 10

#: A cell with a value, in the XML of Excel. Cells that are only coloured have none and do no harm.
_FILLED: Final = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*\s)?r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^/>])?>')
#: How Excel writes characters that XML cannot hold.
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class SheetTable:
    """A table: its sheet, its rows, and for each row the cell that was asked for."""

    sheet: str
    frame: pl.DataFrame
    cells: list[str]


def read_sheets(data: bytes, columns: Sequence[str], *, as_text: Collection[str] = ()) -> list[SheetTable]:
    """The tables of all sheets that have one of some columns.

    The head of a table is the first of its first rows that holds the name. Columns get the type that all their values
    have; where types are mixed, and in the columns `as_text`, values are strings. A value of merged cells counts for each row
    that they reach over.

    Raises
    ------
    FileError
        A file that is damaged, wants a password, or has no sheet with such a column.
    """
    workbook = _opened(data)
    found: list[SheetTable] = []
    heads: list[str] = []
    try:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            place = _head(rows, columns)
            if place is None:
                have = [str(cell).strip() for cell in _first(rows) if cell not in ("", None)]
                heads.append(
                    f"{name!r} ({', '.join(map(repr, have[:_NAMED])) + (' …' if len(have) > _NAMED else '') or 'empty'})"
                )
                continue
            _spread(rows, _merged(sheet), place)
            found.append(_table(name, rows, place, as_text))
    except FileError:
        raise
    except Exception as error:
        # calamine has an error for each kind of file.
        raise FileError("damaged") from error
    if not found:
        wanted = " or ".join(map(repr, columns[:1] if len(columns) == 1 else columns))
        raise FileError(
            f"no sheet has a column {wanted}; it has {listed(heads) if heads else 'no sheets with cells'}"
        )
    return found


def _opened(data: bytes) -> Any:
    calamine = require_library("python_calamine", package="python-calamine")
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                require_small(archive)
                for member in archive.namelist():
                    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
                        _require_few_cells(member, archive.read(member))
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            if isinstance(error, FileError):
                raise
            raise FileError("damaged or cut off") from error
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise FileError("it wants a password; save it without one") from error
    except Exception as error:
        raise FileError("damaged or cut off") from error


def _require_few_cells(member: str, xml: bytes) -> None:
    """Refuse a sheet whose corner lies so far out that all cells between would fill the memory."""
    width = height = 0
    for letters, row in _FILLED.findall(xml):
        width, height = max(width, _number(letters.decode())), max(height, int(row))
    if width * height > MOST_CELLS:
        raise FileError(
            f"{member} reaches over {height:,} rows and {width:,} columns; at most {MOST_CELLS:,} cells are read: "
            "take out the cells that lie far from the others"
        )


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """The letters of a column, from 0.

    >>> [column_letters(n) for n in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# --- the table --------------------------------------------------------------------------------------------------------------


def _named(cell: Cell) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _head(rows: Sequence[Sequence[Cell]], columns: Sequence[str]) -> tuple[int, int] | None:
    """Row and column of the head of a column that is wanted, the first of the names that there is."""
    for name in columns:
        for number, row in enumerate(rows[:_HEAD_WITHIN]):
            for place, cell in enumerate(row):
                if _named(cell) == name:
                    return number, place
    return None


def _first(rows: Sequence[Sequence[Cell]]) -> Sequence[Cell]:
    """What is most likely the head of a table: the first row with several values, else with one."""
    filled = [row for row in rows[:_HEAD_WITHIN] if any(cell not in ("", None) for cell in row)]
    return next(
        (row for row in filled if sum(cell not in ("", None) for cell in row) > 1),
        filled[0] if filled else (),
    )


def _merged(sheet: Any) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    try:
        return sheet.merged_cell_ranges or ()
    except Exception:
        # Not known of all kinds of files.
        return ()


def _spread(
    rows: list[list[Cell]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], head: tuple[int, int]
) -> None:
    """Put the value of merged cells into each row below the head that they reach over; texts stay once."""
    for (top, left), (bottom, _) in merged:
        if top <= head[0] or left == head[1] or left >= len(rows[top] if top < len(rows) else ()):
            continue
        for number in range(top + 1, min(bottom + 1, len(rows))):
            if rows[number][left] in ("", None):
                rows[number][left] = rows[top][left]


def _table(
    sheet: str, rows: Sequence[Sequence[Cell]], head: tuple[int, int], as_text: Collection[str]
) -> SheetTable:
    top, wanted = head
    names = _names(rows[top])
    body = [
        (number, row)
        for number, row in enumerate(rows[top + 1 :], start=top + 1)
        if any(cell not in ("", None) for cell in row)
    ]
    columns = []
    for place, name in names.items():
        values = [row[place] if place < len(row) and row[place] != "" else None for _, row in body]
        if name is None:
            # Nothing above and nothing below: no column.
            if all(value is None for value in values):
                continue
            name = f"column_{column_letters(place)}"
        columns.append(_column(name, values, text=place == wanted or name in as_text))
    cells = [f"cell {sheet}!{column_letters(wanted)}{number + 1}" for number, _ in body]
    return SheetTable(sheet, pl.DataFrame(columns), cells)


def _names(row: Sequence[Cell]) -> dict[int, str | None]:
    """The name of each column; one that occurs again has its number behind it."""
    names: dict[int, str | None] = {}
    taken: set[str] = set()
    for place, cell in enumerate(row):
        name: str | None = _named(cell) or None
        if name is not None:
            base, number = name, 1
            while name in taken:
                number += 1
                name = f"{base}_{number}"
            taken.add(name)
        names[place] = name
    return names


def _column(name: str, values: Sequence[Cell], *, text: bool) -> pl.Series:
    """Values with the type that they share; strings where they share none."""
    kinds = {type(value) for value in values if value is not None}
    if not text:
        if kinds == {bool}:
            return pl.Series(name, values, dtype=pl.Boolean)
        if kinds and kinds <= {int, float}:
            numbers = [float(v) if isinstance(v, int | float) else None for v in values]
            whole = all(v is None or (abs(v) < 2**53 and v == int(v)) for v in numbers)
            series = pl.Series(name, numbers, dtype=pl.Float64)
            return series.cast(pl.Int64) if whole else series
        if kinds == {datetime.date}:
            return pl.Series(name, values, dtype=pl.Date)
        if kinds and kinds <= {datetime.date, datetime.datetime}:
            moments = [
                datetime.datetime(v.year, v.month, v.day) if type(v) is datetime.date else v for v in values
            ]
            return pl.Series(name, moments, dtype=pl.Datetime("us"))
        if kinds == {datetime.time}:
            return pl.Series(name, values, dtype=pl.Time)
        if kinds == {datetime.timedelta}:
            return pl.Series(name, values, dtype=pl.Duration("us"))
    return pl.Series(
        name, [None if value is None else _as_string(value) for value in values], dtype=pl.String
    )


def _as_string(value: Cell) -> str:
    """A value as a sheet shows it: 12 and not 12.0, true as TRUE."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and abs(value) < 2**53 and value == int(value):
        return str(int(value))
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return str(value)
