"""Means of what was measured in each document, by group, with inference over documents."""

from __future__ import annotations

import polars as pl

from .. import _core
from .._base.groups import canonical_order, group_numbers
from .._base.inference import Inference, drawing, require_inference
from .._base.metadata import Metadata, with_group_metadata
from .._base.progress import Progress, reporting
from ._schema import GROUP_MEANS

#: Why nothing can be compared where there are no groups.
_NO_GROUPS = "without `by` there is nothing to compare"


def inference_of_means(inference: object, by: object, *, resamples: str | None) -> Inference:
    """What means over documents can do: everything with ``by``; without, what ``resamples`` does not speak against."""
    if by is not None:
        return require_inference(inference)
    without = {"permutations": _NO_GROUPS, "blocks": _NO_GROUPS}
    return require_inference(
        inference, without=without if resamples is None else {**without, "resamples": resamples}
    )


def group_means(
    values: pl.DataFrame,
    documents: pl.DataFrame,
    by: str | pl.Expr,
    *,
    inference: Inference,
    adjust: str | None,
    metadata: Metadata,
    text: str = "text",
    progress: Progress,
) -> pl.DataFrame:
    """One row a group and column of ``values``, which has one row a document; then the metadata of the group."""
    groups, names = group_numbers(documents, by)
    order = canonical_order(documents)
    # Draws and sums in the order of ``doc_id``: the result does not depend on how documents are stored.
    order = order.filter(groups.gather(order).is_not_null())
    chosen = documents[order.to_list()]
    how = drawing(inference, chosen, sorted=True)
    with reporting(progress, "means of groups", total=len(names) * values.width, unit="means") as report:
        found = _core.group_means(
            values.cast(pl.Float64)[order.to_list()], groups.gather(order), len(names),
            inference=how, adjust=adjust, progress=report,
        )  # fmt: skip
    fixed = found.with_columns(
        pl.Series("group", names, dtype=pl.String).gather(found.get_column("group")),
        pl.Series("measure", values.columns, dtype=pl.String).gather(found.get_column("measure")),
    ).select(GROUP_MEANS.names())
    return with_group_metadata(fixed, documents, groups, found.get_column("group"), metadata, text=text)
