"""Apache Spark: a real standalone master with two workers on loopback, exact equality, and a worker killed in mid-job."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import duizhao as dz

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed (pip install 'duizhao[spark]')")
if shutil.which("java") is None:
    pytest.skip("no Java on this machine", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as f  # noqa: E402

import duizhao.counting.spark as ds  # noqa: E402

SPECS = [
    dz.CountSpec("dfm", remove_punctuation=True),
    dz.CountSpec("fcm", remove_punctuation=True),
    dz.CountSpec("fcm", count="boolean", within="paragraph", ordered=True),
    dz.CountSpec("ngrams", remove_punctuation=True, size=3),
    dz.CountSpec("features", segmenter=dz.Segmenter(user_dict=["党员委员"], suppress=["县政协"])),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A standalone master and its workers, each with the processes that it starts in a group of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self._run(
            "deploy.master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0"
        )
        self._wait("master0", "Starting Spark master")
        for _ in range(2):
            self.add_worker()

    def add_worker(self) -> None:
        number = len(self.processes)
        self._run(
            "deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g",
            "--work-dir", str(self.folder / f"work{number}"), self.url,
        )  # fmt: skip
        self._wait(f"master{number}", "Successfully registered with master")

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(Path(pyspark.__path__[0]) / "bin/spark-class"), f"org.apache.spark.{name}", *arguments]
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
        with (self.folder / f"master{len(self.processes)}").open("wb") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env=environment, start_new_session=True
            )
        self.processes.append(process)

    def _wait(self, log: str, words: str) -> None:
        for _ in range(600):
            if words in (self.folder / log).read_text(errors="replace"):
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / log).read_text(errors="replace"))

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL to a worker, its executor and the Python processes under it."""
        for pid in descendants(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait(timeout=30)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)


