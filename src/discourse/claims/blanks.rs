//! Blanks that typesetting puts around numbers: `投资 4.6 亿元`, `1 200万元`, `增长8. 5%`.
//!
//! The rules read a text without them, and places are those of the text with them. Taken away is a single blank (not a tab, not a line break)
//! between a Chinese character and a number or Latin word, between a number and its unit or sign, before groups of three digits that a unit
//! follows, and inside decimals that a measure follows. A blank behind a list number at the beginning of a line stays where it is a wide one.

use super::units::{self, UnitClass};
use crate::list;
use crate::text::han::{is_break, is_digit, is_han, is_numeral, is_space, power};

/// How far back a number is looked for.
const REACH: usize = 24;

/// The places of the blanks to be taken away, in order.
pub(super) fn places(chars: &[char]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut grouped = 0;
    for (at, &c) in chars.iter().enumerate() {
        if c != ' ' && (c.is_ascii() || c == '\t' || !is_space(c)) {
            continue;
        }
        let (Some(before), Some(&after)) = (at.checked_sub(1).map(|i| chars[i]), chars.get(at + 1)) else {
            continue;
        };
        if before.is_whitespace() || after.is_whitespace() {
            continue;
        }
        if at < grouped || at > 0 && at == grouped {
            // Between groups, and before the unit behind them.
            found.push(at);
        } else if is_digit(before) && is_digit(after) {
            if let Some(end) = groups(chars, at, grouped) {
                found.push(at);
                grouped = end;
            }
        } else if goes(chars, at, before, after) {
            found.push(at);
        }
    }
    found
}

/// Whether the single blank at a place says nothing.
fn goes(chars: &[char], at: usize, before: char, after: char) -> bool {
    let wide = chars[at] == '\u{3000}';
    let unit = || units::longest(chars, at + 1);
    if is_digit(before) && is_set_apart(chars, at) {
        return false;
    }
    if is_digit(before) || matches!(before, '%' | '％' | '‰') {
        if matches!(after, '%' | '％' | '‰' | '×' | '±' | '~' | '～' | '–' | '/') {
            return true;
        }
        if matches!(after, '.' | '．') {
            return is_decimal(chars, at, at + 1);
        }
        if is_han(after) {
            return !(begins_line(chars, at) && (wide || unit().is_none()));
        }
        return unit().is_some();
    }
    if matches!(before, '.' | '．') && is_digit(after) {
        return is_decimal(chars, at, at - 1);
    }
    // HKD 500万.
    if is_digit(after) && before.is_ascii_alphabetic() {
        return ends_code(chars, at);
    }
    if is_numeral(after) && chars[..at].ends_with(&['分', '之']) {
        return true;
    }
    if is_digit(after) {
        return matches!(
            before,
            '≥' | '≤'
                | '≧'
                | '≦'
                | '＞'
                | '＜'
                | '>'
                | '<'
                | '≈'
                | '±'
                | '×'
                | '~'
                | '～'
                | '–'
                | '$'
                | '＄'
                | '￥'
                | '¥'
                | '€'
                | '£'
        ) || is_han(before) && !wide;
    }
    // 4.6亿 元, 十二 个: a Chinese numeral inside a line.
    if is_han(before) && is_numeral(before) && is_han(after) {
        let power = power(after).is_some_and(|p| p >= 1e4) && units::longest(chars, at + 2).is_some();
        return ends_numeral(chars, at) && (power || unit().is_some());
    }
    let latin = |c: char| c.is_ascii_alphabetic();
    !wide
        && (is_han(before)
            && (latin(after)
                || matches!(after, '≥' | '≤' | '±' | '￥' | '¥' | '$' | '€' | '£' | '-' | '−')
                    && chars.get(at + 2).copied().is_some_and(is_digit))
            || latin(before) && is_han(after))
}

