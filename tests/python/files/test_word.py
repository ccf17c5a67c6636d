"""Word and OpenDocument texts: numbers, tables, notes, changes, breaks, readings, text boxes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import duizhao as dz
from duizhao.files.numbering import Counters, Level, chinese, numeral
from duizhao.files.opendocument import read_opendocument
from duizhao.files.parts import Converted
from duizhao.files.word import read_word

FILES = Path(__file__).parents[2] / "data" / "files"
W = nsdecls("w")


def word(*paragraphs: str, numbering: str = "", notes: str = "") -> Converted:
    """A document with the XML of its paragraphs, read."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("sectPr"):
            body.remove(child)
    for xml in paragraphs:
        body.insert(
            len(body) - 1,
            parse_xml(
                xml.replace(">", f" {W}>", 1)
                if " " not in xml.split(">")[0]
                else xml.replace(" ", f" {W} ", 1)
            ),
        )
    if numbering:
        part = document.part.numbering_part.element
        for child in list(part):
            part.remove(child)
        for element in parse_xml(f"<w:numbering {W}>{numbering}</w:numbering>"):
            part.append(element)
    place = io.BytesIO()
    document.save(place)
    data = place.getvalue()
    if notes:
        data = with_part(data, "footnotes", f"<w:footnotes {W}>{notes}</w:footnotes>")
    return read_word(data)


def with_part(data: bytes, name: str, xml: str) -> bytes:
    """The package with one more part that the document points to."""
    place = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(place, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "[Content_Types].xml":
                kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
                content = content.replace(
                    b"</Types>",
                    f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/></Types>'.encode(),
                )
            if item.filename == "word/_rels/document.xml.rels":
                kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
                content = content.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rNotes" Type="{kind}" Target="{name}.xml"/></Relationships>'.encode(),
                )
            new.writestr(item, content)
        new.writestr(f"word/{name}.xml", xml)
    return place.getvalue()


def p(text: str = "", *, number: int | None = None, level: int = 0, inside: str = "") -> str:
    pr = (
        ""
        if number is None
        else f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    )
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p>{pr}{run}{inside}</w:p>"


