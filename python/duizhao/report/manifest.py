"""What a run read, with which options and versions, and what it wrote: enough to repeat it and to check the result.

A manifest is a JSON object with two parts. ``run`` says when, where and for how long; ``reproducible`` holds all the rest and
is the same for the same input, options and versions.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import jinja2
import networkx  # type: ignore[import-untyped]
import numpy as np
import polars as pl

from .. import __version__
from .._base.names import on_disk
from ..errors import FileError, FormatError

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "Checked",
    "build",
    "changed_versions",
    "check_inputs",
    "compare_outputs",
    "digest",
    "file_facts",
    "read",
    "versions",
    "write",
]

FORMAT: Final = "duizhao-manifest"
FORMAT_VERSION: Final = 1


def digest(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises
    ------
    FileError
        If the file cannot be read.
    """
    state = hashlib.sha256()
    try:
        with Path(path).open("rb") as file:
            while block := file.read(1 << 20):
                state.update(block)
    except OSError as error:
        raise FileError(f"cannot read {os.fspath(path)!r}: {error.strerror or error}") from error
    return state.hexdigest()


def file_facts(path: str | os.PathLike[str], *, name: str | None = None) -> dict[str, Any]:
    """Return ``path`` (as given, or ``name``), ``bytes`` and ``sha256`` of a file."""
    sha256 = digest(path)
    return {
        "path": Path(path).as_posix() if name is None else name,
        "bytes": Path(path).stat().st_size,
        "sha256": sha256,
    }


def versions() -> dict[str, str]:
    """Return the versions of everything that can change a figure or the look of a page."""
    return {
        "duizhao": __version__,
        "python": platform.python_version(),
        "polars": pl.__version__,
        "numpy": np.__version__,
        "networkx": networkx.__version__,
        "jinja2": jinja2.__version__,
    }


def build(
    command: str,
    *,
    options: Mapping[str, Any],
    inputs: Iterable[Mapping[str, Any]],
    dictionaries: Iterable[Mapping[str, Any]],
    seeds: Mapping[str, int],
    outputs: Iterable[Mapping[str, Any]],
    started: datetime.datetime,
    finished: datetime.datetime,
    arguments: Sequence[str] = (),
) -> dict[str, Any]:
    """Return a manifest; files as from :func:`file_facts`, times with a time zone.

    Examples
    --------
    >>> import datetime
    >>> now = datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)
    >>> made = build("compare", options={"by": None}, inputs=[], dictionaries=[], seeds={"layout": 1}, outputs=[],
    ...              started=now, finished=now)
    >>> made["reproducible"]["options"], made["run"]["started_utc"]
    ({'by': None}, '2026-01-02T00:00:00+00:00')
    """

    def ordered(files: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return sorted(
            (dict(entry) for entry in files), key=lambda entry: str(entry.get("path", entry.get("name", "")))
        )

    utc = datetime.timezone.utc
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "reproducible": {
            "command": command,
            "versions": versions(),
            "options": dict(options),
            "seeds": dict(seeds),
            "inputs": ordered(inputs),
            "dictionaries": ordered(dictionaries),
            "outputs": ordered(outputs),
        },
        "run": {
            "started_utc": started.astimezone(utc).isoformat(timespec="seconds"),
            "finished_utc": finished.astimezone(utc).isoformat(timespec="seconds"),
            "seconds": round((finished - started).total_seconds(), 3),
            "platform": platform.platform(),
            "arguments": list(arguments),
        },
    }


def write(manifest: Mapping[str, Any], path: str | os.PathLike[str]) -> None:
    """Write a manifest as indented JSON.

    Raises
    ------
    FileError
        If the file cannot be written.
    """
    text = json.dumps(manifest, ensure_ascii=False, indent=2, default=str) + "\n"
    try:
        Path(path).write_bytes(text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise FileError(f"cannot write {os.fspath(path)!r}: {error.strerror or error}") from error


def read(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return a manifest that :func:`write` wrote.

    Raises
    ------
    FileError
        If the file cannot be read.
    FormatError
        If it is not a manifest, or one of a version that this release does not know.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise FileError(f"cannot read {os.fspath(path)!r}: {error.strerror or error}") from error
    try:
        manifest = json.loads(data)
    except ValueError as error:
        raise FormatError(f"{os.fspath(path)!r} is not a manifest: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise FormatError(f"{os.fspath(path)!r} is not a manifest of duizhao")
    if manifest.get("format_version") != FORMAT_VERSION:
        raise FormatError(
            f"{os.fspath(path)!r}: `format_version` must be {FORMAT_VERSION}; got {manifest.get('format_version')!r}"
        )
    return manifest


class Checked(NamedTuple):
    """A file of a manifest, and how it stands today."""

    role: str
    path: str
    status: Literal["same", "different", "missing", "new"]


def changed_versions(manifest: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what has another version today: name, version then, version now."""
    then, now = manifest["reproducible"]["versions"], versions()
    return [
        (name, then.get(name, "none"), now.get(name, "none"))
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    ]


def check_inputs(manifest: Mapping[str, Any]) -> list[Checked]:
    """Compare the inputs and dictionaries of a manifest, by SHA-256, with the files as they are now.

    Paths start in the current folder, as they did when the manifest was written.
    """
    checked: list[Checked] = []
    for part in ("inputs", "dictionaries"):
        for entry in manifest["reproducible"][part]:
            path = on_disk(entry["path"])
            if not path.is_file():
                status: Literal["same", "different", "missing"] = "missing"
            else:
                status = "same" if digest(path) == entry["sha256"] else "different"
            checked.append(Checked(entry.get("role", "input"), entry["path"], status))
    return checked


def compare_outputs(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> list[Checked]:
    """Compare the outputs of two manifests by SHA-256, in the order of their paths."""
    old, new = (
        {entry["path"]: entry["sha256"] for entry in manifest["reproducible"]["outputs"]}
        for manifest in (earlier, later)
    )

    def status(path: str) -> Literal["same", "different", "missing", "new"]:
        if path not in new:
            return "missing"
        if path not in old:
            return "new"
        return "same" if old[path] == new[path] else "different"

    return [Checked("output", path, status(path)) for path in sorted({*old, *new})]
