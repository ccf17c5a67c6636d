"""Text of PDF files: lines as they are laid out, a form feed between two pages.

PDFium says which character stands where; lines, their order, blanks and indents are worked out here, since its own text
follows the order in which a program drew the page and puts blanks wherever characters stand apart.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ..errors import FileError
from .parts import Converted, Part, require_library

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["read_pdf"]

#: All of these are measured in the height of a character (em).
#: How far baselines of one line may lie apart: notes and indices are raised by a third.
_SAME_LINE: Final = 0.45
#: From which gap on two stretches of a line are cells, or far apart.
_CELL: Final = 1.5
#: From which gap on two Han characters have a blank between them: justified lines stretch less.
_BLANK: Final = 0.6
#: A line that begins so far right of its neighbours is indented.
_INDENT: Final = 0.8
#: Lines farther apart than this, in the usual distance of the page, have an empty line between them.
_PARAGRAPH: Final = 1.7
#: Lines of columns of prose have so many Han characters, or so many letters; at least so many lines have.
_PROSE: Final = 8
_PROSE_LETTERS: Final = 20
_COLUMN_LINES: Final = 4
_DEEPEST: Final = 24

_IDEOGRAPHIC_SPACE: Final = "\u3000"
#: What PDFium says for a hyphen at the end of a line.
_HYPHENS: Final = (0x02, 0xFFFE)


@dataclass
class _Piece:
    """Characters that follow each other on one line."""

    x0: float
    x1: float
    y: float
    em: float
    text: list[str] = field(default_factory=list)

    def string(self) -> str:
        return "".join(self.text)


@dataclass
class _Char:
    code: int
    x0: float
    x1: float
    y: float
    em: float
    #: Whether PDFium thinks that a blank stands before it.
    spaced: bool = False
    #: By how much it is turned against the clock, 0, 90, 180 or 270; None for what is slanted.
    turned: int | None = 0


def read_pdf(data: bytes) -> Converted:
    """The text of a PDF file, with its pages as parts.

    Raises
    ------
    FileError
        A file that is damaged, wants a password, or holds no text.
    """
    pdfium = require_library("pypdfium2")
    document = _opened(pdfium, data)
    try:
        pages, pictures = [], []
        margins: list[float] = []
        for number, page in enumerate(document, start=1):
            lines, margins = _lines(pdfium, page, margins)
            pages.append("\n".join(lines))
            if not pages[-1].strip() and _has_picture(pdfium, page):
                pictures.append(number)
            page.close()
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        count = f"{len(pages)} page{'s' if len(pages) != 1 else ''}"
        if pictures:
            raise FileError(f"no text: {count} of scanned pictures; recognise them (OCR) first")
        raise FileError(f"no text: {count}")
    notes = []
    if pictures:
        notes.append(f"no text on {_numbers(pictures)}: scanned pictures; recognise them (OCR) to have it")
    return _joined(pages, notes)


def _joined(pages: Sequence[str], notes: list[str]) -> Converted:
    parts, start = [], 0
    for number, page in enumerate(pages, start=1):
        # The line feed and the form feed behind a page belong to it.
        end = start + len(page) + (2 if number < len(pages) else 0)
        parts.append(Part("page", f"page {number}", start, end))
        start = end
    return Converted("\n\f".join(pages), parts, notes)


def _numbers(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page{'s' if len(pages) > 1 else ''} {shown}"


def _opened(pdfium: Any, data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise FileError("it wants a password; save it without one") from error
        if code == pdfium.raw.FPDF_ERR_SECURITY:
            raise FileError("encrypted in a way that is not known; save it without that") from error
        raise FileError("damaged or cut off") from error
    if pages == 0:
        raise FileError("damaged or cut off")
    return document


def _has_picture(pdfium: Any, page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))


# --- characters -------------------------------------------------------------------------------------------------------------


def _characters(pdfium: Any, page: pypdfium2.PdfPage, more: int = 0) -> list[_Char]:
    """The characters in the order in which they were drawn, as they stand on the page that is shown.

    `more` turns the page further, with the clock.
    """
    raw = pdfium.raw
    text = page.get_textpage()
    handle = text.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    # The boxes are those of the page before it is turned.
    turned = (page.get_rotation() + more) % 360
    left, bottom, right, top = page.get_mediabox()
    width, height = right - left, top - bottom
    found: list[_Char] = []
    spaced = False
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (0x0A, 0x0D) or raw.FPDFText_IsGenerated(handle, index) == 1:
            spaced = True
            continue
        if code == 0 or (raw.FPDFText_HasUnicodeMapError(handle, index) == 1 and not _is_plain(code)):
            code = 0xFFFD
        elif code in _HYPHENS:
            code = 0x2D
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetMatrix(handle, index, matrix)
        em = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
        ox, oy, x0, y0, x1, y1 = (
            x.value - left, y.value - bottom, box.left - left, box.bottom - bottom, box.right - left, box.top - bottom,
        )  # fmt: skip
        run, rise = matrix.a, matrix.b
        if turned == 90:
            ox, oy, x0, x1, run, rise = oy, width - ox, y0, y1, rise, -run
        elif turned == 180:
            ox, oy, x0, x1, run, rise = width - ox, height - oy, width - x1, width - x0, -run, -rise
        elif turned == 270:
            ox, oy, x0, x1, run, rise = height - oy, ox, height - y1, height - y0, -rise, run
        angle = math.degrees(math.atan2(rise, run)) % 360
        nearest = round(angle / 90) * 90
        found.append(
            _Char(code, x0, x1, oy, em or 1.0, spaced, nearest % 360 if abs(angle - nearest) < 5 else None)
        )
        spaced = False
    text.close()
    return found


def _is_plain(code: int) -> bool:
    """Whether PDFium's guess for a glyph without a character can be trusted: Latin letters keep their codes in most fonts."""
    return 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xFF or 0x2010 <= code <= 0x203A


