//! Which numbers are claims, and where their spans end.

use std::ops::Range;

use super::scene::Scene;
use super::units::{self, Unit, UnitClass};
use super::{Claim, Kind, label, rank};
use crate::discourse::number::{self, Direction, Number, Scale, is_chinese_digit, is_digit, is_numeral};

/// Classifiers that make other words with Chinese numerals (三门, 两头, 三角, 百里): they count only behind Arabic digits or 万.
const ARABIC_ONLY: [&str; 41] = [
    "方", "里", "角", "升", "面", "口", "把", "头", "回", "班", "票", "席", "列", "单", "字", "行", "词",
    "段", "节", "章", "款", "孔", "杆", "床", "眼", "针", "剂", "根", "片", "门", "箱", "袋", "盒", "桶",
    "厅", "团", "队", "层", "芯", "屏", "课",
];

/// Words behind a classifier with which it means something else: 二期工程, 两位数, 三部门, 两级以上.
const NOT_BEFORE: [(&str, &str); 24] = [
    ("轮", "汽车 摩托 车 驱 电动 岗 廓 胎 椅"),
    ("元", "结构 化 素 旦 宵 论 体系 经济 制 首 老"),
    ("期", "工程 项目 建设 改造 规划 间 货 限 待 末 权 刊"),
    ("位", "数 一体 置 于 居 列"),
    ("部", "分 门 委 署 队 级 曲 属"),
    ("次", "产业 性 于 数 生 日 年 创业 分配 污染 供水 元 要 序"),
    (
        "成",
        "立 为 功 果 员 本 长 就 熟 效 品 都 套 了 交 人 年 渝 分 败 型",
    ),
    (
        "级",
        "及 以 甲 医院 标准 公路 航道 响应 教授 保护 文物 博物馆 市场 学科 技工 管理 承包 资质 建造师 高工 注册 士官 警 水 地 财政 梯 联",
    ),
    ("种", "植 子 养 业 粮 质"),
    ("条", "例 件 规 款 线上"),
    ("处", "理 于 置 罚 分 室 长 境"),
    ("场", "所 馆 景 地 站 外 次"),
    ("家", "庭 长 乡 园 具 电 用 政 属 底"),
    ("人", "民 大 才 工 均 身 居"),
    ("名", "单 城 牌 录 称 师 校"),
    ("户", "籍 口 型 外"),
    ("件", "套"),
    ("项", "目"),
    ("组", "织 成 合 建"),
    ("支", "部 持 付 撑 出 援"),
    ("克", "服 难 拉"),
    ("米", "粮 面"),
    ("方", "面"),
    ("台", "阶"),
];

fn before_other_word(scene: &Scene, unit: &str, after: usize) -> bool {
    NOT_BEFORE
        .iter()
        .find(|(name, _)| *name == unit)
        .is_some_and(|(_, words)| words.split(' ').any(|word| scene.starts_with(after, word)))
}

/// All claims of a sentence, before names are sorted out.
pub(super) fn claims(scene: &Scene, sentence: &Range<usize>, number: usize) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let c = scene.chars[at];
        if c == '第' {
            let (claim, next) = rank::rank(scene, sentence, at, number);
            found.extend(claim);
            at = next;
            continue;
        }
        if !is_numeral(c) && !matches!(c, '几' | '数' | '半' | '前') {
            at += 1;
            continue;
        }
        if c == '前' {
            let (claim, next) = rank::top(scene, sentence, at, number);
            found.extend(claim);
            at = next;
            continue;
        }
        let limit = &scene.chars[..sentence.end];
        let Some(read) = number::scan(limit, at) else {
            at += 1;
            continue;
        };
        let next = read.end.max(at + 1);
        match quantity(scene, sentence, &read, number) {
            Some(claim) => {
                at = claim.end.max(next);
                found.push(claim);
            }
            None => at = next,
        }
    }
    found
}

