"""What is known of the documents, behind the fixed columns of a result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import polars as pl

from ..errors import DataTypeError, MissingColumnError, ParameterError
from .checks import did_you_mean
from .documents import NOT_METADATA

#: How a document was read, as `dz.read_texts` says: it rides along only where it is named.
OF_READING = ("path", "encoding", "damage")

#: All metadata, none, or the columns that are named.
Metadata: TypeAlias = bool | str | Sequence[str]


def with_metadata(
    found: pl.DataFrame,
    documents: pl.DataFrame | Sequence[pl.DataFrame],
    rows: pl.Series | Sequence[pl.Series],
    metadata: Metadata = True,
    *,
    text: str = "text",
    ends: Sequence[str] = ("1", "2"),
) -> pl.DataFrame:
    """Puts the documents' metadata behind the columns of a frame.

    Parameters
    ----------
    found
        The fixed columns.
    documents
        The documents with all their columns; two such frames where the second of a pair comes from others.
    rows
        For each row of ``found`` the row of its document (null: it has none); for frames of pairs two such series: the columns
        are then called ``<name>_1`` and ``<name>_2``.
    metadata
        As the user gave it.
    text
        The column of texts, which is no metadata.
    ends
        What the two sides of a pair are called where they are not 1 and 2.
    """
    sides = [rows] if isinstance(rows, pl.Series) else list(rows)
    sources = [documents] * len(sides) if isinstance(documents, pl.DataFrame) else list(documents)
    names = metadata_names(sources, metadata, text=text)
    taken = set(found.columns)
    columns: list[pl.Series] = []
    for name in names:
        for end, source, places in zip(ends, sources, sides, strict=False):
            if name not in source.columns:
                continue
            called = free_name(name if len(sides) == 1 else f"{name}_{end}", taken)
            taken.add(called)
            columns.append(source.get_column(name).gather(places.cast(pl.UInt32)).alias(called))
    return found.hstack(columns) if columns else found


def with_group_metadata(
    found: pl.DataFrame,
    documents: pl.DataFrame,
    numbers: pl.Series,
    rows: pl.Series | Sequence[pl.Series],
    metadata: Metadata = True,
    *,
    text: str = "text",
    ends: Sequence[str] = ("1", "2"),
) -> pl.DataFrame:
    """Puts the metadata that are the same throughout each group behind the columns of a frame of groups.

    ``numbers`` holds the group of each document (null: in none), ``rows`` the group of each row of ``found`` (two series for
    pairs of groups; null where a side is no group, such as all the others). A column that differs within a group is left
    out, or refused if the user named it.
    """
    names = metadata_names([documents], metadata, text=text)
    plain = [
        name
        for name in names
        if not documents.schema[name].is_nested() and documents.schema[name] != pl.Object
    ]
    if not names:
        return found
    # At least one column, or there would be no rows to number.
    numbered = documents.select("doc_id", *plain).with_columns(numbers.cast(pl.UInt32).alias("__group"))
    groups = numbered.drop_nulls("__group").group_by("__group", maintain_order=True)
    kinds = groups.agg(pl.all().n_unique())
    same = [name for name in plain if kinds.get_column(name).max() in (None, 1)]
    if not isinstance(metadata, bool):
        for name in names:
            if name not in same:
                raise ParameterError(
                    f"`metadata` must name columns that are the same throughout each group; {name!r} is not"
                )
    if not same:
        return found
    values = groups.agg(pl.col(same).first())
    most = max(numbers.drop_nulls().to_list(), default=0)
    everyone = pl.DataFrame({"__group": pl.int_range(most + 1, dtype=pl.UInt32, eager=True)})
    by_group = everyone.join(values, on="__group", how="left", maintain_order="left").drop("__group")
    return with_metadata(found, by_group, rows, list(same), text="", ends=ends)


def metadata_names(documents: Sequence[pl.DataFrame], metadata: Metadata, *, text: str = "text") -> list[str]:
    """The columns of some of these documents that ride along, checked."""
    columns = dict.fromkeys(name for frame in documents for name in frame.columns)
    there = [name for name in columns if name not in ("doc_id", text, *NOT_METADATA)]
    if isinstance(metadata, bool):
        return [name for name in there if name not in OF_READING] if metadata else []
    if not isinstance(metadata, Iterable):
        raise DataTypeError(
            f"`metadata` must be True, False or names of columns; got {type(metadata).__name__}"
        )
    names = [metadata] if isinstance(metadata, str) else list(metadata)
    for name in names:
        if not isinstance(name, str):
            raise DataTypeError(f"`metadata` must be True, False or names of columns; got the entry {name!r}")
        if name not in there:
            raise MissingColumnError(
                f"`metadata` must name columns of metadata; there is no {name!r} among "
                f"{', '.join(map(repr, there)) or 'none'}{did_you_mean(name, there)}"
            )
    return list(dict.fromkeys(names))


def free_name(name: str, taken: set[str]) -> str:
    """The name, with ``_metadata`` behind it as long as a column has it already."""
    while name in taken:
        name += "_metadata"
    return name
