"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao.files import held
from duizhao.text.kinds import HEAD, KINDS, SUFFIXES, described, kind_of_file, sniff


def zipped(*names: str, first: tuple[str, str] | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in ([first] if first else []) + [(name, "x") for name in names]:
            archive.writestr(name, content)
    return held.getvalue()


def container(*streams: str) -> bytes:
    """An OLE container with a directory of streams, 128 bytes each."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
    return head + b"".join(
        f"{name}\0".encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", *streams)
    )


def tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return held.getvalue()


def table() -> bytes:
    held = io.BytesIO()
    pl.DataFrame({"text": ["山"]}).write_parquet(held)
    return held.getvalue()


FILES: dict[str, tuple[bytes, str]] = {
    "docx": (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "docx"),
    "docx, cut off": (zipped("[Content_Types].xml", "word/document.xml")[:120], "docx"),
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    "xlsb": (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    "pptx": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
    "odt": (zipped("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.text")), "odt"),
    "ods": (zipped("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.spreadsheet")), "ods"),
    "epub": (zipped("META-INF/container.xml", first=("mimetype", "application/epub+zip")), "epub"),
    "ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
    "pages": (zipped("Index/Document.iwa"), "iwork"),
    "zip": (zipped("reports/a.txt", "reports/b.txt"), "zip"),
    "empty zip": (zipped(), "zip"),
    "doc": (container("1Table", "WordDocument"), "doc"),
    "xls": (container("Workbook"), "xls"),
    "doc that embeds a sheet": (container("WordDocument", "Workbook"), "doc"),
    "ppt": (container("PowerPoint Document"), "ppt"),
    "with a password": (container("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "another container": (container("Contents"), "ole"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\n", "pdf"),
    "pdf behind a mark": (b"\xef\xbb\xbf%PDF-1.4\n1 0 obj\n", "pdf"),
    "rtf": (rb"{\rtf1\ansi\ansicpg936 \'d5\'fe}", "rtf"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "png"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpeg"),
    "tiff": (b"II*\x00\x08\x00\x00\x00", "tiff"),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "webp"),
    "gzip": (gzip.compress("县政协".encode()), "gzip"),
    "tar": (tar(), "tar"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "rar"),
    "parquet": (table(), "parquet"),
    "sqlite": (b"SQLite format 3\x00\x10\x00", "sqlite"),
    "caj": (b"CAJ\x00\x01\x00\x00\x00", "caj"),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", "program"),
    "elf": (b"\x7fELF\x02\x01\x01\x00", "program"),
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".md", ".xyz", ""])
@pytest.mark.parametrize("name", FILES)
def test_content_counts_and_no_name(tmp_path: Path, name: str, suffix: str) -> None:
    content, kind = FILES[name]
    path = tmp_path / f"report{suffix}"
    path.write_bytes(content)
    assert kind_of_file(path) == kind
    if kind == "zip":
        assert dz.read_texts(path)["path"].str.starts_with(f"{path}/").all()
        return
    with pytest.raises(dz.NoDocumentsError) as caught:
        dz.read_texts(path)
    assert str(path) in str(caught.value) and KINDS[kind].label in str(caught.value)
    # What is read says what is wrong with this one.
    read = kind in (*held.DOCUMENTS, *held.SHEETS, *held.ARCHIVES)
    assert read != (described(kind) in str(caught.value))


def test_a_broken_container_is_what_its_name_says(tmp_path: Path) -> None:
    rubbish = b"PK\x03\x04\x14\x00\x06\x00" + bytes((i * 37 + 11) % 253 for i in range(500))
    for suffix, kind in (
        (".docx", "docx"),
        (".xlsx", "xlsx"),
        (".ofd", "ofd"),
        (".txt", "zip"),
        (".zip", "zip"),
    ):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(rubbish)
        assert kind_of_file(path) == kind
    # The names of WPS Office, and a format of CNKI that has no mark.
    for suffix, content, kind in (
        (".wps", container("WordDocument"), "wps"),
        (".et", container("Workbook"), "xls"),
        (".caj", b"HN\xc8\x00\x00\x00", "caj"),
    ):
        path = tmp_path / f"b{suffix}"
        path.write_bytes(content)
        assert kind_of_file(path) == kind


@pytest.mark.parametrize(
    "text",
    [
        "PK赛：谁是第一名",
        "PAR1是一种蛋白",
        "BM25与检索",
        "MZ世代的消费",
        "GIF89a是图片的一种格式",
        "%PDF 是一种文件的标记",
        "文件以%PDF-1.7开头，见下文。",
        "{\\rt不是标记}",
        "Rar!",
        "CAJ浏览器使用说明",
        "ID3标签说明",
        "OggS",
        "HN市工作报告",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_texts_that_begin_like_one_are_texts(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((text + "。县政协召开全体会议，听取工作报告。").encode(encoding))
    assert kind_of_file(path) is None
    assert dz.read_texts(path)["text"][0].startswith(text)


def test_one_such_file_does_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("县政协召开会议", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(FILES["docx"][0])
    (tmp_path / "c.csv").write_bytes(FILES["xlsx"][0])
    with pytest.warns(dz.UnreadableFileWarning, match=r"b\.txt: a Word file .*c\.csv: an Excel file"):
        assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["a"]
    with pytest.raises(dz.FileError, match=r"b\.txt: a Word file"):
        dz.read_texts(tmp_path, on_error="raise")
    # An encoding makes no text of it.
    with pytest.raises(dz.NoDocumentsError, match="a Word file"):
        dz.read_texts(tmp_path / "b.txt", encoding="gbk")


def test_every_kind_has_a_name_and_advice() -> None:
    assert set(SUFFIXES.values()) <= set(KINDS)
    assert all(kind.label and kind.advice for kind in KINDS.values())
    assert sniff(b"") is None and sniff(b"\x00" * HEAD) is None


def test_what_a_folder_names_and_what_it_is_silent_about(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("县政协召开会议", encoding="utf-8")
    for name in ("photo.jpg", "logo.png", "Thumbs.db", ".DS_Store", "setup.exe", "README.doc", "~$a.doc"):
        (tmp_path / name).write_bytes(b"\x00\x01\x02\x03")
    assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["a"]
    held = {
        "b.doc": FILES["doc"][0], "c.rtf": FILES["rtf"][0], "d.caj": FILES["caj"][0], "e.ofd": FILES["ofd"][0], "f.rar": FILES["rar"][0],
        "g.tif": FILES["tiff"][0], "h.ppt": FILES["ppt"][0], "i.wps": container("WordDocument"),
    }  # fmt: skip
    for name, content in held.items():
        (tmp_path / name).write_bytes(content)
    with pytest.warns(dz.UnreadableFileWarning, match="left out") as caught:
        assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["a"]
    assert len(caught) == 1 and all(name in str(caught[0].message) for name in held)


def test_a_folder_without_documents_says_what_it_holds(tmp_path: Path) -> None:
    for name in ("1.jpg", "2.JPG", "3.mp3", "unknown", ".hidden"):
        (tmp_path / name).write_bytes(b"\x00")
    with pytest.raises(
        dz.NoDocumentsError, match=r"only \.jpg \(2\), \.mp3 \(1\), files without suffix \(1\)$"
    ):
        dz.read_texts(tmp_path)
