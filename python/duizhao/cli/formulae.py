"""What official language is made of: slogans, quotations, named bodies and persons."""

from __future__ import annotations

import argparse

from .arguments import Command, add_output, add_paths, add_reading
from .inputs import read_clean
from .outputs import write


def add(command: Command) -> None:
    """Add the commands."""
    step = command(
        "slogans", _slogans, "labels with numerals, parallel series and quoted coinages, each place"
    )
    add_paths(step)
    step.add_argument(
        "--spread",
        action="store_true",
        help="one row a slogan and group instead: how many documents have it, which first",
    )
    step.add_argument(
        "--by", metavar="COLUMN", help="with --spread: the metadata column that makes the groups"
    )
    step.add_argument("--date", metavar="COLUMN", help="the column that says which document is earlier")
    add_reading(step)
    add_output(step)

    for name, run, text in (
        ("quotations", _quotations, "what stands between quotation marks, of which kind, and who says it"),
        ("bodies", _bodies, "named bodies of party, government, congress and 政协 with place and level"),
        ("persons", _persons, "persons who are named with a post"),
    ):
        step = command(name, run, text)
        add_paths(step)
        add_reading(step)
        add_output(step)


def _quotations(options: argparse.Namespace) -> None:
    from ..discourse.quotations import quotations

    write(quotations(read_clean(options)), options)


def _bodies(options: argparse.Namespace) -> None:
    from ..discourse.quotations import bodies

    write(bodies(read_clean(options)), options)


def _persons(options: argparse.Namespace) -> None:
    from ..discourse.quotations import persons

    write(persons(read_clean(options)), options)


def _slogans(options: argparse.Namespace) -> None:
    from ..discourse.slogans import slogan_spread, slogans
    from ..errors import ParameterError

    if options.by and not options.spread:
        raise ParameterError("`--by` needs --spread")
    docs = read_clean(options)
    found = slogans(docs, date=options.date)
    write(slogan_spread(found, docs, by=options.by, date=options.date) if options.spread else found, options)
