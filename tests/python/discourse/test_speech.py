"""Who says what, with marks and without: kinds of ``dz.quotations`` on sentences of our own."""

from __future__ import annotations

import polars as pl
import pytest

import duizhao as dz


def said(text, *kinds):
    found = dz.quotations(text).filter(pl.col("kind").is_in(kinds)) if kinds else dz.quotations(text)
    return found.select("quotation", "speaker", "verb").rows()


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("据村民赵大山介绍，", "村民赵大山"),
        ("正如老支书马小河所说：", "老支书马小河"),
        ("随后，养殖户陈立说：", "养殖户陈立"),
        ("随后陈立说：", "陈立"),
        ("当天，县长李强表示：", "县长李强"),
        ("对此，外交部发言人表示：", "外交部发言人"),
        ("同时他强调，", "他"),
        ("12月1日王小川说：", "王小川"),
        ("市教育局局长李强在接受采访时说：", "市教育局局长李强"),
        ("市委书记王芳在全市农村工作会议上指出：", "市委书记王芳"),
        ("村支书王小川拉着记者的手激动地说：", "村支书王小川"),
        ("刚搬进新居的村民陈大山高兴地说：", "村民陈大山"),
        ("会后，县委书记、县长李强对记者说：", "县委书记、县长李强"),
        ("王小川接过话头，笑着说：", "王小川"),
        ("《云岫日报》评论员写道：", "《云岫日报》评论员"),
        ("阿依古丽·肉孜坦言：", "阿依古丽·肉孜"),
        ("公司回应称：", "公司"),
        ("王小川的妻子说：", "王小川的妻子"),
    ],
)
def test_the_speaker_is_who_says_it(before, speaker):
    assert [row[1] for row in said(f"{before}“路通了，日子就好了。”", "speech")] == [speaker]


@pytest.mark.parametrize(
    ("behind", "speaker", "verb"),
    [
        ("村民王小川竖起大拇指说。", "村民王小川", "说"),
        ("焦小兰补充道。", "焦小兰", "补充道"),
        ("陈大山笑道。", "陈大山", "笑道"),
        ("陈大山感慨。", "陈大山", "感慨"),
        ("他如是说。", "他", "如是说"),
        ("说起变化，养殖户李大山感叹道。", "养殖户李大山", "感叹道"),
        ("村民焦小蘭說。", "村民焦小蘭", "說"),
        ("老支书王小川告诉记者。", "老支书王小川", "告诉"),
    ],
)
def test_the_speaker_behind(behind, speaker, verb):
    assert said(f"“路通了，日子就好了。”{behind}") == [("路通了，日子就好了。", speaker, verb)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("他称“没有前途”，没有人信。", ["speech"]),
        ("市长强调“安全第一”。", ["speech"]),
        ("“没有前途”，他说。", ["speech"]),
        ("她喊道：“来了”。", ["speech"]),
        ("里民覺得「安心多了」。", ["speech"]),
        ("他宣布“云岫之夜”正式启动。", ["coinage"]),
        ("他提出“夜校”计划。", ["coinage"]),
        ("市长强调“四个意识”。", ["coinage"]),
        ("称其为“云岫模式”。", ["coinage"]),
        ("村里办起“说得来”茶馆。", ["coinage"]),
    ],
)
def test_clipped_speech_and_names(text, kinds):
    assert dz.quotations(text)["kind"].to_list() == kinds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“路通了，日子就好了。“村民焦小兰说。", ["路通了，日子就好了。"]),
        ("「路通了，日子就好了。「村民焦小蘭說。", ["路通了，日子就好了。"]),
        ("他说：”路通了，日子就好了。”", ["路通了，日子就好了。"]),
        ("“路通了。”“水来了，日子好了。”", ["路通了。", "水来了，日子好了。"]),
        ('12"显示屏和15"显示屏', []),
        ('一块8"的屏，名叫"小窗"。', ["小窗"]),
        ('第5期"夜话"开讲。', ["夜话"]),
        ("历时5′30″，宽12″。", []),
        ("没有引号，“也不配对。\n下一段”。", []),
    ],
)
def test_marks(text, found):
    assert dz.quotations(text).filter(pl.col("kind") != "indirect")["quotation"].to_list() == found


