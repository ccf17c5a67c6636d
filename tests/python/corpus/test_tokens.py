"""Tokens: making, choosing, joining, storing; compared with quanteda's reference outputs."""

from __future__ import annotations

import itertools
import json
import pickle
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz
from duizhao._base import stored as _storage
from duizhao.corpus._schema import TOKENS

DOCS = {"a": "坚持党建引领，推动高质量发展。党建好！", "b": "", "c": "党的建设"}


@pytest.fixture(scope="module")
def reference(shared):
    """quanteda's outputs and the tokens that it started from."""
    folder = shared / "quanteda"

    def read(name):
        return json.loads((folder / "zh" / f"{name}.json").read_text("utf-8"))

    return json.loads((folder / "tokens" / "zh_all.json").read_text("utf-8")), read


# --- making -------------------------------------------------------------------------------------------------


def test_every_form_of_documents_gives_the_same():
    expected = [["党建", "引领"], ["工作"]]
    texts = ["党建引领", "工作"]
    frame = pl.DataFrame({"doc_id": ["x", "y"], "text": texts})
    lists = frame.with_columns(text=pl.Series(expected))
    assert dz.tokens(texts).to_list() == expected
    for docs in (
        frame,
        frame.lazy(),
        lists,
        dict(zip("xy", texts, strict=True)),
        dict(zip("xy", expected, strict=True)),
    ):
        toks = dz.tokens(docs)
        assert toks.to_list() == expected
        assert toks.documents["doc_id"].to_list() == ["x", "y"]
    for docs in (pl.Series(texts), pl.Series(expected), expected, tuple(texts)):
        assert dz.tokens(docs).documents["doc_id"].to_list() == ["doc1", "doc2"]
        assert dz.tokens(docs).to_list() == expected
    assert dz.tokens("党建引领").to_list() == [["党建", "引领"]]
    assert dz.tokens(frame.rename({"text": "body"}), text="body").to_list() == expected
    enum = lists.with_columns(pl.col("text").cast(pl.List(pl.Categorical)))
    assert dz.tokens(enum).to_list() == expected


def test_metadata_ride_along_and_ids_keep_their_dtype():
    docs = pl.DataFrame(
        {"year": [2020, 2021], "doc_id": [7, 9], "text": ["好", "党建引领"], "raw_text": ["", ""]}
    )
    toks = dz.tokens(docs)
    assert toks.documents.to_dicts() == [
        {"doc_id": 7, "n_tokens": 1, "n_types": 1, "year": 2020},
        {"doc_id": 9, "n_tokens": 2, "n_types": 2, "year": 2021},
    ]
    assert toks.to_frame().schema["doc_id"] == pl.Int64
    assert toks[9] == ["党建", "引领"]
    assert docs.columns == ["year", "doc_id", "text", "raw_text"]


def test_white_space_goes_and_line_breaks_start_paragraphs():
    toks = dz.tokens([["好", " ", "\n", "党建", "\u3000"]])
    assert toks.to_list() == [["好", "党建"]]
    assert toks._core.to_columns()["paragraph_start"].to_list() == [[0, 1]]


def test_sentences_and_paragraphs():
    toks = dz.tokens("加强党建。“好！”他说：好\n第二段……再《好吗？》吧")
    columns = toks._core.to_columns()
    words = toks.to_list()[0]
    starts = columns["sentence_start"].to_list()[0]
    sentences = ["".join(words[i:j]) for i, j in zip(starts, [*starts[1:], None], strict=True)]
    assert sentences == ["加强党建。", "“好！”", "他说：好", "第二段……", "再《好吗？》吧"]
    assert [words[i] for i in columns["paragraph_start"].to_list()[0]] == ["加强", "第二段"]
    lists = dz.tokens([words])
    assert lists._core.to_columns()["sentence_start"].to_list()[0] == [
        s for s in starts if words[s] != "第二段"
    ]


def test_frame_of_tokens():
    toks = dz.tokens(DOCS, segmenter=dz.Segmenter(pos=True), remove=["党建"], padding=True)
    frame = toks.to_frame()
    assert frame.schema == TOKENS
    assert frame["token"].null_count() == 2
    for row in frame.iter_rows(named=True):
        text = DOCS[row["doc_id"]][row["char_start"] : row["char_end"]]
        assert text == (row["token"] or "党建")
        assert (row["raw_start"], row["raw_end"]) == (row["char_start"], row["char_end"])
    assert frame["tag"].null_count() == 0
    assert frame.filter(doc_id="a")["position"].to_list() == list(range(len(toks["a"])))
    plain = dz.tokens([["党建"]]).to_frame()
    assert plain.schema == TOKENS
    assert plain.row(0) == ("doc1", 0, "党建", None, None, None, None, None)


