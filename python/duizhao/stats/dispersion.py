"""Dispersion: how evenly features are spread over documents, groups or slices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_whole, require_word
from .._base.groups import canonical_order, group_numbers, numbers
from .._base.inference import Inference, drawing, require_inference
from .._base.progress import Progress
from ..corpus.dfm import Dfm
from ..corpus.tokens import Tokens
from ..errors import DataTypeError, ParameterError
from ._schema import DISPERSION

__all__ = ["DispersionMeasure", "PartSizes", "dispersion"]

#: A word for each measure, in the order of ``docs/statistics/dispersion.md``.
DispersionMeasure: TypeAlias = Literal[
    "relative_range",
    "idf",
    "variation_coefficient",
    "juilland_d",
    "carroll_d2",
    "rosengren_s",
    "lyne_d3",
    "zhang_dc",
    "gries_dp",
    "gries_dp_norm",
    "kl_divergence",
    "arf",
    "awt",
    "ald",
    "f_awt",
    "f_ald",
    "juilland_u",
    "carroll_um",
    "rosengren_kf",
    "engwall_fm",
    "kromer_ur",
]

#: Shares of the parts: as they are, or each 1/n.
PartSizes: TypeAlias = Literal["true", "equal"]


def dispersion(
    docs: Tokens | Dfm,
    measures: DispersionMeasure | Sequence[DispersionMeasure] = (
        "relative_range",
        "gries_dp",
        "gries_dp_norm",
        "kl_divergence",
        "juilland_d",
        "carroll_d2",
        "rosengren_s",
    ),
    *,
    by: str | pl.Expr | None = None,
    parts: int | None = None,
    part_sizes: PartSizes = "true",
    min_count: int = 1,
    inference: Inference | bool | None = None,
    progress: Progress = None,
) -> pl.DataFrame:
    """How evenly each feature is spread over the parts of a corpus.

    The parts are the documents, groups of documents (`by`), or slices of equal length of all tokens
    (`parts`). Documents and groups without tokens are no parts.

    Parameters
    ----------
    docs
        Tokens or counts. The size of a part is its number of tokens here, so what was removed before does not
        count.
    measures
        One or more words of ``dz.measures("dispersion")``. Those by distances read the documents as one text in
        the given order, its end joined to its beginning, and need tokens; removed tokens that kept their place
        (padding) count as distance.
    by
        A column of the documents, or an expression over it: the groups are the parts. Documents without a value
        are left out of parts and counts.
    parts
        A number of slices of all tokens in the order of the documents, which differ by at most one token;
        needs tokens.
    part_sizes
        ``"true"``: measures take the parts' true shares of the tokens; ``"equal"``: each part has the share
        1/n and counts are compared as they are, as in Wordless and in textbooks with parts of equal size.
    min_count
        Least count of a feature.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        An interval of each measure by parts, from documents drawn again (with `by` within each group); nothing is
        compared, so there are no permutations. Not with `parts`.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps
        are features.

    Returns
    -------
    polars.DataFrame
        One row a feature, by count from high to low, then in code-point order: ``feature``, ``count``,
        ``range`` (parts that have it), ``n_parts``, then a column a measure and with resamples
        ``<measure>_bootstrap_low`` and ``<measure>_bootstrap_high`` (null for measures by distances). Null: undefined, such as
        Juilland's D in a corpus of one part. Read every measure beside the count: a feature that occurs once
        is in one part whatever its nature.

    Raises
    ------
    ParameterError
        An unknown measure; a measure by distances or `parts` with a dfm; `by` and `parts` together; more
        slices than tokens; inference with `parts`; a number outside its domain.
    MissingColumnError, DataTypeError
        No such column; neither tokens nor counts.

    Examples
    --------
    >>> import duizhao as dz
    >>> toks = dz.tokens([["党建"] * 2 + ["调研"] * 2, ["党建"] * 2 + ["渔业"] * 2])
    >>> found = dz.dispersion(toks, ["gries_dp", "gries_dp_norm", "arf"])
    >>> found.select("feature", "count", "range", "gries_dp", "gries_dp_norm", "arf").rows()[:2]
    [('党建', 4, 2, 0.0, 0.0, 3.0), ('渔业', 2, 1, 0.5, 1.0, 1.25)]
    >>> dz.dispersion(toks, "gries_dp", parts=4)["gries_dp"].to_list()
    [0.5, 0.75, 0.75]
    """
    if not isinstance(docs, (Tokens, Dfm)):
        raise DataTypeError(f"`docs` must be Tokens or a Dfm of counts; got {type(docs).__name__}")
    words = _measures(measures)
    require_word(part_sizes, get_args(PartSizes), argument="part_sizes")
    least = require_whole(min_count, argument="min_count", least=1)
    without = {"permutations": "dispersion compares no documents"}
    if parts is not None:
        without |= dict.fromkeys(("resamples", "blocks"), "slices (`parts`) are no documents")
    wanted = require_inference(inference, without=without)
    drawing(wanted, docs.documents)
    toks = docs if isinstance(docs, Tokens) else None
    if toks is None:
        registry = _core.registry(["dispersion"])
        by_distances = set(registry.filter(pl.col("needs") == "distances")["measure"])
        if by_distances & set(words):
            raise ParameterError(
                "`measures` by distances need Tokens, since a Dfm has no order; "
                f"got {', '.join(w for w in words if w in by_distances)} for a Dfm"
            )
    matrix = core_tokens = groups = None
    how = drawing(Inference(permutations=0, resamples=0), docs.documents, sorted=True)
    if parts is not None:
        parts = require_whole(parts, argument="parts", least=1)
        if by is not None:
            raise ParameterError("one of `by` and `parts` must be None; got both")
        if toks is None:
            raise ParameterError("`parts` must be None for a Dfm, which has no order; got a number")
        core_tokens = toks._core
    else:
        if by is not None:
            groups, _ = group_numbers(docs.documents, by)
            if groups.null_count():
                kept = groups.is_not_null().arg_true()
                if isinstance(docs, Tokens):
                    docs = toks = docs._pick(kept.to_list())
                else:
                    docs = docs._rows(kept)
                groups = groups.drop_nulls()
        counts = docs.dfm() if isinstance(docs, Tokens) else docs
        # Draws and sums in the order of ``doc_id``: the result does not depend on how documents are stored.
        order = canonical_order(counts.documents)
        matrix = counts._core.select_documents(numbers(order))
        how = drawing(wanted, counts.documents[order.to_list()], sorted=True)
        groups = None if groups is None else groups.gather(order)
        core_tokens = None if toks is None else toks._core
    found = _core.dispersion(
        matrix,
        core_tokens,
        groups=groups,
        parts=parts,
        options={
            "measures": words,
            "min_count": least,
            "equal_sizes": part_sizes == "equal",
            "inference": how,
        },
        progress=progress,
    )
    return found.select(*DISPERSION.names(), pl.exclude(DISPERSION.names()))


def _measures(measures: str | Sequence[str]) -> list[str]:
    """The measures as a list of known, distinct words."""
    if not isinstance(measures, (str, Iterable)):
        require_word(measures, get_args(DispersionMeasure), argument="measures")
    words = [measures] if isinstance(measures, str) else list(measures)
    for word in words:
        require_word(word, get_args(DispersionMeasure), argument="measures")
    if not words:
        raise ParameterError("`measures` must have at least one measure; got none")
    if len(set(words)) < len(words):
        raise ParameterError(f"`measures` must be distinct; got {words!r}")
    return words
