"""Register profile: how texts are built, in figures that need no model of their content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_word
from .._base.documents import Documents, frame_of
from .._base.frames import require_text
from .._base.inference import Inference, drawing
from .._base.metadata import Metadata, with_metadata
from .._base.progress import Progress, reporting
from .._base.schema import with_doc_id
from ..errors import DataTypeError, ParameterError
from ..stats.means import group_means, inference_of_means
from ..stats.measures import Adjustment, check_adjustment
from ..text.segmenter import Segmenter
from ._schema import REGISTER

__all__ = ["RegisterComponent", "register"]

#: A word for each component, in the order of ``docs/discourse/register.md``.
RegisterComponent: TypeAlias = Literal[
    "sentence_chars_mean",
    "sentence_chars_sd",
    "clause_chars_mean",
    "clause_chars_sd",
    "sentence_clauses_mean",
    "four_char_unit_share",
    "parallel_length_share",
    "parallel_length_expected",
    "parallel_frame_share",
    "quotation_share",
    "book_title_share",
    "digit_share",
    "latin_share",
    "punctuation_per_1000_chars",
    "comma_per_1000_chars",
    "enumeration_comma_per_1000_chars",
    "full_stop_per_1000_chars",
    "semicolon_per_1000_chars",
    "colon_per_1000_chars",
    "question_mark_per_1000_chars",
    "exclamation_mark_per_1000_chars",
    "quotation_mark_per_1000_chars",
    "book_title_mark_per_1000_chars",
    "bracket_per_1000_chars",
    "dash_per_1000_chars",
    "ellipsis_per_1000_chars",
    "sentence_words_mean",
    "clause_words_mean",
    "word_chars_mean",
    "one_char_word_share",
    "four_char_word_share",
    "de_per_1000_words",
    "aspect_per_1000_words",
    "modal_particle_per_1000_words",
    "first_person_per_1000_words",
    "classical_per_1000_words",
    "noun_share",
    "verb_share",
    "adjective_share",
    "adverb_share",
    "pronoun_share",
    "numeral_share",
    "preposition_share",
    "conjunction_share",
    "idiom_share",
    "content_word_share",
    "noun_verb_share",
    "sentence_adverb_conjunction_share",
]


def register(
    docs: Documents,
    components: RegisterComponent | Sequence[RegisterComponent] | None = None,
    *,
    segmenter: Segmenter | None = None,
    by: str | pl.Expr | None = None,
    inference: Inference | bool | None = None,
    adjust: Adjustment | None = "bh",
    text: str = "text",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Profile the register of each document, or of the documents of each group on average.

    Lengths of sentences and clauses, four-character units, parallel clauses, quotation, punctuation, function
    words, parts of speech. Written characters are letters and digits; a semicolon does not end a sentence
    here. There is no score of readability: see ``docs/discourse/register.md``.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text.
    components
        One or more words of ``dz.measures("register")``; by default all that the segmenter allows.
    segmenter
        How to cut words; by default ``Segmenter(pos=True)``. One without tags has no components that need
        them.
    by
        A column of the documents, or an expression over it: means over the documents of each group instead of
        documents.
    inference
        Inference over documents: ``None`` for none, ``True`` for the defaults, or a :class:`duizhao.Inference`.
        With `by` only, of the means of the groups and of their differences.
    adjust
        Correction of the p-values for the number of rows: ``"bh"``, ``"holm"``, ``"bonferroni"`` or ``None``.
    text
        The column of texts.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        With `by` those that are the same throughout each group.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        documents.

    Returns
    -------
    polars.DataFrame
        Without `by` one row a document, in their order: ``doc_id``, ``n_chars`` (written), ``n_sentences``,
        ``n_clauses``, ``n_words`` (null where no component needs words), then a column a component. With
        `by` as :func:`duizhao.diversity`: one row a group and component with ``mean``, ``sd``,
        ``difference``, their intervals, and p-values. Null: nothing to divide by, such as any share of an empty text
        or parallel clauses where no sentence has two.

    Raises
    ------
    ParameterError
        An unknown component; one that needs tags, with a segmenter without; a number outside its domain;
        inference without `by`.
    MissingColumnError, DataTypeError, DataError
        As for :func:`duizhao.tokens`; tokens in place of texts.

    Examples
    --------
    >>> import duizhao as dz
    >>> docs = {"a": "坚持党建引领，坚持服务群众。推进网格治理，凝聚各方力量！"}
    >>> found = dz.register(docs, ["clause_chars_mean", "parallel_length_share", "parallel_frame_share"])
    >>> found.rows()
    [('a', 24, 2, 4, None, 6.0, 1.0, 0.5)]
    """
    why = "it needs `by`, since the sentences of one document are no sample of like parts"
    wanted, correction = inference_of_means(inference, by, resamples=why), check_adjustment(adjust)
    frame = frame_of(docs, text)
    if isinstance(frame.schema[text], pl.List):
        raise DataTypeError(
            f"column {text!r} of `docs` must be String: a register is one of texts; got lists"
        )
    texts = require_text(frame, text)
    if segmenter is not None:
        require_instance(segmenter, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
    words, needs = _components(components, segmenter is None or segmenter.pos)
    drawing(wanted, frame)
    cut = (segmenter or Segmenter(pos=True)) if needs & {"words", "tags"} else None
    with reporting(progress, "register", total=frame.height) as report:
        found = _core.register_frame(texts, None if cut is None else cut._core, words, progress=report)
    if by is not None:
        values = found.select(words)
        return group_means(
            values,
            frame,
            by,
            inference=wanted,
            adjust=correction,
            metadata=metadata,
            text=text,
            progress=progress,
        )
    ids = frame.get_column("doc_id")
    fixed = with_doc_id(REGISTER, ids.dtype).names()
    found = found.with_columns(ids.alias("doc_id")).select(*fixed, pl.exclude(fixed))
    return with_metadata(found, frame, pl.int_range(found.height, eager=True), metadata, text=text)


def _components(components: str | Sequence[str] | None, tagged: bool) -> tuple[list[str], set[str]]:
    """The components as known, distinct words, and what they need."""
    needs = dict(_core.registry(["register"]).select("measure", "needs").iter_rows())
    if components is None:
        words = [word for word, need in needs.items() if tagged or need != "tags"]
        return words, {needs[word] for word in words}
    if not isinstance(components, (str, Iterable)):
        require_word(components, list(needs), argument="components")
    words = [components] if isinstance(components, str) else list(components)
    for word in words:
        require_word(word, get_args(RegisterComponent), argument="components")
        if needs[word] == "tags" and not tagged:
            raise ParameterError(
                f"`segmenter` must have pos=True for components of parts of speech; got none for {word!r}"
            )
    if not words:
        raise ParameterError("`components` must have at least one component; got none")
    if len(set(words)) < len(words):
        raise ParameterError(f"`components` must be distinct; got {words!r}")
    return words, {needs[word] for word in words}
