"""Tokenised documents: making, choosing, joining, storing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_instance, require_wholes, require_window
from .._base.documents import edit_places_series
from .._base.groups import groups_of
from .._base.metadata import Metadata, with_metadata
from .._base.progress import Progress, reporting
from .._base.schema import with_doc_id
from .._base.stored import Stored, table
from .._core import Dfm as CoreDfm
from ..errors import MissingColumnError, ParameterError
from ._schema import TOKENS
from .dfm import Dfm
from .fcm import Context, Count, Fcm, Within, count_pairs
from .lookup import lookup_tokens
from .patterns import Pattern, ValueType, checked_patterns

if TYPE_CHECKING:
    import numpy as np

    from .._core import Tokens as CoreTokens
    from ..dictionaries.dictionary import Dictionary

__all__ = ["Tokens"]


class Tokens(Stored):
    """Tokens of documents, in order: an immutable value, made by :func:`tokens`.

    Tokens are numbers into a sorted list of types; a removed token may keep its place as padding. Methods return
    a new object that shares what it can.

    Examples
    --------
    >>> import duizhao as dz
    >>> toks = dz.tokens({"a": "坚持党建引领，推动高质量发展。", "b": "党建工作"})
    >>> len(toks), toks["b"]
    (2, ['党建', '工作'])
    >>> toks.select("党建 *").to_list()
    [['党建', '引领'], ['党建', '工作']]
    """

    __slots__ = ("_core", "_documents", "_edits", "_texts")
    _core: CoreTokens
    _documents: pl.DataFrame
    _texts: pl.Series | None
    _edits: pl.Series | None

    def __init__(self) -> None:
        """Refuse: use :func:`tokens`."""
        raise ParameterError("Tokens are made by dz.tokens(docs) or Tokens.load(path)")

    @classmethod
    def _make(
        cls, core: CoreTokens, documents: pl.DataFrame, texts: pl.Series | None, edits: pl.Series | None
    ) -> Tokens:
        made = cls.__new__(cls)
        for name, value in (("_core", core), ("_documents", documents), ("_texts", texts), ("_edits", edits)):
            object.__setattr__(made, name, value)
        return made

    def _with(self, core: CoreTokens) -> Tokens:
        return Tokens._make(core, self._documents, self._texts, self._edits)

    # --- looking --------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._core)

    def __getitem__(self, key: Any) -> Any:
        """Return the tokens of a document, by ``doc_id`` (or by position if ids are no integers), or a slice
        of documents.

        Padding is an empty string.
        """
        if isinstance(key, slice):
            return self._pick(list(range(len(self))[key]))
        return [word or "" for word in self._core.document(self._index(key))]

    def __iter__(self) -> Iterator[list[str]]:
        """Give the tokens of each document; padding is an empty string."""
        for index in range(len(self)):
            yield [word or "" for word in self._core.document(index)]

    def _index(self, key: Any) -> int:
        ids = self._documents.get_column("doc_id")
        if isinstance(key, int) and not isinstance(key, bool) and not ids.dtype.is_integer():
            if -len(self) <= key < len(self):
                return key % len(self)
            raise MissingColumnError(f"there is no document {key}: there are {len(self)}")
        try:
            found = (ids == key).arg_true() if key is not None else pl.Series(dtype=pl.UInt32)
        except (pl.exceptions.PolarsError, TypeError):
            found = pl.Series(dtype=pl.UInt32)
        if not len(found):
            shown = ", ".join(map(repr, ids.head(5).to_list())) + (" …" if len(ids) > 5 else "")
            raise MissingColumnError(f"there is no document {key!r}; there are {shown or 'none'}")
        return int(found[0])

    def __eq__(self, other: object) -> bool:
        """Return whether documents, metadata and tokens with their places are equal."""
        if not isinstance(other, Tokens):
            return NotImplemented
        return self._core == other._core and self._documents.equals(other._documents)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Show the sizes and the beginnings of the first documents; ``␣`` is padding."""
        lines = [f"Tokens: {len(self):,} documents, {self.n_tokens:,} tokens, {len(self.types):,} types"]
        ids = self._documents.get_column("doc_id")
        for index in range(min(5, len(self))):
            words = self._core.document(index)
            shown = " ".join("␣" if word is None else word for word in islice(words, 12))
            lines.append(f"  {ids[index]}: {shown}{' …' if len(words) > 12 else ''}")
        if len(self) > 5:
            lines.append(f"  … {len(self) - 5:,} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head, *rows = repr(self).split("\n")
        return f"<p>{escape(head)}</p><pre>{escape(chr(10).join(rows))}</pre>"

    @property
    def documents(self) -> pl.DataFrame:
        """``doc_id``, ``n_tokens`` and ``n_types`` (padding not counted), then the metadata; a row a document."""
        rest = [name for name in self._documents.columns if name != "doc_id"]
        marginals = self._core.marginals()
        return self._documents.select("doc_id").hstack(marginals).hstack(self._documents.select(rest))

    @property
    def features(self) -> pl.DataFrame:
        """``feature``, ``count`` and ``doc_freq``, as those of the document-feature matrix."""
        return self.dfm().features

    @property
    def types(self) -> list[str]:
        """The distinct tokens, by code point."""
        return self._core.types().to_list()

    @property
    def n_tokens(self) -> int:
        """Number of tokens, padding not counted."""
        return int(self._core.marginals().get_column("n_tokens").sum())

    def to_list(self) -> list[list[str]]:
        """Return the tokens of each document; padding is an empty string."""
        return list(self)

    def to_numpy(self) -> tuple[np.ndarray[Any, np.dtype[np.uint32]], np.ndarray[Any, np.dtype[np.uint64]]]:
        """Return the ids of all documents one after another, and where each document starts (and the last
        ends).

        An id is an index into :attr:`types`; 4294967295 is padding. The arrays are read-only views.

        Examples
        --------
        >>> import duizhao as dz
        >>> dz.tokens(["好 好", "坏"]).to_numpy()
        (array([1, 1, 0], dtype=uint32), array([0, 2, 3], dtype=uint64))
        """
        return self._core.ids(), self._core.offsets()

    def to_frame(self, *, metadata: Metadata = False) -> pl.DataFrame:
        """Return one row a position, in the order of the documents and of the text.

        ``doc_id``, ``position`` (from 0 in each document), ``token`` (null for padding), ``tag`` (null
        without tagging), ``char_start``, ``char_end`` in the text that was cut, ``raw_start``, ``raw_end`` in
        the raw text (equal to the former unless the documents come from ``dz.clean``); the spans are null for
        tokens given as lists and after grouping. ``metadata``: True for all metadata of the documents behind
        these, or names of columns; none by default, since there is a row for every token.

        Examples
        --------
        >>> import duizhao as dz
        >>> dz.tokens(["党建 引领"]).to_frame()[["doc_id", "position", "token", "char_start", "char_end"]]
        shape: (2, 5)
        | doc_id | position | token | char_start | char_end |
        | ---    | ---      | ---   | ---        | ---      |
        | str    | i64      | str   | i64        | i64      |
        |--------|----------|-------|------------|----------|
        | doc1   | 0        | 党建  | 0          | 2        |
        | doc1   | 1        | 引领  | 3          | 5        |
        """
        frame = self._core.to_frame(self._edit_frame())
        ids = self._documents.get_column("doc_id")
        doc_id = ids.gather(frame.get_column("document")).alias("doc_id")
        frame = frame.with_columns(doc_id)
        fixed = frame.select(*TOKENS.names()).cast(with_doc_id(TOKENS, ids.dtype))
        return with_metadata(fixed, self._documents, frame.get_column("document"), metadata)

    def _edit_frame(self) -> pl.DataFrame | None:
        """The edits of cleaning, one row each, with the index of their document."""
        return None if self._edits is None else edit_places_series(self._edits)

    # --- choosing -------------------------------------------------------------------------------------------

    def select(
        self,
        pattern: Pattern,
        *,
        value_type: ValueType = "glob",
        case_insensitive: bool = True,
        padding: bool = False,
        window: int | tuple[int, int] = 0,
    ) -> Tokens:
        """Keep the tokens that patterns cover.

        Parameters
        ----------
        pattern
            One pattern or several. A string with spaces is a phrase, one word a token; a list of words inside
            the list is a phrase too, taken literally (``[["New York"]]`` is one token with a space).
        value_type
            ``"glob"``: ``*`` stands for any characters, ``?`` for one, and the whole token must match.
            ``"regex"``: found anywhere in the token unless anchored. ``"fixed"``: the token itself.
        case_insensitive
            Whether ``A`` matches ``a``.
        padding
            Whether the other tokens keep their place.
        window
            Also keep so many tokens before and after; one number or a pair.

        Raises
        ------
        ParameterError
            An unknown ``value_type``, an empty pattern, a regular expression that cannot be read.

        Warns
        -----
        DuizhaoWarning
            Patterns that match nothing; of a word that the tokens have in parts, these parts.

        Examples
        --------
        >>> import duizhao as dz
        >>> toks = dz.tokens({"a": "坚持党建引领，推动高质量发展。"})
        >>> toks.select("高质量*", window=1).to_list()
        [['推动', '高质量', '发展']]
        """
        return self._select(pattern, value_type, case_insensitive, padding, window, invert=False)

    def remove(
        self,
        pattern: Pattern,
        *,
        value_type: ValueType = "glob",
        case_insensitive: bool = True,
        padding: bool = False,
        window: int | tuple[int, int] = 0,
    ) -> Tokens:
        """Remove the tokens that patterns cover; arguments as in :meth:`select`.

        Examples
        --------
        >>> import duizhao as dz
        >>> dz.tokens({"a": "坚持党建引领。"}).remove("。", padding=True).to_list()
        [['坚持', '党建', '引领', '']]
        """
        return self._select(pattern, value_type, case_insensitive, padding, window, invert=True)

    def _select(
        self,
        pattern: Pattern,
        value_type: str,
        case_insensitive: bool,
        padding: bool,
        window: int | tuple[int, int],
        *,
        invert: bool,
        tell: bool = True,
    ) -> Tokens:
        sides = require_window(window)
        patterns = checked_patterns(
            self._core, pattern, value_type, case_insensitive, tell=tell and not invert
        )
        return self._with(
            self._core.select(
                patterns,
                invert=invert,
                window=sides,
                padding=require_flag(padding, "padding"),
            )
        )

    def filter(self, *predicates: pl.Expr) -> Tokens:
        """Keep the documents for which all expressions over :attr:`documents` hold.

        Examples
        --------
        >>> import duizhao as dz, polars as pl
        >>> dz.tokens(["党建引领", "好"]).filter(pl.col("n_tokens") > 1).to_list()
        [['党建', '引领']]
        """
        try:
            kept = self.documents.with_row_index("_index").filter(*predicates).get_column("_index")
        except pl.exceptions.ColumnNotFoundError as error:
            shown = ", ".join(map(repr, self.documents.columns))
            raise MissingColumnError(f"no column {error} in the documents; there are {shown}") from None
        return self._pick(kept.to_list())

    def _pick(self, indices: list[int]) -> Tokens:
        return Tokens._make(
            self._core.select_documents(indices),
            self._documents[indices],
            None if self._texts is None else self._texts.gather(indices),
            None if self._edits is None else self._edits.gather(indices),
        )

    def group(self, by: str | pl.Expr | Sequence[str | pl.Expr]) -> Tokens:
        """Put the tokens of all documents with the same value together, in order.

        Parameters
        ----------
        by
            Column or columns of :attr:`documents`, or expressions over them. The value becomes the
            ``doc_id``; of several values, their strings joined by ``/``. Documents without a value are left out, with
            a warning.

        Returns
        -------
        Tokens
            Groups in the order of their values. Their metadata are the columns of ``by`` and ``n_documents``;
            spans are gone, for there is no one text. Sentences of different documents stay apart.

        Raises
        ------
        MissingColumnError, DataTypeError, ParameterError
            No such column; values that cannot name groups; no column at all.

        Examples
        --------
        >>> import duizhao as dz, polars as pl
        >>> docs = pl.DataFrame({"doc_id": [1, 2, 3], "text": ["好", "坏", "行"], "year": [2020, 2019, 2020]})
        >>> dz.tokens(docs).group("year").to_list()
        [['坏'], ['好', '行']]
        """
        groups = groups_of(self.documents, by)
        single = groups.values.width == 1
        doc_id = groups.values.to_series() if single else pl.Series(groups.labels("/"), dtype=pl.String)
        labels = groups.values.drop("doc_id", strict=False)
        kept = labels.with_columns(groups.sizes.alias("n_documents"))
        core = self._core
        if groups.numbers.null_count():
            core = core.select_documents(groups.numbers.is_not_null().arg_true().to_list())
        core = core.group(groups.numbers.drop_nulls().to_list(), kept.height)
        return Tokens._make(core, kept.insert_column(0, doc_id.alias("doc_id")), None, None)

    # --- joining

    def ngrams(
        self, size: int | Sequence[int] = 2, *, skip: int | Sequence[int] = 0, concatenator: str = "_"
    ) -> Tokens:
        """Return n-grams and skip-grams.

        Parameters
        ----------
        size
            Number of tokens in each, 1 to 100; several sizes come one after another.
        skip
            Number of tokens left out between neighbours; of several, every combination.
        concatenator
            What stands between the tokens.

        Returns
        -------
        Tokens
            N-grams hold no padding and never cross documents; their spans run from the first token to the
            last.

        Examples
        --------
        >>> import duizhao as dz
        >>> toks = dz.tokens([["坚持", "党建", "引领"]])
        >>> toks.ngrams(2).to_list(), toks.ngrams(2, skip=[0, 1]).to_list()
        ([['坚持_党建', '党建_引领']], [['坚持_党建', '坚持_引领', '党建_引领']])
        """
        core = self._core.ngrams(
            sizes=require_wholes(size, "size", 1),
            skips=require_wholes(skip, "skip", 0),
            concatenator=require_instance(concatenator, str, argument="concatenator", allowed="a str"),
        )
        return self._with(core)

    def compound(
        self,
        pattern: Pattern,
        *,
        value_type: ValueType = "glob",
        case_insensitive: bool = True,
        concatenator: str = "",
        window: int | tuple[int, int] = 0,
        join: bool = True,
        keep_unigrams: bool = False,
    ) -> Tokens:
        """Join the sequences of tokens that patterns match into one token each.

        Parameters
        ----------
        pattern, value_type, case_insensitive
            Phrases, as in :meth:`select`.
        concatenator
            What stands between the joined tokens; nothing by default, as Chinese is written.
        window
            Also join so many tokens before and after; not beyond padding.
        join
            Whether matches that share a token become one; otherwise each becomes a token of its own.
        keep_unigrams
            Whether the parts also stay, in front of what they make.

        Warns
        -----
        DuizhaoWarning
            As for :meth:`select`.

        Examples
        --------
        >>> import duizhao as dz
        >>> dz.tokens(["坚持党建引领"]).compound("党建 引领").to_list()
        [['坚持', '党建引领']]
        """
        sides = require_window(window)
        patterns = checked_patterns(self._core, pattern, value_type, case_insensitive)
        core = self._core.compound(
            patterns,
            concatenator=require_instance(concatenator, str, argument="concatenator", allowed="a str"),
            join=require_flag(join, "join"),
            window=sides,
            keep_unigrams=require_flag(keep_unigrams, "keep_unigrams"),
        )
        return self._with(core)

    def lookup(
        self,
        dictionary: Dictionary,
        *,
        levels: int | Sequence[int] | None = None,
        exclusive: bool = True,
        nested_scope: Literal["key", "dictionary"] = "key",
        nomatch: str | None = None,
        capkeys: bool | None = None,
        append_key: bool = False,
        separator: str = "/",
        concatenator: str = "_",
        value_type: ValueType | None = None,
        case_insensitive: bool | None = None,
    ) -> Tokens:
        """Put the categories of a dictionary in place of the tokens that its entries match.

        An entry matches whole tokens, one with white space a sequence of them; it never crosses documents and
        never covers padding. Exclusions, contexts, negation and variants need text and are not looked at: see
        :func:`duizhao.lookup`.

        Parameters
        ----------
        dictionary
            The categories.
        levels
            Which levels make the name of a category (1: outermost), joined by ``.``; by default all. Entries
            that have none of these levels are not looked for.
        exclusive
            Whether tokens that nothing matches go (and padding with them) or stay.
        nested_scope
            Among which matches one that lies inside another is left out: those of the same category
            (``"key"``) or all (``"dictionary"``). Matches that cross one another all count; the same stretch
            counts once in each category.
        nomatch
            What to put in place of each token that nothing matches; padding stays. Not with ``exclusive=False``.
        capkeys
            Whether categories are written in upper case; by default if other tokens stay beside them.
        append_key
            Whether the matched tokens stand before the category: ``党委/机关``.
        separator, concatenator
            With `append_key`: what stands before the category, and between several tokens.
        value_type, case_insensitive
            How entries are read, as in :meth:`select`; by default as the dictionary says.

        Returns
        -------
        Tokens
            Categories where their matches start; of one start in the order of the dictionary. Places run over
            what was matched; tags are gone. :attr:`types` holds all categories, also those without a match (not with
            `append_key`). Without entries, or without tokens, nothing matches.

        Raises
        ------
        DataTypeError, ParameterError
            No dictionary; a level below 1; an unknown word; `nomatch` where tokens stay, or empty.

        Notes
        -----
        The definition is that of quanteda's ``tokens_lookup`` (4.3.1), with its defaults. With ``append_key``
        quanteda takes each entry for a category of its own, so that a token that two entries of a category
        match comes twice; here it comes once.

        Examples
        --------
        >>> import duizhao as dz
        >>> d = dz.Dictionary({"上": {"党": ["党*", "党 建设"]}, "下": ["居民"]})
        >>> toks = dz.tokens([["党", "建设", "服务", "居民"]])
        >>> toks.lookup(d).to_list(), toks.lookup(d, levels=1, exclusive=False).to_list()
        ([['上.党', '下']], [['上', '服务', '下']])
        >>> toks.lookup(d, append_key=True, nomatch="—").to_list()
        [['党_建设/上.党', '—', '居民/下']]
        """
        core = lookup_tokens(
            self._core,
            dictionary,
            levels=None if levels is None else require_wholes(levels, "levels", 1),
            exclusive=require_flag(exclusive, "exclusive"),
            nested_scope=nested_scope,
            nomatch=nomatch,
            capkeys=not exclusive if capkeys is None else require_flag(capkeys, "capkeys"),
            append=(concatenator, separator) if require_flag(append_key, "append_key") else None,
            value_type=value_type,
            case_insensitive=None
            if case_insensitive is None
            else require_flag(case_insensitive, "case_insensitive"),
        )
        return self._with(core)

    # --- counting

    def dfm(self, *, progress: Progress = None) -> Dfm:
        """Count each token in each document; options as in :func:`duizhao.dfm`."""
        with reporting(progress, "dfm", total=len(self)) as report:
            return Dfm._of(CoreDfm.from_tokens(self._core, progress=report), self._documents)

    def fcm(
        self,
        *,
        context: Context = "window",
        window: int | None = None,
        within: Within | None = None,
        count: Count = "frequency",
        weights: Sequence[float] | None = None,
        ordered: bool = False,
        preset: Literal["quanteda"] | None = None,
        progress: Progress = None,
    ) -> Fcm:
        """Count which tokens stand near each other; options as in :func:`duizhao.fcm`."""
        return count_pairs(
            self._core, self._documents, context=context, window=window, within=within, count=count,
            weights=weights, ordered=ordered, preset=preset, progress=progress,
        )  # fmt: skip

    # --- storing --------------------------------------------------------------------------------------------

    def _parts(self) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
        """Everything as tables of one row a document: metadata, parts of the tokens as lists, texts and
        edits.
        """
        rest = {"text": self._texts, "edits": self._edits}
        texts = pl.DataFrame([series.alias(name) for name, series in rest.items() if series is not None])
        return {}, {"documents": self._documents, "tokens": self._core.to_columns(), "texts": texts}

    @classmethod
    def _restore(cls, header: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> Tokens:
        texts = table(frames, "texts")
        return cls._make(
            _core.Tokens.from_columns(table(frames, "tokens", "token")),
            table(frames, "documents", "doc_id"),
            *(texts.get_column(name) if name in texts.columns else None for name in ("text", "edits")),
        )
