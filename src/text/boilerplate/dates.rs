//! Dates as pages write them.

use std::sync::LazyLock;

use regex::Regex;

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^((?:19|20)\d{2})(?:\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|\s*[-/.－]\s*(\d{1,2})\s*[-/.－]\s*(\d{1,2}))(?:\s*(?:星期|周)[一二三四五六日天])?").ok()
});
static HAN_DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^([一二三四五六七八九〇○零]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日",
    )
    .ok()
});
/// A date at the beginning, as ISO 8601.
pub(super) fn leading_date(rest: &str) -> Option<(String, &str)> {
    if let Some(found) = DATE.as_ref()?.captures(rest) {
        let end = found.get(0)?.end();
        let part = |han: usize, other: usize| found.get(han).or_else(|| found.get(other)).map(|m| m.as_str());
        return Some((iso(&found[1], part(2, 4)?, part(3, 5)?)?, &rest[end..]));
    }
    let found = HAN_DATE.as_ref()?.captures(rest)?;
    let end = found.get(0)?.end();
    let year: String = found[1]
        .chars()
        .filter_map(han_digit)
        .map(|d| d.to_string())
        .collect();
    let date = iso(
        &year,
        &han_number(&found[2])?.to_string(),
        &han_number(&found[3])?.to_string(),
    )?;
    Some((date, &rest[end..]))
}

/// Whether the line begins with a date.
pub(super) fn begins_with_date(line: &str) -> bool {
    leading_date(line).is_some()
}

/// The first date anywhere in a line.
pub(super) fn any_date(line: &str) -> Option<String> {
    line.char_indices()
        .filter(|(_, c)| c.is_ascii_digit() || han_digit(*c).is_some())
        .find_map(|(at, _)| leading_date(&line[at..]).map(|(date, _)| date))
}

fn iso(year: &str, month: &str, day: &str) -> Option<String> {
    let (year, month, day): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1900..=2100).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn han_digit(c: char) -> Option<u8> {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .or(matches!(c, '○' | '零').then_some(0))
        .and_then(|d| u8::try_from(d).ok())
}

/// 一 to 九十九.
fn han_number(text: &str) -> Option<u8> {
    match text.split_once('十') {
        None => text.chars().next().and_then(han_digit),
        Some((tens, ones)) => {
            let tens = tens.chars().next().map_or(Some(1), han_digit)?;
            let ones = ones.chars().next().map_or(Some(0), han_digit)?;
            Some(tens * 10 + ones)
        }
    }
}
