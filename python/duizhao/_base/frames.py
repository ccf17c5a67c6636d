"""Checks and small frame helpers that every facade module shares."""

from __future__ import annotations

import polars as pl

from ..errors import DataError, DataTypeError, MissingColumnError
from .checks import did_you_mean


def require_columns(frame: pl.DataFrame | pl.LazyFrame, *names: str, argument: str = "docs") -> None:
    """Raise ``MissingColumnError`` naming what is missing and what is there."""
    present = frame.collect_schema().names() if isinstance(frame, pl.LazyFrame) else frame.columns
    missing = [name for name in names if name not in present]
    if missing:
        raise MissingColumnError(
            f"`{argument}` must have the column{'s' if len(missing) > 1 else ''} "
            f"{', '.join(map(repr, missing))}; it has {', '.join(map(repr, present)) or 'no columns'}"
            f"{did_you_mean(missing[0], present)}"
        )


def require_text(frame: pl.DataFrame, column: str, *, argument: str = "docs") -> pl.Series:
    """Return the column of texts: there, of dtype String, without nulls.

    Categorical and Enum columns are read as their strings; an empty column of dtype Null is taken as no texts.
    """
    require_columns(frame, column, argument=argument)
    series = frame.get_column(column)
    if series.dtype in (pl.Categorical, pl.Enum) or (series.dtype == pl.Null and series.is_empty()):
        series = series.cast(pl.String)
    if series.dtype != pl.String:
        raise DataTypeError(f"column {column!r} of `{argument}` must be String; got {series.dtype}")
    if series.null_count():
        rows = series.is_null().arg_true().head(5).to_list()
        raise DataError(
            f"column {column!r} of `{argument}` must be without nulls; got {series.null_count()} of them, "
            f"first in row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows))}"
        )
    return series


def require_doc_ids(frame: pl.DataFrame, *, argument: str = "docs") -> pl.Series:
    """Return the column ``doc_id``: there, without nulls or duplicates; any dtype."""
    require_columns(frame, "doc_id", argument=argument)
    ids = frame.get_column("doc_id")
    if ids.null_count():
        raise DataError(
            f"column 'doc_id' of `{argument}` must be without nulls; got {ids.null_count()} of them"
        )
    if ids.n_unique() != ids.len():
        twice = ids.filter(ids.is_duplicated()).unique(maintain_order=True).head(5).to_list()
        raise DataError(
            f"column 'doc_id' of `{argument}` must be unique; these occur twice: {', '.join(map(repr, twice))}"
        )
    return ids


def require_plain(values: pl.Series, *, argument: str) -> None:
    """Raise ``DataTypeError`` if values cannot name groups: lists, structs, objects."""
    if values.dtype.is_nested() or values.dtype == pl.Object:
        raise DataTypeError(f"`{argument}` must have plain values; got {values.dtype}")


def require_ids_of(
    frame: pl.DataFrame, ids: pl.Series, *, argument: str, of: str = "docs", column: str = "doc_id"
) -> None:
    """Raise ``DataTypeError`` if document ids of a frame cannot be those of the documents: 1 is not ``"1"``."""
    dtype = frame.schema[column]
    if dtype != ids.dtype and not frame.is_empty() and not ids.is_empty():
        raise DataTypeError(
            f"column {column!r} of `{argument}` must have the dtype of the document ids of `{of}`, {ids.dtype}; got {dtype}"
        )
