"""Sentences, clauses and paragraphs with their places."""

from __future__ import annotations

from typing import Any, Literal, get_args, overload

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_word
from .._base.documents import Documents
from .._base.finders import Texts, find, searched
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ._schema import SENTENCES

__all__ = ["Unit", "sentences"]

Unit = Literal["sentence", "clause", "paragraph"]


@overload
def sentences(
    docs: pl.LazyFrame,
    *,
    unit: Unit = ...,
    semicolons: bool = ...,
    text: str = ...,
    metadata: Metadata = ...,
    progress: Progress = ...,
) -> pl.LazyFrame: ...
@overload
def sentences(
    docs: Texts,
    *,
    unit: Unit = ...,
    semicolons: bool = ...,
    text: str = ...,
    metadata: Metadata = ...,
    progress: Progress = ...,
) -> pl.DataFrame: ...
def sentences(
    docs: Documents,
    *,
    unit: Unit = "sentence",
    semicolons: bool = True,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Cut documents into sentences, clauses or paragraphs.

    A sentence ends at a line break, after ``。！？!?``, after ``……``, ``⋯⋯`` or six full stops, after ``；`` and
    ``;`` unless `semicolons` is off, and after a full stop that ends a Latin sentence or stands behind a Chinese character (not in ``3.14`` or
    ``U.S.``). Closing quotation marks and brackets behind the end go with it; inside brackets and book
    titles nothing ends. Clauses end after ``，；：——`` too, paragraphs at line breaks only. Numbers such as
    ``1,000`` and ``14:54`` stay whole.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. If :func:`duizhao.clean` made the
        frame, the raw places are those of the raw texts. A LazyFrame gives a LazyFrame.
    unit
        ``"sentence"``, ``"clause"`` or ``"paragraph"``.
    semicolons
        Whether semicolons end a sentence.
    text
        The column of texts.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps
        are documents.

    Returns
    -------
    DataFrame
        One row a sentence, in the order of the documents and of the text: ``doc_id``, ``sentence`` (number
        within its document, from 0), ``char_start``, ``char_end``, ``raw_start``, ``raw_end``, ``text``,
        then the metadata of the documents.
        White space around a sentence is left out; a text of nothing else has no row.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        No such column; not strings; nulls; ``doc_id`` twice.
    ParameterError
        An unknown unit.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": ["春天来了！“花开了吗？”他问。"]})
    >>> dz.sentences(docs).select("sentence", "char_start", "char_end", "text").rows()
    [(0, 0, 5, '春天来了！'), (1, 5, 12, '“花开了吗？”'), (2, 12, 15, '他问。')]
    """
    options: dict[str, Any] = {
        "unit": require_word(unit, get_args(Unit), argument="unit"),
        "semicolons": require_flag(semicolons, "semicolons"),
    }

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "sentences", total=frame.height) as report:
            return _core.sentences_frame(*searched(frame, text), **options, progress=report)

    return find(look, SENTENCES, docs, text=text, metadata=metadata)
