"""Collocations and networks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..errors import ParameterError
from .arguments import STANDARD, Command, add_output, add_paths, add_reading, add_segmenting, whole, words
from .inputs import counts, cut
from .outputs import write


def add(command: Command) -> None:
    """Add the commands."""
    step = command("collocations", _collocations, "sequences of words that belong together")
    add_paths(step)
    step.add_argument(
        "--size",
        metavar="N",
        type=_sizes,
        default=2,
        help="words in a sequence, 2 to 5; several separated by commas (default: 2)",
    )
    step.add_argument(
        "--min-count",
        metavar="N",
        type=whole(1),
        default=2,
        help="leave out rarer sequences (default: %(default)s)",
    )
    step.add_argument(
        "--measures", metavar="NAMES", type=words, default=None, help="more scores, separated by commas"
    )
    step.add_argument(
        "--contains", metavar="WORDS", type=words, help="only sequences with one of these words"
    )
    step.add_argument(
        "--tags", metavar="TAGS", type=words, help="count only words with these tags, such as n*,v*"
    )
    add_reading(step)
    add_segmenting(step, stop_words=None)
    add_output(step)

    step = command(
        "network", _network, "words that stand near each other, as a file for Gephi, Pajek or VOSviewer"
    )
    add_paths(step)
    step.add_argument(
        "--window", metavar="N", type=whole(1), default=5, help="words to each side (default: %(default)s)"
    )
    step.add_argument(
        "--weight",
        metavar="NAME",
        default="log_dice",
        help="count, or a measure of the pair (default: %(default)s)",
    )
    step.add_argument(
        "--min-count",
        metavar="N",
        type=whole(1),
        default=5,
        help="leave out rarer pairs (default: %(default)s)",
    )
    step.add_argument(
        "--top",
        metavar="N",
        type=whole(1),
        default=300,
        help="keep the strongest pairs (default: %(default)s)",
    )
    step.add_argument("--node", metavar="WORD", help="only the neighbours of this word; several with commas")
    step.add_argument("--seed", metavar="N", type=int, default=1, help="of the search for communities")
    step.add_argument(
        "--network-format",
        choices=("gexf", "graphml", "pajek", "vosviewer"),
        default=None,
        help="default: by the ending of the file (.gexf, .graphml, .net, .json)",
    )
    add_reading(step)
    add_segmenting(step)
    step.add_argument("-o", "--output", metavar="FILE", required=True, help="the file to write")


def _sizes(text: str) -> list[int]:
    return [whole(2)(one) for one in words(text)]


def _collocations(options: argparse.Namespace) -> None:
    from ..stats.collocations import collocations

    tokens = cut(options, pos=options.tags is not None)
    found = collocations(
        tokens,
        options.size,
        min_count=options.min_count,
        measures=options.measures,
        contains=options.contains,
        tags=options.tags,
    )
    write(found, options)


def _network(options: argparse.Namespace) -> None:
    from ..stats.associations import associations
    from ..structure.network import network, write_network

    if options.output == STANDARD:
        raise ParameterError("`--output` must be a file; got standard output (-)")
    measure: Any = "log_dice" if options.weight == "count" else options.weight
    pairs = associations(
        counts(options).fcm(window=options.window),
        words(options.node) if options.node else None,
        measures=measure,
        min_count=options.min_count,
    )
    made = network(pairs, weight=options.weight, top=options.top, seed=options.seed)
    write_network(made, Path(options.output), format=options.network_format)
