"""The command line: what it writes, what it says, how it ends."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao import cli

TEXTS = {
    "a1.txt": "渔港党建引领渔民。渔港渔港渔船，渔民出海。",
    "a2.txt": "渔港议事，渔民点题。党建引领渔港。",
    "b1.txt": "数据平台党建引领，数据平台上线。",
    "b2.txt": "平台数据，数据党建。平台引领数据。",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "texts"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    rows = ["doc_id,file,县"] + [
        f"{name[:2]},{name},{'渔县' if name[0] == 'a' else '数县'}" for name in TEXTS
    ]
    (tmp_path / "meta.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return place


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def process(*arguments: object, data: bytes = b"", **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "duizhao", *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, timeout=120, check=False, **options)  # type: ignore[call-overload]


def compare(folder: Path, *more: object) -> int:
    return run(
        "compare", folder, "--metadata", folder.parent / "meta.csv", "--by", "县", "--min-count", 2, *more
    )


# --- the main job -----------------------------------------------------------------------------------------------------
def test_compare_writes_page_tables_and_manifest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "out"
    assert compare(folder, "--out", out) == 0
    shown = capsys.readouterr()
    assert shown.out == f"{out / 'index.html'}\n" and shown.err == ""
    assert "渔港" in (out / "index.html").read_text("utf-8")
    key = pl.read_parquet(out / "tables" / "keyness.parquet")
    assert set(key["target"]) == {"渔县", "数县"}
    top = key.filter(pl.col("target") == "渔县").sort("log_likelihood", descending=True)["feature"][0]
    assert top == "渔港"
    for path in (out / "tables").glob("*.parquet"):
        csv = path.with_suffix(".csv").read_bytes()
        assert csv.startswith(b"\xef\xbb\xbf")
        assert pl.read_csv(io.BytesIO(csv)).height == pl.read_parquet(path).height, path.name


def test_manifest_tells_inputs_options_and_outputs(folder: Path) -> None:
    out = folder.parent / "out"
    words = folder.parent / "words.txt"
    words.write_text("渔港党建\n", encoding="utf-8")
    assert compare(folder, "--out", out, "--user-dict", words, "--seed", 7, "-q") == 0
    made = json.loads((out / "manifest.json").read_text("utf-8"))["reproducible"]
    read = {Path(entry["path"]).name: entry for entry in made["inputs"]}
    assert set(read) == {*TEXTS, "meta.csv"}
    for name, text in TEXTS.items():
        assert read[name]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert read[name]["bytes"] == len(text.encode())
    assert made["dictionaries"][0]["role"] == "user_dict"
    assert made["dictionaries"][0]["sha256"] == hashlib.sha256(words.read_bytes()).hexdigest()
    assert made["seeds"] == {"layout": 7}
    assert (
        made["options"]["by"] == "县" and made["options"]["window"] == 5 and made["options"]["min_count"] == 2
    )
    assert made["options"]["segmenter"]["user_words"] == 1
    assert set(made["versions"]) >= {"duizhao", "python", "polars"}
    listed = {entry["path"] for entry in made["outputs"]}
    assert listed == {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} - {
        "manifest.json"
    }
    for entry in made["outputs"]:
        assert entry["sha256"] == hashlib.sha256((out / entry["path"]).read_bytes()).hexdigest()


def test_two_runs_give_the_same_files(folder: Path) -> None:
    for name in ("one", "two"):
        assert compare(folder, "--out", folder.parent / name, "-q") == 0
    one, two = (
        json.loads((folder.parent / name / "manifest.json").read_text("utf-8")) for name in ("one", "two")
    )
    assert one["reproducible"] == two["reproducible"]
    assert one["run"]["arguments"] != two["run"]["arguments"]


def test_without_by_every_document_is_a_group(folder: Path) -> None:
    out = folder.parent / "out"
    assert run("compare", folder, "--out", out, "-q", "--tables", "csv") == 0
    assert pl.read_csv(out / "tables" / "keyness.csv")["target"].n_unique() == 4
    assert not list((out / "tables").glob("*.parquet"))


def test_parts_can_be_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "out"
    assert compare(folder, "--out", out, "-q") == 0
    names = {path.name for path in (out / "tables").glob("*.parquet")}
    new = {"claims.parquet", "slogans.parquet", "passages.parquet", "reuse_pairs.parquet"}
    assert new <= names
    listed = {
        Path(entry["path"]).name
        for entry in json.loads((out / "manifest.json").read_text("utf-8"))["reproducible"]["outputs"]
    }
    assert new <= listed
    assert 'id="slogans"' in (out / "index.html").read_text("utf-8")
    assert compare(folder, "--out", out, "-q", "--without", "slogans,reuse") == 0
    names = {path.name for path in (out / "tables").glob("*.parquet")}
    assert new & names == {"claims.parquet"}
    page = (out / "index.html").read_text("utf-8")
    assert 'id="slogans"' not in page and 'id="reuse"' not in page and 'id="claims"' in page
    assert compare(folder, "--out", out, "-q", "--without", "words") == 1
    assert "`without` must be of" in capsys.readouterr().err


def test_tables_none_and_title_and_language(folder: Path) -> None:
    out = folder.parent / "out"
    assert (
        compare(folder, "--out", out, "--tables", "none", "--language", "en", "--title", "A & B", "-q") == 0
    )
    assert not (out / "tables").exists()
    page = (out / "index.html").read_text("utf-8")
    assert "<h1>A &amp; B</h1>" in page and "Key terms of each group" in page


def test_an_earlier_result_is_replaced_and_nothing_of_it_stays(folder: Path) -> None:
    out = folder.parent / "out"
    assert compare(folder, "--out", out, "-q") == 0
    (out / "notes.txt").write_text("mine")
    assert compare(folder, "--out", out, "-q", "--tables", "parquet") == 0
    assert not list((out / "tables").glob("*.csv")) and list((out / "tables").glob("*.parquet"))
    assert (out / "notes.txt").read_text() == "mine"


def test_a_folder_with_something_else_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(folder, "--out", folder) == 1
    assert "holds something else" in capsys.readouterr().err
    assert sorted(p.name for p in folder.iterdir()) == sorted(TEXTS)
    assert compare(folder, "--out", folder, "--force", "-q") == 0
    assert (folder / "index.html").exists() and (folder / "a1.txt").exists()


def test_a_manifest_cannot_name_files_outside(folder: Path) -> None:
    out = folder.parent / "out"
    assert compare(folder, "--out", out, "-q") == 0
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    manifest["reproducible"]["outputs"].append({"path": "../texts/a1.txt"})
    (out / "manifest.json").write_text(json.dumps(manifest))
    assert compare(folder, "--out", out, "-q") == 0
    assert (folder / "a1.txt").exists()


def test_demo(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("demo", "--out", out, "-q") == 0
    made = json.loads((out / "manifest.json").read_text("utf-8"))["reproducible"]
    assert made["command"] == "demo" and len(made["inputs"]) == 16
    assert all("/" not in entry["path"] for entry in made["inputs"])
    assert str(dz.demo.folder()) not in (out / "manifest.json").read_text("utf-8")
    assert "茶亭" in (out / "index.html").read_text("utf-8")


# --- single steps -----------------------------------------------------------------------------------------------------
STEPS = {
    "clean": ["clean"],
    "tokens": ["tokens"],
    "keyness": ["keyness"],
    "tfidf": ["tfidf"],
    "similarity": ["similarity"],
    "associations": ["associations", "党建"],
    "kwic": ["kwic", "渔港"],
}


@pytest.mark.parametrize("form", cli.FORMATS)
@pytest.mark.parametrize("step", STEPS)
def test_steps_in_all_formats(folder: Path, step: str, form: str) -> None:
    path = folder.parent / f"result.{form}"
    assert run(*STEPS[step], folder, "-o", path) == 0
    read = {"csv": pl.read_csv, "parquet": pl.read_parquet, "json": pl.read_json, "jsonl": pl.read_ndjson}[
        form
    ]
    frame = read(path)
    assert frame.height > 0
    key = (
        "node"
        if step == "associations"
        else "target"
        if step == "keyness"
        else "doc_id_1"
        if step == "similarity"
        else "doc_id"
    )
    assert frame.columns[0] == key


def test_standard_output_has_the_table_and_nothing_else(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("tokens", folder / "b1.txt") == 0
    shown = capfdbinary.readouterr()
    assert shown.err == b""
    table = pl.read_csv(io.BytesIO(shown.out))
    assert table.columns == list(dz.tokens(["x"]).to_frame().columns)
    assert table["token"].to_list() == dz.Segmenter().cut(TEXTS["b1.txt"])


def test_steps_give_what_the_functions_give(folder: Path) -> None:
    path = folder.parent / "k.parquet"
    docs = dz.read_texts(folder, metadata=folder.parent / "meta.csv")
    toks = dz.tokens(
        docs, remove=dz.stop_words("zh"), remove_punctuation=True, remove_symbols=True, padding=True
    )
    assert (
        run(
            "keyness",
            folder,
            "--metadata",
            folder.parent / "meta.csv",
            "--by",
            "县",
            "--no-repair",
            "-o",
            path,
        )
        == 0
    )
    assert pl.read_parquet(path).equals(dz.keyness(toks.dfm(), by="县"))
    assert (
        run(
            "keyness",
            folder,
            "--metadata",
            folder.parent / "meta.csv",
            "--by",
            "县",
            "--target",
            "渔县",
            "--no-repair",
            "-o",
            path,
        )
        == 0
    )
    expected = dz.keyness(toks.dfm(), target=pl.col("县") == "渔县").with_columns(
        pl.lit("渔县").alias("target")
    )
    assert pl.read_parquet(path).equals(expected)
    assert run("similarity", folder, "--method", "jaccard", "--no-repair", "-o", path) == 0
    assert (
        pl.read_parquet(path)["similarity"].to_list()
        == dz.similarity(toks.dfm(), method="jaccard")["similarity"].to_list()
    )
    assert run("tfidf", folder, "--preset", "sklearn", "--no-repair", "-o", path) == 0
    assert (
        pl.read_parquet(path)["tfidf"].to_list() == dz.tfidf(toks.dfm(), preset="sklearn")["tfidf"].to_list()
    )


def test_stop_words_user_words_and_suppressed_words(folder: Path) -> None:
    lists = {"stop": "党建\n", "user": "渔港党建\n", "out": "引领\n"}
    for name, text in lists.items():
        (folder.parent / name).write_text(text, encoding="utf-8")
    path = folder.parent / "t.csv"
    options = ["--user-dict", folder.parent / "user", "--suppress", folder.parent / "out"]
    assert run("tokens", folder / "a1.txt", "-o", path, *options) == 0
    words = pl.read_csv(path)["token"].to_list()
    assert "渔港党建" in words and "引领" not in words
    assert run("tokens", folder / "b1.txt", "-o", path, "--stop-words", folder.parent / "stop") == 0
    left = pl.read_csv(path)
    assert "党建" not in left["token"].to_list()
    assert left["position"].to_list() != list(range(left.height))  # removed words keep their place


def test_clean_writes_the_audit(folder: Path) -> None:
    (folder / "c.txt").write_text("党建\u200b引领１２", encoding="utf-8")
    texts, edits = folder.parent / "clean.jsonl", folder.parent / "repairs.csv"
    assert run("clean", folder / "c.txt", "-o", texts, "--repairs", edits) == 0
    assert pl.read_ndjson(texts)["text"].to_list() == ["党建引领12"]
    assert set(pl.read_csv(edits)["kind"]) == {"zero_width", "full_width"}


def test_standard_input_text_and_pipeline(folder: Path) -> None:
    got = process("tokens", "-", data="党建引领".encode("gb18030"))
    assert got.returncode == 0, got.stderr
    assert pl.read_csv(io.BytesIO(got.stdout))["token"].to_list() == ["党建", "引领"]
    cleaned = process("clean", folder, "--format", "jsonl")
    counted = process("keyness", "-", data=cleaned.stdout)
    assert counted.returncode == 0, counted.stderr
    direct = process("keyness", folder)
    assert counted.stdout == direct.stdout and direct.stdout


# --- endings ----------------------------------------------------------------------------------------------------------
def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--version"], ["--help"], ["compare", "--help"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        assert ended.value.code == 0
    assert f"duizhao {dz.__version__}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["compare"], ["compare", "x", "--top", "0"], ["compare", "x", "--top", "x"], ["kwic", "x"],
     ["tokens", "x", "--format", "xlsx"], ["compare", "x", "--unknown"]],
)  # fmt: skip
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: duizhao" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["compare", "{absent}"], "absent"),
        (["compare", "{folder}", "--by", "city"], "'city'"),
        (["compare", "{folder}", "--metadata", "{absent}"], "absent"),
        (["compare", "{folder}", "--user-dict", "{absent}"], "absent"),
        (["compare", "{folder}", "--stop-words", "{absent}"], "absent"),
        (["compare", "{folder}", "--node", "没有的词"], "没有的词"),
        (["compare", "{folder}", "--out", "{file}"], "a1.txt"),
        (["keyness", "{folder}", "--measures", "wrong"], "wrong"),
        (["keyness", "{folder}", "--target", "nobody"], "nobody"),
        (["keyness", "{file}"], "at least two groups"),
        (["similarity", "{folder}", "--method", "wrong"], "wrong"),
        (["tfidf", "{folder}", "--preset", "wrong"], "wrong"),
        (["associations", "没有的词", "{folder}"], "没有的词"),
        (["kwic", "(", "{folder}", "--value-type", "regex"], "("),
        (["tokens", "{folder}", "-o", "{absent}/x.csv"], "absent"),
        (["tokens", "{folder}", "--user-dict", "{broken}"], "line 2"),
        (["tokens", "{empty}"], "empty"),
        (["clean", "{folder}", "--no-repair", "--repairs", "x.csv"], "--no-repair"),
    ],
)
def test_errors_are_1_and_name_the_thing(
    folder: Path,
    arguments: list[str],
    named: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder.parent)
    broken, empty = folder.parent / "broken.txt", folder.parent / "empty"
    broken.write_text("党建 5 n\n党建 -5 n x y\n", encoding="utf-8")
    empty.mkdir()
    places = {
        "folder": folder,
        "absent": folder.parent / "absent",
        "file": folder / "a1.txt",
        "broken": broken,
        "empty": empty,
    }
    assert (
        cli.main([argument.format(**places) if "{" in argument else argument for argument in arguments]) == 1
    )
    shown = capsys.readouterr()
    assert shown.err.startswith("duizhao: ") and shown.err.count("\n") == 1 and "Traceback" not in shown.err
    assert named in shown.err
    assert shown.out == ""


def test_interrupt_is_130(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.inputs, "read", stop)
    assert run("tokens", folder) == 130
    assert capsys.readouterr().err == "duizhao: interrupted\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    (folder / "long.txt").write_text("党建引领数据平台。" * 20_000, encoding="utf-8")
    command = f'"{sys.executable}" -m duizhao tokens "{folder}" | head -n 1'
    got = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, check=True)
    assert got.stderr == b"" and got.stdout.count(b"\n") == 1


def test_an_unreadable_file_is_a_warning_and_the_rest_comes(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 20)
    got = process("tokens", folder)
    if got.returncode == 0 and b"warning" in got.stderr:
        assert b"bad.txt" in got.stderr and b"Traceback" not in got.stderr
        assert got.stdout.count(b"a1") > 3
    else:  # a reader may also take it as text of some encoding
        assert got.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_progress_on_a_terminal_only(folder: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    def errors(*more: str) -> bytes:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [
            sys.executable,
            "-m",
            "duizhao",
            "compare",
            str(folder),
            "--out",
            str(folder.parent / "out"),
            *more,
        ]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as child:
            os.close(theirs)
            shown = b""
            while True:
                try:
                    block = os.read(ours, 4096)
                except OSError:
                    break
                if not block:
                    break
                shown += block
            assert child.wait(120) == 0
        os.close(ours)
        return shown

    assert b"segment" in errors()
    assert errors("--quiet") == b""
    silent = process("compare", folder, "--out", folder.parent / "out")
    assert silent.returncode == 0 and silent.stderr == b""


# --- verify -----------------------------------------------------------------------------------------------------------
def test_verify_repeats_a_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "out"
    assert compare(folder, "--out", out) == 0
    capsys.readouterr()
    assert run("verify", out / "manifest.json") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[-1] == f"all {len(shown) - 1} files are the same"
    assert "output\tindex.html\tsame" in shown and sum(line.startswith("input\t") for line in shown) == 4
    assert run("verify", out / "manifest.json", "-q", "--keep", folder.parent / "again") == 0
    assert capsys.readouterr().out == ""
    assert (folder.parent / "again/index.html").read_bytes() == (out / "index.html").read_bytes()


def test_verify_tells_what_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "out"
    assert compare(folder, "--out", out) == 0
    path = out / "manifest.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    made["reproducible"]["outputs"][0]["sha256"] = "0" * 64
    made["reproducible"]["versions"]["polars"] = "0.1"
    path.write_text(json.dumps(made), encoding="utf-8")
    capsys.readouterr()
    assert run("verify", path, "-q") == 1
    shown = capsys.readouterr()
    first = made["reproducible"]["outputs"][0]["path"]
    assert shown.out.splitlines() == [
        f"version\tpolars\t0.1 then, {pl.__version__} now",
        f"output\t{first}\tdifferent",
    ]
    assert "outputs differ: 1 of" in shown.err
    (folder / "a1.txt").write_text("别的", encoding="utf-8")
    (folder / "b1.txt").unlink()
    assert run("verify", path, "-q") == 1
    shown = capsys.readouterr()
    assert [line.split("\t")[2] for line in shown.out.splitlines()[1:]] == ["different", "missing"]
    assert "inputs are not those of the manifest: 2 of" in shown.err


def test_verify_the_demo_and_refuses_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--out", tmp_path / "out", "--tables", "none") == 0
    assert run("verify", tmp_path / "out/manifest.json", "-q") == 0
    capsys.readouterr()
    assert run("verify", tmp_path / "none.json") == 1
    assert "none.json" in capsys.readouterr().err
    assert run("verify", tmp_path / "out/manifest.json", "--directory", tmp_path / "no") == 1
    assert "cannot enter" in capsys.readouterr().err


def test_every_command_stands_in_the_docs():
    page = (Path(__file__).parents[3] / "docs/guide/command_line.md").read_text(encoding="utf-8")
    (commands,) = (a.choices for a in cli.make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    assert len(commands) > 20
    table = [line for line in page.splitlines() if line.startswith("| `")]
    missing = [name for name in commands if not any(re.search(rf"`{name}[ `]", line) for line in table)]
    assert missing == []


def test_similarity_names_all_that_it_takes(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("党建引领", encoding="utf-8")
    assert cli.main(["similarity", str(tmp_path), "--method", "kosine", "-q"]) == 1
    message = capsys.readouterr().err
    assert "cosine" in message and "manhattan" in message and "kosine" in message
