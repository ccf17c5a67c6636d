"""The comparisons with peers run: on a tiny corpus, once, with no look at times."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import duizhao as dz

BENCHES = Path(__file__).parents[3] / "benches"
NAMES = ("peers", "counts", "collocations", "keywords", "similarity")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for i in range(12):
        lines = [
            f"第{k}次会议研究了党建工作和{'乡村振兴' if i % 2 else '城市更新'}，全体委员参加讨论。"
            for k in range(i + 3)
        ]
        (folder / f"{i:02}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_comparison_runs(name, corpus, tmp_path):
    output = tmp_path / "tables.md"
    made = run(
        str(BENCHES / "run_all.py"), str(corpus), "--quick", "--only", name, "--output", str(output)
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    text = output.read_text(encoding="utf-8")
    assert f"## compare_{name}" in text and "| duizhao, " in text
    # Each row has a time, and the first contender of a group is its own measure.
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| duizhao, ")]
    assert all(float(row[1]) > 0 for row in rows) and float(rows[0][3]) == 1


def test_peak_is_that_of_one_contender(corpus):
    made = run(str(BENCHES / "compare_collocations.py"), str(corpus), "--rounds", "1")
    assert made.returncode == 0, made.stderr
    cell = next(line for line in made.stdout.splitlines() if line.startswith("| duizhao, size 2 ")).split(
        "|"
    )[-2]
    most, before = cell.replace("(", "").replace(")", "").split()
    assert float(most) >= float(before) > 0 or sys.platform != "linux"


def test_a_folder_without_texts_is_named(tmp_path):
    made = run(str(BENCHES / "compare_collocations.py"), str(tmp_path))
    assert made.returncode != 0 and "no .txt file under" in made.stderr


def test_every_script_is_in_the_list():
    sys.path.insert(0, str(BENCHES))
    try:
        from run_all import COMPARISONS
    finally:
        sys.path.remove(str(BENCHES))
    scripts = {path.stem.removeprefix("compare_") for path in BENCHES.glob("compare_*.py")}
    assert scripts == set(COMPARISONS) == set(NAMES)


def test_finders_beside_another_version(corpus):
    # The package that is installed: a checkout has no extension where it was not built in place.
    package = Path(dz.__file__).parents[1]
    made = run(
        str(BENCHES / "finders.py"), str(corpus), "--rounds", "1", "--size", "100", "--other", str(package)
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    rows = [line.split("|")[1:-1] for line in made.stdout.splitlines() if line.startswith("| claims ")]
    assert len(rows) == 1 and float(rows[0][-1]) > 0
    assert "| surnames |" in made.stdout
