"""The command line and the functions have the same options: the same names, defaults and words."""

from __future__ import annotations

import argparse
import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

import duizhao as dz
from duizhao._base.inference import IntervalKind
from duizhao.cli import make_parser

#: Commands that are not named after their function; those that stand for several have the others behind.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "compare": ("compare", "report"),
    "demo": ("compare", "report"),
    "keyness": ("keyness",),
    "associations": ("associations", "fcm"),
    "similarity": ("similarity", "distance"),
    "network": ("network", "associations", "fcm"),
    "reuse": ("text_reuse", "reuse_pairs", "passages", "diffusion", "shared_phrases"),
    "duplicates": ("near_duplicates", "deduplicate"),
    "rates": ("rates", "rate_ratios"),
    "slogans": ("slogans", "slogan_spread"),
}

#: Arguments that say where texts come from, how they are read, cleaned and cut, and where the result goes: they belong to
#: other functions (``read_texts``, ``clean``, ``Segmenter``, ``tokens``) or to the command line alone.
SHARED = {
    "help", "paths", "output", "format", "metadata", "stdin_format", "repair", "script", "quiet", "hmm", "user_dict",
    "suppress", "stop_words", "repairs", "rows", "out", "force", "tables", "text_limit", "open",
}  # fmt: skip

#: What inference over documents needs: one value in Python, options of their own on the command line.
INFERENCE = {"resamples", "permutations", "blocks", "seed", "interval", "level"}

