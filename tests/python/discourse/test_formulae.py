"""Formulae as a user sees them: series told by structure, names, coinages without marks, senses of the same members."""

from __future__ import annotations

import itertools
import subprocess
import sys

import polars as pl
import pytest
from tests.scores import series

import duizhao as dz


def found(text: str, name: str, **options) -> list[str]:
    """The surfaces of one class."""
    return dz.slogans(text, **options).filter(pl.col("class") == name)["surface"].to_list()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        # Subject and quality.
        ("努力做到账目清晰、流程规范、服务热情。", "账目清晰、流程规范、服务热情"),
        ("队伍要政治坚定、业务精湛、作风过硬、纪律严明。", "政治坚定、业务精湛、作风过硬、纪律严明"),
        # Adverb and verb, idioms.
        ("坚持统筹规划、分类指导、稳步推进的原则。", "统筹规划、分类指导、稳步推进"),
        ("全镇上下齐心协力，迎难而上，奋发图强，夺取了丰收。", "齐心协力，迎难而上，奋发图强"),
        # Verb and object of three characters.
        ("下半年要控规模、去杠杆、优布局。", "控规模、去杠杆、优布局"),
        # Called a principle.
        ("遵循自愿、互利、有偿的原则。", "自愿、互利、有偿"),
        # One verb at the head of all.
        ("坚决纠正拍桌子训话、拍胸口保证、拍大腿后悔的作风。", "拍桌子训话、拍胸口保证、拍大腿后悔"),
        # The same complement, any length.
        ("好日子是种出来、养出来、奋斗出来的。", "种出来、养出来、奋斗出来"),
        ("推廣新技術、新產品、新業態，鄉村變了樣。", "新技術、新產品、新業態"),
    ],
)
def test_a_series_is_told_by_how_its_members_are_built(text, whole):
    assert whole in found(text, "parallel")


@pytest.mark.parametrize(
    "text",
    [
        "书记、市长、局长、主任到会。",
        "云岫县、白石县、青溪县、柳川县参加。",
        "供应大米、面粉、食油、蔬菜。",
        "县教育局、县财政局、县民政局、县水利局负责。",
        "大家畅谈体会、交流经验、提出建议。",
        "国家工作人员滥用职权、玩忽职守、徇私舞弊的，依法给予处分。",
        "经营者应当登记造册，专人负责，妥善保管。",
        "建筑业、通信业、运输业增长较快。",
        "青石钢铁厂，柳川钢铁厂，白石钢铁厂，陆续开工。",
        "提倡首发经济、夜间经济、直播经济。",
    ],
)
def test_lists_of_things_narratives_and_duties_of_laws_are_no_series(text):
    assert not found(text, "parallel")


def test_a_series_does_not_begin_inside_a_word():
    for text in ("支持工会、共青团、妇联会开展活动。", "办好村组织、残协会、老年会。"):
        for whole in found(text, "parallel"):
            assert not whole.startswith(("持", "组", "织")), whole


def test_the_score_of_series_drawn_at_random(shared):
    """The floor of both samples; the docs have the scores and say which was seen."""
    for sample in series.SAMPLES:
        score = series.score(shared, sample)
        assert score.recall >= 0.7, (sample, score)
        assert score.precision >= 0.85, (sample, score)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("科考船“远望星”号驶入港口。", "远望星"),
        ("他绰号“小诸葛”，村里人都认识。", "小诸葛"),
        ("影片获得“银杏”奖。", "银杏"),
        ("这家外号“山月”的书店开门了。", "山月"),
        ("邀请“回声”、“夜航”等乐队演出。", "夜航"),
        ("所谓“独立公投”毫无根据。", "独立公投"),
        ("游客在“巴克斯特”吃饭。", "巴克斯特"),
        ("「夜鷹」樂隊來自臺北。", "夜鷹"),
    ],
)
def test_names_in_quotation_marks_are_a_class_of_their_own(text, name):
    assert name in found(text, "name") and name not in found(text, "label")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("实施“暖巢”行动。", "暖巢"),
        ("打造“山月”品牌。", "山月"),
        ("推广“石榴籽模式”。", "石榴籽模式"),
        ("深化“链长”机制。", "链长"),
    ],
)
def test_coinages_of_policy_stay_labels(text, label):
    assert label in found(text, "label")


