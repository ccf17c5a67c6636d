"""Score ``dz.titles`` against annotations and print the table.

python -m tests.scores.titles FOLDER [--errors]

FOLDER is the sample data that ``tests/gold/titles.tsv`` points into. A paragraph whose text is no longer the annotated one is an
error, not a miss.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import duizhao as dz

from .spans import read_gold

GOLD = Path(__file__).parents[1] / "gold" / "titles.tsv"
Place = tuple[str, int, int]


def score(folder: Path, *, errors: bool = False) -> dict[str, tuple[int, int]]:
    """Right and all: places found of those annotated, places annotated of those found, kinds and states of the places in both."""
    gold: dict[Place, tuple[str, str]] = {}
    paragraphs: dict[str, str] = {}
    for row in read_gold(GOLD):
        start = int(row["start"])
        text = (folder / row["document"]).read_bytes().decode("utf-8")[start : int(row["end"])]
        if hashlib.sha256(text.encode()).hexdigest()[:12] != row["sha256"]:
            raise ValueError(f"{row['document']} {start} is not the text that was annotated")
        name = f"{row['document']}:{start}"
        paragraphs[name] = text
        if row["char_start"]:
            place = (name, int(row["char_start"]) - start, int(row["char_end"]) - start)
            gold[place] = (row["kind"], row["status"])
    found: dict[Place, tuple[str, str]] = {
        (name, start, end): (kind, status or "")
        for name, start, end, kind, status in dz.titles(paragraphs)
        .select("doc_id", "char_start", "char_end", "kind", "status")
        .iter_rows()
    }
    both = gold.keys() & found.keys()
    if errors:
        for place in sorted(gold.keys() ^ found.keys() | {p for p in both if gold[p] != found[p]}):
            title = paragraphs[place[0]][place[1] : place[2]]
            print(f"{place[0]} {title}: annotated {gold.get(place)}, found {found.get(place)}")
    return {
        "recall": (len(both), len(gold)),
        "precision": (len(both), len(found)),
        "kind": (sum(gold[p][0] == found[p][0] for p in both), len(both)),
        "status": (sum(gold[p][1] == found[p][1] for p in both), len(both)),
    }


if __name__ == "__main__":
    for what, (right, total) in score(Path(sys.argv[1]), errors="--errors" in sys.argv).items():
        print(f"{what:10} {right:3} of {total:3}  {right / max(total, 1):.3f}")
