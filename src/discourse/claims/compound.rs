//! Amounts of several parts: 一年零三个月, 123元1角1分, 1米75, 一吨半, 5个半小时, 2×35万千瓦.

use super::scene::Scene;
use super::units::{self, Unit, UnitClass};
use crate::discourse::number::{self, Direction, Number, Scale, times};
use crate::list;
use crate::text::han::{chinese_digit, is_digit, is_numeral};

/// Adds to a number and its bounds.
fn add(number: &mut Number, more: f64) {
    // Through decimals: 123.1 + 0.01 is 123.11.
    number.value = times(number.value + more, 1.0);
    for bound in [&mut number.lower, &mut number.upper].into_iter().flatten() {
        *bound = times(*bound + more, 1.0);
    }
}

/// 个半小时, 个多月: a unit with 个 that 半 or 多 stands inside of. Which of the two, the unit, and how many characters all have.
pub(super) fn split_unit(chars: &[char], at: usize) -> Option<(char, Unit, usize)> {
    let inside = *chars.get(at + 1)?;
    if chars.get(at) != Some(&'个') || !matches!(inside, '半' | '多') {
        return None;
    }
    // The longest measure of time or share whose name is 个 and what follows.
    let mut whole = vec!['个'];
    whole.extend(chars.get(at + 2..)?.iter().take(4));
    let (unit, length) = units::longest(&whole, 0)?;
    let measured = length > 1 && matches!(unit.class, UnitClass::Duration | UnitClass::Share);
    measured.then_some((inside, unit, length + 1))
}

/// Half a unit more.
pub(super) fn add_half(number: &mut Number) {
    add(number, 0.5);
}

/// Whether a number stands alone, so that more of the amount can follow.
fn plain(number: &Number) -> bool {
    number.direction == Direction::Exact && number.scale == Scale::One
}

/// Takes what goes on behind the unit that ends at `end`: smaller units, 半, or digits without a unit.
pub(super) fn go_on(chars: &[char], number: &mut Number, unit: Unit, end: &mut usize) {
    let measured = matches!(
        unit.class,
        UnitClass::Money | UnitClass::Physical | UnitClass::Duration
    );
    if !measured || !plain(number) {
        return;
    }
    let mut last = unit.factor;
    for _ in 0..4 {
        if chars.get(*end) == Some(&'半')
            && list!("claims/half_words").longest_at(chars, *end).is_none()
            && last.to_bits() == unit.factor.to_bits()
        {
            add_half(number);
            *end += 1;
            return;
        }
        let Some((more, worth, next)) = smaller(chars, *end, unit, last) else {
            break;
        };
        add(number, times(more, worth / unit.factor));
        (last, *end) = (worth, next);
    }
    if last.to_bits() == unit.factor.to_bits()
        && let Some((tail, next)) = decimals(chars, *end, unit)
    {
        add(number, tail);
        *end = next;
    }
}

/// A number with a unit of the same base that is worth less: its value, the worth of its unit, where it ends.
fn smaller(chars: &[char], at: usize, unit: Unit, last: f64) -> Option<(f64, f64, usize)> {
    let from = at + usize::from(matches!(chars.get(at), Some('零' | '又' | '〇')));
    if !chars.get(from).copied().is_some_and(is_numeral) {
        return None;
    }
    let short = |end: usize, value: f64| {
        list!("claims/short_units").of(unit.base).find_map(|entry| {
            let name = entry.field(1);
            let length = name.chars().count();
            let worth = units::factor(entry.field(2))?;
            let stands = chars.get(end..end + length)?.iter().copied().eq(name.chars());
            // 2小时20分 and 1元2分, but not 20分 before what makes another word.
            let glued = chars
                .get(end + length)
                .is_some_and(|c| "之别析支布成散工类配".contains(*c));
            (stands && !glued && worth < last).then_some((value, worth, end + length))
        })
    };
    // 二两: 两 is a digit as well.
    if let Some(digit) = chars.get(from).copied().and_then(chinese_digit)
        && chars.get(from + 1) == Some(&'两')
        && digit > 0
        && let Some(found) = short(from + 1, f64::from(digit))
    {
        return Some(found);
    }
    let read = number::scan(chars, from).filter(|read| plain(read) && read.value > 0.0)?;
    let measure = units::longest(chars, read.end)
        .filter(|(found, _)| found.base == unit.base && found.factor < last)
        .map(|(found, length)| (read.value, found.factor, read.end + length));
    let (value, worth, end) = measure.or_else(|| short(read.end, read.value))?;
    (value * worth < last * 0.9999).then_some((value, worth, end))
}

