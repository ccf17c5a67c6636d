"""``dz.clean(script=…)``: OpenCC's own cases in each direction, regional words, edits that go back."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest
from tests.scores.script import CONFIGURATIONS, cases, sentences

import duizhao as dz

#: How many of OpenCC's cases may come out otherwise, and why. A case whose input mixes scripts is none of a configuration that reads one.
OTHERWISE: dict[str, tuple[int, str]] = {
    "t2s": (2, "著 of 慰藉著 becomes 着; traditional words in a list of simplified ones stay (袷衣 夹衣)"),
    "hk2s": (1, "著 of 慰藉著 becomes 着"),
    "tw2sp": (
        2,
        "both regions are read: 機會率 is of Hong Kong; 覆蓋 is 覆盖, which OpenCC marks as its own mistake",
    ),
    "hk2sp": (1, "機率 is of Taiwan"),
    "t2tw": (5, "simplified words of the input become traditional, too"),
    "t2hk": (7, "simplified words of the input become traditional, too"),
}


@cache
def scored(folder: Path) -> dict[str, list[tuple[str, str, str, str]]]:
    return cases(folder)


@pytest.mark.parametrize("config", sorted(CONFIGURATIONS))
def test_cases_of_opencc(shared: Path, config: str):
    results = scored(shared)[config]
    wrong = [name for name, _, expected, result in results if expected != result]
    allowed, _ = OTHERWISE.get(config, (0, ""))
    assert len(wrong) <= allowed, wrong


@pytest.mark.parametrize(("script", "whole", "share"), [("simplified", 495, 0.9995), ("taiwan", 400, 0.995)])
def test_parallel_sentences(shared: Path, script: str, whole: int, share: float):
    exact, pairs, right, total = sentences(shared, script)
    assert pairs == 500
    assert exact >= whole
    assert right / total >= share


@pytest.mark.parametrize("script", ["simplified", "taiwan", "hongkong"])
@pytest.mark.parametrize(
    "text",
    [
        "快闪存储器和软件，老挝的打印机。",
        "網際網路的軟體，寮國的印表機。",
        "衞生署的伺服器在屋裡。",
        "",
        "abc，1+1",
    ],
)
def test_regional_words_go_back(script: str, text: str):
    docs = pl.DataFrame({"doc_id": ["a"], "text": [text]})
    cleaned = dz.clean(docs, script=script, regional_words=True)
    assert dz.restore(cleaned).select("doc_id", "text").equals(docs)
    expression = docs.select(pl.col("text").zh.clean(script=script, regional_words=True)).item()
    assert expression == cleaned["text"].item()


def test_a_word_of_another_length_is_one_edit():
    docs = pl.DataFrame({"doc_id": ["a"], "text": ["调制解调器的软件"]})
    edits = dz.repairs(dz.clean(docs, script="taiwan", regional_words=True))
    assert edits.select("raw", "repaired", "kind", "certain").rows() == [
        ("调制解调器", "數據機", "script", False),
        ("软", "軟", "script", True),
        ("件", "體", "script", False),
    ]


def test_regional_words_need_a_script_that_has_some():
    with pytest.raises(dz.ParameterError, match=r"`script`.*'taiwan'.*'traditional'"):
        dz.clean("软件", script="traditional", regional_words=True)
    with pytest.raises(dz.ParameterError, match=r"`script`.*None"):
        dz.clean("软件", regional_words=True)
    with pytest.raises(dz.ParameterError, match="regional_words"):
        dz.clean("软件", script="taiwan", regional_words="yes")  # type: ignore[arg-type]
