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


#: Functions that raise something else than NoDocumentsError when there is nothing at all, and why.
RAISES: dict[str, tuple[type[dz.DuizhaoError], str]] = {
    "finish": (dz.FormatError, "a part without rows does not say what it counted"),
    "log_odds": (dz.ParameterError, "the document that `target` names is not there"),
    "merge": (dz.FormatError, "a part without rows does not say what it counted"),
    "wordfish": (dz.ParameterError, "the documents that `direction` names are not there"),
    "wordscores": (dz.ParameterError, "the documents that `reference_scores` names are not there"),
    "zeta": (dz.ParameterError, "the document that `target` names is not there"),
}

#: Functions that need documents.
NEED_DOCUMENTS = {"bootstrap", "compare", "count", "permutation_test", "report"}

#: Functions that raise where there are documents without a token, and why.
RAISES_HOLLOW: dict[str, tuple[type[dz.DuizhaoError], str]] = {
    "cluster": (dz.DataError, "no distance to an empty document"),
    "finish": (dz.FormatError, "a part without rows does not say what it counted"),
    "mds": (dz.DataError, "no distance to an empty document"),
    "wordfish": (dz.DataError, "an empty document has no position"),
    "wordscores": (dz.DataError, "an empty document has no features to take a score from"),
    "zeta": (dz.DataError, "no text is long enough for a segment"),
}


def hollow(value: Any, text: str) -> Any:
    """The same documents with nothing in them but ``text``; frames of what was found are empty."""
    if isinstance(value, dz.Tokens | dz.Dfm):
        return value.remove("*")
    if isinstance(value, dz.Fcm):
        return dz.tokens([""]).fcm(window=3)
    if isinstance(value, pl.DataFrame) and {"doc_id", "text", "year"} <= set(value.columns):
        if "edits" in value.columns:
            return dz.clean(value.select("doc_id", pl.lit(text).alias("text"), "year", "region"))
        return value.with_columns(text=pl.lit(text)) if "surface" not in value.columns else value.clear()
    if isinstance(value, pl.DataFrame):
        return value.clear()
    if isinstance(value, pl.Series):
        return pl.Series(value.name, [text] * value.len(), dtype=pl.String)
    if isinstance(value, list):
        return [text if isinstance(one, str) else one for one in value]
    return value


def without_nan(name: str, found: Any) -> None:
    """What is undefined is null."""
    if isinstance(found, pl.DataFrame):
        bad = [
            column.name for column in found.get_columns() if column.dtype.is_float() and column.is_nan().any()
        ]
        assert not bad, (name, bad)


@pytest.mark.parametrize("name", sorted(set(names()) - WITHOUT))
def test_nothing_gives_the_columns_or_a_named_error(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("empty")
    given = {**calls(folder)[name], **GROUPED.get(name, {})}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = getattr(dz, name)(**given)
        without_nan(name, full)
        nothing = {key: emptied(value) for key, value in given.items()}
        if name in NEED_DOCUMENTS or name in RAISES:
            expected = RAISES[name][0] if name in RAISES else dz.NoDocumentsError
            with pytest.raises(expected, match="`"):
                getattr(dz, name)(**nothing)
            return
        none = getattr(dz, name)(**nothing)
    if columns(full) is not None:
        assert columns(none) == columns(full)
        assert name in HEADED or none.is_empty()


@pytest.mark.parametrize("text", ["", "，。！"], ids=["empty", "punctuation"])
@pytest.mark.parametrize("name", sorted(set(names()) - WITHOUT))
def test_documents_without_a_token_give_the_columns_or_a_named_error(
    name: str, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hollow")
    given = {**calls(folder)[name], **GROUPED.get(name, {})}
    changed = {key: hollow(value, text) for key, value in given.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if name in RAISES_HOLLOW:
            with pytest.raises(RAISES_HOLLOW[name][0], match="`"):
                getattr(dz, name)(**changed)
            return
        found = getattr(dz, name)(**changed)
        full = getattr(dz, name)(**given)
    assert type(found) is type(full)
    assert columns(found) == columns(full)
    without_nan(name, found)
