"""Texts to tokens, tokens to matrices: the functions that stand before the values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import polars as pl

from .. import _core
from .._base.checks import looks_like_a_file, require_flag, require_instance, require_strings, require_whole
from .._base.documents import NOT_METADATA, Documents, frame_of
from .._base.frames import require_text
from .._base.progress import Progress, reporting
from ..errors import DataError, DataTypeError, ParameterError
from ..text.segmenter import Segmenter
from .dfm import Dfm
from .fcm import Context, Count, Fcm, Within
from .tokens import Tokens


def tokens(
    docs: Documents | Tokens,
    *,
    text: str = "text",
    segmenter: Segmenter | None = None,
    remove: Iterable[str] | None = None,
    remove_punctuation: bool = False,
    remove_numbers: bool = False,
    remove_symbols: bool = False,
    min_chars: int | None = None,
    padding: bool = False,
    spans: bool = True,
    progress: Progress = None,
) -> Tokens:
    """Cut documents into tokens, or take tokens that another segmenter has cut.

    White space never becomes a token; punctuation stays unless it is removed. Sentences are those of
    ``.zh.sentences()``; each line is a paragraph.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. A column of lists of strings holds
        tokens that are cut already. Without ids the documents are called ``doc1``, ``doc2``, …; the other
        columns of a frame become metadata, and a LazyFrame is collected. Tokens are taken as they are, for
        another round of removing. See ``docs/guide/arguments.md``.
    text
        The column of texts or tokens.
    segmenter
        How to cut; by default ``Segmenter()``. Not for tokens that are cut already.
    remove
        Words to remove, such as ``dz.stop_words("zh")``; whole tokens, case counts; a string is one word. The name
        of a list or of a file is refused. For patterns see :meth:`Tokens.remove`.
    remove_punctuation, remove_symbols
        Whether to remove tokens of Unicode punctuation (P*), of symbols (S*) with or without punctuation.
    remove_numbers
        Whether to remove numbers: digits (N*) with separators and percent signs (``1,000``, ``3.5%``,
        ``2019-2-25``). Numerals written in Han characters stay.
    min_chars
        Remove tokens of fewer characters.
    padding
        Whether removed tokens leave an empty place, so that their neighbours do not come together: no n-gram
        and no compound holds one, and windows count it as distance.
    spans
        Whether to keep the place of each token in its text: 8 bytes a token.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        documents.

    Returns
    -------
    Tokens
        Documents in the given order.

    Raises
    ------
    MissingColumnError, DataTypeError
        No such column; a column that holds neither texts nor lists of strings.
    DataError
        Null texts, lists or tokens; ``doc_id`` twice or null.

    Examples
    --------
    >>> import duizhao as dz
    >>> toks = dz.tokens({"a": "加强党的建设。", "b": "党建引领"}, remove=["的"], padding=True)
    >>> toks.to_list()
    [['加强', '党的建设', '。'], ['党建', '引领']]
    >>> dz.tokens([["党建", "引领"], []]).documents
    shape: (2, 3)
    | doc_id | n_tokens | n_types |
    | ---    | ---      | ---     |
    | str    | i64      | i64     |
    |--------|----------|---------|
    | doc1   | 2        | 2       |
    | doc2   | 0        | 0       |
    """
    if isinstance(docs, Tokens):
        made = docs
    else:
        if segmenter is not None:
            require_instance(segmenter, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
        made = _cut(
            frame_of(docs, text), text, segmenter or Segmenter(), require_flag(spans, "spans"), progress
        )
    if isinstance(remove, str) and (remove == "zh" or looks_like_a_file(remove)):
        how = 'dz.stop_words("zh")' if remove == "zh" else "a list that you have read from it"
        raise ParameterError(f"`remove` must be words, such as {how}; got {remove!r}")
    words = [] if remove is None else sorted(set(require_strings(remove, "remove")))
    least = require_whole(min_chars, "min_chars", 1) if min_chars is not None else 1
    keep_places = require_flag(padding, "padding")
    punctuation = require_flag(remove_punctuation, "remove_punctuation")
    numbers = require_flag(remove_numbers, "remove_numbers")
    symbols = require_flag(remove_symbols, "remove_symbols")
    if not (words or punctuation or numbers or symbols or least > 1):
        return made
    core = made._core.strip(
        words=words,
        padding=keep_places,
        remove={
            "punctuation": punctuation,
            "numbers": numbers,
            "symbols": symbols,
            "min_chars": least,
        },
    )
    return made._with(core)


def _cut(
    frame: pl.DataFrame,
    text: str,
    segmenter: Segmenter,
    spans: bool,
    progress: Progress,
) -> Tokens:
    column = frame.get_column(text)
    texts = edits = None
    if isinstance(column.dtype, pl.List):
        with reporting(progress, "tokens", total=frame.height) as report:
            core = _core.Tokens.from_lists(_token_lists(column, text), progress=report)
    else:
        texts = require_text(frame, text)
        with reporting(progress, "tokens", total=frame.height) as report:
            core = _core.Tokens.from_texts(texts, segmenter._core, spans=spans, progress=report)
        if text == "text" and "edits" in frame.columns and isinstance(frame.schema["edits"], pl.List):
            edits = frame.get_column("edits")
        if not spans:
            texts = edits = None
    metadata = [name for name in frame.columns if name not in (text, "doc_id", *NOT_METADATA)]
    return Tokens._make(core, frame.select("doc_id", *metadata), texts, edits)


def _token_lists(column: pl.Series, name: str) -> pl.Series:
    dtype = column.dtype
    inner = dtype.inner if isinstance(dtype, pl.List) else None
    if inner in (pl.Categorical, pl.Enum, pl.Null):
        column = column.cast(pl.List(pl.String))
    elif inner != pl.String:
        raise DataTypeError(f"column {name!r} of `docs` must be String or List(String); got {dtype}")
    if column.null_count():
        raise DataError(f"column {name!r} of `docs` must be without nulls; got {column.null_count()} of them")
    if column.list.eval(pl.element().is_null()).list.any().any():
        raise DataError(f"column {name!r} of `docs` must hold tokens without nulls")
    return column


def dfm(tokens: Tokens, *, progress: Progress = None) -> Dfm:
    """Count the tokens of each document.

    Parameters
    ----------
    tokens
        What ``dz.tokens`` gave. Padding (removed tokens that keep their place) is not counted.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        documents.

    Returns
    -------
    Dfm
        One row a document, also for empty ones; one column a feature that occurs.

    Raises
    ------
    DataTypeError
        Something else than Tokens.
    """
    require_instance(tokens, Tokens, argument="tokens", allowed="Tokens (made by `dz.tokens`)")
    return tokens.dfm(progress=progress)


def fcm(
    tokens: Tokens,
    *,
    context: Context = "window",
    window: int | None = None,
    within: Within | None = None,
    count: Count = "frequency",
    weights: Sequence[float] | None = None,
    ordered: bool = False,
    preset: Literal["quanteda"] | None = None,
    progress: Progress = None,
) -> Fcm:
    """Count pairs of features that stand near each other.

    A pair is two tokens of which the first stands before the second. Padding (removed tokens that keep
    their place) is distance, never a feature. Each pair counts once, also where both tokens are the same
    feature. No pair crosses documents.

    Parameters
    ----------
    tokens
        What ``dz.tokens`` gave.
    context
        ``"window"``: tokens at a distance of at most ``window``. ``"document"``, ``"paragraph"``,
        ``"sentence"``: any two tokens of that unit.
    window
        Greatest distance in tokens, from 1 to 10,000; 5 if not given, or the number of ``weights``.
    within
        The stretch that a pair in a window does not leave: ``"sentence"`` if not given. In tokens made from
        lists a sentence ends with 。！？ and the like; lists without punctuation are one sentence each.
        N-grams of several sizes know neither sentences nor paragraphs and need ``"document"``.
    count
        ``"frequency"``: pairs. ``"boolean"``: units (documents, paragraphs, sentences: as ``within`` or
        ``context`` says) with at least one such pair. ``"weighted"``: the sum of ``weights`` by distance;
        only with a window.
    weights
        Weight of a pair at distance 1, 2, …; 1, 1/2, 1/3, … if not given.
    ordered
        Keep the direction: ``node`` is what stands first.
    preset
        ``"quanteda"``: the figures of quanteda's ``fcm`` — windows end with the document, and in an
        unordered window a pair of a feature with itself counts twice.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are features.

    Returns
    -------
    Fcm

    Raises
    ------
    DataTypeError
        Something else than Tokens.
    ParameterError
        An unknown word, a number out of range, options that exclude each other, or a unit that the tokens
        do not know.
    """
    require_instance(tokens, Tokens, argument="tokens", allowed="Tokens (made by `dz.tokens`)")
    return tokens.fcm(
        context=context, window=window, within=within, count=count, weights=weights, ordered=ordered,
        preset=preset, progress=progress,
    )  # fmt: skip
