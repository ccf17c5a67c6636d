"""Text → document-feature matrix against the peers.

    python benches/compare_peers.py [FOLDER] [--megabytes 10] [--rounds 3]

Needs a release build (`pip install .`); jieba, rjieba and scikit-learn are measured where they are installed. Every contender gets the same texts
and must give the same kind of result, a sparse count matrix and a vocabulary; `jieba-rs, bare cut` gives a number only: it is the
floor below which no tokeniser over jieba-rs can go. It comes in this process, on all threads; the last group compares one thread with two, each
in processes of their own.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from functools import cache

import polars as pl
from _bench import Group, in_a_process, load, megabytes, optional, parser, run

import duizhao as dz
from duizhao import _core

ONCE = """
import time, polars as pl, duizhao as dz
from pathlib import Path
texts, left = [], {megabytes} * 1e6
for path in sorted(Path({folder!r}).rglob("*.txt")):
    if left <= 0: break
    texts.append(path.read_text(encoding="utf-8")); left -= len(texts[-1].encode())
frame = pl.DataFrame({{"doc_id": range(len(texts)), "text": texts}})
seconds = []
for _ in range(4):
    started = time.perf_counter(); dz.tokens(frame, spans=False).dfm(); seconds.append(time.perf_counter() - started)
print(min(seconds))
"""


@cache
def _vectoriser(name: str) -> Callable[[str], list[str]] | None:
    module = optional(name)
    if module is None:
        return None
    if name == "jieba":
        module.setLogLevel("ERROR")
        module.initialize()
        return module.lcut  # type: ignore[no-any-return]
    return module.cut  # type: ignore[no-any-return]


def build(options: argparse.Namespace) -> list[Group]:
    """Contenders over the same texts."""
    texts = load(options)
    size = megabytes(texts)
    column = pl.Series("text", texts)
    frame = pl.DataFrame({"doc_id": range(len(texts)), "text": column})
    segmenter = dz.Segmenter()
    quick: dict[str, Callable[[], object]] = {
        "duizhao, text → dfm": lambda: dz.tokens(frame, segmenter=segmenter, spans=False).dfm(),
        "duizhao, text → dfm with spans": lambda: dz.tokens(frame, segmenter=segmenter).dfm(),
        "jieba-rs, bare cut": lambda: _core.bare_cut(column, True),
    }
    groups = [Group(f"Text → dfm, {size:.1f} MB", quick, 3, size)]
    sklearn = optional("sklearn.feature_extraction.text")
    if sklearn is not None:
        slow = {"duizhao, text → dfm": quick["duizhao, text → dfm"]}
        for name in ("rjieba", "jieba"):
            cut = _vectoriser(name)
            if cut is not None:
                slow[f"{name} + CountVectorizer"] = lambda cut=cut: sklearn.CountVectorizer(  # type: ignore[misc]
                    analyzer=cut
                ).fit_transform(texts)
        groups.append(Group(f"Text → dfm against Python, {size:.1f} MB", slow, 1, size))
    return groups


def threads(options: argparse.Namespace) -> None:
    """One thread against two."""
    code = ONCE.format(folder=str(options.folder), megabytes=options.megabytes)
    pairs = []
    for _ in range(options.rounds):
        one, two = (in_a_process(code, 1, {"DUIZHAO_MAX_THREADS": n}) for n in "12")
        pairs.append((one, two))
    ratio = statistics.median(one / two for one, two in pairs)
    line = (
        f"Text → dfm: one thread {statistics.median(p[0] for p in pairs):.3f} s, two threads "
        f"{statistics.median(p[1] for p in pairs):.3f} s, ratio {ratio:.2f}\n"
    )
    print(line)
    if options.output is not None:
        with options.output.open("a", encoding="utf-8") as out:
            out.write(line + "\n")


if __name__ == "__main__":
    chosen = parser(__doc__).parse_args()
    run(__file__, chosen, build)
    if chosen.peak is None:
        threads(chosen)
