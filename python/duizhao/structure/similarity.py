"""Similarity and distance of documents, or of features."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_number, require_whole, require_word
from .._base.groups import group_numbers
from .._base.html import shown
from .._base.inference import Inference, drawing, require_inference
from .._base.metadata import Metadata, with_group_metadata, with_metadata
from .._base.progress import Progress
from .._base.schema import with_doc_id
from ..corpus.dfm import Dfm, WeightedDfm
from ..errors import DataTypeError, ParameterError
from ._schema import (
    DELTA_FEATURES,
    DISTANCE_DOCUMENTS,
    DISTANCE_FEATURES,
    SIMILARITY_DOCUMENTS,
    SIMILARITY_FEATURES,
)

__all__ = ["delta", "distance", "similarity"]

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

#: Methods of :func:`distance`.
DistanceMethod: TypeAlias = Literal[
    "euclidean",
    "manhattan",
    "chebyshev",
    "minkowski",
    "canberra",
    "bray_curtis",
    "hamming",
    "cosine",
    "chi_squared",
    "chi_squared_profile",
    "hellinger",
    "kullback_leibler",
    "jeffreys",
    "jensen_shannon",
    "jensen_shannon_metric",
]

#: Methods of :func:`delta`.
DeltaMethod: TypeAlias = Literal["burrows", "quadratic", "cosine", "eder", "eder_simple"]


def similarity(
    dfm: Dfm | WeightedDfm,
    *,
    method: Method = "cosine",
    margin: Literal["documents", "features"] = "documents",
    of: Any = None,
    min_similarity: float | None = None,
    top: int | None = None,
    against: Dfm | WeightedDfm | None = None,
    by: str | pl.Expr | None = None,
    inference: Inference | bool | None = None,
    metadata: Metadata = True,
    progress: Progress = None,
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
    against
        Another matrix: the documents of ``dfm`` are compared with those of this one, feature by feature of the
        same name, and with no others.
    by
        A column of the documents, or an expression over it: the documents of each group are added up, and
        groups are compared. Takes none of ``of``, ``min_similarity``, ``top``, ``against``, ``margin``.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        With ``by`` only: an interval of the similarity, from documents drawn again within each group; there are no
        permutations. Resampled groups hold fewer different documents than the real ones, so most replicates are
        less alike than what was observed; ``"bca"`` corrects for that, ``"percentile"`` does not.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those of the first document have ``_1`` behind their names, those of the second ``_2``.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are rows.

    Returns
    -------
    polars.DataFrame
        ``doc_id_1``, ``doc_id_2``, ``similarity`` (``feature_1``, ``feature_2`` for features). With neither
        ``of`` nor ``top``: every pair once, the one that is first in the matrix first; most alike first,
        ties in the order of the matrix. With either: the neighbours of each (in the order named, else of
        the matrix), nearest first. Undefined figures are null and stand last. No rows where there are fewer
        than two to compare. With ``by``: ``group_1``, ``group_2``, ``similarity``,
        ``similarity_bootstrap_low``, ``similarity_bootstrap_high``.

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
    require_word(method, get_args(Method), argument="method")
    wanted = _inference(inference, by)
    if by is not None:
        _alone(of=of, min_similarity=min_similarity, top=top, against=against, margin=margin)
        return _groups(dfm, by, "similarity", method, 2.0, 0.0, wanted, metadata, progress)
    return _pairs(
        dfm, against, "similarity", method, margin, of, min_similarity, top, 2.0, 0.0, metadata, progress
    )


def distance(
    dfm: Dfm | WeightedDfm,
    *,
    method: DistanceMethod = "jensen_shannon_metric",
    margin: Literal["documents", "features"] = "documents",
    of: Any = None,
    max_distance: float | None = None,
    top: int | None = None,
    against: Dfm | WeightedDfm | None = None,
    by: str | pl.Expr | None = None,
    power: float = 2.0,
    smoothing: float | None = None,
    inference: Inference | bool | None = None,
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Measure how far documents are from one another by their features, or features by their documents.

    Parameters
    ----------
    dfm
        Counts or weights. ``"euclidean"``, ``"manhattan"``, ``"chebyshev"``, ``"minkowski"``, ``"canberra"`` and
        ``"hamming"`` see the length of documents: give them shares (``dfm.weight("prop")``) unless length
        matters. ``"chi_squared_profile"``, ``"hellinger"``, ``"kullback_leibler"``, ``"jeffreys"`` and the
        Jensen-Shannon pair take shares themselves.
    method
        A word of ``dz.measures("distance")``, which has formulas, ranges and sources;
        see ``docs/statistics/similarity.md``. Logarithms have base 2.
    margin, of, top, against, by, metadata, progress
        As for :func:`similarity`.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        As for :func:`similarity`.
    max_distance
        Leave out pairs that are farther apart, or have no figure.
    power
        Exponent of ``"minkowski"``, at least 1.
    smoothing
        Added to every cell before shares are taken, also where both rows have 0 (``"chi_squared"``,
        ``"hellinger"``, ``"kullback_leibler"``, ``"jeffreys"``, the Jensen-Shannon pair). ``None`` is 0.5 for
        ``"kullback_leibler"`` and ``"jeffreys"``, which are infinite without as soon as a word is missing
        from one side, and 0 for the others.

    Returns
    -------
    polars.DataFrame
        As of :func:`similarity`, with a column ``distance`` (``distance_bootstrap_low``, ``distance_bootstrap_high``), nearest first.
        ``"kullback_leibler"`` is not symmetric and has both orders of each pair: how badly the second stands
        for the first.

    Raises
    ------
    ParameterError, DataTypeError, DataError
        As :func:`similarity`; negative weights where a method takes shares.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 1), ("a", "经济", 1), ("b", "党建", 1), ("b", "经济", 3)]
    >>> dfm = dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))
    >>> dz.distance(dfm, method="manhattan").rows()
    [('a', 'b', 2.0)]
    >>> round(dz.distance(dfm, method="jensen_shannon")["distance"].item(), 6)
    0.048795
    """
    require_word(method, get_args(DistanceMethod), argument="method")
    wanted = _inference(inference, by)
    power = require_number(power, "power")
    filled = 0.5 if method in ("kullback_leibler", "jeffreys") else 0.0
    smooth = filled if smoothing is None else require_number(smoothing, "smoothing")
    if by is not None:
        _alone(of=of, max_distance=max_distance, top=top, against=against, margin=margin)
        return _groups(dfm, by, "distance", method, power, smooth, wanted, metadata, progress)
    return _pairs(
        dfm, against, "distance", method, margin, of, max_distance, top, power, smooth, metadata, progress
    )


