"""Associations: what stands next to a node more often than by chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from .. import _core
from .._base.checks import did_you_mean, require_instance, require_whole, some
from .._base.inference import Drawing, Inference, drawing, require_inference
from .._base.progress import Progress, counted, reporting
from ..corpus.fcm import Fcm
from ..corpus.patterns import parts_of
from ..corpus.tokens import Tokens
from ..errors import DataTypeError, ParameterError
from ._schema import ASSOCIATIONS
from .measures import Adjustment, Measure, check_adjustment, check_measures

__all__ = ["associations"]


def associations(
    fcm: Fcm,
    node: str | Iterable[str] | None = None,
    *,
    measures: Measure | Sequence[Measure] = ("npmi", "log_dice", "log_likelihood"),
    min_count: int = 1,
    adjust: Adjustment | None = "bh",
    tokens: Tokens | None = None,
    inference: Inference | bool | None = None,
    progress: Progress = None,
) -> pl.DataFrame:
    """Score the pairs of a feature co-occurrence matrix.

    All four sums of a pair's table come from one sample. For frequency counts that is the pair of tokens:
    an unordered pair is looked at from both ends, so ``count_node`` is the number of pair ends that the
    node fills, ``n_pairs`` twice the number of pairs, and ``count`` the number of pairs of the two (twice
    that for a feature with itself); an ordered pair has the node first, the collocate second. For boolean
    counts the sample is the document, paragraph or sentence. Sums are those of the whole text, also after
    ``fcm.select``. See ``docs/statistics/measures.md``.

    Parameters
    ----------
    fcm
        Counts of pairs (``count="frequency"`` or ``"boolean"``; not weighted).
    node
        One or more features; ``None`` for every pair once (of an unordered pair, the feature that is first
        in code-point order is the node).
    measures
        One or more words of :func:`duizhao.measures`; the first orders the rows.
    min_count
        Least ``count``; pairs that do not occur are never listed.
    adjust
        Correction of the p-values for the number of pairs listed of a node (without ``node``: of the
        frame): ``"bh"``, ``"holm"``, ``"bonferroni"``, or ``None`` for no such column.
    tokens
        Those that the matrix was counted from; inference needs them.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        An interval of each measure that is no test, from documents drawn again, the table of each pair being added
        up anew; no labels are compared, so there are no permutations. Needs ``tokens``, ``node``, and frequencies
        of unordered pairs in a window.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        nodes whose intervals are known.

    Returns
    -------
    polars.DataFrame
        One row a pair: ``node``, ``collocate``, ``count``, ``count_node``, ``count_collocate``,
        ``n_pairs``, ``table`` (what the counts were taken from, such as ``pairs of tokens, window of 5 within
        sentence`` or ``documents``; see ``docs/statistics/associations.md``), ``expected``; then for each measure its score (null: undefined) and for tests
        ``<measure>_log_p``, ``<measure>_p``, ``<measure>_p_adjusted``; with resamples, ``<measure>_bootstrap_low``
        and ``<measure>_bootstrap_high`` (null for fewer than three documents with a
        pair, and where fewer than two replicates have a score or all have the same). Ordered by node (in the order named,
        else of code points), then by the first measure from high to low, then by collocate. Boolean counts
        do not say how often a feature stands beside itself; such pairs are left out there.

    Raises
    ------
    ParameterError
        Resamples without ``tokens`` or ``node``, or for another kind of matrix.
        An unknown measure or correction, a node that is not a feature, a negative ``min_count``.
    DataTypeError
        Something else than an Fcm of counts.
    DataError
        ``tokens`` that the matrix was not counted from.

    Examples
    --------
    >>> import duizhao as dz
    >>> words = [["党建", "引领", "基层"], ["党建", "引领", "经济"], ["经济", "发展", "党建"]]
    >>> words.append(["经济", "发展"])
    >>> fcm = dz.fcm(dz.tokens(words), context="document")
    >>> near = dz.associations(fcm, "党建", measures=["npmi", "log_dice"])
    >>> near.select("collocate", "count", "count_collocate", pl.col("npmi").round(3)).rows()
    [('引领', 2, 4, 0.222), ('基层', 1, 2, 0.171), ('经济', 2, 5, 0.125), ('发展', 1, 3, 0.035)]
    """
    require_instance(fcm, Fcm, argument="fcm", allowed="an Fcm")
    if not isinstance(fcm._core, _core.Fcm):
        raise DataTypeError("`fcm` must hold counts (`count='frequency'` or `'boolean'`); got weights")
    words, correction = check_measures(measures), check_adjustment(adjust)
    least = require_whole(min_count, argument="min_count", least=0)
    names = fcm.features.get_column("feature")
    nodes = None if node is None else _ids(names, node)
    wanted = require_inference(inference, without={"permutations": "associations compare no documents"})
    how = _drawing(wanted, nodes, tokens)
    found = _core.associations(fcm._core, nodes, words, least, correction)
    if how is not None and tokens is not None and nodes is not None:
        has_p = dict(
            _core.registry(["significance", "effect", "association"]).select("measure", "has_p").iter_rows()
        )
        with reporting(progress, "associations", total=len(nodes), unit="nodes") as report:
            blocks = [
                _core.association_intervals(
                    tokens._core,
                    fcm._core,
                    node_id,
                    found.filter(pl.col("node") == node_id).get_column("collocate"),
                    measures=[word for word in words if not has_p[word]],
                    inference=how,
                )
                for node_id in counted(nodes, report)
            ]
        if blocks:
            found = found.hstack(pl.concat(blocks))
    named = found.with_columns(
        names.gather(found.get_column(side)).alias(side) for side in ("node", "collocate")
    ).with_columns(pl.lit(_table(fcm.options), dtype=pl.String).alias("table"))
    fixed = ASSOCIATIONS.names()
    return named.select(*fixed, pl.exclude(fixed))


def _drawing(inference: Inference, nodes: pl.Series | None, tokens: Tokens | None) -> Drawing | None:
    """What is drawn of the documents of the tokens; None where nothing is."""
    if tokens is not None:
        require_instance(tokens, Tokens, argument="tokens", allowed="a Tokens")
    if not inference.resamples:
        return None
    if nodes is None or tokens is None:
        lacking = "node" if nodes is None else "tokens"
        raise ParameterError(
            f"`{lacking}` must be given for an interval over documents (`inference`); got None"
        )
    return drawing(inference, tokens.documents)


def _table(options: Mapping[str, Any]) -> str:
    """What was counted, in words."""
    unit, window = options["unit"], options["window"]
    if options["counting"] == "boolean":
        pair = f", pair in a window of {window}" if window else ""
        return f"{unit}s{pair}" if not options["ordered"] else f"{unit}s{pair}, ordered"
    pairs = "ordered pairs of tokens" if options["ordered"] else "pairs of tokens"
    return f"{pairs}, window of {window} within {unit}" if window else f"{pairs} within {unit}"


def _ids(names: pl.Series, node: str | Iterable[str]) -> pl.Series:
    """Numbers of the features named, in the order named."""
    given = [node] if isinstance(node, str) or not isinstance(node, Iterable) else list(node)
    for word in given:
        if not isinstance(word, str):
            raise DataTypeError(f"`node` must be a feature or several; got {type(word).__name__}")
    wanted = list(dict.fromkeys(given))
    ids = {name: number for number, name in enumerate(names)}
    missing = [word for word in wanted if word not in ids]
    if missing:
        raise ParameterError(
            f"`node` must be among the {len(ids):,} features; got {some(missing)}"
            f"{parts_of(missing[0], ids) or did_you_mean(missing[0], ids)}"
        )
    return pl.Series([ids[word] for word in wanted], dtype=pl.UInt32)
