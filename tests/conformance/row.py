"""One comparison: figures of ours and of others, and how far apart they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

Figures = float | int | None | Sequence[float | int | None] | np.ndarray


def array(figures: Figures) -> np.ndarray:
    """Figures as numbers; what is undefined is NaN."""
    if isinstance(figures, np.ndarray):
        return np.atleast_1d(figures).astype(float).ravel()
    values = figures if isinstance(figures, Sequence) else [figures]
    return np.array([np.nan if value is None else value for value in values], float)


@dataclass(frozen=True)
class Row:
    """A figure, or a block of figures of one kind.

    A relative tolerance is one of |theirs|, at least of 1: a figure near 0 is compared as it is.
    """

    statistic: str
    call: str
    source: str
    ours: np.ndarray
    theirs: np.ndarray
    tolerance: float
    relative: bool = False
    entry: str = ""
    note: str = ""

    def differences(self) -> np.ndarray:
        """Distances, in the unit of the tolerance; undefined against undefined and ∞ against ∞ are 0."""
        assert self.ours.shape == self.theirs.shape and self.ours.size, (self.statistic, self.source)
        same = (self.ours == self.theirs) | (np.isnan(self.ours) & np.isnan(self.theirs))
        with np.errstate(invalid="ignore"):
            off = np.abs(self.ours - self.theirs)
            if self.relative:
                off = off / np.maximum(1, np.abs(self.theirs))
        return np.where(same, 0, np.where(np.isnan(off), np.inf, off))

    def largest(self) -> int:
        """The place of the figure that is largest at theirs: the same on every machine."""
        finite = np.where(np.isfinite(self.theirs), np.abs(self.theirs), -1)
        return int(finite.argmax())


def row(
    statistic: str,
    call: str,
    source: str,
    ours: Figures,
    theirs: Figures,
    tolerance: float,
    *,
    relative: bool = False,
    entry: str = "",
    note: str = "",
) -> Row:
    """A row of figures in any form."""
    return Row(statistic, call, source, array(ours), array(theirs), tolerance, relative, entry, note)


@dataclass(frozen=True)
class Missing:
    """A published figure that we do not compute, and why."""

    entry: str
    source: str
    reason: str
    figures: dict[str, object] = field(default_factory=dict)
