"""The command line: ``duizhao compare``, ``duizhao demo`` and the single steps.

Exit codes: 0 done, 1 an error that is named on standard error, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import sys
import tempfile
import warnings
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final, NoReturn, TextIO

import polars as pl
from tqdm import tqdm  # type: ignore[import-untyped]

from . import __version__
from .errors import DuizhaoError, FileError, NoDocumentsError, ParameterError

__all__ = ["main"]

STANDARD: Final = "-"
FORMATS: Final = ("csv", "parquet", "json", "jsonl")
_SUFFIXES: Final = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_STANDARD_INPUT: Final = {
    "text": ".txt",
    "html": ".html",
    "csv": ".csv",
    "jsonl": ".jsonl",
    "parquet": ".parquet",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Parameters
    ----------
    arguments
        Without the name of the program; those of the process by default.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(given)
    options.arguments = given
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _show_warning
            warnings.simplefilter("always", category=UserWarning)
            options.run(options)
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more when it flushes at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        _complain("interrupted")
        return 130
    except DuizhaoError as error:
        _complain(str(error))
        return 1
    except OSError as error:
        where = (
            f"{os.fspath(error.filename)!r}: "
            if isinstance(error.filename, str | bytes | os.PathLike)
            else ""
        )
        _complain(f"{where}{error.strerror or error}")
        return 1
    except pl.exceptions.PolarsError as error:
        _complain(" ".join(str(error).split()))
        return 1
    return 0


def _complain(message: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        print(f"duizhao: {message}", file=sys.stderr)


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    tqdm.write(f"duizhao: warning: {message}", file=sys.stderr)


# --- arguments --------------------------------------------------------------------------------------------------------
def _whole(least: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise argparse.ArgumentTypeError(f"must be a whole number of at least {least}; got {text!r}")
        return value

    return convert


def _words(text: str) -> list[str]:
    return [word for word in (piece.strip() for piece in text.split(",")) if word]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="duizhao",
        description="Set Chinese texts side by side: read, repair, segment, count and compare them.",
        epilog="`duizhao COMMAND --help` says more. `duizhao demo` shows everything on a corpus that comes with the package.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"duizhao {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="command")

    def command(
        name: str, run: Callable[[argparse.Namespace], None], text: str, **details: Any
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=text, description=details.pop("description", text + "."), allow_abbrev=False, **details
        )
        made.set_defaults(run=run)
        return made

    everything = command(
        "compare",
        _compare,
        "compare groups of documents and write a page and tables",
        description="Read texts, repair them, compare each group with the others, and write one HTML page that works offline, "
        "tables and a manifest into a folder. Without --by each document is compared with all the others.",
    )
    _add_paths(everything)
    everything.add_argument("--by", metavar="COLUMN", help="the metadata column that makes the groups")
    _add_reading(everything)
    _add_segmenting(everything)
    _add_comparing(everything)

    shown = command(
        "demo",
        _demo,
        "run compare on the corpus that comes with the package",
        description="Compare fifteen invented reports of five invented counties, three years each, as `duizhao compare` would.",
    )
    shown.add_argument(
        "--by", metavar="COLUMN", default="county", help="county, year, kind or source (default: %(default)s)"
    )
    shown.set_defaults(paths=None, metadata=None, stdin_format="text")
    _add_cleaning(shown)
    _add_segmenting(shown)
    _add_comparing(shown)

    step = command("clean", _clean, "repair texts and write them as a table")
    _add_paths(step)
    _add_reading(step)
    step.add_argument("--repairs", metavar="FILE", help="also write one row an edit to this file")
    _add_output(step)

    step = command("tokens", _tokens, "cut texts into words and write one row a word")
    _add_paths(step)
    _add_reading(step)
    _add_segmenting(step, stop_words=None)
    step.add_argument("--tags", action="store_true", help="with part-of-speech tags")
    _add_output(step)

    step = command("keyness", _keyness, "words over- and under-used in one group against the others")
    _add_paths(step)
    step.add_argument(
        "--by",
        metavar="COLUMN",
        help="the metadata column that makes the groups; without it each document is one",
    )
    step.add_argument("--target", metavar="VALUE", help="compare only this group with the rest")
    step.add_argument(
        "--measures",
        metavar="NAMES",
        type=_words,
        default=["log_likelihood", "log_ratio"],
        help="separated by commas (default: log_likelihood,log_ratio)",
    )
    step.add_argument(
        "--min-count",
        metavar="N",
        type=_whole(1),
        default=1,
        help="leave out rarer words (default: %(default)s)",
    )
    _add_reading(step)
    _add_segmenting(step)
    _add_output(step)

    step = command("tfidf", _tfidf, "weight words by how characteristic they are of a document or group")
    _add_paths(step)
    step.add_argument("--by", metavar="COLUMN", help="groups instead of documents")
    step.add_argument(
        "--preset",
        metavar="NAME",
        help="weights as another tool has them: sklearn, quanteda, gensim, tidytext, jieba",
    )
    _add_reading(step)
    _add_segmenting(step)
    _add_output(step)

    step = command("similarity", _similarity, "how similar documents are, pair by pair")
    _add_paths(step)
    step.add_argument("--by", metavar="COLUMN", help="groups instead of documents")
    step.add_argument(
        "--method", metavar="NAME", default="cosine", help="cosine or jaccard (default: %(default)s)"
    )
    _add_reading(step)
    _add_segmenting(step)
    _add_output(step)

    step = command("associations", _associations, "words that stand near a word more often than by chance")
    step.add_argument("node", metavar="NODE", help="the word; several separated by commas")
    _add_paths(step)
    step.add_argument(
        "--window", metavar="N", type=_whole(1), default=5, help="words to each side (default: %(default)s)"
    )
    step.add_argument(
        "--measures",
        metavar="NAMES",
        type=_words,
        default=["log_dice", "npmi", "log_likelihood"],
        help="separated by commas (default: log_dice,npmi,log_likelihood)",
    )
    step.add_argument(
        "--min-count",
        metavar="N",
        type=_whole(1),
        default=1,
        help="leave out rarer pairs (default: %(default)s)",
    )
    _add_reading(step)
    _add_segmenting(step)
    _add_output(step)

    step = command("kwic", _kwic, "each occurrence of a word with its context")
    step.add_argument("pattern", metavar="PATTERN", help="a word, or several words separated by spaces")
    _add_paths(step)
    step.add_argument(
        "--pattern-type",
        choices=("glob", "regex", "fixed"),
        default="glob",
        help="how to read PATTERN (default: %(default)s)",
    )
    step.add_argument(
        "--window", metavar="N", type=_whole(0), default=10, help="words to each side (default: %(default)s)"
    )
    _add_reading(step)
    _add_segmenting(step, stop_words=None)
    _add_output(step)
    return parser


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", metavar="PATHS", nargs="+",
        help="files, folders or patterns (txt, md, html; csv, jsonl, parquet with a column `text`); - is standard input",
    )  # fmt: skip


def _add_reading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reading")
    group.add_argument(
        "--metadata", metavar="FILE", help="a table that describes the files (csv, jsonl or parquet)"
    )
    group.add_argument("--stdin-format", choices=tuple(_STANDARD_INPUT), default=None,
                       help="what standard input holds (default: looked at; text if in doubt)")  # fmt: skip
    _add_cleaning(parser)


def _add_cleaning(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("cleaning")
    group.add_argument("--no-repair", dest="repair", action="store_false", help="take the texts as they are")
    group.add_argument("--script", choices=("simplified", "traditional", "keep"), default="simplified",
                       help="the script to turn texts into (default: %(default)s)")  # fmt: skip
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no progress bar, no messages but errors and warnings"
    )


def _add_segmenting(parser: argparse.ArgumentParser, stop_words: str | None = "zh") -> None:
    group = parser.add_argument_group("words")
    group.add_argument(
        "--user-dict", metavar="FILE", help="your words, in jieba's format (word [frequency] [tag])"
    )
    group.add_argument("--suppress", metavar="FILE", help="words that must not come out as one, one a line")
    group.add_argument(
        "--no-hmm", dest="hmm", action="store_false", help="do not guess words that are not in the dictionary"
    )
    group.add_argument("--stop-words", metavar="LIST", default=stop_words,
                       help=f"words to leave out: zh, none, or a file with one a line (default: {stop_words or 'none'})")  # fmt: skip


def _add_comparing(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("comparing")
    group.add_argument(
        "--node", metavar="WORD", action="append", help="a word whose neighbours to show; can be given again"
    )
    group.add_argument(
        "--window",
        metavar="N",
        type=_whole(1),
        default=5,
        help="words to each side of a node (default: %(default)s)",
    )
    group.add_argument(
        "--top",
        metavar="N",
        type=_whole(1),
        default=20,
        help="words to show for a group (default: %(default)s)",
    )
    group.add_argument(
        "--min-count",
        metavar="N",
        type=_whole(1),
        default=3,
        help="occurrences a word needs to be shown (default: %(default)s)",
    )
    group.add_argument("--min-docs", metavar="N", type=_whole(1), default=None,
                       help="documents of the group it needs (default: half of them, at most 10)")  # fmt: skip
    group.add_argument(
        "--min-chars",
        metavar="N",
        type=_whole(1),
        default=2,
        help="characters it needs (default: %(default)s)",
    )
    group.add_argument(
        "--seed", metavar="N", type=int, default=1, help="of the layout of networks (default: %(default)s)"
    )
    group = parser.add_argument_group("output")
    group.add_argument(
        "--out", metavar="DIR", default="duizhao-out", help="the folder to write into (default: %(default)s)"
    )
    group.add_argument("--force", action="store_true", help="write into a folder that holds something else")
    group.add_argument(
        "--tables",
        choices=("both", "parquet", "csv", "none"),
        default="both",
        help="formats of the tables (default: %(default)s)",
    )
    group.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="language of the page (default: %(default)s)"
    )
    group.add_argument("--title", metavar="TEXT", help="heading of the page")
    group.add_argument(
        "--lines",
        metavar="N",
        type=_whole(1),
        default=40,
        help="concordance lines to keep for a word (default: %(default)s)",
    )
    group.add_argument("--text-limit", metavar="N", type=_whole(1), default=2_500_000,
                       help="characters of text up to which the page carries all texts (default: %(default)s)")  # fmt: skip
    group.add_argument("--open", action="store_true", help="open the page in a browser")


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default=STANDARD,
        help="where to write; - is standard output (default)",
    )
    group.add_argument(
        "--format", choices=FORMATS, default=None, help="default: by the name of the file, else csv"
    )


# --- reading ----------------------------------------------------------------------------------------------------------
@contextlib.contextmanager
def _files(options: argparse.Namespace) -> Iterator[list[str]]:
    """The paths to read; standard input is put into a file for the time."""
    if STANDARD not in options.paths:
        yield options.paths
        return
    if options.paths.count(STANDARD) > 1:
        raise ParameterError("`PATHS` must name standard input (-) once; got it twice")
    data = sys.stdin.buffer.read()
    if not data:
        raise NoDocumentsError("nothing came from standard input")
    kind = options.stdin_format or (
        "parquet" if data[:4] == b"PAR1" else "jsonl" if data.lstrip()[:1] == b"{" else "text"
    )
    with tempfile.TemporaryDirectory(prefix="duizhao-") as folder:
        path = Path(folder) / f"stdin{_STANDARD_INPUT[kind]}"
        path.write_bytes(data)
        yield [str(path) if given == STANDARD else given for given in options.paths]


def _read(options: argparse.Namespace) -> pl.DataFrame:
    from . import read_texts

    with _files(options) as paths:
        docs = read_texts(paths, metadata=options.metadata)
        given = set(options.paths)
        names = {path: STANDARD for path in paths if path not in given}
    if names and "path" in docs.columns:
        docs = docs.with_columns(pl.col("path").replace(names))
    return docs


def _read_clean(options: argparse.Namespace) -> pl.DataFrame:
    from ._pipeline import cleaned

    docs = _read(options)
    return (
        cleaned(docs, script=None if options.script == "keep" else options.script) if options.repair else docs
    )


def _segmenter(options: argparse.Namespace, *, pos: bool = False) -> Any:
    from .segmenter import Segmenter

    return Segmenter(hmm=options.hmm, pos=pos, user_dict=options.user_dict, suppress=options.suppress)


def _stop_words(options: argparse.Namespace) -> Any:
    """``"zh"``, None, or the words of a file."""
    given = options.stop_words
    if given in (None, "none"):
        return None
    if given == "zh":
        return "zh"
    try:
        text = Path(given).read_text("utf-8-sig")
    except OSError as error:
        raise FileError(f"cannot read the stop words {given!r}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise FileError(f"cannot read the stop words {given!r}: not UTF-8 (byte {error.start})") from error
    return [word for word in (line.strip() for line in text.splitlines()) if word]


def _counts(options: argparse.Namespace) -> Any:
    from ._pipeline import tokenized

    return tokenized(_read_clean(options), _segmenter(options), _stop_words(options))


# --- writing ----------------------------------------------------------------------------------------------------------
def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame without the columns that a CSV file cannot hold (lists and structs)."""
    return frame.select(name for name, dtype in frame.schema.items() if not dtype.is_nested())


