"""The demonstration corpus: what its README says is true, and the main job finds what was put into it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import polars as pl
import pytest

import duizhao as dz
from duizhao.report.page import render

ANNOTATION = re.compile(r"([\u4e00-\u9fff])\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+)\)")


@pytest.fixture(scope="module")
def docs() -> pl.DataFrame:
    return dz.demo.read()


@pytest.fixture(scope="module")
def found(docs: pl.DataFrame) -> dz.Comparison:
    return dz.compare(docs, by="county")


def test_five_counties_three_years(docs: pl.DataFrame) -> None:
    assert docs.height == 15
    assert docs.group_by("county").len()["len"].to_list() == [3] * 5
    assert sorted(docs["year"].unique().to_list()) == [2021, 2022, 2023]
    listed = pl.read_csv(dz.demo.metadata())
    assert sorted(listed["file"]) == sorted(path.name for path in dz.demo.folder().iterdir())


def test_damaged_page_passes_the_gate() -> None:
    text = (dz.demo.folder() / "yunxiu_2022.txt").read_text("utf-8")
    pairs = ANNOTATION.findall(text)
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    assert len(pairs) >= 10 and 100 * len(pairs) / han >= 2
    readings = defaultdict(set)
    for character, reading in pairs:
        readings[character].add(reading)
        with pytest.raises(UnicodeEncodeError):
            character.encode("gb2312")
    assert all(len(r) == 1 for r in readings.values())
    assert sum(n >= 2 for n in Counter(c for c, _ in pairs).values()) >= 3
    assert "?lián)Q" in text  # once across a character boundary


def test_other_files_are_as_described() -> None:
    folder = dz.demo.folder()
    for path in folder.iterdir():
        data = path.read_bytes()
        if path.name == "heyuan_2021.txt":
            with pytest.raises(UnicodeDecodeError):
                data.decode("utf-8")
            data.decode("gb18030")
        else:
            data.decode("utf-8")
    wide = (folder / "shuoling_2023.txt").read_text("utf-8")
    assert re.search(r"[０-９]", wide) and "\u200b" in wide


def test_cleaning_leaves_no_damage(docs: pl.DataFrame) -> None:
    cleaned = dz.clean(docs, script="simplified")
    text = dict(cleaned.select("doc_id", "text").iter_rows())
    assert "机关党支部于三月换届" in text["云岫2022"]
    assert "着力打造" in text["云岫2022"]
    for body in text.values():
        assert not ANNOTATION.search(body)
        assert not re.search(r"[０-９\u200b\ufeff]", body)
        assert not re.search(r"首页|上一篇|下一篇|分享到|版权所有|责任编辑", body)
    assert "186台风机" in text["朔岭2023"] and "6.4亿元" in text["朔岭2023"]
    assert "秋收时节" in text["禾塬2021"]
    assert dz.restore(cleaned)["text"].equals(docs["text"])


def test_key_terms_say_what_was_put_in(found: dz.Comparison) -> None:
    tops = {group: found.key_terms(group)["feature"].head(12).to_list() for group in found.groups}
    assert {"渔民", "渔港", "渔船"} <= set(tops["澜浦县"])
    assert {"旅游", "茶亭", "民宿"} <= set(tops["云岫县"])
    assert {"平台", "数据"} <= set(tops["砚溪县"])
    assert {"田间", "农业", "苹果"} <= set(tops["禾塬县"])
    assert {"企业", "工人", "链上"} <= set(tops["朔岭县"])


def test_order_of_documents_does_not_matter(docs: pl.DataFrame, found: dz.Comparison) -> None:
    again = dz.compare(docs.sample(fraction=1.0, shuffle=True, seed=3), by="county")
    for name, frame in found.tables().items():
        assert frame.equals(again.tables()[name]), name
    assert again.options == found.options


def test_every_frame_has_its_schema(found: dz.Comparison) -> None:
    from duizhao.corpus._schema import DFM_FEATURES, TFIDF
    from duizhao.discourse._schema import CLAIMS, SLOGANS
    from duizhao.report.comparison import DOCUMENTS, KWIC, TFIDF_GROUPS
    from duizhao.reuse._schema import REUSE_PAIRS, TEXT_REUSE
    from duizhao.stats._schema import ASSOCIATIONS, KEYNESS
    from duizhao.structure._schema import SIMILARITY_DOCUMENTS
    from duizhao.text._schema import REPAIRS

    expected = {
        "documents": DOCUMENTS,
        "repairs": REPAIRS,
        "features": DFM_FEATURES,
        "keyness": KEYNESS,
        "tfidf": TFIDF,
        "tfidf_groups": TFIDF_GROUPS,
        "associations": ASSOCIATIONS,
        "links": ASSOCIATIONS,
        "similarity": SIMILARITY_DOCUMENTS,
        "kwic": KWIC,
        "claims": CLAIMS,
        "slogans": SLOGANS,
        "passages": TEXT_REUSE,
        "reuse_pairs": REUSE_PAIRS,
    }
    for name, schema in expected.items():
        frame = found.tables()[name]
        assert list(frame.schema.items())[: len(schema)] == list(schema.items()), name


def test_concordance_lines_are_where_they_say(found: dz.Comparison) -> None:
    texts = dict(found.texts.select("doc_id", "text").iter_rows())
    assert found.kwic.height > 500
    for row in found.kwic.iter_rows(named=True):
        assert texts[row["doc_id"]][row["char_start"] : row["char_end"]] == row["word"] == row["keyword"]
    per_word = found.kwic.group_by("word").agg(
        pl.len(), pl.col("n").first(), pl.col("doc_id").n_unique(), pl.col("n_docs").first()
    )
    assert per_word.filter(pl.col("len") != pl.min_horizontal("n", pl.lit(found.options.lines))).is_empty()
    # 40 lines are more than 15 documents, so every document that has the word shows it
    assert per_word.filter(pl.col("doc_id") != pl.col("n_docs")).is_empty()


def test_lines_are_shared_out_among_documents(docs: pl.DataFrame) -> None:
    few = dz.compare(docs, by="county", lines=5).kwic.filter(pl.col("word") == "党建")
    assert few.height == 5 and few["doc_id"].n_unique() == 5


def test_without_groups_each_document_is_one(docs: pl.DataFrame) -> None:
    found = dz.compare(docs.head(3))
    assert found.groups == tuple(sorted(docs.head(3)["doc_id"].to_list()))
    assert found.tfidf_groups.is_empty() and "tfidf_groups" not in found.tables()


def test_one_document_alone(docs: pl.DataFrame) -> None:
    found = dz.compare(docs.head(1), by="county")
    assert found.keyness.is_empty() and found.similarity.is_empty()
    assert "只有一组" in render(found)


def test_documents_without_a_group_and_metadata_that_collide() -> None:
    docs = pl.DataFrame(
        {
            "doc_id": [3, 1, 2],
            "text": ["渔港渔港渔港", "数据数据", "旅游"],
            "place": ["甲", None, "乙"],
            "group": ["x", "y", "z"],
        }
    )
    with pytest.warns(dz.DuizhaoWarning, match="1 of 3 documents have no value in 'place'"):
        found = dz.compare(docs, by="place", min_count=1)
    assert found.groups == ("乙", "甲", "(missing)") and found.compared == ("乙", "甲")
    assert set(found.keyness["target"]) == {"乙", "甲"} and "数据" not in set(
        found.key_terms("甲")["feature"]
    )
    assert found.documents["doc_id"].to_list() == [2, 3, 1]
    assert "另有 1 篇没有“place”的值" in render(found)
    assert found.documents["doc_id"].dtype == pl.Int64
    assert dict(found.documents.select("doc_id", "group_metadata").iter_rows()) == {3: "x", 1: "y", 2: "z"}


def test_empty_texts_and_stop_words_only() -> None:
    docs = pl.DataFrame({"doc_id": ["a", "b", "c"], "text": ["", "的的的", "党建引领"], "g": ["x", "x", "y"]})
    found = dz.compare(docs, by="g", min_count=1)
    assert found.documents["tokens"].to_list() == [0, 0, 2]
    assert "<!DOCTYPE" in render(found)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {
                "docs": pl.DataFrame(
                    {"doc_id": [], "text": []}, schema={"doc_id": pl.String, "text": pl.String}
                )
            },
            dz.NoDocumentsError,
            "`docs`",
        ),
        ({"docs": pl.DataFrame({"doc_id": ["a"]})}, dz.MissingColumnError, "text"),
        ({"docs": pl.DataFrame({"doc_id": ["a"], "text": [1]})}, dz.DataTypeError, "text"),
        (
            {"docs": pl.DataFrame({"doc_id": ["a"], "text": [None]}, schema_overrides={"text": pl.String})},
            dz.DataError,
            "null",
        ),
        ({"docs": pl.DataFrame({"doc_id": ["a", "a"], "text": ["x", "y"]})}, dz.DataError, "'a'"),
        ({"docs": 3}, dz.DataTypeError, "`docs`"),
        ({"by": "city"}, dz.MissingColumnError, "'city'"),
        ({"by": 3}, dz.DataTypeError, "`by`"),
        ({"window": 0}, dz.ParameterError, "`window`.*got 0"),
        ({"top": 2.5}, dz.ParameterError, r"`top`.*got 2\.5"),
        ({"script": "latin"}, dz.ParameterError, "`script`.*got 'latin'"),
        ({"nodes": ["不存在的词"]}, dz.ParameterError, "不存在的词"),
        ({"stop_words": "xx"}, dz.ParameterError, "'xx'"),
    ],
)
def test_bad_input_is_named(change: dict[str, object], error: type[Exception], message: str) -> None:
    docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["党建引领", "数据平台"], "g": ["x", "y"]})
    with pytest.raises(error, match=message):
        dz.compare(**{"docs": docs, **change})  # type: ignore[arg-type]


def test_key_terms_of_an_unknown_group_name_the_groups(found: dz.Comparison) -> None:
    with pytest.raises(dz.ParameterError, match="云岫县"):
        found.key_terms("无此县")
