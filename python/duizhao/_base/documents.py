"""Documents in: whatever a user gives, as one frame; their metadata out, behind the columns of a result; places of edits."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import polars as pl

from ..errors import DataError, DataTypeError
from .checks import kind_of, looks_like_a_file
from .frames import require_columns, require_doc_ids, require_text


class ArrowStream(Protocol):
    """A table or column of another library that hands its data over in Arrow's form."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Arrow's capsule."""


Documents: TypeAlias = (
    pl.DataFrame
    | pl.LazyFrame
    | pl.Series
    | str
    | Sequence[str]
    | Sequence[Sequence[str]]
    | Mapping[Any, str]
    | Mapping[Any, Sequence[str]]
    | ArrowStream
)

#: Columns of a frame of documents that are not metadata of its tokens.
NOT_METADATA = ("text", "raw_text", "edits", "parts", "n_tokens", "n_types")


def frame_of(docs: Documents, text: str, *, argument: str = "docs", ids: bool = True) -> pl.DataFrame:
    """Whatever the user gave, as a frame with ``doc_id`` and the text column.

    Without ``ids`` a frame that has no ``doc_id`` stays without, and one that has it is not checked: for what treats each
    row by itself.
    """
    frame = table_of(docs, text, argument=argument)
    require_columns(frame, text, argument=argument)
    if ids or not _is_table(docs):
        frame = numbered(frame)
    if ids:
        require_doc_ids(frame, argument=argument)
    return frame


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose documents have ids: ``doc1``, ``doc2``, … where they had none."""
    if "doc_id" in frame.columns:
        return frame
    named = pl.Series("doc_id", [f"doc{i}" for i in range(1, frame.height + 1)], dtype=pl.String)
    return frame.select(named, pl.all())


def table_of(docs: Documents, text: str, *, argument: str = "docs") -> pl.DataFrame:
    """Whatever the user gave, as a frame; where it has no columns of its own, with the column ``text`` (and ``doc_id``)."""
    if isinstance(docs, pl.LazyFrame):
        return docs.collect()
    if isinstance(docs, pl.DataFrame):
        return docs
    if isinstance(docs, str):
        _refuse_paths([docs], argument)
        return pl.DataFrame([_strings(text, [docs], argument)])
    if isinstance(docs, pl.Series):
        return pl.DataFrame({text: docs})
    if hasattr(docs, "__arrow_c_stream__"):
        return _of_arrow(docs, text, argument)
    if isinstance(docs, Mapping):
        keys = list(docs)
        if {"doc_id", text} <= set(keys):
            raise DataTypeError(
                f"`{argument}` must map ids to texts; the keys 'doc_id' and {text!r} look like columns: give pl.DataFrame(…) of it"
            )
        refuse_half_characters(keys, f"`{argument}`", numbered="id")
        try:
            names = pl.Series("doc_id", keys, dtype=None if keys else pl.String)
        except (TypeError, pl.exceptions.PolarsError) as error:
            raise DataTypeError(f"the keys of `{argument}` must be of one kind; {error}") from error
        return pl.DataFrame([names, _column(list(docs.values()), text, argument, keys)])
    if isinstance(docs, Iterable) and not isinstance(docs, bytes) and not _is_foreign_frame(docs):
        return pl.DataFrame([_column(list(docs), text, argument)])
    if isinstance(docs, os.PathLike):
        raise DataTypeError(f"`{argument}` must be texts or a frame; got a path, which dz.read_texts reads")
    raise DataTypeError(
        f"`{argument}` must be a frame (polars, or any with __arrow_c_stream__), a Series, texts, lists of tokens, or a "
        f"mapping from doc_id to them; got {kind_of(docs)}"
    )


def texts_of(texts: Documents, *, argument: str = "texts") -> pl.Series:
    """Texts without ids, one or several, as a series of strings without nulls."""
    if isinstance(texts, pl.LazyFrame | pl.DataFrame | Mapping):
        raise DataTypeError(f"`{argument}` must be texts in a list or Series; got {kind_of(texts)}")
    return require_text(table_of(texts, "text", argument=argument), "text", argument=argument)


def _is_table(docs: object) -> bool:
    """Whether what was given had columns with names, so that a missing ``doc_id`` was the user's choice."""
    return isinstance(docs, pl.DataFrame | pl.LazyFrame) or _is_foreign_frame(docs) or hasattr(docs, "schema")


