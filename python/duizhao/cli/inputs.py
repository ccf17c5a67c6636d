"""What a command reads: texts, segmenter, stop words."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from ..errors import NoDocumentsError, ParameterError
from .arguments import STANDARD, STANDARD_INPUT


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
        path = Path(folder) / f"stdin{STANDARD_INPUT[kind]}"
        path.write_bytes(data)
        yield [str(path) if given == STANDARD else given for given in options.paths]


def read(options: argparse.Namespace) -> pl.DataFrame:
    """Read the documents that the arguments name."""
    from .. import read_texts

    with _files(options) as paths:
        docs = read_texts(paths, metadata=options.metadata)
        given = set(options.paths)
        names = {path: STANDARD for path in paths if path not in given}
    if names and "path" in docs.columns:
        docs = docs.with_columns(pl.col("path").replace(names))
    return docs


def read_clean(options: argparse.Namespace, *, regional_words: bool = False) -> pl.DataFrame:
    """Read them, and clean them unless told not to."""
    from ..text.clean import clean

    docs = read(options)
    # A table that `duizhao clean` wrote is not cleaned again.
    if not options.repair or "raw_text" in docs.columns:
        return docs
    script = None if options.script == "keep" else options.script
    return clean(docs, script=script, regional_words=regional_words)


def segmenter(options: argparse.Namespace, *, pos: bool = False) -> Any:
    """Make the segmenter that the arguments describe."""
    from ..text.segmenter import Segmenter

    return Segmenter(hmm=options.hmm, pos=pos, user_dict=options.user_dict, suppress=options.suppress)


def stop_word_list(options: argparse.Namespace) -> Any:
    """``"zh"``, None, or the words of a file."""
    given = options.stop_words
    if given in (None, "none"):
        return None
    if given == "zh":
        return "zh"
    from ..text.word_files import read_word_list

    return read_word_list(given, argument="stop_words")


def cut(
    options: argparse.Namespace,
    *,
    docs: pl.DataFrame | None = None,
    pos: bool = False,
    punctuation: bool = True,
) -> Any:
    """Read, clean and cut; stop words, and punctuation and symbols unless they stay, leave their place."""
    from ..corpus.functions import tokens
    from ..text.stop_words import stop_words

    remove = stop_word_list(options)
    return tokens(
        read_clean(options) if docs is None else docs,
        segmenter=segmenter(options, pos=pos),
        remove=stop_words(remove) if isinstance(remove, str) else remove,
        remove_punctuation=not punctuation,
        remove_symbols=not punctuation,
        padding=True,
    )


def counts(options: argparse.Namespace) -> Any:
    """The tokens of the texts without stop words and punctuation, with padding."""
    return cut(options, punctuation=False)
