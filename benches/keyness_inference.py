"""Time and peak memory of keyness with inference over documents.

    python benches/keyness_inference.py FOLDER [--permutations 2000] [--resamples 2000] [--interval percentile]

FOLDER holds one folder of .txt files a group. Each group is compared with the rest; features are the types with a document
frequency of at least 5. Needs a release build (`pip install .`). The table is counted before the clock starts.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path

import polars as pl

import duizhao as dz


def main() -> None:
    """Count, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--permutations", type=int, default=2000)
    parser.add_argument("--resamples", type=int, default=2000)
    parser.add_argument("--interval", choices=("percentile", "bca"), default="percentile")
    parser.add_argument("--measures", default="log_likelihood,log_ratio")
    options = parser.parse_args()
    paths = sorted(options.folder.rglob("*.txt"))
    docs = pl.DataFrame(
        {
            "doc_id": [str(path.relative_to(options.folder)) for path in paths],
            "group": [path.relative_to(options.folder).parts[0] for path in paths],
            "text": [path.read_text(encoding="utf-8") for path in paths],
        }
    )
    dfm = dz.tokens(docs, spans=False).dfm().trim(min_doc_freq=5)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    found = dz.keyness(
        dfm,
        by="group",
        measures=options.measures.split(","),
        inference=dz.Inference(
            permutations=options.permutations, resamples=options.resamples, interval=options.interval
        ),
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{dfm.shape[0]} documents, {dfm.shape[1]} types, {docs['group'].n_unique()} groups, {found.height} rows"
    )
    print(
        f"{options.permutations} permutations, {options.resamples} resamples, {options.interval}, {options.measures}"
    )
    print(f"{os.cpu_count()} cores: {seconds:.1f} s; peak memory {after:.0f} MB ({before:.0f} MB before)")


if __name__ == "__main__":
    main()