def _is_han(character: str) -> bool:
    """Whether no blank belongs beside a character by itself: Han characters, their marks, full-width forms."""
    code = ord(character)
    return (
        0x2E80 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
        or character in "“”‘’—…·"
    )


# --- lines ------------------------------------------------------------------------------------------------------------------


def _pieces(characters: Sequence[_Char]) -> list[_Piece]:
    """Characters that stand side by side, in the order in which they were drawn."""
    pieces: list[_Piece] = []
    piece: _Piece | None = None
    for char in characters:
        glyph = chr(char.code)
        if glyph.isspace() and piece is None:
            continue
        fits = (
            piece is not None
            and abs(char.y - piece.y) <= _SAME_LINE * max(char.em, piece.em)
            and char.x0 >= piece.x1 - 0.6 * max(char.em, piece.em)
            and char.x0 - piece.x1 < _CELL * max(char.em, piece.em)
        )
        if piece is None or not fits:
            if glyph.isspace():
                continue
            piece = _Piece(char.x0, char.x1, char.y, char.em)
            pieces.append(piece)
        elif not glyph.isspace() and piece.text and not piece.text[-1].isspace():
            gap = char.x0 - piece.x1
            beside_han = _is_han(glyph) or _is_han(piece.text[-1][-1])
            if gap > _BLANK * char.em or (char.spaced and not beside_han):
                piece.text.append(" ")
        piece.text.append(glyph)
        piece.x1 = max(piece.x1, char.x1)
        if char.em > piece.em:
            # A raised index does not say where the line stands.
            piece.em, piece.y = char.em, char.y
    return [piece for piece in pieces if piece.string().strip()]


def _steps(characters: Sequence[_Char]) -> list[str]:
    """For each character whether it stands ``below`` or ``beside`` one that was drawn before or behind it; else nothing."""
    found = [""] * len(characters)
    for place, (before, char) in enumerate(itertools.pairwise(characters)):
        em = max(before.em, char.em)
        dx, dy = char.x0 - before.x0, before.y - char.y
        step = ""
        if abs(dx) < 0.5 * em and 0.5 * em < dy < 2 * em:
            step = "below"
        elif abs(dy) < 0.3 * em and 0.2 * em < dx < 2 * em:
            step = "beside"
        if step:
            found[place] = found[place] or step
            found[place + 1] = step
    return found


def _lines(pdfium: Any, page: pypdfium2.PdfPage, margins: list[float]) -> tuple[list[str], list[float]]:
    """The lines of a page from top to bottom, and its left margin (that of the page before where it has few lines)."""
    characters = _characters(pdfium, page)
    turns = Counter(c.turned for c in characters)
    most = max(turns, key=lambda turn: turns[turn], default=0)
    if most:
        # A table that lies on its side, on a page that does not say so.
        characters = _characters(pdfium, page, most)
    lines, margins = _upright([c for c in characters if c.turned == 0], margins)
    return lines + _slanted([c for c in characters if c.turned != 0]), margins


