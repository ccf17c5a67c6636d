"""Counts in parts: count a batch, add parts in any order and grouping, make the matrix of the whole.

A part is a long frame of whole numbers under string keys, so adding parts is a sum by key: associative, commutative and
exact. The same parts serve batches on one machine (:func:`duizhao.count`), files on disk and the workers of an engine
(``dz.spark``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import polars as pl

from .._base.checks import require_flag, require_instance, require_word
from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_doc_ids, require_text
from .._base.progress import Progress
from .._base.schema import STR
from ..corpus.dfm import Dfm
from ..corpus.fcm import Count, Fcm, Within
from ..corpus.functions import fcm, tokens
from ..corpus.tokens import Tokens
from ..errors import DataError, FormatError, ParameterError
from ..text.segmenter import Segmenter

if TYPE_CHECKING:
    import numpy as np


__all__ = ["CountSpec", "finish", "merge", "partial"]

Kind = Literal["features", "dfm", "fcm", "ngrams"]

#: Raised by one when the meaning of a part changes; parts of different versions cannot be added.
PARTIAL_VERSION = 1

_LONGEST: Final = 5
_PAD: Final = 2**32 - 1


@dataclass(frozen=True)
class CountSpec:
    """What to count and how: an immutable, hashable, picklable value.

    Parameters
    ----------
    kind
        ``"dfm"``: features of each document. ``"features"``: how often each feature occurs and in how many
        documents, the margin of a dfm. ``"fcm"``: pairs of features in a window. ``"ngrams"``: sequences
        of ``size`` tokens.
    segmenter, remove, remove_punctuation, remove_numbers, remove_symbols, min_chars, padding
        As for :func:`duizhao.tokens`. Removed tokens keep their place unless ``padding`` is False.
    vocabulary
        Count these features only; all others leave their place empty (or close up, by ``padding``).
    within
        What no pair and no n-gram crosses: ``"sentence"``, ``"paragraph"`` or ``"document"``.
    window, count, ordered
        For pairs, as for :func:`duizhao.fcm`; ``count`` is ``"frequency"`` or ``"boolean"``. (Sums of
        fractional weights depend on their order, so ``"weighted"`` cannot be counted in parts.)
    size
        For n-grams: tokens of a sequence, 1 to 5.

    Examples
    --------
    >>> import duizhao as dz
    >>> spec = dz.CountSpec("fcm", remove_punctuation=True, window=3)
    >>> spec == dz.CountSpec.from_json(spec.to_json())
    True
    """

    kind: Kind
    segmenter: Segmenter = field(default_factory=Segmenter)
    remove: tuple[str, ...] = ()
    remove_punctuation: bool = False
    remove_numbers: bool = False
    remove_symbols: bool = False
    min_chars: int = 1
    padding: bool = True
    vocabulary: tuple[str, ...] | None = None
    window: int = 5
    within: Within = "sentence"
    count: Count = "frequency"
    ordered: bool = False
    size: int = 2

    def __post_init__(self) -> None:
        """Check, and give lists of words one order."""
        require_word(self.kind, get_args(Kind), argument="kind")
        require_instance(self.segmenter, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
        require_word(self.within, get_args(Within), argument="within")
        require_word(self.count, ("frequency", "boolean"), argument="count")
        for name in ("remove_punctuation", "remove_numbers", "remove_symbols", "padding", "ordered"):
            require_flag(getattr(self, name), name)
        for name, low, high in (("window", 1, 10_000), ("size", 1, _LONGEST), ("min_chars", 1, 10_000)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                raise ParameterError(f"`{name}` must be a whole number from {low} to {high}; got {value!r}")
        for name in ("remove", "vocabulary"):
            words = getattr(self, name)
            if words is None:
                continue
            if isinstance(words, str) or not all(isinstance(word, str) for word in words):
                raise ParameterError(f"`{name}` must be several words; got {words!r}")
            object.__setattr__(self, name, tuple(sorted(set(words))))

    def to_json(self) -> str:
        """Return everything that decides the counts, as JSON with sorted keys."""
        facts = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "segmenter"}
        return json.dumps(
            {**facts, "segmenter": json.loads(self.segmenter.to_json())}, ensure_ascii=False, sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> CountSpec:
        """Return the value that :meth:`to_json` described.

        Raises
        ------
        FormatError
            If the text is not one.
        """
        try:
            facts = json.loads(text)
            segmenter = Segmenter.from_json(json.dumps(facts.pop("segmenter"), ensure_ascii=False))
            return cls(segmenter=segmenter, **facts)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise FormatError(f"this is not a CountSpec: {error}") from error

    @cached_property
    def schema_name(self) -> str:
        """Name of the schema of its parts: version, kind, and a hash of all options."""
        digest = hashlib.sha256(self.to_json().encode()).hexdigest()[:16]
        return f"duizhao-partial/{PARTIAL_VERSION}:{self.kind}:{digest}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The key columns of its parts, in the order in which merged parts are sorted."""
        return {
            "features": ("table", "feature"),
            "dfm": ("table", "doc_id", "feature"),
            "fcm": ("table", "node", "collocate"),
            "ngrams": ("table", *(f"token_{i + 1}" for i in range(self.size))),
        }[self.kind]

    def partial_schema(self, doc_id: pl.DataType = STR) -> pl.Schema:
        """The columns of its parts; ``doc_id`` (of ``"dfm"``) has the dtype that the user gave."""
        keys = {name: doc_id if name == "doc_id" else STR for name in self.keys}
        return pl.Schema({"schema": STR, **keys, "count": pl.Int64()})

    def tokens(self, docs: pl.DataFrame, *, text: str = "text", progress: Progress = None) -> Tokens:
        """Cut and select as the options say."""
        cut = tokens(
            docs,
            text=text,
            segmenter=None if isinstance(docs.schema.get(text), pl.List) else self.segmenter,
            remove=self.remove,
            remove_punctuation=self.remove_punctuation,
            remove_numbers=self.remove_numbers,
            remove_symbols=self.remove_symbols,
            min_chars=self.min_chars,
            padding=self.padding,
            spans=False,
            progress=progress,
        )
        if self.vocabulary is None:
            return cut
        if not self.vocabulary:
            return cut.remove("*", padding=self.padding)
        wanted = [[word] for word in self.vocabulary]
        # A part need not have all words of the vocabulary: that is no mistake to warn of.
        return cut._select(wanted, "fixed", False, self.padding, 0, invert=False, tell=False)