def test_raw_places_follow_the_edits():
    edit = {
        "raw_start": 1,
        "raw_end": 6,
        "char_start": 1,
        "char_end": 1,
        "raw": "(xié)",
        "repaired": "",
        "kind": "x",
        "certain": True,
    }
    docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["協商好", "好"], "edits": [[edit], []]})
    frame = dz.tokens(docs, segmenter=dz.Segmenter(user_dict=["協商"])).to_frame()
    assert frame.select("token", "raw_start", "raw_end").rows() == [
        ("協商", 0, 7),
        ("好", 7, 8),
        ("好", 0, 1),
    ]
    hits = dz.kwic(dz.tokens(docs), "好")
    assert hits.select("char_start", "raw_start").rows() == [(2, 7), (0, 0)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["2019", "年", "增长", "3.5%", "，", "+", "党", "的", "建设", "。"]),
        ({"remove_punctuation": True}, ["2019", "年", "增长", "3.5%", "+", "党", "的", "建设"]),
        ({"remove_numbers": True}, ["年", "增长", "，", "+", "党", "的", "建设", "。"]),
        ({"remove_symbols": True}, ["2019", "年", "增长", "3.5%", "，", "党", "的", "建设", "。"]),
        ({"min_chars": 2}, ["2019", "增长", "3.5%", "建设"]),
        ({"remove": ["的", "。"]}, ["2019", "年", "增长", "3.5%", "，", "+", "党", "建设"]),
        (
            {"remove": ["的"], "remove_symbols": True, "padding": True},
            ["2019", "年", "增长", "3.5%", "，", "", "党", "", "建设", "。"],
        ),
    ],
)
def test_removing_while_making(options, expected):
    words = ["2019", "年", "增长", "3.5%", "，", "+", "党", "的", "建设", "。"]
    toks = dz.tokens([words], **options)
    assert toks.to_list() == [expected]
    assert toks.types == sorted(set(expected) - {""})
    assert dz.tokens(dz.tokens([words]), **options) == toks


@pytest.mark.parametrize(
    ("docs", "options", "error", "said"),
    [
        (pl.DataFrame({"body": ["好"]}), {}, dz.MissingColumnError, "'text'; it has 'body'"),
        (pl.DataFrame({"text": [1]}), {}, dz.DataTypeError, "must be String; got Int64"),
        (pl.DataFrame({"text": [[1]]}), {}, dz.DataTypeError, "List"),
        (pl.DataFrame({"text": ["好", None]}), {}, dz.DataError, "row 1"),
        (pl.DataFrame({"text": [["好", None]]}), {}, dz.DataError, "without nulls"),
        (pl.DataFrame({"text": [["好"], None]}), {}, dz.DataError, "without nulls"),
        (pl.DataFrame({"doc_id": [1, 1], "text": ["好", "坏"]}), {}, dz.DataError, "1"),
        (["好", ["好"]], {}, dz.DataTypeError, "document 2"),
        ([["好", 5]], {}, dz.DataTypeError, "holds 5"),
        (5, {}, dz.DataTypeError, "int"),
        (["好"], {"segmenter": "jieba"}, dz.DataTypeError, "`segmenter`"),
        (["好"], {"min_chars": 0}, dz.ParameterError, "`min_chars`"),
        (["好"], {"remove": [1]}, dz.DataTypeError, "`remove`"),
    ],
)
def test_bad_input_is_named(docs, options, error, said):
    with pytest.raises(error) as caught:
        dz.tokens(docs, **options)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "docs",
    [[], {}, pl.DataFrame(schema={"text": pl.String}), pl.DataFrame({"text": []}), [""], [[]], ["\n "]],
)
def test_nothing_in_nothing_out(docs):
    toks = dz.tokens(docs)
    for made in (
        toks,
        toks.ngrams(2),
        toks.select("党"),
        toks.remove("党", padding=True),
        toks.compound("党 建"),
        toks[:0],
    ):
        assert made.types == []
        assert made.n_tokens == 0
        assert made.to_frame().schema == TOKENS
        assert made.to_frame().is_empty()
        assert list(made.documents.schema.items())[:3] == [
            ("doc_id", pl.String),
            ("n_tokens", pl.Int64),
            ("n_types", pl.Int64),
        ]
        assert pickle.loads(pickle.dumps(made)) == made
        assert repr(made).startswith("Tokens: ")


