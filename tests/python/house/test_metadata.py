"""Metadata ride along: a frame whose rows belong to documents or groups carries what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import polars as pl
import pytest

import duizhao as dz
from duizhao import _core
from duizhao._base.metadata import metadata_names, with_group_metadata, with_metadata

ARTICLE = "会议强调，坚持把党的政治建设摆在首位，推行“九办”服务。"
DOCS = pl.DataFrame(
    {
        "doc_id": [3, 1, 2, 5],
        "text": [
            f"县委召开会议。{ARTICLE}全年办理提案720余件，局长李某某表示：“路修好了，游客就来了。”",
            f"{ARTICLE}走访群众300人，县政协主席王小川表示，要抓落实。",
            "渔船出海，渔民归港，码头上人来人往，好不热闹，党委听取居民意见。",
            f"{ARTICLE}党组学习。",
        ],
        "county": ["云岫", "云岫", "白石", "白石"],
        "region": ["北", "北", "南", "南"],
        "year": [2023, 2021, 2022, 2024],
        "stance": [-1.0, None, 1.0, None],
    }
)
ABOUT = ["county", "region", "year", "stance"]
#: What is the same throughout each county.
OF_COUNTIES = ["county", "region"]
WORDS = dz.Dictionary({"上": ["党委", "县委", "党组"], "下": ["居民", "群众"]})
TOKENS = dz.tokens(DOCS)
DFM = TOKENS.dfm()
#: The demo names no law.
NAMING = DOCS.with_columns(pl.col("text") + "依照《水法》。")

Found = Callable[..., pl.DataFrame]

#: Frames with a row for a document, a place in one, or a token of one.
OF_DOCUMENTS: dict[str, Found] = {
    **{name: partial(getattr(dz, name), NAMING) for name in _core.finders()},
    "kwic": lambda **given: dz.kwic(TOKENS, TOKENS.to_list()[0][0], **given),
    "lookup": lambda **given: dz.lookup(DOCS, WORDS, **given),
    "sentences": lambda **given: dz.sentences(DOCS, **given),
    "claim_rates": lambda **given: dz.claim_rates(dz.claims(DOCS), DOCS, **given),
    "rates": lambda **given: dz.rates(DOCS, WORDS, **given),
    "rates of counts": lambda **given: dz.rates(DFM, WORDS, **given),
    "Clustering.cut": lambda **given: dz.cluster(DFM).cut(2, **given),
    "Dfm.to_frame": DFM.to_frame,
    "Tokens.to_frame": TOKENS.to_frame,
    "WeightedDfm.to_frame": DFM.weight("prop").to_frame,
    "correspondence": lambda **given: dz.correspondence(DFM, **given).documents,
    "deduplicate": lambda **given: dz.deduplicate(DOCS, min_similarity=0.3, **given)[1],
    "deduplicate passages": lambda **given: dz.deduplicate(DOCS, kind="passage", unit="sentence", **given)[1],
    "lsa": lambda **given: dz.lsa(DFM, **given).documents,
    "mds": lambda **given: dz.mds(DFM, **given).documents,
    "passages": lambda **given: dz.passages(DOCS, **given),
    "pca": lambda **given: dz.pca(DFM, **given).documents,
    "shared_phrases": lambda **given: dz.shared_phrases(DOCS, **given),
    "diversity": lambda **given: dz.diversity(TOKENS, "ttr", **given),
    "diversity of texts": lambda **given: dz.diversity(DOCS, "ttr", unit="character", **given),
    "diversity of counts": lambda **given: dz.diversity(DFM, "ttr", **given),
    "register": lambda **given: dz.register(DOCS, ["clause_chars_mean"], **given),
    "tfidf": lambda **given: dz.tfidf(DFM, **given),
    "wordfish": lambda **given: dz.wordfish(DFM, direction=(1, 2), **given).documents,
    "wordscores": lambda **given: dz.wordscores(DFM, reference_scores="stance", **given).documents,
}
#: Frames with a row for two documents.
OF_PAIRS: dict[str, Found] = {
    "delta": lambda **given: dz.delta(DFM, n_features=20, **given).distances,
    "distance": lambda **given: dz.distance(DFM, **given),
    "similarity": lambda **given: dz.similarity(DFM, **given),
    "similarity to others": lambda **given: dz.similarity(
        DFM, against=DFM.filter(pl.col("year") > 2021), **given
    ),
    "similarity, the nearest": lambda **given: dz.similarity(DFM, top=1, **given),
    "near_duplicates": lambda **given: dz.near_duplicates(DOCS, min_similarity=0.2, **given),
    "reuse_pairs": lambda **given: dz.reuse_pairs(DOCS, **given),
    "text_reuse": lambda **given: dz.text_reuse(DOCS, **given),
}
#: Frames with a row for a group of documents, here for each county.
OF_GROUPS: dict[str, Found] = {
    "claim_shares": lambda **given: dz.claim_shares(dz.claims(DOCS), "kind", by="county", **given),
    "slogan_spread": lambda **given: dz.slogan_spread(dz.slogans(DOCS), DOCS, by="county", **given),
    "diversity": lambda **given: dz.diversity(TOKENS, "ttr", by="county", **given),
    "rates": lambda **given: dz.rates(DOCS, WORDS, by="county", **given),
    "rates of counts": lambda **given: dz.rates(DFM, WORDS, by="county", **given),
    "register": lambda **given: dz.register(DOCS, ["clause_chars_mean"], by="county", **given),
}
#: Frames with a row for two groups.
OF_PAIRS_OF_GROUPS: dict[str, Found] = {
    "distance": lambda **given: dz.distance(DFM, by="county", **given),
    "rate_ratios": lambda **given: dz.rate_ratios(DOCS, WORDS, by="county", **given),
    "rate_ratios in pairs": lambda **given: dz.rate_ratios(
        DOCS, WORDS, by="county", design="pairwise", **given
    ),
    "similarity": lambda **given: dz.similarity(DFM, by="county", **given),
}
#: Another version: one document is gone, one is new, one has changed.
NEW = DOCS.filter(pl.col("doc_id") != 2).with_columns(
    pl.when(pl.col("doc_id") == 1).then(pl.lit(9)).otherwise("doc_id").alias("doc_id"),
    pl.when(pl.col("doc_id") == 5).then(pl.lit(f"{ARTICLE}党组会议。")).otherwise("text").alias("text"),
    pl.col("year") + 10,
)
#: Frames with a row for two documents that are not one and two.
OF_SIDES: dict[str, tuple[tuple[str, str], str, tuple[pl.DataFrame, pl.DataFrame], Found]] = {
    "diff": (("old", "new"), "doc_id_{}", (DOCS, NEW), lambda **given: dz.diff(DOCS, NEW, **given).documents),
    "diff, passages": (
        ("old", "new"),
        "doc_id_{}",
        (DOCS, NEW),
        lambda **given: dz.diff(DOCS, NEW, **given).passages,
    ),
    "diffusion": (
        ("source", "target"),
        "{}",
        (DOCS, DOCS),
        lambda **given: dz.diffusion(DOCS, date="year", **given),
    ),
}
#: A row for every token or cell: no metadata unless they are asked for.
LONG = {"Dfm.to_frame", "Tokens.to_frame", "WeightedDfm.to_frame", "tfidf"}


def _behind(found: pl.DataFrame, names: Sequence[str]) -> list[str]:
    return found.columns[found.width - len(names) :] if names else []


@pytest.mark.parametrize("name", OF_DOCUMENTS)
def test_documents_carry_their_metadata(name: str) -> None:
    call = OF_DOCUMENTS[name]
    bare = call(metadata=False)
    assert bare.height > 0
    assert "doc_id" in bare.columns
    full = call(metadata=True)
    assert full.columns == [*bare.columns, *ABOUT]
    assert full.select(bare.columns).equals(bare)
    expected = bare.select("doc_id").join(DOCS, on="doc_id", how="left", maintain_order="left").select(ABOUT)
    assert full.select(ABOUT).equals(expected)
    assert call(metadata=["year", "county"]).columns == [*bare.columns, "year", "county"]
    assert call(metadata="year").columns == [*bare.columns, "year"]
    assert call().columns == (bare if name in LONG else full).columns


@pytest.mark.parametrize("name", OF_PAIRS)
def test_pairs_say_whose_metadata_they_carry(name: str) -> None:
    call = OF_PAIRS[name]
    bare, full = call(metadata=False), call()
    assert bare.height > 0
    both = [f"{column}_{k}" for column in ABOUT for k in (1, 2)]
    assert full.columns == [*bare.columns, *both]
    for k in (1, 2):
        ids = bare.select(doc_id=f"doc_id_{k}")
        expected = ids.join(DOCS, on="doc_id", how="left", maintain_order="left").get_column("year")
        assert full.get_column(f"year_{k}").equals(expected)
    assert call(metadata=["year"]).columns == [*bare.columns, "year_1", "year_2"]


@pytest.mark.parametrize("name", OF_SIDES)
def test_sides_with_names_of_their_own(name: str) -> None:
    ends, column, sources, call = OF_SIDES[name]
    bare, full = call(metadata=False), call()
    assert bare.height > 0
    assert full.columns == [*bare.columns, *(f"{what}_{end}" for what in ABOUT for end in ends)]
    assert full.select(bare.columns).equals(bare)
    for end, source in zip(ends, sources, strict=True):
        years = dict(source.select(pl.col("doc_id").cast(pl.String), "year").rows())
        ids = bare.get_column(column.format(end)).cast(pl.String)
        assert full.get_column(f"year_{end}").to_list() == [years.get(one) for one in ids]
    if name == "diff":
        assert full.get_column("year_old").null_count() == full.get_column("doc_id_old").null_count()
    assert call(metadata="year").columns == [*bare.columns, *(f"year_{end}" for end in ends)]


def test_edges_between_groups() -> None:
    def call(**given: Any) -> pl.DataFrame:
        return dz.diffusion(DOCS, date="year", by="county", **given)

    bare, full = call(metadata=False), call()
    assert bare.height > 0
    ends = ("source", "target")
    assert full.columns == [*bare.columns, *(f"{what}_{end}" for what in OF_COUNTIES for end in ends)]
    for end in ends:
        assert full.get_column(f"county_{end}").equals(bare.get_column(end).alias(f"county_{end}"))
    with pytest.raises(dz.ParameterError, match="the same throughout each group; 'year' is not"):
        call(metadata="year")


def test_shares_of_all_claims_carry_nothing() -> None:
    assert dz.claim_shares(dz.claims(DOCS)).equals(dz.claim_shares(dz.claims(DOCS), metadata=False))


@pytest.mark.parametrize("name", OF_GROUPS)
def test_groups_carry_what_is_the_same_in_them(name: str) -> None:
    call = OF_GROUPS[name]
    bare, full = call(metadata=False), call()
    assert bare.height > 0
    assert _behind(full, OF_COUNTIES) == OF_COUNTIES
    assert full.drop(OF_COUNTIES).columns == bare.columns
    assert full.get_column("county").to_list() == bare.get_column("group").to_list()
    assert set(full.select(OF_COUNTIES).rows()) <= {("云岫", "北"), ("白石", "南")}
    assert call(metadata=["region"]).columns == [*bare.columns, "region"]
    with pytest.raises(dz.ParameterError, match="the same throughout each group; 'year' is not"):
        call(metadata=["year"])


@pytest.mark.parametrize("name", OF_PAIRS_OF_GROUPS)
def test_pairs_of_groups_say_whose_metadata_they_carry(name: str) -> None:
    call = OF_PAIRS_OF_GROUPS[name]
    bare, full = call(metadata=False), call()
    assert bare.height > 0
    both = [f"{column}_{k}" for column in OF_COUNTIES for k in (1, 2)]
    assert full.columns == [*bare.columns, *both]
    sides = ("group", "reference") if "reference" in bare.columns else ("group_1", "group_2")
    for k, side in enumerate(sides, 1):
        named = [None if name == "rest" else name for name in bare.get_column(side)]
        assert full.get_column(f"county_{k}").to_list() == named
    assert call(metadata="region").columns == [*bare.columns, "region_1", "region_2"]


@pytest.mark.parametrize(
    "call",
    [
        *OF_DOCUMENTS.values(),
        *OF_PAIRS.values(),
        *OF_GROUPS.values(),
        *OF_PAIRS_OF_GROUPS.values(),
        *(call for *_, call in OF_SIDES.values()),
    ],
)
def test_an_unknown_name_is_told(call: Found) -> None:
    with pytest.raises(dz.MissingColumnError, match=r"no 'countyy' among .*'county'.*did you mean 'county'"):
        call(metadata=["countyy"])
    wrong: Any
    for wrong in (3, [3]):
        with pytest.raises(dz.DataTypeError, match="`metadata` must be True, False or names"):
            call(metadata=wrong)


def test_names_that_are_taken() -> None:
    documents = pl.DataFrame({"doc_id": ["a", "b"], "count": [1, 2], "count_metadata": [3, 4], "n_1": [5, 6]})
    found = pl.DataFrame({"doc_id": ["b", "a", "b"], "count": [0, 0, 0]})
    rows = pl.Series([1, 0, 1])
    carried = with_metadata(found, documents, rows)
    assert carried.columns == ["doc_id", "count", "count_metadata", "count_metadata_metadata", "n_1"]
    assert carried.get_column("count_metadata").to_list() == [2, 1, 2]
    assert carried.get_column("count_metadata_metadata").to_list() == [4, 3, 4]
    pairs = pl.DataFrame({"doc_id_1": ["a"], "doc_id_2": ["b"], "count_1": [9]})
    sides = [pl.Series([0]), pl.Series([1])]
    assert with_metadata(pairs, documents, sides, ["count"]).rows(named=True) == [
        {"doc_id_1": "a", "doc_id_2": "b", "count_1": 9, "count_1_metadata": 1, "count_2": 2}
    ]


def test_texts_and_what_was_made_of_them_are_no_metadata() -> None:
    documents = dz.clean(DOCS.rename({"text": "body"}), text="body").with_columns(n_tokens=1, text=pl.lit(""))
    names = metadata_names([documents], True, text="body")
    assert names[:4] == ABOUT
    assert not {"text", "body", "raw_text", "edits", "n_tokens"} & set(names)


def test_groups_and_nulls() -> None:
    documents = pl.DataFrame(
        {"doc_id": [1, 2, 3, 4], "a": ["x", "x", None, None], "b": [1, 2, 3, 3], "c": [[1], [1], [2], [2]]}
    )
    numbers = pl.Series([0, 0, 1, None], dtype=pl.UInt32)
    found = pl.DataFrame({"group": ["g", "h", "rest"]})
    carried = with_group_metadata(found, documents, numbers, pl.Series([0, 1, None]))
    assert carried.rows() == [("g", "x"), ("h", None), ("rest", None)]
    none = with_group_metadata(
        found.clear(), documents.clear(), numbers.clear(), pl.Series([], dtype=pl.UInt32)
    )
    assert none.columns == ["group", "a", "b"]
