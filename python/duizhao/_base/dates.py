"""What a column of dates may be, said once for all functions that ask who came first."""

from __future__ import annotations

import polars as pl

from ..errors import DataTypeError

ALLOWED = (
    "dates, numbers in time, or strings that are all years (2024), all months (2024-05), all dates (2024-05-01) or all "
    "dates with a time of day (2024-05-01T09:30:00)"
)

_DAY = r"^\d{4}-\d{2}-\d{2}"
_SECONDS = {r":\d{2}$": "%Y-%m-%d %H:%M", r":\d{2}:\d{2}$": "%Y-%m-%d %H:%M:%S"}


def times_of(values: pl.Series, *, what: str) -> pl.Series:
    """Return times that can be ordered: Date, Datetime, numbers, or strings of one ISO form read as such; nulls stay.

    `what` names the column in the message of the ``DataTypeError`` for anything else.
    """
    dtype = values.dtype
    if dtype in (pl.Categorical, pl.Enum):
        values = values.cast(pl.String)
    elif dtype == pl.Null:
        empty: pl.Series = values.cast(pl.Date)
        return empty
    elif dtype in (pl.Date, pl.Datetime) or dtype.is_numeric():
        return values
    if values.dtype != pl.String:
        raise DataTypeError(f"{what} must be {ALLOWED}; got {dtype}")
    read = _read(values)
    if read is None or read.null_count() > values.null_count():
        unread = values if read is None else values.filter(read.is_null())
        shown = [*_forms(unread.drop_nulls())]
        raise DataTypeError(f"{what} must be {ALLOWED}; got {', '.join(map(repr, shown[:3]))}")
    return read


def can_be_times(dtype: pl.DataType) -> bool:
    """Whether a column of the type can be one of times."""
    return dtype in (pl.Date, pl.Datetime, pl.String, pl.Categorical, pl.Enum) or dtype.is_numeric()


def _read(values: pl.Series) -> pl.Series | None:
    """The strings as years, dates or times of day, if all have one form; days that do not exist are null."""
    known = values.drop_nulls()

    def have(pattern: str) -> bool:
        return bool(known.str.contains(pattern).all())

    read: pl.Series | None = None
    if known.is_empty():
        read = values.cast(pl.Date)
    elif have(r"^\d{4}$"):
        read = values.cast(pl.Int64)
    elif have(r"^\d{4}-\d{2}$"):
        read = (values + "-01").str.to_date("%Y-%m-%d", strict=False)
    elif have(_DAY + "$"):
        read = values.str.to_date("%Y-%m-%d", strict=False)
    else:
        spaced = values.str.replace("T", " ", literal=True)
        for rest, form in _SECONDS.items():
            if have(_DAY + r"[T ]\d{2}" + rest):
                read = spaced.str.to_datetime(form, strict=False)
    return read


def _forms(values: pl.Series) -> list[str]:
    """One string of each form of digits, in their order: what is not of the form of the others shows."""
    forms: dict[str, str] = {}
    for value in values:
        forms.setdefault("".join("0" if c.isdigit() else c for c in value), value)
    return list(forms.values())
