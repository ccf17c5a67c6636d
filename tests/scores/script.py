"""Score ``dz.clean(script=...)`` against OpenCC's own cases and parallel sentences, and print the table.

python -m tests.scores.script FOLDER [--errors] [--peer]

FOLDER is the sample data with ``conversion/``. A case is right if the whole string is. Cases whose input mixes scripts where
the configuration of OpenCC reads only one (simplified characters that t2tw leaves) count as they stand. ``--peer`` scores the
package ``opencc`` beside, if it is installed.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

import polars as pl

import duizhao as dz

#: Configuration of OpenCC: the arguments that ask for the same here.
CONFIGURATIONS: dict[str, dict[str, object]] = {
    "t2s": {"script": "simplified"},
    "tw2s": {"script": "simplified"},
    "hk2s": {"script": "simplified"},
    "tw2sp": {"script": "simplified", "regional_words": True},
    "hk2sp": {"script": "simplified", "regional_words": True},
    "s2t": {"script": "traditional"},
    "s2tw": {"script": "taiwan"},
    "t2tw": {"script": "taiwan"},
    "s2twp": {"script": "taiwan", "regional_words": True},
    "s2hk": {"script": "hongkong"},
    "t2hk": {"script": "hongkong"},
    "s2hkp": {"script": "hongkong", "regional_words": True},
}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file without quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def cases(folder: Path) -> dict[str, list[tuple[str, str, str, str]]]:
    """Name, input, expectation and result of each case, by configuration."""
    groups = defaultdict(list)
    for row in rows(folder / "conversion" / "opencc_cases.tsv"):
        if row["config"] in CONFIGURATIONS:
            groups[row["config"]].append((row["id"], row["input"], row["expected"]))
    found = {}
    for config, arguments in CONFIGURATIONS.items():
        docs = pl.DataFrame({"text": [text for _, text, _ in groups[config]]})
        cleaned = dz.clean(docs, steps=["script"], **arguments)["text"].to_list()  # type: ignore[arg-type]
        found[config] = [(*case, result) for case, result in zip(groups[config], cleaned, strict=True)]
    return found


def sentences(folder: Path, script: str) -> tuple[int, int, int, int]:
    """Parallel sentences that come out whole, all of them, characters that do, and all; quotation marks apart."""
    pairs = rows(folder / "conversion" / "ud_gsd_trad_simp.dev.tsv")
    given, wanted = ("trad", "simp") if script == "simplified" else ("simp", "trad")
    docs = pl.DataFrame({"text": [row[given] for row in pairs]})
    marks = str.maketrans("「」『』", "“”‘’")
    whole = right = total = 0
    for row, result in zip(pairs, dz.clean(docs, steps=["script"], script=script)["text"], strict=True):  # type: ignore[arg-type]
        expected, got = row[wanted].translate(marks), result.translate(marks)
        whole += expected == got
        total += len(expected)
        right += sum(a == b for a, b in zip(expected, got, strict=False))
    return whole, len(pairs), right, total


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    found = cases(folder)
    for config, results in found.items():
        right = sum(expected == result for *_, expected, result in results)
        line = f"{config:6} {right:3} of {len(results):3}"
        if "--peer" in sys.argv:
            from opencc import OpenCC

            peer = OpenCC(config)
            line += f", opencc {sum(peer.convert(text) == expected for _, text, expected, _ in results):3}"
        print(line)
    for script in ("simplified", "traditional", "taiwan"):
        whole, pairs, right, total = sentences(folder, script)
        print(f"{script:12} {whole} of {pairs} sentences, {right} of {total} characters")
    if "--errors" in sys.argv:
        for config, results in found.items():
            for name, text, expected, result in results:
                if expected != result:
                    print("\n".join((f"-- {config} {name}", text, expected, result)))


if __name__ == "__main__":
    main()
