"""Counting text that is larger than memory: batches in, sorted runs on disk, one merge at the end."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import polars as pl

from .._base.checks import require_instance, require_whole
from .._base.frames import require_columns
from .._base.names import shown
from .._base.progress import Progress, Report, reporting
from ..corpus.dfm import Dfm
from ..corpus.fcm import Fcm
from ..errors import (
    DataError,
    DataTypeError,
    DuizhaoError,
    FileError,
    MissingColumnError,
    NoDocumentsError,
    ParameterError,
)
from ..text.reading import find_documents, read_texts
from .partial import CountSpec, finish, merge, partial, sum_by_key

__all__ = ["count"]

#: Shares of the memory limit. A batch of text grows to several times its size while it is cut and counted, and a merge holds
#: its input, its hash table and its output: the shares leave room for that and for the dictionary and polars itself.
_BATCH: Final = {"fcm": 160, "ngrams": 160}
_BATCH_ELSE: Final = 64
_RANGE: Final = 12
#: Bytes that a row of a part costs while parts are added, sorted and written, beyond what the frame itself says: measured.
_ROW: Final = 800
#: The same where rows with one key are added, which takes a hash table.
_ROW_ADDED: Final = 1200

_LEAST_MEMORY: Final = 200 * 2**20
_UNITS: Final = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_ROW_GROUP: Final = 20_000
#: One key of so many is kept, to cut the keys into ranges.
_SAMPLE: Final = 500
_SMALLEST_BATCH: Final = 2**20

#: Joins the keys of a row into one string that orders as the row does; no token of a text holds it.
_JOINT: Final = "\x1f"


def count(
    docs: pl.LazyFrame | pl.DataFrame | str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    spec: CountSpec,
    *,
    text: str = "text",
    memory: str | int = "2GB",
    to: str | os.PathLike[str] | None = None,
    scratch: str | os.PathLike[str] | None = None,
    top: int | None = None,
    min_count: int | None = None,
    min_doc_freq: int | None = None,
    progress: Progress = None,
) -> Dfm | Fcm | pl.DataFrame | pl.LazyFrame:
    """Count a source that need not fit into memory.

    The source is read in batches; each is counted (:func:`duizhao.partial`) and added to what is held. When
    that outgrows its share of ``memory``, it is written to disk as a run sorted by key; at the end the runs
    are added range of keys by range of keys. Counts are whole numbers, so the result equals that of counting
    everything at once, to the last digit, whatever the limit.

    Parameters
    ----------
    docs
        A LazyFrame (read by polars' streaming engine) or DataFrame with a column of texts; or files: Parquet,
        CSV and JSON Lines with such a column are read lazily, text files and folders of them as
        :func:`duizhao.read_texts` does, some at a time. ``"dfm"`` needs a ``doc_id``, unique over all.
    spec
        What to count.
    text
        The column of texts.
    memory
        The limit that batches, runs and merges are sized by, in bytes or as ``"500MB"``, ``"2GB"``; at least
        200 MB. Python, polars and the dictionary take about 250 MB besides. One document must fit into a
        sixty-fourth of it with ease, and without ``to`` the result must fit as well.
    to
        A folder for the result as Parquet files; needed where it does not fit into memory.
    scratch
        Where runs are written; by default the system's folder for temporary files. It needs the space of
        the runs: the result, times the share of keys that come again in other runs.
    top, min_count, min_doc_freq
        Read the source twice: first to find the vocabulary (the ``top`` most frequent features, those that
        occur ``min_count`` times, in ``min_doc_freq`` documents), then to count with it alone. Pairs grow
        with the square of the vocabulary, so this is what keeps them in bounds.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        bytes of text.

    Returns
    -------
    Dfm, Fcm or DataFrame, or LazyFrame
        What :func:`duizhao.finish` makes. With ``to``: a LazyFrame over the files, with the columns of
        merged parts, ordered by key.

    Raises
    ------
    ParameterError
        A limit that is none or too small; a result that does not fit and no ``to``; a folder that is not empty.
    NoDocumentsError
        A source without documents.
    MissingColumnError, DataTypeError, FileError
        A source without the columns, something else than a source, files that cannot be read.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> docs = dz.demo.read()
    >>> spec = dz.CountSpec("fcm", remove_punctuation=True)
    >>> dz.count(docs.lazy(), spec, memory="500MB", min_doc_freq=2)
    Fcm(453 features, window of 5 within sentence, frequency; 4,437 cells)
    """
    require_instance(spec, CountSpec, argument="spec", allowed="a dz.CountSpec")
    limit = _bytes(memory)
    read = _reader(docs, text, spec, limit // _BATCH.get(spec.kind, _BATCH_ELSE))
    for name, value in (("top", top), ("min_count", min_count), ("min_doc_freq", min_doc_freq)):
        if value is not None:
            require_whole(value, name, 1)
    twice = any(value is not None for value in (top, min_count, min_doc_freq))
    folder = None if to is None else _empty_folder(to)
    # The size of a source is looked up for the bar alone.
    total = read.total() * (2 if twice else 1) if progress is True else None
    with reporting(progress, "count", total=total, unit="B") as report:
        if twice:
            found = _run(read, replace(spec, kind="features"), text, limit, None, scratch, report)
            assert isinstance(found, pl.DataFrame)
            spec = replace(spec, vocabulary=_vocabulary(found, top, min_count or 1, min_doc_freq or 1))
        return _run(read, spec, text, limit, folder, scratch, report)


def _vocabulary(
    features: pl.DataFrame, top: int | None, min_count: int, min_doc_freq: int
) -> tuple[str, ...]:
    kept = features.filter(pl.col("count") >= min_count, pl.col("doc_freq") >= min_doc_freq)
    if top is not None:
        kept = kept.sort(["count", "feature"], descending=[True, False]).head(min(top, kept.height))
    return tuple(kept.get_column("feature").to_list())


def _run(
    read: _Reader,
    spec: CountSpec,
    text: str,
    limit: int,
    folder: Path | None,
    scratch: str | os.PathLike[str] | None,
    report: Report,
) -> Dfm | Fcm | pl.DataFrame | pl.LazyFrame:
    held: list[pl.DataFrame] = []
    height = 0
    n_documents = 0
    # Documents are in one batch each, so that their cells are never met again: there is nothing to add up before the end.
    apart = spec.kind == "dfm"
    most = limit // (_ROW if apart else _ROW_ADDED)
    with tempfile.TemporaryDirectory(prefix="duizhao-", dir=scratch) as place:
        runs: list[Path] = []
        samples: list[pl.Series] = []

        def spill(part: pl.DataFrame) -> None:
            runs.append(Path(place) / f"run{len(runs):05}.parquet")
            samples.append(_write_run(part, spec, runs[-1]))

        for batch in read.batches(Path(place)):
            n_documents += batch.height
            part = partial(batch, spec, text=text)
            if report is not None:
                report(_weight(batch, text))
            held.append(part)
            height += part.height
            if height > most:
                whole = pl.concat(held) if apart or len(held) == 1 else merge(held)
                height = whole.height
                held = [whole]
                # Where adding no longer shrinks it, further batches would only be added to the same large frame again.
                if height > most // 2:
                    spill(whole)
                    held, height = [], 0
                del whole
        if not n_documents:
            raise NoDocumentsError("`docs` must have at least one document; got none")
        if not runs:
            whole = merge(held)
            if apart:
                _require_distinct(n_documents, whole.select((pl.col("table") == "document").sum()).item())
            if folder is None:
                return finish(whole, spec)
            whole.write_parquet(folder / "part00000.parquet")
            return pl.scan_parquet(folder / "*.parquet")
        if held:
            spill(pl.concat(held) if apart else merge(held))
        held = []
        inside = folder or Path(place) / "merged"
        inside.mkdir(exist_ok=True)
        found = _merge_runs(runs, pl.concat(samples), limit, inside, apart=apart)
        if apart:
            _require_distinct(n_documents, found)
        if folder is not None:
            return pl.scan_parquet(folder / "*.parquet")
        rows = pl.scan_parquet(inside / "*.parquet")
        needed = sum(
            int(pl.read_parquet(file, n_rows=1000).estimated_size() / 1000 * _height(file))
            for file in inside.iterdir()
        )
        if needed > limit // 4:
            raise ParameterError(
                f"the result takes about {needed >> 20} MB, more than a quarter of `memory`: name a folder with `to`, "
                "or bound the vocabulary with `top` or `min_doc_freq`"
            )
        return finish(rows.collect(), spec)


def _require_distinct(n_documents: int, found: int) -> None:
    """Raise where an id was met in two batches, so that two documents became one."""
    if found != n_documents:
        raise DataError(
            f"`doc_id` must be different for each document; got {n_documents} documents under {found} ids"
        )


def _height(file: Path) -> int:
    return int(pl.scan_parquet(file).select(pl.len()).collect().item())


def _keys(frame: pl.DataFrame | pl.LazyFrame) -> list[str]:
    return [name for name in frame.collect_schema().names() if name not in ("schema", "count", _JOINT)]


def _write_run(part: pl.DataFrame, spec: CountSpec, path: Path) -> pl.Series:
    """Write rows in the order of their keys; every so-many-th key, from which the merge makes its ranges."""
    joint = pl.concat_str(
        [pl.col(name).cast(pl.String).fill_null("") for name in _keys(part)], separator=_JOINT
    )
    joined = part.with_columns(joint.alias(_JOINT))
    if not joined.get_column(_JOINT).is_sorted():
        joined = joined.sort(_JOINT)
    try:
        joined.write_parquet(path, compression="lz4", row_group_size=_ROW_GROUP, statistics=True)
    except OSError as error:
        raise FileError(f"cannot write a run into {path.parent}: {error.strerror or error}") from error
    # Copied: a view, however short, would keep the strings of the whole run in memory.
    return pl.Series(_JOINT, joined.get_column(_JOINT).gather_every(_SAMPLE).to_list(), dtype=pl.String)


def _merge_runs(runs: list[Path], keys: pl.Series, limit: int, folder: Path, *, apart: bool) -> int:
    """Add sorted runs range by range: each range is what fits, and the row groups outside it are not read.

    With ``apart`` no key but the number of documents is in two runs, and ranges are only put in order. Returns the number of
    documents with an id.
    """
    documents = 0
    rows = sum(_height(run) for run in runs)
    width = sum(int(pl.read_parquet(run, n_rows=2000).estimated_size()) for run in runs) / (2000 * len(runs))
    n_ranges = max(1, int(rows * width / (limit / _RANGE)) + 1)
    # Between neighbouring cuts lie about as many rows, over all runs.
    sample = keys.sort()
    cuts = sample.gather([len(sample) * i // n_ranges for i in range(1, n_ranges)]).unique().sort().to_list()
    for number, (low, high) in enumerate(zip([None, *cuts], [*cuts, None], strict=True)):
        parts = [
            pl.scan_parquet(run).filter(
                *([pl.col(_JOINT) >= low] if low is not None else []),
                *([pl.col(_JOINT) < high] if high is not None else []),
            )
            for run in runs
        ]
        piece = pl.concat(parts).collect(engine="streaming")
        added = None
        if apart:
            ordered = piece.sort(_JOINT)
            joint = ordered.get_column(_JOINT)
            if not (joint == joint.shift(1)).any():
                added = ordered.drop(_JOINT)
            del ordered, joint
        if added is None:
            added = sum_by_key(piece.drop(_JOINT).lazy()).collect()
        del piece
        documents += (
            added.select((pl.col("table") == "document").sum()).item() if "table" in added.columns else 0
        )
        added.write_parquet(folder / f"part{number:05}.parquet")
    return documents


# --- sources ------------------------------------------------------------------------------------------------------------
class _Reader:
    """Something that can be read in batches, more than once."""

    def __init__(
        self,
        frame: pl.LazyFrame | None,
        files: list[tuple[Path, str]],
        text: str,
        columns: list[str],
        batch: int,
    ) -> None:
        self._frame, self._files, self._text, self._columns = frame, files, text, columns
        self._batch = max(batch, _SMALLEST_BATCH)

    def total(self) -> int:
        """Bytes of text."""
        if self._frame is None:
            return sum(file.stat().st_size for file, _ in self._files)
        size = self._frame.select(_size(self._frame.collect_schema()[self._text], self._text).sum())
        return int(size.collect(engine="streaming").item() or 0)

    def batches(self, place: Path) -> Iterator[pl.DataFrame]:
        """Frames of about ``batch`` bytes of text; ``place`` is a folder for what must be written on the way."""
        pieces: Iterable[pl.DataFrame]
        pieces = self._read_files() if self._frame is None else self._slices(self._frame, place)
        for piece in pieces:
            size = _size(piece.schema[self._text], self._text)
            group = piece.select(
                (size.cum_sum() // self._batch).fill_null(strategy="forward").fill_null(0).alias("g")
            )
            for part in piece.with_columns(group.get_column("g").alias("\x1fg")).partition_by(
                "\x1fg", maintain_order=True
            ):
                yield part.drop("\x1fg")

    def _slices(self, frame: pl.LazyFrame, place: Path) -> Iterator[pl.DataFrame]:
        """Pieces of a LazyFrame, one after the other.

        Not by ``collect_batches``: polars then runs ahead of us and holds whatever we have not taken yet. A plain scan of Parquet
        files (or a frame in memory) is cut into slices, for which only their row groups are read; anything else is first written to
        a Parquet file, batch by batch, since every slice would run it anew.
        """
        wanted = frame.select(self._columns)
        plan = wanted.explain()
        spool = place / "source.parquet"
        if not plan.startswith(("Parquet SCAN", "DF [")) or "SELECTION" in plan:
            try:
                wanted.sink_parquet(spool, compression="lz4", row_group_size=1000, maintain_order=True)
            except OSError as error:
                raise FileError(f"cannot write into {place}: {error.strerror or error}") from error
            wanted = pl.scan_parquet(spool)
        height = int(wanted.select(pl.len()).collect(engine="streaming").item())
        first = wanted.head(100).collect(engine="streaming")
        size = _weight(first, self._text) / max(first.height, 1)
        step = int(min(max(2 * self._batch / max(size, 1), 1), 100_000))
        for start in range(0, height, step):
            yield wanted.slice(start, step).collect(engine="streaming")
        spool.unlink(missing_ok=True)

    def _read_files(self) -> Iterator[pl.DataFrame]:
        taken: list[tuple[Path, str]] = []
        size = 0
        for number, (file, name) in enumerate(self._files, start=1):
            taken.append((file, name))
            size += file.stat().st_size
            if size >= self._batch or number == len(self._files):
                read = read_texts([path for path, _ in taken], on_error="raise")
                # Ids are unique over all files, not only over those of a batch.
                names = {shown(path.as_posix()): own for path, own in taken}
                named = read.with_columns(pl.col("path").replace_strict(names).alias("doc_id"))
                yield named.select(self._columns)
                taken, size = [], 0


def _size(dtype: pl.DataType, text: str) -> pl.Expr:
    """Bytes of text in a row."""
    if isinstance(dtype, pl.List):
        return pl.col(text).list.eval(pl.element().str.len_bytes()).list.sum().cast(pl.Int64)
    return pl.col(text).cast(pl.String).str.len_bytes().cast(pl.Int64)


def _weight(batch: pl.DataFrame, text: str) -> int:
    return int(batch.select(_size(batch.schema[text], text).sum()).item() or 0)


_SCANS: Final[dict[str, Callable[..., pl.LazyFrame]]] = {
    ".parquet": pl.scan_parquet,
    ".csv": pl.scan_csv,
    ".jsonl": pl.scan_ndjson,
    ".ndjson": pl.scan_ndjson,
}


def _reader(source: Any, text: str, spec: CountSpec, batch: int) -> _Reader:
    columns = ["doc_id", text] if spec.kind == "dfm" else [text]
    if isinstance(source, pl.DataFrame):
        source = source.lazy()
    if isinstance(source, pl.LazyFrame):
        require_columns(source, *columns, argument="docs")
        return _Reader(source, [], text, columns, batch)
    if isinstance(source, str | os.PathLike):
        source = [source]
    if not isinstance(source, Sequence) or not all(isinstance(path, str | os.PathLike) for path in source):
        raise DataTypeError(f"`docs` must be a LazyFrame, a DataFrame or paths; got {type(source).__name__}")
    texts, tables = find_documents(source)
    if texts and tables:
        raise ParameterError(
            f"`docs` must be all texts or all tables; got {os.fspath(texts[0][0])!r} and {os.fspath(tables[0])!r}"
        )
    if tables:
        frames = []
        for file in tables:
            if file.suffix.lower() not in _SCANS:
                raise ParameterError(
                    f"`docs` must be tables of the kinds {', '.join(_SCANS)}; got {os.fspath(file)!r}"
                )
            try:
                frame = _SCANS[file.suffix.lower()](file)
                require_columns(frame, *columns, argument=str(file))
            except DuizhaoError:
                raise
            except (pl.exceptions.PolarsError, OSError) as error:
                raise FileError(f"cannot read {os.fspath(file)!r}: {error}") from error
            frames.append(frame.select(columns))
        return _Reader(pl.concat(frames, how="vertical_relaxed"), [], text, columns, batch)
    if text != "text":
        raise MissingColumnError(f"texts in files stand in the column 'text'; got `text`={text!r}")
    return _Reader(None, texts, text, columns, batch)


def _empty_folder(path: str | os.PathLike[str]) -> Path:
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        occupied = any(folder.iterdir())
    except OSError as error:
        raise FileError(f"cannot write into {os.fspath(path)!r}: {error.strerror or error}") from error
    if occupied:
        raise ParameterError(f"`to` must be a new or empty folder; {os.fspath(path)!r} holds something")
    return folder


def _bytes(memory: str | int) -> int:
    """A limit in bytes."""
    found = None
    if isinstance(memory, int) and not isinstance(memory, bool):
        found = memory
    elif isinstance(memory, str):
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?\s*", memory, re.IGNORECASE)
        if match:
            found = int(float(match[1]) * _UNITS[match[2].upper()])
    if found is None or found < _LEAST_MEMORY:
        raise ParameterError(
            f"`memory` must be at least {_LEAST_MEMORY >> 20} MB, as a number of bytes or like '2GB'; got {memory!r}"
        )
    return found
