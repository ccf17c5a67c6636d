"""Score ``dz.slogans`` against annotations and print the table.

python -m tests.scores.slogans FOLDER [--errors]

FOLDER holds ``slogans.tsv`` and ``repaired/*.txt``; documents without annotations are not scored. Names (class ``name``) are no slogans: a slogan that is
found as a name is missed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

import duizhao as dz

from .spans import Span, gold_spans, read_gold, read_repaired, scores, table


def score(folder: Path, *, errors: bool = False) -> list[tuple[str, object, object]]:
    """Rows of the table; misses and false alarms are printed if `errors`."""
    gold = read_gold(folder / "slogans.tsv")
    texts = read_repaired(folder)
    scored = {row["file"] for row in gold}
    docs = pl.DataFrame({"doc_id": list(texts), "text": list(texts.values())})
    frame = dz.slogans(docs).filter(pl.col("doc_id").is_in(scored) & (pl.col("class") != "name"))
    found: dict[str, list[Span]] = {}
    for doc_id, name, start, end in frame.select("doc_id", "class", "char_start", "char_end").iter_rows():
        found.setdefault(name, []).append((doc_id, start, end))
    yes = gold_spans([row for row in gold if row["is_slogan"] == "yes"])
    if errors:
        ours = {span: name for name, spans in found.items() for span in spans}
        theirs = {span: name for name, spans in yes.items() for span in spans}
        for span in sorted(ours.keys() | theirs.keys()):
            if ours.get(span) != theirs.get(span):
                surface = texts[span[0]][span[1] : span[2]]
                print(f"{span}\tours={ours.get(span)}\tgold={theirs.get(span)}\t{surface}")
    # The two classes with numerals are also measured together.
    rows = scores(found, yes)
    numbered = [
        {"numbered": [s for name in ("numeric", "ordinal") for s in side.get(name, [])]}
        for side in (found, yes)
    ]
    return [*rows[:-1], scores(*numbered)[0], rows[-1]]


if __name__ == "__main__":
    print(table(score(Path(sys.argv[1]), errors="--errors" in sys.argv)))
