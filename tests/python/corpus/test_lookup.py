"""Dictionaries of categories and their look-up on text."""

from __future__ import annotations

import copy
import json
import pickle

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.corpus._schema import LOOKUP


def surfaces(texts, d, **options):
    return dz.lookup(texts, d, **options)["surface"].to_list()


def test_case_14_india_is_not_in_indonesia():
    for d in (
        dz.Dictionary({"国": ["印度"]}, exclusions=["印度尼西亚"]),
        dz.Dictionary({"国": [{"entry": "印度", "not_before": ["尼西亚"]}]}),
        dz.Dictionary({"国": [{"entry": "印度", "not_inside": ["印度尼西亚"]}]}),
    ):
        hits = dz.lookup(["印度尼西亚与印度"], d)
        assert hits.select("surface", "char_start").rows() == [("印度", 6)]
    both = dz.Dictionary({"印": ["印度"], "印尼": ["印度尼西亚"]})
    assert dz.lookup(["印度尼西亚与印度"], both)["category"].to_list() == ["印尼", "印"]
    assert surfaces(["印度尼西亚"], both, nested_scope="key") == ["印度尼西亚", "印度"]


def test_case_10_entries_with_punctuation_space_and_digits():
    d = dz.Dictionary({"a": ["“1+7”", "1+7", "PM 2.5", "〔2023〕5号", "AI"]}, value_type="fixed")
    text = "“1+7”与11+78与1+7，pm 2.5与PAID和ai；〔2023〕5号"
    assert surfaces([text], d) == ["“1+7”", "1+7", "pm 2.5", "ai", "〔2023〕5号"]


def test_contexts_and_several_categories():
    d = dz.Dictionary(
        {"机关": ["党委", {"entry": "政协", "not_after": ["原"]}], "全部": {"甲": ["党委"], "乙": ["党委会"]}}
    )
    hits = dz.lookup(["党委、党委会、原政协、政协"], d)
    assert hits.select("category", "char_start", "char_end").rows() == [
        ("机关", 0, 2), ("全部.甲", 0, 2), ("全部.乙", 3, 6), ("机关", 11, 13),
    ]  # fmt: skip
    assert hits["levels"].to_list()[1] == ["全部", "甲"]


def test_negation():
    d = dz.Dictionary({"好": {"满意": 1.0}, "坏": {"不足": -1.0}})
    rows = [
        ("不满意", [True]), ("不是很满意", [True]), ("不断满意", [False]), ("没有不满意", [False]),
        ("不，满意", [False]), ("不“满意”", [True]), ("不是说大家都满意", [False]), ("不足", [False]),
        ("满意不", [False]),
    ]  # fmt: skip
    for text, expected in rows:
        assert dz.lookup([text], d)["negated"].to_list() == expected, text
    assert surfaces(["不满意，满意"], d, negated="drop") == ["满意"]
    assert dz.lookup(["不满意，满意"], d, negated="only")["char_start"].to_list() == [1]
    assert not dz.lookup(["不满意"], dz.Dictionary({"好": ["满意"]}, negation=[]))["negated"].any()
    assert dz.lookup(["不满意"], d)["weight"].to_list() == [1.0]


def test_variants_and_globs():
    d = dz.Dictionary(
        {"党": ["党组", "坚持*领导", "econom*", "三?一课"]}, variants=True, exclusions=["党组织"]
    )
    text = "黨組與黨組織，堅持黨的領導；Economics，三会一课"
    assert surfaces([text], d) == ["黨組", "堅持黨的領導", "Economics", "三会一课"]
    assert surfaces(["黨組"], dz.Dictionary({"党": ["党组"]})) == []
    assert surfaces(["市政协"], dz.Dictionary({"a": ["市 政协", "政协*"]})) == ["市政协"]


def test_the_same_under_any_segmenter():
    docs = pl.DataFrame({"doc_id": ["a"], "text": ["县政协党组抓党员委员工作室"]})
    d = dz.Dictionary({"a": ["协党", "党员委员", "工作室"]})
    found = dz.lookup(docs, d)
    for segmenter in (dz.Segmenter(), dz.Segmenter(hmm=False), dz.Segmenter(user_dict=["政协党组"])):
        cut = dz.tokens(docs, segmenter=segmenter)
        joined = pl.DataFrame({"doc_id": ["a"], "text": ["".join(cut["a"])]})
        assert dz.lookup(joined, d).equals(found)


def test_places_lead_to_the_raw_text():
    docs = dz.clean(pl.DataFrame({"doc_id": [7], "text": ["市政協(xié)商會，第１２次政协"], "y": [1]}))
    hits = dz.lookup(docs, dz.Dictionary({"a": ["协商", "政协", "協商"]}))
    raw = docs["raw_text"][0]
    assert hits["doc_id"].dtype == pl.Int64 and "y" in hits.columns
    for row in hits.iter_rows(named=True):
        assert docs["text"][0][row["char_start"] : row["char_end"]] == row["surface"]
        assert raw[row["raw_start"]] == row["surface"][0]