/// A claim that begins as `read`, with unit and hedges.
fn quantity(scene: &Scene, sentence: &Range<usize>, read: &Number, sentence_number: usize) -> Option<Claim> {
    let chars = &scene.chars[..sentence.end];
    // 最后一公里 is a place in a row.
    if is_code(scene, read)
        || scene.ends_with_any(read.start, &["最后", "最初", "任何", "同"])
        || scene.in_title(read.start)
        || continues_articles(scene, sentence, read.start)
    {
        return None;
    }
    let mut number = read.clone();
    let share = number.scale != Scale::One;
    let mut end = number.end;
    let mut more = None;
    let (name, base, factor, class) = if share {
        if scene.starts_with(end, "以") && scene.at(end + 1).is_none() {
            return None;
        }
        let (name, factor) = match number.scale {
            Scale::Percent => ("%", 0.01),
            Scale::PerMille => ("‰", 0.001),
            _ => ("", 1.0),
        };
        (name.to_owned(), "比例".to_owned(), factor, UnitClass::Share)
    } else {
        let (unit, length) = if let Some(month) = half_months(scene, end, &mut number) {
            more = (month == '多').then_some(());
            (units::longest(&['个', '月'], 0)?.0, 3)
        } else {
            units::longest(chars, end)?
        };
        admissible(scene, sentence, &number, unit, end + length)?;
        end += length;
        if unit.name == "成" {
            number.end = end;
            number.tenths_behind(chars);
            end = number.end;
        }
        per(scene, unit, &mut end, sentence.end)
    };
    let mut claim = Claim {
        start: number.start,
        end,
        sentence: sentence_number,
        number_text: scene.text(read.start, read.end),
        value: 0.0,
        lower: None,
        upper: None,
        approximation: String::new(),
        direction: Direction::Exact,
        unit: name,
        unit_normalised: base,
        factor,
        class,
        object: None,
        verb: None,
        kind: Kind::Achievement,
        category: "activity",
        change: None,
        in_slogan: false,
    };
    if more.is_some() {
        number.hedge("多", Direction::Above, false);
    }
    hedges(scene, sentence, &mut number, &mut claim);
    if number.direction == Direction::Exact && scene.ends_with_any(claim.start, &["突破", "突破了"]) {
        number.hedge("突破", Direction::Above, true);
    }
    // 百元, 千户: a bare power is a size only behind a hedge (上万, 近百, 超千).
    let bare = scene
        .text(read.start, read.end)
        .chars()
        .all(|c| matches!(c, '百' | '千' | '万' | '亿'));
    if bare && !share && claim.start == read.start && !after_reaching(scene, read.start) {
        return None;
    }
    if class == UnitClass::Duration && !is_duration(scene, &claim, &number) {
        return None;
    }
    if label::is_label(scene, sentence, read, &claim) {
        return None;
    }
    claim.value = number.value;
    (claim.lower, claim.upper) = (number.lower, number.upper);
    claim.approximation = number.approximation;
    claim.direction = number.direction;
    label::one(scene, sentence, read, &mut claim)?;
    claim.in_slogan |= label::in_slogan(scene, read, &claim);
    Some(claim)
}

/// 突破千, 过百, 达百万: verbs that make a bare power a figure.
fn after_reaching(scene: &Scene, at: usize) -> bool {
    scene.ends_with_any(at, &["突破", "达", "达到", "过", "破", "成"])
}

/// 个多月, 个半月.
fn half_months(scene: &Scene, at: usize, number: &mut Number) -> Option<char> {
    if !(scene.starts_with(at, "个多月") || scene.starts_with(at, "个半月")) {
        return None;
    }
    let kind = scene.at(at + 1)?;
    if kind == '半' {
        number.value += 0.5;
        number.lower = number.lower.map(|v| v + 0.5);
        number.upper = number.upper.map(|v| v + 0.5);
    }
    Some(kind)
}

