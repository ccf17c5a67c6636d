"""Wordscores and Wordfish: quanteda's figures, the paper's, a slow reference, laws, bad input."""

from __future__ import annotations

import csv
import json

import numpy as np
import polars as pl
import pytest

import duizhao as dz

SCORES = {"R1": -1.5, "R2": -0.75, "R3": 0.0, "R4": 0.75, "R5": 1.5}


@pytest.fixture(scope="module")
def lbg(shared) -> dz.Dfm:
    with (shared / "published/lbg2003_example_counts.csv").open(encoding="utf-8") as file:
        names, *lines = csv.reader(file)
    rows = [(d, f, int(c)) for d, *counts in lines for f, c in zip(names[1:], counts, strict=True) if int(c)]
    return dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))


def simulated(seed: int, n: int = 12, m: int = 40) -> tuple[dz.Dfm, np.ndarray]:
    rng = np.random.default_rng(seed)
    theta = np.linspace(-1.5, 1.5, n)
    counts = rng.poisson(
        np.exp(
            2 + rng.normal(0, 0.2, (n, 1)) + rng.normal(0, 0.5, m) + theta[:, None] * rng.normal(0, 0.6, m)
        )
    )
    rows = [(f"d{i:02}", f"f{j:02}", int(c)) for (i, j), c in np.ndenumerate(counts) if c]
    return dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")), counts


def test_published_example(shared, lbg):
    entry = next(
        e
        for e in json.loads((shared / "published/tables.json").read_text(encoding="utf-8"))
        if e["id"] == "lbg2003"
    )
    expected = entry["expected"]
    raw = dz.wordscores(lbg, reference_scores=SCORES)
    assert raw.documents["doc_id"].to_list() == ["V1"]
    assert raw.documents["raw_score"].item() == pytest.approx(expected["V1_raw"], abs=5e-8)
    scores = dict(raw.features.iter_rows())
    for word, value in expected["wordscores"].items():
        assert scores[word] == pytest.approx(value, abs=5e-8)
    both = {
        r: dz.wordscores(lbg, reference_scores=SCORES, rescaling=r, include_references=True).documents
        for r in ("lbg", "mv")
    }
    for r, frame in both.items():
        assert frame.filter(doc_id="V1")["score"].item() == pytest.approx(expected[f"V1_{r}"], abs=5e-8)


@pytest.mark.parametrize("smoothing", [0, 0.5, 1])
@pytest.mark.parametrize("rescaling", ["none", "lbg", "mv"])
def test_wordscores_as_quanteda(shared, lbg, smoothing, rescaling):
    golden = json.loads((shared / "quanteda/models/wordscores_lbg.json").read_text(encoding="utf-8"))
    theirs = golden[f"linear_smooth{smoothing:g}"]
    found = dz.wordscores(
        lbg, reference_scores=SCORES, smoothing=smoothing, rescaling=rescaling, include_references=True
    )
    assert found.documents["doc_id"].to_list() == theirs[rescaling]["doc"]
    for mine, word in (("score", "fit"), ("score_wald_low", "lwr"), ("score_wald_high", "upr"), ("se", "se")):
        if (rescaling, word) == ("lbg", "se"):
            continue  # quanteda shifts this one by the mean; its bounds are right
        assert np.allclose(found.documents[mine], theirs[rescaling][word], rtol=0, atol=1e-9), word
    words = dict(found.features.iter_rows())
    assert all(abs(words[w] - s) < 1e-12 for w, s in theirs["wordscores"].items())


def test_wordscores_ends(lbg):
    alone = dz.wordscores(lbg, reference_scores=SCORES, rescaling="lbg").documents
    assert alone["score"].to_list() == [None] and alone["raw_score"].null_count() == 0
    extra = pl.DataFrame({"doc_id": ["X", "X"], "feature": ["新", "F"], "count": [3, 1]})
    wider = dz.Dfm.from_counts(pl.concat([lbg.to_frame(), extra]))
    found = dz.wordscores(wider, reference_scores=SCORES)
    assert dict(found.features.iter_rows())["新"] is None
    assert found.documents.filter(doc_id="X").select("n_scored", "raw_score").rows() == [
        (1, dict(found.features.iter_rows())["F"])
    ]
    turned = dz.wordscores(wider.sort("doc_id", descending=True), reference_scores=SCORES)
    assert turned.documents.sort("doc_id")["raw_score"].to_list() == pytest.approx(
        found.documents.sort("doc_id")["raw_score"].to_list()
    )


def poisson_terms(counts, fit, prior_beta=3.0, prior_theta=1.0):
    theta, alpha = fit.documents["theta"].to_numpy(), fit.documents["alpha"].to_numpy()
    beta, psi = fit.features["beta"].to_numpy(), fit.features["psi"].to_numpy()
    mean = np.exp(alpha[:, None] + psi + theta[:, None] * beta)
    return theta, beta, mean


