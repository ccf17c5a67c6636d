"""Tf-idf: how much a feature says about a document, with the conventions of other tools by name."""

from __future__ import annotations

import polars as pl

from .._base.checks import require_instance
from .._base.metadata import Metadata, with_metadata
from .._base.schema import with_doc_id
from .._core import Idf as _CoreIdf
from .._core import tfidf_frame as _tfidf_frame
from ._schema import TFIDF
from .dfm import Dfm, WeightedDfm
from .idf import Idf, IdfScheme, Norm, Preset, Tf, Unseen, prepared_tfidf, tfidf_wishes

__all__ = ["fit_idf", "tfidf", "tfidf_matrix"]


def fit_idf(
    dfm: Dfm,
    *,
    idf: IdfScheme | None = None,
    preset: Preset | None = None,
    base: float | None = None,
    smoothing: float | None = None,
    k: float | None = None,
    add: float | None = None,
) -> Idf:
    """Learn from a matrix how rare its features are.

    Parameters
    ----------
    dfm
        The collection; a grouped matrix counts groups instead of documents.
    idf
        The formula, with ``N`` documents and document frequency ``df``:

        ========================= ============================================================
        ``"inverse"`` (default)   ``add + log(smoothing + N / (k + df))``
        ``"smooth"``              ``add + log((1 + N) / (1 + df))``
        ``"max"``                 ``add + log(smoothing + max df / (k + df))``
        ``"probabilistic"``       ``add + max(0, log((N - df) / (k + df)))``
        ``"bm25"``                ``add + log((N - df + 0.5) / (df + 0.5))``, negative where df > N/2
        ``"unary"``               1
        ========================= ============================================================
    preset
        The defaults of another tool; see :func:`tfidf`.
    base, smoothing, k, add
        Parameters of the formula: base e, and 0 for the others, unless the preset says otherwise.

    Returns
    -------
    Idf
        To be passed to :func:`tfidf` with other documents.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> counts = pl.DataFrame({"doc_id": [1, 1, 2], "feature": ["党建", "工作", "工作"], "count": [2, 1, 4]})
    >>> dz.fit_idf(dz.Dfm.from_counts(counts), base=2).to_frame().rows()
    [('党建', 1, 1.0), ('工作', 2, 0.0)]
    """
    require_instance(dfm, Dfm, argument="dfm", allowed="a Dfm of counts")
    wishes = tfidf_wishes(idf=idf, preset=preset, base=base, smoothing=smoothing, k=k, add=add)
    return Idf._of(_CoreIdf.fit(dfm._core, wishes))


def tfidf(
    dfm: Dfm,
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
    metadata: Metadata = False,
) -> pl.DataFrame:
    """Score how much each feature says about each document.

    Parameters
    ----------
    dfm
        Counts. A weighted matrix is refused: it would be weighted twice.
    tf
        Weight within the document: the count itself, or a scheme of :meth:`Dfm.weight`.
    idf
        A formula of :func:`fit_idf`, fitted on ``dfm`` itself (default ``"inverse"``: ``ln(N / df)``), or an
        :class:`Idf` that was fitted before.
    preset
        The defaults of another tool; whatever else is given goes before it.

        ============== ===================================================================================
        ``"sklearn"``  ``c · (ln((1 + N) / (1 + df)) + 1)``, L2 (``TfidfTransformer``)
        ``"quanteda"`` ``c · log10(N / df)`` (``dfm_tfidf``)
        ``"gensim"``   ``c · log2(N / df)``, L2; weights of 0 have no row (``TfidfModel``)
        ``"tidytext"`` ``c / n · ln(N / df)`` (``bind_tf_idf``)
        ``"jieba"``    ``c / n · idf`` with a table of your own (``Idf.from_frame``); a word that is not in
                       it gets the median; without a table ``ln(N / df)``
        ============== ===================================================================================
    by
        A column of the documents, or an expression over it: the documents of a group are added first, and ``N`` and
        ``df`` count groups.
    base
        Base of all logarithms, of tf as of idf (for a fitted idf of tf only); e unless the preset says
        otherwise.
    smoothing, k, add
        Parameters of the idf formula.
    tf_k
        ``k`` of ``tf="augmented"``.
    norm
        Scales each document's weights: ``"l1"`` to the sum 1, ``"l2"`` to the length 1.
    unseen
        Features that a fitted idf does not know: ``"null"`` (default) keeps the row without a score,
        ``"drop"`` leaves it out, ``"median"`` and ``"max"`` take that value of the known ones. The count of
        such a feature stays part of its document's sum.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Off by default, since there is a row for every count. Groups have what they were made of and ``n_documents``.

    Returns
    -------
    polars.DataFrame
        ``doc_id, feature, freq, tf, idf, tfidf``: one row a count, documents in their order, each from the
        greatest tf-idf down (nulls last), ties in code-point order.

    Raises
    ------
    DataTypeError, ParameterError
        Something else than a Dfm; an unknown word or a number out of range.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("a", "党建", 2), ("a", "工作", 1), ("b", "工作", 4)]
    >>> counts = pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    >>> dz.tfidf(dz.Dfm.from_counts(counts), base=2).rows()
    [('a', '党建', 2, 2.0, 1.0, 2.0), ('a', '工作', 1, 1.0, 0.0, 0.0), ('b', '工作', 4, 4.0, 0.0, 0.0)]
    """
    options = {
        "tf": tf, "preset": preset, "base": base, "smoothing": smoothing, "k": k, "add": add,
        "tf_k": tf_k, "norm": norm, "unseen": unseen,
    }  # fmt: skip
    require_instance(
        dfm, Dfm, argument="dfm", allowed="a Dfm of counts (a weighted matrix cannot be weighted again)"
    )
    fitted, wishes = prepared_tfidf(idf, options)
    dfm = dfm if by is None else dfm.group(by)
    rows: pl.DataFrame = _tfidf_frame(dfm._core, fitted, wishes)
    ids = dfm._ids
    found = pl.DataFrame(
        {
            "doc_id": ids.gather(rows.get_column("document")),
            "feature": dfm.features.get_column("feature").gather(rows.get_column("feature")),
            **{name: rows.get_column(name) for name in ("freq", "tf", "idf", "tfidf")},
        },
        schema=with_doc_id(TFIDF, ids.dtype),
    )
    return with_metadata(found, dfm.documents, rows.get_column("document"), metadata)


def tfidf_matrix(
    dfm: Dfm,
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
    """Return what :func:`tfidf` computes as a matrix; undefined weights and weights of 0 make no cell."""
    require_instance(
        dfm, Dfm, argument="dfm", allowed="a Dfm of counts (a weighted matrix cannot be weighted again)"
    )
    return dfm.tfidf(
        tf=tf, idf=idf, preset=preset, by=by, base=base, smoothing=smoothing, k=k, add=add, tf_k=tf_k,
        norm=norm, unseen=unseen,
    )  # fmt: skip
