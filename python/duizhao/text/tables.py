"""Tables: comma-separated values, JSON, JSON Lines and Parquet, with the encoding that the file is in."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from .. import _core
from ..errors import FileError

#: Tables with a row a document.
TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")


def load_table(
    path: Path, encoding: str | None, *, as_text: Iterable[str]
) -> tuple[pl.DataFrame, str | None]:
    """A table and its encoding. Columns in `as_text` stay strings: ids such as 000 are no numbers."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return pl.read_parquet(path), None
    read = _core.read_files([str(path)], encoding)
    if read["problem"][0] is not None:
        raise FileError(str(read["problem"][0]))
    source = io.BytesIO(str(read["text"][0]).encode("utf-8"))
    found = str(read["encoding"][0])
    if suffix in (".jsonl", ".ndjson"):
        return pl.read_ndjson(source, infer_schema_length=None), found
    if suffix == ".json":
        return pl.read_json(source, infer_schema_length=None), found
    separator = "\t" if suffix == ".tsv" else ","
    header = pl.read_csv(source, separator=separator, n_rows=0)
    source.seek(0)
    overrides = {name: pl.String for name in as_text if name in header.columns}
    table = pl.read_csv(
        source,
        separator=separator,
        infer_schema_length=None,
        try_parse_dates=True,
        schema_overrides=overrides,
    )
    return table, found


def numbers_if_plain(ids: pl.Series) -> pl.Series:
    """Whole numbers as Int64, unless one has leading zeros."""
    if ids.dtype == pl.String and ids.len() and ids.str.contains(r"^(?:0|[1-9]\d{0,17})$").all():
        numbers: pl.Series = ids.cast(pl.Int64)
        return numbers
    return ids
