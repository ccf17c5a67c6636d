"""Shared passages: what documents have in common word by word, or nearly so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_instance, require_number, require_whole, warn
from .._base.dates import times_of
from .._base.documents import Documents, frame_of, places_of_edits
from .._base.frames import require_columns, require_ids_of, require_text
from .._base.groups import evaluate
from .._base.metadata import Metadata, with_metadata
from .._base.progress import Progress, reporting
from .._base.schema import with_doc_id
from ..errors import DataTypeError, ParameterError
from ._schema import PASSAGES, REUSE_PAIRS, SHARED_PHRASES, TEXT_REUSE

__all__ = ["passages", "reuse_pairs", "shared_phrases", "text_reuse"]


def text_reuse(
    docs: Documents,
    *,
    min_chars: int = 12,
    seed_chars: int | None = None,
    max_gap: int = 16,
    min_identity: float = 0.8,
    max_doc_freq: int | None = 200,
    baseline: pl.Expr | Iterable[Any] | str | int | None = None,
    ignore_punctuation: bool = True,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Find the passages that documents share, all pairs of documents at once.

    Texts are compared without white space and, by default, without punctuation; full-width forms, case and
    kinds of quotation marks do not matter. Script does (``dz.clean(docs, script="simplified")``). Shared
    n-grams (winnowing) grow to maximal exact matches, which are joined over edits and aligned;
    ``docs/guide/reuse.md`` has the details.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. If :func:`duizhao.clean` made the
        frame, the raw places are those of the raw texts.
    min_chars
        Least number of equal characters of a passage. Every exact match of this length is found, unless figures
        that it cuts at its edges make up its length.
    seed_chars
        Length of the n-grams; by default 8, or `min_chars` if that is less.
    max_gap
        Most characters between two exact matches of one edited passage; 0 for exact matches only.
    min_identity
        Least share of equal characters in the alignment of an edited passage, from 0.5 to 1.
    max_doc_freq
        n-grams of more documents than this start no match (a longer match still runs across them); how
        many there were is told by a warning. ``None`` for no limit: the time grows with its square.
    baseline
        Documents that all others may have copied from, such as one national text: a ``doc_id``, several, or
        an expression over `docs`. What stands in them does not start a match of two other documents.
    ignore_punctuation
        Whether punctuation is left out.
    text
        The column of texts.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those of the first document have ``_1`` behind their names, those of the second ``_2``.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        documents.

    Returns
    -------
    DataFrame
        One row a passage of two documents, in the order of the documents and of the first text:
        ``doc_id_1``, ``doc_id_2`` (in the order of `docs`), the places in both texts, ``text_1``,
        ``text_2``, ``length`` (equal characters as compared), ``identity`` (share of equal columns),
        ``doc_freq`` (at most so many documents have all of it), ``weight`` (from 0, in all documents, to 1,
        in these two only), ``in_baseline`` (share of it that stands in the baseline). Of matches that cover
        the same characters only the best is kept.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        No such column; not strings; nulls; ``doc_id`` twice.
    ParameterError
        A number out of range; a baseline that does not exist.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": [
    ...     "会议强调，坚持把党的政治建设摆在首位。", "要坚持把党的政治建设，摆在首位，做到……"]})
    >>> dz.text_reuse(docs).select("doc_id_1", "doc_id_2", "text_1", "text_2", "length").rows()
    [('a', 'b', '坚持把党的政治建设摆在首位', '坚持把党的政治建设，摆在首位', 13)]
    """
    options = ReuseOptions(
        min_chars=min_chars,
        seed_chars=seed_chars,
        max_gap=max_gap,
        min_identity=min_identity,
        max_doc_freq=max_doc_freq,
        baseline=baseline,
        ignore_punctuation=ignore_punctuation,
        text=text,
        metadata=metadata,
    )
    found = _Reuse(docs, options, progress)
    return found.passages


