"""What edges of a diffusion weigh: each character once, never more than their ends share."""

from __future__ import annotations

import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz

LONG = "县乡村三级联动办好群众身边的实事并且逐项公布办理的结果接受全县各界监督评议还要及时回应各方面的关切和意见建议形成闭环"
LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"

#: Stretches that random texts are put together from: some lie inside others.
PIECES = [
    LONG,
    LONG[:30],
    LONG[10:40],
    LONG[20:],
    LONG[:20] + LONG[25:45],
    LETTERS,
    LETTERS[3:17],
    "。",
    "另有他事，",
]


def frame(texts, dates, **columns):
    ids = [f"d{k}" for k in range(len(texts))]
    return pl.DataFrame({"doc_id": ids, "text": texts, "year": dates, **columns})


def kept(text, start, end):
    """Places that are compared: all but punctuation, since these texts hold no figures."""
    return {i for i in range(start, end) if text[i].isalnum()}


def slow_links(docs, reuse, attribution):
    """Every match that counts, as (document, place of it) on both sides, cut to the passages where only the first counts."""
    for row in reuse.iter_rows(named=True):
        sides = [(row[f"doc_id_{k}"], row[f"char_start_{k}"], row[f"char_end_{k}"]) for k in (1, 2)]
        if attribution == "all":
            yield sides, row["weight"]
    if attribution == "all":
        return
    places = dz.passages(docs, reuse=reuse, date="year", metadata=False)
    for _, of in places.group_by("passage"):
        held = of.select("doc_id", "char_start", "char_end", "is_first").rows()
        for one, other in itertools.permutations(held, 2):
            if not one[3] or one[0] == other[0] or (other[3] and one[0] > other[0]):
                continue
            for row in reuse.iter_rows(named=True):
                ends = {row[f"doc_id_{k}"]: (row[f"char_start_{k}"], row[f"char_end_{k}"]) for k in (1, 2)}
                if set(ends) != {one[0], other[0]}:
                    continue
                cut = [
                    (doc, max(start, ends[doc][0]), min(end, ends[doc][1]))
                    for doc, start, end, _ in (one, other)
                ]
                if all(start < end for _, start, end in cut):
                    yield cut, row["weight"]


def slow(docs, reuse, attribution, name_of):
    texts = dict(docs.select("doc_id", "text").iter_rows())
    years = dict(docs.select("doc_id", "year").iter_rows())
    edges = {}
    for sides, weight in slow_links(docs, reuse, attribution):
        names = [name_of[doc] for doc, *_ in sides]
        if names[0] == names[1]:
            continue
        directed = years[sides[0][0]] != years[sides[1][0]]
        order = sorted(
            (0, 1), key=lambda k: (years[sides[k][0]] if directed else 0, names[k] if not directed else "")
        )
        key = (names[order[0]], names[order[1]], directed)
        ends = edges.setdefault(key, ({}, {}))
        for end, k in zip(ends, order, strict=True):
            doc, start, cut = sides[k]
            for place in kept(texts[doc], start, cut):
                end[doc, place] = max(weight, end.get((doc, place), 0.0))
    return {
        key: (min(len(end) for end in ends), min(sum(end.values()) for end in ends))
        for key, ends in edges.items()
    }


@st.composite
def corpora(draw):
    n = draw(st.integers(2, 5))
    texts = ["".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5))) for _ in range(n)]
    years = draw(st.lists(st.integers(2020, 2022), min_size=n, max_size=n))
    groups = draw(st.lists(st.sampled_from("xyz"), min_size=n, max_size=n))
    return frame(texts, years, group=groups)


