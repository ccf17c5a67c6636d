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
    ("text", "expected"),
    [
        ("总统普京会见来宾。", ["普京"]),
        ("总统奥塞罗会见来宾。", ["奥塞罗"]),
        ("大主教巴塞洛缪访问邻国。", ["巴塞洛缪"]),
        ("行政長官梁鄭小蘭出席。", ["梁鄭小蘭"]),
        ("局长陈方秀英与居民见面。", ["陈方秀英"]),
        ("她跟行政長官林鄭月娥會面時談及房屋。", ["林鄭月娥"]),
        ("副總經理歐陽泓表示歡迎。", ["歐陽泓"]),
        ("主席余小明指，會再研究。", ["余小明"]),
        ("主席林小蘭續指，會再研究。", ["林小蘭"]),
    ],
)
def test_foreign_names_double_surnames_and_verbs_of_hong_kong(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市委书记、市人大常委会主任宋小川会见来宾。", ("宋小川", "书记、市人大常委会主任", "市委")),
        ("全国政协副主席、科技部部长方小山表示欢迎。", ("方小山", "副主席、科技部部长", "全国政协")),
        ("省政协委员、云岫水务集团董事长林春生介绍。", ("林春生", "委员、云岫水务集团董事长", "省政协")),
        ("申远集团总裁俞小川介绍。", ("俞小川", "总裁", "申远集团")),
        ("UGL專責委員會副主席周小鼎表示歡迎。", ("周小鼎", "副主席", "UGL專責委員會")),
        ("业委会副主席黄小荣接受采访。", ("黄小荣", "副主席", "业委会")),
        ("上任行政長官梁小英出席。", ("梁小英", "上任行政長官", None)),
        (
            "云岫报业集团(云岫日报社)党委常委、副总编辑王小川一行",
            ("王小川", "党委常委、副总编辑", "云岫报业集团(云岫日报社)"),
        ),
    ],
)
def test_posts_of_one_person_with_their_bodies(text, expected):
    assert persons(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "记者王小川、通讯员李明报道。",
        "毛主席英明果断。",
        "李书记高兴地说。",
    ],
)
def test_reporters_and_surnames_alone_are_none(text):
    assert names(text) == []


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
        "市十三届人大",
        "十一届全国人大",
        "江阴工商局",
        "中国国务院",
        "云岫县公安局水寨派出所",
        "水利署第九河川分署",
        "云岫县公安局纪委",
        "市公安局交警支队",
        "国家防总",
        "市疾控中心",
        "中国证监会",
        "中国人民银行",
        "中国政府",
        "中国气象局",
        "市中院",
        "台北地院",
        "江阴中院",
        "高雄高分院",
        "上海海事法院",
        "成都互联网法院",
        "云岫市检察院第一分院",
        "江北城管监察支队",
        "江阴交警大队",
        "市文化市场综合执法总队",
        "水寨派出所",
        "国家统计局江阴调查队",
        "山西省扶贫办革命老区扶贫工作站",
        "市府",
        "台中市府",
        "市建交委",
        "环保部",
        "环境保护部",
        "中央政治局",
        "中央政治局常务委员会",
        "中央书记处",
        "UGL專責委員會",
    ],
)
def test_offices_and_places(body):
    assert bodies(f"{body}公布了办法。") == [body]


TAIWAN = "臺北市 新北市 桃園市 臺中市 臺南市 高雄市 基隆市 新竹市 嘉義市 新竹縣 苗栗縣 彰化縣 南投縣 雲林縣 嘉義縣 屏東縣 宜蘭縣 花蓮縣 臺東縣 澎湖縣 金門縣 連江縣"
HONG_KONG = "中西區 灣仔區 東區 南區 油尖旺區 深水埗區 九龍城區 黃大仙區 觀塘區 荃灣區 屯門區 元朗區 北區 大埔區 西貢區 沙田區 葵青區 離島區"


@pytest.mark.parametrize("place", TAIWAN.split())
def test_counties_and_cities_of_taiwan_keep_their_place(place):
    assert bodies(f"{place}政府昨日公布，{place}議會今日開會。") == [f"{place}政府", f"{place}議會"]


