"""Scores on texts that are not among the sample data, where somebody has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.scores.unseen import PARTS, gold, score

TEXTS = Path(os.environ.get("DUIZHAO_UNSEEN", "unseen-texts"))


def test_annotations_are_of_both_parts():
    parts = {(row["document"], row["start"]): row["part"] for row in gold()}
    counts = [sum(part == name for part in parts.values()) for name in PARTS]
    assert sum(counts) == 168
    assert abs(counts[0] - counts[1]) <= len({row["genre"] for row in gold()})


@pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the texts are not here: tests/gold/unseen_sources.tsv says where they are"
)
def test_scores_hold_on_texts_that_no_rule_was_written_on():
    scores = score(TEXTS, "held")
    floors = {"claim": 0.93, "slogan": 0.74, "person": 0.85, "body": 0.80, "speech": 0.90, "indirect": 0.58}
    assert {name: scores.f1(name) for name in floors if scores.f1(name) < floors[name]} == {}
