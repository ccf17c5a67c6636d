"""Score ``dz.claims`` and ``dz.slogans`` on sampled paragraphs of texts that no rule was written beside.

python -m tests.scores.samples FOLDER [--sample first|second] [--errors]

FOLDER is the sample data that ``tests/gold/claims_slogans.tsv`` points into. Whole documents are searched, and what lies in the
paragraphs is scored. A paragraph whose text is no longer the annotated one is an error, not a miss.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import duizhao as dz

from .spans import Score, Span, read_gold, scores, table

GOLD = Path(__file__).parents[1] / "gold" / "claims_slogans.tsv"
SAMPLES = ("first", "second")
Frames = dict[str, dict[Span, dict[str, Any]]]


@dataclass
class Scores:
    """Tables of claims by kind and slogans by class, and (right, all) of the columns of exact hits."""

    claims: list[tuple[str, Score, Score]]
    slogans: list[tuple[str, Score, Score]]
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)

    def f1(self, of: str, row: str) -> float:
        """Span-exact F1 of a row of a table."""
        return next(exact.f1 for name, exact, _ in getattr(self, of) if name == row)

    def text(self) -> str:
        """Both tables and the shares."""
        shares = [
            f"{name}: {right} of {of} ({right / of:.3f})" for name, (right, of) in self.shares.items() if of
        ]
        return "\n".join(["claims", table(self.claims), "", "slogans", table(self.slogans), "", *shares])


@cache
def documents(folder: Path) -> dict[tuple[str, str], str]:
    """The texts of the annotated documents, by (raw or cleaned, name)."""
    seeds = dz.clean(dz.read_texts(folder / "seeds"), script="simplified")
    found = {
        ("cleaned", f"seeds/{Path(str(name)).name}"): text
        for name, text in seeds.select("doc_id", "text").iter_rows()
    }
    for name in {row["document"] for row in read_gold(GOLD) if row["text"] == "raw"}:
        found["raw", name] = (folder / name).read_bytes().decode("utf-8")
    return found


@cache
def found(folder: Path) -> Frames:
    """All claims and slogans of the documents, by place."""
    texts = documents(folder)
    docs = pl.DataFrame({"doc_id": [name for _, name in texts], "text": list(texts.values())})
    return {
        label: {
            (row["doc_id"], row["char_start"], row["char_end"]): row
            for row in function(docs).iter_rows(named=True)
            # Names are no slogans: a slogan that is found as a name is missed.
            if row.get("class") != "name"
        }
        for label, function in (("claim", dz.claims), ("slogan", dz.slogans))
    }


def score(folder: Path, sample: str, *, errors: bool = False) -> Scores:
    """Compare what is found in the paragraphs of a sample with what is annotated there."""
    rows = [row for row in read_gold(GOLD) if row["sample"] == sample]
    texts = documents(folder)
    paragraphs: dict[tuple[str, int, int], str] = {}
    for row in rows:
        text = texts[row["text"], row["document"]]
        start, end = int(row["start"]), int(row["end"])
        if hashlib.sha256(text[start:end].encode()).hexdigest()[:12] != row["sha256"]:
            raise ValueError(f"{row['document']} {start}-{end} is not the text that was annotated")
        paragraphs[row["document"], start, end] = text
    ours: Frames = {
        label: {
            span: row
            for span, row in rows_found.items()
            if any(d == span[0] and s <= span[1] and span[2] <= e for d, s, e in paragraphs)
        }
        for label, rows_found in found(folder).items()
    }
    theirs: Frames = {"claim": {}, "slogan": {}}
    for row in rows:
        if row["label"] != "none":
            span = (row["document"], int(row["char_start"]), int(row["char_end"]))
            theirs[row["label"]][span] = {**row, "content": texts[row["text"], row["document"]]}

    def grouped(frame: dict[Span, dict[str, Any]], by: str) -> dict[str, list[Span]]:
        groups: dict[str, list[Span]] = {}
        for span, row in frame.items():
            groups.setdefault(row[by], []).append(span)
        return groups

    tables = []
    for label, by in (("claim", "kind"), ("slogan", "class")):
        mine, gold = grouped(ours[label], by), grouped(theirs[label], by)
        lines = scores(mine, gold)
        if label == "slogan":
            names = ("numeric", "ordinal")
            numbered = [
                {"numbered": [s for name in names for s in side.get(name, [])]} for side in (mine, gold)
            ]
            lines.insert(-1, scores(*numbered)[0])
        tables.append(lines)
        if errors:
            show(label, ours[label], theirs[label], {d: texts[k, d] for k, d in texts})
    both = [(theirs["claim"][span], row) for span, row in ours["claim"].items() if span in theirs["claim"]]
    formulae = [
        (theirs["slogan"][span], row) for span, row in ours["slogan"].items() if span in theirs["slogan"]
    ]

    def part(row: dict[str, Any], name: str) -> str | None:
        start, end = row[f"{name}_start"], row[f"{name}_end"]
        return row["content"][int(start) : int(end)] if start else None

    def same_head(annotated: str | None, ours: str | None) -> bool:
        """Whether one phrase ends with the other: what is annotated is the head."""
        if annotated is None or ours is None:
            return annotated == ours
        return ours.endswith(annotated) or annotated.endswith(ours)

    tests = {
        "value": lambda a, f: abs(float(a["value"]) - f["value"]) <= 1e-9 * abs(f["value"]),
        "unit": lambda a, f: (a["unit"] or None) == f["unit"],
        "direction": lambda a, f: a["direction"] == f["direction"],
        "kind": lambda a, f: a["kind"] == f["kind"],
        "head of the object": lambda a, f: same_head(part(a, "object"), f["object"]),
        "verb": lambda a, f: part(a, "verb") == f["verb"],
    }
    shares = {f"claims, {name}": (sum(test(*p) for p in both), len(both)) for name, test in tests.items()}
    shares["slogans, class"] = (sum(a["class"] == f["class"] for a, f in formulae), len(formulae))
    shares["slogans, expansion"] = (
        sum(part(a, "exp") == (f["expansion"] if f["expansion_source"] == "in_text" else None) for a, f in formulae),
        len(formulae),
    )  # fmt: skip
    if errors:
        for name, test in tests.items():
            for a, f in both:
                if not test(a, f):
                    column = name.split()[-1]
                    wanted = part(a, column) if column in ("object", "verb") else a[column]
                    print(
                        f"{name}\tours={f[column]}\tgold={wanted}\t{f['surface']}\t{f['sentence_text'][:60]}"
                    )
        for a, f in formulae:
            mine = f["expansion"] if f["expansion_source"] == "in_text" else None
            if mine != part(a, "exp"):
                print(f"expansion\tours={mine}\tgold={part(a, 'exp')}\t{f['surface']}")
    return Scores(tables[0], tables[1], shares)


def show(label: str, ours: dict[Span, Any], theirs: dict[Span, Any], texts: dict[str, str]) -> None:
    """Print misses, false alarms and other classes."""
    by = "kind" if label == "claim" else "class"
    for span in sorted(ours.keys() | theirs.keys()):
        mine = ours[span][by] if span in ours else "-"
        gold = theirs[span][by] if span in theirs else "-"
        if "-" in (mine, gold) or (label == "slogan" and mine != gold):
            text = texts[span[0]]
            around = text[max(0, span[1] - 12) : span[2] + 8].replace("\n", "/")
            print(f"{label}\tours={mine}\tgold={gold}\t{text[span[1] : span[2]]}\t{around}")


if __name__ == "__main__":
    sample = sys.argv[sys.argv.index("--sample") + 1] if "--sample" in sys.argv else "second"
    print(score(Path(sys.argv[1]), sample, errors="--errors" in sys.argv).text())
