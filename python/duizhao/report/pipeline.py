"""The steps of :func:`duizhao.compare`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from .._base.checks import warn
from .._base.schema import with_doc_id
from ..corpus.dfm import Dfm
from ..corpus.functions import tokens
from ..corpus.kwic import kwic
from ..corpus.tfidf import tfidf
from ..corpus.tokens import Tokens
from ..errors import ParameterError
from ..files.locate import located
from ..stats._schema import ASSOCIATIONS, KEYNESS
from ..stats.associations import associations
from ..stats.keyness import keyness
from ..structure.similarity import similarity
from ..text._schema import REPAIRS
from ..text.clean import clean, repairs
from .comparison import DOCUMENTS, KWIC, MISSING, TFIDF_GROUPS, Comparison, is_word, strongest
from .contents import find
from .options import ASSOCIATION_MEASURES, KEYNESS_MEASURES, Choices, Options

#: Words with which a look at official reports usually starts: the first node if half of the documents have it.
_FAVOURITE_NODES: Final = ("党建",)
_FREQUENT_NODES: Final = 6
_KEY_NODES: Final = 6

#: With more groups than this, only the strongest key terms of each are kept: a table of all words for all groups would have
#: hundreds of millions of rows.
_MANY_GROUPS: Final = 60
_KEPT_TERMS: Final = 500

#: Words whose concordances are looked up in one go, to bound the memory that all their lines take.
_WORDS_AT_ONCE: Final = 50
_CONTEXT: Final = 12

_GROUP: Final = "__group"
#: Frames of places that say where in its file each stands, if files have pages, paragraphs or cells.
_PLACES: Final = ("claims", "slogans", "passages")
_KEYNESS: Final = KEYNESS_MEASURES
_ASSOCIATIONS: Final = ASSOCIATION_MEASURES


def _grouped(docs: pl.DataFrame, by: str | None) -> pl.DataFrame:
    """Add the group as text, and order documents by group and id, so that the order of files does not matter."""
    group = pl.col("doc_id" if by is None else by).cast(pl.String).fill_null(MISSING)
    return docs.with_columns(group.alias(_GROUP)).sort(
        pl.col(_GROUP) == MISSING, _GROUP, pl.col("doc_id").cast(pl.String), "doc_id"
    )


def _key_terms(dfm: Dfm, groups: Sequence[str], keep: int | None) -> pl.DataFrame:
    """Compare each group with the rest; ``keep``: the strongest rows of each sign."""
    if keep is None:
        return keyness(dfm, by=_GROUP, measures=list(_KEYNESS))
    frames = []
    for group in sorted(groups):
        frame = keyness(dfm, target=pl.col(_GROUP) == group, measures=list(_KEYNESS))
        frame = frame.with_columns(pl.lit(group).alias("target"))
        if frame.height > 2 * keep:
            frame = frame.filter(pl.col(_KEYNESS[0]).is_not_null())
            frame = pl.concat([frame.head(keep), frame.tail(keep)])
        frames.append(frame)
    return pl.concat(frames)


# --- the main job -------------------------------------------------------------------------------------------------------
#: What :func:`run` does, in order; the last three can be left out.
STAGES = (
    "clean", "segment", "count", "key terms", "tf-idf", "networks", "similarity", "concordance", "claims", "slogans", "passages",
)  # fmt: skip


def run(docs: pl.DataFrame, options: Options, tell: Callable[[str], None]) -> Comparison:
    """What :func:`duizhao.compare` does once its arguments are checked."""
    by = options.by
    tell("clean")
    docs = _grouped(docs, by)
    if options.repair and "raw_text" not in docs.columns:
        docs = clean(docs, script=options.script)
    edits = (
        repairs(docs, metadata=False)
        if "edits" in docs.columns
        else with_doc_id(REPAIRS, docs.schema["doc_id"]).to_frame()
    )

    tell("segment")
    toks = tokens(
        docs,
        segmenter=options.segmenter,
        remove=options.words_to_remove(),
        remove_punctuation=True,
        remove_symbols=True,
        padding=True,
    )
    tell("count")
    dfm = toks.dfm()
    documents = _documents(docs, toks, edits, by)
    groups = tuple(documents["group"].unique(maintain_order=True).to_list())
    compared = tuple(group for group in groups if by is None or group != MISSING)
    sides = dfm if len(compared) == len(groups) else dfm.filter(pl.col(_GROUP) != MISSING)
    if len(sides) < len(dfm):
        warn(
            f"{len(dfm) - len(sides)} of {len(dfm)} documents have no value in {by!r}: they are on neither side when groups "
            "are compared"
        )
    tell("key terms")
    keep = _KEPT_TERMS if len(compared) > _MANY_GROUPS else None
    key = _key_terms(sides, compared, keep) if len(compared) > 1 else _empty_keyness()
    tell("tf-idf")
    by_document = tfidf(dfm)
    by_group = (
        tfidf(sides, by=_GROUP).rename({"doc_id": "group"}) if by is not None else TFIDF_GROUPS.to_frame()
    )

    tell("networks")
    features = dfm.features.sort(["count", "feature"], descending=[True, False])
    partial = Comparison(
        options=options,
        by=by,
        groups=groups,
        documents=documents,
        texts=docs.select(
            "doc_id",
            "text",
            (pl.col("raw_text") if "raw_text" in docs.columns else pl.col("text")).alias("raw_text"),
        ),
        repairs=edits,
        features=features,
        keyness=key,
        tfidf=by_document,
        tfidf_groups=by_group,
        nodes=(),
        associations=_empty_associations(),
        links=_empty_associations(),
        similarity=pl.DataFrame(),
        kwic=KWIC.to_frame(),
    )
    chosen = _nodes(features, partial)
    found, links = _networks(toks, chosen, options)

    tell("similarity")
    pairs = similarity(dfm, metadata=False)
    tell("concordance")
    replaced = partial.with_frames(nodes=chosen, associations=found, links=links, similarity=pairs)
    replaced = replaced.with_frames(kwic=_concordance(toks, _shown_words(replaced), options.lines))
    parts = find(docs, options.without, tell)
    places = {"repairs": edits, "kwic": replaced.kwic, **{name: parts.frames[name] for name in _PLACES}}
    choices = Choices(
        nodes=chosen,
        rows_kept_per_group=None if keep is None else 2 * keep,
        slogans=parts.slogans,
        reuse=parts.reuse,
    )
    # On which page of a PDF, in which paragraph or cell.
    frames = {**parts.frames, **{name: located(frame, docs) for name, frame in places.items()}}
    return replaced.with_frames(choices=choices, **frames)


def _documents(docs: pl.DataFrame, toks: Tokens, edits: pl.DataFrame, by: str | None) -> pl.DataFrame:
    def column(name: str, dtype: pl.DataType) -> pl.Expr:
        return pl.col(name).cast(dtype) if name in docs.columns else pl.lit(None, dtype=dtype).alias(name)

    raw = "raw_text" if "raw_text" in docs.columns else "text"
    counts = edits.group_by("doc_id").len()
    fixed = docs.select(
        "doc_id",
        pl.col(_GROUP).alias("group"),
        *(column(name, pl.String()) for name in ("title", "path", "encoding")),
        pl.col(raw).str.len_chars().cast(pl.Int64).alias("characters_raw"),
        pl.col("text").str.len_chars().cast(pl.Int64).alias("characters"),
        toks.documents["n_tokens"].alias("tokens"),
        toks.documents["n_types"].alias("types"),
        column("damage", pl.Int64()),
    )
    fixed = fixed.join(counts, on="doc_id", how="left", maintain_order="left").with_columns(
        pl.col("len").fill_null(0).cast(pl.Int64).alias("edits")
    )
    fixed = fixed.select(DOCUMENTS.names())
    taken = {*DOCUMENTS.names(), "text", "raw_text", _GROUP}
    metadata = [
        pl.col(name).alias(f"{name}_metadata" if name in fixed.columns else name)
        for name, dtype in docs.schema.items()
        if not dtype.is_nested() and (name not in taken or (name == "group" and by != "group"))
    ]
    return fixed.hstack(docs.select(metadata)) if metadata else fixed


def _scored(base: pl.Schema, measures: Sequence[str]) -> pl.DataFrame:
    columns: dict[str, pl.DataType] = dict(base)
    for measure in measures:
        columns[measure] = pl.Float64()
        if measure == "log_likelihood":
            columns.update({f"{measure}_{name}": pl.Float64() for name in ("log_p", "p", "p_adjusted")})
    return pl.Schema(columns).to_frame()


def _empty_keyness() -> pl.DataFrame:
    return _scored(KEYNESS, _KEYNESS)


def _empty_associations() -> pl.DataFrame:
    return _scored(ASSOCIATIONS, _ASSOCIATIONS)


def _nodes(features: pl.DataFrame, found: Comparison) -> tuple[str, ...]:
    """The user's nodes; else a favourite, then frequent words, then the first key term of each group."""
    known = set(features["feature"].to_list())
    options = found.options
    if options.nodes:
        for node in options.nodes:
            if node not in known:
                raise ParameterError(
                    f"`nodes` must be words that occur; got {node!r} (a user dictionary can make it one word)"
                )
        return tuple(dict.fromkeys(options.nodes))
    words = features.filter(
        is_word("feature")
        & (pl.col("feature").str.len_chars() >= options.min_chars)
        & (pl.col("count") >= options.min_count)
    )["feature"].to_list()
    spread = dict(features.select("feature", "doc_freq").iter_rows())
    half = (found.documents.height + 1) // 2
    favourites = [word for word in _FAVOURITE_NODES if word in known]
    chosen = [word for word in favourites if spread[word] >= half]
    chosen += words[:_FREQUENT_NODES] + favourites
    if 1 < len(found.compared) <= _MANY_GROUPS:
        firsts = [
            found.key_terms(group).filter(pl.col("log_likelihood") > 0)["feature"].head(1).to_list()
            for group in found.compared
        ]
        chosen += [word for first in firsts[:_KEY_NODES] for word in first]
    return tuple(dict.fromkeys(chosen))


