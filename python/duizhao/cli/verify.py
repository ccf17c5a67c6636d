"""``duizhao verify``: repeat a run from its manifest and compare what comes out."""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import DataError, FileError, ParameterError
from ..report import manifest
from .arguments import STANDARD, Command


def add(command: Command) -> None:
    """Add the command."""
    step = command(
        "verify",
        _verify,
        "repeat a run from its manifest and compare what comes out",
        description="Check the inputs that a manifest.json lists, run the same command with the same options again, and compare "
        "the outputs byte by byte. One line a file on standard output: what it is, its path, and whether it is the same. Exit code 1 "
        "where something differs.",
    )
    step.add_argument("manifest", metavar="MANIFEST", help="a manifest.json that `compare` or `demo` wrote")
    step.add_argument(
        "--directory", metavar="DIR", default=".",
        help="where the paths in the manifest start: the folder in which the command was run (default: here)",
    )  # fmt: skip
    step.add_argument("--keep", metavar="DIR", help="keep what the new run writes in this folder")
    step.add_argument("-q", "--quiet", action="store_true", help="no line for files that are the same")


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = Path.cwd()
    try:
        os.chdir(folder)
    except OSError as error:
        raise FileError(f"cannot enter {folder!r}: {error.strerror or error}") from error
    try:
        yield
    finally:
        os.chdir(before)


def _verify(options: argparse.Namespace) -> None:
    earlier = manifest.read(options.manifest)
    given = list(earlier.get("run", {}).get("arguments", ()))
    if earlier["reproducible"]["command"] not in ("compare", "demo") or not given:
        raise ParameterError("`MANIFEST` must come from `duizhao compare` or `duizhao demo`")
    if STANDARD in given:
        raise ParameterError("`MANIFEST` must name its inputs; this run read standard input")
    keep = None if options.keep is None else str(Path(options.keep).resolve())
    with contextlib.ExitStack() as stack:
        stack.enter_context(_inside(options.directory))
        for kind, before, now in manifest.changed_versions(earlier):
            print(f"version\t{kind}\t{before} then, {now} now")
        rows = [] if earlier["reproducible"]["command"] == "demo" else manifest.check_inputs(earlier)
        if all(row.status == "same" for row in rows):
            folder = keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="duizhao-"))
            again = options.make_parser().parse_args(given)
            again.arguments, again.out, again.force, again.quiet, again.open = (
                given,
                folder,
                True,
                True,
                False,
            )
            again.run(again)
            rows += manifest.compare_outputs(earlier, manifest.read(Path(folder) / "manifest.json"))
    for row in rows:
        if row.status != "same" or not options.quiet:
            print(f"{row.role}\t{row.path}\t{row.status}")
    wrong = [row for row in rows if row.status != "same"]
    if wrong:
        what = "the inputs are not those of the manifest" if wrong[0].role != "output" else "outputs differ"
        raise DataError(f"{what}: {len(wrong)} of {len(rows)} files")
    if not options.quiet:
        print(f"all {len(rows)} files are the same")
