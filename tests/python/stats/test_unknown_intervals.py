"""An interval over documents that cannot be known is null, in every function that makes one."""

import inspect

import polars as pl
import pytest

import duizhao as dz

HOW = {"permutations": 0, "resamples": 99}
WORDS = ["党建", "引领", "治理", "经济", "发展", "工作"]
DICTIONARY = dz.Dictionary({"上": ["党建"], "下": ["经济"], "无": ["长城"]})
A = pl.col("side") == "甲"


def documents(per_side: int, *, alike: bool = False) -> pl.DataFrame:
    """So many documents on each of two sides; `alike`: all the same text."""
    places = [(0, "甲") if alike else (i, "甲乙"[i % 2]) for i in range(2 * per_side)]
    texts = [
        "".join(WORDS[(i * i * j + j * j * j + i) % 6 * ((i + j) % 3 > 0)] for j in range(12))
        + (f"，新建学校{i + 3}所。" if i % 3 else f"，投入资金{i + 3}万元。")
        for i, _ in places
    ]
    n = range(2 * per_side)
    sides = ["甲乙"[i % 2] for i in n]
    return pl.DataFrame({"doc_id": [f"d{i}" for i in n], "text": texts, "side": sides}).with_columns(
        year=pl.when(A).then(2020).otherwise(2021)
    )


def periods(found):
    """The frame of a trend that has an interval a period."""
    return found.periods


#: How each function is called, and the statistics that have an interval. Those of one group of documents take one side.
CALLS = {
    "rates": (lambda d, **k: dz.rates(d, DICTIONARY, by="side", **k), ["rate_per_1000_chars"]),
    "rate_ratios": (lambda d, **k: dz.rate_ratios(d, DICTIONARY, by="side", **k), ["rate_ratio"]),
    "diversity": (
        lambda d, **k: dz.diversity(dz.tokens(d), "ttr", by="side", **k), ["mean", "difference"]
    ),
    "register": (
        lambda d, **k: dz.register(d, "clause_chars_mean", by="side", **k), ["mean", "difference"]
    ),
    "similarity": (lambda d, **k: dz.similarity(dz.tokens(d).dfm(), by="side", **k), ["similarity"]),
    "distance": (lambda d, **k: dz.distance(dz.tokens(d).dfm(), by="side", **k), ["distance"]),
    "keyness": (
        lambda d, **k: dz.keyness(
            dz.tokens(d).dfm(), by="side", measures=["log_likelihood", "log_ratio"], **k
        ),
        ["log_likelihood", "log_ratio"],
    ),
    "zeta": (lambda d, **k: dz.zeta(dz.tokens(d), target=A, segment=6, **k), ["zeta"]),
    "trend": (
        lambda d, **k: periods(dz.trend(dz.tokens(d).dfm(), "党建", time="year", **k)), ["rate_per_million"]
    ),
    "dispersion": (
        lambda d, **k: dz.dispersion(dz.tokens(d.filter(A)).dfm(), ["gries_dp", "juilland_d"], **k),
        ["gries_dp", "juilland_d"],
    ),
    "associations": (
        lambda d, **k: dz.associations(
            dz.tokens(d.filter(A)).fcm(window=2), "党建", tokens=dz.tokens(d.filter(A)), **k
        ),
        ["npmi"],
    ),
    "claim_shares": (
        lambda d, **k: dz.claim_shares(dz.claims(d).join(d, on="doc_id"), by="side", **k), ["share"]
    ),
}  # fmt: skip


def bounds(name: str, docs: pl.DataFrame, **how: object) -> pl.DataFrame:
    """The bounds over documents that a function gives, at least a row of them."""
    call, statistics = CALLS[name]
    found = call(docs, inference=dz.Inference(**{**HOW, **how}))
    columns = [f"{statistic}_bootstrap_{end}" for statistic in statistics for end in ("low", "high")]
    made = [column for column in found.columns if "_bootstrap_" in column]
    assert found.height > 0 and set(columns) <= set(made), (name, made)
    return found.select(made)


def test_every_function_that_makes_such_an_interval_is_here():
    functions = {name: getattr(dz, name) for name in dz.__all__ if inspect.isfunction(getattr(dz, name))}
    takers = {name for name, f in functions.items() if "inference" in inspect.signature(f).parameters}
    # One number each, tested in test_inference.py; claim_rates has exact intervals only.
    assert takers == {*CALLS, "bootstrap", "permutation_test", "claim_rates"}


@pytest.mark.parametrize("interval", ["percentile", "bca"])
@pytest.mark.parametrize("name", CALLS)
def test_two_documents_a_side_give_none(name, interval):
    found = bounds(name, documents(2), interval=interval)
    assert found.null_count().row(0) == (found.height,) * found.width


@pytest.mark.parametrize("name", CALLS)
def test_several_documents_that_differ_give_one(name):
    found = bounds(name, documents(6))
    for low, high in zip(found.columns[::2], found.columns[1::2], strict=True):
        known = found.select(low, high).drop_nulls()
        assert known.height > 0, (low, found)
        assert (known[low] <= known[high]).all() and (known[low] < known[high]).any()
        assert found[low].is_null().equals(found[high].is_null().alias(low))


@pytest.mark.parametrize("interval", ["percentile", "bca"])
@pytest.mark.parametrize("name", CALLS)
def test_documents_that_are_alike_give_none(name, interval):
    found = bounds(name, documents(6, alike=True), interval=interval)
    assert found.null_count().row(0) == (found.height,) * found.width


@pytest.mark.parametrize("name", CALLS)
def test_documents_that_are_alone_in_their_block_give_none(name):
    found = bounds(name, documents(6), blocks="doc_id")
    assert found.null_count().row(0) == (found.height,) * found.width


@pytest.mark.parametrize("call", [dz.rates, dz.rate_ratios])
def test_a_category_without_a_hit_has_an_exact_interval_and_none_over_documents(call):
    found = call(documents(6), DICTIONARY, by="side", inference=dz.Inference(**HOW))
    row = found.filter(pl.col("category") == "无").row(0, named=True)
    over = {name: row[name] for name in row if "_bootstrap_" in name}
    assert over and set(over.values()) == {None}
    if call is dz.rates:
        assert row["rate_per_1000_chars"] == row["rate_per_1000_chars_exact_low"] == 0
        assert row["rate_per_1000_chars_exact_high"] > 0
    else:
        assert row["rate_ratio"] is None


def test_a_period_without_a_hit_has_an_exact_interval_and_none_over_documents():
    docs = documents(6).with_columns(
        text=pl.when(pl.col("year") == 2020).then(pl.col("text")).otherwise(pl.lit("经济发展"))
    )
    found = periods(dz.trend(dz.tokens(docs).dfm(), "党建", time="year", inference=dz.Inference(**HOW))).sort(
        "time"
    )
    assert found["rate_per_million_bootstrap_low"].is_null().to_list() == [False, True]
    assert found["rate_per_million_exact_high"].is_null().to_list() == [False, False]
