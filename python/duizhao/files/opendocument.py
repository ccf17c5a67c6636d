"""Text of OpenDocument texts (.odt): paragraphs with their automatic numbers, tables, notes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree

from ..errors import FileError
from .bounds import require_small
from .numbering import Counters, Level
from .parts import Converted, Lines

__all__ = ["read_opendocument"]

#: What is no text of the final document.
_LEFT_OUT: Final = frozenset(
    {
        "tracked-changes",
        "annotation",
        "annotation-end",
        "ruby-text",
        "note",
        "sequence-decls",
        "variable-decls",
        "forms",
    }
)
#: Formats of numbers under the names of Office Open XML.
_FORMATS: Final = {
    "1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter", "": "none",
    "一, 二, 三, ...": "chineseCounting", "壹, 贰, 叁, ...": "chineseLegalSimplified", "壹, 貳, 參, ...": "ideographLegalTraditional",
    "甲, 乙, 丙, ...": "ideographTraditional", "子, 丑, 寅, ...": "ideographZodiac", "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth", "1st": "decimal",
}  # fmt: skip


def read_opendocument(data: bytes) -> Converted:
    """The text of an OpenDocument text, with its paragraphs, rows of tables and notes as parts.

    Raises
    ------
    FileError
        A file that is damaged, encrypted, or holds no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            require_small(archive)
            manifest = archive.read("META-INF/manifest.xml")
            if b"encryption-data" in manifest:
                raise FileError("it wants a password; save it without one")
            root = ElementTree.fromstring(archive.read("content.xml"))
            styles = ElementTree.fromstring(archive.read("styles.xml"))
    except FileError:
        raise
    except (
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
        OSError,
        RuntimeError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise FileError("damaged or cut off") from error
    text = _Text(_lists(styles) | _lists(root))
    for body in _below(root, "text"):
        text.blocks(body)
    text.behind()
    if not text.lines.any():
        raise FileError("without text")
    return Converted(*text.lines.finished())


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Any, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _below(element: Any, name: str) -> Iterator[Any]:
    """The text itself: ``office:body/office:text``."""
    for body in element:
        if _name(body) == "body":
            yield from (child for child in body if _name(child) == name)


def _lists(root: Any) -> dict[str, dict[int, Level]]:
    """Styles of lists by their names."""
    found: dict[str, dict[int, Level]] = {}
    for style in root.iter():
        if _name(style) not in ("list-style", "outline-style"):
            continue
        levels = {}
        for element in style:
            depth = int(_value(element, "level") or 1) - 1
            if _name(element) == "list-level-style-bullet":
                levels[depth] = Level(form="bullet")
            elif _name(element) in ("list-level-style-number", "outline-level-style"):
                form = _FORMATS.get(_value(element, "num-format") or "", "decimal")
                shown = int(_value(element, "display-levels") or 1)
                numbers = ".".join(f"%{n + 1}" for n in range(max(0, depth - shown + 1), depth + 1))
                label = f"{_value(element, 'num-prefix') or ''}{numbers}{_value(element, 'num-suffix') or ''}"
                levels[depth] = Level(
                    start=int(_value(element, "start-value") or 1),
                    form=form,
                    text="" if form == "none" else label,
                )
        found[_value(style, "name") or ""] = levels
    return found


class _Text:
    """The lines of a document as they are found."""

    def __init__(self, lists: dict[str, dict[int, Level]]) -> None:
        self.lines = Lines()
        self.lists = lists
        self.counters: dict[str, Counters] = {}
        self._notes: list[tuple[str, str]] = []
        self._tables = 0

    def blocks(self, element: Any, style: str = "", depth: int = -1, label: str = "") -> None:
        """Paragraphs, lists and tables, also inside sections; a label goes before the first paragraph."""
        for child in element:
            name = _name(child)
            if name in ("p", "h"):
                self.lines.paragraph(label + self._string(child))
                label = ""
            elif name == "list":
                self._list(child, style, depth + 1)
            elif name == "table":
                self._table(child)
            elif name not in _LEFT_OUT:
                self.blocks(child, style, depth, label)

    def _list(self, element: Any, outer: str, depth: int) -> None:
        style = _value(element, "style-name") or outer
        levels = self.lists.get(style, {})
        if (
            depth == 0
            and _value(element, "continue-numbering") != "true"
            and _value(element, "continue-list") is None
        ):
            self.counters[style] = Counters()
        for item in element:
            if _name(item) == "list-header":
                self.blocks(item, style, depth)
            elif _name(item) == "list-item":
                start = _value(item, "start-value")
                shows = any(_name(child) in ("p", "h") for child in item) and depth in levels
                counters = self.counters.setdefault(style, Counters())
                label = counters.next(levels, depth, int(start) if start else None) if shows else ""
                self.blocks(item, style, depth, label)

    def _string(self, paragraph: Any) -> str:
        return "".join(self._pieces(paragraph)).strip("\n")

    def _pieces(self, element: Any) -> Iterator[str]:
        if _name(element) not in _LEFT_OUT:
            yield _text(element.text)
        for child in element:
            name = _name(child)
            if name == "s":
                yield " " * int(_value(child, "c") or 1)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name == "note":
                self._note(child)
            elif name in ("p", "h"):
                # A text box in a paragraph.
                yield "\n"
                yield from self._pieces(child)
                yield "\n"
            elif name not in _LEFT_OUT:
                yield from self._pieces(child)
            yield _text(child.tail)

    def _note(self, element: Any) -> None:
        kind = _value(element, "note-class") or "footnote"
        for body in element:
            if _name(body) == "note-body":
                said = "\n".join(self._string(p) for p in body.iter() if _name(p) in ("p", "h"))
                self._notes.append((kind, said))

    def behind(self) -> None:
        """Put the notes behind the text."""
        for kind in ("footnote", "endnote"):
            for number, said in enumerate((said for found, said in self._notes if found == kind), start=1):
                self.lines.add(kind, f"{kind} {number}", said)

    def _table(self, element: Any) -> None:
        self._tables += 1
        table = self._tables
        for number, row in enumerate(_rows(element), start=1):
            cells = [cell for cell in row if _name(cell) == "table-cell"]
            lone = all(
                sum(_name(child) in ("p", "h", "list", "table") for child in cell) <= 1 for cell in cells
            )
            nested = any(_name(child) in ("list", "table") for cell in cells for child in cell)
            if len(cells) > 1 and lone and not nested:
                said = "\t".join(" ".join("".join(map(self._string, cell)).split("\n")) for cell in cells)
                self.lines.add("row", f"table {table} row {number}", said if said.strip() else "")
                continue
            for cell in cells:
                self.blocks(cell)


def _rows(element: Any) -> Iterator[Any]:
    for child in element:
        if _name(child) == "table-row":
            yield child
        elif _name(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _text(said: str | None) -> str:
    """Runs of white space in the XML are one blank."""
    if not said:
        return ""
    for blank in "\r\n\t":
        said = said.replace(blank, " ")
    while "  " in said:
        said = said.replace("  ", " ")
    return said
