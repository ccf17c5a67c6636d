"""What comes out of a file that is no plain text: the text, and where its stretches stand in the file."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from .._base.schema import PART
from ..errors import FileError

__all__ = ["Converted", "Lines", "Part", "parts_column", "require_library"]


class Part(NamedTuple):
    """A page, paragraph, row, note or cell of a file, and its characters in the text as it was read."""

    kind: str
    label: str
    char_start: int
    char_end: int


@dataclass
class Converted:
    """The text of a file."""

    text: str
    parts: list[Part] = field(default_factory=list)
    #: What the user should know of a file that was read nevertheless.
    notes: list[str] = field(default_factory=list)


class Lines:
    """Paragraphs and rows, one after the other, with their places in the text that they make."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._texts: list[str] = []
        self._parts: list[Part] = []
        self._at = 0
        self._paragraphs = 0

    def any(self) -> bool:
        """Whether there is any text."""
        return bool(self._parts)

    def add(self, kind: str, label: str, text: str) -> None:
        """Add a stretch on lines of its own; what is empty is left out."""
        text = text.rstrip()
        if not text.strip():
            return
        end = self._at + len(text) + 1
        self._texts.append(text)
        self._parts.append(Part(kind, label, self._at, end))
        self._at = end

    def paragraph(self, text: str) -> None:
        """Add a paragraph; those with text are numbered from 1."""
        if text.strip():
            self._paragraphs += 1
            self.add("paragraph", f"paragraph {self._paragraphs}", text)

    def finished(self) -> tuple[str, list[Part]]:
        """The text, and its parts; the line feed behind a paragraph belongs to it."""
        parts = self._parts
        if parts:
            parts = [*parts[:-1], parts[-1]._replace(char_end=parts[-1].char_end - 1)]
        return "\n".join(self._texts), parts


def require_library(name: str, *, package: str | None = None) -> Any:
    """A library of the extra ``files``; `package` is what it is called where it is installed from.

    Raises
    ------
    FileError
        It is not installed; the message says how to get it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise FileError(f'to read it, {package or name} is needed: pip install "duizhao[files]"') from error


def parts_column(parts: list[list[Part] | None]) -> pl.Series:
    """The column ``parts`` of a frame of documents; null for a file that has none."""
    rows = [None if row is None else [part._asdict() for part in row] for row in parts]
    return pl.Series("parts", rows, dtype=pl.List(PART))
