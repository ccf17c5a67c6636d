"""Documents that cannot be texts: halves of characters, missing values."""

from __future__ import annotations

import re
from typing import Any

import pytest

import duizhao as dz

NAN = float("nan")


class NAType:
    """As pandas writes a missing value."""

    def __repr__(self) -> str:
        return "<NA>"


@pytest.mark.parametrize(
    ("docs", "named"),
    [
        ("\ud83d坏", "document 1"),
        (["好", "坏\ude00"], "document 2"),
        ({"a": "好", "b": "\ud83d坏"}, "document 'b'"),
        ([["好"], ["坏", "\ud83d"]], "document 2, token 2"),
        ({"\ud83d": "坏"}, "id 1"),
    ],
)
def test_halves_of_characters_are_named(docs: Any, named: str) -> None:
    with pytest.raises(dz.DataError, match=rf"`docs`.*{re.escape(named)}.*half of a character \(U\+D"):
        dz.tokens(docs)
    if not isinstance(docs, list) or isinstance(docs[0], str):
        with pytest.raises(dz.DataError, match="half of a character"):
            dz.clean(docs)


@pytest.mark.parametrize(
    ("docs", "named"),
    [
        (["县政协", NAN], r"document 2 is missing \(nan\)"),
        ([NAN, "县政协"], r"document 1 is missing \(nan\)"),
        (["县政协", None, NAN], r"document 3 is missing"),
        (["县政协", NAType()], r"document 2 is missing \(<NA>\)"),
        ({"a": "县政协", "b": NAN}, r"document 'b' is missing"),
        ([["县政协"], NAN], r"document 2 is missing"),
        ([["县政协"], None], r"document 2 is missing"),
        (["县政协", None], r"must be without nulls; got 1 of them, first in row 1"),
    ],
)
def test_missing_values_are_named(docs: Any, named: str) -> None:
    with pytest.raises(dz.DataError, match=named):
        dz.tokens(docs)


@pytest.mark.parametrize(
    ("docs", "named"), [(["县", 3], "document 2 is int"), ({"a": "县", "b": 3}, "document 'b' is int")]
)
def test_other_types_are_named(docs: Any, named: str) -> None:
    with pytest.raises(dz.DataTypeError, match=named):
        dz.tokens(docs)
