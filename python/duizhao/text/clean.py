"""Cleaning of scraped text, with an audit: what was changed, where, why, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args, overload

import polars as pl

from .. import _core
from .._base.checks import counted, require_flag, require_instance, require_word, some, warn
from .._base.documents import ArrowStream, Documents, frame_of, table_of
from .._base.finders import find
from .._base.frames import require_columns, require_text
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from .._base.schema import EDIT, with_doc_id
from ..errors import DataError, DataTypeError, LostTextWarning, ParameterError
from ._schema import CLEANED, REPAIR_EVIDENCE, REPAIRS

__all__ = ["Script", "Step", "clean", "repair_evidence", "repairs", "restore"]

#: The steps of :func:`clean`, in the order in which they run.
Step = Literal[
    "mojibake",
    "pinyin_annotation",
    "escapes",
    "html_tags",
    "html_entities",
    "zero_width",
    "page_breaks",
    "control",
    "unicode_form",
    "full_width",
    "spaced_digits",
    "spaced_words",
    "punctuation",
    "boilerplate",
    "line_breaks",
    "whitespace",
    "script",
]
Script = Literal["simplified", "traditional", "taiwan", "hongkong"]

SCRIPTS: tuple[str, ...] = get_args(Script)
_STEPS: tuple[str, ...] = tuple(_core.clean_steps())
_METADATA = [name for name in CLEANED if name not in ("raw_text", "edits")]


def choose_steps(
    steps: Sequence[Step] | None,
    *,
    script: str | None,
    regional_words: bool,
    boilerplate: bool,
    punctuation: bool,
) -> list[str]:
    """Return the names of the steps that a call asks for, in order, after checking them."""
    if steps is None:
        chosen = {name for name in _STEPS if name not in ("punctuation", "script")}
    else:
        if isinstance(steps, str) or not isinstance(steps, Iterable):
            raise ParameterError(
                f"`steps` must be a list (one step: [{steps!r}]) of {', '.join(map(repr, _STEPS))}; got {steps!r}"
            )
        chosen = {require_word(step, _STEPS, argument="steps") for step in steps}
    if script is not None:
        require_word(script, SCRIPTS, argument="script")
        chosen.add("script")
    elif "script" in chosen:
        raise ParameterError(
            f"`script` must be one of {', '.join(map(repr, SCRIPTS))} where `steps` has 'script'; got None"
        )
    if require_flag(regional_words, "regional_words") and script in (None, "traditional"):
        allowed = ", ".join(repr(name) for name in SCRIPTS if name != "traditional")
        raise ParameterError(f"`script` must be one of {allowed} with regional_words=True; got {script!r}")
    if not require_flag(boilerplate, "boilerplate"):
        chosen.discard("boilerplate")
    if require_flag(punctuation, "punctuation"):
        chosen.add("punctuation")
    return [name for name in _STEPS if name in chosen]


def pinyin_word(pinyin: object) -> str:
    """Return the word of the kernel for the argument ``pinyin``."""
    if pinyin is True:
        return "always"
    if pinyin is False:
        return "never"
    if pinyin == "auto":
        return "auto"
    raise ParameterError(f"`pinyin` must be 'auto', True or False; got {pinyin!r}")


@overload
def clean(
    docs: pl.LazyFrame,
    *,
    steps: Sequence[Step] | None = None,
    script: Script | None = None,
    regional_words: bool = False,
    boilerplate: bool = True,
    pinyin: Literal["auto"] | bool = "auto",
    punctuation: bool = False,
    text: str = "text",
    progress: Progress = None,
) -> pl.LazyFrame: ...
@overload
def clean(
    docs: pl.DataFrame | pl.Series | str | Sequence[str] | Mapping[Any, str] | ArrowStream,
    *,
    steps: Sequence[Step] | None = None,
    script: Script | None = None,
    regional_words: bool = False,
    boilerplate: bool = True,
    pinyin: Literal["auto"] | bool = "auto",
    punctuation: bool = False,
    text: str = "text",
    progress: Progress = None,
) -> pl.DataFrame: ...
def clean(
    docs: Documents,
    *,
    steps: Sequence[Step] | None = None,
    script: Script | None = None,
    regional_words: bool = False,
    boilerplate: bool = True,
    pinyin: Literal["auto"] | bool = "auto",
    punctuation: bool = False,
    text: str = "text",
    progress: Progress = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Clean a column of texts and keep what is needed to undo it.

    The steps, in the order in which they run:

    ``mojibake``
        Text decoded with the wrong encoding (UTF-8, GBK or Big5 read as one of the code pages that people
        have), where that is certain; letters of PDF fonts that were read as characters, ``犜犺犲`` → ``The``.
    ``pinyin_annotation``
        Readings that a scraper's source wrote behind characters, ``協(xié)商`` → ``協商``, where the
        document as a whole shows that this is damage (:func:`repair_evidence`), and what they leave where
        they fall between two characters; readings of whole words, ``质量(zhìliàng)``, likewise.
    ``escapes``
        What other programs write for characters: ``_x000D_``, ``\\u653f``, ``%E6%94%BF``, ``\\n``, where that is
        certain; addresses and folders stay.
    ``html_tags``
        Tags of HTML inside a text go: ``<p>春<b>茶</b></p>`` → ``春茶``; blocks and ``<br>`` become line breaks,
        scripts, styles and comments go with what they hold. ``a<b``, ``<3`` and ``<姓名>`` stay.
    ``html_entities``, ``zero_width``, ``control``
        ``&nbsp;`` and the like become characters; invisible and control characters go; CR LF becomes LF.
    ``page_breaks``
        Page numbers, running heads and feet go, also from the midst of sentences; form feeds become line feeds.
    ``unicode_form``, ``full_width``, ``spaced_digits``
        Normal form C, with radicals that stand for characters (⺠ for 民); ``２０２６年ＧＤＰ`` → ``2026年GDP``; ``1 9 9 3 年`` → ``1993年``.
    ``spaced_words``
        ``政 府 工 作 报 告`` → ``政府工作报告``; names padded in lists; stray blanks inside words.
    ``punctuation``
        ASCII punctuation beside Chinese characters becomes full-width. Off by default: whether a colon was
        folded by a scraper or typed so cannot be told.
    ``boilerplate``
        Navigation, share bars, pagers, bylines and abstracts go; title, date, source and names become
        columns.
    ``line_breaks``
        Breaks inside sentences go; headings, lists and verse stay.
    ``whitespace``
        Blanks at both ends of lines, empty lines and the last line feed go; runs of blanks become one.
    ``script``
        Conversion to simplified or traditional characters, also as Taiwan or Hong Kong writes them, only if
        `script` is given.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. All other columns of a frame ride
        along; no ``doc_id`` is asked for. A LazyFrame gives a LazyFrame.
    steps
        Names of the steps to run, in any order; ``None`` runs all but ``punctuation`` and ``script``.
    script
        ``"simplified"``, ``"traditional"``, ``"taiwan"`` or ``"hongkong"`` to convert to; ``None`` leaves the
        script as it is.
    regional_words
        True chooses words, too: with ``"taiwan"`` and ``"hongkong"`` those of the region for those of the
        mainland (软件 → 軟體), with ``"simplified"`` the other way round.
    boilerplate
        ``False`` leaves the step ``boilerplate`` out.
    pinyin
        ``"auto"`` decides by the evidence of each document, ``True`` takes readings out of every document
        (also of teaching texts), ``False`` never.
    punctuation
        ``True`` adds the step ``punctuation``.
    text
        The column of texts.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        texts. Not for lazy frames.

    Returns
    -------
    DataFrame or LazyFrame
        `docs` with the cleaned texts in place, and the columns ``raw_text``, ``edits`` (list of structs, see
        :func:`repairs`), ``title``, ``date``, ``source``, ``author``, ``reporter``, ``editor``. Where
        `docs` has one of the latter six already, it is kept and only its nulls are filled (if it has the
        dtype that the page's value has). A frame that was cleaned before is cleaned anew from its
        ``raw_text``.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        If the column of texts is missing, not of strings, or holds nulls.
    ParameterError
        For an unknown step, script or value of `pinyin`, and for `regional_words` without a script that has
        words of its own.

    Warns
    -----
    LostTextWarning
        If documents keep less than half of their Chinese characters, with their ids; of a LazyFrame when it is collected,
        batch by batch.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> page = "&ldquo;三农&rdquo;工作\\u200b会议　\\r\\n\\r\\n２０２６年\\r\\n"
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": [page]})
    >>> cleaned = dz.clean(docs, boilerplate=False)
    >>> cleaned["text"].to_list()
    ['“三农”工作会议\\n2026年']
    >>> dz.repairs(cleaned).select("raw", "repaired", "kind").head(2).rows()
    [('&ldquo;', '“', 'html_entity'), ('&rdquo;', '”', 'html_entity')]
    >>> dz.restore(cleaned)["text"].equals(docs["text"])
    True
    """
    require_flag(boilerplate, "boilerplate")
    require_flag(punctuation, "punctuation")
    words = choose_steps(
        steps,
        script=script,
        regional_words=regional_words,
        boilerplate=boilerplate,
        punctuation=punctuation,
    )
    arguments = {
        "steps": words,
        "pinyin": pinyin_word(pinyin),
        "script": script,
        "regional_words": regional_words,
    }
    if not isinstance(docs, pl.LazyFrame):
        return _clean_frame(frame_of(docs, text, ids=False), text, arguments, progress)
    require_columns(docs, text)
    schema = _cleaned_schema(docs.collect_schema(), text)
    return docs.map_batches(
        lambda frame: _clean_frame(frame, text, arguments, None),
        schema=schema,
        # The texts of a row decide about that row only.
        streamable=True,
    )


