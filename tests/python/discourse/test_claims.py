"""Claims: the frame, the expression, the command, the summaries, and the scores against annotations."""

from __future__ import annotations

import math
import random
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.scores.claims import claim_scores

import duizhao as dz
from duizhao._base.schema import with_doc_id
from duizhao.cli import main
from duizhao.discourse._schema import CLAIM_RATES, CLAIM_SHARES, CLAIMS, NUMBERS

TEXTS = {
    "甲": "全年办理提案720余件，投入资金2600多万元。生产总值增长5.3%，居全省第一。",
    "乙": "每年召开2次会议。处五千元以上五万元以下罚款。",
    "丙": "春天来了。",
}
DOCS = pl.DataFrame({"doc_id": list(TEXTS), "text": list(TEXTS.values())})


def test_frame() -> None:
    found = dz.claims(DOCS)
    assert found.schema == CLAIMS
    assert found.get_column("surface").to_list() == [
        "720余件",
        "2600多万元",
        "5.3%",
        "第一",
        "2次",
        "五千元以上五万元以下",
    ]
    for row in found.iter_rows(named=True):
        text = TEXTS[row["doc_id"]]
        assert text[row["char_start"] : row["char_end"]] == row["surface"]
        assert row["surface"] in row["sentence_text"] and row["sentence_text"] in text
    sentences = dz.sentences(DOCS).select("doc_id", "sentence", "text")
    joined = found.join(sentences, on=["doc_id", "sentence"], how="left")
    assert (joined.get_column("text") == joined.get_column("sentence_text")).all()
    money = found.row(1, named=True)
    assert (money["value"], money["lower"], money["upper"], money["unit"]) == (26e6, 26e6, 27e6, "元")
    assert (money["category"], money["kind"], money["object"], money["verb"]) == (
        "money",
        "achievement",
        "资金",
        "投入",
    )
    fine = found.row(5, named=True)
    assert (fine["lower"], fine["upper"], fine["direction"], fine["kind"]) == (5e3, 5e4, "range", "norm")


def test_empty_and_other_ids() -> None:
    empty = pl.DataFrame(schema={"doc_id": pl.Int32, "text": pl.String})
    found = dz.claims(empty)
    assert found.is_empty() and found.schema == with_doc_id(CLAIMS, pl.Int32())
    numbered = dz.claims(DOCS.with_columns(doc_id=pl.Series([3, 1, 2], dtype=pl.UInt16)))
    assert (
        numbered.schema["doc_id"] == pl.UInt16
        and numbered.get_column("doc_id").to_list() == [3] * 4 + [1] * 2
    )


def test_raw_places() -> None:
    docs = dz.clean(
        pl.DataFrame({"doc_id": ["a"], "text": ["　　全年　办理提案７２０余件。"]}), script="simplified"
    )
    row = dz.claims(docs).row(0, named=True)
    raw = docs.get_column("raw_text")[0]
    assert raw[row["raw_start"] : row["raw_end"]] == "７２０余件"
    assert docs.get_column("text")[0][row["char_start"] : row["char_end"]] == row["surface"]


def test_order_of_documents_changes_nothing() -> None:
    found, turned = dz.claims(DOCS), dz.claims(DOCS.reverse())
    assert found.sort("doc_id", "char_start").equals(turned.sort("doc_id", "char_start"))


def test_bad_input() -> None:
    with pytest.raises(dz.DataTypeError, match="docs"):
        dz.claims(3)  # type: ignore[call-overload]
    with pytest.raises(dz.MissingColumnError, match="text"):
        dz.claims(DOCS.drop("text"))
    with pytest.raises(dz.DataError, match="null"):
        dz.claims(DOCS.with_columns(text=pl.lit(None, dtype=pl.String)))
    with pytest.raises(dz.DataTypeError, match="texts"):
        dz.parse_numbers([3])  # type: ignore[list-item]
    with pytest.raises(dz.DataError, match="null"):
        dz.parse_numbers(pl.Series([None], dtype=pl.String))


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_expression(engine: str) -> None:
    frame = pl.LazyFrame({"text": [*TEXTS.values(), None]})
    lazy = frame.select(pl.col("text").zh.claims().alias("claims"))
    kinds = {name: kind for name, kind in CLAIMS.items() if name not in ("doc_id", "raw_start", "raw_end")}
    assert lazy.collect_schema()["claims"] == pl.List(pl.Struct(kinds))
    column = lazy.collect(engine=engine).get_column("claims")  # type: ignore[call-overload]
    assert column.dtype == pl.List(pl.Struct(kinds))
    assert column[3] is None and column[2].is_empty()
    rows = column.drop_nulls().explode().drop_nulls().struct.unnest()
    same = dz.claims(DOCS).drop("doc_id", "raw_start", "raw_end")
    assert rows.equals(same)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXTS["甲"], encoding="utf-8")
    out = tmp_path / "claims.parquet"
    assert main(["claims", str(tmp_path / "a.txt"), "-q", "-o", str(out)]) == 0
    assert pl.read_parquet(out).get_column("surface").to_list() == ["720余件", "2600多万元", "5.3%", "第一"]
    assert main(["claims", str(tmp_path / "a.txt"), "-q", "--kind", "rank", "-o", str(out)]) == 0
    assert pl.read_parquet(out).get_column("surface").to_list() == ["第一"]
    with pytest.raises(SystemExit) as stop:
        main(["claims", str(tmp_path / "a.txt"), "--kind", "wish"])
    assert stop.value.code == 2


