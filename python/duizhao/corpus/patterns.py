"""How patterns are given and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias

import polars as pl

from .._base.checks import require_word
from .._base.groups import chosen_rows, numbers
from ..errors import DataTypeError

ValueType: TypeAlias = Literal["glob", "regex", "fixed"]


Pattern: TypeAlias = str | Iterable[str | Sequence[str]]


VALUE_TYPES = ("glob", "regex", "fixed")


def phrases(pattern: Pattern) -> list[list[str]]:
    """Patterns as sequences of words: a string is split at white space, a list or tuple inside a list is
    taken as it is.
    """
    if isinstance(pattern, str):
        pattern = [pattern]
    if not isinstance(pattern, Iterable):
        raise DataTypeError(
            f"`pattern` must be a string or a list of strings or phrases; got {type(pattern).__name__}"
        )
    if isinstance(pattern, set | frozenset):
        pattern = sorted(pattern)
    found = []
    for item in pattern:
        if isinstance(item, str):
            found.append(item.split())
        elif isinstance(item, list | tuple) and all(isinstance(word, str) for word in item):
            found.append(list(item))
        else:
            raise DataTypeError(
                f"`pattern` must be a string or a list of strings or phrases; got the entry {item!r}"
            )
    return found


def matching_features(
    matrix: Any, pattern: str | Iterable[str] | pl.Expr, valuetype: str, case_insensitive: bool
) -> pl.Series:
    """Ids of the features of a matrix that match, ascending."""
    if isinstance(pattern, pl.Expr):
        return numbers(chosen_rows(matrix.features, pattern, argument="pattern"))
    words = [pattern] if isinstance(pattern, str) else list(pattern)
    for word in words:
        if not isinstance(word, str):
            raise DataTypeError(f"`pattern` must hold strings; got {type(word).__name__}")
    require_word(valuetype, ("glob", "regex", "fixed"), argument="valuetype")
    ids: pl.Series = matrix._core.match_features(words, valuetype, case_insensitive)
    return ids