def descendants(pid: int) -> list[int]:
    """The process and all below it; executors and their Python workers make groups of their own."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("spark"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def session(cluster: Cluster) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    package = Path(dz.__file__).parents[1]
    made = (
        SparkSession.builder.master(cluster.url)
        .appName("duizhao")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "600m")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.task.maxFailures", "8")
        .config("spark.executorEnv.PYTHONPATH", str(package))
        .getOrCreate()
    )
    yield made
    made.stop()


@pytest.fixture(scope="module")
def docs() -> pl.DataFrame:
    return dz.clean(dz.demo.read(), script="simplified").select("doc_id", "text", "county")


@pytest.fixture(scope="module")
def table(session: SparkSession, docs: pl.DataFrame) -> Any:
    return session.createDataFrame(docs.rows(), docs.columns).repartition(5).cache()


def whole(docs: pl.DataFrame, spec: dz.CountSpec) -> pl.DataFrame:
    return dz.merge([dz.partial(docs, spec)])


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.schema_name[18:])
def test_counts_are_those_of_one_machine(spec: dz.CountSpec, table: Any, docs: pl.DataFrame) -> None:
    counted = ds.count(table, spec)
    rows = pl.DataFrame(pl.from_arrow(counted.toArrow())).cast(dict(spec.partial_schema())).sort(spec.keys)
    assert rows.equals(whole(docs, spec))
    made, expected = ds.collect(counted, spec), dz.finish(whole(docs, spec), spec)
    assert made.equals(expected) if isinstance(made, pl.DataFrame) else made == expected


def test_tokens_and_a_parquet_path(session: SparkSession, docs: pl.DataFrame, tmp_path: Path) -> None:
    spec = dz.CountSpec("dfm", remove_punctuation=True)
    docs.write_parquet(tmp_path / "texts.parquet")
    read = session.read.parquet(str(tmp_path / "texts.parquet"))
    found = ds.tokens(read, spec).toPandas()
    expected = spec.tokens(docs).to_frame().filter(pl.col("token").is_not_null())
    got = pl.DataFrame({name: found[name].to_list() for name in found.columns}).sort("doc_id", "position")
    assert got.equals(expected.select("doc_id", "position", "token").sort("doc_id", "position"))


def test_tfidf_keyness_and_collocations(table: Any, docs: pl.DataFrame) -> None:
    spec = dz.CountSpec("dfm", remove_punctuation=True)
    dfm = spec.tokens(docs).dfm()
    counts = ds.dfm(table, spec).cache()

    def frame(found: Any, *keys: str) -> pl.DataFrame:
        pandas = found.toPandas()
        return pl.DataFrame({name: pandas[name].to_list() for name in pandas.columns}).sort(keys)

    weighed = frame(ds.tfidf(counts, docs.height), "doc_id", "feature")
    expected = dz.tfidf(dfm).sort("doc_id", "feature")
    assert (weighed["tfidf"] - expected["tfidf"]).abs().max() < 1e-12 and weighed["freq"].equals(
        expected["freq"]
    )

    target = docs.filter(pl.col("county") == docs["county"][0])["doc_id"].to_list()
    key = frame(
        ds.keyness(counts, f.col("doc_id").isin(target), measures=["log_likelihood", "log_ratio"]), "feature"
    )
    alone = dz.keyness(dfm, target=target, measures=["log_likelihood", "log_ratio"]).sort("feature")
    for name in ("count_target", "count_reference", "size_target", "doc_freq_reference"):
        assert key[name].to_list() == alone[name].to_list()
    for name in ("log_likelihood", "log_likelihood_log_p", "log_ratio"):
        assert key[name].to_list() == alone[name].to_list(), "the same kernel on the same counts"

    spec = dz.CountSpec("ngrams", remove_punctuation=True)
    pairs = frame(ds.collocations(table, spec), "token_1", "token_2")
    single = dz.collocations(spec.tokens(docs), 2, padding="break", punctuation="token").with_columns(
        pl.col("collocation").str.split(" ").list.to_struct(fields=["token_1", "token_2"]).struct.unnest()
    ).sort("token_1", "token_2")  # fmt: skip
    assert pairs["count"].to_list() == single["count"].to_list()
    for name in ("lambda", "z"):
        assert (pairs[name] - single[name]).abs().max() < 1e-9


def test_a_killed_worker_changes_nothing(session: SparkSession, cluster: Cluster, docs: pl.DataFrame) -> None:
    """SIGKILL to one of two workers while tasks run; its tasks are done again elsewhere, and the counts are the same."""
    spec = dz.CountSpec("fcm", remove_punctuation=True)
    copies = pl.concat([docs.with_columns(doc_id=pl.format("{}-{}", "doc_id", pl.lit(i))) for i in range(60)])
    many = session.createDataFrame(copies.rows(), copies.columns).repartition(40)
    context = session.sparkContext
    outcome: list[Any] = []

    def work() -> None:
        context.setJobGroup("killed", "count while a worker dies")
        outcome.append(ds.collect(ds.count(many, spec), spec))

    thread = threading.Thread(target=work)
    thread.start()
    tracker = context.statusTracker()

    def tasks() -> tuple[int, int]:
        stages = [tracker.getStageInfo(s) for s in tracker.getActiveStageIds()]
        running = [s for s in stages if s is not None and s.numTasks == 40]
        return (sum(s.numCompletedTasks for s in running), sum(s.numActiveTasks for s in running))

    deadline = time.monotonic() + 120
    while not (tasks()[0] >= 3 and tasks()[1] > 0) and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert thread.is_alive(), "the job must still run when the worker dies"
    victim = cluster.processes[1]
    assert len(descendants(victim.pid)) > 1, "an executor must run under the worker"
    cluster.kill(victim)
    assert thread.is_alive()
    thread.join(timeout=300)
    assert not thread.is_alive() and victim.returncode == -signal.SIGKILL
    expected = dz.finish(whole(copies, spec), spec)
    assert outcome and outcome[0] == expected


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda t: ds.count(t, SPECS[0], text="body"), dz.MissingColumnError, ["body", "'county'"]),
        (lambda t: ds.dfm(t, SPECS[1]), dz.ParameterError, ["'dfm'", "'fcm'"]),
        (lambda t: ds.collocations(t, SPECS[3]), dz.ParameterError, ["size 2", "3"]),
    ],
)
def test_bad_input_is_named(call: Any, error: type[Exception], words: list[str], table: Any) -> None:
    with pytest.raises(error) as raised:
        call(table)
    assert all(word in str(raised.value) for word in words), raised.value
