"""Our figures beside those of others: each within its tolerance, and the page of the docs says what was computed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conformance import collect, page
from tests.conformance.row import row

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def collected(shared):
    return collect(shared)


def test_every_figure_is_within_its_tolerance(collected):
    rows, _ = collected
    beyond = [
        f"{r.statistic} · {r.call} · {r.source}: {r.differences().max():.3g} > {r.tolerance:.3g}"
        for r in rows
        if not (r.differences() <= r.tolerance).all()
    ]
    assert not beyond, "\n".join(beyond)


def test_every_published_entry_is_there(shared, collected):
    rows, missing = collected
    entries = json.loads((shared / "published/tables.json").read_text(encoding="utf-8"))
    listed = {r.entry for r in rows} | {m.entry for m in missing}
    assert {entry["id"] for entry in entries} == listed - {""}
    assert all(m.reason and m.figures for m in missing)
    assert len({r.entry for r in rows if r.entry}) >= 29


def test_sources_are_many(collected):
    sources = " ".join(r.source for r in collected[0])
    assert all(word in sources for word in ("quanteda", "scikit-learn", "scipy"))
    assert sum(r.ours.size for r in collected[0]) > 100_000


def test_page_holds_what_was_computed(collected):
    written = (ROOT / "docs/statistics/conformance.md").read_text(encoding="utf-8")
    assert written == page(*collected), "run python tests/golden/make_conformance.py"


def test_a_wrong_figure_would_show():
    assert (row("s", "c", "o", [1.0, 2.0], [1.0, 2.1], 0.05).differences() > 0.05).tolist() == [False, True]
    assert row(
        "s", "c", "o", [None, float("inf")], [float("nan"), float("inf")], 0
    ).differences().tolist() == [0, 0]
    assert row("s", "c", "o", [None], [1.0], 1e9).differences().tolist() == [float("inf")]
