"""Groups of documents: numbers for the core and names for the frame."""

from __future__ import annotations

import warnings

import polars as pl

from ..corpus.dfm import evaluate
from ..errors import DuizhaoWarning
from .frames import require_plain


def group_numbers(
    documents: pl.DataFrame, by: str | pl.Expr, *, argument: str = "by"
) -> tuple[pl.Series, list[str]]:
    """Group number of each document (null for none, with a warning), and the names in the order of the values."""
    values = evaluate(documents, by, argument=argument)
    require_plain(values, argument=argument)
    if values.null_count():
        warnings.warn(
            f"{values.null_count()} of {documents.height} documents have no value for `{argument}` and are left out",
            DuizhaoWarning,
            stacklevel=4,
        )
    kinds = values.drop_nulls().unique().sort()
    table = pl.DataFrame({"value": kinds, "number": pl.Series(range(kinds.len()), dtype=pl.UInt32)})
    numbers = values.alias("value").to_frame().join(table, on="value", how="left", maintain_order="left")
    return numbers.get_column("number"), kinds.cast(pl.String).to_list()
