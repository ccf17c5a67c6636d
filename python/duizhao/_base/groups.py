"""Groups of documents: numbers for the core and names for the frame."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from ..errors import DataTypeError, ParameterError
from .frames import require_columns, require_plain
from .notices import warn


def group_numbers(
    documents: pl.DataFrame, by: str | pl.Expr, *, argument: str = "by"
) -> tuple[pl.Series, list[str]]:
    """Group number of each document (null for none, with a warning), and the names in the order of the values."""
    values = evaluate(documents, by, argument=argument)
    require_plain(values, argument=argument)
    if values.null_count():
        warn(
            f"{values.null_count()} of {documents.height} documents have no value for `{argument}` and are left out"
        )
    kinds = values.drop_nulls().unique().sort()
    table = pl.DataFrame({"value": kinds, "number": pl.Series(range(kinds.len()), dtype=pl.UInt32)})
    numbers = values.alias("value").to_frame().join(table, on="value", how="left", maintain_order="left")
    return numbers.get_column("number"), kinds.cast(pl.String).to_list()


def numbers(values: Iterable[int] | pl.Series) -> pl.Series:
    """Row or feature numbers as the core wants them."""
    return pl.Series(values, dtype=pl.UInt32) if not isinstance(values, pl.Series) else values.cast(pl.UInt32)


def chosen_rows(frame: pl.DataFrame, condition: object, *, argument: str) -> pl.Series:
    """Numbers of the rows for which an expression over ``frame`` is true; null counts as false."""
    flags = evaluate(frame, condition, argument=argument)
    if flags.dtype != pl.Boolean:
        raise DataTypeError(f"`{argument}` must be a Boolean expression; got {flags.dtype}")
    rows: pl.Series = flags.fill_null(False).arg_true()
    return rows


def evaluate(frame: pl.DataFrame, expression: object, *, argument: str) -> pl.Series:
    """A column of ``frame`` by name or expression, one value a row."""
    if isinstance(expression, str):
        require_columns(frame, expression, argument=argument)
        return frame.get_column(expression)
    if not isinstance(expression, pl.Expr):
        raise DataTypeError(
            f"`{argument}` must be a column name or a polars expression; got {type(expression).__name__}"
        )
    require_columns(frame, *expression.meta.root_names(), argument=argument)
    try:
        return (
            frame.with_row_index("__row").select("__row", expression.alias("__value")).get_column("__value")
        )
    except pl.exceptions.PolarsError as error:
        raise ParameterError(
            f"`{argument}` must be an expression over the documents' columns; got {error}"
        ) from error


def canonical_order(documents: pl.DataFrame) -> pl.Series:
    """Rows in the order of ``doc_id``, which does not depend on how they are stored."""
    ids = documents.get_column("doc_id")
    if ids.dtype == pl.Categorical or isinstance(ids.dtype, pl.Enum):
        ids = ids.cast(pl.String)
    rows: pl.Series = ids.arg_sort().cast(pl.UInt32)
    return rows
