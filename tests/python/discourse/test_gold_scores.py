"""The scorer itself, on spans whose scores can be counted by hand."""

from __future__ import annotations

import pytest
from tests.scores.spans import Score, gold_spans, scores, spans_exact, spans_overlap, table

FOUND = [("a", 0, 4), ("a", 6, 8), ("b", 0, 4)]
GOLD = [("a", 0, 4), ("a", 5, 7), ("a", 7, 9), ("a", 20, 22)]


def test_exact():
    score = spans_exact(FOUND, GOLD)
    assert score == Score(3, 4, 1, 1)
    assert (score.precision, score.recall) == (1 / 3, 1 / 4)
    assert score.f1 == pytest.approx(2 / 7)


def test_overlap_counts_each_side_by_itself():
    # (6, 8) touches two annotated spans; the span of document b touches none.
    assert spans_overlap(FOUND, GOLD) == Score(3, 4, 2, 3)
    # Half-open spans that meet share nothing.
    assert spans_overlap([("a", 0, 4)], [("a", 4, 6)]).f1 == 0


def test_nothing():
    assert spans_exact([], []).f1 == spans_overlap([], GOLD).f1 == 0


def test_classes_and_table():
    rows = scores({"x": FOUND}, {"x": GOLD[:1], "y": GOLD[1:]})
    assert [(name, exact.right_found) for name, exact, _ in rows] == [("x", 1), ("y", 0), ("all", 1)]
    assert "0.333" in table(rows).splitlines()[-1]
    assert gold_spans([{"file": "a", "start": "1", "end": "3", "class": "x"}]) == {"x": [("a", 1, 3)]}