def test_numbers() -> None:
    found = dz.parse_numbers(["三十几万", "百分之九十八", "两三", "党建"])
    assert found.schema == NUMBERS
    assert found.get_column("value").to_list() == [300_000.0, 0.98, 2.5, None]
    assert dz.parse_numbers([]).is_empty()


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 400), st.sampled_from([0.8, 0.95, 0.99]))
def test_rates_have_the_bounds_of_the_chi_squared_quantiles(count: int, level: float) -> None:
    docs = pl.DataFrame({"doc_id": ["甲"], "text": ["字" * 1000]})
    claims = dz.claims(DOCS).head(1).with_columns(doc_id=pl.lit("甲"))
    rates = dz.claim_rates(
        pl.concat([claims] * count) if count else claims.clear(),
        docs,
        inference=dz.Inference(permutations=0, resamples=0, level=level),
    )
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else stats.chi2.ppf(tail, 2 * count) / 2
    high = stats.chi2.ppf(1 - tail, 2 * count + 2) / 2
    assert math.isclose(rates["rate_per_1000_chars_exact_low"].item(), low, rel_tol=1e-9, abs_tol=1e-12)
    assert math.isclose(rates["rate_per_1000_chars_exact_high"].item(), high, rel_tol=1e-9)


def test_rates() -> None:
    docs = DOCS.vstack(pl.DataFrame({"doc_id": ["丁"], "text": [" \n"]}))
    rates = dz.claim_rates(dz.claims(DOCS), docs)
    assert rates.schema == CLAIM_RATES
    assert rates.get_column("claims").to_list() == [4, 2, 0, 0]
    assert rates.get_column("chars").to_list() == [len(text) for text in TEXTS.values()] + [0]
    assert math.isclose(rates["rate_per_1000_chars"][0], 4000 / len(TEXTS["甲"]))
    assert rates["rate_per_1000_chars"][3] is None
    # Garwood's bounds of 0 events at 95 %: 0 and 3.689.
    assert rates["rate_per_1000_chars_exact_low"][2] == 0 and math.isclose(
        rates["rate_per_1000_chars_exact_high"][2] * 5 / 1000, 3.688879, rel_tol=1e-6
    )
    with pytest.raises(dz.DataError, match="not there"):
        dz.claim_rates(dz.claims(DOCS), DOCS.head(1))
    with pytest.raises(dz.ParameterError, match="level"):
        dz.claim_rates(dz.claims(DOCS), DOCS, inference=dz.Inference(permutations=0, resamples=0, level=95))