/// 1米75, 一米八, 一吨二: digits right behind the unit, and nothing that they could count.
fn decimals(chars: &[char], at: usize, unit: Unit) -> Option<(f64, usize)> {
    if !matches!(unit.name, "米" | "吨" | "斤" | "尺" | "丈" | "亩" | "块钱") {
        return None;
    }
    let rest = chars.get(at..)?;
    let arabic = rest.iter().take_while(|c| is_digit(**c)).count();
    let chinese = rest
        .iter()
        .take_while(|c| chinese_digit(**c).is_some_and(|d| d > 0))
        .count();
    let length = arabic.max(chinese);
    let most = if unit.name == "米" { 2 } else { 1 };
    let behind = rest.get(length).copied();
    let counts = behind.is_some_and(|c| {
        is_numeral(c)
            || matches!(
                c,
                '.' | '．'
                    | '%'
                    | '％'
                    | '/'
                    | '-'
                    | '—'
                    | '~'
                    | '～'
                    | '至'
                    | '到'
                    | '半'
                    | '期'
                    | '号'
                    | '月'
                    | '日'
            )
    }) || units::longest(chars, at + length).is_some();
    if length == 0 || length > most || counts || (arabic > 0 && unit.name != "米") {
        return None;
    }
    let mut value = 0.0;
    for &c in rest.iter().take(length) {
        let digit = chinese_digit(c).or_else(|| crate::text::han::half_width(c).to_digit(10))?;
        value = value * 10.0 + f64::from(digit);
    }
    let tail = times(value, if length == 2 { 0.01 } else { 0.1 });
    Some((tail, at + length))
}

/// 2×35万千瓦: so many times an amount. Lengths side by side (3×5米) are an area, and 7×24小时 says that there is no pause.
pub(super) fn product(scene: &Scene<'_>, limit: usize, read: &mut Number) {
    let chars = &scene.chars[..limit];
    if !matches!(scene.at(read.end), Some('×' | '✕' | '*' | '＊' | 'x' | 'X')) || !plain(read) {
        return;
    }
    let Some(second) = number::scan(chars, read.end + 1).filter(plain) else {
        return;
    };
    let Some((unit, _)) = units::longest(chars, second.end) else {
        return;
    };
    let amount = match unit.class {
        UnitClass::Physical => unit.base != "米",
        UnitClass::Duration => false,
        _ => true,
    };
    if !amount || read.chinese != second.chinese {
        return;
    }
    let value = times(read.value, second.value);
    read.value = value;
    (read.lower, read.upper) = (Some(value), Some(value));
    read.end = second.end;
}

/// 10000与20000元之间: a range whose first number shares the unit of the second.
pub(super) fn between(chars: &[char], read: &mut Number) {
    if !matches!(chars.get(read.end), Some('与' | '和')) || !plain(read) {
        return;
    }
    let Some(second) = number::scan(chars, read.end + 1).filter(plain) else {
        return;
    };
    let Some((_, length)) = units::longest(chars, second.end) else {
        return;
    };
    let end = second.end + length;
    if chars.get(end..end + 2) != Some(&['之', '间']) || second.value <= read.value {
        return;
    }
    read.approximation = chars[read.end..=read.end].iter().collect();
    (read.lower, read.upper) = (Some(read.value), Some(second.value));
    read.value = f64::midpoint(read.value, second.value);
    read.direction = Direction::Range;
    read.end = second.end;
}
