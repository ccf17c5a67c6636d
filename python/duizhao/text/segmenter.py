"""Cutting Chinese text into words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_word
from .._base.documents import refuse_half_characters
from .._base.frames import require_text
from .._base.html import shown
from .._base.names import shown as shown_name
from ..errors import DataTypeError, DictionaryError, ParameterError
from .word_files import read_words

__all__ = ["Segmenter"]

Mode: TypeAlias = Literal["default", "search", "full"]
Entry: TypeAlias = tuple[str, int | None, str | None]
UserDict: TypeAlias = (
    str
    | os.PathLike[str]
    | Mapping[str, "int | str | tuple[int | None, str | None] | None"]
    | Iterable["str | tuple[Any, ...]"]
    | pl.DataFrame
)

_MODES = ("default", "search", "full")
LookScript: TypeAlias = Literal["simplified", "as_written"]
_SCRIPTS = ("simplified", "as_written")


class Segmenter:
    """Cuts text into words: an immutable value over the dictionary and model of jieba.

    The dictionary is loaded once per process, at the first cut. Two segmenters with the same options are
    equal, have the same hash, and cut alike; a pickled one brings its words along, not their file.

    Parameters
    ----------
    hmm
        Whether words that are not in the dictionary are recognised by jieba's hidden Markov model.
    mode
        ``"default"``: the most probable cut, each character in one token. ``"search"``: the same, with the
        words of two and three characters inside longer tokens in front of them. ``"full"``: every dictionary
        word wherever it stands. In the last two, spans overlap and words are counted more than once.
    pos
        Whether tokens carry part-of-speech tags: the tag of the user's dictionary, else of jieba's, else a
        guess of its tagging model. The cut is the same with and without tags (unlike that of Python's
        ``jieba.posseg``).
    user_dict
        Your words: a path to a file in jieba's format, a list of words or of tuples ``(word, freq, tag)``, or
        a mapping from word to frequency, tag or ``(freq, tag)``, or a frame with a column ``word`` such as
        :func:`duizhao.new_words` gives. A word without a frequency gets the smallest
        that keeps it whole when it stands alone. Words that hold anything but Han characters (``1+7``,
        ``“三会一课”``, ``PM2.5``) are found by the longest match before the dictionary is asked, whatever
        their frequency, but never inside a longer number or Latin word. A frequency of 0 suppresses the word.
    suppress
        Words of at least two characters that never come out as one token: a path to a file with one word a
        line, or a list. The text is cut as if the dictionary lacked them.
    join_latin
        Whether Latin letters and digits with ``.``, ``_`` or ``-`` between them stay one token
        (``2019-2-25``, ``USB-C``, ``PM_2.5``). Without it, text is cut exactly as by Python's jieba 0.42.1
        (``2019-2-25`` in five tokens).
    script
        In which characters traditional text is looked up. ``"simplified"``: it is cut where the same text in
        simplified characters would be cut, since the dictionary and the model are simplified; tokens are what
        is written, and your words match it in either script. ``"as_written"``: the dictionary is asked for the
        characters that stand there, as Python's jieba does. Text in simplified characters is cut alike with both.

    Raises
    ------
    FileError
        A file that cannot be read.
    DictionaryError
        A line that cannot be read, by file and number.
    ParameterError
        An unknown mode or script; a suppressed word that is also a user word or has one character only.

    Notes
    -----
    A line of a dictionary file is ``word``, ``word freq``, ``word tag`` or ``word freq tag``, separated by
    spaces, or by tabs if the word itself holds spaces. Files are UTF-8, with or without a byte-order mark.
    Empty lines are skipped, and so are lines that start with ``#`` and a space.

    Examples
    --------
    >>> import duizhao as dz
    >>> dz.Segmenter().cut("市政协坚持党建引领")
    ['市政协', '坚持', '党建', '引领']
    >>> seg = dz.Segmenter(user_dict=["党建引领", "“1+7”"], suppress=["市政协"])
    >>> seg.cut("市政协坚持党建引领“1+7”")
    ['市', '政协', '坚持', '党建引领', '“1+7”']
    >>> seg == dz.Segmenter(user_dict=["党建引领", "“1+7”"], suppress=["市政协"])
    True
    """

    __slots__ = ("_core",)
    _core: _core.Segmenter

    def __init__(
        self,
        *,
        hmm: bool = True,
        mode: Mode = "default",
        pos: bool = False,
        user_dict: UserDict | None = None,
        suppress: str | os.PathLike[str] | Iterable[str] | None = None,
        join_latin: bool = False,
        script: LookScript = "simplified",
    ) -> None:
        """See the class."""
        core = _core.Segmenter(
            hmm=require_flag(hmm, "hmm"),
            mode=require_word(mode, _MODES, argument="mode"),
            pos=require_flag(pos, "pos"),
            join_latin=require_flag(join_latin, "join_latin"),
            user_words=_user_words(user_dict),
            suppress=_suppressed(suppress),
            script=require_word(script, _SCRIPTS, argument="script"),
        )
        object.__setattr__(self, "_core", core)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a segmenter is a value."""
        raise AttributeError(f"a Segmenter cannot be changed: make one with the {name!r} that you want")

    def __delattr__(self, name: str) -> None:
        """Refuse: a segmenter is a value."""
        raise AttributeError("a Segmenter cannot be changed")

    @property
    def hmm(self) -> bool:
        """Whether unknown words are recognised by the model."""
        return self._core.hmm

    @property
    def mode(self) -> str:
        """Which cuts come out."""
        return self._core.mode

    @property
    def pos(self) -> bool:
        """Whether tokens carry tags."""
        return self._core.pos

    @property
    def join_latin(self) -> bool:
        """Whether Latin letters and digits with ``.``, ``_`` or ``-`` between them stay one token."""
        return self._core.join_latin

    @property
    def script(self) -> str:
        """In which characters traditional text is looked up."""
        return self._core.script

    @property
    def user_words(self) -> list[Entry]:
        """Your words with frequency and tag."""
        return self._core.user_words

    @property
    def suppress(self) -> list[str]:
        """Words that never come out as one token."""
        return self._core.suppress

    def cut(self, text: str) -> list[str]:
        """Return the tokens of a text. White space is no token.

        Examples
        --------
        >>> import duizhao as dz
        >>> dz.Segmenter(mode="search").cut("中国科学院")
        ['中国', '科学', '学院', '科学院', '中国科学院']
        """
        return self._core.cut(_text(text))

    def tokenize(self, text: str) -> list[tuple[str, str | None, int, int]]:
        """Return tokens with tag and place: ``(token, tag, char_start, char_end)``, the span half-open in
        characters.

        Examples
        --------
        >>> import duizhao as dz
        >>> dz.Segmenter(pos=True).tokenize("加强 党建")
        [('加强', 'v', 0, 2), ('党建', 'j', 3, 5)]
        """
        return self._core.tokenize(_text(text))

    def to_json(self) -> str:
        """Return all options, words included, as JSON."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> Segmenter:
        """Return the segmenter that :meth:`to_json` described.

        Raises
        ------
        FormatError
            Text that does not describe a segmenter.
        """
        segmenter = cls.__new__(cls)
        object.__setattr__(segmenter, "_core", _core.Segmenter.from_json(text))
        return segmenter

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by options, words included."""
        return (Segmenter.from_json, (self.to_json(),))

    def __copy__(self) -> Segmenter:
        """Return the segmenter itself: it cannot change."""
        return self

    def __deepcopy__(self, memo: object) -> Segmenter:
        """Return the segmenter itself: it cannot change."""
        return self

    def __eq__(self, other: object) -> bool:
        """Return whether the options are equal."""
        return self._core == other._core if isinstance(other, Segmenter) else NotImplemented

    def __hash__(self) -> int:
        """Return a hash of the options."""
        return hash(self._core)

    def __repr__(self) -> str:
        """Show the options, and how many words there are."""
        parts = [f"hmm={self.hmm}", f"mode={self.mode!r}"]
        if self.pos:
            parts.append("pos=True")
        if self.join_latin:
            parts.append("join_latin=True")
        if self.script != "simplified":
            parts.append(f"script={self.script!r}")
        if words := self.user_words:
            parts.append(f"user_dict=<{len(words)} word{'s' * (len(words) > 1)}>")
        if words_out := self.suppress:
            parts.append(f"suppress=<{len(words_out)} word{'s' * (len(words_out) > 1)}>")
        return f"Segmenter({', '.join(parts)})"

    def _repr_html_(self) -> str:
        tables = {}
        if words := self.user_words:
            tables["user words"] = pl.DataFrame({"word": list(words)})
        if words_out := self.suppress:
            tables["words that are never cut"] = pl.DataFrame({"word": list(words_out)})
        return shown(repr(self), tables)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise DataTypeError(f"`text` must be a str; got {type(value).__name__}")
    if not value.isascii():
        refuse_half_characters([value], "`text`")
    return value