@pytest.mark.parametrize("attribution", ["all", "first"])
@pytest.mark.parametrize("by", [None, "group"])
@given(docs=corpora())
@settings(max_examples=60, deadline=None)
def test_each_character_counts_once(attribution, by, docs):
    reuse = dz.text_reuse(docs, metadata=False)
    edges = dz.diffusion(docs, date="year", reuse=reuse, attribution=attribution, by=by, metadata=False)
    name_of = dict(zip(docs["doc_id"], docs[by or "doc_id"], strict=True))
    expected = slow(docs, reuse, attribution, name_of)
    found = {
        row[:3]: row[3:] for row in edges.select("source", "target", "directed", "chars", "weight").rows()
    }
    assert set(found) == set(expected)
    for key, (chars, weight) in expected.items():
        assert found[key][0] == chars
        assert found[key][1] == pytest.approx(weight)
    assert edges.filter(pl.col("weight") > pl.col("chars") + 1e-9).is_empty()
    if by is None:
        pairs = dz.reuse_pairs(docs, metadata=False)
        shares = {}
        for row in pairs.iter_rows(named=True):
            ends = frozenset((row["doc_id_1"], row["doc_id_2"]))
            shares[ends] = [
                (row[f"shared_{k}"], row[f"weighted_coverage_{k}"] * row[f"chars_{k}"]) for k in (1, 2)
            ]
        for (source, target, _), (chars, weight) in found.items():
            for shared, weighted in shares[frozenset((source, target))]:
                assert chars <= shared
                assert weight <= weighted + 1e-9


@pytest.mark.parametrize("attribution", ["all", "first"])
def test_a_passage_inside_another_adds_nothing(attribution):
    # Three have the whole, and others the beginning, the middle or the end of it alone.
    texts = [LONG, LONG, LONG, LONG[:25] + "甲", LONG[15:45] + "乙", LONG[30:] + "丙"]
    docs = frame(texts, [2020, 2021, 2022, 2021, 2021, 2021])
    edges = dz.diffusion(docs, date="year", attribution=attribution, metadata=False)
    row = edges.filter((pl.col("source") == "d0") & (pl.col("target") == "d1")).row(0, named=True)
    assert (row["chars"], row["passages"]) == (len(LONG), 1)
    assert row["weight"] <= len(LONG)
    chars = dict(edges.filter(pl.col("source") == "d0").select("target", "chars").iter_rows())
    assert chars == {"d1": len(LONG), "d2": len(LONG), "d3": 25, "d4": 30, "d5": len(LONG) - 30}


def test_a_repeated_formula_is_shared_once():
    docs = frame([LETTERS + "，起", f"{LETTERS}，甲一{LETTERS}，甲二{LETTERS}"], [2020, 2021])
    row = dz.diffusion(docs, date="year", metadata=False).row(0, named=True)
    assert (row["chars"], row["passages"], row["weight"]) == (len(LETTERS), 1, float(len(LETTERS)))


def test_groups_count_each_character_once():
    docs = frame([LETTERS, LETTERS + "甲", LETTERS + "乙"], [2020, 2020, 2021], county=["东", "东", "西"])
    row = dz.diffusion(docs, date="year", by="county", metadata=False).row(0, named=True)
    assert (row["source"], row["target"], row["document_pairs"]) == ("东", "西", 2)
    assert (row["chars"], row["passages"]) == (len(LETTERS), 1)


def test_regulations_never_weigh_more_than_they_share(shared):
    """37 regulations of one kind, whose passages lie in each other: where each adds its characters, half of the edges weigh more than their pair shares."""
    folder = shared / "localregs"
    table = pl.read_csv(folder / "metadata.csv").filter(pl.col("kind").str.ends_with("文明行为促进条例"))
    docs = table.select(
        pl.col("file").alias("doc_id"),
        pl.col("date").str.to_date(),
        text=pl.Series([(folder / name).read_text("utf-8") for name in table["file"]]),
    )
    assert docs.height == 37
    reuse = dz.text_reuse(docs, min_chars=20, metadata=False)
    pairs = dz.reuse_pairs(docs, min_chars=20, metadata=False)
    held = {
        frozenset((row["doc_id_1"], row["doc_id_2"])): [
            (row[f"shared_{k}"], row[f"weighted_coverage_{k}"] * row[f"chars_{k}"]) for k in (1, 2)
        ]
        for row in pairs.iter_rows(named=True)
    }
    for attribution in ("all", "first"):
        edges = dz.diffusion(docs, date="date", reuse=reuse, attribution=attribution, metadata=False)
        for row in edges.iter_rows(named=True):
            for chars, weight in held[frozenset((row["source"], row["target"]))]:
                assert row["chars"] <= chars
                assert row["weight"] <= weight + 1e-9
        print(f"diffusion, {attribution}: {edges.height} edges, none above what its pair shares")
