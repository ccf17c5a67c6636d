"""Finders on one thread: this version beside another one, and texts made to be slow.

    python benches/finders.py FOLDER [--other PACKAGES] [--rounds 5] [--megabytes 4] [--size 20000]

PACKAGES is a folder that holds another version of `duizhao` (its `python` folder, or where it was installed). Both versions run in
processes of their own with one thread, in turns (this, other, this, other, …) after a turn that is not counted; the ratio is the median of the
ratios of the turns, this version's seconds over the other's. The second table has texts that hold one thing over and over, `--size`
characters and four times as many: a finder whose time grows with the length of its text needs about four times as long.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from _bench import load, machine, megabytes, parser

FINDERS = ("claims", "slogans", "persons", "bodies", "quotations")

#: What a text consists of that is made to be slow.
REPEATED = {
    "digits": "1234567890",
    "groups of three": "111,",
    "ordinals": "第一，",
    "powers": "百亿",
    "Chinese digits": "一二三四五六七八九",
    "commas": "，",
    "ideographic commas": "甲、乙、",
    "series": "抓落实、促发展、保稳定、",
    "opening marks": "“",
    "quotations": "“甲”",
    "marks in marks": "“‘",
    "straight marks": "好。'\"",
    "surnames": "王李张刘",
    "posts": "主席书记部长",
    "figures": "增长1%、",
    "plans": "将要到2030年",
    "full stops": "好.",
}

#: Runs in a process of its own: a line for each line that it is sent, with the seconds of each finder.
CHILD = """
import json, sys, time
import duizhao as dz
for line in sys.stdin:
    texts = json.loads(line)
    seconds = {}
    for name in FINDERS:
        started = time.perf_counter()
        getattr(dz, name)(texts)
        seconds[name] = time.perf_counter() - started
    print(json.dumps(seconds), flush=True)
"""


class Version:
    """A version of the package in a process with one thread."""

    def __init__(self, packages: Path | None) -> None:
        environment = {**os.environ}
        for name in ("DUIZHAO_MAX_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS"):
            environment[name] = "1"
        if packages is not None:
            environment["PYTHONPATH"] = str(packages)
        code = CHILD.replace("FINDERS", repr(FINDERS))
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seconds(self, texts: Sequence[str]) -> dict[str, float]:
        """Seconds of each finder on some texts."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self.process.stdin.write(json.dumps(list(texts)) + "\n")
        self.process.stdin.flush()
        answer: dict[str, float] = json.loads(self.process.stdout.readline())
        return answer


def compare(texts: Sequence[str], versions: dict[str, Version], rounds: int) -> str:
    """Seconds of each finder and version, and the ratio, as Markdown."""
    turns: dict[str, list[dict[str, float]]] = {name: [] for name in versions}
    for turn in range(rounds + 1):
        for name, version in versions.items():
            seconds = version.seconds(texts)
            if turn:
                turns[name].append(seconds)
    size = megabytes(texts)
    lines = [f"**{size:.1f} MB of text, one thread**", ""]
    lines.append(
        "| finder | " + " | ".join(f"{name}, median s | MB/s" for name in versions) + " | this / other |"
    )
    lines.append("| --- " * (2 + 2 * len(versions)) + "|")
    for finder in FINDERS:
        cells = []
        for runs in turns.values():
            median = statistics.median(run[finder] for run in runs)
            cells.append(f"{median:.4g} | {size / median:.2f}")
        ratio = ""
        if len(versions) > 1:
            this, other = turns.values()
            ratio = (
                f"{statistics.median(a[finder] / b[finder] for a, b in zip(this, other, strict=True)):.3f}"
            )
        lines.append(f"| {finder} | " + " | ".join(cells) + f" | {ratio} |")
    return "\n".join([*lines, ""])


def growth(version: Version, size: int, rounds: int) -> str:
    """How much longer each finder takes for four times as much of the same, as Markdown."""
    lines = [
        f"**{size} characters, and four times as many: seconds for the longer text (times the shorter)**",
        "",
    ]
    lines.append("| text | " + " | ".join(FINDERS) + " |")
    lines.append("| --- " * (1 + len(FINDERS)) + "|")
    for name, piece in REPEATED.items():
        short = (piece * (size // len(piece) + 1))[:size]
        runs = [(version.seconds([short]), version.seconds([short * 4])) for _ in range(rounds)]
        cells = []
        for finder in FINDERS:
            before = min(run[0][finder] for run in runs)
            after = min(run[1][finder] for run in runs)
            cells.append(f"{after:.4g} ({after / before:.1f})")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def main() -> None:
    made: argparse.ArgumentParser = parser(__doc__ or "")
    made.add_argument("--other", type=Path, default=None, help="folder that holds another version of duizhao")
    made.add_argument(
        "--size", type=int, default=20_000, help="characters of the shorter texts made to be slow"
    )
    options = made.parse_args()
    versions = {"this": Version(None)}
    if options.other is not None:
        versions["other"] = Version(options.other)
    parts = ["## finders", "", machine(), ""]
    print("\n".join(parts))
    for table in (
        lambda: compare(load(options), versions, options.rounds),
        lambda: growth(versions["this"], options.size, min(options.rounds, 3)),
    ):
        parts.append(table())
        print(parts[-1], flush=True)
    if options.output is not None:
        with options.output.open("a", encoding="utf-8") as out:
            out.write("\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
