"""Collocations: sequences of neighbouring words that belong together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_whole, require_wholes, require_word
from .._base.progress import Progress
from ..corpus.fcm import Within
from ..corpus.patterns import VALUE_TYPES, ValueType
from ..corpus.tokens import Tokens
from ..errors import DataError, DataTypeError, ParameterError
from ._schema import COLLOCATIONS
from .measures import Adjustment, Measure, check_adjustment, check_measures

__all__ = ["collocations"]

_PADDING = ("margins", "break")


def collocations(
    tokens: Tokens,
    size: int | Sequence[int] = 2,
    *,
    min_count: int = 2,
    measures: Measure | Sequence[Measure] | None = None,
    within: Within = "sentence",
    contains: str | Iterable[str] | None = None,
    value_type: ValueType = "glob",
    tags: str | Iterable[str] | None = None,
    smoothing: float = 0.5,
    padding: Literal["margins", "break"] = "margins",
    punctuation: Literal["break", "token"] = "break",
    adjust: Adjustment | None = "bh",
    progress: Progress = None,
) -> pl.DataFrame:
    """Find sequences of neighbouring tokens that come together more often than their parts explain.

    Each sequence of *K* tokens is set against all windows of *K* neighbouring tokens, sorted by the
    positions at which they agree with it: 2 to the *K* cells. ``lambda`` is the *K*-way interaction of the
    saturated log-linear model of that table (for two tokens: the logarithm of the odds ratio), ``z`` is it
    over its standard error; Blaheta & Johnson (2001), as in quanteda. See ``docs/statistics/collocations.md``.

    Parameters
    ----------
    tokens
        Documents. Keep punctuation, or remove it with ``padding=True``: neighbours should be neighbours.
    size
        Number of tokens of a sequence, 2 to 5; one or several.
    min_count
        Least count of a sequence.
    measures
        Further words of :func:`duizhao.measures`. For two tokens they read the table of first and second
        token. A longer sequence has several joints between its tokens, each with the table of what stands
        before and what stands behind it; the score is that of its weakest joint (the least).
    within
        What no sequence crosses: ``"sentence"``, ``"paragraph"`` or ``"document"``.
    contains, value_type
        List only sequences with a token that one of these patterns matches, as in :meth:`Tokens.select`
        (single tokens; case does not count). The margins stay those of all windows.
    tags
        Count only tokens whose part-of-speech tag matches one of these patterns (``"n*"``: nouns of all
        kinds); others keep their place like removed ones. Needs ``Segmenter(pos=True)``.
    smoothing
        Added to each cell before logarithms.
    padding
        Windows with removed tokens are never listed. ``"margins"``: they count among the windows that do
        not agree (quanteda); ``"break"``: they are no windows.
    punctuation
        Whether tokens of punctuation divide windows (``"break"``), or are tokens like others (``"token"``).
    adjust
        Correction (``"bh"``, ``"holm"``, ``"bonferroni"``) of the p-values of ``measures`` for the number of sequences of that size; ``None`` for no
        such column.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call.

    Returns
    -------
    polars.DataFrame
        One row a sequence: ``collocation`` (tokens joined by a space), ``count``, ``count_nested`` (how many
        of these stand inside any window of the next larger ``size`` asked for; 0 for the largest), ``length``,
        ``n_sequences`` (number of windows of that length: the size of the table), ``lambda``, ``z`` (null
        where a cell is 0 and ``smoothing`` too), then the columns of ``measures``. Ordered by ``z`` from high
        to low, then by tokens in code-point order.

    Raises
    ------
    ParameterError
        A ``size`` out of range, an unknown word, a negative number, ``within`` that the tokens do not know.
    DataTypeError
        Something else than tokens.
    DataError
        ``tags`` for tokens without them.

    Examples
    --------
    >>> import duizhao as dz
    >>> docs = ["党建 引领 治理", "党建 引领 发展", "党建 引领 工作", "推动 发展", "推动 工作"]
    >>> toks = dz.tokens([text.split() for text in docs])
    >>> found = dz.collocations(toks)
    >>> found.select("collocation", "count", pl.col("lambda", "z").round(3)).rows()
    [('党建 引领', 3, 4.344, 2.055)]
    """
    require_instance(tokens, Tokens, argument="tokens", allowed="a Tokens")
    sizes = sorted(require_wholes(size, "size", 1))
    if not sizes or len(set(sizes)) < len(sizes) or sizes[0] < 2 or sizes[-1] > 5:
        raise ParameterError(f"`size` must be one or more distinct whole numbers from 2 to 5; got {size!r}")
    if isinstance(smoothing, bool) or not isinstance(smoothing, int | float) or not 0 <= smoothing < math.inf:
        raise ParameterError(f"`smoothing` must be a finite number of at least 0; got {smoothing!r}")
    core = tokens._core
    if tags is not None and not core.has_tags:
        raise DataError("`tags` needs tokens with tags; cut them with Segmenter(pos=True)")
    found = _core.collocations(
        core,
        {
            "sizes": sizes,
            "min_count": require_whole(min_count, argument="min_count", least=1),
            "within": require_word(within, get_args(Within), argument="within"),
            "smoothing": float(smoothing),
            "padding_in_margins": require_word(padding, _PADDING, argument="padding") == "margins",
            "punctuation_breaks": require_word(punctuation, ("break", "token"), argument="punctuation")
            == "break",
            "contains": None if contains is None else _patterns(contains, "contains"),
            "value_type": require_word(value_type, VALUE_TYPES, argument="value_type"),
            "tags": None if tags is None else _patterns(tags, "tags"),
            "measures": [] if measures is None else check_measures(measures),
            "adjust": check_adjustment(adjust),
        },
        progress=progress,
    )
    fixed = COLLOCATIONS.names()
    return found.select(*fixed, pl.exclude(fixed))


def _patterns(words: str | Iterable[str], argument: str) -> list[str]:
    given = [words] if isinstance(words, str) or not isinstance(words, Iterable) else list(words)
    for word in given:
        if not isinstance(word, str):
            raise DataTypeError(f"`{argument}` must be a pattern or several; got {type(word).__name__}")
    if not given:
        raise ParameterError(f"`{argument}` must have at least one pattern; got none")
    return given
