"""Document-feature matrices: how often each document uses each feature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from .._base.checks import require_instance, require_number, require_whole, require_word
from .._base.frames import require_columns, require_doc_ids, require_text
from .._base.groups import evaluate, groups_of, numbers
from .._base.stored import table
from .._core import Dfm as _CoreDfm
from .._core import WeightedDfm as _CoreWeightedDfm
from .._core import tfidf_matrix as _tfidf_matrix
from ..dictionaries.dictionary import Dictionary
from ..errors import DataError, DataTypeError, ParameterError
from .idf import Idf, IdfScheme, Norm, Preset, Tf, Unseen, prepared_tfidf
from .matrix import DocumentMatrix

if TYPE_CHECKING:
    pass


__all__ = ["Dfm", "WeightedDfm"]

#: What a count becomes: see :meth:`Dfm.weight`.
Weighting = Literal["prop", "propmax", "logcount", "augmented", "logave", "boolean"]
#: Units of the bounds of :meth:`Dfm.trim`.
Unit = Literal["count", "proportion", "rank", "quantile"]


class WeightedDfm(DocumentMatrix):
    """A document-feature matrix of weights; made by :meth:`Dfm.weight` and :meth:`Dfm.tfidf`.

    A weighted matrix cannot be weighted again: counts and weights are different types.
    """

    __slots__ = ()
    _core: _CoreWeightedDfm

    @classmethod
    def _restore(cls, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> WeightedDfm:
        documents = table(frames, "documents", "doc_id")
        cells = table(frames, "cells", "document", "feature", "weight")
        core = _CoreWeightedDfm.from_cells(
            table(frames, "features", "feature").get_column("feature"),
            documents.height,
            cells.get_column("document"),
            cells.get_column("feature"),
            cells.get_column("weight"),
        )
        return cls._of(core, documents)


class Dfm(DocumentMatrix):
    """Counts of features by document: a sparse matrix with names and marginals. Immutable, picklable.

    Make one with :func:`dfm` or :meth:`Dfm.from_counts`. Columns are in the code-point order of the features.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 2), ("a", "工作", 1), ("b", "工作", 4)]
    >>> counts = pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    >>> d = dz.Dfm.from_counts(counts)
    >>> d
    Dfm(2 documents × 2 features, 25.0% zeros; 7 tokens)
    >>> d.features.rows()
    [('党建', 2, 1), ('工作', 5, 2)]
    >>> d.trim(min_doc_freq=2).to_frame().rows()
    [('a', '工作', 1), ('b', '工作', 4)]
    """

    __slots__ = ()
    _core: _CoreDfm

    def _summary(self) -> str:
        return f"{super()._summary()}; {self._core.total:,} tokens"

    @property
    def n_tokens(self) -> int:
        """Number of tokens counted, that is the sum of all counts."""
        return int(self._core.total)

    @property
    def documents(self) -> pl.DataFrame:
        """``doc_id``, ``n_tokens`` and ``n_types``, then the metadata; one row a document, in order."""
        import numpy as np

        types = pl.Series("n_types", np.diff(self._core.arrays()[0]), dtype=pl.Int64)
        rest = self._documents.drop("doc_id", "n_tokens", "n_types", strict=False).get_columns()
        return pl.DataFrame([self._ids, self._core.row_sums().alias("n_tokens"), types, *rest])

    @property
    def features(self) -> pl.DataFrame:
        """``feature``, ``count`` and ``doc_freq``, one row a feature, in code-point order."""
        return super().features

    @classmethod
    def from_counts(cls, counts: pl.DataFrame, *, documents: pl.DataFrame | None = None) -> Dfm:
        """Build from a long frame of counts, such as another tool's.

        Parameters
        ----------
        counts
            Columns ``doc_id``, ``feature`` (String) and ``count`` (integers of at least 0). Rows that name
            the same document and feature are added; zeros make no cell, but their feature and document
            exist.
        documents
            ``doc_id`` and metadata; says the order of documents and may name documents without counts.
            Without it the documents come in the order of their first row.

        Raises
        ------
        MissingColumnError, DataTypeError, DataError
            For a missing column, a wrong dtype, nulls, negative counts, or a document that ``documents``
            lacks.
        """
        require_instance(counts, pl.DataFrame, argument="counts", allowed="a polars DataFrame")
        require_columns(counts, "doc_id", "feature", "count", argument="counts")
        names = require_text(counts, "feature", argument="counts")
        value = counts.get_column("count")
        if not value.dtype.is_integer() and not (value.dtype == pl.Null and value.is_empty()):
            raise DataTypeError(f"column 'count' of `counts` must hold integers; got {value.dtype}")
        if value.null_count() or (value.len() and value.min() < 0):  # type: ignore[operator]
            raise DataError(
                "column 'count' of `counts` must hold integers of at least 0; got nulls or negative ones"
            )
        ids = counts.get_column("doc_id")
        if ids.null_count():
            raise DataError(
                f"column 'doc_id' of `counts` must be without nulls; got {ids.null_count()} of them"
            )
        if documents is None:
            documents = pl.DataFrame({"doc_id": ids.unique(maintain_order=True)})
        else:
            require_instance(documents, pl.DataFrame, argument="documents", allowed="a polars DataFrame")
            require_doc_ids(documents, argument="documents")
        rows = _places(ids, documents.get_column("doc_id"), argument="counts")
        # Code-point order: polars orders strings by their bytes, which in UTF-8 is the same.
        features = names.unique().sort()
        core = _CoreDfm.from_cells(
            features.alias("feature"),
            documents.height,
            rows,
            _places(names, features, argument="counts"),
            value.cast(pl.UInt64),
        )
        return cls._of(core, _with_id_first(documents))

    @classmethod
    def _restore(cls, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> Dfm:
        documents = table(frames, "documents", "doc_id")
        cells = table(frames, "cells", "document", "feature", "count")
        core = _CoreDfm.from_cells(
            table(frames, "features", "feature").get_column("feature"),
            documents.height,
            cells.get_column("document"),
            cells.get_column("feature"),
            cells.get_column("count").cast(pl.UInt64),
        )
        return cls._of(core, documents)

    def trim(
        self,
        *,
        min_count: float | None = None,
        max_count: float | None = None,
        min_doc_freq: float | None = None,
        max_doc_freq: float | None = None,
        count_unit: Unit = "count",
        doc_freq_unit: Unit = "count",
    ) -> Dfm:
        """Return only the features within all bounds, which are inclusive; features that do not occur
        always go.

        Parameters
        ----------
        min_count, max_count
            Bounds of the total count of a feature.
        min_doc_freq, max_doc_freq
            Bounds of the number of documents that have it.
        count_unit, doc_freq_unit
            ``"count"``: the number itself. ``"proportion"``: a share of all tokens, of all documents.
            ``"rank"``: place from the most frequent down, ties sharing the best place; ``min_count=50``
            keeps places 1 to 50 with ties, ``max_count=50`` place 50 and all behind. ``"quantile"``: the
            figure at that share of the features.

        Notes
        -----
        The units are those of quanteda's ``dfm_trim`` and give its figures.
        """
        words = ("count", "proportion", "rank", "quantile")
        require_word(count_unit, words, argument="count_unit")
        require_word(doc_freq_unit, words, argument="doc_freq_unit")
        least, most, least_freq, most_freq = (
            None if value is None else require_number(value, name)
            for name, value in (
                ("min_count", min_count),
                ("max_count", max_count),
                ("min_doc_freq", min_doc_freq),
                ("max_doc_freq", max_doc_freq),
            )
        )
        core = self._core.trim(least, most, count_unit, least_freq, most_freq, doc_freq_unit)
        return Dfm._of(core, self._documents)

    def group(self, by: str | pl.Expr | Sequence[str | pl.Expr]) -> Dfm:
        """Return a matrix with one row a group of documents, their counts added.

        Parameters
        ----------
        by
            A column of :attr:`documents`, several, or an expression over them.

        Returns
        -------
        Dfm
            Groups in ascending order. ``doc_id`` is the value of the group (of several columns: their
            values joined by ``"/"``); documents without a value are left out, with a warning; the documents frame holds the columns grouped by and ``n_documents``.

        Raises
        ------
        MissingColumnError, DataTypeError, ParameterError
            No such column; values that cannot name groups; no column at all.
        """
        groups = groups_of(self.documents, by)
        single = groups.values.width == 1
        ids = groups.values.to_series() if single else pl.Series(groups.labels("/"), dtype=pl.String)
        labels = groups.values.drop("doc_id", strict=False)
        documents = labels.with_columns(groups.sizes.alias("n_documents")).insert_column(
            0, ids.alias("doc_id")
        )
        kept = self._core
        if groups.numbers.null_count():
            kept = kept.select_documents(numbers(groups.numbers.is_not_null().arg_true()))
        return Dfm._of(kept.group(groups.numbers.drop_nulls(), documents.height), documents)

    def lookup(self, dictionary: Dictionary, *, depth: int | None = None) -> Dfm:
        """Count the categories of a dictionary in place of the features.

        An entry matches whole features, as in :meth:`select`; one that holds white space (a phrase) matches
        none. A feature counts once in each category that it belongs to. Exclusions, contexts, negation and
        variants need text and are not looked at: see :func:`duizhao.lookup`.

        Parameters
        ----------
        dictionary
            The categories.
        depth
            Number of levels to keep, from the outermost; by default all.

        Returns
        -------
        Dfm
            One feature a category (levels joined by ``.``), also for categories that nothing matches;
            documents stay as they are.

        Raises
        ------
        DataTypeError, ParameterError
            No dictionary; a `depth` that is no whole number of at least 1.

        Examples
        --------
        >>> import duizhao as dz
        >>> d = dz.Dictionary({"上": {"党": ["党*"]}, "下": ["居民"]})
        >>> dz.dfm(dz.tokens([["党委", "党组", "居民"]])).lookup(d).to_frame().rows()
        [('doc1', '上.党', 2), ('doc1', '下', 1)]
        """
        require_instance(dictionary, Dictionary, argument="dictionary", allowed="a dz.Dictionary")
        if depth is not None:
            depth = require_whole(depth, "depth", 1)
        levels = pl.col("levels") if depth is None else pl.col("levels").list.head(depth)
        entries = dictionary.to_frame().select(levels.list.join(".").alias("category"), "entry")
        kind = "glob" if dictionary.options["glob"] else "fixed"
        folded = bool(dictionary.options["case_insensitive"])
        names = self.features.get_column("feature")
        parts = []
        for (category,), group in entries.group_by("category", maintain_order=True):
            words = [w for w in group.get_column("entry") if not any(c.isspace() for c in w)]
            ids = self._core.match_features(words, kind, folded) if words else pl.Series([], dtype=pl.UInt32)
            feature = names.gather(ids.unique()).alias("feature")
            parts.append(feature.to_frame().with_columns(pl.lit(str(category)).alias("category")))
        matched = (
            pl.concat(parts) if parts else pl.DataFrame(schema={"feature": pl.String, "category": pl.String})
        )
        found = self.to_frame().join(matched, on="feature", maintain_order="left")
        counts = found.select("doc_id", pl.col("category").alias("feature"), "count")
        if self.shape[0]:
            first = pl.DataFrame({"feature": entries.get_column("category").unique(maintain_order=True)})
            first = first.with_columns(pl.lit(self._ids[0], dtype=self._ids.dtype).alias("doc_id"))
            counts = pl.concat(
                [counts, first.select("doc_id", "feature", pl.lit(0, pl.Int64).alias("count"))]
            )
        documents = self.documents.drop("n_tokens", "n_types", strict=False)
        return Dfm.from_counts(counts, documents=documents)

    def merge(self, *others: Dfm) -> Dfm:
        """Add matrices: the counts of a document that occurs in several are summed, features are those of
        all.

        The order of merging does not matter, for the result has its documents in ascending order of
        ``doc_id``. Metadata columns are those of all; a document that occurs in several must not contradict
        itself.

        Raises
        ------
        DataTypeError
            Something that is not a Dfm, or ``doc_id`` of another dtype.
        DataError
            A document with different metadata in two matrices.
        """
        parts = [self, *(require_instance(o, Dfm, argument="others", allowed="Dfm") for o in others)]
        dtypes = {part._ids.dtype for part in parts}
        if len(dtypes) > 1:
            raise DataTypeError(
                f"`others` must have `doc_id` of the same dtype; got {', '.join(sorted(map(str, dtypes)))}"
            )
        documents = _merged_documents([part._documents for part in parts])
        rows = [_places(part._ids, documents.get_column("doc_id"), argument="others") for part in parts]
        return Dfm._of(_CoreDfm.merge([part._core for part in parts], rows, documents.height), documents)

    def weight(self, scheme: Weighting, *, base: float | None = None, k: float | None = None) -> WeightedDfm:
        """Return the counts under a weighting scheme.

        Parameters
        ----------
        scheme
            With ``c`` the count, ``n`` the sum and ``m`` the maximum of the document's counts, ``v`` its
            number of features: ``"prop"`` c / n; ``"propmax"`` c / m; ``"logcount"`` 1 + log c;
            ``"augmented"`` k + (1 - k) c / m; ``"logave"`` (1 + log c) / (1 + log(n / v)); ``"boolean"`` 1.
        base
            Base of the logarithm, above 1; e if not given (quanteda's default is 10).
        k
            Parameter of ``"augmented"``, from 0 to 1; 0.5 if not given.

        Raises
        ------
        ParameterError
            An unknown scheme, or a parameter out of range or without meaning for the scheme.
        """
        words = ("prop", "propmax", "logcount", "augmented", "logave", "boolean")
        require_word(scheme, words, argument="scheme")
        if base is not None and scheme not in ("logcount", "logave"):
            raise ParameterError(
                f"`base` must be None for the scheme {scheme!r}, which has no logarithm; got {base!r}"
            )
        if k is not None and scheme != "augmented":
            raise ParameterError(f"`k` must be None for the scheme {scheme!r}; got {k!r}")
        return WeightedDfm._of(self._core.weigh(scheme, base, k), self._documents)

    def tfidf(
        self,
        *,
        tf: Tf | None = None,
        idf: IdfScheme | Idf | None = None,
        preset: Preset | None = None,
        by: str | pl.Expr | None = None,
        base: float | None = None,
        smoothing: float | None = None,
        k: float | None = None,
        add: float | None = None,
        tf_k: float | None = None,
        norm: Norm | None = None,
        unseen: Unseen | None = None,
    ) -> WeightedDfm:
        """Return the tf-idf as a matrix.

        Options as for :func:`duizhao.tfidf`. Undefined and zero weights make no cell.
        """
        options = {
            "tf": tf, "preset": preset, "base": base, "smoothing": smoothing, "k": k, "add": add,
            "tf_k": tf_k, "norm": norm, "unseen": unseen,
        }  # fmt: skip
        fitted, wishes = prepared_tfidf(idf, options)
        matrix = self if by is None else self.group(by)
        return WeightedDfm._of(_tfidf_matrix(matrix._core, fitted, wishes), matrix._documents)

    def top(self, n: int = 10, *, by: str | pl.Expr | None = None) -> pl.DataFrame:
        """Return the most frequent features, of all documents or of each group.

        Returns
        -------
        polars.DataFrame
            ``feature``, ``count``, ``doc_freq``, by descending count, ties in code-point order; with ``by``
            the group comes first, and ``doc_freq`` counts documents of the group.
        """
        n = require_whole(n, "n", 1)
        if by is None:
            return self.features.sort(["count", "feature"], descending=[True, False]).head(n)
        groups = evaluate(self.documents, by, argument="by")
        name = by if isinstance(by, str) else by.meta.output_name(raise_if_undetermined=False) or "group"
        if name in ("feature", "count", "doc_freq"):
            raise ParameterError(f"`by` must not be called {name!r}, which is a column of the result")
        cells: pl.DataFrame = self._core.cells()
        top = (
            cells.with_columns(groups.gather(cells.get_column("document")).alias("__group"))
            .group_by("__group", "feature")
            .agg(pl.col("count").sum(), pl.len().cast(pl.Int64).alias("doc_freq"))
            .sort(["__group", "count", "feature"], descending=[False, True, False])
            .group_by("__group", maintain_order=True)
            .head(n)
        )
        names = self.features.get_column("feature").gather(top.get_column("feature"))
        return top.select(pl.col("__group").alias(name), names, "count", "doc_freq")


def _with_id_first(documents: pl.DataFrame) -> pl.DataFrame:
    return documents.select("doc_id", pl.all().exclude("doc_id"))


def _places(values: pl.Series, among: pl.Series, *, argument: str) -> pl.Series:
    """Where each value stands among distinct ones."""
    if values.dtype == pl.Null:
        values = values.cast(among.dtype)
    try:
        places = (
            values.alias("value")
            .to_frame()
            .join(
                among.alias("value").to_frame().with_row_index("place"),
                on="value",
                how="left",
                maintain_order="left",
            )
            .get_column("place")
        )
    except pl.exceptions.PolarsError as error:
        raise DataTypeError(
            f"`{argument}` must have values of dtype {among.dtype}; got {values.dtype}"
        ) from error
    if places.null_count():
        unknown = values.filter(places.is_null()).unique(maintain_order=True).head(5).to_list()
        raise DataError(
            f"`{argument}` must name documents that `documents` holds; got {', '.join(map(repr, unknown))}"
        )
    return numbers(places)


def _merged_documents(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Documents of all frames, in ascending order of ``doc_id``, with the metadata of all."""
    try:
        rows = pl.concat(frames, how="diagonal")
    except pl.exceptions.PolarsError as error:
        raise DataTypeError(f"`others` must have metadata columns of the same dtypes; {error}") from error
    columns = sorted(name for name in rows.columns if name != "doc_id")
    # A value contradicts another one, but not its absence.
    known = rows.group_by("doc_id").agg(pl.col(c).drop_nulls().unique() for c in columns)
    for column in columns:
        twice = known.filter(pl.col(column).list.len() > 1).get_column("doc_id").sort()
        if twice.len():
            raise DataError(
                f"`others` must agree on {column!r} of a document; these differ: {twice.head(5).to_list()}"
            )
    return known.select("doc_id", *(pl.col(c).list.first() for c in columns)).sort("doc_id")
