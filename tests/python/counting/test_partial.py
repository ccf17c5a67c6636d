"""Counts in parts: any split, order and grouping gives what counting at once gives."""

from __future__ import annotations

import pickle

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz

SPECS = [
    dz.CountSpec("features", remove_punctuation=True),
    dz.CountSpec("dfm"),
    dz.CountSpec("fcm", remove_punctuation=True, window=3),
    dz.CountSpec("fcm", within="paragraph", count="boolean", ordered=True),
    dz.CountSpec("fcm", vocabulary=("党建", "引领", "工作"), window=2, within="document"),
    dz.CountSpec("ngrams", size=2, remove=("的",)),
    dz.CountSpec("ngrams", size=3, padding=False, remove_punctuation=True, within="document"),
    dz.CountSpec("ngrams", size=2, within="paragraph"),
]
WORDS = ["党建", "引领", "工作", "的", "。", "\n", "调研", "3.5%", "，"]
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), min_size=1, max_size=9)


def frame(given_texts: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"doc_id": [f"d{i}" for i in range(len(given_texts))], "text": given_texts})


def at_once(docs: pl.DataFrame, spec: dz.CountSpec) -> object:
    toks = spec.tokens(docs)
    if spec.kind == "dfm":
        return toks.dfm()
    if spec.kind == "features":
        return toks.dfm().features
    return dz.fcm(toks, window=spec.window, within=spec.within, count=spec.count, ordered=spec.ordered)


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: f"{s.kind}-{s.schema_name[-6:]}")
@settings(max_examples=15, deadline=None)
@given(given_texts=texts, data=st.data())
def test_any_split_gives_the_whole(spec: dz.CountSpec, given_texts: list[str], data: st.DataObject) -> None:
    docs = frame(given_texts)
    rows = data.draw(st.permutations(range(docs.height)))
    n_cuts = data.draw(st.integers(0, docs.height))
    cuts = sorted(data.draw(st.lists(st.integers(0, docs.height), min_size=n_cuts, max_size=n_cuts)))
    shuffled = docs[list(rows)]
    parts = [
        dz.partial(shuffled[low:high], spec)
        for low, high in zip([0, *cuts], [*cuts, docs.height], strict=True)
    ]
    inner = data.draw(st.integers(0, len(parts)))
    grouped = [dz.merge(parts[:inner])] if inner else []
    merged = dz.merge([*grouped, *parts[inner:]])
    assert merged.equals(dz.merge([dz.partial(docs, spec)]))
    assert merged.schema == spec.partial_schema(pl.String())
    made = dz.finish(merged, spec)
    if spec.kind == "dfm":
        assert made == at_once(docs, spec)
    elif spec.kind == "features":
        assert made.equals(at_once(docs, spec))
    elif spec.kind == "fcm":
        whole = at_once(docs, spec)
        assert made.to_frame().equals(whole.to_frame()) and made.features.equals(whole.features)
        assert (made.n_pairs, made.n_units, made.options) == (whole.n_pairs, whole.n_units, whole.options)
    else:
        assert made.rows() == slow_ngrams(docs, spec)


def slow_ngrams(docs: pl.DataFrame, spec: dz.CountSpec) -> list[tuple[object, ...]]:
    """Cut the words at the first tokens of sentences or paragraphs, and count with a dictionary."""
    counts: dict[tuple[str, ...], int] = {}
    toks = spec.tokens(docs)
    columns = toks._core.to_columns()
    for i, words in enumerate(toks.to_list()):
        starts = (
            [0] if not words or spec.within == "document" else columns[f"{spec.within}_start"][i].to_list()
        )
        for low, high in zip(starts, [*starts[1:], len(words)], strict=True):
            for at in range(low, high - spec.size + 1):
                gram = tuple(words[at : at + spec.size])
                if all(gram):
                    counts[gram] = counts.get(gram, 0) + 1
    return [(*gram, n) for gram, n in sorted(counts.items())]


def test_a_spec_is_a_value() -> None:
    spec = dz.CountSpec(
        "fcm", segmenter=dz.Segmenter(hmm=False, user_dict=["1+7"]), remove=["的", "了", "的"]
    )
    assert spec.remove == ("了", "的") and spec == pickle.loads(pickle.dumps(spec))
    assert spec == dz.CountSpec.from_json(spec.to_json()) and hash(spec) == hash(
        pickle.loads(pickle.dumps(spec))
    )
    assert spec.schema_name != dz.CountSpec("fcm").schema_name
    with pytest.raises(AttributeError):
        spec.window = 3  # type: ignore[misc]


def test_token_lists_are_counted_as_they_are() -> None:
    docs = pl.DataFrame({"text": [["1", "+", "7"], []]})
    part = dz.partial(docs, dz.CountSpec("ngrams", size=2))
    assert dz.finish(part, dz.CountSpec("ngrams", size=2)).rows() == [("+", "7", 1), ("1", "+", 1)]


def test_doc_ids_keep_their_dtype_and_empty_documents_stay() -> None:
    docs = pl.DataFrame({"doc_id": [30, 2], "text": ["", "党建"]})
    spec = dz.CountSpec("dfm")
    whole = dz.finish(dz.merge([dz.partial(docs, spec)]), spec)
    assert whole.documents.rows() == [(2, 1, 1), (30, 0, 0)]
    assert dz.partial(docs.clear(), spec).schema == spec.partial_schema(pl.Int64())


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: dz.CountSpec("pairs"), dz.ParameterError, ["kind", "'fcm'", "pairs"]),
        (lambda: dz.CountSpec("fcm", count="weighted"), dz.ParameterError, ["count", "weighted"]),
        (lambda: dz.CountSpec("ngrams", size=6), dz.ParameterError, ["size", "5", "6"]),
        (lambda: dz.CountSpec("dfm", remove="的"), dz.ParameterError, ["remove", "several words"]),
        (lambda: dz.CountSpec("dfm", segmenter="jieba"), dz.DataTypeError, ["segmenter", "str"]),
        (lambda: dz.CountSpec.from_json("{}"), dz.FormatError, ["CountSpec"]),
        (lambda: dz.merge([]), dz.ParameterError, ["parts", "none"]),
        (lambda: dz.merge([pl.DataFrame({"a": [1]})]), dz.MissingColumnError, ["schema"]),
        (
            lambda: dz.merge([pl.DataFrame({"schema": ["x/9"], "table": ["cell"], "count": [1]})]),
            dz.FormatError,
            ["duizhao-partial/1", "x/9"],
        ),
        (
            lambda: dz.merge([dz.partial(frame(["党建"]), dz.CountSpec(kind)) for kind in ("dfm", "fcm")]),
            dz.ParameterError,
            ["same way", ":dfm:", ":fcm:"],
        ),
        (
            lambda: dz.finish(dz.partial(frame(["党建"]), dz.CountSpec("dfm")), dz.CountSpec("fcm")),
            dz.ParameterError,
            ["spec", ":fcm:"],
        ),
        (
            lambda: dz.partial(pl.DataFrame({"text": ["a"]}), dz.CountSpec("dfm")),
            dz.MissingColumnError,
            ["doc_id"],
        ),
        (
            lambda: dz.partial(pl.DataFrame({"text": [1]}), dz.CountSpec("features")),
            dz.DataTypeError,
            ["text"],
        ),
    ],
)
def test_bad_input_is_named(call: object, error: type[Exception], words: list[str]) -> None:
    with pytest.raises(error) as raised:
        call()  # type: ignore[operator]
    assert all(word in str(raised.value) for word in words), raised.value
