"""Reading texts from files, folders and tables."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_word, warn
from .._base.documents import ArrowStream, texts_of
from .._base.progress import Progress, reporting
from ..errors import (
    DataError,
    DataTypeError,
    FileError,
    MissingColumnError,
    NoDocumentsError,
    ParameterError,
    UnreadableFileWarning,
)
from ._schema import DOCUMENTS

__all__ = ["count_damage", "read_texts"]

PathLike: TypeAlias = "str | os.PathLike[str]"
OnError = Literal["warn", "raise", "ignore"]

#: Files of one document each, and tables with a row a document.
_TEXT_SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml")
_TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")

#: Files that speak about a folder, by their names without suffix: never documents when a folder is read.
_ABOUT_THE_FOLDER = ("readme", "manifest", "license", "licence", "changelog")

#: Columns of metadata that may name a document's file.
_PATH_COLUMNS = ("file", "path", "filename", "file_name", "文件", "文件名", "路径")

#: How many files or ids a message names.
_NAMED = 10


def read_texts(
    paths: PathLike | Iterable[PathLike],
    *,
    metadata: PathLike | pl.DataFrame | pl.LazyFrame | None = None,
    text: str = "text",
    doc_id: str | None = None,
    encoding: str | None = None,
    on_error: OnError = "warn",
    progress: Progress = None,
) -> pl.DataFrame:
    """Read documents from files, folders and tables into one frame.

    Files named ``.txt`` or ``.md`` are a document each; of ``.html``, ``.htm`` and ``.xhtml`` the main text
    is taken. Tables (``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson``, ``.json``, ``.parquet``) hold a document a
    row. The encoding of each file is found by itself: UTF-8 with and without byte-order mark, GB 18030 (with
    GBK and GB 2312), Big5, UTF-16.

    Parameters
    ----------
    paths
        A folder (read with its subfolders; hidden files, files of other kinds and ``README``, ``MANIFEST``,
        ``LICENSE``, ``CHANGELOG`` are left out), a file (of any suffix: an unknown one is read as plain
        text), a glob pattern (``reports/**/*.txt``), or several.
    metadata
        What is known of the documents: a table file or a frame with one row a document. Its rows find
        their documents by ``doc_id``, or by a column ``file``, ``path``, ``filename``, ``文件`` or ``文件名``
        (relative to the metadata file or the end of the path, with or without suffix), whichever matches
        most.
        Joined by file, the table is taken as the list of documents: files that it does not name are left
        out with a warning, and its ``doc_id``, if it has one, becomes theirs. Joined by ``doc_id``,
        documents without a row stay and get nulls, with a warning.
    text
        Column of the tables that holds the texts. Their other columns ride along.
    doc_id
        Column of the tables and of the metadata that holds the ids; by default ``doc_id``. Without one, a
        file's name without suffix is its id (with its folder where names occur twice), rows of tables have
        the number of the row behind it: ``table-1``.
    encoding
        Encoding of all files instead of the one found (``"gbk"``, ``"big5"``, ``"utf-8"``, …). Files that are
        not valid in it count as unreadable.
    on_error
        What to do with files that cannot be read: ``"warn"`` leaves them out and names them in an
        ``UnreadableFileWarning``, ``"raise"`` raises ``FileError``, ``"ignore"`` leaves them out silently.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are files.

    Returns
    -------
    DataFrame
        One row a document, in the order of the paths (rows of a table in its order): ``doc_id``, ``text``,
        ``path``, ``encoding`` (null for tables in Parquet), ``damage``, then metadata. ``damage`` counts
        signs of damage (:func:`count_damage`). Pages in HTML add ``title`` and ``date`` where they declare
        them. Texts are as in the files: line ends, white space and damage included; see
        :func:`duizhao.clean`.

    Raises
    ------
    FileError
        A path that does not exist; with ``on_error="raise"`` a file that cannot be read.
    NoDocumentsError
        A folder, pattern or list without a readable document.
    DataError
        Metadata that match no document, or one document twice; ids that occur twice.
    MissingColumnError
        Metadata without a column to join by.
    ParameterError, DataTypeError
        An unknown encoding or word; an argument of a wrong type.

    Examples
    --------
    >>> import duizhao as dz, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("云川县的春天", encoding="utf-8")
    >>> _ = (folder / "b.txt").write_text("云川县的秋天", encoding="gb18030")
    >>> _ = (folder / "about.csv").write_text("file,year\\na.txt,2023\\nb.txt,2024\\n")
    >>> docs = dz.read_texts(folder, metadata=folder / "about.csv")
    >>> docs.select("doc_id", "text", "encoding", "damage", "year").rows()
    [('a', '云川县的春天', 'utf-8', 0, 2023), ('b', '云川县的秋天', 'gb18030', 0, 2024)]
    """
    require_word(on_error, get_args(OnError), argument="on_error")
    about = _Metadata.load(metadata, doc_id)
    files = _find(paths, leave_out=about.file if about else None)
    read = _Reader(text=text, doc_id=doc_id or "doc_id", encoding=encoding, progress=progress)
    frame = read.read(files)
    _report(read.problems, on_error, nothing_left=frame.is_empty())
    if read.partly:
        warn("some bytes are not valid in the encoding found and became U+FFFD: " + _some(read.partly))
    if about is not None:
        frame = about.join(frame)
    ids = frame.get_column("doc_id")
    if ids.n_unique() != ids.len():
        twice = ids.filter(ids.is_duplicated()).unique(maintain_order=True).to_list()
        raise DataError(f"'doc_id' must be unique; these occur twice: {_some([repr(i) for i in twice])}")
    return frame


def count_damage(texts: Sequence[str] | str | pl.Series | ArrowStream) -> pl.Series:
    """Count the signs of damage in each text, as in the column ``damage`` of :func:`read_texts`.

    Counted are, one each: U+FFFD; ``锟斤拷``, runs of three or more ``烫`` or ``屯``; a syllable with a tone
    mark in brackets behind a Han character (``協(xié)``) or what is left of one (``?lián)``); private-use
    characters; UTF-8 or GBK read as Latin-1 (``ä¸­``, ``ÖÐ¹ú``) and UTF-8 read as GBK (``锛``, ``銆``,
    ``鈥``, ``鐨``); control characters other than tab and line ends. It is a warning lamp: a teaching text
    with readings counts too, and :func:`duizhao.repair_evidence` gives the verdict.

    Parameters
    ----------
    texts
        A series of strings without nulls.

    Returns
    -------
    Series
        ``damage``, Int64, as long as `texts`.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> dz.count_damage(pl.Series(["政协(机关)", "協(xié)商，锟斤拷"])).to_list()
    [0, 2]
    """
    counts: pl.Series = _core.count_damage(texts_of(texts))
    return counts


# --- which files ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _File:
    path: Path
    #: Path below the folder or pattern that was given, for ids of files of the same name.
    relative: PurePosixPath

    @property
    def is_table(self) -> bool:
        return self.path.suffix.lower() in _TABLE_SUFFIXES


def find_documents(paths: PathLike | Iterable[PathLike]) -> tuple[list[tuple[Path, str]], list[Path]]:
    """Find the text files with the ``doc_id`` that :func:`read_texts` would give each, and the tables.

    A folder that holds texts is a folder of texts: the tables in it describe them.
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    folders = [Path(one).expanduser().resolve() for one in given if Path(one).expanduser().is_dir()]
    files = _find(given, None)
    texts = [file for file in files if not file.is_table]
    tables = [file for file in files if file.is_table]
    if texts:
        tables = [file for file in tables if not any(f in file.path.resolve().parents for f in folders)]
    return list(zip((file.path for file in texts), _ids(texts), strict=True)), [file.path for file in tables]


