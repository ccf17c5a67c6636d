"""One rule for what a column of dates may be, in every function that asks who came first or when."""

from __future__ import annotations

import datetime

import polars as pl
import pytest

import duizhao as dz
from duizhao._base.dates import times_of

TEXT = "实施“三进”行动：进车间、进课堂、进军营，把群众身边的实事一件一件办好。"
DAY = datetime.date

#: The same order in time: the second document first, then the third, then the first.
FORMS = [
    [DAY(2024, 3, 1), DAY(2021, 10, 2), DAY(2022, 5, 3)],
    [datetime.datetime(2024, 3, 1, 8), datetime.datetime(2021, 10, 2), datetime.datetime(2022, 5, 3)],
    [2024, 2021, 2022],
    [2024.5, 2021.0, 2022.25],
    ["2024", "2021", "2022"],
    ["2024-03", "2021-10", "2022-05"],
    ["2024-03-01", "2021-10-02", "2022-05-03"],
    ["2024-03-01T08:00:00", "2021-10-02T00:00:00", "2022-05-03T00:00:00"],
    ["2024-03-01 08:00", "2021-10-02 00:00", "2022-05-03 00:00"],
]

REFUSED = [
    ["2024年3月1日", "2021年10月2日", "2022年5月3日"],
    ["2024-3-1", "2021-10-2", "2022-5-3"],
    ["2024-03-01", "2021", "2022-05"],
    ["2024-02-30", "2021-10-02", "2022-05-03"],
    ["去年", "前年", "今年"],
    ["", "2021-10-02", "2022-05-03"],
    [True, False, True],
    [[1], [2], [3]],
    [datetime.timedelta(1), datetime.timedelta(2), datetime.timedelta(3)],
]


def frame(dates, name="when"):
    return pl.DataFrame({"doc_id": ["a", "b", "c"], "text": [TEXT] * 3, name: dates})


def asked(docs, date):
    """What each function says about time."""
    slogans = dz.slogans(docs, date=date, metadata=False)
    yield lambda: slogans["first_doc_id"].unique().to_list()
    yield (
        lambda: dz.slogan_spread(slogans, docs, date=date, metadata=False)["first_doc_id"].unique().to_list()
    )
    yield (
        lambda: (
            dz.passages(docs, date=date, metadata=False)
            .filter(pl.col("is_first"))["doc_id"]
            .unique()
            .to_list()
        )
    )
    yield (
        lambda: (
            dz.diffusion(docs, date=date, metadata=False).filter(pl.col("target") == "c")["source"].to_list()
        )
    )
    yield lambda: dz.trend(dz.tokens(docs).dfm(), "行动", time=date).periods["n_docs"].to_list()


@pytest.mark.parametrize("dates", FORMS, ids=lambda dates: str(dates[0]))
@pytest.mark.parametrize("kind", [None, pl.Categorical])
def test_all_forms_say_the_same(dates, kind):
    docs = frame(dates)
    if kind is not None and docs["when"].dtype == pl.String:
        docs = docs.with_columns(pl.col("when").cast(kind))
    assert [ask() for ask in asked(docs, "when")] == [["b"], ["b"], ["b"], ["b"], [1, 1, 1]]


@pytest.mark.parametrize("dates", REFUSED, ids=lambda dates: str(dates[0]))
def test_anything_else_is_refused_by_name(dates):
    docs = frame(dates)
    slogans = dz.slogans(docs, metadata=False)
    for ask in (
        lambda: dz.slogans(docs, date="when"),
        lambda: dz.slogan_spread(slogans, docs, date="when"),
        lambda: dz.passages(docs, date="when"),
        lambda: dz.diffusion(docs, date="when"),
        lambda: dz.trend(dz.tokens(docs).dfm(), "行动", time="when"),
    ):
        with pytest.raises(dz.DataTypeError, match=r"`time`|column 'when' of `docs`"):
            ask()


def test_what_differs_from_the_other_strings_is_shown():
    with pytest.raises(dz.DataTypeError, match=r"must be dates, .*; got '2024-03-01', '2021'$"):
        times_of(pl.Series(["2024-03-01", "2021", "2022-05-03"]), what="it")
    with pytest.raises(dz.DataTypeError, match=r"got '2024-02-30'$"):
        times_of(pl.Series(["2024-02-30", "2021-10-02"]), what="it")


def test_nulls_stay_and_nothing_is_read_of_nothing():
    assert times_of(pl.Series(["2024", None]), what="it").to_list() == [2024, None]
    assert times_of(pl.Series([None, None], dtype=pl.String), what="it").dtype == pl.Date
    assert times_of(pl.Series([None]), what="it").dtype == pl.Date
    assert times_of(pl.Series([], dtype=pl.String), what="it").is_empty()


def test_the_column_that_slogans_look_for_themselves():
    docs = frame(["2024-03-01", "2021-10-02", "2022-05-03"], name="date")
    assert dz.slogans(docs)["first_doc_id"].unique().to_list() == ["b"]
    docs = frame(["三月", "十月", "五月"], name="date")
    with pytest.warns(dz.DuizhaoWarning, match="column 'date' of `docs` must be .*the order of the rows"):
        assert dz.slogans(docs)["first_doc_id"].unique().to_list() == ["a"]
    # A column of another type was not meant for this.
    docs = frame([[1], [2], [3]], name="date")
    assert dz.slogans(docs)["first_doc_id"].unique().to_list() == ["a"]
