"""Trees and maps: which documents form families, and along which dimensions they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_whole, require_word
from .._base.frames import require_columns
from .._base.html import shown
from .._base.metadata import Metadata, with_metadata
from .._base.schema import with_doc_id
from ..corpus.dfm import Dfm, WeightedDfm
from ..errors import DataError, DataTypeError
from ._schema import DIMENSIONS, DOCUMENT_COORDINATES, FEATURE_COORDINATES, MERGES
from .similarity import DistanceMethod, distance

__all__ = ["Clustering", "Map", "cluster", "correspondence", "lsa", "mds", "pca"]

#: How far two clusters are from one another: see :func:`cluster`.
Linkage: TypeAlias = Literal["ward", "average", "complete", "single", "weighted", "centroid", "median"]


@dataclass(frozen=True)
class Clustering:
    """A tree of documents or features, made by :func:`cluster`."""

    #: The leaves, in the order of the matrix (sorted, for a frame of distances).
    names: pl.Series
    #: One row a merge, nearest first: ``merge``, ``cluster_1``, ``cluster_2``, ``height``, ``size``. Clusters below the number
    #: of leaves are leaves (places in ``names``); merge ``i`` makes cluster ``len(names) + i``: scipy's linkage matrix.
    merges: pl.DataFrame
    #: The leaves in an order in which the drawn tree has no crossings.
    order: pl.Series
    #: Correlation of the distances with the heights at which pairs meet; null for fewer than three leaves.
    cophenetic_correlation: float | None
    #: What was asked for.
    options: dict[str, Any]
    #: ``doc_id`` and metadata of the leaves; None for features and for a frame of distances.
    documents: pl.DataFrame | None = None

    def __repr__(self) -> str:
        """Number of leaves, and how well the tree keeps the distances."""
        kept = self.cophenetic_correlation
        fit = "" if kept is None else f", cophenetic correlation {kept:.3f}"
        return f"Clustering({len(self.names):,} {'documents' if self.names.name == 'doc_id' else 'features'}{fit})"

    def _repr_html_(self) -> str:
        return shown(repr(self), {"order": self.order.to_frame(), "merges": self.merges})

    def cut(self, n: int, *, metadata: Metadata = True) -> pl.DataFrame:
        """Cut the tree into ``n`` clusters.

        Returns
        -------
        polars.DataFrame
            The leaves in the order of the tree with the number of their ``cluster``, from 1, left to right; then
            the metadata of the documents (``metadata``: True for all, False for none, or names of columns).

        Raises
        ------
        ParameterError
            ``n`` is not from 1 to the number of leaves.
        """
        n = require_whole(n, argument="n", least=1)
        first, second = (self.merges.get_column(c).cast(pl.UInt32) for c in ("cluster_1", "cluster_2"))
        numbers = _core.cut_tree(len(self.names), first, second, n)
        found = pl.DataFrame([self.names, numbers.cast(pl.Int64) + 1])
        order = pl.DataFrame([self.order])
        found = order.join(found, on=self.names.name, how="left", maintain_order="left")
        if self.documents is None:
            return found
        numbered = pl.DataFrame([self.names]).with_row_index("__row")
        rows = order.join(numbered, on=self.names.name, how="left", maintain_order="left").get_column("__row")
        return with_metadata(found, self.documents, rows, metadata)


def cluster(
    data: Dfm | WeightedDfm | pl.DataFrame,
    *,
    method: DistanceMethod = "cosine",
    linkage: Linkage = "average",
    margin: Literal["documents", "features"] = "documents",
    power: float = 2.0,
    smoothing: float | None = None,
) -> Clustering:
    """Join documents (or features) step by step into a tree, the nearest first.

    Parameters
    ----------
    data
        A matrix, or a frame with the distance of every pair: two columns of names and ``distance``, as
        :func:`distance` or ``dz.delta(…).distances`` return it.
    method, power, smoothing
        Distance for a matrix, as of :func:`distance`.
    linkage
        Distance of clusters: ``"ward"`` (increase of the sum of squares; give it ``method="euclidean"``),
        ``"average"``, ``"complete"`` (greatest), ``"single"`` (least), ``"weighted"``, ``"centroid"``, ``"median"``. The
        last two can merge at falling heights.
    margin
        Documents or features of a matrix.

    Returns
    -------
    Clustering
        Equal distances are merged in the order of the leaves.

    Raises
    ------
    ParameterError
        An unknown word.
    DataError
        A pair without a finite distance, such as one with an empty document.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 3), ("b", "党建", 3), ("b", "经济", 1), ("c", "经济", 4)]
    >>> dfm = dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))
    >>> tree = dz.cluster(dfm)
    >>> tree.merges.select("cluster_1", "cluster_2", pl.col("height").round(3)).rows()
    [(0, 1, 0.051), (2, 3, 0.842)]
    >>> tree.cut(2).rows()
    [('c', 1), ('a', 2), ('b', 2)]
    """
    require_word(linkage, get_args(Linkage), argument="linkage")
    names, condensed = _condensed(data, method, margin, power, smoothing)
    merges, order, kept = _core.cluster_tree(len(names), condensed, linkage)
    table = merges.select(
        merge=pl.int_range(pl.len()), cluster_1="first", cluster_2="second", height="height", size="size"
    ).cast(dict(MERGES))  # type: ignore[arg-type]
    given = None if isinstance(data, pl.DataFrame) else method
    return Clustering(
        names,
        table,
        names.gather(order),
        kept,
        {"method": given, "linkage": linkage, "margin": margin},
        _documents(data, margin),
    )


def _documents(data: Any, margin: str) -> pl.DataFrame | None:
    """The documents of a matrix, where they are what is joined or placed."""
    return data.documents if isinstance(data, Dfm | WeightedDfm) and margin == "documents" else None


def _condensed(
    data: Any,
    method: DistanceMethod,
    margin: Literal["documents", "features"],
    power: float,
    smoothing: float | None,
) -> tuple[pl.Series, pl.Series]:
    """Names, and the distances of (0, 1), (0, 2) … (1, 2) …."""
    import numpy as np

    if isinstance(data, (Dfm, WeightedDfm)):
        pairs = distance(data, method=method, margin=margin, power=power, smoothing=smoothing, metadata=False)
        names = (
            data.documents.get_column("doc_id")
            if margin == "documents"
            else data.features.get_column("feature")
        )
    elif isinstance(data, pl.DataFrame):
        require_columns(data, "distance", argument="data")
        if data.width < 3 or data.columns[2] != "distance":
            raise DataError(f"`data` must have two columns of names, then `distance`; got {data.columns}")
        pairs = data
        both = [pairs.to_series(i).alias("name") for i in (0, 1)]
        # Sorted, since the rows of such a frame may stand in any order.
        names = pl.concat(both).unique().sort().alias(data.columns[0].removesuffix("_1"))
    else:
        raise DataTypeError(
            f"`data` must be a Dfm, a WeightedDfm or a frame of distances; got {type(data).__name__}"
        )
    n = len(names)
    numbers = pl.DataFrame({"name": names, "number": pl.Series(range(n), dtype=pl.Int64)})
    places = [
        pairs.select(name=pairs.columns[i])
        .join(numbers, on="name", how="left", maintain_order="left")
        .get_column("number")
        .to_numpy()
        for i in (0, 1)
    ]
    square = np.full((n, n), np.nan)
    values = pairs.get_column("distance").cast(pl.Float64).to_numpy()
    square[places[0], places[1]] = values
    back = square.T
    together = np.where(np.isnan(square), back, np.where(np.isnan(back), square, (square + back) / 2))
    condensed = together[np.triu_indices(n, 1)]
    if not np.isfinite(condensed).all():
        at = int(np.flatnonzero(~np.isfinite(condensed))[0])
        i, j = (int(index[at]) for index in np.triu_indices(n, 1))
        raise DataError(
            f"`data` must have a finite distance for every pair; got none for {names[i]!r} and {names[j]!r} "
            "(an empty document?)"
        )
    return names, pl.Series(condensed, dtype=pl.Float64)


@dataclass(frozen=True)
class Map:
    """Places of documents and features in few dimensions."""

    #: ``dimension`` (from 1), ``eigenvalue``, ``share`` of the sum of all eigenvalues, ``cumulative_share``.
    dimensions: pl.DataFrame
    #: ``doc_id`` (or ``feature``), ``dimension``, ``coordinate``, then metadata; by document, then dimension. Null: no place.
    documents: pl.DataFrame
    #: ``feature``, ``dimension``, ``coordinate``; by feature, then dimension. Empty for :func:`mds`.
    features: pl.DataFrame

    def __repr__(self) -> str:
        """Number of places and dimensions, and the share of what the first ones show."""
        named = "documents" if "doc_id" in self.documents.columns else "features"
        places = self.documents.get_column(self.documents.columns[0]).n_unique()
        share = self.dimensions.get_column("cumulative_share").head(2).to_list()
        part = "" if not share or share[-1] is None else f", the first {len(share)} show {share[-1]:.1%}"
        return f"Map({places:,} {named}, {self.dimensions.height} dimensions{part})"

    def _repr_html_(self) -> str:
        tables = {"dimensions": self.dimensions, "documents": self.documents}
        return shown(repr(self), tables | ({"features": self.features} if self.features.height else {}))


def _long(names: pl.Series, values: pl.Series, schema: pl.Schema) -> pl.DataFrame:
    import numpy as np

    n = len(names)
    if not n or not len(values):
        return pl.DataFrame(schema=schema)
    k = len(values) // n
    rows = np.tile(np.arange(k) * n, n) + np.repeat(np.arange(n), k)
    return pl.DataFrame(
        [
            names.gather(pl.Series(np.repeat(np.arange(n), k))),
            pl.Series("dimension", np.tile(np.arange(1, k + 1), n)),
            values.gather(pl.Series(rows)).alias("coordinate"),
        ],
        schema=schema,
    )


def _map(
    parts: tuple[pl.Series, float, pl.Series, pl.Series],
    names: pl.Series,
    features: pl.Series | None,
    documents: pl.DataFrame | None,
    metadata: Metadata,
) -> Map:
    values, total, coordinates, words = parts
    dimensions = pl.DataFrame(
        {
            "dimension": pl.Series(range(1, len(values) + 1), dtype=pl.Int64),
            "eigenvalue": values,
            "share": values / total if total > 0 else values,
            "cumulative_share": (values / total if total > 0 else values).cum_sum(),
        },
        schema=DIMENSIONS,
    )
    first = names.name if names.name == "doc_id" else "feature"
    schema = DOCUMENT_COORDINATES if first == "doc_id" else FEATURE_COORDINATES
    places = _long(names.alias(first), coordinates, with_doc_id(schema, names.dtype))
    if documents is not None:
        each = places.height // max(len(names), 1)
        rows = pl.int_range(places.height, eager=True) // max(each, 1)
        places = with_metadata(places, documents, rows, metadata)
    return Map(
        dimensions,
        places,
        pl.DataFrame(schema=FEATURE_COORDINATES)
        if features is None
        else _long(features, words, FEATURE_COORDINATES),
    )


def _mapped(dfm: object, kind: str, dimensions: int, metadata: Metadata) -> Map:
    if not isinstance(dfm, (Dfm, WeightedDfm)):
        raise DataTypeError(f"`dfm` must be a Dfm or a WeightedDfm; got {type(dfm).__name__}")
    dimensions = require_whole(dimensions, argument="dimensions", least=1)
    parts = _core.map_documents(dfm._core, kind, dimensions)
    documents = dfm.documents
    return _map(
        parts, documents.get_column("doc_id"), dfm.features.get_column("feature"), documents, metadata
    )


def mds(
    data: Dfm | WeightedDfm | pl.DataFrame,
    *,
    method: DistanceMethod = "jensen_shannon_metric",
    dimensions: int = 2,
    margin: Literal["documents", "features"] = "documents",
    power: float = 2.0,
    smoothing: float | None = None,
    metadata: Metadata = True,
) -> Map:
    """Classical multidimensional scaling: points whose distances on paper come near the given ones.

    Parameters
    ----------
    data, method, margin, power, smoothing
        As for :func:`cluster`.
    dimensions
        So many at most; dimensions with eigenvalues of 0 or less are never returned.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.

    Returns
    -------
    Map
        ``share`` is of the sum of all eigenvalues, negative ones included. In each dimension the leaf with the
        greatest absolute coordinate is positive.

    Notes
    -----
    Torgerson (1952), *Psychometrika* 17; Gower (1966), *Biometrika* 53.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> line = pl.DataFrame({"a": ["x", "x", "y"], "b": ["y", "z", "z"], "distance": [1.0, 3.0, 2.0]})
    >>> dz.mds(line, dimensions=1).documents["coordinate"].round(3).to_list()
    [-1.333, -0.333, 1.667]
    """
    dimensions = require_whole(dimensions, argument="dimensions", least=1)
    names, condensed = _condensed(data, method, margin, power, smoothing)
    parts = _core.scale_distances(len(names), condensed, dimensions)
    return _map(parts, names, None, _documents(data, margin), metadata)


def pca(
    dfm: Dfm | WeightedDfm, *, dimensions: int = 2, scale: bool = False, metadata: Metadata = True
) -> Map:
    """Principal components of the documents over their features.

    Parameters
    ----------
    dfm
        Best a matrix of shares or tf-idf: on counts the first component is the length of documents.
    dimensions
        So many at most.
    scale
        Divide each feature by its standard deviation (n - 1), which makes rare words as heavy as frequent ones.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.

    Returns
    -------
    Map
        Documents at their scores, features at their loadings (unit vectors); eigenvalues are variances (n - 1).
        In each dimension the document with the greatest absolute score is positive.

    Examples
    --------
    >>> import duizhao as dz
    >>> docs = dz.clean(dz.demo.read(), script="simplified")
    >>> dz.pca(dz.tokens(docs).dfm().weight("prop")).dimensions.columns
    ['dimension', 'eigenvalue', 'share', 'cumulative_share']
    """
    return _mapped(dfm, "pca_scaled" if require_flag(scale, "scale") else "pca", dimensions, metadata)


def lsa(dfm: Dfm | WeightedDfm, *, dimensions: int = 10, metadata: Metadata = True) -> Map:
    """Latent semantic analysis: the truncated singular value decomposition of the matrix, not centred.

    Parameters
    ----------
    dfm
        Counts or, as usual, tf-idf (``dz.tfidf_matrix``).
    dimensions
        So many at most.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.

    Returns
    -------
    Map
        Documents at U * S, features at V; eigenvalues are squared singular values. In each dimension the document
        with the greatest absolute coordinate is positive. The first dimension mostly says how long or typical
        a document is.

    Notes
    -----
    Deerwester et al. (1990), *JASIS* 41(6).

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 3), ("b", "党建", 4)]
    >>> dfm = dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))
    >>> dz.lsa(dfm).dimensions["eigenvalue"].round(6).to_list()
    [25.0]
    """
    return _mapped(dfm, "lsa", dimensions, metadata)


def correspondence(dfm: Dfm | WeightedDfm, *, dimensions: int = 2, metadata: Metadata = True) -> Map:
    """Correspondence analysis: documents and features on one map of chi-squared distances.

    Parameters
    ----------
    dfm
        Counts.
    dimensions
        So many at most.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.

    Returns
    -------
    Map
        Principal coordinates of documents and features; eigenvalues are inertias (squared singular values),
        ``share`` is of the total inertia X^2 / N. Empty documents and features that do not occur are null and
        change nothing. Divide a coordinate by the root of its eigenvalue for standard coordinates.

    Notes
    -----
    Greenacre (2017), *Correspondence Analysis in Practice*. Rare features lie far out and weigh little: read them
    with their counts.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 3), ("a", "经济", 1), ("b", "党建", 1), ("b", "经济", 3)]
    >>> dfm = dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))
    >>> dz.correspondence(dfm).dimensions["eigenvalue"].round(6).to_list()
    [0.25]
    """
    return _mapped(dfm, "correspondence", dimensions, metadata)
