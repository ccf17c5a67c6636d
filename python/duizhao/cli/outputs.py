"""What a command writes: one frame, or a folder of tables."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import polars as pl

from ..errors import DuizhaoError, FileError, ParameterError
from .arguments import STANDARD, SUFFIXES


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame without the columns that a CSV file cannot hold (lists and structs)."""
    return frame.select(name for name, dtype in frame.schema.items() if not dtype.is_nested())


def write_frame(
    frame: pl.DataFrame, target: str | Path | IO[bytes], form: str, *, mark: bool = False
) -> None:
    """Write a frame as csv, parquet, json or jsonl; ``mark``: with the byte-order mark that spreadsheets want in CSV."""
    place: Any = target
    if form == "csv":
        flat(frame).write_csv(place, include_bom=mark)
    elif form == "parquet":
        frame.write_parquet(place, compression="zstd")
    elif form == "json":
        frame.write_json(place)
    else:
        frame.write_ndjson(place)


def write(frame: pl.DataFrame, options: argparse.Namespace) -> None:
    """Write one frame to where the arguments say."""
    output = options.output
    suffix = "" if output == STANDARD else Path(output).suffix.lower()
    if not options.format and suffix and suffix not in SUFFIXES:
        raise ParameterError(
            f"`--output` must end in {', '.join(SUFFIXES)}, or `--format` must say what to write; got {output!r}"
        )
    form = options.format or SUFFIXES.get(suffix, "csv")
    if output != STANDARD:
        guarded(output, write_frame, frame, output, form)
        return
    # Polars would write to the descriptor and turn a closed pipe into an error of its own.
    with tempfile.TemporaryFile() as buffer:
        write_frame(frame, buffer, form)
        buffer.seek(0)
        while block := buffer.read(1 << 16):
            sys.stdout.buffer.write(block)
    if form == "json":
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def guarded(path: str | Path, write: Callable[..., object], *values: Any, **options: Any) -> None:
    """Write, and name the file if that fails."""
    try:
        write(*values, **options)
    except OSError as error:
        raise FileError(f"cannot write {os.fspath(path)!r}: {error.strerror or error}") from error


def write_tables(frames: dict[str, pl.DataFrame], folder: Path, which: str) -> list[Path]:
    """Write frames into a folder and return the files."""
    written: list[Path] = []
    if which == "none":
        return written
    folder.mkdir(exist_ok=True)
    for name, frame in frames.items():
        for form in ("parquet", "csv"):
            if which in ("both", form):
                path = folder / f"{name}.{form}"
                guarded(path, write_frame, frame, path, form, mark=True)
                written.append(path)
    return written


def prepare_folder(folder: Path, force: bool) -> Path:
    """Make the folder; one that holds anything but an earlier result is left alone unless the user insists.

    Of an earlier result exactly the files are removed that its manifest lists, so that no table of it stays behind.
    """
    from ..report import manifest

    try:
        if folder.exists() and not folder.is_dir():
            raise FileError(f"cannot write into {os.fspath(folder)!r}: it is a file")
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            return folder
        try:
            earlier = manifest.read(folder / "manifest.json")
        except DuizhaoError:
            if not force:
                raise FileError(
                    f"the folder {os.fspath(folder)!r} holds something else; name another one or add --force"
                ) from None
            return folder
        base = folder.resolve()
        for entry in earlier.get("reproducible", {}).get("outputs", []):
            path = (base / str(entry.get("path", ""))).resolve()
            if base in path.parents and path.is_file():
                path.unlink()
    except OSError as error:
        if isinstance(error, DuizhaoError):
            raise
        raise FileError(f"cannot write into {os.fspath(folder)!r}: {error.strerror or error}") from error
    return folder
