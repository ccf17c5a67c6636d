"""Terms over time; words of one side by slices."""

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
from .inputs import counts
from .outputs import write


def add(command: Command) -> None:
    """Add the commands."""
    step = command("trend", _trend, "rates of terms over time")
    step.add_argument("terms", metavar="TERMS", help="one or more terms, separated by commas")
    add_paths(step)
    step.add_argument(
        "--time", metavar="COLUMN", default="date", help="the column with the time (default: %(default)s)"
    )
    step.add_argument("--slopes", action="store_true", help="write the trend of each term, not its periods")
    add_inference(step)
    add_reading(step)
    # Rates are per token of the whole text.
    add_segmenting(step, stop_words=None)
    add_output(step)

    step = command("zeta", _zeta, "words that stand in many slices of one group and in few of the others")
    add_paths(step)
    step.add_argument("--by", metavar="COLUMN", required=True, help="the column with the groups")
    step.add_argument(
        "--target", metavar="VALUE", required=True, help="the group that is compared with the rest"
    )
    step.add_argument("--segment", metavar="N", type=whole(1), required=True, help="tokens of a slice")
    step.add_argument("--min-segments", metavar="N", type=whole(1), default=2,
                      help="slices a word needs (default: %(default)s)")  # fmt: skip
    add_inference(step)
    add_reading(step)
    add_segmenting(step)
    add_output(step)


def _trend(options: argparse.Namespace) -> None:
    from ..stats.trend import trend

    found = trend(
        counts(options).dfm(),
        words(options.terms),
        time=options.time,
        inference=inference_of(options),
    )
    write(found.slopes if options.slopes else found.periods, options)


def _zeta(options: argparse.Namespace) -> None:
    import polars as pl

    from ..stats.zeta import zeta

    found = zeta(
        counts(options),
        target=pl.col(options.by).cast(pl.String) == options.target,
        segment=options.segment,
        min_segments=options.min_segments,
        inference=inference_of(options),
    )
    write(found, options)
