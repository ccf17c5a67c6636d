"""Reading texts from files, folders and tables."""

from __future__ import annotations

import glob
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import listed, require_word, warn
from .._base.documents import ArrowStream, texts_of
from .._base.names import on_disk, shown
from .._base.progress import Progress, Report, counted, reporting
from ..errors import (
    DataError,
    DataTypeError,
    FileError,
    NoDocumentsError,
    ParameterError,
    UnreadableFileWarning,
)
from ..files import held
from ..files.archives import Unpacker
from ..files.parts import Part, parts_column
from ..files.sheets import read_sheets
from ._schema import DOCUMENTS
from .kinds import KINDS, SUFFIXES, described, kind_of_file
from .metadata_join import Metadata
from .tables import TABLE_SUFFIXES, load_table, numbers_if_plain

__all__ = ["count_damage", "read_texts"]

PathLike: TypeAlias = "str | os.PathLike[str]"
OnError = Literal["warn", "raise", "ignore"]

#: Files of one document each.
_TEXT_SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml")
#: Other files that are meant when a folder is given: those that are read, and those that are named with what to do.
_HELD_SUFFIXES = tuple(
    suffix
    for suffix, kind in SUFFIXES.items()
    if KINDS[kind].family in ("document", "sheet", "slides", "archive") or kind == "tiff"
)
_READ_SUFFIXES = tuple(
    suffix for suffix in _HELD_SUFFIXES if SUFFIXES[suffix] in (*held.DOCUMENTS, *held.SHEETS, *held.ARCHIVES)
)
#: What one file with several documents has for its kind.
_SEVERAL = (*held.SHEETS, *held.ARCHIVES)

#: Files that speak about a folder, by their names without suffix: never documents when a folder is read.
_ABOUT_THE_FOLDER = ("readme", "manifest", "license", "licence", "changelog")

#: How many files or ids a message names.
_NAMED = 10

#: The column of the number of the file, while documents are put together.
_ORDER = "__file"


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
    row. With the extra ``duizhao[files]`` PDF and Word files (``.docx``) are a document each, sheets (``.xlsx``, ``.xls``,
    ``.ods``) hold a document a row; OpenDocument texts (``.odt``) and zip archives are read in any case. What a file is
    stands in its content, not in its name. The encoding of each file is found by itself: UTF-8 with and
    without byte-order mark, GB 18030 (with GBK and GB 2312), Big5, UTF-16, UTF-32. Files in Japanese and Korean
    encodings are named and left out.

    Parameters
    ----------
    paths
        A folder (read with its subfolders; hidden files, files of other kinds and ``README``, ``MANIFEST``,
        ``LICENSE``, ``CHANGELOG`` are left out; older Office files, slides and other archives are named in the
        warning), a file (of any suffix: an unknown one is read as plain text), a glob pattern
        (``reports/**/*.txt``), or several.
    metadata
        What is known of the documents: a table file or a frame with one row a document. Its rows find
        their documents by ``doc_id``, or by a column ``file``, ``path``, ``filename``, ``文件`` or ``文件名``
        (relative to the metadata file or the end of the path, with or without suffix), whichever matches
        most.
        Joined by file, the table is taken as the list of documents: files that it does not name are left
        out with a warning, and its ``doc_id``, if it has one, becomes theirs. Joined by ``doc_id``,
        documents without a row stay and get nulls, with a warning.
    text
        Column of the tables and sheets that holds the texts. Their other columns ride along.
    doc_id
        Column of the tables and of the metadata that holds the ids; by default ``doc_id``. Without one, a
        file's name without suffix is its id (with its folder where names occur twice), rows of tables have
        the number of the row behind it: ``table-1``.
    encoding
        Encoding of all files instead of the one found (``"gbk"``, ``"big5"``, ``"utf-8"``, …). Files that are
        not valid in it count as unreadable.
    on_error
        What to do with files that cannot be read: ``"warn"`` leaves them out and names them in an
        ``UnreadableFileWarning``, ``"raise"`` raises ``FileError``, ``"ignore"`` leaves them out silently. A page
        in HTML that holds no text, because a script would fill it, is named in the same way, but its document stays, empty.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are files.

    Returns
    -------
    DataFrame
        One row a document, in the order of the paths (rows of a table in its order): ``doc_id``, ``text``,
        ``path`` (of a member of an archive ``archive.zip/inner.txt``), ``encoding`` (null where the file has none: Parquet,
        PDF, Office), ``damage``, then metadata. ``damage`` counts signs of damage (:func:`count_damage`). Pages in
        HTML add ``title`` and ``date`` where they declare them. Where files have pages, paragraphs or cells,
        ``parts`` says where these stand in the text (:func:`locate`). Texts are as in the files: line ends, white
        space and damage included; see :func:`duizhao.clean`.

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
    about = Metadata.load(metadata, doc_id)
    files = _find(paths, leave_out=about.file if about else None)
    read = _Reader(text=text, doc_id=doc_id or "doc_id", encoding=encoding, progress=progress)
    frame = read.read(files)
    _report(read.problems, on_error, nothing_left=frame.is_empty())
    if read.hollow and on_error == "raise":
        raise FileError(f"cannot read {listed(read.hollow)}")
    if read.hollow and on_error == "warn":
        hollow = UnreadableFileWarning(f"pages that hold no text: {listed(read.hollow)}")
        hollow.problems = tuple(read.hollow)
        warn(hollow)
    if read.partly:
        warn("some bytes are not valid in the encoding found and became U+FFFD: " + listed(read.partly))
    if read.notes:
        warn("read, but not whole: " + listed(read.notes))
    if about is not None:
        frame = about.join(frame)
    ids = frame.get_column("doc_id")
    if ids.n_unique() != ids.len():
        twice = ids.filter(ids.is_duplicated()).unique(maintain_order=True).to_list()
        raise DataError(f"'doc_id' must be unique; these occur twice: {listed([repr(i) for i in twice])}")
    return frame


