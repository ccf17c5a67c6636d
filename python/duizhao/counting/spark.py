"""The same counts on Apache Spark: workers count their batches, Spark adds them up.

Needs PySpark 4 (``pip install "duizhao[spark]"``) and Java 17. Each function takes a Spark DataFrame with a column of
texts and gives a Spark DataFrame. What a worker does is :func:`duizhao.partial` on one Arrow batch, under
``mapInArrow``; the sums by key are Spark's own aggregation, which combines before it shuffles, spills to disk, and does the tasks of
a lost worker again. Counts are whole numbers, so the result equals the single machine's to the last digit.

>>> import duizhao as dz
>>> counted = dz.spark.count(spark.read.parquet("texts/"), dz.CountSpec("fcm"))  # doctest: +SKIP
>>> dz.spark.collect(counted, dz.CountSpec("fcm"))  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import polars as pl

from .. import _core
from .._base.checks import require_instance
from ..errors import MissingColumnError, ParameterError
from ..stats.measures import Measure, check_measures, score_tables
from .partial import CountSpec, finish, partial

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Schema
    from pyspark.sql import Column, DataFrame

    from ..corpus.dfm import Dfm
    from ..corpus.fcm import Fcm

__all__ = ["collect", "collocations", "count", "dfm", "fcm", "keyness", "tfidf", "tokens"]


def tokens(df: DataFrame, spec: CountSpec, *, text: str = "text", doc_id: str = "doc_id") -> DataFrame:
    """Cut texts: one row a token that is left, with ``doc_id``, ``position`` (from 0, removed tokens counted), ``token``."""

    def cut(docs: pl.DataFrame, chosen: CountSpec) -> pl.DataFrame:
        frame = chosen.tokens(docs).to_frame().filter(pl.col("token").is_not_null())
        return frame.select("doc_id", "position", "token")

    kind = _id_type(df, doc_id, text)
    return _map(df, spec, cut, f"doc_id {kind}, position bigint, token string", text=text, doc_id=doc_id)


def count(df: DataFrame, spec: CountSpec, *, text: str = "text", doc_id: str = "doc_id") -> DataFrame:
    """Count what ``spec`` says.

    Returns
    -------
    pyspark.sql.DataFrame
        The columns of merged parts (``CountSpec.partial_schema``), each key once, in no order; it is lazy. :func:`collect`
        makes the matrix of it, :func:`duizhao.finish` of its rows as a polars frame.

    Raises
    ------
    MissingColumnError
        No such column.
    """
    from pyspark.sql import functions as f

    kind = _id_type(df, doc_id if spec.kind == "dfm" else None, text)
    fields = [f"{name} {kind if name == 'doc_id' else 'string'}" for name in spec.keys]
    schema = ", ".join(["schema string", *fields, "count bigint"])
    parts = _map(df, spec, partial, schema, text=text, doc_id=doc_id if spec.kind == "dfm" else None)
    return (
        parts.groupBy("schema", *spec.keys)
        .agg(f.sum("count").alias("count"))
        .select("schema", *spec.keys, "count")
    )


def dfm(df: DataFrame, spec: CountSpec, **columns: str) -> DataFrame:
    """Count features by document: ``doc_id``, ``feature``, ``count``. ``spec`` must be of kind ``"dfm"``."""
    return _cells(count(df, _of_kind(spec, "dfm"), **columns)).select("doc_id", "feature", "count")


def fcm(df: DataFrame, spec: CountSpec, **columns: str) -> DataFrame:
    """Count pairs: ``node``, ``collocate``, ``count``. ``spec`` must be of kind ``"fcm"``."""
    return _cells(count(df, _of_kind(spec, "fcm"), **columns)).select("node", "collocate", "count")


def tfidf(counts: DataFrame, n_documents: int) -> DataFrame:
    """Weigh the rows of :func:`dfm` as :func:`duizhao.tfidf` does by default: count × ln(N / document frequency).

    Returns
    -------
    pyspark.sql.DataFrame
        ``doc_id``, ``feature``, ``freq``, ``tf``, ``idf``, ``tfidf``.
    """
    from pyspark.sql import functions as f

    def weigh(frame: pl.DataFrame) -> pl.DataFrame:
        idf = _core.idf_values(n_documents, frame.get_column("doc_freq").cast(pl.UInt64))
        return frame.select("feature", idf)

    doc_freqs = counts.groupBy("feature").agg(f.count("*").alias("doc_freq"))
    idf = _score(doc_freqs, weigh, "feature string, idf double")
    weighed = counts.join(idf, "feature").withColumn("tf", f.col("count").cast("double"))
    return weighed.select(
        "doc_id",
        "feature",
        f.col("count").alias("freq"),
        "tf",
        "idf",
        (f.col("tf") * f.col("idf")).alias("tfidf"),
    )


def keyness(
    counts: DataFrame, in_target: Column, *, measures: Measure | list[Measure] = "log_likelihood"
) -> DataFrame:
    """Score each feature of :func:`dfm` rows in a target against the rest.

    ``in_target`` is a Boolean column over the rows; join metadata to them first. The sums are Spark's, the measures
    those of :func:`duizhao.score_tables`, computed on the workers.

    Returns
    -------
    pyspark.sql.DataFrame
        ``feature``, ``count_target``, ``count_reference``, ``doc_freq_target``, ``doc_freq_reference``, ``size_target``,
        ``size_reference``, one column a measure and, for tests, ``<measure>_log_p`` and ``<measure>_p``, not corrected for
        the number of features.
    """
    from pyspark.sql import functions as f

    words: list[Measure] = check_measures(measures)  # type: ignore[assignment]
    sides = {"target": f.coalesce(in_target, f.lit(False)), "reference": f.coalesce(~in_target, f.lit(False))}
    found = counts.groupBy("feature").agg(
        *(
            f.sum(f.when(side, f.col("count")).otherwise(0)).alias(f"count_{name}")
            for name, side in sides.items()
        ),
        *(f.sum(f.when(side, 1).otherwise(0)).alias(f"doc_freq_{name}") for name, side in sides.items()),
    )
    sizes = found.agg(*(f.sum(f"count_{name}").alias(f"size_{name}") for name in sides))
    tables = found.crossJoin(f.broadcast(sizes)).where("count_target + count_reference > 0")

    def score(frame: pl.DataFrame) -> pl.DataFrame:
        cells = frame.with_columns(
            o11="count_target",
            o12=pl.col("size_target") - pl.col("count_target"),
            o21="count_reference",
            o22=pl.col("size_reference") - pl.col("count_reference"),
        )
        return score_tables(cells, words, adjust=None).drop("o11", "o12", "o21", "o22")

    empty = pl.DataFrame(schema=dict.fromkeys(("o11", "o12", "o21", "o22"), pl.Int64))
    added = [name for name in score_tables(empty, words, adjust=None).columns if name not in empty.columns]
    fields = [f"{name} {kind}" for name, kind in tables.dtypes]
    return _score(tables, score, ", ".join(fields + [f"{name} double" for name in added]))


def collocations(
    df: DataFrame, spec: CountSpec, *, min_count: int = 2, smoothing: float = 0.5, text: str = "text"
) -> DataFrame:
    """Score pairs of neighbouring tokens by their interaction λ and z (Blaheta & Johnson 2001).

    The sums are Spark's; λ and z are those of the kernel of :func:`duizhao.collocations`, computed on the workers.

    ``spec`` must be of kind ``"ngrams"`` and of size 2. As :func:`duizhao.collocations` with ``padding="break"``, ``within`` as in
    ``spec`` and ``punctuation="token"``: remove punctuation by ``spec``, and it leaves its place.

    Returns
    -------
    pyspark.sql.DataFrame
        ``token_1``, ``token_2``, ``count``, ``lambda``, ``z``; in no order.
    """
    from pyspark.sql import functions as f

    if _of_kind(spec, "ngrams").size != 2:
        raise ParameterError(f"`spec` must be of size 2; got {spec.size}")
    pairs = _cells(count(df, spec, text=text)).select("token_1", "token_2", "count")
    first = pairs.groupBy("token_1").agg(f.sum("count").alias("first"))
    second = pairs.groupBy("token_2").agg(f.sum("count").alias("second"))
    total = pairs.agg(f.sum("count").alias("n"))
    table = pairs.where(f.col("count") >= min_count).join(first, "token_1").join(second, "token_2")
    n11, first_sum, second_sum, n = f.col("count"), f.col("first"), f.col("second"), f.col("n")
    cells = table.crossJoin(f.broadcast(total)).select(
        "token_1",
        "token_2",
        "count",
        (n - first_sum - second_sum + n11).alias("neither"),
        (first_sum - n11).alias("first_alone"),
        (second_sum - n11).alias("second_alone"),
    )

    def score(frame: pl.DataFrame) -> pl.DataFrame:
        neither, first, second, both = (
            frame.get_column(x).cast(pl.UInt64) for x in ("neither", "first_alone", "second_alone", "count")
        )
        found = _core.pair_interactions(neither, first, second, both, float(smoothing))
        return frame.select("token_1", "token_2", "count").hstack(found)

    return _score(cells, score, "token_1 string, token_2 string, count bigint, lambda double, z double")


def collect(counted: DataFrame, spec: CountSpec) -> Dfm | Fcm | pl.DataFrame:
    """Bring the rows of :func:`count` here and make the matrix of them; for results that fit into memory."""
    rows = pl.DataFrame(pl.from_arrow(counted.toArrow()))
    ordered = rows.cast(dict(spec.partial_schema(rows.schema.get("doc_id", pl.String())))).sort(spec.keys)  # type: ignore[arg-type]
    return finish(ordered, spec)


# --- how batches cross --------------------------------------------------------------------------------------------------
def _of_kind(spec: CountSpec, kind: str) -> CountSpec:
    require_instance(spec, CountSpec, argument="spec", allowed="a dz.CountSpec")
    if spec.kind != kind:
        raise ParameterError(f"`spec` must be of the kind {kind!r}; got {spec.kind!r}")
    return spec


def _cells(counted: DataFrame) -> DataFrame:
    return counted.where("table = 'cell'")


def _id_type(df: DataFrame, doc_id: str | None, text: str) -> str:
    kinds = dict(df.dtypes)
    for name in (text, *([doc_id] if doc_id else [])):
        if name not in kinds:
            raise MissingColumnError(
                f"`df` must have the column {name!r}; it has {', '.join(map(repr, kinds))}"
            )
    return kinds[doc_id] if doc_id else "string"


def _map(
    df: DataFrame,
    spec: CountSpec,
    work: Callable[[pl.DataFrame, CountSpec], pl.DataFrame],
    schema: str,
    *,
    text: str,
    doc_id: str | None,
) -> DataFrame:
    """``work`` on each Arrow batch of (doc_id, text); the segmenter and all word lists travel once a worker, as a broadcast value."""
    shared = df.sparkSession.sparkContext.broadcast(spec)

    def run(batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
        for frame in _frames(batches):
            yield from _batches(work(frame, shared.value))

    from pyspark.sql import functions as f

    columns = ([f.col(doc_id).alias("doc_id")] if doc_id else []) + [f.col(text).alias("text")]
    return df.select(*columns).mapInArrow(run, schema)


def _score(df: DataFrame, work: Callable[[pl.DataFrame], pl.DataFrame], schema: str) -> DataFrame:
    """``work`` on the rows of each Arrow batch: figures with a source come from the kernels, on the workers."""

    def run(batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
        for frame in _frames(batches):
            yield from _batches(work(frame))

    return df.mapInArrow(run, schema)


def _frames(batches: Iterable[RecordBatch]) -> Iterator[pl.DataFrame]:
    import pyarrow as pa

    for batch in batches:
        yield pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))


def _batches(frame: pl.DataFrame) -> list[RecordBatch]:
    """As Spark reads them: plain strings, which polars keeps as views."""
    import pyarrow as pa

    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    plain = [
        pa.field(x.name, pa.string() if pa.types.is_large_string(x.type) else x.type) for x in table.schema
    ]
    made: Schema = pa.schema(plain)
    return list(table.cast(made).to_batches(max_chunksize=100_000))
