"""From a place in a text back to the file: page, paragraph, row of a table, note or cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from .._base.checks import require_instance
from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_ids_of
from .._base.schema import EDIT, PART
from ..errors import DataTypeError, MissingColumnError

__all__ = ["locate", "located"]


def locate(hits: pl.DataFrame, docs: Documents) -> pl.DataFrame:
    """Say where in its file each place stands: on which page of a PDF, in which paragraph, row or cell.

    Parameters
    ----------
    hits
        Any frame of places: what :func:`claims`, :func:`slogans`, :func:`quotations`, :func:`kwic`, :func:`lookup`,
        :func:`repairs`, :func:`text_reuse` and their like give. It has ``doc_id`` with ``raw_start`` and ``raw_end``, or with
        ``char_start`` and ``char_end``; frames of pairs have each twice (``doc_id_1``, ``raw_start_1``, …).
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Those in which the places were found, cleaned or
        not, as :func:`read_texts` gave them: with the column ``parts`` where there are files with pages, paragraphs or cells.

    Returns
    -------
    DataFrame
        `hits` in its order with two more columns (for pairs two for each side): ``path``, the file (null where the
        documents have none), and ``part``, in words: ``page 3``, ``paragraph 12``, ``table 1 row 2``, ``footnote 4``,
        ``cell 报告!B7``; ``page 3 – page 4`` where a place reaches over a border, null where the file has no such parts. Columns of
        these names are replaced.

    Raises
    ------
    MissingColumnError
        `hits` without places, `docs` without ``doc_id``.
    DataTypeError
        Ids of another type than those of the documents.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> parts = [
    ...     {"kind": "page", "label": "page 1", "char_start": 0, "char_end": 9},
    ...     {"kind": "page", "label": "page 2", "char_start": 9, "char_end": 20},
    ... ]
    >>> text = "今年的任务。\\n\\f新建学校8所。"
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": [text], "path": ["a.pdf"], "parts": [parts]})
    >>> dz.locate(dz.claims(docs), docs).select("surface", "path", "part").rows()
    [('8所', 'a.pdf', 'page 2')]
    """
    frame = require_instance(hits, pl.DataFrame, argument="hits", allowed="a frame of places")
    documents = frame_of(docs, "text")
    sides = [end for end in ("", "_1", "_2") if f"doc_id{end}" in frame.columns]
    if not sides:
        require_columns(frame, "doc_id", argument="hits")
    for end in sides:
        require_ids_of(frame, documents.get_column("doc_id"), argument="hits", column=f"doc_id{end}")
        frame = _with_side(frame, documents, end)
    return frame


def located(hits: pl.DataFrame, docs: pl.DataFrame) -> pl.DataFrame:
    """The same without ``path``, and only where documents have parts and rows have places."""
    placed = {"char_start", "char_start_1"} & set(hits.columns)
    if "parts" not in docs.columns or not placed:
        return hits
    found = locate(hits, docs)
    kept = [name for name in found.columns if not name.startswith("path") or name in hits.columns]
    return found.select(kept)


def _with_side(frame: pl.DataFrame, documents: pl.DataFrame, end: str) -> pl.DataFrame:
    raw, clean = (f"raw_start{end}", f"raw_end{end}"), (f"char_start{end}", f"char_end{end}")
    cleaned = "edits" in documents.columns
    # Of texts that were not cleaned the places are raw ones already.
    names = raw if cleaned and set(raw) <= set(frame.columns) else clean
    if not set(names) <= set(frame.columns):
        raise MissingColumnError(
            f"`hits` must have the columns {raw[0]!r} and {raw[1]!r}, or {clean[0]!r} and {clean[1]!r}; "
            f"it has {', '.join(map(repr, frame.columns)) or 'no columns'}"
        )
    ids = documents.get_column("doc_id")
    row_of = dict(zip(ids.to_list(), range(ids.len()), strict=True))
    rows = [row_of.get(one) for one in frame.get_column(f"doc_id{end}").to_list()]
    edits = _lists(documents, "edits", EDIT) if cleaned and names == clean else None
    parts = _lists(documents, "parts", PART) if "parts" in documents.columns else None
    seen: dict[int, _Document] = {}
    words: list[str | None] = []
    for row, start, stop in zip(
        rows, frame.get_column(names[0]).to_list(), frame.get_column(names[1]).to_list(), strict=True
    ):
        if parts is None or row is None or start is None or parts[row] is None:
            words.append(None)
            continue
        if row not in seen:
            seen[row] = _Document.of(parts[row], edits[row] if edits is not None else None)
        words.append(seen[row].part(start, max(start, stop if stop is not None else start)))
    path = pl.Series(f"path{end}", [None] * frame.height, dtype=pl.String)
    if "path" in documents.columns:
        path = documents.get_column("path").gather(pl.Series(rows, dtype=pl.UInt32)).alias(f"path{end}")
    return frame.with_columns(path, pl.Series(f"part{end}", words, dtype=pl.String))


def _lists(documents: pl.DataFrame, name: str, kind: pl.Struct) -> pl.Series:
    column = documents.get_column(name)
    inner = column.dtype.inner if isinstance(column.dtype, pl.List) else column.dtype
    fields = {field.name for field in inner.fields} if isinstance(inner, pl.Struct) else set()
    if inner != pl.Null and {field.name for field in kind.fields} != fields:
        made = "dz.clean makes" if name == "edits" else "dz.read_texts makes"
        raise DataTypeError(f"column {name!r} of `docs` must be as {made} it; got {column.dtype}")
    lists: pl.Series = column.cast(pl.List(kind))
    return lists


@dataclass
class _Document:
    """The parts of a document, and the edits that lead back to its raw text."""

    starts: list[int]
    ends: list[int]
    labels: list[str]
    edits: tuple[list[int], list[int], list[int], list[int]]

    @staticmethod
    def of(parts: Sequence[dict[str, Any]], edits: Sequence[dict[str, Any]] | None) -> _Document:
        listed = edits if edits is not None else ()
        names = ("char_start", "char_end", "raw_start", "raw_end")
        return _Document(
            [part["char_start"] for part in parts],
            [part["char_end"] for part in parts],
            [part["label"] for part in parts],
            tuple([edit[name] for edit in listed] for name in names),  # type: ignore[arg-type]
        )

    def part(self, start: int, stop: int) -> str | None:
        """The part of a place, or the first and the last of them."""
        first, last = self._raw(start, end=False), self._raw(stop, end=True)
        # A place between two characters stands in the part that goes on there.
        last = max(last, first + 1)
        low = bisect_right(self.ends, first)
        high = bisect_left(self.starts, last) - 1
        if low >= len(self.labels) or high < low:
            return self.labels[-1] if self.labels and first >= self.ends[-1] else None
        a, b = self.labels[low], self.labels[high]
        return a if a == b else f"{a} – {b}"

    def _raw(self, place: int, *, end: bool) -> int:
        """The place in the raw text; inside what was put in, the border of what it stands for."""
        char_starts, char_ends, raw_starts, raw_ends = self.edits
        if end:
            # What ends where an edit begins does not hold it.
            before = bisect_left(char_starts, place) - 1
            if before >= 0 and place <= char_ends[before] and char_ends[before] > char_starts[before]:
                return raw_ends[before]
        else:
            before = bisect_right(char_starts, place) - 1
            if before >= 0 and place < char_ends[before]:
                return raw_starts[before]
        return place if before < 0 else place - char_ends[before] + raw_ends[before]