def test_parts_of_one_quotation_have_one_speaker():
    split = "“路通了。”村支书王小川说。“日子也好了，水也来了。”"
    assert [row[1] for row in said(split)] == ["村支书王小川"] * 2
    paragraphs = "“这一段讲的是过去的事情。\n　　“这一段讲的是将来的事情。”老书记王小川说。"
    assert said(paragraphs) == [
        ("这一段讲的是过去的事情。", "老书记王小川", "说"),
        ("这一段讲的是将来的事情。", "老书记王小川", "说"),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("会议指出，今年雨水偏多，要早做准备。", [("今年雨水偏多，要早做准备", "会议", "指出")]),
        ("他表示，路会通的。", [("路会通的", "他", "表示")]),
        ("李强强调要守住底线。", [("要守住底线", "李强", "强调")]),
        ("据王小田介绍，雨季已过。", [("雨季已过", "王小田", "介绍")]),
        ("公司认为路桥项目是今后的重点。", [("路桥项目是今后的重点", "公司", "认为")]),
        ("路通了，日子就好过了，他说。", [("路通了，日子就好过了", "他", "说")]),
        ("会议要求：一要抓紧；二要抓实。", [("一要抓紧；二要抓实", "会议", "要求")]),
        (
            "财政部表示，将增加投入；农业农村部则表示，粮食丰收。",
            [("将增加投入", "财政部", "表示"), ("粮食丰收", "农业农村部", "表示")],
        ),
        (
            "李强指出，路要修好，要求各级干部下到一线。",
            [("路要修好", "李强", "指出"), ("各级干部下到一线", "李强", "要求")],
        ),
        (
            "12月3日，副省长张国立到云岫县调研，强调要抓好防火。",
            [("要抓好防火", "副省长张国立", "强调")],
        ),
        ("與會專家一致認為，計畫可行。", [("計畫可行", "與會專家", "認為")]),
        ("財政司司長陳大文表示，政府將續撥款。", [("政府將續撥款", "財政司司長陳大文", "表示")]),
        ("会议指出，专家认为路能修好。", [("专家认为路能修好", "会议", "指出")]),
        ("会议强调，要办好“夜校”。", [("要办好“夜校”", "会议", "强调")]),
    ],
)
def test_indirect_speech(text, rows):
    assert said(text, "indirect") == rows


@pytest.mark.parametrize(
    "text",
    [
        "会议听取了汇报，对大家表示感谢。",
        "代表们提出建议，有关部门表示祝贺。",
        "他指出的问题很多，上述说法不对。",
        "检查组指出问题，要求严格，标准很高。",
        "这就是说，路通了。可以说，水也来了。据说，天要下雨。",
        "应当指出，路还不通。据介绍，水已经来了。",
        "调查显示，满意的占九成。数据表明，路况良好。",
        "办理事项不得要求当事人提交证明。",
        "建设单位应当按照规范要求，落实防尘措施。",
        "当事人认为处罚不当的，可以申请复议。",
        "由公安机关给予警告，责令改正。",
        "前者称金属球，后者称塑料球。",
        "李强强调要修路\n本报讯　县里开了会。",
        "甲表（他说，路通了）很长。",
    ],
)
def test_no_indirect_speech(text):
    assert said(text, "indirect") == []


def test_indirect_speech_is_no_quotation_mark():
    found = dz.quotations("他说，路通了。“夜校”也开了。")
    assert found["kind"].to_list() == ["indirect", "coinage"]
    assert found["doc_share"].to_list() == [2 / 15] * 2
    assert found["depth"].to_list() == [0, 0] and found["sentence"].to_list() == [0, 1]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("12月3日，副县长陈立到村里调研，称", "副县长陈立"),
        ("市长李强到企业调研，称", "市长李强"),
        ("李强赴北京开会，说：", "李强"),
        ("陈立去学校看望学生，说：", "陈立"),
        ("李强抵北京，说：", "李强"),
        ("欧阳立到村里走访时说：", "欧阳立"),
        ("王小川到村里走访时说：", "王小川"),
        ("副县长到村里走访时说：", "副县长"),
        ("市长李到说：", "市长李到"),
        ("市長李強赴臺北開會，表示：", "市長李強"),
    ],
)
def test_where_a_speaker_goes_is_no_part_of_the_name(before, speaker):
    assert [row[1] for row in said(f"{before}“路通了，日子就好了。”", "speech")] == [speaker]


@pytest.mark.parametrize(
    "who", ["外交部发言人", "公司负责人", "当事人", "原告代理人", "检察官", "总统", "發言人"]
)
def test_who_ends_like_another_word_says_as_all_do(who):
    verb = "稱" if who == "發言人" else "称"
    words, plain = (
        ("路會通的，水也來了", "路已經通了") if verb == "稱" else ("路会通的，水也来了", "路已经通了")
    )
    assert said(f"{who}{verb}，{words}。") == [(words, who, verb)]
    assert said(f"{who}{verb}{plain}。") == [(plain, who, verb)]
    assert said(f"{who}{verb}：“{words}。”") == [(f"{words}。", who, verb)]
    assert said(f"{who}{verb}“{words}”。") == [(words, who, verb)]
    assert said(f"“{words}。”{who}{verb}。") == [(f"{words}。", who, verb)]