def _read(path: str | os.PathLike[str], argument: str) -> tuple[str, str]:
    """The name of a file of words and its text; errors name file and line."""
    return shown_name(os.fspath(path)), read_words(path, argument=argument)


def _user_words(given: UserDict | None) -> list[Entry]:
    if given is None:
        return []
    if isinstance(given, str | os.PathLike):
        return _core.parse_dictionary(*_read(given, "user_dict"))
    if isinstance(given, pl.DataFrame):
        given = require_text(given, "word", argument="user_dict")
    if isinstance(given, Mapping):
        return [
            _entry((word, *value) if isinstance(value, tuple) else (word, value), i)
            for i, (word, value) in enumerate(given.items(), 1)
        ]
    if not isinstance(given, Iterable):
        raise DataTypeError(
            f"`user_dict` must be a path, a list of words or a mapping; got {type(given).__name__}"
        )
    return [_entry(item, i) for i, item in enumerate(given, 1)]


def _entry(item: object, number: int) -> Entry:
    """One entry of a list or mapping: a word, or a tuple of word, frequency and tag, the last two in either
    form.
    """
    if isinstance(item, str):
        return (item, None, None)
    where = f"user_dict, line {number}"
    if not isinstance(item, tuple | list) or not 1 <= len(item) <= 3 or not isinstance(item[0], str):
        raise DictionaryError(f"{where}: {item!r} is neither a word nor a tuple (word, freq, tag)")
    word, freq, tag = item[0], None, None
    for value in item[1:]:
        if value is None:
            continue
        if isinstance(value, int) and not isinstance(value, bool) and freq is None and tag is None:
            if not 0 <= value < 2**32:
                raise DictionaryError(
                    f"{where}: the frequency {value} of {word!r} is no whole number from 0 to {2**32 - 1}"
                )
            freq = value
        elif isinstance(value, str) and value and tag is None:
            tag = value
        else:
            raise DictionaryError(f"{where}: {value!r} is neither the frequency nor the tag of {word!r}")
    return (word, freq, tag)


def _suppressed(given: str | os.PathLike[str] | Iterable[str] | None) -> list[str]:
    if given is None:
        return []
    if isinstance(given, str | os.PathLike):
        return _core.parse_word_list(*_read(given, "suppress"))
    if not isinstance(given, Iterable):
        raise DataTypeError(f"`suppress` must be a path or a list of words; got {type(given).__name__}")
    words = list(given)
    for word in words:
        if not isinstance(word, str):
            raise ParameterError(f"`suppress` must be a path or a list of words; got the entry {word!r}")
    return words
