"""Write ``docs/discourse/lists.md`` from the heads of the lists of words: ``python docs/make_lists.py [--check]``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LISTS = ROOT / "src" / "lists"
PAGE = ROOT / "docs" / "discourse" / "lists.md"
KEYS = ("for", "from", "order", "columns", "repeats", "script")
TOPICS = {
    "boilerplate": "Page furniture and what is around a text: [clean](../guide/clean.md)",
    "claims": "Quantified claims: [claims](claims.md)",
    "entities": "Named bodies and persons: [entities](entities.md)",
    "number": "Numbers and what stands around them: [claims](claims.md)",
    "quotations": "Quotations and who said them: [quotations](quotations.md)",
    "register": "Words that the profile of a register counts: [register](register.md)",
    "script": "What the dictionaries of conversion lack or take otherwise: [script](../guide/script.md)",
    "slogans": "Labels, series, set phrases: [slogans](slogans.md)",
    "text": "Characters, encodings, sentences: [clean](../guide/clean.md), [reading](../guide/reading.md)",
    "titles": "Titles in book-title marks: [titles](titles.md)",
}
OPENING = """\
# Lists of words

<!-- Written by docs/make_lists.py from the heads of the files: edit those, not this page. -->

What the rules of duizhao ask of the language stands in lists that can be read and mended without knowing Rust: one file a list, one entry a line. This
page links all {lists} of them ({entries} entries). From Python:

```python
>>> import duizhao as dz
>>> dz.word_lists("claims/light_verbs").select("list", "entry").row(0)
('claims/light_verbs', '举办')

```

## What the head says of the source

`# from:` says what was opened and when: "looked up" and "compared" name the data, its version and its licence, and how many entries were found there.
Found in a dictionary or a text means that it is a word, not that a rule uses it rightly: that is judged by hand and measured by the scorers. "checked
against nothing" means just that. Where entries were changed since, the numbers of the head are those of its date.

## How to mend a list

1. Open the file (a link below). Its head says what the list is for (`# for:`), where it comes from (`# from:`), whether the order of the
   lines matters (`# order:`), and, where a line has several columns, what they are (`# columns:`; a tab stands between them).
2. Add, change or remove lines: one entry a line, simplified characters, no blanks around it, no entry twice. Where the order is `none` the
   lines are sorted by code point: `LC_ALL=C sort` does it, below the head.
3. Build again (`maturin develop --release`) and check the files: `cargo test --test rust lists`. What is wrong is named by file and line.
4. Write this page again, for the number of entries: `python docs/make_lists.py`.
5. Look at what changes. The scores on annotated texts: `python -m tests.scores.claims ../shared/data/gold`, and likewise
   `tests.scores.slogans`; `python -m tests.scores.entities ../shared/data` and `tests.scores.samples`, with `--errors` for every miss and
   false alarm. On texts of your own: run the finder before and after, and compare the frames with a join.
6. A word that helps one text and hurts the scores does not belong there; one that helps should be a word of the language, not of that text.
   Say in the pull request which of the two you looked at, and note a change of results in `CHANGELOG.md`.

A new list needs a rule that asks it: see "Add a word list" in [CONTRIBUTING](../../CONTRIBUTING.md).
"""


class Words(NamedTuple):
    """A file: its name, its head by key, its lines."""

    name: str
    head: dict[str, str]
    lines: list[str]


def read(path: Path) -> Words:
    """Head and lines of a file."""
    head: dict[str, str] = {}
    key, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            word, colon, rest = line[1:].strip().partition(":")
            if colon and word in KEYS:
                key, text = word, rest
            else:
                text = line[1:]
            head[key] = f"{head.get(key, '')} {text.strip()}".strip()
        elif line:
            lines.append(line)
    return Words(path.relative_to(LISTS).with_suffix("").as_posix(), head, lines)


def page() -> str:
    """The text of the page."""
    lists = [read(path) for path in sorted(LISTS.glob("*/*.txt"))]
    parts = [OPENING.format(lists=len(lists), entries=sum(len(words.lines) for words in lists))]
    topics = sorted({words.name.split("/")[0] for words in lists})
    for topic in topics:
        parts.append(
            f"\n## {topic}\n\n{TOPICS[topic]}\n\n| list | for | entries | begins with |\n| --- | --- | --- | --- |\n"
        )
        for words in lists:
            if words.name.split("/")[0] != topic:
                continue
            purpose = words.head["for"]
            for key, text in (("columns", "columns: "), ("order", "order: "), ("script", "script: ")):
                if key in words.head and words.head[key] != "none":
                    purpose += f"; {text}{words.head[key]}"
            first = "、".join(line.split("\t")[0] for line in words.lines[:5])
            name = words.name.split("/")[1]
            link = f"[{name}](../../src/lists/{words.name}.txt)"
            cells = (link, purpose, str(len(words.lines)), first)
            parts.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n")
    return "".join(parts)


def main() -> int:
    """Write the page, or say whether it is up to date."""
    text = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != text:
            print("docs/discourse/lists.md is out of date: run `python docs/make_lists.py`")
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
