"""The fixed columns of every frame that duizhao returns, in order; also for empty input.

``doc_id`` keeps the dtype that the user gave: the schemas below say ``String`` and are adjusted by :func:`with_doc_id`.
Frames "with metadata" carry the user's metadata columns behind the fixed ones.
"""

from __future__ import annotations

import polars as pl

STR, INT, FLOAT, BOOL = pl.String(), pl.Int64(), pl.Float64(), pl.Boolean()

#: One edit of ``dz.clean``, as kept in the column ``edits`` of a cleaned frame.
EDIT = pl.Struct(
    {
        "raw_start": pl.UInt32(),
        "raw_end": pl.UInt32(),
        "char_start": pl.UInt32(),
        "char_end": pl.UInt32(),
        "raw": STR,
        "repaired": STR,
        "kind": STR,
        "certain": BOOL,
    }
)

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

#: Where a row stands in a text: cleaned (``char_*``) and raw (``raw_*``) characters, half-open, 0-based.
SPAN = pl.Schema({"char_start": INT, "char_end": INT, "raw_start": INT, "raw_end": INT})

#: ``dz.sentences``: one row a sentence, clause or paragraph.
SENTENCES = pl.Schema({"doc_id": STR, "sentence": INT, **SPAN, "text": STR})

#: ``Tokens.to_frame``; ``tag`` is null without POS tagging, the span columns are null for tokens given as lists.
TOKENS = pl.Schema({"doc_id": STR, "position": INT, "token": STR, "tag": STR, **SPAN})

#: ``Dfm.to_frame`` of counts; weighted matrices have ``weight`` (Float64) instead of ``count``.
DFM = pl.Schema({"doc_id": STR, "feature": STR, "count": INT})

#: ``Dfm.features``.
DFM_FEATURES = pl.Schema({"feature": STR, "count": INT, "doc_freq": INT})

#: ``Fcm.to_frame`` of counts; distance-weighted matrices have ``weight`` (Float64) instead of ``count``.
FCM = pl.Schema({"node": STR, "collocate": STR, "count": INT})

#: ``dz.tfidf``.
TFIDF = pl.Schema({"doc_id": STR, "feature": STR, "freq": INT, "tf": FLOAT, "idf": FLOAT, "tfidf": FLOAT})

#: ``dz.keyness``: these columns, then for each measure asked for its score under its own name and, for a test of
#: significance, ``<measure>_log_p`` (natural logarithm), ``<measure>_p`` and ``<measure>_p_adjusted``.
KEYNESS = pl.Schema(
    {
        "target": STR,
        "feature": STR,
        "count_target": INT,
        "count_reference": INT,
        "size_target": INT,
        "size_reference": INT,
        "per_million_target": FLOAT,
        "per_million_reference": FLOAT,
        "expected_target": FLOAT,
        "doc_freq_target": INT,
        "doc_freq_reference": INT,
    }
)

#: ``dz.associations``: these columns, then one a measure as in :data:`KEYNESS`.
ASSOCIATIONS = pl.Schema(
    {
        "node": STR,
        "collocate": STR,
        "count": INT,
        "count_node": INT,
        "count_collocate": INT,
        "n_pairs": INT,
        "expected": FLOAT,
    }
)

#: ``dz.similarity`` between documents (``margin="documents"``) and between features.
SIMILARITY_DOCUMENTS = pl.Schema({"doc_id_1": STR, "doc_id_2": STR, "similarity": FLOAT})
SIMILARITY_FEATURES = pl.Schema({"feature_1": STR, "feature_2": STR, "similarity": FLOAT})

#: What ``dz.claims`` and ``.zh.claims()`` say of one claim, behind its place.
CLAIM = pl.Schema(
    {
        "sentence": INT,
        "surface": STR,
        "number_text": STR,
        "value": FLOAT,
        "lower": FLOAT,
        "upper": FLOAT,
        "approximation": STR,
        "direction": STR,
        "unit": STR,
        "unit_normalised": STR,
        "factor": FLOAT,
        "value_normalised": FLOAT,
        "object": STR,
        "verb": STR,
        "kind": STR,
        "category": STR,
        "change": FLOAT,
        "change_unit": STR,
        "change_base": STR,
        "in_slogan": BOOL,
        "sentence_text": STR,
    }
)

#: ``dz.claims``: one row a claim, in the order of the documents and of the text.
CLAIMS = pl.Schema({"doc_id": STR, **SPAN, **CLAIM})

#: ``dz.claim_rates``: one row a document.
CLAIM_RATES = pl.Schema(
    {
        "doc_id": STR,
        "claims": INT,
        "chars": INT,
        "rate_per_1000_chars": FLOAT,
        "rate_lower": FLOAT,
        "rate_upper": FLOAT,
    }
)

#: ``dz.claim_shares``: one row a group and level.
CLAIM_SHARES = pl.Schema(
    {
        "group": STR,
        "level": STR,
        "claims": INT,
        "total": INT,
        "documents": INT,
        "share": FLOAT,
        "share_lower": FLOAT,
        "share_upper": FLOAT,
    }
)

#: ``dz.parse_numbers``: one row a string.
NUMBERS = pl.Schema(
    {"text": STR, "value": FLOAT, "lower": FLOAT, "upper": FLOAT, "approximation": STR, "direction": STR}
)

#: ``dz.kwic`` (with metadata).
KWIC = pl.Schema(
    {
        "doc_id": STR,
        "token_start": INT,
        "token_end": INT,
        "left": STR,
        "keyword": STR,
        "right": STR,
        "pattern": STR,
        **SPAN,
    }
)


def with_doc_id(schema: pl.Schema, dtype: pl.DataType) -> pl.Schema:
    """The schema with every ``doc_id`` column set to the dtype that the user gave."""
    return pl.Schema({name: dtype if name.startswith("doc_id") else kind for name, kind in schema.items()})
