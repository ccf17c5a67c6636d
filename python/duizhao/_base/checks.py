"""Checks of single arguments: each returns the value or raises an exception that names argument, domain and value.

An option (a number, a word) that is not what is allowed raises ``ParameterError``, whatever its type; data of a type that
cannot be used raise ``DataTypeError``.
"""

from __future__ import annotations

import difflib
import math
import os
import re
import sys
import warnings
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ..errors import DataTypeError, DuizhaoWarning, ParameterError

T = TypeVar("T")

#: What the core takes for counts and numbers of rows.
_MOST = 2**63 - 1

#: Values of a MinHash signature: each document has as many, so that more would fill the memory.
MOST_HASHES = 65_536


def kind_of(value: object) -> str:
    """The type of a wrong argument as a message names it; for frames of pandas also what to do."""
    kind = type(value)
    if kind.__module__.partition(".")[0] == "pandas":
        return f"a pandas {kind.__name__} (polars.from_pandas makes a polars one of it)"
    return kind.__name__


def require_instance(value: Any, kind: type[T], *, argument: str, allowed: str) -> T:
    """Return ``value`` if it is an instance of ``kind``, else raise ``DataTypeError``."""
    if not isinstance(value, kind):
        raise DataTypeError(f"`{argument}` must be {allowed}; got {kind_of(value)}")
    return value


def require_word(value: object, allowed: Collection[str], *, argument: str) -> str:
    """Return ``value`` if it is one of the words, else raise ``ParameterError`` that lists them and names a near one."""
    if not isinstance(value, str) or value not in allowed:
        raise ParameterError(
            f"`{argument}` must be one of {', '.join(map(repr, allowed))}; got {value!r}{did_you_mean(value, allowed)}"
        )
    return value


def did_you_mean(value: object, allowed: Iterable[str]) -> str:
    """``; did you mean 'word'?`` if one of the words is near, else nothing."""
    if not isinstance(value, str):
        return ""
    words = {word.lower(): word for word in allowed}
    near = difflib.get_close_matches(
        value.lower().replace("-", "_").replace(" ", "_"), words, n=1, cutoff=0.6
    )
    return f"; did you mean {words[near[0]]!r}?" if near else ""


def require_words(
    values: object, allowed: Collection[str], *, argument: str, what: str = "word"
) -> list[str]:
    """Return one word or several as a list of known, distinct words."""
    if not isinstance(values, Iterable):
        raise ParameterError(
            f"`{argument}` must be one or several of {', '.join(map(repr, allowed))}; got {values!r}"
        )
    words = [values] if isinstance(values, str) else list(values)
    for word in words:
        require_word(word, allowed, argument=argument)
    if not words:
        raise ParameterError(f"`{argument}` must have at least one {what}; got none")
    if len(set(words)) < len(words):
        raise ParameterError(f"`{argument}` must be distinct; got {words!r}")
    return words


def require_whole(value: object, argument: str, least: int = 0, most: int | None = None) -> int:
    """Return a whole number of at least ``least``; what is beyond 64 bits bounds nothing and is cut there.

    ``most`` is for what costs memory or time as it grows: more is refused.
    """
    if (
        most is not None
        and isinstance(value, int)
        and not isinstance(value, bool)
        and not least <= value <= most
    ):
        raise ParameterError(f"`{argument}` must be a whole number from {least} to {most}; got {value!r}")
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ParameterError(f"`{argument}` must be a whole number of at least {least}; got {value!r}")
    return min(value, _MOST)


def require_seed(value: object) -> int:
    """Return a whole number that fits 64 bits: one beyond is no other seed."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**64:
        raise ParameterError(f"`seed` must be a whole number from 0 to 2^64 - 1; got {value!r}")
    return value


def require_wholes(value: object, argument: str, least: int = 0) -> list[int]:
    """Return one whole number or several as a list."""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [require_whole(one, argument, least) for one in value]
    return [require_whole(value, argument, least)]


def require_number(value: object, argument: str) -> float:
    """Return a number as a float; not a Boolean, not NaN."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise ParameterError(f"`{argument}` must be a number; got {value!r}")
    return float(value)


def require_flag(value: object, argument: str) -> bool:
    """Return a Boolean; anything else is refused, as the word ``"no"`` would count as true."""
    if not isinstance(value, bool):
        raise ParameterError(f"`{argument}` must be True or False; got {value!r}")
    return value


def require_level(value: object, argument: str = "level") -> float:
    """Return the level of an interval if it lies between 0 and 1, both excluded."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
        raise ParameterError(f"`{argument}` must be between 0 and 1, both excluded; got {value!r}")
    return float(value)


def require_strings(values: object, argument: str) -> list[str]:
    """Return a collection of words as a list; one word alone is one word."""
    if isinstance(values, str):
        return [values]
    if not isinstance(values, Iterable):
        raise DataTypeError(f"`{argument}` must be a collection of words; got {kind_of(values)}")
    words = list(values)
    for word in words:
        if not isinstance(word, str):
            raise DataTypeError(f"`{argument}` must be a collection of words; got the entry {word!r}")
    return words


def warn(message: str | DuizhaoWarning, category: type[DuizhaoWarning] = DuizhaoWarning) -> None:
    """Give a warning that points to the line outside this package from which it was called."""
    depth, frame = 2, sys._getframe(1)
    package = __name__.partition(".")[0]
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        depth, frame = depth + 1, frame.f_back
    warnings.warn(message, category, stacklevel=depth)


def some(values: Iterable[object], most: int = 5) -> str:
    """The first of several values, as a message names them."""
    listed = list(values)
    return ", ".join(map(repr, listed[:most])) + (
        f" and {len(listed) - most} more" if len(listed) > most else ""
    )


def listed(items: Sequence[str], most: int = 10) -> str:
    """The first of several things as they are, as a message names files."""
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


def counted(number: int, one: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


#: Paths by their form: /data/reports, reports/, C:\\data, ../reports.
_PLACE = re.compile(r"(?:~?/|\.{1,2}/|[A-Za-z]:[\\/])[\x21-\x7e]*|[\x21-\x7e]+/")
_FILE = re.compile(
    r"\.(txt|text|md|csv|tsv|json|ya?ml|html?|xml|pdf|docx?|xlsx?|parquet|zip)$", re.IGNORECASE
)


def looks_like_a_file(value: object) -> bool:
    """Whether a value is a path, or a string that names a file rather than being a text or word."""
    if isinstance(value, os.PathLike):
        return True
    if not isinstance(value, str) or len(value) > 1_000 or "\n" in value:
        return False
    if _FILE.search(value) or _PLACE.fullmatch(value):
        return True
    # A word is no path, unless there is such a folder; a text with a slash in it, unless there is such a file.
    named = 0 < len(value) < 256 and not any(c.isspace() for c in value)
    try:
        return (named and Path(value).is_dir()) or (
            ("/" in value or os.sep in value) and Path(value).exists()
        )
    except OSError:
        # Longer than any name of a file may be.
        return False


def require_window(value: object) -> tuple[int, int]:
    """Tokens before and after: one number for both, or a pair."""
    both = require_wholes(value, "window", 0)
    if len(both) > 2 or not both:
        raise ParameterError(f"`window` must be one number or a pair (before, after); got {value!r}")
    return both[0], both[-1]
