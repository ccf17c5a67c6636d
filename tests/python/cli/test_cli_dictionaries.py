"""`duizhao lookup`, `rates` and `new-words`: the tables that they write are those of the functions."""

from __future__ import annotations

import json

import polars as pl
import pytest

import duizhao as dz
from duizhao.cli import main

CATEGORIES = {"上": {"党": ["党委"], "会": ["常委会"]}, "下": ["居民"]}


@pytest.fixture
def files(tmp_path):
    """A table of documents, a dictionary, and where to write."""
    docs, dictionary = tmp_path / "docs.csv", tmp_path / "d.json"
    pl.DataFrame(
        {
            "doc_id": list("abcd"),
            "city": ["眉山", "眉山", "成都", "成都"],
            "text": ["党委听取居民意见", "党委和常委会", "居民居民", "党委不联系居民"],
        }
    ).write_csv(docs)
    dictionary.write_text(json.dumps(CATEGORIES, ensure_ascii=False), encoding="utf-8")
    return str(docs), str(dictionary), tmp_path / "out.parquet"


def test_lookup_writes_what_the_function_finds(files):
    docs, dictionary, out = files
    assert main(["lookup", dictionary, docs, "-q", "-o", str(out)]) == 0
    found = pl.read_parquet(out)
    expected = dz.lookup(dz.clean(dz.read_texts(docs)), dz.Dictionary(CATEGORIES))
    columns = ["doc_id", "category", "surface", "char_start", "char_end", "raw_start", "raw_end", "negated"]
    assert found.select(columns).equals(expected.select(columns))
    assert found.height == 8
    assert found.filter("negated").select("doc_id", "surface").rows() == [("d", "居民")]


@pytest.mark.parametrize(("choice", "n"), [("flag", 8), ("drop", 7), ("only", 1)])
def test_lookup_of_negated_hits(files, choice, n):
    docs, dictionary, out = files
    assert main(["lookup", dictionary, docs, "--negated", choice, "-q", "-o", str(out)]) == 0
    assert pl.read_parquet(out).height == n


def test_lookup_scopes_differ(files, tmp_path):
    docs, _, out = files
    nested = tmp_path / "nested.json"
    nested.write_text(json.dumps({"长": ["居民居民"], "短": ["居民"]}, ensure_ascii=False), encoding="utf-8")
    heights = {}
    for scope in ("dictionary", "key"):
        assert main(["lookup", str(nested), docs, "--nested-scope", scope, "-q", "-o", str(out)]) == 0
        heights[scope] = pl.read_parquet(out).filter(doc_id="c").height
    assert heights == {"dictionary": 1, "key": 3}


def test_rates_writes_what_the_function_finds(files):
    docs, dictionary, out = files
    options = ["--by", "city", "--per", "10", "--resamples", "20", "--permutations", "10", "--seed", "3"]
    assert main(["rates", dictionary, docs, *options, "-q", "-o", str(out)]) == 0
    expected = dz.rates(
        dz.clean(dz.read_texts(docs)),
        dz.Dictionary(CATEGORIES),
        by="city",
        per=10,
        inference=dz.Inference(permutations=10, resamples=20, seed=3),
    )
    found = pl.read_parquet(out)
    assert found.equals(expected)
    assert found.height == 2 * 4
    assert found.filter(group="成都", category="下").select("count", "count_negated").row(0) == (2, 1)


def test_rates_of_documents(files):
    docs, dictionary, out = files
    assert main(["rates", dictionary, docs, "-q", "-o", str(out)]) == 0
    found = pl.read_parquet(out)
    assert found.height == 4 * 4 and "rate_per_1000_chars" in found.columns
    assert found.filter(doc_id="c", category="下")["rate_per_1000_chars"].to_list() == [500.0]


def test_new_words_writes_what_the_function_finds(files, tmp_path):
    _, _, out = files
    docs = tmp_path / "words.csv"
    texts = ["委员工作室开放。", "走进委员工作室，", "建好委员工作室吧", "在委员工作室里", "看委员工作室！"]
    pl.DataFrame({"doc_id": list("abcde"), "text": texts}).write_csv(docs)
    options = [
        "--max-chars",
        "6",
        "--min-count",
        "3",
        "--min-doc-freq",
        "2",
        "--min-cohesion",
        "1",
        "--min-entropy",
        "0.5",
    ]
    assert main(["new-words", str(docs), *options, "-q", "-o", str(out)]) == 0
    expected = dz.new_words(
        dz.clean(dz.read_texts(docs)),
        max_chars=6,
        min_count=3,
        min_doc_freq=2,
        min_cohesion=1.0,
        min_entropy=0.5,
    )
    found = pl.read_parquet(out)
    assert found.equals(expected)
    assert found["word"].to_list() == ["委员工作室"]
    assert main(["new-words", str(docs), *options, "--min-doc-freq", "6", "-q", "-o", str(out)]) == 0
    assert pl.read_parquet(out).is_empty()


def test_bad_input_is_named(files, tmp_path, capsys):
    docs, dictionary, _ = files
    assert main(["lookup", str(tmp_path / "nowhere.json"), docs, "-q"]) == 1
    assert "nowhere.json" in capsys.readouterr().err
    other = tmp_path / "d.txt"
    other.write_text("党委", encoding="utf-8")
    assert main(["lookup", str(other), docs, "-q"]) == 1
    assert "d.txt" in capsys.readouterr().err
    assert main(["rates", dictionary, docs, "--by", "county", "-q"]) == 1
    assert "county" in capsys.readouterr().err
    for arguments in (["rates", dictionary, docs, "--per", "0"], ["new-words", docs, "--max-chars", "1"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
        assert arguments[-2] in capsys.readouterr().err


def test_rates_of_groups_against_each_other(files, capsys):
    docs, dictionary, out = files
    assert (
        main(["rates", dictionary, docs, "--by", "city", "--design", "pairwise", "-q", "-o", str(out)]) == 0
    )
    expected = dz.rate_ratios(
        dz.clean(dz.read_texts(docs)), dz.Dictionary(CATEGORIES), by="city", design="pairwise"
    )
    assert pl.read_parquet(out).equals(expected)
    assert main(["rates", dictionary, docs, "--design", "rest", "-q", "-o", str(out)]) == 1
    assert "--by" in capsys.readouterr().err
