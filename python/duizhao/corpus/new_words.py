"""Words that texts use and the segmenter's dictionary lacks."""

from __future__ import annotations

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_instance, require_number, require_whole
from .._base.documents import Documents, frame_of
from .._base.frames import require_text
from .._base.progress import Progress, reporting
from ..errors import ParameterError
from ..text.segmenter import Segmenter
from ._schema import NEW_WORDS

__all__ = ["EDGES", "new_words"]

#: Characters that no new word begins or ends with unless the user says otherwise: particles and conjunctions.
EDGES = "的了和与及或等是在对把被将并而也都就又则其该这那各每着过"


def new_words(
    docs: Documents,
    *,
    text: str = "text",
    segmenter: Segmenter | None = None,
    max_chars: int = 8,
    min_count: int = 5,
    min_doc_freq: int = 1,
    min_cohesion: float = 2.0,
    min_entropy: float = 1.0,
    max_across: float = 0.5,
    edge_chars: str = EDGES,
    letters: bool = False,
    known: bool = False,
    progress: Progress = None,
) -> pl.DataFrame:
    """Find strings that documents use like words, from characters alone.

    A string is taken for a word where it is frequent, coheres and stands free. *Cohesion* is the least
    pointwise mutual information over its splits in two, ``ln(n f(w) / (f(a) f(b)))`` with ``n`` the number of
    characters: 0 for parts that meet by chance. *Entropy* is that of the character before (behind) it;
    punctuation and the end of a text are a neighbour of their own each time. No word crosses them.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Clean them first, or page furniture
        comes out as words.
    text
        The column of texts.
    segmenter
        Whose cut and dictionary are compared; ``Segmenter()`` by default.
    max_chars
        Most characters, 2 to 32.
    min_count, min_doc_freq
        Least occurrences; least documents.
    min_cohesion, min_entropy
        Least cohesion and least entropy on each side, in nats.
    max_across
        Largest share of occurrences with an end inside a token of the segmenter: such strings are mostly
        the end of one word and the start of another. 1 trusts the characters alone.
    edge_chars
        Characters that no word begins or ends with.
    letters
        Whether letters and digits can be part of words; otherwise Han characters only.
    known
        Whether words that the segmenter's dictionary has are kept.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        documents.

    Returns
    -------
    polars.DataFrame
        One row a word, by score from high to low, then by code point: ``word``, ``count``, ``count_free``
        (occurrences in no longer word that was found), ``doc_freq``, ``cohesion_nats``,
        ``left_entropy_nats``, ``right_entropy_nats``, ``score`` (log2(1 + count) × cohesion × the smaller
        entropy; no unit, comparable within one call), ``cut_whole``, ``cut_split``, ``cut_across`` (how the
        segmenter cuts it; they sum to ``count``), ``in_dictionary``. Of nested candidates the longer stays;
        the shorter stays too if it occurs `min_count` times outside of longer ones. No documents, no rows.

    Raises
    ------
    ParameterError
        A number outside its range.
    MissingColumnError, DataTypeError, DataError
        As for :func:`duizhao.tokens`.

    Examples
    --------
    >>> import duizhao as dz
    >>> docs = ["委员工作室开放。", "走进委员工作室，", "建好委员工作室吧", "在委员工作室里", "看委员工作室！"]
    >>> found = dz.new_words(docs, min_cohesion=1)
    >>> found.select("word", "count", "cut_split", "in_dictionary").rows()
    [('委员工作室', 5, 5, False)]
    >>> dz.Segmenter(user_dict=found["word"]).cut("走进委员工作室")
    ['走进', '委员工作室']
    """
    chosen = Segmenter() if segmenter is None else segmenter
    require_instance(chosen, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
    frame = frame_of(docs, text)
    with reporting(progress, "new_words", unit="steps") as report:
        found = _core.new_words(
            require_text(frame, text),
            chosen._core,
            {
                "max_chars": _between(max_chars, "max_chars", 2, 32),
                "min_count": require_whole(min_count, "min_count", 1),
                "min_doc_freq": require_whole(min_doc_freq, "min_doc_freq", 0),
                "min_cohesion": require_number(min_cohesion, "min_cohesion"),
                "min_entropy": require_number(min_entropy, "min_entropy"),
                "max_across": _share(max_across, "max_across"),
                "edges": require_instance(
                    edge_chars, str, argument="edge_chars", allowed="a str of characters"
                ),
                "letters": require_flag(letters, "letters"),
            },
            progress=report,
        )
    if not require_flag(known, "known"):
        found = found.filter(~pl.col("in_dictionary"))
    return found.select(NEW_WORDS.names()).cast(NEW_WORDS)


def _between(value: object, argument: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ParameterError(f"`{argument}` must be a whole number from {least} to {most}; got {value!r}")
    return value


def _share(value: object, argument: str) -> float:
    number = require_number(value, argument)
    if not 0 <= number <= 1:
        raise ParameterError(f"`{argument}` must be a number from 0 to 1; got {value!r}")
    return number
