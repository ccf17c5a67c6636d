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
        assert got["rate_per_1_chars_exact_low"] * len(text) == pytest.approx(low, rel=1e-9, abs=1e-12)
        assert got["rate_per_1_chars_exact_high"] * len(text) == pytest.approx(high, rel=1e-9)


def test_golden_comparison(golden):
    d = dz.Dictionary({"a": ["居民"]})
    for a, b, e, f, p in (
        pl.read_csv(golden / "equal_rates.csv").head(4).select(pl.exclude("source")).iter_rows()
    ):
        e, f = max(int(e) * 3, 2 * a), max(int(f) * 3, 2 * b)
        if a * 2 > e or b * 2 > f:
            continue
        texts = ["居民" * a + "党" * (e - 2 * a), "居民" * b + "党" * (f - 2 * b)]
        assert dz.rates(texts, d)["rate_ratio_exact_p"][0] == pytest.approx(p, rel=1e-9)


def test_an_outer_category_counts_a_stretch_once():
    found = dz.rates(DOCS, D, by="city", per=10)
    rows = found.select(
        "group", "category", "depth", "count", "count_negated", "size_chars", "mean_weight"
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
    found = dz.rates(docs, d, by="g", inference=dz.Inference(permutations=200, resamples=200, seed=3))
    row = found.row(0, named=True)
    assert (
        row["rate_per_1000_chars_bootstrap_low"]
        <= row["rate_per_1000_chars"]
        <= row["rate_per_1000_chars_bootstrap_high"]
    )
    assert 1 / 201 <= row["rate_ratio_permutation_p"] < 0.1 and row["rate_ratio"] < 1
    assert found.equals(
        dz.rates(docs, d, by="g", inference=dz.Inference(permutations=200, resamples=200, seed=3))
    )
    # All labels change places within blocks of one document each only with themselves.
    alone = dz.rates(docs, d, by="g", inference=dz.Inference(permutations=50, resamples=0, blocks="doc_id"))
    assert alone["rate_ratio_permutation_p"].to_list() == [1.0, 1.0]
    bca = dz.rates(docs, d, by="g", inference=dz.Inference(permutations=0, resamples=200, interval="bca"))
    assert bca["rate_per_1000_chars_bootstrap_low"].null_count() == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("居民党委", max_size=20), min_size=1, max_size=5))
def test_counts_are_those_of_the_texts(texts):
    found = dz.rates(texts, dz.Dictionary({"a": ["居民"]}), per=100)
    assert found["count"].to_list() == [t.count("居民") for t in texts]
    for text, row in zip(texts, found.iter_rows(named=True), strict=True):
        if text:
            assert row["rate_per_100_chars"] == pytest.approx(100 * text.count("居民") / len(text))
            assert (
                row["rate_per_100_chars_exact_low"]
                <= row["rate_per_100_chars"]
                <= row["rate_per_100_chars_exact_high"]
            )


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_golden_ratio_bounds(golden, level):
    """On matrices, whose sizes are free: counts of 居民 among tokens."""
    rows = pl.read_csv(golden / "rate_ratios.csv").filter(pl.col("level") == level)
    assert rows.height == 7 and rows["source"].str.starts_with("scipy").all()
    d = dz.Dictionary({"a": ["居民"]})
    for a, b, e, f, _, ratio, low, high in rows.select(pl.exclude("source")).iter_rows():
        cells = [("x", "居民", a), ("x", "党", e - a), ("y", "居民", b), ("y", "党", f - b)]
        counts = pl.DataFrame(cells, schema=["doc_id", "feature", "count"], orient="row")
        dfm = dz.Dfm.from_counts(counts)
        got = dz.rate_ratios(
            dfm,
            d,
            by="doc_id",
            inference=dz.Inference(permutations=0, resamples=0, level=level),
            design="pairwise",
        ).row(0, named=True)
        assert (got["size_tokens"], got["reference_size_tokens"]) == (e, f)
        assert got["rate_ratio"] == pytest.approx(ratio, rel=1e-12)
        assert got["rate_ratio_exact_low"] == pytest.approx(low, rel=1e-8)
        assert got["rate_ratio_exact_high"] == pytest.approx(high, rel=1e-8)
        same = dz.rates(dfm, d, inference=dz.Inference(permutations=0, resamples=0, level=level)).row(
            0, named=True
        )
        assert same["rate_ratio_exact_low"] == got["rate_ratio_exact_low"]
        assert same["rate_ratio_exact_high"] == got["rate_ratio_exact_high"]