def partial(
    docs: Documents, spec: CountSpec, *, text: str = "text", progress: Progress = None
) -> pl.DataFrame:
    """Count one batch of documents.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Lists of tokens are taken as they
        are. ``"dfm"`` needs a ``doc_id`` that is unique over all batches. Other columns are not read.
    spec
        What to count.
    text
        The column of texts.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call.

    Returns
    -------
    polars.DataFrame
        ``schema`` (the same string in every row), key columns by kind, ``count`` (Int64); ordered by key.
        The column ``table`` says what a row counts: ``"cell"`` (of the matrix); for pairs also the margins
        ``"margin_node"``, ``"margin_collocate"``, ``"unit_freq"``, ``"units"`` and ``"pairs"``; for
        ``"features"`` also ``"doc_freq"``; ``"documents"`` is their number, and for ``"dfm"`` each document
        has a row ``"document"`` with its number of tokens. ``.to_arrow()`` gives it to an engine.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        As :func:`duizhao.tokens`.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["党建引领", "党建工作"]})
    >>> spec = dz.CountSpec("features")
    >>> dz.partial(docs, spec).drop("schema").rows()  # doctest: +NORMALIZE_WHITESPACE
    [('cell', '党建', 2), ('cell', '工作', 1), ('cell', '引领', 1),
     ('doc_freq', '党建', 2), ('doc_freq', '工作', 1), ('doc_freq', '引领', 1), ('documents', None, 2)]
    """
    require_instance(spec, CountSpec, argument="spec", allowed="a dz.CountSpec")
    docs = frame_of(docs, text, ids=False)
    if not isinstance(docs.schema[text], pl.List):
        require_text(docs, text)
    if spec.kind == "dfm":
        require_doc_ids(docs)
        docs = docs.select("doc_id", text)
    else:
        docs = docs.select(text)
    toks = spec.tokens(docs, text=text, progress=progress)
    frames = {"features": _features, "dfm": _documents, "fcm": _pairs, "ngrams": _ngrams}[spec.kind](
        toks, spec
    )
    schema = spec.partial_schema(docs.schema.get("doc_id", STR))
    return _added(frames, spec, schema)


def _rows(table: str, frame: pl.DataFrame, count: str, **names: str) -> pl.DataFrame:
    """Rows of one table: renamed key columns and a count."""
    return frame.select(
        pl.lit(table).alias("table"),
        *(pl.col(old).alias(new) for new, old in names.items()),
        pl.col(count).cast(pl.Int64).alias("count"),
    )


def _total(table: str, value: int) -> pl.DataFrame:
    return pl.DataFrame({"table": [table], "count": [value]}, schema_overrides={"count": pl.Int64})


def _features(toks: Tokens, spec: CountSpec) -> list[pl.DataFrame]:
    features = toks.dfm().features
    return [
        _rows("cell", features, "count", feature="feature"),
        _rows("doc_freq", features, "doc_freq", feature="feature"),
        _total("documents", len(toks)),
    ]


