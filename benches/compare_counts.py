"""What stands on a counted corpus, against the peers, in one process, in alternation, as ratios.

    python benches/compare_counts.py [FOLDER] [--rounds 3]

Needs a release build (`pip install .`), scikit-learn, scipy and datasketch. Prints medians and the ratio to duizhao: tf-idf of a
built matrix, co-occurrence by window against the only thing scipy offers (documents as sets of words, X'X), MinHash signatures;
then, each in a process of its own, the time of the import beyond polars and of the first cut (the dictionary).
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

import duizhao as dz


def load(folder: Path) -> pl.DataFrame:
    paths = sorted(folder.rglob("*.txt"))
    return pl.DataFrame(
        {"doc_id": [str(p.relative_to(folder)) for p in paths], "text": [p.read_text("utf-8") for p in paths]}
    )


def report(title: str, runs: dict[str, Callable[[], object]], rounds: int) -> None:
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            if turn:  # the first is for caches
                seconds[name].append(time.perf_counter() - start)
    ours = next(iter(runs))
    print(f"\n{title}")
    for name, values in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(values, seconds[ours], strict=True))
        print(f"  {name:44} {statistics.median(values):9.4f} s  {ratio:8.2f} x")


def in_a_process(code: str, rounds: int = 5) -> float:
    """Median of what the code prints, each time in a new process."""
    command = [sys.executable, "-c", code]
    return statistics.median(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(rounds)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Path(__file__).parents[2] / "shared/data/localregs"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    from datasketch import MinHash
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    docs = load(options.folder)
    size = docs["text"].str.len_bytes().sum() / 1e6
    print(
        f"{docs.height} documents, {size:.1f} MB; {os.cpu_count()} cores; {platform.platform()}; duizhao {dz.__version__}"
    )
    toks = dz.tokens(docs, remove_punctuation=True, padding=True, spans=False)
    dfm = toks.dfm()
    counts = csr_matrix(dfm.to_scipy()).astype(float)
    report(
        f"tf-idf of a matrix of {dfm.shape[0]} x {dfm.shape[1]}, {counts.nnz:,} cells",
        {
            "duizhao tfidf_matrix(preset='sklearn')": lambda: dz.tfidf_matrix(dfm, preset="sklearn"),
            "scikit-learn TfidfTransformer": lambda: TfidfTransformer().fit_transform(counts),
        },
        options.rounds * 3,
    )
    binary = (counts > 0).astype(int)
    report(
        f"co-occurrence, {toks.n_tokens:,} tokens",
        {
            "duizhao fcm(window=5), within sentences": lambda: dz.fcm(toks, window=5),
            "duizhao fcm(context='document', boolean)": lambda: dz.fcm(
                toks, context="document", count="boolean"
            ),
            "scipy X'X of documents as sets": lambda: binary.T @ binary,
        },
        1,
    )
    some = docs.head(200)
    grams = [{text[i : i + 8] for i in range(len(text) - 7)} for text in some["text"]]

    def sketch() -> None:
        for one in grams:
            made = MinHash(num_perm=128)
            made.update_batch([gram.encode() for gram in one])

    report(
        "MinHash of 128 values of the 8-grams of 200 documents",
        {
            "duizhao .zh.minhash() (n-grams included)": lambda: some.select(pl.col("text").zh.minhash()),
            "datasketch MinHash (n-grams made before)": sketch,
        },
        options.rounds,
    )
    polars_alone = in_a_process(
        "import time; t = time.perf_counter(); import polars; print(time.perf_counter() - t)"
    )
    both = in_a_process(
        "import time; t = time.perf_counter(); import polars, duizhao; print(time.perf_counter() - t)"
    )
    first = in_a_process(
        "import duizhao as dz, time; s = dz.Segmenter(); t = time.perf_counter(); s.cut('党建引领'); print(time.perf_counter() - t)"
    )
    print(
        f"\nimport beyond polars: {1000 * (both - polars_alone):.0f} ms; first cut (dictionary): {1000 * first:.0f} ms"
    )
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
