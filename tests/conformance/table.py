"""The page of the docs."""

from __future__ import annotations

from collections.abc import Sequence

from .row import Missing, Row

_HEAD = """# Conformance

The figures of this package beside those of others: papers, quanteda, scikit-learn, scipy and more. A test computes ours afresh,
holds each against its tolerance, and compares this page with what it computed. It is written by
`python tests/golden/make_conformance.py`; do not edit it by hand.

A row is one figure, or a block of *n* figures of one kind; of a block the figure that is largest at theirs is shown, and the
largest difference of all. `rel` marks a difference that is a share of |theirs| (of 1 where theirs is smaller). Where a paper
prints few digits the tolerance is half a unit of the last one. What is smaller than 1e-9 is not told apart.
"""

_COLUMNS = ("statistic", "call", "source", "n", "ours", "theirs", "difference", "tolerance")


def _figure(value: float) -> str:
    if value != value:
        return "undefined"
    if abs(value) < 5e-13:
        return "0"
    return f"{value:.7g}".replace("inf", "∞")


def _difference(value: float) -> str:
    return "< 1e-9" if value < 1e-9 else f"{value:.1e}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(rows: list[Row]) -> list[str]:
    lines = [_line(_COLUMNS), _line(["---"] * len(_COLUMNS))]
    for row in rows:
        place, unit = row.largest(), " rel" if row.relative else ""
        lines.append(
            _line(
                [
                    row.statistic,
                    f"`{row.call}`",
                    row.source + (f" (`{row.entry}`)" if row.entry else ""),
                    f"{row.ours.size:,}",
                    _figure(row.ours[place]),
                    _figure(row.theirs[place]),
                    _difference(float(row.differences().max())) + unit,
                    f"{row.tolerance:.2g}{unit}",
                ]
            )
        )
    return lines


def page(rows: list[Row], missing: list[Missing]) -> str:
    """The whole page, in Markdown."""
    titles = {
        "Published figures": [row for row in rows if row.entry],
        "quanteda": [row for row in rows if not row.entry and row.source.startswith("quanteda")],
        "Other libraries": [row for row in rows if not row.entry and not row.source.startswith("quanteda")],
    }
    parts = [_HEAD]
    for title, chosen in titles.items():
        parts.append(f"\n## {title}\n\n" + "\n".join(_table(chosen)) + "\n")
    notes = sorted({row.note for row in rows if row.note})
    if notes:
        parts.append(
            "\n## Where theirs is not the definition\n\n" + "\n".join(f"- {note}" for note in notes) + "\n"
        )
    parts.append("\n## Not compared\n\n")
    lines = [_line(["entry", "source", "figures", "reason"]), _line(["---"] * 4)]
    for item in missing:
        figures = ", ".join(f"{name} {value}" for name, value in item.figures.items())
        lines.append(_line([f"`{item.entry}`", item.source, figures, item.reason]))
    parts.append("\n".join(lines) + "\n")
    return "".join(parts)
