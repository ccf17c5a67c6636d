"""The fixed columns of the frames of this room, in order; also for empty input."""

from __future__ import annotations

import polars as pl

from .._base.schema import BOOL, FLOAT, INT, SPAN, STR

#: ``dz.text_reuse``: one row a passage of two documents.
TEXT_REUSE = pl.Schema(
    {
        "doc_id_1": STR,
        "doc_id_2": STR,
        **{f"{name}_1": dtype for name, dtype in SPAN.items()},
        **{f"{name}_2": dtype for name, dtype in SPAN.items()},
        "text_1": STR,
        "text_2": STR,
        "length": INT,
        "identity": FLOAT,
        "doc_freq": INT,
        "weight": FLOAT,
        "in_baseline": FLOAT,
    }
)


#: ``dz.reuse_pairs``: one row a pair of documents with a shared passage.
REUSE_PAIRS = pl.Schema(
    {
        "doc_id_1": STR,
        "doc_id_2": STR,
        "passages": INT,
        "longest": INT,
        "chars_1": INT,
        "chars_2": INT,
        "shared_1": INT,
        "shared_2": INT,
        "coverage_1": FLOAT,
        "coverage_2": FLOAT,
        "weighted_coverage_1": FLOAT,
        "weighted_coverage_2": FLOAT,
        "similarity": FLOAT,
        "weighted_similarity": FLOAT,
    }
)


#: ``dz.passages``: one row a place of a passage; ``date`` and ``first_seen`` have the dtype of the column of dates.
PASSAGES = pl.Schema(
    {
        "passage": INT,
        "canonical": STR,
        "doc_id": STR,
        **SPAN,
        "text": STR,
        "variant": INT,
        "n_documents": INT,
        "n_occurrences": INT,
        "n_variants": INT,
        "date": pl.Date(),
        "first_seen": pl.Date(),
        "is_first": BOOL,
    }
)


#: ``dz.shared_phrases``: one row a place of a phrase.
SHARED_PHRASES = pl.Schema(
    {
        "phrase": STR,
        "doc_id": STR,
        **SPAN,
        "text": STR,
        "n_han": INT,
        "n_documents": INT,
        "n_occurrences": INT,
        "maximal_pairs": INT,
        "contained_in": pl.List(pl.String()),
    }
)


#: ``dz.diffusion``: one row an edge between documents or groups.
DIFFUSION = pl.Schema(
    {
        "source": STR,
        "target": STR,
        "directed": BOOL,
        "document_pairs": INT,
        "passages": INT,
        "chars": INT,
        "weight": FLOAT,
        "mean_lag": FLOAT,
        "lag_unit": STR,
    }
)


#: ``dz.near_duplicates``: one row a pair.
NEAR_DUPLICATES = pl.Schema({"doc_id_1": STR, "doc_id_2": STR, "similarity": FLOAT, "containment": FLOAT})


#: What ``dz.deduplicate`` left out: documents, or passages of documents.
DUPLICATES = pl.Schema(
    {
        "doc_id": STR,
        "doc_id_kept": STR,
        "kind": STR,
        "similarity": FLOAT,
        **SPAN,
        "text": STR,
    }
)


#: ``CorpusDiff.documents``, ``.passages`` and ``.terms``.
DIFF_DOCUMENTS = pl.Schema(
    {
        "status": STR,
        "doc_id_old": STR,
        "doc_id_new": STR,
        "chars_old": INT,
        "chars_new": INT,
        "changes": INT,
        "chars_removed": INT,
        "chars_added": INT,
        "similarity": FLOAT,
    }
)


DIFF_PASSAGES = pl.Schema(
    {
        "doc_id_old": STR,
        "doc_id_new": STR,
        "kind": STR,
        "char_start_old": INT,
        "char_end_old": INT,
        "char_start_new": INT,
        "char_end_new": INT,
        "text_old": STR,
        "text_new": STR,
    }
)


DIFF_TERMS = pl.Schema(
    {
        "feature": STR,
        "count_old": INT,
        "count_new": INT,
        "change": INT,
        "per_million_old": FLOAT,
        "per_million_new": FLOAT,
        "per_million_change": FLOAT,
        "rank_old": INT,
        "rank_new": INT,
        "rank_change": INT,
        "doc_freq_old": INT,
        "doc_freq_new": INT,
    }
)
