"""Near-duplicates by MinHash, and taking duplicates out before counting."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Literal, get_args

import polars as pl

from .. import _core
from .._base.checks import (
    MOST_HASHES,
    require_flag,
    require_number,
    require_seed,
    require_whole,
    require_word,
    warn,
)
from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_text
from .._base.metadata import Metadata, with_metadata
from .._base.progress import Progress, reporting
from .._base.schema import with_doc_id
from ..errors import DuizhaoWarning, ParameterError
from ..text.sentences import Unit, sentences
from ._schema import DUPLICATES, NEAR_DUPLICATES

__all__ = ["deduplicate", "lsh_recall", "near_duplicates"]

Kind = Literal["exact", "near", "passage"]
_NAMED = 5


def near_duplicates(
    docs: Documents,
    *,
    min_similarity: float = 0.8,
    size: int = 5,
    hashes: int = 128,
    recall: float = 0.95,
    seed: int = 1,
    ignore_punctuation: bool = True,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Find pairs of documents that are nearly the same.

    Similarity is the Jaccard similarity of the sets of character n-grams of the texts as
    :func:`text_reuse` compares them. Candidates come from MinHash signatures cut into bands (Broder 1997;
    Leskovec, Rajaraman & Ullman, ch. 3) and each is checked exactly: what is listed is right, and a pair of
    similarity s is missed with the probability (1 − s^rows)^bands that :func:`lsh_recall` shows. Identical
    texts are never missed.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text.
    min_similarity
        Least similarity, above 0 and at most 1.
    size
        Length of the n-grams, at least 1; a shorter text is one n-gram.
    hashes
        Length of a signature, from 1 to 4096.
    recall
        Least probability with which a pair at `min_similarity` is found, above 0 and below 1; bands are as
        wide as it allows.
    seed
        Of the hash functions, from 0: the same seed gives the same candidates everywhere.
    ignore_punctuation, text, metadata, progress
        As for :func:`text_reuse`.

    Returns
    -------
    DataFrame
        One row a pair, in the order of `docs`: ``doc_id_1``, ``doc_id_2``, ``similarity``, ``containment``
        (common n-grams over those of the document with fewer). Documents without a letter or digit are
        left out with a warning that names them.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        As for :func:`text_reuse`.
    ParameterError
        A number out of range; too few hashes for the recall.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> page = "县委、县政府召开专题会议，研究部署乡村振兴工作，听取各镇汇报。"
    >>> docs = pl.DataFrame({"doc_id": [1, 2, 3], "text": [page, page.replace("，", " "), "天气晴朗，适合出行。"]})
    >>> dz.near_duplicates(docs).rows()
    [(1, 2, 1.0, 1.0)]
    """
    docs = frame_of(docs, text)
    ids = docs.get_column("doc_id")
    with reporting(progress, "near_duplicates", total=docs.height) as report:
        frame, empty, _, _, _ = _core.near_duplicates(
            require_text(docs, text),
            ignore_punctuation=require_flag(ignore_punctuation, "ignore_punctuation"),
            options={
                "min_similarity": require_number(min_similarity, "min_similarity"),
                "size": require_whole(size, argument="size", least=1),
                "hashes": require_whole(hashes, argument="hashes", least=1, most=MOST_HASHES),
                "recall": require_number(recall, "recall"),
                "seed": require_seed(seed),
            },
            progress=report,
        )
    if empty:
        named = ", ".join(repr(ids[i]) for i in empty[:_NAMED]) + (" …" if len(empty) > _NAMED else "")
        warn(
            f"{len(empty)} of {docs.height} documents have no letter or digit and are duplicates of nothing: {named}"
        )
    frame = frame.with_columns(
        ids.gather(frame.get_column(f"document_{k}")).alias(f"doc_id_{k}") for k in (1, 2)
    )
    sides = [frame.get_column(f"document_{k}") for k in (1, 2)]
    return with_metadata(frame.select(NEAR_DUPLICATES.names()), docs, sides, metadata, text=text)


