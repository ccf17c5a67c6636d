"""All pairs of many short documents above a threshold: against a chunked sparse product of scikit-learn.

    python benches/compare_similarity.py FOLDER [--documents 100000] [--threshold 0.6]

Documents are the sentences of the text files of FOLDER. Both sides get the same count matrix and give the same pairs, which is
checked. The peer multiplies blocks of rows and keeps what passes, as one must where the whole product does not fit. Rounds
alternate; each side's peak is that of a process of its own (Linux). Needs a release build and scikit-learn.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl

import duizhao as dz

BLOCK = 1000


def matrix(folder: Path, wanted: int) -> dz.Dfm:
    """Counts of words in the first sentences of at least eight characters."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    sentences = dz.sentences(pl.DataFrame({"doc_id": range(len(texts)), "text": texts}))
    long = sentences.filter(pl.col("text").str.len_chars() >= 8).head(wanted)
    if long.height < wanted:
        sys.exit(f"only {long.height} sentences in {folder}")
    docs = pl.DataFrame({"doc_id": range(wanted), "text": long["text"]})
    return dz.tokens(docs, remove_punctuation=True, spans=False).dfm()


def ours(dfm: dz.Dfm, threshold: float) -> int:
    """Number of pairs."""
    return dz.similarity(dfm, method="cosine", min_similarity=threshold).height


def peer(counts: Any, threshold: float) -> int:
    """Number of pairs, by blocks of rows."""
    from scipy.sparse import triu
    from sklearn.preprocessing import normalize

    rows = normalize(counts.astype("float64"))
    columns = rows.T.tocsr()
    found = 0
    for start in range(0, rows.shape[0], BLOCK):
        product = rows[start : start + BLOCK] @ columns
        product = triu(product, k=start + 1, format="csr")
        found += int((product.data >= threshold).sum())
    return found


def peak() -> float:
    """The most memory that this process has held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    """Measure one side, or both in turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--threshold", type=float, default=0.618)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--side", choices=("duizhao", "scikit-learn"), default=None)
    options = parser.parse_args()
    if options.side is None:
        for _ in range(options.rounds):
            for side in ("duizhao", "scikit-learn"):
                subprocess.run([sys.executable, __file__, *sys.argv[1:], "--side", side], check=True)
        return
    dfm = matrix(options.folder, options.documents)
    before = peak()
    started = time.perf_counter()
    if options.side == "duizhao":
        found = ours(dfm, options.threshold)
    else:
        found = peer(dfm.to_scipy(), options.threshold)
    seconds = time.perf_counter() - started
    print(
        f"{options.side:12} {dfm.shape[0]} x {dfm.shape[1]}, {found} pairs of at least {options.threshold}: {seconds:.2f} s, "
        f"peak {peak():.0f} MB ({before:.0f} MB before)",
        flush=True,
    )


if __name__ == "__main__":
    main()
