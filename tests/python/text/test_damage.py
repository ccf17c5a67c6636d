"""Damage of characters: what comes back, what stays, what is counted; each change is undone by restore."""

from __future__ import annotations

import pytest

import duizhao as dz

LISTED = "協(xié)會(huì)動(dòng)員，" * 5 + "規模、學校。\n"


@pytest.mark.parametrize(
    ("damaged", "clean", "kind"),
    [
        ("桥头镇⻔前⻋站", "桥头镇门前车站", "unicode_form"),
        ("云川县_x000D_\n桥头镇", "云川县\n桥头镇", "control"),
        ("召开\\u4f1a\\u8bae", "召开会议", "escape"),
        ("主题：%E6%A1%A5%E5%A4%B4", "主题：桥头", "escape"),
        ("标题\\n正文", "标题\n正文", "escape"),
        ("╧╪╒■╨¡╒┘┐¬╗ß╥Θ", "县政协召开会议", "mojibake"),
        ("摘要：犜犺犲 犲犳犳犲犮狋，政策对于增长的作用", "摘要：The effect，政策对于增长的作用", "shifted_letters"),
        (LISTED + "解決難點?;鶎狱h建工作。", LISTED.replace("(xié)", "").replace("(huì)", "").replace("(dòng)", "")
         + "解決難點。基層黨建工作。", "byte_shift"),
    ],
)  # fmt: skip
def test_damage_comes_back_and_is_counted(damaged: str, clean: str, kind: str) -> None:
    cleaned = dz.clean({"a": damaged}, boilerplate=False)
    assert cleaned["text"].item() == clean
    assert kind in dz.repairs(cleaned)["kind"].to_list()
    assert dz.count_damage([damaged]).item() > 0
    assert dz.restore(cleaned)["text"].item() == damaged
    assert dz.count_damage([clean]).item() == 0


@pytest.mark.parametrize(
    "text",
    [
        "⼀ ⼁ ⼂ ⼃\n⼥部",
        "见 https://example.org/%E6%A1%A5%E5%A4%B4 和 [\\u4e00-\\u9fa5]",
        "存放在C:\\new\\年报",
        "Россия и Китай развивают сотрудничество, МОСКВА",
        "대한민국 정부는 경제 협력을 강화하기로 했다",
        "牛犇、狼狈、狀態、亳州(Bózhōu)",
    ],
)
def test_what_is_no_damage_stays(text: str) -> None:
    assert dz.clean([text], boilerplate=False)["text"].item() == text


def test_numbers_of_glyphs_stay_and_are_counted() -> None:
    text = "(cid:12)(cid:7)会议"
    assert dz.clean([text])["text"].item() == text
    assert dz.count_damage([text, "\uf0b7 要点"]).to_list() == [2, 1]


def test_readings_of_words_are_judged_by_the_document() -> None:
    damaged = "质量(zhìliàng)管理(guǎnlǐ)水平(shuǐpíng)" * 4
    found = dz.repair_evidence([damaged, "亳州(Bózhōu)在安徽"])
    assert found["damaged"].to_list() == [True, False]
    assert found["word_annotations"].to_list() == [12, 1]
    assert dz.clean([damaged])["text"].item() == "质量管理水平" * 4
    assert dz.clean([damaged], pinyin=False)["text"].item() == damaged
