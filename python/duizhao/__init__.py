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
from .compare import Comparison, compare
from .dfm import Dfm, WeightedDfm, dfm
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
from .keyness import keyness
from .kwic import kwic
from .measures import measures, score_tables
from .reading import count_damage, read_texts
from .report import Limits, report
from .segmenter import Segmenter
from .sentences import sentences
from .similarity import similarity
from .stop_words import stop_words
from .tfidf import Idf, fit_idf, tfidf, tfidf_matrix
from .tokens import Tokens, tokens

__all__ = [
    "Comparison",
    "DataError",
    "DataTypeError",
    "Dfm",
    "DictionaryError",
    "DuizhaoError",
    "DuizhaoWarning",
    "Fcm",
    "FileError",
    "FormatError",
    "Idf",
    "InternalError",
    "Limits",
    "MissingColumnError",
    "NoDocumentsError",
    "ParameterError",
    "Segmenter",
    "Tokens",
    "UnreadableFileWarning",
    "WeightedDfm",
    "__version__",
    "associations",
    "claim_rates",
    "claim_shares",
    "claims",
    "clean",
    "compare",
    "count_damage",
    "demo",
    "dfm",
    "fcm",
    "fit_idf",
    "keyness",
    "kwic",
    "measures",
    "parse_numbers",
    "read_texts",
    "repair_evidence",
    "repairs",
    "report",
    "restore",
    "score_tables",
    "sentences",
    "similarity",
    "stop_words",
    "tfidf",
    "tfidf_matrix",
    "tokens",
]
