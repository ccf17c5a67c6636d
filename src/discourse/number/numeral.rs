//! One numeral: digits, powers, vague parts.

use super::{Direction, Number, Scale};
use crate::text::han::{chinese_digit, half_width, is_chinese_digit, power};

/// From what a numeral is made.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    /// Arabic digits: value and one unit of the last decimal.
    Arabic(f64, f64),
    /// A Chinese digit.
    Digit(u32),
    /// Ten, hundred …
    Power(f64),
    /// 余, 多.
    More,
    /// 来: about.
    Some,
    /// 几 or 数 in the place of a digit.
    Few,
    /// 点 between Chinese digits.
    Point,
}

/// Arabic digits from `at`: value, unit of the last place that is not zero, end.
fn arabic_run(chars: &[char], at: usize) -> Option<(f64, f64, usize)> {
    let digit = |i: usize| chars.get(i).copied().map(half_width).filter(char::is_ascii_digit);
    let run = |mut i: usize| {
        while digit(i).is_some() {
            i += 1;
        }
        i
    };
    let mut text = String::new();
    let mut end = run(at);
    if end == at {
        return None;
    }
    text.extend((at..end).filter_map(digit));
    // Groups of three behind commas: 1,234,567 and not 5,300 people in a list of lists.
    if end - at <= 3 && digit(at) != Some('0') {
        let mut groups = end;
        while matches!(chars.get(groups), Some(',' | '，')) && run(groups + 1) == groups + 4 {
            groups += 4;
        }
        // A full-width comma between two short numbers is a pause, unless a power or a unit follows as it can only behind one number;
        // between three groups it is none.
        let measured = || {
            chars.get(groups).is_some_and(|&c| {
                power(c).is_some() || "余多元人个亩吨公斤米户名项家所件条台辆座".contains(c)
            })
        };
        if groups > end && (chars[end] == ',' || groups > end + 4 || measured()) {
            text.extend((end..groups).filter_map(digit));
            end = groups;
        }
    }
    let mut decimals = 0;
    if matches!(chars.get(end), Some('.' | '．')) {
        let stop = run(end + 1);
        if stop > end + 1 {
            text.push('.');
            text.extend((end + 1..stop).filter_map(digit));
            decimals = stop - end - 1;
            end = stop;
        }
    }
    let value: f64 = text.parse().ok()?;
    let step = if decimals > 0 {
        0.1_f64.powi(i32::try_from(decimals).ok()?)
    } else {
        1.0
    };
    value.is_finite().then_some((value, step, end))
}

/// The parts of the numeral from `at` and its end.
fn parts(chars: &[char], at: usize) -> (Vec<Part>, usize) {
    let mut found: Vec<Part> = Vec::new();
    let mut i = at;
    while let Some(&c) = chars.get(i) {
        let next = chars.get(i + 1).copied();
        let last = found.last().copied();
        if let Some((value, step, end)) = arabic_run(chars, i) {
            if !matches!(last, None | Some(Part::Power(_))) {
                break;
            }
            found.push(Part::Arabic(value, step));
            i = end;
            continue;
        }
        let part = if let Some(digit) = chinese_digit(c) {
            if matches!(last, Some(Part::Arabic(..) | Part::More | Part::Some)) {
                break;
            }
            Part::Digit(digit)
        } else if let Some(power) = power(c) {
            // 3000万千瓦, 5千克: the power belongs to the unit.
            let of_unit =
                c == '千' && !found.is_empty() && next.is_some_and(|c| "瓦伏克卡米焦帕".contains(c));
            let after_big = power < 1e4 && matches!(last, Some(Part::Power(p)) if p >= 1e4);
            if last == Some(Part::Point) || of_unit || after_big {
                break;
            }
            Part::Power(power)
        } else {
            match c {
                '廿' | '卅' if matches!(last, None | Some(Part::Power(_))) => {
                    found.push(Part::Digit(if c == '廿' { 2 } else { 3 }));
                    Part::Power(10.0)
                }
                '余' | '多' | '來' | '来'
                    if matches!(last, Some(Part::Arabic(..) | Part::Power(_)))
                        && found.iter().all(|p| !matches!(p, Part::More | Part::Some)) =>
                {
                    if matches!(c, '來' | '来') {
                        // 十来个, 二十来人; 100来 is rare, 十年来 no numeral.
                        if !matches!(last, Some(Part::Power(_))) || found.len() > 2 {
                            break;
                        }
                        Part::Some
                    } else {
                        if super::hedge::suffix(chars, i).is_none() && !next.is_some_and(power_from) {
                            break;
                        }
                        Part::More
                    }
                }
                '几' | '幾' | '数' | '數' => {
                    let few = matches!(c, '几' | '幾');
                    let leads = found.is_empty() && next.and_then(power).is_some();
                    let follows = few && last == Some(Part::Power(10.0)) && !found.contains(&Part::Few);
                    if !leads && !follows {
                        break;
                    }
                    Part::Few
                }
                '点' | '點'
                    if matches!(last, Some(Part::Digit(_) | Part::Power(_)))
                        && !found.contains(&Part::Point)
                        && next.is_some_and(is_chinese_digit) =>
                {
                    Part::Point
                }
                _ => break,
            }
        };
        found.push(part);
        i += 1;
    }
    (found, i)
}