#: (command, option): why it is not what the function has.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("compare", "node"): "given once for each word; the function takes several as `nodes`",
    ("demo", "node"): "as of compare",
    ("compare", "without"): "a list is empty where a tuple is",
    ("demo", "without"): "as of compare",
    ("demo", "by"): "the corpus that comes along has counties",
    ("tokens", "tags"): "an option of the segmenter, pos=True",
    ("keyness", "adjust"): "None is no correction in Python; a command has no None",
    ("similarity", "method"): "one command for similarities and distances",
    ("associations", "node"): "an argument in its place, not an option",
    ("associations", "window"): "of the matrix, which has no default that fits every context",
    ("cluster", "by"): "counts are summed before",
    ("cluster", "k"): "the argument of the method `cut` of the result",
    ("collocations", "measures"): "words with commas",
    ("trend", "time"): "read_texts calls the column of dates `date`",
    ("trend", "slopes"): "which of the two frames of the result is written",
    ("zeta", "by"): "target is an expression in Python; by and target make one",
    ("zeta", "target"): "as by",
    ("keyness", "target"): "the name of a group in `by`; in Python an expression",
    ("dispersion", "measures"): "None stands for the default of the function",
    ("diversity", "unit"): "a command reads texts, for which the function wants a unit too",
    ("rates", "design"): "chooses between rates (none) and rate_ratios",
    ("network", "window"): "of the matrix, which has no default that fits every context",
    ("network", "weight"): "a command needs one; the function takes the only one of the frame",
    ("network", "min_count"): "a picture of every pair cannot be read",
    ("network", "top"): "a picture of every pair cannot be read",
    ("network", "network_format"): "`format` of write_network; --format is that of tables",
    ("reuse", "min_chars"): "the default differs between passages and phrases; each is that of its function",
    ("reuse", "max_doc_freq"): "0 stands for None",
    ("reuse", "keep_punctuation"): "a switch for ignore_punctuation=False",
    ("reuse", "date"): "needed by some rows only",
    ("duplicates", "kind"): "without it the pairs are written, not what would be dropped",
    ("claims", "kind"): "a filter of rows, which Python writes as one",
    ("slogans", "spread"): "writes the frame of slogan_spread",
}  # fmt: skip


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its parser."""
    for action in make_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no commands")


def functions(command: str) -> list[Callable[..., Any]]:
    """The public functions that a command stands for."""
    name = command.replace("-", "_")
    names = FUNCTIONS.get(command, (name,) if name in dz.__all__ else ())
    return [getattr(dz, one) for one in names]


def words_of(annotation: Any) -> set[str]:
    """The words of every Literal in an annotation."""
    if get_origin(annotation) is Literal:
        return {word for word in get_args(annotation) if isinstance(word, str)}
    return {word for part in get_args(annotation) for word in words_of(part)}


def same(option: Any, default: Any) -> bool:
    """Whether the defaults are equal, a list standing for a tuple and one word for a list of one."""
    plain = [list(one) if isinstance(one, tuple | list) else one for one in (option, default)]
    return plain[0] == plain[1] or (isinstance(plain[0], list) and plain[0] == [plain[1]])


def pairs() -> Iterator[tuple[str, argparse.Action]]:
    for command, parser in commands().items():
        if not functions(command):
            continue
        for action in parser._actions:
            if action.dest not in SHARED | INFERENCE:
                yield command, action


@pytest.mark.parametrize(("command", "action"), [pytest.param(c, a, id=f"{c}-{a.dest}") for c, a in pairs()])
def test_an_option_is_the_parameter(command: str, action: argparse.Action) -> None:
    if (command, action.dest) in EXCEPTIONS:
        return
    hints: dict[str, Any] = {}
    parameters: dict[str, inspect.Parameter] = {}
    for function in reversed(functions(command)):
        parameters |= inspect.signature(function).parameters
        hints |= typing.get_type_hints(function)
    assert action.dest in parameters, f"{command}: no parameter {action.dest!r} in {sorted(parameters)}"
    parameter = parameters[action.dest]
    if action.option_strings:
        off = "no-" if action.const is False else ""  # a switch that is on can only be turned off
        assert f"--{off}{action.dest.replace('_', '-')}" in action.option_strings
        if not action.required and parameter.default is not parameter.empty:
            assert same(action.default, parameter.default), f"{action.default!r} is not {parameter.default!r}"
    words = words_of(hints[action.dest])
    if action.choices is not None:
        assert set(action.choices) == words, f"{sorted(action.choices)} are not {sorted(words)}"


def test_every_command_that_compares_has_all_of_inference() -> None:
    defaults = {name: p.default for name, p in inspect.signature(dz.Inference).parameters.items()}
    # On the command line nothing is drawn unless asked for.
    defaults |= {"permutations": 0, "resamples": 0}
    assert set(defaults) == INFERENCE
    found = set()
    for command, parser in commands().items():
        taken = [f for f in functions(command) if "inference" in inspect.signature(f).parameters]
        # A network shows pairs that were counted, and compares nothing.
        if not taken or command == "network":
            continue
        found.add(command)
        options = {action.dest: action.default for action in parser._actions if action.dest in INFERENCE}
        assert options == defaults, command
    assert {
        "keyness",
        "zeta",
        "rates",
        "trend",
        "diversity",
        "register",
        "dispersion",
        "similarity",
        "associations",
    } <= found


def test_every_exception_is_one() -> None:
    present = {(command, action.dest) for command, action in pairs()}
    assert not set(EXCEPTIONS) - present, "options that are no more"


def test_a_correction_is_one_of_the_function() -> None:
    (action,) = (a for a in commands()["keyness"]._actions if a.dest == "adjust")
    assert (
        action.choices is not None
        and action.default == inspect.signature(dz.keyness).parameters["adjust"].default
    )
    assert set(action.choices) == words_of(typing.get_type_hints(dz.keyness)["adjust"])


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS)))
def test_every_named_command_exists(name: str) -> None:
    assert name in commands()


#: Parameters that no command has: data, what the command line reads and cuts itself, and what is for programs.
NO_OPTIONS = {
    "docs", "tokens", "dfm", "fcm", "data", "pairs", "slogans", "claims", "text", "progress", "segmenter", "inference",
    "options", "path", "limits", "reuse", "network", "format",
}  # fmt: skip

#: Parameters that a command lacks, and why.
LACKS: dict[str, tuple[set[str], str]] = {
    "clean": ({"steps", "boilerplate", "pinyin", "punctuation"}, "--repair and --script are those of every command"),
    "tokens": (
        {"remove", "remove_punctuation", "remove_numbers", "remove_symbols", "min_chars", "padding", "spans"},
        "rows are tokens, which the reader filters",
    ),
    "keyness": ({"reference", "parameters"}, "the rest is the reference; constants of measures are a mapping"),
    "tfidf": ({"tf", "idf", "base", "smoothing", "k", "add", "tf_k", "norm", "unseen"}, "a preset names them all"),
    "similarity": (
        {"margin", "of", "min_similarity", "max_distance", "top", "against", "power", "smoothing"},
        "rows are all pairs of documents, which the reader filters",
    ),
    "associations": (
        {"adjust", "context", "within", "count", "weights", "ordered", "preset"},
        "pairs in a window, counted as the page does",
    ),
    "kwic": ({"case_insensitive", "separator", "across"}, "the defaults read well on a screen"),
    "collocations": ({"within", "value_type", "smoothing", "padding", "punctuation", "adjust"}, "the defaults"),
    "network": (
        {"source", "target", "min_weight", "communities", "measures", "adjust", "context", "within", "count", "weights",
         "ordered", "preset"},
        "a picture of pairs in a window",
    ),
    "cluster": ({"margin", "power", "smoothing"}, "documents are clustered, by the defaults of the distance"),
    "zeta": ({"reference", "adjust"}, "the rest is the reference"),
    "rates": ({"nested_scope", "negated", "adjust"}, "the defaults"),
    "new-words": ({"max_across", "edge_chars", "letters", "known"}, "the defaults"),
    "diversity": ({"threshold", "min_factor", "base", "adjust"}, "constants of single measures"),
    "register": ({"adjust"}, "the default"),
    "reuse": (
        {"seed_chars", "min_identity", "ignore_punctuation", "overlap", "attribution", "min_weight"},
        "how seeds grow is for programs",
    ),
    "duplicates": ({"unit", "min_chars", "recall", "ignore_punctuation"}, "the defaults"),
    "diff": ({"moved_chars"}, "the default"),
    "compare": ({"nodes"}, "--node, given once for each word"),
    "demo": ({"nodes"}, "as of compare"),
}  # fmt: skip


@pytest.mark.parametrize("command", [name for name in commands() if functions(name)])
def test_what_a_command_lacks_is_listed(command: str) -> None:
    options = {action.dest for action in commands()[command]._actions}
    parameters = {name for function in functions(command) for name in inspect.signature(function).parameters}
    assert parameters - options - NO_OPTIONS == LACKS.get(command, (set(), ""))[0]


def test_the_words_of_inference_are_the_same() -> None:
    words = words_of(IntervalKind)
    found = [a for parser in commands().values() for a in parser._actions if a.dest == "interval"]
    assert found
    assert all(action.choices is not None and set(action.choices) == words for action in found)
