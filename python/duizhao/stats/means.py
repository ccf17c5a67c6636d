"""Means of what was measured in each document, by group, with inference over documents."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from .. import _core
from .._base.groups import canonical_order, group_numbers
from .._base.inference import resampling
from ..errors import ParameterError
from ._schema import GROUP_MEANS
from .measures import check_adjustment


def check_inference(
    documents: pl.DataFrame,
    by: object,
    *,
    permutations: int,
    resamples: int,
    blocks: str | pl.Expr | None,
    seed: int,
    interval: str,
    level: float,
    adjust: str | None,
) -> None:
    """Raise for arguments of inference that make no sense, before long work begins."""
    resampling(documents, permutations, resamples, blocks, seed, interval, level)
    check_adjustment(adjust)
    if by is None and (permutations or blocks is not None):
        raise ParameterError(
            "`permutations` and `blocks` need `by`: without groups there is nothing to compare"
        )


def group_means(
    values: pl.DataFrame,
    documents: pl.DataFrame,
    by: str | pl.Expr,
    *,
    permutations: int,
    resamples: int,
    blocks: str | pl.Expr | None,
    seed: int,
    interval: str,
    level: float,
    adjust: str | None,
    progress: Callable[[int], object] | None,
) -> pl.DataFrame:
    """One row a group and column of ``values``, which has one row a document."""
    groups, names = group_numbers(documents, by)
    how = resampling(documents, permutations, resamples, blocks, seed, interval, level)
    order = canonical_order(documents)
    # Draws and sums in the order of ``doc_id``: the result does not depend on how documents are stored.
    order = order.filter(groups.gather(order).is_not_null())
    numbers = None if how is None or how.blocks is None else how.blocks.gather(order)
    found = _core.group_means(
        values.cast(pl.Float64)[order.to_list()], groups.gather(order), len(names),
        resamples=resamples, permutations=permutations, blocks=numbers, seed=seed, interval=interval,
        level=level, adjust=adjust, progress=progress,
    )  # fmt: skip
    return found.with_columns(
        pl.Series("group", names, dtype=pl.String).gather(found.get_column("group")),
        pl.Series("measure", values.columns, dtype=pl.String).gather(found.get_column("measure")),
    ).select(GROUP_MEANS.names())
