"""Tokens.lookup: quanteda's outputs, a slow reference, laws, bad input."""

from __future__ import annotations

import json
import pickle

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz


@pytest.fixture(scope="module")
def reference(shared):
    """Tokens, categories and quanteda's outputs."""

    def read(name):
        return json.loads((shared / "quanteda" / f"{name}.json").read_text("utf-8"))

    tokens = dz.tokens(read("tokens/zh_all"))
    return tokens, read("zh/dictionary"), read("zh/tokens_lookup")


VARIANTS = {
    "default": {},
    "levels1": {"levels": 1},
    "levels2": {"levels": 2},
    "nested_dictionary": {"nested_scope": "dictionary"},
    "nomatch": {"nomatch": "NONE"},
    "exclusive_false": {"exclusive": False},
    "exclusive_false_nested": {"exclusive": False, "nested_scope": "dictionary"},
    "fixed": {"value_type": "fixed"},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_lookup_equals_quanteda(reference, variant):
    tokens, categories, theirs = reference
    made = tokens.lookup(dz.Dictionary(categories), **VARIANTS[variant])
    assert dict(zip(made.documents["doc_id"], made.to_list(), strict=True)) == theirs[variant]


@pytest.mark.parametrize("variant", ["default", "levels1", "levels2", "nested_dictionary", "fixed"])
def test_counts_equal_quanteda(reference, shared, variant):
    tokens, categories, _ = reference
    theirs = pl.read_csv(
        shared / "quanteda/zh/tokens_lookup_counts.csv", schema_overrides={"doc": pl.String}
    ).filter(variant=variant)
    made = tokens.lookup(dz.Dictionary(categories), **VARIANTS[variant])
    words = {doc: list(made[doc]) for doc in theirs["doc"].unique()}
    assert theirs.height >= 5
    for doc, key, count in theirs.select("doc", "key", "count").iter_rows():
        assert key in made.types
        assert words[doc].count(key) == count, (doc, key)


def test_appended_keys_equal_quanteda(reference):
    """There quanteda takes each entry for a category of its own; here that has to be asked for."""
    tokens, categories, theirs = reference
    entries = []

    def walk(path, node):
        if isinstance(node, list):
            entries.extend((".".join(path), entry) for entry in node)
        else:
            for name, inner in node.items():
                walk([*path, name], inner)

    walk([], categories)
    single = dz.Dictionary({f"{key}#{i}": [entry] for i, (key, entry) in enumerate(entries)})
    made = tokens.lookup(single, append_key=True)
    ours = [[word.partition("#")[0] for word in words] for words in made]
    # The names hold a dot, which parts levels; joined again they are the same.
    assert dict(zip(made.documents["doc_id"], ours, strict=True)) == theirs["append_key"]
    once = tokens.lookup(dz.Dictionary(categories), append_key=True)
    plain = tokens.lookup(dz.Dictionary(categories))
    assert [[w.rpartition("/")[2] for w in words] for words in once] == plain.to_list()
    assert set(once.types) <= {w for words in theirs["append_key"].values() for w in words}


def slowly(words, entries, *, scope, exclusive, nomatch):
    """The definition, match against match."""
    order = list(dict.fromkeys(key for key, _ in entries))
    hits = sorted(
        {
            (start, order.index(key), start + len(phrase))
            for key, phrase in entries
            for start in range(len(words) - len(phrase) + 1)
            if words[start : start + len(phrase)] == phrase and "" not in phrase
        }
    )

    def inside(one, other):
        same = scope == "dictionary" or one[1] == other[1]
        return same and other[0] <= one[0] and one[2] <= other[2] and (one[0], one[2]) != (other[0], other[2])

    kept = [hit for hit in hits if not any(inside(hit, other) for other in hits)]
    made = []
    for place, word in enumerate(words):
        made += [order[key] for start, key, _ in kept if start == place]
        if not any(start <= place < end for start, _, end in kept):
            if not exclusive:
                made.append(word)
            elif nomatch:
                made.append(nomatch if word else "")
    return made


LETTERS = st.sampled_from("甲乙丙")
ENTRIES = st.lists(
    st.tuples(st.sampled_from(["一", "二"]), st.lists(LETTERS, min_size=1, max_size=3)),
    min_size=1,
    max_size=6,
)


@given(
    st.lists(st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=12), min_size=1, max_size=4),
    ENTRIES,
    st.sampled_from(["key", "dictionary"]),
    st.sampled_from([(True, None), (False, None), (True, "无")]),
)
def test_lookup_equals_the_slow_reference(documents, entries, scope, rest):
    exclusive, nomatch = rest
    categories: dict[str, list[str]] = {}
    for key, phrase in entries:
        categories.setdefault(key, []).append(" ".join(phrase))
    tokens = dz.tokens(documents).remove("丁", padding=True)
    made = tokens.lookup(
        dz.Dictionary(categories), nested_scope=scope, exclusive=exclusive, nomatch=nomatch, capkeys=False
    )
    expected = [slowly(words, entries, scope=scope, exclusive=exclusive, nomatch=nomatch) for words in tokens]
    assert made.to_list() == expected


