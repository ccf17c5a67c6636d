"""Cleaning: frames, audit, way back, expressions, and the annotated documents."""

from __future__ import annotations

import json
import warnings

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.text._schema import CLEANED, REPAIRS

#: What cleaning adds to a frame of ids and texts that is metadata.
METADATA = {name: kind for name, kind in CLEANED.items() if name not in ("raw_text", "edits")}

PAGE = (
    "縣協(xié)商會(huì)議學(xué)習(xí)，學(xué)會(huì)協(xié)作，習(xí)慣協(xié)商；會(huì)後學(xué)習(xí)。"
)
MIXED = f"\ufeff{PAGE}\r\n\r\n　２０２６年&nbsp;ＧＤＰ增长５．３％\u200b\n"


def frame(*texts):
    return pl.DataFrame({"doc_id": list(range(len(texts))), "text": list(texts)})


def test_all_columns_and_their_order():
    docs = frame("一", MIXED).with_columns(year=pl.Series([2025, 2026]))
    cleaned = dz.clean(docs)
    assert cleaned.columns == ["doc_id", "text", "year", *CLEANED]
    assert cleaned.select(list(CLEANED)).schema == CLEANED
    assert cleaned["raw_text"].to_list() == docs["text"].to_list()
    assert cleaned["year"].to_list() == [2025, 2026]


def test_edits_are_the_difference():
    cleaned = dz.clean(frame(MIXED, "没有变化。"), script="simplified")
    rows = dz.repairs(cleaned)
    assert rows.schema == pl.Schema({**REPAIRS, "doc_id": pl.Int64(), **METADATA})
    assert dz.repairs(cleaned, metadata=False).schema == pl.Schema({**REPAIRS, "doc_id": pl.Int64()})
    assert rows["doc_id"].unique().to_list() == [0]
    raw, text = cleaned["raw_text"][0], cleaned["text"][0]
    assert text == "县协商会议学习，学会协作，习惯协商；会后学习。\n2026年 GDP增长5.3%"
    for row in rows.iter_rows(named=True):
        assert raw[row["raw_start"] : row["raw_end"]] == row["raw"]
        assert text[row["char_start"] : row["char_end"]] == row["repaired"]
    assert rows["raw_start"].is_sorted()
    kinds = set(rows["kind"])
    assert kinds >= {"pinyin_annotation", "zero_width", "full_width", "whitespace", "script"}
    assert dz.restore(cleaned)["text"].to_list() == cleaned["raw_text"].to_list()


def test_kinds_of_one_stretch_are_joined():
    cleaned = dz.clean(frame("&#21332;商"), script="simplified")
    assert cleaned["text"].item() == "协商"
    assert dz.repairs(cleaned)["kind"].to_list() == ["html_entity+script"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet=st.sampled_from("協(xié)会１Ａ．％\u200b\r\n \t　&amp;nbsp;éÖÐ鏀垮崗。，12年⼈😀"),
            max_size=40,
        ),
        max_size=4,
    )
)
def test_any_text_comes_back(texts):
    docs = pl.DataFrame({"doc_id": range(len(texts)), "text": pl.Series(texts, dtype=pl.String)})
    cleaned = dz.clean(docs, script="traditional", punctuation=True)
    assert dz.restore(cleaned)["text"].equals(docs["text"])


def test_empty_frames_and_texts():
    cleaned = dz.clean(frame().with_columns(pl.col("doc_id").cast(pl.Int64), pl.col("text").cast(pl.String)))
    assert cleaned.height == 0 and cleaned.select(list(CLEANED)).schema == CLEANED
    assert dz.repairs(cleaned).schema == pl.Schema({**REPAIRS, "doc_id": pl.Int64(), **METADATA})
    assert dz.restore(cleaned).height == 0
    assert dz.repair_evidence(cleaned).height == 0
    cleaned = dz.clean(frame("", "　\n"))
    assert cleaned["text"].to_list() == ["", ""]
    assert cleaned["edits"].list.len().to_list() == [0, 1]


def test_lazy_gives_the_same():
    docs = frame(MIXED, "", "政協會議").with_columns(title=pl.Series([None, "标题", None], dtype=pl.String))
    eager = dz.clean(docs, script="simplified")
    lazy = dz.clean(docs.lazy(), script="simplified")
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect_schema() == eager.schema
    assert lazy.collect().equals(eager)
    assert lazy.collect(engine="streaming").equals(eager)
    assert lazy.filter(pl.col("doc_id") == 2).select("text").collect().item() == "政协会议"


