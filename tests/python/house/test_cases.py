"""The small inputs of the sample data that concern files, pages, cleaning, script, words, dictionaries and copies."""

from __future__ import annotations

import warnings

from tests.scores.cases import NOT_RUN, score

#: Cases that do not come out, with the reason.
WRONG: dict[str, str] = {}


def test_cases_come_out(shared):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = score(shared)
    wrong = {name: result for name, result in results.items() if result is not True}
    assert wrong.keys() == WRONG.keys(), wrong
    assert len(results) >= 115 and not results.keys() & NOT_RUN.keys()
