"""Documents in: whatever a user gives, as one frame; places of edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import polars as pl

from ..errors import DataTypeError
from .checks import kind_of
from .frames import require_columns, require_doc_ids

Documents: TypeAlias = (
    pl.DataFrame
    | pl.LazyFrame
    | pl.Series
    | str
    | Sequence[str]
    | Sequence[Sequence[str]]
    | Mapping[Any, str]
    | Mapping[Any, Sequence[str]]
)


def frame_of(docs: Documents, text: str) -> pl.DataFrame:
    """Whatever the user gave, as a frame with ``doc_id`` and the text column."""
    frame: pl.DataFrame
    if isinstance(docs, pl.LazyFrame):
        frame = docs.collect()
    elif isinstance(docs, pl.DataFrame):
        frame = docs
    elif isinstance(docs, str):
        frame = pl.DataFrame({text: [docs]})
    elif isinstance(docs, pl.Series):
        frame = pl.DataFrame({text: docs})
    elif isinstance(docs, Mapping):
        ids = pl.Series("doc_id", list(docs), dtype=None if docs else pl.String)
        frame = pl.DataFrame([ids, _column(list(docs.values()), text)])
    elif isinstance(docs, Iterable) and not _is_foreign_frame(docs):
        frame = pl.DataFrame([_column(list(docs), text)])
    else:
        raise DataTypeError(
            "`docs` must be a polars DataFrame, a Series, texts, lists of tokens, or a mapping from doc_id to them; "
            f"got {kind_of(docs)}"
        )
    require_columns(frame, text)
    if "doc_id" not in frame.columns:
        ids = pl.Series("doc_id", [f"doc{i}" for i in range(1, frame.height + 1)], dtype=pl.String)
        frame = frame.insert_column(0, ids) if frame is not docs else frame.clone().insert_column(0, ids)
    require_doc_ids(frame)
    return frame


def _is_foreign_frame(docs: object) -> bool:
    """A frame of another library: to iterate over it gives the names of its columns, which are no documents."""
    return hasattr(docs, "columns") and hasattr(docs, "shape")


def _column(values: list[Any], name: str) -> pl.Series:
    """Texts or lists of tokens as a series."""
    if all(value is None or isinstance(value, str) for value in values):
        return pl.Series(name, values, dtype=pl.String)
    for index, value in enumerate(values):
        if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
            raise DataTypeError(
                "`docs` must be all texts or all lists of tokens; "
                f"document {index + 1} is {type(value).__name__}"
            )
    lists = [list(value) for value in values]
    for index, words in enumerate(lists):
        for word in words:
            if word is not None and not isinstance(word, str):
                raise DataTypeError(f"`docs` must be lists of str; document {index + 1} holds {word!r}")
    return pl.Series(name, lists, dtype=pl.List(pl.String))


def places_of_edits(docs: pl.DataFrame, text: str) -> pl.DataFrame | None:
    """The edits that lead from the column `text` back to the raw texts; None if cleaning left none."""
    if text == "text" and "edits" in docs.columns and isinstance(docs.schema["edits"], pl.List):
        return edit_places_series(docs.get_column("edits"))
    return None


def edit_places_series(edits: pl.Series) -> pl.DataFrame:
    """The edits of cleaning, one row each, with the index of their document."""
    places = ("raw_start", "raw_end", "char_start", "char_end")
    frame = edits.alias("edits").to_frame().with_columns(document=pl.int_range(pl.len(), dtype=pl.UInt32))
    if frame.schema["edits"] == pl.List(pl.Null):
        return pl.DataFrame(schema={"document": pl.UInt32, **dict.fromkeys(places, pl.UInt32)})
    frame = frame.explode("edits").drop_nulls("edits")
    return frame.select("document", *(pl.col("edits").struct.field(name).cast(pl.UInt32) for name in places))


#: Columns of a frame of documents that are not metadata of its tokens.
NOT_METADATA = ("raw_text", "edits", "n_tokens", "n_types")
