"""Zeta: words that stand in many slices of one side and in few of the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_whole, warn
from .._base.groups import canonical_order
from .._base.inference import Inference, drawing, require_inference
from .._base.progress import Progress
from ..corpus.tokens import Tokens
from ._schema import ZETA
from .keyness import sides_of
from .measures import Adjustment, check_adjustment

__all__ = ["zeta"]


def zeta(
    tokens: Tokens,
    *,
    target: pl.Expr | str | Iterable[Any],
    reference: pl.Expr | str | Iterable[Any] | None = None,
    segment: int,
    min_segments: int = 2,
    inference: Inference | bool | None = None,
    adjust: Adjustment | None = "bh",
    progress: Progress = None,
) -> pl.DataFrame:
    """Compare a target with a reference by the share of slices of equal length in which a word stands.

    A word that one document repeats a hundred times fills a few slices; a word that the target uses
    throughout fills most. Zeta finds the second kind, of middling frequency.

    Parameters
    ----------
    tokens
        Tokens. Removed tokens that kept their place are not counted.
    target, reference
        As in :func:`duizhao.keyness`.
    segment
        Tokens of a slice. Slices are cut within documents from their beginning; the rest of a document that
        fills none is left out, with a warning that says how many documents have no slice at all. There is no
        default: the length drives the result, so try several.
    min_segments
        Slices of both sides together that a word needs.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
    adjust
        Correction of the p-values for the number of rows: ``"bh"``, ``"holm"``, ``"bonferroni"`` or ``None``.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call.

    Returns
    -------
    polars.DataFrame
        One row a word: ``feature``, ``segments_target``, ``segments_reference`` (slices that hold it),
        ``share_target``, ``share_reference`` (of the slices of a side, 0 to 1), ``zeta`` (the first share
        less the second, -1 to 1; positive: more in the target), ``zeta_eder`` (the same over their sum, -1 to
        1), ``zeta_bootstrap_low``, ``zeta_bootstrap_high`` (over documents), ``zeta_permutation_p``,
        ``zeta_permutation_p_adjusted``. From the greatest zeta down, ties in code-point order.

    Raises
    ------
    DataTypeError, ParameterError, DataError, MissingColumnError, NoDocumentsError
        Something else than Tokens; a number out of range; a `segment` longer than all documents of a side;
        sides as for :func:`duizhao.keyness`.

    Notes
    -----
    Burrows, J. (2007). *Literary and Linguistic Computing* 22(1), 27-47. Craig, H. & Kinney, A. F. (2009).
    *Shakespeare, computers, and the mystery of authorship*: their figure is 1 + ``zeta``. ``zeta_eder`` is
    the variant of M. Eder in the package stylo, which raises rare words. Schöch and others (2018, *DH 2018*)
    compare variants.

    Examples
    --------
    >>> import duizhao as dz
    >>> tokens = dz.tokens([["党建", "引领"] * 4, ["经济", "发展", "党建", "工作"] * 2])
    >>> found = dz.zeta(tokens, target="doc1", segment=2)
    >>> found.select("feature", "share_target", "share_reference", "zeta").rows()[0]
    ('引领', 1.0, 0.0, 1.0)
    """
    require_instance(tokens, Tokens, argument="tokens", allowed="dz.Tokens")
    segment = require_whole(segment, argument="segment", least=1)
    min_segments = require_whole(min_segments, argument="min_segments", least=1)
    check_adjustment(adjust)
    documents = tokens.documents
    wanted = require_inference(inference)
    drawing(wanted, documents)
    sides, _ = sides_of(documents, target, reference)
    # In the order of `doc_id`, so that no draw depends on how documents are stored.
    order = canonical_order(documents)
    order = order.filter(sides.gather(order).is_not_null())
    kept = tokens._core.select_documents(order.to_list())
    chosen = documents[order.to_list()]
    if not chosen.height:
        return pl.DataFrame(schema=ZETA)
    found, n_slices = _core.zeta_frame(
        kept, (1 - sides.gather(order).cast(pl.Int64)).to_list(), segment=segment, least=min_segments,
        inference=drawing(wanted, chosen, sorted=True), progress=progress,
    )  # fmt: skip
    without = sum(n == 0 for n in n_slices)
    if without:
        warn(
            f"{without} of {len(n_slices)} documents have fewer than {segment} tokens (`segment`) and are left out",
        )
    sizes = [0, 0]
    for n, side in zip(n_slices, sides.gather(order), strict=True):
        sizes[side] += n
    p = found.get_column("zeta_permutation_p")
    return (
        found.with_columns(
            kept.types().gather(found.get_column("feature")).alias("feature"),
            (pl.col("segments_target") / sizes[1]).alias("share_target"),
            (pl.col("segments_reference") / sizes[0]).alias("share_reference"),
            (p if adjust is None else _core.adjust_p(p, adjust)).alias("zeta_permutation_p_adjusted"),
        )
        .sort("zeta", "feature", descending=[True, False])
        .select(ZETA.names())
        .cast(ZETA)
    )
