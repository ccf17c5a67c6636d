"""How Tokens, Dfm, Fcm and Idf are stored: one file that holds Parquet tables and a JSON header with a
format version.

The file is an uncompressed ZIP archive (the Parquet tables are compressed themselves), so that any tool can
look inside: ``header.json`` with ``format``, ``version``, ``kind`` and the object's own header, and one
``<name>.parquet`` a table. The same bytes are what pickling uses. Equal objects give equal files.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import polars as pl

from ..errors import FileError, FormatError

if TYPE_CHECKING:
    from typing_extensions import Self

#: Raised by one when older releases can no longer read what is written.
FORMAT_VERSION = 1
_FORMAT = "duizhao"
#: Archives carry dates; equal objects shall give equal files.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def _write(
    target: BinaryIO, kind: str, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]
) -> None:
    whole = {"format": _FORMAT, "version": FORMAT_VERSION, "kind": kind, "header": dict(header)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr(zipfile.ZipInfo("header.json", _EPOCH), json.dumps(whole, ensure_ascii=False))
        for name, frame in frames.items():
            table = io.BytesIO()
            try:
                frame.write_parquet(table)
            except pl.exceptions.PolarsError as error:
                raise FormatError(f"cannot store the {name} of this {kind} as Parquet: {error}") from error
            with archive.open(zipfile.ZipInfo(f"{name}.parquet", _EPOCH), "w", force_zip64=True) as entry:
                entry.write(table.getbuffer())


def _read(source: BinaryIO, kind: str, what: str) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    try:
        with zipfile.ZipFile(source) as archive:
            whole = json.loads(archive.read("header.json"))
            if not isinstance(whole, dict) or whole.get("format") != _FORMAT:
                raise FormatError(f"{what} was not written by duizhao")
            if whole.get("kind") != kind:
                raise FormatError(f"{what} holds a {whole.get('kind')}, not a {kind}")
            version = whole.get("version")
            if not isinstance(version, int) or not 1 <= version <= FORMAT_VERSION:
                raise FormatError(
                    f"{what} has format version {version}; this release knows versions 1 to {FORMAT_VERSION}"
                )
            frames = {
                name.removesuffix(".parquet"): pl.read_parquet(io.BytesIO(archive.read(name)))
                for name in archive.namelist()
                if name.endswith(".parquet")
            }
            return dict(whole["header"]), frames
    except (
        zipfile.BadZipFile,
        KeyError,
        TypeError,
        ValueError,
        NotImplementedError,
        EOFError,
        pl.exceptions.PolarsError,
    ) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"{what} is not a stored {kind}, or is damaged: {error}") from error


def dumps(kind: str, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> bytes:
    """Return the stored form as bytes."""
    buffer = io.BytesIO()
    _write(buffer, kind, header, frames)
    return buffer.getvalue()


def loads(data: bytes, kind: str) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    """Return header and tables of :func:`dumps`, or raise ``FormatError``."""
    return _read(io.BytesIO(data), kind, "this pickle")


def save(
    path: str | os.PathLike[str], kind: str, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]
) -> None:
    """Write a file; a write that fails leaves what was there before."""
    # A link keeps pointing where it points: what it points to is replaced.
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        # Only files are replaced: a device or pipe must stay what it is, whoever runs this.
        raise FileError(f"cannot write {target}: it is there, and no regular file")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise FileError(f"cannot write {target}: {error.strerror or error}") from error
    try:
        # A temporary file is private; what takes its place has the rights that a new file would have.
        mask = os.umask(0)
        os.umask(mask)
        with os.fdopen(handle, "wb") as out:
            _write(out, kind, header, frames)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise FileError(f"cannot write {target}: {error.strerror or error}") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: str | os.PathLike[str], kind: str) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    """Return header and tables of a file, or raise ``FileError`` or ``FormatError``; both name the file."""
    source = Path(path)
    try:
        with source.open("rb") as opened:
            return _read(opened, kind, str(source))
    except OSError as error:
        raise FileError(f"cannot read {source}: {error.strerror or error}") from error


def table(frames: Mapping[str, pl.DataFrame], name: str, *columns: str) -> pl.DataFrame:
    """Return one of the tables that were read, or raise ``FormatError`` where it or a column is missing."""
    frame = frames.get(name)
    if frame is None or any(column not in frame.columns for column in columns):
        raise FormatError(
            f"a stored object must have the table {name!r} with the columns {', '.join(map(repr, columns))}"
        )
    return frame


class Stored:
    """An immutable value that is stored as a header and tables; what Tokens, Dfm, Fcm and Idf share.

    A subclass says what it is made of (:meth:`_parts`) and how it is made of that again (:meth:`_restore`).
    """

    __slots__ = ()

    def _parts(self) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
        """Header and tables."""
        raise NotImplementedError

    @classmethod
    def _restore(cls, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> Self:
        """The value of its parts, or ``FormatError``."""
        raise NotImplementedError

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: values do not change."""
        raise AttributeError(f"a {type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        """Refuse: values do not change."""
        raise AttributeError(f"a {type(self).__name__} is immutable")

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write everything to one file (Parquet tables and a header with a format version).

        Raises
        ------
        FileError
            A file that cannot be written; the message names it.
        """
        save(path, type(self).__name__, *self._parts())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        FileError
            A file that does not exist or cannot be read.
        FormatError
            A file that holds something else, is damaged, or of a version that this release does not know.
        """
        return cls._restore(*load(path, cls.__name__))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as stored."""
        return _unpickle, (type(self), dumps(type(self).__name__, *self._parts()))


def _unpickle(cls: type[Stored], data: bytes) -> Stored:
    return cls._restore(*loads(data, cls.__name__))