def test_empty_input_has_the_schema():
    d = dz.Dictionary({"a": ["党"]})
    assert dz.lookup([], d).schema == LOOKUP and dz.lookup([""], d).is_empty()
    assert dz.lookup(["党"], dz.Dictionary({})).is_empty()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("党委政协不", min_size=1, max_size=3), min_size=1, max_size=6, unique=True),
    st.lists(st.text("党委政协不", min_size=1, max_size=4), max_size=2),
    st.text("党委政协不，A", max_size=30),
)
def test_slow_reference(entries, exclusions, text):
    d = dz.Dictionary({"a": entries}, exclusions=exclusions, value_type="fixed")
    barred = [(i, i + len(x)) for x in exclusions for i in range(len(text)) if text.startswith(x, i)]
    expected, at = [], 0
    while at < len(text):
        fits = [
            e for e in entries
            if text.startswith(e, at) and not any(a <= at and at + len(e) <= b for a, b in barred)
        ]  # fmt: skip
        if fits:
            best = max(fits, key=len)
            expected.append((at, best))
            at += len(best)
        else:
            at += 1
    assert dz.lookup([text], d).select("char_start", "surface").rows() == expected


def test_expressions_are_lazy_and_streaming():
    d = dz.Dictionary({"民": {"好": {"居民": 2.0}}})
    frame = pl.LazyFrame({"t": ["不居民，居民", None, ""]})
    query = frame.select(
        hits=pl.col("t").zh.lookup(d),
        n=pl.col("t").zh.count_matches(d),
        m=pl.col("t").zh.count_matches(d, negated=False),
    )
    assert query.collect_schema()["n"] == pl.Int64 and isinstance(query.collect_schema()["hits"], pl.List)
    for engine in ("in-memory", "streaming"):
        out = query.collect(engine=engine)
        assert out.select("n", "m").rows() == [(2, 1), (None, None), (0, 0)]
        assert out["hits"][0].to_list()[0] == {
            "category": "民.好", "levels": ["民", "好"], "entry": "居民", "surface": "居民", "weight": 2.0, "negated": True,
            "char_start": 1, "char_end": 3,
        }  # fmt: skip
        assert out["hits"].to_list()[1:] == [None, []]


def test_a_dictionary_is_a_value(tmp_path):
    d = dz.Dictionary({"a": {"b": [{"entry": "党", "weight": 1, "not_before": ["员"]}]}}, exclusions=["政党"])
    assert (
        d == pickle.loads(pickle.dumps(d)) == copy.deepcopy(d)
        and len({d, dz.Dictionary.from_json(d.to_json())}) == 1
    )
    assert d != dz.Dictionary({"a": {"b": ["党"]}})
    with pytest.raises(AttributeError):
        d.x = 1
    for name in ("d.json", "d.yml"):
        d.save(tmp_path / name)
        assert dz.Dictionary.load(tmp_path / name) == d
    assert dz.Dictionary(d.to_frame(), exclusions=["政党"]) == d
    with pytest.raises(dz.FileError):
        d.save(tmp_path / "d.txt")


def test_formats(tmp_path):
    (tmp_path / "d.yaml").write_text(
        "机关:\n  党: [党委, 'no', 1]\n民众:\n  居民: 1.5\n  群众: -2\n", encoding="utf-8"
    )
    d = dz.Dictionary.load(tmp_path / "d.yaml")
    assert d.to_frame().select("category", "entry", "weight").rows() == [
        ("机关.党", "党委", None), ("机关.党", "no", None), ("机关.党", "1", None),
        ("民众", "居民", 1.5), ("民众", "群众", -2.0),
    ]  # fmt: skip
    (tmp_path / "d.csv").write_text(
        "category,entry,weight,not_before\n机关.党,党委,1,书|员\n民众,居民,,\n", encoding="utf-8"
    )
    frame = dz.Dictionary.load(tmp_path / "d.csv").to_frame()
    assert frame["not_before"].to_list() == [["书", "员"], []] and frame["weight"].to_list() == [1.0, None]
    (tmp_path / "d.dic").write_text(
        "%\n1\tfunct\n\t2\tpron\n3\taffect\n%\n我\t1\t2\n好*\t3\n", encoding="utf-8"
    )
    assert dz.Dictionary.load(tmp_path / "d.dic").to_frame().select("category", "entry").rows() == [
        ("funct", "我"), ("funct.pron", "我"), ("affect", "好*"),
    ]  # fmt: skip
    (tmp_path / "d.lc3").write_text("+POS\n good  \n+NEG\n bad\n", encoding="utf-8")
    assert dz.Dictionary.load(tmp_path / "d.lc3").categories == ["POS", "NEG"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yml", "a:\n  - 党\n  - {entry: 党, wait: 1}\n", "a.yml, line 3: the keys of an entry"),
        ("a.yml", "a: [党]\na: [委]\n", "a.yml, line 2: 'a' stands twice"),
        ("a.yml", "a: [党\n", "a.yml, line 2"),
        ("a.json", '{"a": [1]}', "a.json, a: an entry must be text"),
        ("a.json", '{"a":\n [}', "a.json, line 2"),
        ("a.csv", "category,entry,weight\na,党,x\n", "a.csv, line 2: the weight 'x'"),
        ("a.csv", "category,entry\na,党\na,?\n", "a.csv, line 3: the pattern"),
        ("a.dic", "%\n1\ta\n%\n党\t2\n", "a.dic, line 4: the category number '2'"),
        ("a.dic", "1\ta\n", "a.dic, line 1: two lines"),
        ("a.lc3", "党\n", "a.lc3, line 1"),
    ],
)
def test_errors_name_file_and_line(tmp_path, name, text, message):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(dz.DictionaryError) as caught:
        dz.Dictionary.load(path)
    assert message in str(caught.value)


