"""The page, rendered from made frames, so that nothing but the page is tested here."""

from __future__ import annotations

import html.parser
import inspect
import json
import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz
from duizhao.corpus._schema import DFM_FEATURES, TFIDF
from duizhao.discourse._schema import CLAIMS, SLOGANS
from duizhao.report.charts import Bar, Dot, Link, _spread, bars, heat_map, network, text_width
from duizhao.report.comparison import DOCUMENTS, KWIC, TFIDF_GROUPS, Comparison
from duizhao.report.limits import Limits
from duizhao.report.messages import LANGUAGES, MESSAGES
from duizhao.report.network import layout
from duizhao.report.numbers import compact, fixed, integer, p_value, rate
from duizhao.report.options import Options
from duizhao.report.page import render
from duizhao.reuse._schema import REUSE_PAIRS, TEXT_REUSE
from duizhao.stats._schema import ASSOCIATIONS, KEYNESS
from duizhao.structure._schema import SIMILARITY_DOCUMENTS
from duizhao.text._schema import REPAIRS

HOSTILE = "<script>alert(1)</script>"
TEXTS = {
    HOSTILE: "党建引领渔港，渔港</script><img src=x onerror=alert(2)>&amp;“渔港”\u2028党建",
    "b": "党建𠮷引领数据，数据平台{{ 7 * 7 }}，数据",
    "c'\"": "党建与数据，平台协商",
}
GROUPS = {HOSTILE: "东<b>", "b": "西", "c'\"": "西"}

KEYNESS = pl.Schema(
    {
        **KEYNESS,
        "log_likelihood": pl.Float64,
        "log_likelihood_log_p": pl.Float64,
        "log_likelihood_p": pl.Float64,
        "log_likelihood_p_adjusted": pl.Float64,
        "log_ratio": pl.Float64,
    }
)
ASSOCIATIONS = pl.Schema(
    {**ASSOCIATIONS, "log_dice": pl.Float64, "npmi": pl.Float64, "log_likelihood": pl.Float64}
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
        options=Options(by="地", min_count=1, min_doc_freq=1),
        by="地",
        groups=("东<b>", "西"),
        documents=pl.DataFrame(
            [(i, GROUPS[i], f"题{HOSTILE}" if i == HOSTILE else None, "p.txt", "GB18030", 90, len(TEXTS[i]), 9, 5, 1, 2) for i in ids],
            schema=DOCUMENTS, orient="row",
        ),
        texts=pl.DataFrame({"doc_id": ids, "text": list(TEXTS.values()), "raw_text": [t + "\u200b尾" for t in TEXTS.values()]}),
        repairs=pl.DataFrame(
            [(HOSTILE, 11, 16, 11, 11, "<b>&x", "", "made_up_kind", False), ("b", 2, 3, 2, 3, "\u200b", "", "zero_width", True)],
            schema=REPAIRS, orient="row",
        ),
        features=pl.DataFrame({"feature": ["党建", "渔港"], "count": [4, 3], "doc_freq": [3, 1]}, schema=DFM_FEATURES),
        keyness=pl.DataFrame(
            [
                keyness_row("东<b>", "渔港", 3, 0, 4000.0), keyness_row("东<b>", "<img>", 1, 0, 9.0), keyness_row("东<b>", "数据", 0, 4, -7.5),
                keyness_row("东<b>", "2023", 9, 0, 30.0), keyness_row("东<b>", "党", 9, 0, 30.0), keyness_row("东<b>", "微弱", 2, 1, 1.0),
                keyness_row("西", "数据", 4, 0, 7.5), keyness_row("西", "渔港", 0, 3, -12.0),
            ],
            schema=KEYNESS,
        ),
        tfidf=pl.DataFrame([(HOSTILE, "渔港", 3, 3.0, 1.1, 3.3), ("b", "数据", 3, 3.0, 0.4, 1.2), ("b", "党建", 1, 1.0, 0.0, 0.0)],
                           schema=TFIDF, orient="row"),
        tfidf_groups=pl.DataFrame([("东<b>", "渔港", 3, 3.0, 0.7, 2.1)], schema=TFIDF_GROUPS, orient="row"),
        nodes=("党建",),
        associations=pl.DataFrame(
            [("党建", "引领", 2, 4, 2, 40, "pairs", 0.2, 12.0, 0.5, 9.0), ("党建", "<img>", 1, 4, 1, 40, "pairs", 0.2, 11.0, 0.4, 5.0),
             ("党建", "党建", 1, 4, 4, 40, "pairs", 0.2, 13.0, 0.4, 5.0)],
            schema=ASSOCIATIONS, orient="row",
        ),
        links=pl.DataFrame([("<img>", "引领", 1, 1, 2, 40, "pairs", 0.1, 10.0, 0.3, 4.0)], schema=ASSOCIATIONS, orient="row"),
        similarity=pl.DataFrame([(HOSTILE, "b", 0.25), (HOSTILE, "c'\"", 0.5), ("b", "c'\"", 0.75)],
                                schema=SIMILARITY_DOCUMENTS, orient="row"),
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
    stricter = made(options=replace(made().options, min_count=2))
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_lost_most_are_named(language: str) -> None:
    found = made()
    assert MESSAGES["texts_lost"][0].format(n=1) not in render(found)
    raw = pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("县" * 9999)).otherwise("raw_text")
    lost = replace(found, texts=found.texts.with_columns(raw.alias("raw_text")))
    text = Page(render(lost, language=language)).text
    assert MESSAGES["texts_lost"][LANGUAGES.index(language)].format(n=1) in text


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