def level(depth: int, form: str, text: str, suffix: str = "nothing", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def a_list(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def use(number: int, of: int, inside: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


@pytest.mark.parametrize(
    ("name", "read"), [("songpo_2024.docx", read_word), ("songpo_2024.odt", read_opendocument)]
)
def test_what_libreoffice_writes(name: str, read: object) -> None:
    found = read((FILES / name).read_bytes())  # type: ignore[operator]
    assert found.text == (FILES / "songpo_2024.txt").read_text("utf-8").rstrip("\n")
    cut = [found.text[part.char_start : part.char_end] for part in found.parts]
    assert "".join(cut) == found.text
    labels = [part.label for part in found.parts]
    assert labels[0] == "paragraph 1" and labels[-2:] == ["table 1 row 3", "paragraph 10"]


def test_automatic_numbers() -> None:
    numbering = (
        a_list(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.", "tab"))
        + a_list(1, level(0, "decimalEnclosedCircle", "%1"), level(1, "upperLetter", "%1.%2", "space"))
        + use(1, 0) + use(2, 1) + use(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    )  # fmt: skip
    found = word(
        p("回顾", number=1), p("农业", number=1, level=1), p("粮食", number=1, level=2), p("油料", number=1, level=2),
        p("工业", number=1, level=1), p("纺织", number=1, level=2), p("任务", number=1), p("开局", number=1, level=1),
        p("甲", number=2), p("乙", number=2), p("丙", number=2, level=1), p("另起", number=3), p("接着", number=3), p("不编号", number=0),
        numbering=numbering,
    )  # fmt: skip
    assert found.text.split("\n") == [
        "一、回顾", "（一）农业", "1. 粮食", "2. 油料", "（二）工业", "1. 纺织", "二、任务", "（一）开局",
        "①甲", "②乙", "②.A 丙", "一、另起", "二、接着", "不编号",
    ]  # fmt: skip


def test_numbers_as_the_formats_write_them() -> None:
    assert [chinese(n) for n in (1, 10, 19, 20, 21, 100, 101, 110, 111, 1000, 1001, 20_010)] == [
        "一", "十", "十九", "二十", "二十一", "一百", "一百零一", "一百一十", "一百一十一", "一千", "一千零一", "二万零一十",
    ]  # fmt: skip
    for form, expected in (
        ("chineseLegalSimplified", "壹拾贰"), ("ideographTraditional", "乙"), ("lowerRoman", "xii"), ("decimalZero", "12"),
        ("decimalFullWidth", "１２"), ("decimalEnclosedParen", "⑿"), ("ideographDigital", "一二"), ("none", ""), ("bahtText", "12"),
    ):  # fmt: skip
        assert numeral(12, form) == expected, form
    chapters = {0: Level(form="chineseCounting", text="第%1章"), 1: Level(text="%1.%2", plain=True)}
    counters = Counters()
    assert [counters.next(chapters, depth) for depth in (0, 1, 1, 0, 1)] == [
        "第一章 ",
        "1.1 ",
        "1.2 ",
        "第二章 ",
        "2.1 ",
    ]


def test_changes_breaks_fields_and_readings() -> None:
    found = word(
        p(
            "定稿",
            inside="<w:ins><w:r><w:t>增补</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>",
        ),
        p(
            "移走的",
            inside="<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo>",
        ),
        p("上行", inside="<w:r><w:br/><w:t>下行</w:t><w:tab/><w:t>栏</w:t></w:r>"),
        p(
            "见",
            inside="<w:hyperlink><w:r><w:t>县志</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>第3页</w:t></w:r>",
        ),
        p(
            "",
            inside="<w:r><w:ruby><w:rt><w:r><w:t>bó</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>亳</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>州</w:t></w:r>",
        ),
        p("可见", inside="<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏起</w:t></w:r>"),
        "<w:sdt><w:sdtContent>" + p("控件里") + "</w:sdtContent></w:sdt>",
        p(),
        p(
            "",
            inside='<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>已办</w:t></w:r>',
        ),
    )
    assert found.text.split("\n") == [
        "定稿增补", "移走的新处", "上行", "下行\t栏", "见县志第3页", "亳州", "可见", "控件里", "☑已办",
    ]  # fmt: skip
    assert found.parts[2].label == "paragraph 3" and found.parts[3].label == "paragraph 4"


def test_tables_rows_frames_and_deleted_rows() -> None:
    def row(*cells: str, inside: str = "") -> str:
        return f"<w:tr>{inside}" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    found = word(
        "<w:tbl>"
        + row(p("镇"), p("户数"))
        + row(p("北湾"), p("320"))
        + row(p("旧镇"), p("1"), inside="<w:trPr><w:del/></w:trPr>")
        + "</w:tbl>",
        # A frame around a text: one cell with several paragraphs.
        "<w:tbl>" + row(p("第一段。") + p("第二段。")) + "</w:tbl>",
        "<w:tbl>" + row(p("甲"), p("乙一") + p("乙二")) + "</w:tbl>",
    )
    assert found.text.split("\n") == ["镇\t户数", "北湾\t320", "第一段。", "第二段。", "甲", "乙一", "乙二"]
    assert [part.label for part in found.parts[:3]] == ["table 1 row 1", "table 1 row 2", "paragraph 1"]


def test_text_boxes_come_once_and_behind_their_paragraph() -> None:
    box = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert word(p("正文", inside=both), p("后文")).text == "正文\n框内\n后文"


def test_notes_stand_behind_the_text() -> None:
    found = word(
        p("正文", inside='<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>继续</w:t></w:r>'),
        notes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
        + p("注文")
        + "</w:footnote>",
    )
    assert found.text == "正文继续\n注文"
    assert [(part.kind, part.label) for part in found.parts] == [
        ("paragraph", "paragraph 1"),
        ("footnote", "footnote 1"),
    ]


def test_damaged_and_empty() -> None:
    whole = (FILES / "songpo_2024.docx").read_bytes()
    for data in (
        whole[:3000],
        b"PK\x03\x04" + bytes(600),
        whole.replace(b"word/document.xml", b"word/d0cument.xml"),
    ):
        with pytest.raises(dz.FileError, match="damaged or cut off"):
            read_word(data)
    with pytest.raises(dz.FileError, match="without text"):
        word(p())
    odt = (FILES / "songpo_2024.odt").read_bytes()
    with pytest.raises(dz.FileError, match="damaged or cut off"):
        read_opendocument(odt[:5000])


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:automatic-styles>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" style:num-suffix="）"/></text:list-style>
</office:automatic-styles><office:body><office:text>{}</office:text></office:body></office:document-content>"""


def test_opendocument() -> None:
    place = io.BytesIO()
    body = """<text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:list text:style-name="L1"><text:list-item><text:p>回顾</text:p><text:list><text:list-item><text:p>农业</text:p></text:list-item>
<text:list-item><text:p>工业</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>任务</text:p></text:list-item></text:list>
<text:p>上<text:line-break/>下<text:s text:c="2"/>空<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>注文</text:p></text:note-body></text:note>后</text:p>
<text:p><text:ruby><text:ruby-base>亳</text:ruby-base><text:ruby-text>bó</text:ruby-text></text:ruby>州<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame></text:p>"""
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("styles.xml", "<styles/>")
        archive.writestr("content.xml", ODT.format(body))
    found = read_opendocument(place.getvalue())
    assert found.text.split("\n") == [
        "一、回顾",
        "（1）农业",
        "（2）工业",
        "二、任务",
        "上",
        "下  空后",
        "亳州",
        "框内",
        "注文",
    ]
    assert found.parts[-1].label == "footnote 1"


def test_elements_in_elements_without_end(tmp_path: Path) -> None:
    place = tmp_path / "deep.odt"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("styles.xml", "<styles/>")
        archive.writestr(
            "content.xml",
            ODT.format("<text:section>" * 5_000 + "<text:p>a</text:p>" + "</text:section>" * 5_000),
        )
    (tmp_path / "a.txt").write_text("县政协召开会议", encoding="utf-8")
    with pytest.warns(dz.UnreadableFileWarning, match=r"deep\.odt: an OpenDocument text"):
        assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["a"]
