"""Scores on texts that are not among the sample data, where somebody has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.scores.unseen import PARTS, gold, score

TEXTS = Path(os.environ.get("DUIZHAO_UNSEEN", "unseen-texts"))
FLOORS = {
    "first": {"claim": 0.95, "slogan": 0.92, "person": 0.99, "body": 0.98, "speech": 0.98, "indirect": 0.82},
    "held": {"claim": 0.87, "slogan": 0.64, "person": 0.88, "body": 0.72, "speech": 0.81, "indirect": 0.57},
}


def test_annotations_are_of_all_parts():
    parts = {(row["document"], row["start"]): row["part"] for row in gold()}
    counts = [sum(part == name for part in parts.values()) for name in PARTS]
    assert counts == [168, 73, 73]


@pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the texts are not here: tests/gold/unseen_sources.tsv says where they are"
)
@pytest.mark.parametrize(("part", "floors"), FLOORS.items())
def test_scores_hold_on_texts_that_are_no_sample_data(part, floors):
    scores = score(TEXTS, part)
    assert {name: scores.f1(name) for name in floors if scores.f1(name) < floors[name]} == {}
