//! Whether a number and the unit behind it make a claim, or belong to a date, an ordinal, a name or another word.

use std::ops::Range;

use super::figure::Figure;
use super::label;
use super::scene::{Scene, is_clause_end, is_pause, is_quote};
use super::units::{Unit, UnitClass};
use crate::discourse::number::{self, Direction, Number};
use crate::list;
use crate::text::han::{is_break, is_chinese_digit, is_digit, is_han, is_space, power};

/// Whether a classifier means something else before what follows: 二期工程, 两位数, 三部门, 两级以上.
fn before_other_word(scene: &Scene<'_>, unit: &str, after: usize) -> bool {
    list!("claims/not_before")
        .of(unit)
        .any(|entry| scene.starts_with(after, entry.field(1)))
}

/// Whether nothing but blanks stands between a place and the beginning of its line.
fn begins_line(scene: &Scene<'_>, at: usize) -> bool {
    let front = (at.saturating_sub(4)..at).rev().map(|i| scene.chars[i]);
    front.into_iter().find(|&c| !is_space(c)).is_none_or(is_break)
}

/// 前11个月, 头三年: the first part of a period. 提前3个月 and 目前3个月 have another 前, 年头 another 头.
fn is_first_part(scene: &Scene<'_>, at: usize) -> bool {
    let word = at.checked_sub(1).and_then(|i| scene.before(i));
    match scene.before(at) {
        Some('前') => !word.is_some_and(|c| "提目此日之当以先眼".contains(c)),
        Some('头') => !word.is_some_and(|c| "年牵带埠源口码街".contains(c)),
        _ => false,
    }
}

/// 两个100%, 五个一工程: 个 before a numeral makes a label, unless Arabic digits count what the numeral describes (5个3A级景区, 12个一级学科).
fn numeral_behind(scene: &Scene<'_>, number: &Number, after: usize) -> bool {
    let Some(next) = scene
        .at(after)
        .filter(|&c| is_digit(c) || is_chinese_digit(c) || power(c).is_some())
    else {
        return false;
    };
    let whole = scene.starts_with(after, "100%") || scene.starts_with(after, "100％");
    let grade = || {
        scene
            .at(after + 1)
            .is_some_and(|c| matches!(c, '级' | '类' | '流' | '线' | '等' | '甲' | '乙' | 'A') || c == '星')
    };
    whole || number.chinese && !grade() || next == '一' && !grade()
}

/// 上午9点, 9点30分, 9点半: a time of day rather than points.
fn is_clock(scene: &Scene<'_>, sentence: &Range<usize>, number: &Number, after: usize) -> bool {
    if number.value > 24.0 || number.value.fract() != 0.0 {
        return false;
    }
    let named = list!("claims/clock_words")
        .longest_before(scene.chars, number.start)
        .is_some();
    let next = scene.at(after).filter(|_| after < sentence.end);
    let goes_on = next.is_none_or(|c| {
        is_digit(c)
            || is_pause(c)
            || is_quote(c)
            || "钟半整许多前后左准以之至到起的在就才开集出)）—-~～".contains(c)
    });
    // 提出3点。: what is said ends the clause as well.
    let told = scene.ends_with_any(number.start, &["提出", "作出", "强调", "提", "讲", "谈", "有"]);
    named || goes_on && !told
}

/// Degrees are of heat where the sign or the words in front say so.
fn is_heat(scene: &Scene<'_>, sentence: &Range<usize>, number: &Number) -> bool {
    let from = number.start.saturating_sub(10).max(sentence.start);
    let near = &scene.chars[from..number.start];
    near.contains(&'温') || near.ends_with(&['零', '下']) || near.ends_with(&['零', '上'])
}

