"""The fixed columns of the frames of this room, in order; also for empty input."""

from __future__ import annotations

import polars as pl

from .._base.schema import BOOL, FLOAT, INT, SPAN, STR

#: ``dz.quotations``: one row a quotation.
QUOTATIONS = pl.Schema(
    {
        "doc_id": STR,
        "quotation": STR,
        "kind": STR,
        "depth": INT,
        "sentence": INT,
        **SPAN,
        "speaker": STR,
        "speaker_start": INT,
        "speaker_end": INT,
        "verb": STR,
        "verb_start": INT,
        "verb_end": INT,
        "doc_share": FLOAT,
    }
)


#: ``dz.bodies`` and ``dz.persons``: one row a place.
BODIES = pl.Schema({"doc_id": STR, "body": STR, "kind": STR, "place": STR, "level": STR, **SPAN})


PERSONS = pl.Schema(
    {"doc_id": STR, "name": STR, "post": STR, "body": STR, **SPAN, "post_start": INT, "post_end": INT}
)


#: ``dz.titles``: one row a title.
TITLES = pl.Schema({"doc_id": STR, "title": STR, "kind": STR, "status": STR, **SPAN})


#: ``dz.slogans``: one row a place.
SLOGANS = pl.Schema(
    {
        "doc_id": STR,
        "surface": STR,
        "canonical": STR,
        "class": STR,
        "numeral_pattern": STR,
        "quoted": STR,
        "nested": BOOL,
        **SPAN,
        "expansion": STR,
        "expansion_source": STR,
        "expansion_start": INT,
        "expansion_end": INT,
        "sense": INT,
        "doc_freq": INT,
        "first_doc_id": STR,
    }
)


#: ``dz.slogan_spread``: one row a slogan and sense; with groups also one a group. ``first_doc_id`` as above.
SLOGAN_SPREAD = pl.Schema(
    {
        "canonical": STR,
        "class": STR,
        "sense": INT,
        "expansion": STR,
        "count": INT,
        "doc_freq": INT,
        "doc_share": FLOAT,
        "group": STR,
        "group_count": INT,
        "group_doc_freq": INT,
        "group_doc_share": FLOAT,
        "n_groups": INT,
        "first_doc_id": STR,
        "is_first_group": BOOL,
    }
)


#: ``dz.register`` without ``by``: these columns, then one a component.
REGISTER = pl.Schema({"doc_id": STR, "n_chars": INT, "n_sentences": INT, "n_clauses": INT, "n_words": INT})


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
        "rate_per_1000_chars_exact_low": FLOAT,
        "rate_per_1000_chars_exact_high": FLOAT,
    }
)


#: ``dz.claim_shares``: one row a group and value.
CLAIM_SHARES = pl.Schema(
    {
        "group": STR,
        "value": STR,
        "claims": INT,
        "total": INT,
        "documents": INT,
        "share": FLOAT,
        "share_bootstrap_low": FLOAT,
        "share_bootstrap_high": FLOAT,
    }
)


#: ``dz.parse_numbers``: one row a string.
NUMBERS = pl.Schema(
    {"text": STR, "value": FLOAT, "lower": FLOAT, "upper": FLOAT, "approximation": STR, "direction": STR}
)
#: ``dz.word_lists``: one row an entry of a list of words.
WORD_LISTS = pl.Schema(
    {
        "list": STR,
        "entry": STR,
        "columns": pl.List(STR),
        "values": pl.List(STR),
        "purpose": STR,
    }
)
