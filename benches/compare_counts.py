"""What stands on a counted corpus: tf-idf, co-occurrence, MinHash signatures; and the time of an import and a first cut.

    python benches/compare_counts.py [FOLDER] [--megabytes 30] [--rounds 3]

Needs a release build; scikit-learn, scipy, textacy and datasketch are measured where they are installed. scipy has no co-occurrence by
window: what it offers is documents as sets of words, X'X, and beside it stands ours over the same context. textacy's Vectorizer takes
lists of tokens, as our `dz.tokens` does here.
"""

from __future__ import annotations

import argparse
from typing import Any

import polars as pl
from _bench import Group, in_a_process, load, megabytes, optional, parser, run

import duizhao as dz


def build(options: argparse.Namespace) -> list[Group]:
    """Contenders over the same counts."""
    texts = load(options)
    docs = pl.DataFrame({"doc_id": range(len(texts)), "text": texts})
    toks = dz.tokens(docs, remove_punctuation=True, padding=True, spans=False)
    dfm = toks.dfm()
    counts: Any = dfm.to_scipy().astype(float)
    groups = []
    sklearn = optional("sklearn.feature_extraction.text")
    if sklearn is not None:
        groups.append(
            Group(
                f"Tf-idf of a matrix of {dfm.shape[0]:,} × {dfm.shape[1]:,}, {counts.nnz:,} cells",
                {
                    "duizhao, tfidf_matrix(preset='sklearn')": lambda: dz.tfidf_matrix(dfm, preset="sklearn"),
                    "scikit-learn, TfidfTransformer": lambda: sklearn.TfidfTransformer().fit_transform(
                        counts
                    ),
                },
                5,
            )
        )
    textacy = optional("textacy.representations")
    if textacy is not None:
        lists = dz.tokens(docs, remove_punctuation=True, spans=False).to_list()
        groups.append(
            Group(
                f"Lists of tokens → tf-idf, {sum(map(len, lists)):,} tokens",
                {
                    "duizhao, tokens → dfm → tfidf_matrix": lambda: dz.tfidf_matrix(
                        dz.tokens(lists).dfm(), preset="sklearn"
                    ),
                    "textacy, Vectorizer": lambda: textacy.Vectorizer(
                        tf_type="linear", idf_type="smooth", norm="l2"
                    ).fit_transform(lists),
                },
            )
        )
    binary = (counts > 0).astype(int)
    groups.append(
        Group(
            f"Co-occurrence, {toks.n_tokens:,} tokens",
            {
                "duizhao, fcm(window=5) within sentences": lambda: dz.fcm(toks, window=5),
                "duizhao, fcm(context='document', boolean)": lambda: dz.fcm(
                    toks, context="document", count="boolean"
                ),
                "scipy, X'X of documents as sets": lambda: binary.T @ binary,
            },
            0,
        )
    )
    datasketch = optional("datasketch")
    if datasketch is not None:
        some = docs.head(200)
        grams = [{text[i : i + 8] for i in range(len(text) - 7)} for text in some["text"]]

        def sketch() -> None:
            for one in grams:
                made = datasketch.MinHash(num_perm=128)
                made.update_batch([gram.encode() for gram in one])

        groups.append(
            Group(
                f"MinHash of 128 values of the 8-grams of {some.height} documents",
                {
                    "duizhao, .zh.minhash() (n-grams included)": lambda: some.select(
                        pl.col("text").zh.minhash()  # type: ignore[attr-defined]
                    ),
                    "datasketch, MinHash (n-grams made before)": sketch,
                },
                1,
                megabytes(some["text"].to_list()),
            )
        )
    return groups


def starts(options: argparse.Namespace) -> None:
    """The import beyond polars, and the first cut."""
    clock = "import time; t = time.perf_counter(); import polars{}; print(time.perf_counter() - t)"
    alone, both = (in_a_process(clock.format(more), 9) for more in ("", ", duizhao"))
    cut = "import duizhao as dz, time; s = dz.Segmenter(); t = time.perf_counter(); s.cut('党建引领'); print(time.perf_counter() - t)"
    line = f"Import beyond polars: {1000 * (both - alone):.0f} ms; first cut (dictionary): {1000 * in_a_process(cut):.0f} ms\n"
    print(line)
    if options.output is not None:
        with options.output.open("a", encoding="utf-8") as out:
            out.write(line + "\n")


if __name__ == "__main__":
    chosen = parser(__doc__).parse_args()
    run(__file__, chosen, build)
    if chosen.peak is None:
        starts(chosen)