def test_places_sentences_and_kinds_of_tokens():
    d = dz.Dictionary({"上": ["党建 引领"], "下": ["居民", "没有的"]})
    toks = dz.tokens({"a": "好。坚持党建引领。居民好"}, segmenter=dz.Segmenter(pos=True))
    made = toks.lookup(d)
    assert made.to_list() == [["上", "下"]]
    assert made.to_frame().select("token", "char_start", "char_end").rows() == [("上", 4, 8), ("下", 9, 11)]
    assert made._core.to_columns()["sentence_start"].to_list() == [[0, 1]]
    assert pickle.loads(pickle.dumps(made)) == made
    assert dz.kwic(made, "下").height == 1
    padded = toks.remove("坚持", padding=True)
    assert padded.lookup(d, nomatch="—").to_list() == [["—", "—", "", "上", "—", "下", "—"]]
    assert padded.lookup(d, exclusive=False).to_list() == [["好", "。", "", "上", "。", "下", "好"]]


def test_a_category_that_nothing_matches_has_a_column():
    made = dz.tokens([["居民"], []]).lookup(dz.Dictionary({"上": ["党委"], "下": ["居民"]}))
    assert made.types == ["上", "下"]
    assert made.to_list() == [["下"], []]


def test_options_of_the_dictionary_hold_unless_told():
    toks = dz.tokens([["Party", "党*"]])
    fixed = dz.Dictionary({"a": ["party", "党*"]}, value_type="fixed", case_insensitive=False)
    assert toks.lookup(fixed).to_list() == [["a"]]
    assert toks.lookup(fixed, case_insensitive=True).to_list() == [["a", "a"]]
    assert toks.lookup(dz.Dictionary({"a": ["^P"]}), value_type="regex").to_list() == [["a"]]
    assert toks.lookup(dz.Dictionary({})).to_list() == [[]]
    assert toks.lookup(dz.Dictionary({}), exclusive=False) == toks
    assert toks.lookup(dz.Dictionary({"a": ["party"]}), capkeys=True).to_list() == [["A"]]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"levels": 0}, dz.ParameterError, "levels"),
        ({"levels": []}, dz.ParameterError, "levels"),
        ({"nested_scope": "all"}, dz.ParameterError, "nested_scope"),
        ({"nomatch": ""}, dz.ParameterError, "nomatch"),
        ({"nomatch": "无", "exclusive": False}, dz.ParameterError, "nomatch"),
        ({"value_type": "globe"}, dz.ParameterError, "value_type"),
        ({"append_key": True, "separator": 1}, dz.DataTypeError, "separator"),
    ],
)
def test_bad_options_are_named(options, error, words):
    with pytest.raises(error, match=words):
        dz.tokens(["党建"]).lookup(dz.Dictionary({"a": ["党建"]}), **options)


def test_something_else_than_a_dictionary():
    with pytest.raises(dz.DataTypeError, match="dictionary"):
        dz.tokens(["党建"]).lookup({"a": ["党建"]})
