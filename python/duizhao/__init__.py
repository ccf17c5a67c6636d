"""Comparative analysis of Chinese text: repair, segmentation, counting and statistics, with polars frames in and out.

>>> import duizhao as dz
"""

from __future__ import annotations

from ._core import __version__
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
from .kwic import kwic
from .segmenter import Segmenter
from .stop_words import stop_words
from .tokens import Tokens, tokens

__all__ = [
    "DataError",
    "DataTypeError",
    "DictionaryError",
    "DuizhaoError",
    "DuizhaoWarning",
    "FileError",
    "FormatError",
    "InternalError",
    "MissingColumnError",
    "NoDocumentsError",
    "ParameterError",
    "Segmenter",
    "Tokens",
    "UnreadableFileWarning",
    "__version__",
    "kwic",
    "stop_words",
    "tokens",
]
