"""What a file is by its content, whatever its name says: tables of marks at the beginning, and a look into containers."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

Family: TypeAlias = Literal["document", "sheet", "slides", "archive", "picture", "media", "data", "program"]


class Kind(NamedTuple):
    """A kind of file that is no plain text."""

    #: As a message names it.
    label: str
    family: Family
    #: What to do about one that is not read.
    advice: str


_AS_TEXT: Final = "open it in the program that it comes from and save it as plain text (.txt, UTF-8)"
_AS_DOCX: Final = (
    "save it as .docx or plain text (.txt, UTF-8), or run `soffice --headless --convert-to docx` on it"
)
_AS_TABLE: Final = "save the sheet as .xlsx or CSV (UTF-8)"
_SCAN: Final = "if it is a scan of a text, a program for character recognition (OCR) makes text of it"
_UNPACK: Final = "unpack it and give the folder"
_NO_TEXT: Final = "it holds no text to read"
_EXPORT: Final = "export it as CSV, JSON Lines or Parquet"

#: Every kind that is known by content, by its word.
KINDS: Final[dict[str, Kind]] = {
    "pdf": Kind("a PDF file", "document", "save or export its text as .txt"),
    "docx": Kind("a Word file (.docx)", "document", _AS_TEXT),
    "doc": Kind("a Word 97-2003 file (.doc)", "document", _AS_DOCX),
    "wps": Kind("a WPS file", "document", _AS_DOCX),
    "odt": Kind("an OpenDocument text (.odt)", "document", _AS_TEXT),
    "rtf": Kind("an RTF file", "document", _AS_DOCX),
    "epub": Kind("an EPUB book", "document", _AS_TEXT),
    "ofd": Kind("an OFD file", "document", "save or export its text as .txt"),
    "caj": Kind("a CAJ file of CNKI", "document", "save it as PDF or text in CAJViewer"),
    "iwork": Kind("a file of Apple Pages, Numbers or Keynote", "document", "export it as .docx, .xlsx or text"),
    "hwp": Kind("a Hangul file (.hwp)", "document", _AS_TEXT),
    "msg": Kind("an Outlook message (.msg)", "document", _AS_TEXT),
    "chm": Kind("a help file (.chm)", "document", "unpack it and give the folder of its pages"),
    "djvu": Kind("a DjVu file", "document", _SCAN),
    "encrypted": Kind("an Office file with a password", "document", "open it and save it without the password"),
    "xlsx": Kind("an Excel file (.xlsx)", "sheet", _AS_TABLE),
    "xlsb": Kind("a binary Excel file (.xlsb)", "sheet", _AS_TABLE),
    "xls": Kind("an Excel 97-2003 file (.xls)", "sheet", _AS_TABLE),
    "ods": Kind("an OpenDocument sheet (.ods)", "sheet", _AS_TABLE),
    "pptx": Kind("a PowerPoint file (.pptx)", "slides", "save its outline as text"),
    "ppt": Kind("a PowerPoint 97-2003 file (.ppt)", "slides", "save its outline as text"),
    "odp": Kind("an OpenDocument presentation (.odp)", "slides", "save its outline as text"),
    "ole": Kind("an Office 97-2003 file (OLE container)", "document", _AS_TEXT),
    "zip": Kind("a zip archive", "archive", _UNPACK),
    "rar": Kind("a RAR archive", "archive", _UNPACK),
    "7z": Kind("a 7-Zip archive", "archive", _UNPACK),
    "gzip": Kind("a gzip archive", "archive", _UNPACK),
    "bzip2": Kind("a bzip2 archive", "archive", _UNPACK),
    "xz": Kind("an xz archive", "archive", _UNPACK),
    "zstd": Kind("a Zstandard archive", "archive", _UNPACK),
    "tar": Kind("a tar archive", "archive", _UNPACK),
    "cab": Kind("a cabinet archive (.cab)", "archive", _UNPACK),
    "tiff": Kind("a picture (TIFF)", "picture", _SCAN),
    "png": Kind("a picture (PNG)", "picture", _SCAN),
    "jpeg": Kind("a picture (JPEG)", "picture", _SCAN),
    "gif": Kind("a picture (GIF)", "picture", _SCAN),
    "bmp": Kind("a picture (BMP)", "picture", _SCAN),
    "webp": Kind("a picture (WebP)", "picture", _SCAN),
    "heic": Kind("a picture (HEIC)", "picture", _SCAN),
    "jpeg2000": Kind("a picture (JPEG 2000)", "picture", _SCAN),
    "psd": Kind("a picture (Photoshop)", "picture", _SCAN),
    "icon": Kind("an icon", "picture", _NO_TEXT),
    "audio": Kind("a sound file", "media", "a transcript of it is needed"),
    "video": Kind("a video file", "media", "a transcript of it is needed"),
    "font": Kind("a font", "program", _NO_TEXT),
    "parquet": Kind("a Parquet table", "data", "give it a name that ends in .parquet"),
    "arrow": Kind("an Arrow or Feather table", "data", "read it with polars.read_ipc and give the frame"),
    "sqlite": Kind("an SQLite database", "data", _EXPORT),
    "access": Kind("an Access database", "data", _EXPORT),
    "hdf5": Kind("an HDF5 file", "data", _EXPORT),
    "spss": Kind("an SPSS file", "data", _EXPORT),
    "stata": Kind("a Stata file", "data", _EXPORT),
    "program": Kind("a program", "program", _NO_TEXT),
    "shortcut": Kind("a Windows shortcut", "program", "give the file that it leads to"),
}  # fmt: skip

#: Marks at a place, in the order in which they are tried: place, bytes, kind.
_MARKS: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"PK\x03\x04", "zip"), (0, b"PK\x05\x06", "zip"), (0, b"PK\x07\x08", "zip"),
    (0, b"\xd0\xcf\x11\xe0", "ole"), (0, b"{\\rtf", "rtf"),
    (0, b"CAJ\x00", "caj"), (0, b"KDH ", "caj"), (0, b"ITSF\x03\x00\x00\x00", "chm"), (0, b"AT&TFORM", "djvu"),
    (0, b"HWP Document File", "hwp"),
    (0, b"Rar!\x1a\x07", "rar"), (0, b"7z\xbc\xaf\x27\x1c", "7z"), (0, b"\x1f\x8b\x08", "gzip"),
    (0, b"\xfd7zXZ\x00", "xz"), (0, b"\x28\xb5\x2f\xfd", "zstd"), (257, b"ustar", "tar"), (0, b"MSCF\x00\x00\x00\x00", "cab"),
    (0, b"\x89PNG", "png"), (0, b"\xff\xd8\xff", "jpeg"), (0, b"GIF87a", "gif"), (0, b"GIF89a", "gif"),
    (0, b"II*\x00", "tiff"), (0, b"MM\x00*", "tiff"), (0, b"\x00\x00\x00\x0cjP  ", "jpeg2000"), (0, b"8BPS\x00\x01", "psd"),
    (0, b"\x00\x00\x01\x00\x01\x00", "icon"),
    (4, b"ftypheic", "heic"), (4, b"ftypheix", "heic"), (4, b"ftypmif1", "heic"), (4, b"ftypavif", "heic"),
    (4, b"ftypM4A", "audio"), (4, b"ftyp", "video"), (0, b"ID3\x02\x00", "audio"), (0, b"ID3\x03\x00", "audio"), (0, b"ID3\x04\x00", "audio"),
    (0, b"OggS\x00", "audio"), (0, b"fLaC\x00", "audio"), (0, b"#!AMR\n", "audio"), (0, b"\x1aE\xdf\xa3", "video"), (0, b"FLV\x01", "video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"), (0, b"\x00\x00\x01\xba", "video"),
    (0, b"PAR1\x15", "parquet"), (0, b"ARROW1\x00\x00", "arrow"), (0, b"SQLite format 3\x00", "sqlite"), (0, b"\x89HDF\r\n\x1a\n", "hdf5"),
    (4, b"Standard Jet DB\x00", "access"), (4, b"Standard ACE DB\x00", "access"),
    (0, b"$FL2@(#)", "spss"), (0, b"<stata_dta>", "stata"),
    (0, b"\x7fELF", "program"), (0, b"\xcf\xfa\xed\xfe", "program"), (0, b"\xce\xfa\xed\xfe", "program"), (0, b"\xca\xfe\xba\xbe", "program"),
    (0, b"\x00asm\x01\x00\x00\x00", "program"),
    (0, b"OTTO\x00", "font"), (0, b"\x00\x01\x00\x00\x00", "font"), (0, b"wOF2\x00\x01\x00\x00", "font"), (0, b"wOFF\x00\x01\x00\x00", "font"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
)  # fmt: skip

#: Kinds by the first bytes of a RIFF container's name.
_RIFF: Final = {b"WEBP": "webp", b"WAVE": "audio", b"AVI ": "video"}

_CONTROL: Final = re.compile(rb"[\x00-\x08]")
_LETTERS: Final = re.compile(rb"[\x20-\x5b\x5d-\x7e]+")

#: How many bytes :func:`sniff` wants to see.
HEAD: Final = 2048

#: In an OLE container the stream of each kind, in the order in which they count where a file embeds another.
_STREAMS: Final = (
    ("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"),
    ("HwpSummaryInformation", "hwp"), ("__properties_version1.0", "msg"),
)  # fmt: skip
#: The same under the names of WPS Office.
_WPS: Final = {".wps": "wps", ".wpt": "wps", ".et": "xls", ".ett": "xls", ".dps": "ppt", ".dpt": "ppt"}
#: Types of containers that say themselves what they are.
_MIMETYPES: Final = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
#: Members of a zip archive that say what it is.
_MEMBERS: Final = (
    (r"word/document\d*\.xml", "docx"), (r"xl/workbook\.bin", "xlsb"), (r"xl/workbook\.xml", "xlsx"), (r"ppt/presentation\.xml", "pptx"),
    (r"OFD\.xml", "ofd"), (r"Index/.*\.iwa|Index\.zip", "iwork"), (r"META-INF/container\.xml", "epub"),
    (r"word/.*", "docx"), (r"xl/.*", "xlsx"), (r"ppt/.*", "pptx"),
)  # fmt: skip

#: Kinds by suffix, for what people expect to be read when they give a folder, and for containers that are broken.
SUFFIXES: Final[dict[str, str]] = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".doc": "doc", ".dot": "doc", ".wps": "wps", ".wpt": "wps", ".odt": "odt",
    ".rtf": "rtf", ".epub": "epub", ".ofd": "ofd", ".caj": "caj", ".kdh": "caj", ".nh": "caj", ".pages": "iwork", ".numbers": "iwork",
    ".key": "iwork", ".hwp": "hwp", ".msg": "msg", ".chm": "chm", ".djvu": "djvu",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xlsb": "xlsb", ".xls": "xls", ".et": "xls", ".ods": "ods",
    ".pptx": "pptx", ".ppsx": "pptx", ".pptm": "pptx", ".ppt": "ppt", ".pps": "ppt", ".dps": "ppt", ".odp": "odp",
    ".zip": "zip", ".rar": "rar", ".7z": "7z", ".gz": "gzip", ".tgz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd", ".tar": "tar",
    ".tif": "tiff", ".tiff": "tiff",
    ".db": "sqlite", ".sqlite": "sqlite", ".mdb": "access", ".accdb": "access", ".sav": "spss", ".dta": "stata", ".feather": "arrow",
}  # fmt: skip


def sniff(head: bytes) -> str | None:
    """The kind (a key of :data:`KINDS`) of a file by its first :data:`HEAD` bytes; None for what may be text.

    Containers are only told from others here (``"zip"``, ``"ole"``); :func:`kind_of_file` looks into them.
    """
    # A text may begin with letters that are the mark of something; it holds no control characters.
    binary = _CONTROL.search(head[:512]) is not None
    for place, mark, kind in _MARKS:
        if head.startswith(mark, place) and (binary or not _LETTERS.fullmatch(mark)):
            return kind
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if re.match(rb"BZh[1-9]1AY&SY", head):
        return "bzip2"
    # Two letters alone may begin a text.
    if (
        head.startswith(b"BM")
        and head[6:10] == b"\x00\x00\x00\x00"
        and head[14:15] in (b"\x0c", b"\x28", b"\x6c", b"\x7c")
    ):
        return "bmp"
    if head.startswith(b"MZ") and b"\x00" in head[:64]:
        return "program"
    # Readers of PDF take what stands before the mark for rubbish; a text that only speaks of the mark has no objects.
    found = re.search(rb"%PDF-\d\.\d\s", head[:1040])
    if found and (not head[: found.start()].strip() or b" obj" in head[found.end() :]):
        return "pdf"
    return None


def kind_of_file(path: str | os.PathLike[str]) -> str | None:
    """The kind of a file by its content, with a look into containers; None for what may be text.

    Raises ``OSError`` if the file cannot be read.
    """
    place = Path(path)
    with place.open("rb") as file:
        head = file.read(HEAD)
    kind = sniff(head)
    if kind == "zip":
        return _in_zip(place, head)
    if kind == "ole":
        return _in_ole(place)
    by_name = SUFFIXES.get(place.suffix.lower())
    if kind is None and by_name and _CONTROL.search(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # An older format under the name; text has no control characters (but UTF-16).
        return by_name
    return kind


def described(kind: str) -> str:
    """What a file is and what to do about it, as a message says it."""
    known = KINDS[kind]
    return f"{known.label}, which is not read as text; {known.advice}"


def _in_zip(path: Path, head: bytes) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                for start, kind in _MIMETYPES.items():
                    if declared.startswith(start):
                        return kind
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        # Cut off: the names of the first members still stand in front of them.
        places = [found.start() for found in re.finditer(rb"PK\x03\x04", head)]
        lengths = [int.from_bytes(head[place + 26 : place + 28], "little") for place in places]
        names = [
            head[place + 30 : place + 30 + length].decode("utf-8", "replace")
            for place, length in zip(places, lengths, strict=True)
        ]
        by_name = SUFFIXES.get(path.suffix.lower(), "zip")
        fallback = by_name if KINDS[by_name].family in ("document", "sheet", "slides") else "zip"
    else:
        fallback = "zip"
    for pattern, kind in _MEMBERS:
        if any(re.fullmatch(pattern, name) for name in names):
            return kind
    return fallback


def _in_ole(path: Path) -> str:
    data = path.read_bytes()
    # Names of streams in the directory: UTF-16, ended by a zero, at a place that is a multiple of an entry's 128 bytes.
    found = [
        kind
        for name, kind in _STREAMS
        if any(m.start() % 128 == 0 for m in re.finditer(re.escape((name + "\0").encode("utf-16-le")), data))
    ]
    suffix = path.suffix.lower()
    wanted = _WPS.get(suffix) or SUFFIXES.get(suffix)
    if "encrypted" in found:
        return "encrypted"
    if wanted == "wps" and "doc" in found:
        return "wps"
    if wanted in found:
        return str(wanted)
    return found[0] if found else "ole"
