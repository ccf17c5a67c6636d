"""One contract for progress: None, True for a bar, or a function; stages in the log; no prints."""

from __future__ import annotations

import ast
import inspect
import logging
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import duizhao as dz
from duizhao import _core
from duizhao._base import progress as progress_module
from duizhao._base.progress import Bar, Stages, reporting

PACKAGE = Path(dz.__file__).parent
DOCS = dz.demo.read()
SOME = DOCS.head(6).with_columns(stance=pl.Series([-1.0, 0.5, None, 1.0, None, None]))
TOKENS = dz.tokens(SOME)
DFM = TOKENS.dfm()
FCM = TOKENS.fcm()
WORDS = dz.Dictionary({"上": ["党委", "党组"], "下": ["居民", "群众"]})
SPEC = dz.CountSpec("features")
NETWORK = dz.network(dz.associations(FCM), top=20)
FOLDER = tempfile.TemporaryDirectory()

#: How each function is called; every public function with `progress` is here.
CALLS: dict[str, Callable[..., Any]] = {
    "associations": lambda **given: dz.associations(
        FCM,
        DFM.features["feature"][-1],
        tokens=TOKENS,
        inference=dz.Inference(resamples=3, permutations=0),
        **given,
    ),
    "bootstrap": lambda **given: dz.bootstrap(
        DFM, lambda dfm: float(dfm.shape[1]), inference=dz.Inference(resamples=3), **given
    ),
    "permutation_test": lambda **given: dz.permutation_test(
        DFM, lambda dfm, _: float(dfm.shape[1]), "county", inference=dz.Inference(permutations=3), **given
    ),
    **{name: partial(getattr(dz, name), SOME) for name in _core.finders()},
    "clean": lambda **given: dz.clean(SOME, **given),
    "collocations": lambda **given: dz.collocations(TOKENS, **given),
    "compare": lambda **given: dz.compare(SOME, "county", without=["reuse", "claims", "slogans"], **given),
    "count": lambda **given: dz.count(SOME, SPEC, **given),
    "deduplicate": lambda **given: dz.deduplicate(SOME, **given),
    "dfm": lambda **given: dz.dfm(TOKENS, **given),
    "diff": lambda **given: dz.diff(SOME, SOME, **given),
    "diffusion": lambda **given: dz.diffusion(SOME, date="year", **given),
    "dispersion": lambda **given: dz.dispersion(TOKENS, by="doc_id", **given),
    "distance": lambda **given: dz.distance(DFM, **given),
    "diversity": lambda **given: dz.diversity(TOKENS, "ttr", **given),
    "fcm": lambda **given: dz.fcm(TOKENS, **given),
    "keyness": lambda **given: dz.keyness(DFM, by="county", measures=["log_ratio"], **given),
    "kwic": lambda **given: dz.kwic(TOKENS, TOKENS.to_list()[0][0], **given),
    "lookup": lambda **given: dz.lookup(SOME, WORDS, **given),
    "near_duplicates": lambda **given: dz.near_duplicates(SOME, **given),
    "network": lambda **given: dz.network(dz.associations(FCM), **given),
    "write_network": lambda **given: [
        dz.write_network(NETWORK, Path(FOLDER.name) / f"network.{ending}", **given)
        for ending in ("gexf", "graphml", "net", "json")
    ],
    "new_words": lambda **given: dz.new_words(SOME, **given),
    "partial": lambda **given: dz.partial(SOME, SPEC, **given),
    "passages": lambda **given: dz.passages(SOME, **given),
    "rate_ratios": lambda **given: dz.rate_ratios(SOME, WORDS, by="county", **given),
    "rates": lambda **given: dz.rates(SOME, WORDS, **given),
    "read_texts": lambda **given: dz.read_texts(dz.demo.folder(), **given),
    "register": lambda **given: dz.register(SOME, ["clause_chars_mean"], **given),
    "reuse_pairs": lambda **given: dz.reuse_pairs(SOME, **given),
    "sensitivity": lambda **given: dz.sensitivity(
        SOME, {"a": dz.Segmenter(), "b": dz.Segmenter(hmm=False)}, by="county", **given
    ),
    "sentences": lambda **given: dz.sentences(SOME, **given),
    "shared_phrases": lambda **given: dz.shared_phrases(SOME.head(3), **given),
    "similarity": lambda **given: dz.similarity(DFM, **given),
    "text_reuse": lambda **given: dz.text_reuse(SOME, **given),
    "titles": lambda **given: dz.titles(SOME, **given),
    "tokens": lambda **given: dz.tokens(SOME, **given),
    "trend": lambda **given: dz.trend(DFM, DFM.features["feature"][:2], time="year", **given),
    "wordfish": lambda **given: dz.wordfish(
        DFM.trim(min_count=1), direction=tuple(SOME["doc_id"][:2]), **given
    ),
    "zeta": lambda **given: dz.zeta(
        TOKENS, target=pl.col("county") == SOME["county"][0], segment=50, **given
    ),
}
#: It writes a file; what it tells is what ``compare`` tells.
ELSEWHERE = {"report"}


def test_every_function_with_progress_is_here() -> None:
    public = {
        name
        for name in dz.__all__
        if inspect.isfunction(function := getattr(dz, name))
        and "progress" in inspect.signature(function).parameters
    }
    assert public - ELSEWHERE == CALLS.keys()
    for name in public:
        parameter = inspect.signature(getattr(dz, name)).parameters["progress"]
        assert parameter.default is None, name
        assert parameter.annotation == "Progress", name


