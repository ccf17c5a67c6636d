"""Dictionaries on text: look-up; and new words for a user dictionary."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .arguments import (
    Command,
    add_inference,
    add_output,
    add_paths,
    add_reading,
    add_segmenting,
    inference_of,
    whole,
)
from .inputs import read_clean, segmenter
from .outputs import write

if TYPE_CHECKING:
    from ..dictionaries.dictionary import Dictionary


def _add_dictionary(step: argparse.ArgumentParser) -> None:
    step.add_argument(
        "dictionary",
        metavar="DICTIONARY",
        help="a file (yml, json, csv, dic or lc3), or orientation, which comes with the package",
    )


def add(command: Command) -> None:
    """Add the commands."""
    step = command("lookup", _lookup, "find the entries of a dictionary of categories in texts")
    _add_dictionary(step)
    add_paths(step)
    step.add_argument(
        "--nested-scope", choices=("dictionary", "key"), default="dictionary",
        help="among which entries the longest wins (default: %(default)s)",
    )  # fmt: skip
    step.add_argument(
        "--negated", choices=("flag", "drop", "only"), default="flag",
        help="what to do with negated hits (default: %(default)s)",
    )  # fmt: skip
    add_reading(step)
    add_output(step)

    step = command("rates", _rates, "how often the categories of a dictionary are used, with intervals")
    _add_dictionary(step)
    add_paths(step)
    step.add_argument("--by", metavar="COLUMN", help="groups instead of documents")
    step.add_argument(
        "--design",
        choices=("rest", "pairwise"),
        default=None,
        help="with --by: ratios of rates, each group against all others or against each later one",
    )
    step.add_argument(
        "--per",
        metavar="N",
        type=whole(1),
        default=1000,
        help="characters that rates refer to (default: %(default)s)",
    )
    add_inference(step)
    add_reading(step)
    add_output(step)

    step = command("new-words", _new_words, "find words that the segmenter's dictionary lacks")
    add_paths(step)
    step.add_argument(
        "--max-chars", metavar="N", type=whole(2), default=8, help="most characters (default: %(default)s)"
    )
    step.add_argument(
        "--min-count", metavar="N", type=whole(1), default=5, help="least occurrences (default: %(default)s)"
    )
    step.add_argument(
        "--min-doc-freq", metavar="N", type=whole(1), default=1, help="least documents (default: %(default)s)"
    )
    step.add_argument(
        "--min-cohesion",
        metavar="NATS",
        type=float,
        default=2.0,
        help="least cohesion (default: %(default)s)",
    )
    step.add_argument(
        "--min-entropy",
        metavar="NATS",
        type=float,
        default=1.0,
        help="least entropy on each side (default: %(default)s)",
    )
    add_reading(step)
    add_segmenting(step, stop_words=None)
    add_output(step)


def _dictionary(name: str) -> Dictionary:
    """A dictionary of a file, or the one that comes with the package where no file has its name."""
    from ..dictionaries.dictionary import Dictionary

    if name == "orientation" and not Path(name).exists():
        return Dictionary.shipped("orientation")
    return Dictionary.load(name)


def _lookup(options: argparse.Namespace) -> None:
    from ..corpus.lookup import lookup
    from ..files.locate import located

    dictionary = _dictionary(options.dictionary)
    docs = read_clean(options)
    found = lookup(docs, dictionary, nested_scope=options.nested_scope, negated=options.negated)
    write(located(found, docs), options)


def _rates(options: argparse.Namespace) -> None:
    from ..errors import ParameterError
    from ..stats.rates import rate_ratios, rates

    shared: dict[str, Any] = {"per": options.per, "inference": inference_of(options)}
    dictionary = _dictionary(options.dictionary)
    if options.design is None:
        found = rates(read_clean(options), dictionary, by=options.by, **shared)
    elif options.by is None:
        raise ParameterError(f"--design needs --by; got --design {options.design} alone")
    else:
        found = rate_ratios(read_clean(options), dictionary, by=options.by, design=options.design, **shared)
    write(found, options)


def _new_words(options: argparse.Namespace) -> None:
    from ..corpus.new_words import new_words

    found = new_words(
        read_clean(options),
        segmenter=segmenter(options),
        max_chars=options.max_chars,
        min_count=options.min_count,
        min_doc_freq=options.min_doc_freq,
        min_cohesion=options.min_cohesion,
        min_entropy=options.min_entropy,
    )
    write(found, options)