/// 元/吨, 微克/立方米.
fn per(scene: &Scene, unit: Unit, end: &mut usize, limit: usize) -> (String, String, f64, UnitClass) {
    if matches!(scene.at(*end), Some('/' | '／'))
        && let Some((below, length)) = units::longest(&scene.chars[..limit], *end + 1)
    {
        *end += 1 + length;
        let name = format!("{}/{}", unit.name, below.name);
        return (name.clone(), name, 1.0, unit.class);
    }
    (
        unit.name.to_owned(),
        unit.base.to_owned(),
        unit.factor,
        unit.class,
    )
}

/// The hedging words that touch the quantity, and 至少 and its like farther left in the clause.
fn hedges(scene: &Scene, sentence: &Range<usize>, number: &mut Number, claim: &mut Claim) {
    let chars = &scene.chars[..sentence.end];
    if let Some(hedge) = number::suffix(chars, claim.end) {
        number.hedge(&hedge.word, hedge.direction, false);
        claim.end = hedge.end;
    } else if claim.class == UnitClass::Duration
        && scene.at(claim.end) == Some('内')
        && !scene
            .at(claim.end + 1)
            .is_some_and(|c| "容部设外地蒙".contains(c))
    {
        number.hedge("内", Direction::AtMost, false);
        claim.end += 1;
    }
    if let Some(hedge) = number::prefix(chars, claim.start).filter(|h| h.start >= sentence.start) {
        number.hedge(&hedge.word, hedge.direction, true);
        claim.start = hedge.start;
    } else if number.direction == Direction::Exact {
        let from = scene.clause_start(claim.start, sentence.start);
        let clause = &chars[from..claim.start];
        let near = &clause[clause.len().saturating_sub(8)..];
        let text: String = near.iter().collect();
        // Another number in between takes the hedge for itself.
        for (word, direction) in [
            ("至少", Direction::AtLeast),
            ("不少于", Direction::AtLeast),
            ("最多", Direction::AtMost),
        ] {
            if let Some((_, rest)) = text.rsplit_once(word)
                && !rest.chars().any(|c| is_digit(c) || c == '、')
            {
                number.hedge(word, direction, true);
            }
        }
    }
}

/// Letters and signs around digits: 5G, PM2.5, 1+7, 〔2023〕5号, 14:54, telephone numbers.
fn is_code(scene: &Scene, read: &Number) -> bool {
    let (before, after) = (scene.before(read.start), scene.at(read.end));
    let signs = |c: char| {
        matches!(
            c,
            '+' | '＋' | '〔' | '〕' | '﹝' | '[' | ']' | '№' | '#' | '*' | '=' | '_' | '×'
        )
    };
    if before.is_some_and(|c| c.is_ascii_alphabetic() || signs(c) || c == '第') || after.is_some_and(signs) {
        return true;
    }
    let arabic = !read.chinese;
    // 13.5.2, 2023-05-06, 14:54.
    let glued = |mark: Option<char>, far: Option<char>| {
        mark.is_some_and(|c| matches!(c, '.' | ':' | '：' | '-' | '—' | '/')) && far.is_some_and(is_digit)
    };
    if arabic
        && (glued(before, read.start.checked_sub(2).and_then(|i| scene.at(i)))
            || glued(after, scene.at(read.end + 1)))
    {
        return true;
    }
    let digits = (read.start..read.end)
        .filter(|&i| scene.at(i).is_some_and(is_digit))
        .count();
    arabic && digits >= 11 && read.end - read.start == digits
}

/// 第六项、七项、八项; 第三、四款.
fn continues_articles(scene: &Scene, sentence: &Range<usize>, at: usize) -> bool {
    let mut i = at;
    if !scene
        .before(i)
        .is_some_and(|c| matches!(c, '、' | '至' | '和' | '到' | '—' | '-'))
    {
        return false;
    }
    while i > sentence.start {
        let c = scene.chars[i - 1];
        if c == '第' {
            return true;
        }
        if !(is_chinese_digit(c) || is_numeral(c) || "、至和到—-条款项章节(（)）".contains(c)) {
            return false;
        }
        i -= 1;
    }
    false
}