def _documents(toks: Tokens, spec: CountSpec) -> list[pl.DataFrame]:
    dfm = toks.dfm()
    return [
        _rows("cell", dfm.to_frame(), "count", doc_id="doc_id", feature="feature"),
        _rows("document", dfm.documents, "n_tokens", doc_id="doc_id"),
        _total("documents", len(toks)),
    ]


def _pairs(toks: Tokens, spec: CountSpec) -> list[pl.DataFrame]:
    made = _fcm(toks, spec)
    features = made.features
    return [
        _rows("cell", made.to_frame(), "count", node="node", collocate="collocate"),
        _rows("margin_node", features, "margin_node", node="feature"),
        _rows("margin_collocate", features, "margin_collocate", node="feature"),
        _rows("unit_freq", features, "unit_freq", node="feature"),
        _total("pairs", int(made.n_pairs)),
        _total("units", made.n_units),
        _total("documents", len(toks)),
    ]


def _ngrams(toks: Tokens, spec: CountSpec) -> list[pl.DataFrame]:
    ids, _ = toks.to_numpy()
    names = [f"token_{i + 1}" for i in range(spec.size)]
    counted = (
        pl.LazyFrame({"id": ids, "unit": _units(toks, spec.within)})
        .select(
            *(pl.col("id").shift(-i).alias(name) for i, name in enumerate(names)),
            (pl.col("unit") == pl.col("unit").shift(1 - spec.size)).alias("together"),
        )
        .filter(pl.col("together"), *(pl.col(name) != _PAD for name in names))
        .group_by(names)
        .agg(pl.len().alias("count"))
        .collect()
    )
    words = pl.Series(toks.types, dtype=pl.String)
    named = counted.with_columns(words.gather(counted.get_column(name)).alias(name) for name in names)
    return [_rows("cell", named, "count", **{name: name for name in names}), _total("documents", len(toks))]


def _units(toks: Tokens, within: Within) -> np.ndarray[Any, np.dtype[np.int64]]:
    """For each token the number of the document, paragraph or sentence that it stands in."""
    import numpy as np

    ids, offsets = toks.to_numpy()
    if within == "document":
        return np.repeat(np.arange(len(toks), dtype=np.int64), np.diff(offsets.astype(np.int64)))
    starts = toks._core.to_columns().get_column(f"{within}_start")
    first = pl.Series(offsets[:-1].astype(np.int64))
    places = pl.DataFrame({"start": starts, "first": first}).explode("start").drop_nulls()
    begins = np.zeros(len(ids), dtype=np.int64)
    begins[places.select(pl.col("first") + pl.col("start").cast(pl.Int64)).to_series().to_numpy()] = 1
    return begins.cumsum()


def _fcm(toks: Tokens, spec: CountSpec) -> Fcm:
    return fcm(toks, window=spec.window, within=spec.within, count=spec.count, ordered=spec.ordered)