def _slanted(characters: Sequence[_Char]) -> list[str]:
    """Watermarks and notes in the margin, each on a line, in the order in which they were drawn."""
    lines: list[str] = []
    last: _Char | None = None
    for char in characters:
        far = last is None or max(abs(char.x0 - last.x0), abs(char.y - last.y)) > 3 * max(char.em, last.em)
        if far or last is None or char.turned != last.turned:
            lines.append("")
        lines[-1] += chr(char.code)
        last = char
    return [line.strip() for line in lines if line.strip()]


def _upright(characters: Sequence[_Char], margins: list[float]) -> tuple[list[str], list[float]]:
    steps = _steps(characters)
    if steps.count("below") <= max(10, steps.count("beside")):
        return _laid_out(characters, margins)
    # Written downwards: turned by a quarter, columns from right to left are lines from top to bottom.
    columns = [c for c, step in zip(characters, steps, strict=True) if step != "beside"]
    turned = [_Char(c.code, -c.y, c.em - c.y, c.x0, c.em, c.spaced) for c in columns]
    lines, _ = _laid_out(turned, [])
    # Running heads are written across all the same.
    across = [c for c, step in zip(characters, steps, strict=True) if step == "beside"]
    highest = max(c.y for c in columns)
    above, _ = _laid_out([c for c in across if c.y > highest], [])
    below, _ = _laid_out([c for c in across if c.y <= highest], [])
    return above + lines + below, margins


def _laid_out(characters: Sequence[_Char], margins: list[float]) -> tuple[list[str], list[float]]:
    lines: list[str] = []
    blocks = _blocks(_pieces(characters))
    over_above = None
    for over, rows in blocks:
        # What reaches over the columns is no line of them.
        if over_above is not None and over != over_above:
            lines.append("")
        over_above = over
        margin = _margin(rows)
        if margin is None:
            margin = (
                margins[0] if len(blocks) == 1 and margins else min((row[0].x0 for row in rows), default=0.0)
            )
        elif len(blocks) == 1:
            margins = [margin]
        pitch, em = _pitch(rows), _usual_em(rows)
        above: _Piece | None = None
        for row in rows:
            first = row[0]
            if above is not None and pitch and above.y - first.y > _PARAGRAPH * pitch:
                lines.append("")
            lines.append(_IDEOGRAPHIC_SPACE * _indent(first, margin, em) + _string(row))
            above = first
    return lines, margins


def _string(row: Sequence[_Piece]) -> str:
    """A line; between its cells stand tabs, between the letters of a spaced heading blanks."""
    letters = [piece.string().strip() for piece in row]
    spaced = len(row) > 2 and all(len(letter) == 1 for letter in letters)
    return (" " if spaced else "\t").join(letters)


def _blocks(pieces: list[_Piece]) -> list[tuple[bool, list[list[_Piece]]]]:
    """Lines from top to bottom; where a page has columns of prose, those of one column after those of the other.

    With each block, whether it reaches over the columns.
    """
    ends = _ends(pieces) if pieces else frozenset[int]()
    gutter = _gutter(pieces, ends)
    if gutter is None:
        return [(False, _by_height(pieces))] if pieces else []
    whole, left, right = _split(pieces, gutter, ends)
    blocks: list[tuple[bool, list[list[_Piece]]]] = []
    for above, below in itertools.pairwise(
        [math.inf, *sorted({p.y for p in whole}, reverse=True), -math.inf]
    ):
        if above != math.inf:
            line = [[piece] for piece in whole if piece.y == above]
            # Lines of the whole width that follow each other are one block.
            if blocks and blocks[-1][0]:
                blocks[-1][1].extend(line)
            else:
                blocks.append((True, line))
        sides = [[p for p in side if below <= p.y < above] for side in (left, right)]
        if all(map(_is_prose, sides)):
            blocks += [(False, rows) for side in sides for _, rows in _blocks(side)]
        elif any(sides):
            blocks.append((False, _by_height([*sides[0], *sides[1]])))
    return blocks


