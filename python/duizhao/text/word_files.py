"""Files of words (dictionaries of categories, user dictionaries, stop words) as text, in whatever encoding they are."""

from __future__ import annotations

import os

from .. import _core
from .._base.documents import refuse_half_characters
from .._base.names import shown
from ..errors import DictionaryError, FileError


def read_words(path: str | os.PathLike[str], *, argument: str | None = None) -> str:
    """The text of a file of words; its encoding is found as that of a file of texts is.

    Raises ``FileError`` for a file that cannot be read, ``DictionaryError`` with the line for bytes that are no text, ``DataError``
    for a name that no file can have.
    """
    name = os.fspath(path)
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        refuse_half_characters([name], f"the path `{argument or 'path'}`")
        raise
    read = _core.read_files([name], None)
    problem = read["problem"][0]
    if problem is not None:
        of = f"`{argument}`: " if argument else ""
        raise FileError(
            f"{of}cannot read {shown(name)}: {problem}; save it as UTF-8"
            if "encoding" in problem
            else f"{of}cannot read {shown(name)}: {problem}"
        )
    text = str(read["text"][0])
    if read["replaced"][0]:
        line = text[: text.index("\ufffd")].count("\n") + 1
        raise DictionaryError(
            f"{shown(name)}, line {line}: not valid in {read['encoding'][0]}, the encoding found; save it as UTF-8"
        )
    return text


def read_word_list(path: str | os.PathLike[str], *, argument: str | None = None) -> list[str]:
    """The words of a file, one a line; comments and empty lines are none.

    Raises as :func:`read_words`, and ``DictionaryError`` for a line that is no word.
    """
    return _core.parse_word_list(shown(os.fspath(path)), read_words(path, argument=argument))
