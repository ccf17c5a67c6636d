"""Arguments that every function shares are said in the same sentence (docs/guide/arguments.md)."""

from __future__ import annotations

import inspect
import re

import pytest
from tests.python.house.test_bad_options import allowed_words, members, option_hints

import duizhao as dz

FUNCTIONS = {name: getattr(dz, name) for name in dz.__all__ if inspect.isfunction(getattr(dz, name))}

#: How the entry of each argument begins; where it refers to another function, that one is held to it.
SENTENCES = {
    "docs": "Documents: a frame, a series, list or mapping of texts, or one text.",
    "text": "The column of texts",
    "metadata": "True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.",
    "progress": "None, True for a bar, or a function, called with the number of steps finished since the last call.",
    "by": "A column of the documents",
    "inference": "Inference over documents: ",
}
#: Arguments of the name that take something else.
OTHERS = {
    ("claim_shares", "by"): "A column of `claims`",
    ("count", "docs"): "A LazyFrame",
    ("dispersion", "docs"): "Tokens or counts",
    ("diversity", "docs"): "Tokens or counts",
    ("read_texts", "metadata"): "What is known of the documents",
    ("read_texts", "text"): "Column of the tables",
    ("repairs", "docs"): "What :func:`clean` returned",
    ("restore", "docs"): "What :func:`clean` returned",
}


def _entries(function: object) -> dict[str, str]:
    """The entries of the section of parameters, each on one line."""
    text = inspect.getdoc(function) or ""
    found = re.search(r"Parameters\n-+\n(.*?)(?=\n\n[A-Z][a-z]+\n-+\n|\Z)", text, re.DOTALL)
    entries: dict[str, str] = {}
    names: list[str] = []
    for line in (found[1] if found else "").split("\n"):
        if line and not line.startswith(" "):
            names = [name.strip().lstrip("*") for name in line.split(",")]
        for name in names:
            entries[name] = f"{entries.get(name, '')} {line.strip() if line.startswith(' ') else ''}".strip()
    return entries


CASES = [
    (name, argument)
    for name, function in FUNCTIONS.items()
    for argument in SENTENCES
    if argument in inspect.signature(function).parameters and _entries(function)
]


def test_there_are_cases() -> None:
    assert len(CASES) > 100


@pytest.mark.parametrize(("name", "argument"), CASES)
def test_a_shared_argument_is_said_in_the_same_sentence(name: str, argument: str) -> None:
    entry = _entries(FUNCTIONS[name]).get(argument, "")
    referred = re.match(r"As (?:for|of) :func:`(?:duizhao\.)?(\w+)`", entry)
    if referred:
        assert argument in _entries(FUNCTIONS[referred[1]]), f"{referred[1]} says nothing of `{argument}`"
        return
    assert entry.startswith(OTHERS.get((name, argument), SENTENCES[argument])), (
        f"{name}, {argument}: {entry!r}"
    )


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_the_words_of_an_option_are_shown(name: str) -> None:
    """All of them, or the function or list that shows them."""
    text, entries = inspect.getdoc(FUNCTIONS[name]) or "", _entries(FUNCTIONS[name])
    hidden = {}
    for argument, hint in option_hints(name).items():
        words = allowed_words(members(hint))
        missing = [word for word in words if word not in text]
        if missing and not re.search(
            r":(func|meth):`|As (for|of|in) |``dz\.measures", entries.get(argument, "")
        ):
            hidden[argument] = missing
    assert name in UNSAID or not hidden


#: Functions that refer to another one as a whole, and to which.
UNSAID = {"tfidf_matrix": "tfidf"}
