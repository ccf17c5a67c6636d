"""The single steps: read, then clean, cut, count or compare, and write one frame."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

import polars as pl

from ..errors import ParameterError
from .arguments import (
    SUFFIXES,
    Command,
    add_inference,
    add_output,
    add_paths,
    add_reading,
    add_segmenting,
    whole,
    words,
)
from .inputs import counts, read_clean, segmenter, stop_word_list
from .outputs import guarded, write, write_frame


def add(command: Command) -> None:
    """Add the commands."""
    step = command("clean", _clean, "repair texts and write them as a table")
    add_paths(step)
    add_reading(step)
    step.add_argument("--repairs", metavar="FILE", help="also write one row an edit to this file")
    add_output(step)

    step = command("tokens", _tokens, "cut texts into words and write one row a word")
    add_paths(step)
    add_reading(step)
    add_segmenting(step, stop_words=None)
    step.add_argument("--tags", action="store_true", help="with part-of-speech tags")
    add_output(step)

    step = command("keyness", _keyness, "words over- and under-used in one group against the others")
    add_paths(step)
    step.add_argument(
        "--by",
        metavar="COLUMN",
        help="the metadata column that makes the groups; without it each document is one",
    )
    step.add_argument("--target", metavar="VALUE", help="compare only this group with the rest")
    step.add_argument(
        "--measures",
        metavar="NAMES",
        type=words,
        default=["log_likelihood", "log_ratio"],
        help="separated by commas (default: log_likelihood,log_ratio)",
    )
    step.add_argument(
        "--min-count",
        metavar="N",
        type=whole(1),
        default=1,
        help="leave out rarer words (default: %(default)s)",
    )
    step.add_argument("--design", choices=("rest", "pairwise"), default="rest",
                      help="each group against all others, or group against group (default: %(default)s)")  # fmt: skip
    add_inference(step)
    add_reading(step)
    add_segmenting(step)
    add_output(step)

    step = command("tfidf", _tfidf, "weight words by how characteristic they are of a document or group")
    add_paths(step)
    step.add_argument("--by", metavar="COLUMN", help="groups instead of documents")
    step.add_argument(
        "--preset",
        metavar="NAME",
        help="weights as another tool has them: sklearn, quanteda, gensim, tidytext, jieba",
    )
    add_reading(step)
    add_segmenting(step)
    add_output(step)

    step = command("similarity", _similarity, "how similar documents are, pair by pair")
    add_paths(step)
    step.add_argument("--by", metavar="COLUMN", help="groups instead of documents")
    step.add_argument(
        "--method",
        metavar="NAME",
        default="cosine",
        help="a similarity or a distance: cosine, jaccard, jensen_shannon_metric, … (default: %(default)s)",
    )
    add_reading(step)
    add_segmenting(step)
    add_output(step)

    step = command("associations", _associations, "words that stand near a word more often than by chance")
    step.add_argument("node", metavar="NODE", help="the word; several separated by commas")
    add_paths(step)
    step.add_argument(
        "--window", metavar="N", type=whole(1), default=5, help="words to each side (default: %(default)s)"
    )
    step.add_argument(
        "--measures",
        metavar="NAMES",
        type=words,
        default=["log_dice", "npmi", "log_likelihood"],
        help="separated by commas (default: log_dice,npmi,log_likelihood)",
    )
    step.add_argument(
        "--min-count",
        metavar="N",
        type=whole(1),
        default=1,
        help="leave out rarer pairs (default: %(default)s)",
    )
    add_reading(step)
    add_segmenting(step)
    add_output(step)

    step = command("kwic", _kwic, "each occurrence of a word with its context")
    step.add_argument("pattern", metavar="PATTERN", help="a word, or several words separated by spaces")
    add_paths(step)
    step.add_argument(
        "--value-type",
        choices=("glob", "regex", "fixed"),
        default="glob",
        help="how to read PATTERN (default: %(default)s)",
    )
    step.add_argument(
        "--window", metavar="N", type=whole(0), default=10, help="words to each side (default: %(default)s)"
    )
    add_reading(step)
    add_segmenting(step, stop_words=None)
    add_output(step)


def _clean(options: argparse.Namespace) -> None:
    from ..text.clean import repairs

    docs = read_clean(options)
    if options.repairs:
        if not options.repair:
            raise ParameterError("`--repairs` cannot be had with --no-repair")
        path = Path(options.repairs)
        guarded(path, write_frame, repairs(docs), path, SUFFIXES.get(path.suffix.lower(), "csv"))
    write(docs, options)


def _tokens(options: argparse.Namespace) -> None:
    from ..report.pipeline import tokenized

    cut = segmenter(options, pos=options.tags)
    tokens = tokenized(read_clean(options), cut, stop_word_list(options), punctuation=False)
    # Words that were left out keep their number, so that positions still tell the distance.
    write(tokens.to_frame().filter(pl.col("token").is_not_null()), options)


def _keyness(options: argparse.Namespace) -> None:
    from ..report.pipeline import group_keyness

    dfm = counts(options).dfm()
    write(
        group_keyness(
            dfm,
            options.by,
            options.measures,
            only=options.target,
            min_count=options.min_count,
            design=options.design,
            permutations=options.permutations,
            resamples=options.resamples,
            blocks=options.blocks,
            seed=options.seed,
            interval=options.interval,
            level=options.level,
        ),
        options,
    )


def _tfidf(options: argparse.Namespace) -> None:
    from ..report.pipeline import weights

    write(weights(counts(options).dfm(), options.by, preset=options.preset), options)


def _similarity(options: argparse.Namespace) -> None:
    from .._base.checks import require_word
    from ..report.pipeline import similarities
    from ..structure.similarity import DistanceMethod, Method, distance

    require_word(options.method, (*get_args(Method), *get_args(DistanceMethod)), argument="method")
    dfm = counts(options).dfm()
    if options.method in get_args(Method):
        write(similarities(dfm, options.by, method=options.method), options)
    else:
        grouped = dfm if options.by is None else dfm.group(options.by)
        write(distance(grouped, method=options.method), options)


def _associations(options: argparse.Namespace) -> None:
    from ..report.pipeline import neighbours

    fcm = counts(options).fcm(window=options.window)
    write(neighbours(fcm, words(options.node), options.measures, min_count=options.min_count), options)


def _kwic(options: argparse.Namespace) -> None:
    from ..corpus.kwic import kwic
    from ..report.pipeline import tokenized

    tokens = tokenized(read_clean(options), segmenter(options), stop_word_list(options), punctuation=False)
    write(kwic(tokens, options.pattern, window=options.window, value_type=options.value_type), options)
