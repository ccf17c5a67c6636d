"""Quotations, bodies, persons: frames on texts of our own."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz
from duizhao.discourse._schema import BODIES, PERSONS, QUOTATIONS

FINDERS = {
    "quotations": (dz.quotations, QUOTATIONS),
    "bodies": (dz.bodies, BODIES),
    "persons": (dz.persons, PERSONS),
}


def frame(text):
    return pl.DataFrame({"doc_id": ["a"], "text": [text]})


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("县长李建国强调:“要抓落实。”", [("speech", "县长李建国", "强调")]),
        ("“水来了,庄稼有救了。”村民赵大山高兴地说。", [("speech", "村民赵大山", "高兴地说")]),
        ("“我们的‘夜校’办得好。”王小川在会上说,", [("speech", "王小川", "说"), ("coinage", None, None)]),
        ("举办“急救常识”“消防入门”等专题讲座。", [("title", None, None)] * 2),
        ("从“有无”到“好坏”的转变,突出“新”字。", [("emphasis", None, None)] * 3),
        ("「三查」与『四比』。", [("coinage", None, None)] * 2),
        # A noun of saying says nothing; with a verb that utters it, it does.
        ("形成一批集成建议,“路网要先行一步、产业要跟上”。", [("coinage", None, None)]),
        ("他提出建议:“路网要先行,产业要跟上。”", [("speech", "他", "提出")]),
        ("委员建议,“路网要先行一步、产业要跟上”。", [("speech", "委员", "建议")]),
        ("他宣称“路网已经先行一步”。他宣称“路网”。", [("speech", "他", "宣称"), ("coinage", None, None)]),
        ("围绕“路网与产业”主题交流,开展“路网”主题活动。", [("title", None, None), ("coinage", None, None)]),
        # Adverbs, asides and the title of what was said are no part of the speaker.
        (
            "王主任在“关于路网建设的报告”中说:“路网要先行一步,产业要跟上。”",
            [("coinage", None, None), ("speech", "王主任", "说")],
        ),
        ("他甚至说:“路网要先行一步,产业要跟上。”", [("speech", "他", "说")]),
        ("老张在大旱前夜曾经对村民说:“路网要先行一步,产业要跟上。”", [("speech", "老张", "说")]),
        ("这就是说,“路网要先行一步,产业要跟上。”", [("speech", None, None)]),
        ("没有引号,“也不配对。\n下一段”。", []),
        ("", []),
    ],
)
def test_quotations(text, rows):
    assert dz.quotations(frame(text)).select("kind", "speaker", "verb").rows() == rows


def test_share_counts_nested_quotations_once():
    found = dz.quotations(frame("甲“乙‘丙丁’戊”己"))
    assert found["depth"].to_list() == [0, 1]
    assert found["doc_share"].to_list() == [6 / 10] * 2


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("濮阳市政协机关党组汇报。", [("濮阳市政协机关党组", "cppcc", "濮阳市", "city")]),
        ("经县人民政府批准。", [("县人民政府", "government", None, "county")]),
        ("郑州市金水区人大常委会通过。", [("郑州市金水区人大常委会", "congress", "郑州市金水区", "county")]),
        ("党中央决定。", [("党中央", "party", None, "national")]),
        ("春天来了。", []),
        # Places that the segmenter's dictionary lacks, where what stands before says where they begin.
        ("近年来,碧江区政协履职。", [("碧江区政协", "cppcc", "碧江区", "county")]),
        (
            "推动云岫县委工作,向云岫县人民政府报告。",
            [("云岫县委", "party", "云岫县", "county"), ("云岫县人民政府", "government", "云岫县", "county")],
        ),
        # What is glued to a body without being of its name.
        (
            "元代行省政府、全省政府系统、开展区政协活动。",
            [
                ("政府", "government", None, None),
                ("政府", "government", None, None),
                ("区政协", "cppcc", None, "county"),
            ],
        ),
        (
            "应报省人民政府批准,列入市人民代表大会议程。",
            [("省人民政府", "government", None, "province"), ("市人民代表大会", "congress", None, "city")],
        ),
        (
            "各市县政协和乡镇政府。",
            [("市县政协", "cppcc", None, "county"), ("乡镇政府", "government", None, "township")],
        ),
        # Other words that hold a core.
        ("党组织、财政部门、行政协调、市委托、政府采购、各国政府、个人大病。", []),
        ("苏联政府发表声明。", []),
        ("四川省水利厅、水利厅。", [("四川省水利厅", "government", "四川省", "province")]),
        (
            "财政部、人民政协、主席会议。",
            [
                ("财政部", "government", None, None),
                ("人民政协", "cppcc", None, None),
                ("主席会议", "cppcc", None, None),
            ],
        ),
        (
            "郑州市第十五届人民代表大会常务委员会通过。",
            [("郑州市第十五届人民代表大会常务委员会", "congress", "郑州市", "city")],
        ),
        (
            "中共云岫县委员会、中国人民政治协商会议全国委员会。",
            [
                ("中共云岫县委员会", "party", "云岫县", "county"),
                ("中国人民政治协商会议全国委员会", "cppcc", "全国", "national"),
            ],
        ),
        (
            "省人民代表大会法制委员会会同各专门委员会。",
            [("省人民代表大会法制委员会", "congress", None, "province"), ("专门委员会", "cppcc", None, None)],
        ),
        (
            "省人大及其常委会。",
            [("省人大", "congress", None, "province"), ("常委会", "congress", None, None)],
        ),
        (
            "街道办事处、云岫街道办事处。",
            [
                ("街道办事处", "government", None, "township"),
                ("云岫街道办事处", "government", "云岫街道", "township"),
            ],
        ),
    ],
)
def test_bodies(text, rows):
    assert dz.bodies(frame(text)).select("body", "kind", "place", "level").rows() == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("市政协主席赵建国表示,", [("赵建国", "主席", "市政协")]),
        ("县委书记王芳说。", [("王芳", "书记", "县委")]),
        ("(通讯员 李小龙)", []),
        ("欧阳明月主席到会。", [("欧阳明月", "主席", None)]),
        # Several names behind one post, several posts of one person.
        (
            "主席黄建东、副主席李小川、王明和赵大山出席。",
            [
                ("黄建东", "主席", None),
                ("李小川", "副主席", None),
                ("王明", "副主席", None),
                ("赵大山", "副主席", None),
            ],
        ),
        ("市政协党组书记、主席赵建国说。", [("赵建国", "党组书记、主席", "市政协")]),
        ("省政协主席赵建国、县长王芳。", [("赵建国", "主席", "省政协"), ("王芳", "县长", None)]),
        # Names with dots, before and behind a post.
        (
            "副主席买买提·艾力说,阿依古丽·肉孜主席也说。",
            [("买买提·艾力", "副主席", None), ("阿依古丽·肉孜", "主席", None)],
        ),
        # A byline is no post.
        ("由赵建国主席主持,(记者 王　明)", [("赵建国", "主席", None)]),
        ("市长王强将出席会议。周恩来总理到会。", [("王强", "市长", None), ("周恩来", "总理", None)]),
        # Posts without a name.
        ("主席会议、书记项目、委员作业、代表建议。", []),
        ("主任高度重视,局长方向明确。", []),
    ],
)
def test_persons(text, rows):
    assert dz.persons(frame(text)).select("name", "post", "body").rows() == rows


@pytest.mark.parametrize("name", FINDERS)
def test_schema_and_bad_input(name):
    find, schema = FINDERS[name]
    docs = pl.DataFrame({"doc_id": [3], "text": ["市政协主席赵建国说:“好,就这么办。”"]})
    found = find(docs)
    assert found.height and found.schema == pl.Schema({**schema, "doc_id": pl.Int64})
    assert find(docs.clear()).schema == found.schema
    with pytest.raises(dz.DataTypeError, match="`docs`"):
        find(7)
    with pytest.raises(dz.MissingColumnError, match="'year'"):
        find(docs.lazy(), metadata=["year"])
    with pytest.raises(dz.MissingColumnError, match="body"):
        find(docs, text="body")


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@pytest.mark.parametrize("name", FINDERS)
def test_expression_equals_the_frame(name, engine):
    texts = [
        "市政协主席赵建国说:“好,就这么办。”",
        "春天来了。",
        "",
        "县委书记王芳说：“‘三查’很好。”",
        None,
    ] * 3
    docs = pl.DataFrame({"doc_id": range(len(texts)), "text": texts})
    found = getattr(pl.col("text").zh, name)().alias("found")
    lazy = docs.lazy().select("doc_id", found).collect(engine=engine)
    assert lazy.equals(docs.select("doc_id", found))
    # A null stays null; a text without finds gives an empty list.
    assert lazy["found"].list.len().to_list() == [
        None if t is None else n for t, n in zip(texts, lazy["found"].list.len(), strict=True)
    ]
    assert lazy["found"][1].len() == lazy["found"][2].len() == 0
    rows = lazy.explode("found", empty_as_null=False, keep_nulls=False).unnest("found")
    frame = FINDERS[name][0](docs.drop_nulls()).drop("raw_start", "raw_end")
    assert rows.equals(frame) and rows.height >= 6


@pytest.mark.parametrize("name", FINDERS)
def test_expression_refuses_numbers(name):
    with pytest.raises(pl.exceptions.PolarsError, match="column of strings"):
        pl.select(getattr(pl.lit(3).zh, name)())


ALPHABET = "“”‘’「」市县委政协主席书记王李建国说:,。的\n甲"


@given(st.text(st.sampled_from(ALPHABET), max_size=40))
def test_spans_slice_back(text):
    for name, column in (("quotations", "quotation"), ("bodies", "body"), ("persons", "name")):
        for row in FINDERS[name][0](frame(text)).iter_rows(named=True):
            assert text[row["char_start"] : row["char_end"]] == row[column]
            if name == "quotations" and row["speaker"] is not None:
                assert text[row["speaker_start"] : row["speaker_end"]] == row["speaker"]
            if name == "persons":
                assert text[row["post_start"] : row["post_end"]] == row["post"]


@given(st.text(max_size=40))
def test_nothing_panics(text):
    for find, _ in FINDERS.values():
        find(frame(text))


@pytest.mark.parametrize("name", FINDERS)
def test_command(name, tmp_path):
    (tmp_path / "a.txt").write_text("市政协主席赵建国说:“好,就这么办。”", encoding="utf-8")
    run = [sys.executable, "-m", "duizhao", name, str(tmp_path / "a.txt"), "-q"]
    out = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert (out.count("\n") >= 2 and "赵建国" in out) or (name == "bodies" and "市政协" in out)


def test_the_sentence_is_that_of_the_sentences():
    text = "　　他说：“好。就这么办。”大家笑了。\n\n打造“山城夜话”；“夜话”火了。"
    docs = pl.DataFrame({"doc_id": ["a"], "text": [text]})
    found = dz.quotations(docs).join(dz.sentences(docs).drop("doc_id"), on="sentence", suffix="_of_sentence")
    assert found.get_column("sentence").to_list() == [0, 3, 4]
    for row in found.iter_rows(named=True):
        assert row["char_start_of_sentence"] <= row["char_start"] < row["char_end_of_sentence"]
