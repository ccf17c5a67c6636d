"""Lexical diversity: golden figures, quanteda's, slow references, inference, bad input."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz

ROOT = Path(__file__).parents[3]
REGISTRY = dz.measures("diversity")
NAMES = REGISTRY["measure"].to_list()
COUNTED = REGISTRY.filter(pl.col("needs") == "counts")["measure"].to_list()
ORDERED = REGISTRY.filter(pl.col("needs") == "sequence")["measure"].to_list()


def one(words: list[str], measures: Any, **options: Any) -> dict[str, Any]:
    return dz.diversity(dz.tokens([words]), measures, **options).row(0, named=True)


def unpacked(text: str) -> list[str]:
    pairs = (word.partition("*") for word in text.split(" "))
    return [word for word, _, n in pairs for _ in range(int(n or 1))]


def test_signs():
    assert set(REGISTRY["sign"]) == {"diverse", "repetitive"}


@pytest.mark.parametrize("name", NAMES)
def test_measure_has_golden_figures(name, golden):
    texts = json.loads((golden / "diversity_texts.json").read_text(encoding="utf-8"))
    with (golden / "diversity.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == name]
    assert rows
    for row in rows:
        got = one(unpacked(texts[row["text"]]), name, **json.loads(row["options"]))[name]
        assert abs(got - float(row["expected"])) <= float(row["tolerance"]), (
            got,
            row["expected"],
            row["source"],
        )


def test_quanteda(shared):
    folder = shared / "quanteda"
    words = json.loads((folder / "tokens/zh_words.json").read_text(encoding="utf-8"))
    toks = dz.tokens(words)
    theirs = pl.read_csv(folder / "zh/textstat_lexdiv_dfm_all.csv", schema_overrides={"document": pl.String})
    ours = dz.diversity(toks, COUNTED)
    assert ours["doc_id"].to_list() == theirs["document"].to_list()
    pairs = {"ttr": "TTR", "herdan_c": "C", "guiraud_r": "R", "cttr": "CTTR", "dugast_u": "U", "summer_s": "S",
             "yule_k": "K", "yule_i": "I", "simpson_d": "D", "herdan_vm": "Vm", "maas_log_v0": "lgV0"}  # fmt: skip
    for mine, name in pairs.items():
        assert np.allclose(ours[mine], theirs[name], rtol=1e-12, atol=0), name
    # Theirs is a, ours a²; their lgeV0 is lgV0 in natural logarithms.
    assert np.allclose(ours["maas_a2"].sqrt(), theirs["Maas"], rtol=1e-12, atol=0)
    natural = dz.diversity(toks, "maas_log_v0", base=math.e)["maas_log_v0"]
    assert np.allclose(natural, theirs["lgeV0"], rtol=1e-12, atol=0)
    bits = pl.read_csv(folder / "zh/textstat_entropy_documents.csv")["entropy_2"]
    assert np.allclose(ours["entropy"], bits, rtol=1e-12, atol=0)
    plain = pl.read_csv(
        folder / "zh/lexdiv_mattr_msttr_plain_definition.csv", schema_overrides={"document": pl.String}
    )
    for window in (50, 100):
        got = dz.diversity(toks, ["mattr", "msttr"], window=window, segment=window)
        want = plain.filter(pl.col("window") == window)
        assert np.allclose(got["mattr"], want["MATTR_plain"], rtol=1e-12, atol=0)
        assert np.allclose(got["msttr"], want["MSTTR_plain"], rtol=1e-12, atol=0)


def slow_mtld(words: list[str], threshold: float, least: int) -> float | None:
    def once(text: list[str]) -> float:
        factors, start = 0.0, 0
        for end in range(1, len(text) + 1):
            part = text[start:end]
            if len(set(part)) / len(part) < threshold and len(part) >= least:
                factors, start = factors + 1, end
        rest = text[start:]
        if rest:
            factors += (1 - len(set(rest)) / len(rest)) / (1 - threshold)
        return len(text) / factors if factors else math.inf

    value = (once(words) + once(words[::-1])) / 2
    return value if math.isfinite(value) else None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("党建引领渔业治理"), min_size=1, max_size=120),
    st.integers(1, 30),
    st.sampled_from([0.4, 0.72, 0.9]),
    st.integers(1, 12),
)
def test_as_the_slow_reference(words, window, threshold, least):
    got = one(words, NAMES, window=window, segment=window, threshold=threshold, min_factor=least)
    ratio = lambda part: len(set(part)) / len(part)  # noqa: E731
    windows = [words[i : i + window] for i in range(len(words) - window + 1)]
    segments = [words[i : i + window] for i in range(0, len(words) - window + 1, window)]
    assert got["mattr"] == (pytest.approx(np.mean([ratio(w) for w in windows])) if windows else None)
    assert got["msttr"] == (pytest.approx(np.mean([ratio(w) for w in segments])) if segments else None)
    expected = slow_mtld(words, threshold, least)
    assert got["mtld"] == (None if expected is None else pytest.approx(expected))
    ring, lengths = words + words, []
    for start in range(len(words)):
        for end in range(start + 1, len(ring) + 1):
            if ratio(ring[start:end]) < threshold and end - start >= least:
                lengths.append(end - start)
                break
    assert got["mtld_wrap"] == (pytest.approx(np.mean(lengths)) if lengths else None)
    counts = Counter(words)
    if len(words) >= 42:
        n = len(words)
        absent = [math.comb(n - f, 42) / math.comb(n, 42) for f in counts.values()]
        assert got["hdd"] == pytest.approx(sum(1 - p for p in absent) / 42, rel=1e-11)
    else:
        assert got["hdd"] is None
    for row in REGISTRY.iter_rows(named=True):
        value = got[row["measure"]]
        assert value is None or row["lowest"] <= value <= row["highest"], row["measure"]


def test_same_value_from_tokens_and_from_dfm(shared):
    """Case 11: the same type-token ratio, and every other measure by counts."""
    docs = dz.clean(dz.read_texts(shared / "seeds"), script="simplified")
    toks = dz.tokens(docs, remove=dz.stop_words("zh"), remove_punctuation=True, padding=True)
    assert dz.diversity(toks, COUNTED).equals(dz.diversity(toks.dfm(), COUNTED))
    for name in ORDERED:
        with pytest.raises(dz.ParameterError, match=f"Tokens.*{name}"):
            dz.diversity(toks.dfm(), name)


def test_unit_must_be_named_for_texts_and_changes_everything():
    texts = {"a": "坚持党建引领，推动高质量发展，坚持高质量党建。"}
    with pytest.raises(dz.ParameterError, match=r"`unit`.*'word'.*'character'"):
        dz.diversity(texts, "ttr")
    words, characters = (dz.diversity(texts, "ttr", unit=unit) for unit in ("word", "character"))
    assert (words["n_tokens"][0], characters["n_tokens"][0]) == (9, 20)
    assert words["ttr"][0] != characters["ttr"][0]
    toks = dz.tokens(texts)
    assert dz.diversity(toks, "ttr", unit="character")["ttr"].equals(characters["ttr"])
    assert dz.diversity(toks, "ttr")["unit"].to_list() == [None]
    lists = pl.DataFrame({"doc_id": ["a"], "text": [list("党建党建")]})
    assert dz.diversity(lists, "ttr")["ttr"].to_list() == [0.5]


def test_undefined_is_null():
    toks = dz.tokens([[], ["党建"], ["党建", "引领"], ["党建"] * 3])
    got = dz.diversity(toks, NAMES)
    assert got.row(0)[5:] == (None,) * len(NAMES)
    assert got["ttr"].to_list() == [None, 1.0, 1.0, 1 / 3]
    assert got["mtld"][1] is None and got["mtld"][2] is None
    assert got["fisher_alpha"][2] is None and got["yule_k"].to_list() == [
        None,
        0,
        0,
        pytest.approx(1e4 * 6 / 9),
    ]
    assert got["is_short"].all() and got["n_types"].to_list() == [0, 1, 2, 1]
    assert not got.select(pl.any_horizontal(pl.col(pl.Float64).is_nan().any())).item()
    for nothing in (dz.tokens([]), dz.tokens([]).dfm()):
        empty = dz.diversity(nothing, ["ttr"])
        assert (
            empty.columns == ["doc_id", "unit", "n_tokens", "n_types", "is_short", "ttr"] and empty.is_empty()
        )


def grouped(n: int = 24) -> dz.Tokens:
    rng = np.random.default_rng(4)
    docs = pl.DataFrame(
        {
            "doc_id": [f"d{i:02}" for i in range(n)],
            "text": [[f"w{k}" for k in rng.integers(0, 60 if i % 2 else 25, 120)] for i in range(n)],
            "city": ["甲" if i % 2 else "乙" for i in range(n)],
            "year": [i // 2 % 3 for i in range(n)],
        }
    )
    return dz.tokens(docs)


def test_groups_are_means_of_documents():
    toks = grouped()
    single = dz.diversity(toks, ["ttr", "mattr"]).with_columns(city=toks.documents["city"])
    got = dz.diversity(
        toks, ["ttr", "mattr"], by="city", inference=dz.Inference(permutations=199, resamples=200, seed=2)
    )
    assert got.select("group", "measure").rows() == [
        ("乙", "ttr"),
        ("乙", "mattr"),
        ("甲", "ttr"),
        ("甲", "mattr"),
    ]
    means = {city: single.filter(pl.col("city") == city) for city in ("甲", "乙")}
    for row in got.iter_rows(named=True):
        mine, name = means[row["group"]], row["measure"]
        other = means["甲" if row["group"] == "乙" else "乙"]
        assert row["mean"] == pytest.approx(mine[name].mean()) and row["sd"] == pytest.approx(
            mine[name].std()
        )
        assert row["difference"] == pytest.approx(mine[name].mean() - other[name].mean())
        assert row["mean_bootstrap_low"] < row["mean"] < row["mean_bootstrap_high"]
        assert row["difference_bootstrap_low"] < row["difference"] < row["difference_bootstrap_high"]
        assert (
            row["difference_permutation_p"] == pytest.approx(1 / 200)
            and row["difference_permutation_p_adjusted"] <= 0.01
        )
    assert got.filter(group="甲")["difference"].min() > 0, "more varied stands above"


@pytest.mark.parametrize("interval", ["percentile", "bca"])
def test_order_of_documents_changes_nothing(interval):
    toks = grouped()
    shuffled = toks.sort("n_types") if hasattr(toks, "sort") else toks[::-1]

    def run(t: dz.Tokens) -> pl.DataFrame:
        return dz.diversity(
            t,
            ["ttr", "mtld"],
            by="city",
            inference=dz.Inference(permutations=50, resamples=50, blocks="year", interval=interval),
        )  # type: ignore[arg-type]

    assert run(toks).equals(run(shuffled))


def test_bootstrap_as_numpy():
    toks = grouped()
    values = dz.diversity(toks, "ttr")["ttr"].to_numpy()
    labels = toks.documents["city"].to_list()
    got = dz.diversity(toks, "ttr", by="city", inference=dz.Inference(permutations=0, resamples=30, seed=9))
    counts = dz.bootstrap_counts(30, 24, seed=9, blocks=[0 if city == "乙" else 1 for city in labels])
    here = np.array([city == "乙" for city in labels])
    means = [(times * values)[here].sum() / times[here].sum() for times in counts]
    low, high = np.quantile(means, [0.025, 0.975])
    assert (got["mean_bootstrap_low"][0], got["mean_bootstrap_high"][0]) == (
        pytest.approx(low),
        pytest.approx(high),
    )


def test_null_p_values_are_uniform():
    """Labels that mean nothing: p at most α in a share α of the trials."""
    rng = np.random.default_rng(7)
    p = []
    for trial in range(120):
        texts = [[f"w{k}" for k in rng.integers(0, 40, 60)] for _ in range(10)]
        docs = pl.DataFrame({"doc_id": range(10), "text": texts, "side": ["a", "b"] * 5})
        p.append(
            dz.diversity(
                dz.tokens(docs),
                "yule_k",
                by="side",
                inference=dz.Inference(permutations=99, resamples=0, seed=trial),
            )["difference_permutation_p"][0]
        )
    for level in (0.1, 0.25, 0.5):
        share = np.mean(np.array(p) <= level)
        assert abs(share - level) < 4 * math.sqrt(level * (1 - level) / 120), (level, share)


def test_interval_of_a_document_is_over_its_segments():
    toks = grouped(2)
    got = dz.diversity(
        toks,
        ["msttr", "ttr"],
        segment=10,
        inference=dz.Inference(permutations=0, resamples=300),
        metadata=False,
    )
    assert got.columns[-4:] == ["msttr", "msttr_bootstrap_low", "msttr_bootstrap_high", "ttr"]
    assert ((got["msttr_bootstrap_low"] < got["msttr"]) & (got["msttr"] < got["msttr_bootstrap_high"])).all()
    assert dz.diversity(toks, "msttr", segment=100, inference=dz.Inference(permutations=0, resamples=9))[
        "msttr_bootstrap_low"
    ].to_list() == [None, None]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda t: dz.diversity(t, "mtdl"), dz.ParameterError, ["measures", "'mtld'", "mtdl"]),
        (lambda t: dz.diversity(t, []), dz.ParameterError, ["measures"]),
        (lambda t: dz.diversity(t, ["ttr", "ttr"]), dz.ParameterError, ["distinct"]),
        (lambda t: dz.diversity(t, unit="byte"), dz.ParameterError, ["unit", "'character'", "byte"]),
        (lambda t: dz.diversity(t.dfm(), unit="character"), dz.ParameterError, ["unit", "Dfm"]),
        (lambda t: dz.diversity(t, window=0), dz.ParameterError, ["window", "0"]),
        (lambda t: dz.diversity(t, threshold=1.0), dz.ParameterError, ["threshold", "1.0"]),
        (lambda t: dz.diversity(t, base=1), dz.ParameterError, ["base", "1"]),
        (
            lambda t: dz.diversity(t, inference=dz.Inference(permutations=9, resamples=0)),
            dz.ParameterError,
            ["permutations", "by"],
        ),
        (lambda t: dz.diversity(t, by="city"), dz.MissingColumnError, ["city"]),
        (lambda t: dz.diversity(t, by="doc_id", adjust="x"), dz.ParameterError, ["adjust", "'bh'"]),
        (
            lambda t: dz.diversity(t, by="doc_id", inference=dz.Inference(permutations=0, resamples=-1)),
            dz.ParameterError,
            ["resamples"],
        ),
        (lambda _: dz.diversity(3, unit="word"), dz.DataTypeError, ["docs", "int"]),
        (lambda _: dz.diversity(["党建"], unit="word", segmenter="x"), dz.DataTypeError, ["segmenter"]),
        (lambda _: dz.diversity(pl.DataFrame({"t": ["x"]}), unit="word"), dz.MissingColumnError, ["text"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(dz.tokens([["a", "b"], ["a", "c"]]))
    assert all(word in str(raised.value) for word in words), raised.value


def test_command_line(tmp_path, capsys):
    from duizhao import cli

    (tmp_path / "a.txt").write_text("党建引领渔港，党建引领渔民。", encoding="utf-8")
    command = [
        "diversity",
        str(tmp_path),
        "--unit",
        "character",
        "--measures",
        "ttr,yule_k",
        "--format",
        "csv",
    ]
    assert cli.main(command) == 0
    got = pl.read_csv(capsys.readouterr().out.encode())
    fixed = ["unit", "n_tokens", "n_types", "is_short", "ttr", "yule_k"]
    assert got.columns[1:8] == [*fixed, "title"]
    assert got["n_tokens"].to_list() == [12]
