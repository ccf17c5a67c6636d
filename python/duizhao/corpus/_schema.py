"""The fixed columns of the frames of this room, in order; also for empty input."""

from __future__ import annotations

import polars as pl

from .._base.schema import BOOL, FLOAT, INT, SPAN, STR

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


#: ``dz.new_words``: one row a word, by score.
NEW_WORDS = pl.Schema(
    {
        "word": STR,
        "count": INT,
        "count_free": INT,
        "doc_freq": INT,
        "cohesion_nats": FLOAT,
        "left_entropy_nats": FLOAT,
        "right_entropy_nats": FLOAT,
        "score": FLOAT,
        "cut_whole": INT,
        "cut_split": INT,
        "cut_across": INT,
        "in_dictionary": BOOL,
    }
)


#: ``dz.lookup`` (with metadata): one row a hit.
LOOKUP = pl.Schema(
    {
        "doc_id": STR,
        "category": STR,
        "levels": pl.List(STR),
        "entry": STR,
        "surface": STR,
        "weight": FLOAT,
        "negated": BOOL,
        **SPAN,
    }
)