def _cleaned_schema(schema: pl.Schema, text: str) -> pl.Schema:
    kinds = dict(schema)
    kinds[text] = pl.String()
    for name, kind in CLEANED.items():
        if name in ("raw_text", "edits") or kinds.get(name, pl.Null()) == pl.Null():
            kinds[name] = kind
    return pl.Schema(kinds)


def _clean_frame(
    docs: pl.DataFrame, text: str, arguments: dict[str, Any], progress: Progress
) -> pl.DataFrame:
    again = "raw_text" in docs.columns and "edits" in docs.columns
    require_text(docs, text)
    raw = require_text(docs, "raw_text" if again else text)
    with reporting(progress, "clean", total=docs.height) as report:
        documents, edits = _core.clean_texts(raw, **arguments, progress=report)
    lost = _lost(raw, documents["text"], docs)
    if lost:
        warning = LostTextWarning(
            f"cleaning took more than half of the Chinese characters out of {counted(len(lost), 'document')}: {some(lost)}; "
            "`repairs` shows what went, `boilerplate=False` keeps page furniture"
        )
        warning.documents = tuple(lost)
        warn(warning)
    documents = documents.with_columns(pl.col("date").str.to_date("%Y-%m-%d", strict=False))
    new = [
        documents["text"].alias(text),
        raw.alias("raw_text"),
        edits,
    ]
    for name in _METADATA:
        column = documents[name]
        if name not in docs.columns or docs[name].dtype == pl.Null:
            new.append(column)
        elif docs[name].dtype == column.dtype:
            new.append(docs[name].zip_with(docs[name].is_not_null(), column))
    return docs.with_columns(new)


