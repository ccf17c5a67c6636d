"""Score the finders on traditional paragraphs, as written and simplified first: ``python -m tests.scores.traditional``."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import duizhao as dz

from .spans import Score, Span, read_gold, scores, table

GOLD = Path(__file__).parents[1] / "gold" / "traditional.tsv"
KINDS = ("speech", "coinage")


def paragraphs() -> pl.DataFrame:
    """The annotated paragraphs, as written."""
    rows = [row for row in read_gold(GOLD) if row["label"] == "text"]
    return pl.DataFrame({"doc_id": [r["paragraph"] for r in rows], "text": [r["text"] for r in rows]})


def found(docs: pl.DataFrame) -> dict[str, list[Span]]:
    """Places by label."""
    places = ("doc_id", "char_start", "char_end")
    quotations = dz.quotations(docs)
    spans = {
        "body": dz.bodies(docs).select(places).rows(),
        "person": dz.persons(docs).select(places).rows(),
        "claim": dz.claims(docs).select(places).rows(),
        "title": dz.titles(docs).select(places).rows(),
    }
    for kind in KINDS:
        spans[kind] = quotations.filter(pl.col("kind") == kind).select(places).rows()
    return spans


def score(docs: pl.DataFrame) -> list[tuple[str, Score, Score]]:
    """Rows of the table."""
    theirs: dict[str, list[Span]] = {}
    for row in read_gold(GOLD):
        if row["label"] != "text":
            span = (row["paragraph"], int(row["char_start"]), int(row["char_end"]))
            theirs.setdefault(row["label"], []).append(span)
    return scores(found(docs), theirs)


if __name__ == "__main__":
    print(table(score(paragraphs())))
    print("\nsimplified first\n")
    print(table(score(dz.clean(paragraphs(), steps=["script"], script="simplified"))))
