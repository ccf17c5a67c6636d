"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from .._base.inference import Inference

STANDARD: Final = "-"
FORMATS: Final = ("csv", "parquet", "json", "jsonl")
SUFFIXES: Final = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
STANDARD_INPUT: Final = {
    "text": ".txt",
    "html": ".html",
    "csv": ".csv",
    "jsonl": ".jsonl",
    "parquet": ".parquet",
}


class Command(Protocol):
    """Adds a command: its name, what runs it, one line of help, and options of ``add_parser``."""

    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], None], text: str, **details: Any
    ) -> argparse.ArgumentParser:
        """The parser of the new command, to add arguments to."""
        ...


def whole(least: int) -> Callable[[str], int]:
    """Return a converter to whole numbers of at least `least`."""

    def convert(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise argparse.ArgumentTypeError(f"must be a whole number of at least {least}; got {text!r}")
        return value

    return convert


def words(text: str) -> list[str]:
    """Split at commas."""
    return [word for word in (piece.strip() for piece in text.split(",")) if word]


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add the texts to read."""
    parser.add_argument(
        "paths", metavar="PATHS", nargs="+",
        help="files, folders or patterns (txt, md, html, pdf, docx, odt, zip; csv, jsonl, parquet, xlsx, ods with a column "
        "`text`); - is standard input",
    )  # fmt: skip


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add how to read and clean."""
    group = parser.add_argument_group("reading")
    group.add_argument(
        "--metadata", metavar="FILE", help="a table that describes the files (csv, jsonl or parquet)"
    )
    group.add_argument("--stdin-format", choices=tuple(STANDARD_INPUT), default=None,
                       help="what standard input holds (default: looked at; text if in doubt)")  # fmt: skip
    add_cleaning(parser)


def add_cleaning(parser: argparse.ArgumentParser) -> None:
    """Add how to clean."""
    group = parser.add_argument_group("cleaning")
    group.add_argument("--no-repair", dest="repair", action="store_false", help="take the texts as they are")
    group.add_argument("--script", choices=("simplified", "traditional", "taiwan", "hongkong", "keep"), default="simplified",
                       help="the script to turn texts into (default: %(default)s)")  # fmt: skip
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no progress bar, no messages but errors and warnings"
    )


def add_segmenting(parser: argparse.ArgumentParser, stop_words: str | None = "zh") -> None:
    """Add how to cut."""
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


def add_comparing(parser: argparse.ArgumentParser) -> None:
    """Add what the main job takes."""
    group = parser.add_argument_group("comparing")
    group.add_argument(
        "--node", metavar="WORD", action="append", help="a word whose neighbours to show; can be given again"
    )
    group.add_argument(
        "--window",
        metavar="N",
        type=whole(1),
        default=5,
        help="words to each side of a node (default: %(default)s)",
    )
    group.add_argument(
        "--top",
        metavar="N",
        type=whole(1),
        default=20,
        help="words to show for a group (default: %(default)s)",
    )
    group.add_argument(
        "--min-count",
        metavar="N",
        type=whole(1),
        default=3,
        help="occurrences a word needs to be shown (default: %(default)s)",
    )
    group.add_argument("--min-doc-freq", metavar="N", type=whole(1), default=None,
                       help="documents of the group it needs (default: half of them, at most 10)")  # fmt: skip
    group.add_argument(
        "--min-chars",
        metavar="N",
        type=whole(1),
        default=2,
        help="characters it needs (default: %(default)s)",
    )
    group.add_argument(
        "--seed", metavar="N", type=int, default=1, help="of the layout of networks (default: %(default)s)"
    )
    group.add_argument("--without", metavar="PARTS", type=words, default=[],
                       help="leave out claims, slogans, reuse (with commas between them)")  # fmt: skip
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
        "--language", choices=("zh", "en"), default="zh", help="language of the page (default: %(default)s)"
    )
    group.add_argument("--title", metavar="TEXT", help="heading of the page")
    group.add_argument(
        "--lines",
        metavar="N",
        type=whole(1),
        default=40,
        help="concordance lines to keep for a word (default: %(default)s)",
    )
    group.add_argument("--text-limit", metavar="N", type=whole(1), default=2_500_000,
                       help="characters of text up to which the page carries all texts (default: %(default)s)")  # fmt: skip
    group.add_argument("--open", action="store_true", help="open the page in a browser")


def add_inference(parser: argparse.ArgumentParser) -> None:
    """Add what a ``duizhao.Inference`` holds; nothing is drawn unless a number of replicates is given."""
    group = parser.add_argument_group("inference over documents")
    group.add_argument("--permutations", metavar="N", type=whole(0), default=0,
                       help="exchange the labels of the documents so often for a p-value, 1999 say (default: %(default)s)")  # fmt: skip
    group.add_argument("--resamples", metavar="N", type=whole(0), default=0,
                       help="draw the documents again so often for an interval, 1999 say (default: %(default)s)")  # fmt: skip
    group.add_argument("--blocks", metavar="COLUMNS", type=words, default=None,
                       help="exchange and draw only among documents of one value; several separated by commas")  # fmt: skip
    group.add_argument("--seed", metavar="N", type=whole(0), default=1, help="of both (default: %(default)s)")
    group.add_argument("--interval", choices=("percentile", "bca"), default="percentile",
                       help="how the interval is made (default: %(default)s)")  # fmt: skip
    group.add_argument("--level", metavar="P", type=float, default=0.95,
                       help="coverage of intervals, between 0 and 1 (default: %(default)s)")  # fmt: skip


def inference_of(options: argparse.Namespace) -> Inference:
    """What ``add_inference`` asked for."""
    from .._base.inference import Inference

    return Inference(
        permutations=options.permutations,
        resamples=options.resamples,
        blocks=options.blocks,
        seed=options.seed,
        interval=options.interval,
        level=options.level,
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add where one frame goes."""
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
