"""The page, rendered from made frames, so that nothing but the page is tested here."""

from __future__ import annotations

import html.parser
import json
import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao import _schema
from duizhao.compare import DOCUMENTS, KWIC, TFIDF_GROUPS, Comparison
from duizhao.report import Limits
from duizhao.report.charts import Bar, Dot, Link, _spread, bars, heat_map, network, text_width
from duizhao.report.messages import LANGUAGES, MESSAGES
from duizhao.report.network import layout
from duizhao.report.numbers import compact, fixed, integer, p_value, rate
from duizhao.report.page import render

HOSTILE = "<script>alert(1)</script>"
TEXTS = {
    HOSTILE: "党建引领渔港，渔港</script><img src=x onerror=alert(2)>&amp;“渔港”\u2028党建",
    "b": "党建𠮷引领数据，数据平台{{ 7 * 7 }}，数据",
    "c'\"": "党建与数据，平台协商",
}
GROUPS = {HOSTILE: "东<b>", "b": "西", "c'\"": "西"}

KEYNESS = pl.Schema(
    {
        **_schema.KEYNESS,
        "log_likelihood": pl.Float64,
        "log_likelihood_log_p": pl.Float64,
        "log_likelihood_p": pl.Float64,
        "log_likelihood_p_adjusted": pl.Float64,
        "log_ratio": pl.Float64,
    }
)
ASSOCIATIONS = pl.Schema(
    {**_schema.ASSOCIATIONS, "log_dice": pl.Float64, "npmi": pl.Float64, "log_likelihood": pl.Float64}
)


def keyness_row(target: str, word: str, a: int, b: int, g2: float) -> dict[str, object]:
    log_p = -abs(g2) / 2
    return {
        "target": target, "feature": word, "count_target": a, "count_reference": b, "size_target": 100, "size_reference": 200,
        "per_million_target": a * 1e4, "per_million_reference": b * 5e3, "expected_target": 1.0,
        "doc_freq_target": min(a, 1), "doc_freq_reference": min(b, 2),
        "log_likelihood": g2, "log_likelihood_log_p": log_p, "log_likelihood_p": math.exp(log_p),
        "log_likelihood_p_adjusted": min(1.0, math.exp(log_p) * 3), "log_ratio": math.copysign(2.0, g2),
    }  # fmt: skip


def made(**changes: object) -> Comparison:
    ids = list(TEXTS)
    words = {"渔港": "渔港", "党建": "党建", "数据": "数据", "<img>": "<img"}
    lines = []
    for word, shown in words.items():
        places = [(i, m.start()) for i in ids for m in re.finditer(re.escape(shown), TEXTS[i])]
        for i, start in places:
            end = start + len(shown)
            lines.append(
                (
                    word,
                    i,
                    start,
                    end,
                    TEXTS[i][:start],
                    shown,
                    TEXTS[i][end:],
                    len(places),
                    len({i for i, _ in places}),
                )
            )
    found = Comparison(
        options={"by": "地", "repair": True, "script": "simplified", "stop_words": "zh", "window": 5, "top": 20,
                 "min_count": 1, "min_docs": 1, "min_chars": 2, "lines": 40, "seed": 1},
        by="地",
        groups=("东<b>", "西"),
        documents=pl.DataFrame(
            [(i, GROUPS[i], f"题{HOSTILE}" if i == HOSTILE else None, "p.txt", "GB18030", 90, len(TEXTS[i]), 9, 5, 1, 2) for i in ids],
            schema=DOCUMENTS, orient="row",
        ),
        texts=pl.DataFrame({"doc_id": ids, "text": list(TEXTS.values()), "raw_text": [t + "\u200b尾" for t in TEXTS.values()]}),
        repairs=pl.DataFrame(
            [(HOSTILE, 11, 16, 11, 11, "<b>&x", "", "made_up_kind", False), ("b", 2, 3, 2, 3, "\u200b", "", "zero_width", True)],
            schema=_schema.REPAIRS, orient="row",
        ),
        features=pl.DataFrame({"feature": ["党建", "渔港"], "count": [4, 3], "doc_freq": [3, 1]}, schema=_schema.DFM_FEATURES),
        keyness=pl.DataFrame(
            [
                keyness_row("东<b>", "渔港", 3, 0, 4000.0), keyness_row("东<b>", "<img>", 1, 0, 9.0), keyness_row("东<b>", "数据", 0, 4, -7.5),
                keyness_row("东<b>", "2023", 9, 0, 30.0), keyness_row("东<b>", "党", 9, 0, 30.0), keyness_row("东<b>", "微弱", 2, 1, 1.0),
                keyness_row("西", "数据", 4, 0, 7.5), keyness_row("西", "渔港", 0, 3, -12.0),
            ],
            schema=KEYNESS,
        ),
        tfidf=pl.DataFrame([(HOSTILE, "渔港", 3, 3.0, 1.1, 3.3), ("b", "数据", 3, 3.0, 0.4, 1.2), ("b", "党建", 1, 1.0, 0.0, 0.0)],
                           schema=_schema.TFIDF, orient="row"),
        tfidf_groups=pl.DataFrame([("东<b>", "渔港", 3, 3.0, 0.7, 2.1)], schema=TFIDF_GROUPS, orient="row"),
        nodes=("党建",),
        associations=pl.DataFrame(
            [("党建", "引领", 2, 4, 2, 40, 0.2, 12.0, 0.5, 9.0), ("党建", "<img>", 1, 4, 1, 40, 0.2, 11.0, 0.4, 5.0),
             ("党建", "党建", 1, 4, 4, 40, 0.2, 13.0, 0.4, 5.0)],
            schema=ASSOCIATIONS, orient="row",
        ),
        links=pl.DataFrame([("<img>", "引领", 1, 1, 2, 40, 0.1, 10.0, 0.3, 4.0)], schema=ASSOCIATIONS, orient="row"),
        similarity=pl.DataFrame([(HOSTILE, "b", 0.25), (HOSTILE, "c'\"", 0.5), ("b", "c'\"", 0.75)],
                                schema=_schema.SIMILARITY_DOCUMENTS, orient="row"),
        kwic=pl.DataFrame(lines, schema=KWIC, orient="row"),
    )  # fmt: skip
    return replace(found, **changes)


