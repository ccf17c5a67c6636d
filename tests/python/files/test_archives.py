"""Zip archives: names, bounds, paths that lead out, locked members, archives in archives."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

import duizhao as dz
from duizhao.files import archives, bounds

FILES = Path(__file__).parents[2] / "data" / "files"


class Named(zipfile.ZipInfo):
    """A member whose name is written in another encoding and not marked as UTF-8."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.encoding), self.flag_bits


def packed(path: Path, members: dict[str, bytes | str], *, encoding: str | None = None) -> Path:
    """A zip archive; with an encoding its names are written in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info: zipfile.ZipInfo | str = name
            if encoding is not None:
                info = Named(name)
                info.encoding = encoding
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return path


def test_members_are_documents(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "reports.zip",
        {
            "2023/a.txt": "县政协召开会议", "2024/a.txt": "县政协办理提案".encode("gbk"), "table.csv": "text,year\n北湾码头开工,2024\n",
            "songpo.docx": (FILES / "songpo_2024.docx").read_bytes(), "__MACOSX/2023/._a.txt": "x", ".hidden.txt": "x", "README.txt": "x",
            "logo.png": b"\x89PNG", "~$songpo.docx": b"x", "old.doc": (FILES / "songpo_2024.doc").read_bytes(),
        },
    )  # fmt: skip
    with pytest.warns(
        dz.UnreadableFileWarning, match=r"reports\.zip/old\.doc: a Word 97-2003 file .*soffice --headless"
    ):
        docs = dz.read_texts(path)
    assert docs["path"].str.strip_prefix(f"{path}/").to_list() == [
        "2023/a.txt",
        "2024/a.txt",
        "songpo.docx",
        "table.csv",
    ]
    assert docs["doc_id"].to_list() == ["reports.zip/2023/a", "reports.zip/2024/a", "songpo", "table-1"]
    assert docs["encoding"].to_list() == ["utf-8", "gb18030", None, "utf-8"] and docs["year"].to_list() == [
        None,
        None,
        None,
        2024,
    ]
    # In a folder beside other files, with metadata by the path in the archive.
    (tmp_path / "b.txt").write_text("县委召开会议", encoding="utf-8")
    (tmp_path / "about.csv").write_text(
        "file,year\nreports.zip/2023/a.txt,2023\nb.txt,2025\n", encoding="utf-8"
    )
    with pytest.warns(dz.DuizhaoWarning):
        about = dz.read_texts(tmp_path, metadata=tmp_path / "about.csv")
    assert about.select("doc_id", "year").rows() == [("b", 2025), ("reports.zip/2023/a", 2023)]


@pytest.mark.parametrize("encoding", [None, "gbk", "utf-8", "big5"])
def test_names_of_members(tmp_path: Path, encoding: str | None) -> None:
    names = ["縣志/青蘆.txt", "報告.txt"] if encoding == "big5" else ["县志/青芦.txt", "报告.txt"]
    path = packed(tmp_path / "a.zip", dict.fromkeys(names, "县政协召开会议"), encoding=encoding)
    assert dz.read_texts(path)["path"].str.strip_prefix(f"{path}/").to_list() == sorted(names)


def test_a_name_beside_the_name() -> None:
    info = zipfile.ZipInfo("???.txt")
    name = "青芦.txt".encode()
    info.extra = (
        struct.pack("<HH", 0x5455, 1) + b"\0" + struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name
    )
    assert archives.names([info]) == ["青芦.txt"]


def test_paths_that_lead_out_links_and_locks(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../out.txt", "/root.txt", "C:\\win.txt", "in\\side.txt"):
            archive.writestr(name, "县政协召开会议")
        archive.writestr(link, "/etc/hostname")
        archive.writestr("locked.txt", "县政协")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("locked.txt", "县政协")
    data = bytearray(path.read_bytes())
    # The flag of encryption, in the directory at the end.
    at = data.rindex(b"PK\x01\x02", 0, data.index(b"locked.txt", data.index(b"PK\x01\x02")))
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    with pytest.warns(dz.UnreadableFileWarning) as caught:
        docs = dz.read_texts(path)
    said = str(caught[0].message)
    for name, reason in (
        ("../out.txt", "leads out"), ("/root.txt", "leads out"), ("C:/win.txt", "leads out"), ("link.txt", "a link"),
        ("locked.txt", "encrypted; unpack it with its password"),
    ):  # fmt: skip
        assert f"{path}/{name}: " in said and reason in said.split(f"{path}/{name}: ")[1], name
    assert docs["path"].to_list() == [f"{path}/in/side.txt", f"{path}/locked.txt"]
    assert not (tmp_path.parent / "out.txt").exists()


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed(tmp_path / "bomb.zip", {"a.txt": bytes(30 * 1024**2), "b.txt": "县政协召开会议"})
    with pytest.warns(
        dz.UnreadableFileWarning, match=r"bomb\.zip/a\.txt: .*grows [\d,]+ times when unpacked; at most 200"
    ):
        assert dz.read_texts(bomb)["doc_id"].to_list() == ["b"]
    many = packed(tmp_path / "many.zip", {f"{n}.txt": "县政协" for n in range(5)})
    for name, most, message in (
        ("MOST_MEMBERS", 4, "it has 5 members; at most 4"),
        ("MOST_UNPACKED", 10, "unpacked, all archives together"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(archives, name, most)
            with (
                pytest.warns(dz.DuizhaoWarning, match=message)
                if name == "MOST_UNPACKED"
                else pytest.raises(dz.NoDocumentsError, match=message)
            ):
                dz.read_texts(many)
    # A packed document is looked at as well.
    monkeypatch.setattr(bounds, "MOST_UNPACKED", 10_000)
    with pytest.raises(dz.NoDocumentsError, match="unpacked it has"):
        dz.read_texts(FILES / "songpo_2024.docx")


def test_archives_in_archives(tmp_path: Path) -> None:
    inner: bytes = "县政协召开会议".encode()
    name = "a.txt"
    for depth in range(1, 6):
        inner = packed(tmp_path / f"{depth}.zip", {name: inner}).read_bytes()
        name = f"{depth}.zip"
    docs = dz.read_texts(tmp_path / "3.zip")
    assert docs["path"].to_list() == [f"{tmp_path}/3.zip/2.zip/1.zip/a.txt"] and docs["text"].to_list() == [
        "县政协召开会议"
    ]
    with pytest.raises(dz.NoDocumentsError, match="archives in archives are read 3 deep at most"):
        dz.read_texts(tmp_path / "4.zip")


def test_damaged(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.zip", {"a.txt": "县政协召开会议" * 50, "b.txt": "县政协"}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:100])
    with pytest.raises(dz.NoDocumentsError, match=r"cut\.zip: a zip archive: damaged or cut off"):
        dz.read_texts(tmp_path / "cut.zip")
    broken = bytearray(whole)
    broken[45:60] = bytes(15)
    (tmp_path / "broken.zip").write_bytes(bytes(broken))
    with pytest.warns(dz.UnreadableFileWarning, match=r"broken\.zip/a\.txt: damaged"):
        assert dz.read_texts(tmp_path / "broken.zip")["doc_id"].to_list() == ["b"]
