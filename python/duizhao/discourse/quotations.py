"""Quotations and indirect speech, with speakers."""

from __future__ import annotations

from typing import overload

import polars as pl

from .. import _core
from .._base.documents import Documents
from .._base.finders import Texts, find, searched
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ._schema import QUOTATIONS

__all__ = ["quotations"]


@overload
def quotations(
    docs: pl.LazyFrame, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.LazyFrame: ...
@overload
def quotations(
    docs: Texts, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.DataFrame: ...
def quotations(
    docs: Documents,
    *,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Find what stands between quotation marks, what it is there for, and who says it; and what is said without marks.

    Marks: ``“”``, ``‘’``, ``「」``, ``『』``, straight ``"`` in turn; a pair closes within its paragraph, or is opened anew
    in the next. Rules tell *speech* (a sentence, or words that a verb of saying introduces or follows), *title* (before the name of a
    genre such as 讲座, or behind 题为), *emphasis* (one character, or the two sides of 从“…”到“…”) and *coinage* (the rest).
    *Indirect* is the clause of a verb of saying without marks: 会议指出，…; filter it out where marks are counted.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Traditional text is seen in
        simplified characters. If :func:`duizhao.clean` made the frame, the raw places are those of the raw
        texts. A LazyFrame gives a LazyFrame.
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
        One row a quotation, in the order of the documents and of the places: ``doc_id``, ``quotation`` (without its
        marks; of indirect speech the clause to the end of its sentence), ``kind``, ``depth`` (quotations around it), ``sentence`` (its number in
        ``dz.sentences(docs)``), the four places, ``speaker`` and ``verb`` of speech and indirect speech with
        their places (cleaned characters; null where the text does not say), ``doc_share``: share of the document's
        characters that stand between quotation marks, marks and indirect speech left out, 0 to 1; then the metadata of the documents.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        No such column; not strings; nulls; ``doc_id`` twice.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": ["局长李某某表示：“路修好了，游客就来了。”打造“山城夜话”品牌。"]})
    >>> dz.quotations(docs).select("quotation", "kind", "speaker", "verb").rows()
    [('路修好了，游客就来了。', 'speech', '局长李某某', '表示'), ('山城夜话', 'coinage', None, None)]
    >>> dz.quotations("会议指出，要守住防汛底线。").select("quotation", "kind", "speaker", "verb").rows()
    [('要守住防汛底线', 'indirect', '会议', '指出')]
    """

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "quotations", total=frame.height) as report:
            return _core.find("quotations", *searched(frame, text), progress=report)

    return find(look, QUOTATIONS, docs, text=text, metadata=metadata)
