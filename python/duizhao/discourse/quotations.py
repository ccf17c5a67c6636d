"""Quotations with speakers, named bodies, persons with a post."""

from __future__ import annotations

from typing import overload

import polars as pl

from .. import _core
from .._base.documents import Documents
from .._base.finders import Texts, find, searched
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ._schema import BODIES, PERSONS, QUOTATIONS

__all__ = ["bodies", "persons", "quotations"]


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
    """Find what stands between quotation marks, what it is there for, and who says it.

    Marks: ``“”``, ``‘’``, ``「」``, ``『』``, straight ``"`` in turn; a pair closes within its paragraph. Rules
    tell *speech* (a sentence, or words that a verb of saying introduces or follows), *title* (before the name of a
    genre such as 讲座, or behind 题为), *emphasis* (one character, or the two sides of 从“…”到“…”) and *coinage* (the rest).

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. They should be in simplified
        characters. If :func:`duizhao.clean` made the frame, the raw places are those of the raw texts. A
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
        One row a quotation, in the order of the documents and of the opening marks: ``doc_id``, ``quotation`` (without its
        marks), ``kind``, ``depth`` (quotations around it), ``sentence`` (its number in
        ``dz.sentences(docs)``), the four places, ``speaker`` and ``verb`` of speech with
        their places (cleaned characters; null where the text does not say), ``doc_share``: share of the document's
        characters that stand in quotations of any kind, marks left out, 0 to 1; then the metadata of the documents.

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
    """

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "quotations", total=frame.height) as report:
            return _core.find("quotations", *searched(frame, text), progress=report)

    return find(look, QUOTATIONS, docs, text=text, metadata=metadata)


@overload
def bodies(
    docs: pl.LazyFrame, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.LazyFrame: ...
@overload
def bodies(
    docs: Texts, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.DataFrame: ...
def bodies(
    docs: Documents,
    *,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Find named bodies of party, government, congress, 政协, courts and mass organisations.

    A body is one of a list of cores (市委, 政协, 人民政府 …) with the parts behind it (政协 + 机关党组) and the places, level or
    term before it (市县政协, 郑州市第十五届人民代表大会). It
    is a rule, not a recogniser: bodies without a listed core, companies and schools are not found.

    Parameters
    ----------
    docs, text, metadata, progress
        As for :func:`quotations`.

    Returns
    -------
    DataFrame
        One row a place, in the order of the documents and of the text: ``doc_id``, ``body``, ``kind`` (``party``, ``government``,
        ``congress``, ``cppcc``, ``court``, ``mass``), ``place`` (as it stands before, null if none does), ``level``
        (``national``, ``province``, ``city``, ``county``, ``township``, ``village``, from the last suffix; null if there is
        none), the four places. A county-level 市 counts as ``city``: the suffix does not tell. Then
        the metadata of the documents.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        As for :func:`quotations`.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": ["眉山市政协党组向市委报告。"]})
    >>> dz.bodies(docs).select("body", "kind", "place", "level").rows()
    [('眉山市政协党组', 'cppcc', '眉山市', 'city'), ('市委', 'party', None, 'city')]
    """

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "bodies", total=frame.height) as report:
            return _core.find("bodies", *searched(frame, text), progress=report)

    return find(look, BODIES, docs, text=text, metadata=metadata)


@overload
def persons(
    docs: pl.LazyFrame, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.LazyFrame: ...
@overload
def persons(
    docs: Texts, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.DataFrame: ...
def persons(
    docs: Documents,
    *,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Find persons who are named with a post: 主席王某某, 王某某主席.

    A name is a listed surname with one or two characters behind it, right behind a listed post and before a boundary, or right
    before a post at the start of a clause; or a name with dots (买买提·艾力). Several names behind one post are as many
    persons. Persons without a post, surnames alone (毛主席) and minority or foreign names without a dot are not found.

    Parameters
    ----------
    docs, text, metadata, progress
        As for :func:`quotations`.

    Returns
    -------
    DataFrame
        One row a place, in the order of the documents and of the text: ``doc_id``, ``name``, ``post`` (several
        of one person as they stand: 党组书记、主席), ``body`` (right before the post, null if there is none), the four
        places of the name, ``post_start``, ``post_end`` (cleaned characters), then the metadata of the documents.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        As for :func:`quotations`.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": ["眉山市政协主席王小川表示，要抓落实。"]})
    >>> dz.persons(docs).select("name", "post", "body").rows()
    [('王小川', '主席', '眉山市政协')]
    """

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "persons", total=frame.height) as report:
            return _core.find("persons", *searched(frame, text), progress=report)

    return find(look, PERSONS, docs, text=text, metadata=metadata)
