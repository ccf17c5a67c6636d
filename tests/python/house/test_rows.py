"""Rows of finders: the schemas that the facade documents are those that the core makes; an expression gives the same rows."""

from __future__ import annotations

import polars as pl
import pytest

import duizhao as dz
from duizhao import _core
from duizhao._base.schema import EDIT
from duizhao.corpus import _schema as corpus
from duizhao.discourse import _schema as discourse
from duizhao.reuse import _schema as reuse
from duizhao.text import _schema as text

TYPES = dict(_core.row_types())
WORDS = {
    "Int64": pl.Int64,
    "UInt32": pl.UInt32,
    "Float64": pl.Float64,
    "Boolean": pl.Boolean,
    "String": pl.String,
    "List(String)": pl.List(pl.String),
}
#: What the facade adds behind the rows of the core.
ADDED = {
    "slogans": ["sense", "doc_freq", "first_doc_id"],
    "passages": [
        *("canonical", "variant", "n_documents", "n_occurrences", "n_variants"),
        *("date", "first_seen", "is_first"),
    ],
}
#: Frames whose schema is not called by the finder's name in the room of discourse.
ELSEWHERE = {
    "sentences": text.SENTENCES,
    "lookup": corpus.LOOKUP,
    "kwic": corpus.KWIC,
    "edits": pl.Schema({"doc_id": pl.String, **dict(EDIT)}),
    "text_reuse": reuse.TEXT_REUSE,
    "passages": reuse.PASSAGES,
    "shared_phrases": reuse.SHARED_PHRASES,
}
TEXTS = [
    "市政协主席王某某强调：“坚持‘三会一课’制度，全年办理提案720余件，增长5.3%。”\n会议打造“山城夜话”品牌。",
    "",
    None,
    "🙂𠮷 没有什么。",
    "眉山市政协党组向市委报告：依照《水法》落实“双减”，进车间、进课堂、进军营，居全省第一。",
]


def schema(name: str) -> pl.Schema:
    """The literal schema of a kind of row."""
    return ELSEWHERE[name] if name in ELSEWHERE else getattr(discourse, name.upper())


@pytest.mark.parametrize("name", TYPES)
def test_schemas_are_those_of_the_core(name):
    made = {column: WORDS[kind] for column, kind in TYPES[name]}
    written = dict(schema(name))
    for column in ["doc_id_1", "doc_id_2"] if "doc_id_1" in written else ["doc_id"]:
        assert written.pop(column) == pl.String
    for column in ADDED.get(name, []):
        del written[column]
    assert list(written.items()) == list(made.items())


def test_every_finder_is_public_and_row_wise():
    assert _core.finders() == [name for name in TYPES if name not in ELSEWHERE]
    for name in _core.finders():
        assert name in dz.__all__
        assert callable(getattr(pl.col("text").zh, name))


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@pytest.mark.parametrize("name", _core.finders())
def test_an_expression_gives_the_rows_of_the_function(name, engine):
    kinds = {n: k for n, k in schema(name).items() if n not in ("doc_id", "raw_start", "raw_end")}
    for column in ADDED.get(name, []):
        del kinds[column]
    lazy = pl.LazyFrame({"text": TEXTS}).select(getattr(pl.col("text").zh, name)().alias("found"))
    assert lazy.collect_schema()["found"] == pl.List(pl.Struct(kinds))
    found = lazy.collect(engine=engine).get_column("found")
    assert found.dtype == pl.List(pl.Struct(kinds))
    assert [rows is None for rows in found.to_list()] == [text is None for text in TEXTS]
    assert found.list.len().fill_null(0).sum() > 0
    for row, content in zip(found, TEXTS, strict=True):
        if content is not None:
            alone = getattr(dz, name)(pl.DataFrame({"doc_id": ["a"], "text": [content]}))
            assert row.struct.unnest().equals(alone.select(list(kinds))), content


def test_an_expression_on_a_column_that_holds_no_strings_raises():
    with pytest.raises(pl.exceptions.ComputeError, match="a column of strings"):
        pl.select(pl.lit(1).zh.persons())


def test_stretches_of_the_text_are_cut_at_their_places():
    # One find for each kind of character: astral, combining, behind and before earlier ones.
    docs = pl.DataFrame({"doc_id": ["a", "b"], "text": [TEXTS[0], f"🙂𠮷{TEXTS[4]}"]})
    for name in _core.finders():
        found = getattr(dz, name)(docs).join(docs, on="doc_id")
        first = {"bodies": "body", "persons": "name", "quotations": "quotation", "titles": "title"}.get(
            name, "surface"
        )
        cut = [content[a:b] for content, a, b in found.select("text", "char_start", "char_end").rows()]
        assert found.height and found.get_column(first).to_list() == cut