/// 3万多居民, 规模达3500亿: whether a number whose last power is 万 or 亿 counts although no unit stands behind it.
pub(super) fn without_unit(scene: &Scene<'_>, sentence: &Range<usize>, number: &Number) -> bool {
    let text = &scene.chars[number.start..number.end];
    // 带宽500兆, 千兆光纤: bits.
    let bits = text.contains(&'兆') && {
        let near = scene.text(
            number.start.saturating_sub(8).max(sentence.start),
            (number.end + 4).min(sentence.end),
        );
        [
            "带宽", "宽带", "网速", "速率", "光纤", "网络", "流量", "内存", "下载",
        ]
        .iter()
        .any(|word| near.contains(word))
    };
    if bits {
        return false;
    }
    let more = usize::from(text.last().is_some_and(|c| matches!(c, '多' | '余')));
    let Some((last, front)) = text[..text.len() - more].split_last() else {
        return false;
    };
    let counted = front.iter().any(|&c| is_digit(c) || is_chinese_digit(c));
    if !matches!(last, '万' | '亿' | '兆')
        || !counted
        || matches!(front.last(), Some('万')) && front.len() == 1
    {
        return false;
    }
    let place = number.end - more - 1;
    let name = list!("claims/power_names")
        .all_at(scene.chars, place)
        .any(|entry| {
            let next = scene.at(place + entry.len());
            more == 0 && !next.is_some_and(|c| entry.field(1).contains(c))
        });
    let next = scene.at(number.end).filter(|_| number.end < sentence.end);
    let stands = next.is_none_or(|c| {
        is_pause(c) || is_quote(c) || is_han(c) || matches!(c, ')' | '）' | '(' | '（' | '/')
    });
    let other = next.is_some_and(|c| "一分级能台吨代字号".contains(c));
    // 四舍五入到万, 万分之一.
    !name && stands && !other
}

/// Whether the unit is one here: `None` if it belongs to a date, an ordinal, a name or another word.
pub(super) fn unit(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    number: &Number,
    unit: Unit,
    after: usize,
) -> Option<()> {
    let text = scene.text(number.start, number.end);
    let arabic = !number.chinese || text.chars().any(|c| matches!(c, '万' | '亿'));
    let next = scene.at(after);
    // 四里半: 半 leaves no doubt that it is a measure.
    let halved = next == Some('半')
        && matches!(
            unit.class,
            UnitClass::Money | UnitClass::Physical | UnitClass::Duration
        )
        && list!("claims/half_words")
            .longest_at(scene.chars, after)
            .is_none();
    // 零件, 零部件.
    if number.chinese && number.value == 0.0 {
        return None;
    }
    // 每一个 is all of them; 前11个月 and 头三个月 are periods.
    let one = (number.value - 1.0).abs() < f64::EPSILON;
    if scene.before(number.start) == Some('每') && number.chinese && one
        || unit.class == UnitClass::Duration && is_first_part(scene, number.start)
    {
        return None;
    }
    // 2.2本计划: a number with a point, first in its line and before a classifier, counts a section.
    let counted = !matches!(
        unit.class,
        UnitClass::Money | UnitClass::Physical | UnitClass::Share | UnitClass::Duration | UnitClass::Age
    );
    if counted
        && text.contains(['.', '．'])
        && !text.contains(['万', '亿'])
        && begins_line(scene, number.start)
    {
        return None;
    }
    let reject = match unit.name {
        name if list!("claims/arabic_only").has(name)
            && !arabic
            && !halved
            && number.value.fract() == 0.0 =>
        {
            true
        }
        // 三元正极, 二元前驱体: of so many parts, as the noun of matter behind it says.
        "元" => {
            number.chinese
                && number.end - number.start == 1
                && scene.starts_with_any(
                    after,
                    &[
                        "正极", "负极", "前驱", "材料", "锂", "电池", "催化", "合金", "共聚",
                    ],
                )
        }
        "番" => {
            // 翻了近两番: a hedge stands in between.
            let front = number::prefix(scene.chars, number.start).map_or(number.start, |hedge| hedge.start);
            !scene.before(number.start).is_some_and(|c| "翻两".contains(c))
                && !scene.ends_with_any(front, &["翻", "翻了"])
        }
        // 四处取经: everywhere.
        "处" => text == "四" && next.is_some_and(|c| "取求奔打寻逃流游碰讨宣飘走张借".contains(c)),
        "届" => !scene.ends_with(number.start, "连续"),
        // 自负9成; 10成 is none, and 5成立 another word.
        "成" => {
            !number.chinese
                && (number.value >= 10.0
                    || next.is_some_and(|c| "立为功长员果本就绩都熟交品套效".contains(c)))
        }
        "年" | "周年" => {
            let year = number.value >= 1000.0 || unit.name == "周年";
            year || text.chars().any(|c| matches!(c, '〇' | '○'))
        }
        "日" => {
            scene.before(number.start) == Some('月')
                || next.is_some_and(|c| "常益前期电语本".contains(c) && c != '前')
        }
        "km" | "KM" | "m" | "t" | "g" | "h" | "L" | "min" | "ha" => {
            number.chinese
                || scene
                    .before(number.start)
                    .is_some_and(|c| c.is_ascii_alphanumeric())
        }
        "P" => next.is_some_and(|c| c.is_ascii_alphanumeric()),
        "级" => !label::is_level(scene, sentence, number.start, after),
        "个" => next == Some('性') || numeral_behind(scene, number, after),
        "点" => is_clock(scene, sentence, number, after),
        "度" => !is_heat(scene, sentence, number),
        "圆" => !arabic && after - number.start < 3,
        "期" => {
            number.chinese && !scene.ends_with_any(number.start, &["举办", "开办", "开展", "编发", "共"])
        }
        "次" => {
            number.chinese
                && (scene.before(number.start).is_some_and(|c| "届会大".contains(c))
                    || scene.starts_with_any(after, &["全会", "全体会议"])
                        && !scene.ends_with(number.start, "召开"))
        }
        _ => false,
    };
    let other = before_other_word(scene, unit.name, after);
    (!reject && !other).then_some(())
}