def test_names_do_not_spread():
    docs = pl.DataFrame({"doc_id": ["a"], "text": ["外号“山月”的书店。实施“暖巢”行动。"]})
    slogans = dz.slogans(docs)
    assert set(slogans["class"]) == {"name", "label"}
    assert dz.slogan_spread(slogans, docs)["canonical"].to_list() == ["暖巢"]


def test_national_coinages_count_without_marks():
    text = "培育新质生产力，发展全过程人民民主，推动构建人类命运共同体。"
    assert found(text, "label") == ["新质生产力", "全过程人民民主", "构建人类命运共同体"]
    assert found("發展新質生產力。", "label") == ["新質生產力"]


def test_lexicon(tmp_path):
    text = "做好石榴籽文章，推进三清三问，不搞大水漫灌。讓石榴籽文章走進校園。"
    assert not found(text, "label")
    words = ["石榴籽文章", "三清三问"]
    assert found(text, "label", lexicon=words) == ["石榴籽文章", "石榴籽文章"]
    assert found(text, "numeric", lexicon=pl.Series(words)) == ["三清三问"]
    path = tmp_path / "words.txt"
    path.write_text("# mine\n石榴籽文章\n\n三清三问\n", encoding="utf-8")
    frame = dz.slogans(text, lexicon=path)
    assert frame.equals(dz.slogans(text, lexicon=words))
    rows = pl.select(pl.lit(text).zh.slogans(lexicon=words)).item()
    assert [row["surface"] for row in rows] == frame["surface"].to_list()
    # What the user calls a coinage is no name.
    assert found("外号“山月”的书店。", "label", lexicon=["山月"]) == ["山月"]
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run = [sys.executable, "-m", "duizhao", "slogans", str(tmp_path / "a.txt"), "-q", "--lexicon", str(path)]
    assert (
        "石榴籽文章"
        in subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    )


@pytest.mark.parametrize(
    ("lexicon", "error"),
    [
        (7, dz.DataTypeError),
        ([7], dz.DataTypeError),
        (["新"], dz.ParameterError),
        (["新词\n旧词"], dz.ParameterError),
        (b"ab", dz.DataTypeError),
        ({"石榴籽文章": 1}, dz.DataTypeError),
        (["\ud800石榴"], dz.DataError),
        (pl.Series(["石榴籽" * 21]), dz.ParameterError),
        ("a\ud800.txt", dz.DataError),
    ],
)
def test_a_lexicon_of_other_things_is_refused(lexicon, error):
    with pytest.raises(error, match="lexicon"):
        dz.slogans("没有什么。", lexicon=lexicon)
    with pytest.raises(error, match="lexicon"):
        pl.col("text").zh.slogans(lexicon=lexicon)


def test_a_phrase_of_sixty_characters_is_the_longest(tmp_path):
    longest = "石榴籽" * 20
    assert found(f"写好{longest}文章。", "label", lexicon=[longest]) == [longest]
    path = tmp_path / "words.txt"
    path.write_text(f"三清三问\n{longest}文章\n", encoding="utf-8")
    for lexicon in (path, ["三清三问", f"{longest}文章"]):
        with pytest.raises(dz.ParameterError, match="at most 60 characters; entry 2, '石榴籽石榴籽"):
            dz.slogans("没有什么。", lexicon=lexicon)


def test_senses_are_equal_when_their_members_are():
    things = ["账目", "库存", "合同"]
    whole = [f"清{thing}" for thing in things]
    same = [order for size in (2, 3) for order in itertools.permutations(whole, size)]
    traditional = ["清賬目", "清庫存", "清合同"]
    texts = [f"落实“三清”:{'、'.join(order)}。" for order in [whole, *same] if len(order) == 3]
    texts += [f"落實「三清」:{'、'.join(traditional)}。", "落实“三清”:清沟渠、清路面、清院落。"]
    senses = dz.slogans(texts).filter(pl.col("canonical") == "三清")["sense"].to_list()
    assert senses == [0] * (len(texts) - 1) + [1]


@pytest.mark.parametrize(
    "text",
    [
        "发放稳岗返还、残疾人生活两项补贴。",
        "扩大消费和投资，促进国内与国际双循环。",
    ],
)
def test_what_stands_near_is_no_list_of_members(text):
    assert "稳岗返还" not in "".join(dz.slogans(text)["expansion"].drop_nulls())
    assert "扩大消费" not in "".join(dz.slogans(text)["expansion"].drop_nulls())