def count_damage(texts: Sequence[str] | str | pl.Series | ArrowStream) -> pl.Series:
    """Count the signs of damage in each text, as in the column ``damage`` of :func:`read_texts`.

    Counted are, one each: U+FFFD; ``锟斤拷`` and its like, runs of three or more ``烫`` or ``屯``; a syllable with
    a tone mark in brackets behind a Han character (``協(xié)``) or what is left of one (``?lián)``), a word with
    its readings (``质量(zhìliàng)``); private-use characters; UTF-8 or GBK read as Latin-1 (``ä¸­``, ``ÖÐ¹ú``) and
    UTF-8 read as GBK (``锛``, ``銆``, ``鈥``, ``鐨``), or the stretches that :func:`duizhao.clean` repairs as
    misread where they are more; control characters other than tab and line ends; numbers of glyphs
    (``(cid:12)``); escapes that :func:`duizhao.clean` reads (``_x000D_``); radicals in words (``⺠``). It is a warning lamp: a teaching text
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
    #: Of a member of an archive the path in the column ``path``: the archive's and its own.
    inner: str | None = None
    #: What it is by its content; None for what may be text.
    kind: str | None = None

    @property
    def is_table(self) -> bool:
        return self.path.suffix.lower() in TABLE_SUFFIXES

    @property
    def shown(self) -> str:
        return shown(self.path) if self.inner is None else self.inner

    @property
    def stem(self) -> str:
        return PurePosixPath(self.shown.replace(os.sep, "/")).stem


def find_documents(paths: PathLike | Iterable[PathLike]) -> tuple[list[tuple[Path, str]], list[Path]]:
    """Find the text files with the ``doc_id`` that :func:`read_texts` would give each, and the tables.

    A folder that holds texts is a folder of texts: the tables in it describe them.
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    folders = [Path(one).expanduser().resolve() for one in given if Path(one).expanduser().is_dir()]
    files = _find(given, None)
    tables = [file for file in files if file.is_table or SUFFIXES.get(file.path.suffix.lower()) in _SEVERAL]
    texts = [file for file in files if file not in tables]
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
        for file in _expand(on_disk(Path(name).expanduser())):
            resolved = file.path.resolve()
            if resolved != leave_out:
                found.setdefault(resolved, file)
    if not found:
        raise NoDocumentsError(
            f"`paths` must lead to documents ({', '.join((*_TEXT_SUFFIXES, *_READ_SUFFIXES, *TABLE_SUFFIXES))}); "
            f"there are none in {listed([repr(n) for n in names]) if names else 'an empty list'}{_instead(names)}"
        )
    return sorted(found.values(), key=lambda file: file.path.as_posix())


