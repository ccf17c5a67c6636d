"""The manifest: what it says of files, and what it keeps apart."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path

import pytest

import duizhao as dz
from duizhao.report import manifest

UTC = datetime.timezone.utc


def build(**changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "options": {"by": "县", "top": 20},
        "inputs": [
            {"path": "b.txt", "bytes": 1, "sha256": "x"},
            {"path": "a.txt", "bytes": 2, "sha256": "y"},
        ],
        "dictionaries": [],
        "seeds": {"layout": 1},
        "outputs": [],
        "started": datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "finished": datetime.datetime(2026, 1, 2, 3, 4, 7, 500000, tzinfo=UTC),
    }
    return manifest.build("compare", **{**given, **changes})  # type: ignore[arg-type]


def test_digest_is_sha256(tmp_path: Path) -> None:
    path = tmp_path / "县.txt"
    data = "党建".encode() * 500_000  # more than one block
    path.write_bytes(data)
    assert manifest.digest(path) == hashlib.sha256(data).hexdigest()
    assert manifest.file_facts(path, name="县.txt") == {
        "path": "县.txt",
        "bytes": len(data),
        "sha256": manifest.digest(path),
    }


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(dz.FileError, match=r"absent\.txt"):
        manifest.digest(tmp_path / "absent.txt")


def test_time_stands_apart() -> None:
    later = datetime.datetime(2027, 1, 1, tzinfo=UTC)
    first, second = build(), build(started=later, finished=later)
    assert first["reproducible"] == second["reproducible"]
    assert first["run"] != second["run"]
    assert first["run"]["seconds"] == 2.5  # type: ignore[index]


def test_times_are_utc() -> None:
    east = datetime.timezone(datetime.timedelta(hours=8))
    when = datetime.datetime(2026, 1, 2, 8, 0, tzinfo=east)
    assert build(started=when, finished=when)["run"]["started_utc"] == "2026-01-02T00:00:00+00:00"  # type: ignore[index]


def test_files_are_in_order() -> None:
    assert [f["path"] for f in build()["reproducible"]["inputs"]] == ["a.txt", "b.txt"]  # type: ignore[index]


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    manifest.write(build(), path)
    assert manifest.read(path) == json.loads(path.read_text("utf-8")) == build()
    assert "县" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a manifest"),
        ("[]", "not a manifest of duizhao"),
        ('{"format": "duizhao-manifest", "format_version": 99}', "got 99"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text)
    with pytest.raises(dz.FormatError, match=message):
        manifest.read(path)
