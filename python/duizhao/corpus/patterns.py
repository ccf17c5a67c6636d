"""How patterns are given and read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal, TypeAlias, get_args

import polars as pl

from .._base.checks import require_flag, require_word, some, warn
from .._base.groups import chosen_rows, numbers
from ..errors import DataTypeError
from ..text.segmenter import Segmenter

ValueType: TypeAlias = Literal["glob", "regex", "fixed"]
Pattern: TypeAlias = str | Iterable[str | Sequence[str]]

VALUE_TYPES: tuple[str, ...] = get_args(ValueType)


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
    matrix: Any,
    pattern: str | Iterable[str] | pl.Expr,
    value_type: str,
    case_insensitive: bool,
    *,
    tell: bool = False,
) -> pl.Series:
    """Ids of the features of a matrix that match, ascending; with ``tell`` a warning names patterns that match none."""
    if isinstance(pattern, pl.Expr):
        return numbers(chosen_rows(matrix.features, pattern, argument="pattern"))
    words = [pattern] if isinstance(pattern, str) else list(pattern)
    for word in words:
        if not isinstance(word, str):
            raise DataTypeError(f"`pattern` must hold strings; got {type(word).__name__}")
    require_word(value_type, VALUE_TYPES, argument="value_type")
    fold = require_flag(case_insensitive, "case_insensitive")
    ids: pl.Series = matrix._core.match_features(words, value_type, fold)
    if tell:
        warn_unmatched(matrix._core, words, value_type, fold)
    return ids


def checked_patterns(
    core: Any, pattern: Pattern, value_type: str, case_insensitive: bool, *, tell: bool = True
) -> tuple[list[list[str]], str, bool]:
    """The patterns, how they are read and whether case is folded; with ``tell`` a warning names those that match nothing."""
    words = phrases(pattern)
    how = require_word(value_type, VALUE_TYPES, argument="value_type")
    fold = require_flag(case_insensitive, "case_insensitive")
    if tell:
        warn_unmatched(core, words, how, fold)
    return words, how, fold


def warn_unmatched(core: Any, patterns: Sequence[Any], value_type: str, case_insensitive: bool) -> None:
    """Warn of patterns that match nothing, which a result does not show; of a word that a segmenter cuts, say how."""
    warn_lost(core, patterns, core.unmatched(patterns, value_type, case_insensitive), value_type)


def warn_lost(core: Any, patterns: Sequence[Any], lost: Sequence[int], value_type: str) -> None:
    """Warn of the patterns with these numbers, unless there are no tokens at all."""
    if not lost or not (types := _types(core)):
        return
    names = [p if isinstance(p, str) else " ".join(p) for p in (patterns[i] for i in lost)]
    plain = (name for name in names[:5] if value_type != "regex" and not any(c in name for c in " *?"))
    known = set(types)
    hint = next(filter(None, (parts_of(name, known) for name in plain)), "")
    warn(f"{len(names)} of {len(patterns)} patterns match no token: {some(names)}{hint}")


#: Of longer dictionaries it is not said which entries are cut: that would take longer than the look-up.
_ENTRIES = 20_000


def warn_cut(core: Any, entries: Sequence[Sequence[str]], value_type: str, case_insensitive: bool) -> None:
    """Warn of entries of a dictionary that match no token although the tokens have them, cut in parts."""
    if len(entries) > _ENTRIES or value_type == "regex":
        return
    lost = [entries[i] for i in core.unmatched(list(entries), value_type, case_insensitive)]
    cutter = Segmenter()
    cut = {
        words[0]: parts
        for words in lost
        if len(words) == 1 and not any(c in words[0] for c in "*?") and len(parts := cutter.cut(words[0])) > 1
    }
    missing = set(core.unmatched(list(cut.values()), "fixed", case_insensitive)) if cut else set()
    found = [
        f"{word!r} ({' '.join(parts)})" for i, (word, parts) in enumerate(cut.items()) if i not in missing
    ]
    if found:
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        warn(
            f"{len(found)} entries of the dictionary match no token, but the tokens have them in parts: "
            f"{', '.join(found[:5])}{more}; write them with blanks, or give them to the segmenter (user_dict)"
        )


def parts_of(word: str, known: Collection[str]) -> str:
    """How a word that is no token is cut, if all of its parts are tokens."""
    parts = Segmenter().cut(word)
    if len(parts) < 2 or not all(part in known for part in parts):
        return ""
    return f"; the tokens have it in parts: {' '.join(parts)!r}"


def _types(core: Any) -> list[str]:
    found: pl.Series = core.types() if hasattr(core, "types") else core.features().get_column("feature")
    return found.to_list()
