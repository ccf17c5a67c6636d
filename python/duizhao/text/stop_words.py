"""Function words that say little of what a text is about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Literal, TypeAlias

from .._base.checks import require_word

__all__ = ["stop_words"]

WordClass: TypeAlias = Literal[
    "particles", "pronouns", "prepositions", "conjunctions", "adverbs", "auxiliaries", "measures", "locatives"
]


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    text = (files("duizhao") / "data" / "stop_words_zh.json").read_text(encoding="utf-8")
    data = json.loads(text)
    forms = data["traditional"]

    def in_both(word: str) -> set[str]:
        return {word, *map("".join, product(*(forms.get(character, character) for character in word)))}

    return {name: frozenset().union(*map(in_both, words)) for name, words in data["classes"].items()}


def stop_words(
    language: str = "zh", *, classes: Iterable[WordClass] | WordClass | None = None
) -> frozenset[str]:
    """Return function words of a language.

    The Chinese list was compiled for this package, class by class, from the closed word classes of modern
    written Chinese; it copies no other list and stands in ``duizhao/data/stop_words_zh.json`` with its
    source. A word of several classes stands in the first that fits. Words of contents, however frequent
    (工作, 建设), are not in it: to drop those, trim by document frequency. Each word is there in traditional
    characters, too (这个, 這個; 里面, 裡面, 裏面), since tokens of traditional text are what is written.

    Parameters
    ----------
    language
        ``"zh"``.
    classes
        Classes to take, all by default: ``"particles"`` (的, 了, 等), ``"pronouns"`` (我们, 这, 如何),
        ``"prepositions"`` (在, 对于, 按照), ``"conjunctions"`` (以及, 如果, 首先), ``"adverbs"`` (很, 已经,
        不), ``"auxiliaries"`` (能够, 应当, 是), ``"measures"`` (个, 一些), ``"locatives"`` (中, 之间, 以来).

    Raises
    ------
    ParameterError
        A language or class that is not there.

    Examples
    --------
    >>> import duizhao as dz
    >>> "的" in dz.stop_words("zh"), "這個" in dz.stop_words("zh"), "工作" in dz.stop_words("zh")
    (True, True, False)
    >>> sorted(dz.stop_words("zh", classes=["measures"]))[:4]
    ['一下', '一个', '一些', '一個']
    """
    require_word(language, ("zh",), argument="language")
    known = _classes()
    if classes is None:
        wanted: list[str] = list(known)
    elif isinstance(classes, str):
        wanted = [classes]
    elif isinstance(classes, Iterable):
        wanted = list(classes)
    else:
        wanted = [require_word(classes, tuple(known), argument="classes")]
    return frozenset().union(
        *(known[require_word(name, tuple(known), argument="classes")] for name in wanted)
    )
