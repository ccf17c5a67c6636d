"""Comparative analysis of Chinese text: repair, segmentation, counting and statistics, with polars frames in and out.

>>> import duizhao as dz
"""

from __future__ import annotations

from ._core import __version__
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
from .kwic import kwic
from .segmenter import Segmenter
from .stop_words import stop_words
from .tfidf import Idf, fit_idf, tfidf
from .tokens import Tokens, tokens

__all__ = [
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
    "MissingColumnError",
    "NoDocumentsError",
    "ParameterError",
    "Segmenter",
    "Tokens",
    "UnreadableFileWarning",
    "WeightedDfm",
    "__version__",
    "dfm",
    "fcm",
    "fit_idf",
    "kwic",
    "stop_words",
    "tfidf",
    "tokens",
]