def lsh_recall(
    *,
    min_similarity: float = 0.8,
    hashes: int = 128,
    recall: float = 0.95,
    similarities: Sequence[float] | None = None,
) -> pl.DataFrame:
    """Show with which probability :func:`near_duplicates` finds a pair: 1 − (1 − s^rows)^bands.

    Parameters
    ----------
    min_similarity, hashes, recall
        As for :func:`near_duplicates`.
    similarities
        Similarities to show, from 0 to 1; by default 0, 0.05, …, 1.

    Returns
    -------
    DataFrame
        ``similarity``, ``recall``, ``bands``, ``rows``.

    Raises
    ------
    ParameterError
        A number out of range; too few hashes for the recall.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> curve = dz.lsh_recall(min_similarity=0.8, similarities=[0.4, 0.6, 0.8, 0.9])
    >>> curve.select("similarity", pl.col("recall").round(3), "bands", "rows").rows()
    [(0.4, 0.029, 18, 7), (0.6, 0.4, 18, 7), (0.8, 0.986, 18, 7), (0.9, 1.0, 18, 7)]
    """
    shown = [i / 20 for i in range(21)] if similarities is None else [float(s) for s in similarities]
    if any(not 0 <= s <= 1 for s in shown):
        raise ParameterError(f"`similarities` must be from 0 to 1; got {shown!r}")
    bands, rows, curve = _core.lsh_bands(
        require_whole(hashes, argument="hashes", least=1, most=MOST_HASHES),
        require_number(min_similarity, "min_similarity"),
        require_number(recall, "recall"),
        shown,
    )
    return pl.DataFrame(
        {"similarity": shown, "recall": curve},
        schema={"similarity": pl.Float64, "recall": pl.Float64},
    ).with_columns(bands=pl.lit(bands, pl.Int64), rows=pl.lit(rows, pl.Int64))


