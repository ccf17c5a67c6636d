"""Commands of the finders: one for each function that finds places in texts, with the function's own options."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Callable
from typing import Any, get_args

import polars as pl

from ..discourse.slogans import slogan_spread
from ..errors import ParameterError
from ..expressions import FINDERS
from ..text.sentences import Unit
from .arguments import Command, add_output, add_paths, add_reading
from .inputs import read_clean
from .outputs import write

#: What every finder takes, and a command gives in its own way.
_COMMON = ("docs", "text", "metadata", "progress")
#: Words that options of functions may be.
_WORDS: dict[str, tuple[str, ...]] = {"Unit": get_args(Unit)}


def add(command: Command) -> None:
    """Add the commands."""
    for name in (*FINDERS, "sentences"):
        function = _function(name)
        step = command(name, _run, _first_sentence(function))
        add_paths(step)
        for parameter in inspect.signature(function).parameters.values():
            if parameter.name not in _COMMON:
                _add_option(step, function, parameter)
        if name == "claims":
            step.add_argument(
                "--kind",
                choices=("achievement", "inventory", "loss", "norm", "rank", "target"),
                help="only claims of this kind",
            )
        if name == "slogans":
            step.add_argument(
                "--spread",
                action="store_true",
                help="one row a slogan and group instead: how many documents have it, which first",
            )
            step.add_argument(
                "--by", metavar="COLUMN", help="with --spread: the metadata column that makes the groups"
            )
        add_reading(step)
        add_output(step)


def _function(name: str) -> Callable[..., Any]:
    """The public function of a finder."""
    import duizhao

    function: Callable[..., Any] = getattr(duizhao, name)
    return function


def _first_sentence(function: Callable[..., Any]) -> str:
    """The first line of a docstring as a line of help."""
    line = (inspect.getdoc(function) or "").partition("\n")[0].rstrip(".")
    return line[:1].lower() + line[1:]


def _described(function: Callable[..., Any], name: str) -> str:
    """What the docstring says of a parameter, up to its first full stop."""
    pattern = rf"^{name}\n((?:    .*\n)+)"
    found = re.search(pattern, inspect.getdoc(function) or "", re.MULTILINE)
    words = " ".join(found[1].split()) if found else ""
    first = re.split(r"[.;:] |\.$", words)[0].replace("``", "").replace("%", "%%")
    return first[:1].lower() + first[1:]


def _add_option(
    step: argparse.ArgumentParser, function: Callable[..., Any], parameter: inspect.Parameter
) -> None:
    """One option for one parameter: a switch, a word of a list, or a column."""
    flag = parameter.name.replace("_", "-")
    text = _described(function, parameter.name)
    if isinstance(parameter.default, bool):
        # What is on by default can only be turned off.
        name = f"--no-{flag}" if parameter.default else f"--{flag}"
        action = "store_false" if parameter.default else "store_true"
        step.add_argument(name, dest=parameter.name, action=action, help=f"turn this off: {text}")
        return
    words = _WORDS.get(str(parameter.annotation))
    shown = "FILE" if parameter.name == "lexicon" else "COLUMN"
    step.add_argument(
        f"--{flag}",
        dest=parameter.name,
        default=parameter.default,
        choices=words,
        metavar=None if words else shown,
        help=text,
    )


def _run(options: argparse.Namespace) -> None:
    name: str = options.command
    function = _function(name)
    if getattr(options, "by", None) and not options.spread:
        raise ParameterError("`--by` needs --spread")
    from ..files.locate import located

    docs = read_clean(options)
    given = {p: getattr(options, p) for p in inspect.signature(function).parameters if p not in _COMMON}
    # On which page of a PDF, in which cell of a sheet.
    found: pl.DataFrame = located(function(docs, **given), docs)
    if getattr(options, "kind", None):
        found = found.filter(pl.col("kind") == options.kind)
    if getattr(options, "spread", False):
        found = slogan_spread(found, docs, by=options.by, date=options.date)
    write(found, options)
