"""Options that are not allowed: a word, a number or a switch that is none raises ParameterError and names the argument."""

from __future__ import annotations

import inspect
import re
import typing
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from tests.python.house.calls import calls, names

import duizhao as dz

#: (function, argument): why no wrong value is refused there.
EXCEPTIONS: dict[tuple[str, str], str] = {}


#: What `Inference` takes is checked there, see tests/python/stats/test_inference.py.
INFERENCE = {"resamples", "permutations", "blocks", "seed", "interval", "level", "inference"}


def _hints(function: Any) -> dict[str, Any]:
    """Annotations of the arguments; those that name what is imported for the type checker only are of data."""
    found = {}
    for name, parameter in inspect.signature(function).parameters.items():
        try:
            found[name] = eval(str(parameter.annotation), {**vars(typing), **function.__globals__})
        except (NameError, TypeError):  # noqa: PERF203
            assert not re.search(r"\b(Literal|bool|int|float)\b", str(parameter.annotation)), (function, name)
    return found


def _parts(annotation: Any) -> list[Any]:
    """The members of a union, aliases looked through."""
    if get_origin(annotation) in (typing.Union, getattr(__import__("types"), "UnionType", None)):
        return [one for part in get_args(annotation) for one in _parts(part)]
    return [annotation]


def _cases() -> Iterator[tuple[str, str, Any]]:
    for name in names():
        function = getattr(dz, name)
        hints = _hints(function)
        for argument in inspect.signature(function).parameters:
            if argument in INFERENCE or argument not in hints:
                continue
            kinds = _parts(hints[argument])
            optional = type(None) in kinds
            plain = [kind for kind in kinds if kind is not type(None)]
            if plain and all(get_origin(kind) is Literal for kind in plain):
                wrong = ["no such word", 7]
            elif plain == [bool]:
                wrong = ["no", 2]
            elif plain in ([int], [float]):
                wrong = ["x", True, float("nan"), *([] if optional else [None])]
                wrong += [0.5] if plain == [int] else []
            else:
                continue
            for value in wrong:
                yield name, argument, value


def test_every_function_is_in_the_table(tmp_path: Path) -> None:
    assert set(calls(tmp_path)) == set(names())


@pytest.mark.parametrize("name", names())
def test_the_table_is_right(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        getattr(dz, name)(**calls(_folder(tmp_path_factory))[name])


@pytest.mark.parametrize(
    ("name", "argument", "value"), [pytest.param(*case, id="-".join(map(str, case))) for case in _cases()]
)
def test_a_wrong_option_is_named(
    name: str, argument: str, value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if (name, argument) in EXCEPTIONS:
        return
    given = {**calls(_folder(tmp_path_factory))[name], argument: value}
    with warnings.catch_warnings(), pytest.raises(dz.ParameterError) as raised:
        warnings.simplefilter("ignore")
        getattr(dz, name)(**given)
    assert f"`{argument}`" in str(raised.value), raised.value


def _folder(factory: pytest.TempPathFactory) -> Path:
    global _FOLDER
    if _FOLDER is None:
        _FOLDER = factory.mktemp("calls")
    return _FOLDER


_FOLDER: Path | None = None