def test_the_result_depends_on_neither_threads_nor_order(shared):
    paths = sorted((shared / "workreports").rglob("*.txt"))[:12]
    docs = {path.stem: path.read_text("utf-8") for path in paths}
    once = dz.tokens(docs)
    back = dz.tokens(dict(reversed(docs.items())))
    assert back[::-1] == once
    assert [dz.Segmenter().cut(text) for text in docs.values()] == once.to_list()


def test_progress_counts_documents():
    seen: list[int] = []
    dz.tokens(["党建"] * 50, progress=seen.append)
    assert sum(seen) == 50

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dz.tokens(["党建"] * 50, progress=stop)


# --- looking ------------------------------------------------------------------------------------------------


def test_looking_at_documents():
    toks = dz.tokens(DOCS)
    assert len(toks) == 3
    assert toks["c"] == toks[2] == toks[-1] == ["党的建设"]
    assert toks[1:].documents["doc_id"].to_list() == ["b", "c"]
    for key in ("d", 3, None, 1.5):
        with pytest.raises(dz.MissingColumnError):
            toks[key]
    with pytest.raises(AttributeError):
        toks.types = []
    with pytest.raises(dz.ParameterError, match=r"dz\.tokens"):
        dz.Tokens()
    assert "<b>" not in dz.tokens(["<b>好</b>"])._repr_html_()
    ids, offsets = toks.to_numpy()
    assert [toks.types[i] for i in ids[offsets[2] : offsets[3]]] == ["党的建设"]
    with pytest.raises(ValueError, match="read-only"):
        ids[0] = 1


# --- choosing -----------------------------------------------------------------------------------------------


def test_selection_equals_quanteda(reference):
    _, read = reference
    out = read("tokens_select")
    toks = dz.tokens(read("tokens_ngrams")["input"])
    gone = {a for a, b in zip(toks["001"], out["remove_padding"]["001"], strict=True) if b == ""}
    padded = toks.remove(sorted(gone), value_type="fixed", padding=True)
    assert padded.to_list() == [out["remove_padding"]["001"]]
    assert padded.ngrams(2).to_list() == [out["bigram_of_padded"]["001"]]
    assert toks.select("*政协*", window=2).to_list() == [out["select_window2"]["001"]]
    phrases = toks.select("政协 *")
    assert phrases.to_list() == [out["select_phrase"]["001"]]


def test_kinds_of_patterns():
    toks = dz.tokens([["Party", "党建", "党", "a*", "PARTY"]])

    def kept(pattern, **options):
        return toks.select(pattern, **options).to_list()[0]

    assert kept("党*") == ["党建", "党"]
    assert kept("party") == ["Party", "PARTY"]
    assert kept("Party", case_insensitive=False) == ["Party"]
    assert kept("^党.$", value_type="regex") == ["党建"]
    assert kept("a*", value_type="fixed") == ["a*"]
    assert kept(["党建 党"]) == kept([["党建", "党"]]) == ["党建", "党"]
    assert kept([]) == []
    assert kept("党建", window=(1, 0)) == ["Party", "党建"]
    assert kept("党建", padding=True) == ["", "党建", "", "", ""]
    assert toks.remove({"党", "党建"}).to_list() == [["Party", "a*", "PARTY"]]
    assert dz.tokens([["New York", "好"]]).select([["New York"]]).to_list() == [["New York"]]
    for bad, options, said in [
        ("党", {"value_type": "globe"}, "'glob', 'regex', 'fixed'; got 'globe'"),
        ("(党", {"value_type": "regex"}, "(党"),
        ("", {}, "empty"),
        ("党", {"window": -1}, "`window`"),
        ("党", {"window": (1, 2, 3)}, "`window`"),
    ]:
        with pytest.raises(dz.ParameterError) as caught:
            toks.select(bad, **options)
        assert said in str(caught.value)
    with pytest.raises(dz.DataTypeError, match="`pattern`"):
        toks.select(5)
    with pytest.raises(dz.DataTypeError, match="`pattern`"):
        toks.select([5])


def test_sentences_survive_removal():
    toks = dz.tokens("好。坏。行。").remove("坏").remove("。")
    assert toks._core.to_columns()["sentence_start"].to_list() == [[0, 1]]
    assert toks.to_list() == [["好", "行"]]


