"""Options that are not allowed: a word, a number or a switch that is none raises ParameterError and names the argument."""

from __future__ import annotations

import re
import types
import typing
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from tests.python.house.calls import (
    call,
    calls,
    everything,
    method_calls,
    methods,
    names,
    signature,
)

import duizhao as dz

_BOUNDS = (-1, -float("inf"), float("inf"))

#: Numbers that are allowed although the walker tries them everywhere: argument -> (values, why).
ALLOWED: dict[str, tuple[tuple[float, ...], str]] = {
    "max_distance": (_BOUNDS, "a bound beyond every distance keeps all or none"),
    "min_cohesion": (_BOUNDS, "a bound of a logarithm, which has no end"),
    "min_entropy": (_BOUNDS, "a bound below or above every entropy keeps all or none"),
    "min_similarity": (_BOUNDS, "a bound of any similarity, some of which have no end"),
    "min_weight": (_BOUNDS, "weights of any kind"),
    "prior_beta": ((float("inf"),), "no prior, as None"),
    "prior_theta": ((float("inf"),), "no prior, as None"),
}

#: Beyond 64 bits: it bounds nothing and is cut, or is refused where it would cost memory or be another seed.
HUGE = 2**70

#: (function, argument): words that are in the annotation, but not for this function, and why.
NOT_HERE: dict[tuple[str, str], tuple[set[str], str]] = {
    ("CountSpec", "count"): ({"weighted"}, "sums of fractions depend on their order"),
}

INFINITE = float("inf")
NO_NUMBERS: tuple[object, ...] = ("x", True, float("nan"), -1, -INFINITE, INFINITE, HUGE)


def option_hints(name: str) -> dict[str, Any]:
    """Annotations of the arguments; those that name what is imported for the type checker only are of data."""
    found = {}
    parameters, scope = signature(name)
    for argument, parameter in parameters.parameters.items():
        try:
            found[argument] = eval(str(parameter.annotation), {**vars(typing), **scope})
        except (NameError, TypeError):  # noqa: PERF203
            assert not re.search(r"\b(Literal|bool|int|float)\b", str(parameter.annotation)), (name, argument)
    return found


def members(annotation: Any) -> list[Any]:
    """The members of a union, aliases looked through."""
    if get_origin(annotation) in (typing.Union, types.UnionType):
        return [one for part in get_args(annotation) for one in members(part)]
    return [annotation]


def allowed_words(kinds: list[Any]) -> list[str]:
    """The words that are allowed, alone or in a list."""
    found: list[str] = []
    for kind in kinds:
        if get_origin(kind) is Literal:
            found += [word for word in get_args(kind) if isinstance(word, str)]
        elif (
            get_origin(kind) is not None
            and isinstance(get_origin(kind), type)
            and issubclass(get_origin(kind), Iterable)
        ):
            found += allowed_words([one for part in get_args(kind) for one in members(part)])
    return found


def _wrong(kinds: list[Any]) -> list[object]:
    """Values that an argument of these kinds cannot have."""
    wrong: list[object] = []
    words, optional = allowed_words(kinds), type(None) in kinds
    plain = [kind for kind in kinds if kind is not type(None)]
    lists = [
        kind
        for kind in plain
        if isinstance(get_origin(kind), type) and issubclass(get_origin(kind), Iterable)
    ]
    data = [
        kind
        for kind in plain
        if kind in (str, Any) or getattr(kind, "__module__", "").split(".")[0] in ("polars", "duizhao")
    ]
    if words:
        if str not in plain and not any(str in get_args(kind) for kind in lists):
            wrong += ["no such word"]
            wrong += [["no such word"]] if lists and allowed_words(lists) else []
        if not data and not {int, float} & set(plain):
            wrong += [7]
    if plain == [bool]:
        wrong += ["no", 2, *([] if optional else [None])]
    if plain and set(plain) <= {int, float}:
        wrong += [*NO_NUMBERS, *([] if optional else [None])]
        wrong += [0.5] if plain == [int] else []
    if int in plain and any(int in get_args(kind) for kind in lists):
        wrong += [["x"], [-1], [0.5], [True], []]
    return wrong


def _cases() -> Iterator[tuple[str, str, Any, tuple[str, ...]]]:
    for name in everything():
        for argument, hint in option_hints(name).items():
            kinds = members(hint)
            for value in _wrong(kinds):
                if not any(
                    value == one and type(value) is type(one) for one in ALLOWED.get(argument, ((), ""))[0]
                ):
                    absent = NOT_HERE.get((name, argument), (set(), ""))[0]
                    yield (
                        name,
                        argument,
                        value,
                        tuple(word for word in allowed_words(kinds) if word not in absent),
                    )


def test_every_function_is_in_the_table(tmp_path: Path) -> None:
    assert set(calls(tmp_path)) == set(names())
    assert set(method_calls()) == set(methods())


@pytest.mark.parametrize("name", everything())
def test_the_table_is_right(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call(name, _folder(tmp_path_factory))


@pytest.mark.parametrize(
    ("name", "argument", "value", "words"),
    [pytest.param(*case, id="-".join(map(str, case[:3]))) for case in _cases()],
)
def test_a_wrong_option_is_named(
    name: str, argument: str, value: object, words: Sequence[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            call(name, _folder(tmp_path_factory), **{argument: value})
        except dz.ParameterError as raised:
            assert f"`{argument}`" in str(raised), raised
            assert all(word in str(raised) for word in words), raised
            return
        except dz.DataError as raised:
            # A number may be too large for the data only.
            assert value == HUGE and f"`{argument}`" in str(raised), raised
            return
    assert value == HUGE, "was not refused"


def _folder(factory: pytest.TempPathFactory) -> Path:
    global _FOLDER
    if _FOLDER is None:
        _FOLDER = factory.mktemp("calls")
    return _FOLDER


_FOLDER: Path | None = None