def test_shares() -> None:
    found = dz.claims(DOCS)
    shares = dz.claim_shares(found, "kind", inference=dz.Inference(permutations=0, resamples=200, seed=1))
    assert shares.schema == CLAIM_SHARES
    assert dict(shares.select("value", "claims").iter_rows()) == {"achievement": 3, "norm": 2, "rank": 1}
    assert math.isclose(shares.get_column("share").sum(), 1)
    # Two documents say nothing of the spread between documents.
    assert (
        shares["share_bootstrap_low"].null_count()
        == shares["share_bootstrap_high"].null_count()
        == shares.height
    )
    found = pl.concat([found, found.with_columns(doc_id=pl.lit("丙")).head(3)])
    shares = dz.claim_shares(found, "kind", inference=dz.Inference(permutations=0, resamples=200, seed=1))
    assert shares["share_bootstrap_low"].null_count() == 0
    assert (shares["share_bootstrap_low"] <= shares["share"]).all()
    assert (shares["share"] <= shares["share_bootstrap_high"]).all() and (
        shares["share_bootstrap_high"] <= 1
    ).all()
    # What all documents have alike has no interval.
    alike = dz.claim_shares(
        found.with_columns(kind=pl.lit("norm")),
        "kind",
        inference=dz.Inference(permutations=0, resamples=200, seed=1),
    )
    assert alike.select("share", "share_bootstrap_low", "share_bootstrap_high").rows() == [(1.0, None, None)]
    again = dz.claim_shares(
        found.reverse(), "kind", inference=dz.Inference(permutations=0, resamples=200, seed=1)
    )
    assert shares.equals(again)
    hedged = dz.claim_shares(found, "hedged", inference=dz.Inference(permutations=0, resamples=0))
    assert hedged.get_column("value").to_list() == ["exact", "hedged"] or hedged.height == 2
    assert hedged["share_bootstrap_low"].null_count() == 2
    by = dz.claim_shares(
        found.with_columns(city=pl.col("doc_id")),
        by="city",
        inference=dz.Inference(permutations=0, resamples=50),
    )
    assert by.get_column("group").unique().sort().to_list() == ["丙", "乙", "甲"]
    assert by["share_bootstrap_low"].null_count() == by.height
    assert dz.claim_shares(found.clear()).schema == CLAIM_SHARES
    with pytest.raises(dz.ParameterError, match="facet"):
        dz.claim_shares(found, "colour")  # type: ignore[arg-type]
    with pytest.raises(dz.ParameterError, match="resamples"):
        dz.claim_shares(found, inference=dz.Inference(permutations=0, resamples=-1))


