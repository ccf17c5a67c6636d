"""Log-odds with a Dirichlet prior: a slow reference, priors, bad input."""

from __future__ import annotations

import math

import polars as pl
import pytest

import duizhao as dz
from duizhao.stats._schema import LOG_ODDS

ROWS = {"a": {"党建": 30, "经济": 10}, "b": {"党建": 25, "经济": 15, "调研": 1}, "c": {"经济": 9}}
DFM = dz.Dfm.from_counts(
    pl.DataFrame(
        [(d, f, n) for d, row in ROWS.items() for f, n in row.items()],
        schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64}, orient="row",
    )
)  # fmt: skip


def slow(y, n, x, m, a, a0):
    delta = math.log((y + a) / (n + a0 - y - a)) - math.log((x + a) / (m + a0 - x - a))
    sigma = math.sqrt(1 / (y + a) + 1 / (x + a))
    return delta, sigma, delta / sigma


@pytest.mark.parametrize(
    ("options", "alpha"),
    [
        ({"prior": "pooled", "alpha_0": "none"}, {"党建": 55, "经济": 25, "调研": 1}),
        ({}, {"党建": 27.5, "经济": 12.5, "调研": 0.5}),
        ({"prior": "symmetric", "alpha": 0.5}, {"党建": 0.5, "经济": 0.5, "调研": 0.5}),
        ({"prior": DFM, "alpha_0": 9}, {"党建": 5.5, "经济": 3.4, "调研": 0.1}),
        ({"prior": pl.DataFrame({"feature": ["党建", "经济", "调研", "x"], "alpha": [1, 2, 3, 4]})}, {"党建": 1, "经济": 2, "调研": 3}),
    ],
)  # fmt: skip
def test_against_the_formula(options, alpha):
    found = dz.log_odds(DFM, target="a", reference="b", **options)
    assert found.schema == LOG_ODDS
    total = sum(alpha.values())
    for row in found.iter_rows(named=True):
        f = row["feature"]
        expected = slow(ROWS["a"].get(f, 0), 40, ROWS["b"].get(f, 0), 41, alpha[f], total)
        assert (row["delta"], row["sigma"], row["z"]) == pytest.approx(expected, rel=1e-12)
        assert row["alpha"] == pytest.approx(alpha[f]) and row["alpha_0"] == pytest.approx(total)
    assert found["z"].is_sorted(descending=True)


def test_no_pseudo_count_and_a_missing_word_is_null():
    found = dz.log_odds(
        DFM, target="a", reference="b", prior=pl.DataFrame({"feature": ["党建"], "alpha": [2.0]})
    )
    assert found.filter(feature="调研").row(0, named=True)["z"] is None
    assert found["feature"].to_list()[-1] == "调研"


def test_bad_input():
    for options, error, message in [
        ({"prior": "flat"}, dz.errors.ParameterError, "`prior` must be one of"),
        ({"prior": 3}, dz.errors.DataTypeError, "`prior` must be 'pooled'"),
        ({"alpha_0": 0}, dz.errors.ParameterError, "`alpha_0` must be a number above 0"),
        ({"alpha_0": "all"}, dz.errors.ParameterError, "`alpha_0` must be one of"),
        ({"prior": "symmetric", "alpha": -1}, dz.errors.ParameterError, "`alpha` must be"),
        ({"prior": pl.DataFrame({"feature": ["a"], "alpha": [-1.0]})}, dz.errors.DataError, "at least 0"),
        ({"prior": pl.DataFrame({"feature": ["a"], "alpha": [1.0]})}, dz.errors.DataError, "at least; got none"),
        ({"prior": pl.DataFrame({"feature": ["a"]})}, dz.errors.MissingColumnError, "alpha"),
    ]:  # fmt: skip
        with pytest.raises(error, match=message):
            dz.log_odds(DFM, target="a", **options)
