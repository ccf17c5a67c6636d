"""Inference over documents for keyness: a slow reference, laws, the null, bad input."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz


def random_dfm(seed: int, documents: int = 24, features: int = 12, groups: int = 3) -> dz.Dfm:
    """Documents of different sizes that each prefer some words: words cluster in documents."""
    rng = np.random.default_rng(seed)
    rows = []
    for d in range(documents):
        share = rng.dirichlet(np.full(features, 0.4))
        for f, n in enumerate(rng.multinomial(rng.integers(30, 200), share)):
            if n:
                rows.append((f"d{d:03}", f"词{f:02}", int(n)))
    frame = pl.DataFrame(
        rows, schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64}, orient="row"
    )
    about = pl.DataFrame(
        {
            "doc_id": [f"d{d:03}" for d in range(documents)],
            "group": [f"g{d % groups}" for d in range(documents)],
            "year": [2020 + (d // groups) % 2 for d in range(documents)],
        }
    )
    return dz.Dfm.from_counts(frame, documents=about)


def test_permutation_and_percentile_by_a_slow_reference():
    """The replicates of `dz.plan` are put into plain numpy; p and bounds must be the same numbers."""
    dfm = random_dfm(3)
    about = dfm.documents
    found = dz.keyness(
        dfm,
        by="group",
        measures=["log_ratio"],
        inference=dz.Inference(permutations=99, resamples=80, blocks="year", seed=5, level=0.9),
    )
    matrix = dfm.to_scipy().toarray().astype(float)
    features = dfm.features["feature"].to_list()
    labels = about["group"].to_numpy()
    order = about["doc_id"].arg_sort().to_numpy()
    years = about["year"].to_numpy()
    permuted = dz.permutation_labels(99, order.size, seed=5, blocks=years[order])
    strata = pl.DataFrame({"y": years[order], "g": labels[order]})
    times = dz.bootstrap_counts(
        80, order.size, seed=5, blocks=strata.select(pl.struct("y", "g").rank("dense"))["y"]
    )

    def log_ratio(weight_target, weight_all):
        with np.errstate(all="ignore"):
            a = weight_target @ matrix[order]
            b = weight_all @ matrix[order]
        n, m = a.sum(-1, keepdims=True), b.sum(-1, keepdims=True)
        return np.log2(((a + 0.5) / (n + 0.5)) / ((b - a + 0.5) / (m - n + 0.5)))

    for group in ("g0", "g1", "g2"):
        inside = (labels[order] == group).astype(float)
        ones = np.ones_like(inside)
        here = log_ratio(inside, ones)
        perm = log_ratio(inside[permuted], np.ones(permuted.shape))
        hits = (np.abs(perm) >= np.abs(here) * (1 - 1e-12)).sum(0)
        boot = log_ratio(times * inside, times.astype(float))
        for row in found.filter(target=group).iter_rows(named=True):
            f = features.index(row["feature"])
            assert row["log_ratio"] == pytest.approx(here[f], rel=1e-12)
            assert row["log_ratio_permutation_p"] == pytest.approx((1 + hits[f]) / 100, rel=1e-12)
            low, high = np.quantile(boot[:, f], [0.05, 0.95])
            assert row["log_ratio_bootstrap_low"] == pytest.approx(low, rel=1e-9, abs=1e-12)
            assert row["log_ratio_bootstrap_high"] == pytest.approx(high, rel=1e-9, abs=1e-12)


def test_bca_as_scipy():
    """scipy.stats.bootstrap on one side of fixed size: the same kind of interval, up to the draws."""
    from scipy.stats import bootstrap

    dfm = random_dfm(8, documents=40, features=4, groups=2)
    found = dz.keyness(
        dfm,
        by="group",
        measures=["log_ratio"],
        inference=dz.Inference(permutations=0, resamples=4000, seed=2, interval="bca"),
    ).filter(target="g0")
    matrix = dfm.to_scipy().toarray().astype(float)
    inside = (dfm.documents["group"] == "g0").to_numpy()
    for row in found.iter_rows(named=True):
        f = dfm.features["feature"].to_list().index(row["feature"])

        def score(i, j, f=f):
            a, b = matrix[i], matrix[j]
            return np.log2(
                ((a[..., f].sum(-1) + 0.5) / (a.sum((-1, -2)) + 0.5))
                / ((b[..., f].sum(-1) + 0.5) / (b.sum((-1, -2)) + 0.5))
            )

        sides = (np.flatnonzero(inside), np.flatnonzero(~inside))
        theirs = bootstrap(
            sides, lambda i, j, axis=-1: score(i.astype(int), j.astype(int)), n_resamples=4000,
            method="BCa", vectorized=True, rng=np.random.default_rng(1),
        ).confidence_interval  # fmt: skip
        width = theirs.high - theirs.low
        assert abs(row["log_ratio_bootstrap_low"] - theirs.low) < 0.08 * width
        assert abs(row["log_ratio_bootstrap_high"] - theirs.high) < 0.08 * width


@pytest.mark.parametrize("design", ["rest", "pairwise", "factorial"])
def test_document_order_and_threads_do_not_matter(design, tmp_path):
    dfm = random_dfm(5)
    options = {
        "by": ["group", "year"], "design": design,
        "inference": dz.Inference(permutations=60, resamples=60, interval="bca"), "measures": ["log_likelihood", "log_ratio", "relative_risk", "bic"],
    }  # fmt: skip
    here = dz.keyness(dfm, **options)
    shuffled = dz.Dfm.from_counts(
        dfm.to_frame(),
        documents=dfm.documents.select("doc_id", "group", "year").sample(fraction=1, shuffle=True, seed=9),
    )
    assert dz.keyness(shuffled, **options).equals(here)
    dfm.save(tmp_path / "m")
    code = (
        "import duizhao as dz\nfrom duizhao import Inference\n"
        f"print(dz.keyness(dz.Dfm.load({str(tmp_path / 'm')!r}), **{options!r}).hash_rows(1).sum())"
    )
    environment = os.environ | {"RAYON_NUM_THREADS": "1"}
    sums = {
        subprocess.run([sys.executable, "-c", code], env=environment | {"RAYON_NUM_THREADS": n}, check=True,
                       capture_output=True, text=True).stdout
        for n in ("1", "3")
    }  # fmt: skip
    assert len(sums) == 1


def test_each_measure_and_both_kinds_are_independent_of_what_else_is_asked():
    dfm = random_dfm(6)
    both = dz.keyness(
        dfm,
        by="group",
        measures=["log_likelihood", "log_ratio"],
        inference=dz.Inference(permutations=50, resamples=50),
    )
    one = dz.keyness(
        dfm, by="group", measures=["log_ratio"], inference=dz.Inference(permutations=50, resamples=0)
    )
    joined = both.join(one, on=["target", "feature"], suffix="_alone")
    assert joined.height == both.height
    assert (joined["log_ratio_permutation_p"] == joined["log_ratio_permutation_p_alone"]).all()
    assert {
        "log_ratio_bootstrap_low",
        "log_ratio_bootstrap_high",
        "log_likelihood_permutation_p_adjusted",
    } <= set(both.columns)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["percentile", "bca"]))
def test_laws(seed, interval):
    dfm = random_dfm(seed % 17, documents=9)
    found = dz.keyness(
        dfm, by="group", measures=["log_ratio", "odds_ratio", "fisher_exact"], inference=dz.Inference(permutations=19, resamples=30, seed=seed, interval=interval),
    )  # fmt: skip
    for measure in ("log_ratio", "odds_ratio", "fisher_exact"):
        p = found[f"{measure}_permutation_p"].drop_nulls()
        assert ((p >= 1 / 20) & (p <= 1)).all()
        assert (found[f"{measure}_permutation_p_adjusted"].drop_nulls() >= p - 1e-12).all()
        assert not found[f"{measure}_bootstrap_low"].is_nan().any()
        bounds = found.drop_nulls([f"{measure}_bootstrap_low"])
        assert (bounds[f"{measure}_bootstrap_low"] <= bounds[f"{measure}_bootstrap_high"]).all()


def test_under_the_null_permutation_p_is_uniform_and_token_p_is_not():
    """Documents of two labels without a difference; each document has its own rate, as real ones do."""
    rng = np.random.default_rng(20)
    runs, documents = 400, 30
    rates = rng.beta(2, 60, size=(documents, runs))
    sizes = rng.integers(300, 900, documents)
    counts = rng.binomial(sizes[:, None], rates)
    rows = [(f"d{d:02}", f"w{f:03}", int(n)) for d in range(documents) for f, n in enumerate(counts[d]) if n]
    frame = pl.DataFrame(
        rows, schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64}, orient="row"
    )
    dfm = dz.Dfm.from_counts(frame)
    half = dfm.documents["doc_id"].str.tail(1).is_in(list("02468"))
    found = dz.keyness(
        dfm,
        target=half,
        measures="log_likelihood",
        inference=dz.Inference(permutations=199, resamples=0, seed=4),
        adjust=None,
    )
    assert found.height == runs

    def shares(column):
        return np.histogram(found[column], bins=10, range=(0, 1))[0]

    expected = runs / 10
    # χ² with 9 degrees of freedom exceeds 27.9 once in a thousand times.
    assert ((shares("log_likelihood_permutation_p") - expected) ** 2 / expected).sum() < 27.9
    assert (found["log_likelihood_permutation_p"] <= 0.05).mean() < 0.085
    assert ((shares("log_likelihood_p") - expected) ** 2 / expected).sum() > 100
    assert (found["log_likelihood_p"] <= 0.05).mean() > 0.3


def test_designs():
    dfm = random_dfm(2)
    pairs = dz.keyness(dfm, by="group", design="pairwise")
    assert pairs.select("target", "reference").unique(maintain_order=True).rows() == [
        ("g0", "g1"), ("g0", "g2"), ("g1", "g2"),
    ]  # fmt: skip
    alone = dz.keyness(dfm, target=pl.col("group") == "g0", reference=pl.col("group") == "g2")
    pair = pairs.filter(target="g0", reference="g2")
    assert pair.drop("target", "reference").equals(alone.drop("target", "reference"))
    cells = dz.keyness(dfm, by=["group", "year"])
    assert cells["target"].unique(maintain_order=True).to_list() == [
        f"g{g} × {y}" for g in range(3) for y in (2020, 2021)
    ]
    assert cells["reference"].unique().to_list() == ["rest"]
    full = dz.keyness(dfm, by=["group", "year"], design="factorial")
    assert full["target"].n_unique() == 3 + 2 + 6
    level = full.filter(target="year=2020").drop("target")
    assert level.equals(dz.keyness(dfm, by="year").filter(target="2020").drop("target"))


def test_n_tested_is_what_was_tested_and_sparse_says_where_chi_squared_fails():
    dfm = random_dfm(2)
    found = dz.keyness(dfm, by="group", min_count=100, adjust="bonferroni")
    assert (found["n_tested"] == (dfm.features["count"] >= 100).sum()).all()
    row = found.row(0, named=True)
    assert row["log_likelihood_p_adjusted"] == pytest.approx(
        min(1, row["log_likelihood_p"] * row["n_tested"])
    )
    share = found["size_reference"] / found["size_target"]
    assert (
        found["sparse"]
        == (
            pl.select(
                pl.min_horizontal(found["expected_target"], found["expected_target"] * share)
            ).to_series()
            < 5
        )
    ).all()


def test_bad_input():
    dfm = random_dfm(1)
    for options, message in [
        ({"inference": "bca"}, "`inference` must be None, True or a dz.Inference"),
        ({"design": "all"}, "`design` must be one of"),
        ({"by": []}, "`by` must have at least one"),
        ({"parameters": {"n": 1}}, "`parameters` must have names among"),
        ({"parameters": {"base": 0}}, r"`parameters\['base'\]` must be a number above 0"),
        ({"parameters": {"family": "holm"}}, r"`parameters\['family'\]` must be one of"),
    ]:
        with pytest.raises(dz.errors.ParameterError, match=message):
            dz.keyness(dfm, **({"by": "group"} | options))
    with pytest.raises(dz.errors.ParameterError, match="`design` must be 'rest' without `by`"):
        dz.keyness(dfm, target="d000", design="pairwise")
    with pytest.raises(dz.errors.MissingColumnError):
        dz.keyness(dfm, by="group", inference=dz.Inference(permutations=5, resamples=0, blocks="month"))
    with pytest.raises(dz.errors.DataTypeError, match="`parameters` must be a mapping"):
        dz.keyness(dfm, by="group", parameters=[1])


def test_parameters_and_an_empty_matrix():
    dfm = random_dfm(1)
    found = dz.keyness(
        dfm,
        by="group",
        measures=["simple_maths", "conservative_log_ratio"],
        parameters={"constant": 100, "base": 1000, "family": "none"},
    )
    row = found.row(0, named=True)
    f1, f2 = (
        row["count_target"] / row["size_target"] * 1000,
        row["count_reference"] / row["size_reference"] * 1000,
    )
    assert row["simple_maths"] == pytest.approx((f1 + 100) / (f2 + 100), rel=1e-12)
    strict = dz.keyness(dfm, by="group", measures=["conservative_log_ratio"])
    both = found.join(strict, on=["target", "feature"])
    assert (both["conservative_log_ratio"].abs() >= both["conservative_log_ratio_right"].abs()).all()
    empty = dz.Dfm.from_counts(
        pl.DataFrame(schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64})
    )
    none = dz.keyness(
        empty, by="doc_id", measures="log_ratio", inference=dz.Inference(permutations=5, resamples=5)
    )
    assert none.is_empty() and {"log_ratio_bootstrap_low", "log_ratio_permutation_p"} <= set(none.columns)
