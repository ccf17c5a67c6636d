//! Claims: rules on sentences made for the purpose, and properties on any text.

use duizhao::discourse::claims::{Claim, ClaimKind, claims, units};
use duizhao::discourse::number::Direction;
use proptest::prelude::*;

fn surfaces(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    claims(text)
        .iter()
        .map(|c| chars[c.start..c.end].iter().collect())
        .collect()
}

fn only(text: &str) -> Claim {
    let found = claims(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn spans_hold_number_unit_and_hedges() {
    for (text, expected) in [
        ("全年走访企业83家、项目19个。", vec!["83家", "19个"]),
        ("覆盖群众近600人次。", vec!["近600人次"]),
        ("撰写调研报告70余篇。", vec!["70余篇"]),
        ("引进资金4300多万元。", vec!["4300多万元"]),
        ("每年办好实事2件以上。", vec!["2件以上"]),
        (
            "情节严重的，处三千元以上三万元以下罚款。",
            vec!["三千元以上三万元以下"],
        ),
        ("应当在二十日内答复。", vec!["二十日内"]),
        ("公示时间不得少于七日。", vec!["不得少于七日"]),
        ("新增装机3000万千瓦。", vec!["3000万千瓦"]),
        ("占百分之九十八。", vec!["百分之九十八"]),
        ("规模居全国第二。", vec!["第二"]),
        ("排名第3位。", vec!["第3位"]),
        ("浓度为31.3微克/立方米。", vec!["31.3微克/立方米"]),
        ("PM2.5平均浓度下降5.1%。", vec!["5.1%"]),
        ("学制为三至五年。", vec!["三至五年"]),
    ] {
        assert_eq!(surfaces(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_claim() {
    for text in [
        "2023年6月29日上午9:30召开。",
        "依照第十二条第三款、第十五条的规定处理。",
        "违反第六项、七项、八项规定的。",
        "印发〔2023〕5号文件。",
        "联系电话13800000000。",
        "一、总体要求",
        "（三）工作步骤",
        "三门峡市和九江市参加。",
        "出台一批政策，解决多个问题。",
        "增强“四个意识”，坚定“四个自信”。",
        "打通“最后一公里”。",
        "党的二十届三中全会精神。",
        "“十四五”规划收官。",
        "构建“1+7”体系。",
        "5G网络全覆盖。",
        "坚持一个中心。",
        "《三十条措施》印发。",
        "第一书记驻村。",
        "五位一体总体布局。",
        "推动二元结构转变。",
        "单位：万元",
    ] {
        assert_eq!(surfaces(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn one_counts_only_in_duties_hedges_and_series() {
    assert_eq!(surfaces("召开了一次会议。"), Vec::<String>::new());
    assert_eq!(surfaces("每年至少召开一次会议。"), ["一次"]);
    assert_eq!(surfaces("每名委员联系一户企业。"), ["一户"]);
    let series = claims("开展“走访一个村、写好一份信、办成一件事”活动。");
    assert_eq!(series.len(), 3);
    assert!(series.iter().all(|c| c.kind == ClaimKind::Norm && c.in_slogan));
}

#[test]
fn values_units_and_bounds() {
    let claim = only("引进资金4300多万元。");
    assert_eq!(
        (claim.value, claim.unit.as_str(), claim.direction),
        (43e6, "元", Direction::Above)
    );
    assert_eq!((claim.lower, claim.upper), (Some(43e6), Some(44e6)));
    let claim = only("新建公路5.5公里。");
    assert_eq!(
        (claim.value, claim.factor, claim.unit_normalised.as_str()),
        (5.5, 1000.0, "米")
    );
    let claim = only("处三千元以上三万元以下罚款。");
    assert_eq!(
        (claim.lower, claim.upper, claim.direction),
        (Some(3000.0), Some(30_000.0), Direction::Range)
    );
    assert_eq!(
        (claim.verb.as_deref(), claim.object.as_deref()),
        (Some("处"), Some("罚款"))
    );
}

#[test]
fn changes_have_sign_and_base() {
    let change = |text: &str| {
        let found = claims(text);
        let change = found
            .last()
            .and_then(|c| c.change.clone())
            .unwrap_or_else(|| panic!("{text}: {found:?}"));
        (change.value, change.unit, change.base)
    };
    let base = |text: &str| Some(text.to_owned());
    assert_eq!(change("生产总值增长5.3%。"), (5.3, "%", None));
    assert_eq!(change("出口比上年下降2%。"), (-2.0, "%", base("上年")));
    assert_eq!(change("用水量同比减少4%。"), (-4.0, "%", base("同比")));
    assert_eq!(change("能耗较2012年下降30%。"), (-30.0, "%", base("2012年")));
    assert_eq!(change("比重提高2.5个百分点。"), (2.5, "百分点", None));
    assert_eq!(change("产值翻两番。"), (300.0, "%", None));
    assert_eq!(change("产量是2012年的3倍。"), (200.0, "%", base("2012年")));
    assert_eq!(change("收入由4万元提高到5万元。"), (25.0, "%", base("4万元")));
    assert_eq!(change("覆盖率从80%提高到95%。").1, "百分点");
    assert_eq!(change("投资、消费分别增长6.5%和7%。"), (7.0, "%", None));
    assert!(claims("占比达到45%。")[0].change.is_none());
}

#[test]
fn kinds() {
    for (text, kind) in [
        ("去年办结提案120件。", ClaimKind::Achievement),
        ("全县共有村民小组1200个。", ClaimKind::Inventory),
        ("县乡两级党组织共同推进。", ClaimKind::Inventory),
        ("每年组织3次视察。", ClaimKind::Norm),
        ("力争新增就业10万人。", ClaimKind::Target),
        ("总量居全省第一。", ClaimKind::Rank),
    ] {
        assert_eq!(only(text).kind, kind, "{text}");
    }
}

#[test]
fn units_are_unique_and_positive() {
    let mut names: Vec<&str> = units().iter().map(|u| u.name).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(all, names.len());
    assert!(units().iter().all(|u| u.factor > 0.0 && u.factor.is_finite()));
}

/// The words in front of a number can be those behind the last one: neither claim takes what the other has.
#[test]
fn claims_share_no_character() {
    for text in ["五日元两", "3美元5", "十港元二"] {
        let found = claims(text);
        assert!(
            found.windows(2).all(|pair| pair[0].end <= pair[1].start),
            "{text}: {found:?}"
        );
    }
}

proptest! {
    /// Whatever the text: no panic, places inside, in order, without overlap, bounds in order.
    #[test]
    fn any_text(text in prop_oneof![
        "\\PC{0,40}",
        "[0-9一二两三五十百万亿个件次元人%第前增长至到由以上下内余多近约每年月日、，。；“”‘’《》（）\\n的提案会级]{0,60}",
    ]) {
        let chars = text.chars().count();
        let mut last = 0;
        for claim in claims(&text) {
            prop_assert!(claim.start >= last && claim.start < claim.end && claim.end <= chars, "{claim:?}");
            last = claim.end;
            prop_assert!(claim.value.is_finite() && claim.factor > 0.0);
            prop_assert!(claim.lower.is_none_or(|low| low <= claim.value), "{claim:?}");
            prop_assert!(claim.upper.is_none_or(|high| claim.value <= high), "{claim:?}");
            prop_assert!(claim.change.is_none_or(|c| c.value.is_finite()));
        }
    }
}
