"""PDF files: order of lines, pages, columns, lines written downwards; files without text, locked, damaged."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz
from duizhao.files import pdf
from duizhao.files.pdf import read_pdf

FILES = Path(__file__).parents[2] / "data" / "files"


def lines(name: str) -> list[str]:
    return read_pdf((FILES / name).read_bytes()).text.split("\n")


def scanned(pages: int, path: Path, *, first_with_text: bool = False) -> Path:
    """A PDF of pictures."""
    document = (
        pdfium.PdfDocument((FILES / "locked.pdf").read_bytes(), password="x")
        if first_with_text
        else pdfium.PdfDocument.new()
    )
    for _ in range(pages):
        page = document.new_page(200, 200)
        bitmap = pdfium.PdfBitmap.new_native(8, 8, pdfium.raw.FPDFBitmap_BGR)
        bitmap.fill_rect((200, 30, 30, 255), 0, 0, 8, 8)
        picture = pdfium.PdfImage.new(document)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pdfium.PdfMatrix().scale(200, 200))
        page.insert_obj(picture)
        page.gen_content()
    document.save(str(path), flags=pdfium.raw.FPDF_REMOVE_SECURITY)
    document.close()
    return path


def test_lines_as_laid_out() -> None:
    found = lines("qinglu_2024.pdf")
    assert found[0].strip() == "青芦县人民政府公报 2024年第3期"
    assert found[1].strip() == "政 府 工 作 报 告"
    # A paragraph is indented, the lines behind the first are not; digits have no blanks beside Han characters.
    at = found.index("　　过去一年，全县上下深入贯彻落实上级的决策部署，统筹推进")
    assert found[at + 2] == "的成效。全县地区生产总值达到86.4亿元，增长6.2%；一般公共"
    assert "地区生产总值（亿元）\t86.4\t92" in found


def test_pages_are_parts_and_a_form_feed_apart() -> None:
    read = read_pdf((FILES / "qinglu_2024.pdf").read_bytes())
    assert [part.label for part in read.parts] == ["page 1", "page 2", "page 3"]
    assert read.text.count("\f") == 2
    pages = [read.text[part.char_start : part.char_end] for part in read.parts]
    assert "".join(pages) == read.text
    # The running head stands first and the number last, whenever they were drawn.
    for number, page in enumerate(pages, start=1):
        there = [line for line in page.strip("\f").split("\n") if line.strip()]
        assert there[0].strip() == "青芦县人民政府公报 2024年第3期" and there[-1].strip() == f"— {number} —"


def test_columns_are_read_one_after_the_other() -> None:
    found = [line.strip() for line in lines("columns.pdf")]
    joined = "".join(found)
    # Over the gap between the columns, and in each.
    assert "改造农村户厕5200座，自来水普及率达到96%" in joined and "森林覆盖率提高到71.3%" in joined
    assert found[:2] == ["松坡县第九届人民代表大会文件", ""] and found[-2:] == ["", "— 1 —"]


def test_lines_written_downwards() -> None:
    found = [line.strip() for line in lines("downwards.pdf")]
    assert found[:3] == ["县志选", "青芦小志", "青芦在江之北，湖之东，地平多苇。民以渔樵为业，春种秋"]
    assert found[-1] == "— 1 —"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_are_drawn_lying_and_shown_upright(turn: int) -> None:
    document = pdfium.PdfDocument((FILES / "columns.pdf").read_bytes())
    page = document[0]
    width, height = page.get_size()
    # Against the clock, back into the first quadrant; the viewer turns the page with the clock.
    back = {90: (height, 0), 180: (width, height), 270: (0, width)}[turn]
    for drawn in page.get_objects(max_depth=1):
        drawn.transform(pdfium.PdfMatrix().rotate(turn, ccw=True).translate(*back))
    if turn != 180:
        for box in (page.set_mediabox, page.set_cropbox):
            box(0, 0, height, width)
    page.set_rotation(turn)
    page.gen_content()
    place = io.BytesIO()
    document.save(place)
    assert read_pdf(place.getvalue()).text.split("\n") == lines("columns.pdf")


CHARS = st.tuples(st.sampled_from("县会议章abc1，"), st.integers(0, 50), st.integers(0, 60))
#: Two columns of prose at some heights, and what stands about.
COLUMNS = [("县会议章县会议章县会议章", 40 * side, 3 * line) for side in (0, 1) for line in range(8)]


@given(st.lists(CHARS, max_size=60), st.booleans())
def test_no_character_is_lost_or_doubled(about: list[tuple[str, int, int]], columns: bool) -> None:
    drawn = [*about, *(COLUMNS if columns else [])]
    characters = [
        pdf._Char(ord(one), 10.0 * x + 10 * n, 10.0 * x + 10 * n + 10, 8.0 * y, 10.0)
        for text, x, y in drawn
        for n, one in enumerate(text)
    ]
    lines, _ = pdf._upright(characters, [])
    assert Counter("".join("".join(lines).split())) == Counter("".join(text for text, *_ in drawn))


def test_pictures_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(dz.FileError, match=r"no text: 2 pages of scanned pictures; recognise them \(OCR\)"):
        read_pdf(scanned(2, tmp_path / "a.pdf").read_bytes())
    with pytest.warns(dz.UnreadableFileWarning, match=r"a\.pdf: a PDF file: no text: 2 pages of scanned"):
        (tmp_path / "b.txt").write_text("县政协召开会议", encoding="utf-8")
        assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["b"]


def test_a_page_of_pictures_among_others_is_named(tmp_path: Path) -> None:
    path = scanned(2, tmp_path / "mixed.pdf", first_with_text=True)
    with pytest.warns(dz.DuizhaoWarning, match=r"mixed\.pdf: no text on pages 2, 3: scanned pictures"):
        docs = dz.read_texts(path)
    assert docs["text"][0].count("\f") == 2 and "白鹭" in docs["text"][0]


def test_locked_damaged_and_empty() -> None:
    whole = (FILES / "qinglu_2024.pdf").read_bytes()
    for data, message in (
        ((FILES / "locked.pdf").read_bytes(), "wants a password"),
        (whole[:300], "damaged or cut off"),
        (b"%PDF-1.7\n" + bytes((i * 91 + 200) % 256 for i in range(600)), "damaged or cut off"),
    ):
        with pytest.raises(dz.FileError, match=message):
            read_pdf(data)
    empty = pdfium.PdfDocument.new()
    empty.new_page(100, 100)
    place = io.BytesIO()
    empty.save(place)
    with pytest.raises(dz.FileError, match=r"no text: 1 page$"):
        read_pdf(place.getvalue())