def test_metadata_of_the_user_is_kept_and_filled():
    page = (
        "县政协开展调研\n\n2024年05月06日 10:20 | 来源:本县日报 分享到:\n\n"
        + "县政协组织委员深入乡镇开展调研,召开座谈会,提出意见建议。" * 3
        + "\n\n编辑:张三"
    )
    docs = frame(page, page).with_columns(
        source=pl.Series(["自填", None]), date=pl.Series(["去年", None]), editor=pl.Series([None, None])
    )
    cleaned = dz.clean(docs)
    assert cleaned["source"].to_list() == ["自填", "本县日报"]
    assert cleaned["date"].to_list() == ["去年", None], "another dtype: left alone"
    assert cleaned["editor"].to_list() == ["张三", "张三"]
    assert dz.clean(frame(page))["date"].dtype == pl.Date()


def test_cleaning_again_starts_from_the_raw_text():
    docs = frame(MIXED, "裡面")
    once = dz.clean(docs, script="simplified")
    assert dz.clean(once, script="simplified").equals(once)
    other = dz.clean(once)
    assert other["text"][1] == "裡面"
    assert other["raw_text"].equals(docs["text"].alias("raw_text"))
    assert dz.restore(other)["text"].equals(docs["text"])


def test_steps_by_name():
    docs = frame("ＧＤＰ\u200b　\n")
    assert dz.clean(docs, steps=[])["text"].item() == docs["text"].item()
    assert dz.clean(docs, steps=["whitespace", "full_width"])["text"].item() == "GDP\u200b"
    assert dz.clean(frame("会议,指出"), punctuation=True)["text"].item() == "会议，指出"
    assert dz.clean(frame("会议,指出"))["text"].item() == "会议,指出"
    assert dz.clean(frame("會議"), steps=[], script="simplified")["text"].item() == "会议"


def test_pinyin_on_and_off():
    gloss = "协(xié)同"
    assert dz.clean(frame(gloss))["text"].item() == gloss
    assert dz.clean(frame(gloss), pinyin=True)["text"].item() == "协同"
    assert "(xié)" in dz.clean(frame(PAGE), pinyin=False)["text"].item()
    assert "(" not in dz.clean(frame(PAGE))["text"].item()


def test_evidence():
    found = dz.repair_evidence(frame(PAGE, "亳(bó)州", "锟斤拷\ufffd\ue849", ""))
    assert found["damaged"].to_list() == [True, False, False, False]
    page = found.row(0, named=True)
    assert page["annotations"] == 12 and page["types"] == 4 and page["ambiguous_types"] == 0
    assert page["coverage"] == page["outside_gb2312"] == 1.0
    assert page["annotations_per_100_han"] == pytest.approx(100 * 12 / page["han"])
    assert found["lost_characters"].to_list() == [0, 0, 2, 0]
    assert found["residues_left"].to_list() == [0, 0, 1, 0]
    assert dz.repair_evidence(dz.clean(frame(PAGE)))["damaged"].to_list() == [True]


def test_legitimate_text_stays():
    text = (
        "PM2.5(细颗粒物)、GDP(国内生产总值)、“1+7”、第(一)条、市(州)、f(x)、方案(a)、拼音(pīnyīn)、"
        "协(xié)同、〔2023〕12号、[2023]、5%、+3.2、14:54、1,000元、100℃、㎡"
    )
    assert dz.clean(frame(text), script="simplified")["text"].item() == text


def test_errors_name_the_thing():
    docs = frame("一")
    with pytest.raises(dz.MissingColumnError, match="'body'"):
        dz.clean(docs, text="body")
    with pytest.raises(dz.MissingColumnError, match="'body'"):
        dz.clean(docs.lazy(), text="body")
    with pytest.raises(dz.DataTypeError, match=r"'doc_id'.*String.*Int64"):
        dz.clean(docs, text="doc_id")
    with pytest.raises(dz.DataError, match=r"'text'.*nulls.*row 1"):
        dz.clean(frame("一", None))
    with pytest.raises(dz.DataTypeError, match=r"`docs`.*list"):
        dz.clean([["一"], "二"])
    with pytest.raises(dz.ParameterError, match=r"`steps`.*'mojibake'.*'polish'"):
        dz.clean(docs, steps=["polish"])
    with pytest.raises(dz.ParameterError, match=r"`steps` must be a list"):
        dz.clean(docs, steps="control")
    with pytest.raises(dz.ParameterError, match=r"`script`.*'klingon'"):
        dz.clean(docs, script="klingon")
    with pytest.raises(dz.ParameterError, match=r"`script`.*None"):
        dz.clean(docs, steps=["script"])
    with pytest.raises(dz.ParameterError, match=r"`pinyin`.*'maybe'"):
        dz.clean(docs, pinyin="maybe")
    with pytest.raises(dz.MissingColumnError, match="'edits'"):
        dz.repairs(docs)
    with pytest.raises(dz.MissingColumnError, match="'edits'"):
        dz.restore(docs)
    with pytest.raises(dz.DataTypeError, match="'edits'"):
        dz.repairs(docs.with_columns(edits=pl.lit(1)))
    with pytest.raises(dz.DataError, match=r"`edits`"):
        dz.restore(dz.clean(frame("ＧＤＰ１２３")).with_columns(text=pl.lit("")))


