"""Bodies and persons: the kinds that users met, each with siblings."""

from __future__ import annotations

import pytest

import duizhao as dz


def persons(text: str) -> list[tuple[str, str, str | None]]:
    return dz.persons(text).select("name", "post", "body").rows()


def names(text: str) -> list[str]:
    return dz.persons(text)["name"].to_list()


def bodies(text: str) -> list[str]:
    return dz.bodies(text)["body"].to_list()


@pytest.mark.parametrize(
    "name",
    [
        "肖春生",
        "付小兰",
        "闫立新",
        "阎立新",
        "萧春生",
        "傅小兰",
        "亓文山",
        "逄小军",
        "欧阳青",
        "司徒海",
        "呼延春",
        "钟离明",
        "轩辕海",
        "诸葛小明",
        "上官云",
    ],
)
def test_surnames_of_the_complete_list(name):
    assert names(f"县长{name}主持会议。") == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("致公党中央主席王小川发言。", ("王小川", "主席", "致公党中央")),
        ("全国人大常委会副委员长李春生出席。", ("李春生", "副委员长", "全国人大常委会")),
        ("市水利局党组书记、局长陈小兰介绍情况。", ("陈小兰", "党组书记、局长", "市水利局")),
        ("代市长周春生表示，要抓好落实。", ("周春生", "代市长", None)),
        ("省委常委、常务副省长周春生表示，要抓好落实。", ("周春生", "常委、常务副省长", "省委")),
        ("财政司司长陈小兰说，预算已公布。", ("陈小兰", "司长", "财政司")),
        ("外交部长林春生访问邻国。", ("林春生", "外交部长", None)),
        ("云岫水务集团有限公司总经理方小山介绍。", ("方小山", "总经理", "云岫水务集团有限公司")),
        ("记者采访了云岫大学校长何小川。", ("何小川", "校长", "云岫大学")),
    ],
)
def test_posts_are_whole_and_have_their_body(text, expected):
    assert persons(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("局长张伟今天下午到现场。", ["张伟"]),
        ("总理李春致电邻国总理。", ["李春"]),
        ("主任王明表示，要抓好。", ["王明"]),
        ("主席李　明主持会议。", ["李　明"]),
        ("副主席张　伟、王小明、刘　江参加。", ["张　伟", "王小明", "刘　江"]),
        ("云岫县教育局吴春局长到校调研。", ["吴春"]),
        ("書記林小蘭強調，要做好工作。", ["林小蘭"]),
    ],
)
def test_where_a_name_ends(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总统拉莫斯表示欢迎。", ["拉莫斯"]),
        ("总理莫迪访问邻国。", ["莫迪"]),
        ("首相岸田文雄出席。", ["岸田文雄"]),
        ("主席买买提·艾力介绍。", ["买买提·艾力"]),
        ("主席阿卜杜拉・艾山今天出席。", ["阿卜杜拉・艾山"]),
    ],
)
def test_names_with_dots_and_in_transliteration(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "局长应邀出席。",
        "书记任重道远。",
        "委员金点子很多。",
        "市长高强调，要抓好。",
        "总书记殷殷嘱托。",
        "业主委员会应当召开会议。",
        "我市长江沿岸绿化。",
        "农民高得多。",
        "党中央和毛主席指示。",
        "教练车应当检验。",
    ],
)
def test_what_is_no_name(text):
    assert names(text) == []


@pytest.mark.parametrize(
    "body",
    [
        "市发改委",
        "省住建厅",
        "县人社局",
        "区文旅局",
        "市医保局",
        "自治区水利厅",
        "国家发改委",
        "国家数据局",
        "香港特别行政区政府",
        "沙县区政协",
        "鄂温克族自治旗政协",
        "科尔沁右翼前旗人民政府",
        "双江拉祜族佤族布朗族傣族自治县人民政府",
        "蘭潭縣議會",
        "東嶼區公所",
        "行政院",
        "澄海市政府教育局",
    ],
)
def test_offices_and_places(body):
    assert bodies(f"{body}公布了办法。") == [body]


def test_offices_in_traditional_text():
    assert bodies("衞生署和警務處發布辦法，東嶼區公所說明。") == ["衞生署", "警務處", "東嶼區公所"]


def test_organs_of_other_states_are_none():
    assert bodies("美国证监会和苏联政府公布，国际能源署也公布。") == []


def test_a_level_of_special_regions():
    assert dz.bodies("香港特别行政区政府公布。")["level"].to_list() == ["province"]
