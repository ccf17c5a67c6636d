"""What the comparisons share: texts, alternation, ratios, peak memory, Markdown.

A script has a function that builds groups of contenders over one input; the first contender of a group is what the others are held
against. Contenders run in alternation (A B C, A B C, …) after one round that is not counted, so that a machine that drifts drifts for
all. Peak memory is that of a further process that builds the same input and runs one contender once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import polars as pl

import duizhao as dz

DEFAULT_FOLDER = Path(__file__).parents[2] / "shared/data/localregs"
Runs = Mapping[str, Callable[[], object]]


@dataclass(frozen=True)
class Group:
    """Contenders for one job."""

    title: str
    runs: Runs
    #: Times the rounds that the user asks for; 0 for a job so long that it runs once, without a round before.
    rounds: int = 1
    #: What is worked through, in megabytes of text; 0 if that says nothing.
    megabytes: float = 0.0


def parser(doc: str) -> argparse.ArgumentParser:
    """The arguments of every comparison."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER, help="text files (UTF-8)")
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--megabytes", type=float, default=10.0, help="texts are read up to this size")
    made.add_argument("--times", type=int, default=1, help="how often the texts come, under new ids")
    made.add_argument("--output", type=Path, default=None, help="Markdown file to append the tables to")
    made.add_argument("--no-memory", action="store_true", help="leave the peaks out")
    made.add_argument("--peak", default=None, help=argparse.SUPPRESS)
    return made


def load(options: argparse.Namespace) -> list[str]:
    """Texts of the folder in the order of their paths, up to the size that is wanted, so many times."""
    texts: list[str] = []
    left = options.megabytes * 1e6
    for path in sorted(options.folder.rglob("*.txt")):
        if left <= 0:
            break
        texts.append(path.read_text(encoding="utf-8"))
        left -= len(texts[-1].encode())
    if not texts:
        sys.exit(f"no .txt file under {options.folder}")
    return texts * int(options.times)


def megabytes(texts: Sequence[str]) -> float:
    """Size in UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def optional(name: str) -> ModuleType | None:
    """A peer, or None with a line that says so."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"left out: {name} cannot be imported ({error})", file=sys.stderr)
        return None


def peak() -> float:
    """The most memory that this process has held, in MB (Linux; 0 elsewhere)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return (
        next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        / 1024
    )


def measure(runs: Runs, rounds: int) -> dict[str, list[float]]:
    """Seconds of each contender in each round."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1) if rounds else range(1, 2):
        for name, run in runs.items():
            started = time.perf_counter()
            run()
            if turn:
                seconds[name].append(time.perf_counter() - started)
    return seconds


def in_a_process(code: str, rounds: int = 5, environment: Mapping[str, str] | None = None) -> float:
    """Median of what the code prints, each time in a new process."""
    command = [sys.executable, "-c", code]
    env = {**os.environ, **(environment or {})}
    return statistics.median(
        float(subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout)
        for _ in range(rounds)
    )


def table(group: Group, seconds: Mapping[str, Sequence[float]], peaks: Mapping[str, str]) -> str:
    """The group as Markdown."""
    first = next(iter(seconds.values()))
    lines = [f"**{group.title}**", ""]
    lines.append("| contender | median s | min – max | × first | MB/s | peak MB (before) |")
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for name, values in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(values, first, strict=True))
        median = statistics.median(values)
        speed = f"{group.megabytes / median:.1f}" if group.megabytes else ""
        lines.append(
            f"| {name} | {median:.4g} | {min(values):.4g} – {max(values):.4g} | {ratio:.2f} | {speed} | {peaks.get(name, '')} |"
        )
    return "\n".join([*lines, ""])


def machine() -> str:
    """Date, machine and versions in a line."""
    load_now = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{date.today()}; {os.cpu_count()} cores{load_now}; {platform.system()} {platform.machine()}; "
        f"Python {platform.python_version()}, polars {pl.__version__}, duizhao {dz.__version__}"
    )


def run(script: str, options: argparse.Namespace, build: Callable[[argparse.Namespace], list[Group]]) -> None:
    """Measure all groups, print them, and append them to the file that is asked for."""
    groups = build(options)
    if options.peak is not None:
        title, name = options.peak.split("\x1f")
        before = peak()
        next(group for group in groups if group.title == title).runs[name]()
        print(f"{peak():.0f} ({before:.0f})")
        return
    parts = [f"## {Path(script).stem}", "", machine(), ""]
    print("\n".join(parts))
    for group in groups:
        seconds = measure(group.runs, group.rounds * options.rounds)
        peaks = {} if options.no_memory else {name: _peak_of(script, group, name) for name in group.runs}
        parts.append(table(group, seconds, peaks))
        print(parts[-1], flush=True)
    if options.output is not None:
        with options.output.open("a", encoding="utf-8") as out:
            out.write("\n".join(parts) + "\n")


def _peak_of(script: str, group: Group, name: str) -> str:
    command = [sys.executable, script, *sys.argv[1:], "--peak", f"{group.title}\x1f{name}"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    return made.stdout.strip().splitlines()[-1] if made.returncode == 0 and made.stdout.strip() else "?"
