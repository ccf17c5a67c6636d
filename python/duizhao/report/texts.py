"""The parts of a page on claims, slogans and shared passages, as plain values for the template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from . import numbers
from .comparison import MISSING, Comparison
from .limits import Limits
from .messages import Language, part_of_file, translator

__all__ = ["Texts"]

KINDS: Final = ("achievement", "inventory", "loss", "norm", "rank", "target")
CATEGORIES: Final = (
    "activity",
    "money",
    "people",
    "structure",
    "share",
    "time",
    "physical",
    "goods",
    "rank",
)
CLASSES: Final = ("numeric", "ordinal", "parallel", "label")
UP: Final = ("above", "at_least")
DOWN: Final = ("below", "at_most")

#: Characters of a passage that a table shows.
_PASSAGE: Final = 140


class Texts:
    """Three parts of a page, and the places that they open (``marks``)."""

    def __init__(
        self, found: Comparison, language: Language, limits: Limits, *, full: bool, groups: Sequence[str]
    ) -> None:
        """Count what the rates need; `groups` are those that are shown."""
        self.found, self.limits, self.full = found, limits, full
        self.language: Language = language
        self.t = translator(language)
        self.groups = list(groups)
        self.marks: list[dict[str, Any]] = []
        documents = found.documents.select(
            pl.col("doc_id").cast(pl.String), "group", pl.int_range(pl.len()).alias("place")
        )
        self.index = dict(documents.select("doc_id", "place").iter_rows())
        self.group_of = dict(documents.select("doc_id", "group").iter_rows())
        texts = found.texts.select(pl.col("doc_id").cast(pl.String), "text")
        self.text_of = dict(texts.iter_rows())
        sizes = texts.select(
            "doc_id", pl.col("text").str.replace_all(r"\s", "").str.len_chars().alias("chars")
        ).join(documents, on="doc_id", how="left")
        self.sizes = dict(
            sizes.group_by("group")
            .agg(pl.col("chars").sum(), pl.len().alias("n"))
            .select("group", "chars")
            .iter_rows()
        )
        self.counted = dict(documents.group_by("group").len().iter_rows())

    def mark(self, word: str, places: Sequence[tuple[str, int, int]], total: int, documents: int) -> int:
        """Note what a button opens, and return its number."""
        hits: list[list[Any]] = []
        for doc_id, start, end in places:
            hit: list[Any] = [self.index[doc_id], start, end]
            if not self.full:
                text, side = self.text_of[doc_id], self.limits.passage
                hit += [text[max(0, start - side) : start], text[start:end], text[end : end + side]]
            hits.append(hit)
        self.marks.append({"w": word, "n": total, "d": documents, "h": hits})
        return len(self.marks) - 1

    def _with_group(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.col("doc_id").cast(pl.String)).with_columns(
            pl.col("doc_id").replace_strict(self.group_of, return_dtype=pl.String).alias("group")
        )

    def _rate(self, count: int, group: str) -> float | None:
        size = self.sizes.get(group, 0)
        return 1000 * count / size if size else None

    # --- claims -----------------------------------------------------------------------------------------------------------
    def claims(self) -> dict[str, Any]:
        """Counts of each group, and claims with what was read out of them: of each document the first ones."""
        if self.found.claims.is_empty():
            return {"rows": [], "total": 0}
        frame = self._with_group(self.found.claims)
        hedged = pl.col("direction") != "exact"
        counted = {
            row["group"]: row
            for row in frame.group_by("group")
            .agg(
                pl.len().alias("n"),
                hedged.sum().alias("hedged"),
                pl.col("direction").is_in(UP).sum().alias("up"),
                pl.col("direction").is_in(DOWN).sum().alias("down"),
                *((pl.col("kind") == kind).sum().alias(f"kind_{kind}") for kind in KINDS),
                *((pl.col("category") == name).sum().alias(f"category_{name}") for name in CATEGORIES),
            )
            .iter_rows(named=True)
        }
        groups = []
        for group in self.groups:
            row = counted.get(group, {})
            n = int(row.get("n", 0))
            groups.append(
                {
                    "name": group,
                    "n": n,
                    "rate": self._rate(n, group),
                    **{key: (row.get(key, 0) / n if n else None) for key in ("hedged", "up", "down")},
                    "kinds": [row.get(f"kind_{kind}", 0) for kind in KINDS],
                    "categories": [row.get(f"category_{name}", 0) for name in CATEGORIES],
                }
            )
        _bars(groups, "rate")
        turn = pl.int_range(pl.len()).over("doc_id")
        shown = (
            frame.with_columns(turn.alias("turn"), pl.int_range(pl.len()).alias("order"))
            .sort("turn", "order")
            .head(self.limits.claims)
            .sort("order")
        )
        rows = [
            {
                **{key: row[key] for key in ("doc_id", "value", "lower", "upper", "unit", "object", "verb")},
                "surface": _middle(row["surface"], 40),
                "number": number(row["value"]),
                "bounds": bounds(row["lower"], row["upper"]),
                "direction": self.t(f"direction_{row['direction']}") if row["direction"] else "–",
                "kind": self.t(f"kind_{row['kind']}") if row["kind"] else "–",
                "change": change(row["change"], row["change_unit"]),
                "part": part_of_file(row.get("part"), self.language),
                "m": self.mark(row["surface"], [(row["doc_id"], row["char_start"], row["char_end"])], 1, 1),
            }
            for row in shown.iter_rows(named=True)
        ]
        return {
            "groups": groups,
            "kinds": [self.t(f"kind_{kind}") for kind in KINDS],
            "categories": [self.t(f"category_{name}") for name in CATEGORIES],
            "rows": rows,
            "total": frame.height,
        }

    # --- slogans ----------------------------------------------------------------------------------------------------------
    def slogans(self) -> dict[str, Any]:
        """Classes of each group, and slogans by spread; places inside another slogan, and names, count for nothing."""
        formulae = self.found.slogans.filter(pl.col("class") != "name")
        if formulae.is_empty():
            return {"rows": [], "total": 0}
        frame = self._with_group(formulae).filter(~pl.col("nested"))
        frame = frame.with_columns(pl.col("first_doc_id").cast(pl.String))
        counts = {(group, name): n for group, name, n in frame.group_by("group", "class").len().iter_rows()}
        groups = []
        for group in self.groups:
            each = [counts.get((group, name), 0) for name in CLASSES]
            groups.append({"name": group, "n": sum(each), "rate": self._rate(sum(each), group), "each": each})
        _bars(groups, "rate")
        table = (
            frame.group_by("canonical", "class", maintain_order=True)
            .agg(
                pl.len().alias("n"),
                pl.col("doc_id").n_unique().alias("docs"),
                pl.col("group").filter(pl.col("group") != MISSING).n_unique().alias("n_groups"),
                pl.col("first_doc_id").first(),
                pl.col("numeral_pattern").first(),
                (pl.col("quoted") != "no").mean().alias("quoted"),
                pl.col("expansion").drop_nulls().unique(maintain_order=True).alias("expansions"),
                pl.col("expansion_source").drop_nulls().first().alias("source"),
                pl.struct("doc_id", "char_start", "char_end").alias("places"),
            )
            .sort(["docs", "n", "canonical", "class"], descending=[True, True, False, False])
        )
        rows = []
        for row in table.head(self.limits.slogans).iter_rows(named=True):
            places = [(p["doc_id"], p["char_start"], p["char_end"]) for p in row["places"]]
            rows.append(
                {
                    "surface": _middle(row["canonical"], 60),
                    "class": self.t(f"class_{row['class']}"),
                    "pattern": row["numeral_pattern"] or "–",
                    "n": row["n"],
                    "docs": row["docs"],
                    "n_groups": row["n_groups"],
                    "quoted": row["quoted"],
                    "first": row["first_doc_id"],
                    "expansion": _middle(row["expansions"][0], _PASSAGE) if row["expansions"] else "",
                    "lexicon": row["source"] == "lexicon",
                    "senses": len(row["expansions"]),
                    "m": self.mark(row["canonical"], _one_each_first(places)[: self.limits.places], row["n"], row["docs"]),
                }
            )  # fmt: skip
        return {
            "groups": groups,
            "classes": [self.t(f"class_{name}") for name in CLASSES],
            "rows": rows,
            "total": table.height,
            "dated": bool((self.found.choices.slogans or {}).get("date")),
        }

    # --- shared passages --------------------------------------------------------------------------------------------------
    def reuse(self) -> dict[str, Any]:
        """How much of each document stands elsewhere too, pairs of documents, and passages that few others have."""
        options = self.found.choices.reuse or {}
        view: dict[str, Any] = {
            "min_chars": options.get("min_chars"),
            "max_doc_freq": options.get("max_doc_freq"),
            "rows": [],
            "total": 0,
        }
        if self.found.passages.is_empty():
            return view
        ids = [pl.col(f"doc_id_{k}").cast(pl.String) for k in (1, 2)]
        pairs = self.found.reuse_pairs.with_columns(ids).sort(
            ["weighted_similarity", "doc_id_1", "doc_id_2"], descending=[True, False, False]
        )
        passages = (
            self.found.passages.with_columns(ids)
            .with_columns((pl.col("length") * pl.col("weight")).alias("strength"))
            .sort(
                ["strength", "length", "doc_id_1", "char_start_1", "doc_id_2", "char_start_2"],
                descending=[True, True, False, False, False, False],
            )
        )
        rows = []
        for row in passages.head(self.limits.reuse).iter_rows(named=True):
            sides = []
            for k in (1, 2):
                text, place = row[f"text_{k}"], (row[f"char_start_{k}"], row[f"char_end_{k}"])
                number_ = self.mark(_middle(text, 30), [(row[f"doc_id_{k}"], *place)], 1, 1)
                part = part_of_file(row.get(f"part_{k}"), self.language)
                sides.append(
                    {"id": row[f"doc_id_{k}"], "part": part, "text": _middle(text, _PASSAGE), "m": number_}
                )
            same = sides[0]["text"] == sides[1]["text"]
            rows.append({"sides": sides, "same": same, **{k: row[k] for k in ("length", "identity", "doc_freq", "weight")}})  # fmt: skip
        shares = self._shares()
        return {
            **view,
            "shares": shares[: self.limits.reuse],
            "documents": len(shares),
            "pairs": pairs.head(self.limits.reuse).to_dicts(),
            "pairs_total": pairs.height,
            "rows": rows,
            "total": passages.height,
        }

    def _shares(self) -> list[dict[str, Any]]:
        """Share of the characters of each document inside a passage that another one has too, the greatest first."""
        sides = [
            self.found.passages.select(
                pl.col(f"doc_id_{k}").cast(pl.String).alias("doc_id"),
                pl.col(f"char_start_{k}").alias("start"),
                pl.col(f"char_end_{k}").alias("end"),
            )
            for k in (1, 2)
        ]
        reached = pl.col("end").cum_max().shift(1, fill_value=0).over("doc_id", order_by=["start", "end"])
        covered = (
            pl.concat(sides)
            .unique()
            .sort("doc_id", "start", "end")
            .with_columns((pl.col("end") - pl.max_horizontal("start", reached)).clip(0).alias("new"))
            .group_by("doc_id")
            .agg(pl.col("new").sum())
        )
        new = dict(covered.iter_rows())
        rows = [
            {"id": doc_id, "group": self.group_of[doc_id], "share": min(1.0, new.get(doc_id, 0) / len(text))}
            for doc_id, text in self.text_of.items()
            if text
        ]
        rows.sort(key=lambda row: (-row["share"], self.index[row["id"]]))
        _bars(rows, "share")
        return rows


def _bars(rows: list[dict[str, Any]], column: str) -> None:
    """Add the width of a bar in percent of the greatest value."""
    high = max((row[column] or 0.0 for row in rows), default=0.0) or 1.0
    for row in rows:
        row["bar"] = f"{100 * (row[column] or 0.0) / high:.0f}"


def _one_each_first(places: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Order places so that every document comes once before any comes twice."""
    seen: dict[str, int] = {}
    turns = []
    for order, place in enumerate(places):
        seen[place[0]] = seen.get(place[0], 0) + 1
        turns.append((seen[place[0]], order, place))
    return [place for _, _, place in sorted(turns)]


