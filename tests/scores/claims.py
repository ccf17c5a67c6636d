"""Score ``dz.claims`` against annotated claims and print the table: ``python -m tests.scores.claims GOLD_FOLDER``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import duizhao as dz

from .spans import gold_spans, read_gold, read_repaired, scores, table


@dataclass(frozen=True)
class ClaimScores:
    """What is asserted, and the table to read. The shares are of the spans that agree exactly."""

    f1_exact: float
    f1_overlap: float
    value_right: float
    unit_right: float
    direction_right: float
    kind_right: float
    in_slogan_right: float
    table: str


def claim_scores(gold: Path) -> ClaimScores:
    """Scores on the annotated documents whose repaired texts are there."""
    texts = read_repaired(gold)
    rows = [row for row in read_gold(gold / "claims.tsv") if row["file"] in texts]
    annotated = {(row["file"], int(row["start"]), int(row["end"])): row for row in rows}
    docs = pl.DataFrame({"doc_id": sorted({row["file"] for row in rows})}).with_columns(
        text=pl.col("doc_id").replace_strict(texts)
    )
    found = {(r["doc_id"], r["char_start"], r["char_end"]): r for r in dz.claims(docs).iter_rows(named=True)}
    by_kind: dict[str, list[tuple[str, int, int]]] = {}
    for span, row in found.items():
        by_kind.setdefault(row["kind"], []).append(span)
    lines = scores(by_kind, gold_spans(rows, "kind"))
    hits = [(annotated[span], found[span]) for span in annotated if span in found]

    def right(test: object) -> float:
        return sum(bool(test(a, f)) for a, f in hits) / len(hits) if hits else 0.0  # type: ignore[operator]

    shares = {
        "value": right(lambda a, f: float(a["value"]) == f["value"]),
        "unit": right(lambda a, f: a["unit"] == f["unit"]),
        "direction": right(lambda a, f: a["direction"] == f["direction"]),
        "kind": right(lambda a, f: a["kind"] == f["kind"]),
        "in_slogan": right(lambda a, f: (a["in_slogan"] == "yes") == f["in_slogan"]),
        "object": right(lambda a, f: a["head_object"] == f["object"]),
        "verb": right(lambda a, f: a["verb"] == f["verb"]),
    }
    _, exact, overlap = lines[-1]
    text = "\n".join(
        [
            table(lines),
            "",
            f"right in {len(hits)} exact hits: " + ", ".join(f"{k} {v:.3f}" for k, v in shares.items()),
        ]
    )
    return ClaimScores(
        exact.f1,
        overlap.f1,
        shares["value"],
        shares["unit"],
        shares["direction"],
        shares["kind"],
        shares["in_slogan"],
        text,
    )


if __name__ == "__main__":
    print(claim_scores(Path(sys.argv[1])).table)
