//! Dates as pages write them.

use std::sync::LazyLock;

use regex::Regex;

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($pattern).ok());
    };
}

pattern!(
    DATE,
    r"^((?:19|20)\d{2})(?:\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]|\s*[-/.－．]\s*(\d{1,2})\s*[-/.－．]\s*(\d{1,2}))(?:\s*(?:星期|周)[一二三四五六日天])?"
);
pattern!(
    HAN_DATE,
    r"^([一二三四五六七八九〇○◯零0０OＯ]{4})\s*年\s*([一二三四五六七八九十]{1,3})\s*月\s*([一二三四五六七八九十廿卅]{1,3})\s*[日号]"
);
pattern!(
    REPUBLIC,
    r"^(?:中华)?民国\s*(?:([1-9]\d{0,2})|([一二三四五六七八九十百〇○零]{1,5}))\s*(?:[年/.\-]\s*)(?:(\d{1,2})\s*[月/.\-]\s*(\d{1,2})\s*[日号]?|([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})[日号])"
);
pattern!(
    COMPACT,
    r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:[ T]?([0-2]\d)([0-5]\d)(?:[0-5]\d)?)?"
);
pattern!(
    REPUBLIC_YEAR,
    r"^(1[0-4]\d|[6-9]\d)\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})$"
);
pattern!(
    DAY_FIRST,
    r"^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*([-/.])\s*((?:19|20)\d{2})(?:\D|$)"
);

/// A date at the beginning, as ISO 8601. One that the calendar does not have is none.
pub(super) fn leading_date(rest: &str) -> Option<(String, &str)> {
    if let Some(found) = DATE.as_ref()?.captures(rest) {
        let end = found.get(0)?.end();
        let part = |han: usize, other: usize| found.get(han).or_else(|| found.get(other)).map(|m| m.as_str());
        let after = &rest[end..];
        // `2024-5-123` is a number of something.
        if found.get(5).is_some() && after.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        return Some((iso(&found[1], part(2, 4)?, part(3, 5)?)?, after));
    }
    if let Some(found) = REPUBLIC.as_ref()?.captures(rest) {
        let end = found.get(0)?.end();
        let number = |digits: usize, han: usize| match (found.get(digits), found.get(han)) {
            (Some(digits), _) => digits.as_str().parse().ok(),
            (_, Some(han)) => han_number(han.as_str()),
            _ => None,
        };
        let (year, month, day) = (number(1, 2)?, number(3, 5)?, number(4, 6)?);
        return Some((iso_of(REPUBLIC_BEGINS + year, month, day)?, &rest[end..]));
    }
    let found = HAN_DATE.as_ref()?.captures(rest)?;
    let end = found.get(0)?.end();
    let year = han_number(&found[1])?;
    let date = iso_of(year, han_number(&found[2])?, han_number(&found[3])?)?;
    Some((date, &rest[end..]))
}

/// The year before the first of the Republic calendar.
const REPUBLIC_BEGINS: u16 = 1911;

/// A date without separators (`20240506`, `202405061230`) that fills the text but for separators and a time.
pub(super) fn compact_date(text: &str) -> Option<(String, &str)> {
    let found = COMPACT.as_ref()?.captures(text)?;
    let after = &text[found.get(0)?.end()..];
    let hour = found.get(4).map_or(Some(0), |h| h.as_str().parse::<u8>().ok())?;
    if hour > 23 || after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    Some((iso(&found[1], &found[2], &found[3])?, after))
}

/// Whether the line begins with a date.
pub(super) fn begins_with_date(line: &str) -> bool {
    leading_date(line).is_some()
}

/// The first date anywhere in a line.
pub(super) fn any_date(line: &str) -> Option<String> {
    starts(line).find_map(|at| leading_date(&line[at..]).map(|(date, _)| date))
}

/// Where a date can begin: not inside a number.
fn starts(line: &str) -> impl Iterator<Item = usize> {
    let mut digit = false;
    line.char_indices().filter_map(move |(at, c)| {
        let inside = digit && c.is_ascii_digit();
        digit = c.is_ascii_digit();
        let may =
            c.is_ascii_digit() || matches!(c, '中' | '民' | 'O' | 'Ｏ' | '０') || han_digit(c).is_some();
        (may && !inside).then_some(at)
    })
}

