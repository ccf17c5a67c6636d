"""Which kinds of files are read here, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .opendocument import read_opendocument
from .parts import Converted
from .pdf import read_pdf
from .word import read_word

__all__ = ["ARCHIVES", "DOCUMENTS", "SHEETS"]

#: Files of one document, by the word that ``kinds.py`` has for them.
DOCUMENTS: Final[Mapping[str, Callable[[bytes], Converted]]] = {
    "pdf": read_pdf,
    "docx": read_word,
    "odt": read_opendocument,
}
#: Files with a row a document.
SHEETS: Final = ("xlsx", "xls", "ods")
#: Files of files.
ARCHIVES: Final = ("zip",)
