"""Every result shows itself in a notebook: well-formed, escaped, short."""

from __future__ import annotations

import inspect
from html.parser import HTMLParser

import polars as pl
import pytest

import duizhao as dz
from duizhao._base.html import shown

HOSTILE = "<img src=x onerror=alert(1)>&\"'"
DOCS = pl.DataFrame(
    {
        "doc_id": [HOSTILE, "乙", "丙", "丁"],
        "text": [
            "党建引领基层治理，党建工作。",
            "政协委员服务群众。",
            "党建引领乡村振兴。",
            "委员履职服务群众，委员调研。",
        ],
        "year": [2020, 2021, 2022, 2023],
        "place": ["东", "西", "东", "西"],
    }
)
TOKENS = dz.tokens(DOCS)
DFM = TOKENS.dfm()
VALUES = {
    "Tokens": lambda: TOKENS,
    "Dfm": lambda: DFM,
    "WeightedDfm": lambda: DFM.tfidf(),
    "Fcm": lambda: TOKENS.fcm(),
    "Idf": lambda: dz.fit_idf(DFM),
    "Segmenter": lambda: dz.Segmenter(user_dict=["党建引领"], suppress=["委员"]),
    "Dictionary": lambda: dz.Dictionary({HOSTILE: ["党建"], "人": ["委员", "群众"]}),
    "Trend": lambda: dz.trend(DFM, ["党建", "委员"], time="year"),
    "Clustering": lambda: dz.cluster(DFM),
    "Map": lambda: dz.mds(DFM),
    "Wordscores": lambda: dz.wordscores(DFM, reference_scores={HOSTILE: -1.0, "乙": 1.0}),
    "Wordfish": lambda: dz.wordfish(DFM, direction=(HOSTILE, "乙")),
    "Network": lambda: dz.network(
        pl.DataFrame({"source": [HOSTILE, "党建"], "target": ["引领", "引领"], "weight": [2.0, 1.0]})
    ),
    "CorpusDiff": lambda: dz.diff(DOCS, DOCS.with_columns(pl.col("text").str.replace("党建", "团建"))),
    "Sensitivity": lambda: dz.sensitivity(
        DOCS, {"plain": dz.Segmenter(), "no model": dz.Segmenter(hmm=False)}, by="place"
    ),
    "Comparison": lambda: dz.compare(DOCS, by="place", min_count=1, min_chars=1),
}
#: Classes that hold options, not results: their repr is the call that makes them.
OPTIONS = {"CountSpec", "Limits", "Inference"}


class Reader(HTMLParser):
    """Counts elements and refuses what is not balanced."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: dict[str, int] = {}

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen[tag] = self.seen.get(tag, 0) + 1

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


def test_every_public_value_is_here():
    classes = {
        name
        for name in dz.__all__
        if inspect.isclass(thing := getattr(dz, name)) and not issubclass(thing, BaseException)
    }
    assert classes - OPTIONS == set(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_value(name):
    value = VALUES[name]()
    assert type(value).__name__ == name
    page = value._repr_html_()
    seen = read(page).seen
    assert "img" not in seen and "script" not in seen
    assert len(page) < 60_000 and len(repr(value)) < 2_000
    # The plain form says what it is in its first words.
    assert repr(value).startswith(name) and name in page


def test_table():
    frame = pl.DataFrame(
        {"a<b": [1234567, None], "x": [0.123456789, 2.0], "l": [["甲", "乙"], []], "b": [True, None]}
    )
    page = shown("head", {"t": frame})
    assert read(page).seen["td"] == 8 and "1,234,567" in page and "0.1235" in page and "甲 · 乙" in page
    assert "a&lt;b" in page and "2 rows × 4 columns" in page
    wide = pl.DataFrame({f"c{i}": range(20) for i in range(20)})
    assert read(shown("head", {"t": wide})).seen["tr"] == 9 and "20 rows × 20 columns" in shown(
        "head", {"t": wide}
    )
    assert read(shown("head", {"t": frame.clear()})).seen["tr"] == 1