@pytest.mark.parametrize("place", HONG_KONG.split())
def test_districts_of_hong_kong_keep_their_place(place):
    council = f"{place}區議會" if len(place) == 2 or place == "中西區" else f"{place}議會"
    assert bodies(f"{council}今日開會，由{place}民政事務處協辦。") == [council, f"{place}民政事務處"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鄞州区政协、祥符区人民政府通知。", ["鄞州区政协", "祥符区人民政府"]),
        ("全市法院受理案件，地方各级法院也受理。", ["法院", "法院"]),
        ("由中共云岫县人民政府主办。", ["云岫县人民政府"]),
        ("县(市)区人大常委会主任座谈。", ["人大常委会"]),
        ("按《立法會條例》辦理。", []),
        ("云岫县公安局支队长李小川出席。", ["云岫县公安局"]),
        ("新一届人大常委会选举。", ["人大常委会"]),
        ("由联邦政府拨款。", []),
        ("台中地檢署偵結起訴，高雄地檢署亦起訴。", ["台中地檢署", "高雄地檢署"]),
        ("与云岫高新技术产业开发区管委会签约。", ["云岫高新技术产业开发区管委会"]),
        ("印发市人民代表大会议事规则。", ["市人民代表大会"]),
        ("市府路的商铺，政府街的摊位。", []),
        ("醫管局員工陣線主席余慧明、房屋署職工會和警務處員佐級協會發言。", []),
        ("云岫水务集团党委、云岫大学工会、云岫日报社党支部和云岫县教育局党委。", ["云岫县教育局党委"]),
        ("联邦政府资金用尽，政府再次停摆。县里开会。\n政府采取措施。", ["政府"]),
        ("美国政府宣布，近期政府将加税；市政府回应。", ["市政府"]),
        ("车臣政府和科索沃政府宣布。", []),
    ],
)
def test_what_belongs_to_a_body(text, expected):
    assert bodies(text) == expected


def test_offices_in_traditional_text():
    assert bodies("衞生署和警務處發布辦法，東嶼區公所說明。") == ["衞生署", "警務處", "東嶼區公所"]


def test_organs_of_other_states_are_none():
    assert bodies("美国证监会和苏联政府公布，国际能源署也公布。") == []


def test_a_level_of_special_regions():
    assert dz.bodies("香港特别行政区政府公布。")["level"].to_list() == ["province"]


@pytest.mark.parametrize(
    "speaker",
    [
        "省政协副主席李小川",
        "常务副市长李小川",
        "全国人大常委会副委员长",
        "党组副书记李小川",
        "首席执行官李小川",
        "前总统李小川",
    ],
)
def test_posts_of_speakers_are_whole(speaker):
    found = dz.quotations(f"“路修通了，日子就好了。”{speaker}说。{speaker}表示，要把路修好。")
    assert found["speaker"].to_list() == [speaker, speaker]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王小川主席会见外宾。", ("王小川", "主席", None)),
        ("赵国强书记会同有关部门检查。", ("赵国强", "书记", None)),
        ("局长周一鸣出席会议。", ("周一鸣", "局长", None)),
        ("院长许宗文说。", ("许宗文", "院长", None)),
        ("前政務司司長陳方安生說。", ("陳方安生", "司長", "政務司")),
        ("前財政部長王小明出席。", ("王小明", "前財政部長", None)),
        ("前国务卿基辛格访华。", ("基辛格", "前国务卿", None)),
        ("行政院長陳建平出席。", ("陳建平", "院長", "行政院")),
        ("江阴交警大队长李小川说。", ("李小川", "大队长", "江阴交警大队")),
        ("中国工程院院士罗锡文曾表示。", ("罗锡文", "院士", "中国工程院")),
        ("昨天会见了梅德韦杰夫总理。", ("梅德韦杰夫", "总理", None)),
        ("去年8月蔡英文总统出访。", ("蔡英文", "总统", None)),
        ("国王菲利普·德·博内陛下抵达。", ("菲利普·德·博内", "国王", None)),
        ("江阴医院心内科主任王小明说。", ("王小明", "主任", "江阴医院心内科")),
        ("发行人前任董事李小川辞职。", ("李小川", "前任董事", "发行人")),
        (
            "喀什维吉达尼电子商务有限公司负责人刘小文说。",
            ("刘小文", "负责人", "喀什维吉达尼电子商务有限公司"),
        ),
    ],
)
def test_names_posts_and_bodies_of_other_kinds(text, expected):
    assert persons(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "喬治·華盛頓大學教授說，情況不同。",
        "阿布扎比王储访华。",
        "应邀出席的有市长。",
        "部长周一晚出席，主席周二将会见外宾。",
        "书记高度重视，主任何时到场？",
    ],
)
def test_what_is_no_person_of_other_kinds(text):
    assert names(text) == []
