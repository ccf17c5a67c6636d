"""Associations: against counting by hand, and the laws of their sample spaces."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.stats._schema import ASSOCIATIONS

WORDS = [["党建", "引领", "基层", "治理"], ["党建", "引领", "经济", "党建"], ["经济", "发展"], ["治理"]]
texts = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12), min_size=1, max_size=6)


def fcm(words, **options):
    options = {"window": 2, "within": "document"} | options
    return dz.fcm(dz.tokens(words), **options)


def pairs_by_hand(words, window):
    for text in words:
        for i, j in itertools.combinations(range(len(text)), 2):
            if j - i <= window:
                yield text[i], text[j]


@settings(max_examples=60, deadline=None)
@given(texts)
def test_unordered_pairs_are_seen_from_both_ends(words):
    seen = Counter()
    for a, b in pairs_by_hand(words, 2):
        seen[a, b] += 1
        seen[b, a] += 1
    ends = Counter()
    for (a, _), count in seen.items():
        ends[a] += count
    n = sum(seen.values())
    matrix = fcm(words)
    nodes = matrix.features["feature"].to_list()
    found = dz.associations(matrix, nodes, measures=["npmi", "log_dice", "pmi", "log_likelihood"])
    assert {(r[0], r[1]): r[2] for r in found.select("node", "collocate", "count").rows()} == dict(seen)
    for row in found.iter_rows(named=True):
        assert (row["count_node"], row["count_collocate"], row["n_pairs"]) == (
            ends[row["node"]],
            ends[row["collocate"]],
            n,
        )
        pmi = math.log(row["count"] * n / (row["count_node"] * row["count_collocate"]))
        assert row["pmi"] == pytest.approx(pmi, abs=1e-12)
        assert -1 <= row["npmi"] <= 1 and row["log_dice"] <= 14
        assert row["expected"] == pytest.approx(row["count_node"] * row["count_collocate"] / n)
    # The sums of the tables: joint counts of a node add up to its margin.
    sums = found.group_by("node").agg(pl.col("count").sum(), pl.col("count_node").first())
    assert (sums["count"] == sums["count_node"]).all()


@settings(max_examples=40, deadline=None)
@given(texts)
def test_boolean_counts_are_of_documents(words):
    sets = [set(text) for text in words]
    matrix = fcm(words, context="document", window=None, within=None, count="boolean")
    found = dz.associations(matrix, measures=["npmi", "jaccard", "log_dice"])
    expected = {}
    for a, b in itertools.combinations(sorted(set().union(*sets)), 2):
        joint = sum(a in s and b in s for s in sets)
        if joint:
            expected[a, b] = (joint, sum(a in s for s in sets), sum(b in s for s in sets), len(words))
    got = {
        (r[0], r[1]): r[2:]
        for r in found.select("node", "collocate", "count", "count_node", "count_collocate", "n_pairs").rows()
    }
    assert got == expected
    assert found["npmi"].is_between(-1, 1).all() and found["log_dice"].le(14).all()


def test_ordered_pairs_have_two_margins():
    found = dz.associations(fcm(WORDS, window=1, ordered=True), "党建", measures="pmi")
    row = found.row(0, named=True)
    assert found.height == 1
    assert [row[k] for k in ("collocate", "count", "count_node", "count_collocate", "n_pairs")] == [
        "引领",
        2,
        2,
        2,
        7,
    ]


def test_every_pair_once_without_a_node():
    matrix = fcm(WORDS)
    found = dz.associations(matrix)
    assert found.height == matrix.to_frame().height
    pairs = [frozenset(row) for row in found.select("node", "collocate").iter_rows()]
    assert len(set(pairs)) == len(pairs)
    assert found.equals(
        found.sort("node", "npmi", "collocate", descending=[False, True, False], nulls_last=True)
    )
    # A figure does not depend on what else was asked for.
    asked = (
        dz.associations(matrix, "党建")
        .filter(pl.col("collocate") == "引领")
        .select(pl.exclude("^.*adjusted$"))
    )
    listed = found.filter((pl.col("node") == "党建") & (pl.col("collocate") == "引领")).select(
        pl.exclude("^.*adjusted$")
    )
    turned = found.filter((pl.col("node") == "引领") & (pl.col("collocate") == "党建"))
    assert turned.is_empty() and listed.height == 1 and asked.equals(listed)


def test_selecting_features_changes_no_score():
    matrix = fcm(WORDS)
    whole = dz.associations(matrix, "党建", adjust=None)
    part = dz.associations(matrix.select(["党建", "引领"]), "党建", adjust=None)
    assert part.equals(whole.filter(pl.col("collocate").is_in(["党建", "引领"])))


def test_schema_order_and_min_count():
    found = dz.associations(fcm(WORDS), ["经济", "党建"], measures=["log_likelihood", "npmi"], min_count=2)
    assert found.columns[: len(ASSOCIATIONS)] == ASSOCIATIONS.names()
    assert {name: found.schema[name] for name in ASSOCIATIONS} == dict(ASSOCIATIONS)
    assert found["count"].min() >= 2
    assert found["node"].unique(maintain_order=True).to_list() == ["党建"] or found["node"][0] == "经济"
    none = dz.associations(fcm([[], ["独"]]))
    assert none.is_empty() and none.columns[: len(ASSOCIATIONS)] == ASSOCIATIONS.names()


def test_correction_counts_the_pairs_of_the_node():
    found = dz.associations(fcm(WORDS), "党建", measures="log_likelihood", adjust="bonferroni")
    expected = (found["log_likelihood_p"] * found.height).clip(upper_bound=1)
    assert (found["log_likelihood_p_adjusted"] - expected).abs().max() < 1e-12


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda m: dz.associations(m, "不存在"), dz.ParameterError, ["`node`", "'不存在'"]),
        (lambda m: dz.associations(m, [1]), dz.DataTypeError, ["`node`", "int"]),
        (lambda m: dz.associations(m, measures="mi"), dz.ParameterError, ["`measures`", "'npmi'", "'mi'"]),
        (lambda m: dz.associations(m, min_count=0.5), dz.ParameterError, ["`min_count`", "0.5"]),
        (lambda m: dz.associations(m, adjust="no"), dz.ParameterError, ["`adjust`"]),
        (lambda m: dz.associations(m.to_frame()), dz.DataTypeError, ["`fcm`", "DataFrame"]),
        (lambda m: dz.associations(fcm(WORDS, count="weighted")), dz.DataTypeError, ["`fcm`", "weights"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(fcm(WORDS))
    assert all(word in str(raised.value) for word in words), raised.value


# --- intervals --------------------------------------------------------------------------------------------------------
RESAMPLED = [
    "党建 引领 治理 落实",
    "党建 引领 发展",
    "经济 发展 党建 引领",
    "治理 经济",
    "经济 发展 治理",
    "党建 经济 党建",
]


def resampled(resamples=200, seed=1, interval="percentile", level=0.95, **options):
    toks = dz.tokens([text.split() for text in RESAMPLED])
    matrix = toks.fcm(window=2)
    options = {"measures": ["log_dice", "npmi", "log_likelihood"]} | options
    how = dz.Inference(permutations=0, resamples=resamples, seed=seed, interval=interval, level=level)
    return dz.associations(matrix, options.pop("node", "党建"), tokens=toks, inference=how, **options)


def test_intervals_are_those_of_matrices_of_drawn_documents():
    """The slow way: put the drawn documents together and count them again."""
    import numpy as np

    found = resampled(measures=["log_dice"])
    plain = resampled(measures=["log_dice"], resamples=0)
    assert found.drop("log_dice_bootstrap_low", "log_dice_bootstrap_high").equals(plain)
    rng = np.random.default_rng(5)
    drawn = {word: [] for word in found["collocate"]}
    for _ in range(400):
        texts = [RESAMPLED[i].split() for i in rng.integers(len(RESAMPLED), size=len(RESAMPLED))]
        matrix = dz.tokens(texts).fcm(window=2)
        known = set(matrix.features["feature"])
        scores = {}
        if "党建" in known:
            rows = dz.associations(matrix, "党建", measures=["log_dice"]).select("collocate", "log_dice")
            scores = dict(rows.iter_rows())
        for word, values in drawn.items():
            if "党建" in known and word in known:
                values.append(scores.get(word, float("-inf")))
    many = resampled(measures=["log_dice"], resamples=4000)
    for row in many.iter_rows(named=True):
        values = np.sort(drawn[row["collocate"]])
        # The share of slow replicates inside the fast interval is about the level.
        inside = np.mean(
            (values >= row["log_dice_bootstrap_low"]) & (values <= row["log_dice_bootstrap_high"])
        )
        assert inside > 0.9
        assert row["log_dice_bootstrap_low"] <= row["log_dice"] <= row["log_dice_bootstrap_high"]


def test_intervals_depend_on_seed_alone_and_widen_with_the_level():
    one, again, other = resampled(), resampled(), resampled(seed=2)
    assert one.equals(again) and not one.equals(other)
    assert "log_likelihood_bootstrap_low" not in one.columns and "npmi_bootstrap_high" in one.columns
    wide, narrow = resampled(level=0.99), resampled(level=0.5)
    assert (wide["npmi_bootstrap_low"] <= narrow["npmi_bootstrap_low"]).all() and (
        wide["npmi_bootstrap_high"] >= narrow["npmi_bootstrap_high"]
    ).all()
    bca = resampled(interval="bca").filter(pl.col("npmi_bootstrap_low").is_not_null())
    assert (bca["npmi_bootstrap_low"] <= bca["npmi_bootstrap_high"]).all() and bca.height
    two = resampled(node=["党建", "发展"])
    assert two.filter(pl.col("node") == "党建").equals(one)


def test_interval_errors():
    toks = dz.tokens([text.split() for text in RESAMPLED])
    matrix = toks.fcm(window=2)
    for options, name in (
        ({"node": None, "tokens": toks, "inference": True}, "node"),
        ({"node": "党建", "inference": True}, "tokens"),
        ({"node": "党建", "tokens": toks, "inference": dz.Inference(9, 0)}, "inference"),
    ):
        with pytest.raises(dz.ParameterError, match=f"`{name}` must"):
            dz.associations(matrix, **options)
    with pytest.raises(dz.DataTypeError, match="tokens"):
        dz.associations(matrix, "党建", tokens=[["党建"]])
    others = dz.tokens(["党建 引领", "治理 落实 发展 经济"])
    with pytest.raises(dz.DataError, match="tokens"):
        dz.associations(matrix, "党建", tokens=others, inference=dz.Inference(permutations=0, resamples=9))
    with pytest.raises(dz.ParameterError, match="fcm"):
        dz.associations(
            toks.fcm(context="document"),
            "党建",
            tokens=toks,
            inference=dz.Inference(permutations=0, resamples=9),
        )