def test_progress_is_told_and_may_stop():
    seen = []
    dz.clean(frame(*[PAGE] * 50), progress=seen.append)
    assert sum(seen) == 50

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dz.clean(frame(*[PAGE * 20] * 50), progress=stop)


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_expressions(engine):
    docs = (
        frame(MIXED, "", "鏀垮崗")
        .with_columns(pl.col("text").alias("other"))
        .vstack(
            pl.DataFrame(
                {"doc_id": [3], "text": [None], "other": ["x"]}, schema_overrides={"text": pl.String}
            )
        )
    )
    got = (
        docs.lazy()
        .select(
            pl.col("text").zh.repair().alias("repair"),
            pl.col("text").zh.normalize().alias("normalize"),
            pl.col("text").zh.to_simplified().alias("simplified"),
            pl.col("text").zh.to_traditional().alias("traditional"),
            pl.col("text").zh.clean(script="simplified").alias("clean"),
        )
        .collect(engine=engine)
    )
    assert set(got.schema.values()) == {pl.String()}
    assert got.row(3) == (None,) * 5
    assert got.row(1) == ("",) * 5
    assert got["repair"][2] == "政协"
    assert "協商會議" in got["repair"][0] and "２０２６" in got["repair"][0]
    assert "２０２６" not in got["normalize"][0] and "(xié)" in got["normalize"][0]
    filled = docs.head(3)
    assert got["clean"].head(3).to_list() == dz.clean(filled, script="simplified")["text"].to_list()


def test_expressions_with_bad_input():
    docs = frame("一")
    assert pl.select(pl.lit("协(xié)同").zh.repair(pinyin=True)).item() == "协同"
    with pytest.raises(pl.exceptions.PolarsError, match="strings"):
        docs.select(pl.col("doc_id").zh.repair())
    with pytest.raises(dz.ParameterError, match=r"`pinyin`"):
        pl.col("text").zh.repair(pinyin=1.5)


# --- the annotated documents ---


@pytest.fixture(scope="module")
def seeds(shared):
    paths = sorted((shared / "seeds").glob("*.txt"))
    return pl.DataFrame(
        {"doc_id": [p.name[:3] for p in paths], "text": [p.read_text("utf-8") for p in paths]}
    )


@pytest.mark.parametrize("key", ["001", "002", "004"])
def test_repaired_text_equals_the_annotation(shared, seeds, key):
    cleaned = dz.clean(seeds, script="simplified").filter(pl.col("doc_id") == key)
    gold = (shared / "gold" / "repaired" / f"{key}.txt").read_text("utf-8")
    assert cleaned["text"].item() == gold
    assert dz.restore(cleaned)["text"].item() == seeds.filter(pl.col("doc_id") == key)["text"].item()


@pytest.mark.parametrize("key", ["001", "002", "004"])
def test_edits_lead_back_to_the_annotated_place(shared, seeds, key):
    cleaned = dz.clean(seeds, script="simplified").filter(pl.col("doc_id") == key)
    expected = json.loads((shared / "gold" / "align" / f"{key}.json").read_text("utf-8"))["repaired_to_raw"]
    text = cleaned["text"].item()
    place, raw = [], 0
    for edit in dz.repairs(cleaned).iter_rows(named=True):
        step = edit["char_start"] - len(place)
        place += range(raw, raw + step)
        place += [edit["raw_start"]] * (edit["char_end"] - edit["char_start"])
        raw = edit["raw_end"]
    place += range(raw, raw + len(text) - len(place))
    differ = [i for i, char in enumerate(text) if char != "\n" and place[i] != expected[i]]
    assert differ == []


def test_the_damaged_pages_are_told_from_the_clean_ones(seeds):
    found = dz.repair_evidence(seeds)
    assert dict(zip(found["doc_id"], found["damaged"], strict=True)) == {
        "000": True,
        "001": False,
        "002": True,
        "003": False,
        "004": True,
    }
    assert found["residues_left"].sum() == 0


def test_uncertain_edits_are_marked(seeds):
    rows = dz.repairs(dz.clean(seeds, boilerplate=False)).filter(~pl.col("certain"))
    assert rows.select("doc_id", "raw", "repaired", "kind").rows() == [("000", "?", "。", "byte_shift")]


