"""Keyness: quanteda's and scipy's figures, the promises of the docstring, bad input."""

from __future__ import annotations

import json
import math
import warnings

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.stats._schema import KEYNESS

ALL = dz.measures(["significance", "effect", "association"])["measure"].to_list()


def counts(rows: list[tuple[str, str, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows, schema={"doc_id": pl.String, "feature": pl.String, "count": pl.Int64}, orient="row"
    )


@pytest.fixture
def dfm() -> dz.Dfm:
    rows = [
        ("a", "党建", 30),
        ("a", "经济", 10),
        ("b", "党建", 25),
        ("b", "经济", 15),
        ("c", "经济", 40),
        ("c", "调研", 20),
    ]
    documents = pl.DataFrame(
        {"doc_id": ["a", "b", "c", "空"], "city": ["眉山", "眉山", "成都", None], "year": [1, 2, 2, 2]}
    )
    return dz.Dfm.from_counts(counts(rows), documents=documents)


# --- figures of others ----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "target"), [("doc_004", ["004"]), ("group_000_001", ["000", "001"])])
def test_quanteda(shared, name, target):
    """quanteda.textstats 0.97.2; its additions (1e-9 in logarithms, Yates on a condition) are put on ours."""
    folder = shared / "quanteda/zh"
    tokens = json.loads((shared / "quanteda/tokens/zh_words.json").read_text(encoding="utf-8"))
    rows = pl.DataFrame({"doc_id": list(tokens), "feature": list(tokens.values())}).explode("feature")
    dfm = dz.Dfm.from_counts(rows.group_by("doc_id", "feature").len("count"))
    theirs = pl.read_csv(folder / f"keyness_{name}.csv.gz", null_values="NA").join(
        pl.read_csv(folder / "features.csv").select("id", "feature"), on="id"
    )
    measures = ["log_likelihood", "chi_squared", "chi_squared_yates", "pmi"]
    both = dz.keyness(dfm, target=target, measures=measures).join(
        theirs, on="feature", how="full", validate="1:1"
    )
    assert both.height == theirs.height == 1899 and both.null_count().sum_horizontal().item() == 0
    assert (both["count_target"] == both["n_target"]).all() and (
        both["count_reference"] == both["n_reference"]
    ).all()

    def close(mine, their, rtol=1e-9, atol=1e-12):
        np.testing.assert_allclose(np.asarray(mine, float), np.asarray(their, float), rtol=rtol, atol=atol)

    o11, o21 = both["count_target"].to_numpy(), both["count_reference"].to_numpy()
    o12, o22 = both["size_target"].to_numpy() - o11, both["size_reference"].to_numpy() - o21
    n = (o11 + o12 + o21 + o22).astype(float)
    o = np.stack([o11, o12, o21, o22], 1).astype(float)
    row, column = o[:, :2].sum(1), o[:, 0] + o[:, 2]
    e = (
        np.stack([row * column, row * (n - column), (n - row) * column, (n - row) * (n - column)], 1)
        / n[:, None]
    )
    close(both["expected_target"], e[:, 0])

    close(both["chi_squared"], both["chi2.none"])
    corrected = (np.abs(o11 * o22 - o12 * o21) >= n / 2) & (e < 5).any(1)
    assert 0 < corrected.sum() < len(corrected)
    close(np.where(corrected, both["chi_squared_yates"], both["chi_squared"]), both["chi2.yates"])
    # Their logarithms see O/E + 1e-9: that adds 1e-9 * E for every cell that is not empty, to first order.
    shift = 2e-9 * np.where(o > 0, e, 0).sum(1)
    close(
        both["log_likelihood"] + both["log_likelihood"].sign() * shift, both["lr.none"], rtol=1e-9, atol=1e-9
    )
    close(np.log(np.exp(both["pmi"].to_numpy()) + 1e-9), both["pmi.none"])
    # 1 - pchisq() keeps about sixteen digits after the point.
    close(both["chi_squared_p"], both["p.chi2.none"], rtol=1e-9, atol=1e-14)


def test_scipy(dfm):
    from scipy.stats import chi2_contingency

    found = dz.keyness(
        dfm, target=["a", "b"], measures=["log_likelihood", "chi_squared", "chi_squared_yates"]
    )
    for row in found.iter_rows(named=True):
        a, b = row["count_target"], row["count_reference"]
        table = [[a, row["size_target"] - a], [b, row["size_reference"] - b]]
        for measure, options in (
            ("log_likelihood", {"correction": False, "lambda_": "log-likelihood"}),
            ("chi_squared", {"correction": False}),
            ("chi_squared_yates", {"correction": True}),
        ):
            statistic, p, _, expected = chi2_contingency(table, **options)
            assert abs(row[measure]) == pytest.approx(statistic, rel=1e-12)
            assert math.copysign(1, row[measure]) == (1 if a > expected[0][0] else -1)
            assert row[f"{measure}_p"] == pytest.approx(p, rel=1e-11)
            assert row["expected_target"] == pytest.approx(expected[0][0], rel=1e-12)


# --- promises -------------------------------------------------------------------------------------


def test_words_of_one_side_stay(dfm):
    found = dz.keyness(dfm, target=["a", "b"])
    assert found.select("feature", "count_target", "count_reference").rows() == [
        ("党建", 55, 0),
        ("经济", 25, 40),
        ("调研", 0, 20),
    ]
    assert found["log_ratio"].is_finite().all()
    assert found.select("per_million_target", "doc_freq_target", "doc_freq_reference").row(0) == (
        687500.0,
        2,
        0,
    )


def test_schema_and_order(dfm):
    found = dz.keyness(dfm, by="year", measures=ALL)
    assert found.columns[: len(KEYNESS)] == KEYNESS.names()
    assert {name: found.schema[name] for name in KEYNESS} == dict(KEYNESS)
    assert found["target"].to_list() == ["1"] * 3 + ["2"] * 3
    expected = found.sort(
        "target", pl.col("log_likelihood"), "feature", descending=[False, True, False], nulls_last=True
    )
    assert found.equals(expected)


def test_ties_stand_in_code_point_order():
    dfm = dz.Dfm.from_counts(counts([("a", w, 3) for w in "丁丙乙甲"] + [("b", "别", 9)]))
    assert dz.keyness(dfm, target="a", measures="log_ratio")["feature"].to_list() == [
        *sorted("丁丙乙甲"),
        "别",
    ]


def test_ways_to_name_a_target_agree(dfm):
    ways = [
        pl.col("city") == "眉山",
        ["a", "b"],
        pl.Series(["b", "a"]),
        [True, True, False, False],
        np.array([True, True, False, False]),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dz.DuizhaoWarning)
        frames = [dz.keyness(dfm, target=way) for way in ways]
    assert all(frame.equals(frames[1]) for frame in frames)
    assert set(frames[0]["target"]) == {"target"}
    assert set(dz.keyness(dfm, target="a")["target"]) == {"a"}


def test_reference_leaves_the_others_out(dfm):
    found = dz.keyness(dfm, target="a", reference=["c"])
    assert found.select("size_target", "size_reference").unique().rows() == [(40, 60)]


def test_groups_against_the_rest_are_the_single_comparisons(dfm):
    by = dz.keyness(dfm, by="year")
    for year in (1, 2):
        one = dz.keyness(dfm, target=pl.col("year") == year).with_columns(target=pl.lit(str(year)))
        assert by.filter(pl.col("target") == str(year)).equals(one)


def test_documents_without_a_value_are_left_out_and_told(dfm):
    with pytest.warns(dz.DuizhaoWarning, match="1 of 4 documents have no value for `by`"):
        found = dz.keyness(dfm, by="city")
    assert found["target"].unique().sort().to_list() == ["成都", "眉山"]
    with pytest.warns(dz.DuizhaoWarning, match="`target`"):
        dz.keyness(dfm, target=pl.col("city") == "眉山")


def test_min_count_chooses_rows_and_not_sizes(dfm):
    full, some = dz.keyness(dfm, target="a"), dz.keyness(dfm, target="a", min_count=30)
    assert some["feature"].sort().to_list() == ["党建", "经济"]
    drop = pl.exclude("log_likelihood_p_adjusted", "n_tested")
    assert some.select(drop).equals(full.filter(pl.col("feature") != "调研").select(drop))
    # Two tests are corrected for two.
    p, adjusted = some["log_likelihood_p"].sort(), some["log_likelihood_p_adjusted"].sort()
    assert adjusted[0] == pytest.approx(min(p[0] * 2, p[1]), rel=1e-12)


def test_a_huge_corpus_keeps_its_figures():
    rows = [("a", "党建", 2**33), ("a", "别", 2**40), ("b", "党建", 2**31), ("b", "别", 2**40)]
    found = dz.keyness(dz.Dfm.from_counts(counts(rows)), target="a", measures=["log_likelihood", "log_ratio"])
    row = found.row(0, named=True)
    assert (row["feature"], row["count_target"]) == ("党建", 2**33)
    assert row["log_ratio"] == pytest.approx(2, abs=0.02)
    assert row["log_likelihood_p"] > 0 and math.isfinite(row["log_likelihood_log_p"])


def test_empty_matrix_has_the_schema():
    empty = dz.Dfm.from_counts(counts([]))
    found = dz.keyness(empty, by="doc_id")
    assert found.is_empty() and found.columns[: len(KEYNESS)] == KEYNESS.names()
    assert found.schema["log_likelihood_p_adjusted"] == pl.Float64


def test_an_empty_document_as_target_scores_null():
    documents = pl.DataFrame({"doc_id": ["a", "空"]})
    dfm = dz.Dfm.from_counts(counts([("a", "党建", 3), ("a", "经济", 1)]), documents=documents)
    found = dz.keyness(dfm, target="空", measures=ALL)
    significance_and_effect = dz.measures(["significance", "effect"])["measure"].to_list()
    significance_and_effect.remove("delta_p_backward")
    assert found.select(significance_and_effect).null_count().row(0) == (2,) * len(significance_and_effect)
    assert found["per_million_target"].null_count() == 2 and found["count_target"].to_list() == [0, 0]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("甲乙丙丁"), st.sampled_from(["党建", "经济", "调研", "服务"]), st.integers(1, 50)
        ),
        min_size=1,
    ),
    st.randoms(),
)
def test_order_of_documents_and_swap_of_sides(rows, random):
    table = counts(rows).group_by("doc_id", "feature").agg(pl.col("count").sum())
    ids = ["甲", "乙", "丙", "丁"]
    documents = pl.DataFrame({"doc_id": ids})
    shuffled = pl.DataFrame({"doc_id": random.sample(ids, 4)})
    one = dz.Dfm.from_counts(table, documents=documents)
    other = dz.Dfm.from_counts(table.sample(fraction=1, shuffle=True), documents=shuffled)
    target = ["甲", "丙"]
    assert dz.keyness(one, target=target, measures=ALL).equals(dz.keyness(other, target=target, measures=ALL))
    here = dz.keyness(one, target=target).sort("feature")
    there = dz.keyness(one, target=["乙", "丁"]).sort("feature")
    for measure in ("log_likelihood", "log_ratio"):
        assert (here[measure] + there[measure]).drop_nulls().abs().max() in (None, 0.0) or (
            (here[measure] + there[measure]).abs().max() < 1e-9
        )
    assert here["count_target"].equals(there["count_reference"].alias("count_target"))


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (
            {"target": "a", "measures": ["log_likelyhood"]},
            dz.ParameterError,
            ["`measures`", "'log_ratio'", "log_likelyhood"],
        ),
        ({"target": "a", "adjust": "fdr"}, dz.ParameterError, ["`adjust`", "'holm'"]),
        ({"target": "a", "min_count": -1}, dz.ParameterError, ["`min_count`", "-1"]),
        ({}, dz.ParameterError, ["`target`", "`by`", "neither"]),
        ({"target": "a", "by": "year"}, dz.ParameterError, ["both"]),
        ({"by": "year", "reference": "a"}, dz.ParameterError, ["`reference`"]),
        ({"by": "province"}, dz.MissingColumnError, ["`by`", "'province'", "'city'"]),
        ({"target": pl.col("province") == "四川"}, dz.MissingColumnError, ["`target`", "'province'"]),
        ({"target": pl.col("year") + 1}, dz.DataTypeError, ["`target`", "Int64"]),
        ({"target": ["a", "x"]}, dz.ParameterError, ["`target`", "'x'"]),
        ({"target": "a", "reference": ["a", "b"]}, dz.ParameterError, ["`reference`", "'a'"]),
        ({"target": pl.col("year") > 9}, dz.NoDocumentsError, ["`target`"]),
        ({"target": []}, dz.NoDocumentsError, ["`target`"]),
        ({"target": pl.col("year") > 0}, dz.NoDocumentsError, ["reference", "every document"]),
        ({"target": [True, False]}, dz.DataError, ["`target`", "4", "2"]),
        ({"target": ["a", 1]}, dz.DataTypeError, ["`target`", "one type"]),
        ({"target": "a", "measures": None}, dz.ParameterError, ["`measures`", "log_ratio", "None"]),
        ({"target": 7}, dz.DataTypeError, ["`target`", "doc_id"]),
        ({"by": pl.lit("all")}, dz.ParameterError, ["`by`", "two groups"]),
    ],
)
def test_bad_arguments_are_named(dfm, arguments, error, words):
    with pytest.raises(error) as raised:
        dz.keyness(dfm, **arguments)
    assert all(word in str(raised.value) for word in words), raised.value


def test_a_bound_beyond_all_counts_leaves_nothing(dfm):
    assert dz.keyness(dfm, target="a", min_count=2**70).is_empty()


def test_weights_are_refused(dfm):
    with pytest.raises(dz.DataTypeError, match="counts"):
        dz.keyness(dfm.weight("prop"), by="year")
