"""The cut agrees with that of Python's jieba 0.42.1, token by token, on the seeds and the work reports: on the characters that are written, and
by default wherever they are simplified.
"""

from __future__ import annotations

import logging
import re
from collections import Counter

import pytest

import duizhao as dz

jieba = pytest.importorskip("jieba")
jieba.setLogLevel(logging.ERROR)

#: A run of Latin letters and digits that `join_latin` keeps whole.
JOINED = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)+%?")


@pytest.fixture(scope="module")
def texts(shared) -> dict[str, str]:
    paths = [*sorted((shared / "seeds").glob("*.txt")), *sorted((shared / "workreports").rglob("*.txt"))]
    assert len(paths) == 93
    return {path.name: path.read_text("utf-8", errors="replace") for path in paths}


def of_python(text: str, cut, **options) -> list[str]:
    return [word for word in cut(text, **options) if word.strip()]


def first_difference(ours: list[str], theirs: list[str]) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
    )
    return f"token {at}: ours {ours[at - 3 : at + 6]}, jieba's {theirs[at - 3 : at + 6]}"


def differences(texts, seg: dz.Segmenter, cut, **options) -> tuple[int, list[str]]:
    tokens, found = 0, []
    for name, text in texts.items():
        ours, theirs = seg.cut(text), of_python(text, cut, **options)
        tokens += len(theirs)
        if ours != theirs:
            found.append(f"{name}: {first_difference(ours, theirs)}")
    return tokens, found


@pytest.mark.parametrize(("hmm", "expected"), [(True, 977_596), (False, 1_011_143)])
def test_default_cut(texts, hmm, expected):
    tokens, found = differences(texts, dz.Segmenter(hmm=hmm, script="as_written"), jieba.cut, HMM=hmm)
    assert not found, "\n".join(found)
    assert tokens == expected


def test_by_default_only_traditional_texts_are_cut_otherwise(texts):
    """Three of the seeds were turned into traditional characters, one report is printed in them, and one has a heading in them."""
    seg, as_written = dz.Segmenter(), dz.Segmenter(script="as_written")
    otherwise = [name for name, text in texts.items() if seg.tokenize(text) != as_written.tokenize(text)]
    assert [name[:4] for name in otherwise] == ["000_", "002_", "004_", "1954", "1955"]


def test_search_mode_on_the_seeds(texts):
    seeds = dict(list(texts.items())[:5])
    _, found = differences(seeds, dz.Segmenter(mode="search", script="as_written"), jieba.cut_for_search)
    assert not found, "\n".join(found)


def test_full_mode_on_the_seeds(texts):
    seeds = dict(list(texts.items())[:5])
    tokens, found = differences(
        seeds, dz.Segmenter(mode="full", script="as_written"), jieba.cut, cut_all=True
    )
    assert not found, "\n".join(found)
    assert tokens == 10_908


def test_joined_latin_is_the_only_difference_with_that_option(texts):
    """With `join_latin`, what differs is exactly the runs of Latin and digits that jieba cuts at `.`, `_` and
    `-`.
    """
    seg = dz.Segmenter(join_latin=True, script="as_written")
    runs: Counter[str] = Counter()
    for name, text in texts.items():
        ours, theirs = seg.cut(text), of_python(text, jieba.cut)
        i = 0
        for token in ours:
            if theirs[i] == token:
                i += 1
                continue
            pieces = []
            while len("".join(pieces)) < len(token):
                pieces.append(theirs[i])
                i += 1
            assert "".join(pieces) == token, (name, token, pieces)
            assert JOINED.fullmatch(token), (name, token, pieces)
            runs["date" if re.fullmatch(r"\d{4}(-\d{1,2}){2}", token) else "other"] += 1
        assert i == len(theirs), name
    # Print what there is when the numbers change.
    assert runs == {"date": 29, "other": 21}, runs


@pytest.mark.parametrize(
    "text",
    [
        "㐀㐁党建𠮷鿖好",
        "C++和AT&T，c#",
        "3.5%.a.5b--x_1",
        "\x1c党\u3000建\r\n",
        "T恤4S店卡拉OK",
        "https://a-b.cn/x?y=1&z=2",
        "…——“”",
    ],
)
@pytest.mark.parametrize("hmm", [True, False])
def test_odd_text(text, hmm):
    assert dz.Segmenter(hmm=hmm).cut(text) == of_python(text, jieba.cut, HMM=hmm)
    assert dz.Segmenter(mode="search", hmm=hmm).cut(text) == of_python(text, jieba.cut_for_search, HMM=hmm)
    assert dz.Segmenter(mode="full").cut(text) == of_python(text, jieba.cut, cut_all=True)