def _find(paths: PathLike | Iterable[PathLike], leave_out: Path | None) -> list[_File]:
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    if not isinstance(given, Iterable):
        raise DataTypeError(f"`paths` must be a path, a glob pattern or several; got {type(paths).__name__}")
    found: dict[Path, _File] = {}
    names: list[str] = []
    for one in given:
        if not isinstance(one, (str, os.PathLike)):
            raise DataTypeError(f"`paths` must hold paths or glob patterns; got {type(one).__name__}")
        name = os.fspath(one)
        if not name.strip():
            # The path module takes it for the working directory, which nobody meant.
            raise ParameterError(f"`paths` must hold paths or glob patterns; got {name!r}")
        names.append(name)
        for file in _expand(Path(name).expanduser()):
            resolved = file.path.resolve()
            if resolved != leave_out:
                found.setdefault(resolved, file)
    if not found:
        raise NoDocumentsError(
            f"`paths` must lead to documents ({', '.join(_TEXT_SUFFIXES + _TABLE_SUFFIXES)}); "
            f"there are none in {_some([repr(n) for n in names]) if names else 'an empty list'}"
        )
    return sorted(found.values(), key=lambda file: file.path.as_posix())


def _expand(path: Path) -> list[_File]:
    """The files that a path stands for."""
    if path.is_dir():
        inside = (
            file
            for file in path.rglob("*")
            if file.suffix.lower() in _TEXT_SUFFIXES + _TABLE_SUFFIXES
            and file.stem.lower() not in _ABOUT_THE_FOLDER
        )
        relative = [(file, file.relative_to(path)) for file in inside if file.is_file()]
        return [
            _File(file, PurePosixPath(below.as_posix()))
            for file, below in relative
            if not any(part.startswith(".") for part in below.parts)
        ]
    if path.exists():
        return [_File(path, PurePosixPath(path.name))]
    if glob.has_magic(str(path)):
        # Path.glob takes no absolute patterns.
        matched = [Path(name) for name in glob.glob(str(path), recursive=True)]  # noqa: PTH207
        files = [file for file in matched if file.is_file()]
        if not files:
            return []
        # The folder above the first part of the pattern.
        fixed = Path(*_until(path.parts, glob.has_magic))
        return [_File(file, PurePosixPath(file.relative_to(fixed).as_posix())) for file in files]
    raise FileError(f"no such file or folder: {str(path)!r}")