def test_scores_against_annotations(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = claim_scores(shared / "gold")
    with capsys.disabled():
        print("\n" + result.table)
    assert result.f1_exact >= 0.95
    assert result.value_right >= 0.98 and result.unit_right >= 0.98
    assert result.direction_right >= 0.98 and result.kind_right >= 0.9


def told(text: str) -> list[tuple[object, ...]]:
    """Surface, value, object, verb and kind of the claims of a text."""
    return dz.claims(texts(text)).select("surface", "value", "object", "verb", "kind").rows()


def texts(*lines: str) -> pl.DataFrame:
    return pl.DataFrame({"doc_id": range(len(lines)), "text": list(lines)})


def test_an_object_marked_by_jiang_is_no_plan():
    assert told("全市将120万元用于阵地建设。") == [("120万元", 1200000.0, None, "用于", "achievement")]
    assert [row[-1] for row in told("县里将12个乡镇划分为3个片区。")] == ["inventory", "achievement"]
    for plan in ("明年将新建12个基地。", "扶持资金将超过3亿元。", "这里即将建成4个驿站。"):
        assert [row[-1] for row in told(plan)] == ["target"], plan


def test_a_review_speaks_of_what_is_over():
    for genre in ("综述", "侧记", "纪实", "回眸", "巡礼"):
        text = f"山城政协今年工作{genre}\n全年办理提案82件。"
        assert [row[-1] for row in told(text)] == ["achievement"], genre
    assert [row[-1] for row in told("今年工作安排\n办理提案82件。")] == ["target"]


def test_objects_are_whole_and_say_something():
    assert told("开展“我为山城办实事”活动30场次。")[0][2] == "“我为山城办实事”活动"
    assert told("举办3场“山城夜话”活动。")[0][2] == "“山城夜话”活动"
    assert told("推送相关80件次。")[0][2:4] == (None, "推送")
    assert told("收集相关信息80件次。")[0][2] == "相关信息"


def test_tenths_are_read_alike_in_texts_and_alone():
    for words, value in {"三成": 3, "八成五": 8.5, "七成以上": 7, "两三成": 2.5, "近九成": 9}.items():
        (claim,) = dz.claims(texts(f"{words}的村民参加了评议。")).iter_rows(named=True)
        alone = dz.parse_numbers([words]).row(0, named=True)
        assert (claim["surface"], claim["value"]) == (words, pytest.approx(value))
        assert alone["value"] == pytest.approx(value / 10)
        assert (alone["direction"], alone["lower"] is None) == (claim["direction"], claim["lower"] is None)


@pytest.mark.parametrize(
    ("text", "values", "change", "base"),
    [
        ("产值将下降为27.5%。", [27.5], None, None),
        ("比重上升为60%。", [60], None, None),
        ("增速为5%。", [5], 5, None),
        ("负增长2%。", [2], -2, None),
        ("出口增长-3.2%。", [-3.2], -3.2, None),
        ("成本减少一半。", [0.5], -50, None),
        ("积累额为2，211亿元。", [2211e8], None, None),
        ("投资1126.6亿元。", [112_660_000_000], None, None),
        ("由661，800亩增加到1，323，600亩。", [661_800, 1_323_600], 100, "661，800亩"),
        ("其中男生100，女生200人。", [200], None, None),
        ("PM2.5年均浓度下降17%。", [17], -17, None),
        ("收入比2020年翻一番。", [1], 100, "2020年"),
        ("和平共处五项原则。", [], None, None),
        ("总值迈上5万亿台阶。", [], None, None),
    ],
)
def test_levels_signs_and_thousands(text, values, change, base):
    found = dz.claims(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert found["value"].to_list() == values
    last = found.select("change", "change_base").rows()[-1] if values else (None, None)
    assert last == (change, base)


def test_what_breaks_through_a_mark_is_above_it():
    row = dz.claims(pl.DataFrame({"doc_id": ["a"], "text": ["里程突破9500公里。"]})).row(0, named=True)
    assert (row["direction"], row["lower"], row["upper"], row["surface"]) == ("above", 9500, None, "9500公里")


def test_ids_of_another_dtype_are_refused():
    docs = pl.DataFrame({"doc_id": ["1"], "text": ["新建学校3所。"]})
    with pytest.raises(dz.DataTypeError, match="doc_id"):
        dz.claim_rates(dz.claims(docs), docs.with_columns(pl.col("doc_id").cast(pl.Int64)))


def changes(*lines: str) -> list[tuple[object, ...]]:
    """Change, its unit and its base, of every claim of some texts."""
    return dz.claims(texts(*lines)).select("change", "change_unit", "change_base").rows()


def kinds(*lines: str) -> list[str]:
    return dz.claims(texts(*lines)).get_column("kind").to_list()


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("早稻减产2.4%。", -2.4),
        ("茶叶增产6%。", 6.0),
        ("车票提价8%。", 8.0),
        ("燃气降价一成。", -10.0),
        ("菜农减收3%。", -3.0),
        ("财政增支4.5%。", 4.5),
        ("企业减税7%。", -7.0),
        ("门店裁员15%。", -15.0),
        ("客流锐减二成。", -20.0),
        ("货量激增30%。", 30.0),
        ("本币贬值1.5%。", -1.5),
        ("貸款利率上調0.5個百分點。", 0.5),
        ("產量驟減四成。", -40.0),
        ("增速收窄0.6个百分点。", -0.6),
        ("缺口扩大1.3个百分点。", 1.3),
        ("产值翻一番。", 100.0),
        ("产值翻两番。", 300.0),
        ("產值翻了兩番。", 300.0),
        # To grow by less is no growth of the amount, to shrink by less no further fall.
        ("贷款少增6%。", -6.0),
        ("存款多增9%。", 9.0),
        ("库存少减2%。", 2.0),
        ("库存多减2%。", -2.0),
    ],
)
def test_verbs_of_rising_and_falling_give_the_sign(text: str, change: float) -> None:
    assert [row[0] for row in changes(text)] == [change]


def test_a_level_is_no_change_and_its_base_is_the_earlier_figure() -> None:
    assert changes("库存降至3.2%。", "比重升至41%。", "客流与上年持平。") == [(None, None, None)] * 2
    assert changes("坏账率由3.6%降至3.1%。")[1] == (-0.5, "百分点", "3.6%")
    assert changes("站点由2021年的8个增加到2024年的20个。")[1] == (150.0, "%", "8个")
    assert changes("浓度较上年下降4%至30微克/立方米。") == [(-4.0, "%", "上年"), (None, None, None)]
    assert changes("与2019年相比，能耗下降12%。") == [(-12.0, "%", "2019年")]
    assert changes("销量同比增长3%，环比下降1%。") == [(3.0, "%", "同比"), (-1.0, "%", "环比")]


def test_places_behind_a_long_scope_are_ranks() -> None:
    for text in (
        "考核成绩位列全区十二个乡镇第一。",
        "满意度居全省设区市第一。",
        "产量名列沿江三市两县第二。",
        "总量位居全国同类园区第三位。",
        "得分在14个地市中排名第4。",
        "质量指数连续六年全市第一。",
        "滿意度位列六都之第一。",
        "比赛夺得第2名。",
        "总分居全国县级市前十位。",
    ):
        assert "rank" in kinds(text), text
    for text in (
        "全县第一时间处置。",
        "全镇第一书记到岗。",
        "全省第一产业平稳。",
        "全市第一、二、三产业协同。",
        "全区第一季度开局良好。",
        "全市第二中学迁建。",
        "居民第一需要的是安宁。",
        "列车第二次晚点。",
    ):
        assert "rank" not in kinds(text), text


