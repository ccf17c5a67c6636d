"""Exceptions and warnings of duizhao.

Everything that duizhao raises on purpose derives from :class:`DuizhaoError` and from the builtin exception that a
Python user would expect, so both ``except duizhao.DuizhaoError`` and ``except ValueError`` work.
"""

from __future__ import annotations

__all__ = [
    "DataError",
    "DataTypeError",
    "DictionaryError",
    "DuizhaoError",
    "DuizhaoWarning",
    "FileError",
    "FormatError",
    "InternalError",
    "LostTextWarning",
    "MissingColumnError",
    "NoDocumentsError",
    "ParameterError",
    "UnreadableFileWarning",
]


class DuizhaoError(Exception):
    """Base class of all exceptions that duizhao raises."""


class ParameterError(DuizhaoError, ValueError):
    """An argument outside its domain: an unknown word, a number out of range, a bad pattern."""


class DataTypeError(DuizhaoError, TypeError):
    """A column or argument of a type that cannot be used, such as a number column where text is expected."""


class MissingColumnError(DuizhaoError, KeyError):
    """A frame lacks a column that the call needs."""

    def __str__(self) -> str:
        """The message; KeyError itself would show its repr."""
        return str(self.args[0]) if self.args else ""


class DataError(DuizhaoError, ValueError):
    """Data of the right type that cannot be worked with: null texts, duplicate document ids, lengths that differ."""


class NoDocumentsError(DuizhaoError, ValueError):
    """Nothing to read: an empty folder, a pattern that matches no file, a target without documents."""


class FileError(DuizhaoError, OSError):
    """A file that does not exist or cannot be read or written; the message names it."""


class DictionaryError(DuizhaoError, ValueError):
    """A line of a dictionary, word list or lexicon that cannot be read; the message names file and line."""


class FormatError(DuizhaoError, ValueError):
    """A stored object that is not one of ours, or of a version that this release does not know."""


class InternalError(DuizhaoError, RuntimeError):
    """A broken promise of our own. Please report it."""


class DuizhaoWarning(UserWarning):
    """Base class of all warnings that duizhao gives."""


class LostTextWarning(DuizhaoWarning):
    """Cleaning took more than half of the Chinese characters out of documents; the message names the first, ``documents`` all by id."""

    #: The ids of the documents; their numbers, from 0, where they have none.
    documents: tuple[object, ...] = ()


class UnreadableFileWarning(DuizhaoWarning):
    """Files were left out because they could not be read, or are pages that hold no text.

    The message names the first ones, ``problems`` all with the reason.
    """

    #: One string a file: its path, a colon, the reason.
    problems: tuple[str, ...] = ()
