"""The fixed columns of the frames of this room, in order; also for empty input."""

from __future__ import annotations

import polars as pl

from .._base.schema import FLOAT, STR

#: ``Dictionary.to_frame``: one row an entry, in the order of the dictionary.
DICTIONARY = pl.Schema(
    {
        "category": STR,
        "levels": pl.List(STR),
        "entry": STR,
        "weight": FLOAT,
        "not_before": pl.List(STR),
        "not_after": pl.List(STR),
        "not_inside": pl.List(STR),
    }
)
