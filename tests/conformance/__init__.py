"""Our figures beside those of others: rows of ``docs/statistics/conformance.md``, computed afresh each time.

``collect(data)`` computes all rows from the sample data, ``page(…)`` writes them as the page of the docs. Used by
``tests/python/stats/test_conformance.py`` and ``tests/golden/make_conformance.py``.
"""

from __future__ import annotations

from pathlib import Path

from . import libraries, published, quanteda
from .row import Missing, Row
from .table import page

__all__ = ["Missing", "Row", "collect", "page"]


def collect(data: Path) -> tuple[list[Row], list[Missing]]:
    """All comparisons, and what is published but cannot be compared, with the reason."""
    rows, missing = published.collect(data)
    return [*rows, *quanteda.collect(data), *libraries.collect(data)], missing
