"""The main job: ``duizhao compare`` and ``duizhao demo``."""

from __future__ import annotations

import argparse
import datetime
import sys
import warnings
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from .._base.names import on_disk
from .._base.names import shown as shown_name
from .._base.progress import Stages, reporting
from ..report.pipeline import STAGES
from . import inputs
from .arguments import Command, add_cleaning, add_comparing, add_paths, add_reading, add_segmenting
from .inputs import segmenter, stop_word_list
from .outputs import guarded, prepare_folder, write_tables


def add(command: Command) -> None:
    """Add the commands."""
    everything = command(
        "compare",
        _compare,
        "compare groups of documents and write a page and tables",
        description="Read texts, repair them, compare each group with the others, and write one HTML page that works offline, "
        "tables and a manifest into a folder. Without --by each document is compared with all the others.",
    )
    add_paths(everything)
    everything.add_argument("--by", metavar="COLUMN", help="the metadata column that makes the groups")
    add_reading(everything)
    add_segmenting(everything)
    add_comparing(everything)

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
    add_cleaning(shown)
    add_segmenting(shown)
    add_comparing(shown)


def _demo(options: argparse.Namespace) -> None:
    from .. import demo

    # The names of the files, not the place where the package is installed, so that every machine makes the same tables.
    docs = demo.read()
    names = {path: Path(path).name for path in docs["path"].to_list()}
    options.paths, options.metadata = [], None
    _run_compare(
        options, lambda: docs.with_columns(pl.col("path").replace(names)), demo.folder(), [demo.metadata()]
    )


def _compare(options: argparse.Namespace) -> None:
    metadata = [Path(options.metadata)] if options.metadata else []
    _run_compare(options, lambda: inputs.read(options), Path(), metadata)


#: What is done besides the stages of ``compare``.
_STAGES: Final = ("read", "page", "tables")


def _run_compare(
    options: argparse.Namespace, read: Callable[[], pl.DataFrame], base: Path, metadata: Sequence[Path]
) -> None:
    """Do the main job: ``base`` is where the paths of the documents start, ``metadata`` the tables that describe them."""
    from ..report import manifest
    from ..report.compare import compare
    from ..report.limits import Limits
    from ..report.page import render

    started = datetime.datetime.now(datetime.timezone.utc)
    folder = prepare_folder(Path(options.out), options.force)
    total = len(STAGES) - len(options.without) + len(_STAGES)
    shown = {"file": sys.stderr, "bar_format": "{desc:<14}|{bar:24}| {n_fmt}/{total_fmt} [{elapsed}]"}
    # A bar on a terminal, nothing elsewhere.
    wanted = not options.quiet and sys.stderr.isatty()
    with reporting(wanted, options.command, total=total, unit="stages", **shown) as report:
        stages = Stages(report)
        stages("read")
        docs, left_out = _telling(read)
        stages.finish()
        found = compare(
            docs,
            options.by,
            repair=options.repair,
            script=None if options.script == "keep" else options.script,
            segmenter=segmenter(options),
            stop_words=stop_word_list(options),
            nodes=options.node,
            window=options.window,
            top=options.top,
            min_count=options.min_count,
            min_doc_freq=options.min_doc_freq,
            min_chars=options.min_chars,
            lines=options.lines,
            seed=options.seed,
            without=options.without,
            progress=report,
        )
        stages("page")
        limits = Limits(text_characters=options.text_limit)
        page = render(
            found,
            language=options.language,
            title=options.title,
            limits=limits,
            manifest=True,
            left_out=left_out,
        )
        outputs = [folder / "index.html"]
        guarded(outputs[0], outputs[0].write_bytes, page.encode("utf-8", "replace"))
        stages("tables")
        outputs += write_tables(found.tables(), folder / "tables", options.tables)
        paths = set(docs["path"].drop_nulls().to_list()) if "path" in docs.columns else set()
        # A member of an archive stands in it.
        names = sorted({name for path in paths if (name := _on_disk(path, base))})
        inputs = [manifest.file_facts(on_disk(base / name), name=name) for name in names]
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
            options={**found.facts(), **_command_options(options)},
            inputs=inputs,
            dictionaries=dictionaries,
            seeds={"layout": options.seed},
            outputs=[manifest.file_facts(path, name=path.relative_to(folder).as_posix()) for path in outputs],
            started=started,
            finished=datetime.datetime.now(datetime.timezone.utc),
            arguments=[shown_name(argument) for argument in options.arguments],
        )
        manifest.write(made, folder / "manifest.json")
        stages.finish()
    if not options.quiet:
        print(folder / "index.html")
    if options.open:
        webbrowser.open((folder / "index.html").resolve().as_uri())


def _telling(read: Callable[[], pl.DataFrame]) -> tuple[pl.DataFrame, list[str]]:
    """The documents, and the files that were left out with the reason; warnings are shown as ever."""
    left_out: list[str] = []
    show = warnings.showwarning

    def note(message: Warning | str, *others: Any, **more: Any) -> None:
        left_out.extend(getattr(message, "problems", ()))
        show(message, *others, **more)

    with warnings.catch_warnings():
        warnings.showwarning = note
        docs = read()
    return docs, left_out


def _on_disk(path: str, base: Path) -> str | None:
    """The file, or the archive that holds it, under the name that it was read by."""
    while not on_disk(base / path).is_file():
        above = path.rpartition("/")[0]
        if not above:
            return None
        path = above
    return path


def _command_options(options: argparse.Namespace) -> dict[str, Any]:
    """What the command line adds to the options of ``compare``; the folder is not part of it."""
    names = ("paths", "metadata", "user_dict", "suppress", "tables", "language", "title", "text_limit")
    told = {name: getattr(options, name) for name in names}
    # A name that is no UTF-8 cannot be written; it is found again under the name that is shown.
    told["paths"] = [shown_name(path) for path in told["paths"]]
    return told


def _shown(path: Path, base: Path) -> str:
    """A file of the package by its name alone, others as given."""
    return path.name if base != Path() else path.as_posix()