/// 万 and 亿 go on after 余 and 多.
pub(super) fn power_from(c: char) -> bool {
    power(c).is_some_and(|p| p >= 1e4)
}

/// One unit of the last place of `value` that is not zero.
fn last_place(value: f64) -> f64 {
    let mut step = 1.0;
    while value >= step * 10.0 && (value / (step * 10.0)).fract() == 0.0 {
        step *= 10.0;
    }
    step
}

type Span = (f64, f64);

/// The value of parts as lowest and highest; `None` if they make no numeral.
#[allow(clippy::too_many_lines)] // one arm a part: in pieces the state would travel through every signature
fn evaluate(parts: &[Part]) -> Option<Span> {
    let add = |a: Span, b: Span| (a.0 + b.0, a.1 + b.1);
    // 1126.6 亿 is a whole number: decimals of Arabic digits are carried through the powers without their binary noise.
    let decimals_of = parts.iter().find_map(|p| match p {
        Part::Arabic(_, step) if *step < 1.0 => Some((1.0 / step).round()),
        _ => None,
    });
    let times = |a: Span, k: f64| match decimals_of {
        Some(places) => {
            let scaled = |v: f64| (v * places).round() * k / places;
            (scaled(a.0), scaled(a.1))
        }
        None => (a.0 * k, a.1 * k),
    };
    let digits = parts.iter().filter(|p| matches!(p, Part::Digit(_))).count();
    if digits == parts.len() && digits > 1 {
        // 二〇二三: place by place.
        let value = parts.iter().fold(0.0, |sum, p| match p {
            Part::Digit(d) => sum * 10.0 + f64::from(*d),
            _ => sum,
        });
        return Some((value, value));
    }
    let (mut total, mut section): (Span, Span) = ((0.0, 0.0), (0.0, 0.0));
    let mut pending: Option<Span> = None;
    let mut last_big = f64::INFINITY;
    let mut last_power: Option<f64> = None;
    let mut decimals: Option<f64> = None;
    let mut zero = false;
    let mut step = 1.0;
    for (i, part) in parts.iter().enumerate() {
        let previous = i.checked_sub(1).map(|i| parts[i]);
        match *part {
            Part::Digit(d) if decimals.is_some() => {
                let place = decimals.unwrap_or(1.0) / 10.0;
                decimals = Some(place);
                let base = pending.unwrap_or((0.0, 0.0));
                // Rounded so that 三点一四 is 3.14 to the last bit.
                let exact = |v: f64| ((v + f64::from(d) * place) / place).round() / (1.0 / place).round();
                pending = Some((exact(base.0), exact(base.1)));
            }
            Part::Digit(0) => {
                if pending.is_some() && !zero {
                    return None;
                }
                zero = true;
                if parts.len() == 1 || parts.get(i + 1) == Some(&Part::Point) {
                    pending = Some((0.0, 0.0));
                }
            }
            Part::Digit(d) => {
                if pending.is_some_and(|p| p.1 != 0.0) {
                    return None;
                }
                pending = Some((f64::from(d), f64::from(d)));
            }
            Part::Arabic(value, unit) => {
                step = unit;
                pending = Some((value, value));
            }
            Part::Few => {
                let few = if previous.is_none() {
                    (2.0, 10.0)
                } else {
                    (0.0, 10.0)
                };
                pending = Some(add(pending.unwrap_or((0.0, 0.0)), few));
            }
            Part::Point => {
                pending = Some(add(pending.unwrap_or((0.0, 0.0)), section));
                section = (0.0, 0.0);
                decimals = Some(1.0);
            }
            Part::More | Part::Some => {
                let now = add(add(total, section), pending.unwrap_or((0.0, 0.0)));
                let more = if step < 1.0 { step } else { last_place(now.0) };
                let target = match (&mut pending, section.1 > 0.0) {
                    (Some(pending), _) => pending,
                    (None, true) => &mut section,
                    (None, false) => &mut total,
                };
                target.1 += more;
            }
            Part::Power(p) if p < 1e4 => {
                // Within 一千二百三十 the powers fall.
                if last_power.is_some_and(|last| last < 1e4 && p >= last) {
                    return None;
                }
                section = add(section, times(pending.take().unwrap_or((1.0, 1.0)), p));
                (last_power, zero, decimals) = (Some(p), false, None);
            }
            Part::Power(p) => {
                let here = add(section, pending.take().unwrap_or((0.0, 0.0)));
                if here.1 == 0.0 {
                    match previous {
                        None => total = (p, p),
                        Some(_) if total.1 > 0.0 => total = times(total, p),
                        Some(_) => return None,
                    }
                } else if p > last_big {
                    total = times(add(total, here), p);
                } else {
                    total = add(total, times(here, p));
                }
                (last_big, last_power, section, zero, decimals) = (p, Some(p), (0.0, 0.0), false, None);
            }
        }
    }
    let mut rest = pending.unwrap_or((0.0, 0.0));
    // 一百五 is 150, 三万六 is 36 000; 一百零五 and 十五 are what they say.
    if let [.., Part::Power(p), Part::Digit(d)] = parts
        && *p >= 100.0
        && *d > 0
        && !zero
    {
        rest = times(rest, p / 10.0);
    }
    let value = add(add(total, section), rest);
    (value.0.is_finite() && value.1.is_finite()).then_some(value)
}

