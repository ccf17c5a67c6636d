"""Traditional text: the finders find what they find in its simplified form, and give what is written."""

from __future__ import annotations

import polars as pl
import pytest
from tests.scores.spans import table
from tests.scores.traditional import found, paragraphs, score

import duizhao as dz

#: Columns that are cut out of the text, with the columns of their places.
CUT = {
    "claims": {"surface": ("char_start", "char_end")},
    "slogans": {"surface": ("char_start", "char_end")},
    "quotations": {"quotation": ("char_start", "char_end"), "speaker": ("speaker_start", "speaker_end")},
    "bodies": {"body": ("char_start", "char_end")},
    "persons": {"name": ("char_start", "char_end"), "post": ("post_start", "post_end")},
    "titles": {"title": ("char_start", "char_end")},
}  # fmt: skip


def test_scores_as_written_are_those_of_the_simplified_text():
    docs = paragraphs()
    simplified = dz.clean(docs, steps=["script"], script="simplified")
    print(table(score(docs)))
    assert found(docs) == found(simplified)
    f1 = {name: exact.f1 for name, exact, _ in score(docs)}
    assert f1["claim"] >= 0.95
    assert f1["title"] == 1
    assert f1["speech"] >= 0.9
    # Offices of Taiwan and Hong Kong are on no list: persons with other posts are found.
    assert f1["person"] >= 0.6


@pytest.mark.parametrize("name", CUT)
def test_text_is_what_is_written(name):
    docs = paragraphs()
    texts = dict(docs.select("doc_id", "text").iter_rows())
    frame = getattr(dz, name)(docs)
    assert name == "slogans" or frame.height
    for row in frame.iter_rows(named=True):
        for column, (start, end) in CUT[name].items():
            if row[column] is not None:
                assert row[column] == texts[row["doc_id"]][row[start] : row[end]]


def test_values_are_simplified_and_words_are_written():
    row = dz.claims("蘭潭縣政府去年辦理說明會約36場次，參加民眾較前年增長5.3%。").row(0, named=True)
    assert (row["surface"], row["number_text"]) == ("約36場次", "36")
    assert (row["approximation"], row["unit"]) == ("约", "场次")
    assert (row["object"], row["verb"]) == ("說明會", "辦理")
    change = dz.claims("蘭潭縣生產總值較去年同期增長5.3%。").row(0, named=True)
    assert (change["change"], change["change_base"]) == (5.3, "去年同期")
    slogan = dz.slogans("落實「三會一課」制度。").row(0, named=True)
    assert (slogan["surface"], slogan["canonical"], slogan["class"]) == ("三會一課", "三会一课", "numeric")


def test_both_scripts_are_one_slogan():
    docs = {
        "a": "推行「双联系」機制。",
        "b": "推行「雙聯繫」機制，推動雙聯繫工作。",
        "c": "推行“双联系”机制。",
    }
    found = dz.slogans(docs)
    assert found["canonical"].unique().to_list() == ["双联系"]
    assert found["doc_freq"].unique().to_list() == [3]
    assert found.filter(doc_id="b")["surface"].to_list() == ["雙聯繫", "雙聯繫"]


def test_a_mixed_document_is_seen_sentence_by_sentence():
    text = "县政府投入资金300万元。\n縣政府投入資金400萬元，較去年增加兩成。\n他引用張國華的話。"
    assert dz.claims(text)["surface"].to_list() == ["300万元", "400萬元", "兩成"]
    assert dz.claims(text)["value"].to_list() == [3_000_000, 4_000_000, 2]


def test_expressions_and_lazy_frames_see_the_same():
    docs = paragraphs()
    rows = docs.select(pl.col("text").zh.claims().alias("found")).explode("found").unnest("found")
    assert rows["surface"].to_list() == dz.claims(docs)["surface"].to_list()
    lazy = dz.persons(docs.lazy()).collect()
    assert lazy["name"].to_list() == dz.persons(docs)["name"].to_list()
    cut = docs.select(pl.col("text").zh.tokens()).to_series().to_list()
    assert cut == dz.tokens(docs).to_list()


def test_register_counts_words_of_traditional_text_as_of_simplified():
    docs = paragraphs()
    simplified = dz.clean(docs, steps=["script"], script="simplified")
    columns = [
        "n_words",
        "de_per_1000_words",
        "aspect_per_1000_words",
        "classical_per_1000_words",
        "noun_share",
    ]
    segmenter = dz.Segmenter(pos=True)
    a, b = (dz.register(frame, segmenter=segmenter).select(columns) for frame in (docs, simplified))
    assert a.equals(b)


def test_places_reach_the_raw_text():
    raw = "縣長許志明說，辦(bàn)理說明會36場。"
    cleaned = dz.clean({"a": raw, "b": "　" + raw})
    row = dz.claims(cleaned).row(0, named=True)
    assert raw[row["raw_start"] : row["raw_end"]] == row["surface"] == "36場"
