"""How many claims, of what sort, and how sure: rates by document and shares by group."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_level, require_word
from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_ids_of, require_text
from .._base.schema import with_doc_id
from ..errors import DataError, ParameterError
from ._schema import CLAIM_RATES, CLAIM_SHARES

__all__ = ["Facet", "claim_rates", "claim_shares"]

#: Columns that :func:`claim_shares` shares out.
Facet = Literal["category", "kind", "direction", "hedged", "unit_normalised"]


def claim_rates(
    claims: pl.DataFrame, docs: Documents, *, level: float = 0.95, text: str = "text"
) -> pl.DataFrame:
    """Claims per 1,000 characters of each document, with the exact Poisson interval.

    Parameters
    ----------
    claims
        What :func:`duizhao.claims` found in `docs`, or rows of it (``claims.filter(pl.col("kind") == "norm")``).
    docs
        The documents.
    level
        Of the interval, between 0 and 1.
    text
        The column of texts.

    Returns
    -------
    DataFrame
        One row a document, in the order of `docs`: ``doc_id``, ``claims``, ``chars`` (characters that are not white
        space), ``rate_per_1000_chars``, ``rate_lower``, ``rate_upper``. The interval is that of Garwood (1936, *Biometrika*
        28, 437–442) for one document's count; it says nothing about other documents. The rate of an empty document is null.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        Columns that lack, hold something else, or claims of documents that are not in `docs`.
    ParameterError
        `level` out of range.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["办理提案20件。", "春天来了。"]})
    >>> dz.claim_rates(dz.claims(docs), docs).select("doc_id", "claims", "chars").rows()
    [('a', 1, 8), ('b', 0, 5)]
    """
    require_instance(claims, pl.DataFrame, argument="claims", allowed="a frame that dz.claims made")
    require_columns(claims, "doc_id", argument="claims")
    require_level(level)
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
    bounds = _core.poisson_intervals(frame.get_column("claims").cast(pl.UInt64), float(level))
    scale = pl.when(pl.col("chars") > 0).then(1000.0 / pl.col("chars"))
    frame = frame.with_columns(
        (pl.col("claims") * scale).alias("rate_per_1000_chars"),
        (bounds.get_column("low") * scale).alias("rate_lower"),
        (bounds.get_column("high") * scale).alias("rate_upper"),
    )
    schema = with_doc_id(CLAIM_RATES, ids.dtype)
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def claim_shares(
    claims: pl.DataFrame,
    facet: Facet = "category",
    *,
    by: str | None = None,
    resamples: int = 1000,
    seed: int = 0,
    interval: Literal["percentile", "bca"] = "percentile",
    level: float = 0.95,
) -> pl.DataFrame:
    """Shares of the sorts of claims in each group, with a bootstrap interval over documents.

    Parameters
    ----------
    claims
        What :func:`duizhao.claims` found, joined with the metadata that `by` names.
    facet
        What to share out: ``"category"`` (what is counted), ``"kind"`` (achievement against duty), ``"direction"`` (which
        way numbers are hedged), ``"hedged"`` (whether they are: every direction but ``exact`` and every range),
        ``"unit_normalised"``.
    by
        A column that makes groups; without it all claims are one.
    resamples
        How often the documents of a group are drawn with replacement; 0 leaves the interval null.
    seed
        Of the draws.
    interval
        ``"percentile"`` or ``"bca"`` (Efron 1987).
    level
        Of the interval, between 0 and 1.

    Returns
    -------
    DataFrame
        One row a group and value of the facet, ordered by group, then falling share, then value: ``group``, ``value``, ``claims``,
        ``total``, ``documents``, ``share``, ``share_lower``, ``share_upper`` (interval of the ratio of sums; null for a
        group of fewer than three documents, and where all of a group's documents have the level, or none has). Documents without a claim have no share and are not drawn.

    Raises
    ------
    MissingColumnError, ParameterError
        A column that lacks; an unknown facet; `resamples` or `level` out of range.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["办理提案20余件，投入500万元。", "走访群众300人。"]})
    >>> dz.claim_shares(dz.claims(docs), "hedged", resamples=0).select("value", "claims", "share").rows()[0][:2]
    ('exact', 2)
    """
    require_instance(claims, pl.DataFrame, argument="claims", allowed="a frame that dz.claims made")
    require_word(facet, get_args(Facet), argument="facet")
    column = "direction" if facet == "hedged" else facet
    require_columns(claims, "doc_id", column, *([by] if by else []), argument="claims")
    require_level(level)
    require_word(interval, ("percentile", "bca"), argument="interval")
    if not isinstance(resamples, int) or isinstance(resamples, bool) or resamples < 0:
        raise ParameterError(f"`resamples` must be a whole number of at least 0; got {resamples!r}")
    kind = (
        pl.when(pl.col("direction") == "exact").then(pl.lit("exact")).otherwise(pl.lit("hedged"))
        if facet == "hedged"
        else pl.col(column)
    )
    group = pl.col(by).cast(pl.String) if by else pl.lit("all")
    rows = claims.select("doc_id", group.alias("group"), kind.cast(pl.String).alias("value")).drop_nulls(
        "value"
    )
    rows = rows.with_columns(pl.col("group").fill_null("(none)"))
    out = [
        _group(rows.filter(pl.col("group") == name), name, resamples, seed, interval, level)
        for name in rows.get_column("group").unique().sort()
    ]
    empty = pl.DataFrame(schema=CLAIM_SHARES)
    frame = pl.concat([empty, *out]) if out else empty
    return frame.sort("group", "share", "value", descending=[False, True, False])


def _group(
    rows: pl.DataFrame, name: str, resamples: int, seed: int, interval: str, level: float
) -> pl.DataFrame:
    """The rows of one group."""
    # Replicates are numbered, so the order of documents must not depend on that of the rows.
    table = (
        rows.pivot("value", index="doc_id", values="value", aggregate_function="len")
        .fill_null(0)
        .sort("doc_id")
    )
    words = sorted(c for c in table.columns if c != "doc_id")
    counts = table.select(words)
    sums = [int(counts.get_column(name).sum()) for name in words]
    flat = [int(v) for row in counts.iter_rows() for v in row]
    found = _core.claim_shares(
        flat, len(words), resamples=resamples, seed=seed, interval=interval, level=float(level)
    )
    return pl.DataFrame(
        {
            "group": [name] * len(words),
            "value": words,
            "claims": sums,
            "total": [sum(sums)] * len(words),
            "documents": [table.height] * len(words),
            "share": found.get_column("share"),
            "share_lower": found.get_column("lower"),
            "share_upper": found.get_column("upper"),
        },
        schema=CLAIM_SHARES,
    )
