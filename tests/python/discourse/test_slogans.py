"""Slogans as a user sees them: frames, senses, spread, the expression, the score against annotations."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import polars as pl
import pytest
from tests.scores.slogans import score
from tests.scores.spans import table

import duizhao as dz
from duizhao.discourse._schema import SLOGAN_SPREAD, SLOGANS

DOCS = pl.DataFrame(
    {
        "doc_id": [7, 8, 9],
        "text": [
            "落实“三查”:查账目、查库存、查台账。",
            "落实“三查”:查证照、查票据、查设备。三查,不能停。",
            "没有什么。",
        ],
        "date": [dt.date(2025, 1, 1), dt.date(2020, 1, 1), None],
        "city": ["云岫", "白石", "白石"],
    }
)


def test_frame():
    found = dz.slogans(DOCS)
    assert found.schema == pl.Schema(
        {**SLOGANS, "doc_id": pl.Int64, "first_doc_id": pl.Int64}
        | {n: k for n, k in DOCS.schema.items() if n not in ("doc_id", "text")}
    )
    assert dz.slogans(DOCS.lazy()).equals(found) and dz.slogans(DOCS, metadata=False).width == len(SLOGANS)
    labels = found.filter(pl.col("canonical") == "三查")
    # The same label with another expansion is another sense; the earlier document has sense 0.
    assert labels.select("doc_id", "sense", "doc_freq", "first_doc_id").rows() == [
        (7, 1, 2, 8),
        (8, 0, 2, 8),
        (8, 0, 2, 8),
    ]
    assert labels["quoted"].to_list() == ["double", "double", "no"]
    texts = dict(DOCS.select("doc_id", "text").iter_rows())
    for row in found.iter_rows(named=True):
        assert texts[row["doc_id"]][row["char_start"] : row["char_end"]] == row["surface"]
        if row["expansion_source"] == "in_text":
            assert texts[row["doc_id"]][row["expansion_start"] : row["expansion_end"]] == row["expansion"]


def test_raw_places():
    raw = "打造&ldquo;山城夜话&rdquo;品牌。"
    docs = dz.clean(pl.DataFrame({"doc_id": ["a"], "text": [raw]}))
    row = dz.slogans(docs).row(0, named=True)
    assert raw[row["raw_start"] : row["raw_end"]] == "山城夜话" and row["char_start"] == 3


def test_order_of_documents_and_empty_input():
    one = dz.slogans(DOCS).sort("doc_id", "char_start", "char_end")
    other = dz.slogans(DOCS.reverse()).sort("doc_id", "char_start", "char_end")
    assert one.equals(other)
    nothing = dz.slogans(DOCS.clear())
    assert nothing.height == 0 and nothing.schema == one.schema
    assert dz.slogan_spread(nothing, DOCS.clear()).height == 0


def test_spread_takes_documents_in_every_shape():
    texts = ["推行“九办”。", "学习“九办”。"]
    expected = dz.slogan_spread(dz.slogans(texts), pl.DataFrame({"doc_id": ["doc1", "doc2"], "text": texts}))
    assert expected["first_doc_id"].to_list() == ["doc1"] and expected["doc_freq"].to_list() == [2]
    for docs in (texts, pl.Series(texts), pl.DataFrame({"text": texts}), pl.LazyFrame({"text": texts})):
        assert dz.slogan_spread(dz.slogans(docs), docs).equals(expected)
    assert dz.slogan_spread(dz.slogans(texts[0]), texts[0])["doc_freq"].to_list() == [1]
    numbered = dict(enumerate(texts))
    assert dz.slogan_spread(dz.slogans(numbered), numbered)["first_doc_id"].to_list() == [0]


def test_spread():
    spread = dz.slogan_spread(dz.slogans(DOCS), DOCS, by="city")
    # Of the metadata, what is the same throughout each group rides along.
    assert spread.schema == pl.Schema({**SLOGAN_SPREAD, "first_doc_id": pl.Int64, "city": pl.String})
    rows = spread.filter(pl.col("canonical") == "三查")
    assert rows.select("sense", "count", "group", "group_doc_share", "is_first_group").rows() == [
        (0, 2, "白石", 0.5, True),
        (1, 1, "云岫", 1.0, True),
    ]
    assert rows["doc_share"].to_list() == [1 / 3, 1 / 3]


def test_expression():
    lazy = DOCS.lazy().select("doc_id", pl.col("text").zh.slogans().alias("found"))
    eager = DOCS.select("doc_id", pl.col("text").zh.slogans().alias("found"))
    assert lazy.collect().equals(eager) and lazy.collect(engine="streaming").sort("doc_id").equals(eager)
    assert lazy.collect_schema() == eager.schema
    long = eager.explode("found").unnest("found").drop_nulls("surface")
    ours = dz.slogans(DOCS)
    assert long.equals(ours.select(long.columns))
    assert pl.select(pl.lit(None, pl.String).zh.slogans()).item() is None


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: dz.slogans(7), dz.DataTypeError, ["docs", "int"]),
        (lambda: dz.slogans(DOCS, metadata=["town"]), dz.MissingColumnError, ["metadata", "town"]),
        (lambda: dz.slogans(DOCS, text="body"), dz.MissingColumnError, ["body"]),
        (lambda: dz.slogans(DOCS, date="when"), dz.MissingColumnError, ["when"]),
        (lambda: dz.slogans(DOCS.with_columns(doc_id=1)), dz.DataError, ["doc_id"]),
        (lambda: dz.slogan_spread(DOCS, DOCS), dz.MissingColumnError, ["canonical"]),
        (lambda: dz.slogan_spread(dz.slogans(DOCS), DOCS, by="town"), dz.MissingColumnError, ["town"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call()
    assert all(word in str(raised.value) for word in words), raised.value


def test_score(shared):
    """The level on the annotated documents, with a margin; other documents of the kind are scored elsewhere."""
    rows = score(shared / "gold")
    print(table(rows))
    f1 = {name: exact.f1 for name, exact, _ in rows}
    assert f1["all"] >= 0.95
    assert f1["numbered"] >= 0.95


def test_command(tmp_path):
    (tmp_path / "a.txt").write_text("推行“九办”,各地都学“九办”。", encoding="utf-8")
    run = [sys.executable, "-m", "duizhao", "slogans", str(tmp_path / "a.txt"), "-q"]
    plain = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert plain.count("九办") >= 2
    spread = subprocess.run([*run, "--spread"], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "group_doc_share" in spread.stdout
    wrong = subprocess.run(
        [*run, "--by", "city"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert wrong.returncode == 1 and "--spread" in wrong.stderr


def test_groups_of_persons_are_no_slogans():
    for text in ("坚决批判四人帮的错误。", "粉碎“四人帮”以后，", "八路军在这里驻扎。"):
        found = dz.slogans(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
        assert found.filter(pl.col("class") != "name").is_empty(), text
    assert dz.slogans("粉碎“四人帮”以后，")["class"].to_list() == ["name"]


def test_an_expansion_does_not_begin_with_a_particle():
    docs = pl.DataFrame({"doc_id": ["a"], "text": ["做到了心往一处想、劲往一处使的“两个一”。"]})
    row = dz.slogans(docs).filter(pl.col("canonical") == "两个一").row(0, named=True)
    assert row["expansion"] == "心往一处想、劲往一处使"
    assert docs["text"][0][row["expansion_start"] : row["expansion_end"]] == row["expansion"]


@pytest.mark.parametrize(
    "text",
    [
        "用马列主义、毛泽东思想、邓小平理论和“三个代表”重要思想武装。",
        "反对割裂中国领土、制造“两个中国”的阴谋。",
        "工作气象一新、格局一新。抓好“两新”工作。",
    ],
)
def test_what_only_stands_before_a_label_does_not_explain_it(text):
    found = dz.slogans(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert found.height
    assert not set(found["expansion"].drop_nulls()) & {
        "马列主义、毛泽东思想、邓小平理论和",
        "割裂中国领土、制造",
    }
    assert not found["expansion"].str.contains("一新").any()


def test_a_series_ends_with_a_word_and_congresses_are_no_labels():
    text = "坚持“港人治港”、“澳人治澳”、高度自治的方针。贯彻党的十六大精神。"
    found = dz.slogans(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert found["surface"].to_list() == ["港人治港", "澳人治澳"]


def test_ids_and_groups_of_another_kind_are_refused():
    docs = pl.DataFrame({"doc_id": ["1"], "text": ["推行“九办”。"], "list": [[1]]})
    found = dz.slogans(docs)
    with pytest.raises(dz.DataTypeError, match="doc_id"):
        dz.slogan_spread(found, docs.with_columns(pl.col("doc_id").cast(pl.Int64)))
    with pytest.raises(dz.DataTypeError, match="plain values"):
        dz.slogan_spread(found, docs, by="list")


@pytest.mark.parametrize(
    ("text", "expansion"),
    [
        ("不断扩大智能家居、新材料、低空经济等三大新兴产业。", "智能家居、新材料、低空经济"),
        ("推动绿色有机农产品、精深加工、自主品牌“三链同构”。", "有机农产品、精深加工、自主品牌"),
        ("推进宅院所有权、资格权、使用权“三权”分置。", "宅院所有权、资格权、使用权"),
    ],
)
def test_an_expansion_begins_with_its_first_noun(text, expansion):
    found = dz.slogans(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert expansion in found["expansion"].to_list()


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("实现信息互通、资源共享、优势互补、合作共赢。", "信息互通、资源共享、优势互补、合作共赢"),
        ("坚持目标导向、问题导向、结果导向，推进工作。", "目标导向、问题导向、结果导向"),
        ("让群众看得见、摸得着、用得上。", "看得见、摸得着、用得上"),
        ("形成干部敢为、地方敢闯、企业敢干、群众敢首创的局面。", "干部敢为、地方敢闯、企业敢干、群众敢首创"),
        ("我们守正创新、求真务实、勇毅前行，取得新成绩。", "守正创新、求真务实、勇毅前行"),
        ("經濟呈現出總量擴大、結構改善、質量提升的良好態勢。", "總量擴大、結構改善、質量提升"),
        ("统筹稳就业,促投资、扩消费、保供应、防风险工作。", "稳就业,促投资、扩消费、保供应、防风险"),
        ("统筹做好稳增长促改革调结构各项工作。", "稳增长促改革调结构"),
        ("实现零事故零伤亡。", "零事故零伤亡"),
        ("在学深悟透做实上下功夫。", "学深悟透做实"),
        ("我們要充實國防、增強國力，邁向未來。", "充實國防、增強國力"),
        ("大會主題是 深化改革 心繫民生 發揮優勢 同創未來", "深化改革 心繫民生 發揮優勢 同創未來"),
    ],
)
def test_series_of_clauses_and_series_without_marks(text, series):
    assert dz.slogans(text)["surface"].to_list() == [series]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("有街坊說，對手找人「掃街」拉票，他沒有理會。", [("掃街", "name")]),
        ("记者昨日在车站看到，这名“黄牛”正在向旅客兜售车票。", [("黄牛", "name")]),
        ("有人在车站说“昨天晚上他看见一辆汽车撞了护栏”后离开。", []),
        ("本公司（以下简称“云岫股份”）向股东派息。", [("云岫股份", "name")]),
        ("扎实推进基层治理，健全“码上议”，统筹落实民生实事。", [("码上议", "label")]),
        ("创业者希望「家業長青、基業永續」，年輕人不同意。", [("家業長青、基業永續", "parallel")]),
    ],
)
def test_what_nothing_explains_is_a_name_outside_official_language(text, rows):
    assert dz.slogans(text).select("surface", "class").rows() == rows


def test_two_clauses_behind_a_double_label_do_not_explain_it():
    found = dz.slogans("构建双循环新格局，扩大内需、稳定外贸。").filter(pl.col("surface") == "双循环")
    assert not any("稳定外贸" in (text or "") for text in found["expansion"])


@pytest.mark.parametrize(
    ("text", "series"),
    [
        # What joins the last member: 从…到.
        ("见证从富起来、站起来到强起来的历程。", "富起来、站起来到强起来"),
        # One verb, and before it how.
        ("推动产业绿色发展、安全发展、协调发展,造福于民。", "绿色发展、安全发展、协调发展"),
        ("坚持和平发展、绿色发展、和谐发展,合作共赢。", "和平发展、绿色发展、和谐发展"),
        # Qualities at the end of a clause.
        ("保证数据真实、准确、完整。", "真实、准确、完整"),
        # 和谐 is no "and".
        ("营造安定、团结、和谐的局面。", "安定、团结、和谐"),
        # What a policy is about stands between its verb and its members.
        ("贯彻执行农村工作整顿、充实、提高的方针。", "整顿、充实、提高"),
        # How far, and not.
        ("牢记深积粮、广筑墙、不称王。", "深积粮、广筑墙、不称王"),
        # Frames of four characters.
        ("全县上下奋力拼搏、顺势而为、难中求进,再创佳绩。", "奋力拼搏、顺势而为、难中求进"),
        # Two clauses that turn the same words over.
        ("用好项目带动好产业,用好产业吸引好项目。", "用好项目带动好产业,用好产业吸引好项目"),
        # Two aims on one character.
        ("围绕打造新家园、实现新梦想的目标,埋头苦干。", "打造新家园、实现新梦想"),
        # A whole sentence.
        ("会议结束。要突出特色,注重质量,打好基础。", "突出特色,注重质量,打好基础"),
        # A phrase of the dictionary before the first member.
        ("始终保持定力、如履薄冰、谦虚谨慎。", "保持定力、如履薄冰、谦虚谨慎"),
    ],
)
def test_series_that_their_build_tells(text, series):
    found = dz.slogans(text).filter(pl.col("class") == "parallel")["surface"].to_list()
    assert found == [series]


@pytest.mark.parametrize(
    "text",
    [
        "推动经济发展、社会发展、文化发展。",
        "数字消费、绿色消费、健康消费蓬勃增长。",
        "应当督促机构优化服务流程、压缩服务时限、提高服务质量。",
        "自然景观、自然资源、自然遗产。",
        "比上年增长的地区有五个,比前年增长的地区有三个。",
        "创新、协调、绿色、开放、共享和其他。",
    ],
)
def test_lists_and_tasks_are_no_series(text):
    assert dz.slogans(text).filter(pl.col("class") == "parallel").is_empty()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("推进矛盾纠纷化解、社会治理创新、严格公正执法三项重点工作,成效明显。", "三项重点工作"),
        ("以厚植经济实力、打造安居家园、守护民主价值为三大施政主轴。", "三大施政主轴"),
        ("守住生态和安全两条底线,统筹推进。", "两条底线"),
        ("出现“低收入”、“低福利”、“低保障”等三低问题。", "三低"),
        ("夺取抗洪救灾和恢复生产双胜利作出贡献。", "双胜利"),
        ("发动“全市大三查”(查账目、查库存、查台账)行动。", "全市大三查"),
    ],
)
def test_labels_that_count_what_stands_beside_them(text, label):
    assert label in dz.slogans(text).filter(pl.col("class") == "numeric")["surface"].to_list()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("纪念“九一八”事变。", "九一八"),
        ("党的“十六大”精神。", "十六大"),
        ("“十四五”规划和“一五”时期。", "十四五 一五"),
        ("“嫦娥六号”带回月壤,“天问一号”着陆,“神舟十八号”升空。", "嫦娥六号 天问一号 神舟十八号"),
        ("证人「B1」、「B2」、「B3」出庭。", "B1 B2 B3"),
        ("部长出席“全国2024年防汛工作会议”并致辞。", "全国2024年防汛工作会议"),
        ("第30个“全国爱眼日”来临。", "全国爱眼日"),
        ("连锁饮料店“三分糖”开业。", "三分糖"),
        ("国产“万吨巨轮”下水。", "万吨巨轮"),
        ("他背上“独断专行”的恶名。", "独断专行"),
        ("“某某贷”集资诈骗案宣判。", "某某贷"),
        ("“红箭”系列导弹亮相。", "红箭"),
    ],
)
def test_names_by_what_they_are(text, name):
    found = dz.slogans(text)
    assert found.filter(pl.col("class") == "name")["surface"].to_list() == name.split()
    assert found.height == len(name.split())


@pytest.mark.parametrize(
    "text",
    [
        "拨打“120”急救电话。",
        "他不断说「你越权」,被请出会场。",
        "村里人戏称“远客回来了”。",
        "公布「2022年世界竞争力年报」。",
    ],
)
def test_calls_clauses_and_reports_are_no_rows(text):
    assert dz.slogans(text).is_empty()


def test_what_is_called_a_principle_is_a_label():
    text = "他说“以静制动”是球队的最高原则,并以“全民参与”为最高纲领。"
    assert dz.slogans(text).select("surface", "class").rows() == [
        ("以静制动", "label"),
        ("全民参与", "label"),
    ]


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("坚持难点堵点一起破，痛点盲点一起除，狠抓落实。", "难点堵点一起破，痛点盲点一起除"),
        ("各位代表！使命呼唤担当，奋斗创造未来。", "使命呼唤担当，奋斗创造未来"),
        ("我们团结起来，不负新使命，展现新作为，加快建设家乡。", "不负新使命，展现新作为"),
        ("牢记职责使命，践行为民宗旨，干好工作。", "牢记职责使命，践行为民宗旨"),
        (
            "一定要发扬奋斗精神，坚定奋斗意志，锤炼奋斗本领，再创佳绩。",
            "发扬奋斗精神，坚定奋斗意志，锤炼奋斗本领",
        ),
        ("建设制造强国、质量强国、网络强国、数字中国，取得成就。", "制造强国、质量强国、网络强国、数字中国"),
        ("用好严管理、实作风、细服务工作方法。", "严管理、实作风、细服务"),
        ("打好脱贫攻坚战、持久战、总体战。", "攻坚战、持久战、总体战"),
    ],
)
def test_pairs_of_clauses_and_series_on_a_banner(text, series):
    found = dz.slogans(text)
    assert series in found.filter(pl.col("class") == "parallel")["surface"].to_list()


@pytest.mark.parametrize(
    "text",
    [
        "城镇居民收入增加，农村居民收入增加。",
        "财政收入稳定增长，人民生活持续改善。",
        "这篇文章立意高远、内涵丰富、催人奋进，值得一读。",
        "报告具有很强的思想性、科学性、可读性，值得一读。",
    ],
)
def test_narratives_and_praise_are_no_series(text):
    assert dz.slogans(text).is_empty()


@pytest.mark.parametrize("label", ["省市县三级联动", "市县乡三级贯通", "省市县乡村五级联动"])
def test_levels_that_are_counted_belong_to_the_label(label):
    found = dz.slogans(f"坚持{label}，推进各项改革。")
    assert found.select("surface", "class").rows() == [(label, "numeric")]
