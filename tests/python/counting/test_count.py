"""Counting out of core: the same figures under any limit, and what stands in the way is named."""

from __future__ import annotations

import importlib
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz

count_module = importlib.import_module("duizhao.counting.count")
SPEC = dz.CountSpec("fcm", remove_punctuation=True)


@pytest.fixture
def docs() -> pl.DataFrame:
    return dz.demo.read().select("doc_id", "text")


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let limits be small, make batches smaller still, and note which runs are written."""
    runs: list[Path] = []
    write = count_module._write_run
    monkeypatch.setattr(count_module, "_LEAST_MEMORY", 1)
    monkeypatch.setattr(count_module, "_ROW_GROUP", 500)
    monkeypatch.setattr(count_module, "_SAMPLE", 5)
    monkeypatch.setattr(count_module, "_SMALLEST_BATCH", 2000)

    def noted(part: pl.DataFrame, spec: dz.CountSpec, path: Path) -> pl.Series:
        runs.append(path)
        return write(part, spec, path)

    monkeypatch.setattr(count_module, "_write_run", noted)
    return runs


@pytest.mark.parametrize("kind", ["features", "dfm", "fcm", "ngrams"])
def test_runs_on_disk_add_up_to_the_whole(
    kind: str, docs: pl.DataFrame, small_limits: list[Path], tmp_path: Path
) -> None:
    spec = dz.CountSpec(kind, remove_punctuation=True)  # type: ignore[arg-type]
    whole = dz.merge([dz.partial(docs, spec)])
    found = dz.count(docs.lazy(), spec, memory="300KB", to=tmp_path / "out", scratch=tmp_path)
    assert isinstance(found, pl.LazyFrame)
    assert len(small_limits) >= 2, "the limit must force runs onto the disk"
    assert len(list((tmp_path / "out").iterdir())) > 1
    rows = found.collect()
    assert rows.equals(whole)
    assert not list(tmp_path.glob("duizhao-*")), "scratch files go when the work is done"


def test_in_memory_and_streamed_are_equal(docs: pl.DataFrame) -> None:
    expected = dz.fcm(SPEC.tokens(docs))
    found = dz.count(docs, SPEC)
    assert found.to_frame().equals(expected.to_frame()) and found.features.equals(expected.features)


def test_two_passes_find_the_vocabulary(docs: pl.DataFrame) -> None:
    dfm = SPEC.tokens(docs).dfm()
    kept = dfm.features.filter(pl.col("count") >= 3, pl.col("doc_freq") >= 2)["feature"].to_list()
    expected = dz.fcm(SPEC.tokens(docs).select([[w] for w in kept], value_type="fixed", padding=True))
    found = dz.count(docs.lazy(), SPEC, min_count=3, min_doc_freq=2)
    assert found.to_frame().equals(expected.to_frame())
    top = dfm.features.sort(["count", "feature"], descending=[True, False]).head(20)["feature"]
    assert set(dz.count(docs, SPEC, top=20).features["feature"]) == set(top)


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "txt"])
def test_files_of_every_kind(form: str, docs: pl.DataFrame, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    if form == "txt":
        for name, text in docs.rows():
            (folder / f"{name}.txt").write_bytes(text.encode())
        (folder / "metadata.csv").write_text("doc_id,year\n", encoding="utf-8")
    else:
        for i in range(3):
            part = docs[i * 5 : i * 5 + 5]
            path = folder / f"{i}.{form}"
            {"parquet": part.write_parquet, "csv": part.write_csv, "jsonl": part.write_ndjson}[form](path)
    spec = dz.CountSpec("dfm")
    found = dz.count(folder, spec)
    expected = dz.finish(dz.merge([dz.partial(docs, spec)]), spec)
    assert found == expected


def test_progress_counts_bytes(docs: pl.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[int] = []
    dz.count(docs, SPEC, progress=seen.append)
    assert sum(seen) == sum(len(text.encode()) for text in docs["text"])
    dz.count(docs, SPEC, progress=True)
    shown = capsys.readouterr().err
    assert "count: " in shown
    assert "B/s" in shown


def test_what_does_not_fit_is_said(docs: pl.DataFrame, small_limits: list[Path]) -> None:
    with pytest.raises(dz.ParameterError, match="`to`"):
        dz.count(docs, SPEC, memory="300KB")


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"memory": "1MB"}, dz.ParameterError, ["memory", "200 MB", "1MB"]),
        ({"memory": "much"}, dz.ParameterError, ["memory", "much"]),
        ({"top": 0}, dz.ParameterError, ["top", "0"]),
        ({"text": "body"}, dz.MissingColumnError, ["body"]),
        ({"docs": 7}, dz.DataTypeError, ["docs", "int"]),
        ({"docs": "nowhere/at/all"}, dz.FileError, ["nowhere"]),
        ({"docs": pl.DataFrame({"text": pl.Series([], dtype=pl.String)})}, dz.NoDocumentsError, ["docs"]),
    ],
)
def test_bad_input_is_named(
    options: dict[str, object], error: type[Exception], words: list[str], docs: pl.DataFrame
) -> None:
    given = {"docs": docs, **options}
    with pytest.raises(error) as raised:
        dz.count(given.pop("docs"), SPEC, **given)  # type: ignore[arg-type]
    assert all(word in str(raised.value) for word in words), raised.value


def test_a_folder_that_holds_something_is_left_alone(docs: pl.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(dz.ParameterError, match="empty folder"):
        dz.count(docs, SPEC, to=tmp_path)


@pytest.mark.parametrize("memory", [20_000, "200MB"])
def test_an_id_in_two_batches_is_refused(small_limits, tmp_path, memory):
    docs = pl.DataFrame(
        {"doc_id": ["a", *[f"d{i}" for i in range(200)], "a"], "text": ["党建引领工作"] * 202}
    )
    with pytest.raises(dz.DataError, match="doc_id"):
        dz.count(docs, dz.CountSpec("dfm"), memory=memory, to=tmp_path / "out")


def test_any_lazy_frame_is_read_in_slices(small_limits, tmp_path, docs):
    """A filter, a scan of CSV, a scan of Parquet files: the same counts, and nothing is left behind."""
    docs.write_csv(tmp_path / "docs.csv")
    docs.write_parquet(tmp_path / "docs.parquet", row_group_size=3)
    spec = dz.CountSpec("dfm")
    whole = dz.count(docs, spec, memory="200MB")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    sources = [
        docs.lazy(),
        pl.scan_csv(tmp_path / "docs.csv"),
        pl.scan_parquet(tmp_path / "docs.parquet"),
        pl.scan_parquet(tmp_path / "docs.parquet").filter(pl.col("text").str.len_chars() > 0),
        docs.lazy().sort("text"),
    ]
    for source in sources:
        assert dz.count(source, spec, memory=3_000_000, scratch=scratch).to_frame().equals(whole.to_frame())
    assert list(scratch.iterdir()) == []
