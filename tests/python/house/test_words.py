"""The words that the package allows are the words that the core knows: every ``Literal`` alias against ``_core.words()``."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest

from duizhao import _core
from duizhao._base.checks import did_you_mean

PACKAGE = Path(__file__).parents[3] / "python" / "duizhao"
CORE = {path: frozenset(words) for path, words in _core.words().items()}

#: Aliases with other words than an enum of the core: which enum, words that Python adds, words that it leaves out.
CHANGED = {
    "Weighting": ("stats::tfidf::TfScheme", set(), {"count"}),
    "Context": ("corpus::fcm::Unit", {"window"}, set()),
    "Count": ("corpus::fcm::Counting", {"weighted"}, set()),
}

#: Words that only Python knows, and what reads them there.
PYTHON_ONLY = {
    "Attribution": "diffusion ranks sources itself",
    "DiversityUnit": "chooses what is counted before the core counts",
    "Family": "of kinds of files, which are told by their first bytes in Python",
    "Facet": "a column of the frame of claims",
    "Format": "files of networks are written in Python",
    "Kind": "kinds of partial counts",
    "Language": "of the report",
    "NegatedChoice": "filters rows of a frame",
    "NegatedInRates": "filters rows of a frame",
    "OnError": "of reading files",
    "PartSizes": "chooses the sizes before the core computes",
    "Unit": "chooses the function that cuts sentences, clauses or paragraphs",
    "WordClass": "of the list of stop words",
}

#: Enums of the core that no alias repeats, and why.
CORE_ONLY = {
    "analysis::similarity::Margin": "written in the signatures",
    "analysis::structure::Map": "each is a function",
    "discourse::claims::ClaimKind": "words of a column",
    "discourse::number::Direction": "words of a column",
    "discourse::quotations::quote::QuoteKind": "words of a column",
    "discourse::slogans::class::SloganClass": "words of a column",
    "discourse::slogans::Quoted": "words of a column",
    "registry::Needs": "words of a column",
    "registry::Sign": "words of a column",
    "text::edit::EditKind": "words of a column",
    "text::repair::annotation::Pinyin": "Python says True, False or 'auto'",
}


def words_in(alias: Any) -> Iterator[str]:
    """The words of a ``Literal``, also of one inside a union."""
    for argument in get_args(alias):
        if get_origin(alias) is not None and isinstance(argument, str):
            yield argument
        else:
            yield from words_in(argument)


def aliases() -> dict[tuple[str, str], frozenset[str]]:
    """Module and name of each alias at the top of a module whose value holds a ``Literal``, with its words."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(("duizhao", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            value = getattr(node, "value", None)
            if value is None or not any(
                isinstance(part, ast.Name) and part.id == "Literal" for part in ast.walk(value)
            ):
                continue
            for target in targets:
                if isinstance(target, ast.Name):
                    words = frozenset(words_in(getattr(importlib.import_module(module), target.id)))
                    found[module, target.id] = words
    return found


ALIASES = aliases()


def test_the_walk_finds_the_aliases():
    names = {name for _, name in ALIASES}
    assert {"Measure", "Adjustment", "Tf", "Norm", "ValueType", "Linkage", *CHANGED} <= names
    assert len(ALIASES) >= 35
    assert all(ALIASES.values())


@pytest.mark.parametrize(("module", "name"), sorted(ALIASES))
def test_alias_has_the_words_of_the_core(module, name):
    words = ALIASES[module, name]
    if name in CHANGED:
        path, more, fewer = CHANGED[name]
        assert words == (CORE[path] | more) - fewer
    elif words not in CORE.values():
        near = {
            path: sorted(words ^ core) for path, core in CORE.items() if len(words & core) > len(words) / 2
        }
        assert name in PYTHON_ONLY, f"no enum of the core has these words; differences: {near}"


def test_exceptions_are_needed():
    names = {name for _, name in ALIASES}
    assert set(PYTHON_ONLY) | set(CHANGED) <= names
    repeated = {path for path, core in CORE.items() if core in ALIASES.values()}
    changed = {path for path, _, _ in CHANGED.values()}
    assert not repeated & set(CORE_ONLY)
    assert repeated | changed | set(CORE_ONLY) == set(CORE)


@pytest.mark.parametrize(
    ("word", "near"),
    [("Holm", "holm"), ("bonferoni", "bonferroni"), ("b h", "bh"), ("fdr", None), ("", None), (3, None)],
)
def test_a_near_word_is_suggested(word, near):
    allowed = ["bh", "holm", "bonferroni"]
    assert did_you_mean(word, allowed) == ("" if near is None else f"; did you mean '{near}'?")
    if isinstance(word, str):
        assert _core.closest(word, allowed) == near
