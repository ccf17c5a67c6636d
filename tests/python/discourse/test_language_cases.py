"""The small inputs of the sample data that concern sentences, bodies, persons, quotations and claims."""

from __future__ import annotations

from tests.scores.language_cases import score

#: Cases that do not come out, with the reason.
WRONG: dict[str, str] = {}


def test_cases_come_out(shared):
    results = score(shared)
    wrong = {name: result for name, result in results.items() if result is not True}
    assert wrong.keys() == WRONG.keys(), wrong
    assert len(results) >= 105