@pytest.mark.parametrize(
    ("who", "verb"),
    [
        ("声明", "称"),
        ("公告", "称"),
        ("评论", "称"),
        ("该公告", "称"),
        ("公司的声明", "称"),
        ("聲明", "稱"),
    ],
)
def test_a_paper_says_it_where_nobody_else_does(who, verb):
    words = "路會通的，水也來了" if verb == "稱" else "路会通的，水也来了"
    assert said(f"{who}{verb}，{words}。") == [(words, who, verb)]
    assert said(f"{who}{verb}：“{words}。”") == [(f"{words}。", who, verb)]
    assert said(f"“{words}。”{who}{verb}。") == [(f"{words}。", who, verb)]


def test_who_issued_a_paper_says_it():
    for verb in ("声明称", "公告称", "评论称"):
        assert said(f"外交部{verb}，路会通的。") == [("路会通的", "外交部", verb)]
        assert said(f"《云岫日报》{verb}，路会通的。") == [("路会通的", "《云岫日报》", verb)]


@pytest.mark.parametrize(
    "text", ["小说用第三人称，读来亲切。", "他的职称，是工程师。", "众人称奇，都说好。", "这些统称，都不对。"]
)
def test_other_words_that_end_so_say_nothing(text):
    assert said(text) == []


@pytest.mark.parametrize("piece", ["他说，", "“", "“路。“", "王", "会议认为", '1"', "（", "：”", "“他说：”"])
def test_long_runs(piece):
    dz.quotations(piece * 20_000)


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ("他放下锄头，“今年雨水多，收成差不了。”", "他", None),
        ("老支书王小川站在桥头，“路通了，日子就好了。”", "老支书王小川", None),
        ("“路通了，日子就好了。”副县长陈立赶到现场，看了新桥。", "副县长陈立", None),
        ("县长李强追问工程的进度：“桥什么时候能通车？”", "县长李强", "追问"),
        ("一位老人说：“路通了，日子就好了。”", "一位老人", "说"),
        ("有村民说：“路通了，日子就好了。”", "村民", "说"),
        ("王某某说：“路通了，日子就好了。”", "王某某", "说"),
        ("扶贫办主任王小川说：“路通了，日子就好了。”", "扶贫办主任王小川", "说"),
        ("根据公司招股说明书披露：“路桥业务稳定，收入有所增长。”", "公司招股说明书", "披露"),
        ("陈竟然说：“路通了，日子就好了。”", "陈", "说"),
    ],
)
def test_who_says_what_no_verb_stands_beside(text, speaker, verb):
    assert [row[1:] for row in said(text, "speech")] == [(speaker, verb)]


def test_who_hears_it_or_is_spoken_of_does_not_say_it():
    for text in ["“路通了，日子就好了。”王小川听了很高兴。", "“路通了，日子就好了。”王小川的妻子来了。"]:
        assert "王小川" not in [row[1] for row in said(text, "speech")]


@pytest.mark.parametrize("who", ["李在明", "王福来", "云岫大学", "第二中学"])
def test_names_that_end_like_other_words(who):
    assert said(f"{who}说，路会通的。") == [("路会通的", who, "说")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("县政府要求施工队清理河道。", [("施工队清理河道", "县政府", "要求")]),
        ("控方指被告没有到场。", [("被告没有到场", "控方", "指")]),
        ("工会批评公司不讲信用。", [("公司不讲信用", "工会", "批评")]),
        ("被告承认是他的疏忽。", [("是他的疏忽", "被告", "承认")]),
        (
            "村民王小川回忆了当时的情景：雨下了三天，水漫过了桥。",
            [("雨下了三天，水漫过了桥", "村民王小川", "回忆")],
        ),
        ("工会发出声明，表示路会通的。", [("路会通的", "工会", "表示")]),
        ("陈立指， 路会通的。", [("路会通的", "陈立", "指")]),
        ("陈立回应说：“路会通的。”，又承认是他的疏忽。", [("是他的疏忽", "陈立", "承认")]),
    ],
)
def test_clauses_behind_verbs_of_demanding_and_blaming(text, rows):
    assert said(text, "indirect") == rows


@pytest.mark.parametrize(
    "text",
    [
        "县政府要求严格，标准很高。",
        "工会批评政府，政府没有回应。",
        "他提出其专业意见。",
        "我认为路会通的，我们建议明年再修。",
        "他希望大家都来，觉得路会通的。",
        "坦白说，路还不通。",
    ],
)
def test_objects_wishes_and_the_first_person_are_no_indirect_speech(text):
    assert said(text, "indirect") == []


def test_own_words_inside_indirect_speech():
    found = said("陈立指，村民“对路况和水质暂时不放心”。", "speech")
    assert found == [("对路况和水质暂时不放心", "陈立", "指")]
    assert said("陈立指，要办好“山城夜话”。", "speech") == []