def write_frame(
    frame: pl.DataFrame, target: str | Path | IO[bytes], form: str, *, mark: bool = False
) -> None:
    """Write a frame as csv, parquet, json or jsonl; ``mark``: with the byte-order mark that spreadsheets want in CSV."""
    place: Any = target
    if form == "csv":
        flat(frame).write_csv(place, include_bom=mark)
    elif form == "parquet":
        frame.write_parquet(place, compression="zstd")
    elif form == "json":
        frame.write_json(place)
    else:
        frame.write_ndjson(place)


def _write(frame: pl.DataFrame, options: argparse.Namespace) -> None:
    output = options.output
    form = (
        options.format
        or (_SUFFIXES.get(Path(output).suffix.lower()) if output != STANDARD else None)
        or "csv"
    )
    if output != STANDARD:
        _guarded(output, write_frame, frame, output, form)
        return
    # Polars would write to the descriptor and turn a closed pipe into an error of its own.
    with tempfile.TemporaryFile() as buffer:
        write_frame(frame, buffer, form)
        buffer.seek(0)
        while block := buffer.read(1 << 16):
            sys.stdout.buffer.write(block)
    if form == "json":
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def _guarded(path: str | Path, write: Callable[..., object], *values: Any, **options: Any) -> None:
    """Write, and name the file if that fails."""
    try:
        write(*values, **options)
    except OSError as error:
        raise FileError(f"cannot write {os.fspath(path)!r}: {error.strerror or error}") from error


