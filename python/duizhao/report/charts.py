"""Charts as inline SVG: text escaped, a title and a description each, colours from the page's style sheet.

All are drawn on a canvas about as wide as a telephone held upright, so that their letters stay readable when the page is narrow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from .numbers import compact, fixed

__all__ = ["Bar", "Dot", "Link", "bars", "heat_map", "network", "text_width"]

WIDTH = 480
_STEPS = 9  # shades of the heat map, as classes h0 … h8


@dataclass(frozen=True, slots=True)
class Bar:
    """One word of a diverging chart."""

    word: str
    value: float
    detail: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One word of a network: place in the unit square (0 … 1), weight 0 … 1."""

    word: str
    x: float
    y: float
    weight: float
    centre: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Link:
    """A line of a network between two words: weight 0 … 1; ``spoke`` if it ends in the node."""

    source: str
    target: str
    weight: float
    spoke: bool


def text_width(text: str, size: float) -> float:
    """Return roughly how wide a text is drawn: full-width characters one em, others 0.58.

    >>> text_width("党建", 10)
    20.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.58 for c in text) * size


def shorten(text: str, ems: float) -> str:
    """Cut a text to a width in ems, with an ellipsis."""
    if text_width(text, 1) <= ems:
        return text
    kept = ""
    for character in text:
        if text_width(kept + character, 1) > ems - 1:
            break
        kept += character
    return kept + "…"


def _svg(
    body: Iterable[str],
    width: float,
    height: float,
    identifier: str,
    title: str,
    description: str,
    extra: str = "",
) -> Markup:
    return Markup(
        f'<svg viewBox="0 0 {width:g} {height:g}" role="group" aria-labelledby="{escape(identifier)}-t {escape(identifier)}-d"{extra}>'
        f'<title id="{escape(identifier)}-t">{escape(title)}</title><desc id="{escape(identifier)}-d">{escape(description)}</desc>'
        f"{''.join(body)}</svg>"
    )


def bars(rows: Sequence[Bar], *, identifier: str, title: str, description: str, axis: str) -> Markup:
    """Diverging bars around a common axis, in the order given; each word can be clicked."""
    line, top, bottom = 22.0, 6.0, 26.0
    height = top + line * len(rows) + bottom
    high = max((row.value for row in rows), default=0.0)
    low = min((row.value for row in rows), default=0.0)
    high, low = max(high, 0.0), min(low, 0.0)
    # Words stand on the other side of the axis, so each side needs room for the words of the other one.
    label = 118.0
    value_room = 46.0
    span = (high - low) or 1.0
    room = WIDTH - 2 * value_room
    left = room * -low / span
    left = max(left, label - value_room) if high > 0 else left
    left = min(left, room - (label - value_room)) if low < 0 else left
    zero = value_room + left
    scale = min(
        (zero - value_room) / -low if low < 0 else 1e300,
        (WIDTH - value_room - zero) / high if high > 0 else 1e300,
    )
    out = [f'<line class="axis" x1="{zero:.1f}" x2="{zero:.1f}" y1="{top}" y2="{height - bottom + 2:.1f}"/>']
    for i, row in enumerate(rows):
        y = top + line * i
        length = abs(row.value) * scale
        positive = row.value >= 0
        x = zero if positive else zero - length
        word_x, anchor = (zero - 6, "end") if positive else (zero + 6, "start")
        value_x, value_anchor = (zero + length + 4, "start") if positive else (zero - length - 4, "end")
        word = escape(row.word)
        out.append(
            f'<g class="bar {"pos" if positive else "neg"}" role="button" tabindex="0" data-w="{word}">'
            f"<title>{word}: {escape(row.detail)}</title>"
            f'<rect class="hit" x="0" y="{y:.1f}" width="{WIDTH}" height="{line}"/>'
            f'<rect class="fill" x="{x:.1f}" y="{y + 4:.1f}" width="{max(length, 0.5):.1f}" height="{line - 8}"/>'
            f'<text x="{word_x:.1f}" y="{y + 16:.1f}" text-anchor="{anchor}" class="word">{escape(shorten(row.word, 7.6))}</text>'
            f'<text x="{value_x:.1f}" y="{y + 15.5:.1f}" text-anchor="{value_anchor}" class="value">{compact(row.value)}</text></g>'
        )
    middle = min(max(zero, text_width(axis, 6)), WIDTH - text_width(axis, 6))
    out.append(
        f'<text class="caption" x="{middle:.1f}" y="{height - 8:.1f}" text-anchor="middle">{escape(axis)}</text>'
    )
    return _svg(out, WIDTH, height, identifier, title, description, ' class="chart bars"')


def network(
    dots: Sequence[Dot], links: Sequence[Link], *, identifier: str, title: str, description: str
) -> Markup:
    """Words as circles, pairs as lines; places come from the caller, words that would overlap are moved apart."""
    width, height, size = 520.0, 460.0, 15.0
    boxes = _spread(dots, width, height, size)
    place = {dot.word: box for dot, box in zip(dots, boxes, strict=True)}
    out = ['<g class="links">']
    for link in sorted(links, key=lambda k: (k.spoke, k.weight)):
        a, b = place[link.source], place[link.target]
        out.append(
            f'<line class="{"spoke" if link.spoke else "side"}" x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" '
            f'stroke-width="{0.8 + (4.0 if link.spoke else 2.0) * link.weight:.2f}"/>'
        )
    out.append("</g>")
    for dot, (x, y, _, _, radius) in zip(dots, boxes, strict=True):
        word = escape(dot.word)
        out.append(
            f'<g class="dot{" centre" if dot.centre else ""}" role="button" tabindex="0" data-w="{word}">'
            f"<title>{word}: {escape(dot.detail)}</title>"
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
            f'<text x="{x:.1f}" y="{y + radius + size * 0.95:.1f}" text-anchor="middle">{escape(shorten(dot.word, 9))}</text></g>'
        )
    return _svg(out, width, height, identifier, title, description, ' class="chart network"')


def _spread(
    dots: Sequence[Dot], width: float, height: float, size: float
) -> list[tuple[float, float, float, float, float]]:
    """Give each dot a box (circle with the word below) in the canvas and push overlapping boxes apart: (x, y, w, h, radius)."""
    boxes: list[list[float]] = []
    for dot in dots:
        radius = 6 + 11 * dot.weight if not dot.centre else 17
        w = max(2 * radius, text_width(shorten(dot.word, 9), size)) + 6
        h = 2 * radius + size * 1.25
        boxes.append([dot.x * width, dot.y * height, w, h, radius])

    def clamp(box: list[float]) -> None:
        _, _, w, h, radius = box
        box[0] = min(max(box[0], w / 2), width - w / 2)
        box[1] = min(max(box[1], radius + 2), height - (h - radius) - 2)

    for box in boxes:
        clamp(box)
    for _ in range(400):
        moved = False
        for i in range(len(boxes)):
            for j in range(i + 1, len(boxes)):
                a, b = boxes[i], boxes[j]
                # Box centres lie below circle centres by half the word's height.
                dx = b[0] - a[0]
                dy = (b[1] + b[3] / 2 - b[4]) - (a[1] + a[3] / 2 - a[4])
                over_x = (a[2] + b[2]) / 2 - abs(dx)
                over_y = (a[3] + b[3]) / 2 - abs(dy)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                axis, push = (0, over_x) if over_x < over_y else (1, over_y)
                sign = 1.0 if (dx if axis == 0 else dy) >= 0 else -1.0
                share_a, share_b = (
                    (0.0, 1.0) if dots[i].centre else (1.0, 0.0) if dots[j].centre else (0.5, 0.5)
                )
                a[axis] -= sign * (push * share_a + 0.1 * (share_a > 0))
                b[axis] += sign * (push * share_b + 0.1 * (share_b > 0))
                clamp(a)
                clamp(b)
        if not moved:
            break
    return [(x, y, w, h, r) for x, y, w, h, r in boxes]


def heat_map(
    labels: Sequence[str],
    groups: Sequence[int],
    values: Sequence[Sequence[float | None]],
    *,
    identifier: str,
    title: str,
    description: str,
    diagonal: bool = False,
) -> tuple[Markup, float, float]:
    """A square of shaded cells, ordered as given; returns the picture and the values of the lightest and the darkest shade.

    Cells of a shade are one path, so that a hundred documents stay small; the page's script reads single values from
    the data that go with it. The diagonal is left out unless asked for, because a document always equals itself.
    """
    n = len(labels)
    shown = [
        v for i, row in enumerate(values) for j, v in enumerate(row) if v is not None and (diagonal or i != j)
    ]
    low, high = (min(shown), max(shown)) if shown else (0.0, 1.0)
    show_labels = n <= 45
    font = min(13.0, max(7.5, 380 / max(n, 1) * 0.8))
    margin = (
        min(150.0, max((text_width(shorten(label, 10), font) for label in labels), default=0.0) + 14)
        if show_labels
        else 14.0
    )
    cell = (WIDTH - margin) / max(n, 1)
    legend = 34.0
    paths: list[list[str]] = [[] for _ in range(_STEPS)]
    blanks: list[str] = []
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            piece = f"M{margin + j * cell:.2f} {i * cell:.2f}h{cell:.2f}v{cell:.2f}h-{cell:.2f}z"
            if value is None or (i == j and not diagonal):
                blanks.append(piece)
                continue
            step = int((value - low) / (high - low) * _STEPS) if high > low else 0
            paths[min(max(step, 0), _STEPS - 1)].append(piece)
    out = [f'<path class="h-blank" d="{"".join(blanks)}"/>'] if blanks else []
    out += [f'<path class="h{step}" d="{"".join(pieces)}"/>' for step, pieces in enumerate(paths) if pieces]
    for i, (label, group) in enumerate(zip(labels, groups, strict=True)):
        y = i * cell
        out.append(
            f'<rect class="g{group % 8}" x="{margin - 8:.2f}" y="{y:.2f}" width="6" height="{cell + 0.05:.2f}"/>'
        )
        if show_labels:
            out.append(
                f'<text x="{margin - 11:.1f}" y="{y + cell / 2 + font * 0.36:.2f}" text-anchor="end" style="font-size:{font:.1f}px">'
                f"{escape(shorten(label, 10))}</text>"
            )
    side = cell * n
    out.append(
        f'<rect class="cursor" x="{margin:.2f}" y="0" width="{cell:.2f}" height="{cell:.2f}" visibility="hidden"/>'
    )
    step_width = min(22.0, (WIDTH - margin - 110) / _STEPS)
    x = margin + 46
    for step in range(_STEPS):
        out.append(
            f'<rect class="h{step}" x="{x + step * step_width:.1f}" y="{side + 12:.1f}" width="{step_width:.1f}" height="12"/>'
        )
    out.append(
        f'<text class="value" x="{x - 6:.1f}" y="{side + 22:.1f}" text-anchor="end">{fixed(low)}</text>'
    )
    out.append(
        f'<text class="value" x="{x + _STEPS * step_width + 6:.1f}" y="{side + 22:.1f}">{fixed(high)}</text>'
    )
    extra = f' class="chart heat" tabindex="0" data-n="{n}" data-x="{margin:.2f}" data-cell="{cell:.4f}"'
    return _svg(out, WIDTH, side + legend, identifier, title, description, extra), low, high
