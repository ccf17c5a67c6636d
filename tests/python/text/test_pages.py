"""Pages in HTML, tags inside a text, bylines, dates, navigation and feet of pages: kinds of the fault, several siblings each."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import polars as pl
import pytest
from tests.scores.pages import pages, score

import duizhao as dz

BODY = "云川县农会昨日开会，茶农们听取了收购站的报告，也说了采茶机的事。"
ARTICLE = "".join(
    f"<p>{BODY}第{n}组的人补充了几句，说今年雨水足，明年还要多种三十亩。</p>" for n in range(1, 9)
)


def read(tmp_path: Path, page: str) -> dict[str, object]:
    """The document that a page gives."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    row: dict[str, object] = dz.read_texts(tmp_path / "page.html").row(0, named=True)
    return row


def cleaned(text: str) -> dict[str, object]:
    """What cleaning makes of a text; the way back is exact."""
    with warnings.catch_warnings():
        # The feet of these small pages are longer than their bodies.
        warnings.simplefilter("ignore", dz.errors.LostTextWarning)
        docs = dz.clean(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert dz.restore(docs)["text"].item() == text
    row: dict[str, object] = docs.row(0, named=True)
    return row


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        # Straight quotation marks inside an attribute, with and without another place that has the title.
        (
            '<meta property="og:title" content="县农会办"春茶"集市"><title>县农会办"春茶"集市</title>',
            '县农会办"春茶"集市',
            '县农会办"春茶"集市',
        ),
        ('<meta name="ArticleTitle" content="说说"减负"这件事" />', "", '说说"减负"这件事'),
        ('<meta content="说说"减负"这件事" name="ArticleTitle">', "", '说说"减负"这件事'),
        # Broken off.
        (
            '<meta property="og:title" content="县农会开会商量...">',
            "县农会开会商量采茶机",
            "县农会开会商量采茶机",
        ),
        # The name of the site.
        (
            '<meta property="og:title" content="云川茶网"><title>春茶上市_云川茶网</title>',
            "春茶上市",
            "春茶上市",
        ),
        (
            '<meta property="og:title" content="临溪台"><meta property="og:site_name" content="临溪台"><title>春茶上市早七天</title>',
            "",
            "春茶上市早七天",
        ),
        ("<title>春茶上市早七天-云川县人民政府门户网站</title>", "", "春茶上市早七天"),
        ("<title>春茶上市早七天 | 云川日报</title>", "", "春茶上市早七天"),
        ("<title>云川茶网-春茶上市早七天</title>", "", "春茶上市早七天"),
        ("<title>云川茶事 | 春茶上市早七天</title>", "春茶上市早七天", "春茶上市早七天"),
        ("<title>春茶上市早七天_要闻_云川茶网</title>", "", "春茶上市早七天"),
        ("<title>春茶上市早七天_云川茶网</title>", "云川茶网", "春茶上市早七天"),
        # What is part of the title stays.
        ("<title>云川-临溪公路通车</title>", "", "云川-临溪公路通车"),
        ("<title>走出大山——记茶农老林</title>", "", "走出大山——记茶农老林"),
        ("<title>2023-2024年茶情</title>", "", "2023-2024年茶情"),
        # Line breaks and tags in titles.
        ('<meta name="ArticleTitle" content="县农会<br/>开会">', "", "县农会开会"),
        ("", "县农会<br>开会", "县农会开会"),
        ("<title>县农会&amp;茶厂", "", "县农会&茶厂"),
    ],
)
def test_titles(tmp_path: Path, head: str, heading: str, title: str) -> None:
    heading = f"<h1>{heading}</h1>" if heading else ""
    page = f"<html><head>{head}\n</head><body>{heading}{ARTICLE}</body></html>"
    document = read(tmp_path, page)
    assert document["title"] == title
    assert str(document["text"]).startswith(BODY)


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none">藏</div>',
        '<DIV STYLE="color:red; DISPLAY :NONE !important">藏</DIV>',
        "<p hidden>藏</p>",
        "<span style='visibility:hidden'>藏</span>",
        "<ul><li style='display:none;'>藏</li></ul>",
        "<template><p>藏</p></template>",
        "<noscript>藏</noscript>",
        "<dialog>藏</dialog>",
        "<!-- 藏 -->",
    ],
)
def test_what_no_reader_sees(tmp_path: Path, hidden: str) -> None:
    for shown in ("<p>今天停水。</p>", ARTICLE):
        text = str(read(tmp_path, f"<html><body>{hidden}{shown}</body></html>")["text"])
        assert "藏" not in text
        assert text


def test_what_a_reader_sees_stays(tmp_path: Path) -> None:
    page = (
        "<body><form id=aspnetForm><input type=hidden value=x><p style='display:block'>停水公告</p></form>"
        "<p style='background:none'>全镇停水一天。</p><![CDATA[明天来水。]]></body>"
    )
    assert str(read(tmp_path, page)["text"]).splitlines() == ["停水公告", "全镇停水一天。", "明天来水。"]