def _added(frames: Iterable[pl.DataFrame], spec: CountSpec, schema: pl.Schema) -> pl.DataFrame:
    """One frame with the schema, ordered by key."""
    columns = [
        frame.select(
            pl.lit(spec.schema_name).alias("schema"),
            *(
                (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
                for name, dtype in schema.items()
                if name != "schema"
            ),
        )
        for frame in frames
    ]
    return pl.concat(columns).sort(spec.keys, nulls_last=False)


def _checked(part: object) -> tuple[str, pl.DataFrame]:
    """The schema's name of a part, or why it is none."""
    require_instance(part, pl.DataFrame, argument="parts", allowed="frames that `dz.partial` gave")
    assert isinstance(part, pl.DataFrame)
    require_columns(part, "schema", "table", "count", argument="parts")
    names = part.get_column("schema").unique()
    if names.len() != 1 or not str(names.item()).startswith(f"duizhao-partial/{PARTIAL_VERSION}:"):
        raise FormatError(
            f"`parts` must have the schema duizhao-partial/{PARTIAL_VERSION}, the same in each row; got {names.to_list()}"
        )
    return str(names.item()), part


def merge(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Add parts that were counted in the same way.

    Whole numbers under string keys: the result is the same, row for row, for any split of the documents and
    any order and grouping of the parts, ``merge([merge([a, b]), c])`` included.

    Parameters
    ----------
    parts
        At least one; each from :func:`partial` or :func:`merge`.

    Returns
    -------
    polars.DataFrame
        The schema of the parts, each key once, ordered by key.

    Raises
    ------
    ParameterError
        No parts, or parts that were counted differently.
    FormatError
        A frame that is no part, or of a version that this release does not know.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> spec = dz.CountSpec("features")
    >>> a, b = (dz.partial(pl.DataFrame({"text": [t]}), spec) for t in ["党建引领", "党建工作"])
    >>> dz.merge([a, b]).equals(dz.merge([b, a]))
    True
    """
    checked = [_checked(part) for part in parts]
    if not checked:
        raise ParameterError("`parts` must be at least one; got none")
    names = {name for name, _ in checked}
    if len(names) > 1:
        raise ParameterError(f"`parts` must be counted in the same way; got {', '.join(sorted(names))}")
    try:
        together = pl.concat([part for _, part in checked])
    except pl.exceptions.PolarsError as error:
        raise DataError(f"`parts` must have the same columns and dtypes; {error}") from error
    return sum_by_key(together.lazy()).collect()


def sum_by_key(parts: pl.LazyFrame) -> pl.LazyFrame:
    """Add rows with the same key and order by key."""
    names = parts.collect_schema().names()
    keys = [name for name in names if name not in ("schema", "count")]
    return (
        parts.group_by(keys)
        .agg(pl.col("schema").first(), pl.col("count").sum())
        .sort(keys, nulls_last=False)
        .select(names)
    )


def finish(part: pl.DataFrame, spec: CountSpec) -> Dfm | Fcm | pl.DataFrame:
    """Make the matrix of the whole from merged parts.

    Parameters
    ----------
    part
        From :func:`merge` (or :func:`partial`, where one batch was all).
    spec
        What was counted; parts that were counted otherwise are refused.

    Returns
    -------
    Dfm, Fcm or polars.DataFrame
        ``"dfm"``: documents ordered by ``doc_id``, without metadata. ``"fcm"``: equal to what
        :func:`duizhao.fcm` makes of all documents at once, but that it does not list documents.
        ``"features"``: a frame ``feature``, ``count``, ``doc_freq``. ``"ngrams"``: a frame ``token_1`` …,
        ``count``. Frames are ordered by their keys in code-point order.

    Raises
    ------
    ParameterError
        Parts of another specification.
    FormatError
        A frame that is no part.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["党建引领", "党建工作"]})
    >>> spec = dz.CountSpec("dfm")
    >>> whole = dz.merge(dz.partial(docs[i : i + 1], spec) for i in range(2))
    >>> dz.finish(whole, spec).shape
    (2, 3)
    """
    require_instance(spec, CountSpec, argument="spec", allowed="a dz.CountSpec")
    name, part = _checked(part)
    if name != spec.schema_name:
        raise ParameterError(f"`part` must be counted as `spec` says ({spec.schema_name}); got {name}")
    tables = {
        str(key[0]): frame.drop("schema", "table")
        for key, frame in part.partition_by("table", as_dict=True).items()
    }
    empty = part.clear().drop("schema", "table")
    cells = tables.get("cell", empty)
    if spec.kind == "ngrams":
        return cells
    if spec.kind == "features":
        freqs = tables.get("doc_freq", empty).rename({"count": "doc_freq"})
        return cells.join(freqs, on="feature", how="left", maintain_order="left")
    if spec.kind == "dfm":
        documents = tables.get("document", empty).select("doc_id").sort("doc_id")
        return Dfm.from_counts(cells, documents=documents)
    return _finish_fcm(cells, tables, spec)


def _finish_fcm(cells: pl.DataFrame, tables: dict[str, pl.DataFrame], spec: CountSpec) -> Fcm:
    features = tables["unit_freq"] if "unit_freq" in tables else cells.clear()
    features = features.select(feature="node", unit_freq="count")
    for margin in ("margin_node", "margin_collocate"):
        table = tables.get(margin, cells.clear()).select(feature="node", **{margin: "count"})
        features = features.join(table, on="feature", how="left", maintain_order="left")
    names = features.get_column("feature")
    place = pl.DataFrame({"name": names, "place": pl.Series(range(names.len()), dtype=pl.UInt32)})
    numbered = cells.select(
        *(
            cells.select(name=side)
            .join(place, on="name", how="left", maintain_order="left")
            .get_column("place")
            .alias(side)
            for side in ("node", "collocate")
        ),
        pl.col("count").cast(pl.UInt64),
    )
    like = _fcm(
        tokens(pl.DataFrame({"doc_id": [], "text": []}, schema={"doc_id": pl.String, "text": pl.String})),
        spec,
    )
    header = json.loads(like._parts()[0]["counts"])
    header["total"] = str(_single(tables, "pairs"))
    header["n_units"] = _single(tables, "units")
    return Fcm._restore(
        {"counts": json.dumps(header), "weighted": False},
        {
            "documents": pl.DataFrame(schema={"doc_id": pl.String}),
            "features": features,
            "cells": numbered,
        },
    )


def _single(tables: dict[str, pl.DataFrame], name: str) -> int:
    return int(tables[name].get_column("count").sum()) if name in tables else 0
