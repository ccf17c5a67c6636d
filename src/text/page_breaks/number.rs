//! Lines that are a page number and nothing else.

use std::sync::LazyLock;

use regex::Regex;

use super::super::han::{self, chinese_digit, half_width};

/// How a line shows that its number is one of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `第 3 页 共 9 页`, `Page 3 of 9`: nothing else reads so.
    Total,
    /// `第 3 页`, `Page 3`.
    Worded,
    /// `- 12 -`, `·12·`.
    Marked,
    /// `3/9`.
    Ratio,
    /// `3`.
    Bare,
}

/// A page number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) form: Form,
    pub(super) value: u32,
}

/// Longest line that is looked at, in bytes.
const LONGEST: usize = 80;

/// What stands for digits in a key of [`super::heads`].
pub(super) const DIGITS: char = '#';

static WORDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^第(?P<a>\d{1,4})[页頁]?[,，/、;；]?[共总總全](?P<at>\d{1,4})[页頁]$",
        r"|^[共总總全](?P<bt>\d{1,4})[页頁][,，/、;；]?第(?P<b>\d{1,4})[页頁]$",
        r"|^第?(?P<c>\d{1,4})/[共总總]?(?P<ct>\d{1,4})[页頁]$",
        r"|^第(?P<d>\d{1,4})[页頁]/[共总總]?(?P<dt>\d{1,4})[页頁]?$",
        r"|^(?:page|pg\.?|p\.?)(?P<e>\d{1,4})(?:of|/)(?P<et>\d{1,4})$",
        r"|^第(?P<f>\d{1,4})[页頁]$",
        r"|^[页頁][码碼]?[:：](?P<g>\d{1,4})$",
        r"|^(?:page|pg\.?|p\.)(?P<h>\d{1,4})$",
        r"|^(?P<i>\d{1,4})/(?P<it>\d{1,4})$",
    ))
    .ok()
});

/// Reads a line; `None` where it is no number.
pub(super) fn read(line: &str) -> Option<Number> {
    // Nearly all lines begin or end as no number does.
    let (first, last) = (line.chars().next()?, line.chars().next_back()?);
    let edge = |c: char| half_width(c).is_ascii_digit() || is_mark(c) || "()（）[]［］【】".contains(c);
    if !(edge(first) || "第共总總全页頁pPｐＰ".contains(first)) || !(edge(last) || "页頁".contains(last))
    {
        return None;
    }
    if line.len() > LONGEST
        || !line.contains(|c| half_width(c).is_ascii_digit() || chinese_digit(c).is_some())
    {
        return None;
    }
    let half: String = line.chars().map(half_width).collect();
    if let Some(value) = number(&half) {
        return Some(Number {
            form: Form::Bare,
            value,
        });
    }
    let squeezed: String = half.chars().filter(|c| !han::is_blank(*c)).collect();
    let inner = squeezed.trim_matches(is_mark);
    // A mark on one side only is a list item's, or a sign.
    if inner.len() < squeezed.len()
        && squeezed.starts_with(is_mark)
        && squeezed.ends_with(is_mark)
        && let Some(value) = number(inner)
    {
        return Some(Number {
            form: Form::Marked,
            value,
        });
    }
    let inner = inner
        .trim_matches(['(', ')', '（', '）', '[', ']', '【', '】'])
        .to_lowercase();
    if !inner.starts_with(['第', '共', '总', '總', '全', '页', '頁', 'p']) && !inner.contains('/') {
        return None;
    }
    let arabic = arabic(&inner);
    let found = WORDED.as_ref()?.captures(&arabic)?;
    let group = |name: &str| found.name(name).and_then(|m| number(m.as_str()));
    let with_total = [
        ("a", "at"),
        ("b", "bt"),
        ("c", "ct"),
        ("d", "dt"),
        ("e", "et"),
        ("i", "it"),
    ];
    for (value, total) in with_total {
        if let (Some(value), Some(total)) = (group(value), group(total)) {
            let form = if found.name("i").is_some() {
                Form::Ratio
            } else {
                Form::Total
            };
            return (value <= total && total > 1).then_some(Number { form, value });
        }
    }
    let value = ["f", "g", "h"].into_iter().find_map(group)?;
    Some(Number {
        form: Form::Worded,
        value,
    })
}

/// What stands around the numbers of pages.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '-' | '–' | '—' | '－' | '―' | '─' | '~' | '～' | '·' | '•' | '・' | '*' | '|' | '｜'
    )
}

fn number(text: &str) -> Option<u32> {
    let fits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| fits && *n > 0)
}

/// Chinese numerals below 100 as digits: 第十二页 → 第12页.
fn arabic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = |c: char| {
            if c.is_ascii_digit() {
                None
            } else {
                chinese_digit(c)
            }
        };
        let (tens, ten) = match (digit(c), c) {
            (_, '十') => (1, true),
            (Some(d), _) if chars.next_if_eq(&'十').is_some() => (d, true),
            (Some(d), _) => (d, false),
            _ => {
                out.push(c);
                continue;
            }
        };
        if ten {
            let ones = chars.peek().and_then(|c| digit(*c)).inspect(|_| {
                chars.next();
            });
            out.push_str(&(tens * 10 + ones.unwrap_or(0)).to_string());
        } else {
            out.push_str(&tens.to_string());
        }
    }
    out
}

/// A line without blanks, its numbers as one sign, and the first of them: what repeats from page to page.
pub(super) fn key(line: &str) -> (String, Option<u32>) {
    let mut key = String::new();
    let mut value: Option<u32> = None;
    let mut digits = String::new();
    for c in line
        .chars()
        .map(half_width)
        .filter(|c| !han::is_blank(*c))
        .chain(['\n'])
    {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            value = value.or_else(|| digits.parse().ok());
            key.push(DIGITS);
            digits.clear();
        }
        if c != '\n' {
            key.push(c);
        }
    }
    (key, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_page_numbers() {
        let form = |line: &str| read(line).map(|n| (n.form, n.value));
        for (line, expected) in [
            ("3", (Form::Bare, 3)),
            ("１２", (Form::Bare, 12)),
            ("- 12 -", (Form::Marked, 12)),
            ("－１２－", (Form::Marked, 12)),
            ("— 3 —", (Form::Marked, 3)),
            ("·12·", (Form::Marked, 12)),
            ("－ 1 2 －", (Form::Marked, 12)),
            ("3/9", (Form::Ratio, 3)),
            ("第 3 页 共 9 页", (Form::Total, 3)),
            ("第3页，共9页", (Form::Total, 3)),
            ("共 9 页 第 3 页", (Form::Total, 3)),
            ("第3页/共9页", (Form::Total, 3)),
            ("第 3/9 页", (Form::Total, 3)),
            ("第十二页 共三十页", (Form::Total, 12)),
            ("（第 3 頁，共 9 頁）", (Form::Total, 3)),
            ("Page 3 of 9", (Form::Total, 3)),
            ("第 3 页", (Form::Worded, 3)),
            ("- 第3页 -", (Form::Worded, 3)),
            ("第二十一页", (Form::Worded, 21)),
            ("page 7", (Form::Worded, 7)),
        ] {
            assert_eq!(form(line), Some(expected), "{line}");
        }
        for line in [
            "",
            "3.",
            "-3",
            "3-",
            "5.3%",
            "12345",
            "1 2",
            "3页",
            "共9页",
            "第3条",
            "3月9日",
            "9/3",
            "第十页上写着",
            "p",
            "一",
            "十二",
            "2023-01-02",
        ] {
            assert_eq!(form(line), None, "{line}");
        }
    }
}