def _networks(toks: Tokens, nodes: Sequence[str], options: Options) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Associations of the nodes, and of their shown collocates among themselves, each pair once."""
    if not nodes:
        return _empty_associations(), _empty_associations()
    fcm = toks.fcm(window=options.window)
    found = associations(fcm, list(nodes), measures=list(_ASSOCIATIONS))
    words: set[str] = set()
    for node in nodes:
        words.update(strongest(found.filter(pl.col("node") == node), options)["collocate"].to_list())
    if not words:
        return found, _empty_associations()
    # All pairs of these words are tested; the rare ones are left out of the table only.
    links = associations(fcm, sorted(words), measures=list(_ASSOCIATIONS)).filter(
        pl.col("count") >= options.min_count
    )
    links = links.filter((pl.col("node") < pl.col("collocate")) & pl.col("collocate").is_in(sorted(words)))
    return found, links


def _shown_words(found: Comparison) -> list[str]:
    """Every word that a page can show as something to click: key terms, tf-idf terms, networks."""
    words: dict[str, None] = dict.fromkeys(found.nodes)
    if len(found.compared) > 1:
        for group in found.compared[:_MANY_GROUPS]:
            words.update(dict.fromkeys(found.key_terms(group)["feature"].to_list()))
    for frame, label in ((found.tfidf_groups, "group"), (found.tfidf, "doc_id")):
        top = (
            frame.filter(
                (pl.col("tfidf") > 0)
                & (pl.col("feature").str.len_chars() >= found.options.min_chars)
                & is_word("feature")
            )
            .sort(["tfidf", "feature"], descending=[True, False])
            .group_by(label, maintain_order=True)
            .head(10)
        )
        order = top[label].unique(maintain_order=True).sort().head(_MANY_GROUPS)
        words.update(dict.fromkeys(top.filter(pl.col(label).is_in(order.implode()))["feature"].to_list()))
    for node in found.nodes:
        words.update(dict.fromkeys(found.collocates(node)["collocate"].to_list()))
    return list(words)


def _concordance(toks: Tokens, words: Sequence[str], lines: int) -> pl.DataFrame:
    """Lines of all words, capped so that each document comes once before any comes twice."""
    dtype = toks.documents.schema["doc_id"]
    empty = with_doc_id(KWIC, dtype).to_frame()
    frames = [empty]
    for start in range(0, len(words), _WORDS_AT_ONCE):
        some = words[start : start + _WORDS_AT_ONCE]
        hits = kwic(
            toks,
            [[word] for word in some],
            window=_CONTEXT,
            value_type="fixed",
            case_insensitive=False,
            across=False,
        )
        hits = hits.select(
            pl.col("pattern").alias("word"), *(n for n in KWIC.names() if n in hits.columns and n != "word")
        ).with_columns(
            pl.len().over("word").cast(pl.Int64).alias("n"),
            pl.col("doc_id").n_unique().over("word").cast(pl.Int64).alias("n_docs"),
            pl.int_range(pl.len()).over("word", "doc_id").alias("turn"),
            pl.int_range(pl.len()).alias("row"),
        )
        hits = hits.sort("word", "turn", "row").group_by("word", maintain_order=True).head(lines).sort("row")
        order = pl.DataFrame({"word": some, "place": list(range(len(some)))})
        hits = hits.join(order, on="word", how="left", maintain_order="left").sort("place", "row")
        frames.append(hits.select(KWIC.names()).cast(empty.schema))
    return pl.concat(frames)
