"""All pairs of many short documents above a threshold: against a chunked sparse product of scikit-learn.

    python benches/compare_similarity.py [FOLDER] [--documents 20000] [--threshold 0.618]

Documents are the sentences of the text files of FOLDER. Both sides get the same count matrix and give the same pairs, which is
checked. The peer multiplies blocks of rows and keeps what passes, as one must where the whole product does not fit. Needs a release build and
scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import polars as pl
from _bench import Group, load, optional, parser, run

import duizhao as dz

BLOCK = 1000


def matrix(texts: list[str], wanted: int) -> dz.Dfm:
    """Counts of words in the first sentences of at least eight characters."""
    sentences = dz.sentences(pl.DataFrame({"doc_id": range(len(texts)), "text": texts}))
    long = sentences.filter(pl.col("text").str.len_chars() >= 8).head(wanted)
    docs = pl.DataFrame({"doc_id": range(long.height), "text": long["text"]})
    return dz.tokens(docs, remove_punctuation=True, spans=False).dfm()


def ours(dfm: dz.Dfm, threshold: float) -> int:
    """Number of pairs."""
    return dz.similarity(dfm, method="cosine", min_similarity=threshold).height


def peer(preprocessing: Any, counts: Any, threshold: float) -> int:
    """Number of pairs, by blocks of rows."""
    from scipy.sparse import triu

    rows = preprocessing.normalize(counts.astype("float64"))
    columns = rows.T.tocsr()
    found = 0
    for start in range(0, rows.shape[0], BLOCK):
        product = rows[start : start + BLOCK] @ columns
        product = triu(product, k=start + 1, format="csr")
        found += int((product.data >= threshold).sum())
    return found


def build(options: argparse.Namespace) -> list[Group]:
    """Both sides over the same matrix."""
    dfm = matrix(load(options), options.documents)
    found: dict[str, int] = {}

    def keep(name: str, pairs: int) -> None:
        found[name] = pairs
        if len(set(found.values())) > 1:
            sys.exit(f"the sides differ: {found}")

    runs = {"duizhao, similarity": lambda: keep("ours", ours(dfm, options.threshold))}
    preprocessing = optional("sklearn.preprocessing")
    if preprocessing is not None:
        counts = dfm.to_scipy()
        runs["scikit-learn, blocks"] = lambda: keep("peer", peer(preprocessing, counts, options.threshold))
    title = f"All pairs of {dfm.shape[0]:,} documents with a cosine of at least {options.threshold}"
    return [Group(title, runs, 0)]


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--documents", type=int, default=20_000)
    arguments.add_argument("--threshold", type=float, default=0.618)
    run(__file__, arguments.parse_args(), build)