def test_bad_arguments():
    with pytest.raises(dz.DictionaryError, match="党"):
        dz.Dictionary({"a": [{"entry": "党", "weight": float("nan")}]})
    with pytest.raises(dz.ParameterError, match="nested_scope"):
        dz.lookup(["党"], dz.Dictionary({}), nested_scope="no")
    with pytest.raises(dz.DataTypeError, match="dictionary"):
        dz.lookup(["党"], {"a": ["党"]})
    with pytest.raises(dz.ParameterError, match="negation_window"):
        dz.Dictionary({}, negation_window=-1)
    with pytest.raises(dz.DataTypeError, match="exclusions"):
        dz.Dictionary({}, exclusions="印度")
    with pytest.raises(dz.FileError):
        dz.Dictionary.load("no.such.yml")
    with pytest.raises(dz.FormatError):
        dz.Dictionary.from_json("{")
    assert json.loads(dz.Dictionary({"a": ["党"]}).to_json())["entries"][0]["text"] == "党"


def test_dfm_lookup_as_quanteda(shared):
    folder = shared / "quanteda"
    toks = dz.tokens(json.loads((folder / "tokens/zh_all.json").read_text("utf-8")))
    d = dz.Dictionary(json.loads((folder / "zh/dictionary.json").read_text("utf-8")))
    found = dz.dfm(toks).lookup(d).to_frame()
    expected = pl.read_csv(folder / "zh/dfm_lookup_counts.csv", schema_overrides={"doc": pl.String})
    rows = expected.filter(pl.col("count") > 0).select("doc", "key", "count").rows()
    assert rows and sorted(found.rows()) == sorted(rows)


def test_dfm_lookup():
    d = dz.Dictionary({"上": {"党": ["党*"], "会": ["党组会"]}, "无": ["没有的"]})
    dfm = dz.dfm(dz.tokens({"a": ["党组会", "党组会", "居民"], "b": []}))
    assert dfm.lookup(d).to_frame().rows() == [("a", "上.会", 2), ("a", "上.党", 2)]
    assert dfm.lookup(d, depth=1).to_frame().rows() == [("a", "上", 2)]
    assert dfm.lookup(d).shape == (2, 3) and dfm.lookup(dz.Dictionary({})).shape == (2, 0)
    with pytest.raises(dz.ParameterError, match="depth"):
        dfm.lookup(d, depth=0)


def test_large_plain_lists_are_what_small_ones_are():
    words = [f"{chr(0x4E00 + i // 150)}{chr(0x5000 + i % 150)}" for i in range(12_000)]
    tree = {"甲": {"乙": words[:7_000], "丙": []}, "丁": tuple(words[7_000:])}
    large = dz.Dictionary(tree)
    rows = [("甲.乙", w) for w in words[:7_000]] + [("丁", w) for w in words[7_000:]]
    assert large == dz.Dictionary(pl.DataFrame(rows, schema=["category", "entry"], orient="row"))
    # A weight in one place takes the general way, and gives the same entries.
    general = dz.Dictionary({"甲": {"乙": [*words[:6_999], {"entry": words[6_999]}]}, "丁": words[7_000:]})
    assert large.to_frame().equals(general.to_frame())
    with pytest.raises(dz.DictionaryError, match="not empty"):
        dz.Dictionary({"甲": [*words, " "]})
    with pytest.raises(dz.DictionaryError, match="control character"):
        dz.Dictionary({"甲": [*words, "乙\n丙"]})
