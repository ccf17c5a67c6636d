"""Trends: scipy's figures, a slow reference in numpy, laws, bad input."""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl
import pytest
import scipy.stats

import duizhao as dz


def corpus(seed: int, slope: float = 0.1, n: int = 40) -> tuple[dz.Dfm, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    year = rng.integers(2000, 2012, n)
    tokens = rng.integers(500, 2000, n)
    count = rng.poisson(tokens * 0.01 * np.exp(slope * (year - 2006)) * rng.gamma(4, 0.25, n))
    rows = [
        (i, w, int(c)) for i in range(n) for w, c in (("改革", count[i]), ("其他", tokens[i] - count[i])) if c
    ]
    documents = pl.DataFrame({"doc_id": range(n), "year": year})
    dfm = dz.Dfm.from_counts(
        pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"), documents=documents
    )
    return dfm, year.astype(float), count.astype(float), tokens.astype(float)


def test_periods_and_exact_intervals():
    dfm, year, count, tokens = corpus(1)
    periods = dz.trend(dfm, "改革", time="year").periods
    for row in periods.iter_rows(named=True):
        k, n = count[year == row["time"]].sum(), tokens[year == row["time"]].sum()
        assert (row["count"], row["n_tokens"]) == (k, n)
        low = scipy.stats.chi2.ppf(0.025, 2 * k) / 2 if k else 0
        assert row["rate_per_million_exact_low"] == pytest.approx(low / n * 1e6, rel=1e-9)
        assert row["rate_per_million_exact_high"] == pytest.approx(
            scipy.stats.chi2.ppf(0.975, 2 * k + 2) / 2 / n * 1e6, rel=1e-9
        )
    assert (
        periods["time"].is_sorted()
        and periods["rate_per_million_bootstrap_low"].null_count() == periods.height
    )


@pytest.mark.parametrize("seed", range(4))
def test_slope_as_a_plain_newton_fit(seed):
    dfm, year, count, tokens = corpus(seed)
    x = np.column_stack([np.ones_like(year), year - 2006])
    b = np.array([np.log(count.sum() / tokens.sum()), 0.0])
    for _ in range(50):
        mean = tokens * np.exp(x @ b)
        b = b + np.linalg.solve(x.T @ (x * mean[:, None]), x.T @ (count - mean))
    bread = np.linalg.inv(x.T @ (x * mean[:, None]))
    n = len(year)
    robust = bread @ (x.T @ (x * ((count - mean) ** 2)[:, None])) @ bread * n / (n - 2)
    dispersion = ((count - mean) ** 2 / mean).sum() / (n - 2)
    found = dz.trend(dfm, "改革", time="year").slopes.row(0, named=True)
    assert found["slope"] == pytest.approx(b[1], rel=1e-9)
    assert found["se_robust"] == pytest.approx(np.sqrt(robust[1, 1]), rel=1e-8)
    assert found["se_quasi"] == pytest.approx(np.sqrt(dispersion * bread[1, 1]), rel=1e-8)
    assert found["dispersion"] == pytest.approx(dispersion, rel=1e-9)
    assert found["slope_wald_p"] == pytest.approx(
        2 * scipy.stats.norm.sf(abs(b[1]) / np.sqrt(robust[1, 1])), rel=1e-7
    )
    z = scipy.stats.norm.ppf(0.975)
    assert found["slope_wald_high"] == pytest.approx(b[1] + z * np.sqrt(robust[1, 1]), rel=1e-8)


def test_robust_slopes_as_scipy():
    periods = dz.trend(corpus(5)[0], "改革", time="year").periods
    found = dz.trend(corpus(5)[0], "改革", time="year").slopes.row(0, named=True)
    x, y = periods["time"].to_numpy(), periods["rate_per_million"].to_numpy()
    tau = scipy.stats.kendalltau(x, y)
    slope, _, low, high = scipy.stats.theilslopes(y, x)
    assert found["kendall_tau"] == pytest.approx(tau.statistic)
    assert found["theil_sen_per_million"] == pytest.approx(slope)
    assert found["theil_sen_per_million_rank_low"] == pytest.approx(low)
    assert found["theil_sen_per_million_rank_high"] == pytest.approx(high)
    n = len(x)
    s = sum(np.sign(y[j] - y[i]) for i in range(n) for j in range(i + 1, n))
    variance = n * (n - 1) * (2 * n + 5) / 18
    assert found["kendall_p"] == pytest.approx(2 * scipy.stats.norm.sf((abs(s) - 1) / np.sqrt(variance)))


def test_inference_over_documents():
    dfm = corpus(1)[0]
    found = dz.trend(
        dfm, "改革", time="year", inference=dz.Inference(permutations=199, resamples=300, seed=3)
    )
    again = dz.trend(
        dfm, "改革", time="year", inference=dz.Inference(permutations=199, resamples=300, seed=3)
    )
    assert found.periods.equals(again.periods) and found.slopes.equals(again.slopes)
    assert found.slopes["slope_permutation_p"].item() < 0.05
    # Two documents say nothing of the spread between documents, nor do none with the word.
    known = (pl.col("n_docs") > 2) & (pl.col("count") > 0)
    assert found.periods.filter(~known)["rate_per_million_bootstrap_low"].null_count() > 0
    assert found.periods.filter(~known)["rate_per_million_bootstrap_high"].is_null().all()
    several = found.periods.filter(known)
    assert several["rate_per_million_bootstrap_low"].null_count() == 0
    assert (several["rate_per_million_bootstrap_low"] <= several["rate_per_million_bootstrap_high"]).all()
    null = [
        dz.trend(
            corpus(100 + i, 0.0)[0], "改革", time="year", inference=dz.Inference(permutations=99, resamples=0)
        )
        .slopes["slope_permutation_p"]
        .item()
        for i in range(60)
    ]
    assert scipy.stats.kstest(null, "uniform").pvalue > 0.01
    blocked = dz.trend(
        dfm, "改革", time="year", inference=dz.Inference(permutations=20, resamples=0, blocks="year")
    ).slopes
    assert blocked["slope_permutation_p"].item() == 1.0


def test_terms_dictionaries_zeros_and_order():
    dfm = corpus(2)[0]
    with pytest.warns(dz.DuizhaoWarning, match="'没有'"):
        found = dz.trend(dfm, {"甲": ["改革", "没有"], "乙": "没有"}, time="year")
    assert found.slopes["term"].to_list() == ["甲", "乙"]
    assert (
        found.slopes.filter(term="甲")["slope"].item()
        == dz.trend(dfm, "改革", time="year").slopes["slope"].item()
    )
    nothing = found.slopes.filter(term="乙").row(0, named=True)
    assert (
        nothing["count"] == 0
        and nothing["slope"] is None
        and nothing["slope_wald_p"] is None
        and nothing["kendall_tau"] is None
    )
    assert (found.periods.filter(term="乙")["rate_per_million_exact_high"] > 0).all()
    turned = dz.trend(dfm.sort("doc_id", descending=True), "改革", time="year").slopes
    assert turned["slope"].item() == pytest.approx(
        dz.trend(dfm, "改革", time="year").slopes["slope"].item(), rel=1e-12
    )


def test_dates_and_missing_times():
    dfm, *_ = corpus(2)
    dated = dz.trend(dfm, "改革", time=pl.date(pl.col("year"), 7, 1))
    assert dated.periods["time"][0] == pytest.approx(2000 + 182 / 366)
    with pytest.warns(dz.DuizhaoWarning, match="no value"):
        found = dz.trend(dfm, "改革", time=pl.when(pl.col("year") > 2003).then(pl.col("year")))
    assert found.periods["time"].min() == 2004
    assert isinstance(datetime.date(2000, 7, 1), datetime.date)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda d: dz.trend(d, "改革", time="month"), dz.MissingColumnError, ["month"]),
        (lambda d: dz.trend(d, "改革", time=pl.lit("x")), dz.DataTypeError, ["time", "strings", "'x'"]),
        (lambda d: dz.trend(d, [], time="year"), dz.ParameterError, ["terms"]),
        (lambda d: dz.trend(d, 3, time="year"), dz.DataTypeError, ["terms", "int"]),
        (
            lambda d: dz.trend(
                d, "改革", time="year", inference=dz.Inference(permutations=0, resamples=0, level=1)
            ),
            dz.ParameterError,
            ["level"],
        ),
        (
            lambda d: dz.trend(
                d, "改革", time="year", inference=dz.Inference(permutations=0, resamples=0, interval="z")
            ),
            dz.ParameterError,
            ["interval"],
        ),
        (
            lambda d: dz.trend(d, "改革", time="year", inference=dz.Inference(permutations=-1, resamples=0)),
            dz.ParameterError,
            ["permutations"],
        ),
        (lambda d: dz.trend(d.weight("prop"), "改革", time="year"), dz.DataTypeError, ["dfm"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(corpus(0)[0])
    assert all(word in str(raised.value) for word in words), raised.value


def test_times_that_are_missing_are_named_as_times():
    rows = [("a", "党建", 1, 2020), ("b", "党建", 1, 2021), ("c", "党建", 1, None)]
    frame = pl.DataFrame(rows, schema=["doc_id", "feature", "count", "year"], orient="row")
    dfm = dz.Dfm.from_counts(frame.drop("year"), documents=frame.select("doc_id", "year"))
    with pytest.warns(dz.DuizhaoWarning, match="`time`"):
        dz.trend(dfm, ["党建"], time="year")
