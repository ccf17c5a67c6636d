"""What a comparison found: its frames, and the rows of them that a page shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from .._base.checks import require_word
from .._base.html import shown
from ..corpus._schema import TFIDF
from ..discourse._schema import CLAIMS, SLOGANS
from ..reuse._schema import REUSE_PAIRS, TEXT_REUSE
from .options import Choices, Options, facts

#: Group of documents whose value in the column ``by`` is null; it comes last and is on neither side of a comparison.
MISSING: Final = "(missing)"


#: Log-likelihood from which a key term is shown: chi-squared with one degree of freedom at p = 0.05.
NOTABLE: Final = 3.84


#: The documents of a comparison, ordered by group and ``doc_id``; metadata columns follow.
DOCUMENTS: Final = pl.Schema(
    {
        "doc_id": pl.String(),
        "group": pl.String(),
        "title": pl.String(),
        "path": pl.String(),
        "encoding": pl.String(),
        "characters_raw": pl.Int64(),
        "characters": pl.Int64(),
        "tokens": pl.Int64(),
        "types": pl.Int64(),
        "damage": pl.Int64(),
        "edits": pl.Int64(),
    }
)


#: ``Comparison.kwic``: at most so many lines a word, one from each document first; ``n`` and ``n_docs`` count all.
KWIC: Final = pl.Schema(
    {
        "word": pl.String(),
        "doc_id": pl.String(),
        "char_start": pl.Int64(),
        "char_end": pl.Int64(),
        "left": pl.String(),
        "keyword": pl.String(),
        "right": pl.String(),
        "n": pl.Int64(),
        "n_docs": pl.Int64(),
    }
)


#: ``Comparison.tfidf_groups``: as ``dz.tfidf``, with the group as the document.
TFIDF_GROUPS: Final = pl.Schema(
    {("group" if name == "doc_id" else name): dtype for name, dtype in TFIDF.items()}
)


@dataclass(frozen=True)
class Comparison:
    """What a comparison found; made by :func:`compare`, shown by :func:`duizhao.report`.

    All frames are plain polars frames with fixed columns, in a documented order of rows. Where documents come from files with
    pages, paragraphs or cells, the frames of places (repairs, kwic, claims, slogans, passages) have the column ``part`` of
    :func:`duizhao.locate` behind them (``part_1``, ``part_2``).

    Attributes
    ----------
    options
        What was asked for: the arguments of :func:`compare` as attributes.
    by
        The column that made the groups; None if each document is its own group.
    groups
        Names of the groups, sorted; ``(missing)``, if there is one, last.
    documents
        One row a document (:data:`DOCUMENTS`, then metadata), ordered by group and ``doc_id``.
    texts
        ``doc_id``, ``text`` (cleaned) and ``raw_text`` in the same order.
    repairs
        As ``dz.repairs``.
    features
        All words with ``count`` and ``doc_freq``.
    keyness
        As ``dz.keyness``, each group against the rest; ordered by group, then by signed log-likelihood, descending.
    tfidf, tfidf_groups
        As ``dz.tfidf``, for documents and for groups (empty without groups), the highest score of each first.
    nodes
        Words whose neighbours were looked at.
    associations
        As ``dz.associations`` for these nodes.
    links
        As ``dz.associations``, for the strongest collocates of the nodes among themselves, each pair once.
    similarity
        Pairs of documents with their cosine, each pair once.
    kwic
        Concordance lines of all words that a page shows (:data:`KWIC`).
    claims, slogans
        As ``dz.claims`` and ``dz.slogans``; empty if left out.
    passages, reuse_pairs
        As ``dz.text_reuse`` and ``dz.reuse_pairs``; empty if left out.
    choices
        What the run chose by itself: nodes, how many rows are kept, how passages were looked for.
    """

    options: Options
    by: str | None
    groups: tuple[str, ...]
    documents: pl.DataFrame
    texts: pl.DataFrame
    repairs: pl.DataFrame
    features: pl.DataFrame
    keyness: pl.DataFrame
    tfidf: pl.DataFrame
    tfidf_groups: pl.DataFrame
    nodes: tuple[str, ...]
    associations: pl.DataFrame
    links: pl.DataFrame
    similarity: pl.DataFrame
    kwic: pl.DataFrame
    claims: pl.DataFrame = field(default_factory=CLAIMS.to_frame)
    slogans: pl.DataFrame = field(default_factory=SLOGANS.to_frame)
    passages: pl.DataFrame = field(default_factory=TEXT_REUSE.to_frame)
    reuse_pairs: pl.DataFrame = field(default_factory=REUSE_PAIRS.to_frame)
    choices: Choices = field(default_factory=Choices)

    def __repr__(self) -> str:
        """Sizes, not contents."""
        by = f", by={self.by!r}" if self.by else ""
        return f"Comparison({self.documents.height} documents, {len(self.groups)} groups{by}, {self.features.height} types)"

    def _repr_html_(self) -> str:
        columns = ["group", "doc_id", "title", "characters", "tokens", "types", "edits"]
        tables = {"documents": self.documents.select(columns)}
        if len(self.compared) > 1:
            terms = [self.key_terms(group).head(3) for group in self.compared[:12]]
            key = ["target", "feature", "count_target", "count_reference", "log_likelihood", "log_ratio"]
            tables["key terms, three a group"] = pl.concat(terms).select(key)
        return shown(repr(self), tables, rows=36)

    def facts(self) -> dict[str, Any]:
        """Return everything that the result depends on, by name, as a manifest and a page show it."""
        return facts(self.options, self.choices)

    def with_frames(self, **frames: Any) -> Comparison:
        """Return a copy with other frames."""
        return replace(self, **frames)

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return all frames by name, as they are written beside the page."""
        frames = {
            "documents": self.documents,
            "texts": self.texts,
            "repairs": self.repairs,
            "features": self.features,
            "keyness": self.keyness,
            "tfidf": self.tfidf,
            "associations": self.associations,
            "links": self.links,
            "similarity": self.similarity,
            "kwic": self.kwic,
        }
        if self.by is not None:
            frames["tfidf_groups"] = self.tfidf_groups
        without = self.options.without
        if "claims" not in without:
            frames["claims"] = self.claims
        if "slogans" not in without:
            frames["slogans"] = self.slogans
        if "reuse" not in without:
            frames["passages"], frames["reuse_pairs"] = self.passages, self.reuse_pairs
        return frames

    @property
    def compared(self) -> tuple[str, ...]:
        """The groups that are compared with each other: all but ``(missing)``."""
        return self.groups if self.by is None else tuple(group for group in self.groups if group != MISSING)

    def key_terms(self, group: str) -> pl.DataFrame:
        """Return the rows of ``keyness`` that a page shows for a group: over-used words first, then under-used ones.

        A word must have ``min_chars`` characters, an absolute log-likelihood of at least 3.84 (p below 0.05 before adjustment)
        and, on the side where it is more frequent, ``min_count`` occurrences in enough documents (:func:`documents_needed`).

        Raises
        ------
        ParameterError
            A name that is none of :attr:`compared`.
        """
        require_word(group, self.compared, argument="group")
        options = self.options
        size = self.documents.filter(pl.col("group") == group).height
        others = self.documents.filter((pl.col("group") != group) & (pl.col("group") != MISSING)).height
        rows = self.keyness.filter(
            (pl.col("target") == group)
            & (pl.col("log_likelihood").abs() >= NOTABLE)
            & (pl.col("feature").str.len_chars() >= options.min_chars)
            & is_word("feature")
        )

        def frequent(side: str, documents: int) -> pl.Expr:
            return (pl.col(f"count_{side}") >= options.min_count) & (
                pl.col(f"doc_freq_{side}") >= documents_needed(documents, options.min_doc_freq)
            )

        top = options.top
        more = rows.filter((pl.col("log_likelihood") > 0) & frequent("target", size))
        less = rows.filter((pl.col("log_likelihood") < 0) & frequent("reference", others))
        return pl.concat(
            [
                more.sort(["log_likelihood", "feature"], descending=[True, False]).head(top),
                less.sort(["log_likelihood", "feature"]).head(top // 2).reverse(),
            ]
        )

    def collocates(self, node: str) -> pl.DataFrame:
        """Return the rows of ``associations`` that a network of the node shows, the strongest (by logDice) first."""
        return strongest(self.associations.filter(pl.col("node") == node), self.options)

    def side_links(self, node: str) -> pl.DataFrame:
        """Return the strongest rows of ``links`` between the collocates that a network of the node shows."""
        words = self.collocates(node)["collocate"].to_list()
        return (
            self.links.filter(
                pl.col("node").is_in(words)
                & pl.col("collocate").is_in(words)
                & (pl.col("count") >= self.options.min_count)
                & pl.col("log_dice").is_not_null()
            )
            .sort(["log_dice", "node", "collocate"], descending=[True, False, False])
            .head(2 * len(words))
        )


def documents_needed(documents: int, min_doc_freq: int | None) -> int:
    """Return in how many of a group's documents a word must stand to be shown as a key term.

    By default in half of them, but never in less than two (if there are two) nor asked of more than ten: a word of one
    document, however frequent, says something about that document and not about the group.

    >>> [documents_needed(n, None) for n in (1, 2, 3, 10, 300)], documents_needed(3, 5)
    ([1, 2, 2, 5, 10], 3)
    """
    if min_doc_freq is not None:
        return min(min_doc_freq, documents)
    return min(max((documents + 1) // 2, min(documents, 2)), 10)


def strongest(associations: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Return the collocates of one node that are shown: words, together often and more often than by chance, by logDice."""
    return (
        associations.filter(
            (pl.col("count") >= options.min_count)
            & (pl.col("collocate") != pl.col("node"))
            & (pl.col("collocate").str.len_chars() >= options.min_chars)
            & is_word("collocate")
            & (pl.col("log_likelihood") > 0)
            & pl.col("log_dice").is_not_null()
        )
        .sort(["log_dice", "collocate"], descending=[True, False])
        .head(options.top)
    )


def is_word(column: str) -> pl.Expr:
    """Return whether a feature holds a letter or a Chinese character: not only digits, punctuation and space."""
    return pl.col(column).str.contains(r"[\p{L}]")
