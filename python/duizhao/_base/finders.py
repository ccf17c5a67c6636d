"""Rows with places in documents: one treatment of what goes in, of edits, of metadata, and of lazy frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, overload

import polars as pl

from .documents import ArrowStream, Documents, frame_of, places_of_edits
from .frames import require_columns, require_text
from .metadata import Metadata, with_metadata
from .schema import with_doc_id

__all__ = ["Texts", "find", "of_documents", "searched"]

#: Documents in any shape that is there already.
Texts: TypeAlias = pl.DataFrame | pl.Series | str | Sequence[str] | Mapping[Any, str] | ArrowStream

#: Takes a frame of documents, gives rows with the number of their document.
Look: TypeAlias = Callable[[pl.DataFrame], pl.DataFrame]


@overload
def find(
    look: Look, schema: pl.Schema, docs: pl.DataFrame, *, text: str = ..., metadata: Metadata = ...
) -> pl.DataFrame: ...
@overload
def find(
    look: Look, schema: pl.Schema, docs: Documents, *, text: str = ..., metadata: Metadata = ...
) -> pl.DataFrame | pl.LazyFrame: ...
def find(
    look: Look, schema: pl.Schema, docs: Documents, *, text: str = "text", metadata: Metadata = True
) -> pl.DataFrame | pl.LazyFrame:
    """The rows that `look` finds in documents, under the documents' ids and with their metadata.

    Parameters
    ----------
    look
        Takes a frame of documents with ``doc_id`` and the column of texts; gives a frame with ``document``, the number of the row
        of its document, and the columns of `schema` but ``doc_id``. It must look at each document by itself.
    schema
        The fixed columns.
    docs
        As the user gave them. A lazy frame is not collected: the result is lazy, and is worked through in pieces if the
        engine likes. Only whole frames can show a ``doc_id`` that occurs in two pieces; without ``doc_id`` rows are numbered.
    text
        The column of texts.
    metadata
        As the user gave it.
    """
    if not isinstance(docs, pl.LazyFrame):
        return _found(look, schema, frame_of(docs, text), text, metadata)
    require_columns(docs, text)
    if "doc_id" not in docs.collect_schema():
        numbers = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
        docs = docs.select(pl.format("doc{}", numbers).alias("doc_id"), pl.all())
    # What the metadata are called, and whether they are there, is known before anything is read.
    nothing = pl.DataFrame(schema=docs.collect_schema())
    ids = nothing.schema["doc_id"]
    fixed = pl.DataFrame(schema=with_doc_id(schema, ids))
    kinds = with_metadata(fixed, nothing, pl.Series([], dtype=pl.UInt32), metadata, text=text).schema
    return docs.map_batches(
        lambda frame: _found(look, schema, frame_of(frame, text), text, metadata),
        schema=kinds,
        # The texts of a row decide about that row only.
        streamable=True,
    )


def _found(look: Look, schema: pl.Schema, frame: pl.DataFrame, text: str, metadata: Metadata) -> pl.DataFrame:
    return of_documents(look(frame), schema, frame, text=text, metadata=metadata)


def of_documents(
    found: pl.DataFrame,
    schema: pl.Schema,
    documents: pl.DataFrame,
    *,
    text: str = "text",
    metadata: Metadata = True,
) -> pl.DataFrame:
    """Rows with the number of their document (``document``) under its id and with its metadata, in the order of `schema`."""
    rows = found.get_column("document")
    ids = documents.get_column("doc_id")
    kinds = with_doc_id(schema, ids.dtype)
    fixed = found.with_columns(ids.gather(rows).alias("doc_id")).select(kinds.names()).cast(dict(kinds))  # type: ignore[arg-type]
    return with_metadata(fixed, documents, rows, metadata, text=text)


def searched(frame: pl.DataFrame, text: str) -> tuple[pl.Series, pl.DataFrame | None]:
    """What the core takes of a frame of documents: the texts, and the edits that lead back to the raw ones."""
    return require_text(frame, text), places_of_edits(frame, text)