def _lost(raw: pl.Series, texts: pl.Series, docs: pl.DataFrame) -> list[object]:
    places = _core.lose_most(raw, texts).arg_true()
    return (docs["doc_id"].gather(places) if "doc_id" in docs.columns else places).to_list()


def lost_texts(docs: pl.DataFrame, text: str = "text") -> list[object]:
    """Return the ids of the documents that have less than half of the Chinese characters of their raw texts."""
    return _lost(docs["raw_text"], docs[text], docs)


def _require_cleaned(docs: pl.DataFrame) -> None:
    require_instance(docs, pl.DataFrame, argument="docs", allowed="a polars DataFrame")
    require_columns(docs, "edits")
    dtype = docs["edits"].dtype
    if dtype != pl.List(EDIT) and dtype != pl.List(pl.Null):
        raise DataTypeError(f"column 'edits' of `docs` must be as dz.clean makes it; got {dtype}")
    if docs["edits"].null_count():
        raise DataError(
            f"column 'edits' of `docs` must be without nulls; got {docs['edits'].null_count()} of them"
        )


def _flat(docs: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return (
        docs.select(*columns, pl.col("edits").cast(pl.List(EDIT)))
        .filter(pl.col("edits").list.len() > 0)
        .explode("edits")
        .unnest("edits")
    )


@overload
def repairs(docs: pl.LazyFrame, *, text: str = ..., metadata: Metadata = ...) -> pl.LazyFrame: ...
@overload
def repairs(
    docs: pl.DataFrame | ArrowStream, *, text: str = ..., metadata: Metadata = ...
) -> pl.DataFrame: ...
def repairs(docs: Documents, *, text: str = "text", metadata: Metadata = True) -> pl.DataFrame | pl.LazyFrame:
    """List every edit that :func:`clean` made.

    Parameters
    ----------
    docs
        What :func:`clean` returned, with ``doc_id``. A LazyFrame gives a LazyFrame.
    text
        The column of texts.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.

    Returns
    -------
    DataFrame
        One row an edit: ``doc_id``, ``raw_start``, ``raw_end``, ``char_start``, ``char_end``, ``raw``,
        ``repaired``, ``kind``, ``certain``. ``raw_text[raw_start:raw_end]`` is ``raw`` and
        ``text[char_start:char_end]`` is ``repaired``; spans do not overlap. Where several steps changed one
        stretch, their kinds are joined by ``+``. Rows are in the order of the documents, then of the text.
        No edits give no rows.
        Behind these columns stand the metadata of the documents.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        If `docs` was not cleaned, or ``doc_id`` has nulls or duplicates.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = dz.clean(pl.DataFrame({"doc_id": [7], "text": ["ＧＤＰ增长５％"]}))
    >>> dz.repairs(docs).select("doc_id", "raw_start", "raw_end", "raw", "repaired", "kind").rows()
    [(7, 0, 3, 'ＧＤＰ', 'GDP', 'full_width'), (7, 5, 7, '５％', '5%', 'full_width')]
    """

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        _require_cleaned(frame)
        return _flat(frame.select("edits").with_row_index("document"), "document")

    return find(look, REPAIRS, docs, text=text, metadata=metadata)


@overload
def restore(docs: pl.LazyFrame, *, text: str = "text") -> pl.LazyFrame: ...
@overload
def restore(docs: pl.DataFrame | ArrowStream, *, text: str = "text") -> pl.DataFrame: ...
def restore(docs: Documents, *, text: str = "text") -> pl.DataFrame | pl.LazyFrame:
    """Undo :func:`clean`: the raw texts, made from the cleaned texts and the edits alone.

    Parameters
    ----------
    docs
        What :func:`clean` returned. A LazyFrame gives a LazyFrame.
    text
        The column of texts.

    Returns
    -------
    DataFrame
        `docs` with the raw texts in place, without ``raw_text`` and ``edits``. Columns of metadata stay.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        If `docs` was not cleaned, or the edits belong to other texts.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": [7], "text": ["ＧＤＰ增长５％"]})
    >>> dz.restore(dz.clean(docs)).select("doc_id", "text").equals(docs)
    True
    """
    if isinstance(docs, pl.LazyFrame):
        require_columns(docs, text, "edits")
        kinds = {
            name: kind for name, kind in docs.collect_schema().items() if name not in ("edits", "raw_text")
        }
        return docs.map_batches(
            lambda frame: _restored(frame, text), schema={**kinds, text: pl.String()}, streamable=True
        )
    return _restored(table_of(docs, text), text)


def _restored(docs: pl.DataFrame, text: str) -> pl.DataFrame:
    _require_cleaned(docs)
    texts = require_text(docs, text)
    edits = _flat(docs.with_row_index("__row"), "__row").select(
        pl.col("__row").cast(pl.UInt32).alias("row"), "char_start", "char_end", "raw"
    )
    raw = _core.restore_texts(texts, edits)
    return docs.with_columns(raw.alias(text)).drop("edits", "raw_text", strict=False)


@overload
def repair_evidence(docs: pl.LazyFrame, *, text: str = "text") -> pl.LazyFrame: ...
@overload
def repair_evidence(
    docs: pl.DataFrame | pl.Series | str | Sequence[str] | Mapping[Any, str] | ArrowStream,
    *,
    text: str = "text",
) -> pl.DataFrame: ...
def repair_evidence(docs: Documents, *, text: str = "text") -> pl.DataFrame | pl.LazyFrame:
    """Show why :func:`clean` took inserted readings out of a document, or left them.

    A document counts as damaged if it has at least 10 annotations (a Han character and one of its readings in
    parentheses), at least 2 in 100 Han characters, at least 3 annotated characters that occur twice or
    more, at least 90 % of the occurrences of those annotated, one reading a character, and at least 90 % of
    the annotations on characters outside GB 2312. A gloss, a primer and a dictionary fail at least one of
    these. Readings of whole words, ``质量(zhìliàng)``, are damage where there are at least 10, at least 2 in 100
    Han characters, at least 3 words that occur twice or more, at least 60 % of the occurrences of those
    annotated, and at most one annotated character of GB 2312 for every five such words.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Of a cleaned frame the raw texts
        are looked at. A LazyFrame gives a LazyFrame.
    text
        The column of texts.

    Returns
    -------
    DataFrame
        One row a document, in the order of `docs`: ``doc_id``, ``damaged`` (the verdict), ``han``,
        ``annotations``, ``annotations_per_100_han``, ``types``, ``repeated_types``, ``coverage``,
        ``outside_gb2312`` (shares from 0 to 1), ``ambiguous_types`` (characters with more than one
        reading), ``word_annotations``, ``repeated_words``, ``word_coverage`` (the same of readings of whole
        words), ``residues_repaired``, ``residues_left`` (traces of misplaced annotations that could not
        be undone, and private-use characters) and ``lost_characters`` (U+FFFD and ``锟斤拷``, which stand
        for bytes that are gone).

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["gloss", "page"], "text": ["亳(bó)州", "協(xié)會(huì)動(dòng)" * 4]})
    >>> dz.repair_evidence(docs).select("doc_id", "damaged", "annotations", "coverage").rows()
    [('gloss', False, 1, 0.0), ('page', True, 12, 1.0)]
    """
    if isinstance(docs, pl.LazyFrame):
        require_columns(docs, text)
        schema = with_doc_id(REPAIR_EVIDENCE, docs.collect_schema().get("doc_id", pl.String()))
        # Not in pieces: ids are unique, or numbered, over all documents.
        return docs.map_batches(lambda frame: _evidence(frame, text), schema=schema)
    return _evidence(docs, text)


def _evidence(docs: Documents, text: str) -> pl.DataFrame:
    frame = frame_of(docs, text)
    ids = frame.get_column("doc_id")
    texts = require_text(frame, "raw_text" if {"raw_text", "edits"} <= set(frame.columns) else text)
    return _core.repair_evidence(texts).insert_column(0, ids)