@pytest.mark.parametrize("priors", [(3.0, 1.0), (None, None), (1.0, None)])
def test_wordfish_is_a_fixed_point(priors):
    dfm, counts = simulated(2)
    fit = dz.wordfish(
        dfm, direction=("d00", "d11"), prior_beta=priors[0], prior_theta=priors[1], tolerance=1e-10
    )
    assert fit.converged
    theta, beta, mean = poisson_terms(counts, fit)
    assert theta.mean() == pytest.approx(0, abs=1e-10) and theta.std(ddof=1) == pytest.approx(1)
    if priors == (None, None):
        # Without priors the score equations of the likelihood hold.
        assert np.abs((counts - mean).sum(0)).max() < 1e-4 * counts.sum(0).max()
        assert np.abs((counts - mean).sum(1)).max() < 1e-4 * counts.sum(1).max()
        assert np.abs(((counts - mean) * theta[:, None]).sum(0)).max() < 1e-3
        assert np.abs(((counts - mean) * beta).sum(1)).max() < 1e-2
    assert np.corrcoef(theta, np.linspace(-1.5, 1.5, 12))[0, 1] > 0.98


def test_wordfish_sign_and_order():
    dfm, _ = simulated(3)
    one = dz.wordfish(dfm, direction=("d00", "d11"), tolerance=1e-9)
    two = dz.wordfish(dfm, direction=("d11", "d00"), tolerance=1e-9)
    assert np.allclose(one.documents["theta"], -two.documents["theta"].to_numpy(), atol=1e-6)
    assert one.documents["theta"][0] < one.documents["theta"][-1]
    turned = dz.wordfish(dfm.sort("doc_id", descending=True), direction=("d00", "d11"), tolerance=1e-9)
    assert np.allclose(turned.documents.sort("doc_id")["theta"], one.documents["theta"], atol=1e-6)


def test_wordfish_near_quanteda(shared, lbg):
    """quanteda stops before the fixed point (see docs/statistics/scaling.md)."""
    golden = json.loads((shared / "quanteda/models/wordfish_lbg_docs.json").read_text(encoding="utf-8"))
    fit = dz.wordfish(lbg, direction=("R1", "R5"))
    assert np.abs(fit.documents["theta"].to_numpy() - golden["theta"]).max() < 0.072


def test_wordfish_near_quanteda_zh(shared):
    golden = json.loads((shared / "quanteda/models/wordfish_zh_docs.json").read_text(encoding="utf-8"))
    words = pl.read_csv(shared / "quanteda/models/wordfish_zh_features.csv")
    tokens = json.loads((shared / "quanteda/tokens/zh_words.json").read_text(encoding="utf-8"))
    rows = pl.DataFrame({"doc_id": list(tokens), "feature": list(tokens.values())}).explode("feature")
    rows = rows.filter(pl.col("feature").is_in(words["feature"].implode()))
    dfm = dz.Dfm.from_counts(rows.group_by("doc_id", "feature").len("count").sort("doc_id"))
    low, high = (
        golden["docs"][i] for i in (int(np.argmin(golden["theta"])), int(np.argmax(golden["theta"])))
    )
    fit = dz.wordfish(dfm, direction=(low, high))
    mine = dict(zip(fit.documents["doc_id"], fit.documents["theta"], strict=True))
    theirs = dict(zip(golden["docs"], golden["theta"], strict=True))
    assert np.corrcoef([mine[d] for d in theirs], list(theirs.values()))[0, 1] > 0.99


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda d: dz.wordscores(d, reference_scores={"zz": 1}),
            dz.ParameterError,
            ["reference_scores", "zz"],
        ),
        (lambda d: dz.wordscores(d, reference_scores={"d00": 1}), dz.DataError, ["reference_scores"]),
        (lambda d: dz.wordscores(d, reference_scores={}), dz.DataError, ["reference_scores"]),
        (lambda d: dz.wordscores(d, reference_scores="doc_id"), dz.DataTypeError, ["reference_scores"]),
        (
            lambda d: dz.wordscores(d, reference_scores={"d00": 1, "d01": 2}, smoothing=-1),
            dz.ParameterError,
            ["smoothing"],
        ),
        (
            lambda d: dz.wordscores(d, reference_scores={"d00": 1}, rescaling="x"),
            dz.ParameterError,
            ["rescaling"],
        ),
        (lambda d: dz.wordfish(d, direction=("d00", "zz")), dz.ParameterError, ["direction", "zz"]),
        (lambda d: dz.wordfish(d, direction=("d00", "d00")), dz.ParameterError, ["direction"]),
        (lambda d: dz.wordfish(d, direction="d0"), dz.ParameterError, ["direction"]),
        (lambda d: dz.wordfish(d, direction=("d00", "d01"), prior_beta=0), dz.ParameterError, ["prior_beta"]),
        (
            lambda d: dz.wordfish(d.filter(pl.col("doc_id") < "d02"), direction=("d00", "d01")),
            dz.DataError,
            ["dfm"],
        ),
        (lambda d: dz.wordfish(d.weight("prop"), direction=("d00", "d01")), dz.DataTypeError, ["dfm"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(simulated(0)[0])
    assert all(word in str(raised.value) for word in words), raised.value
