"""Dispersion, diversity, register: what a text's words and sentences are like."""

from __future__ import annotations

import argparse

from .arguments import (
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
from .inputs import counts, read_clean, segmenter
from .outputs import write


def add(command: Command) -> None:
    """Add the commands."""
    step = command("dispersion", _dispersion, "how evenly words are spread over documents, groups or slices")
    add_paths(step)
    step.add_argument(
        "--measures", metavar="LIST", type=words, default=None, help="names, separated by commas"
    )
    step.add_argument("--by", metavar="COLUMN", help="groups are the parts")
    step.add_argument("--parts", metavar="N", type=whole(1), default=None, help="slices are the parts")
    step.add_argument("--part-sizes", choices=("true", "equal"), default="true",
                      help="shares of the parts (default: %(default)s)")  # fmt: skip
    step.add_argument("--min-count", metavar="N", type=whole(1), default=1,
                      help="occurrences a word needs (default: %(default)s)")  # fmt: skip
    add_inference(step)
    add_reading(step)
    add_segmenting(step)
    add_output(step)

    step = command("diversity", _diversity, "how varied the vocabulary of documents or groups is")
    add_paths(step)
    step.add_argument("--unit", choices=("word", "character"), required=True, help="what is counted")
    step.add_argument(
        "--measures", metavar="LIST", type=words, default=None, help="names, separated by commas"
    )
    step.add_argument("--by", metavar="COLUMN", help="means of groups instead of documents")
    step.add_argument("--window", metavar="N", type=whole(1), default=100,
                      help="tokens of a window of mattr (default: %(default)s)")  # fmt: skip
    step.add_argument("--segment", metavar="N", type=whole(1), default=100,
                      help="tokens of a segment of msttr (default: %(default)s)")  # fmt: skip
    step.add_argument("--sample", metavar="N", type=whole(1), default=42,
                      help="tokens of a sample of hdd (default: %(default)s)")  # fmt: skip
    add_inference(step)
    add_reading(step)
    add_segmenting(step, stop_words=None)
    add_output(step)

    step = command(
        "register", _register, "how texts are built: sentences, clauses, fours, parallels, quotation"
    )
    add_paths(step)
    step.add_argument(
        "--components", metavar="LIST", type=words, default=None, help="names, separated by commas"
    )
    step.add_argument("--by", metavar="COLUMN", help="means of groups instead of documents")
    add_inference(step)
    add_reading(step)
    add_segmenting(step, stop_words=None)
    add_output(step)


def _dispersion(options: argparse.Namespace) -> None:
    from ..stats.dispersion import dispersion

    chosen = {} if options.measures is None else {"measures": options.measures}
    found = dispersion(
        counts(options),
        **chosen,
        by=options.by,
        parts=options.parts,
        part_sizes=options.part_sizes,
        min_count=options.min_count,
        inference=inference_of(options),
    )
    write(found, options)


def _diversity(options: argparse.Namespace) -> None:
    from ..stats.diversity import diversity

    found = diversity(
        read_clean(options),
        options.measures,
        unit=options.unit,
        by=options.by,
        window=options.window,
        segment=options.segment,
        sample=options.sample,
        segmenter=segmenter(options),
        inference=inference_of(options),
    )
    write(found, options)


def _register(options: argparse.Namespace) -> None:
    from ..discourse.register import register

    found = register(
        read_clean(options),
        options.components,
        segmenter=segmenter(options, pos=True),
        by=options.by,
        inference=inference_of(options),
    )
    write(found, options)
