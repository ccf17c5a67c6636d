"""Score the reading and cleaning of small pages against annotations and print the table.

python -m tests.scores.pages [--sample first|second|all] [--errors]

The pages stand in ``tests/gold/pages.jsonl``. Those of format ``html`` are read as files, all are cleaned with the default steps.
"""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import polars as pl

import duizhao as dz

GOLD = Path(__file__).parents[1] / "gold" / "pages.jsonl"
COLUMNS = ("title", "date", "source", "author", "reporter", "editor")


def pages(sample: str = "all") -> list[dict[str, Any]]:
    """The annotated pages of a sample."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if sample in ("all", row["sample"])]


def found(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is read off each page, under the names of the annotation."""
    cleaned: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in rows:
            if row["format"] == "html":
                (Path(folder) / f"{row['id']}.html").write_text(row["input"], encoding="utf-8")
        plain = {row["id"]: row["input"] for row in rows if row["format"] != "html"}
        frames = [pl.DataFrame({"doc_id": list(plain), "text": list(plain.values())})]
        if len(plain) < len(rows):
            frames.append(dz.read_texts(folder))
        for frame in frames:
            for one in dz.clean(frame).iter_rows(named=True):
                date = one["date"] and one["date"].isoformat()
                cleaned[one["doc_id"]] = {**one, "date": date, "body": one["text"].splitlines()}
    return [cleaned[row["id"]] for row in rows]


def score(sample: str = "all", *, errors: bool = False) -> dict[str, tuple[int, int]]:
    """Pages on which a column, and the body, is what is annotated (an empty column too), and all pages."""
    rows = pages(sample)
    results = found(rows)
    scores: dict[str, tuple[int, int]] = {}
    for name in (*COLUMNS, "body"):
        wrong = [(row, one) for row, one in zip(rows, results, strict=True) if row[name] != one[name]]
        scores[name] = (len(rows) - len(wrong), len(rows))
        for row, one in wrong if errors else []:
            print(f"{row['id']} {name}: annotated {row[name]!r}, found {one[name]!r}")
    return scores


if __name__ == "__main__":
    wanted = sys.argv[sys.argv.index("--sample") + 1] if "--sample" in sys.argv else "all"
    for what, (right, total) in score(wanted, errors="--errors" in sys.argv).items():
        print(f"{what:10} {right:3} of {total:3}  {right / max(total, 1):.3f}")
