"""Similarity of documents, or of features."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, get_args

import polars as pl

from . import _core
from ._frames import require_word
from ._schema import SIMILARITY_DOCUMENTS, SIMILARITY_FEATURES, with_doc_id
from .dfm import Dfm, WeightedDfm
from .errors import DataTypeError, ParameterError
from .measures import check_whole_number

__all__ = ["similarity"]

#: Methods of :func:`similarity`.
Method = Literal[
    "cosine",
    "jaccard",
    "dice",
    "overlap",
    "jaccard_weighted",
    "jaccard_extended",
    "dice_extended",
    "correlation",
    "simple_matching",
    "hamann",
]


def similarity(
    dfm: Dfm | WeightedDfm,
    *,
    method: Method = "cosine",
    margin: Literal["documents", "features"] = "documents",
    of: Any = None,
    min_similarity: float | None = None,
    top: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> pl.DataFrame:
    """Compare documents by their features, or features by their documents.

    Parameters
    ----------
    dfm
        Counts, or weights (``dfm.weight("prop")``, ``dz.tfidf_matrix``): cosines of counts and of shares
        are the same, others are not.
    method
        With a and b the two rows, A and B the sets where they are not 0, n the number of features (or
        documents):

        * ``"cosine"``: Σab / √(Σa²·Σb²); null where a row is empty.
        * ``"jaccard"``: |A∩B| / |A∪B|; null where both are empty, as for the next four.
        * ``"dice"``: 2|A∩B| / (|A| + |B|).
        * ``"jaccard_weighted"``: Σmin(a, b) / Σmax(a, b).
        * ``"jaccard_extended"`` (Tanimoto): Σab / (Σa² + Σb² − Σab).
        * ``"dice_extended"``: 2Σab / (Σa² + Σb²).
        * ``"overlap"``: |A∩B| / min(|A|, |B|); null where a row is empty.
        * ``"correlation"``: Pearson's, over all n; null where a row is constant.
        * ``"simple_matching"``: share of the n that both have or both lack.
        * ``"hamann"``: the same from −1 to 1.
    margin
        ``"documents"`` or ``"features"``.
    of
        One or more documents (by ``doc_id``) or features whose neighbours are wanted; ``None`` for all pairs.
    min_similarity
        Leave out pairs that are less alike, or have no figure.
    top
        The nearest so many of each document or feature (of each in ``of``, if given).
    progress
        Called with the number of rows finished since the last call.

    Returns
    -------
    polars.DataFrame
        ``doc_id_1``, ``doc_id_2``, ``similarity`` (``feature_1``, ``feature_2`` for features). With neither
        ``of`` nor ``top``: every pair once, the one that is first in the matrix first; most alike first,
        ties in the order of the matrix. With either: the neighbours of each (in the order named, else of
        the matrix), nearest first. Undefined figures are null and stand last. No rows where there are fewer
        than two to compare.

    Raises
    ------
    ParameterError
        An unknown method or margin, a document or feature that does not exist, a number out of range, or
        more than 50 million pairs with nothing to bound them.
    DataTypeError
        Something else than a Dfm or WeightedDfm.
    DataError
        Negative weights with ``"jaccard_weighted"``.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> counts = pl.DataFrame({
    ...     "doc_id": ["a", "a", "b", "b", "c"],
    ...     "feature": ["党建", "经济", "党建", "经济", "经济"],
    ...     "count": [3, 4, 6, 8, 1],
    ... })
    >>> dfm = dz.Dfm.from_counts(counts)
    >>> pairs = dz.similarity(dfm)
    >>> [(a, b, round(s, 6)) for a, b, s in pairs.rows()]
    [('a', 'b', 1.0), ('a', 'c', 0.8), ('b', 'c', 0.8)]
    >>> dz.similarity(dfm, method="jaccard", margin="features").rows()
    [('党建', '经济', 0.6666666666666666)]

    The square matrix for a heat map:

    >>> turned = pairs.select(doc_id_1="doc_id_2", doc_id_2="doc_id_1", similarity="similarity")
    >>> both = pl.concat([pairs, turned]).sort("doc_id_1", "doc_id_2")
    >>> both.pivot("doc_id_2", index="doc_id_1", values="similarity", sort_columns=True).columns
    ['doc_id_1', 'a', 'b', 'c']
    """
    if not isinstance(dfm, (Dfm, WeightedDfm)):
        raise DataTypeError(f"`dfm` must be a Dfm or a WeightedDfm; got {type(dfm).__name__}")
    require_word(method, get_args(Method), argument="method")
    require_word(margin, ("documents", "features"), argument="margin")
    if top is not None:
        top = check_whole_number(top, argument="top", least=1)
    if min_similarity is not None and (
        isinstance(min_similarity, bool) or not isinstance(min_similarity, (int, float))
    ):
        raise DataTypeError(f"`min_similarity` must be a number; got {type(min_similarity).__name__}")
    if margin == "documents":
        names = dfm.documents.get_column("doc_id")
        schema = with_doc_id(SIMILARITY_DOCUMENTS, names.dtype)
    else:
        names = dfm.features.get_column("feature")
        schema = SIMILARITY_FEATURES
    rows = None if of is None else _rows(names, of)
    found = _core.similarity(dfm._core, method, margin, rows, min_similarity, top, progress)
    first, second, figure = schema.names()
    return pl.DataFrame(
        {
            first: names.gather(found.get_column("first")),
            second: names.gather(found.get_column("second")),
            figure: found.get_column("similarity"),
        },
        schema=schema,
    )


def _rows(names: pl.Series, of: Any) -> pl.Series:
    """Row numbers of what is named, in the order named."""
    single = isinstance(of, str) or not isinstance(of, Iterable)
    try:
        wanted = [of] if single else list(dict.fromkeys(of))
    except TypeError as error:
        raise DataTypeError(f"`of` must hold values of `{names.name}`; got {of!r}") from error
    numbers = {name: number for number, name in enumerate(names)}
    missing = [name for name in wanted if name not in numbers]
    if missing:
        raise ParameterError(
            f"`of` must be among the {len(numbers):,} {names.name}s; got {', '.join(map(repr, missing[:5]))}"
        )
    return pl.Series([numbers[name] for name in wanted], dtype=pl.UInt32)
