"""Sentences, clauses and paragraphs with their places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_word
from .._base.documents import places_of_edits
from .._base.frames import require_doc_ids, require_text
from .._base.schema import with_doc_id
from ._schema import SENTENCES

__all__ = ["Unit", "sentences"]

Unit = Literal["sentence", "clause", "paragraph"]


def sentences(
    docs: pl.DataFrame,
    *,
    unit: Unit = "sentence",
    semicolons: bool = True,
    text: str = "text",
    progress: Callable[[int], object] | None = None,
) -> pl.DataFrame:
    """Cut documents into sentences, clauses or paragraphs.

    A sentence ends at a line break, after ``。！？!?``, after ``……`` or six full stops, after ``；`` and
    ``;`` unless `semicolons` is off, and after a full stop that ends a Latin sentence (not in ``3.14`` or
    ``U.S.``). Closing quotation marks and brackets behind the end go with it; inside brackets and book
    titles nothing ends. Clauses end after ``，；：——`` too, paragraphs at line breaks only. Numbers such as
    ``1,000`` and ``14:54`` stay whole.

    Parameters
    ----------
    docs
        A frame with a unique ``doc_id`` and a column of texts; if :func:`duizhao.clean` made it, the raw
        places are those of the raw texts.
    unit
        ``"sentence"``, ``"clause"`` or ``"paragraph"``.
    semicolons
        Whether semicolons end a sentence.
    text
        The column of texts.
    progress
        Called with the number of documents finished since the last call.

    Returns
    -------
    DataFrame
        One row a sentence, in the order of the documents and of the text: ``doc_id``, ``sentence`` (number
        within its document, from 0), ``char_start``, ``char_end``, ``raw_start``, ``raw_end``, ``text``.
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
    require_instance(docs, pl.DataFrame, argument="docs", allowed="a polars DataFrame")
    require_word(unit, get_args(Unit), argument="unit")
    ids = require_doc_ids(docs)
    texts = require_text(docs, text)
    edits = places_of_edits(docs, text)
    found = _core.sentences_frame(texts, edits, unit=unit, semicolons=bool(semicolons), progress=progress)
    found = found.with_columns(ids.gather(found.get_column("document")).alias("doc_id"))
    schema = with_doc_id(SENTENCES, ids.dtype)
    return found.select(schema.names())