def test_what_is_planned_is_a_target_to_the_end_of_what_is_said() -> None:
    for text in (
        "本县拟新建粮仓4座，改建泵站9处。",
        "年内要新增床位300张，培训护士120名，开通公交线路5条。",
        "明年，全市计划修渠40公里，植树2万株。",
        "到2031年，建成书屋60家，覆盖居民8万人。",
        "“十五五”时期，新建水库3座。",
        "力争引进项目15个；签约金额突破9亿元。",
        "我们将加快补短板，建设学校11所。改造老旧小区25个。",
        "預計新增職位500個，本府擬撥款三億元。",
        "会议要求产值增长7%。",
    ):
        assert set(kinds(text)) == {"target"}, text
    assert kinds("计划投资8亿元，已完成6亿元。") == ["target", "achievement"]
    assert kinds("去年建成粮仓4座，今年将再建2座。") == ["achievement", "target"]
    assert kinds("今年要修渠40公里，去年修渠30公里。") == ["target", "achievement"]


def test_names_of_plans_are_no_plan() -> None:
    for text in (
        "实施五年行动计划，培训教师90名。",
        "按照要求，整改问题14个。",
        "好于预期，新增订单30份。",
        "为了守住底线，整改问题60处。",
    ):
        assert kinds(text) == ["achievement"], text
    # From one year to another is no aim, and a year that the text has behind it neither.
    assert kinds("从2019年到2023年，建成书屋60家。") == ["achievement"]
    assert kinds("2024年，全县平稳。2024年末回看，到2020年建成书屋60家。") == ["achievement"]


def test_duties_are_norms() -> None:
    for text in (
        "申请人应当自收到通知之日起15日内答复。",
        "押金不得超过合同价款的5%。",
        "每名委员每年至少走访企业2家。",
        "注册资金不低于30万元。",
        "會員應於三十日內繳納會費200元。",
        "处二千元以上一万元以下罚款。",
    ):
        assert set(kinds(text)) == {"norm"}, text
    assert kinds("近三年每年新增订单30份，同比增长5%。") == ["achievement"] * 2


def test_casualties_and_damage_are_losses() -> None:
    for text in (
        "山洪造成4人遇难、2人失联。",
        "大风致15人受伤，1.5万亩农作物受灾。",
        "火灾烧毁商铺18间，直接经济损失460万元。",
        "该厂亏损3200万元。",
        "地震致房屋倒塌260间。",
        "颱風釀成6人死亡，其中兒童1人。",
        "全年发生火灾35起。",
    ):
        assert set(kinds(text)) == {"loss"}, text
    for text in (
        "转移受灾群众320人。",
        "挽回经济损失90万元。",
        "救治受伤人员21人。",
        "死亡人数下降12%。",
        "修复受损道路7公里。",
    ):
        assert kinds(text) == ["achievement"], text


def test_deeds_and_stocks() -> None:
    for text in (
        "全县经营主体达4.2万户。",
        "绿地面积达310公顷。",
        "外来人口占三成。",
        "专利占比达12%。",
        "总投资6亿元的码头投用。",
        "全镇共有书屋19家。",
    ):
        assert kinds(text)[0] == "inventory", text
    for text in (
        "全年接待游客80万人次。",
        "交易额达7亿元。",
        "为企业减负5000万元。",
        "6家单位荣获称号。",
        "连续7年获评优秀。",
    ):
        assert kinds(text)[0] == "achievement", text


def test_a_clause_that_begins_with_a_verb_tells_of_a_deed() -> None:
    for text in ("新修公路12公里。", "为了守住底线，排查隐患60处。", "迁建书屋3家。"):
        assert kinds(text) == ["achievement"], text


