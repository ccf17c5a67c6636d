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

#: ``dz.quotations``: one row a quotation.
QUOTATIONS = pl.Schema(
    {
        "doc_id": STR,
        "quotation": STR,
        "kind": STR,
        "depth": INT,
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


def _of_one_text(schema: pl.Schema) -> pl.Struct:
    """A row of a frame as an expression gives it: without what only documents have."""
    return pl.Struct(
        {name: kind for name, kind in schema.items() if name not in ("doc_id", "raw_start", "raw_end")}
    )


#: One find in the lists that ``.zh.quotations()``, ``.zh.bodies()`` and ``.zh.persons()`` give.
QUOTATION, BODY, PERSON = _of_one_text(QUOTATIONS), _of_one_text(BODIES), _of_one_text(PERSONS)

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

#: One slogan in the list that ``.zh.slogans()`` gives.
SLOGAN = pl.Struct(
    {
        name: kind
        for name, kind in SLOGANS.items()
        if name not in ("doc_id", "raw_start", "raw_end", "sense", "doc_freq", "first_doc_id")
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

#: ``dz.keyness``: these columns, then for each measure asked for its score under its own name; for a test of
#: significance ``<measure>_log_p`` (natural logarithm), ``<measure>_p`` and ``<measure>_p_adjusted``; with permutations
#: ``<measure>_permutation_p`` and ``<measure>_permutation_p_adjusted``; with resamples ``<measure>_low`` and ``<measure>_high``.
KEYNESS = pl.Schema(
    {
        "target": STR,
        "reference": STR,
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
        "n_tested": INT,
        "sparse": BOOL,
    }
)

#: ``dz.log_odds``: one row a feature.
LOG_ODDS = pl.Schema(
    {
        "feature": STR,
        "count_target": INT,
        "count_reference": INT,
        "alpha": FLOAT,
        "alpha_0": FLOAT,
        "delta": FLOAT,
        "sigma": FLOAT,
        "z": FLOAT,
    }
)

#: ``dz.zeta``: one row a word.
ZETA = pl.Schema(
    {
        "feature": STR,
        "segments_target": INT,
        "segments_reference": INT,
        "share_target": FLOAT,
        "share_reference": FLOAT,
        "zeta": FLOAT,
        "zeta_eder": FLOAT,
        "bootstrap_low": FLOAT,
        "bootstrap_high": FLOAT,
        "permutation_p": FLOAT,
        "permutation_p_adjusted": FLOAT,
    }
)

#: ``dz.sensitivity``: one row a term.
SENSITIVITY = pl.Schema(
    {
        "group": STR,
        "term": STR,
        "n_variants": INT,
        "score_lowest": FLOAT,
        "score_median": FLOAT,
        "score_highest": FLOAT,
        "rank_best": INT,
        "rank_worst": INT,
        "sign_agreement": FLOAT,
        "top_share": FLOAT,
    }
)

#: ``Sensitivity.pairs``: one row a pair of variants.
SENSITIVITY_PAIRS = pl.Schema(
    {
        "group": STR,
        "variant_1": STR,
        "variant_2": STR,
        "n_common": INT,
        "kendall_tau": FLOAT,
        "overlap": FLOAT,
        "rank_biased_overlap": FLOAT,
        "sign_agreement": FLOAT,
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
        "table": STR,
        "expected": FLOAT,
    }
)

#: ``dz.dispersion``: these columns, then one a measure, with resamples also ``<measure>_low`` and ``<measure>_high``.
DISPERSION = pl.Schema({"feature": STR, "count": INT, "range": INT, "n_parts": INT})

#: ``dz.diversity`` without ``by``: these columns, then one a measure.
DIVERSITY = pl.Schema({"doc_id": STR, "unit": STR, "n_tokens": INT, "n_types": INT, "is_short": BOOL})

#: ``dz.register`` without ``by``: these columns, then one a component.
REGISTER = pl.Schema({"doc_id": STR, "n_chars": INT, "n_sentences": INT, "n_clauses": INT, "n_words": INT})

#: ``dz.diversity`` and ``dz.register`` with ``by``: one row a group and measure.
GROUP_MEANS = pl.Schema(
    {
        "group": STR,
        "measure": STR,
        "n_documents": INT,
        "mean": FLOAT,
        "sd": FLOAT,
        "low": FLOAT,
        "high": FLOAT,
        "difference": FLOAT,
        "difference_low": FLOAT,
        "difference_high": FLOAT,
        "permutation_p": FLOAT,
        "permutation_p_adjusted": FLOAT,
    }
)

#: ``dz.collocations``: these columns, then one a measure as in :data:`KEYNESS`.
COLLOCATIONS = pl.Schema(
    {
        "collocation": STR,
        "count": INT,
        "count_nested": INT,
        "length": INT,
        "n_sequences": INT,
        "lambda": FLOAT,
        "z": FLOAT,
    }
)

#: ``dz.network``; ``edges`` carry the other columns of numbers behind these.
NODES = pl.Schema({"id": INT, "label": STR, "degree": INT, "strength": FLOAT, "community": INT})
EDGES = pl.Schema({"source": INT, "target": INT, "source_label": STR, "target_label": STR, "weight": FLOAT})

#: ``dz.similarity`` between documents (``margin="documents"``) and between features.
SIMILARITY_DOCUMENTS = pl.Schema({"doc_id_1": STR, "doc_id_2": STR, "similarity": FLOAT})
SIMILARITY_FEATURES = pl.Schema({"feature_1": STR, "feature_2": STR, "similarity": FLOAT})

#: ``dz.distance``, and the distances of ``dz.delta``.
DISTANCE_DOCUMENTS = pl.Schema({"doc_id_1": STR, "doc_id_2": STR, "distance": FLOAT})
DISTANCE_FEATURES = pl.Schema({"feature_1": STR, "feature_2": STR, "distance": FLOAT})

#: The list of words of ``dz.delta``.
DELTA_FEATURES = pl.Schema(
    {"rank": INT, "feature": STR, "mean_rate": FLOAT, "sd_rate": FLOAT, "doc_freq": INT}
)

#: ``dz.cluster(…).merges``; clusters are numbered from the number of leaves on.
MERGES = pl.Schema({"merge": INT, "cluster_1": INT, "cluster_2": INT, "height": FLOAT, "size": INT})

#: Eigenvalues, and coordinates of documents and features, of ``dz.mds``, ``dz.pca``, ``dz.lsa``, ``dz.correspondence``.
DIMENSIONS = pl.Schema({"dimension": INT, "eigenvalue": FLOAT, "share": FLOAT, "cumulative_share": FLOAT})
DOCUMENT_COORDINATES = pl.Schema({"doc_id": STR, "dimension": INT, "coordinate": FLOAT})
FEATURE_COORDINATES = pl.Schema({"feature": STR, "dimension": INT, "coordinate": FLOAT})
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

#: ``dz.distance``, and the distances of ``dz.delta``.
DISTANCE_DOCUMENTS = pl.Schema({"doc_id_1": STR, "doc_id_2": STR, "distance": FLOAT})
DISTANCE_FEATURES = pl.Schema({"feature_1": STR, "feature_2": STR, "distance": FLOAT})

#: ``dz.wordscores`` and ``dz.wordfish``: documents and features.
WORDSCORES_DOCUMENTS = pl.Schema(
    {
        "doc_id": STR,
        "raw_score": FLOAT,
        "raw_se": FLOAT,
        "score": FLOAT,
        "se": FLOAT,
        "score_low": FLOAT,
        "score_high": FLOAT,
        "n_scored": INT,
    }
)
WORDSCORES_FEATURES = pl.Schema({"feature": STR, "wordscore": FLOAT})
WORDFISH_DOCUMENTS = pl.Schema(
    {"doc_id": STR, "theta": FLOAT, "se": FLOAT, "theta_low": FLOAT, "theta_high": FLOAT, "alpha": FLOAT}
)
WORDFISH_FEATURES = pl.Schema({"feature": STR, "beta": FLOAT, "psi": FLOAT})

#: ``dz.trend``: rates by period, and the slope of each term.
TREND_PERIODS = pl.Schema(
    {
        "term": STR,
        "time": FLOAT,
        "n_docs": INT,
        "count": INT,
        "n_tokens": INT,
        "rate_per_million": FLOAT,
        "rate_per_million_low": FLOAT,
        "rate_per_million_high": FLOAT,
        "rate_per_million_low_docs": FLOAT,
        "rate_per_million_high_docs": FLOAT,
    }
)
TREND_SLOPES = pl.Schema(
    {
        "term": STR,
        "count": INT,
        "n_periods": INT,
        "slope": FLOAT,
        "percent_per_unit": FLOAT,
        "se_robust": FLOAT,
        "se_quasi": FLOAT,
        "slope_low": FLOAT,
        "slope_high": FLOAT,
        "dispersion": FLOAT,
        "p": FLOAT,
        "p_permutation": FLOAT,
        "kendall_s": FLOAT,
        "kendall_tau": FLOAT,
        "kendall_p": FLOAT,
        "theil_sen_per_million": FLOAT,
        "theil_sen_per_million_low": FLOAT,
        "theil_sen_per_million_high": FLOAT,
    }
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

#: ``Dictionary.to_frame``: one row an entry, in the order of the dictionary.
DICTIONARY = pl.Schema(
    {
        "category": STR,
        "levels": pl.List(STR),
        "entry": STR,
        "weight": FLOAT,
        "not_before": pl.List(STR),
        "not_after": pl.List(STR),
        "not_inside": pl.List(STR),
    }
)


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


def with_doc_id(schema: pl.Schema, dtype: pl.DataType) -> pl.Schema:
    """The schema with every ``doc_id`` column set to the dtype that the user gave."""
    ids = ("doc_id", "first_doc_id")
    return pl.Schema({name: dtype if name.startswith(ids) else kind for name, kind in schema.items()})


def rate_ratios_schema(unit: str, size: str) -> pl.Schema:
    """``dz.rate_ratios``: one row a pair of groups and category; ``unit`` and ``size`` as for ``rates_schema``."""
    return pl.Schema(
        {
            "group": STR,
            "reference": STR,
            "category": STR,
            "level": INT,
            "count": INT,
            "reference_count": INT,
            f"size_{size}": INT,
            f"reference_size_{size}": INT,
            f"rate_{unit}": FLOAT,
            f"reference_rate_{unit}": FLOAT,
            "rate_ratio": FLOAT,
            "rate_ratio_low": FLOAT,
            "rate_ratio_high": FLOAT,
            "bootstrap_low": FLOAT,
            "bootstrap_high": FLOAT,
            "rate_ratio_p": FLOAT,
            "rate_ratio_p_adjusted": FLOAT,
            "permutation_p": FLOAT,
            "permutation_p_adjusted": FLOAT,
        }
    )


def rates_schema(label: str, dtype: pl.DataType, unit: str, size: str) -> pl.Schema:
    """``dz.rates``: one row a group (or document) and category; ``unit`` such as ``per_1000_chars``, ``size``
    such as ``chars``.
    """
    rates = ("rate", "exact_low", "exact_high", "bootstrap_low", "bootstrap_high")
    return pl.Schema(
        {
            label: dtype,
            "category": STR,
            "level": INT,
            "count": INT,
            "count_negated": INT,
            f"size_{size}": INT,
            "n_documents": INT,
            "doc_freq": INT,
            **{f"{name}_{unit}": FLOAT for name in rates},
            "mean_weight": FLOAT,
            "rate_ratio": FLOAT,
            "rate_ratio_low": FLOAT,
            "rate_ratio_high": FLOAT,
            "rate_ratio_p": FLOAT,
            "permutation_p": FLOAT,
        }
    )
