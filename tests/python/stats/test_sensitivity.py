"""Sensitivity: agreement of rankings against scipy and published worked values, the promises of the docstring, bad input."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao import _core
from duizhao.stats._schema import SENSITIVITY, SENSITIVITY_PAIRS

DOCS = pl.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d"],
        "city": ["眉山", "眉山", "成都", "成都"],
        "text": [
            "加强党建工作，推动党建引领基层治理。",
            "党建联席会议推动协商工作。",
            "发展经济，推动经济工作高质量发展。",
            "经济工作会议研究市场发展。",
        ],
    }
)
VARIANTS = {
    "default": dz.Segmenter(),
    "no hmm": {"segmenter": dz.Segmenter(hmm=False)},
    "characters": lambda docs: dz.tokens(
        docs.with_columns(pl.col("text").str.replace_all("[，。]", "").str.split("").alias("text"))
    ),
}


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=2, max_size=40))
def test_kendall_as_scipy(pairs):
    from scipy.stats import kendalltau

    x, y = np.array(pairs, dtype=float).T
    theirs = kendalltau(x, y).statistic
    mine = _core.kendall_tau(pl.Series(x), pl.Series(y))
    assert (mine is None) == np.isnan(theirs)
    if mine is not None:
        assert mine == pytest.approx(theirs, abs=1e-12)


def rank_biased_overlap(a: list[str], b: list[str], p: float) -> float | None:
    one, other = (pl.Series([ord(item) for item in items], dtype=pl.UInt32) for items in (a, b))
    return _core.rank_biased_overlap(one, other, p)


def test_rank_biased_overlap():
    assert rank_biased_overlap(list("abc"), list("abc"), 0.9) == pytest.approx(1)
    assert rank_biased_overlap(list("abc"), list("xyz"), 0.9) == 0
    assert rank_biased_overlap([], [], 0.9) is None and rank_biased_overlap([], ["a"], 0.9) == 0
    # By hand for p = 1/2: agreement 0, 1, 1 at depths 1 to 3.
    assert rank_biased_overlap(list("bac"), list("abc"), 0.5) == pytest.approx(0.25 + 0.125 + 0.125)
    assert rank_biased_overlap(list("ab"), list("abcd"), 0.9) == rank_biased_overlap(
        list("abcd"), list("ab"), 0.9
    )


@pytest.mark.filterwarnings("ignore:the variant .characters.")
def test_frames():
    found = dz.sensitivity(DOCS, VARIANTS, by="city", top=5)
    assert found.terms.schema == SENSITIVITY and found.pairs.schema == SENSITIVITY_PAIRS
    assert found.pairs.select("variant_1", "variant_2").unique(maintain_order=True).rows() == [
        ("default", "no hmm"), ("default", "characters"), ("no hmm", "characters"),
    ]  # fmt: skip
    assert found.pairs["kendall_tau"].drop_nulls().is_between(-1, 1).all()
    terms = found.terms
    assert (terms["score_lowest"] <= terms["score_median"]).all() and (
        terms["rank_best"] <= terms["rank_worst"]
    ).all()
    economy = terms.filter(group="成都", term="经济").row(0, named=True)
    assert economy["n_variants"] == 2 and economy["sign_agreement"] == 1 and economy["rank_best"] == 1


def test_the_same_variant_twice_agrees_fully():
    found = dz.sensitivity(
        DOCS, {"a": dz.Segmenter(), "b": dz.Segmenter()}, by="city", score="log_ratio", min_count=2
    )
    for column in ("kendall_tau", "overlap", "rank_biased_overlap", "sign_agreement"):
        assert found.pairs[column].to_list() == pytest.approx([1.0, 1.0])
    assert (found.terms["top_share"] == 1).all()


@pytest.mark.filterwarnings("ignore:the variant .characters.")
def test_any_function_of_tokens():
    def counts(toks):
        return toks.dfm().features.select("feature", freq="count")

    found = dz.sensitivity(DOCS, VARIANTS, finding=counts, score="freq", top=3)
    assert found.pairs["group"].unique().to_list() == ["all"]
    assert found.scores.columns == ["group", "variant", "term", "score", "rank"]


def test_bad_input():
    with pytest.raises(dz.errors.ParameterError, match="at least two variants; got 1"):
        dz.sensitivity(DOCS, {"a": dz.Segmenter()}, by="city")
    with pytest.raises(dz.errors.DataTypeError, match="`variants` must be a mapping"):
        dz.sensitivity(DOCS, [dz.Segmenter()], by="city")
    with pytest.raises(dz.errors.ParameterError, match="one of `finding` and `by`"):
        dz.sensitivity(DOCS, VARIANTS)
    with pytest.raises(dz.errors.DataTypeError, match=r"`variants\['a'\]` must be a Segmenter"):
        dz.sensitivity(DOCS, {"a": 1, "b": 2}, by="city")
    with pytest.raises(dz.errors.MissingColumnError):
        dz.sensitivity(DOCS, VARIANTS, finding=lambda t: t.dfm().features, score="z")
    with pytest.raises(dz.errors.ParameterError, match="`top`"):
        dz.sensitivity(DOCS, VARIANTS, by="city", top=0)
    with pytest.raises(dz.errors.DataError, match="once in a group"):
        dz.sensitivity(DOCS, VARIANTS, finding=lambda t: pl.concat([t.dfm().features] * 2), score="count")
