"""What sketches cost and how far they are off, on the pairs of a corpus.

    pip install datasketches
    python benches/sketches.py FOLDER [--window 5] [--documents 400]

HyperLogLog estimates how many distinct pairs there are, count–min how often each occurs; both are those of Apache
DataSketches. Every figure is set against the exact count of the same pairs.
"""

from __future__ import annotations

import argparse

import numpy as np
import polars as pl
from datasketches import count_min_sketch, hll_sketch

import duizhao as dz


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder")
    parser.add_argument("--window", type=int, default=5)
    parser.add_argument("--documents", type=int, default=400)
    options = parser.parse_args()
    docs = dz.read_texts(options.folder, on_error="ignore").select("doc_id", "text").head(options.documents)
    spec = dz.CountSpec("fcm", remove_punctuation=True, window=options.window)
    pairs = dz.finish(dz.merge([dz.partial(docs, spec)]), spec).to_frame()
    keys = pairs.select(pl.concat_str("node", "collocate", separator="\x1f").alias("key"))["key"].to_list()
    counts = pairs["count"].to_numpy()
    total, n = int(counts.sum()), len(keys)
    print(f"{total:,} pairs, {n:,} distinct; exact table about {n * 16 / 2**20:.0f} MB at 16 bytes a cell")

    for bits in (10, 12, 14):
        sketch = hll_sketch(bits)
        for key in keys:
            sketch.update(key)
        print(
            f"HyperLogLog 2^{bits} registers: {sketch.get_estimate():,.0f}, off by {sketch.get_estimate() / n - 1:+.2%}"
        )

    order = np.argsort(-counts, kind="stable")
    top = set(order[:1000].tolist())
    for width in (n // 16, n // 4, n, 4 * n):
        sketch = count_min_sketch(4, width)
        for key, count in zip(keys, counts.tolist(), strict=True):
            sketch.update(key, count)
        found = np.array([sketch.get_estimate(key) for key in keys])
        over = found - counts
        ranked = set(np.argsort(-found, kind="stable")[:1000].tolist())
        once = counts == 1
        print(
            f"count-min 4 x {width:,} ({4 * width * 8 / 2**20:.0f} MB): mean error {over.mean():.2f}, "
            f"of pairs that occur once {over[once].mean():.2f}, of the top 1,000 {(over[order[:1000]] / counts[order[:1000]]).mean():.3%}; "
            f"top 1,000 found {len(top & ranked) / 1000:.1%}; bound e*N/width {np.e * total / width:.1f}"
        )

    rng = np.random.default_rng(1)
    full = dz.finish(
        dz.merge([dz.partial(docs, dz.CountSpec("features", remove_punctuation=True))]),
        dz.CountSpec("features", remove_punctuation=True),
    )
    for share in (0.01, 0.05, 0.2):
        errors = []
        for _ in range(20):
            some = docs[np.sort(rng.choice(docs.height, max(1, round(share * docs.height)), replace=False))]
            part = dz.CountSpec("features", remove_punctuation=True)
            got = dz.finish(dz.partial(some, part), part)
            joined = full.filter(pl.col("doc_freq") >= docs.height // 4).join(
                got, on="feature", how="left", suffix="_s"
            )
            rate, rate_s = (
                joined["count"] / full["count"].sum(),
                joined["count_s"].fill_null(0) / max(1, int(got["count"].sum())),
            )
            errors.append(float(((rate_s - rate).abs() / rate).median()))
        print(
            f"{share:.0%} of the documents: median relative error of the rate of a common word {np.median(errors):.1%}"
        )


if __name__ == "__main__":
    main()