def _said(text: str, *columns: str) -> list[tuple[object, ...]]:
    return dz.claims(pl.DataFrame({"doc_id": ["a"], "text": [text]})).select(*columns).rows()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # What flows in a year was done; what there is at a date, rates and shares are there.
        ("全年渔业总产值12亿元，比上年增长3%。", ["achievement", "achievement"]),
        ("第二产业增加值35亿元，增长4%。", ["achievement", "achievement"]),
        ("国民总收入[3]8915亿元。", ["achievement"]),
        ("年末存款余额300亿元。", ["inventory"]),
        ("第三产业增加值所占比重为42.5%。", ["inventory"]),
        ("零售价格指数为98.6%。", ["inventory"]),
        ("全员劳动生产率为9万元/人。", ["inventory"]),
        ("供水覆盖率提高到95%。", ["achievement"]),
        # Sizes and grades.
        ("塔楼高96米，新建220千伏变电站3座。", ["inventory", "inventory", "achievement"]),
        ("選用8英寸晶片。", ["inventory"]),
        # Persons harmed, one by one, too.
        ("送医伤者5名，其中：3人伤情平稳、2人好转。", ["loss", "loss", "loss"]),
        ("目前有40名被害人。", ["loss"]),
        ("停水使3万人受到影响。", ["loss"]),
        ("车祸造成9死26伤。", ["loss", "loss"]),
        ("破获诈骗案8起，追回被骗资金30万元。", ["achievement", "achievement"]),
        # What an authority sets.
        ("公司应赔偿对方30万元。", ["norm"]),
        ("若不照办，将面临每天三百万欧元的罚款。", ["norm"]),
        ("刑度由五年以上提高为七年以上。", ["norm", "norm"]),
        ("他向公司索赔40万元。", ["target"]),
    ],
)
def test_flows_levels_sizes_harm_and_what_is_imposed(text: str, kinds: list[str]) -> None:
    assert [kind for (kind,) in _said(text, "kind")] == kinds


def test_each_change_has_the_base_in_front_of_it() -> None:
    assert _said("同比增长5.1%、环比增长1.2%。", "change", "change_base") == [(5.1, "同比"), (1.2, "环比")]
    assert _said("产量同比下降3%，环比上升2%。", "change", "change_base") == [(-3.0, "同比"), (2.0, "环比")]
    assert _said("比上年增长5%和6%。", "change", "change_base") == [(5.0, "上年"), (6.0, "上年")]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("国内生产总值[2]9003亿元。", ["9003亿元"]),
        ("〔记者陈某报导〕47岁男子落水。", ["47岁"]),
        ("按国发〔2023〕5号文件执行。", []),
        ("运-8列装多年。", []),
        ("今晨气温-20℃。", ["-20℃"]),
        ("预期21/22年净增速都在30%以上。", ["30%以上"]),
        ("收入与利润分别为8.04亿/7370万元。", ["8.04亿", "7370万元"]),
        ("20多年前的夏天。", []),
        ("自己应负8成责任。", ["8成"]),
        ("写了快40个批注，加快3个项目。", ["快40个", "3个"]),
        ("销量前五位的企业。", ["前五位"]),
        ("他四处取经。", []),
        ("车祸致2死5伤。", ["2死", "5伤"]),
    ],
)
def test_notes_models_years_and_tolls(text: str, surfaces: list[str]) -> None:
    assert [surface for (surface,) in _said(text, "surface")] == surfaces


def test_slices_and_shuffles_raise_nothing(shared: Path) -> None:
    draw = random.Random(20261201)
    names = sorted((shared / "workreports").rglob("*.txt"))[:4]
    texts = [name.read_text(encoding="utf-8") for name in names]
    pieces = []
    for text in texts * 60:
        at = draw.randrange(len(text))
        piece = text[at : at + draw.randrange(1, 80)]
        shuffled = list(piece)
        draw.shuffle(shuffled)
        pieces += [piece, "".join(shuffled)]
    docs = pl.DataFrame({"doc_id": [str(i) for i in range(len(pieces))], "text": pieces})
    for find in (dz.claims, dz.slogans, dz.persons, dz.bodies, dz.quotations):
        assert find(docs).height >= 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("会议决定将这3份文件提交大会审议。", "achievement"),
        ("委员会決定將這5项议案提请表决。", "achievement"),
        ("自收到通知之日起15个工作日内停止领取津贴。", "norm"),
        ("条例已经列明了6项违规手法。", "norm"),
        ("全年办结率达到96.2%。", "inventory"),
        ("公司产品同比+9%。", "achievement"),
        ("两人相差8岁。", "inventory"),
    ],
)
def test_kinds_by_deed_rule_and_state(text: str, kind: str) -> None:
    assert dz.claims({"a": text})["kind"].to_list()[-1] == kind


def test_ternary_matter_is_no_money() -> None:
    assert dz.claims({"a": "公司生产三元正极材料。公司销售二元前驱体。"}).height == 0
    assert dz.claims({"a": "门票三元。"}).height == 1
