"""The single steps: read, then clean, cut, count or compare, and write one frame."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import polars as pl

from .._base.checks import require_word
from .._base.frames import require_columns
from ..errors import ParameterError
from .arguments import (
    SUFFIXES,
    Command,
    add_inference,
    add_output,
    add_paths,
    add_reading,
    add_segmenting,
    inference_of,
    whole,
    words,
)
from .inputs import counts, cut, read_clean
from .outputs import guarded, write, write_frame

if TYPE_CHECKING:
    from ..corpus.dfm import Dfm


def add(command: Command) -> None:
    """Add the commands."""
    step = command("clean", _clean, "repair texts and write them as a table")
    add_paths(step)
    add_reading(step)
    step.add_argument("--repairs", metavar="FILE", help="also write one row an edit to this file")
    step.add_argument(
        "--regional-words",
        action="store_true",
        help="choose words, too: those of the region of --script, or of the mainland for simplified",
    )
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
        help="the metadata column that makes the groups; without it each document is one; "
        "several for --design factorial, separated by commas",
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
    step.add_argument("--design", choices=("rest", "pairwise", "factorial"), default="rest",
                      help="each group against all others, group against group, or each level of each column of --by "
                      "and of their combinations against all others (default: %(default)s)")  # fmt: skip
    step.add_argument("--adjust", choices=("bh", "holm", "bonferroni"), default="bh",
                      help="how p-values are corrected for the number of words (default: %(default)s)")  # fmt: skip
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
    add_inference(step)
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
        default=["npmi", "log_dice", "log_likelihood"],
        help="separated by commas; the first orders the rows (default: npmi,log_dice,log_likelihood)",
    )
    step.add_argument(
        "--min-count",
        metavar="N",
        type=whole(1),
        default=1,
        help="leave out rarer pairs (default: %(default)s)",
    )
    add_inference(step)
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
        "--window", metavar="N", type=whole(0), default=5, help="words to each side (default: %(default)s)"
    )
    add_reading(step)
    add_segmenting(step, stop_words=None)
    add_output(step)


def _clean(options: argparse.Namespace) -> None:
    from ..files.locate import located
    from ..text.clean import repairs

    docs = read_clean(options, regional_words=options.regional_words)
    if options.repairs:
        if not options.repair:
            raise ParameterError("`--repairs` cannot be had with --no-repair")
        path = Path(options.repairs)
        guarded(
            path, write_frame, located(repairs(docs), docs), path, SUFFIXES.get(path.suffix.lower(), "csv")
        )
    write(docs, options)


def _tokens(options: argparse.Namespace) -> None:
    # Words that were left out keep their number, so that positions still tell the distance.
    write(cut(options, pos=options.tags).to_frame().filter(pl.col("token").is_not_null()), options)


def _keyness(options: argparse.Namespace) -> None:
    from ..stats.keyness import keyness

    dfm = counts(options).dfm()
    columns = ["doc_id"] if options.by is None else words(options.by)
    chosen: dict[str, Any] = {"by": _as_text(columns), "design": options.design}
    if options.target is not None:
        chosen = {"target": _side(dfm, columns, options)}
    found = keyness(
        dfm,
        **chosen,
        measures=options.measures,
        min_count=options.min_count,
        adjust=options.adjust,
        inference=inference_of(options),
    )
    write(found if options.target is None else found.with_columns(target=pl.lit(options.target)), options)


def _as_text(columns: list[str]) -> list[pl.Expr]:
    """The columns as a command line can name their values."""
    return [pl.col(column).cast(pl.String) for column in columns]


def _side(dfm: Dfm, columns: list[str], options: argparse.Namespace) -> pl.Expr:
    """The documents of the one group that `--target` names; the others are the reference."""
    if options.design != "rest":
        raise ParameterError(f"`design` must be 'rest' with one target; got {options.design!r}")
    if len(columns) != 1:
        raise ParameterError(f"`by` must be one column with `target`; got {options.by!r}")
    require_columns(dfm.documents, *columns)
    (label,) = _as_text(columns)
    groups = dfm.documents.select(label).to_series().drop_nulls().unique().sort().to_list()
    if options.target not in groups:
        shown = ", ".join(map(repr, groups[:10])) + (" …" if len(groups) > 10 else "")
        raise ParameterError(f"`target` must be one of the groups {shown}; got {options.target!r}")
    side: pl.Expr = label == options.target
    return side


def _tfidf(options: argparse.Namespace) -> None:
    from ..corpus.tfidf import tfidf

    write(tfidf(counts(options).dfm(), by=options.by, preset=options.preset), options)


def _similarity(options: argparse.Namespace) -> None:
    from ..structure.similarity import DistanceMethod, Method, distance, similarity

    require_word(options.method, (*get_args(Method), *get_args(DistanceMethod)), argument="method")
    dfm = counts(options).dfm()
    compared = similarity if options.method in get_args(Method) else distance
    asked = {
        "method": options.method,
        "by": options.by,
        "inference": inference_of(options),
        "metadata": False,
    }
    write(compared(dfm, **asked), options)


def _associations(options: argparse.Namespace) -> None:
    from ..stats.associations import associations

    tokens = counts(options)
    found = associations(
        tokens.fcm(window=options.window),
        words(options.node),
        measures=options.measures,
        min_count=options.min_count,
        tokens=tokens,
        inference=inference_of(options),
    )
    write(found, options)


def _kwic(options: argparse.Namespace) -> None:
    from ..corpus.kwic import kwic
    from ..files.locate import located

    docs = read_clean(options)
    found = kwic(
        cut(options, docs=docs), options.pattern, window=options.window, value_type=options.value_type
    )
    write(located(found, docs), options)