/// Whether the unit is one here: `None` if it belongs to a date, an ordinal, a name or another word.
fn admissible(
    scene: &Scene,
    sentence: &Range<usize>,
    number: &Number,
    unit: Unit,
    after: usize,
) -> Option<()> {
    let text = scene.text(number.start, number.end);
    let arabic = !number.chinese || text.chars().any(|c| matches!(c, '万' | '亿'));
    let next = scene.at(after);
    // 零件, 零部件.
    if number.chinese && number.value == 0.0 {
        return None;
    }
    let reject = match unit.name {
        name if ARABIC_ONLY.contains(&name) && !arabic => true,
        "番" => {
            !scene.before(number.start).is_some_and(|c| "翻两".contains(c))
                && !scene.ends_with(number.start, "翻了")
        }
        "届" => !scene.ends_with(number.start, "连续"),
        "成" => !number.chinese,
        "年" | "周年" => {
            let year = number.value >= 1000.0 || unit.name == "周年";
            year || text.chars().any(|c| matches!(c, '〇' | '○'))
        }
        "日" => {
            scene.before(number.start) == Some('月')
                || next.is_some_and(|c| "常益前期电语本".contains(c) && c != '前')
        }
        "P" => next.is_some_and(|c| c.is_ascii_alphanumeric()),
        "级" => !label::is_level(scene, sentence, number.start, after),
        "个" => next.is_some_and(is_numeral) || next == Some('性'),
        "期" => {
            number.chinese && !scene.ends_with_any(number.start, &["举办", "开办", "开展", "编发", "共"])
        }
        "次" => {
            number.chinese
                && (scene.before(number.start).is_some_and(|c| "届会大".contains(c))
                    || scene.starts_with_any(after, &["全会", "全体会议"]))
        }
        _ => false,
    };
    let other = before_other_word(scene, unit.name, after);
    (!reject && !other).then_some(())
}

/// A length of time rather than a date or a period: it is limited, or the unit leaves no doubt.
fn is_duration(scene: &Scene, claim: &Claim, number: &Number) -> bool {
    let after = claim.end;
    // 近3年, 经过二十多年的建设: a stretch in which something happened, unless it is said how long it took.
    let took = ["历时", "为期", "长达", "用了", "持续", "达", "用时"];
    if scene.starts_with(claim.start, "近") && !scene.ends_with_any(claim.start, &took)
        || scene.ends_with_any(claim.start, &["经过", "过去", "最近", "经历", "经历了", "这"])
    {
        return false;
    }
    if scene.starts_with_any(
        after,
        &[
            "来", "间", "期间", "行动", "规划", "计划", "后的", "任务", "目标", "之前", "以来", "期", "制",
            "级", "代", "度",
        ],
    ) && !scene.starts_with_any(after, &["期限"])
    {
        return false;
    }
    // 连续五年, 满三十日, 不少于三十日, 三十日内, 五年以上, 三日前.
    if number.direction != Direction::Exact && number.direction != Direction::Range {
        return true;
    }
    if !matches!(claim.unit.as_str(), "年" | "日" | "周" | "天" | "秒") {
        return true;
    }
    if scene.ends_with_any(
        claim.start,
        &[
            "连续",
            "提前",
            "延长",
            "缩短",
            "历时",
            "为期",
            "用时",
            "为",
            "满",
            "有效期",
            "期限",
            "任期",
            "缩短至",
            "缩短到",
            "延长至",
            "服务",
            "超过",
            "保存期限",
            "缩减至",
            "压缩至",
            "压减至",
            "工作",
            "居住",
            "从业",
            "保存",
            "每期",
            "暂停",
            "禁止",
            "平均",
        ],
    ) {
        return true;
    }
    scene.starts_with_any(after, &["前", "的期限", "有期徒刑"])
        && matches!(claim.unit.as_str(), "日" | "天")
        && scene.before(claim.start) != Some('月')
}