/// The date in the value of a label or a declaration that says it is one, as ISO 8601: also without separators, of the Republic
/// calendar without its name, and with the day first where the day is no month.
pub fn date_in(value: &str) -> Option<String> {
    let value = value.trim();
    any_date(value)
        .or_else(|| starts(value).find_map(|at| compact_date(&value[at..]).map(|(date, _)| date)))
        .or_else(|| {
            let first = value.split_whitespace().next()?;
            let found = REPUBLIC_YEAR.as_ref()?.captures(first)?;
            let year: u16 = found[1].parse().ok()?;
            iso_of(
                REPUBLIC_BEGINS + year,
                found[2].parse().ok()?,
                found[3].parse().ok()?,
            )
        })
        .or_else(|| {
            let found = DAY_FIRST.as_ref()?.captures(value).filter(|f| f[2] == f[4])?;
            let (first, second): (u16, u16) = (found[1].parse().ok()?, found[3].parse().ok()?);
            let year = found[5].parse().ok()?;
            match (first > 12, second > 12) {
                (true, false) => iso_of(year, second, first),
                (false, true) => iso_of(year, first, second),
                _ if first == second => iso_of(year, first, second),
                _ => None,
            }
        })
}

fn iso(year: &str, month: &str, day: &str) -> Option<String> {
    iso_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn iso_of(year: u16, month: u16, day: u16) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
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

fn han_digit(c: char) -> Option<u16> {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .or(matches!(c, '○' | '◯' | '零' | '0' | '０' | 'O' | 'Ｏ').then_some(0))
        .and_then(|d| u16::try_from(d).ok())
}

/// 一 to 百九十九, and digits one behind another (一一三, 二〇二四).
fn han_number(text: &str) -> Option<u16> {
    let (mut total, mut last, mut plain) = (0u16, None, true);
    for c in text.chars() {
        let unit = match c {
            '百' => 100,
            '十' => 10,
            '廿' | '卅' => {
                total += if c == '廿' { 20 } else { 30 };
                plain = false;
                continue;
            }
            _ => {
                let digit = han_digit(c)?;
                last = Some(if plain {
                    last.unwrap_or(0u16).checked_mul(10)? + digit
                } else {
                    digit
                });
                continue;
            }
        };
        total = total.checked_add(last.take().unwrap_or(1).checked_mul(unit)?)?;
        plain = false;
    }
    total.checked_add(last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_pages_write_them() {
        for text in [
            "2024-05-06",
            "2024.5.6",
            "2024/05/06 12:30",
            "2024 年 5 月 6 日",
            "2024年05月06日14:30",
            "2024年5月6号",
            "2024．05．06",
            "2024-05-06T08:00:00+08:00",
            "二〇二四年五月六日",
            "二○二四年五月六日",
            "二零二四年五月六日",
            "二0二四年五月六日",
            "二O二四年五月六日",
            "民国113年5月6日",
            "中华民国一一三年五月六日",
            "民国一百一十三年五月六日",
            "民国百十三年五月六日",
            "民国113/05/06",
            "民国113.5.6",
            "20240506",
            "202405061230",
            "20240506123059",
            "20240506 12:30",
            "113/05/06",
            "113-5-6",
            "发布于2024年5月6日",
        ] {
            assert_eq!(date_in(text).as_deref(), Some("2024-05-06"), "{text}");
        }
        assert_eq!(date_in("25-12-2024").as_deref(), Some("2024-12-25"));
        assert_eq!(date_in("12/25/2024").as_deref(), Some("2024-12-25"));
        assert_eq!(date_in("一九九九年十二月三十一日").as_deref(), Some("1999-12-31"));
        assert_eq!(date_in("一九九九年十二月廿五日").as_deref(), Some("1999-12-25"));
        assert_eq!(date_in("民国八十九年十月二十日").as_deref(), Some("2000-10-20"));
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "20241350",
            "20240230",
            "2024-02-30",
            "2024年13月1日",
            "2024-5-123",
            "120240506",
            "202405069",
            "202405062560",
            "05-06-2024",
            "5/6/24",
            "民国113年13月6日",
            "二〇二四年十三月六日",
            "18990101",
            "2024年5月",
            "3/8",
            "113/13/06",
        ] {
            assert_eq!(date_in(text), None, "{text}");
        }
    }
}