/// 两三, 三五, 七八十, 十七八: two digits side by side that mean "from … to".
fn pair(parts: &[Part]) -> Option<Span> {
    let at = parts.windows(2).position(
        |w| matches!(w, [Part::Digit(a), Part::Digit(b)] if *a > 0 && (*b == a + 1 || (*a, *b) == (3, 5))),
    )?;
    let others = parts.iter().filter(|p| matches!(p, Part::Digit(_))).count();
    let alone =
        parts.len() == 2 || (others == 2 || matches!(parts.get(at.wrapping_sub(1)), Some(Part::Power(_))));
    if !alone {
        return None;
    }
    let without = |leave: usize| {
        let mut rest = parts.to_vec();
        rest.remove(leave);
        // 十七八 must not be read like 一百五.
        evaluate(&rest).map(|span| span.0)
    };
    let (low, high) = (without(at + 1)?, without(at)?);
    (low < high).then_some((low, high))
}

/// One numeral without range marks.
pub(super) fn simple(chars: &[char], at: usize) -> Option<Number> {
    let (mut found, mut end) = parts(chars, at);
    while let Some(last) = found.last() {
        // A point, or a vague digit alone, cannot end or be a numeral.
        if *last != Part::Point {
            break;
        }
        found.pop();
        end -= 1;
    }
    if found.is_empty() || found == [Part::Few] {
        return None;
    }
    let text = |part: fn(&Part) -> bool| found.iter().any(part);
    let mut number = Number {
        start: at,
        end,
        value: 0.0,
        lower: None,
        upper: None,
        direction: Direction::Exact,
        approximation: String::new(),
        scale: Scale::One,
        chinese: !text(|p| matches!(p, Part::Arabic(..))),
    };
    if let Some((low, high)) = pair(&found) {
        number.value = f64::midpoint(low, high);
        (number.lower, number.upper, number.direction) = (Some(low), Some(high), Direction::Range);
        return Some(number);
    }
    let (low, high) = evaluate(&found)?;
    number.value = low;
    (number.lower, number.upper) = (Some(low), Some(high));
    if text(|p| *p == Part::Some) {
        number.direction = Direction::About;
        (number.lower, number.upper) = (None, None);
    } else if high > low {
        number.direction = Direction::Above;
    }
    number.approximation = chars[at..end]
        .iter()
        .filter(|c| matches!(c, '余' | '多' | '几' | '幾' | '数' | '數' | '来' | '來'))
        .collect();
    Some(number)
}
