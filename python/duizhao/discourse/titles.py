"""Titles of laws, documents, plans and works that a text names."""

from __future__ import annotations

from typing import overload

import polars as pl

from .. import _core
from .._base.documents import Documents
from .._base.finders import Texts, find, searched
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ._schema import TITLES

__all__ = ["titles"]


@overload
def titles(
    docs: pl.LazyFrame, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.LazyFrame: ...
@overload
def titles(
    docs: Texts, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.DataFrame: ...
def titles(
    docs: Documents, *, text: str = "text", metadata: Metadata = True, progress: Progress = None
) -> pl.DataFrame | pl.LazyFrame:
    """Find what stands in book-title marks: the laws, documents, plans and works that a text names.

    Marks are ``《》`` and ``〈〉``; a title closes within its paragraph, and one inside another is part of it (《关于修改〈水法〉的决定》
    is one). Its kind is that of its last noun, behind which brackets and the words for a draft or a trial are left out.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. If :func:`duizhao.clean` made the frame, the raw places are those of the raw texts. A
        LazyFrame gives a LazyFrame.
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
        One row a title, in the order of the documents and of the text: ``doc_id``; ``title`` (without the marks);
        ``kind``: ``law``, ``regulation`` (条例, 规定, 办法 …), ``plan`` (规划, 纲要 …), ``document`` (意见, 通知, 决定 …), ``report``,
        ``standard``, ``certificate``, or ``work`` for all others (books, papers, films, and what no listed noun ends);
        ``status``: ``draft`` (草案, 征求意见稿), ``trial`` (试行, 暂行), or null; the four places; then the metadata of the
        documents.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        As for :func:`duizhao.quotations`.

    Examples
    --------
    >>> import duizhao as dz
    >>> dz.titles("根据《水法》和《河南省公路管理条例（试行）》，登在《人民日报》。").select("title", "kind", "status").rows()
    [('水法', 'law', None), ('河南省公路管理条例（试行）', 'regulation', 'trial'), ('人民日报', 'work', None)]
    """

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "titles", total=frame.height) as report:
            return _core.find("titles", *searched(frame, text), progress=report)

    return find(look, TITLES, docs, text=text, metadata=metadata)