def test_interval_and_test_agree_and_sides_are_inverse():
    d = dz.Dictionary({"a": ["居民"], "b": ["党"]})
    texts = ["居民党" * 5 + "政协" * 9, "居民" * 3 + "党" * 7 + "政协" * 20, "居民居民", "党党党"]
    docs = pl.DataFrame({"doc_id": range(4), "text": texts, "g": list("aabc")})
    found = dz.rate_ratios(docs, d, by="g", design="pairwise", adjust=None)
    assert found.select("group", "reference").unique(maintain_order=True).rows() == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]
    swapped = dz.rate_ratios(docs, d, by=pl.col("g").replace({"a": "z"}), design="pairwise", adjust=None)
    one = found.filter((pl.col("group") == "a") & (pl.col("reference") == "b")).row(0, named=True)
    other = swapped.filter((pl.col("group") == "b") & (pl.col("reference") == "z")).row(0, named=True)
    assert one["rate_ratio"] == pytest.approx(1 / other["rate_ratio"])
    assert one["rate_ratio_exact_low"] == pytest.approx(1 / other["rate_ratio_exact_high"])
    assert one["rate_ratio_exact_p"] == pytest.approx(other["rate_ratio_exact_p"])
    nothing = found.filter((pl.col("reference") == "c") & (pl.col("category") == "a"))
    assert nothing["rate_ratio"].to_list() == [math.inf, math.inf]
    assert nothing["rate_ratio_exact_high"].to_list() == [math.inf, math.inf]
    assert (nothing["rate_ratio_exact_low"] > 0).all()


def slow_ratio(counts, sizes, sides):
    here = sum(c for c, s in zip(counts, sides, strict=True) if s) / sum(
        n for n, s in zip(sizes, sides, strict=True) if s
    )
    there = sum(c for c, s in zip(counts, sides, strict=True) if not s) / sum(
        n for n, s in zip(sizes, sides, strict=True) if not s
    )
    return here / there


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(1, 9), st.sampled_from("ab")), min_size=2, max_size=9)
)
def test_ratio_is_that_of_a_slow_reference(rows):
    sides = [g == "a" for _, _, g in rows]
    if len(set(sides)) < 2:
        return
    texts = ["居民" * k + "党" * n for k, n, _ in rows]
    docs = pl.DataFrame({"doc_id": range(len(rows)), "text": texts, "g": [g for *_, g in rows]})
    got = dz.rate_ratios(docs, dz.Dictionary({"x": ["居民"]}), by="g").row(0, named=True)
    counts, sizes = [k for k, _, _ in rows], [2 * k + n for k, n, _ in rows]
    if not any(counts):
        assert got["rate_ratio"] is None
        return
    if not any(k for k, s in zip(counts, sides, strict=True) if not s):
        assert got["rate_ratio"] == math.inf
        return
    assert got["rate_ratio"] == pytest.approx(slow_ratio(counts, sizes, sides))
    assert got["rate_ratio_exact_low"] <= got["rate_ratio"] <= got["rate_ratio_exact_high"]


