"""What a comparison was asked for, and what it chose by itself: two values that do not change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from .._base.checks import (
    require_flag,
    require_instance,
    require_seed,
    require_strings,
    require_whole,
    require_word,
)
from ..errors import ParameterError
from ..text.clean import SCRIPTS, Script
from ..text.segmenter import Segmenter
from ..text.stop_words import stop_words as stop_word_list

__all__ = ["ASSOCIATION_MEASURES", "KEYNESS_MEASURES", "PARTS", "Choices", "Options", "facts"]

#: The parts that ``without`` can name.
PARTS: Final = ("claims", "slogans", "reuse")

#: Measures of the frames; the first orders the rows.
KEYNESS_MEASURES: Final = ("log_likelihood", "log_ratio")
ASSOCIATION_MEASURES: Final = ("log_dice", "npmi", "log_likelihood")


@dataclass(frozen=True, kw_only=True)
class Options:
    """The arguments of :func:`duizhao.compare`, checked.

    Attributes
    ----------
    by, repair, script, segmenter, stop_words, nodes, window, top, min_count, min_doc_freq, min_chars, lines, seed, without
        As of :func:`duizhao.compare`; ``nodes`` as a tuple, ``without`` as one in the order of :data:`PARTS`.

    Raises
    ------
    ParameterError
        A number out of its range, an unknown word.
    DataTypeError
        Something else than a segmenter, or than words.
    """

    by: str | None = None
    repair: bool = True
    script: Script | None = "simplified"
    segmenter: Segmenter | None = None
    stop_words: Iterable[str] | Literal["zh"] | None = "zh"
    nodes: Sequence[str] | str | None = None
    window: int = 5
    top: int = 20
    min_count: int = 3
    min_doc_freq: int | None = None
    min_chars: int = 2
    lines: int = 40
    seed: int = 1
    without: Collection[str] = ()

    def __post_init__(self) -> None:
        """Refuse what would fail later, and with a worse message."""
        if self.by is not None:
            require_instance(self.by, str, argument="by", allowed="the name of a column")
        require_flag(self.repair, "repair")
        if self.script is not None:
            require_word(self.script, SCRIPTS, argument="script")
        if self.segmenter is not None:
            require_instance(self.segmenter, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
        for name in ("window", "top", "min_count", "min_chars", "lines"):
            object.__setattr__(self, name, require_whole(getattr(self, name), name, 1))
        if self.min_doc_freq is not None:
            require_whole(self.min_doc_freq, "min_doc_freq", 1)
        require_seed(self.seed)
        if self.nodes is not None:
            object.__setattr__(self, "nodes", tuple(require_strings(self.nodes, "nodes")))
        if isinstance(self.stop_words, bool | int | float):
            raise ParameterError(f"`stop_words` must be 'zh', words or None; got {self.stop_words!r}")
        if self.stop_words is not None and not isinstance(self.stop_words, str):
            object.__setattr__(self, "stop_words", tuple(require_strings(self.stop_words, "stop_words")))
        object.__setattr__(self, "without", _parts(self.without))

    def words_to_remove(self) -> Iterable[str] | None:
        """The stop words themselves, None for none."""
        words = self.stop_words
        return stop_word_list(words) if isinstance(words, str) else words


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a run found out or chose by itself.

    Attributes
    ----------
    nodes
        Words whose neighbours were looked at: those asked for, or the chosen ones.
    rows_kept_per_group
        Rows of ``keyness`` that each group keeps; None for all.
    slogans
        The column of dates for the slogans; None where they were left out, ``{"date": None}`` without such a column.
    reuse
        Options of the search for passages, and how many n-grams were too common to start one; None where it was left out.
    """

    nodes: tuple[str, ...] = ()
    rows_kept_per_group: int | None = None
    slogans: dict[str, str | None] | None = None
    reuse: dict[str, int] | None = None


def facts(options: Options, choices: Choices) -> dict[str, Any]:
    """Everything that a result depends on, by name, as a manifest and a page show it; lists of words as number and hash."""
    shown: dict[str, Any] = {
        "by": options.by,
        "repair": options.repair,
        "script": options.script,
        "segmenter": _segmenter_facts(options.segmenter or Segmenter()),
        "stop_words": _word_facts(options.stop_words),
        "remove_punctuation": True,
        "remove_symbols": True,
        "padding": True,
        "keyness": {
            "measures": list(KEYNESS_MEASURES),
            "adjust": "bh",
            "rows_kept_per_group": choices.rows_kept_per_group,
        },
        "tfidf": {"tf": "count", "idf": "inverse", "base": "e"},
        "window": options.window,
        "within": "sentence",
        "associations": {"measures": list(ASSOCIATION_MEASURES)},
        "similarity": {"method": "cosine", "weights": "count"},
        "top": options.top,
        "min_count": options.min_count,
        "min_doc_freq": options.min_doc_freq,
        "min_chars": options.min_chars,
        "lines": options.lines,
        "seed": options.seed,
        "nodes": list(choices.nodes),
        "without": list(options.without),
    }
    if choices.slogans is not None:
        shown["slogans"] = choices.slogans
    if choices.reuse is not None:
        shown["reuse"] = choices.reuse
    return shown


def _parts(without: Collection[str]) -> tuple[str, ...]:
    """The named parts in their usual order."""
    named = require_strings(without, "without")
    for part in named:
        if part not in PARTS:
            raise ParameterError(f"`without` must be of {', '.join(map(repr, PARTS))}; got {part!r}")
    return tuple(part for part in PARTS if part in named)


def _segmenter_facts(segmenter: Segmenter) -> dict[str, Any]:
    """Its options, with lists of words as their length, and the hash of all of it."""
    text = segmenter.to_json()
    given: dict[str, Any] = json.loads(text)
    given = {name: len(value) if isinstance(value, list | dict) else value for name, value in given.items()}
    return {**given, "sha256": hashlib.sha256(text.encode()).hexdigest()}


def _word_facts(words: Iterable[str] | str | None) -> object:
    """A name, or number and hash of words."""
    if words is None:
        return None
    name = words if isinstance(words, str) else None
    listed = sorted(stop_word_list(words) if isinstance(words, str) else set(words))
    return {
        "list": name or "own",
        "words": len(listed),
        "sha256": hashlib.sha256("\n".join(listed).encode()).hexdigest(),
    }