# --- single steps -----------------------------------------------------------------------------------------------------
def _clean(options: argparse.Namespace) -> None:
    from .clean import repairs

    docs = _read_clean(options)
    if options.repairs:
        if not options.repair:
            raise ParameterError("`--repairs` cannot be had with --no-repair")
        path = Path(options.repairs)
        _guarded(path, write_frame, repairs(docs), path, _SUFFIXES.get(path.suffix.lower(), "csv"))
    _write(docs, options)


def _tokens(options: argparse.Namespace) -> None:
    from ._pipeline import tokenized

    segmenter = _segmenter(options, pos=options.tags)
    tokens = tokenized(_read_clean(options), segmenter, _stop_words(options), punctuation=False)
    # Words that were left out keep their number, so that positions still tell the distance.
    _write(tokens.to_frame().filter(pl.col("token").is_not_null()), options)


def _keyness(options: argparse.Namespace) -> None:
    from ._pipeline import group_keyness

    dfm = _counts(options).dfm()
    _write(
        group_keyness(dfm, options.by, options.measures, only=options.target, min_count=options.min_count),
        options,
    )


def _tfidf(options: argparse.Namespace) -> None:
    from ._pipeline import weights

    _write(weights(_counts(options).dfm(), options.by, preset=options.preset), options)


