"""How much a file may hold when it is unpacked: what is read here may come from anywhere."""

from __future__ import annotations

import zipfile
from typing import Final

from ..errors import FileError

__all__ = ["MOST_CELLS", "MOST_MEMBERS", "MOST_NESTED", "MOST_RATIO", "MOST_UNPACKED", "require_small"]

#: Members of one archive.
MOST_MEMBERS: Final = 20_000
#: Bytes that the members of one archive (or of a packed document) have together when unpacked.
MOST_UNPACKED: Final = 2 * 1024**3
#: How many times smaller a member may be packed: text comes to a tenth, deliberate bombs to a thousandth.
MOST_RATIO: Final = 200
#: Members below this size are too small to do harm, whatever their ratio.
_HARMLESS: Final = 10 * 1024**2
#: How deep archives may stand in archives.
MOST_NESTED: Final = 3
#: Cells of one sheet, empty ones between the filled ones too.
MOST_CELLS: Final = 20_000_000


def require_small(archive: zipfile.ZipFile) -> None:
    """Refuse a packed document whose members would fill the memory.

    Raises
    ------
    FileError
        More members, bytes or a higher ratio than is allowed.
    """
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise FileError(f"it has {len(members):,} members; at most {MOST_MEMBERS:,} are read")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise FileError(
            f"unpacked it has {unpacked / 1024**2:,.0f} MiB; at most {MOST_UNPACKED // 1024**2:,} are read"
        )
    for member in members:
        require_honest(member)


def require_honest(member: zipfile.ZipInfo) -> None:
    """Refuse a member that grows more than text can.

    Raises
    ------
    FileError
        A higher ratio than is allowed.
    """
    if member.file_size > _HARMLESS and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        ratio = member.file_size // max(member.compress_size, 1)
        raise FileError(
            f"{member.filename!r} grows {ratio:,} times when unpacked; at most {MOST_RATIO} is read"
        )
