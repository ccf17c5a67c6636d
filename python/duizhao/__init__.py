"""Comparative analysis of Chinese text: repair, segmentation, counting and statistics, with polars frames in and out.

>>> import duizhao as dz
"""

from __future__ import annotations

from . import expressions as _expressions  # noqa: F401  (registers the namespace `.zh`)
from ._core import __version__
from .clean import clean, repair_evidence, repairs, restore
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
from .reading import count_damage, read_texts
from .sentences import sentences

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
    "UnreadableFileWarning",
    "__version__",
    "clean",
    "count_damage",
    "read_texts",
    "repair_evidence",
    "repairs",
    "restore",
    "sentences",
]
