"""Writes the files under ``tests/data/files`` with LibreOffice, from invented reports.

``python tests/data/make_files.py`` needs ``soffice`` and the font Noto Sans CJK SC. The tests read what it wrote, and
need neither; one test writes the same files anew where ``soffice`` is present.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent / "files"
FONT = "Noto Sans CJK SC"


@dataclass(frozen=True)
class Report:
    """What a report says, block by block: (kind, text); kinds are title, by, heading, body, table, item."""

    head: str
    blocks: tuple[tuple[str, str], ...]
    note: str = ""

    def text(self) -> str:
        """The text that is to come out of every kind of file, a paragraph a line."""
        return "\n".join(text for _, text in self.blocks)


QINGLU = Report(
    head="青芦县人民政府公报 2024年第3期",
    blocks=(
        ("title", "政府工作报告"),
        ("by", "青芦县县长 贺晚舟"),
        ("body", "各位代表："),
        ("body", "现在，我代表县人民政府，向大会报告工作，请予审议，并请各位列席人员提出意见。"),
        ("heading", "一、过去一年的工作"),
        ("body", "过去一年，全县上下深入贯彻落实上级的决策部署，统筹推进稳增长、促改革、惠民生、防风险各项工作，经济社会发展取得新的成效。全县地区生产总值达到86.4亿元，增长6.2%；一般公共预算收入完成5.3亿元，增长4.8%；城乡居民人均可支配收入分别增长5.1%和7.4%，主要指标保持在全市前列，为今后的发展打下了扎实的基础。"),
        ("body", "产业基础更加稳固。芦苇编织、淡水养殖、木竹加工三个主导产业的产值超过40亿元，新增规模以上企业12家，新建高标准农田1.6万亩，粮食总产量连续九年保持稳定。北湾码头一期工程建成使用，全年货物吞吐量达到210万吨，比上年增加18万吨。县里出台扶持小微企业的二十条措施，减免税费4300余万元，帮助260户个体工商户渡过难关。"),
        ("body", "城乡面貌持续改善。完成老旧小区改造27个，惠及居民3800户；新建农村公路96公里，改造危桥11座，行政村客运通车率达到100%。开展农村人居环境整治，建成污水处理设施43处，清理河塘沟渠310公里。城区新增停车泊位1500个、口袋公园6个，群众出行难、停车难的问题有所缓解。"),
        ("body", "民生保障更加有力。财政支出的七成以上用于民生。新增城镇就业4100人，技能培训6200人次；新建、改扩建学校8所，新增学位2400个；县人民医院新院区投入使用，家庭医生签约服务覆盖18万人。养老服务中心实现乡镇全覆盖，特困人员集中供养率提高到78%。"),
        ("heading", "二、存在的问题"),
        ("body", "在肯定成绩的同时，我们也清醒地看到：产业结构不够合理，骨干企业数量偏少；财政收支矛盾突出，债务化解任务较重；农村基础设施仍有欠账，公共服务质量与群众的期待还有差距；少数干部担当不够，落实工作浮在表面。对这些问题，我们一定高度重视，采取有力措施，切实加以解决。"),
        ("heading", "三、今年的主要任务"),
        ("item", "（一）做强主导产业。"),
        ("body", "实施芦苇编织提升行动，建设产业园区二期，引进加工企业5家以上；推广稻渔综合种养3.2万亩，打造区域公用品牌；推动北湾码头二期工程开工，力争货物吞吐量突破240万吨。全年完成固定资产投资28亿元，其中工业投资不低于12亿元。"),
        ("item", "（二）办好民生实事。"),
        ("body", "今年要办好十件民生实事：改造老旧小区30个，新建农村公路80公里，新增学位1800个，建设社区食堂15家，完成饮水安全巩固提升工程22处。坚持尽力而为、量力而行，每一件实事都明确责任单位、完成时限，每季度向社会公布一次进展，请代表和群众监督。"),
        ("table", "主要指标\t2023年\t2024年目标\n地区生产总值（亿元）\t86.4\t92\n新增城镇就业（人）\t4100\t4300\n农村公路（公里）\t96\t80"),
        ("item", "（三）加强自身建设。"),
        ("body", "坚持把纪律和规矩挺在前面，自觉接受人大监督、政协监督和社会监督，办理代表建议、政协提案做到件件有着落。大力精简会议和文件，把更多时间留给基层一线，让干部腾出手来抓落实。持续推进政务公开，凡是涉及群众切身利益的决策，都要听取群众意见。"),
        ("body", "各位代表，蓝图已经绘就，实干成就未来。让我们团结一心、埋头苦干，为建设美丽富裕的新青芦而努力奋斗！"),
    ),
)  # fmt: skip

SONGPO = Report(
    head="松坡县第九届人民代表大会文件",
    blocks=(
        ("title", "松坡县政府工作报告"),
        ("by", "松坡县县长 裴知远"),
        ("body", "各位代表："),
        ("body", "我代表松坡县人民政府向大会作工作报告，请予审议。"),
        ("heading", "一、工作回顾"),
        ("body", "一年来，我们坚持生态立县，完成造林绿化5.4万亩，森林覆盖率提高到71.3%；茶叶、油茶、林下中药材三项特色产业产值达到23亿元，增长9.6%。全县旅游接待人数突破260万人次，旅游综合收入增长15.2%，松坡云海列入省级风景名胜区名录。"),
        ("body", "持续推进乡村振兴。守住不发生规模性返贫的底线，脱贫人口人均纯收入增长11.5%。建成和美乡村示范村16个，改造农村户厕5200座，自来水普及率达到96%。选派驻村干部148人，培育家庭农场73家，村级集体经济收入全部超过20万元。"),
        ("heading", "二、今年打算"),
        ("body", "今年要抓好三件大事：一是建设茶叶精深加工园，二是开通松坡至省城的快速通道，三是办好第六届云海文化旅游节。全年地区生产总值增长6%左右，城乡居民收入增长与经济增长基本同步。"),
        ("table", "项目\t单位\t数量\n造林绿化\t万亩\t5\n和美乡村\t个\t20"),
        ("body", "各位代表，让我们守好绿水青山，建设宜居宜游的新松坡。"),
    ),
)  # fmt: skip

BRIEF = Report(
    head="县志选",
    blocks=(
        ("title", "青芦小志"),
        ("body", "青芦在江之北，湖之东，地平多苇。民以渔樵为业，春种秋收，岁无大歉。城周三里，有门四，市在南门外，逢五逢十而集。"),
        ("body", "湖中有岛曰白鹭，岛上旧有书院，今为小学。"),
    ),
)  # fmt: skip

#: How LibreOffice is told to write a PDF that opens with a password only.
LOCKED = (
    '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
)

#: Rows of the sheets: codes with zeros in front, dates, truths, numbers, and texts.
NEWS = (
    ("代码", "日期", "篇数", "头版", "正文"),
    ("001", "2024-03-05", 3, True, "青芦县召开春季农业生产现场会，要求抢抓农时，全面完成春耕备耕任务。"),
    ("002", "2024-04-11", 12, False, "松坡县启动茶叶采摘季，首批新茶4月上市，预计全年产量突破900吨。"),
    ("003", "2024-05-20", 7, False, "青芦县北湾码头二期工程开工，总投资3.6亿元，工期20个月。"),
)
LETTERS = (
    ("代码", "日期", "正文"),
    ("101", "2024-02-01", "来信反映河东路路灯损坏，县住建局回复：已于2月3日修复。"),
    ("102", "2024-02-09", "来信建议增开县城至北湾的早班车，县交通局回复：3月起增开两班。"),
)
#: A sheet without texts: what it counts stands in the others.
COUNTS = (("月份", "件数"), ("2月", 2), ("3月", 1))


# --- documents --------------------------------------------------------------------------------------------------------------


def _style(name: str, text: str, paragraph: str = "", parent: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"{above}>'
        f"<style:paragraph-properties {paragraph}/>"
        f'<style:text-properties style:font-name-asian="{FONT}" style:font-name="{FONT}" {text}/></style:style>'
    )


def flat_text(
    report: Report, *, spaced_title: bool = False, columns: int = 1, mode: str = "lr-tb", turned: bool = False
) -> str:
    """A flat OpenDocument text with running head, page numbers, headings, a table, indented paragraphs."""
    width, height = ("29.7cm", "21cm") if turned else ("21cm", "29.7cm")
    section = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>' if columns > 1 else ""
    blocks = []
    for kind, text in report.blocks:
        if kind == "table":
            rows = [row.split("\t") for row in text.split("\n")]
            cells = "".join(
                "<table:table-row>"
                + "".join(
                    f'<table:table-cell office:value-type="string"><text:p text:style-name="Cell">{escape(cell)}</text:p></table:table-cell>'
                    for cell in row
                )
                + "</table:table-row>"
                for row in rows
            )
            blocks.append(
                f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{cells}</table:table>'
            )
            continue
        if kind == "title" and spaced_title:
            text = " ".join(text)
        if kind in ("heading", "item"):
            level = 1 if kind == "heading" else 2
            blocks.append(
                f'<text:h text:style-name="{kind}" text:outline-level="{level}">{escape(text)}</text:h>'
            )
        else:
            style = "Address" if text.endswith("：") and len(text) < 12 else kind
            blocks.append(f'<text:p text:style-name="{style}">{escape(text)}</text:p>')
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="'{FONT}'"/></office:font-face-decls>
<office:styles>
{_style("title", 'style:font-size-asian="22pt" fo:font-size="22pt"', 'fo:text-align="center" fo:margin-bottom="0.4cm"')}
{_style("by", 'style:font-size-asian="15pt" fo:font-size="15pt"', 'fo:text-align="center" fo:margin-bottom="0.4cm"')}
{_style("body", 'style:font-size-asian="15pt" fo:font-size="15pt"', 'fo:text-align="justify" fo:text-indent="30pt" fo:line-height="150%"')}
{_style("Address", 'style:font-size-asian="15pt" fo:font-size="15pt"', 'fo:line-height="150%"')}
{_style("heading", 'style:font-size-asian="16pt" fo:font-size="16pt"', 'fo:text-indent="32pt" fo:line-height="150%"')}
{_style("item", 'style:font-size-asian="15pt" fo:font-size="15pt"', 'fo:text-indent="30pt" fo:line-height="150%"')}
{_style("Cell", 'style:font-size-asian="12pt" fo:font-size="12pt"')}
{_style("Small", 'style:font-size-asian="9pt" fo:font-size="9pt"', 'fo:text-align="center"')}
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="PL"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}" style:print-orientation="{"landscape" if turned else "portrait"}" style:writing-mode="{mode}" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm">{section}</style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:margin-bottom="0.6cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:margin-top="0.6cm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="PL">
<style:header><text:p text:style-name="Small">{escape(report.head)}</text:p></style:header>
<style:footer><text:p text:style-name="Small">— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{"".join(blocks)}</office:text></office:body></office:document>"""


