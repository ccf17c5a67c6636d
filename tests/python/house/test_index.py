"""From a question to a function and a page: nothing is left out, nothing leads nowhere."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import duizhao as dz

ROOT = Path(__file__).parents[3]
INDEX = ROOT / "docs/index.md"
LINK = re.compile(r"\]\(([^)\s#]+)(#[^)]*)?\)")
FUNCTIONS = [name for name in dz.__all__ if inspect.isfunction(getattr(dz, name))]


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_]+", text))


def test_help_leads_to_every_function():
    table = (dz.__doc__ or "").partition("From a question to a function")[2]
    assert not set(FUNCTIONS) - words(table)
    # What stands behind the dots exists.
    named = {
        word
        for line in table.splitlines()
        if " .. " in line.replace("...", " .. ")
        for word in words(line.rpartition("..")[2])
    }
    assert len(named) > 60 and not [name for name in named if not hasattr(dz, name)]


def test_index_leads_to_every_function():
    named = set(re.findall(r"`dz\.(\w+)`", INDEX.read_text(encoding="utf-8")))
    assert not set(FUNCTIONS) - named
    assert not [name for name in named if not hasattr(dz, name)]


def test_index_leads_to_every_page():
    pages = {page.relative_to(INDEX.parent).as_posix() for page in INDEX.parent.rglob("*.md")} - {"index.md"}
    linked = {target for target, _ in LINK.findall(INDEX.read_text(encoding="utf-8"))}
    assert not pages - linked


@pytest.mark.parametrize(
    "page",
    sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]),
)
def test_links_lead_somewhere(page):
    path = ROOT / page
    for target, _ in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{page} links to {target}"