def test_filter_and_group():
    docs = pl.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "text": ["好。", "坏", "行"],
            "city": ["乙", "甲", "乙"],
            "day": [date(2020, 1, d) for d in (1, 2, 3)],
        }
    )
    toks = dz.tokens(docs)
    assert toks.filter(pl.col("city") == "乙", pl.col("n_tokens") > 1).documents["doc_id"].to_list() == ["a"]
    assert toks.filter(pl.col("city") == "丙").types == []
    grouped = toks.group("city")
    assert grouped.documents["doc_id"].to_list() == ["乙", "甲"]
    assert dict(zip(grouped.documents["doc_id"], grouped.to_list(), strict=True)) == {
        "乙": ["好", "。", "行"],
        "甲": ["坏"],
    }
    assert grouped.documents.columns == ["doc_id", "n_tokens", "n_types", "city", "n_documents"]
    assert grouped._core.to_columns()["sentence_start"].to_list() == [[0, 2], [0]]
    assert toks.group(pl.col("day").dt.year()).documents["doc_id"].to_list() == [2020]
    assert toks.group(["city", "day"]).documents["doc_id"][0].endswith("/2020-01-01")
    for call, error in [
        (lambda: toks.group("town"), dz.MissingColumnError),
        (lambda: toks.filter(pl.col("town") == 1), dz.MissingColumnError),
        (lambda: toks.group([]), dz.ParameterError),
        (lambda: toks.group(pl.lit([1], dtype=pl.List(pl.Int64)).alias("x")), dz.DataTypeError),
    ]:
        with pytest.raises(error):
            call()


# --- joining ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("ngrams_2", {"size": 2}),
        ("ngrams_2to3", {"size": [2, 3]}),
        ("ngrams_1to2_space", {"size": range(1, 3), "concatenator": " "}),
        ("skip_2_0to2", {"size": 2, "skip": [0, 1, 2]}),
        ("skip_2_2", {"size": 2, "skip": 2}),
        ("skip_3_0to1", {"size": 3, "skip": (0, 1)}),
        ("skip_2to3_1", {"size": [2, 3], "skip": 1}),
    ],
)
def test_ngrams_equal_quanteda(reference, name, options):
    _, read = reference
    out = read("tokens_ngrams")
    assert dz.tokens(out["input"]).ngrams(**options).to_list() == [out[name]["001"]]


def test_ngrams_of_padding_and_their_spans():
    toks = dz.tokens({"a": "坚持党建引领"}).remove("党建", padding=True)
    assert toks.ngrams(2).to_list() == [[]]
    assert toks.ngrams(2, skip=1).to_frame().select("token", "char_start", "char_end").rows() == [
        ("坚持_引领", 0, 6)
    ]
    assert dz.tokens([["a_b", "c"], ["a", "b_c"]]).ngrams(2).types == ["a_b_c"]
    with pytest.raises(dz.ParameterError, match="`size` must be a whole number from 1 to 100; got 101"):
        toks.ngrams(101)
    for bad in ({"size": 0}, {"size": []}, {"skip": -1}, {"skip": []}, {"size": 1.5}):
        with pytest.raises(dz.ParameterError):
            toks.ngrams(**bad)


@pytest.mark.filterwarnings("ignore:.*match no token")
@pytest.mark.parametrize(
    ("name", "options", "first"),
    [
        ("join_true", {"concatenator": "_"}, 7),
        ("join_false", {"concatenator": "_", "join": False}, 7),
        ("window1", {"concatenator": "_", "window": 1}, 1),
        ("keep_unigrams", {"concatenator": "_", "keep_unigrams": True}, 7),
        ("concat_empty", {}, 7),
    ],
)
def test_compounds_equal_quanteda(reference, name, options, first):
    """`window1` was made with the first pattern only."""
    inputs, read = reference
    patterns = read("tokens_compound_patterns")[:first]
    before = dz.tokens(inputs)
    made = before.compound(patterns, **options)
    for doc, expected in read("tokens_compound")[name].items():
        words = made[doc]
        assert [len(words)] == expected["ntoken"]
        assert [words[i - 1] for i in expected["positions"]] == expected["tokens"]


def test_compounds_keep_places_tags_and_sentences():
    toks = dz.tokens({"a": "好。坚持党建引领。行"}, segmenter=dz.Segmenter(pos=True))
    made = toks.compound("党建 引领", keep_unigrams=True)
    frame = made.to_frame()
    assert frame.filter(token="党建引领").select("char_start", "char_end", "tag").row(0) == (4, 8, "v")
    assert made.to_list() == [["好", "。", "坚持", "党建", "引领", "党建引领", "。", "行"]]
    assert made._core.to_columns()["sentence_start"].to_list() == [[0, 2, 7]]
    assert toks.compound("党建") == toks
    padded = toks.remove("坚持", padding=True).compound("党建 引领", window=3)
    assert padded.to_list() == [["好", "。", "", "党建引领。行"]]


