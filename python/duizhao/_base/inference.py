"""Inference over documents: permutations of labels, bootstrap of documents, blocks, seed, interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import polars as pl

from ..errors import DataTypeError
from .checks import require_level, require_whole, require_word
from .groups import canonical_order, evaluate


@dataclass(frozen=True)
class Resampling:
    """What the core needs for inference over documents."""

    permutations: int
    resamples: int
    seed: int
    interval: str
    level: float
    blocks: pl.Series | None
    order: pl.Series


def resampling(
    documents: pl.DataFrame,
    permutations: int,
    resamples: int,
    blocks: str | pl.Expr | None,
    seed: int,
    interval: str,
    level: float,
) -> Resampling | None:
    """Check the arguments of inference; ``None`` where none is asked for."""
    require_whole(permutations, argument="permutations", least=0)
    require_whole(resamples, argument="resamples", least=0)
    require_whole(seed, argument="seed", least=0)
    require_word(interval, ("percentile", "bca"), argument="interval")
    require_level(level, argument="level")
    numbers = None if blocks is None else block_numbers(documents, blocks)
    if not permutations and not resamples:
        return None
    return Resampling(
        permutations, resamples, seed, interval, float(level), numbers, canonical_order(documents)
    )


def block_numbers(documents: pl.DataFrame, blocks: str | pl.Expr) -> pl.Series:
    """Number of the block of each document, in the order of the values; null is a value."""
    values = evaluate(documents, blocks, argument="blocks")
    if values.dtype.is_nested() or values.dtype == pl.Object:
        raise DataTypeError(f"`blocks` must have plain values; got {values.dtype}")
    numbers: pl.Series = values.rank("dense").fill_null(0).cast(pl.UInt32)
    return numbers


IntervalKind: TypeAlias = Literal["percentile", "bca"]
