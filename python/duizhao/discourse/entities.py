"""Named bodies, persons with a post."""

from __future__ import annotations

from typing import overload

import polars as pl

from .. import _core
from .._base.documents import Documents
from .._base.finders import Texts, find, searched
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ._schema import BODIES, PERSONS

__all__ = ["bodies", "persons"]


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
    is a rule, not a recogniser: bodies without a listed core, companies, schools and organs of other states are not found.

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

    A name is a listed surname with one or two characters behind it, right behind a post and before a boundary, or right
    before a post at the start of a clause or behind a body; a name with dots (买买提·艾力); or one in transliteration beside
    a post that foreigners have (总统拉莫斯). Several names behind one post are as many persons. Persons without a post and
    surnames alone (毛主席) are not found.

    Parameters
    ----------
    docs, text, metadata, progress
        As for :func:`quotations`.

    Returns
    -------
    DataFrame
        One row a place, in the order of the documents and of the text: ``doc_id``, ``name``, ``post`` (with
        副, 常务 and the like, several of one person as they stand: 党组书记、副主席), ``body`` (a named body or another
        institution right before the post, or before the name where that stands first; null if there is none), the four
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
