"""The parser of the whole command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from .. import __version__
from . import (
    collocations,
    dictionaries,
    finders,
    lexical,
    main_job,
    reuse,
    steps,
    structure,
    trend,
    verify,
)

#: Modules with commands, in the order of the help text; each has ``add(command)``.
_COMMANDS = (
    main_job,
    steps,
    finders,
    collocations,
    structure,
    trend,
    dictionaries,
    lexical,
    reuse,
    verify,
)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="duizhao",
        description="Set Chinese texts side by side: read, repair, segment, count and compare them.",
        epilog="`duizhao COMMAND --help` says more. `duizhao demo` shows everything on a corpus that comes with the package.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"duizhao {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="command")

    def command(
        name: str, run: Callable[[argparse.Namespace], None], text: str, **details: Any
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=text, description=details.pop("description", text + "."), allow_abbrev=False, **details
        )
        made.set_defaults(run=run, make_parser=make_parser)
        return made

    for module in _COMMANDS:
        module.add(command)
    return parser
