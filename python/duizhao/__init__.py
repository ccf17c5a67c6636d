"""Comparative analysis of Chinese text: repair, segmentation, counting and statistics, with polars frames in and out.

>>> import duizhao as dz
>>> toks = dz.tokens({"甲": "党建引领基层治理。", "乙": "渔业带动乡村振兴。"})
>>> toks.dfm().shape
(2, 9)
"""

from __future__ import annotations

from . import demo
from . import expressions as _expressions  # noqa: F401  (registers the namespace `.zh`)
from ._core import __version__
from .associations import associations
from .claim_summaries import claim_rates, claim_shares
from .claims import claims, parse_numbers
from .clean import clean, repair_evidence, repairs, restore
from .collocations import collocations
from .compare import Comparison, compare
from .count import count
from .dfm import Dfm, WeightedDfm, dfm
from .dictionary import Dictionary
from .diff import CorpusDiff, diff
from .diffusion import diffusion, diffusion_graph
from .dispersion import dispersion, dispersion_measures
from .diversity import diversity, diversity_measures
from .errors import (
    DataError,
    DataTypeError,
    DictionaryError,
    DuizhaoError,
    DuizhaoWarning,
    FileError,
    FormatError,
    InternalError,
    MissingColumnError,
    NoDocumentsError,
    ParameterError,
    UnreadableFileWarning,
)
from .fcm import Fcm, fcm
from .inference import bootstrap, bootstrap_counts, permutation_labels, permutation_test
from .keyness import keyness
from .kwic import kwic
from .log_odds import log_odds
from .lookup import lookup
from .measures import measures, score_tables
from .near_duplicates import deduplicate, lsh_recall, near_duplicates
from .network import Network, network, write_network
from .new_words import new_words
from .partial import CountSpec, finish, merge, partial
from .quotations import bodies, persons, quotations
from .rates import rate_ratios, rates
from .reading import count_damage, read_texts
from .register import register, register_components
from .report import Limits, report
from .reuse import passages, reuse_pairs, shared_phrases, text_reuse
from .scaling import Wordfish, Wordscores, wordfish, wordscores
from .segmenter import Segmenter
from .sensitivity import Sensitivity, sensitivity
from .sentences import sentences
from .similarity import delta, distance, similarity, similarity_methods
from .slogans import slogan_spread, slogans
from .stop_words import stop_words
from .structure import Clustering, Map, cluster, correspondence, lsa, mds, pca
from .tfidf import Idf, fit_idf, tfidf, tfidf_matrix
from .tokens import Tokens, tokens
from .trend import Trend, trend
from .zeta import zeta

__all__ = [
    "Clustering",
    "Comparison",
    "CorpusDiff",
    "CountSpec",
    "DataError",
    "DataTypeError",
    "Dfm",
    "Dictionary",
    "DictionaryError",
    "DuizhaoError",
    "DuizhaoWarning",
    "Fcm",
    "FileError",
    "FormatError",
    "Idf",
    "InternalError",
    "Limits",
    "Map",
    "MissingColumnError",
    "Network",
    "NoDocumentsError",
    "ParameterError",
    "Segmenter",
    "Sensitivity",
    "Tokens",
    "Trend",
    "UnreadableFileWarning",
    "WeightedDfm",
    "Wordfish",
    "Wordscores",
    "__version__",
    "associations",
    "bodies",
    "bootstrap",
    "bootstrap_counts",
    "claim_rates",
    "claim_shares",
    "claims",
    "clean",
    "cluster",
    "collocations",
    "compare",
    "correspondence",
    "count",
    "count_damage",
    "deduplicate",
    "delta",
    "demo",
    "dfm",
    "diff",
    "diffusion",
    "diffusion_graph",
    "dispersion",
    "dispersion_measures",
    "distance",
    "diversity",
    "diversity_measures",
    "fcm",
    "finish",
    "fit_idf",
    "keyness",
    "kwic",
    "log_odds",
    "lookup",
    "lsa",
    "lsh_recall",
    "mds",
    "measures",
    "merge",
    "near_duplicates",
    "network",
    "new_words",
    "parse_numbers",
    "partial",
    "passages",
    "pca",
    "permutation_labels",
    "permutation_test",
    "persons",
    "quotations",
    "rate_ratios",
    "rates",
    "read_texts",
    "register",
    "register_components",
    "repair_evidence",
    "repairs",
    "report",
    "restore",
    "reuse_pairs",
    "score_tables",
    "sensitivity",
    "sentences",
    "shared_phrases",
    "similarity",
    "similarity_methods",
    "slogan_spread",
    "slogans",
    "stop_words",
    "text_reuse",
    "tfidf",
    "tfidf_matrix",
    "tokens",
    "trend",
    "wordfish",
    "wordscores",
    "write_network",
    "zeta",
]
