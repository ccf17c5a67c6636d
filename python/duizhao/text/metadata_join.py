"""What is known of documents, from a table or frame: finding the row of each and joining it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import polars as pl

from .._base.checks import counted, listed, warn
from .._base.names import on_disk
from ..errors import DataError, DataTypeError, FileError, MissingColumnError, ParameterError
from ..files.held import SHEETS
from ..files.sheets import read_sheets
from ._schema import DOCUMENTS
from .kinds import SUFFIXES, kind_of_file
from .tables import TABLE_SUFFIXES, load_table, numbers_if_plain

#: Columns of metadata that may name a document's file.
_PATH_COLUMNS = ("file", "path", "filename", "file_name", "文件", "文件名", "路径")


@dataclass
class Metadata:
    """A table of what is known, with the place it comes from."""

    frame: pl.DataFrame
    #: The column that holds ids, if there is one.
    id_column: str
    file: Path | None

    @staticmethod
    def load(
        given: str | os.PathLike[str] | pl.DataFrame | pl.LazyFrame | None, doc_id: str | None
    ) -> Metadata | None:
        """Take a frame as it is, read a table file; None stays None."""
        if given is None:
            return None
        id_column = doc_id or "doc_id"
        if isinstance(given, pl.LazyFrame):
            given = given.collect()
        if isinstance(given, pl.DataFrame):
            return Metadata(given, id_column, None)
        if not isinstance(given, (str, os.PathLike)):
            raise DataTypeError(f"`metadata` must be a table file or a frame; got {type(given).__name__}")
        path = on_disk(Path(os.fspath(given)).expanduser())
        if not path.is_file():
            raise FileError(f"no such file: `metadata` {str(path)!r}")
        suffix = path.suffix.lower()
        is_sheet = SUFFIXES.get(suffix) in SHEETS
        if suffix not in TABLE_SUFFIXES and not is_sheet:
            allowed = (*TABLE_SUFFIXES, *(one for one, kind in SUFFIXES.items() if kind in SHEETS))
            raise ParameterError(
                f"`metadata` must be a file that ends in {', '.join(allowed)}; got {str(path)!r}"
            )
        keys = (id_column, *_PATH_COLUMNS)
        try:
            if is_sheet and kind_of_file(path) in SHEETS:
                # The first sheet that has a column to join by.
                table = read_sheets(path.read_bytes(), keys, as_text=keys)[0].frame
            else:
                table, _ = load_table(path, None, as_text=keys)
        except (FileError, pl.exceptions.PolarsError, OSError, ValueError) as error:
            raise FileError(f"cannot read `metadata` {str(path)!r}: {error}") from error
        return Metadata(table, id_column, path.resolve())

    def join(self, docs: pl.DataFrame) -> pl.DataFrame:
        """Put the columns behind the documents that they are about, by the column that fits most of them."""
        candidates = [n for n in (self.id_column, *_PATH_COLUMNS) if n in self.frame.columns]
        if not candidates:
            raise MissingColumnError(
                f"`metadata` must have a column to join by: "
                f"{', '.join(map(repr, (self.id_column, *_PATH_COLUMNS)))}; "
                f"it has {', '.join(map(repr, self.frame.columns)) or 'no columns'}"
            )
        rows = {name: self._rows(name, docs) for name in candidates}
        # The first of equals.
        key = max(candidates, key=lambda name: sum(row is not None for row in rows[name]))
        places = rows[key]
        matched = [row for row in places if row is not None]
        if not matched:
            called = listed([repr(i) for i in docs["doc_id"].head(3)])
            lying = listed([repr(p) for p in docs["path"].unique(maintain_order=True).head(3)])
            raise DataError(
                f"`metadata` must match documents by one of its columns {', '.join(map(repr, candidates))}; "
                f"no value does: the documents are called {called} and lie in {lying}, "
                f"{key!r} holds {listed([repr(v) for v in self.frame[key].head(3)])}"
            )
        if len(set(matched)) < len(matched) and key != self.id_column:
            twice = [row for row in set(matched) if matched.count(row) > 1]
            values = [repr(self.frame[key][row]) for row in sorted(twice)]
            raise DataError(
                f"column {key!r} of `metadata` must name one file a row; these fit several: {listed(values)}"
            )
        unused = self.frame.height - len(set(matched))
        if unused:
            rows_without = f"{unused} of {counted(self.frame.height, 'row')}"
            warn(f"{rows_without} of `metadata` without a document (joined by {key!r})")
        without = [path for path, row in zip(docs["path"], places, strict=True) if row is None]
        if without and key == self.id_column:
            names = [repr(i) for i, row in zip(docs["doc_id"], places, strict=True) if row is None]
            documents = f"{len(without)} of {counted(docs.height, 'document')}"
            warn(f"{documents} without a row in `metadata`: {listed(names)}")
        elif without:
            left_out = (
                f"left out {counted(len(without), 'file')} that column {key!r} of `metadata` does not list"
            )
            warn(f"{left_out}: {listed(without)}")
        return self._attach(docs, key, places)

    def _attach(self, docs: pl.DataFrame, key: str, places: list[int | None]) -> pl.DataFrame:
        index = pl.Series(places, dtype=pl.Int64)
        if key != self.id_column:
            docs, index = docs.filter(index.is_not_null()), index.drop_nulls()
        about = (
            self.frame.select(pl.all().gather(index.cast(pl.UInt32))) if index.len() else self.frame.clear()
        )
        if key != self.id_column and self.id_column in about.columns:
            ids = numbers_if_plain(about.get_column(self.id_column))
            if ids.null_count():
                raise DataError(
                    f"column {self.id_column!r} of `metadata` must be without nulls; got {ids.null_count()}"
                )
            docs = docs.with_columns(ids.alias("doc_id"))
        for name in about.columns:
            if name in DOCUMENTS or name == self.id_column:
                continue
            column = about.get_column(name)
            if name in docs.columns and docs.schema[name] == column.dtype:
                # What the table of metadata says counts; what the file says of itself fills the gaps.
                column = column.zip_with(column.is_not_null(), docs.get_column(name))
            docs = docs.with_columns(column)
        return docs

    def _rows(self, name: str, docs: pl.DataFrame) -> list[int | None]:
        """For each document the row whose value in the column fits it."""
        values = self.frame.get_column(name).cast(pl.String, strict=False)
        if name == self.id_column:
            return self._by_id(name, values, docs)
        paths = [Path(path).resolve().as_posix() for path in docs["path"]]
        exact: dict[str, list[int]] = {}
        for row, value in enumerate(values):
            if value:
                normal = value.strip().replace("\\", "/").removeprefix("./")
                for form in (normal, str(PurePosixPath(normal).with_suffix(""))):
                    if row not in exact.setdefault(form, []):
                        exact[form].append(row)
        base = self.file.parent.as_posix() + "/" if self.file else None
        return [self._by_path(name, path, exact, base) for path in paths]

    def _by_id(self, name: str, values: pl.Series, docs: pl.DataFrame) -> list[int | None]:
        rows: dict[str, int] = {}
        wanted = set(docs.get_column("doc_id").cast(pl.String))
        for row, value in enumerate(values):
            if value is None:
                continue
            if value in rows and value in wanted:
                raise DataError(f"column {name!r} of `metadata` must be unique; {value!r} occurs twice")
            rows[value] = row
        return [rows.get(value) for value in docs.get_column("doc_id").cast(pl.String)]

    @staticmethod
    def _by_path(name: str, path: str, exact: dict[str, list[int]], base: str | None) -> int | None:
        """The row that names a path: from the metadata's folder on, else by the longest end of the path."""
        stem = str(PurePosixPath(path).with_suffix(""))
        forms: list[str] = []
        if base is not None and path.startswith(base):
            forms += [path[len(base) :], stem[len(base) :]]
        parts, stems = path.split("/"), stem.split("/")
        for start in range(len(parts)):
            forms += ["/".join(parts[start:]), "/".join(stems[start:])]
        for form in forms:
            rows = exact.get(form)
            if rows:
                if len(rows) > 1:
                    raise DataError(
                        f"column {name!r} of `metadata` must name each file once; {form!r} occurs twice"
                    )
                return rows[0]
        return None