@pytest.mark.parametrize("name", CALLS)
def test_a_function_is_told_and_a_bar_is_shown(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    CALLS[name](progress=seen.append)
    assert all(n > 0 for n in seen)
    # Without inference a trend is done at once.
    if name != "trend":
        assert sum(seen) > 0
    assert capsys.readouterr().err == ""
    opened, closed = [], []
    plain_init, plain_close = Bar.__init__, Bar.close
    monkeypatch.setattr(
        Bar, "__init__", lambda self, *a, **b: (opened.append(1), plain_init(self, *a, **b))[1]
    )
    monkeypatch.setattr(Bar, "close", lambda self: (closed.append(1), plain_close(self))[1])
    CALLS[name](progress=True)
    assert opened
    assert len(closed) == len(opened)
    assert capsys.readouterr().out == ""


HOW = dz.Inference(permutations=7, resamples=5)
#: More work with a length that is known beforehand.
LONG: dict[str, Callable[..., Any]] = {
    "diversity by county": lambda **given: dz.diversity(
        TOKENS, ["ttr", "guiraud_r"], by="county", inference=HOW, **given
    ),
    "register by county": lambda **given: dz.register(
        SOME, ["clause_chars_mean"], by="county", inference=HOW, **given
    ),
    "rates by county": lambda **given: dz.rates(SOME, WORDS, by="county", inference=HOW, **given),
    "rate_ratios of all": lambda **given: dz.rate_ratios(
        DOCS, WORDS, by="county", design="pairwise", inference=HOW, **given
    ),
    "trend of all": lambda **given: dz.trend(
        dz.tokens(DOCS).dfm(), ["党组", "工作"], time="year", inference=HOW, **given
    ),
}
#: Their bars have no length: how many steps there are shows itself on the way.
UNKNOWN = {
    "associations", "collocations", "dispersion", "distance", "fcm", "keyness", "network", "new_words",
    "shared_phrases", "similarity", "wordfish", "zeta",
}  # fmt: skip


@pytest.mark.parametrize("name", [*CALLS, *LONG])
def test_a_bar_that_has_a_length_comes_to_its_end(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bars: list[dict[str, Any]] = []

    def init(self: Bar, what: str, *, total: int | None = None, **options: Any) -> None:
        self.seen = {"what": what, "total": total, "done": 0}  # type: ignore[attr-defined]
        bars.append(self.seen)  # type: ignore[attr-defined]

    def call(self: Bar, done: int, /) -> None:
        self.seen["done"] += done  # type: ignore[attr-defined]

    monkeypatch.setattr(Bar, "__init__", init)
    monkeypatch.setattr(Bar, "__call__", call)
    monkeypatch.setattr(Bar, "stage", lambda self, name: None)
    monkeypatch.setattr(Bar, "close", lambda self: None)
    {**CALLS, **LONG}[name](progress=True)
    known = [bar for bar in bars if bar["total"] is not None]
    assert known or name in UNKNOWN
    for bar in known:
        assert bar["done"] == bar["total"], bar


@pytest.mark.parametrize("name", CALLS)
def test_anything_else_is_refused(name: str) -> None:
    with pytest.raises(dz.ParameterError, match=r"`progress` must be None, True or a function"):
        CALLS[name](progress="yes")


def test_false_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    dz.tokens(["党建"], progress=False)
    assert capsys.readouterr().err == ""


def test_a_bar_goes_also_when_work_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = []
    plain = Bar.close
    monkeypatch.setattr(Bar, "close", lambda self: (closed.append(1), plain(self))[1])
    with pytest.raises(ValueError, match="no"), reporting(True, "work", total=3) as report:
        assert report is not None
        report(1)
        raise ValueError("no")
    assert closed == [1]
    # What the core opens by itself.
    monkeypatch.setattr(Bar, "__call__", lambda self, n: (_ for _ in ()).throw(RuntimeError("stopped")))
    with pytest.raises(RuntimeError, match="stopped"):
        dz.diversity(TOKENS, "ttr", progress=True)
    assert len(closed) == 2


def test_stages_are_told_by_name() -> None:
    class Told:
        def __init__(self) -> None:
            self.names: list[str] = []
            self.done = 0

        def __call__(self, n: int) -> None:
            self.done += n

        def stage(self, name: str) -> None:
            self.names.append(name)

    told = Told()
    dz.compare(SOME, "county", without=["claims"], progress=told)
    assert told.names[0] == "clean"
    assert told.names[-2:] == ["slogans", "passages"]
    assert told.done == len(told.names) == 10
    plain: list[int] = []
    stages = Stages(plain.append)
    stages.finish()
    stages("one")
    stages("two")
    stages.finish()
    assert plain == [1, 1]


def test_stages_stand_in_the_log(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, logger="duizhao"):
        dz.read_texts(dz.demo.folder())
        dz.tokens(["党建", "引领"]).dfm()
        dz.compare(SOME.head(2), without=["reuse", "claims", "slogans"])
    lines = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert ("DEBUG", "read_texts: 15 files") in lines
    assert ("DEBUG", "tokens: 2 documents") in lines
    assert ("DEBUG", "dfm: 2 documents") in lines
    assert ("INFO", "key terms") in lines
    caplog.clear()
    dz.tokens(["党建"])
    assert not caplog.records
    assert any(isinstance(handler, logging.NullHandler) for handler in progress_module.logger.handlers)
    assert capsys.readouterr().err == ""


def test_nothing_prints_but_the_command_line() -> None:
    for path in PACKAGE.rglob("*.py"):
        if "cli" in path.relative_to(PACKAGE).parts or path.name == "__main__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            assert not (isinstance(called, ast.Name) and called.id == "print"), f"{path}:{node.lineno}"
