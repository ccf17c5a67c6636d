"""Collocations against gensim's Phrases and NLTK's bigram finder.

    python benches/compare_collocations.py [FOLDER] [--megabytes 10] [--rounds 3]

Needs a release build; `gensim` and `nltk` are measured where they are installed. All get the same tokens, cut beforehand (lists of words
for the peers, a Tokens for us); all count bigrams of at least two occurrences and score them. NLTK scores by likelihood ratio, gensim by
NPMI, we by λ and z.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from _bench import Group, load, optional, parser, run

import duizhao as dz


def build(options: argparse.Namespace) -> list[Group]:
    """Contenders over the same tokens."""
    tokens = dz.tokens(load(options), spans=False)
    lists = tokens.to_list()
    runs: dict[str, Callable[[], object]] = {
        "duizhao, size 2": lambda: dz.collocations(tokens, 2, within="document"),
        "duizhao, size 3": lambda: dz.collocations(tokens, 3, within="document"),
        "duizhao, sizes 2 to 5": lambda: dz.collocations(tokens, [2, 3, 4, 5], within="document"),
    }
    phrases = optional("gensim.models.phrases")
    if phrases is not None:
        runs["gensim, Phrases (npmi)"] = lambda: phrases.Phrases(
            lists, min_count=2, threshold=-1.0, scoring="npmi", max_vocab_size=2**62
        ).export_phrases()
    nltk, measures = optional("nltk.collocations"), optional("nltk.metrics")
    if nltk is not None and measures is not None:

        def bigrams() -> object:
            finder = nltk.BigramCollocationFinder.from_documents(lists)
            finder.apply_freq_filter(2)
            return finder.score_ngrams(measures.BigramAssocMeasures.likelihood_ratio)

        runs["nltk, likelihood ratio"] = bigrams
    return [Group(f"Collocations, count of at least 2, {tokens.n_tokens:,} tokens", runs)]


if __name__ == "__main__":
    run(__file__, parser(__doc__).parse_args(), build)