@pytest.mark.parametrize(
    ("ruby", "text"),
    [
        ("<ruby>郯<rt>tán</rt></ruby>河", "郯河"),
        ("<ruby>郯<rt>tán</ruby>河", "郯河"),
        ("<ruby>盱<rt>xū</rt>眙<rt>yí</rt></ruby>县", "盱眙县"),
        ("<ruby><rb>六安</rb><rtc><rt>lù ān</rt></rtc></ruby>人", "六安人"),
        ("<ruby>郯<rp>(</rp><rt>tán</rt><rp>)</rp></ruby>河", "郯(tán)河"),
    ],
)
def test_readings(tmp_path: Path, ruby: str, text: str) -> None:
    assert read(tmp_path, f"<body><p>{ruby}开渔。</p></body>")["text"] == f"{text}开渔。"
    article = str(read(tmp_path, f"<body><div><p>{ruby}开渔。{BODY}</p>{ARTICLE}</div></body>")["text"])
    assert article.startswith(f"{text}开渔。")
    assert cleaned(f"<p>{ruby}开渔。</p>")["text"] == f"{text}开渔。"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<title>茶市</title><div id=app></div><script>var x=1</script>", "scripts"),
        ("<body><noscript>请启用 JavaScript</noscript><script src=a.js></script></body>", "scripts"),
        ("<body><div>正在加载，请稍候…</div><script src=a.js></script></body>", "scripts"),
        ("<frameset cols='20%,*'><frame src=a.htm></frameset>", "frames"),
        ("<html><body></body></html>", "no text"),
    ],
)
def test_pages_without_text_are_named(tmp_path: Path, page: str, reason: str) -> None:
    (tmp_path / "hollow.html").write_text(page, encoding="utf-8")
    (tmp_path / "other.txt").write_text(BODY, encoding="utf-8")
    with pytest.warns(dz.errors.UnreadableFileWarning, match=rf"hollow\.html: .*{reason}"):
        docs = dz.read_texts(tmp_path)
    assert docs["doc_id"].to_list() == ["hollow", "other"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert dz.read_texts(tmp_path, on_error="ignore").height == 2
    with pytest.raises(dz.errors.FileError, match=r"hollow\.html"):
        dz.read_texts(tmp_path, on_error="raise")


def test_tags_inside_a_text() -> None:
    row = cleaned('<p>县农会开会，<strong>商量</strong>茶市。</p><p>附<a href="/x">名单</a>&nbsp;一份。</p>')
    assert row["text"] == "县农会开会，商量茶市。\n附名单 一份。"
    for text in ("若a<b且b<c。", "我<3云川", "<姓名>填写《<三农>》", "运行 clone <source> <target>"):
        assert cleaned(text)["text"] == text
    # Brackets of tags are no arrows of a breadcrumb: nothing is lost.
    assert cleaned("<span>县农会</span>办茶市")["text"] == "县农会办茶市"
    assert cleaned("<p>镇政府</p>公告")["text"] == "镇政府\n公告"
    kinds = dz.repairs(dz.clean(pl.DataFrame({"doc_id": [1], "text": ["<b>茶</b>市"]})))["kind"]
    assert kinds.to_list() == ["html_tag", "html_tag"]
    assert dz.clean("<b>茶</b>市", steps=["html_entities"])["text"].item() == "<b>茶</b>市"
    assert pl.select(pl.lit("<b>茶</b>市").zh.repair()).item() == "茶市"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("作者 | 谢东明", "谢东明"),
        ("作者｜谢东明", "谢东明"),
        ("作者丨谢东明", "谢东明"),
        ("作者/谢东明", "谢东明"),
        ("作 者：谢东明", "谢东明"),
        ("【作者】谢东明", "谢东明"),
        ("[作者]谢东明", "谢东明"),
        ("作者 谢东明", "谢东明"),
        ("作者：谢东明、何小萍", "谢东明、何小萍"),
        ("作者：谢东明和何小萍", "谢东明、何小萍"),
        ("文/谢东明", "谢东明"),
        ("文 / 谢东明", "谢东明"),
        ("文丨谢东明", "谢东明"),
        ("文/图：谢东明", "谢东明"),
        ("图/文：谢东明", "谢东明"),
        ("文图/谢东明", "谢东明"),
        ("撰文 | 谢东明 摄影 | 何小萍", "谢东明"),
        ("作者 | 谢东明 编辑 | 何小萍", "谢东明"),
    ],
)
def test_authors_in_all_spellings(line: str, author: str) -> None:
    for text in (
        f"春茶上市早七天\n2024-05-06 来源：云川日报 {line}\n{BODY}",
        f"春茶上市早七天\n2024-05-06 来源：云川日报\n{line}\n{BODY}",
        f"春茶上市早七天\n2024-05-06 来源：云川日报\n{BODY}\n{line}",
    ):
        row = cleaned(text)
        assert (row["author"], row["title"], row["source"]) == (author, "春茶上市早七天", "云川日报"), text
        assert row["text"] == BODY, text


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("责任编辑：何小萍 审核：谢东明", "何小萍"),
        ("责编：何小萍 | 校对：谢东明 | 来源：茶报", "何小萍"),
        ("编辑 丨 何小萍", "何小萍"),
        ("编辑/何小萍", "何小萍"),
        ("责任编辑 何小萍", "何小萍"),
        ("责编、校对：何小萍", "何小萍"),
        ("（责任编辑： HN666）", None),
        ("责任编辑：何小萍_NB1234", "何小萍"),
        ("【责任编辑:何小萍】", "何小萍"),
        ("审核 | 谢东明", None),
    ],
)
def test_editors_and_what_stands_beside_them(line: str, editor: str | None) -> None:
    row = cleaned(f"春茶上市早七天\n2024-05-06 来源：云川日报\n{BODY}\n{line}\n")
    assert (row["editor"], row["text"]) == (editor, BODY)