/// Where the number that ends at `end` begins.
fn number_start(chars: &[char], end: usize) -> usize {
    let least = end.saturating_sub(REACH);
    (least..end)
        .rev()
        .take_while(|&i| is_numeral(chars[i]) || matches!(chars[i], '.' | ',' | '，' | '．'))
        .last()
        .unwrap_or(end)
}

/// 7 4 2 亿元: one of several numbers, or of digits set apart; which, nobody can tell.
fn is_set_apart(chars: &[char], end: usize) -> bool {
    let start = number_start(chars, end);
    let front = |back: usize| start.checked_sub(back).and_then(|i| chars.get(i)).copied();
    let point = |c: Option<char>| matches!(c, Some('.' | '．'));
    let apart = front(1).is_some_and(is_space) && (front(2).is_some_and(is_digit) || point(front(2)));
    // 1. 2 亿元, 1 .2 亿元: the blank in front stands in a decimal.
    let decimal = apart
        && (point(front(2)) && is_decimal(chars, start - 1, start - 2)
            || matches!(chars.get(start), Some('.' | '．')) && is_decimal(chars, start - 1, start));
    apart && !decimal
}

/// Whether the code of a currency (HKD, EUR) ends at a place.
fn ends_code(chars: &[char], end: usize) -> bool {
    list!("claims/currencies").all_before(chars, end).any(|entry| {
        let front = (end - entry.len()).checked_sub(1).map(|i| chars[i]);
        !front.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

/// Whether the number that ends at `end` is the first thing of its line.
fn begins_line(chars: &[char], end: usize) -> bool {
    let start = number_start(chars, end);
    let before = (start.saturating_sub(3)..start)
        .rev()
        .map(|i| chars[i])
        .find(|&c| !is_space(c));
    start == 0 || before.is_none_or(is_break)
}

/// A numeral of two characters or more, or with a power, that other words stand in front of.
fn ends_numeral(chars: &[char], end: usize) -> bool {
    let start = number_start(chars, end);
    let inside = &chars[start..end];
    let front = start.checked_sub(1).map(|i| chars[i]);
    let counted = inside.len() > 1 || inside.first().is_some_and(|c| power(*c).is_some() || *c == '两');
    counted && front.is_some_and(|c| (is_han(c) || is_space(c)) && c != '第') && !begins_line(chars, end)
}

/// Whether the point at `point` stands in a decimal in spite of the blank beside it: not behind the number of a list, and a measure
/// or a share follows.
fn is_decimal(chars: &[char], blank: usize, point: usize) -> bool {
    let whole = number_start(chars, point.min(blank));
    // 增长 8. 5%: a blank before the number as well.
    let front = (whole.saturating_sub(2)..whole)
        .rev()
        .map(|i| chars[i])
        .find(|c| !matches!(c, ' ' | '\u{a0}' | '\u{2009}'));
    if whole >= point.min(blank)
        || !front.is_some_and(|c| is_han(c) || matches!(c, '-' | '−' | '约' | '≥' | '≤'))
    {
        return false;
    }
    let from = point.max(blank) + 1;
    let digits = chars[from.min(chars.len())..]
        .iter()
        .take_while(|c| is_digit(**c))
        .take(REACH)
        .count();
    let end = from + digits;
    let end = end + usize::from(chars.get(end) == Some(&' '));
    digits > 0 && measured(chars, end, false)
}

/// Whether a share, a power or a unit follows.
fn measured(chars: &[char], at: usize, counts: bool) -> bool {
    let Some(&c) = chars.get(at) else {
        return false;
    };
    matches!(c, '%' | '％' | '‰' | '万' | '亿' | '萬' | '億')
        || units::longest(chars, at).is_some_and(|(unit, _)| {
            counts
                || matches!(
                    unit.class,
                    UnitClass::Money | UnitClass::Physical | UnitClass::Share
                )
        })
        || counts && matches!(c, '余' | '多' | '餘')
}

/// 1 000-2 000元: whether a mark of a range stands at a place, and behind it a number with a unit.
fn ranges(chars: &[char], at: usize) -> bool {
    if !chars
        .get(at)
        .is_some_and(|c| matches!(c, '-' | '－' | '–' | '—' | '~' | '～' | '至' | '到'))
    {
        return false;
    }
    let digit = |i: usize| chars.get(i).copied().is_some_and(is_digit);
    let mut end = at + 1;
    while end < at + REACH
        && (digit(end)
            || digit(end - 1) && digit(end + 1) && chars.get(end).is_some_and(|&c| is_space(c) || c == '.'))
    {
        end += 1;
    }
    let end = end + usize::from(chars.get(end).copied().is_some_and(is_space));
    digit(at + 1) && measured(chars, end, true)
}

/// The end of digits in groups of three whose first blank is at `blank`: 1 200万元, 12 345.6, and not 9 8 7. The last groups before them end
/// at `grouped`.
fn groups(chars: &[char], blank: usize, grouped: usize) -> Option<usize> {
    let digit = |i: usize| chars.get(i).copied().is_some_and(is_digit);
    let first = (blank.saturating_sub(4)..blank)
        .rev()
        .take_while(|&i| digit(i))
        .count();
    let start = blank - first;
    let front = start.checked_sub(1).map(|i| chars[i]);
    // One more number of a list in front, or more than three digits, or a decimal.
    let joined = front == Some('-') && grouped > 0 && start == grouped + 1;
    let listed = !joined
        && front.is_some_and(|c| matches!(c, '.' | ',' | '-' | '/' | ':') || c.is_ascii_alphanumeric())
        || front.is_some_and(is_space) && start >= 2 && digit(start - 2);
    if first == 0 || first > 3 || listed || chars[start] == '0' {
        return None;
    }
    let mut end = blank;
    while chars
        .get(end)
        .copied()
        .is_some_and(|c| is_space(c) && c == chars[blank])
        && (end + 1..end + 4).all(digit)
        && !digit(end + 4)
    {
        end += 4;
    }
    if end == blank {
        return None;
    }
    let mut tail = end;
    if chars.get(tail) == Some(&'.') && digit(tail + 1) {
        tail += 1;
        while digit(tail) {
            tail += 1;
        }
    }
    if chars.get(tail).copied().is_some_and(is_space) {
        tail += 1;
    }
    (measured(chars, tail, true) || ranges(chars, tail)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let gone = places(&chars);
        let kept = chars.iter().enumerate().filter(|(i, _)| !gone.contains(i));
        kept.map(|(_, c)| *c).collect()
    }

    #[test]
    fn blanks_around_and_inside_numbers() {
        for (text, expected) in [
            ("修路 7.2 公里", "修路7.2公里"),
            ("拨款 3 亿 元", "拨款3亿元"),
            ("下降 4.1 %", "下降4.1%"),
            ("拨款6 450万元", "拨款6450万元"),
            ("产粮41\u{2009}207.3吨", "产粮41207.3吨"),
            ("售出1\u{a0}234\u{a0}567件", "售出1234567件"),
            ("上涨6. 4%", "上涨6.4%"),
            ("上涨6 ．4 ％", "上涨6．4％"),
            ("拨款６． ４亿元", "拨款６．４亿元"),
            ("气温 -7 ℃", "气温-7℃"),
            ("共十二 个", "共十二个"),
            ("含量 3 mg/L", "含量3mg/L"),
            ("净利 US$ 3亿", "净利US$3亿"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn blanks_that_part() {
        for text in [
            "9 8 7",
            "得分 9 8 7分".trim_start_matches("得分 "),
            "2023 100人",
            "1. 5个村",
            "甲  12",
            "甲\t12\t个",
            "1　总则",
            "第一 个人",
            "春 夏 秋 冬",
            "12 345 678 90件",
            "增产7 4 2 亿斤",
        ] {
            assert_eq!(read(text), text);
        }
    }
}
