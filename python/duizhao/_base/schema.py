"""The fixed columns of every frame that duizhao returns, in order; also for empty input.

``doc_id`` keeps the dtype that the user gave: the schemas below say ``String`` and are adjusted by :func:`with_doc_id`.
Frames "with metadata" carry the user's metadata columns behind the fixed ones.
"""

from __future__ import annotations

import polars as pl

STR = pl.String()
INT = pl.Int64()
FLOAT = pl.Float64()
BOOL = pl.Boolean()

#: One edit of ``dz.clean``, as kept in the column ``edits`` of a cleaned frame.
EDIT = pl.Struct(
    {
        "raw_start": pl.UInt32(),
        "raw_end": pl.UInt32(),
        "char_start": pl.UInt32(),
        "char_end": pl.UInt32(),
        "raw": STR,
        "repaired": STR,
        "kind": STR,
        "certain": BOOL,
    }
)

#: One page, paragraph, row, note or cell of a file, as kept in the column ``parts``: places count the text as it was read.
PART = pl.Struct({"kind": STR, "label": STR, "char_start": pl.UInt32(), "char_end": pl.UInt32()})

#: Where a row stands in a text: cleaned (``char_*``) and raw (``raw_*``) characters, half-open, 0-based.
SPAN = pl.Schema({"char_start": INT, "char_end": INT, "raw_start": INT, "raw_end": INT})


def with_doc_id(schema: pl.Schema, dtype: pl.DataType) -> pl.Schema:
    """The schema with every ``doc_id`` column set to the dtype that the user gave."""
    ids = ("doc_id", "first_doc_id")
    return pl.Schema({name: dtype if name.startswith(ids) else kind for name, kind in schema.items()})