def reuse_pairs(
    docs: Documents,
    *,
    min_chars: int = 12,
    seed_chars: int | None = None,
    max_gap: int = 16,
    min_identity: float = 0.8,
    max_doc_freq: int | None = 200,
    baseline: pl.Expr | Iterable[Any] | str | int | None = None,
    ignore_punctuation: bool = True,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Sum up the shared passages of each pair of documents.

    Parameters
    ----------
    docs, min_chars, seed_chars, max_gap, min_identity, max_doc_freq, baseline, ignore_punctuation, text, metadata, progress
        As for :func:`text_reuse`.

    Returns
    -------
    DataFrame
        One row a pair with a passage, in the order of `docs`: ``doc_id_1``, ``doc_id_2``, ``passages``,
        ``longest`` (equal characters), ``chars_1``, ``chars_2`` (characters that are compared),
        ``shared_1``, ``shared_2`` (of these, inside a passage; each counts once), ``coverage_1``,
        ``coverage_2`` (their shares, 0 to 1), ``weighted_coverage_1``, ``weighted_coverage_2`` (each
        character times the highest weight of its passages), ``similarity`` ((shared_1 + shared_2) /
        (chars_1 + chars_2)) and ``weighted_similarity`` (the same, weighted).

    Raises
    ------
    MissingColumnError, DataTypeError, DataError, ParameterError
        As for :func:`text_reuse`.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": [
    ...     "会议强调，坚持把党的政治建设摆在首位。", "要坚持把党的政治建设，摆在首位，做到……"]})
    >>> dz.reuse_pairs(docs).select("longest", "chars_1", "shared_1", pl.col("coverage_2").round(3)).rows()
    [(13, 17, 13, 0.812)]
    """
    options = ReuseOptions(
        min_chars=min_chars,
        seed_chars=seed_chars,
        max_gap=max_gap,
        min_identity=min_identity,
        max_doc_freq=max_doc_freq,
        baseline=baseline,
        ignore_punctuation=ignore_punctuation,
        text=text,
        metadata=metadata,
    )
    found = _Reuse(docs, options, progress, with_texts=False)
    return found.pairs


def passages_and_pairs(docs: Documents, options: ReuseOptions) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The frames of :func:`text_reuse` and :func:`reuse_pairs` from one run, and how many n-grams were too common to start a match."""
    found = _Reuse(docs, options, None, quiet=True)
    return found.passages, found.pairs, found.skipped


@dataclass(frozen=True, kw_only=True)
class ReuseOptions:
    """What a run of the kernel is asked for, checked: the arguments of :func:`text_reuse`."""

    min_chars: int = 12
    seed_chars: int | None = None
    max_gap: int = 16
    min_identity: float = 0.8
    max_doc_freq: int | None = 200
    baseline: pl.Expr | Iterable[Any] | str | int | None = None
    ignore_punctuation: bool = True
    text: str = "text"
    metadata: Metadata = True

    def __post_init__(self) -> None:
        """Refuse what is out of range."""
        # No text has more characters, and no corpus more documents, than 32 bits count: what is beyond is cut there.
        for name, least in (("min_chars", 2), ("seed_chars", 2), ("max_gap", 0), ("max_doc_freq", 2)):
            value = getattr(self, name)
            if value is not None or name in ("min_chars", "max_gap"):
                object.__setattr__(
                    self, name, min(require_whole(value, argument=name, least=least), 2**32 - 1)
                )
        require_number(self.min_identity, "min_identity")
        require_flag(self.ignore_punctuation, "ignore_punctuation")