def _until(parts: Iterable[str], stop: Callable[[str], bool]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if stop(part):
            break
        kept.append(part)
    return kept


# --- reading --------------------------------------------------------------------------------------


@dataclass
class _Reader:
    text: str
    doc_id: str
    encoding: str | None
    progress: Progress
    #: File name and reason.
    problems: list[str] = field(default_factory=list)
    partly: list[str] = field(default_factory=list)

    def read(self, files: list[_File]) -> pl.DataFrame:
        singles = [file for file in files if not file.is_table]
        tables = [file for file in files if file.is_table]
        parts: list[tuple[str, pl.DataFrame]] = []
        if singles:
            frame = self._singles(singles)
            parts += [(frame["path"][i], frame[i]) for i in range(frame.height)] if tables else [("", frame)]
        for file in tables:
            table = self._table(file)
            if table is not None:
                parts.append((str(file.path), table))
        if tables and singles:
            order = {str(file.path): i for i, file in enumerate(files)}
            parts.sort(key=lambda part: order[part[0]])
        frames = [part for _, part in parts]
        if len({frame.schema["doc_id"] for frame in frames}) > 1:
            frames = [frame.with_columns(pl.col("doc_id").cast(pl.String)) for frame in frames]
        return pl.concat(frames, how="diagonal_relaxed") if frames else pl.DataFrame(schema=DOCUMENTS)

    def _singles(self, files: list[_File]) -> pl.DataFrame:
        with reporting(self.progress, "read_texts", total=len(files), unit="files") as report:
            read = _core.read_files([str(f.path) for f in files], self.encoding, progress=report)
        read = read.with_columns(
            pl.Series("doc_id", _ids(files), dtype=pl.String),
            pl.Series("path", [str(f.path) for f in files], dtype=pl.String),
            pl.col("date").str.to_date("%Y-%m-%d", strict=False),
        )
        for path, problem in read.filter(pl.col("problem").is_not_null()).select("path", "problem").rows():
            self.problems.append(f"{path}: {problem}")
        read = read.filter(pl.col("problem").is_null())
        for path, count in read.filter(pl.col("replaced") > 0).select("path", "replaced").rows():
            self.partly.append(f"{path} ({count})")
        declared = [name for name in ("title", "date") if read[name].null_count() < read.height]
        return read.select(*DOCUMENTS.names(), *declared)

    def _table(self, file: _File) -> pl.DataFrame | None:
        try:
            table, encoding = _load_table(file.path, self.encoding, as_text=(self.doc_id,))
        except (FileError, pl.exceptions.PolarsError, OSError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            self.problems.append(f"{file.path}: {reason}")
            return None
        if self.text not in table.columns:
            have = ", ".join(map(repr, table.columns[:_NAMED]))
            self.problems.append(f"{file.path}: no column {self.text!r} (it has {have or 'no columns'})")
            return None
        texts = table.get_column(self.text)
        if texts.dtype in (pl.Categorical, pl.Enum) or texts.dtype == pl.Null:
            texts = texts.cast(pl.String)
        if texts.dtype != pl.String:
            self.problems.append(f"{file.path}: column {self.text!r} must hold strings; got {texts.dtype}")
            return None
        if self.doc_id in table.columns:
            ids = _numbers_if_plain(table.get_column(self.doc_id))
        else:
            ids = pl.Series([f"{file.path.stem}-{row + 1}" for row in range(table.height)], dtype=pl.String)
        table = table.drop(self.text).with_columns(texts.alias("text"), ids.alias("doc_id"))
        missing = table.get_column("text").null_count()
        if missing:
            rows = "row" if missing == 1 else "rows"
            self.problems.append(f"{file.path}: {missing} {rows} without text")
            table = table.filter(pl.col("text").is_not_null())
        table = table.with_columns(
            pl.lit(str(file.path)).alias("path"),
            pl.lit(encoding, dtype=pl.String).alias("encoding"),
            _core.count_damage(table.get_column("text")),
        )
        others = [name for name in table.columns if name not in DOCUMENTS]
        return table.select(*DOCUMENTS.names(), *others)


def _ids(files: list[_File]) -> list[str]:
    """Names without suffix; with the folder, then with the suffix, where that occurs twice."""
    names = [file.path.stem for file in files]
    for longer in (
        lambda file: str(file.relative.with_suffix("")),
        lambda file: str(file.relative),
        lambda file: file.path.as_posix(),
    ):
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        names = [longer(file) if counts[name] > 1 else name for file, name in zip(files, names, strict=True)]
    return names


def _load_table(
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


def _numbers_if_plain(ids: pl.Series) -> pl.Series:
    """Whole numbers as Int64, unless one has leading zeros."""
    if ids.dtype == pl.String and ids.len() and ids.str.contains(r"^(?:0|[1-9]\d{0,17})$").all():
        numbers: pl.Series = ids.cast(pl.Int64)
        return numbers
    return ids


# --- metadata -------------------------------------------------------------------------------------


@dataclass
class _Metadata:
    frame: pl.DataFrame
    #: The column that holds ids, if there is one.
    id_column: str
    file: Path | None

    @staticmethod
    def load(given: PathLike | pl.DataFrame | pl.LazyFrame | None, doc_id: str | None) -> _Metadata | None:
        if given is None:
            return None
        id_column = doc_id or "doc_id"
        if isinstance(given, pl.LazyFrame):
            given = given.collect()
        if isinstance(given, pl.DataFrame):
            return _Metadata(given, id_column, None)
        if not isinstance(given, (str, os.PathLike)):
            raise DataTypeError(f"`metadata` must be a table file or a frame; got {type(given).__name__}")
        path = Path(os.fspath(given)).expanduser()
        if not path.is_file():
            raise FileError(f"no such file: `metadata` {str(path)!r}")
        if path.suffix.lower() not in _TABLE_SUFFIXES:
            raise ParameterError(
                f"`metadata` must be a file that ends in {', '.join(_TABLE_SUFFIXES)}; got {str(path)!r}"
            )
        try:
            table, _ = _load_table(path, None, as_text=(id_column, *_PATH_COLUMNS))
        except (FileError, pl.exceptions.PolarsError, OSError, ValueError) as error:
            raise FileError(f"cannot read `metadata` {str(path)!r}: {error}") from error
        return _Metadata(table, id_column, path.resolve())

    def join(self, docs: pl.DataFrame) -> pl.DataFrame:
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
            called = _some([repr(i) for i in docs["doc_id"].head(3)])
            lying = _some([repr(p) for p in docs["path"].unique(maintain_order=True).head(3)])
            raise DataError(
                f"`metadata` must match documents by one of its columns {', '.join(map(repr, candidates))}; "
                f"no value does: the documents are called {called} and lie in {lying}, "
                f"{key!r} holds {_some([repr(v) for v in self.frame[key].head(3)])}"
            )
        if len(set(matched)) < len(matched) and key != self.id_column:
            twice = [row for row in set(matched) if matched.count(row) > 1]
            values = [repr(self.frame[key][row]) for row in sorted(twice)]
            raise DataError(
                f"column {key!r} of `metadata` must name one file a row; these fit several: {_some(values)}"
            )
        unused = self.frame.height - len(set(matched))
        if unused:
            rows_without = f"{unused} of {_count(self.frame.height, 'row')}"
            warn(f"{rows_without} of `metadata` without a document (joined by {key!r})")
        without = [path for path, row in zip(docs["path"], places, strict=True) if row is None]
        if without and key == self.id_column:
            names = [repr(i) for i, row in zip(docs["doc_id"], places, strict=True) if row is None]
            documents = f"{len(without)} of {_count(docs.height, 'document')}"
            warn(f"{documents} without a row in `metadata`: {_some(names)}")
        elif without:
            left_out = (
                f"left out {_count(len(without), 'file')} that column {key!r} of `metadata` does not list"
            )
            warn(f"{left_out}: {_some(without)}")
        return self._attach(docs, key, places)

    def _attach(self, docs: pl.DataFrame, key: str, places: list[int | None]) -> pl.DataFrame:
        index = pl.Series(places, dtype=pl.Int64)
        if key != self.id_column:
            docs, index = docs.filter(index.is_not_null()), index.drop_nulls()
        about = (
            self.frame.select(pl.all().gather(index.cast(pl.UInt32))) if index.len() else self.frame.clear()
        )
        if key != self.id_column and self.id_column in about.columns:
            ids = _numbers_if_plain(about.get_column(self.id_column))
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


# --- messages -------------------------------------------------------------------------------------


def _some(items: list[str]) -> str:
    more = f" and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    return ", ".join(items[:_NAMED]) + more


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _report(problems: list[str], on_error: OnError, *, nothing_left: bool) -> None:
    if not problems:
        return
    shown = "; ".join(problems[:_NAMED]) + (
        f"; and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
    )
    if on_error == "raise":
        raise FileError(f"cannot read {shown}")
    if nothing_left:
        raise NoDocumentsError(f"no document could be read: {shown}")
    if on_error == "warn":
        warn(f"left out: {shown}", UnreadableFileWarning)
