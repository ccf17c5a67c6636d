//! Which numbers are claims, and where their spans end.

use std::ops::Range;

use super::figure::Figure;
use super::scene::Scene;
use super::units::{self, Unit, UnitClass};
use super::{admissible, compound, label, rank, sign};
use crate::discourse::number::{self, Direction, Number, Scale};
use crate::text::han::{is_chinese_digit, is_digit, is_han, is_numeral};

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
        if let Some(figure) = rank::unnumbered(scene, sentence, at) {
            at = figure.end;
            found.push(figure);
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
            at = behind_long_run(limit, at);
            continue;
        };
        let next = read.end.max(at + 1);
        match quantity(scene, sentence, &read) {
            Some(figure) => {
                at = figure.end.max(next);
                // 五日元两: the words before a number may be those of the last one.
                if found.last().is_none_or(|last| last.end <= figure.start) {
                    found.push(figure);
                }
            }
            None => at = next,
        }
    }
    found
}

/// Where to read on behind a place at which no number begins: numerals too many for a number are passed over at once.
fn behind_long_run(limit: &[char], at: usize) -> usize {
    let run = || limit[at..].iter().take_while(|c| is_numeral(**c) || **c == ',');
    let digits = || limit[at..].iter().take_while(|c| is_digit(**c)).count();
    let short = run().take(number::LONGEST).count() < number::LONGEST;
    at + if short { digits() } else { run().count() }.max(1)
}

/// A unit as a figure has it.
struct Named {
    name: String,
    base: String,
    factor: f64,
    class: UnitClass,
}

impl Named {
    fn of(unit: Unit) -> Self {
        // 5亿元港币: 元 of the currency that is named behind it.
        let foreign = unit.class == UnitClass::Money && unit.base != "元";
        let name = unit
            .name
            .strip_prefix('元')
            .filter(|rest| foreign && !rest.is_empty());
        Self {
            name: name.unwrap_or(unit.name).to_owned(),
            base: unit.base.to_owned(),
            factor: unit.factor,
            class: unit.class,
        }
    }

    /// The share that a sign of the number names.
    fn share(scale: Scale) -> Self {
        let (name, factor) = match scale {
            Scale::Percent => ("%", 0.01),
            Scale::PerMille => ("‰", 0.001),
            _ => ("", 1.0),
        };
        Self {
            name: name.to_owned(),
            base: "比例".to_owned(),
            factor,
            class: UnitClass::Share,
        }
    }

    /// An amount of a currency that is named in front.
    fn currency(name: &str, base: &str, factor: f64) -> Self {
        // Signs and codes (US$, HKD) are called by the name of their unit.
        let name = if name.starts_with(is_han) { name } else { base };
        Self {
            name: name.to_owned(),
            base: base.to_owned(),
            factor,
            class: UnitClass::Money,
        }
    }
}

/// The unit behind a number, with what goes on behind it (smaller units, 半, rates); moves `end` behind all of it, and `start` before a currency
/// in front. The second value says that 多 stands inside the unit.
fn unit(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    number: &mut Number,
    (start, end): (&mut usize, &mut usize),
) -> Option<(Named, bool)> {
    let chars = &scene.chars[..sentence.end];
    let currency = sign::currency(scene, *start);
    if let Some((inside, unit, length)) = compound::split_unit(chars, *end) {
        admissible::unit(scene, sentence, number, unit, *end + length)?;
        if inside == '半' {
            compound::add_half(number);
        }
        *end += length;
        return Some((Named::of(unit), inside == '多'));
    }
    if is_toll(chars, *start, *end) {
        *end += 1;
        let named = Named {
            name: "人".to_owned(),
            base: "人".to_owned(),
            factor: 1.0,
            class: UnitClass::People,
        };
        return Some((named, false));
    }
    let found = units::longest(chars, *end);
    if let Some(named) = currency {
        match found.filter(|(unit, _)| unit.class == UnitClass::Money) {
            // 港币5000万元: 元 of the currency that is named.
            Some((unit, length)) if sign::takes_currency(unit) && named.base != "元" => {
                *start = named.start;
                *end += length;
                let name = Named::currency(named.name, named.base, unit.factor);
                compound::go_on(chars, number, unit, end);
                return Some((name, false));
            }
            Some(_) => {}
            None => {
                *start = named.start;
                return Some((Named::currency(named.name, named.base, 1.0), false));
            }
        }
    }
    let Some((unit, length)) = found else {
        return admissible::without_unit(scene, sentence, number).then(|| {
            let named = Named {
                name: String::new(),
                base: String::new(),
                factor: 1.0,
                class: UnitClass::General,
            };
            (named, false)
        });
    };
    admissible::unit(scene, sentence, number, unit, *end + length)?;
    *end += length;
    if unit.name == "成" {
        number.end = *end;
        number.tenths_behind(chars);
        *end = number.end;
    }
    compound::go_on(chars, number, unit, end);
    let mut named = Named::of(unit);
    if let Some(rate) = units::rate(chars, unit, *end) {
        // A rate converts into nothing: it is its own base.
        let rest: String = chars[*end..rate].iter().collect();
        named.name.push_str(&rest.replace(['／', '∕'], "/"));
        named.base.clone_from(&named.name);
        named.factor = 1.0;
        *end = rate;
    }
    Some((named, false))
}

