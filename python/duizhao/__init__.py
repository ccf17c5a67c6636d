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
from .rates import rates
from .reading import count_damage, read_texts
from .report import Limits, report
from .segmenter import Segmenter
from .sentences import sentences
from .similarity import delta, distance, similarity, similarity_methods
from .stop_words import stop_words
from .structure import Clustering, Map, cluster, correspondence, lsa, mds, pca
from .tfidf import Idf, fit_idf, tfidf, tfidf_matrix
from .tokens import Tokens, tokens

__all__ = [
    "Clustering",
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
    "Map",
    "MissingColumnError",
    "NoDocumentsError",
    "ParameterError",
    "Segmenter",
    "Tokens",
    "UnreadableFileWarning",
    "WeightedDfm",
    "__version__",
    "associations",
    "clean",
    "cluster",
    "collocations",
    "compare",
    "correspondence",
    "count_damage",
    "delta",
    "demo",
    "dfm",
    "distance",
    "fcm",
    "fit_idf",
    "keyness",
    "kwic",
    "lookup",
    "lsa",
    "mds",
    "measures",
    "new_words",
    "pca",
    "rates",
    "read_texts",
    "repair_evidence",
    "repairs",
    "report",
    "restore",
    "score_tables",
    "sentences",
    "similarity",
    "similarity_methods",
    "stop_words",
    "tfidf",
    "tfidf_matrix",
    "tokens",
]