# --- storing ------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:.*match no token")
def test_saved_and_pickled_tokens_come_back(tmp_path):
    docs = pl.DataFrame({"doc_id": [1, 2, 3], "text": list(DOCS.values()), "city": ["甲", "乙", None]})
    for toks in (
        dz.tokens(docs, segmenter=dz.Segmenter(pos=True), remove=["党建"], padding=True),
        dz.tokens(docs, spans=False),
        dz.tokens([["好", "。"], []]),
    ):
        path = tmp_path / "tokens.parquet"
        toks.save(path)
        for again in (dz.Tokens.load(path), pickle.loads(pickle.dumps(toks))):
            assert again == toks
            assert again.to_frame().equals(toks.to_frame())
            assert again.documents.equals(toks.documents)
            assert dz.kwic(again, "引领").equals(dz.kwic(toks, "引领"))
            assert again.ngrams(2) == toks.ngrams(2)


def test_files_that_cannot_be_read(tmp_path, monkeypatch):
    with pytest.raises(dz.FileError, match="nowhere"):
        dz.Tokens.load(tmp_path / "nowhere")
    with pytest.raises(dz.FileError, match="no/such"):
        dz.tokens(["好"]).save(tmp_path / "no" / "such" / "file")
    text, later, broken = tmp_path / "text", tmp_path / "later", tmp_path / "broken"
    text.write_text("neither one nor the other")
    frames = dz.tokens(["好"])._parts()[1]
    with monkeypatch.context() as patch:
        patch.setattr(_storage, "FORMAT_VERSION", 99)
        dz.tokens(["好"]).save(later)
    _storage.save(broken, "Tokens", {}, {**frames, "tokens": pl.DataFrame({"token": [1]})})
    for path, error, said in [
        (text, dz.FormatError, "not a stored Tokens"),
        (later, dz.FormatError, "version 99"),
        (broken, dz.DuizhaoError, "token"),
    ]:
        with pytest.raises(error, match=said):
            dz.Tokens.load(path)


words = st.text(alphabet="党建ab1，。 \n", min_size=0, max_size=3)


@given(st.lists(st.lists(words, max_size=8), max_size=5))
def test_lists_survive_whatever_they_hold(lists):
    toks = dz.tokens(lists)
    expected = [[word for word in words if word.strip()] for words in lists]
    assert toks.to_list() == expected
    assert toks.types == sorted({word for words in expected for word in words})
    assert pickle.loads(pickle.dumps(toks)) == toks
    assert toks.documents["n_types"].to_list() == [len(set(words)) for words in expected]
    assert toks.ngrams(2, concatenator="|").to_list() == [
        [f"{a}|{b}" for a, b in itertools.pairwise(words)] for words in expected
    ]


@given(st.lists(st.text(alphabet="党建设的。！”\n 1.5%-aBC𠮷", max_size=30), max_size=4))
def test_spans_are_slices_whatever_the_text(texts):
    toks = dz.tokens(texts)
    frame = toks.to_frame()
    by_id = dict(zip(toks.documents["doc_id"], texts, strict=True))
    for doc_id, token, start, end in frame.select("doc_id", "token", "char_start", "char_end").iter_rows():
        assert by_id[doc_id][start:end] == token
    assert ["".join(words) for words in toks] == ["".join(text.split()) for text in texts]


# --- the expression -----------------------------------------------------------------------------------------


def test_tokens_as_an_expression():
    frame = pl.DataFrame({"text": ["坚持党建引领", None, "", "市政协"]})
    expected = [["坚持", "党建", "引领"], None, [], ["市政协"]]
    assert frame.select(pl.col("text").zh.tokens())["text"].to_list() == expected
    seg = dz.Segmenter(suppress=["市政协"], user_dict=["党建引领"])
    lazy = frame.lazy().select(words=pl.col("text").zh.tokens(seg))
    assert lazy.collect_schema() == {"words": pl.List(pl.String)}
    for engine in ("in-memory", "streaming"):
        got = lazy.collect(engine=engine)
        assert got["words"].to_list() == [["坚持", "党建引领"], None, [], ["市", "政协"]]
    assert dz.tokens(frame.drop_nulls().with_columns(pl.col("text").zh.tokens())) == dz.tokens(
        frame.drop_nulls(), spans=False
    )
    with pytest.raises(dz.DataTypeError, match="segmenter"):
        pl.col("text").zh.tokens("jieba")


def test_frames_of_other_libraries_are_no_texts():
    class Foreign:
        columns = ("doc_id", "text")
        shape = (1, 2)

        def __iter__(self):
            return iter(self.columns)

    for docs in (Foreign(), [{"doc_id": "a", "text": "党委"}]):
        with pytest.raises(dz.DataTypeError, match="docs"):
            dz.tokens(docs)