/// A length of time rather than a date or a period: it is limited, or the unit leaves no doubt.
pub(super) fn is_duration(scene: &Scene<'_>, figure: &Figure, number: &Number) -> bool {
    let after = figure.end;
    // 近3年, 经过二十多年的建设: a stretch in which something happened, unless it is said how long it took.
    let took = ["历时", "为期", "长达", "用了", "持续", "达", "用时"];
    // 驾驶近30年，: behind a verb and last in its clause it is how long.
    let last = scene.at(after).is_none_or(is_clause_end)
        && scene
            .before(figure.start)
            .is_some_and(|c| is_han(c) && !"最在于於的是自从從这這".contains(c));
    if scene.starts_with(figure.start, "近") && !last && !scene.ends_with_any(figure.start, &took)
        || scene.ends_with_any(figure.start, &["经过", "过去", "最近", "经历", "经历了", "这"])
    {
        return false;
    }
    if list!("claims/no_duration_before")
        .longest_at(scene.chars, after)
        .is_some()
        && !scene.starts_with_any(after, &["期限"])
    {
        return false;
    }
    // 三年半前: a place in time.
    if figure.unit == "年"
        && number.value.fract() != 0.0
        && scene.starts_with_any(after, &["前", "后", "以前", "以后"])
    {
        return false;
    }
    // 处3年有期徒刑, 有期徒刑3年.
    let terms = ["有期徒刑", "徒刑", "拘役", "管制"];
    if scene.starts_with_any(after, &terms[..3]) || scene.ends_with_any(figure.start, &terms) {
        return true;
    }
    // 20多年前, 约三个月后: a place in time.
    if matches!(number.direction, Direction::Above | Direction::About)
        && figure.unit != "日"
        && scene.starts_with_any(after, &["前", "后"])
    {
        return false;
    }
    // 连续五年, 满三十日, 不少于三十日, 三十日内, 五年以上, 三日前.
    if number.direction != Direction::Exact && number.direction != Direction::Range {
        return true;
    }
    // 三年半, 一年零两个月: no date has parts of a unit.
    if !matches!(figure.unit.as_str(), "年" | "日" | "周" | "天" | "秒") || number.value.fract() != 0.0 {
        return true;
    }
    if list!("claims/duration_after")
        .longest_before(scene.chars, figure.start)
        .is_some()
    {
        return true;
    }
    // 待了22天.
    if scene.ends_with(figure.start, "了")
        && !scene.ends_with_any(figure.start, &["到了", "为了", "除了", "為了"])
        && figure.unit != "日"
    {
        return true;
    }
    // 优良天数347天: days that are counted, and no place in time (347天后).
    if figure.unit == "天"
        && !scene.starts_with_any(after, &["前", "后", "里", "时", "之后", "之前", "以来", "来"])
        && list!("claims/day_counts")
            .longest_before(scene.chars, figure.start)
            .is_some()
    {
        return true;
    }
    scene.starts_with_any(after, &["前", "的期限", "有期徒刑"])
        && matches!(figure.unit.as_str(), "日" | "天")
        && scene.before(figure.start) != Some('月')
}
