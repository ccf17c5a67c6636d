"""Documents in: every function takes every shape of documents, and says so when a shape is none."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import duizhao as dz
from duizhao import _core
from duizhao._base.documents import frame_of, table_of, texts_of

duckdb = pytest.importorskip("duckdb")
pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")

TEXTS = {
    "a": "县委、县政府召开会议，强调坚持把党的政治建设摆在首位。全年办理提案720余件，增长5.3%。",
    "b": "会议强调，坚持把党的政治建设摆在首位，推行“九办”服务。走访群众300人。",
    "c": "渔船出海，渔民归港，码头上人来人往，好不热闹。",
}
YEARS = [2023, 2021, 2022]
DOCS = pl.DataFrame(
    {"doc_id": list(TEXTS), "text": list(TEXTS.values()), "year": YEARS, "group": ["x", "x", "y"]}
)
CLEANED = dz.clean(DOCS, script="simplified")
_WORDS = dz.Dictionary({"上": ["党委", "县委"], "下": ["居民", "群众"]})

#: How each function is called with documents; the result as frames.
CALLS: dict[str, Callable[[Any], Any]] = {
    **{name: getattr(dz, name) for name in _core.finders()},
    "claim_rates": lambda docs: dz.claim_rates(dz.claims(DOCS), docs),
    "clean": dz.clean,
    "compare": lambda docs: [frame for _, frame in sorted(dz.compare(docs).tables().items())],
    "deduplicate": dz.deduplicate,
    "diffusion": lambda docs: dz.diffusion(docs, date="year"),
    "diversity": lambda docs: dz.diversity(docs, unit="character"),
    "locate": lambda docs: dz.locate(dz.claims(DOCS), docs),
    "lookup": lambda docs: dz.lookup(docs, _WORDS),
    "near_duplicates": lambda docs: dz.near_duplicates(docs, min_similarity=0.05),
    "new_words": lambda docs: dz.new_words(docs, min_count=2, min_cohesion=0, min_entropy=0, known=True),
    "partial": lambda docs: dz.partial(docs, dz.CountSpec("dfm")),
    "passages": dz.passages,
    "rate_ratios": lambda docs: dz.rate_ratios(docs, _WORDS, by="group"),
    "rates": lambda docs: dz.rates(docs, _WORDS),
    "register": lambda docs: dz.register(docs, ["clause_chars_mean"]),
    "repair_evidence": dz.repair_evidence,
    "reuse_pairs": dz.reuse_pairs,
    "sensitivity": lambda docs: (
        dz.sensitivity(docs, {"a": dz.Segmenter(), "b": dz.Segmenter(hmm=False)}, by="doc_id").scores
    ),
    "sentences": dz.sentences,
    "shared_phrases": dz.shared_phrases,
    "slogan_spread": lambda docs: dz.slogan_spread(dz.slogans(DOCS), docs),
    "text_reuse": dz.text_reuse,
    "tokens": lambda docs: dz.tokens(docs).to_frame(),
}
#: These need what ``dz.clean`` left.
CLEANED_CALLS: dict[str, Callable[[Any], Any]] = {"repairs": dz.repairs, "restore": dz.restore}
#: Both sides of a comparison are documents; a page is what `compare` gives.
#: `count` reads batches, `dispersion` takes tokens or counts.
ELSEWHERE = {"diff", "report", "count", "dispersion"}
#: The shapes that carry ids and metadata.
SHAPES: dict[str, Callable[[pl.DataFrame], Any]] = {
    "lazy": lambda docs: docs.lazy(),
    "pandas": lambda docs: docs.to_pandas(),
    "table": lambda docs: docs.to_arrow(),
    "reader": lambda docs: pa.Table.from_batches(docs.to_arrow().to_batches(max_chunksize=2)).to_reader(),
    "duckdb": lambda docs: duckdb.arrow(docs.to_arrow()),
}


def _frames(found: Any) -> Iterable[pl.DataFrame]:
    if isinstance(found, (list, tuple)):
        return list(found)
    return [found.collect() if isinstance(found, pl.LazyFrame) else found]


def _same(found: Any, expected: Any) -> None:
    for one, other in zip(_frames(found), _frames(expected), strict=True):
        assert_frame_equal(one, other)


def test_all_functions_of_documents_are_here() -> None:
    public = {
        name
        for name in dz.__all__
        if inspect.isfunction(function := getattr(dz, name))
        and "docs" in inspect.signature(function).parameters
    }
    assert public - ELSEWHERE <= CALLS.keys() | CLEANED_CALLS.keys() | {"diversity"}
    assert not (CALLS.keys() | CLEANED_CALLS.keys()) - set(dz.__all__)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_frame_of_any_library_is_taken(name: str, shape: str) -> None:
    _same(CALLS[name](SHAPES[shape](DOCS)), CALLS[name](DOCS))


@pytest.mark.parametrize("shape", ["lazy", "table"])
@pytest.mark.parametrize("name", sorted(CLEANED_CALLS))
def test_cleaned_documents_are_taken_in_any_shape(name: str, shape: str) -> None:
    _same(CLEANED_CALLS[name](SHAPES[shape](CLEANED)), CLEANED_CALLS[name](CLEANED))


@pytest.mark.parametrize("name", sorted(CALLS.keys() - {"diffusion", "rate_ratios", "sensitivity"}))
def test_texts_are_taken_as_mapping_list_and_series(name: str) -> None:
    alone = DOCS.select("doc_id", "text")
    _same(CALLS[name](TEXTS), CALLS[name](alone))
    if name in ("claim_rates", "slogan_spread"):
        return
    numbered = alone.with_columns(doc_id=pl.Series(["doc1", "doc2", "doc3"]))
    expected = CALLS[name](numbered)
    for texts in (
        list(TEXTS.values()),
        DOCS.get_column("text"),
        pa.chunked_array([list(TEXTS.values())[:1], list(TEXTS.values())[1:]]),
        pd.Series(list(TEXTS.values()), index=[7, 8, 9]),
    ):
        _same(CALLS[name](texts), expected)


ROW_WISE = [*(name for name in _core.finders() if name != "slogans"), "sentences", "lookup"]


@pytest.mark.parametrize("name", ["clean", "restore", "repair_evidence", "repairs", *ROW_WISE])
def test_what_works_row_by_row_stays_lazy(name: str) -> None:
    call = CALLS.get(name) or CLEANED_CALLS[name]
    found = call(CLEANED.lazy())
    assert isinstance(found, pl.LazyFrame)
    expected = call(CLEANED)
    assert dict(found.collect_schema()) == dict(expected.schema)
    assert_frame_equal(found.collect(), expected)
    assert_frame_equal(found.collect(engine="streaming"), expected)


def test_a_lazy_frame_without_ids_gets_them_over_all_rows() -> None:
    found = dz.repair_evidence(pl.LazyFrame({"text": ["一", "二"]}))
    assert found.collect_schema().names()[0] == "doc_id"
    assert found.collect(engine="streaming").get_column("doc_id").to_list() == ["doc1", "doc2"]


def test_texts_alone_are_taken_by_what_needs_no_ids() -> None:
    for texts in ("三件", ["三件"], pl.Series(["三件"]), pa.chunked_array([["三件"]]), pd.Series(["三件"])):
        assert dz.parse_numbers(texts).height == 1  # type: ignore[arg-type]
        assert dz.count_damage(texts).to_list() == [0]  # type: ignore[arg-type]
    with pytest.raises(dz.DataTypeError, match="`texts`"):
        texts_of({"a": "一"})


def test_the_index_of_pandas_is_no_column_unless_it_has_a_name() -> None:
    texts = pd.DataFrame({"text": ["一", "二"]}, index=[5, 9])
    assert frame_of(texts, "text").rows() == [("doc1", "一"), ("doc2", "二")]
    named = texts.set_index(pd.Index(["x", "y"], name="doc_id"))
    assert frame_of(named, "text").select("doc_id", "text").rows() == [("x", "一"), ("y", "二")]
    several = texts.set_index([pd.Index([1, 2]), pd.Index([3, 4])])
    assert frame_of(several, "text").columns == ["doc_id", "text"]


def test_kinds_of_strings_of_other_libraries() -> None:
    frame = pd.DataFrame(
        {
            "doc_id": pd.array(["a", "b"], dtype="string"),
            "text": pd.Categorical(["一", "二"]),
            "place": pd.array(["甲", None], dtype="string"),
            "size": pd.array([1, None], dtype="Int64"),
        }
    )
    found = frame_of(frame, "text")
    assert found.get_column("place").to_list() == ["甲", None]
    assert found.get_column("size").to_list() == [1, None]
    assert dz.tokens(frame).to_list() == [["一"], ["二"]]
    assert dz.clean(frame).get_column("text").to_list() == ["一", "二"]
    large = pa.table({"text": pa.chunked_array([["一"], [], ["二"]], type=pa.large_string())})
    view = pa.table({"text": pa.array(["一", "二"], type=pa.string_view())})
    for table in (large, view):
        assert frame_of(table, "text").get_column("text").to_list() == ["一", "二"]
    assert frame_of(large.slice(0, 0), "text").schema == {"doc_id": pl.String, "text": pl.String}
    with pytest.raises(dz.DataError, match="nulls"):
        dz.tokens(frame, text="place")


def test_lists_of_tokens_of_other_libraries() -> None:
    table = pa.table({"text": pa.array([["党建", "引领"], []], type=pa.list_(pa.string()))})
    assert dz.tokens(table).to_list() == [["党建", "引领"], []]


def test_one_text_and_other_names_of_the_column() -> None:
    assert frame_of("一", "body").rows(named=True) == [{"doc_id": "doc1", "body": "一"}]
    assert dz.clean("ＧＤＰ").select("doc_id", "text").rows() == [("doc1", "GDP")]
    assert "doc_id" not in dz.clean(pl.DataFrame({"text": ["一"]})).columns


def test_the_given_frame_is_not_changed() -> None:
    docs = pl.DataFrame({"text": ["一"]})
    dz.tokens(docs)
    assert docs.columns == ["text"]


class _OldFrame:
    """A frame of a library without Arrow's door."""

    columns = ("text",)

    def __iter__(self) -> Any:
        return iter(self.columns)


