"""From a :class:`~duizhao.compare.Comparison` to one self-contained HTML page.

The page is rendered with autoescape; data for its script stands in one JSON element in which ``<``, ``>`` and ``&`` are
escaped, and the script itself is allowed by its hash only, so that nothing in a text can run.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .. import __version__
from ..text.clean import lost_texts
from . import charts, numbers
from .comparison import MISSING, Comparison, is_word
from .contents import files_by_kind
from .limits import Limits
from .messages import Language, edit_kind, part_of_file, translator
from .network import layout
from .texts import Texts, percent

__all__ = ["render"]


#: In the order of the page; the user can leave out some.
_SECTIONS: Final = (
    "read",
    "keyness",
    "tfidf",
    "network",
    "similarity",
    "claims",
    "slogans",
    "reuse",
    "concordance",
    "method",
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("duizhao.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        integer=numbers.integer,
        fixed=numbers.fixed,
        rate=numbers.rate,
        compact=numbers.compact,
        percent=percent,
    )
    return environment


@cache
def _asset(name: str) -> str:
    return (resources.files("duizhao.report") / "templates" / name).read_text("utf-8")


def safe_json(value: object) -> Markup:
    r"""Return JSON that may stand in a ``<script>`` element.

    >>> print(safe_json({"word": "</script>"}))
    {"word":"\u003c/script\u003e"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # Lone surrogates cannot be written as UTF-8; they are legal in JSON as escapes.
    return Markup("".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text))


