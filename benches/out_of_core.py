"""A text larger than memory, counted under a limit: time, peak memory, space on disk, and equality where both ways work.

    python benches/out_of_core.py FOLDER [--gigabytes 10] [--memory 2GB] [--scratch DIR] [--kind dfm|fcm]

Makes a corpus of that size from the text files of FOLDER: copy after copy, each with words of its own, so that the vocabulary
grows as it does in real text. Counts it with `dz.count`, and the first copies with `dz.count` and in memory as well. Prints
one line a step. Needs a release build. Everything that it writes is under --scratch and is removed at the end.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import polars as pl

import duizhao as dz


def peak_megabytes() -> float:
    """The most memory that this process has held (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def make(texts: list[str], folder: Path, total: float) -> tuple[int, int]:
    """Parquet files of together ``total`` bytes of text; their number and the number of documents."""
    written = documents = copy = 0
    while written < total:
        # Two names that only this copy has, some that every tenth has: 2 new types a document.
        own = [f"{text}\n第{copy}批编号{copy}x{i}，序列{i}y{copy % 10}。" for i, text in enumerate(texts)]
        ids = [f"{copy:05}_{i:05}" for i in range(len(own))]
        pl.DataFrame({"doc_id": ids, "text": own}).write_parquet(
            folder / f"{copy:05}.parquet", compression="zstd", row_group_size=400
        )
        written += sum(len(text.encode()) for text in own)
        documents += len(own)
        copy += 1
    return copy, documents


class Disk(threading.Thread):
    """The most space that a folder has taken."""

    def __init__(self, folder: Path) -> None:
        """Watch a folder."""
        super().__init__(daemon=True)
        self.folder, self.most, self.done = folder, 0, threading.Event()

    def run(self) -> None:
        """Look every second."""
        while not self.done.wait(1):
            files = list(self.folder.rglob("*"))
            with contextlib.suppress(OSError):  # one is removed meanwhile: the next look will do
                self.most = max(self.most, sum(file.stat().st_size for file in files))


def same(spec: dz.CountSpec, paths: list[Path], memory: str, scratch: Path) -> bool:
    """Whether counting in pieces equals counting at once."""
    docs = pl.concat([pl.read_parquet(path) for path in paths])
    folder = scratch / "same"
    pieces = dz.count(pl.scan_parquet(paths), spec, memory=memory, scratch=scratch, to=folder).collect()
    whole = dz.partial(docs, spec)
    shutil.rmtree(folder, ignore_errors=True)
    keys = pieces.columns
    return sorted(keys) == sorted(whole.columns) and bool(
        pieces.select(keys).sort(keys).equals(whole.select(keys).sort(keys))
    )


def measure(options: argparse.Namespace, scratch: Path) -> None:
    """Count the corpus; in a process of its own, so that its peak is that of counting alone."""
    paths = sorted((scratch / "corpus").glob("*.parquet"))
    spec = dz.CountSpec(options.kind)
    spec.segmenter.cut("党建")
    before = peak_megabytes()
    disk = Disk(scratch / "runs")
    disk.start()
    started = time.perf_counter()
    found = dz.count(
        pl.scan_parquet(paths), spec, memory=options.memory, scratch=scratch / "runs", to=scratch / "out",
        top=options.top,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    disk.done.set()
    peak = peak_megabytes()
    size = sum(path.stat().st_size for path in (scratch / "out").rglob("*") if path.is_file())
    rows = found.select(pl.len()).collect().item()
    print(
        f"{options.kind} of {options.gigabytes:g} GB with memory={options.memory!r}: {seconds:.0f} s "
        f"({options.gigabytes * 1000 / seconds:.1f} MB/s), peak {peak:.0f} MB ({before:.0f} MB before), "
        f"runs at most {disk.most / 1e9:.2f} GB on disk, {rows} rows, {size / 1e9:.2f} GB as Parquet",
        flush=True,
    )


def main() -> None:
    """Make, count, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gigabytes", type=float, default=10)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--scratch", type=Path, default=None)
    parser.add_argument("--kind", choices=("features", "dfm", "fcm"), default="dfm")
    parser.add_argument("--top", type=int, default=None, help="features that are kept (read twice)")
    parser.add_argument("--measure", type=Path, default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        measure(options, options.measure)
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.rglob("*.txt"))]
    scratch = Path(tempfile.mkdtemp(dir=options.scratch))
    try:
        for name in ("corpus", "runs", "out"):
            (scratch / name).mkdir()
        started = time.perf_counter()
        copies, documents = make(texts, scratch / "corpus", options.gigabytes * 1e9)
        made = time.perf_counter() - started
        print(
            f"made {options.gigabytes:g} GB: {copies} files, {documents} documents, {made:.0f} s", flush=True
        )
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--measure", str(scratch)], check=True)
        paths = sorted((scratch / "corpus").glob("*.parquet"))[:2]
        equal = same(dz.CountSpec(options.kind), paths, "200MB", scratch / "runs")
        print("equal to counting at once on the first two files:", equal)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