def _gutter(pieces: Sequence[_Piece], ends: frozenset[int]) -> float | None:
    """Where the right one of two columns begins, if the page has columns."""
    if len(pieces) < 2 * _COLUMN_LINES:
        return None
    best, gutter = 0, None
    em = sorted(piece.em for piece in pieces)[len(pieces) // 2]
    prose = [piece for piece in pieces if _runs(piece)]
    for start in sorted({round(piece.x0 / em) for piece in prose}):
        near = [piece.x0 for piece in prose if abs(piece.x0 / em - start) <= 0.5]
        if len(near) < _COLUMN_LINES:
            continue
        whole, left, right = _split(pieces, min(near), ends)
        levels = [math.inf, *sorted({p.y for p in whole}, reverse=True), -math.inf]
        columns = 0
        for above, below in itertools.pairwise(levels):
            sides = [[p for p in side if below <= p.y < above] for side in (left, right)]
            if all(map(_is_prose, sides)):
                columns += min(map(len, sides))
        if columns > best:
            best, gutter = columns, min(near)
    return gutter


def _split(
    pieces: Sequence[_Piece], gutter: float, ends: frozenset[int]
) -> tuple[list[_Piece], list[_Piece], list[_Piece]]:
    """What reaches over the gutter, or stands by itself above or below all others; what is left and right of it."""
    whole: list[_Piece] = []
    left: list[_Piece] = []
    right: list[_Piece] = []
    for piece in pieces:
        if id(piece) in ends:
            whole.append(piece)
        elif piece.x1 <= gutter + 0.5 * piece.em:
            left.append(piece)
        elif piece.x0 >= gutter - 0.5 * piece.em:
            right.append(piece)
        else:
            whole.append(piece)
    return whole, left, right


def _ends(pieces: Sequence[_Piece]) -> frozenset[int]:
    """Running heads and page numbers: the highest and the lowest line, far from what is next to them."""
    rows = _by_height(pieces)
    pitch = _pitch(rows) or rows[0][0].em
    ends = []
    for row, others in ((rows[0], rows[1:]), (rows[-1], rows[:-1])):
        for piece in row:
            near = [
                abs(piece.y - other.y)
                for line in others
                for other in line
                if other.x0 < piece.x1 and piece.x0 < other.x1
            ]
            if near and min(near) > _PARAGRAPH * max(pitch, piece.em):
                ends.append(id(piece))
    return frozenset(ends)


def _runs(piece: _Piece) -> bool:
    """Whether it is a line of running text: figures and names of a table are not."""
    text = piece.string()
    return sum(map(_is_han, text)) >= _PROSE or sum(map(str.isalpha, text)) >= _PROSE_LETTERS


def _is_prose(pieces: Sequence[_Piece]) -> bool:
    """Whether a column holds running text, as the columns of a table do not."""
    long = sum(map(_runs, pieces))
    return long >= _COLUMN_LINES and 2 * long >= len(pieces)


def _level(a: _Piece, b: _Piece) -> bool:
    return abs(a.y - b.y) <= _SAME_LINE * max(a.em, b.em)


def _by_height(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.y):
        if rows and _level(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.x0)
    return rows


def _margin(rows: Sequence[list[_Piece]]) -> float | None:
    """Where lines begin that are not indented; None where there are too few to say."""
    if len(rows) < 5:
        return None
    em = sorted(row[0].em for row in rows)[len(rows) // 2]
    for half in sorted({round(2 * row[0].x0 / em) for row in rows}):
        # Rounded to one side or the other.
        near = [row[0].x0 for row in rows if abs(2 * row[0].x0 / em - half) <= 1]
        if len(near) >= max(3, 0.15 * len(rows)):
            return min(near)
    return None


def _usual_em(rows: Sequence[list[_Piece]]) -> float:
    """The height of most lines: indents are counted in it, so that small running heads do not reach over the text."""
    return sorted(row[0].em for row in rows)[len(rows) // 2]


def _indent(first: _Piece, margin: float, em: float) -> int:
    """By how many characters a line is indented."""
    depth = (first.x0 - margin) / em
    return min(round(depth), _DEEPEST) if depth >= _INDENT else 0


def _pitch(rows: Sequence[list[_Piece]]) -> float:
    """The usual distance of two lines."""
    falls = [a[0].y - b[0].y for a, b in itertools.pairwise(rows) if a[0].y > b[0].y]
    return sorted(falls)[len(falls) // 2] if len(falls) >= 3 else 0.0