class Delta(NamedTuple):
    """What :func:`delta` returns."""

    #: ``doc_id_1``, ``doc_id_2``, ``distance``, then metadata; nearest first.
    distances: pl.DataFrame
    #: The words, most frequent first: ``rank``, ``feature``, ``mean_rate`` and ``sd_rate`` (shares of tokens), ``doc_freq``.
    features: pl.DataFrame
    #: What was asked for: method, ``n_features``, ``culling``.
    options: dict[str, Any]

    def __repr__(self) -> str:
        """The method, and numbers of pairs and words."""
        pairs, words = self.distances.height, self.features.height
        return f"Delta({self.options.get('method')!r}, {pairs:,} pairs of documents by {words:,} words)"

    def _repr_html_(self) -> str:
        return shown(repr(self), {"distances": self.distances, "features": self.features})


def delta(
    dfm: Dfm,
    *,
    method: DeltaMethod = "burrows",
    n_features: int = 500,
    culling: float = 0.0,
    metadata: Metadata = True,
) -> Delta:
    """Distances of documents over the standardised rates of the most frequent words, as in stylometry.

    Parameters
    ----------
    dfm
        Counts, function words and all: stop words carry the signal. Characters or words, as you counted.
    method
        With z the rates (shares of all tokens of a document) less their mean over their standard deviation
        (n - 1), over the n words:

        * ``"burrows"``: mean of abs(za - zb) (Burrows 2002).
        * ``"quadratic"``: sqrt(sum((za - zb)^2)) / n (Argamon 2008).
        * ``"cosine"``: 1 - cosine(za, zb), the Würzburg Delta (Smith & Aldridge 2011; Evert et al. 2017).
        * ``"eder"``: mean of abs(za - zb) * (n - rank + 1) / n (Eder 2015).
        * ``"eder_simple"``: sum of abs(sqrt(fa) - sqrt(fb)) on the rates themselves (stylo).
    n_features
        Length of the list of most frequent words (ties in code-point order). Words with the same rate in all
        documents are dropped from it.
    culling
        Least share of the documents that must have a word, from 0 to 1; applied before the list is cut.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those of the first document have ``_1`` behind their names, those of the second ``_2``.

    Returns
    -------
    Delta
        ``distances``, ``features`` (the list that the figures rest on) and ``options``. The distance to an empty
        document is null.

    Raises
    ------
    ParameterError
        An unknown method, a number out of range.
    DataTypeError
        A matrix of weights.

    Examples
    --------
    >>> import duizhao as dz
    >>> docs = dz.clean(dz.demo.read(), script="simplified")
    >>> dfm = dz.tokens(docs, remove_punctuation=True).dfm()
    >>> found = dz.delta(dfm, method="cosine", n_features=100, metadata=False)
    >>> found.distances.columns, found.features.height
    (['doc_id_1', 'doc_id_2', 'distance'], 100)
    """
    if not isinstance(dfm, Dfm):
        raise DataTypeError(f"`dfm` must be a Dfm (counts); got {type(dfm).__name__}")
    require_word(method, get_args(DeltaMethod), argument="method")
    n_features = require_whole(n_features, argument="n_features", least=1)
    share = require_number(culling, "culling")
    values, words = _core.deltas(dfm._core, method, n_features, share)
    ids = dfm.documents.get_column("doc_id")
    first, second = _upper(ids.len())
    pairs = pl.DataFrame(
        {"doc_id_1": ids.gather(first), "doc_id_2": ids.gather(second), "distance": values},
        schema=with_doc_id(DISTANCE_DOCUMENTS, ids.dtype),
    )
    named = words.select(
        rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        feature=dfm.features.get_column("feature").gather(words.get_column("feature")),
        mean_rate="mean",
        sd_rate="deviation",
        doc_freq="doc_freq",
    ).cast(dict(DELTA_FEATURES))  # type: ignore[arg-type]
    pairs = with_metadata(pairs, dfm.documents, [first, second], metadata)
    ordered = pairs.sort("distance", nulls_last=True, maintain_order=True)
    return Delta(ordered, named, {"method": method, "n_features": n_features, "culling": share})


