"""How a corpus grows: types by tokens (Heaps's law) and pairs by tokens, on prefixes of a corpus in a fixed random order.

    python benches/growth.py FOLDER [--window 5] [--seed 1]

Prints a table and the exponents of log–log regressions over the prefixes.
"""

from __future__ import annotations

import argparse

import numpy as np
import polars as pl

import duizhao as dz


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder")
    parser.add_argument("--window", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    docs = dz.read_texts(options.folder, on_error="ignore").select("doc_id", "text")
    docs = docs.sample(fraction=1.0, shuffle=True, seed=options.seed)
    rows = []
    for share in (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1):
        some = docs.head(max(1, round(docs.height * share)))
        toks = dz.tokens(some, remove_punctuation=True, padding=True, spans=False)
        dfm, fcm = toks.dfm(), toks.fcm(window=options.window)
        rare = dz.fcm(
            toks.select(
                [[w] for w in dfm.trim(min_doc_freq=min(5, len(some))).features["feature"]],
                value_type="fixed",
                padding=True,
            ),
            window=options.window,
        )
        rows.append(
            {
                "documents": some.height,
                "tokens": dfm.n_tokens,
                "types": dfm.shape[1],
                "hapax": dfm.features.filter(pl.col("count") == 1).height,
                "dfm_cells": dfm.to_frame().height,
                "pairs": fcm.to_frame().height,
                "pairs_df5": rare.to_frame().height,
            }
        )
    table = pl.DataFrame(rows)
    with pl.Config(tbl_rows=-1, tbl_cols=-1):
        print(table)
    logs = {name: np.log(table[name].to_numpy()) for name in table.columns}
    for name in ("types", "dfm_cells", "pairs", "pairs_df5"):
        slope, level = np.polyfit(logs["tokens"], logs[name], 1)
        last = (logs[name][-1] - logs[name][-3]) / (logs["tokens"][-1] - logs["tokens"][-3])
        print(f"{name}: {np.exp(level):.3g} * tokens^{slope:.3f} (last two doublings: {last:.3f})")


if __name__ == "__main__":
    main()
