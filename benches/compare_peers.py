"""Text → document-feature matrix against the peers, in one process, in alternation, as ratios.

    python benches/compare_peers.py [FOLDER] [--rounds 3] [--megabytes 10]

Needs a release build (`pip install .`), `jieba` and `scikit-learn`; `rjieba` is measured too where it is installed.
Every contender gets the same texts and must give the same kind of result: a sparse count matrix and a vocabulary
(the first contender, `jieba-rs bare cut`, gives a number only: it is the floor below which no tokeniser over jieba-rs can go).
Rounds alternate (A B C, A B C, …) so that a machine that drifts drifts for all; the table shows medians and ratios to duizhao.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

import duizhao as dz
from duizhao import _core


def load(folder: Path, megabytes: float) -> list[str]:
    """Texts of a folder in path order until their UTF-8 size passes the limit."""
    texts: list[str] = []
    left = megabytes * 1e6
    for path in sorted(folder.rglob("*.txt")):
        if left <= 0:
            break
        text = path.read_text(encoding="utf-8")
        left -= len(text.encode())
        texts.append(text)
    if not texts:
        sys.exit(f"no .txt file under {folder}")
    return texts


def contenders(texts: list[str]) -> dict[str, Callable[[], object]]:
    """One function a contender; each closes over the same texts in the form that it takes."""
    import jieba
    from sklearn.feature_extraction.text import CountVectorizer

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    column = pl.Series("text", texts)
    frame = pl.DataFrame({"doc_id": range(len(texts)), "text": column})
    segmenter = dz.Segmenter()

    def vectorise(cut: Callable[[str], list[str]]) -> Callable[[], object]:
        return lambda: CountVectorizer(analyzer=cut).fit_transform(texts)

    runs: dict[str, Callable[[], object]] = {
        "jieba-rs bare cut (same threads)": lambda: _core.bare_cut(column, True),
        "duizhao text -> dfm": lambda: dz.tokens(frame, segmenter=segmenter, spans=False).dfm(),
        "duizhao text -> dfm, with spans": lambda: dz.tokens(frame, segmenter=segmenter).dfm(),
        "jieba + CountVectorizer": vectorise(jieba.lcut),
    }
    try:
        import rjieba
    except ImportError:
        pass
    else:
        runs["rjieba + CountVectorizer"] = vectorise(rjieba.cut)
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared/data/localregs"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabytes", type=float, default=10.0)
    options = parser.parse_args()

    texts = load(options.folder, options.megabytes)
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(
        f"{len(texts)} documents, {size:.1f} MB; {os.cpu_count()} cores, {_core.count_threads()} threads; {platform.platform()}"
    )
    print(f"duizhao {dz.__version__}, Python {platform.python_version()}, polars {pl.__version__}")
    runs = contenders(texts)
    for name, run in runs.items():  # warm up: dictionaries, caches
        if "CountVectorizer" not in name:
            run()
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)

    ours = "duizhao text -> dfm"
    print(f"\n{'contender':36} {'median s':>9} {'min':>8} {'max':>8} {'MB/s':>8} {'x duizhao':>10}")
    for name, values in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(values, seconds[ours], strict=True))
        median = statistics.median(values)
        print(
            f"{name:36} {median:9.3f} {min(values):8.3f} {max(values):8.3f} {size / median:8.1f} {ratio:10.2f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the process (all contenders): {peak:.0f} MB")


if __name__ == "__main__":
    main()
