"""Names of files that are no UTF-8: how they are shown, and which file a shown name is."""

from __future__ import annotations

import os
from pathlib import Path


def shown(path: str | os.PathLike[str]) -> str:
    """A path as text: parts whose bytes are no UTF-8 are read as GB 18030, as archives of Chinese Windows name files.

    What is not valid in that either gets U+FFFD. Python itself keeps such bytes as halves of characters, which no text can hold.
    """
    name = os.fspath(path)
    if _is_text(name):
        return name
    # Not the parts of a Path, which would lose a separator at the end.
    parts = name.split(os.sep)  # noqa: PTH206
    return os.sep.join(part if _is_text(part) else _decoded(part) for part in parts)  # noqa: PTH118


def on_disk(path: str | os.PathLike[str]) -> Path:
    """The file that is shown under a path; the path itself where there is none."""
    wanted = Path(path)
    if wanted.exists():
        return wanted
    found = Path(wanted.anchor)
    for part in wanted.parts[1:] if wanted.anchor else wanted.parts:
        inner = found / part
        if not inner.exists():
            try:
                inner = next((one for one in sorted(found.iterdir()) if shown(one.name) == part), inner)
            except OSError:
                return wanted
        found = inner
    return found if found.exists() else wanted


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _decoded(name: str) -> str:
    try:
        raw = os.fsencode(name)
    except UnicodeEncodeError:
        # No bytes of a name either: Windows keeps halves of characters.
        return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")
