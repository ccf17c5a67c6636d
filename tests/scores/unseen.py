"""Score the finders on paragraphs of texts that are not among the sample data: news, congress reports, communiqués, company reports, Hong Kong, Taiwan.

python -m tests.scores.unseen FOLDER [--part first|open|held] [--errors] [--genres]

FOLDER holds the texts under the names that ``tests/gold/unseen*.tsv`` give (``tests/gold/README.md`` says where they come from). Whole documents
are searched, and what lies in the paragraphs is scored. A paragraph whose text is no longer the annotated one is an error, not a miss. The part
``first`` is the first sample, whose errors were all read; ``open`` and ``held`` are the paragraphs of the second sample in turn: no rule was mended on
``held``.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import duizhao as dz

from .spans import Score, Span, read_gold, spans_exact, spans_overlap, table

GOLD = Path(__file__).parents[1] / "gold"
PARTS = ("first", "open", "held")
Rows = dict[Span, dict[str, Any]]


@dataclass
class Scores:
    """Lines of the table, by what is found, and (right, all) of columns of what agrees in its place."""

    lines: list[tuple[str, Score, Score]]
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)

    def f1(self, name: str) -> float:
        """Span-exact F1 of a line."""
        return next(exact.f1 for line, exact, _ in self.lines if line == name)

    def text(self) -> str:
        """Table and shares."""
        shares = [
            f"{name}: {right} of {of} ({right / of:.3f})" for name, (right, of) in self.shares.items() if of
        ]
        return "\n".join([table(self.lines), "", *shares])


@cache
def gold() -> list[dict[str, str]]:
    """The annotations; ``part`` is added: ``first``, and of the second sample the paragraphs in turn, within a genre."""
    first = read_gold(GOLD / "unseen.tsv")
    for row in first:
        row["part"] = "first"
    second = read_gold(GOLD / "unseen_second.tsv")
    turn: dict[tuple[str, str, str], str] = {}
    seen: dict[str, int] = {}
    for row in second:
        paragraph = (row["document"], row["start"], row["end"])
        if paragraph not in turn:
            count = seen.get(row["genre"], 0)
            turn[paragraph] = PARTS[1 + count % 2]
            seen[row["genre"]] = count + 1
        row["part"] = turn[paragraph]
    return first + second


def documents(*, first: bool) -> tuple[str, ...]:
    """The documents of the first sample, or of the second: each sample is searched as one corpus."""
    return tuple(dict.fromkeys(row["document"] for row in gold() if (row["part"] == "first") == first))


@cache
def read(folder: Path, name: str) -> str:
    """An annotated document."""
    return (folder / name).read_bytes().decode("utf-8")


@cache
def found(folder: Path, names: tuple[str, ...]) -> dict[str, Rows]:
    """What the finders find in whole documents, by label and place."""
    docs = pl.DataFrame({"doc_id": names, "text": [read(folder, name) for name in names]})
    quotations = dz.quotations(docs)
    frames = {
        "claim": dz.claims(docs),
        "slogan": dz.slogans(docs),
        "person": dz.persons(docs),
        "body": dz.bodies(docs),
        "speech": quotations.filter(pl.col("kind") == "speech"),
        "indirect": quotations.filter(pl.col("kind") == "indirect"),
    }
    return {
        label: {
            (row["doc_id"], row["char_start"], row["char_end"]): row for row in frame.iter_rows(named=True)
        }
        for label, frame in frames.items()
    }


def score(folder: Path, part: str | None = None, genre: str | None = None, *, errors: bool = False) -> Scores:
    """Compare what is found in the paragraphs with what is annotated there."""
    rows = [row for row in gold() if part in (None, row["part"]) and genre in (None, row["genre"])]
    paragraphs: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        text = read(folder, row["document"])
        if hashlib.sha256(text[start:end].encode()).hexdigest()[:12] != row["sha256"]:
            raise ValueError(f"{row['document']} {start}-{end} is not the text that was annotated")
        if (start, end) not in paragraphs.setdefault(row["document"], []):
            paragraphs[row["document"]].append((start, end))

    def inside(span: Span) -> bool:
        return any(start <= span[1] and span[2] <= end for start, end in paragraphs.get(span[0], []))

    ours: dict[str, Rows] = {}
    for first in sorted({row["part"] == "first" for row in rows}):
        for label, of in found(folder, documents(first=first)).items():
            ours.setdefault(label, {}).update({span: row for span, row in of.items() if inside(span)})
    theirs: dict[str, Rows] = {label: {} for label in ours}
    for row in rows:
        if row["label"] != "none":
            theirs[row["label"]][row["document"], int(row["char_start"]), int(row["char_end"])] = row
    lines: list[tuple[str, Score, Score]] = []

    def line(name: str, label: str, mine: Callable[[Any], bool], gold: Callable[[Any], bool]) -> None:
        left = [span for span, row in ours[label].items() if mine(row)]
        right = [span for span, row in theirs[label].items() if gold(row)]
        lines.append((name, spans_exact(left, right), spans_overlap(left, right)))

    def formula(row: Any) -> bool:
        return bool(row["class"] != "name")

    line("claim", "claim", lambda _: True, lambda _: True)
    line("slogan", "slogan", formula, formula)

    def of_class(name: str) -> Callable[[Any], bool]:
        return lambda row: bool(row["class"] == name)

    for name in ("numeric", "ordinal", "parallel", "label", "name"):
        line(f"  {name}", "slogan", of_class(name), of_class(name))
    for label in ("person", "body", "speech", "indirect"):
        line(label, label, lambda _: True, lambda _: True)
    both = {
        label: [(theirs[label][span], row) for span, row in ours[label].items() if span in theirs[label]]
        for label in ours
    }

    def place(row: Any, name: str) -> tuple[int, int] | None:
        start = row[f"{name}_start"]
        return None if start in (None, "") else (int(start), int(row[f"{name}_end"]))

    def body(row: Any) -> str:
        start, end = place(row, "body") or (0, 0)
        return read(folder, row["document"])[start:end]

    tests: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
        "claims, value": (
            "claim",
            lambda a, f: abs(float(a["value"]) - f["value"]) <= 1e-9 * abs(f["value"]),
        ),
        "claims, unit": ("claim", lambda a, f: (a["unit"] or None) == f["unit"]),
        "claims, direction": ("claim", lambda a, f: a["direction"] == f["direction"]),
        "claims, kind": ("claim", lambda a, f: a["kind"] == f["kind"]),
        "slogans, class": ("slogan", lambda a, f: a["class"] == f["class"]),
        "persons, post": ("person", lambda a, f: place(a, "part") == place(f, "post")),
        "persons, body": ("person", lambda a, f: body(a) == (f["body"] or "")),
        "speech, speaker": ("speech", lambda a, f: place(a, "part") == place(f, "speaker")),
        "indirect, speaker": ("indirect", lambda a, f: place(a, "part") == place(f, "speaker")),
        "indirect, verb": ("indirect", lambda a, f: place(a, "verb") == place(f, "verb")),
    }
    if errors:
        show(ours, theirs, {name: read(folder, name) for name in paragraphs})
        for name, (label, test) in tests.items():
            for a, f in both[label]:
                if not test(a, f):
                    around = read(folder, f["doc_id"])[max(0, f["char_start"] - 25) : f["char_end"] + 15]
                    print(f"{name}\t{facts(f)}\tgold={facts(a)}\t{around!r}")
    return Scores(
        lines,
        {
            name: (sum(test(*p) for p in both[label]), len(both[label]))
            for name, (label, test) in tests.items()
        },
    )


COLUMNS = (
    "value",
    "unit",
    "direction",
    "kind",
    "class",
    "post",
    "body",
    "speaker",
    "verb",
    "part_start",
    "part_end",
)


def facts(row: Any) -> str:
    """The columns that a row has."""
    return " ".join(str(row[name]) for name in COLUMNS if row.get(name) not in (None, ""))


def show(ours: dict[str, Rows], theirs: dict[str, Rows], whole: dict[str, str]) -> None:
    """Print misses and false alarms."""
    for label in ours:
        for span in sorted(ours[label].keys() ^ theirs[label].keys()):
            text = whole[span[0]]
            mine = span in ours[label]
            row = (ours if mine else theirs)[label][span]
            around = text[max(0, span[1] - 30) : span[2] + 20].replace("\n", "/")
            print(
                f"{label}\t{'false' if mine else 'missed'}\t{text[span[1] : span[2]]}\t{facts(row)}\t{around}"
            )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    part = sys.argv[sys.argv.index("--part") + 1] if "--part" in sys.argv else None
    print(score(folder, part, errors="--errors" in sys.argv).text())
    if "--genres" in sys.argv:
        for genre in dict.fromkeys(row["genre"] for row in gold()):
            print(f"\n{genre}\n{score(folder, part, genre).text()}")