def _similarity(options: argparse.Namespace) -> None:
    from ._pipeline import similarities

    _write(similarities(_counts(options).dfm(), options.by, method=options.method), options)


def _associations(options: argparse.Namespace) -> None:
    from ._pipeline import neighbours

    fcm = _counts(options).fcm(window=options.window)
    _write(neighbours(fcm, _words(options.node), options.measures, min_count=options.min_count), options)


def _kwic(options: argparse.Namespace) -> None:
    from ._pipeline import tokenized
    from .kwic import kwic

    tokens = tokenized(_read_clean(options), _segmenter(options), _stop_words(options), punctuation=False)
    _write(kwic(tokens, options.pattern, window=options.window, valuetype=options.pattern_type), options)


# --- the main job -----------------------------------------------------------------------------------------------------
def _demo(options: argparse.Namespace) -> None:
    from . import demo

    # The names of the files, not the place where the package is installed, so that every machine makes the same tables.
    docs = demo.read()
    names = {path: Path(path).name for path in docs["path"].to_list()}
    options.paths, options.metadata = [], None
    _run_compare(
        options, lambda: docs.with_columns(pl.col("path").replace(names)), demo.folder(), [demo.metadata()]
    )


def _compare(options: argparse.Namespace) -> None:
    metadata = [Path(options.metadata)] if options.metadata else []
    _run_compare(options, lambda: _read(options), Path(), metadata)


class _Stages:
    """A bar of stages on a terminal, nothing elsewhere."""

    NAMES: Final = (
        "read",
        "clean",
        "segment",
        "count",
        "key terms",
        "tf-idf",
        "networks",
        "similarity",
        "concordance",
        "page",
        "tables",
    )

    def __init__(self, quiet: bool) -> None:
        self._bar = tqdm(
            total=len(self.NAMES),
            disable=quiet or not sys.stderr.isatty(),
            file=sys.stderr,
            leave=False,
            bar_format="{desc:<14}|{bar:24}| {n_fmt}/{total_fmt} [{elapsed}]",
        )
        self._begun = False

    def __call__(self, stage: str) -> None:
        if self._begun:
            self._bar.update()
        self._begun = True
        self._bar.set_description_str(stage)

    def close(self) -> None:
        self._bar.close()


