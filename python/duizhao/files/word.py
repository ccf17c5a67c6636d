"""Text of Word files (.docx, .docm): paragraphs with their automatic numbers, tables, notes, text boxes.

python-docx opens the package; the text is read off its XML by the local names of elements, so that the strict variant of
the format is read too.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ..errors import FileError
from .bounds import require_small
from .numbering import Counters, Level
from .parts import Converted, Lines, require_library

__all__ = ["read_word"]

#: What is no text of the final document: deleted, moved away, instructions of fields, comments, readings over characters.
_LEFT_OUT: Final = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "rPr",
        "pPr",
        "commentReference",
        "Fallback",
    }
)
#: Pictures of characters in symbol fonts that mean something in a text.
_SYMBOLS: Final = {
    0xF0FE: "☑", 0xF052: "☑", 0xF0A8: "□", 0xF06F: "□", 0xF0A3: "□", 0xF06C: "●", 0xF06E: "■", 0xF0FC: "✓", 0xF0D8: "➢", 0xF0B7: "•",
    0xF0E0: "→",
}  # fmt: skip
_SYMBOL_FONTS: Final = ("wingdings", "webdings", "symbol", "zapfdingbats")


def read_word(data: bytes) -> Converted:
    """The text of a Word file, with its paragraphs, rows of tables and notes as parts.

    Raises
    ------
    FileError
        A file that is damaged or holds no text.
    """
    require_library("docx", package="python-docx")
    from docx.opc.package import OpcPackage
    from docx.oxml import parse_xml

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            require_small(archive)
        package = OpcPackage.open(io.BytesIO(data))
        main = package.main_document_part
        root = parse_xml(main.blob)
        beside = {
            rel.reltype.rpartition("/")[2]: parse_xml(rel.target_part.blob)
            for rel in main.rels.values()
            if not rel.is_external
            and rel.reltype.rpartition("/")[2] in ("numbering", "styles", "footnotes", "endnotes")
        }
    except FileError:
        raise
    except Exception as error:
        # Zip, XML and python-docx have each their own errors for a broken package.
        raise FileError("damaged or cut off") from error
    text = _Text(_Numbers.of(beside.get("numbering"), beside.get("styles")))
    for body in _children(root, "body"):
        text.blocks(body)
    for kind, name in (("footnote", "footnotes"), ("endnote", "endnotes")):
        if name in beside:
            text.notes(kind, beside[name])
    if not text.lines.any():
        raise FileError("without text" + (": it holds pictures only" if text.pictures else ""))
    return Converted(*text.lines.finished())


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(element: Any, *names: str) -> Iterator[Any]:
    return (child for child in element if _name(child) in names)


def _child(element: Any, *path: str) -> Any:
    """The element below, name by name; None where one is missing."""
    for name in path:
        element = next(_children(element, name), None) if element is not None else None
    return element


def _value(element: Any, name: str = "val") -> str | None:
    """An attribute, whatever its namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _is_on(element: Any) -> bool:
    """A switch such as ``w:vanish``: there, and not turned off."""
    return element is not None and (_value(element) or "1").lower() not in ("0", "false", "off", "none")


# --- numbers ----------------------------------------------------------------------------------------------------------------


@dataclass
class _List:
    """A list: its levels, the numbers with which some start anew, and the counters that it shares with its likes."""

    levels: dict[int, Level]
    starts: dict[int, int]
    counters: Counters


