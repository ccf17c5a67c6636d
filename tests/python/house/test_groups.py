"""A document without a value of `by` is left out, with one warning that counts it and points to the line of the call."""

import inspect
import warnings

import polars as pl
import pytest

import duizhao as dz

DOCS = pl.DataFrame(
    {
        "doc_id": [f"d{i}" for i in range(8)],
        "text": [
            "推行“九办”，坚持党建引领，办理提案20件。", "学习“九办”，经济发展，投入资金300万元。", "党建引领治理，走访群众50人。",
            "经济发展治理工作，办理提案7件。", "推行“九办”，坚持党建引领，办理提案20余件。", "治理工作经济，投入资金40万元。",
            "党建经济治理，走访群众500人。", "坚持党建引领，推行“九办”，办理提案30件。",
        ],
        "side": ["甲", "乙", None, "甲", "乙", None, "甲", "乙"],
        "year": [2020, 2021, 2022, 2020, 2021, 2022, 2020, 2021],
    }
)  # fmt: skip
KNOWN = DOCS.drop_nulls("side")
DICTIONARY = dz.Dictionary({"上": ["党建"], "下": ["经济"]})


def dfm(docs):
    return dz.tokens(docs).dfm()


def claims(docs):
    return dz.claims(docs).join(docs.select("doc_id", "side"), on="doc_id", maintain_order="left")


CALLS = {
    "keyness": lambda d: dz.keyness(dfm(d), by="side"),
    "rates": lambda d: dz.rates(d, DICTIONARY, by="side"),
    "rate_ratios": lambda d: dz.rate_ratios(d, DICTIONARY, by="side"),
    "diversity": lambda d: dz.diversity(dz.tokens(d), "ttr", by="side"),
    "register": lambda d: dz.register(d, "clause_chars_mean", by="side"),
    "dispersion": lambda d: dz.dispersion(dz.tokens(d), "gries_dp", by="side"),
    "similarity": lambda d: dz.similarity(dfm(d), by="side"),
    "distance": lambda d: dz.distance(dfm(d), by="side"),
    "claim_shares": lambda d: dz.claim_shares(claims(d), by="side"),
    "slogan_spread": lambda d: dz.slogan_spread(dz.slogans(d), d, by="side"),
    "diffusion": lambda d: dz.diffusion(d, by="side", date="year"),
    "sensitivity": lambda d: (
        dz.sensitivity(d, {"hmm": dz.Segmenter(), "no hmm": dz.Segmenter(hmm=False)}, by="side", top=3).terms
    ),
    "tfidf": lambda d: dz.tfidf(dfm(d), by="side"),
    "tfidf_matrix": lambda d: dz.tfidf_matrix(dfm(d), by="side").to_frame(),
    "Tokens.group": lambda d: dz.tokens(d).group("side").to_frame(),
    "Dfm.group": lambda d: dfm(d).group("side").to_frame(),
}
#: `compare` (and `report`) keep such documents in their frames, outside the comparison; the graph is made of a diffusion.
OTHERS = {"compare", "report", "diffusion_graph"}


def test_every_function_with_groups_is_here():
    takers = {
        name for name in dz.__all__
        if inspect.isfunction(getattr(dz, name)) and "by" in inspect.signature(getattr(dz, name)).parameters
    }  # fmt: skip
    assert takers - OTHERS == {name for name in CALLS if "." not in name}


@pytest.mark.parametrize("name", CALLS)
def test_one_warning_counts_them_and_the_rest_is_what_it_would_be(name):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = CALLS[name](DOCS)
    about = [w for w in caught if "`by`" in str(w.message)]
    assert len(about) == 1, [str(w.message) for w in caught]
    assert issubclass(about[0].category, dz.DuizhaoWarning)
    assert str(about[0].message).startswith("2 of 8 documents have no value for `by`")
    assert about[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error", dz.DuizhaoWarning)
        expected = CALLS[name](KNOWN)
    if name == "slogan_spread":
        # First among the documents that are looked at, and counted over all slogans that were given.
        assert found["doc_freq"].sum() == expected["doc_freq"].sum()
    assert found.drop("expansion", strict=False).equals(expected.drop("expansion", strict=False))


@pytest.mark.parametrize("name", CALLS)
def test_values_that_cannot_name_groups_are_refused(name):
    with pytest.raises((dz.DataTypeError, dz.MissingColumnError)):
        CALLS[name](DOCS.with_columns(side=pl.lit([1, 2], dtype=pl.List(pl.Int64))))


def test_combinations_lack_a_value_where_one_column_does():
    docs = DOCS.with_columns(kind=pl.Series(["x", None, "x", "y", "x", "y", "x", "y"]))
    toks = dz.tokens(docs)
    with pytest.warns(dz.DuizhaoWarning, match="3 of 8 documents have no value for `by`"):
        grouped = toks.group(["side", "kind"])
    assert grouped.documents.select("doc_id", "n_documents").rows() == [
        ("乙/x", 1),
        ("乙/y", 1),
        ("甲/x", 2),
        ("甲/y", 1),
    ]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = dz.keyness(toks.dfm(), by=["side", "kind"], design="factorial", min_count=2)
    assert [str(w.message) for w in caught] == ["3 of 8 documents have no value for `by` and are left out"]
    assert {"side=甲", "kind=y", "side=甲 × kind=x"} <= set(found["target"])
