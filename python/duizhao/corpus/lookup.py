"""Looking dictionaries of categories up on text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, overload

import polars as pl

from .. import _core
from .._base.checks import require_instance, require_word
from .._base.documents import Documents
from .._base.finders import Texts, find, searched
from .._base.metadata import Metadata
from .._base.progress import Progress, reporting
from ..dictionaries.dictionary import Dictionary
from ..errors import ParameterError
from ._schema import LOOKUP
from .patterns import VALUE_TYPES, ValueType, warn_cut

if TYPE_CHECKING:
    from .._core import Tokens as CoreTokens

__all__ = ["NegatedChoice", "NestedScope", "lookup"]

NestedScope: TypeAlias = Literal["dictionary", "key"]
NegatedChoice: TypeAlias = Literal["flag", "drop", "only"]

NESTED_SCOPES = ("dictionary", "key")
NEGATED_CHOICES = ("flag", "drop", "only")


@overload
def lookup(
    docs: pl.LazyFrame,
    dictionary: Dictionary,
    *,
    nested_scope: NestedScope = ...,
    negated: NegatedChoice = ...,
    text: str = ...,
    metadata: Metadata = ...,
    progress: Progress = ...,
) -> pl.LazyFrame: ...
@overload
def lookup(
    docs: Texts,
    dictionary: Dictionary,
    *,
    nested_scope: NestedScope = ...,
    negated: NegatedChoice = ...,
    text: str = ...,
    metadata: Metadata = ...,
    progress: Progress = ...,
) -> pl.DataFrame: ...
def lookup(
    docs: Documents,
    dictionary: Dictionary,
    *,
    text: str = "text",
    nested_scope: NestedScope = "dictionary",
    negated: NegatedChoice = "flag",
    metadata: Metadata = True,
    progress: Progress = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Find the entries of a dictionary in texts, character by character.

    No segmenter is asked, so the hits are the same whatever cuts the texts later. Of all occurrences that
    nothing bars (an exclusion, a context, a longer Latin word or number around it) the leftmost-longest are
    hits.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. If :func:`duizhao.clean` made the
        frame, the raw places are those of the raw texts. A LazyFrame gives a LazyFrame.
    dictionary
        What to find.
    text
        The column of texts.
    nested_scope
        ``"dictionary"``: a hit never lies inside or across another (人民政协 hides 政协), though one stretch
        may belong to several categories. ``"key"``: leftmost-longest within each category by itself.
    negated
        ``"flag"``: all hits, negated ones flagged. ``"drop"``: without them. ``"only"``: nothing else.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps
        are documents.

    Returns
    -------
    polars.DataFrame
        One row a hit and category, by document and place (then the order of the dictionary): ``doc_id``,
        ``category`` (levels joined by ``.``), ``levels`` (list), ``entry``, ``surface`` (what stands in the
        text), ``weight`` (null without), ``negated``, ``char_start``, ``char_end``, ``raw_start``,
        ``raw_end``, then the metadata of the documents. No hits, no rows.

    Raises
    ------
    MissingColumnError, DataTypeError, DataError
        As for :func:`duizhao.tokens`.
    ParameterError
        An unknown word for `nested_scope` or `negated`.

    Examples
    --------
    >>> import duizhao as dz
    >>> d = dz.Dictionary({"机关": ["党委", "政协"], "民众": ["居民", "群众"]})
    >>> dz.lookup({"a": "市政协走访居民，没有惊动群众。"}, d).select("category", "surface", "char_start", "negated").rows()
    [('机关', '政协', 1, False), ('民众', '居民', 5, False), ('民众', '群众', 12, True)]
    """
    require_instance(dictionary, Dictionary, argument="dictionary", allowed="a dz.Dictionary")
    require_word(nested_scope, NESTED_SCOPES, argument="nested_scope")
    require_word(negated, NEGATED_CHOICES, argument="negated")

    def look(frame: pl.DataFrame) -> pl.DataFrame:
        texts, edits = searched(frame, text)
        with reporting(progress, "lookup", total=frame.height) as report:
            found = _core.lookup_frame(
                texts, edits, dictionary._core, nested_scope=nested_scope, progress=report
            )
        return found if negated == "flag" else found.filter(pl.col("negated") == (negated == "only"))

    return find(look, LOOKUP, docs, text=text, metadata=metadata)


def lookup_tokens(
    tokens: CoreTokens,
    dictionary: Dictionary,
    *,
    levels: list[int] | None,
    exclusive: bool,
    nested_scope: Literal["key", "dictionary"],
    nomatch: str | None,
    capkeys: bool,
    append: tuple[str, str] | None,
    value_type: ValueType | None,
    case_insensitive: bool | None,
) -> CoreTokens:
    """Put categories in place of tokens: see :meth:`duizhao.Tokens.lookup`."""
    require_instance(dictionary, Dictionary, argument="dictionary", allowed="a dz.Dictionary")
    require_word(nested_scope, NESTED_SCOPES, argument="nested_scope")
    if levels is not None and not levels:
        raise ParameterError("`levels` must be at least one number; got none")
    if nomatch is not None and (not isinstance(nomatch, str) or not nomatch):
        raise ParameterError(f"`nomatch` must be a str that is not empty; got {nomatch!r}")
    if nomatch is not None and not exclusive:
        raise ParameterError("`nomatch` must be None where `exclusive` is False: the tokens stay; got both")
    for name, value in zip(("concatenator", "separator"), append or (), strict=False):
        require_instance(value, str, argument=name, allowed="a str")
    options = dictionary.options
    kind = ("glob" if options["glob"] else "fixed") if value_type is None else value_type
    folded = options["case_insensitive"] if case_insensitive is None else case_insensitive
    entries = dictionary.to_frame().select("levels", "entry")
    numbers: dict[str, int] = {}
    phrases, keys = [], []
    for path, entry in entries.iter_rows():
        chosen = path if levels is None else [path[n - 1] for n in levels if n <= len(path)]
        if not chosen:
            continue
        name = ".".join(chosen)
        phrases.append(entry.split())
        keys.append(numbers.setdefault(name.upper() if capkeys else name, len(numbers)))
    require_word(kind, VALUE_TYPES, argument="value_type")
    warn_cut(tokens, phrases, kind, bool(folded))
    return tokens.lookup(
        (phrases, kind, bool(folded)),
        {
            "pattern_keys": keys,
            "keys": list(numbers),
            "within_key": nested_scope == "key",
            "exclusive": exclusive,
            "nomatch": nomatch,
            "append": append,
        },
    )