def _is_foreign_frame(docs: object) -> bool:
    """A frame of another library: to iterate over it gives the names of its columns, which are no documents."""
    return hasattr(docs, "columns") and not isinstance(docs, str)


class _Stream:
    """Only Arrow's door of an object, so that polars does not take another one (pandas' index, pyarrow's types)."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._source.__arrow_c_stream__(requested_schema)


def _of_arrow(docs: Any, text: str, argument: str) -> pl.DataFrame:
    """A table (its columns) or a column (texts) of another library."""
    try:
        column = pl.Series(text, _Stream(docs))
    except Exception as error:
        # pyarrow's exceptions are no common class, and polars may panic over types that it does not know.
        raise DataTypeError(
            f"`{argument}` ({kind_of(docs)}) cannot be read as Arrow data: {error}"
        ) from error
    if not isinstance(column.dtype, pl.Struct):
        return column.alias(text).to_frame()
    frame = column.struct.unnest()
    # pandas sends an index without a name as a column: it numbers the rows and says nothing of the documents.
    return frame.select(
        name for name in frame.columns if not (name.startswith("__index_level_") and name.endswith("__"))
    )


def _refuse_paths(texts: list[str | None], argument: str) -> None:
    """Raise ``DataError`` where all texts are names of files: counting their letters is never what was meant."""
    if texts and all(looks_like_a_file(text) for text in texts):
        raise DataError(
            f"`{argument}` must be texts; {texts[0]!r} is the name of a file or folder, which dz.read_texts reads"
        )


def _column(values: list[Any], name: str, argument: str, ids: Sequence[Any] | None = None) -> pl.Series:
    """Texts or lists of tokens as a series."""
    if all(value is None or isinstance(value, str) for value in values):
        _refuse_paths(values, argument)
        return _strings(name, values, argument, ids)
    # The first document that is there says which of the two kinds is meant.
    there = [value for value in values if value is not None and not _is_missing(value)]
    of_texts = not there or isinstance(there[0], str)
    for index, value in enumerate(values):
        if _is_missing(value) or (value is None and not of_texts):
            raise DataError(
                f"`{argument}` must be without missing values; {_document(index, ids)} is missing ({value!r})"
            )
        is_list = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
        if (of_texts and value is not None and not isinstance(value, str)) or (not of_texts and not is_list):
            hint = "; pl.DataFrame(records) makes a frame of records" if isinstance(value, Mapping) else ""
            raise DataTypeError(
                f"`{argument}` must be all texts or all lists of tokens; "
                f"{_document(index, ids)} is {type(value).__name__}{hint}"
            )
    lists = [list(value) for value in values]
    for index, words in enumerate(lists):
        for word in words:
            if word is not None and not isinstance(word, str):
                raise DataTypeError(
                    f"`{argument}` must be lists of str; {_document(index, ids)} holds {word!r}"
                )
    try:
        return pl.Series(name, lists, dtype=pl.List(pl.String))
    except UnicodeEncodeError:
        for index, words in enumerate(lists):
            refuse_half_characters(words, f"`{argument}`: {_document(index, ids)}", numbered="token")
        raise


def _is_missing(value: object) -> bool:
    """Whether a value stands for a missing one: NaN, and what pandas has for it."""
    return (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in ("NAType", "NaTType")


def _document(index: int, ids: Sequence[Any] | None) -> str:
    return f"document {index + 1}" if ids is None else f"document {ids[index]!r}"


def _strings(name: str, values: list[Any], argument: str, ids: Sequence[Any] | None = None) -> pl.Series:
    try:
        return pl.Series(name, values, dtype=pl.String)
    except UnicodeEncodeError:
        for index, value in enumerate(values):
            if value is not None:
                refuse_half_characters([value], f"`{argument}`: {_document(index, ids)}")
        raise


def refuse_half_characters(values: Iterable[object], where: str, *, numbered: str | None = None) -> None:
    """Raise ``DataError`` for a string that holds half of a character, as text cut in the middle of an emoji does."""
    for number, value in enumerate(values, 1):
        half = _HALF.search(value) if isinstance(value, str) else None
        if half:
            which = f", {numbered} {number}," if numbered else ""
            raise DataError(
                f"{where}{which} holds half of a character (U+{ord(half[0]):04X}, a lone surrogate, behind "
                f"{half.start()} characters), which no text can; text.encode('utf-16', 'surrogatepass')"
                ".decode('utf-16', 'replace') puts U+FFFD there"
            )


#: Halves of a character of UTF-16.
_HALF = re.compile("[\\ud800-\\udfff]")


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
