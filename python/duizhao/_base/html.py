"""How results show themselves in a notebook: a line that says what it is, and the beginnings of its frames."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import polars as pl

#: Rows of a frame and columns of a table that are shown.
_ROWS, _COLUMNS = 8, 12
#: Characters of a cell.
_CHARS = 40


def shown(what: str, tables: Mapping[str, pl.DataFrame] | None = None, *, rows: int = _ROWS) -> str:
    """HTML of a value: ``what`` as its head, then each frame under its name. All text is escaped.

    Parameters
    ----------
    what
        One line, such as the value's ``repr``.
    tables
        Frames by name; of each the first ``rows`` rows and twelve columns.
    """
    parts = [f"<p><b>{escape(what)}</b></p>"]
    for name, frame in (tables or {}).items():
        size = f"{frame.height:,} row{'' if frame.height == 1 else 's'} × {frame.width} columns"
        parts.append(f"<p>{escape(name)} <small>({size})</small></p>{_table(frame, rows)}")
    return f'<div class="duizhao">{"".join(parts)}</div>'


def _table(frame: pl.DataFrame, rows: int) -> str:
    names = frame.columns[:_COLUMNS]
    more = "<th>…</th>" if frame.width > _COLUMNS else ""
    head = "".join(f"<th>{escape(name)}</th>" for name in names) + more
    body = "".join(
        f"<tr>{''.join(_cell(value) for value in row)}{'<td>…</td>' if more else ''}</tr>"
        for row in frame.select(names).head(rows).iter_rows()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    if value is None:
        return "<td>–</td>"
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, int):
        return f'<td style="text-align:right">{value:,}</td>'
    if isinstance(value, float):
        return f'<td style="text-align:right">{value:.4g}</td>'
    text = " · ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f'<td style="text-align:left">{escape(text if len(text) <= _CHARS else text[:_CHARS] + "…")}</td>'
