"""Groups of documents: numbers for the core and names for the frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from ..errors import DataTypeError, ParameterError
from .checks import warn
from .frames import require_columns, require_plain


@dataclass(frozen=True)
class Groups:
    """Groups of documents by the values of one column or expression, or by the combinations of several."""

    #: Number of the group of each document; null for a document without a value.
    numbers: pl.Series
    #: One row a group, in the order of the values, with a column for each that was given.
    values: pl.DataFrame
    #: Documents of each group.
    sizes: pl.Series

    def labels(self, joint: str, *, named: bool = False) -> list[str]:
        """The groups' values as text, several joined; with ``named`` each has the name of its column before it."""
        shown = [
            pl.concat_str(*([pl.lit(f"{name}=")] if named else []), pl.col(name).cast(pl.String))
            for name in self.values.columns
        ]
        return self.values.select(pl.concat_str(*shown, separator=joint).alias("label")).to_series().to_list()


def groups_of(
    documents: pl.DataFrame,
    by: str | pl.Expr | Sequence[str | pl.Expr],
    *,
    argument: str = "by",
    quiet: bool = False,
) -> Groups:
    """Group documents; one that lacks a value is in no group, and a warning counts those (unless ``quiet``).

    Raises
    ------
    DataTypeError, ParameterError, MissingColumnError
        Something else than columns and expressions, or values that cannot name groups; none; columns that lack.
    """
    if not isinstance(by, str | pl.Expr) and not isinstance(by, Sequence):
        raise DataTypeError(
            f"`{argument}` must be a column, an expression or several; got {type(by).__name__}"
        )
    given = [by] if isinstance(by, str | pl.Expr) else list(by)
    if not given:
        raise ParameterError(f"`{argument}` must have at least one column; got none")
    columns = [evaluate(documents, one, argument=argument) for one in given]
    for place, one in enumerate(given):
        require_plain(columns[place], argument=argument)
        if isinstance(one, pl.Expr):
            name = one.meta.output_name(raise_if_undetermined=False) or "group"
            columns[place] = columns[place].alias(name)
    frame = pl.DataFrame([column.alias(str(i)) for i, column in enumerate(columns)])
    if not quiet:
        lacking = int(frame.select(pl.any_horizontal(pl.all().is_null()).sum()).item())
        warn_left_out(lacking, documents.height, argument)
    kinds = frame.drop_nulls().group_by(frame.columns).agg(pl.len().alias("size")).sort(frame.columns)
    numbered = kinds.select(frame.columns).with_columns(
        pl.Series("number", range(kinds.height), dtype=pl.UInt32)
    )
    found = frame.join(numbered, on=frame.columns, how="left", maintain_order="left")
    values = pl.DataFrame([kinds.get_column(str(i)).alias(column.name) for i, column in enumerate(columns)])
    return Groups(found.get_column("number"), values, kinds.get_column("size").cast(pl.Int64))


def warn_left_out(n: int, total: int, argument: str) -> None:
    """Say how many documents have no value, if there are any."""
    if n:
        warn(f"{n} of {total} documents have no value for `{argument}` and are left out")


def group_numbers(
    documents: pl.DataFrame, by: str | pl.Expr, *, argument: str = "by"
) -> tuple[pl.Series, list[str]]:
    """Group number of each document (null for none, with a warning), and the names in the order of the values."""
    if not isinstance(by, str | pl.Expr):
        # One column makes the groups here; the message is that of the column.
        evaluate(documents, by, argument=argument)
    groups = groups_of(documents, by, argument=argument)
    return groups.numbers, groups.values.to_series().cast(pl.String).to_list()


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
