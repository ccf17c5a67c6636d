"""The fixed columns of the frames of this room, in order; also for empty input."""

from __future__ import annotations

import polars as pl

from .._base.schema import BOOL, EDIT, FLOAT, INT, SPAN, STR

#: What ``dz.read_texts`` gives (with metadata).
DOCUMENTS = pl.Schema({"doc_id": STR, "text": STR, "path": STR, "encoding": STR, "damage": INT})


#: What ``dz.clean`` adds to a frame of documents.
CLEANED = pl.Schema(
    {
        "raw_text": STR,
        "edits": pl.List(EDIT),
        "title": STR,
        "date": pl.Date(),
        "source": STR,
        "author": STR,
        "reporter": STR,
        "editor": STR,
    }
)


#: ``dz.repairs``: one row an edit, in the order of the raw text.
REPAIRS = pl.Schema(
    {
        "doc_id": STR,
        "raw_start": INT,
        "raw_end": INT,
        "char_start": INT,
        "char_end": INT,
        "raw": STR,
        "repaired": STR,
        "kind": STR,
        "certain": BOOL,
    }
)


#: ``dz.repair_evidence``: one row a document.
REPAIR_EVIDENCE = pl.Schema(
    {
        "doc_id": STR,
        "damaged": BOOL,
        "han": INT,
        "annotations": INT,
        "annotations_per_100_han": FLOAT,
        "types": INT,
        "repeated_types": INT,
        "coverage": FLOAT,
        "outside_gb2312": FLOAT,
        "ambiguous_types": INT,
        "word_annotations": INT,
        "repeated_words": INT,
        "word_coverage": FLOAT,
        "residues_repaired": INT,
        "residues_left": INT,
        "lost_characters": INT,
    }
)


#: ``dz.sentences``: one row a sentence, clause or paragraph.
SENTENCES = pl.Schema({"doc_id": STR, "sentence": INT, **SPAN, "text": STR})