@pytest.mark.parametrize(
    ("docs", "match"),
    [
        (3, "`docs` must be a frame"),
        (None, "`docs` must be a frame"),
        (b"abc", "`docs` must be a frame"),
        (_OldFrame(), "_OldFrame"),
        ([{"text": "一"}], r"pl\.DataFrame\(records\)"),
        (["一", 2], "document 2 is int"),
        ([["一"], [2]], "document 2 holds 2"),
        ({1: "一", "a": "二"}, "keys of `docs`"),
        (pd.DataFrame({"text": ["一", 2]}), "cannot be read as Arrow data"),
    ],
)
def test_what_is_no_document_is_refused(docs: Any, match: str) -> None:
    with pytest.raises(dz.DataTypeError, match=match):
        frame_of(docs, "text")


def test_a_path_is_no_text() -> None:
    with pytest.raises(dz.DataTypeError, match=r"dz\.read_texts"):
        dz.tokens(Path("reports"))  # type: ignore[arg-type]
    for names in ("reports/2024.txt", ["a.txt", "b.txt"], {"a": "a.csv"}):
        with pytest.raises(dz.DataError, match=r"dz\.read_texts"):
            dz.tokens(names)
    assert len(dz.tokens(["a.txt", "见附件a.txt。"])) == 2


def test_a_missing_column_is_named_for_any_frame() -> None:
    with pytest.raises(dz.MissingColumnError, match=r"'text'.*'body'"):
        dz.near_duplicates(pd.DataFrame({"body": ["一"]}))
    assert table_of(pd.DataFrame({"body": ["一"]}), "text").columns == ["body"]
