"""Members of zip archives, put into a scratch folder under names of our own, within bounds."""

from __future__ import annotations

import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from ..errors import FileError
from .bounds import MOST_MEMBERS, MOST_NESTED, MOST_UNPACKED, require_honest

__all__ = ["Member", "Unpacker"]

#: Flags of a member: its data are encrypted; its name is UTF-8.
_ENCRYPTED: Final = 0x1
_UTF8: Final = 0x800
#: Where Info-ZIP and WinZip put a name in UTF-8 beside one in the encoding of the machine.
_UNICODE_PATH: Final = 0x7075
#: Encodings of names that do not say theirs.
_ENCODINGS: Final = ("utf-8", "gb18030", "big5", "cp437")


@dataclass(frozen=True)
class Member:
    """A member that was unpacked: where it lies now, and its path in the archive."""

    file: Path
    inner: PurePosixPath


@dataclass
class Unpacker:
    """Unpacks archives into a folder; all of one call together stay within the bounds."""

    folder: Path
    #: Whether a member of this path is read; others are left where they are.
    wanted: Callable[[PurePosixPath], bool]
    problems: list[str] = field(default_factory=list)
    _bytes: int = 0
    _count: int = 0

    def unpack(self, path: Path, shown: str, depth: int = 1) -> list[Member]:
        """The members of an archive that are wanted, in the order of their paths; what cannot be had is a problem.

        Parameters
        ----------
        path
            The archive.
        shown
            What it is called in messages.
        depth
            1 for an archive that lies in a folder, 2 for one in it.
        """
        if depth > MOST_NESTED:
            self.problems.append(f"{shown}: archives in archives are read {MOST_NESTED} deep at most")
            return []
        try:
            with zipfile.ZipFile(path) as archive:
                return self._members(archive, shown)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
            if isinstance(error, FileError):
                self.problems.append(f"{shown}: a zip archive: {error}")
            else:
                self.problems.append(f"{shown}: a zip archive: damaged or cut off")
            return []

    def _members(self, archive: zipfile.ZipFile, shown: str) -> list[Member]:
        infos = archive.infolist()
        if len(infos) > MOST_MEMBERS:
            raise FileError(f"it has {len(infos):,} members; at most {MOST_MEMBERS:,} are read")
        found: dict[PurePosixPath, Member] = {}
        named = {id(info): name for info, name in zip(infos, names(infos), strict=True)}
        for info in infos:
            if info.is_dir():
                continue
            name = named[id(info)]
            inner = PurePosixPath(name)
            out = inner.is_absolute() or ".." in inner.parts or re.match(r"[A-Za-z]:", str(inner))
            if not out and not self.wanted(inner):
                continue
            try:
                if out:
                    raise FileError("its path leads out of the archive")
                if inner in found:
                    raise FileError("its path occurs twice")
                file = self._unpacked(archive, info, inner)
            except (FileError, zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
                reason = str(error) if isinstance(error, FileError) else "damaged"
                self.problems.append(f"{shown}/{name}: {reason}")
                continue
            except (NotImplementedError, RuntimeError):
                self.problems.append(
                    f"{shown}/{name}: packed in a way that is not known; unpack it and give the folder"
                )
                continue
            found[inner] = Member(file, inner)
        return [found[inner] for inner in sorted(found)]

    def _unpacked(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, inner: PurePosixPath) -> Path:
        if stat.S_ISLNK(info.external_attr >> 16):
            raise FileError("a link, which is not followed")
        if info.flag_bits & _ENCRYPTED:
            raise FileError("encrypted; unpack it with its password and give the folder")
        require_honest(info)
        if self._bytes + info.file_size > MOST_UNPACKED:
            raise FileError(
                f"unpacked, all archives together have more than {MOST_UNPACKED // 1024**2:,} MiB"
            )
        self._bytes += info.file_size
        self._count += 1
        # The name is ours: what the archive says cannot lead anywhere.
        suffix = inner.suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", inner.suffix) else ""
        target = self.folder / f"{self._count}{suffix}"
        with archive.open(info) as source, target.open("wb") as out:
            # What a member says of its size was counted; it cannot have more.
            shutil.copyfileobj(source, out)
        return target


def names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names of members: UTF-8 where that is said or shows, else one encoding for all, most often GBK.

    >>> info = zipfile.ZipInfo("北湾.txt".encode("gbk").decode("cp437"))
    >>> names([info])
    ['北湾.txt']
    """
    raw = [_raw(info) for info in infos]
    unsaid = [name for name in raw if isinstance(name, bytes)]
    encoding = max(_ENCODINGS, key=lambda one: _plausible(unsaid, one))
    return [
        (name.decode(encoding) if isinstance(name, bytes) else name).replace("\\", "/").removeprefix("./")
        for name in raw
    ]


def _raw(info: zipfile.ZipInfo) -> str | bytes:
    """A name, or its bytes where the archive does not say in which encoding they are."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and size > 5:
            try:
                return extra[9 : 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                break
        extra = extra[4 + size :]
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename


def _plausible(names: list[bytes], encoding: str) -> float:
    """How well names read in an encoding; the first of equals is taken. UTF-8 that is valid is no accident."""
    try:
        said = [name.decode(encoding) for name in names]
    except UnicodeDecodeError:
        return -1.0
    if encoding == "utf-8":
        return 2.0
    everyday = 0
    beyond = [character for name in said for character in name if ord(character) > 0x7F]
    for character in beyond:
        # The frequent characters of each: level 1 of GB 2312 and of Big5.
        code = character.encode(encoding)
        first, last = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
        everyday += len(code) == 2 and first <= code[0] <= last
    return everyday / len(beyond) if beyond and encoding != "cp437" else 0.0