/// 9死26伤: two numbers of persons with what befell them.
fn is_toll(chars: &[char], start: usize, end: usize) -> bool {
    let toll = |at: Option<&char>| at.is_some_and(|c| matches!(c, '死' | '伤' | '亡'));
    if !toll(chars.get(end)) {
        return false;
    }
    let behind = chars.get(end + 1);
    let first = behind.is_some_and(|&c| is_digit(c) || is_chinese_digit(c))
        && number::scan(chars, end + 1)
            .is_some_and(|next| next.start == end + 1 && toll(chars.get(next.end)));
    let last = start > 0 && toll(chars.get(start - 1));
    first || last
}

/// A figure that begins as `read`, with unit and hedges.
fn quantity(scene: &Scene<'_>, sentence: &Range<usize>, read: &Number) -> Option<Figure> {
    let chars = &scene.chars[..sentence.end];
    let mut number = read.clone();
    if number.scale == Scale::One {
        compound::product(scene, sentence.end, &mut number);
        compound::between(chars, &mut number);
    }
    let read = &number.clone();
    // 最后一公里 is a place in a row.
    if is_code(scene, read)
        || scene.ends_with_any(read.start, &["最后", "最初", "任何", "同"])
        || scene.in_title(read.start)
        || continues_articles(scene, sentence, read.start)
    {
        return None;
    }
    let share = number.scale != Scale::One;
    let (mut start, mut end) = (number.start, number.end);
    let (named, more) = if share {
        if scene.starts_with(end, "以") && scene.at(end + 1).is_none() {
            return None;
        }
        (Named::share(number.scale), false)
    } else {
        unit(scene, sentence, &mut number, (&mut start, &mut end))?
    };
    let class = named.class;
    if start == read.start
        && let Some((sign, front)) = sign::sign(scene, start, class, &named.name)
        && front >= sentence.start
    {
        number.signed(sign, front);
        start = front;
    }
    let mut figure = Figure {
        start,
        end,
        number_text: scene.text(start.min(number.start), read.end),
        value: 0.0,
        lower: None,
        upper: None,
        approximation: String::new(),
        direction: Direction::Exact,
        unit: named.name,
        unit_normalised: named.base,
        factor: named.factor,
        class,
        rank: false,
        in_slogan: false,
    };
    if figure.start < read.start && number.start == read.start {
        // A currency in front is no part of the number.
        figure.number_text = scene.text(read.start, read.end);
    }
    if more {
        number.hedge("多", Direction::Above, false);
    }
    hedges(scene, sentence, &mut number, &mut figure);
    if number.direction == Direction::Exact
        && scene.ends_with_any(figure.start, &["突破", "突破了", "冲破", "冲破了"])
    {
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
    if class == UnitClass::Duration && !admissible::is_duration(scene, &figure, &number) {
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
        // 约占三分之二: a verb stands between the hedge and the number.
        if text.ends_with(['占', '有', '需', '为', '达', '合', '折'])
            && text.chars().rev().nth(1) == Some('约')
            && !text
                .chars()
                .rev()
                .nth(2)
                .is_some_and(|c| "节集条签公制预契".contains(c))
        {
            number.hedge("约", Direction::About, true);
            return;
        }
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

/// Characters that end a unit, behind which a hyphen joins two ends of a range: 3月-5月.
fn is_unit_end(c: char) -> bool {
    "年月日号点时分秒元度级章节条款项个人岁米".contains(c)
}

/// Whether a number and its unit end at a place: 8公里-9公里.
fn is_behind_amount(chars: &[char], end: usize) -> bool {
    (2..=6).any(|length| {
        end.checked_sub(length).is_some_and(|start| {
            is_numeral(chars[start])
                && units::longest(chars, start + 1).is_some_and(|(_, found)| start + 1 + found == end)
        })
    })
}

/// What the sign of a number asks: a share, or anything else.
fn share_or_not(read: &Number) -> UnitClass {
    if read.scale == Scale::One {
        UnitClass::General
    } else {
        UnitClass::Share
    }
}

/// Letters and signs around digits: 5G, PM2.5, 1+7, 〔2023〕5号, 14:54, telephone numbers.
fn is_code(scene: &Scene<'_>, read: &Number) -> bool {
    let (before, after) = (scene.before(read.start), scene.at(read.end));
    let signs = |c: char| {
        matches!(
            c,
            '+' | '＋' | '〔' | '﹝' | '[' | '№' | '#' | '*' | '=' | '_' | '×'
        )
    };
    // 〔2023〕5号; behind the mark of a note (生产总值[2]900309亿元) a number is one.
    let numbered = matches!(before, Some('〕' | '﹞' | ']')) && matches!(after, Some('号' | '期' | '字'));
    // 运-20列装: a model behind a hyphen that is no sign.
    let model = !read.chinese
        && read.scale == Scale::One
        && before == Some('-')
        && sign::sign(
            scene,
            read.start,
            units::longest(scene.chars, read.end).map_or(UnitClass::General, |(unit, _)| unit.class),
            "",
        )
        .is_none()
        && read
            .start
            .checked_sub(2)
            .and_then(|i| scene.at(i))
            .is_some_and(|c| is_han(c) && !is_numeral(c) && !is_unit_end(c))
        && !is_behind_amount(scene.chars, read.start - 1);
    // 21/22年: two years and no fraction.
    let years = read.value < 1.0
        && after == Some('年')
        && (read.start..read.end).any(|i| matches!(scene.at(i), Some('/' | '／')));
    if numbered || model || years {
        return true;
    }
    let named =
        before.is_some_and(|c| c.is_ascii_alphabetic()) && sign::currency(scene, read.start).is_some();
    let plus =
        matches!(before, Some('+' | '＋')) && sign::sign(scene, read.start, share_or_not(read), "").is_some();
    if before.is_some_and(|c| c.is_ascii_alphabetic() || signs(c) || c == '第') && !named && !plus
        || after.is_some_and(signs)
    {
        return true;
    }
    let arabic = !read.chinese;
    // 13.5.2, 2023-05-06, 14:54.
    let glued = |mark: Option<char>, far: Option<char>| {
        mark.is_some_and(|c| matches!(c, '.' | ':' | '：' | '-' | '—' | '/')) && far.is_some_and(is_digit)
    };
    // 8.04亿/7370万元: two amounts.
    let power = read.end > read.start && matches!(scene.at(read.end - 1), Some('万' | '亿'));
    let amounts = power && after == Some('/')
        || before == Some('/')
            && read
                .start
                .checked_sub(2)
                .and_then(|i| scene.at(i))
                .is_some_and(|c| matches!(c, '万' | '亿'));
    if arabic
        && !amounts
        && (glued(before, read.start.checked_sub(2).and_then(|i| scene.at(i)))
            || glued(after, scene.at(read.end + 1)))
    {
        return true;
    }
    // .5%, 1,23元: a number whose beginning is lost. Behind 完成. a number is one.
    let far = || read.start.checked_sub(2).and_then(|i| scene.at(i));
    let broken = match before {
        Some('.' | '．') => read.scale != Scale::One || !far().is_some_and(is_han),
        Some(',') => far().is_some_and(is_digit),
        _ => false,
    };
    if arabic && broken {
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
