"""What changed between two versions of a corpus, and what that does to every count."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_whole
from .._base.documents import Documents, frame_of
from .._base.frames import require_text
from .._base.html import shown
from .._base.metadata import Metadata, with_metadata
from .._base.progress import Progress, reporting
from .._base.schema import with_doc_id
from ..corpus.dfm import Dfm
from ..corpus.functions import tokens
from ..errors import DataTypeError, ParameterError
from ..text.segmenter import Segmenter
from ._schema import DIFF_DOCUMENTS, DIFF_PASSAGES, DIFF_TERMS
from .near_duplicates import near_duplicates

__all__ = ["CorpusDiff", "diff"]


@dataclass(frozen=True)
class CorpusDiff:
    """What :func:`diff` found.

    Attributes
    ----------
    documents
        One row a document, changed ones first, then moved, removed, added, unchanged, in the order of the old and the new
        corpus: ``status``, ``doc_id_old``, ``doc_id_new``, ``chars_old``, ``chars_new``, ``changes`` (number of changed
        stretches, moved ones with either end there), ``chars_removed``, ``chars_added`` (moved ones count on both
        sides), ``similarity`` (2 × unchanged characters / all characters); then the metadata.
    passages
        One row a changed stretch, by document and place in the old corpus: ``doc_id_old``, ``doc_id_new``, ``kind``
        (``"added"``, ``"removed"``, ``"changed"``, ``"moved"``), the places in both texts and their texts. What moved stands at
        another place of its document, or in another document, or came from one that is removed or went into one that is added.
        Then the metadata.
    terms
        One row a term of either version whose frequency or rank changed, greatest change per million first: counts, per million tokens,
        ranks (1 is the most frequent; equal counts share the least rank; null for a term that is absent), document frequencies.
        A positive change is more, or a better rank, in the new version.
    """

    documents: pl.DataFrame
    passages: pl.DataFrame
    terms: pl.DataFrame

    @property
    def summary(self) -> pl.DataFrame:
        """Documents, characters and terms of each kind: ``what``, ``count``."""
        statuses = ("unchanged", "changed", "moved", "added", "removed")
        counts = dict(self.documents.group_by("status").len().iter_rows())
        rows: list[tuple[str, int]] = [
            (f"documents {status}", int(counts.get(status, 0))) for status in statuses
        ]
        rows += [
            ("changed stretches", self.passages.height),
            ("passages moved", self.passages.filter(pl.col("kind") == "moved").height),
            ("characters removed", int(self.documents["chars_removed"].sum())),
            ("characters added", int(self.documents["chars_added"].sum())),
            ("terms whose count changed", self.terms.filter(pl.col("change") != 0).height),
            ("terms new", self.terms.filter(pl.col("count_old") == 0).height),
            ("terms gone", self.terms.filter(pl.col("count_new") == 0).height),
        ]
        return pl.DataFrame(rows, schema={"what": pl.String, "count": pl.Int64}, orient="row")

    def __repr__(self) -> str:
        """The counts that are not 0."""
        found = ", ".join(f"{what}: {count}" for what, count in self.summary.iter_rows() if count)
        return f"CorpusDiff({found or 'no documents'})"

    def _repr_html_(self) -> str:
        return shown(
            repr(self), {"documents": self.documents, "passages": self.passages, "terms": self.terms}
        )


def diff(
    old: Documents,
    new: Documents,
    *,
    segmenter: Segmenter | None = None,
    moved: float = 0.8,
    moved_chars: int = 10,
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> CorpusDiff:
    """Compare two versions of a corpus: before and after a new scrape, a cleaning step, an edit.

    Documents are matched by ``doc_id``. Of those that only one version has, documents with the same text, then those
    whose n-grams have a similarity (:func:`near_duplicates`) of at least `moved`, most similar first, are the same document under another
    id: they are *moved*. Texts are compared sentence by sentence, then by characters.

    Parameters
    ----------
    old, new
        Frames with a unique ``doc_id`` (of one dtype) and a column of texts.
    segmenter
        How to cut words for the frame of terms; by default ``Segmenter()``. Punctuation and symbols are no
        terms.
    moved
        Least similarity of a moved document, above 0 and at most 1.
    moved_chars
        Least letters and digits of a moved passage: a run of whole sentences, equal but for white space at its
        edges. What is shorter is removed and added.
    text
        The column of texts.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those of the old version are called ``<name>_old``, those of the new one ``<name>_new``, in the frames of documents
        and of passages; null where a side has no document. Terms belong to no document and have none.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        documents.

    Returns
    -------
    CorpusDiff
        Its frames ``documents``, ``passages``, ``terms`` and ``summary``.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        No such columns; not strings; nulls; ``doc_id`` twice, or of two dtypes.
    ParameterError
        `moved` or `moved_chars` out of range.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> old = pl.DataFrame({"doc_id": ["a", "b"], "text": ["第一条 本条例自发布之日起施行。", "调研乡村振兴工作。"]})
    >>> new = pl.DataFrame({"doc_id": ["a", "c"], "text": ["第一条 本条例自公布之日起施行。", "调研乡村振兴工作。"]})
    >>> found = dz.diff(old, new)
    >>> found.documents.select("status", "doc_id_old", "doc_id_new").rows()
    [('changed', 'a', 'a'), ('moved', 'b', 'c')]
    >>> found.passages.select("kind", "text_old", "text_new", "char_start_old").rows()
    [('changed', '发', '公', 8)]
    """
    old, new = frame_of(old, text, argument="old"), frame_of(new, text, argument="new")
    if isinstance(moved, bool) or not isinstance(moved, int | float) or not 0 < moved <= 1:
        raise ParameterError(f"`moved` must be above 0 and at most 1; got {moved!r}")
    chosen = Segmenter() if segmenter is None else segmenter
    require_instance(chosen, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
    ids_old, ids_new = old.get_column("doc_id"), new.get_column("doc_id")
    if ids_old.dtype != ids_new.dtype and old.height and new.height:
        raise DataTypeError(
            f"`doc_id` of `new` must be of the dtype of `old`, {ids_old.dtype}; got {ids_new.dtype}"
        )
    dtype = ids_old.dtype if old.height else ids_new.dtype
    before = pl.DataFrame(
        {"doc_id_old": ids_old.cast(dtype), "text_old": require_text(old, text, argument="old")}
    )
    after = pl.DataFrame(
        {"doc_id_new": ids_new.cast(dtype), "text_new": require_text(new, text, argument="new")}
    )
    pairs = _matched(before, after, float(moved))
    removed = before.join(pairs, on="doc_id_old", how="anti", maintain_order="left")
    added = after.join(pairs, on="doc_id_new", how="anti", maintain_order="left")
    with reporting(progress, "diff", total=pairs.height) as report:
        changes = _core.text_changes(
            pairs.get_column("text_old"),
            pairs.get_column("text_new"),
            removed.get_column("text_old"),
            added.get_column("text_new"),
            min_moved=require_whole(moved_chars, argument="moved_chars", least=1),
            progress=report,
        )
    passages, documents = (
        _with_metadata(frame, old, new, metadata, text)
        for frame in (
            _passages(pairs, removed, added, changes, dtype),
            _documents(pairs, changes, removed, added, dtype),
        )
    )
    terms = _terms(_counts(before, "old", chosen), _counts(after, "new", chosen))
    return CorpusDiff(documents=documents, passages=passages, terms=terms)


def _with_metadata(
    found: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame, metadata: Metadata, text: str
) -> pl.DataFrame:
    rows = [
        found.select(pl.col(f"doc_id_{end}").alias("doc_id"))
        .join(
            # An empty version may have ids of another type.
            side.select(
                pl.col("doc_id").cast(found.schema[f"doc_id_{end}"]),
                row=pl.int_range(pl.len(), dtype=pl.UInt32),
            ),
            on="doc_id",
            how="left",
            maintain_order="left",
        )
        .get_column("row")
        for end, side in (("old", old), ("new", new))
    ]
    return with_metadata(found, [old, new], rows, metadata, text=text, ends=("old", "new"))


def _matched(before: pl.DataFrame, after: pl.DataFrame, least: float) -> pl.DataFrame:
    """Pairs of versions of one document, in the order of the old corpus."""
    same = before.join(
        after, left_on="doc_id_old", right_on="doc_id_new", how="inner", maintain_order="left", coalesce=False
    ).with_columns(moved=pl.lit(False))
    left = before.join(same, on="doc_id_old", how="anti", maintain_order="left")
    right = after.join(same, on="doc_id_new", how="anti", maintain_order="left")
    found: list[pl.DataFrame] = [same]
    # Texts that stand several times are matched in their order.
    nth_old = left.with_columns(nth=pl.int_range(pl.len()).over("text_old"))
    nth_new = right.with_columns(nth=pl.int_range(pl.len()).over("text_new"))
    exact = nth_old.join(
        nth_new,
        left_on=["text_old", "nth"],
        right_on=["text_new", "nth"],
        how="inner",
        maintain_order="left",
        coalesce=False,
    )
    exact = exact.select("doc_id_old", "text_old", "doc_id_new", "text_new", moved=pl.lit(True))
    found.append(exact)
    left = left.join(exact, on="doc_id_old", how="anti", maintain_order="left")
    right = right.join(exact, on="doc_id_new", how="anti", maintain_order="left")
    if left.height and right.height:
        found.append(_similar(left, right, least))
    order = before.select("doc_id_old", order=pl.int_range(pl.len()))
    joined = pl.concat([frame.select(same.columns) for frame in found])
    return joined.join(order, on="doc_id_old", how="left").sort("order").drop("order")


def _similar(left: pl.DataFrame, right: pl.DataFrame, least: float) -> pl.DataFrame:
    """Documents that are nearly the same, most similar pairs first, each once."""
    both = pl.DataFrame(
        {
            "doc_id": range(left.height + right.height),
            "text": pl.concat([left.get_column("text_old"), right.get_column("text_new").alias("text_old")]),
        }
    )
    letters = both.filter(pl.col("text").str.contains(r"[\p{L}\p{N}]"))
    near = near_duplicates(letters, min_similarity=least, recall=0.99, metadata=False)
    near = near.filter((pl.col("doc_id_1") < left.height) & (pl.col("doc_id_2") >= left.height))
    near = near.sort(["similarity", "doc_id_1", "doc_id_2"], descending=[True, False, False])
    used: set[int] = set()
    rows: list[tuple[int, int]] = []
    for one, other in near.select("doc_id_1", "doc_id_2").iter_rows():
        if one not in used and other not in used:
            used |= {one, other}
            rows.append((one, other - left.height))
    taken = left[[one for one, _ in rows]].hstack(right[[other for _, other in rows]])
    return taken.with_columns(moved=pl.lit(True))


def _passages(
    pairs: pl.DataFrame, removed: pl.DataFrame, added: pl.DataFrame, changes: pl.DataFrame, dtype: pl.DataType
) -> pl.DataFrame:
    kind = (
        pl.when("moved")
        .then(pl.lit("moved"))
        .when(pl.col("char_start_old") == pl.col("char_end_old"))
        .then(pl.lit("added"))
        .when(pl.col("char_start_new") == pl.col("char_end_new"))
        .then(pl.lit("removed"))
        .otherwise(pl.lit("changed"))
    )
    olds = pl.concat([pairs.get_column("doc_id_old"), removed.get_column("doc_id_old")])
    news = pl.concat([pairs.get_column("doc_id_new"), added.get_column("doc_id_new")])
    schema = with_doc_id(DIFF_PASSAGES, dtype)
    return changes.with_columns(
        olds.gather(changes.get_column("row_old")),
        news.gather(changes.get_column("row_new")),
        kind.alias("kind"),
    ).select(schema.names())


def _documents(
    pairs: pl.DataFrame, changes: pl.DataFrame, removed: pl.DataFrame, added: pl.DataFrame, dtype: pl.DataType
) -> pl.DataFrame:
    # A stretch that moved inside its document is one change of it, one that moved between two is one of each.
    numbered = changes.with_columns(change=pl.int_range(pl.len()))
    sides = [
        numbered.select(
            pl.col(f"row_{side}").alias("row"),
            "change",
            (pl.col(f"char_end_{side}") - pl.col(f"char_start_{side}")).alias(what),
        )
        for side, what in (("old", "chars_removed"), ("new", "chars_added"))
    ]
    sums = (
        pl.concat(sides, how="diagonal")
        .group_by("row")
        .agg(
            pl.col("change").n_unique().cast(pl.Int64).alias("changes"),
            pl.col("chars_removed").sum(),
            pl.col("chars_added").sum(),
        )
    )
    matched = (
        pairs.with_columns(row=pl.int_range(pl.len()))
        .join(sums, on="row", how="left", maintain_order="left")
        .with_columns(pl.col("changes", "chars_removed", "chars_added").fill_null(0))
        .with_columns(
            status=pl.when("moved")
            .then(pl.lit("moved"))
            .when(pl.col("changes") > 0)
            .then(pl.lit("changed"))
            .otherwise(pl.lit("unchanged"))
        )
    )
    removed = removed.with_columns(
        status=pl.lit("removed"), chars_removed=pl.col("text_old").str.len_chars().cast(pl.Int64)
    )
    added = added.with_columns(
        status=pl.lit("added"), chars_added=pl.col("text_new").str.len_chars().cast(pl.Int64)
    )
    rank = {status: k for k, status in enumerate(("changed", "moved", "removed", "added", "unchanged"))}
    schema = with_doc_id(DIFF_DOCUMENTS, dtype)
    whole = pl.concat([matched, removed, added], how="diagonal").with_columns(
        chars_old=pl.col("text_old").str.len_chars().fill_null(0).cast(pl.Int64),
        chars_new=pl.col("text_new").str.len_chars().fill_null(0).cast(pl.Int64),
        changes=pl.col("changes").fill_null(0),
        chars_removed=pl.col("chars_removed").fill_null(0),
        chars_added=pl.col("chars_added").fill_null(0),
    )
    total = pl.col("chars_old") + pl.col("chars_new")
    paired = pl.col("status").is_in(["changed", "moved", "unchanged"])
    return (
        whole.with_columns(
            similarity=pl.when(paired & (total > 0))
            .then((total - pl.col("chars_removed") - pl.col("chars_added")) / total)
            .when(paired)
            .then(1.0),
            order=pl.col("status").replace_strict(rank, return_dtype=pl.Int64),
        )
        .sort("order", maintain_order=True)
        .select(schema.names())
        .cast(schema)
    )


def _counts(side: pl.DataFrame, name: str, segmenter: Segmenter) -> pl.DataFrame:
    """Counts, ranks and document frequencies of one version."""
    docs = side.rename({f"doc_id_{name}": "doc_id", f"text_{name}": "text"})
    dfm: Dfm = tokens(docs, segmenter=segmenter, remove_punctuation=True, remove_symbols=True).dfm()
    features = dfm.features.filter(pl.col("count") > 0)
    return features.select(
        "feature",
        pl.col("count").alias(f"count_{name}"),
        pl.col("doc_freq").alias(f"doc_freq_{name}"),
        pl.col("count").rank("min", descending=True).cast(pl.Int64).alias(f"rank_{name}"),
        (pl.col("count") / pl.col("count").sum() * 1e6).alias(f"per_million_{name}"),
    )


def _terms(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    joined = before.join(after, on="feature", how="full", coalesce=True).with_columns(
        pl.col(f"{what}_{side}").fill_null(0)
        for what in ("count", "doc_freq", "per_million")
        for side in ("old", "new")
    )
    joined = joined.with_columns(
        change=pl.col("count_new") - pl.col("count_old"),
        per_million_change=pl.col("per_million_new") - pl.col("per_million_old"),
        rank_change=pl.col("rank_old") - pl.col("rank_new"),
    )
    return (
        joined.filter((pl.col("change") != 0) | (pl.col("rank_change") != 0))
        .sort([pl.col("per_million_change").abs(), pl.col("feature")], descending=[True, False])
        .select(DIFF_TERMS.names())
        .cast(DIFF_TERMS)
    )
