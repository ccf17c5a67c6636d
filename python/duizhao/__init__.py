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
from .clean import clean, repair_evidence, repairs, restore
from .collocations import collocations
from .compare import Comparison, compare
from .dfm import Dfm, WeightedDfm, dfm
from .dictionary import Dictionary
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
from .lookup import lookup
from .measures import measures, score_tables
from .new_words import new_words
from .quotations import bodies, persons, quotations
from .rates import rates
from .reading import count_damage, read_texts
from .report import Limits, report
from .segmenter import Segmenter
from .sentences import sentences
from .similarity import similarity
from .slogans import slogan_spread, slogans
from .stop_words import stop_words
from .tfidf import Idf, fit_idf, tfidf, tfidf_matrix
from .tokens import Tokens, tokens

__all__ = [
    "Comparison",
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
    "MissingColumnError",
    "NoDocumentsError",
    "ParameterError",
    "Segmenter",
    "Tokens",
    "UnreadableFileWarning",
    "WeightedDfm",
    "__version__",
    "associations",
    "bodies",
    "clean",
    "collocations",
    "compare",
    "count_damage",
    "demo",
    "dfm",
    "fcm",
    "fit_idf",
    "keyness",
    "kwic",
    "lookup",
    "measures",
    "new_words",
    "persons",
    "quotations",
    "rates",
    "read_texts",
    "repair_evidence",
    "repairs",
    "report",
    "restore",
    "score_tables",
    "sentences",
    "similarity",
    "slogan_spread",
    "slogans",
    "stop_words",
    "tfidf",
    "tfidf_matrix",
    "tokens",
]
