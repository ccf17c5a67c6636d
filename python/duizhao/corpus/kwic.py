"""Keyword in context."""

from __future__ import annotations

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_instance, require_whole, require_word
from .._base.finders import of_documents
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ._schema import KWIC
from .patterns import VALUE_TYPES, Pattern, ValueType, phrases, warn_lost
from .tokens import Tokens

__all__ = ["kwic"]


def kwic(
    tokens: Tokens,
    pattern: Pattern,
    *,
    window: int = 5,
    value_type: ValueType = "glob",
    case_insensitive: bool = True,
    separator: str = "",
    across: bool = True,
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Show every place where a pattern occurs, with what stands around it.

    Parameters
    ----------
    tokens
        Tokens.
    pattern
        One pattern or several, read as in :meth:`Tokens.select`: ``"最后 一公里"`` is a phrase of two tokens.
    window
        Number of tokens shown on each side, within the document.
    value_type
        ``"glob"``, ``"regex"`` or ``"fixed"``.
    case_insensitive
        Whether ``A`` matches ``a``.
    separator
        What stands between tokens where the text is not known (tokens given as lists, grouped tokens,
        ``spans=False``).
    across
        Whether a plain word (no wildcard, no regular expression) is also found where it was cut into several
        tokens: ``"最后一公里"`` in 最后 | 一公里. The pieces must begin and end with the word and lie in one
        sentence, so 印度 is not found in 印度尼西亚.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps
        are documents.

    Returns
    -------
    polars.DataFrame
        One row a hit, by document, first token, length and pattern: ``doc_id``, ``token_start``,
        ``token_end`` (half-open, from 0 in each document), ``left``, ``keyword``, ``right``, ``pattern``,
        ``char_start``, ``char_end``, ``raw_start``, ``raw_end`` (null where places are not known), then the
        metadata of the documents. Where the text is known, keyword and context are the text itself, with
        removed tokens and spacing as they were and line breaks as spaces.

    Raises
    ------
    ParameterError
        An unknown ``value_type``, an empty pattern, a regular expression that cannot be read, a negative
        window.

    Examples
    --------
    >>> import duizhao as dz
    >>> toks = dz.tokens({"a": "打通服务群众“最后一公里”，坚持党建引领。"})
    >>> dz.kwic(toks, "最后一公里", window=2).select("left", "keyword", "right")
    shape: (1, 3)
    | left  | keyword    | right |
    | ---   | ---        | ---   |
    | str   | str        | str   |
    |-------|------------|-------|
    | 群众“ | 最后一公里 | ”，   |
    """
    require_instance(tokens, Tokens, argument="tokens", allowed="a Tokens object (see dz.tokens)")
    words = phrases(pattern)
    with reporting(progress, "kwic", total=len(tokens)) as report:
        found = _core.kwic(
            tokens._core,
            (
                words,
                require_word(value_type, VALUE_TYPES, argument="value_type"),
                require_flag(case_insensitive, "case_insensitive"),
            ),
            texts=tokens._texts,
            edits=tokens._edit_frame(),
            context={
                "window": require_whole(window, "window", 0),
                "separator": require_instance(separator, str, argument="separator", allowed="a str"),
                "across": require_flag(across, "across"),
            },
            progress=report,
        )
    hit = set(found.get_column("pattern").unique().to_list())
    lost = [i for i, phrase in enumerate(words) if " ".join(phrase) not in hit]
    warn_lost(tokens._core, words, lost, value_type)
    return of_documents(found, KWIC, tokens._documents, metadata=metadata)
