"""Every comparison with the peers, one after the other, each in a process of its own.

    python benches/run_all.py [FOLDER] [--quick] [--only NAME] [--output FILE.md]

Needs a release build of duizhao; peers that are not installed are left out with a line on standard error (`pip install jieba rjieba scikit-learn
scipy datasketch gensim nltk textacy scattertext pandas` gets them all). `--quick` takes a megabyte of text and one round: it shows that everything runs,
its figures mean little. Without it the machine should do nothing else for about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from _bench import DEFAULT_FOLDER

HERE = Path(__file__).parent

#: Script, its arguments in earnest, its arguments for a quick look.
COMPARISONS = {
    "peers": (["--megabytes", "10"], ["--megabytes", "1"]),
    "counts": (["--megabytes", "30"], ["--megabytes", "1"]),
    "collocations": (["--megabytes", "10"], ["--megabytes", "1"]),
    "keywords": (["--megabytes", "10"], ["--megabytes", "1"]),
    "similarity": (["--megabytes", "30", "--documents", "20000"], ["--megabytes", "1", "--documents", "500"]),
}


def main() -> int:
    """Run them; the number of those that failed."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--only", choices=tuple(COMPARISONS), action="append")
    arguments.add_argument("--output", type=Path, default=None)
    options = arguments.parse_args()
    if options.output is not None:
        options.output.write_text("# Comparisons with the peers\n\n", encoding="utf-8")
    failed = 0
    for name in options.only or COMPARISONS:
        earnest, quick = COMPARISONS[name]
        command = [sys.executable, str(HERE / f"compare_{name}.py"), str(options.folder)]
        command += [*quick, "--rounds", "1", "--no-memory"] if options.quick else earnest
        if options.output is not None:
            command += ["--output", str(options.output)]
        made = subprocess.run(command, check=False)
        if made.returncode:
            failed += 1
            print(f"compare_{name}.py ended with {made.returncode}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
