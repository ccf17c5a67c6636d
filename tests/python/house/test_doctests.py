"""Every example in a docstring of the package and in the Markdown pages runs and shows what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import polars as pl
import pytest

import duizhao

ROOT = Path(__file__).parents[3]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
MODULES = [
    module.name
    for module in pkgutil.walk_packages(duizhao.__path__, prefix="duizhao.")
    if not module.name.startswith(("duizhao._core", "duizhao.__main__"))
]
PAGES = sorted(page.relative_to(ROOT).as_posix() for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.fixture(autouse=True)
def _plain_frames():
    """Frames print the same everywhere."""
    with pl.Config(tbl_formatting="ASCII_MARKDOWN", tbl_width_chars=120, tbl_cols=-1, fmt_str_lengths=40):
        yield


@pytest.mark.parametrize("name", ["duizhao", *MODULES])
def test_docstrings(name):
    module = importlib.import_module(name)
    outcome = doctest.testmod(module, optionflags=FLAGS)
    assert outcome.failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_pages(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = doctest.testfile(str(ROOT / page), module_relative=False, optionflags=FLAGS, encoding="utf-8")
    assert outcome.failed == 0


def test_there_are_examples():
    counted = sum(
        len(found.examples)
        for name in ["duizhao", *MODULES]
        for found in doctest.DocTestFinder().find(importlib.import_module(name))
    )
    assert counted > 150