def render(
    found: Comparison,
    *,
    language: Language = "zh",
    title: str | None = None,
    limits: Limits | None = None,
    manifest: bool = False,
    left_out: Sequence[str] = (),
) -> str:
    """Return the page as a string.

    Parameters
    ----------
    found
        The comparison to show.
    language
        Of the interface; the texts stay as they are.
    title
        Heading of the page.
    limits
        How much it carries.
    manifest
        Whether a ``manifest.json`` stands beside it, to which it then points.
    left_out
        Files that were not read, each with the reason.
    """
    view = _View(found, language, limits or Limits())
    t = view.t
    script = "\n" + _asset("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    if title is None:
        n = numbers.integer(found.documents.height)
        title = t("title_by", n=n, by=found.by, g=len(found.compared)) if found.by else t("title", n=n)
    context = {
        "t": t,
        "html_lang": "zh-Hans" if language == "zh" else "en",
        "title": title,
        "version": __version__,
        "css": Markup(_asset("page.css")),
        "js": Markup(script),
        "script_hash": f"'sha256-{digest}'",
        "by": found.by,
        "groups": found.groups,
        "facts": view.facts(),
        "documents": view.documents(),
        "files": files_by_kind(found.documents),
        "left_out": list(left_out),
        "lost": [str(doc_id) for doc_id in lost_texts(found.texts)],
        "repaired": found.options.repair,
        "edit_kinds": view.edit_kinds(),
        **view.edits(),
        "keyness": view.keyness(),
        "tfidf": view.tfidf(),
        "networks": view.networks(),
        "window": found.options.window,
        "similarity": view.similarity(),
        "sections": [key for key in _SECTIONS if key not in found.options.without],
        "claims": view.texts.claims(),
        "slogans": view.texts.slogans(),
        "reuse": view.texts.reuse(),
        "options": [{"name": name, "value": numbers.option(value)} for name, value in found.facts().items()],
        "method_note": t("method_note") if manifest else t("method_note_api"),
    }
    context["kwic"] = view.kwic()
    context["data"] = safe_json(view.data())
    return _environment().get_template("page.html.j2").render(context)


class _View:
    """The parts of a page as plain values, in the order in which the template uses them."""

    def __init__(self, found: Comparison, language: Language, limits: Limits) -> None:
        self.found = found
        self.language: Language = language
        self.limits = limits
        self.t = translator(language)
        self.ids = found.documents["doc_id"].cast(pl.String).to_list()
        self.index = {doc_id: i for i, doc_id in enumerate(self.ids)}
        self.group_index = {group: i for i, group in enumerate(found.groups)}
        self.doc_groups = [self.group_index[g] for g in found.documents["group"].to_list()]
        self.total_characters = int(found.texts["text"].str.len_chars().sum()) if found.texts.height else 0
        self.full = self.total_characters <= limits.text_characters
        self.lines = self._lines()
        self._heat: dict[str, Any] | None = None
        self.texts = Texts(found, language, limits, full=self.full, groups=self.shown_groups())

    def facts(self) -> list[dict[str, str]]:
        found, t = self.found, self.t
        facts = [("documents", found.documents.height)]
        if found.by:
            facts.append(("groups", len(found.compared)))
        facts += [
            ("characters", int(found.documents["characters"].sum() or 0)),
            ("tokens", int(found.documents["tokens"].sum() or 0)),
            ("types", found.features.height),
            ("edits", found.repairs.height),
        ]
        return [{"name": t(name), "value": numbers.integer(value)} for name, value in facts]

    # --- what was read and repaired -------------------------------------------------------------------------------------
    def documents(self) -> dict[str, Any]:
        frame = self.found.documents.head(self.limits.documents)
        rows = frame.select(
            pl.col("doc_id").cast(pl.String).alias("id"),
            "group",
            "title",
            "encoding",
            "characters",
            "tokens",
            "types",
            "damage",
            "edits",
        ).to_dicts()
        return {"rows": rows, "shown": len(rows), "total": self.found.documents.height}

    def edit_kinds(self) -> list[dict[str, Any]]:
        rows = (
            self.found.repairs.group_by("kind")
            .agg(
                pl.len().alias("count"),
                (~pl.col("certain")).sum().alias("uncertain"),
                pl.col("doc_id").n_unique().alias("documents"),
            )
            .sort(["count", "kind"], descending=[True, False])
            .to_dicts()
        )
        return [{**row, "name": edit_kind(row["kind"], self.language)} for row in rows]

    def edits(self) -> dict[str, Any]:
        """Edits by document; of each kind the first ones, so that a thousand of one kind do not hide a single other."""
        repairs = self.found.repairs.with_columns(pl.col("doc_id").cast(pl.String))
        totals = dict(repairs.group_by("doc_id").len().iter_rows())
        edited = [doc_id for doc_id in self.ids if doc_id in totals]
        shown = edited[: self.limits.edited_documents]
        raw = dict(zip(self.ids, self.found.texts["raw_text"].to_list(), strict=True))
        out = []
        for doc_id in shown:
            rows = repairs.filter(pl.col("doc_id") == doc_id)
            rank = pl.int_range(pl.len()).over("kind")
            rows = (
                rows.with_columns(rank.alias("rank"), pl.int_range(pl.len()).alias("order"))
                .sort("rank", "order")
                .head(self.limits.edits)
                .sort("order")
            )
            text = raw[doc_id] or ""
            listed = [
                {
                    "kind": edit_kind(row["kind"], self.language),
                    "start": numbers.integer(row["raw_start"]),
                    "end": numbers.integer(row["raw_end"]),
                    "before": _visible(text[max(0, row["raw_start"] - 14) : row["raw_start"]]),
                    "raw": _visible(_middle(row["raw"] or "")) or "∅",
                    "repaired": _visible(_middle(row["repaired"] or "")),
                    "after": _visible(text[row["raw_end"] : row["raw_end"] + 14]),
                    "certain": row["certain"],
                    "part": part_of_file(row.get("part"), self.language),
                }
                for row in rows.iter_rows(named=True)
            ]
            out.append({"id": doc_id, "rows": listed, "shown": len(listed), "total": totals[doc_id]})
        return {"edits": out, "edits_cut": len(shown) < len(edited)}

    # --- key terms ------------------------------------------------------------------------------------------------------
    def shown_groups(self) -> list[str]:
        """All groups, or the largest ones in their usual order."""
        groups, limit = self.found.compared, self.limits.groups
        if len(groups) <= limit:
            return list(groups)
        largest = (
            self.found.documents.group_by("group")
            .agg(pl.col("tokens").sum())
            .sort(["tokens", "group"], descending=[True, False])
        )["group"].head(limit)
        kept = set(largest.to_list())
        return [group for group in groups if group in kept]

    def left_out(self) -> int:
        """Number of documents without a group."""
        if self.found.by is None:
            return 0
        return self.found.documents.filter(pl.col("group") == MISSING).height

    def keyness(self) -> dict[str, Any]:
        found, t = self.found, self.t
        options = found.options
        least = options.min_doc_freq
        head = {
            "min_chars": options.min_chars,
            "min_count": options.min_count,
            "min_doc_freq": t("docs_half") if least is None else t("docs_least", n=numbers.integer(least)),
        }
        if len(found.compared) < 2:
            return {"groups": [], "shown": 0, "total": len(found.compared), **head}
        shown = self.shown_groups()
        groups = []
        for i, group in enumerate(shown):
            terms = found.key_terms(group)
            rows = [
                {
                    "word": row["feature"],
                    "count_target": row["count_target"],
                    "count_reference": row["count_reference"],
                    "pm_target": row["per_million_target"],
                    "pm_reference": row["per_million_reference"],
                    "docs_target": row["doc_freq_target"],
                    "docs_reference": row["doc_freq_reference"],
                    "log_ratio": row["log_ratio"],
                    "g2": row["log_likelihood"],
                    "log_p": row["log_likelihood_log_p"],
                    "p": numbers.p_value(row["log_likelihood_p_adjusted"]),
                }
                for row in terms.iter_rows(named=True)
            ]
            bars = [
                charts.Bar(
                    row["word"],
                    row["g2"],
                    f"G² {numbers.compact(row['g2'])}; {t('count_target')} {numbers.integer(row['count_target'])}, "
                    f"{t('count_reference')} {numbers.integer(row['count_reference'])}; p {row['p']}",
                )
                for row in rows
            ]
            more = [row["word"] for row in rows if row["g2"] > 0][:5]
            size = found.documents.filter(pl.col("group") == group)
            groups.append(
                {
                    "name": group,
                    "documents": size.height,
                    "tokens": int(size["tokens"].sum() or 0),
                    "rows": rows,
                    "chart": charts.bars(
                        bars,
                        identifier=f"key-{i}",
                        title=t("keyness_chart", group=group),
                        description=f"{t('more')}: {'、'.join(more) or t('none')}",
                        axis=t("keyness_axis"),
                    ),
                }
            )
        return {
            "groups": groups,
            "shown": len(shown),
            "total": len(found.compared),
            "left_out": self.left_out(),
            **head,
        }

    # --- tf-idf ---------------------------------------------------------------------------------------------------------
    def tfidf(self) -> list[dict[str, Any]]:
        sets = []
        if self.found.by is not None and self.found.tfidf_groups.height:
            sets.append(
                self._cards(self.t("by_group"), self.found.tfidf_groups, "group", list(self.found.compared))
            )
        sets.append(self._cards(self.t("by_document"), self.found.tfidf, "doc_id", self.ids))
        return sets

    def _cards(self, name: str, frame: pl.DataFrame, column: str, order: Sequence[str]) -> dict[str, Any]:
        shown = list(order[: self.limits.cards])
        top = (
            frame.with_columns(pl.col(column).cast(pl.String))
            .filter(
                pl.col(column).is_in(shown)
                & (pl.col("tfidf") > 0)
                & (pl.col("feature").str.len_chars() >= self.found.options.min_chars)
                & is_word("feature")
            )
            .sort(["tfidf", "feature"], descending=[True, False])
            .group_by(column, maintain_order=True)
            .head(10)
        )
        rows: dict[str, list[dict[str, Any]]] = {label: [] for label in shown}
        for label, word, value in top.select(column, "feature", "tfidf").iter_rows():
            rows[label].append({"word": word, "value": value})
        for items in rows.values():
            high = items[0]["value"] if items else 1.0
            for item in items:
                item["share"] = f"{100 * item['value'] / high:.0f}"
        return {
            "name": name,
            "cards": [{"name": label, "rows": items} for label, items in rows.items()],
            "shown": len(shown),
            "total": len(order),
        }

    # --- network --------------------------------------------------------------------------------------------------------
    def networks(self) -> list[dict[str, Any]]:
        found, t = self.found, self.t
        min_count = found.options.min_count
        out = []
        for i, node in enumerate(found.nodes):
            collocates = found.collocates(node)
            if collocates.is_empty():
                continue
            rows = [
                {
                    "word": row["collocate"],
                    "count": row["count"],
                    "log_dice": row["log_dice"],
                    "npmi": row["npmi"],
                    "g2": row["log_likelihood"],
                }
                for row in collocates.iter_rows(named=True)
            ]
            words = [row["word"] for row in rows]
            sides = found.side_links(node)
            strength = _scaled([float(row["log_dice"] or 0.0) for row in rows])
            side_strength = _scaled(sides["log_dice"].to_list())
            links = [charts.Link(node, w, s, True) for w, s in zip(words, strength, strict=True)]
            links += [
                charts.Link(a, b, s, False)
                for (a, b), s in zip(
                    sides.select("node", "collocate").iter_rows(), side_strength, strict=True
                )
            ]
            places = layout(
                node,
                [(k.source, k.target, (0.4 if k.spoke else 0.7) + 0.6 * k.weight) for k in links],
                seed=found.options.seed,
            )
            largest = max(row["count"] for row in rows) or 1
            total = int(collocates["count_node"][0] or 0)
            dots = [charts.Dot(node, *places[node], 1.0, True, numbers.integer(total))]
            dots += [
                charts.Dot(
                    row["word"],
                    *places[row["word"]],
                    (row["count"] / largest) ** 0.5,
                    False,
                    f"{t('together')} {numbers.integer(row['count'])}; logDice {numbers.fixed(row['log_dice'])}",
                )
                for row in rows
            ]
            chart = charts.network(
                dots,
                links,
                identifier=f"net-{i}",
                title=t("network_chart", node=node),
                description=f"{t('collocate')}: {'、'.join(words)}",
            )
            out.append({"node": node, "rows": rows, "chart": chart, "min_count": min_count})
        return out

    # --- similarity -----------------------------------------------------------------------------------------------------
    def similarity(self) -> dict[str, Any]:
        found, t, limit = self.found, self.t, self.limits.heat_map
        pairs = found.similarity.with_columns(pl.col("doc_id_1", "doc_id_2").cast(pl.String)).filter(
            (pl.col("doc_id_1") != pl.col("doc_id_2")) & pl.col("similarity").is_not_null()
        )
        if pairs.is_empty():
            return {"empty": True}
        top = pairs.sort(["similarity", "doc_id_1", "doc_id_2"], descending=[True, False, False]).head(20)
        view: dict[str, Any] = {
            "empty": False,
            "chart": None,
            "matrix": None,
            "legend": [],
            "labels": [],
            "pairs": [
                {"a": a, "b": b, "value": v}
                for a, b, v in top.select("doc_id_1", "doc_id_2", "similarity").iter_rows()
            ],
        }
        by_group = len(self.ids) > limit
        if by_group and not (found.by and 2 <= len(found.groups) <= limit):
            return view
        shown = {group: t("no_group") if group == MISSING else group for group in found.groups}
        labels = list(shown.values()) if by_group else self.ids
        values: list[list[float | None]] = [[None] * len(labels) for _ in labels]
        if by_group:
            group_of = dict(zip(self.ids, found.documents["group"].to_list(), strict=True))
            means = (
                pairs.with_columns(
                    pl.col("doc_id_1").replace_strict(group_of).alias("a"),
                    pl.col("doc_id_2").replace_strict(group_of).alias("b"),
                )
                .select(
                    pl.min_horizontal("a", "b").alias("a"),
                    pl.max_horizontal("a", "b").alias("b"),
                    "similarity",
                )
                .group_by("a", "b")
                .agg(pl.col("similarity").mean())
            )
            for a, b, value in means.iter_rows():
                i, j = self.group_index[a], self.group_index[b]
                values[i][j] = values[j][i] = value
        else:
            for a, b, value in pairs.select("doc_id_1", "doc_id_2", "similarity").iter_rows():
                i, j = self.index[a], self.index[b]
                values[i][j] = values[j][i] = value
        colours = list(range(len(labels))) if by_group else self.doc_groups
        if not by_group and found.by is None:
            colours = [7] * len(labels)
        chart, low, high = charts.heat_map(
            labels,
            colours,
            values,
            identifier="heat",
            title=t("similarity_chart_groups" if by_group else "similarity_chart"),
            description=f"{t('most_similar')}: "
            + "; ".join(f"{p['a']} – {p['b']} {numbers.fixed(p['value'], 3)}" for p in view["pairs"][:3]),
            diagonal=by_group,
        )
        self._heat = {
            "labels": labels,
            "values": [[None if v is None else round(v * 1000) for v in row] for row in values],
        }
        bounds = {"low": numbers.fixed(low), "high": numbers.fixed(high)}
        view["chart"] = chart
        view["note"] = (
            t("similarity_note_groups", limit=numbers.integer(limit), **bounds)
            if by_group
            else t("similarity_note", **bounds)
        )
        if found.by is not None and len(found.groups) <= 20:
            view["legend"] = [{"name": name, "colour": i % 8} for i, name in enumerate(shown.values())]
        if len(labels) <= 25:
            view["labels"], view["matrix"] = labels, values
        return view

    def _lines(self) -> pl.DataFrame:
        """The concordance as the page carries it: fewer lines a word where each brings its own context."""
        kwic = self.found.kwic.with_columns(pl.col("doc_id").cast(pl.String))
        if self.full or kwic.height <= self.limits.passages:
            return kwic
        most = max(5, self.limits.passages // kwic["word"].n_unique())
        numbered = kwic.with_columns(
            pl.int_range(pl.len()).over("word", "doc_id").alias("turn"), pl.int_range(pl.len()).alias("row")
        )
        kept = numbered.sort("turn", "row").group_by("word", maintain_order=True).head(most)
        return kept.sort("row").select(kwic.columns)

    # --- concordance ----------------------------------------------------------------------------------------------------
    def kwic(self) -> dict[str, Any]:
        words = self.lines["word"].unique(maintain_order=True).to_list()
        most = self.lines.group_by("word").len()["len"].max() or 0
        scope = (
            self.t("kwic_full")
            if self.full
            else self.t("kwic_snippets", chars=numbers.integer(self.total_characters))
        )
        return {
            "words": len(words),
            "lines": most,
            "scope": scope,
            "suggestions": words[:400],
        }

    def data(self) -> dict[str, Any]:
        """What the script needs; words in the order of the concordance, documents in the order of the page."""
        found = self.found
        titles = found.documents["title"].to_list()
        texts = dict(
            zip(found.texts["doc_id"].cast(pl.String).to_list(), found.texts["text"].to_list(), strict=True)
        )
        docs: list[dict[str, Any]] = []
        for doc_id, group, title in zip(self.ids, self.doc_groups, titles, strict=True):
            entry: dict[str, Any] = {"id": doc_id, "group": group, "title": title or ""}
            if self.full:
                entry["text"] = texts[doc_id]
            docs.append(entry)
        words: dict[str, dict[str, Any]] = {}
        columns = ("word", "doc_id", "char_start", "char_end", "n", "n_docs")
        for word, doc_id, start, end, n, n_docs in self.lines.select(columns).iter_rows():
            hit: list[Any] = [self.index[doc_id], start, end]
            if not self.full:
                text, side = texts[doc_id], self.limits.passage
                hit += [text[max(0, start - side) : start], text[end : end + side]]
            words.setdefault(word, {"n": n, "d": n_docs, "h": []})["h"].append(hit)
        keys = ("kwic_count", "kwic_shown", "kwic_empty", "open_passage", "passage_only")
        messages = {key: self.t(key) for key in keys}  # with their {placeholders}, which the script fills
        return {
            "messages": messages,
            "full": self.full,
            "groups": list(found.groups) if found.by else [],
            "docs": docs,
            "words": words,
            "marks": self.texts.marks,
            "similarity": self._heat,
        }


def _scaled(values: Sequence[float]) -> list[float]:
    """Values moved to 0.15 … 1, all 1 if they are equal."""
    if not values:
        return []
    low, high = min(values), max(values)
    return [0.15 + 0.85 * (v - low) / (high - low) if high > low else 1.0 for v in values]


def _middle(text: str, longest: int = 80) -> str:
    """Cut the middle out of a long text."""
    return text if len(text) <= longest else f"{text[: longest // 2]} … {text[-longest // 2 :]}"


_INVISIBLE = {
    **{
        code: f"[U+{code:04X}]"
        for code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF, 0xAD, 0xA0)
    },
    **{code: f"[U+{code:04X}]" for code in range(0x202A, 0x202F)},
    **{code: f"[U+{code:04X}]" for code in [*range(0x20), *range(0x7F, 0xA0)]},
    0x0A: "↵",
    0x0D: "[CR]",
    0x09: "[Tab]",
    0x20: "␣",
    0x3000: "[全角空格]",
}


def _visible(text: str) -> str:
    """Name the characters that cannot be seen."""
    return text.translate(_INVISIBLE)
