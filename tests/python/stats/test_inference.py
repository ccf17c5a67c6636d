"""Bootstrap and permutation of a user's own statistic."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

import duizhao as dz

DOCS = pl.DataFrame(
    {"doc_id": [f"d{i}" for i in range(12)], "side": list("aaaaaabbbbbb"), "year": [1, 2] * 6,
     "length": [9, 8, 9, 7, 6, 9, 2, 3, 1, 2, 5, 4]}
)  # fmt: skip


def difference(docs, side):
    return docs.filter(side == "a")["length"].mean() - docs.filter(side == "b")["length"].mean()


def test_exact_permutation_p_is_reached():
    """All 924 divisions of twelve documents: the share with a difference as large is known exactly."""
    from itertools import combinations

    values = DOCS["length"].to_numpy()
    observed = abs(difference(DOCS, DOCS["side"]))
    divisions = [
        abs(values[list(c)].mean() - np.delete(values, c).mean()) for c in combinations(range(12), 6)
    ]
    exact = np.mean(np.array(divisions) >= observed - 1e-12)
    found = dz.permutation_test(DOCS, difference, "side", inference=dz.Inference(permutations=3000))[
        "estimate_permutation_p"
    ].item()
    assert abs(found - exact) < 4 * math.sqrt(exact / 3000) + 1 / 3000


def test_bootstrap_as_scipy():
    from scipy.stats import bootstrap

    for kind, method in (("percentile", "percentile"), ("bca", "BCa")):
        mine = dz.bootstrap(
            DOCS, lambda d: d["length"].mean(), inference=dz.Inference(resamples=2000, interval=kind)
        )
        theirs = bootstrap(
            (DOCS["length"].to_numpy(),), np.mean, n_resamples=2000, method=method,
            rng=np.random.default_rng(3),
        ).confidence_interval  # fmt: skip
        assert mine["estimate_bootstrap_low"].item() == pytest.approx(theirs.low, abs=0.25)
        assert mine["estimate_bootstrap_high"].item() == pytest.approx(theirs.high, abs=0.25)


def test_frames_are_aligned_by_their_names_and_order_does_not_matter():
    counts = pl.DataFrame(
        {"doc_id": ["a", "a", "b", "c", "c"], "feature": list("xyxyz"), "count": [3, 1, 2, 5, 1]}
    )
    dfm = dz.Dfm.from_counts(counts)

    def share(d):
        return d.features.select("feature", share=pl.col("count") / d.n_tokens)

    found = dz.bootstrap(dfm, share, inference=dz.Inference(resamples=60, seed=3))
    assert found.columns == ["feature", "share", "share_bootstrap_low", "share_bootstrap_high"]
    assert found["feature"].to_list() == ["x", "y", "z"]
    assert (found["share_bootstrap_low"] <= found["share_bootstrap_high"]).all()
    again = dz.bootstrap(
        dfm.sort("doc_id", descending=True), share, inference=dz.Inference(resamples=60, seed=3)
    )
    assert again.equals(found)


def test_replicates():
    labels = dz.permutation_labels(50, 6, seed=2, blocks=[1, 1, 2, 2, 2, None])
    assert (np.sort(labels, axis=1) == np.arange(6)).all()
    assert (labels[:, 5] == 5).all() and (labels[:, :2] < 2).all()
    assert (dz.permutation_labels(20, 6, seed=2) == dz.permutation_labels(50, 6, seed=2)[:20]).all()
    times = dz.bootstrap_counts(50, 6, seed=2, blocks=list("aabbbb"))
    assert (times[:, :2].sum(axis=1) == 2).all() and (times.sum(axis=1) == 6).all()


def test_alternatives_adjustment_and_undefined():
    def both(docs, side):
        d = difference(docs, side)
        return pl.DataFrame(
            {"what": ["difference", "none"], "value": [d, None]},
            schema={"what": pl.String, "value": pl.Float64},
        )

    found = dz.permutation_test(
        DOCS, both, "side", inference=dz.Inference(permutations=200, blocks="year"), adjust="bonferroni"
    )
    assert found["value_permutation_p"].to_list()[1] is None
    assert found["value_permutation_p_adjusted"].to_list()[0] == pytest.approx(
        found["value_permutation_p"][0]
    )
    greater = dz.permutation_test(
        DOCS, difference, "side", inference=dz.Inference(permutations=200), alternative="greater"
    )
    less = dz.permutation_test(
        DOCS, difference, "side", inference=dz.Inference(permutations=200), alternative="less"
    )
    assert greater.item(0, "estimate_permutation_p") < 0.05 < 0.9 < less.item(0, "estimate_permutation_p")


def test_bad_input():
    with pytest.raises(dz.errors.DataTypeError, match="`statistic` must return a number"):
        dz.bootstrap(DOCS, lambda d: "x", inference=dz.Inference(resamples=5))
    with pytest.raises(dz.errors.DataError, match="some rows have the same names"):
        dz.bootstrap(
            DOCS, lambda d: pl.DataFrame({"k": [1, 1], "v": [1.0, 2.0]}), inference=dz.Inference(resamples=5)
        )
    with pytest.raises(dz.errors.ParameterError, match="`inference` must have resamples of at least 2"):
        dz.bootstrap(DOCS, lambda d: 1.0, inference=dz.Inference(resamples=1))
    with pytest.raises(dz.errors.ParameterError, match="`alternative`"):
        dz.permutation_test(DOCS, difference, "side", alternative="both")
    with pytest.raises(dz.errors.DataTypeError, match="`data`"):
        dz.bootstrap([1, 2], lambda d: 1.0)
    with pytest.raises(dz.errors.NoDocumentsError, match="at least one document"):
        dz.bootstrap(DOCS.clear(), lambda d: 1.0)
    with pytest.raises(dz.errors.DataError, match="`blocks` must have 3 values"):
        dz.permutation_labels(1, 3, blocks=[1])