def number(value: float | None) -> str:
    """Return a value as it was written, without digits that only a binary fraction has.

    >>> number(26_000_000.0), number(5.3), number(None)
    ('26,000,000', '5.3', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"


def bounds(lower: float | None, upper: float | None) -> str:
    """Return an interval, open where there is no bound.

    >>> bounds(720.0, None), bounds(None, 500.0), bounds(3.0, 3.0)
    ('≥ 720', '≤ 500', '3')
    """
    if lower is None and upper is None:
        return "–"
    if upper is None:
        return f"≥ {number(lower)}"
    if lower is None:
        return f"≤ {number(upper)}"
    return number(lower) if lower == upper else f"{number(lower)}–{number(upper)}"


def change(value: float | None, unit: str | None) -> str:
    """Return a change with its sign.

    >>> change(5.3, "%"), change(-2.0, "百分点"), change(None, None)
    ('+5.3%', '−2百分点', '')
    """
    if value is None:
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value))}{unit or ''}"


def percent(value: float | None) -> str:
    """Return a share in percent.

    >>> percent(0.256), percent(None)
    ('25.6%', '–')
    """
    return "–" if value is None else f"{numbers.fixed(100 * value, 1)}%"


def _middle(text: str, longest: int) -> str:
    """Cut the middle out of a long text."""
    return text if len(text) <= longest else f"{text[: longest // 2]} … {text[-longest // 2 :]}"