def _instead(names: list[str]) -> str:
    """What stands in folders without documents: ``, which hold .jpg (12), .mp3 (1)``."""
    folders = [place for place in (on_disk(Path(name).expanduser()) for name in names) if place.is_dir()]
    suffixes = Counter(
        file.suffix.lower() or "files without suffix"
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    )
    # The most frequent, then by name.
    there = sorted(suffixes.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", only " + listed([f"{shown(suffix)} ({number})" for suffix, number in there]) if there else ""


def _expand(path: Path) -> list[_File]:
    """The files that a path stands for."""
    if path.is_dir():
        inside = (
            file
            for file in path.rglob("*")
            if file.suffix.lower() in (*_TEXT_SUFFIXES, *TABLE_SUFFIXES, *_HELD_SUFFIXES) and file.is_file()
        )
        relative = [(file, PurePosixPath(file.relative_to(path).as_posix())) for file in inside]
        return [_File(file, below) for file, below in relative if _is_meant(below)]
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


def _is_meant(below: PurePosixPath) -> bool:
    """Whether a file of a folder or archive is a document: not hidden, no lock file of Office, not about the folder."""
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in below.parts)
    suffix = below.suffix.lower()
    return (
        not hidden
        and below.stem.lower() not in _ABOUT_THE_FOLDER
        and suffix in (*_TEXT_SUFFIXES, *TABLE_SUFFIXES, *_HELD_SUFFIXES)
    )


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
    #: File name of a page and why it holds no text.
    hollow: list[str] = field(default_factory=list)
    #: File name and what is to be known of it, though it was read.
    notes: list[str] = field(default_factory=list)

    def read(self, files: list[_File]) -> pl.DataFrame:
        with tempfile.TemporaryDirectory(prefix="duizhao-", ignore_cleanup_errors=True) as scratch:
            unpacker = Unpacker(Path(scratch), _is_meant)
            known = [one for file in files for one in self._known(file, unpacker)]
            self.problems += unpacker.problems
            frames = self._frames(known)
        if len({frame.schema["doc_id"] for frame in frames}) > 1:
            frames = [frame.with_columns(pl.col("doc_id").cast(pl.String)) for frame in frames]
        if not frames:
            return pl.DataFrame(schema=DOCUMENTS)
        # Files in their order, rows of a table in its order.
        return pl.concat(frames, how="diagonal_relaxed").sort(_ORDER, maintain_order=True).drop(_ORDER)

    def _known(self, file: _File, unpacker: Unpacker, depth: int = 1) -> list[_File]:
        """The file with its kind; for an archive its members; nothing, and a problem, for what is not read."""
        try:
            kind = kind_of_file(file.path)
        except OSError:
            # The reader says why.
            return [file]
        if kind in held.ARCHIVES:
            members = unpacker.unpack(file.path, file.shown, depth)
            inside = [
                _File(member.file, file.relative / member.inner, f"{file.shown}/{member.inner}")
                for member in members
            ]
            return [one for member in inside for one in self._known(member, unpacker, depth + 1)]
        if kind is None or (kind == "parquet" and file.path.suffix.lower() == ".parquet"):
            return [file]
        if kind in held.DOCUMENTS or kind in held.SHEETS:
            return [replace(file, kind=kind)]
        self.problems.append(f"{file.shown}: {described(kind)}")
        return []

    def _frames(self, files: list[_File]) -> list[pl.DataFrame]:
        """Frames of documents, each row with the number of its file."""
        order = {file: number for number, file in enumerate(files)}
        tables = [file for file in files if file.kind in held.SHEETS or (file.kind is None and file.is_table)]
        of_rows = set(tables)
        singles = [file for file in files if file not in of_rows]
        ids = dict(zip(singles, _ids(singles), strict=True))
        plain = [file for file in singles if file.kind is None]
        converted = [file for file in singles if file.kind is not None]
        frames: list[pl.DataFrame] = []
        with reporting(self.progress, "read_texts", total=len(files), unit="files") as report:
            if plain:
                places = pl.Series(_ORDER, [order[file] for file in plain], dtype=pl.UInt32)
                frames.append(self._plain(plain, [ids[file] for file in plain], places, report))
            for file in counted(converted, report):
                frames += self._converted(file, ids[file], order[file])
            for file, stem in counted(zip(tables, _ids(tables), strict=True), report):
                place = pl.lit(order[file], dtype=pl.UInt32).alias(_ORDER)
                frames += [table.with_columns(place) for table in self._tables(file, stem)]
        return frames

    def _plain(self, files: list[_File], ids: list[str], places: pl.Series, report: Report) -> pl.DataFrame:
        read = _core.read_files([str(f.path) for f in files], self.encoding, progress=report)
        read = read.with_columns(
            pl.Series("doc_id", ids, dtype=pl.String),
            pl.Series("path", [f.shown for f in files], dtype=pl.String),
            pl.col("date").str.to_date("%Y-%m-%d", strict=False),
            places,
        )
        for path, problem in read.filter(pl.col("problem").is_not_null()).select("path", "problem").rows():
            self.problems.append(f"{path}: {problem}")
        read = read.filter(pl.col("problem").is_null())
        for path, count in read.filter(pl.col("replaced") > 0).select("path", "replaced").rows():
            self.partly.append(f"{path} ({count})")
        for path, reason in read.filter(pl.col("empty").is_not_null()).select("path", "empty").rows():
            self.hollow.append(f"{path}: {reason}")
        declared = [name for name in ("title", "date") if read[name].null_count() < read.height]
        return read.select(*DOCUMENTS.names(), *declared, _ORDER)

    def _converted(self, file: _File, name: str, place: int) -> list[pl.DataFrame]:
        """The document of a PDF, Word or OpenDocument file."""
        try:
            converted = held.DOCUMENTS[str(file.kind)](file.path.read_bytes())
        except (FileError, OSError, RecursionError) as error:
            # Elements that stand in each other without end are an attack, not a text.
            self.problems.append(f"{file.shown}: {KINDS[str(file.kind)].label}: {_reason(error)}")
            return []
        self.notes += [f"{file.shown}: {note}" for note in converted.notes]
        text = pl.Series("text", [converted.text], dtype=pl.String)
        columns = {"doc_id": [name], "path": [file.shown], "encoding": [None]}
        frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
            text,
            _core.count_damage(text),
            parts_column([converted.parts]),
            pl.Series(_ORDER, [place], dtype=pl.UInt32),
        )
        return [frame.select(*DOCUMENTS.names(), "parts", _ORDER)]

    def _tables(self, file: _File, stem: str) -> list[pl.DataFrame]:
        """The documents of a table; of a file of several sheets those of each that has the column."""
        try:
            if file.kind is None:
                table, encoding = load_table(file.path, self.encoding, as_text=(self.doc_id, self.text))
                return self._rows(file, table, encoding, stem)
            sheets = read_sheets(file.path.read_bytes(), [self.text], as_text=(self.doc_id,))
        except (FileError, pl.exceptions.PolarsError, OSError, ValueError) as error:
            what = "" if file.kind is None else f"{KINDS[file.kind].label}: "
            self.problems.append(f"{file.shown}: {what}{_reason(error)}")
            return []
        frames = []
        for sheet in sheets:
            lengths = sheet.frame.get_column(self.text).str.len_chars().fill_null(0).to_list()
            parts = [
                [Part("cell", cell, 0, length)] for cell, length in zip(sheet.cells, lengths, strict=True)
            ]
            table = sheet.frame.with_columns(parts_column(list(parts)))
            name = stem
            if len(sheets) > 1:
                name = f"{stem}-{sheet.sheet}"
                if "sheet" not in table.columns:
                    table = table.with_columns(pl.lit(sheet.sheet).alias("sheet"))
            frames += self._rows(file, table, None, name)
        return frames

    def _rows(self, file: _File, table: pl.DataFrame, encoding: str | None, stem: str) -> list[pl.DataFrame]:
        """The rows of a table that have a text."""
        if self.text not in table.columns:
            have = ", ".join(map(repr, table.columns[:_NAMED]))
            self.problems.append(f"{file.shown}: no column {self.text!r} (it has {have or 'no columns'})")
            return []
        texts = table.get_column(self.text)
        if texts.dtype in (pl.Categorical, pl.Enum) or texts.dtype == pl.Null:
            texts = texts.cast(pl.String)
        if texts.dtype != pl.String:
            self.problems.append(f"{file.shown}: column {self.text!r} must hold strings; got {texts.dtype}")
            return []
        if self.doc_id in table.columns:
            ids = numbers_if_plain(table.get_column(self.doc_id))
        else:
            ids = pl.Series([f"{stem}-{row + 1}" for row in range(table.height)], dtype=pl.String)
        table = table.drop(self.text).with_columns(texts.alias("text"), ids.alias("doc_id"))
        missing = table.get_column("text").null_count()
        if missing:
            rows = "row" if missing == 1 else "rows"
            which = [str(row + 1) for row in table.get_column("text").is_null().arg_true().to_list()]
            self.problems.append(f"{file.shown}: {missing} {rows} without text ({rows} {listed(which)})")
            table = table.filter(pl.col("text").is_not_null())
        table = table.with_columns(
            pl.lit(file.shown).alias("path"),
            pl.lit(encoding, dtype=pl.String).alias("encoding"),
            _core.count_damage(table.get_column("text")),
        )
        others = [name for name in table.columns if name not in DOCUMENTS]
        return [table.select(*DOCUMENTS.names(), *others)]


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _ids(files: list[_File]) -> list[str]:
    """Names without suffix; with the folder, then with the suffix, where that occurs twice."""
    names = [file.stem for file in files]
    for longer in (
        lambda file: shown(file.relative.with_suffix("")),
        lambda file: shown(file.relative),
        lambda file: file.shown.replace(os.sep, "/"),
    ):
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        names = [longer(file) if counts[name] > 1 else name for file, name in zip(files, names, strict=True)]
    return names


# --- messages -------------------------------------------------------------------------------------


def _report(problems: list[str], on_error: OnError, *, nothing_left: bool) -> None:
    if not problems:
        return
    named = "; ".join(problems[:_NAMED]) + (
        f"; and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
    )
    if on_error == "raise":
        raise FileError(f"cannot read {named}")
    if nothing_left:
        raise NoDocumentsError(f"no document could be read: {named}")
    if on_error == "warn":
        warning = UnreadableFileWarning(f"left out: {named}")
        warning.problems = tuple(problems)
        warn(warning)