def _upper(n: int) -> tuple[pl.Series, pl.Series]:
    """Row numbers of the pairs (0, 1), (0, 2) … (1, 2) …."""
    import numpy as np

    first, second = np.triu_indices(n, 1)
    return pl.Series(first, dtype=pl.UInt32), pl.Series(second, dtype=pl.UInt32)


def _inference(inference: object, by: object) -> Inference:
    """A bootstrap of groups; nothing else."""
    without = {"permutations": "the figure of two groups is no difference that labels could be exchanged for"}
    if by is None:
        without |= dict.fromkeys(
            ("resamples", "blocks"), "it needs `by`, since documents are drawn within groups"
        )
    return require_inference(inference, without=without)


def _alone(**given: Any) -> None:
    wrong = [name for name, value in given.items() if value is not None and value != "documents"]
    if wrong:
        raise ParameterError(f"`{wrong[0]}` must be left out with `by`: all groups are compared")


def _require_matrix(dfm: object, argument: str) -> None:
    if not isinstance(dfm, (Dfm, WeightedDfm)):
        raise DataTypeError(f"`{argument}` must be a Dfm or a WeightedDfm; got {type(dfm).__name__}")


def _groups(
    dfm: Dfm | WeightedDfm,
    by: str | pl.Expr,
    kind: str,
    method: str,
    power: float,
    smoothing: float,
    inference: Inference,
    metadata: Metadata,
    progress: Progress,
) -> pl.DataFrame:
    _require_matrix(dfm, "dfm")
    numbers, labels = group_numbers(dfm.documents, by)
    found = _core.group_similarity(
        dfm._core,
        numbers,
        {"kind": kind, "word": method, "power": power, "smoothing": smoothing},
        drawing(inference, dfm.documents),
        progress,
    )
    names = pl.Series(labels, dtype=pl.String)
    pairs = found.select(
        names.gather(found.get_column("first")).alias("group_1"),
        names.gather(found.get_column("second")).alias("group_2"),
        pl.col("similarity").alias(kind),
        pl.col("low").alias(f"{kind}_bootstrap_low"),
        pl.col("high").alias(f"{kind}_bootstrap_high"),
    )
    sides = [found.get_column("first"), found.get_column("second")]
    return with_group_metadata(pairs, dfm.documents, numbers, sides, metadata)


def _pairs(
    dfm: Dfm | WeightedDfm,
    against: Dfm | WeightedDfm | None,
    kind: Literal["similarity", "distance"],
    method: str,
    margin: str,
    of: Any,
    bound: float | None,
    top: int | None,
    power: float,
    smoothing: float,
    metadata: Metadata,
    progress: Progress,
) -> pl.DataFrame:
    _require_matrix(dfm, "dfm")
    require_word(margin, ("documents", "features"), argument="margin")
    if top is not None:
        top = require_whole(top, argument="top", least=1)
    if bound is not None:
        bound = require_number(bound, "min_similarity" if kind == "similarity" else "max_distance")
    documents, features = (
        (SIMILARITY_DOCUMENTS, SIMILARITY_FEATURES)
        if kind == "similarity"
        else (DISTANCE_DOCUMENTS, DISTANCE_FEATURES)
    )
    if margin == "documents":
        names = dfm.documents.get_column("doc_id")
        schema = with_doc_id(documents, names.dtype)
    else:
        names = dfm.features.get_column("feature")
        schema = features
    others = names
    first, second, figure = schema.names()
    if against is not None:
        _require_matrix(against, "against")
        others = against.documents.get_column("doc_id")
        if margin == "documents":
            schema = pl.Schema({**schema, second: others.dtype})
    found = _core.similarity(
        dfm._core,
        None if against is None else against._core,
        margin,
        {"kind": kind, "word": method, "power": power, "smoothing": smoothing},
        {"of": None if of is None else _rows(names, of), "bound": bound, "top": top},
        progress,
    )
    pairs = pl.DataFrame(
        {
            first: names.gather(found.get_column("first")),
            second: others.gather(found.get_column("second")),
            figure: found.get_column("similarity"),
        },
        schema=schema,
    )
    if margin == "features":
        return pairs
    sides = [dfm.documents, dfm.documents if against is None else against.documents]
    return with_metadata(pairs, sides, [found.get_column("first"), found.get_column("second")], metadata)


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
