"""Texts that say other figures, or the opposite, are nobody's copy; what is only written otherwise is."""

from __future__ import annotations

import itertools

import polars as pl
import pytest

import duizhao as dz

OTHER = [
    ("增长1.05%", "增长10.5%"), ("气温-10度", "气温10度"), ("投入1.5亿元", "投入15亿元"), ("5—6月开工", "56月开工"),
    ("完成1/2", "完成12"), ("比分3:1", "比分31"), ("手册2.0版", "手册20版"), ("误差+5", "误差-5"), ("误差±5", "误差5"),
    ("限值<5", "限值>5"), ("限值≥5", "限值≤5"), ("第1、2条", "第12条"), ("占5%", "占5‰"), ("占百分之五，十人到会", "占百分之五十人到会"),
    ("三—五人", "三五人"), ("同比↑5", "同比↓5"), ("单价$5", "单价€5"), ("单价￥5", "单价5"), ("不，可以", "不可以"), ("“不”可以", "不可以"),
    ("面积5㎡", "面积5㎥"), ("☑是□否", "□是☑否"), ("评级AA+", "评级AA-"), ("容量5MW", "容量5mW"), ("表\n12 34\n56", "表\n1 234\n56"),
    ("共1 000人", "共1000人"), ("二○一五年", "二一五年"), ("时间8:30", "时间830"), ("系数.5", "系数5"), ("10万—20万", "10万20万"),
    ("投入10000000元", "投入100000000元"), ("清单1.\n2人", "清单1.2人"),
]  # fmt: skip

SAME = [
    ("占5％", "占5%"), ("占１．５%", "占1.5%"), ("气温−10度", "气温-10度"), ("气温－10度", "气温–10度"), ("5——6月", "5-6月"),
    ("比分3：1", "比分3∶1"), ("共10,000人", "共10000人"), ("共１０，０００人", "共10000人"), ("第1、2条", "第1，2条"), ("第1；2条", "第1\n2条"),
    ("坚持党建，引领。", "坚持党建引领"), ("《甲》乙", "甲《乙》"), ("Ａ股", "a股"), ("（一）建设5年", "一、建设5年"), ("单价￥5", "单价¥5"),
    ("说——10人", "说：10人"), ("10 万人", "10万人"), ("不，可以", "不！可以"), ("二○二六年", "二〇二六年"), ("２０\u200b26年", "2026年"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_figures_are_no_copies(one, other):
    kept, dropped = dz.deduplicate([one, other], kind="exact")
    assert kept.height == 2
    assert dropped.is_empty()
    assert dz.near_duplicates([one, other], min_similarity=1.0).is_empty()
    body = "本县今年办成一批实事并且逐项公布结果"
    docs = [f"{body}，{one}。{body}", f"{body}，{other}。{body}"]
    assert dz.near_duplicates(docs, min_similarity=0.5)["similarity"].to_list()[0] < 1
    whole = dz.text_reuse(docs).filter(pl.col("length") > 2 * len(body))
    assert whole.height == 1
    assert whole["identity"][0] < 1
    assert dz.passages(docs)["n_variants"].max() == 2
    if "\n" not in one + other:
        paragraphs = [f"{one}{body}\n下文。", f"{other}{body}\n下文。"]
        assert dz.deduplicate(paragraphs, kind="passage", min_chars=5)[1].is_empty()


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_written_otherwise_is_a_copy(one, other):
    _, dropped = dz.deduplicate([one, other], kind="exact")
    assert dropped.select("doc_id", "doc_id_kept", "similarity").rows() == [("doc2", "doc1", 1.0)]
    assert dz.near_duplicates([one, other]).rows() == [("doc1", "doc2", 1.0, 1.0)]


def test_where_punctuation_counts_nothing_else_of_it_is_folded():
    for one, other in itertools.chain(OTHER, [("坚持党建，引领", "坚持党建引领"), ("《甲》乙", "甲《乙》")]):
        assert dz.deduplicate([one, other], kind="exact", ignore_punctuation=False)[1].is_empty(), one
    for one, other in [("占5％", "占5%"), ("气温−10度", "气温-10 度"), ("“甲”", "「甲」")]:
        assert dz.deduplicate([one, other], kind="exact", ignore_punctuation=False)[1].height == 1, one


@pytest.mark.parametrize("ignored", [True, False])
def test_texts_without_a_letter_are_copies_of_nothing(ignored):
    docs = ["", "……", "……", "%", "%", "±、", "±、", "👍", "👍", " \n", "好", "好"]
    _, dropped = dz.deduplicate(docs, kind="exact", ignore_punctuation=ignored)
    assert dropped["doc_id"].to_list() == ["doc12"]
    with pytest.warns(dz.DuizhaoWarning, match="10 of 12 documents"):
        found = dz.near_duplicates(docs, ignore_punctuation=ignored, metadata=False)
    assert found.rows() == [("doc11", "doc12", 1.0, 1.0)]
    _, dropped = dz.deduplicate(docs, ignore_punctuation=ignored)
    assert dropped["doc_id"].to_list() == ["doc12"]
    dots = ["……………………………………甲", "乙……………………………………"]
    assert dz.deduplicate([f"{d}\n{'…' * 30}" for d in dots], kind="passage", ignore_punctuation=ignored)[
        1
    ].is_empty()
    signed = pl.DataFrame({"text": docs}).select(
        pl.col("text").zh.minhash(ignore_punctuation=ignored, hashes=4)
    )
    assert signed["text"].list.len().to_list() == [0] * 10 + [4, 4]


def test_a_text_inside_a_longer_one():
    longer = "县里召开专题会议研究部署工作听取各镇汇报并提出要求"
    found = dz.near_duplicates([longer[:14], longer, "甲乙", "甲乙"], min_similarity=0.3)
    assert found.select("doc_id_1", "doc_id_2", "containment").rows() == [
        ("doc1", "doc2", 1.0),
        ("doc3", "doc4", 1.0),
    ]


def test_tables_of_figures():
    table = "1 200 3.5\n2 300 -4.5\n3 400 5.5"
    other = [
        "1 200 3.5\n2 300 4.5\n3 400 5.5",
        "1 200 35\n2 300 -45\n3 400 55",
        "12 00 3.5\n2 300 -4.5\n3 400 5.5",
    ]
    assert dz.deduplicate([table, *other], kind="exact")[0].height == 4
    assert (
        dz.deduplicate([table, table.replace(" ", "\t"), table.replace("\n", " | ")], kind="exact")[0].height
        == 1
    )


def test_passages_begin_and_end_with_a_word():
    body = "本县今年办成一批实事并且逐项公布结果"
    docs = ["甲五、" + body + "，不去", "乙六、" + body + "，不来"]
    assert set(dz.text_reuse(docs).select("text_1", "text_2").row(0)) <= {body, body + "，不"}
