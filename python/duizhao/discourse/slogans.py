"""Slogans: numeric and ordinal labels, parallel series, quoted coinages; where they stand and what they stand for."""

from __future__ import annotations

import polars as pl

from .. import _core
from .._base.checks import require_instance, warn
from .._base.dates import can_be_times, times_of
from .._base.documents import Documents, numbered, table_of
from .._base.finders import find, searched
from .._base.frames import require_columns, require_doc_ids, require_ids_of, require_plain
from .._base.groups import warn_left_out
from .._base.metadata import Metadata, with_group_metadata
from .._base.progress import Progress, reporting
from .._base.schema import with_doc_id
from ..errors import DataTypeError
from ._schema import SLOGAN_SPREAD, SLOGANS
from .lexicon import Lexicon, phrases_of

__all__ = ["slogan_spread", "slogans"]


def slogans(
    docs: Documents,
    *,
    text: str = "text",
    date: str | None = None,
    lexicon: Lexicon | None = None,
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame:
    """Find the slogans of documents: what official language counts, numbers, quotes and lines up.

    Classes: ``numeric``, a label with a numeral (三会一课, 双联系, 1+7); ``ordinal`` (第一议题, 最后一公里); ``parallel``,
    a series of members that are built alike (把方向、管大局、保落实); ``label``, a coinage in quotation marks, or a set phrase;
    ``name``, a name in quotation marks (a ship, a brand, a group, a prize, a nickname) or a word that the text keeps at a
    distance (所谓“…”): no formula, and not counted by :func:`slogan_spread`.
    Dates, meetings, plain counts and titles are left out. Unquoted strings are found by rules, by a list of
    national set phrases that comes with the package, and where these documents quote the same string in at
    least a fifth of its places.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Traditional text is seen in simplified
        characters. If :func:`duizhao.clean` made the frame, the raw places are those of the raw texts. A
        LazyFrame is collected: these documents are looked at together. ``.zh.slogans()`` looks at each text by
        itself.
    text
        The column of texts.
    date
        The column of dates, which says which document comes first: dates, numbers in time, or strings of one ISO form
        (``docs/guide/arguments.md``); by default ``"date"`` if there is one that can be read so, else the order of
        the rows. Documents without a date come last.
    lexicon
        Coinages that you know, counted wherever they stand, with or without quotation marks: a list or series of strings, or the path
        of a file with one a line (lines that begin with ``#`` are left out). In either script; each of 2 to 60
        characters. Null expansions stay null: it says what is one, not what it means.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps
        are documents.

    Returns
    -------
    DataFrame
        One row a place, in the order of the documents and of the text: ``doc_id``; ``surface`` (without the marks
        around it); ``canonical`` (without marks, one width, simplified); ``class``; ``numeral_pattern`` (``N`` a Chinese
        numeral, ``D`` a digit, ``X``, ``Y`` content; null if there is none); ``quoted`` (``double``, ``single``,
        ``within`` a longer quotation, ``no``); ``nested`` (lies inside another row; drop these for counts without
        overlap); ``char_start``, ``char_end``, ``raw_start``, ``raw_end``; ``expansion`` (what it stands for) with
        ``expansion_source`` (``in_text``, ``lexicon``, null) and, if it stands in the text, its ``expansion_start`` and
        ``expansion_end`` (cleaned characters); ``sense`` (0, 1, … for the expansions of one canonical form in the order of
        first use, null without expansion; expansions with the same members, in any order, extent or script, are one
        sense); ``doc_freq`` (documents with the canonical form);
        ``first_doc_id`` (the earliest of them); then the metadata of the documents.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        No such column; not strings; nulls; ``doc_id`` twice; a `lexicon` that is a mapping, or holds something else than strings
        or half of a character.
    ParameterError
        A phrase in `lexicon` that is too short or too long, or has a line break.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a"], "text": ["实施“三进”行动：进车间、进课堂、进军营。"]})
    >>> dz.slogans(docs).select("surface", "class", "numeral_pattern", "expansion").rows()
    [('三进', 'numeric', 'NX', '进车间、进课堂、进军营'), ('进车间、进课堂、进军营', 'parallel', '进X×3', None)]
    >>> dz.slogans("抓好土特产文章。", lexicon=["土特产文章"]).select("surface", "class", "quoted").rows()
    [('土特产文章', 'label', 'no')]
    """
    phrases = phrases_of(lexicon)

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        with reporting(progress, "slogans", total=frame.height) as report:
            found = _core.slogans_frame(*searched(frame, text), lexicon=phrases, progress=report)
        return _over_documents(found, frame, _ranks(frame, date))

    return find(look, SLOGANS, table_of(docs, text), text=text, metadata=metadata)


def _over_documents(found: pl.DataFrame, docs: pl.DataFrame, ranks: pl.Series) -> pl.DataFrame:
    """Adds what only all documents together say: which expansion is which sense, how many have it, who first."""
    document = found.get_column("document")
    found = found.with_columns(
        docs.get_column("doc_id").gather(document).alias("doc_id"), ranks.gather(document).alias("rank")
    )
    found = found.with_columns(
        doc_freq=pl.col("document").n_unique().over("canonical").cast(pl.Int64),
        first_doc_id=pl.col("doc_id").sort_by("rank", "document").first().over("canonical"),
    )
    # The sense of the earliest expansion is number 0.
    senses = (
        found.drop_nulls("expansion")
        .sort("rank", "document", "char_start")
        .unique(["canonical", "expansion"], keep="first", maintain_order=True)
        .select("canonical", "expansion")
    )
    senses = senses.with_columns(_core.slogan_senses(senses["canonical"], senses["expansion"]))
    return found.join(senses, on=["canonical", "expansion"], how="left", maintain_order="left")


def _ranks(docs: pl.DataFrame, date: str | None) -> pl.Series:
    """The order of the documents in time: equal numbers where the dates are equal."""
    rows = pl.Series("rank", range(docs.height), dtype=pl.Int64)
    column = date
    if column is None:
        if "date" not in docs.columns or not can_be_times(docs.schema["date"]):
            return rows
        column = "date"
    require_columns(docs, column)
    try:
        times = times_of(docs.get_column(column), what=f"column {column!r} of `docs`")
    except DataTypeError as error:
        if date is not None:
            raise
        # Nobody asked for this column.
        warn(f"{error}; which document comes first is told by the order of the rows")
        return rows
    ranks: pl.Series = times.rank("dense").cast(pl.Int64).fill_null(docs.height + 1).alias("rank")
    return ranks


def slogan_spread(
    slogans: pl.DataFrame,
    docs: Documents,
    *,
    by: str | None = None,
    date: str | None = None,
    metadata: Metadata = True,
) -> pl.DataFrame:
    """How far each slogan spreads over documents and groups, who has it first, who repeats it.

    The same label with another expansion is another row. Nested places and names (class ``name``) are not counted.

    Parameters
    ----------
    slogans
        What :func:`slogans` found.
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Those that were looked at, also
        without a slogan: they are the denominator.
    by
        A column of the documents that makes the groups; without it there is one group of all documents, null.
        Documents without a value are left out, with a warning.
    date
        As for :func:`slogans`.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
        Those that are the same throughout each group.

    Returns
    -------
    DataFrame
        One row for each slogan (``canonical``, ``class``, ``sense``) and each group that has it: ``expansion``, ``count``,
        ``doc_freq``, ``doc_share`` (0 to 1) over all documents; ``group``, ``group_count``, ``group_doc_freq``,
        ``group_doc_share``; ``n_groups`` that have it; ``first_doc_id``, the earliest document with it, and
        ``is_first_group``, whether that document is of this group. "First" is first *among these documents*; it does not prove
        who coined it. From the greatest ``doc_freq`` down, then ``count``, then code-point order; groups in the order of
        their first document with it.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        As for :func:`slogans`.

    Examples
    --------
    >>> import duizhao as dz, polars as pl
    >>> docs = pl.DataFrame({"doc_id": ["a", "b"], "text": ["推行“九办”。", "学习“九办”。"], "city": ["云岫", "白石"]})
    >>> spread = dz.slogan_spread(dz.slogans(docs), docs, by="city")
    >>> spread.select("canonical", "doc_freq", "group", "first_doc_id", "is_first_group").rows()
    [('九办', 2, '云岫', 'a', True), ('九办', 2, '白石', 'a', False)]
    """
    require_instance(slogans, pl.DataFrame, argument="slogans", allowed="a frame that dz.slogans made")
    docs = numbered(table_of(docs, "text"))
    require_columns(
        slogans, "doc_id", "canonical", "class", "sense", "expansion", "nested", argument="slogans"
    )
    ids = require_doc_ids(docs)
    if by is not None:
        require_columns(docs, by)
    require_ids_of(slogans, ids, argument="slogans")
    group = docs.get_column(by) if by is not None else pl.Series([None] * docs.height, dtype=pl.String)
    require_plain(group, argument="by")
    table = pl.DataFrame(
        {
            "doc_id": ids,
            "group": group.cast(pl.String),
            "rank": _ranks(docs, date),
            "order": pl.int_range(docs.height, eager=True),
        }
    )
    if by is not None:
        warn_left_out(group.null_count(), docs.height, "by")
        table = table.drop_nulls("group")
    sizes = table.group_by("group").agg(group_docs=pl.len())
    key = ["canonical", "class", "sense"]
    places = (
        slogans.filter(~pl.col("nested") & (pl.col("class") != "name"))
        .select("doc_id", *key, "expansion")
        .join(table, on="doc_id", how="inner")
        .sort("rank", "order")
    )
    whole = places.group_by(key, maintain_order=True).agg(
        pl.col("expansion").first(),
        count=pl.len().cast(pl.Int64),
        doc_freq=pl.col("doc_id").n_unique().cast(pl.Int64),
        n_groups=pl.col("group").n_unique().cast(pl.Int64),
        first_doc_id=pl.col("doc_id").first(),
        first_group=pl.col("group").first(),
    )
    parts = places.group_by([*key, "group"], maintain_order=True).agg(
        group_count=pl.len().cast(pl.Int64),
        group_doc_freq=pl.col("doc_id").n_unique().cast(pl.Int64),
        since=pl.struct("rank", "order").first(),
    )
    found = (
        parts.join(whole, on=key, how="left", nulls_equal=True)
        .join(sizes, on="group", how="left", nulls_equal=True)
        .with_columns(
            doc_share=pl.col("doc_freq") / max(table.height, 1),
            group_doc_share=pl.col("group_doc_freq") / pl.col("group_docs"),
            is_first_group=pl.col("group").eq_missing(pl.col("first_group")),
        )
        .sort(
            ["doc_freq", "count", *key, "since"],
            descending=[True, True, False, False, False, False],
        )
        .select(with_doc_id(SLOGAN_SPREAD, ids.dtype).names())
        .cast({"doc_share": pl.Float64, "group_doc_share": pl.Float64})
    )
    if by is None:
        # One group of all documents, null: nothing is known of it that is not known of each.
        return found
    names = group.cast(pl.String).unique().drop_nulls().sort()
    number = {name: i for i, name in enumerate(names)}
    of_documents, of_rows = (
        pl.Series([number.get(name) for name in column], dtype=pl.UInt32)
        for column in (group.cast(pl.String), found.get_column("group"))
    )
    return with_group_metadata(found, docs, of_documents, of_rows, metadata)