LINES = [
    "首页 > 新闻 > 正文", "来源：云川日报", "各位代表：", "编辑：王明", "2023-01-02 10:00", "云川县春耕", "春天来了，大家都下地干活。", "", "相关新闻", "来源：",
    "小 微 企业", "下载 附件1 附件2", "微信 微博 分享", "大", "第 3 页 共 9 页", "- 12 -", "3", "\f", "云川县年鉴", "政 府 工 作 报 告", "农村生 活用 水",
    "上一篇 下一篇", "版权所有 云川县人民政府", "<p>县政协</p>会议",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text("首大小微信分享春夏3>：，。< \f", max_size=8), max_size=10))
def test_no_document_is_emptied_and_losses_are_named(lines):
    raw = "\n".join(lines)

    def han(text):
        return sum("一" <= c <= "鿿" for c in text)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cleaned = dz.clean(pl.DataFrame({"doc_id": ["a"], "text": [raw]}))
    text = cleaned["text"].item()
    assert (han(text) > 0) == (han(raw) > 0)
    named = [w for w in caught if issubclass(w.category, dz.LostTextWarning)]
    assert bool(named) == (2 * han(text) < han(raw))
    assert dz.restore(cleaned)["text"].item() == raw


HEAVY = (
    "首页 新闻 专题 视频 论坛 旅游 教育 卫生 交通 气象\n当前位置：首页 > 新闻 > 要闻\n云川县春耕\n来源：云川日报 2023-01-02\n"
    "县里开了会，讨论了春耕。\n责任编辑：王明\n相关新闻\n邻县开展植树\n水库放水\n大桥通车\n上一篇：春游\n下一篇：夏收\n"
)


def test_documents_that_lose_most_are_named():
    docs = pl.DataFrame({"doc_id": ["page", "text"], "text": [HEAVY, "县里开了会，讨论了春耕。"]})
    with pytest.warns(dz.LostTextWarning, match=r"out of 1 document: 'page'; `repairs`") as caught:
        cleaned = dz.clean(docs)
    assert caught[0].message.documents == ("page",)
    assert caught[0].filename == __file__
    assert cleaned["text"].to_list() == ["县里开了会，讨论了春耕。"] * 2
    assert dz.repairs(cleaned)["doc_id"].unique().to_list() == ["page"]
    with pytest.warns(dz.LostTextWarning, match="1 document: 'doc2';"):
        dz.clean(["县里开了会。", HEAVY])
    with pytest.warns(dz.LostTextWarning, match="1 document: 0;"):
        dz.clean(docs.select("text"))
    with pytest.warns(dz.LostTextWarning, match="'page'"):
        dz.clean(docs.lazy()).collect(engine="in-memory")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dz.clean(docs, boilerplate=False)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("年 度 工 作 总 结", "年度工作总结"),
        ("今 天 天 气 很 好，大 家 都 去 爬 山", "今天天气很好，大家都去爬山"),
        ("城镇居民基 本医疗保 险办法", "城镇居民基本医疗保险办法"),
        ("出席：陈建国、王　明、李小红", "出席：陈建国、王明、李小红"),
        ("按照第 2 1 条和第 3 章", "按照第21条和第 3 章"),
        ("春 夏 秋 冬", "春 夏 秋 冬"),
        ("关键词：乡村振兴 协商民主 产业", "关键词：乡村振兴 协商民主 产业"),
    ],
)
def test_blanks_inside_words(raw, text):
    cleaned = dz.clean(frame(raw))
    assert cleaned["text"].item() == text
    assert dz.restore(cleaned)["text"].item() == raw


def test_pages_of_a_printed_text():
    lines = [
        "　　去年以来，全县坚持把乡村产业摆在突",
        "出位置，改造水渠六十公里，粮食产量稳定",
        "在八十万吨以上，农民收入增幅连续多年高",
        "于城镇居民，基础设施明显改善，各项社会",
        "事业全面进步，群众的生活水平不断提高。",
    ]
    whole = "".join(lines).strip()
    for between in ("\n3\n", "\n- 12 -\n", "\n\f", "\n\n12\n\f", "\n第 3 页 共 9 页\n\n"):
        raw = "\n".join(lines[:2]) + between + "\n".join(lines[2:])
        cleaned = dz.clean(frame(raw))
        assert cleaned["text"].item() == whole, between
        assert set(dz.repairs(cleaned)["kind"]) >= {"line_break"}
        assert dz.restore(cleaned)["text"].item() == raw
    kept = dz.clean(frame(raw), steps=["control", "whitespace"])
    assert "第 3 页 共 9 页" in kept["text"].item()
