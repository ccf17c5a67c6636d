"""Quantified claims: numbers with unit, bounds, object, verb and kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import polars as pl

from .. import _core
from .._base.documents import ArrowStream, Documents, texts_of
from .._base.finders import Texts, find, searched
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ._schema import CLAIMS, NUMBERS

__all__ = ["claims", "parse_numbers"]


@overload
def claims(
    docs: pl.LazyFrame, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.LazyFrame: ...
@overload
def claims(
    docs: Texts, *, text: str = ..., metadata: Metadata = ..., progress: Progress = ...
) -> pl.DataFrame: ...
def claims(
    docs: Documents,
    *,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Find the quantified claims of documents.

    A claim is a number with its unit or classifier (``720余篇``, ``近500人次``, ``增长5.3%``, ``五千元以上五万元以下``) or a place
    in an order (``全省第一``). Dates, clock times, articles, document and list numbers, names, vague quantities
    (``一批``) and cardinals inside labels (``四个意识``) are none; docs/discourse/claims.md has the rules. Traditional
    text is seen in simplified characters: places and wording are those of the text as it is written.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. If :func:`duizhao.clean` made the
        frame, the raw places are those of the raw texts. A LazyFrame gives a LazyFrame.
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
        One row a claim, in the order of the documents and of the text, without overlaps:

        * ``doc_id``, ``char_start``, ``char_end``, ``raw_start``, ``raw_end``: the number with its unit and the hedging
          words that touch it; ``sentence`` (its number in ``dz.sentences(docs)``), ``surface``, ``number_text``.
        * ``value``: the number as written, 万 and 亿 included (``2600多万元`` is 26 000 000 元); ``lower``, ``upper``: the
          bounds that the words give, null where they give none; a range has its middle as ``value``.
        * ``approximation``: the hedging words, null if there are none; ``direction``: ``exact``, ``above`` (余, 超过),
          ``at_least`` (以上, 至少), ``below`` (近, 不到), ``at_most`` (以下, 不超过), ``about`` (约, 左右), ``range``.
        * ``unit``: as written (in simplified characters), null for ranks, fractions and numbers without one;
          ``unit_normalised``, ``factor``, ``value_normalised``: the base unit, its worth and the value in it (``5公里``: 米, 1000, 5000; ``5%``: 比例,
          0.01, 0.05).
        * ``object``, ``verb``: what is counted and what governs it, as far as rules carry; null if not found.
        * ``kind``: ``achievement``, ``inventory``, ``loss``, ``norm``, ``rank``, ``target``; ``category``: ``activity``, ``money``,
          ``people``, ``structure``, ``share``, ``time``, ``physical``, ``goods``, ``rank``.
        * ``change`` in ``change_unit`` (``%`` or ``百分点``), growth positive, and ``change_base``; null for levels.
        * ``in_slogan``: inside a formula; ``sentence_text``. Then the metadata of the documents.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        No such column; not strings; nulls; ``doc_id`` twice.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": ["全年办理提案720余件，生产总值增长5.3%，居全省第一。"]})
    >>> found = dz.claims(docs)
    >>> found.select("surface", "value", "direction", "unit", "object", "kind").rows()[0]
    ('720余件', 720.0, 'above', '件', '提案', 'achievement')
    >>> found.select("surface", "change", "kind").rows()[1:]
    [('5.3%', 5.3, 'achievement'), ('第一', None, 'rank')]
    """

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "claims", total=frame.height) as report:
            return _core.find("claims", *searched(frame, text), progress=report)

    return find(look, CLAIMS, docs, text=text, metadata=metadata)


def parse_numbers(texts: Sequence[str] | str | pl.Series | ArrowStream) -> pl.DataFrame:
    """Read strings as numbers: Arabic, Chinese, mixed, vague, ranges and shares.

    Parameters
    ----------
    texts
        Strings that hold one number each, with its hedging words and without a unit.

    Returns
    -------
    DataFrame
        One row a string, in their order: ``text``, ``value``, ``lower``, ``upper``, ``approximation``,
        ``direction`` as in :func:`claims`; percent and per mille are shares of one here. All null where the
        string is no number.

    Raises
    ------
    DataTypeError
        Not strings.
    DataError
        Nulls.

    Examples
    --------
    >>> import duizhao as dz
    >>> dz.parse_numbers(["三十几万", "百分之九十八", "两三", "党建"]).select("value", "lower", "upper", "direction").rows()
    [(300000.0, 300000.0, 400000.0, 'above'), (0.98, 0.98, 0.98, 'exact'), (2.5, 2.0, 3.0, 'range'), (None, None, None, None)]
    """
    series = texts_of(texts)
    frame = _core.parse_numbers(series).with_columns(series.alias("text"))
    return frame.select(pl.col(name).cast(dtype) for name, dtype in NUMBERS.items())
