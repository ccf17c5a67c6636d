"""Guard the hot kernels against regressions by counting instructions under callgrind.

    python benches/instructions.py            # compare with benches/instructions.json
    python benches/instructions.py --write    # accept today's counts

Counts are repeatable for one binary, but differ by a few per cent between compilers and processors; the check fails where a kernel
takes over a tenth more than was written down, and says so where it takes a tenth less. Needs valgrind and a Rust toolchain.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STORED = Path(__file__).with_suffix(".json")
KERNELS = {
    "tokenize": "dictionary",
    "dfm": "none",
    "fcm": "none",
    "sequences": "none",
    "log_likelihood": "none",
    "permutations": "none",
    "tfidf": "none",
    "lookup": "none",
    "reuse": "none",
    "near_duplicates": "none",
    "numerals": "claim",
}
TOLERANCE = 0.1


def build() -> str:
    command = ["cargo", "bench", "--no-run", "--bench", "instructions", "--message-format", "json"]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return next(
        m["executable"] for m in found if m.get("executable") and m["target"]["name"] == "instructions"
    )


def count(binary: str, kernel: str) -> int:
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", binary],
        env={**os.environ, "KERNEL": kernel}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    match = re.search(r"Collected\s*:\s*(\d+)", run.stderr)
    assert match, run.stderr
    return int(match[1])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    binary = build()
    base = {name: count(binary, name) for name in sorted(set(KERNELS.values()))}
    counts = {name: count(binary, name) - base[below] for name, below in KERNELS.items()}
    if options.write:
        STORED.write_text(json.dumps(counts, indent=2) + "\n")
    stored = json.loads(STORED.read_text())
    slower = []
    for name, n in counts.items():
        change = n / stored[name] - 1
        print(
            f"{name:16} {n:15,} instructions, {change:+.1%}{'  (write it down)' if change < -TOLERANCE else ''}"
        )
        if change > TOLERANCE:
            slower.append(name)
    if slower:
        print(f"more instructions than in {STORED.name}: {', '.join(slower)}")
    return bool(slower)


if __name__ == "__main__":
    sys.exit(main())
