"""Precision, recall and F1 of found spans against annotated ones; what the scorers of single topics share.

A span is ``(document, start, end)``. *Exact* counts a found span as right if the same span is annotated. *Overlap* counts a
found span as right if it shares a character with some annotated span, and an annotated one as found in the same way, so
that precision and recall have their own numerators.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Score:
    """Hits and misses of one comparison; ``precision`` and ``recall`` are 0 where nothing was found or annotated."""

    found: int
    annotated: int
    right_found: int
    right_annotated: int

    @property
    def precision(self) -> float:
        """Share of found spans that are right."""
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of annotated spans that were found."""
        return self.right_annotated / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def spans_exact(found: Iterable[Span], annotated: Iterable[Span]) -> Score:
    """Score spans that must agree in document, start and end."""
    ours, theirs = set(found), set(annotated)
    both = len(ours & theirs)
    return Score(len(ours), len(theirs), both, both)


def spans_overlap(found: Iterable[Span], annotated: Iterable[Span]) -> Score:
    """Score spans that must share a character."""
    ours, theirs = set(found), set(annotated)

    def touching(spans: set[Span], others: set[Span]) -> int:
        return sum(
            any(doc == other and start < e and s < end for other, s, e in others) for doc, start, end in spans
        )

    return Score(len(ours), len(theirs), touching(ours, theirs), touching(theirs, ours))


def scores(
    found: Mapping[str, Iterable[Span]], annotated: Mapping[str, Iterable[Span]]
) -> list[tuple[str, Score, Score]]:
    """Rows of (class, exact, overlap): one a class of either side, then ``all``.

    Within a class, a found span of another class is a miss; ``all`` does not look at classes.
    """
    ours = {name: list(spans) for name, spans in found.items()}
    theirs = {name: list(spans) for name, spans in annotated.items()}
    rows = [
        (name, *(score(ours.get(name, []), theirs.get(name, [])) for score in (spans_exact, spans_overlap)))
        for name in sorted({*ours, *theirs})
    ]
    every = [[span for spans in side.values() for span in spans] for side in (ours, theirs)]
    return [*rows, ("all", spans_exact(*every), spans_overlap(*every))]


def table(rows: Iterable[tuple[str, Score, Score]]) -> str:
    """Lay out rows of :func:`scores` for reading."""
    lines = [
        f"{'class':<14}{'found':>7}{'gold':>6} | {'P exact':>8}{'R exact':>9}{'F1 exact':>9} | {'P over':>7}{'R over':>8}{'F1 over':>8}"
    ]
    lines += [
        f"{name:<14}{exact.found:>7}{exact.annotated:>6} | {exact.precision:>8.3f}{exact.recall:>9.3f}{exact.f1:>9.3f}"
        f" | {over.precision:>7.3f}{over.recall:>8.3f}{over.f1:>8.3f}"
        for name, exact, over in rows
    ]
    return "\n".join(lines)


def read_gold(path: Path) -> list[dict[str, str]]:
    """Rows of a gold table: tab-separated, a header, no quoting."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_repaired(folder: Path) -> dict[str, str]:
    """The repaired texts that gold offsets refer to, by document."""
    return {
        path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "repaired").glob("*.txt"))
    }


def gold_spans(rows: Iterable[Mapping[str, str]], by: str = "class") -> dict[str, list[Span]]:
    """Spans of gold rows by the value of one column."""
    groups: dict[str, list[Span]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append((row["file"], int(row["start"]), int(row["end"])))
    return groups
