"""Rates of dictionaries of categories."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz

D = dz.Dictionary({"上": {"党": {"党委": 1.0}, "机关": {"党委": 3.0, "常委会": 1.0}}, "下": ["居民"]})
DOCS = pl.DataFrame(
    {
        "doc_id": [1, 2, 3, 4],
        "text": ["党委和居民", "居民 居民居民", "常委会，党委不党委", ""],
        "city": ["甲", "甲", "乙", "乙"],
    }
)


def test_golden_intervals(golden):
    rows = pl.read_csv(golden / "garwood.csv").filter((pl.col("level") == 0.95) & (pl.col("count") <= 1000))
    assert rows.height > 5 and rows["source"].str.starts_with("scipy").all()
    d = dz.Dictionary({"a": ["居民"]})
    for count, low, high in rows.select("count", "low", "high").iter_rows():
        text = "居民" * count + "党"
        got = dz.rates([text], d, per=1).row(0, named=True)
        assert got["exact_low_per_1_chars"] * len(text) == pytest.approx(low, rel=1e-9, abs=1e-12)
        assert got["exact_high_per_1_chars"] * len(text) == pytest.approx(high, rel=1e-9)


def test_golden_comparison(golden):
    d = dz.Dictionary({"a": ["居民"]})
    for a, b, e, f, p in (
        pl.read_csv(golden / "equal_rates.csv").head(4).select(pl.exclude("source")).iter_rows()
    ):
        e, f = max(int(e) * 3, 2 * a), max(int(f) * 3, 2 * b)
        if a * 2 > e or b * 2 > f:
            continue
        texts = ["居民" * a + "党" * (e - 2 * a), "居民" * b + "党" * (f - 2 * b)]
        assert dz.rates(texts, d)["rate_ratio_p"][0] == pytest.approx(p, rel=1e-9)


def test_an_outer_category_counts_a_stretch_once():
    found = dz.rates(DOCS, D, by="city", per=10)
    rows = found.select(
        "group", "category", "level", "count", "count_negated", "size_chars", "mean_weight"
    ).rows()
    assert rows == [
        ("乙", "上", 1, 2, 1, 9, 1.0), ("乙", "上.党", 2, 1, 1, 9, 1.0), ("乙", "上.机关", 2, 2, 1, 9, 2.0),
        ("乙", "下", 1, 0, 0, 9, None),
        ("甲", "上", 1, 1, 0, 11, 1.0), ("甲", "上.党", 2, 1, 0, 11, 1.0), ("甲", "上.机关", 2, 1, 0, 11, 3.0),
        ("甲", "下", 1, 4, 0, 11, None),
    ]  # fmt: skip
    assert found["rate_per_10_chars"][0] == pytest.approx(20 / 9)
    assert found["rate_ratio"].to_list()[3] == 0 and found["rate_ratio"][7] == math.inf
    assert dz.rates(DOCS, D, by="city", negated="count")["count"][0] == 3
    assert dz.rates(DOCS, D, by="city", negated="only")["count"][0] == 1


def test_documents_and_empty_input():
    found = dz.rates(DOCS, D)
    assert found["doc_id"].dtype == pl.Int64 and found.height == 16
    empty = found.filter(pl.col("doc_id") == 4)
    assert empty["rate_per_1000_chars"].null_count() == 4 and empty["count"].sum() == 0
    assert dz.rates([], D).schema == dz.rates(["党"], D).schema
    assert dz.rates(["党"], dz.Dictionary({})).is_empty()
    assert not found.select(pl.any_horizontal(pl.col(pl.Float64).is_nan().any())).item()


def test_bootstrap_and_permutation():
    texts = ["居民" * k + "党" * (20 - k) for k in (1, 2, 1, 2, 6, 7, 8, 7)]
    docs = pl.DataFrame({"doc_id": range(8), "text": texts, "g": ["a"] * 4 + ["b"] * 4, "y": [0, 1] * 4})
    d = dz.Dictionary({"民": ["居民"]})
    found = dz.rates(docs, d, by="g", resamples=200, permutations=200, seed=3)
    row = found.row(0, named=True)
    assert (
        row["bootstrap_low_per_1000_chars"]
        <= row["rate_per_1000_chars"]
        <= row["bootstrap_high_per_1000_chars"]
    )
    assert 1 / 201 <= row["permutation_p"] < 0.1 and row["rate_ratio"] < 1
    assert found.equals(dz.rates(docs, d, by="g", resamples=200, permutations=200, seed=3))
    # All labels change places within blocks of one document each only with themselves.
    alone = dz.rates(docs, d, by="g", permutations=50, blocks="doc_id")
    assert alone["permutation_p"].to_list() == [1.0, 1.0]
    bca = dz.rates(docs, d, by="g", resamples=200, interval="bca")
    assert bca["bootstrap_low_per_1000_chars"].null_count() == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("居民党委", max_size=20), min_size=1, max_size=5))
def test_counts_are_those_of_the_texts(texts):
    found = dz.rates(texts, dz.Dictionary({"a": ["居民"]}), per=100)
    assert found["count"].to_list() == [t.count("居民") for t in texts]
    for text, row in zip(texts, found.iter_rows(named=True), strict=True):
        if text:
            assert row["rate_per_100_chars"] == pytest.approx(100 * text.count("居民") / len(text))
            assert (
                row["exact_low_per_100_chars"] <= row["rate_per_100_chars"] <= row["exact_high_per_100_chars"]
            )


def test_bad_arguments():
    for options, word in [
        ({"per": 0}, "per"), ({"level": 1.0}, "level"), ({"interval": "x"}, "interval"), ({"negated": "x"}, "negated"),
        ({"resamples": -1}, "resamples"),
    ]:  # fmt: skip
        with pytest.raises(dz.ParameterError, match=word):
            dz.rates(DOCS, D, **options)
    with pytest.raises(dz.MissingColumnError):
        dz.rates(DOCS, D, by="no")
    with pytest.warns(dz.DuizhaoWarning, match="1 of 4"):
        dz.rates(DOCS.with_columns(city=pl.Series(["a", "a", "b", None])), D, by="city")
