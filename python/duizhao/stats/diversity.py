"""Lexical diversity: how varied the vocabulary of documents is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_whole, require_word
from .._base.documents import Documents, frame_of
from .._base.frames import require_text
from .._base.inference import Inference, drawing
from .._base.metadata import Metadata, with_metadata
from .._base.progress import Progress, reporting
from .._base.schema import with_doc_id
from ..corpus.dfm import Dfm
from ..corpus.functions import tokens
from ..corpus.tokens import Tokens
from ..errors import ParameterError
from ..text.segmenter import Segmenter
from ._schema import DIVERSITY
from .means import group_means, inference_of_means
from .measures import Adjustment, check_adjustment

__all__ = ["DiversityMeasure", "DiversityUnit", "diversity"]

#: A word for each measure, in the order of ``docs/statistics/diversity.md``.
DiversityMeasure: TypeAlias = Literal[
    "ttr",
    "guiraud_r",
    "cttr",
    "herdan_c",
    "dugast_u",
    "summer_s",
    "rubet_k",
    "maas_a2",
    "maas_log_v0",
    "brunet_w",
    "fisher_alpha",
    "yule_k",
    "yule_i",
    "simpson_d",
    "repeat_rate",
    "herdan_vm",
    "entropy",
    "entropy_normalized",
    "hapax_type_share",
    "hapax_token_share",
    "sichel_s",
    "honore_h",
    "hdd",
    "mattr",
    "msttr",
    "mtld",
    "mtld_wrap",
]

#: What is counted: words, or Han characters, letters and digits one by one.
DiversityUnit: TypeAlias = Literal["word", "character"]

#: Below this number of tokens MTLD and its kin are not to be trusted (Koizumi & In'nami 2012).
_SHORT = 100


def diversity(
    docs: Documents | Tokens | Dfm,
    measures: DiversityMeasure | Sequence[DiversityMeasure] | None = None,
    *,
    unit: DiversityUnit | None = None,
    by: str | pl.Expr | None = None,
    window: int = 100,
    segment: int = 100,
    threshold: float = 0.72,
    min_factor: int = 1,
    sample: int = 42,
    base: float = 10,
    inference: Inference | bool | None = None,
    adjust: Adjustment | None = "bh",
    text: str = "text",
    segmenter: Segmenter | None = None,
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """How varied the vocabulary of each document is, or of the documents of each group on average.

    Parameters
    ----------
    docs
        Tokens or counts, as they are: remove punctuation before. Or documents, as for :func:`duizhao.tokens`,
        which are then cut into `unit`; punctuation and symbols are left out.
    measures
        One or more words of ``dz.measures("diversity")``; by default ``mattr``, ``mtld``, ``hdd``, ``yule_k``,
        ``entropy``, ``hapax_type_share`` and ``ttr``, for a dfm those of them that need no sequence.
    unit
        ``"word"`` (cut by the segmenter) or ``"character"`` (each Han character, letter and digit). Must be
        named for texts: figures of words and of characters cannot be compared. With tokens ``"character"``
        takes their characters; a dfm has no characters.
    by
        A column of the documents, or an expression over it: means over the documents of each group instead of
        documents. A group is not one long text, since most measures move with the length of the text; for
        that use ``toks.group(by)``.
    window, segment
        Tokens of a window of ``mattr``, of a segment of ``msttr``.
    threshold, min_factor
        Of ``mtld`` and ``mtld_wrap``: a factor is complete where its type-token ratio is below `threshold`
        and it has `min_factor` tokens.
    sample
        Tokens of a sample of ``hdd``.
    base
        Base of the logarithms of ``dugast_u``, ``summer_s``, ``rubet_k``, ``maas_a2`` and ``maas_log_v0``:
        10 as in quanteda; ``math.e`` as in lexicalrichness.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        With `by` of the means of the groups and of their differences. Without, resamples give an interval of
        ``msttr`` over the segments of the document (Evert and others 2017), and there is no more to ask for.
    adjust
        Correction of the p-values for the number of rows: ``"bh"``, ``"holm"``, ``"bonferroni"`` or ``None``.
    text, segmenter
        The column of texts; how to cut words. Not for tokens and counts.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        With `by` those that are the same throughout each group.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        documents.

    Returns
    -------
    polars.DataFrame
        Without `by` one row a document, in their order: ``doc_id``, ``unit`` (``"word"``, ``"character"``; null
        for tokens and counts where none was named), ``n_tokens``, ``n_types``, ``is_short`` (fewer than 100
        tokens: too few for most measures), a column a measure, with resamples
        ``msttr_bootstrap_low`` and ``msttr_bootstrap_high`` behind ``msttr``. With `by` one row a group (by its value) and measure: ``group``,
        ``measure``, ``n_documents`` (those with a value), ``mean``, ``sd``, ``mean_bootstrap_low``,
        ``mean_bootstrap_high``, ``difference`` (less the mean of all other groups' documents),
        ``difference_bootstrap_low``, ``difference_bootstrap_high``, ``difference_permutation_p``,
        ``difference_permutation_p_adjusted``. Null: undefined, such as any
        measure of an empty text, ``mattr`` of a text shorter than the window, ``mtld`` of a text without a
        repeated token, intervals of one document.

    Raises
    ------
    ParameterError
        No `unit` for texts; an unknown measure; a measure by sequence for a dfm; a number outside its domain.
    MissingColumnError, DataTypeError, DataError
        As for :func:`duizhao.tokens`.

    Examples
    --------
    >>> import duizhao as dz
    >>> docs = {"a": "坚持党建引领，坚持党建联建。", "b": "渔船出海，渔民归港。"}
    >>> dz.diversity(docs, ["ttr", "yule_k"], unit="character").select("doc_id", "n_tokens", "ttr").rows()
    [('a', 12, 0.5833333333333334), ('b', 8, 0.875)]
    >>> toks = dz.tokens(docs, remove_punctuation=True)
    >>> dz.diversity(toks, "ttr")["ttr"].equals(dz.diversity(toks.dfm(), "ttr")["ttr"])
    True
    """
    wanted, correction = inference_of_means(inference, by, resamples=None), check_adjustment(adjust)
    matrix = docs if isinstance(docs, Dfm) else None
    if unit is not None:
        require_word(unit, get_args(DiversityUnit), argument="unit")
    words = _measures(measures, matrix is not None)
    numbers = _numbers(window, segment, threshold, min_factor, sample, base)
    toks = None if isinstance(docs, Dfm) else _tokens(docs, unit, text, segmenter, progress)
    if matrix is not None and unit == "character":
        raise ParameterError(
            "`unit` must be 'word' or None for a Dfm, which has no characters; got 'character'"
        )
    documents = matrix.documents if matrix is not None else toks.documents  # type: ignore[union-attr]
    drawing(wanted, documents)
    with reporting(progress, "diversity", total=documents.height) as report:
        found = _core.diversity(
            None if matrix is None else matrix._core, None if toks is None else toks._core,
            measures=words, options=numbers, progress=report,
        )  # fmt: skip
    if by is not None:
        values = found.select(words)
        return group_means(
            values,
            documents,
            by,
            inference=wanted,
            adjust=correction,
            metadata=metadata,
            text=text,
            progress=progress,
        )
    if wanted.resamples and toks is not None and "msttr" in words:
        how = drawing(wanted, documents)
        bounds = _core.diversity_intervals(toks._core, segment=segment, inference=how)
        place = found.columns.index("msttr") + 1
        for name in ("high", "low"):
            found.insert_column(place, bounds.get_column(name).alias(f"msttr_bootstrap_{name}"))
    ids = documents.get_column("doc_id")
    found = found.with_columns(
        ids.alias("doc_id"),
        pl.lit(unit, dtype=pl.String).alias("unit"),
        (pl.col("n_tokens") < _SHORT).alias("is_short"),
    )
    fixed = with_doc_id(DIVERSITY, ids.dtype).names()
    found = found.select(*fixed, pl.exclude(fixed))
    return with_metadata(found, documents, pl.int_range(found.height, eager=True), metadata, text=text)


def _tokens(
    docs: Documents | Tokens,
    unit: str | None,
    text: str,
    segmenter: Segmenter | None,
    progress: Progress,
) -> Tokens:
    """The tokens to count: those given, or what `unit` makes of texts."""
    if isinstance(docs, Tokens):
        if unit != "character":
            return docs
        frame = docs.documents.drop("n_tokens", "n_types")
        joined = pl.Series("text", ["".join(document) for document in docs], dtype=pl.String)
        return _characters(frame.with_columns(joined), "text", progress)
    frame = frame_of(docs, text)
    if isinstance(frame.schema[text], pl.List):
        return _tokens(tokens(frame, text=text, progress=progress), unit, text, segmenter, progress)
    if unit is None:
        raise ParameterError("`unit` must be 'word' or 'character' for texts; got None")
    if segmenter is not None:
        require_instance(segmenter, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
    if unit == "character":
        return _characters(frame, text, progress)
    return tokens(frame, text=text, segmenter=segmenter, remove_punctuation=True, remove_symbols=True,
                  spans=False, progress=progress)  # fmt: skip


def _characters(frame: pl.DataFrame, text: str, progress: Progress) -> Tokens:
    """Each Han character, letter and digit as a token."""
    lists = require_text(frame, text).str.extract_all(r"[\p{L}\p{N}]").alias("__characters")
    return tokens(frame.drop(text).with_columns(lists), text="__characters", progress=progress)


_DEFAULT = ("mattr", "mtld", "hdd", "yule_k", "entropy", "hapax_type_share", "ttr")


def _measures(measures: str | Sequence[str] | None, counted: bool) -> list[str]:
    """The measures as a list of known, distinct words; those by sequence not for counts."""
    registry = _core.registry(["diversity"])
    ordered = set(registry.filter(pl.col("needs") == "sequence")["measure"])
    if measures is None:
        return [word for word in _DEFAULT if not (counted and word in ordered)]
    if not isinstance(measures, (str, Iterable)):
        require_word(measures, get_args(DiversityMeasure), argument="measures")
    words = [measures] if isinstance(measures, str) else list(measures)
    for word in words:
        require_word(word, get_args(DiversityMeasure), argument="measures")
        if counted and word in ordered:
            raise ParameterError(
                f"`measures` by sequence need Tokens, since a Dfm has no order; got {word!r} for a Dfm"
            )
    if not words:
        raise ParameterError("`measures` must have at least one measure; got none")
    if len(set(words)) < len(words):
        raise ParameterError(f"`measures` must be distinct; got {words!r}")
    return words


def _numbers(
    window: int, segment: int, threshold: float, min_factor: int, sample: int, base: float
) -> dict[str, int | float]:
    whole = {"window": window, "segment": segment, "min_factor": min_factor, "sample": sample}
    numbers: dict[str, int | float] = {
        name: require_whole(value, argument=name, least=1) for name, value in whole.items()
    }
    if isinstance(threshold, bool) or not isinstance(threshold, float) or not 0 < threshold < 1:
        raise ParameterError(f"`threshold` must be between 0 and 1, both excluded; got {threshold!r}")
    if isinstance(base, bool) or not isinstance(base, int | float) or not 1 < base < math.inf:
        raise ParameterError(f"`base` must be a number above 1; got {base!r}")
    return {**numbers, "threshold": threshold, "log_base": float(base)}
