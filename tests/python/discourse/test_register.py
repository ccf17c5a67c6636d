"""Register profile: golden figures, a slow reference, properties, groups, bad input, expression, command."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from pathlib import Path
from statistics import fmean, pstdev

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.cli import main

ROOT = Path(__file__).parents[3]
REGISTRY = dz.measures("register")
NAMES = REGISTRY["measure"].to_list()
OF_TEXT = REGISTRY.filter(pl.col("needs") == "text")["measure"].to_list()
TEXTS = {
    "fours": "坚持党建引领，坚持服务群众。推进网格治理，凝聚各方力量！",
    "marks": "《工作条例》写明：“三会一课”要开好，4次以上；ABC公司——答应了吗？是的！",
    "words": "我们已经修好了桥，而且还在种树。之前的路难走，因此大家都说好吗？",
}


@pytest.mark.parametrize("name", NAMES)
def test_component_has_golden_figures(name, golden):
    with (golden / "register.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["component"] == name]
    assert rows
    for row in rows:
        got = dz.register([TEXTS[row["text"]]], name)[name].item()
        assert got == pytest.approx(float(row["expected"]), abs=1e-12), row


def slow(text: str) -> dict[str, float | None]:
    """Components of the text alone, by regular expressions. For texts of Han, 。！？，、； only."""
    sentences = [s for s in re.split(r"[。！？\n]", text) if re.search(r"\w", s)]
    clauses = [[c for c in re.split(r"[，；]", s) if re.search(r"\w", c)] for s in sentences]
    chars = [len(re.sub(r"\W", "", s)) for s in sentences]
    lengths = [len(re.sub(r"\W", "", c)) for s in clauses for c in s]
    han = re.findall(r"[一-龥]+", text)
    pairs = [(a, b) for s in clauses for a, b in itertools.pairwise(s)]
    pairs = [(re.sub(r"\W", "", a), re.sub(r"\W", "", b)) for a, b in pairs]
    alike = [
        len(a) > 2 and len(b) > 2 and (a[:2] == b[:2] or a[-2:] == b[-2:])
        for a, b in pairs
    ]  # fmt: skip
    n = sum(chars)
    return {
        "sentence_chars_mean": fmean(chars) if chars else None,
        "sentence_chars_sd": pstdev(chars) if chars else None,
        "clause_chars_mean": fmean(lengths) if lengths else None,
        "clause_chars_sd": pstdev(lengths) if lengths else None,
        "sentence_clauses_mean": len(lengths) / len(chars) if chars else None,
        "four_char_unit_share": sum(4 for h in han if len(h) == 4) / n if n else None,
        "parallel_length_share": sum(len(a) == len(b) for a, b in pairs) / len(pairs) if pairs else None,
        "parallel_length_expected": (
            sum(k * k for k in Counter(lengths).values()) / len(lengths) ** 2 if lengths else None
        ),
        "parallel_frame_share": sum(alike) / len(pairs) if pairs else None,
        "comma_per_1000_chars": 1000 * text.count("，") / n if n else None,
        "enumeration_comma_per_1000_chars": 1000 * text.count("、") / n if n else None,
    }


pieces = st.lists(
    st.sampled_from([*"党建引领政协委员", "党建", "，", "，", "、", "；", "。", "！", "\n"]), max_size=60
)


@given(pieces)
@settings(max_examples=150, deadline=None)
def test_agrees_with_a_slow_reference(parts):
    text = "".join(parts)
    expected = slow(text)
    got = dz.register([text], list(expected)).row(0, named=True)
    for name, value in expected.items():
        assert got[name] == (value if value is None else pytest.approx(value, abs=1e-9)), (name, text)


@given(pieces)
@settings(max_examples=60, deadline=None)
def test_a_text_twice_has_the_same_profile(parts):
    text = "".join(parts) + "。"
    once = dz.register([text], OF_TEXT).row(0, named=True)
    twice = dz.register([text + "\n" + text], OF_TEXT).row(0, named=True)
    for name in OF_TEXT:
        assert twice[name] == (once[name] if once[name] is None else pytest.approx(once[name], abs=1e-9)), (
            name
        )
    assert twice["n_clauses"] == 2 * once["n_clauses"]


def test_shares_lie_between_0_and_1_and_parts_of_speech_do_not_exceed_all():
    docs = dz.demo.read()
    found = dz.register(docs, metadata=False)
    shares = found.select(pl.col("^.*_share$"))
    assert shares.select(pl.all().is_between(0, 1).all()).row(0) == (True,) * shares.width
    parts = [
        "noun",
        "verb",
        "adjective",
        "adverb",
        "pronoun",
        "numeral",
        "preposition",
        "conjunction",
        "idiom",
    ]
    assert found.select(pl.sum_horizontal(f"{part}_share" for part in parts).le(1).all()).item()
    assert found.columns[:5] == ["doc_id", "n_chars", "n_sentences", "n_clauses", "n_words"]
    assert found.columns[5:] == NAMES


def test_order_of_documents_changes_nothing():
    docs = dz.demo.read()
    options = {"by": "county", "inference": dz.Inference(permutations=49, resamples=50, seed=3)}
    one = dz.register(docs, ["clause_chars_mean", "noun_share"], **options)
    other = dz.register(docs.reverse(), ["clause_chars_mean", "noun_share"], **options)
    assert one.equals(other)
    assert one.height == 2 * docs["county"].n_unique()
    rows = dz.register(docs, "clause_chars_mean").join(docs.select("doc_id", "county"), on="doc_id")
    means = dict(rows.group_by("county").agg(pl.col("clause_chars_mean").mean()).rows())
    for row in one.filter(pl.col("measure") == "clause_chars_mean").iter_rows(named=True):
        assert row["mean"] == pytest.approx(means[row["group"]], abs=1e-12)
        assert row["mean_bootstrap_low"] <= row["mean"] <= row["mean_bootstrap_high"]


def test_without_tags_there_are_no_parts_of_speech():
    plain = dz.register(["政协委员"], segmenter=dz.Segmenter())
    assert "noun_share" not in plain.columns and "word_chars_mean" in plain.columns
    assert dz.register(["政协委员"], "latin_share")["n_words"].to_list() == [None]


def test_nothing_to_divide_by_is_null():
    found = dz.register({"a": "", "b": "。！", "c": "党建。"})
    assert found.select(pl.exclude("doc_id")).row(0)[:4] == (0, 0, 0, 0)
    assert set(found.row(0)[5:]) == set(found.row(1)[5:]) == {None}
    assert found.row(2, named=True)["parallel_length_share"] is None
    empty = dz.register(pl.DataFrame(schema={"doc_id": pl.Int64, "text": pl.String}))
    assert empty.height == 0 and empty.columns[5:] == NAMES and empty.schema["doc_id"] == pl.Int64


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"components": "flesch"}, dz.ParameterError, "components"),
        ({"components": []}, dz.ParameterError, "at least one"),
        ({"components": ["noun_share", "noun_share"]}, dz.ParameterError, "distinct"),
        ({"components": 3}, dz.ParameterError, "components"),
        ({"components": "noun_share", "segmenter": dz.Segmenter()}, dz.ParameterError, "pos=True"),
        ({"segmenter": "jieba"}, dz.DataTypeError, "segmenter"),
        ({"inference": dz.Inference(permutations=0, resamples=10)}, dz.ParameterError, "by"),
        ({"inference": dz.Inference(permutations=10, resamples=0)}, dz.ParameterError, "by"),
        ({"inference": True}, dz.ParameterError, "by"),
        ({"by": "city"}, dz.MissingColumnError, "city"),
        ({"text": "body"}, dz.MissingColumnError, "body"),
    ],
)
def test_bad_arguments_are_named(arguments, error, words):
    docs = pl.DataFrame({"doc_id": ["a"], "text": ["党建"]})
    with pytest.raises(error, match=words):
        dz.register(docs, **arguments)


def test_tokens_are_no_texts():
    with pytest.raises(dz.DataTypeError, match="String"):
        dz.register([["党建"]])


def test_expression_is_the_function_lazily_and_streaming():
    texts = [*TEXTS.values(), "", None]
    frame = pl.LazyFrame({"text": texts}).select(pl.col("text").zh.register())
    expected = dz.register([t for t in texts if t is not None], OF_TEXT).select(OF_TEXT)
    for engine in ("in-memory", "streaming"):
        got = frame.collect(engine=engine)["text"]
        assert got[-1] is None or set(got[-1].values()) == {None}
        assert got.head(4).struct.unnest().equals(expected)
    assert frame.collect_schema()["text"] == pl.Struct(dict.fromkeys(OF_TEXT, pl.Float64))


def test_command_writes_what_the_function_finds(tmp_path):
    docs, out = tmp_path / "docs.csv", tmp_path / "out.parquet"
    pl.DataFrame({"doc_id": list("abc"), "kind": ["x", "x", "y"], "text": list(TEXTS.values())}).write_csv(
        docs
    )
    assert main(["register", str(docs), "-q", "-o", str(out)]) == 0
    expected = dz.register(dz.clean(dz.read_texts(docs)))
    assert pl.read_parquet(out).select(NAMES).equals(expected.select(NAMES))
    options = ["--components", "noun_share", "--by", "kind", "--resamples", "20"]
    assert main(["register", str(docs), *options, "-q", "-o", str(out)]) == 0
    assert pl.read_parquet(out)["group"].to_list() == ["x", "y"]


def test_two_genres_of_the_same_subject_differ_as_they_should(shared):
    reports = dz.read_texts(shared / "workreports", metadata=shared / "workreports" / "metadata.csv")
    found = dz.register(
        reports.filter(pl.col("level") == "province"), ["four_char_unit_share", "clause_chars_mean"]
    )
    assert found["clause_chars_mean"].is_between(8, 25).all()
    assert found["four_char_unit_share"].is_between(0.02, 0.2).all()
