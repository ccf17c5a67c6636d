"""The fixed columns of the frames of this room, in order; also for empty input."""

from __future__ import annotations

import polars as pl

from .._base.schema import BOOL, FLOAT, INT, STR

#: ``dz.measures``: one row a family and measure.
MEASURES = pl.Schema(
    {
        "measure": STR,
        "family": STR,
        "lowest": FLOAT,
        "highest": FLOAT,
        "sign": STR,
        "has_p": BOOL,
        "needs": STR,
        "metric": BOOL,
        "unit": STR,
        "formula": STR,
        "source": STR,
    }
)


#: ``dz.keyness``: these columns, then for each measure asked for its score under its own name; for a test of
#: significance ``<measure>_log_p`` (natural logarithm), ``<measure>_p`` and ``<measure>_p_adjusted``; with permutations
#: ``<measure>_permutation_p`` and ``<measure>_permutation_p_adjusted``; with resamples ``<measure>_bootstrap_low`` and
#: ``<measure>_bootstrap_high``.
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
        "zeta_bootstrap_low": FLOAT,
        "zeta_bootstrap_high": FLOAT,
        "zeta_permutation_p": FLOAT,
        "zeta_permutation_p_adjusted": FLOAT,
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


#: ``dz.dispersion``: these columns, then one a measure, with resamples also ``<measure>_bootstrap_low`` and ``…_high``.
DISPERSION = pl.Schema({"feature": STR, "count": INT, "range": INT, "n_parts": INT})


#: ``dz.diversity`` without ``by``: these columns, then one a measure.
DIVERSITY = pl.Schema({"doc_id": STR, "unit": STR, "n_tokens": INT, "n_types": INT, "is_short": BOOL})


#: ``dz.diversity`` and ``dz.register`` with ``by``: one row a group and measure.
GROUP_MEANS = pl.Schema(
    {
        "group": STR,
        "measure": STR,
        "n_documents": INT,
        "mean": FLOAT,
        "sd": FLOAT,
        "mean_bootstrap_low": FLOAT,
        "mean_bootstrap_high": FLOAT,
        "difference": FLOAT,
        "difference_bootstrap_low": FLOAT,
        "difference_bootstrap_high": FLOAT,
        "difference_permutation_p": FLOAT,
        "difference_permutation_p_adjusted": FLOAT,
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


#: ``dz.trend``: rates by period, and the slope of each term.
TREND_PERIODS = pl.Schema(
    {
        "term": STR,
        "time": FLOAT,
        "n_docs": INT,
        "count": INT,
        "n_tokens": INT,
        "rate_per_million": FLOAT,
        "rate_per_million_exact_low": FLOAT,
        "rate_per_million_exact_high": FLOAT,
        "rate_per_million_bootstrap_low": FLOAT,
        "rate_per_million_bootstrap_high": FLOAT,
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
        "slope_wald_low": FLOAT,
        "slope_wald_high": FLOAT,
        "dispersion": FLOAT,
        "slope_wald_p": FLOAT,
        "slope_permutation_p": FLOAT,
        "kendall_s": FLOAT,
        "kendall_tau": FLOAT,
        "kendall_p": FLOAT,
        "theil_sen_per_million": FLOAT,
        "theil_sen_per_million_rank_low": FLOAT,
        "theil_sen_per_million_rank_high": FLOAT,
    }
)


def rate_ratios_schema(unit: str, size: str) -> pl.Schema:
    """``dz.rate_ratios``: one row a pair of groups and category; ``unit`` and ``size`` as for ``rates_schema``."""
    return pl.Schema(
        {
            "group": STR,
            "reference": STR,
            "category": STR,
            "depth": INT,
            "count": INT,
            "reference_count": INT,
            f"size_{size}": INT,
            f"reference_size_{size}": INT,
            f"rate_{unit}": FLOAT,
            f"reference_rate_{unit}": FLOAT,
            "rate_ratio": FLOAT,
            "rate_ratio_exact_low": FLOAT,
            "rate_ratio_exact_high": FLOAT,
            "rate_ratio_bootstrap_low": FLOAT,
            "rate_ratio_bootstrap_high": FLOAT,
            "rate_ratio_exact_p": FLOAT,
            "rate_ratio_exact_p_adjusted": FLOAT,
            "rate_ratio_permutation_p": FLOAT,
            "rate_ratio_permutation_p_adjusted": FLOAT,
        }
    )


def rates_schema(label: str, dtype: pl.DataType, unit: str, size: str) -> pl.Schema:
    """``dz.rates``: one row a group (or document) and category; ``unit`` such as ``per_1000_chars``, ``size``
    such as ``chars``.
    """
    bounds = ("exact_low", "exact_high", "bootstrap_low", "bootstrap_high")
    return pl.Schema(
        {
            label: dtype,
            "category": STR,
            "depth": INT,
            "count": INT,
            "count_negated": INT,
            f"size_{size}": INT,
            "n_documents": INT,
            "doc_freq": INT,
            f"rate_{unit}": FLOAT,
            **{f"rate_{unit}_{name}": FLOAT for name in bounds},
            "mean_weight": FLOAT,
            "rate_ratio": FLOAT,
            "rate_ratio_exact_low": FLOAT,
            "rate_ratio_exact_high": FLOAT,
            "rate_ratio_exact_p": FLOAT,
            "rate_ratio_permutation_p": FLOAT,
        }
    )