# --- claims, slogans, shared passages -------------------------------------------------------------------------------------
def row_of(schema: pl.Schema, **values: object) -> dict[str, object]:
    assert set(values) <= set(schema.names())
    return {name: values.get(name) for name in schema.names()}


def with_contents(**changes: object) -> Comparison:
    """The made comparison with a claim, slogans and a passage whose texts try to be markup."""
    first = TEXTS[HOSTILE]
    at = first.index("<img")
    claims = [
        row_of(CLAIMS, doc_id="b", char_start=0, char_end=2, surface="720余件", value=720.0, lower=720.0, direction="above",
               unit="件", object="<b>提案", verb="办理", kind="achievement", category="activity"),
        row_of(CLAIMS, doc_id=HOSTILE, char_start=at, char_end=at + 4, surface="<img", value=5.3, lower=5.3, upper=5.3,
               direction="exact", unit="%", kind="target", category="share", change=-5.3, change_unit="%"),
    ]  # fmt: skip
    slogan = {
        "canonical": "双<i>联",
        "surface": "双<i>联",
        "class": "numeric",
        "quoted": "double",
        "doc_freq": 2,
        "first_doc_id": "b",
    }
    slogans = [
        row_of(SLOGANS, doc_id="b", char_start=0, char_end=2, nested=False, expansion="甲<b>", expansion_source="in_text", **slogan),
        row_of(SLOGANS, doc_id="b", char_start=3, char_end=5, nested=True, **slogan),
        row_of(SLOGANS, doc_id="c'\"", char_start=0, char_end=2, nested=False, expansion="乙", expansion_source="in_text", **slogan),
    ]  # fmt: skip
    passage = row_of(
        TEXT_REUSE, doc_id_1=HOSTILE, doc_id_2="b", char_start_1=at, char_end_1=at + 4, char_start_2=0, char_end_2=4,
        text_1=first[at : at + 4], text_2=TEXTS["b"][:4], length=4, identity=1.0, doc_freq=2, weight=1.0,
    )  # fmt: skip
    again = {**passage, "char_start_1": at + 2, "char_end_1": at + 6, "weight": 0.25}
    pair = row_of(
        REUSE_PAIRS, doc_id_1=HOSTILE, doc_id_2="b", passages=2, longest=4, coverage_1=0.1, coverage_2=0.2, weighted_similarity=0.1
    )  # fmt: skip
    frames = {
        "claims": pl.DataFrame(claims, schema=CLAIMS),
        "slogans": pl.DataFrame(slogans, schema=SLOGANS),
        "passages": pl.DataFrame([again, passage], schema=TEXT_REUSE),
        "reuse_pairs": pl.DataFrame([pair], schema=REUSE_PAIRS),
    }
    return made(**{**frames, **changes})


