"""`dz.Inference` is a value, and every function that compares takes one in the same way."""

import inspect
import pickle

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz

BLOCKS = st.one_of(
    st.none(), st.sampled_from(["year", ""]), st.just(("year", "paper")), st.just(pl.col("year") // 10),
    st.just((pl.col("year") > 2000, "paper")),
)  # fmt: skip
VALUES = st.builds(
    dz.Inference,
    permutations=st.integers(0, 9999), resamples=st.integers(0, 9999), blocks=BLOCKS,
    seed=st.integers(0, 2**64 - 1), interval=st.sampled_from(["percentile", "bca"]),
    level=st.floats(0.01, 0.99),
)  # fmt: skip

NAMES = ["permutations", "resamples", "blocks", "seed", "interval", "level"]


@given(VALUES, VALUES)
def test_equal_values_are_one_value(one, other):
    again = pickle.loads(pickle.dumps(one))
    assert again == one and hash(again) == hash(one)
    same = dz.Inference(**{name: getattr(one, name) for name in NAMES})
    assert same == one and hash(same) == hash(one) and len({one, same, again}) == 1
    plain = [str(getattr(one, name)) == str(getattr(other, name)) for name in NAMES]
    assert (one == other) == all(plain)
    with pytest.raises(AttributeError):
        one.seed = 2


def test_an_expression_is_another_block_than_a_column():
    assert dz.Inference(blocks="year") != dz.Inference(blocks=pl.col("year"))
    assert dz.Inference(blocks=["year"]) == dz.Inference(blocks="year")
    assert dz.Inference() != 1


@pytest.mark.parametrize(
    ("argument", "values"),
    [
        ("permutations", [-1, 1.5, "9", True, None]),
        ("resamples", [-1, 1.5, "9", False, None]),
        ("seed", [-1, 2**64, 0.5, "x", True, None]),
        ("interval", ["bc", "BCa", None, 3]),
        ("level", [0, 1, 1.5, -0.5, float("nan"), "0.9", None, True]),
        ("blocks", [3, [], [3], ["year", None], {"year": 1}]),
    ],
)
def test_values_are_checked_when_it_is_made(argument, values):
    for value in values:
        with pytest.raises(dz.ParameterError, match=f"`{argument}`"):
            dz.Inference(**{argument: value})


WORDS = ["党建", "引领", "治理", "经济", "发展", "工作"]
DOCS = pl.DataFrame(
    {
        "doc_id": [f"d{i}" for i in range(12)],
        "text": [
            "".join(WORDS[(i * i * j + j * j * j + i) % 6 * ((i + j) % 3 > 0)] for j in range(12))
            + (f"，共{i + 3}件。" if i % 3 else f"，投入资金{i + 3}万元。")
            for i in range(12)
        ],
        "side": ["甲", "乙"] * 6,
        "year": [2020 + i // 3 for i in range(12)],
        "paper": [None, "", "a"] * 4,
    }
)
DICTIONARY = dz.Dictionary({"上": ["党建"], "下": ["经济"]})


@pytest.fixture(scope="module")
def calls():
    """How each public function that takes `inference` is called, and the parts that it can do."""
    tokens = dz.tokens(DOCS)
    dfm = tokens.dfm()
    claims = dz.claims(DOCS).join(DOCS.select("doc_id", "side", "paper"), on="doc_id")
    both = ("permutations", "resamples")

    def mean(frame):
        return float(frame["year"].mean())

    def difference(frame, side):
        return float(frame.filter(side == "甲")["year"].sum() - frame.filter(side == "乙")["year"].sum())

    return {
        "keyness": (lambda **k: dz.keyness(dfm, by="side", **k), both),
        "zeta": (lambda **k: dz.zeta(tokens, target=pl.col("side") == "甲", segment=6, **k), both),
        "rates": (lambda **k: dz.rates(DOCS, DICTIONARY, by="side", **k), both),
        "rate_ratios": (lambda **k: dz.rate_ratios(DOCS, DICTIONARY, by="side", **k), both),
        "diversity": (lambda **k: dz.diversity(tokens, "ttr", by="side", **k), both),
        "register": (lambda **k: dz.register(DOCS, "clause_chars_mean", by="side", **k), both),
        "trend": (lambda **k: pl.concat(dz.trend(dfm, "党建", time="year", **k), how="diagonal"), both),
        "dispersion": (lambda **k: dz.dispersion(dfm, "gries_dp", **k), ("resamples",)),
        "associations": (
            lambda **k: dz.associations(tokens.fcm(window=2), "党建", tokens=tokens, **k), ("resamples",)
        ),
        "similarity": (lambda **k: dz.similarity(dfm, by="side", **k), ("resamples",)),
        "distance": (lambda **k: dz.distance(dfm, by="side", **k), ("resamples",)),
        "claim_shares": (lambda **k: dz.claim_shares(claims, by="side", **k), ("resamples",)),
        "claim_rates": (lambda **k: dz.claim_rates(claims, DOCS, **k), ()),
        "bootstrap": (lambda **k: dz.bootstrap(DOCS, mean, **k), both),
        "permutation_test": (lambda **k: dz.permutation_test(DOCS, difference, "side", **k), both),
    }  # fmt: skip


def takers():
    functions = {name: getattr(dz, name) for name in dz.__all__ if inspect.isfunction(getattr(dz, name))}
    return {name: f for name, f in functions.items() if "inference" in inspect.signature(f).parameters}


def test_every_taker_is_walked_and_no_loose_argument_is_left(calls):
    assert set(takers()) == set(calls)
    lower = {"bootstrap_counts", "permutation_labels"}
    for name in dz.__all__:
        function = getattr(dz, name)
        if inspect.isfunction(function) and name not in lower:
            assert not {"resamples", "interval"} & set(inspect.signature(function).parameters), name


def test_the_docstring_says_the_same_everywhere():
    for name, function in takers().items():
        words = " ".join((function.__doc__ or "").split())
        wide = name in ("bootstrap", "permutation_test")
        sentence = "inference Inference over documents: " + ("" if wide else "``None`` for none, ")
        assert f"{sentence}``True`` for the defaults, or a :class:`duizhao.Inference`" in words, name


def shown(frame, part):
    """The columns that a part of inference fills."""
    word = {"permutations": "_permutation_p", "resamples": "_bootstrap_"}[part]
    return [name for name in frame.columns if word in name]


@pytest.mark.filterwarnings("ignore::duizhao.DuizhaoWarning")
def test_none_true_and_a_value_are_taken(calls):
    for name, (call, parts) in calls.items():
        small = {"permutations": 19, "resamples": 19}
        own = {"bootstrap": ("resamples",), "permutation_test": ("permutations",)}.get(name, parts)
        how = dz.Inference(
            **{part: n if part in parts else 0 for part, n in small.items()}, level=0.9, seed=3
        )
        found = call(inference=how)
        assert found.equals(call(inference=pickle.loads(pickle.dumps(how)))), name
        for part in ("permutations", "resamples"):
            columns = shown(found, part)
            filled = [c for c in columns if found[c].null_count() < found.height]
            assert bool(filled) == (part in own), (name, part, columns)
        if name not in ("bootstrap", "permutation_test"):
            none = call(inference=None)
            for part in ("permutations", "resamples"):
                assert all(none[c].null_count() == none.height for c in shown(none, part)), name
        assert call(inference=True).height == found.height, name


@pytest.mark.filterwarnings("ignore::duizhao.DuizhaoWarning")
def test_nonsense_and_parts_that_cannot_be_done_are_refused(calls):
    for call, parts in calls.values():
        for nonsense in (1, 0.95, "bca", {"resamples": 9}, dz.Inference):
            with pytest.raises(dz.ParameterError, match="`inference`"):
                call(inference=nonsense)
        for part in {"permutations", "resamples"} - set(parts):
            how = dz.Inference(**{"permutations": 0, "resamples": 0, part: 9})
            # Where there is an exact interval it still has a level, and nothing is drawn; elsewhere nothing is left to do.
            try:
                found = call(inference=how)
            except dz.ParameterError as error:
                assert "`inference` must ask for something that can be drawn here: " in str(error)
                assert str(error).endswith(f"got {part}=9")
            else:
                plain = call(inference=dz.Inference(permutations=0, resamples=0))
                assert isinstance(found, pl.DataFrame) and found.equals(plain)
        if parts:
            # One value serves a whole study: what a function cannot do is left out.
            both = call(inference=dz.Inference(permutations=9, resamples=9))
            own = {"permutations": 9 * ("permutations" in parts), "resamples": 9 * ("resamples" in parts)}
            alone = call(inference=dz.Inference(**own))
            if isinstance(both, pl.DataFrame):
                assert both.equals(alone)
        if parts:
            numbers = {"permutations": 9 * ("permutations" in parts), "resamples": 9 * ("resamples" in parts)}
            with pytest.raises(dz.MissingColumnError, match="'month'"):
                call(inference=dz.Inference(**numbers, blocks="month"))


def test_null_and_the_empty_string_are_two_blocks_and_numbers_keep_their_order():
    from duizhao._base.inference import block_numbers

    documents = pl.DataFrame({"a": ["", None, "x", ""], "b": [10, 9, None, 2], "c": [2.5, None, -1.0, 2.5]})
    assert block_numbers(documents, "a").to_list() == [1, 0, 2, 1]
    assert block_numbers(documents, "b").to_list() == [3, 2, 0, 1]
    assert block_numbers(documents, "c").to_list() == [2, 0, 1, 2]
    assert block_numbers(documents, ("a", "b")).to_list() == [2, 0, 3, 1]
    with pytest.raises(dz.DataTypeError, match="`blocks`"):
        block_numbers(pl.DataFrame({"a": [[1]]}), "a")


@pytest.mark.parametrize("interval", ["percentile", "bca"])
def test_draws_do_not_depend_on_the_order_of_documents(interval):
    """What the walker does not shuffle elsewhere: these kernels take documents as they are stored, and draw in canonical order."""
    shuffled = DOCS.sample(fraction=1, shuffle=True, seed=4)
    assert shuffled["doc_id"].to_list() != DOCS["doc_id"].to_list()
    one = dz.Inference(permutations=0, resamples=30, interval=interval, blocks="paper")
    both = dz.Inference(permutations=30, resamples=30, interval=interval, blocks="paper")

    def found(docs):
        tokens = dz.tokens(docs)
        trend = dz.trend(tokens.dfm(), "党建", time=pl.col("year") // 2, inference=both)
        return [
            dz.similarity(tokens.dfm(), by="side", inference=one),
            dz.distance(tokens.dfm(), by="side", method="manhattan", inference=one),
            dz.associations(tokens.fcm(window=2), "党建", tokens=tokens, inference=one),
            trend.periods,
            trend.slopes,
        ]

    for here, there in zip(found(DOCS), found(shuffled), strict=True):
        assert here.equals(there)
    stored = DOCS.sort("doc_id")
    assert found(stored)[0]["similarity_bootstrap_low"].null_count() == 0


def test_blocks_hold_in_both_parts():
    """Where no block has two documents of a group nothing can be drawn, and where none has two documents all labels stay."""
    dfm = dz.tokens(DOCS).dfm()
    apart = dz.Inference(permutations=19, resamples=19, blocks="doc_id")
    found = dz.keyness(dfm, by="side", measures="log_ratio", inference=apart)
    assert found["log_ratio_permutation_p"].drop_nulls().unique().to_list() == [1.0]
    assert found["log_ratio_bootstrap_low"].null_count() == found.height
    means = dz.diversity(dfm, "ttr", by="side", inference=apart)
    assert means["difference_permutation_p"].unique().to_list() == [1.0]
    assert means["mean_bootstrap_low"].null_count() == means.height