@pytest.mark.parametrize(
    "column",
    [
        "党建",
        "国内",
        "银行",
        "文明",
        "纪检",
        "财经",
        "高校",
        "任免",
        "时评",
        "康养",
        "华侨",
        "农业",
        "安全",
        "成就",
        "高新区",
        "文史馆",
        "金融街",
    ],
)
@pytest.mark.parametrize("place", ["before", "behind"])
def test_columns_of_the_navigation_are_nobody(column: str, place: str) -> None:
    above, below = (f"{column}\n", "") if place == "before" else ("", f"{column}\n")
    row = cleaned(f"首页\n{above}云川县农会开会\n{below}发布时间：2024-05-06 来源：县农会\n{BODY}")
    assert (row["author"], row["reporter"], row["editor"]) == (None, None, None)
    assert (row["title"], row["text"]) == ("云川县农会开会", BODY)


def test_a_name_below_the_title_is_an_author() -> None:
    row = cleaned(f"茶山记\n\n春天的茶山\n谢东明\n2024-05-06 来源：县农会\n{BODY}")
    assert row["author"] == "谢东明"


@pytest.mark.parametrize(
    "written",
    [
        "民國113年5月6日",
        "中華民國一一三年五月六日",
        "民国113/5/6",
        "20240506",
        "202405061230",
        "2024.5.6",
        "2024/05/06",
        "二〇二四年五月六日",
        "二○二四年五月六日",
        "2024年05月06日 14:30",
    ],
)
def test_dates(written: str) -> None:
    row = cleaned(f"春茶上市早七天\n发布时间：{written} 来源：云川日报\n{BODY}")
    assert (row["date"], row["source"], row["text"]) == (dt.date(2024, 5, 6), "云川日报", BODY)


@pytest.mark.parametrize("written", ["20241350", "2024-02-30", "18230506", "05-06-2024", "民國113年13月6日"])
def test_what_is_no_date(written: str) -> None:
    row = cleaned(f"春茶上市早七天\n发布时间：{written} 来源：云川日报\n{BODY}")
    assert (row["date"], row["source"], row["text"]) == (None, "云川日报", BODY)


@pytest.mark.parametrize(
    "foot",
    [
        "（责任编辑： HN666）\n扫码阅读全文\n【免责声明】本文仅代表作者观点，与本网无关。请读者自行承担责任。",
        "主办：云川县人民政府办公室 © 2024 云川县人民政府 版权所有 云ICP备12345678号",
        "【声明】转载请注明出处。\n云公网安备 53010002000001号",
        "主办单位：云川县农会　技术支持：云川软件\n网站标识码：5301000001",
        "文/图：谢东明\n长按识别二维码\n写留言",
    ],
)
def test_feet_of_pages(foot: str) -> None:
    assert cleaned(f"春茶上市早七天\n2024-05-06 来源：云川日报\n{BODY}\n{foot}\n")["text"] == BODY


def test_annotated_pages() -> None:
    """Figures of docs/guide/reading.md."""
    assert len(pages()) == 36
    for sample, least in SCORES.items():
        for column, (right, _) in score(sample).items():
            assert right >= least[column], (sample, column)


#: Pages right of 20 in the first sample, of 16 in the second.
SCORES = {
    "first": {"title": 20, "date": 20, "source": 20, "author": 19, "reporter": 20, "editor": 20, "body": 20},
    "second": {"title": 16, "date": 16, "source": 16, "author": 16, "reporter": 16, "editor": 16, "body": 16},
}
