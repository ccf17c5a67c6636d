"""The lists of words behind the finders, cleaning and numbers, as a frame."""

from __future__ import annotations

import polars as pl

from .. import _core
from .._base.checks import did_you_mean, kind_of
from ..errors import DataTypeError, ParameterError

__all__ = ["word_lists"]


def word_lists(name: str | None = None) -> pl.DataFrame:
    """List the words that the rules of duizhao ask: what a claim, a slogan, a named body or a page's furniture is told by.

    They are files of the source, ``src/lists/<topic>/<list>.txt``; ``docs/discourse/lists.md`` links them and says how to mend
    one. A list that was changed counts after the package is built again.

    Parameters
    ----------
    name
        A list (``"claims/verbs"``) or a topic (``"claims"``); all lists by default.

    Returns
    -------
    polars.DataFrame
        One row an entry, lists by name, entries in the order of the file: ``list``, ``entry``, ``columns`` (names of the
        other columns of the file, empty for a list of words alone) and ``values`` (what they say of the entry, as many; null where the
        file says nothing), ``purpose`` (what the list is for). An entry stands in several rows where the file has several
        lines for it.

    Raises
    ------
    ParameterError
        `name` is neither a list nor a topic.
    DataTypeError
        `name` is no string.

    Examples
    --------
    >>> import duizhao as dz
    >>> dz.word_lists("claims/light_verbs")["entry"].head(4).to_list()
    ['举办', '加强', '参与', '参加']
    >>> mu = dz.word_lists("claims/measures").filter(pl.col("entry") == "亩").row(0, named=True)
    >>> dict(zip(mu["columns"], mu["values"]))
    {'base': '平方米', 'factor': '10000/15', 'measures': 'physical'}
    >>> dz.word_lists("quotations")["list"].unique(maintain_order=True).head(3).to_list()
    ['quotations/adverbials', 'quotations/asides', 'quotations/before_nouns']
    """
    lists = _core.word_lists()
    if name is None:
        return lists
    if not isinstance(name, str):
        raise DataTypeError(f"`name` must be the name of a list or topic; got {kind_of(name)}")
    topic = pl.col("list").str.split("/").list.first()
    found = lists.filter((pl.col("list") == name) | (topic == name))
    if found.is_empty():
        topics = lists.select(topic.unique(maintain_order=True)).to_series().to_list()
        names = [*topics, *lists["list"].unique(maintain_order=True)]
        raise ParameterError(
            f"`name` must be a topic ({', '.join(topics)}) or one of its lists, as in 'claims/verbs'; got {name!r}"
            f"{did_you_mean(name, names)}"
        )
    return found
