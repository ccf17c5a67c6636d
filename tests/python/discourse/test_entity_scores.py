"""Bodies, persons and quotations against annotations: what was reached stays."""

from __future__ import annotations

import pytest
from tests.scores.entities import GOLD, score
from tests.scores.spans import table

LEAST = {"first": {"body": 0.98, "person": 0.9}, "second": {"body": 0.95, "person": 0.95}}


@pytest.mark.parametrize("sample", LEAST)
def test_scores(shared, sample):
    rows, shares = score(shared, sample)
    print(table(rows), shares)
    f1 = {name: exact.f1 for name, exact, _ in rows}
    for name, least in LEAST[sample].items():
        assert f1[name] >= least
    right, of = shares["kinds"]
    assert right / of >= 0.95
    right, of = shares["posts"]
    assert right == of


def test_gold_holds_no_text():
    cells = [cell for line in GOLD.read_text(encoding="utf-8").splitlines()[1:] for cell in line.split("\t")]
    # Names of folders and files are all that is not ASCII.
    assert all(cell.isascii() or cell.startswith("localregs/") for cell in cells)