def test_ratios_over_documents_do_not_depend_on_their_order():
    texts = ["居民" * k + "党" * (20 - k) for k in (1, 2, 1, 2, 6, 7, 8, 7)]
    docs = pl.DataFrame({"doc_id": range(8), "text": texts, "g": ["a"] * 4 + ["b"] * 4, "y": [0, 1] * 4})
    d = dz.Dictionary({"民": ["居民"]})
    options = {"by": "g", "inference": dz.Inference(permutations=300, resamples=300, seed=3)}
    found = dz.rate_ratios(docs, d, **options)
    row = found.row(0, named=True)
    assert (
        row["reference"] == "rest"
        and row["rate_ratio_bootstrap_low"] <= row["rate_ratio"] <= row["rate_ratio_bootstrap_high"]
    )
    assert (
        row["rate_ratio_permutation_p"] < 0.1
        and row["rate_ratio_permutation_p_adjusted"] >= row["rate_ratio_permutation_p"]
    )
    mixed = docs[[5, 0, 7, 2, 1, 6, 3, 4]]
    assert found.equals(dz.rate_ratios(mixed, d, **options))
    assert dz.rates(docs, d, **options).equals(dz.rates(mixed, d, **options))
    # With two groups, the rest of one is the other.
    pair = dz.rate_ratios(docs, d, design="pairwise", **options).row(0, named=True)
    for name in (
        "rate_ratio",
        "rate_ratio_bootstrap_low",
        "rate_ratio_bootstrap_high",
        "rate_ratio_permutation_p",
        "rate_ratio_exact_p",
    ):
        assert pair[name] == row[name]
    # The same permutation test as that of `rates`.
    assert dz.rates(docs, d, **options)["rate_ratio_permutation_p"][0] == row["rate_ratio_permutation_p"]
    alone = dz.rate_ratios(
        docs, d, by="g", inference=dz.Inference(permutations=50, resamples=0, blocks="doc_id")
    )
    assert alone["rate_ratio_permutation_p"].to_list() == [1.0, 1.0]


def test_a_matrix_counts_tokens():
    toks = dz.tokens({"b": ["党委", "常委会", "居民", "好"], "a": ["居民", "居民"], "c": []})
    found = dz.rates(toks.dfm(), D, per=10)
    assert found.columns[5] == "size_tokens" and "rate_per_10_tokens" in found.columns
    rows = found.select("doc_id", "category", "count", "size_tokens", "rate_per_10_tokens").rows()
    assert rows[:4] == [
        ("b", "上", 2, 4, 5.0), ("b", "上.党", 1, 4, 2.5), ("b", "上.机关", 2, 4, 5.0), ("b", "下", 1, 4, 2.5),
    ]  # fmt: skip
    assert rows[7] == ("a", "下", 2, 2, 10.0) and rows[8] == ("c", "上", 0, 0, None)
    assert found["count_negated"].null_count() == found.height
    with pytest.raises(dz.ParameterError, match="negat"):
        dz.rates(toks.dfm(), D, negated="only")


def test_ratios_refuse_what_makes_no_sense():
    for options, word in [
        ({"design": "all"}, "design"), ({"adjust": "x"}, "adjust"), ({"per": 0}, "per"), ({"inference": 99}, "inference"),
        ({"by": pl.lit("one")}, "two groups"),
    ]:  # fmt: skip
        with pytest.raises(dz.ParameterError, match=word):
            dz.rate_ratios(DOCS, D, **{"by": "city", **options})
    with pytest.raises(dz.MissingColumnError):
        dz.rate_ratios(DOCS, D, by="no")
    empty = dz.rate_ratios(DOCS.head(0), D, by="city")
    assert empty.schema == dz.rate_ratios(DOCS, D, by="city").schema and empty.is_empty()


def test_bad_arguments():
    for options, word in [
        ({"per": 0}, "per"), ({"negated": "x"}, "negated"), ({"inference": "bca"}, "inference"),
    ]:  # fmt: skip
        with pytest.raises(dz.ParameterError, match=word):
            dz.rates(DOCS, D, **options)
    with pytest.raises(dz.MissingColumnError, match="no") as raised:
        dz.rates(DOCS, D, by="no")
    assert "__" not in str(raised.value)
    with pytest.warns(dz.DuizhaoWarning, match="1 of 4"):
        dz.rates(DOCS.with_columns(city=pl.Series(["a", "a", "b", None])), D, by="city")


def test_the_dictionary_that_ships_looks_up_and_down():
    d = dz.Dictionary.shipped("orientation")
    assert set(d.to_frame()["levels"].list.first()) == {"上", "下"}
    text = "向市委、省委报告，市委员会客厅开到社区，困难群众和企业家都来了。中央空调不算。基层党组织牵头。"
    found = dz.lookup(text, d).select("category", "surface").rows()
    assert found == [
        ("上.上级", "市委"), ("上.上级", "省委"), ("下.基层", "社区"), ("下.群众", "困难群众"), ("下.企业", "企业家"),
        ("上.党组织", "基层党组织"),
    ]  # fmt: skip
    with pytest.raises(dz.ParameterError, match="orientation"):
        dz.Dictionary.shipped("no")
