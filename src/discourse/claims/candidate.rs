//! Which numbers are claims, and where their spans end.

use std::ops::Range;

use super::figure::Figure;
use super::scene::Scene;
use super::units::{self, Unit, UnitClass};
use super::{label, rank};
use crate::discourse::number::{self, Direction, Number, Scale};
use crate::list;
use crate::text::han::{is_chinese_digit, is_digit, is_numeral};

/// Whether a classifier means something else before what follows: 二期工程, 两位数, 三部门, 两级以上.
fn before_other_word(scene: &Scene<'_>, unit: &str, after: usize) -> bool {
    list!("claims/not_before")
        .of(unit)
        .any(|entry| scene.starts_with(after, entry.field(1)))
}

/// All claims of a sentence, before names are sorted out.
pub(super) fn figures(scene: &Scene<'_>, sentence: &Range<usize>) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let c = scene.chars[at];
        if c == '第' {
            let (figure, next) = rank::rank(scene, sentence, at);
            found.extend(figure);
            at = next;
            continue;
        }
        if !is_numeral(c) && !matches!(c, '几' | '数' | '半' | '前') {
            at += 1;
            continue;
        }
        if c == '前' {
            let (figure, next) = rank::top(scene, sentence, at);
            found.extend(figure);
            at = next;
            continue;
        }
        let limit = &scene.chars[..sentence.end];
        let Some(read) = number::scan(limit, at) else {
            at += 1;
            continue;
        };
        let next = read.end.max(at + 1);
        match quantity(scene, sentence, &read) {
            Some(figure) => {
                at = figure.end.max(next);
                found.push(figure);
            }
            None => at = next,
        }
    }
    found
}

/// A figure that begins as `read`, with unit and hedges.
fn quantity(scene: &Scene<'_>, sentence: &Range<usize>, read: &Number) -> Option<Figure> {
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
    let mut figure = Figure {
        start: number.start,
        end,
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
        rank: false,
        in_slogan: false,
    };
    if more.is_some() {
        number.hedge("多", Direction::Above, false);
    }
    hedges(scene, sentence, &mut number, &mut figure);
    if number.direction == Direction::Exact && scene.ends_with_any(figure.start, &["突破", "突破了"]) {
        number.hedge("突破", Direction::Above, true);
    }
    // 百元, 千户: a bare power is a size only behind a hedge (上万, 近百, 超千).
    let bare = scene
        .text(read.start, read.end)
        .chars()
        .all(|c| matches!(c, '百' | '千' | '万' | '亿'));
    if bare && !share && figure.start == read.start && !after_reaching(scene, read.start) {
        return None;
    }
    if class == UnitClass::Duration && !is_duration(scene, &figure, &number) {
        return None;
    }
    if label::is_label(scene, sentence, read, &figure) {
        return None;
    }
    figure.value = number.value;
    (figure.lower, figure.upper) = (number.lower, number.upper);
    figure.approximation = number.approximation;
    figure.direction = number.direction;
    label::one(scene, sentence, read, &mut figure)?;
    figure.in_slogan |= label::in_slogan(scene, read, &figure);
    Some(figure)
}

/// 突破千, 过百, 达百万: verbs that make a bare power a figure.
fn after_reaching(scene: &Scene<'_>, at: usize) -> bool {
    scene.ends_with_any(at, &["突破", "达", "达到", "过", "破", "成"])
}

/// 个多月, 个半月.
fn half_months(scene: &Scene<'_>, at: usize, number: &mut Number) -> Option<char> {
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
fn per(scene: &Scene<'_>, unit: Unit, end: &mut usize, limit: usize) -> (String, String, f64, UnitClass) {
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
fn hedges(scene: &Scene<'_>, sentence: &Range<usize>, number: &mut Number, figure: &mut Figure) {
    let chars = &scene.chars[..sentence.end];
    if let Some(hedge) = number::suffix(chars, figure.end) {
        number.hedge(&hedge.word, hedge.direction, false);
        figure.end = hedge.end;
    } else if figure.class == UnitClass::Duration
        && scene.at(figure.end) == Some('内')
        && !scene
            .at(figure.end + 1)
            .is_some_and(|c| "容部设外地蒙".contains(c))
    {
        number.hedge("内", Direction::AtMost, false);
        figure.end += 1;
    }
    if let Some(hedge) = number::prefix(chars, figure.start).filter(|h| h.start >= sentence.start) {
        number.hedge(&hedge.word, hedge.direction, true);
        figure.start = hedge.start;
    } else if number.direction == Direction::Exact {
        let from = scene.clause_start(figure.start, sentence.start);
        let clause = &chars[from..figure.start];
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
fn is_code(scene: &Scene<'_>, read: &Number) -> bool {
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
fn continues_articles(scene: &Scene<'_>, sentence: &Range<usize>, at: usize) -> bool {
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
    scene: &Scene<'_>,
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
        name if list!("claims/arabic_only").has(name) && !arabic => true,
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
fn is_duration(scene: &Scene<'_>, figure: &Figure, number: &Number) -> bool {
    let after = figure.end;
    // 近3年, 经过二十多年的建设: a stretch in which something happened, unless it is said how long it took.
    let took = ["历时", "为期", "长达", "用了", "持续", "达", "用时"];
    if scene.starts_with(figure.start, "近") && !scene.ends_with_any(figure.start, &took)
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
    // 连续五年, 满三十日, 不少于三十日, 三十日内, 五年以上, 三日前.
    if number.direction != Direction::Exact && number.direction != Direction::Range {
        return true;
    }
    if !matches!(figure.unit.as_str(), "年" | "日" | "周" | "天" | "秒") {
        return true;
    }
    if list!("claims/duration_after")
        .longest_before(scene.chars, figure.start)
        .is_some()
    {
        return true;
    }
    scene.starts_with_any(after, &["前", "的期限", "有期徒刑"])
        && matches!(figure.unit.as_str(), "日" | "天")
        && scene.before(figure.start) != Some('月')
}
