"""Coinages that a user brings: a list, a series, or a file of phrases."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import polars as pl

from .._base.checks import kind_of
from .._base.documents import refuse_half_characters
from ..errors import DataTypeError, ParameterError
from ..text.word_files import read_words

__all__ = ["LONGEST", "Lexicon", "phrases_of"]

#: The longest phrase, in characters.
LONGEST = 60

#: Phrases, or the file that holds them.
Lexicon: TypeAlias = str | os.PathLike[str] | Iterable[str] | pl.Series


def phrases_of(lexicon: Lexicon | None) -> list[str]:
    """The phrases, each once, in the order in which they come.

    Raises
    ------
    DataTypeError
        Neither a path nor strings.
    ParameterError
        A phrase of fewer than two characters or more than :data:`LONGEST`, or with a line break.
    DataError
        A phrase, or the name of the file, that holds half of a character.
    """
    if lexicon is None:
        return []
    if isinstance(lexicon, str | os.PathLike):
        lines = read_words(lexicon, argument="lexicon").splitlines()
        given: list[object] = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    elif isinstance(lexicon, Iterable) and not isinstance(
        lexicon, bytes | bytearray | Mapping | pl.DataFrame
    ):
        given = list(lexicon)
    else:
        raise DataTypeError(
            f"`lexicon` must be a path, or a list or series of strings; got {kind_of(lexicon)}"
        )
    phrases = []
    for i, phrase in enumerate(given, 1):
        if not isinstance(phrase, str):
            raise DataTypeError(f"`lexicon` must hold strings; entry {i} is {kind_of(phrase)}")
        if len(phrase.strip()) < 2 or "\n" in phrase:
            raise ParameterError(
                f"`lexicon` must hold phrases of at least two characters on one line; entry {i} is {phrase!r}"
            )
        refuse_half_characters([phrase], f"`lexicon`: entry {i}")
        if len(phrase.strip()) > LONGEST:
            raise ParameterError(
                f"`lexicon` must hold phrases of at most {LONGEST} characters; entry {i}, {phrase.strip()[:12]!r}…, has "
                f"{len(phrase.strip())}"
            )
        phrases.append(phrase.strip())
    return list(dict.fromkeys(phrases))
