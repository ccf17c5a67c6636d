"""Collocations against gensim's Phrases and NLTK's bigram finder, in one process, in alternation, as ratios.

    python benches/compare_collocations.py [FOLDER] [--rounds 3] [--megabytes 10]

Needs a release build (`pip install .`), `gensim` and `nltk`. All get the same tokens, cut beforehand (lists of words for the peers, a Tokens
for us); all count bigrams of at least two occurrences and score them. NLTK scores by likelihood ratio, gensim by NPMI, we by λ and z.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path

import duizhao as dz


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared/data/localregs"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabytes", type=float, default=10.0)
    options = parser.parse_args()
    texts, left = [], options.megabytes * 1e6
    for path in sorted(options.folder.rglob("*.txt")):
        if left <= 0:
            break
        texts.append(path.read_text(encoding="utf-8"))
        left -= len(texts[-1].encode())
    if not texts:
        sys.exit(f"no .txt file under {options.folder}")
    from gensim.models.phrases import Phrases
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures

    tokens = dz.tokens(texts, spans=False)
    lists = tokens.to_list()

    def nltk() -> object:
        finder = BigramCollocationFinder.from_documents(lists)
        finder.apply_freq_filter(2)
        return finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)

    runs = {
        "duizhao size 2": lambda: dz.collocations(tokens, 2, within="document"),
        "duizhao size 3": lambda: dz.collocations(tokens, 3, within="document"),
        "duizhao sizes 2-5": lambda: dz.collocations(tokens, [2, 3, 4, 5], within="document"),
        "gensim Phrases, npmi": lambda: Phrases(
            lists, min_count=2, threshold=-1.0, scoring="npmi", max_vocab_size=2**62
        ).export_phrases(),
        "nltk, likelihood ratio": nltk,
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    print(f"{len(texts)} documents, {tokens.n_tokens:,} tokens; {dz._core.count_threads()} threads")
    ours = seconds["duizhao size 2"]
    print(f"{'contender':24} {'median s':>9} {'min':>8} {'max':>8} {'x size 2':>9}")
    for name, values in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(values, ours, strict=True))
        print(
            f"{name:24} {statistics.median(values):9.3f} {min(values):8.3f} {max(values):8.3f} {ratio:9.1f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process (all contenders): {peak:.0f} MB")


if __name__ == "__main__":
    main()
