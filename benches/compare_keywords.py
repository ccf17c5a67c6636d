"""Words that say most about a document, and words that are key to one group: jieba.analyse and scattertext.

    python benches/compare_keywords.py [FOLDER] [--megabytes 10] [--rounds 3]

Needs a release build; `jieba` and `scattertext` are measured where they are installed. `jieba.analyse.extract_tags` cuts each text and takes the
twenty words of highest tf-idf by its own table; ours cuts, counts, fits the idf on the corpus and takes twenty a document. scattertext builds a
corpus of two categories from tokens and gives its log-odds with an informative Dirichlet prior; ours counts the same tokens and gives
log-odds with the same kind of prior, and beside it the whole keyness table with interval and significance.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import polars as pl
from _bench import Group, load, megabytes, optional, parser, run

import duizhao as dz


def build(options: argparse.Namespace) -> list[Group]:
    """Contenders over the same texts."""
    texts = load(options)
    size = megabytes(texts)
    sides = ["a" if i < len(texts) // 2 else "b" for i in range(len(texts))]
    docs = pl.DataFrame({"doc_id": range(len(texts)), "text": texts, "side": sides})

    def tags() -> pl.DataFrame:
        scored = dz.tfidf(dz.tokens(docs, remove_punctuation=True, spans=False).dfm())
        return scored.group_by("doc_id", maintain_order=True).head(20)

    first: dict[str, Callable[[], object]] = {"duizhao, text → tf-idf, top 20": tags}
    jieba, analyse = optional("jieba"), optional("jieba.analyse")
    if jieba is not None and analyse is not None:
        jieba.setLogLevel("ERROR")
        jieba.initialize()
        first["jieba.analyse, extract_tags"] = lambda: [analyse.extract_tags(text, topK=20) for text in texts]
    lists = dz.tokens(docs, remove_punctuation=True, spans=False).to_list()
    frame = docs.select("doc_id", "side").with_columns(tokens=pl.Series(lists))

    def counted() -> dz.Dfm:
        return dz.tokens(frame, text="tokens", spans=False).dfm()

    second: dict[str, Callable[[], object]] = {
        "duizhao, tokens → log_odds": lambda: dz.log_odds(counted(), target=pl.col("side") == "a"),
        "duizhao, tokens → keyness": lambda: dz.keyness(counted(), by="side"),
    }
    scattertext: Any = optional("scattertext")
    pandas: Any = optional("pandas")
    if scattertext is not None and pandas is not None:
        joined = pandas.DataFrame({"text": [" ".join(words) for words in lists], "side": sides})

        def scatter() -> object:
            corpus = (
                scattertext.CorpusFromPandas(
                    joined, category_col="side", text_col="text", nlp=scattertext.whitespace_nlp
                )
                .build()
                .get_unigram_corpus()
            )
            freq = corpus.get_term_freq_df()
            prior = scattertext.LogOddsRatioInformativeDirichletPrior(freq.sum(axis=1))
            return prior.get_zeta_i_j_given_separate_counts(freq["a freq"], freq["b freq"])

        second["scattertext, tokens → log-odds"] = scatter
    return [
        Group(f"Twenty words a document, {size:.1f} MB", first, 1, size),
        Group(f"Words of one half against the other, {sum(map(len, lists)):,} tokens", second),
    ]


if __name__ == "__main__":
    run(__file__, parser(__doc__).parse_args(), build)
