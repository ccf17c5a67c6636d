//! Claims: what a figure is and where it ends, on sentences made for the purpose.

use duizhao::discourse::claims::{Claim, claims};
use duizhao::discourse::number::{Direction, parse};

/// Surfaces with values and units.
fn told(text: &str) -> Vec<(String, f64, String)> {
    let chars: Vec<char> = text.chars().collect();
    claims(text)
        .into_iter()
        .map(|c| (chars[c.start..c.end].iter().collect(), c.value, c.unit))
        .collect()
}

/// Checks surface, value and unit of the only claim of each text; says all that are wrong.
fn check(rows: &[(&str, &str, f64, &str)]) {
    let mut wrong = Vec::new();
    for &(text, surface, value, unit) in rows {
        let found = told(text);
        let right = matches!(&found[..], [(cut, v, u)] if cut == surface && u == unit && (v - value).abs() < 1e-9 * value.abs());
        if !right {
            wrong.push(format!("{text}: {found:?}, not {surface} {value} {unit}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_none(texts: &[&str]) {
    let wrong: Vec<_> = texts
        .iter()
        .map(|t| (t, told(t)))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn only(text: &str) -> Claim {
    let found = claims(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn blanks_around_and_in_numbers() {
    check(&[
        ("去年修渠 36 公里。", "36 公里", 36.0, "公里"),
        ("添置 14 台设备。", "14 台", 14.0, "台"),
        ("拨付 2.7 亿元。", "2.7 亿元", 2.7e8, "元"),
        ("拨付 2.7 亿 元。", "2.7 亿 元", 2.7e8, "元"),
        ("拨付　5　万元。", "5　万元", 5e4, "元"),
        ("征地 3 460 亩。", "3 460 亩", 3460.0, "亩"),
        ("售粮52\u{2009}108.4吨。", "52\u{2009}108.4吨", 52_108.4, "吨"),
        (
            "上缴1\u{a0}234\u{a0}567元。",
            "1\u{a0}234\u{a0}567元",
            1_234_567.0,
            "元",
        ),
        ("下降 3.4 %。", "3.4 %", 3.4, "%"),
        ("下降3. 4%。", "3. 4%", 3.4, "%"),
        ("走访近 90 户。", "近 90 户", 90.0, "户"),
        ("走访 90 多户。", "90 多户", 90.0, "户"),
        ("修建 2 × 12 万千瓦机组。", "2 × 12 万千瓦", 240_000.0, "千瓦"),
        ("投資 6.1 億元，擴大就業。", "6.1 億元", 6.1e8, "元"),
    ]);
    check_none(&["名次为 9 8 7", "1　个人简历", "编号 301 402 503 604"]);
}

#[test]
fn numbers_without_a_unit() {
    check(&[
        ("惠及4万多村民。", "4万多", 4e4, ""),
        ("带动1.5万农户增收。", "1.5万", 1.5e4, ""),
        ("规模突破2600亿。", "2600亿", 2600e8, ""),
        ("产值达42亿。", "42亿", 42e8, ""),
        ("安置六万余移民。", "六万余", 6e4, ""),
        ("惠及4萬多鄉親，擴大就業。", "4萬多", 4e4, ""),
    ]);
    check_none(&["总值迈上6万亿台阶。", "走进万科新城。", "前10万科业主。"]);
}

#[test]
fn mega_is_no_power_of_twelve() {
    let claim = only("投运光伏60兆瓦。");
    assert_eq!(
        (
            claim.value,
            claim.value * claim.factor,
            claim.unit_normalised.as_str()
        ),
        (60.0, 60_000.0, "千瓦")
    );
    check(&[
        ("储能40兆瓦时。", "40兆瓦时", 40.0, "兆瓦时"),
        ("压力达12兆帕。", "12兆帕", 12.0, "兆帕"),
        ("占用频率700兆赫。", "700兆赫", 700.0, "兆赫"),
        ("预算编列1.8兆元。", "1.8兆元", 1.8e12, "元"),
    ]);
}

#[test]
fn signs_and_comparisons() {
    check(&[
        ("最低气温零下12℃。", "零下12℃", -12.0, "℃"),
        ("最低气温-9℃。", "-9℃", -9.0, "℃"),
        ("最低气温为负9摄氏度。", "负9摄氏度", -9.0, "摄氏度"),
        ("利润为-3.6亿元。", "-3.6亿元", -3.6e8, "元"),
        ("自然增长率−0.7‰。", "−0.7‰", -0.7, "‰"),
        ("减负320万元。", "320万元", 320e4, "元"),
        ("担负5项任务。", "5项", 5.0, "项"),
        ("距离8公里-9公里。", "8公里-9公里", 8.5, "公里"),
        ("面积≥40平方米。", "≥40平方米", 40.0, "平方米"),
        ("面积约等于40平方米。", "约等于40平方米", 40.0, "平方米"),
    ]);
    for (text, lower, upper, direction) in [
        ("注册资本≥8万元。", Some(8e4), None, Direction::AtLeast),
        ("杂质≤2%。", None, Some(2.0), Direction::AtMost),
        ("坡度＞6%。", Some(6.0), None, Direction::Above),
        ("误差±3%。", Some(-3.0), Some(3.0), Direction::Range),
        ("净重500±10克。", Some(490.0), Some(510.0), Direction::Range),
        ("面积约等于40平方米。", None, None, Direction::About),
        ("气温零下20℃以下。", None, Some(-20.0), Direction::AtMost),
    ] {
        let claim = only(text);
        assert_eq!(
            (claim.lower, claim.upper, claim.direction),
            (lower, upper, direction),
            "{text}"
        );
    }
    check_none(&["产品A-15", "编号鲁-15-3", "电话0371-6550"]);
    for (text, value) in [
        ("-5", -5.0),
        ("负三", -3.0),
        ("零下20", -20.0),
        ("±5", 0.0),
        ("1 200", 1200.0),
        ("8.5 %", 8.5),
        ("≥5", 5.0),
    ] {
        assert_eq!(parse(text).map(|n| n.value), Some(value), "{text}");
    }
    assert!(parse("9 8 7").is_none());
}

#[test]
fn bounds_of_decimals_and_more() {
    for (text, lower, upper) in [
        ("产粮1.3万多吨。", 1.3e4, 1.4e4),
        ("投入2.75亿余元。", 2.75e8, 2.76e8),
        ("每斤40多元。", 40.0, 50.0),
        ("培育200多种。", 200.0, 300.0),
        ("巡查30多次。", 30.0, 40.0),
    ] {
        let claim = only(text);
        assert_eq!((claim.lower, claim.upper), (Some(lower), Some(upper)), "{text}");
    }
    check(&[
        ("来了一百五十来户。", "一百五十来户", 150.0, "户"),
        ("来了40来人。", "40来人", 40.0, "人"),
    ]);
    check_none(&["推进多元化发展。", "培育多种业态。"]);
}

#[test]
fn measures_of_several_parts() {
    check(&[
        ("历时两年零五个月。", "两年零五个月", 2.0 + 5.0 / 12.0, "年"),
        ("罚款45元6角7分。", "45元6角7分", 45.67, "元"),
        ("合计捌仟贰佰圆伍角。", "捌仟贰佰圆伍角", 8200.5, "圆"),
        ("身高1米82。", "1米82", 1.82, "米"),
        ("身高一米七。", "一米七", 1.7, "米"),
        ("产粮两吨半。", "两吨半", 2.5, "吨"),
        ("买米四斤半。", "四斤半", 4.5, "斤"),
        ("买肉3斤2两。", "3斤2两", 3.2, "斤"),
        ("车程3个半小时。", "3个半小时", 3.5, "个小时"),
        ("历时两小时二十分钟。", "两小时二十分钟", 2.0 + 1.0 / 3.0, "小时"),
        ("工期三年半。", "三年半", 3.5, "年"),
        ("工期两个半月。", "两个半月", 2.5, "个月"),
        ("切成2米半径的圆盘。", "2米", 2.0, "米"),
    ]);
    assert_eq!(
        told("新增5个3A级景区。"),
        [("5个".to_owned(), 5.0, "个".to_owned())]
    );
    check_none(&["推进五个一工程。"]);
}

#[test]
fn products_and_ranges_of_two_amounts() {
    check(&[
        ("在建2×66万千瓦机组。", "2×66万千瓦", 132e4, "千瓦"),
        ("在建3*50兆瓦机组。", "3*50兆瓦", 150.0, "兆瓦"),
        ("价格在300元与500元之间。", "300元与500元", 400.0, "元"),
        ("价格在300与500元之间。", "300与500元", 400.0, "元"),
        ("价格在300元至500元。", "300元至500元", 400.0, "元"),
    ]);
    check_none(&["提供7×24小时服务。", "房间3×5米。"]);
    assert_eq!(told("由300元提高到500元。").len(), 2);
}

#[test]
fn rates_are_units_of_their_own() {
    for (text, surface, unit) in [
        ("时速60千米每小时。", "60千米每小时", "千米每小时"),
        ("浓度25微克每立方米。", "25微克每立方米", "微克每立方米"),
        ("含量3mg/L。", "3mg/L", "mg/L"),
        ("能耗0.3吨标准煤/万元。", "0.3吨标准煤/万元", "吨标准煤/万元"),
        ("价格450元/吨。", "450元/吨", "元/吨"),
        ("租金30元/平方米·月。", "30元/平方米·月", "元/平方米·月"),
        ("速度80km/h。", "80km/h", "km/h"),
        ("密度310人每平方公里。", "310人每平方公里", "人每平方公里"),
        ("处理5万吨/日。", "5万吨/日", "吨/日"),
    ] {
        let claim = only(text);
        let chars: Vec<char> = text.chars().collect();
        let cut: String = chars[claim.start..claim.end].iter().collect();
        assert_eq!(
            (cut.as_str(), claim.unit.as_str(), claim.factor),
            (surface, unit, 1.0),
            "{text}"
        );
        assert_eq!(claim.unit, claim.unit_normalised, "{text}");
    }
    for text in ["开展3次每次2小时。", "储能50兆瓦/80兆瓦时。"] {
        assert_eq!(told(text).len(), 2, "{text}");
    }
}

#[test]
fn letters_signs_and_currencies() {
    for (text, base, value) in [
        ("面积3.2万㎡。", "平方米", 32_000.0),
        ("面积7 km²。", "平方米", 7e6),
        ("装机40MW。", "千瓦", 40_000.0),
        ("发电9kWh。", "千瓦时", 9.0),
        ("数据量12TB。", "字节", 12e12),
        ("港币600万元。", "港元", 6e6),
        ("新台币2亿3,000万元。", "新台币", 2.3e8),
        ("新臺幣700萬元，擴大採購。", "新台币", 7e6),
        ("筹资80万台币。", "新台币", 8e5),
        ("融资US$3亿。", "美元", 3e8),
        ("融资HK$3亿元。", "港元", 3e8),
        ("融资€300万。", "欧元", 3e6),
        ("捐款￥500。", "元", 500.0),
        ("捐款50澳门元。", "澳门元", 50.0),
        ("贷款9亿韩元。", "韩元", 9e8),
        ("人民币100万元。", "元", 1e6),
        ("收入8000圆。", "元", 8000.0),
    ] {
        let claim = only(text);
        assert_eq!(claim.unit_normalised, base, "{text}");
        assert!(
            (claim.value * claim.factor / value - 1.0).abs() < 1e-9,
            "{text}: {claim:?}"
        );
    }
    check_none(&["使用5G网络。", "观看4K电影。"]);
}

#[test]
fn classifiers_and_what_only_looks_like_them() {
    check(&[
        ("发行3000股。", "3000股", 3000.0, "股"),
        ("装订12颗。", "12颗", 12.0, "颗"),
        ("收到来信86封。", "86封", 86.0, "封"),
        ("上了三堂课。", "三堂", 3.0, "堂"),
        ("演出18幕。", "18幕", 18.0, "幕"),
    ]);
    check_none(&[
        "他三番五次来访。",
        "不能三心二意。",
        "来自五湖四海。",
        "千方百计增收。",
        "每一个人都参加。",
        "8时30分开会。",
        "上午9点开会。",
        "下午3点30分出发。",
        "前11个月快速增长。",
        "头三个月开局良好。",
        "3.1本计划自印发之日起执行。",
    ]);
}

#[test]
fn days_that_are_counted() {
    check(&[
        ("优良天数达到312天。", "312天", 312.0, "天"),
        ("优良天数298天。", "298天", 298.0, "天"),
        ("全年305天。", "305天", 305.0, "天"),
        ("审批时间缩短到2天。", "2天", 2.0, "天"),
    ]);
    check_none(&["3天后开会。", "5月1日开会。"]);
}

#[test]
fn products_have_no_binary_noise() {
    for (text, change) in [
        ("增长5.1倍。", 510.0),
        ("增长1.1倍。", 110.0),
        ("下降三成。", -30.0),
    ] {
        assert_eq!(only(text).change.map(|c| c.value), Some(change), "{text}");
    }
}