def rows_of(text: str, section: str) -> list[str]:
    body = text[text.index(f'id="{section}"') :]
    body = body[: body.index("</section>")]
    return re.findall(r"<tr>.*?</tr>", body, flags=re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_are_shown_and_escaped(language: str) -> None:
    raw = render(with_contents(), language=language)  # type: ignore[arg-type]
    shown = Page(raw)
    assert (
        shown.open == []
        and len(shown.scripts) == 2
        and shown.named("img") == []
        and not [a for a in shown.named("i") if "class" not in a]
    )
    column = LANGUAGES.index(language)  # type: ignore[arg-type]
    for key in ("h_claims", "h_slogans", "h_reuse"):
        assert MESSAGES[key][column] in shown.text
        assert f'href="#{key[2:]}"' in raw
    assert "<b>提案" in shown.text and "双<i>联" in shown.text and "甲<b>" in shown.text
    assert "≥ 720" in shown.text and "−5.3%" in shown.text


def test_every_mark_opens_its_place() -> None:
    whole = list(TEXTS.values())
    for limits in (Limits(), Limits(text_characters=1, passage=3)):
        shown = Page(render(with_contents(), limits=limits))
        data = json.loads(shown.scripts[0])
        opened = [int(str(a["data-m"])) for _, a in shown.elements if "data-m" in a]
        assert opened and sorted(opened) == list(range(len(data["marks"])))
        for mark in data["marks"]:
            assert len(mark["h"]) <= mark["n"]
            for doc, start, end, *context in mark["h"]:
                assert 0 <= start < end <= len(whole[doc])
                assert bool(context) != data["full"]
                if context:
                    assert context == [
                        whole[doc][max(0, start - 3) : start],
                        whole[doc][start:end],
                        whole[doc][end : end + 3],
                    ]


def test_counts_of_the_contents() -> None:
    raw = render(with_contents())
    # 西 has b and c'": one claim, hedged upwards; rates are per 1,000 characters without white space.
    east, west = rows_of(raw, "claims")[1:3]
    size = sum(len("".join(TEXTS[i].split())) for i in ("b", "c'\""))
    assert f">{1000 / size:.2f}<" in west and west.count("100.0%") == 2 and east.count("0.0%") == 3
    slogan = rows_of(raw, "slogans")[-1]
    # The nested place does not count: two places, two documents, one group; two expansions.
    assert re.findall(r'data-v="(\d+)"', slogan) == ["2", "1", "2"] and "共 2 种解释" in slogan
    rows = rows_of(raw, "reuse")
    # Overlapping passages cover 6 characters of the first document, 4 of the second.
    shares = [float(v) for row in rows[1:4] for v in re.findall(r'data-v="([^"]+)"', row)]
    expected = sorted([6 / len(TEXTS[HOSTILE]), 4 / len(TEXTS["b"]), 0.0], reverse=True)
    assert shares == pytest.approx(expected)
    # The stronger passage comes first, whatever the order of the frame.
    weights = [re.findall(r'data-v="([^"]+)"', row)[-1] for row in rows[-2:]]
    assert weights == ["1.0", "0.25"]


def test_contents_are_cut_and_told() -> None:
    shown = Page(render(with_contents(), limits=Limits(claims=1, slogans=1, reuse=1, places=1)))
    data = json.loads(shown.scripts[0])
    assert "显示 1 条，共 2 条" in shown.text
    assert [len(mark["h"]) for mark in data["marks"]] == [1] * 4  # a claim, a slogan, two sides
    slogan = data["marks"][1]
    assert (slogan["n"], slogan["d"]) == (2, 2)


def test_contents_left_out_or_empty() -> None:
    empty = Page(render(made()))
    for key in ("no_claims", "no_slogans", "no_reuse"):
        assert MESSAGES[key][0] in empty.text
    without = made(options=replace(made().options, without=("claims", "slogans", "reuse")))
    gone = Page(render(without))
    assert gone.open == [] and "data-m" not in str(gone.elements)
    for key in ("h_claims", "h_slogans", "h_reuse"):
        assert MESSAGES[key][0] not in gone.text
    assert not {"claims", "slogans", "passages", "reuse_pairs"} & set(without.tables())
    assert render(with_contents()) == render(with_contents())


def test_contents_of_documents_with_numbers_as_ids() -> None:
    docs = pl.DataFrame(
        {"doc_id": [7, 9], "text": ["办理提案720余件。坚持把党的政治建设摆在首位。推行“三会一课”。"] * 2}
    )
    found = dz.compare(docs)
    assert (
        found.claims.schema["doc_id"]
        == found.slogans.schema["doc_id"]
        == found.passages.schema["doc_id_1"]
        == pl.Int64
    )
    assert found.claims.height and found.slogans.height and found.passages.height
    assert "720余件" in Page(render(found)).text
    nothing = dz.compare(docs, without=["claims", "slogans", "reuse"])
    assert nothing.claims.schema == found.claims.schema and nothing.claims.is_empty()
    with pytest.raises(dz.ParameterError, match="`without` must be of"):
        dz.compare(docs, without=["claim"])


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
    path = dz.report(made(), path=tmp_path / "page.html", language="en", title="A <title>")
    assert path == tmp_path / "page.html"
    assert "A <title>" in Page(path.read_text("utf-8")).text


def test_report_refuses_with_our_errors(tmp_path: Path) -> None:
    with pytest.raises(dz.ParameterError, match="`language` must be one of"):
        dz.report(made(), path=tmp_path / "x.html", language="fr")  # type: ignore[arg-type]
    with pytest.raises(dz.ParameterError, match="`by` must be given to `compare`"):
        dz.report(made(), by="地", path=tmp_path / "x.html")
    with pytest.raises(dz.FileError, match="nowhere"):
        dz.report(made(), path=tmp_path / "nowhere" / "x.html")
    with pytest.raises(dz.DataTypeError, match="`docs` must be"):
        dz.report([1, 2], path=tmp_path / "x.html")  # type: ignore[arg-type]


def test_options_are_those_of_the_signature() -> None:
    parameters = inspect.signature(dz.compare).parameters
    given = {name: p.default for name, p in parameters.items() if name not in ("docs", "progress")}
    assert {field.name: field.default for field in fields(Options)} == given
    with pytest.raises(FrozenInstanceError):
        Options().window = 3  # type: ignore[misc]