class Page(html.parser.HTMLParser):
    """Elements with their attributes, and the text of scripts, as a browser would see them."""

    VOID = frozenset({"meta", "input", "link", "br", "img"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += data
        elif not self.open or self.open[-1] != "style":
            self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render(made()))


def test_page_is_well_formed_and_ids_are_unique(page: Page) -> None:
    assert page.open == []
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    targets = [a["href"] for a in page.named("a")]
    assert targets and all(str(target).removeprefix("#") in ids for target in targets)
    labels = [
        label
        for _, a in page.elements
        if "aria-labelledby" in a
        for label in str(a["aria-labelledby"]).split()
    ]
    assert set(labels) <= set(ids)


def test_nothing_of_a_text_becomes_an_element(page: Page) -> None:
    assert len(page.scripts) == 2
    assert page.named("img") == []
    assert not any("onerror" in a for _, a in page.elements)
    assert HOSTILE in page.text  # shown as text
    assert "东<b>" in page.text
    assert "{{ 7 * 7 }}" not in page.text and "49" not in json.loads(page.scripts[0])["docs"][1]["text"]


def test_data_survive_the_script_element(page: Page) -> None:
    data = json.loads(page.scripts[0])
    assert [d["text"] for d in data["docs"]] == list(TEXTS.values())
    assert [d["id"] for d in data["docs"]] == list(TEXTS)
    for word, entry in data["words"].items():
        for doc, start, end in entry["h"]:
            assert data["docs"][doc]["text"][start:end] == word.rstrip(">"), word
    assert data["words"]["渔港"]["n"] == 3 and data["words"]["渔港"]["d"] == 1
    raw = render(made())
    body = raw[raw.index('id="data">') + 10 :]
    body = body[: body.index("</script>")]
    assert "<" not in body and "\u2028" not in body


def test_no_request_leaves_the_page(page: Page) -> None:
    assert not [a for tag, a in page.elements if tag in ("link", "img", "iframe", "object", "embed", "base")]
    assert not [a for _, a in page.elements if "src" in a]
    raw = render(made())
    assert "@import" not in raw and "url(" not in raw
    assert not re.search(r"https?://", raw)
    policy = next(
        a["content"] for a in page.named("meta") if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None and "default-src 'none'" in policy
    import base64
    import hashlib

    digest = base64.b64encode(hashlib.sha256(page.scripts[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


def test_every_clickable_word_has_its_lines_or_can_be_searched(page: Page) -> None:
    words = {a["data-w"] for _, a in page.elements if "data-w" in a}
    assert {"渔港", "数据", "<img>", "党建", "引领"} <= words


def test_charts_are_svg_with_title_and_description(page: Page) -> None:
    raw = render(made())
    pictures = re.findall(r"<svg.*?</svg>", raw, flags=re.DOTALL)
    assert len(pictures) == 4  # two groups, one node, one heat map
    for picture in pictures:
        tree = ElementTree.fromstring(picture)
        assert tree.find("title").text and tree.find("desc").text  # type: ignore[union-attr]


def test_key_terms_are_filtered_and_ordered() -> None:
    terms = made().key_terms("东<b>")
    # no digits, no single characters, nothing below 3.84; under-used words last, the strongest at the end
    assert terms["feature"].to_list() == ["渔港", "<img>", "数据"]
    stricter = made(options={**made().options, "min_count": 2})
    assert stricter.key_terms("东<b>")["feature"].to_list() == ["渔港", "数据"]


def test_small_p_is_never_zero(page: Page) -> None:
    frame = made().keyness.with_columns(
        pl.when(pl.col("feature") == "渔港")
        .then(0.0)
        .otherwise(pl.col("log_likelihood_p_adjusted"))
        .alias("log_likelihood_p_adjusted")
    )
    assert "<1e-300" in Page(render(made(keyness=frame))).text


def test_edits_show_context_and_invisible_characters(page: Page) -> None:
    assert "[U+200B]" in page.text
    assert "made up kind" in page.text
    assert "存疑" in page.text
    assert "<b>&x" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages(language: str) -> None:
    text = Page(render(made(), language=language)).text  # type: ignore[arg-type]
    column = LANGUAGES.index(language)  # type: ignore[arg-type]
    for key in ("h_read", "h_keyness", "h_tfidf", "h_network", "h_similarity", "h_concordance", "h_method"):
        assert MESSAGES[key][column] in text
        assert MESSAGES[key][1 - column] not in text


def test_messages_have_the_same_values_in_both_languages() -> None:
    for key, texts in MESSAGES.items():
        fields = [set(re.findall(r"\{(\w+)\}", text)) for text in texts]
        assert fields[0] == fields[1], key


def test_caps_are_kept_and_told() -> None:
    text = render(
        made(), limits=Limits(text_characters=10, documents=1, groups=1, cards=1, edits=1, edited_documents=1)
    )
    shown = Page(text)
    data = json.loads(shown.scripts[0])
    assert not data["full"] and all("text" not in d for d in data["docs"])
    for word, entry in data["words"].items():
        for doc, start, end, left, right in entry["h"]:
            whole = list(TEXTS.values())[doc]
            assert left + whole[start:end] + right in whole, word
    assert "前 1 篇，共 3 篇" in shown.text
    assert "最大" in shown.text or "共 2 组" in shown.text
    assert "没有全部放进页面" in shown.text
    assert "显示 1 个，共 3 个" in shown.text


def test_passages_are_shared_out_when_texts_are_not_in_the_page() -> None:
    many = pl.concat([made().kwic.filter(pl.col("word") == "党建")] * 10)
    for word in ("甲", "乙"):
        many = many.vstack(many.head(40).with_columns(pl.lit(word).alias("word")))
    shown = Page(render(made(kwic=many), limits=Limits(text_characters=1, passages=18)))
    words = json.loads(shown.scripts[0])["words"]
    assert {word: len(entry["h"]) for word, entry in words.items()} == {"党建": 6, "甲": 6, "乙": 6}
    assert [sum(h[0] == doc for h in words["党建"]["h"]) for doc in range(3)] == [2, 2, 2]
    assert "每词至多 6 行" in shown.text


def test_heat_map_of_groups_when_documents_are_many() -> None:
    data = json.loads(Page(render(made(), limits=Limits(heat_map=2))).scripts[0])
    heat = data["similarity"]
    assert heat["labels"] == ["东<b>", "西"]
    # 东 × 西: mean of 0.25 and 0.5; 西 × 西: 0.75; 东 has one document and no pair of its own
    assert heat["values"] == [[None, 375], [375, 750]]
    none = render(made(by=None), limits=Limits(heat_map=2))
    assert "不作图" in none


def test_empty_parts_do_not_break_the_page() -> None:
    empty = made(
        by=None,
        groups=("西",),
        documents=made().documents.filter(pl.col("doc_id") == "b"),
        texts=made().texts.filter(pl.col("doc_id") == "b"),
        repairs=made().repairs.clear(),
        features=made().features.clear(),
        keyness=made().keyness.clear(),
        tfidf=made().tfidf.clear(),
        tfidf_groups=made().tfidf_groups.clear(),
        nodes=(),
        associations=made().associations.clear(),
        links=made().links.clear(),
        similarity=made().similarity.clear(),
        kwic=made().kwic.clear(),
    )
    shown = Page(render(empty))
    assert shown.open == []
    for key in ("one_group", "no_repairs", "no_network", "no_similarity"):
        assert MESSAGES[key][0] in shown.text


def test_rendering_twice_gives_the_same_page() -> None:
    assert render(made()) == render(made())


# --- charts and numbers ---------------------------------------------------------------------------------------------------
def test_bars_stay_inside_the_canvas() -> None:
    for values in ([100.0, 1.0, -3.0], [5.0], [-5.0], [0.5, -900.0], [1e9, -1e-9], []):
        rows = [Bar(f"很长很长很长的词{i}", value, "") for i, value in enumerate(values)]
        tree = ElementTree.fromstring(bars(rows, identifier="x", title="t", description="d", axis="轴"))
        width = float(tree.attrib["viewBox"].split()[2])
        for rect in tree.iter("rect"):
            left, size = float(rect.attrib["x"]), float(rect.attrib["width"])
            assert left >= 0 and left + size <= width + 0.6 and size > 0
        for text in tree.iter("text"):
            if "word" in text.attrib.get("class", ""):
                x, length = float(text.attrib["x"]), text_width(str(text.text), 13)
                assert (x - length if text.attrib["text-anchor"] == "end" else width - x - length) >= 0


def test_words_of_a_network_do_not_overlap() -> None:
    words = [f"词语{i}号" for i in range(24)]
    edges = [("党建", w, 0.5) for w in words] + list(zip(words[::2], words[1::2], [0.9] * 12, strict=True))
    places = layout("党建", edges)
    assert places == layout("党建", reversed(edges))
    dots = [Dot(w, *places[w], 0.6, w == "党建", "") for w in ["党建", *words]]
    boxes = _spread(dots, 520, 460, 15)
    for i, (x1, y1, w1, h1, r1) in enumerate(boxes):
        assert w1 / 2 <= x1 + 1e-6 and x1 <= 520 - w1 / 2 + 1e-6
        for x2, y2, w2, h2, r2 in boxes[i + 1 :]:
            dx, dy = abs(x1 - x2), abs((y1 + h1 / 2 - r1) - (y2 + h2 / 2 - r2))
            assert dx >= (w1 + w2) / 2 - 1 or dy >= (h1 + h2) / 2 - 1
    picture = network(dots, [Link("党建", words[0], 1.0, True)], identifier="n", title="t", description="d")
    assert len(list(ElementTree.fromstring(picture).iter("circle"))) == 25


def test_heat_map_shades_follow_the_values() -> None:
    picture, low, high = heat_map(["a", "b", "c"], [0, 0, 1], [[1, 0.2, 0.9], [0.2, 1, 0.5], [0.9, 0.5, 1]],
                                  identifier="h", title="t", description="d")  # fmt: skip
    assert (low, high) == (0.2, 0.9)
    paths = {
        p.attrib["class"]: p.attrib["d"].count("M") for p in ElementTree.fromstring(picture).iter("path")
    }
    assert paths == {"h-blank": 3, "h0": 2, "h3": 2, "h8": 2}
    _, low, high = heat_map(
        ["a", "b"], [0, 0], [[None, None], [None, None]], identifier="h", title="t", description="d"
    )
    assert (low, high) == (0.0, 1.0)


def test_numbers() -> None:
    assert integer(None) == "–" and integer(-1200) == "−1,200"
    assert (
        fixed(float("nan")) == "–"
        and fixed(float("inf")) == "–"
        and fixed(-0.001) == "0.00"
        and fixed(1234.5, 1) == "1,234.5"
    )
    assert rate(99.96) == "100.0" and rate(0.0) == "0.0" and rate(12345.6) == "12,346"
    assert compact(0) == "0.000" and compact(-45.67) == "−45.7"


@pytest.mark.parametrize(
    ("p", "log_p", "shown"),
    [
        (1.0, None, "1.000"),
        (0.05, None, "0.050"),
        (0.001, None, "0.001"),
        (9.96e-5, None, "1.0×10⁻⁴"),
        (None, -700.0, "<1e-300"),
        (None, -690.0, "2.2×10⁻³⁰⁰"),
        (0.0, None, "<1e-300"),
        (None, None, "–"),
        (float("nan"), None, "–"),
    ],
)
def test_p_values(p: float | None, log_p: float | None, shown: str) -> None:
    assert p_value(p, log_p) == shown


# --- the entry ------------------------------------------------------------------------------------------------------------
def test_report_writes_a_finished_comparison(tmp_path: Path) -> None:
    path = dz.report(made(), path=tmp_path / "page.html", lang="en", title="A <title>")
    assert path == tmp_path / "page.html"
    assert "A <title>" in Page(path.read_text("utf-8")).text


def test_report_refuses_with_our_errors(tmp_path: Path) -> None:
    with pytest.raises(dz.ParameterError, match="`lang` must be one of"):
        dz.report(made(), path=tmp_path / "x.html", lang="fr")  # type: ignore[arg-type]
    with pytest.raises(dz.ParameterError, match="`by` must be given to `compare`"):
        dz.report(made(), by="地", path=tmp_path / "x.html")
    with pytest.raises(dz.FileError, match="nowhere"):
        dz.report(made(), path=tmp_path / "nowhere" / "x.html")
    with pytest.raises(dz.DataTypeError, match="`docs` must be"):
        dz.report([1, 2], path=tmp_path / "x.html")  # type: ignore[arg-type]
