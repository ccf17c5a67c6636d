//! Numerals put together: shares and ranges; and integers written out.

use super::numeral::{power_from, simple};
use super::{Direction, Number, Scale};
use crate::text::han::power;

/// A numeral with a sign of share around it: 百分之五, 三分之二, 5%, 1/4, 一半.
fn share(chars: &[char], at: usize) -> Option<Number> {
    let starts = |i: usize, word: &str| {
        chars
            .get(i..i + word.chars().count())
            .is_some_and(|w| w.iter().copied().eq(word.chars()))
    };
    if starts(at, "一半") || starts(at, "半数") {
        return Some(Number {
            start: at,
            end: at + 2,
            value: 0.5,
            lower: Some(0.5),
            upper: Some(0.5),
            direction: Direction::Exact,
            approximation: String::new(),
            scale: Scale::Ratio,
            chinese: true,
        });
    }
    for (word, scale) in [("百分之", Scale::Percent), ("千分之", Scale::PerMille)] {
        if starts(at, word)
            && let Some(mut number) = simple(chars, at + 3)
        {
            number.start = at;
            number.scale = scale;
            return Some(number);
        }
    }
    let mut number = simple(chars, at)?;
    let divided = |mut number: Number, by: f64, end: usize| {
        let part = |v: f64| v / by;
        number.value /= by;
        number.lower = number.lower.map(part);
        number.upper = number.upper.map(part);
        number.scale = Scale::Ratio;
        (number.start, number.end) = (at, end);
        number
    };
    if number.direction == Direction::Exact && number.value > 1.0 && starts(number.end, "分之") {
        let over = simple(chars, number.end + 2)?;
        let end = over.end;
        return Some(divided(over, number.value, end));
    }
    match chars.get(number.end) {
        Some('%' | '％' | '﹪') => {
            number.scale = Scale::Percent;
            number.end += 1;
        }
        Some('‰') => {
            number.scale = Scale::PerMille;
            number.end += 1;
        }
        Some('/') if !number.chinese && number.value.fract() == 0.0 => {
            let apart = at == 0 || chars.get(at - 1) != Some(&'/');
            if let Some(below) = simple(chars, number.end + 1)
                && apart
                && !below.chinese
                && below.value > number.value
                && below.value.fract() == 0.0
                && below.value <= 1000.0
                && chars.get(below.end) != Some(&'/')
            {
                let end = below.end;
                return Some(divided(number, below.value, end));
            }
        }
        _ => {}
    }
    Some(number)
}

/// The longest numeral that begins at the character `at`, ranges and shares included, without hedging words around it.
pub fn scan(chars: &[char], at: usize) -> Option<Number> {
    let first = share(chars, at)?;
    if !matches!(first.direction, Direction::Exact) {
        return Some(first);
    }
    if chars.get(first.end) == Some(&'±')
        && let Some(off) = share(chars, first.end + 1)
        && off.direction == Direction::Exact
        && (first.scale == Scale::One || first.scale == off.scale)
        && first.chinese == off.chinese
    {
        let (low, high) = (first.value - off.value, first.value + off.value);
        return Some(Number {
            end: off.end,
            lower: Some(low),
            upper: Some(high),
            direction: Direction::Range,
            approximation: "±".to_owned(),
            scale: off.scale,
            ..first
        });
    }
    let mark = match (chars.get(first.end), chars.get(first.end + 1)) {
        (Some('—' | '－' | '–'), Some('—' | '－' | '–')) => 2,
        (Some('—' | '－' | '–' | '-' | '~' | '～' | '〜' | '至' | '到'), _) => 1,
        _ => return Some(first),
    };
    let Some(second) = share(chars, first.end + mark) else {
        return Some(first);
    };
    let same_scale =
        first.scale == second.scale || (first.scale == Scale::One && second.scale == Scale::Percent);
    if second.direction != Direction::Exact || !same_scale || first.chinese != second.chinese {
        return Some(first);
    }
    // 1至2亿: the power behind the second number belongs to both.
    let power = chars[second.start..second.end]
        .iter()
        .rev()
        .take_while(|c| power_from(**c))
        .filter_map(|c| power(*c))
        .product::<f64>();
    let bare = !chars[first.start..first.end].iter().any(|c| power_from(*c));
    let low = if bare && power > 1.0 && first.value < second.value / power {
        first.value * power
    } else {
        first.value
    };
    if low >= second.value {
        return Some(first);
    }
    Some(Number {
        start: at,
        end: second.end,
        value: f64::midpoint(low, second.value),
        lower: Some(low),
        upper: Some(second.value),
        direction: Direction::Range,
        approximation: chars[first.end..first.end + mark].iter().collect(),
        scale: second.scale,
        chinese: first.chinese,
    })
}

/// An integer in Chinese numerals, as official texts write it: 二〇 as 二十, 105 as 一百零五, 12 as 十二, 0 as 零.
pub fn render(value: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    fn section(value: u64, out: &mut String, leading: bool) {
        let mut zero = false;
        for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = value / power % 10;
            if digit == 0 {
                zero = true;
                continue;
            }
            // A gap inside, or before the first digit of a section that is not the first.
            if zero && !(leading && out.is_empty()) && !out.ends_with('零') {
                out.push('零');
            }
            zero = false;
            if !(power == 10 && digit == 1 && out.is_empty()) {
                out.push(DIGITS[usize::try_from(digit).unwrap_or(0)]);
            }
            out.push_str(name);
        }
    }
    fn below(value: u64, out: &mut String) {
        // 亿 is the outermost unit: what stands before it is read like a number of its own.
        if value >= 100_000_000 {
            below(value / 100_000_000, out);
            out.push('亿');
            let rest = value % 100_000_000;
            if rest > 0 {
                if rest < 10_000_000 {
                    out.push('零');
                }
                below(rest, out);
            }
        } else if value >= 10_000 {
            section(value / 10_000, out, true);
            out.push('万');
            let rest = value % 10_000;
            if rest > 0 {
                section(rest, out, false);
            }
        } else {
            section(value, out, true);
        }
    }
    if value == 0 {
        return "零".to_owned();
    }
    let mut out = String::new();
    below(value, &mut out);
    out
}
