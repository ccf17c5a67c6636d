"""Inference over documents: permutations of labels, bootstrap of documents, blocks, seed, interval, level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeAlias, get_args

import polars as pl

from ..errors import ParameterError
from .checks import require_level, require_seed, require_whole, require_word
from .frames import require_plain
from .groups import canonical_order, evaluate

__all__ = [
    "MOST_REPLICATES",
    "Blocks",
    "Drawing",
    "Inference",
    "IntervalKind",
    "block_numbers",
    "drawing",
    "require_inference",
]

#: How an interval is made of bootstrap replicates.
IntervalKind: TypeAlias = Literal["percentile", "bca"]

#: Replicates are counted in 32 bits; nobody waits for as many.
MOST_REPLICATES = 2**32 - 1

#: A column of the documents, an expression over it, or several of them.
Blocks: TypeAlias = "str | pl.Expr | Sequence[str | pl.Expr]"


@dataclass(frozen=True, eq=False)
class Inference:
    """Inference over documents: what is exchanged and drawn, how often, and how intervals are made.

    Words cluster in documents: a test over tokens takes a thousand mentions in one report for a thousand
    witnesses. Every function of duizhao that compares therefore takes ``inference=``, and takes the document as
    the unit: a *permutation test* exchanges the labels of documents, a *bootstrap* draws documents again.
    ``None`` does neither, ``True`` stands for ``dz.Inference()``, whose values are checked when it is made. It
    is a value: immutable, hashable, picklable, and good for any number of calls.

    Parameters
    ----------
    permutations
        Replicates of the permutation test; 0 for none. Each exchanges the labels of the documents (groups, sides,
        times) at random, every permutation within the blocks being equally likely, and computes the statistic
        anew. The two-sided p-value is (1 + hits) / (1 + permutations), never 0, where a hit is a replicate at
        least as far from the centre as what was observed (or undefined): with 1,999 the least p is 0.0005.
    resamples
        Replicates of the bootstrap; 0 for none. Each draws the documents of every group again, as many as there
        are, with replacement, and computes the statistic anew; groups keep their numbers of documents.
    blocks
        A column of the documents, an expression over them, or several, which make a block of each combination:
        labels are exchanged, and documents drawn, only among documents of one block, such as a year or a
        newspaper. Null is a block of its own, and another one than ``""``; numbers keep the order of numbers.
    seed
        A whole number from 0 to 2⁶⁴ - 1. Replicate *i* is a function of seed and *i* alone: the
        same seed gives the same figures on any machine, with any number of threads and any order of documents,
        and more replicates continue fewer.
    interval
        ``"percentile"``: quantiles of the replicates at (1 - level) / 2 and (1 + level) / 2, or ``"bca"``:
        quantiles corrected for bias and, by the statistic without each document in turn, for acceleration.
    level
        Coverage of the interval, between 0 and 1, both excluded. Exact intervals that stand in the same frame
        have this level too.

    Raises
    ------
    ParameterError
        A number or word that is not allowed; the message names the parameter.

    Notes
    -----
    Fewer than three documents on a side, fewer than two defined replicates, or replicates that are all equal
    give no interval (null), and so do groups of which no block has two documents. A function that can do one part only
    does that part and leaves the other out, so that one ``Inference`` serves a whole study; where that leaves nothing to
    draw, or blocks without a meaning, it raises ``ParameterError``.

    Lijffijt, J. and others (2016). *Digital Scholarship in the Humanities* 31(2), 374-397 (documents as
    units). Phipson, B. & Smyth, G. K. (2010). *Statistical Applications in Genetics and Molecular Biology* 9(1),
    article 39 (the p-value). Efron, B. (1987). *JASA* 82(397), 171-185; Efron, B. & Tibshirani, R. J. (1993).
    *An introduction to the bootstrap*, ch. 14; Davison, A. C. & Hinkley, D. V. (1997). *Bootstrap methods and
    their application*, sect. 5.3 (the intervals).

    Examples
    --------
    >>> import duizhao as dz
    >>> how = dz.Inference(permutations=999, resamples=0, blocks="year")
    >>> how.permutations, how.seed, how == dz.Inference(permutations=999, resamples=0, blocks="year")
    (999, 1, True)
    """

    permutations: int = 1999
    resamples: int = 1999
    blocks: Blocks | None = None
    seed: int = 1
    interval: IntervalKind = "percentile"
    level: float = 0.95

    def __post_init__(self) -> None:
        """Check the values."""
        checked = {
            "permutations": require_whole(self.permutations, "permutations", most=MOST_REPLICATES),
            "resamples": require_whole(self.resamples, "resamples", most=MOST_REPLICATES),
            "blocks": _require_blocks(self.blocks),
            "seed": require_seed(self.seed),
            "interval": require_word(self.interval, get_args(IntervalKind), argument="interval"),
            "level": require_level(self.level),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def _key(self) -> tuple[Any, ...]:
        """What makes two of them equal; expressions by what they are made of."""
        several = self.blocks if isinstance(self.blocks, tuple) else (self.blocks,)
        blocks = tuple(one.meta.serialize() if isinstance(one, pl.Expr) else one for one in several)
        return (*(getattr(self, field.name) for field in fields(self) if field.name != "blocks"), blocks)

    def __eq__(self, other: object) -> bool:
        """Whether all values are equal."""
        return self._key() == other._key() if isinstance(other, Inference) else NotImplemented

    def __hash__(self) -> int:
        """A hash of all values."""
        return hash(self._key())


def _require_blocks(value: object) -> Blocks | None:
    """A column, an expression, or a tuple of several."""
    if value is None or isinstance(value, str | pl.Expr):
        return value
    if isinstance(value, Sequence) and value and all(isinstance(one, str | pl.Expr) for one in value):
        return tuple(value) if len(value) > 1 else value[0]
    raise ParameterError(
        f"`blocks` must be a column name, a polars expression, or a sequence of at least one; got {value!r}"
    )


#: Nothing is drawn.
_NONE = Inference(permutations=0, resamples=0)


def require_inference(
    inference: object, *, without: Mapping[str, str] | None = None, exact: bool = False
) -> Inference:
    """What a function was asked for: nothing drawn for ``None``, the defaults for ``True``.

    Parameters
    ----------
    inference
        What the user gave.
    without
        Parts of an ``Inference`` that the function cannot do, and why: draws go without them, so that one ``Inference`` serves
        a whole study; where nothing is left to draw, and for ``blocks`` that mean nothing, it raises.
    exact
        Whether ``True`` is allowed where nothing can be drawn, since there is an exact interval that has a level.
    """
    lacking = dict(without or {})
    if inference is None or inference is False:
        return _NONE
    if inference is True:
        if not exact and {"permutations", "resamples"} <= set(lacking):
            raise ParameterError(f"`inference` must be None here: {lacking['resamples']}; got True")
        made = Inference()
        return replace(
            made,
            permutations=0 if "permutations" in lacking else made.permutations,
            resamples=0 if "resamples" in lacking else made.resamples,
        )
    if not isinstance(inference, Inference):
        raise ParameterError(f"`inference` must be None, True or a dz.Inference; got {inference!r}")
    if inference.blocks is not None and "blocks" in lacking:
        raise ParameterError(
            f"`inference` must have blocks=None here: {lacking['blocks']}; got blocks={inference.blocks!r}"
        )
    left = replace(
        inference,
        permutations=0 if "permutations" in lacking else inference.permutations,
        resamples=0 if "resamples" in lacking else inference.resamples,
    )
    asked = inference.permutations or inference.resamples
    if asked and not (exact or left.permutations or left.resamples):
        part = next(p for p in ("permutations", "resamples") if p in lacking and getattr(inference, p))
        value = getattr(inference, part)
        raise ParameterError(
            f"`inference` must ask for something that can be drawn here: {lacking[part]}; got {part}={value!r}"
        )
    return left


@dataclass(frozen=True)
class Drawing:
    """An ``Inference`` about certain documents, as the core takes it."""

    permutations: int
    resamples: int
    seed: int
    interval: str
    level: float
    #: Number of the block of each document.
    blocks: pl.Series | None
    #: Documents in canonical order; None where they stand in it.
    order: pl.Series | None


def drawing(inference: Inference, documents: pl.DataFrame, *, sorted: bool = False) -> Drawing:
    """Numbers of the blocks of documents and their canonical order (none where they are ``sorted``)."""
    return Drawing(
        inference.permutations,
        inference.resamples,
        inference.seed,
        inference.interval,
        inference.level,
        None if inference.blocks is None else block_numbers(documents, inference.blocks),
        None if sorted else canonical_order(documents),
    )


def block_numbers(documents: pl.DataFrame, blocks: Blocks) -> pl.Series:
    """Number of the block of each document, in the order of the values; null is a value, and the first."""
    several = [blocks] if isinstance(blocks, str | pl.Expr) else list(blocks)
    columns = [evaluate(documents, one, argument="blocks").alias(str(i)) for i, one in enumerate(several)]
    for column in columns:
        require_plain(column, argument="blocks")
    frame = pl.DataFrame(columns)
    kinds = frame.unique().sort(frame.columns).with_row_index("number")
    numbers = frame.join(kinds, on=frame.columns, how="left", nulls_equal=True, maintain_order="left")
    found: pl.Series = numbers.get_column("number").cast(pl.UInt32)
    return found
