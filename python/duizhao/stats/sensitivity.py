"""Sensitivity: does a finding survive another segmenter, stop list or dictionary?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_level, require_whole, some, warn
from .._base.documents import Documents, frame_of, table_of
from .._base.frames import require_columns
from .._base.groups import groups_of
from .._base.html import shown
from .._base.progress import Progress, counted, reporting
from ..corpus.functions import tokens
from ..corpus.tokens import Tokens
from ..errors import DataError, DataTypeError, ParameterError
from ..text.segmenter import Segmenter
from ._schema import SENSITIVITY, SENSITIVITY_PAIRS
from .keyness import keyness

__all__ = ["Sensitivity", "sensitivity"]


#: Share of common terms below which two variants do not speak of the same units.
_FEW = 0.05


@dataclass(frozen=True)
class Sensitivity:
    """What :func:`sensitivity` found.

    Attributes
    ----------
    terms
        One row a group and term that a variant has among its best ``top``: ``group``, ``term``, ``n_variants`` (that have it), ``score_lowest``,
        ``score_median``, ``score_highest``, ``rank_best``, ``rank_worst`` (1 is the highest score; among the terms of the
        variant), ``sign_agreement`` (share of those variants whose score has the commoner sign; a score of 0 has neither), ``top_share`` (share of *all* variants that have it among
        their best ``top``). Ordered by group, then by ``top_share``, ``n_variants`` and ``score_median`` from high to low, then by term.
    pairs
        One row a group and pair of variants: ``n_common`` (terms in both), ``kendall_tau`` (τ-b of the scores of the common
        terms; null for fewer than two or all tied), ``overlap`` (of the best ``top``, as a share of the longer list), ``rank_biased_overlap`` (of
        the lists down to ``top``, extrapolated), ``sign_agreement`` (of the common terms). In the order of the variants.
    scores
        One row a group, variant and term: ``group``, ``variant``, ``term``, ``score``, ``rank``.
    """

    terms: pl.DataFrame
    pairs: pl.DataFrame
    scores: pl.DataFrame

    def __repr__(self) -> str:
        """Numbers of variants and terms, and how many terms every variant has among its best."""
        variants = self.scores.get_column("variant").n_unique()
        stay = self.terms.filter(pl.col("top_share") == 1).height
        return f"Sensitivity({variants} variants, {self.terms.height:,} terms, {stay:,} among the best of all variants)"

    def _repr_html_(self) -> str:
        return shown(repr(self), {"terms": self.terms, "pairs": self.pairs})


def sensitivity(
    docs: Documents,
    variants: Mapping[str, Segmenter | Mapping[str, Any] | Callable[[Any], Any]],
    *,
    finding: Callable[[Tokens], pl.DataFrame] | None = None,
    by: str | None = None,
    term: str = "feature",
    score: str = "log_likelihood",
    group: str | None = None,
    top: int = 20,
    persistence: float = 0.9,
    progress: Progress = None,
    **options: Any,
) -> Sensitivity:
    """Repeat a finding under several segmentations, stop lists or dictionaries, and say what stays.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text.
    variants
        At least two, by name: a :class:`Segmenter`; a mapping of arguments of :func:`duizhao.tokens` (``segmenter``, ``remove``,
        ``padding`` …); or a function of ``docs`` that returns whatever ``finding`` takes (characters, n-grams, a look-up).
    finding
        A function of the tokens that returns a frame with the columns ``term``, ``score`` and ``group``. By default
        keyness of the groups ``by``, with further ``options`` of :func:`duizhao.keyness`.
    by
        A column of the documents that makes groups, for keyness.
    term, score
        Columns of the finding: what is ranked, and by what, from high to low. Terms without a score are left out.
    group
        Column of the finding within which terms are ranked; ``"target"`` for keyness, else by default none.
    top
        Length of the lists that are compared, at least 1.
    persistence
        The p of rank-biased overlap, between 0 and 1: how likely a reader goes on to the next rank (Webber, Moffat & Zobel 2010).
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call.

    Returns
    -------
    Sensitivity
        The frames ``terms``, ``pairs`` and ``scores``.

    Raises
    ------
    ParameterError, DataTypeError, DataError, MissingColumnError
        Fewer than two variants or variants of another kind; neither or both of ``finding`` and ``by``; a finding without
        the columns or with a term twice in a group.

    Notes
    -----
    A term that a segmentation cuts differently is no term there: ``n_variants`` says so, and overlap falls. That is
    part of the answer, not an error. Kendall's τ-b looks at common terms only.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["加强党建工作，推动党建引领。", "发展经济，推动经济工作。"]})
    >>> found = dz.sensitivity(
    ...     docs, {"hmm": dz.Segmenter(), "no hmm": dz.Segmenter(hmm=False)}, by="doc_id", top=3
    ... )
    >>> found.pairs.select("group", "n_common", "kendall_tau").rows()
    [('a', 9, 1.0), ('b', 9, 1.0)]
    """
    if not isinstance(variants, Mapping):
        raise DataTypeError(
            f"`variants` must be a mapping of names to variants; got {type(variants).__name__}"
        )
    if len(variants) < 2:
        raise ParameterError(f"`variants` must have at least two variants; got {len(variants)}")
    if (finding is None) == (by is None):
        raise ParameterError(
            f"one of `finding` and `by` must be given; got {'neither' if by is None else 'both'}"
        )
    if finding is not None and options:
        raise ParameterError(f"`options` go to keyness, not to `finding`; got {', '.join(options)}")
    top = require_whole(top, argument="top", least=1)
    require_level(persistence, argument="persistence")
    if finding is None:
        group = group or "target"
        if score not in options.get("measures", ()):
            options = {"measures": [score]} | options

        def finding(toks: Tokens) -> pl.DataFrame:
            return keyness(toks.dfm(), by=by, **options)

    if isinstance(docs, pl.LazyFrame) or hasattr(docs, "__arrow_c_stream__"):
        # Read once: some sources cannot be read again, and none should be.
        docs = table_of(docs, "text")
    if by is not None:
        # Once for all variants; documents in no group are on neither side of any comparison.
        docs = frame_of(docs, "text")
        docs = docs.filter(groups_of(docs, by).numbers.is_not_null())
    found = []
    with reporting(progress, "sensitivity", total=len(variants), unit="variants") as report:
        for name, variant in counted(variants.items(), report):
            frame = require_instance(finding(_tokens(docs, name, variant)), pl.DataFrame, argument="finding",
                                     allowed="a function that returns a polars DataFrame")  # fmt: skip
            found.append(_ranked(frame, str(name), term, score, group))
    scores = pl.concat(found)
    _warn_strangers(scores)
    names = [str(name) for name in variants]
    return Sensitivity(
        terms=_terms(scores, len(names), top), pairs=_pairs(scores, names, top, persistence), scores=scores
    )


def _warn_strangers(scores: pl.DataFrame) -> None:
    """Warn of variants that have (almost) no term with another one: words against n-grams, say, or other names of groups."""
    terms = {
        str(name): set(part.select("group", "term").iter_rows())
        for (name,), part in scores.group_by("variant", maintain_order=True)
    }
    for name, own in terms.items():
        shares = [
            len(own & other) / min(len(own), len(other)) for n, other in terms.items() if n != name and other
        ]
        if own and shares and max(shares) < _FEW:
            warn(
                f"the variant {name!r} shares fewer than {_FEW:.0%} of its terms with any other: words beside n-grams or other "
                f"units cannot be compared term by term; its terms are such as {some(sorted(t for _, t in own), 3)}"
            )


def _tokens(docs: Any, name: object, variant: Any) -> Any:
    if isinstance(variant, Segmenter):
        return tokens(docs, segmenter=variant)
    if isinstance(variant, Mapping):
        return tokens(docs, **variant)
    if callable(variant):
        return variant(docs)
    raise DataTypeError(
        f"`variants[{name!r}]` must be a Segmenter, arguments of tokens or a function; got {type(variant).__name__}"
    )


def _ranked(frame: pl.DataFrame, variant: str, term: str, score: str, group: str | None) -> pl.DataFrame:
    """The terms of a variant with their rank in their group; equal scores share the least rank."""
    require_columns(frame, term, score, *([group] if group else []), argument="finding")
    if not frame.get_column(score).dtype.is_numeric():
        raise DataTypeError(f"column {score!r} of `finding` must be of numbers; got {frame[score].dtype}")
    ranked = frame.select(
        (pl.col(group).cast(pl.String) if group else pl.lit("all")).alias("group"),
        pl.lit(variant).alias("variant"),
        pl.col(term).cast(pl.String).alias("term"),
        pl.col(score).cast(pl.Float64).alias("score"),
    ).filter(pl.col("score").is_not_null() & pl.col("score").is_not_nan())
    if ranked.select("group", "term").is_duplicated().any():
        raise DataError(
            f"`finding` must have each {term!r} once in a group; some are there twice ({variant!r})"
        )
    return ranked.with_columns(
        pl.col("score").rank("min", descending=True).over("group").cast(pl.Int64).alias("rank")
    ).sort("group", "rank", "term")


def _best(scores: pl.DataFrame, top: int) -> pl.DataFrame:
    """The best ``top`` of each variant, ties by term."""
    return (
        scores.sort("group", "variant", "rank", "term")
        .group_by("group", "variant", maintain_order=True)
        .head(top)
    )


def _terms(scores: pl.DataFrame, n: int, top: int) -> pl.DataFrame:
    among = _best(scores, top).group_by("group", "term").len("n_top")
    sign = pl.col("score").sign()
    return (
        scores.join(among.select("group", "term"), on=["group", "term"], how="semi")
        .group_by("group", "term")
        .agg(
            n_variants=pl.len().cast(pl.Int64),
            score_lowest=pl.col("score").min(),
            score_median=pl.col("score").median(),
            score_highest=pl.col("score").max(),
            rank_best=pl.col("rank").min(),
            rank_worst=pl.col("rank").max(),
            sign_agreement=pl.max_horizontal((sign > 0).sum(), (sign < 0).sum()) / pl.len(),
        )
        .join(among, on=["group", "term"])
        .with_columns(top_share=pl.col("n_top") / n)
        .sort(
            "group",
            "top_share",
            "n_variants",
            "score_median",
            "term",
            descending=[False, True, True, True, False],
        )
        .select(SENSITIVITY.names())
        .cast(SENSITIVITY)
    )


def _pairs(scores: pl.DataFrame, names: list[str], top: int, persistence: float) -> pl.DataFrame:
    # Terms as numbers: the kernels of ranks know no words.
    scores = scores.with_columns(pl.col("term").rank("dense").cast(pl.UInt32))
    best = _best(scores, top)
    rows = []
    for group in scores.get_column("group").unique().sort().to_list():
        here, leading = scores.filter(group=group), best.filter(group=group)
        of = {name: here.filter(variant=name).select("term", "score") for name in names}
        lists = {name: leading.filter(variant=name).get_column("term") for name in names}
        for one, other in combinations(names, 2):
            common = of[one].join(of[other], on="term").select(x="score", y="score_right")
            a, b = lists[one], lists[other]
            longer = max(a.len(), b.len())
            rows.append({
                "group": group,
                "variant_1": one,
                "variant_2": other,
                "n_common": common.height,
                "kendall_tau": _core.kendall_tau(common["x"], common["y"]),
                "overlap": a.is_in(b.implode()).sum() / longer if longer else None,
                "rank_biased_overlap": _core.rank_biased_overlap(a, b, float(persistence)),
                "sign_agreement": common.select((pl.col("x").sign() == pl.col("y").sign()).mean()).item(),
            })  # fmt: skip
    return pl.DataFrame(rows, schema=SENSITIVITY_PAIRS)
