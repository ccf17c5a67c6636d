"""How many claims, of what sort, and how sure: rates by document and shares by group."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_word, warn
from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_ids_of, require_plain, require_text
from .._base.groups import evaluate
from .._base.inference import Inference, drawing, require_inference
from .._base.metadata import Metadata, with_group_metadata, with_metadata
from .._base.schema import with_doc_id
from ..errors import DataError
from ._schema import CLAIM_RATES, CLAIM_SHARES, CLAIMS

__all__ = ["Facet", "claim_rates", "claim_shares"]

#: Columns that no other frame has: documents or slogans are not counted as claims.
_OF_CLAIMS = ("number_text", "value")

#: Columns that :func:`claim_shares` shares out.
Facet = Literal["category", "kind", "direction", "hedged", "unit_normalised"]


def claim_rates(
    claims: pl.DataFrame,
    docs: Documents,
    *,
    inference: Inference | bool | None = None,
    text: str = "text",
    metadata: Metadata = True,
) -> pl.DataFrame:
    """Claims per 1,000 characters of each document, with the exact Poisson interval.

    Parameters
    ----------
    claims
        What :func:`duizhao.claims` found in `docs`, or rows of it (``claims.filter(pl.col("kind") == "norm")``).
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Those in which the claims were
        found.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        Nothing is drawn, since each document stands for itself: only its level is read, that of the exact interval.
    text
        The column of texts.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.

    Returns
    -------
    DataFrame
        One row a document, in the order of `docs`: ``doc_id``, ``claims``, ``chars`` (characters that are not white
        space), ``rate_per_1000_chars``, ``rate_per_1000_chars_exact_low``, ``rate_per_1000_chars_exact_high``. The interval is that of Garwood (1936, *Biometrika*
        28, 437–442) for one document's count; it says nothing about other documents. The rate of an empty document is null.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        Columns that lack, hold something else, or claims of documents that are not in `docs`.
    ParameterError
        An ``Inference`` that draws.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["办理提案20件。", "春天来了。"]})
    >>> dz.claim_rates(dz.claims(docs), docs).select("doc_id", "claims", "chars").rows()
    [('a', 1, 8), ('b', 0, 5)]
    """
    require_instance(claims, pl.DataFrame, argument="claims", allowed="a frame that dz.claims made")
    require_columns(claims, "doc_id", *_OF_CLAIMS, argument="claims")
    alone = "a document is compared with no other, and its claims are no sample"
    without = dict.fromkeys(("permutations", "resamples", "blocks"), alone)
    level = require_inference(inference, without=without, exact=True).level
    docs = frame_of(docs, text)
    ids = docs.get_column("doc_id")
    texts = require_text(docs, text)
    require_ids_of(claims, ids, argument="claims")
    unknown = (
        claims.get_column("doc_id")
        .unique()
        .filter(~claims.get_column("doc_id").unique().is_in(ids.implode()))
    )
    if unknown.len():
        raise DataError(
            f"`claims` must be of documents in `docs`; not there: {unknown.sort().head(5).to_list()!r}"
        )
    counts = claims.group_by("doc_id").len("claims")
    frame = (
        pl.DataFrame({"doc_id": ids, "chars": texts.str.replace_all(r"\s", "").str.len_chars()})
        .join(counts, on="doc_id", how="left", maintain_order="left")
        .with_columns(pl.col("claims").fill_null(0).cast(pl.Int64))
    )
    bounds = _core.poisson_intervals(frame.get_column("claims").cast(pl.UInt64), level)
    scale = pl.when(pl.col("chars") > 0).then(1000.0 / pl.col("chars"))
    frame = frame.with_columns(
        (pl.col("claims") * scale).alias("rate_per_1000_chars"),
        (bounds.get_column("low") * scale).alias("rate_per_1000_chars_exact_low"),
        (bounds.get_column("high") * scale).alias("rate_per_1000_chars_exact_high"),
    )
    schema = with_doc_id(CLAIM_RATES, ids.dtype)
    fixed = frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
    return with_metadata(fixed, docs, pl.int_range(fixed.height, eager=True), metadata, text=text)


def claim_shares(
    claims: pl.DataFrame,
    facet: Facet = "category",
    *,
    by: str | pl.Expr | None = None,
    inference: Inference | bool | None = None,
    metadata: Metadata = True,
) -> pl.DataFrame:
    """Shares of the sorts of claims in each group, with a bootstrap interval over documents.

    Parameters
    ----------
    claims
        What :func:`duizhao.claims` found, with the metadata that `by` names.
    facet
        What to share out: ``"category"`` (what is counted), ``"kind"`` (achievement against duty), ``"direction"`` (which
        way numbers are hedged), ``"hedged"`` (whether they are: every direction but ``exact`` and every range),
        ``"unit_normalised"``.
    by
        A column of `claims` that makes groups, or an expression over it; without it all claims are one (``"all"``). Claims
        without a value are left out, with a warning.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        An interval of each share, from documents drawn again within each group; there are no permutations. ``blocks`` is
        a column of `claims` that is the same in all rows of a document.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those that are the same throughout each group; without `by` there are none.

    Returns
    -------
    DataFrame
        One row a group and value of the facet, by the value of the group, then falling share, then value: ``group``, ``value``, ``claims``,
        ``total``, ``documents``, ``share``, ``share_bootstrap_low``, ``share_bootstrap_high`` (interval of the ratio of sums; null
        without resamples, for a group of fewer than three documents, and where all of a group's documents have the value, or none). Documents without a claim have no share and are not drawn.

    Raises
    ------
    MissingColumnError, ParameterError
        A column that lacks; an unknown facet; an ``Inference`` with permutations.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["办理提案20余件，投入500万元。", "走访群众300人。"]})
    >>> dz.claim_shares(dz.claims(docs), "hedged").select("value", "claims", "share").rows()[0][:2]
    ('exact', 2)
    """
    require_instance(claims, pl.DataFrame, argument="claims", allowed="a frame that dz.claims made")
    require_word(facet, get_args(Facet), argument="facet")
    column = "direction" if facet == "hedged" else facet
    require_columns(claims, "doc_id", *_OF_CLAIMS, column, argument="claims")
    without = {"permutations": "a share is that of one group, and compares no documents"}
    wanted = require_inference(inference, without=without)
    groups = (
        pl.repeat("all", claims.height, dtype=pl.String, eager=True)
        if by is None
        else evaluate(claims, by, argument="by")
    )
    require_plain(groups, argument="by")
    if groups.null_count():
        ids = claims.get_column("doc_id")
        n = ids.filter(groups.is_null()).n_unique()
        warn(f"{n} of {ids.n_unique()} documents have no value for `by` in {groups.null_count()} claims, "
             "which are left out")  # fmt: skip
    kind = (
        pl.when(pl.col("direction") == "exact").then(pl.lit("exact")).otherwise(pl.lit("hedged"))
        if facet == "hedged"
        else pl.col(column)
    )
    rows = claims.with_columns(groups.alias("__group"), kind.cast(pl.String).alias("__value"))
    rows = rows.drop_nulls(["__group", "__value"])
    out = [
        _group(rows.filter(pl.col("__group") == value), name, wanted)
        for value, name in _values(rows.get_column("__group"))
    ]
    found = pl.concat([pl.DataFrame(schema=CLAIM_SHARES), *out])
    if by is None:
        return found
    names = groups.cast(pl.String)
    number = {name: i for i, name in enumerate(names.unique().drop_nulls().sort())}
    of_claims, of_rows = (
        pl.Series([number.get(name) for name in column], dtype=pl.UInt32)
        for column in (names, found.get_column("group"))
    )
    # Whatever the claims carry behind their own columns came with their documents.
    documents = claims.select("doc_id", pl.exclude("doc_id", *CLAIMS.names()))
    return with_group_metadata(found, documents, of_claims, of_rows, metadata)


def _values(groups: pl.Series) -> list[tuple[object, str]]:
    """The values of the groups in their order, and their names."""
    kinds = groups.unique().sort()
    return list(zip(kinds.to_list(), kinds.cast(pl.String).to_list(), strict=True))


def _group(rows: pl.DataFrame, name: str, inference: Inference) -> pl.DataFrame:
    """The rows of one group."""
    # Replicates are numbered, so the order of documents must not depend on that of the rows.
    documents = rows.unique("doc_id", keep="first", maintain_order=True).sort("doc_id")
    table = (
        rows.select("doc_id", value="__value")
        .pivot("value", index="doc_id", values="value", aggregate_function="len")
        .fill_null(0)
        .sort("doc_id")
    )
    words = sorted(c for c in table.columns if c != "doc_id")
    counts = table.select(words)
    sums = [int(counts.get_column(name).sum()) for name in words]
    flat = [int(v) for row in counts.iter_rows() for v in row]
    how = drawing(inference, documents, sorted=True)
    found = _core.claim_shares(flat, len(words), inference=how)
    made = pl.DataFrame(
        {
            "group": [name] * len(words),
            "value": words,
            "claims": sums,
            "total": [sum(sums)] * len(words),
            "documents": [table.height] * len(words),
            "share": found.get_column("share"),
            "share_bootstrap_low": found.get_column("lower"),
            "share_bootstrap_high": found.get_column("upper"),
        },
        schema=CLAIM_SHARES,
    )
    return made.sort("share", "value", descending=[True, False])
