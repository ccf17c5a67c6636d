"""Claims and slogans on sampled paragraphs that no rule was written beside: what was reached stays."""

from __future__ import annotations

import pytest
from tests.scores.samples import GOLD, SAMPLES, score

LEAST = {
    "first": {"claims": 0.97, "slogans": 0.89, "numbered": 0.90, "object": 0.77, "verb": 0.80},
    "second": {"claims": 0.95, "slogans": 0.84, "numbered": 0.91, "object": 0.62, "verb": 0.63},
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_scores(shared, sample):
    found = score(shared, sample)
    print(found.text())
    least = LEAST[sample]
    assert found.f1("claims", "all") >= least["claims"]
    assert found.f1("slogans", "all") >= least["slogans"]
    assert found.f1("slogans", "numbered") >= least["numbered"]

    def share(name: str) -> float:
        right, of = found.shares[name]
        return right / of

    assert share("claims, value") >= 0.99 and share("claims, unit") >= 0.97
    assert share("claims, head of the object") >= least["object"]
    assert share("claims, verb") >= least["verb"]
    assert share("slogans, class") >= 0.96


def test_annotations_hold_no_text():
    rows = [line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines()]
    document, unit = rows[0].index("document"), rows[0].index("unit")
    for row in rows[1:]:
        # Names of files and units of measure are all that is not ASCII.
        assert all(cell.isascii() for i, cell in enumerate(row) if i not in (document, unit))
        assert len(row[unit]) <= 6
