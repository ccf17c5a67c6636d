"""No documents and no tokens: every function gives its columns and no row, or says that it needs documents."""

from __future__ import annotations

import warnings
from typing import Any

import polars as pl
import pytest
from tests.python.house.calls import calls, names

import duizhao as dz

#: Functions without documents, matrices or frames of them.
WITHOUT = {
    "bootstrap_counts", "lsh_recall", "measures", "permutation_labels", "read_texts", "stop_words", "word_lists",
}  # fmt: skip


def emptied(value: Any) -> Any:
    """The same kind of value without documents or rows; other values as they are."""
    if isinstance(value, dz.Tokens | dz.Dfm):
        return value.filter(pl.lit(False))
    if isinstance(value, dz.Fcm):
        return dz.tokens([""]).fcm(window=3)
    if isinstance(value, pl.DataFrame | pl.Series):
        return value.clear()
    if isinstance(value, list):
        return [emptied(one) for one in value if not isinstance(one, str)]
    return value


#: A part has one row that says what is counted, also of nothing.
HEADED = {"partial", "merge"}

#: Groups carry what is the same throughout each; without groups that is everything, so the columns cannot be equal.
GROUPED: dict[str, dict[str, Any]] = {"rate_ratios": {"metadata": False}}


def columns(found: Any) -> list[str] | None:
    return found.columns if isinstance(found, pl.DataFrame) else None


@pytest.mark.parametrize("name", sorted(set(names()) - WITHOUT))
def test_nothing_gives_the_columns_or_a_named_error(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("empty")
    given = {**calls(folder)[name], **GROUPED.get(name, {})}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = getattr(dz, name)(**given)
        try:
            none = getattr(dz, name)(**{key: emptied(value) for key, value in given.items()})
        except dz.DuizhaoError as error:
            # What needs documents names the argument that has none.
            assert "`" in str(error), error
            return
    if columns(full) is not None:
        assert columns(none) == columns(full)
        assert name in HEADED or none.is_empty()