def _run_compare(
    options: argparse.Namespace, read: Callable[[], pl.DataFrame], base: Path, metadata: Sequence[Path]
) -> None:
    """Do the main job: ``base`` is where the paths of the documents start, ``metadata`` the tables that describe them."""
    from . import manifest
    from .compare import compare
    from .report import Limits
    from .report.page import render

    started = datetime.datetime.now(datetime.timezone.utc)
    folder = _prepare(Path(options.out), options.force)
    stages = _Stages(options.quiet)
    try:
        stages("read")
        docs = read()
        found = compare(
            docs,
            options.by,
            repair=options.repair,
            script=None if options.script == "keep" else options.script,
            segmenter=_segmenter(options),
            stop_words=_stop_words(options),
            nodes=options.node,
            window=options.window,
            top=options.top,
            min_count=options.min_count,
            min_docs=options.min_docs,
            min_chars=options.min_chars,
            lines=options.lines,
            seed=options.seed,
            progress=stages,
        )
        stages("page")
        limits = Limits(text_characters=options.text_limit)
        page = render(found, language=options.lang, title=options.title, limits=limits, manifest=True)
        outputs = [folder / "index.html"]
        _guarded(outputs[0], outputs[0].write_bytes, page.encode("utf-8", "replace"))
        stages("tables")
        outputs += _tables(found.tables(), folder / "tables", options.tables)
        names = sorted(set(docs["path"].drop_nulls().to_list())) if "path" in docs.columns else []
        inputs = [manifest.file_facts(base / name, name=name) for name in names if (base / name).is_file()]
        inputs += [
            {"role": "metadata", **manifest.file_facts(path, name=_shown(path, base))} for path in metadata
        ]
        dictionaries = [
            {"role": role, **manifest.file_facts(path)}
            for role, path in (
                ("user_dict", options.user_dict),
                ("suppress", options.suppress),
                ("stop_words", options.stop_words),
            )
            if path and not (role == "stop_words" and path in ("zh", "none"))
        ]
        made = manifest.build(
            options.command,
            options={**found.options, **_command_options(options)},
            inputs=inputs,
            dictionaries=dictionaries,
            seeds={"layout": options.seed},
            outputs=[manifest.file_facts(path, name=path.relative_to(folder).as_posix()) for path in outputs],
            started=started,
            finished=datetime.datetime.now(datetime.timezone.utc),
            arguments=options.arguments,
        )
        manifest.write(made, folder / "manifest.json")
    finally:
        stages.close()
    if not options.quiet:
        print(folder / "index.html")
    if options.open:
        webbrowser.open((folder / "index.html").resolve().as_uri())


def _command_options(options: argparse.Namespace) -> dict[str, Any]:
    """What the command line adds to the options of ``compare``; the folder is not part of it."""
    names = ("paths", "metadata", "user_dict", "suppress", "tables", "lang", "title", "text_limit")
    return {name: getattr(options, name) for name in names}


def _shown(path: Path, base: Path) -> str:
    """A file of the package by its name alone, others as given."""
    return path.name if base != Path() else path.as_posix()


def _tables(frames: dict[str, pl.DataFrame], folder: Path, which: str) -> list[Path]:
    written: list[Path] = []
    if which == "none":
        return written
    folder.mkdir(exist_ok=True)
    for name, frame in frames.items():
        for form in ("parquet", "csv"):
            if which in ("both", form):
                path = folder / f"{name}.{form}"
                _guarded(path, write_frame, frame, path, form, mark=True)
                written.append(path)
    return written


def _prepare(folder: Path, force: bool) -> Path:
    """Make the folder; one that holds anything but an earlier result is left alone unless the user insists.

    Of an earlier result exactly the files are removed that its manifest lists, so that no table of it stays behind.
    """
    from . import manifest

    try:
        if folder.exists() and not folder.is_dir():
            raise FileError(f"cannot write into {os.fspath(folder)!r}: it is a file")
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            return folder
        try:
            earlier = manifest.read(folder / "manifest.json")
        except DuizhaoError:
            if not force:
                raise FileError(
                    f"the folder {os.fspath(folder)!r} holds something else; name another one or add --force"
                ) from None
            return folder
        base = folder.resolve()
        for entry in earlier.get("reproducible", {}).get("outputs", []):
            path = (base / str(entry.get("path", ""))).resolve()
            if base in path.parents and path.is_file():
                path.unlink()
    except OSError as error:
        if isinstance(error, DuizhaoError):
            raise
        raise FileError(f"cannot write into {os.fspath(folder)!r}: {error.strerror or error}") from error
    return folder


def run() -> NoReturn:
    """Run and exit; for ``python -m duizhao``."""
    raise SystemExit(main())
