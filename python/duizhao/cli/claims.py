"""``duizhao claims``: quantified claims of texts."""

from __future__ import annotations

import argparse

from .arguments import Command, add_output, add_paths, add_reading
from .inputs import read_clean
from .outputs import write


def add(command: Command) -> None:
    """Add the command."""
    step = command("claims", _claims, "numbers with unit, bounds, object, verb and kind, one row each")
    add_paths(step)
    add_reading(step)
    step.add_argument(
        "--kind",
        choices=("achievement", "inventory", "norm", "rank", "target"),
        default=None,
        help="only claims of this kind",
    )
    add_output(step)


def _claims(options: argparse.Namespace) -> None:
    import polars as pl

    from ..discourse.claims import claims

    found = claims(read_clean(options))
    write(found if options.kind is None else found.filter(pl.col("kind") == options.kind), options)
