"""Score the series that ``dz.slogans`` finds on runs of equal members drawn at random from work reports and regulations.

python -m tests.scores.series FOLDER [--sample first|second|third] [--errors]

FOLDER is the sample data that ``tests/gold/series.tsv`` points into: places of runs of three or more members between enumeration commas,
commas or semicolons, whose inner members are equally long. A row without ``char_start`` is a list and no formula. A find counts if it is
of class ``parallel``, lies in no other slogan and shares a character with the run; it is right if it is the annotated span.
"""

from __future__ import annotations

import argparse
import hashlib
from functools import cache
from pathlib import Path

import polars as pl

import duizhao as dz

from .spans import Score, read_gold

GOLD = Path(__file__).parents[1] / "gold" / "series.tsv"
SAMPLES = ("first", "second", "third")


@cache
def _found(folder: Path) -> tuple[dict[str, str], dict[str, list[tuple[int, int]]]]:
    """Texts and parallel series of the documents, by name."""
    texts = {
        name: (folder / name).read_bytes().decode("utf-8")
        for name in {r["document"] for r in read_gold(GOLD)}
    }
    docs = pl.DataFrame({"doc_id": list(texts), "text": list(texts.values())})
    places: dict[str, list[tuple[int, int]]] = {}
    frame = dz.slogans(docs).filter((pl.col("class") == "parallel") & ~pl.col("nested"))
    for name, start, end in frame.select("doc_id", "char_start", "char_end").iter_rows():
        places.setdefault(name, []).append((start, end))
    return texts, places


def score(folder: Path, sample: str, *, errors: bool = False) -> Score:
    """Precision and recall of whole series on one sample."""
    texts, places = _found(folder)
    found = annotated = right = 0
    for row in read_gold(GOLD):
        if row["sample"] != sample:
            continue
        text, start, end = texts[row["document"]], int(row["start"]), int(row["end"])
        if hashlib.sha256(text[start:end].encode()).hexdigest()[:12] != row["sha256"]:
            raise ValueError(f"{row['document']} {start}-{end} is not the text that was annotated")
        ours = [(s, e) for s, e in places.get(row["document"], []) if s < end and start < e]
        theirs = [(int(row["char_start"]), int(row["char_end"]))] if row["char_start"] else []
        found, annotated = found + len(ours), annotated + len(theirs)
        right += len(set(ours) & set(theirs))
        if errors and ours != theirs:
            shown = [[text[s:e] for s, e in side] for side in (ours, theirs)]
            print(
                f"{row['document']} {start}\tours={shown[0]}\tgold={shown[1]}\t{text[start - 10 : end + 10]!r}"
            )
    return Score(found, annotated, right, right)


def main() -> None:
    """Print the score of a sample, or of both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", choices=SAMPLES)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for sample in [options.sample] if options.sample else SAMPLES:
        s = score(options.folder, sample, errors=options.errors)
        print(
            f"{sample}: found {s.found}, annotated {s.annotated}, right {s.right_found}; "
            f"precision {s.precision:.3f}, recall {s.recall:.3f}, F1 {s.f1:.3f}"
        )


if __name__ == "__main__":
    main()
