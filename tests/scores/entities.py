"""Score ``dz.bodies``, ``dz.persons`` and ``dz.quotations`` against annotations and print the table.

python -m tests.scores.entities FOLDER [--sample first|second] [--errors]

FOLDER is the sample data that ``tests/gold/entities.tsv`` points into. A paragraph whose text is no longer the annotated one is
an error, not a miss.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl

import duizhao as dz

from .spans import Score, Span, read_gold, scores, table

GOLD = Path(__file__).parents[1] / "gold" / "entities.tsv"
KINDS = ("speech", "coinage", "title", "emphasis")


@cache
def texts(folder: Path) -> dict[tuple[str, str], str]:
    """The documents that are annotated, as they stand and cleaned."""
    rows = read_gold(GOLD)
    seeds = dz.clean(dz.read_texts(folder / "seeds"), script="simplified")
    found = {
        ("cleaned", f"seeds/{Path(str(name)).name}"): text
        for name, text in seeds.select("doc_id", "text").iter_rows()
    }
    for name in {row["document"] for row in rows if row["text"] == "raw"}:
        found["raw", name] = (folder / name).read_bytes().decode("utf-8")
    return found


def paragraphs(folder: Path, sample: str) -> Iterator[tuple[str, str, list[dict[str, str]]]]:
    """Name, text and annotations of each paragraph; places count from its first character."""
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in read_gold(GOLD):
        if row["sample"] == sample:
            key = tuple(row[name] for name in ("text", "document", "start", "end", "sha256"))
            groups.setdefault(key, []).append(row)
    for (kind, document, start, end, digest), rows in groups.items():
        text = texts(folder)[kind, document][int(start) : int(end)]
        if hashlib.sha256(text.encode()).hexdigest()[:12] != digest:
            raise ValueError(f"{document} {start}-{end} is not the text that was annotated")
        for row in rows:
            for name in ("char_start", "char_end", "part_start", "part_end"):
                row[name] = str(int(row[name]) - int(start)) if row[name] else ""
        yield f"{document}:{start}", text, rows


def score(
    folder: Path, sample: str, *, errors: bool = False
) -> tuple[list[tuple[str, Score, Score]], dict[str, tuple[int, int]]]:
    """Rows of the table, and (right, all): posts of exact persons, kinds of quotations, speakers found, speakers annotated."""
    given = list(paragraphs(folder, sample))
    docs = pl.DataFrame({"doc_id": [name for name, *_ in given], "text": [text for _, text, _ in given]})
    bodies, persons, quotations = dz.bodies(docs), dz.persons(docs), dz.quotations(docs)
    places = ("doc_id", "char_start", "char_end")
    ours: dict[str, list[Span]] = {
        "body": bodies.select(places).rows(),
        "person": persons.select(places).rows(),
    }
    for kind in KINDS:
        ours[kind] = quotations.filter(pl.col("kind") == kind).select(places).rows()
    theirs: dict[str, list[Span]] = {}
    parts: dict[str, dict[Span, tuple[int, int] | None]] = {"person": {}, "quotation": {}}
    for name, _, rows in given:
        for row in rows:
            if row["label"] == "none":
                continue
            span = (name, int(row["char_start"]), int(row["char_end"]))
            theirs.setdefault(row["label"], []).append(span)
            part = (int(row["part_start"]), int(row["part_end"])) if row["part_start"] else None
            if row["label"] != "body":
                parts["person" if row["label"] == "person" else "quotation"][span] = part
    if errors:
        whole = dict(zip(docs["doc_id"], docs["text"], strict=True))
        for label in sorted({*ours, *theirs}):
            for span in sorted(set(ours.get(label, [])) ^ set(theirs.get(label, []))):
                side = "false" if span in ours.get(label, []) else "missed"
                around = whole[span[0]][max(0, span[1] - 6) : span[2] + 4]
                print(f"{label}\t{side}\t{whole[span[0]][span[1] : span[2]]}\t{around}")
    posts = {
        (row[0], row[1], row[2]): (row[3], row[4])
        for row in persons.select(*places, "post_start", "post_end").rows()
    }
    both = [span for span in posts if span in parts["person"]]
    said = {
        (row[0], row[1], row[2]): None if row[3] is None else (row[3], row[4])
        for row in quotations.filter(pl.col("kind") != "indirect")
        .select(*places, "speaker_start", "speaker_end")
        .rows()
    }
    kinds = [set(ours[kind]) & set(theirs.get(kind, [])) for kind in KINDS]
    right = sum(part is not None and said.get(span) == part for span, part in parts["quotation"].items())
    return scores(ours, theirs)[:-1], {
        "posts": (sum(posts[span] == parts["person"][span] for span in both), len(both)),
        "kinds": (sum(map(len, kinds)), len(parts["quotation"])),
        "speakers found": (right, sum(part is not None for part in said.values())),
        "speakers annotated": (right, sum(part is not None for part in parts["quotation"].values())),
    }


if __name__ == "__main__":
    sample = sys.argv[sys.argv.index("--sample") + 1] if "--sample" in sys.argv else "second"
    rows, shares = score(Path(sys.argv[1]), sample, errors="--errors" in sys.argv)
    print(table(rows))
    print("\n".join(f"{what}: {right} of {of}" for what, (right, of) in shares.items()))