class _Reuse:
    """One run of the kernel and its two frames."""

    def __init__(
        self,
        docs: Documents,
        options: ReuseOptions,
        progress: Progress,
        *,
        with_texts: bool = True,
        quiet: bool = False,
    ) -> None:
        frame = frame_of(docs, options.text)
        self.ids = frame.get_column("doc_id")
        texts = require_text(frame, options.text)
        least, seed, most = options.min_chars, options.seed_chars, options.max_doc_freq
        with reporting(progress, "text_reuse", total=frame.height) as report:
            passages, pairs, lengths, skipped, shared = _core.text_reuse(
                texts,
                places_of_edits(frame, options.text),
                ignore_punctuation=options.ignore_punctuation,
                texts_too=with_texts,
                options={
                    "min_chars": least,
                    "seed_chars": min(8, least) if seed is None else seed,
                    "max_gap": require_whole(options.max_gap, "max_gap"),
                    "min_identity": float(options.min_identity),
                    "max_doc_freq": most,
                    "baseline": _flags(frame, options.baseline),
                },
                progress=report,
            )
        self.skipped, self.shared = int(skipped), int(shared)
        if skipped and not quiet:
            warn(
                f"{skipped} of {shared} shared n-grams stand in more than {most} documents (`max_doc_freq`) and started no "
                "match: passages that consist of them alone are not listed"
            )
        self._docs, self._metadata, self._text = frame, options.metadata, options.text
        self._passages, self._pairs = passages, pairs
        self._lengths = pl.Series("chars", lengths, dtype=pl.Int64)

    def _named(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(
            self.ids.gather(frame.get_column(f"document_{k}")).alias(f"doc_id_{k}") for k in (1, 2)
        )

    def _with_metadata(self, frame: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
        sides = [numbered.get_column(f"document_{k}") for k in (1, 2)]
        return with_metadata(frame, self._docs, sides, self._metadata, text=self._text)

    @property
    def passages(self) -> pl.DataFrame:
        """The frame of :func:`text_reuse`."""
        return self._with_metadata(self._named(self._passages).select(TEXT_REUSE.names()), self._passages)

    @property
    def pairs(self) -> pl.DataFrame:
        """The frame of :func:`reuse_pairs`."""
        named = self._named(self._pairs).with_columns(
            self._lengths.gather(self._pairs.get_column(f"document_{k}")).alias(f"chars_{k}") for k in (1, 2)
        )
        both = pl.col("chars_1") + pl.col("chars_2")
        frame = named.with_columns(
            pl.col("covered_1").alias("shared_1"),
            pl.col("covered_2").alias("shared_2"),
            *((pl.col(f"covered_{k}") / pl.col(f"chars_{k}")).alias(f"coverage_{k}") for k in (1, 2)),
            *(
                (pl.col(f"weighted_{k}") / pl.col(f"chars_{k}")).alias(f"weighted_coverage_{k}")
                for k in (1, 2)
            ),
            ((pl.col("covered_1") + pl.col("covered_2")) / both).alias("similarity"),
            ((pl.col("weighted_1") + pl.col("weighted_2")) / both).alias("weighted_similarity"),
        ).select(REUSE_PAIRS.names())
        return self._with_metadata(frame, self._pairs)


def _flags(docs: pl.DataFrame, baseline: Any) -> list[bool]:
    """Whether each document is in the baseline; empty for none."""
    if baseline is None:
        return []
    if isinstance(baseline, pl.Expr):
        flags = evaluate(docs, baseline, argument="baseline")
        if flags.dtype != pl.Boolean:
            raise DataTypeError(f"`baseline` must be a Boolean expression; got {flags.dtype}")
        return flags.fill_null(False).to_list()
    wanted = [baseline] if isinstance(baseline, str) or not isinstance(baseline, Iterable) else list(baseline)
    ids = docs.get_column("doc_id").to_list()
    missing = [one for one in wanted if one not in ids]
    if missing:
        raise ParameterError(
            f"`baseline` must name documents of `docs`; got {', '.join(map(repr, missing[:5]))}"
        )
    return [one in wanted for one in ids]


def passages(
    docs: Documents,
    *,
    reuse: pl.DataFrame | None = None,
    date: str | None = None,
    overlap: float = 0.8,
    text: str = "text",
    ignore_punctuation: bool = True,
    metadata: Metadata = True,
    progress: Progress = None,
    **options: Any,
) -> pl.DataFrame:
    """Put the versions of each shared passage together, wherever they stand.

    Stretches of one document that overlap by `overlap` of what they cover together are one place. The place
    that is matched with most documents (then the longest) is the centre of a passage, and every place that
    is matched with it is a version; then the next of what is left, and so on. So every version was matched
    with the centre itself: chains of small changes do not grow.

    Parameters
    ----------
    docs
        As for :func:`text_reuse`.
    reuse
        What :func:`text_reuse` found in these documents; by default it is called, with `options`.
    date
        The column of dates, as for :func:`duizhao.diffusion`: who had the passage first. Nulls are never first.
    overlap
        Above 0 and at most 1; see above.
    text, ignore_punctuation, metadata, progress
        As for :func:`text_reuse`.
    **options
        Further arguments of :func:`text_reuse`.

    Returns
    -------
    DataFrame
        One row a place, passages in more documents first, then longer ones, then by their first place;
        within a passage in the order of dates (nulls last), documents and texts. ``passage`` (number from
        0), ``canonical`` (the most frequent wording; of equal ones the longest, then the first in code-point
        order), ``doc_id``, the place, ``text``, ``variant`` (number of the wording within the passage, 0 is
        the canonical one; punctuation makes no variant if it is ignored), ``n_documents``,
        ``n_occurrences``, ``n_variants``, ``date``, ``first_seen`` (least date of the passage), ``is_first``
        (whether the place has it; null without dates).

    Raises
    ------
    ParameterError
        An overlap out of range; `options` beside `reuse`.
    MissingColumnError, DataTypeError
        No column `date`, no dates in it; a frame that is not of :func:`text_reuse`.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b", "c"], "year": [2023, 2021, 2022], "text": [
    ...     "坚持把党的政治建设摆在首位，抓实", "始终坚持把党的政治建设摆在首位", "坚持把党的政治建设摆在首位"]})
    >>> found = dz.passages(docs, date="year")
    >>> found.select("canonical", "doc_id", "first_seen", "is_first").rows()[:2]
    [('坚持把党的政治建设摆在首位', 'b', 2021, True), ('坚持把党的政治建设摆在首位', 'c', 2021, False)]
    """
    docs = frame_of(docs, text)
    if reuse is None:
        reuse = text_reuse(
            docs,
            text=text,
            ignore_punctuation=ignore_punctuation,
            metadata=False,
            progress=progress,
            **options,
        )
    elif options:
        raise ParameterError(
            f"`{next(iter(options))}` must not be given beside `reuse`, whose passages are taken as they are"
        )
    ids = docs.get_column("doc_id")
    texts = require_text(docs, text)
    if date is not None:
        require_columns(docs, date)
        dates = times_of(docs.get_column(date), what=f"column {date!r} of `docs`").alias("date")
    else:
        dates = pl.Series("date", [None] * docs.height, dtype=pl.Date)
    as_compared = require_flag(ignore_punctuation, "ignore_punctuation")
    with reporting(progress, "passages", total=3, unit="steps") as report:
        found = _core.passage_clusters(
            texts,
            places_of_edits(docs, text),
            numbered(reuse, ids),
            overlap=require_number(overlap, "overlap"),
            progress=report,
        )
    found = found.with_columns(
        _core.fold_texts(found.get_column("text"), as_compared),
        ids.gather(found.get_column("document")).alias("doc_id"),
        dates.gather(found.get_column("document")),
    ).with_columns(pl.col("folded").str.len_chars().alias("size"))
    # The wordings of each passage, the canonical one first.
    wordings = (
        found.group_by("passage", "folded", "size")
        .agg(pl.len().alias("n"), pl.col("text").first().alias("wording"))
        .sort(["passage", "n", "size", "folded"], descending=[False, True, True, False])
        .with_columns(variant=pl.int_range(pl.len()).over("passage"))
    )
    heads = wordings.group_by("passage", maintain_order=True).agg(
        pl.col("wording").first().alias("canonical"), pl.len().cast(pl.Int64).alias("n_variants")
    )
    counts = found.group_by("passage").agg(
        pl.col("document").n_unique().cast(pl.Int64).alias("n_documents"),
        pl.len().cast(pl.Int64).alias("n_occurrences"),
        pl.col("date").min().alias("first_seen"),
        pl.col("size").max().alias("longest"),
        pl.col("document").min().alias("first_document"),
    )
    joined = (
        found.join(wordings.select("passage", "folded", "variant"), on=["passage", "folded"])
        .join(heads, on="passage")
        .join(counts, on="passage")
        .with_columns(is_first=pl.col("date") == pl.col("first_seen") if date is not None else None)
        .sort(
            ["n_documents", "longest", "passage", "date", "document", "char_start"],
            descending=[True, True, False, False, False, False],
            nulls_last=True,
        )
    )
    schema = pl.Schema({**with_doc_id(PASSAGES, ids.dtype), "date": dates.dtype, "first_seen": dates.dtype})
    places = (
        joined.with_columns(pl.col("passage").rle_id().cast(pl.Int64)).select(schema.names()).cast(schema)
    )
    return with_metadata(places, docs, joined.get_column("document"), metadata, text=text)


def numbered(reuse: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The spans of a frame of :func:`text_reuse` with numbers of documents instead of ids."""
    require_instance(reuse, pl.DataFrame, argument="reuse", allowed="a polars DataFrame")
    spans = [f"{name}_{k}" for k in (1, 2) for name in ("char_start", "char_end")]
    require_columns(reuse, "doc_id_1", "doc_id_2", *spans, argument="reuse")
    reuse = reuse.select("doc_id_1", "doc_id_2", *spans)
    for k in (1, 2):
        require_ids_of(reuse, ids, argument="reuse", column=f"doc_id_{k}")
    numbers = pl.DataFrame({"doc_id": ids, "number": pl.int_range(ids.len(), dtype=pl.UInt32, eager=True)})
    for k in (1, 2):
        names = numbers.rename({"doc_id": f"doc_id_{k}", "number": f"document_{k}"})
        reuse = reuse.join(names, on=f"doc_id_{k}", how="left", maintain_order="left")
    unknown = reuse.filter(pl.col("document_1").is_null() | pl.col("document_2").is_null())
    if unknown.height:
        raise ParameterError(
            f"`reuse` must be of these documents; {unknown['doc_id_1'][0]!r} or {unknown['doc_id_2'][0]!r} is not there"
        )
    return reuse.select("document_1", "document_2", *(pl.col(name).cast(pl.UInt32) for name in spans))


def shared_phrases(
    docs: Documents,
    *,
    min_chars: int = 6,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """List the set phrases that documents share: maximal common stretches inside clauses.

    A phrase does not cross ``。；！？，：…—`` (full-width or ASCII) or the end of a line; white space does not
    count, and all quotation marks are the same. It is listed if it cannot be made longer at one pair of
    places at least, with all its places in all documents, also inside longer phrases. For small corpora:
    every n-gram is a seed, and the time grows with the square of how often a phrase occurs.

    Parameters
    ----------
    docs
        As for :func:`text_reuse`.
    min_chars
        Least number of Han characters, from 2.
    text, metadata, progress
        As for :func:`text_reuse`.

    Returns
    -------
    DataFrame
        One row a place: ``phrase`` (as compared: quotation marks are ``"``), ``doc_id``, the place,
        ``text``, ``n_han``, ``n_documents``, ``n_occurrences``, ``maximal_pairs`` (pairs of documents between
        which it is maximal somewhere), ``contained_in`` (longer listed phrases around it; a phrase that never
        stands alone is a fragment). Phrases by their first place, longer first; places in the order of
        `docs` and of the texts.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError, ParameterError
        As for :func:`text_reuse`.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": [1, 2], "text": ["推动政协工作提质增效。", "切实推动政协工作提质，抓好"]})
    >>> dz.shared_phrases(docs).select("phrase", "doc_id", "char_start", "char_end").rows()
    [('推动政协工作提质', 1, 0, 8), ('推动政协工作提质', 2, 2, 10)]
    """
    docs = frame_of(docs, text)
    ids = docs.get_column("doc_id")
    with reporting(progress, "shared_phrases", unit="steps") as report:
        places = _core.shared_phrases(
            require_text(docs, text),
            places_of_edits(docs, text),
            min_chars=require_whole(min_chars, argument="min_chars", least=2),
            progress=report,
        )
    numbers = places.get_column("document")
    schema = with_doc_id(SHARED_PHRASES, ids.dtype)
    listed = places.with_columns(ids.gather(numbers).alias("doc_id")).select(schema.names())
    return with_metadata(listed, docs, numbers, metadata, text=text)