@dataclass
class _Numbers:
    """The lists of a document, and which styles belong to one."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @staticmethod
    def of(numbering: Any, styles: Any) -> _Numbers:
        numbers = _Numbers()
        if styles is not None:
            numbers._read_styles(styles)
        if numbering is None:
            return numbers
        abstract: dict[str | None, tuple[dict[int, Level], Counters]] = {}
        linked: dict[str | None, str | None] = {}
        for element in _children(numbering, "abstractNum"):
            key = _value(element, "abstractNumId")
            levels = dict(map(_level, _children(element, "lvl")))
            abstract[key] = (levels, Counters())
            linked[key] = _value(_child(element, "numStyleLink"))
        for element in _children(numbering, "num"):
            number, key = _value(element, "numId"), _value(_child(element, "abstractNumId"))
            if number is None or key not in abstract:
                continue
            if linked[key] in numbers.styles:
                # The list is defined by the style that it points to.
                target = _list_number(numbering, numbers.styles[linked[key] or ""][0])
                key = target if target in abstract else key
            levels, counters = abstract[key]
            levels, starts = dict(levels), {}
            for override in _children(element, "lvlOverride"):
                depth = int(_value(override, "ilvl") or 0)
                start, level = _child(override, "startOverride"), _child(override, "lvl")
                if start is not None:
                    starts[depth] = int(_value(start) or 1)
                if level is not None:
                    levels[depth] = _level(level)[1]
            numbers.lists[number] = _List(levels, starts, counters)
        return numbers

    def _read_styles(self, styles: Any) -> None:
        own: dict[str, tuple[str | None, int | None, str | None]] = {}
        for style in _children(styles, "style"):
            key = _value(style, "styleId")
            pr = _child(style, "pPr", "numPr")
            depth = _value(_child(pr, "ilvl"))
            above = _value(_child(style, "basedOn"))
            if key:
                own[key] = (_value(_child(pr, "numId")), int(depth) if depth else None, above)
        for key in own:
            number: str | None = None
            inherited: int | None = None
            seen: set[str] = set()
            at: str | None = key
            while at is not None and at in own and at not in seen:
                seen.add(at)
                found, level, above = own[at]
                number = number if number is not None else found
                inherited = inherited if inherited is not None else level
                at = above
            if number is not None:
                self.styles[key] = (number, inherited)

    def label(self, paragraph: Any) -> str:
        """The automatic number of a paragraph, as it stands on the page."""
        properties = _child(paragraph, "pPr")
        own = _child(properties, "numPr")
        number, depth = _value(_child(own, "numId")), _value(_child(own, "ilvl"))
        level = int(depth) if depth else None
        style = self.styles.get(_value(_child(properties, "pStyle")) or "")
        if style is not None:
            number = number if number is not None else style[0]
            level = level if level is not None else style[1]
        if number is None or number not in self.lists:
            return ""
        found, at = self.lists[number], level or 0
        first = found.starts.get(at) if (number, at) not in self.started else None
        self.started.add((number, at))
        return found.counters.next(found.levels, at, first)


def _list_number(numbering: Any, number: str) -> str | None:
    for element in _children(numbering, "num"):
        if _value(element, "numId") == number:
            return _value(_child(element, "abstractNumId"))
    return None


def _level(element: Any) -> tuple[int, Level]:
    restart = _value(_child(element, "lvlRestart"))
    form = _value(_child(element, "numFmt"))
    if form is None:
        # Formats newer than the schema stand beside an older one.
        form = _value(_child(element, "AlternateContent", "Choice", "numFmt"))
    return int(_value(element, "ilvl") or 0), Level(
        start=int(_value(_child(element, "start")) or 1),
        form=form or "decimal",
        text=_value(_child(element, "lvlText")) or "",
        plain=_is_on(_child(element, "isLgl")),
        restart=int(restart) if restart else None,
        suffix=_value(_child(element, "suff")) or "tab",
    )


# --- text -------------------------------------------------------------------------------------------------------------------


class _Text:
    """The lines of a document as they are found."""

    def __init__(self, numbers: _Numbers) -> None:
        self.numbers = numbers
        self.lines = Lines()
        self.pictures = 0
        self._tables = 0

    def blocks(self, element: Any) -> None:
        """Paragraphs and tables, also inside controls, insertions and the like."""
        for child in element:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name not in _LEFT_OUT:
                self.blocks(child)

    def _paragraph(self, element: Any) -> None:
        boxes: list[Any] = []
        self.lines.paragraph(self._string(element, boxes))
        for box in boxes:
            self.blocks(box)

    def _string(self, paragraph: Any, boxes: list[Any]) -> str:
        """The text of a paragraph with its number; text boxes that hang on it are put into the list."""
        said = "".join(self._pieces(paragraph, boxes)).strip("\n")
        # An empty paragraph shows no number, but counts.
        label = self.numbers.label(paragraph)
        return label + said if said.strip() else ""

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        for child in element:
            name = _name(child)
            if name in _LEFT_OUT:
                continue
            if name == "t":
                yield _in_symbol_font(child.text or "", element)
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                code = int(_value(child, "char") or "FFFD", 16)
                yield _SYMBOLS.get(code, chr(code))
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "r" and _is_on(_child(child, "rPr", "vanish")):
                continue
            else:
                self.pictures += name in ("drawing", "pict")
                yield from self._pieces(child, boxes)

    def _table(self, element: Any) -> None:
        self._tables += 1
        table = self._tables
        rows = [row for row in _found(element, "tr") if _child(row, "trPr", "del") is None]
        for number, row in enumerate(rows, start=1):
            cells = [self._cell(cell) for cell in _found(row, "tc")]
            if len(cells) > 1 and all(isinstance(cell, str) for cell in cells):
                said = "\t".join(str(cell).replace("\n", " ") for cell in cells)
                self.lines.add("row", f"table {table} row {number}", said if said.strip() else "")
                continue
            # A table that only frames a text: its cells hold paragraphs.
            for cell in cells:
                if isinstance(cell, str):
                    self.lines.paragraph(cell)
                else:
                    self.blocks(cell)

    def _cell(self, element: Any) -> Any:
        """The text of a cell that has one paragraph at most; else the cell."""
        blocks = [child for child in _found(element, "p", "tbl") if _name(child) == "tbl" or _has_text(child)]
        if len(blocks) > 1 or any(_name(block) == "tbl" for block in blocks):
            return element
        boxes: list[Any] = []
        said = self._string(blocks[0], boxes) if blocks else ""
        return said + "".join(" " + text for box in boxes for text in self._strings(box))

    def _strings(self, element: Any) -> list[str]:
        return [text for p in _found(element, "p") if (text := self._string(p, []))]

    def notes(self, kind: str, element: Any) -> None:
        """Foot- or endnotes, behind the text."""
        number = 0
        for note in _children(element, kind):
            if _value(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            number += 1
            said = "\n".join(text.strip() for text in self._strings(note))
            self.lines.add(kind, f"{kind} {number}", said)


def _found(element: Any, *names: str) -> Iterator[Any]:
    """The nearest elements of these names below, also inside controls and insertions."""
    for child in element:
        name = _name(child)
        if name in names:
            yield child
        elif name not in _LEFT_OUT and name not in ("p", "tbl", "tr", "tc"):
            yield from _found(child, *names)


def _has_text(paragraph: Any) -> bool:
    return any(_name(element) in ("t", "sym") for element in paragraph.iter())


def _in_symbol_font(text: str, run: Any) -> str:
    """Characters of symbol fonts stand for themselves only in private use."""
    if not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text
    fonts = _child(run, "rPr", "rFonts")
    name = (_value(fonts, "ascii") or _value(fonts, "hAnsi") or "").lower()
    if not name.startswith(_SYMBOL_FONTS):
        return text
    return "".join(_SYMBOLS.get(ord(character), character) for character in text)
