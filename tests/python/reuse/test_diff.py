"""Two versions of a corpus."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao._base.schema import with_doc_id
from duizhao.reuse._schema import DIFF_DOCUMENTS, DIFF_PASSAGES, DIFF_TERMS

LAW = "第一条 本条例自发布之日起施行。第二条 解释权在省政府。第三条 各级机关应当遵照执行本条例的规定，不得拒绝。"


def frame(texts):
    return pl.DataFrame(
        {"doc_id": list(texts), "text": list(texts.values())}, schema={"doc_id": pl.String, "text": pl.String}
    )


def test_every_kind_of_document():
    old = frame(
        {
            "same": "春天来了。",
            "edited": LAW,
            "gone": "只在旧版里的一段。",
            "path1": "换了地方的文章全文。",
            "page": LAW + "附则略。",
        }
    )
    new = frame(
        {
            "same": "春天来了。",
            "edited": LAW.replace("发布", "公布"),
            "path2": "换了地方的文章全文。",
            "fresh": "新写的一段文字。",
            "page2": LAW + "附则。",
        }
    )
    found = dz.diff(old, new)
    assert found.documents.select("status", "doc_id_old", "doc_id_new").rows() == [
        ("changed", "edited", "edited"),
        ("moved", "path1", "path2"),
        ("moved", "page", "page2"),
        ("removed", "gone", None),
        ("added", None, "fresh"),
        ("unchanged", "same", "same"),
    ]
    assert found.passages.select("doc_id_old", "kind", "text_old", "text_new").rows() == [
        ("edited", "changed", "发", "公"),
        ("page", "removed", "略", ""),
    ]
    counts = dict(found.summary.rows())
    assert counts["documents moved"] == 2
    assert counts["characters removed"] == 2 + len("只在旧版里的一段。")
    assert found.documents.schema == with_doc_id(DIFF_DOCUMENTS, pl.String())
    assert found.passages.schema == with_doc_id(DIFF_PASSAGES, pl.String())
    assert "documents moved: 2" in repr(found)


def test_terms_are_those_of_the_counts():
    old, new = frame({"a": "乡村振兴 乡村振兴 经济"}), frame({"a": "乡村振兴 经济 经济 调研"})
    terms = dz.diff(old, new).terms
    assert terms.schema == DIFF_TERMS
    rows = {r["feature"]: r for r in terms.iter_rows(named=True)}
    assert rows["调研"]["count_old"] == 0
    assert rows["调研"]["rank_old"] is None
    assert (rows["经济"]["change"], rows["经济"]["rank_change"]) == (
        1,
        rows["经济"]["rank_old"] - rows["经济"]["rank_new"],
    )
    sizes = [dz.tokens(docs).dfm().features for docs in (old, new)]
    for name, features in zip(("old", "new"), sizes, strict=True):
        total = features["count"].sum()
        for feature, count in features.select("feature", "count").iter_rows():
            if feature in rows:
                assert rows[feature][f"per_million_{name}"] == pytest.approx(count / total * 1e6)
    assert dz.diff(old, old).terms.is_empty()


@given(st.text("甲乙丙。，\n", max_size=40), st.text("甲乙丙。，\n", max_size=40))
@settings(max_examples=80, deadline=None)
def test_changes_turn_old_into_new(old, new):
    # Without moves the rows are applied one after the other.
    found = dz.diff(frame({"a": old}), frame({"a": new}), moved_chars=1000).passages
    made, at = "", 0
    for row in found.iter_rows(named=True):
        assert old[row["char_start_old"] : row["char_end_old"]] == row["text_old"]
        made += old[at : row["char_start_old"]] + row["text_new"]
        at = row["char_end_old"]
    assert made + old[at:] == new


ROAD, TREES, SCHOOL = "甲段讲的是修路架桥的事。\n", "乙段讲的是植树造林的事。\n", "丙段讲的是办学兴教的事。\n"


def test_moved_passages_are_a_kind_of_their_own():
    old = frame({"a": ROAD + TREES + SCHOOL, "b": "附则略。\n", "gone": "丁段讲的是养老托幼的事。\n"})
    new = frame({"a": SCHOOL + ROAD, "b": "附则略。\n" + TREES, "fresh": "序言。\n丁段讲的是养老托幼的事。"})
    found = dz.diff(old, new)
    assert found.passages.select(
        "kind", "doc_id_old", "doc_id_new", "text_old", "char_start_old", "char_start_new"
    ).rows() == [
        ("moved", "a", "b", TREES, 13, 5),
        ("moved", "a", "a", SCHOOL, 26, 0),
        ("moved", "gone", "fresh", "丁段讲的是养老托幼的事。\n", 0, 4),
    ]
    # A stretch that stays in its document is one change of it.
    rows = found.documents.select("doc_id_old", "status", "changes", "chars_removed", "chars_added").rows()
    assert rows[:2] == [("a", "changed", 2, 26, 13), ("b", "changed", 1, 0, 13)]
    assert ("passages moved", 3) in found.summary.rows()
    # Too short to say that it moved.
    assert "moved" not in dz.diff(old, new, moved_chars=12).passages["kind"]
    assert dz.diff(old, new, moved_chars=11).passages.height == 3


def test_a_passage_that_moved_and_was_edited_is_not_moved():
    found = dz.diff(frame({"a": ROAD + TREES}), frame({"a": TREES + ROAD.replace("架", "造")}))
    assert sorted(found.passages["kind"]) == ["added", "removed"]


def test_each_sentence_moves_once():
    old = frame({"a": ROAD + "留。\n", "b": "留。\n"})
    new = frame({"a": "留。\n", "b": "留。\n" + ROAD * 2})
    kinds = dz.diff(old, new).passages.select("kind", "doc_id_old", "doc_id_new").rows()
    assert kinds == [("moved", "a", "b"), ("added", "b", "b")]


@given(st.text("甲乙丙。\n", max_size=40), st.text("甲乙丙。\n", max_size=40))
@settings(max_examples=80, deadline=None)
def test_what_no_row_covers_is_equal(old, new):
    found = dz.diff(frame({"a": old}), frame({"a": new}), moved_chars=1).passages

    def rest(text, side):
        spans = found.select(f"char_start_{side}", f"char_end_{side}").rows()
        covered = {i for start, end in spans for i in range(start, end)}
        assert len(covered) == sum(end - start for start, end in spans)
        return "".join(c for i, c in enumerate(text) if i not in covered)

    assert rest(old, "old") == rest(new, "new")


def test_empty_and_bad_input():
    none = frame({})
    found = dz.diff(none, none)
    assert found.documents.is_empty()
    assert found.terms.is_empty()
    assert dz.diff(none, frame({"a": "甲"})).documents["status"].to_list() == ["added"]
    assert dz.diff(frame({"a": "甲"}), none).documents["status"].to_list() == ["removed"]
    with pytest.raises(dz.DataTypeError, match="new"):
        dz.diff(none, 3)
    with pytest.raises(dz.DataTypeError, match="dtype"):
        dz.diff(frame({"a": "甲"}), pl.DataFrame({"doc_id": [1], "text": ["甲"]}))
    with pytest.raises(dz.ParameterError, match="moved"):
        dz.diff(none, none, moved=0)
    with pytest.raises(dz.ParameterError, match="moved_chars"):
        dz.diff(none, none, moved_chars=0)
    with pytest.raises(dz.DataTypeError, match="segmenter"):
        dz.diff(none, none, segmenter="jieba")


def test_command_line(tmp_path, capsys):
    from duizhao.cli import main

    for name, text in (("old", LAW), ("new", LAW.replace("发布", "公布"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "law.txt").write_text(text, encoding="utf-8")
    folders = [str(tmp_path / "old"), str(tmp_path / "new")]
    for rows, words in [
        ("documents", "changed,law,law"),
        ("passages", ",发,公"),
        ("terms", "公布"),
        ("summary", "documents changed,1"),
    ]:
        assert main(["diff", *folders, "--rows", rows, "--no-repair", "-q"]) == 0
        assert words in capsys.readouterr().out


def test_a_blank_between_sentences_is_a_small_change():
    old = "甲段讲的是修路架桥的事情和经过。 乙段讲的是植树造林的事情。"
    made = dz.diff(*(pl.DataFrame({"doc_id": ["a"], "text": [t]}) for t in (old, old.replace(" ", ""))))
    assert made.passages.select("kind", "text_old", "text_new").rows() == [("removed", " ", "")]
    assert made.documents["similarity"][0] > 0.95


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("🇨🇳", "🇨🇦"), ("👨‍👩‍👧", "👨‍👩‍👦"), ("👍🏻", "👍🏿"), ("❤\ufe0f", "❤"), ("葛\U000e0100", "葛\U000e0101"), ("é", "e\u0300"),
        ("🏳\ufe0f‍🌈", "🏳\ufe0f"), ("1\ufe0f\u20e3", "2\ufe0f\u20e3"), ("😉", "😀"),
    ],
)  # fmt: skip
def test_what_is_seen_as_one_character_changes_as_one(old, new):
    before, after = {"a": f"你好{old}升旗了"}, {"a": f"你好{new}升旗了"}
    rows = dz.diff(before, after).passages.select(
        "kind", "text_old", "text_new", "char_start_old", "char_end_old"
    )
    assert rows.rows() == [("changed", old, new, 2, 2 + len(old))]


PARTS = [
    "🇨🇳",
    "🇦",
    "👨‍👩‍👧",
    "👨",
    "\u200d",
    "👍🏿",
    "👍",
    "🏻",
    "葛\U000e0100",
    "葛",
    "\ufe0f",
    "e\u0301",
    "e",
    "。",
    "！",
    "甲",
    "\n",
    " ",
]


@given(st.lists(st.sampled_from(PARTS), max_size=14), st.lists(st.sampled_from(PARTS), max_size=14))
@settings(max_examples=300, deadline=None)
def test_changes_turn_one_text_into_the_other(old, new):
    a, b = "".join(old), "".join(new)
    rows = dz.diff({"a": a}, {"a": b}, moved_chars=1000).passages.sort("char_start_old", "char_start_new")
    made, at = "", 0
    for row in rows.iter_rows(named=True):
        made += a[at : row["char_start_old"]] + row["text_new"]
        at = row["char_end_old"]
    assert made + a[at:] == b
