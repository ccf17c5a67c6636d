"""The main job: documents in, the frames of a comparison out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal

import polars as pl

from .._base.documents import Documents, frame_of
from .._base.frames import require_columns, require_text
from .._base.progress import Progress, Stages, reporting
from ..errors import DataTypeError, NoDocumentsError
from ..text.clean import Script
from .comparison import Comparison
from .options import Options
from .pipeline import STAGES, run

__all__ = ["compare"]


def compare(
    docs: Documents,
    by: str | None = None,
    *,
    repair: bool = True,
    script: Script | None = "simplified",
    segmenter: Any = None,
    stop_words: Sequence[str] | Literal["zh"] | None = "zh",
    nodes: Sequence[str] | str | None = None,
    window: int = 5,
    top: int = 20,
    min_count: int = 3,
    min_doc_freq: int | None = None,
    min_chars: int = 2,
    lines: int = 40,
    seed: int = 1,
    without: Collection[str] = (),
    progress: Progress = None,
) -> Comparison:
    """Clean, segment, count and compare documents, each group against the others.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Other columns of a frame are
        metadata. Documents that :func:`duizhao.clean` has seen (they have ``raw_text``) are taken as they are.
    by
        A column of the documents that makes the groups; without it each document is its own group. Documents
        without a value (``(missing)``) are cleaned, counted and shown, but stand on neither side when groups
        are compared; a warning tells how many they are.
    repair, script
        Whether to clean the texts first, and the script to turn them into: ``"simplified"``, ``"traditional"``,
        ``"taiwan"`` or ``"hongkong"`` (None: leave it).
    segmenter
        A ``dz.Segmenter``; the default one otherwise.
    stop_words
        Words to take out before counting; they keep their place in windows. ``"zh"``: the list that ships with the
        package; None: take out none.
    nodes
        Words whose neighbours to look at. Default: 党建 if half of the documents have it, then the most frequent words and the
        first key term of each group.
    window
        Words to each side of a node.
    top
        Words to show for a group, half as many under-used ones.
    min_count, min_doc_freq, min_chars
        What a word needs to be shown; the statistics are of all words. Without ``min_doc_freq`` a word must stand in half of
        the group's documents (at least two of several, at most ten).
    lines
        Concordance lines to keep for a word that is shown.
    seed
        Of the layout of networks.
    without
        Parts to leave out: ``"claims"``, ``"slogans"``, ``"reuse"``. Shared passages have at least 12 equal characters, 20 if
        there are more than 20 documents; strings of more than 50 documents start none.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        stages here; a function with a method ``stage`` is told the name of each as it begins.

    Returns
    -------
    Comparison
        Frames of results. The order of ``docs`` does not matter.

    Raises
    ------
    NoDocumentsError
        If ``docs`` is empty.
    MissingColumnError, DataTypeError, DataError
        If a column is absent, of the wrong type, or has nulls or duplicates where it must not.
    ParameterError
        If a number is out of its range or ``nodes`` do not occur.

    Examples
    --------
    >>> import duizhao as dz
    >>> found = dz.compare(dz.demo.read(), by="county")
    >>> found.groups
    ('云岫县', '朔岭县', '澜浦县', '砚溪县', '禾塬县')
    >>> found.key_terms("澜浦县")["feature"][0]
    '渔民'
    """
    options = Options(
        by=by,
        repair=repair,
        script=script,
        segmenter=segmenter,
        stop_words=stop_words,
        nodes=nodes,
        window=window,
        top=top,
        min_count=min_count,
        min_doc_freq=min_doc_freq,
        min_chars=min_chars,
        lines=lines,
        seed=seed,
        without=without,
    )
    frame = _checked(docs, by)
    with reporting(progress, "compare", total=len(STAGES) - len(options.without), unit="stages") as report:
        tell = Stages(report)
        found = run(frame, options, tell)
        tell.finish()
    return found


def _checked(docs: Documents, by: str | None) -> pl.DataFrame:
    """Return the documents as a frame, or refuse what would fail later, and with a worse message."""
    frame = frame_of(docs, "text")
    require_text(frame, "text")
    if frame.is_empty():
        raise NoDocumentsError("`docs` must have at least one document; got none")
    if by is not None:
        require_columns(frame, by)
        if frame.schema[by].is_nested():
            raise DataTypeError(f"column {by!r} of `docs` must hold single values; got {frame.schema[by]}")
    return frame