def deduplicate(
    docs: Documents,
    *,
    kind: Kind = "near",
    order: str | None = None,
    unit: Unit = "paragraph",
    min_chars: int = 12,
    min_similarity: float = 0.8,
    size: int = 5,
    hashes: int = 128,
    recall: float = 0.95,
    seed: int = 1,
    ignore_punctuation: bool = True,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take duplicates out before counting, and say what was taken out.

    ``"exact"``
        Documents whose texts are the same as compared (see :func:`text_reuse`).
    ``"near"``
        Documents that are as similar as `min_similarity` to one that is kept (:func:`near_duplicates`). A document is
        compared with kept ones only, so a chain of small changes does not swallow its far end.
    ``"passage"``
        Paragraphs (or sentences, clauses: `unit`) of at least `min_chars` compared characters that stood
        before, in an earlier document or earlier in the same one; the rest of the text stays.

    Documents without a letter or digit are kept whatever the kind.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text.
    kind
        What counts as a duplicate.
    order
        A column, such as a date: the document with the least value is kept (nulls come last; equal ones in
        the order of `docs`). By default the order of `docs`.
    unit, min_chars
        For ``"passage"``: what is compared as a whole (``"paragraph"``, ``"sentence"`` or ``"clause"``), and its
        least length.
    min_similarity, size, hashes, recall, seed
        For ``"near"``: as for :func:`near_duplicates`.
    ignore_punctuation, text, metadata, progress
        As for :func:`text_reuse`.

    Returns
    -------
    kept : DataFrame
        `docs` without what was taken out, in its order. With ``"passage"`` texts are shorter, and the
        columns ``edits`` and ``raw_text`` are gone, as they describe the longer texts.
    dropped : DataFrame
        One row a document or passage that was taken out, in the order of `docs`: ``doc_id``,
        ``doc_id_kept`` (where it stays), ``kind``, ``similarity``, the place and ``text`` (null but for
        passages).

    Raises
    ------
    MissingColumnError, DataTypeError, DataError, ParameterError
        As for :func:`near_duplicates`; an unknown kind or unit.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["x", "y", "z"], "year": [2024, 2023, 2024],
    ...                      "text": ["坚持党建引领。", "坚持党建引领", "调研乡村。"]})
    >>> kept, dropped = dz.deduplicate(docs, kind="exact", order="year")
    >>> kept["doc_id"].to_list(), dropped.select("doc_id", "doc_id_kept").rows()
    (['y', 'z'], [('x', 'y')])
    """
    require_word(kind, get_args(Kind), argument="kind")
    require_word(unit, get_args(Unit), argument="unit")
    require_whole(min_chars, argument="min_chars", least=1)
    docs = frame_of(docs, text)
    ids = docs.get_column("doc_id")
    texts = require_text(docs, text)
    if order is not None:
        require_columns(docs, order)
        places = docs.select(
            pl.int_range(pl.len()).sort_by(pl.col(order), nulls_last=True, maintain_order=True)
        )
        sequence = places.to_series().to_list()
    else:
        sequence = list(range(docs.height))
    if kind == "passage":
        least = require_whole(min_chars, argument="min_chars", least=1)
        return _without_passages(
            docs,
            sequence,
            unit,
            least,
            require_flag(ignore_punctuation, "ignore_punctuation"),
            text,
            metadata,
        )
    dropped: dict[int, tuple[int, float]] = {}
    if kind == "exact":
        first: dict[str, int] = {}
        compared = _core.fold_texts(texts, require_flag(ignore_punctuation, "ignore_punctuation"))
        folded, lettered = compared.to_list(), compared.str.contains(r"[\p{Alphabetic}\p{N}]").to_list()
        for row in sequence:
            if lettered[row]:
                kept_row = first.setdefault(folded[row], row)
                if kept_row != row:
                    dropped[row] = (kept_row, 1.0)
    else:
        with warnings.catch_warnings():
            # Documents without letters are kept: nothing to warn of.
            warnings.simplefilter("ignore", DuizhaoWarning)
            pairs = near_duplicates(
                docs,
                min_similarity=min_similarity,
                size=size,
                hashes=hashes,
                recall=recall,
                seed=seed,
                ignore_punctuation=ignore_punctuation,
                text=text,
                metadata=False,
                progress=progress,
            )
        number = {one: row for row, one in enumerate(ids)}
        near: dict[int, list[tuple[int, float]]] = {}
        for one, other, similarity, _ in pairs.iter_rows():
            near.setdefault(number[one], []).append((number[other], similarity))
            near.setdefault(number[other], []).append((number[one], similarity))
        rank = {row: place for place, row in enumerate(sequence)}
        for row in sequence:
            best = [
                (-similarity, rank[other], other)
                for other, similarity in near.get(row, [])
                if rank[other] < rank[row] and other not in dropped
            ]
            if best:
                similarity, _, other = min(best)
                dropped[row] = (other, -similarity)
    rows = sorted(dropped)
    report = pl.DataFrame(
        {
            "doc_id": ids.gather(rows),
            "doc_id_kept": ids.gather([dropped[row][0] for row in rows]),
            "kind": pl.Series([kind] * len(rows), dtype=pl.String),
            "similarity": pl.Series([dropped[row][1] for row in rows], dtype=pl.Float64),
        }
    )
    schema = with_doc_id(DUPLICATES, ids.dtype)
    report = report.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in report.columns
    ).select(schema.names())
    report = with_metadata(report, docs, pl.Series(rows, dtype=pl.UInt32), metadata, text=text)
    gone = set(rows)
    return docs.filter(pl.Series([row not in gone for row in range(docs.height)], dtype=pl.Boolean)), report


def _without_passages(
    docs: pl.DataFrame,
    sequence: list[int],
    unit: Unit,
    least: int,
    ignore_punctuation: bool,
    text: str,
    metadata: Metadata,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take out units that stood before, document by document in the given order."""
    ids = docs.get_column("doc_id")
    rank = pl.DataFrame({"doc_id": ids.gather(sequence), "rank": range(len(sequence))})
    pieces = sentences(docs.select("doc_id", text), unit=unit, text=text, metadata=False)
    pieces = pieces.with_columns(_core.fold_texts(pieces.get_column("text"), ignore_punctuation)).join(
        rank, on="doc_id", how="left", maintain_order="left"
    )
    again = (
        pieces.filter(
            (pl.col("folded").str.len_chars() >= least)
            & pl.col("folded").str.contains(r"[\p{Alphabetic}\p{N}]")
        )
        .sort("rank", "char_start")
        .with_columns(
            pl.col("doc_id").first().over("folded").alias("doc_id_kept"),
            pl.int_range(pl.len()).over("folded").alias("nth"),
        )
        .filter(pl.col("nth") > 0)
    )
    cut: dict[Any, list[tuple[int, int]]] = {}
    for one, start, end in again.select("doc_id", "char_start", "char_end").iter_rows():
        cut.setdefault(one, []).append((start, end))
    texts = docs.get_column(text).to_list()
    for row, one in enumerate(ids):
        for start, end in sorted(cut.get(one, ()), reverse=True):
            whole = texts[row]
            # The white space behind goes with it, or blank lines would pile up.
            rest = whole[end:].lstrip()
            texts[row] = (whole[:start] + rest) if rest else whole[:start].rstrip()
    schema = with_doc_id(DUPLICATES, ids.dtype)
    places = pl.DataFrame({"doc_id": ids, "row": range(docs.height)})
    again = again.join(places, on="doc_id", how="left").sort("row", "char_start")
    report = again.with_columns(pl.lit("passage").alias("kind"), pl.lit(1.0).alias("similarity"))
    report = with_metadata(report.select(schema.names()), docs, again.get_column("row"), metadata, text=text)
    kept = docs.with_columns(pl.Series(text, texts, dtype=pl.String)).drop("edits", "raw_text", strict=False)
    return kept, report