# --- sheets -----------------------------------------------------------------------------------------------------------------


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return f'<table:table-cell table:style-name="truth" office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    text = str(value)
    if len(text) == 10 and text[4] == "-":
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{text}"/>'
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def flat_sheets(sheets: dict[str, tuple[tuple[object, ...], ...]]) -> str:
    """A flat OpenDocument spreadsheet."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join("<table:table-row>" + "".join(map(_cell, row)) + "</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:boolean-style style:name="N2"><number:boolean/></number:boolean-style>
<style:style style:name="truth" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>
</office:automatic-styles>
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"""


# --- writing ----------------------------------------------------------------------------------------------------------------


def convert(source: Path, kind: str, folder: Path) -> Path:
    """One file of another kind, by LibreOffice with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", kind,
                "--outdir", str(folder), str(source),
            ],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def write(folder: Path) -> None:
    """Write all files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        (place / "qinglu_2024.fodt").write_text(flat_text(QINGLU, spaced_title=True), "utf-8")
        (place / "songpo_2024.fodt").write_text(flat_text(SONGPO), "utf-8")
        (place / "news_2024.fods").write_text(
            flat_sheets({"要闻": NEWS, "来信": LETTERS, "统计": COUNTS}), "utf-8"
        )
        convert(place / "qinglu_2024.fodt", "pdf", folder)
        convert(place / "songpo_2024.fodt", "docx", folder)
        convert(place / "songpo_2024.fodt", "odt", folder)
        (place / "columns.fodt").write_text(flat_text(SONGPO, columns=2), "utf-8")
        (place / "downwards.fodt").write_text(flat_text(BRIEF, mode="tb-rl", turned=True), "utf-8")
        (place / "locked.fodt").write_text(flat_text(BRIEF), "utf-8")
        convert(place / "columns.fodt", "pdf", folder)
        convert(place / "downwards.fodt", "pdf", folder)
        convert(place / "locked.fodt", f"pdf:writer_pdf_Export:{LOCKED}", folder)
        for kind in ("xlsx", "ods", "xls"):
            convert(place / "news_2024.fods", kind, folder)
        convert(place / "songpo_2024.fodt", "doc", folder)
    (folder / "qinglu_2024.txt").write_text(QINGLU.text() + "\n", "utf-8")
    (folder / "songpo_2024.txt").write_text(SONGPO.text() + "\n", "utf-8")
    with zipfile.ZipFile(folder / "letters.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for code, _, text in LETTERS[1:]:
            archive.writestr(zipfile.ZipInfo(f"letters/{code}.txt", (2024, 3, 1, 0, 0, 0)), f"{text}\n")


if __name__ == "__main__":
    if shutil.which("soffice") is None:
        sys.exit("needs LibreOffice: soffice is not in the path")
    write(HERE)
