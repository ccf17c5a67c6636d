//! Characters that another program wrote down as their numbers, and that nobody read back.
//!
//! | written | by | becomes |
//! | --- | --- | --- |
//! | `_x000D_`, `_x653F_` | Excel's files | the character of the number |
//! | `\u653f`, `\u{653f}`, `%u653f`, `<U+653F>`, `&#25919` without `;` | JSON and programs, JavaScript, R, old pages | likewise |
//! | `\xe6\x94\xbf`, `%E6%94%BF`, `=E6=94=BF` | Python, addresses, mail | the character of the bytes, in UTF-8 or GBK |
//! | `\n`, `\r\n`, `\t` | programs | line feed, tab |
//!
//! A stretch is read only where that is certain: numbers and bytes must give common Chinese characters or Chinese
//! punctuation throughout, and at least one of them. What stays: addresses (`https://…/%E6%94%BF`), ranges of patterns
//! (`[\u4e00-\u9fa5]`), folders (`C:\new`), a number by itself away from Chinese text (`U+653F`, `\u653f`), and `\n`
//! beside a letter or in a line that speaks of line feeds, patterns or programs.

use std::sync::LazyLock;

use encoding_rs::GBK;
use regex::Regex;

use super::edit::{Edit, EditKind};
use super::encoding::is_frequent;
use super::han::is_han;
use super::repair::gbk;

/// How a stretch holds its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `_xHHHH_`.
    Excel,
    /// A number of a character in base 16 between other signs.
    Hex,
    /// `&#25919`.
    Decimal,
    /// Bytes, two digits of base 16 each.
    Bytes,
    /// `\n`, `\r`, `\t`.
    Letters,
}

/// A form, what a text must contain to be looked at, and the pattern of a stretch.
struct Pattern {
    form: Form,
    needle: &'static str,
    regex: Regex,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        (Form::Excel, "_x", r"(?:_x[0-9A-Fa-f]{4}_)+"),
        (Form::Hex, "\\u", r#"(?:\\{1,2}u(?:[0-9A-Fa-f]{4}|\{[0-9A-Fa-f]{4,5}\})|\\[nrt"/])*\\{1,2}u(?:[0-9A-Fa-f]{4}|\{[0-9A-Fa-f]{4,5}\})"#),
        (Form::Hex, "%u", r"(?:%u[0-9A-Fa-f]{4})+"),
        (Form::Hex, "<U+", r"(?:<U\+[0-9A-F]{4,5}>)+"),
        (Form::Hex, "&#x", r"(?:&#x[0-9A-Fa-f]{4,5}(?-u:\b))+"),
        (Form::Decimal, "&#", r"(?:&#[0-9]{5}(?-u:\b))+"),
        (Form::Bytes, "\\x", r"(?:\\{1,2}x[0-9A-Fa-f]{2}){2,}"),
        (Form::Bytes, "%", r"(?:%[0-9A-Fa-f]{2}){2,}"),
        (Form::Bytes, "=", r"(?:=[0-9A-F]{2}(?:=\r?\n)?){2,}"),
        (Form::Letters, "\\", r"(?:\\{1,2}[nrt])+"),
    ]
    .into_iter()
    .filter_map(|(form, needle, pattern)| {
        let regex = Regex::new(pattern).ok()?;
        Some(Pattern { form, needle, regex })
    })
    .collect()
});

/// Edits (kind `Escape`).
pub fn edits(text: &str) -> Vec<Edit> {
    // All patterns hold one of these signs.
    if !text
        .bytes()
        .any(|b| matches!(b, b'\\' | b'%' | b'_' | b'=' | b'<' | b'&'))
    {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    for pattern in PATTERNS.iter().filter(|p| text.contains(p.needle)) {
        for found in pattern.regex.find_iter(text) {
            let Some(read) = read(text, found.start(), found.end(), pattern) else {
                continue;
            };
            let mut edit = Edit::new(found.start(), found.end(), read.0, EditKind::Escape);
            edit.certain = read.1;
            edits.push(edit);
        }
    }
    edits.sort_by_key(|edit| (edit.start, std::cmp::Reverse(edit.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let free = edit.start >= end;
        if free {
            end = edit.end;
        }
        free
    });
    edits
}

/// What a stretch says, and whether no other reading is possible.
fn read(text: &str, start: usize, end: usize, pattern: &Pattern) -> Option<(String, bool)> {
    let written = text.get(start..end)?;
    let before = text.get(..start)?;
    let behind = text.get(end..)?;
    match pattern.form {
        Form::Excel => excel(written).map(|read| (read, true)),
        Form::Letters => letters(written, before, behind).map(|read| (read, true)),
        Form::Hex | Form::Decimal => {
            // The ends of a range in a pattern.
            if before.ends_with('-') || behind.starts_with('-') {
                return None;
            }
            let read = numbers(written, if pattern.form == Form::Hex { 16 } else { 10 })?;
            let touches = before.chars().next_back().is_some_and(is_chinese)
                || behind.chars().next().is_some_and(is_chinese);
            (is_common_chinese(&read) && (touches || read.chars().nth(1).is_some())).then_some((read, true))
        }
        Form::Bytes => {
            if pattern.needle == "%" && is_address(before, behind) {
                return None;
            }
            bytes(written)
        }
    }
}

/// The characters of numbers; `None` where one is no character.
fn numbers(written: &str, base: u32) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = written;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || "abcdefABCDEFnrt\"/".contains(c)) {
        let piece = rest.get(at..)?;
        let sign = piece.chars().next()?;
        // `\n` inside a stretch of JSON.
        let short = match sign {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            '"' | '/' => Some(sign),
            _ => None,
        };
        if let Some(c) = short {
            units.push(u16::try_from(c as u32).ok()?);
            rest = piece.get(1..)?;
            continue;
        }
        let len = piece.find(|c: char| !c.is_digit(base)).unwrap_or(piece.len());
        let number = u32::from_str_radix(piece.get(..len)?, base).ok()?;
        if let Ok(unit) = u16::try_from(number) {
            units.push(unit);
        } else {
            let mut pair = [0; 2];
            units.extend_from_slice(char::from_u32(number)?.encode_utf16(&mut pair));
        }
        rest = piece.get(len..)?;
    }
    String::from_utf16(&units).ok()
}

/// `_x000D_` and its like. Excel writes an underscore that would begin one as `_x005F_`.
fn excel(written: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    for piece in written.split('_').filter(|piece| !piece.is_empty()) {
        units.push(u16::from_str_radix(piece.strip_prefix('x')?, 16).ok()?);
    }
    let read = String::from_utf16(&units).ok()?;
    let known = |c: char| {
        matches!(c, '\0'..='\u{1F}' | '_' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}') || is_chinese(c)
    };
    read.chars().all(known).then_some(read)
}

/// Words of lines in which `\n` is spoken of.
const SPOKEN_OF: [&str; 8] = ["换行", "換行", "转义", "轉義", "正则", "正則", "字符", "代码"];

fn letters(written: &str, before: &str, behind: &str) -> Option<String> {
    let line = (before.rsplit('\n').next()?, behind.split('\n').next()?);
    let beside = |c: Option<char>| c.is_none_or(|c| is_chinese(c) || c.is_whitespace() || c.is_ascii_digit());
    let (left, right) = (before.chars().next_back(), behind.chars().next());
    if !beside(left) && !matches!(left, Some('.' | '!' | '?' | ':' | ';' | ')' | ',')) || !beside(right) {
        return None;
    }
    let chinese = |text: &str| text.chars().any(is_han);
    if !chinese(line.0) && !chinese(line.1) {
        return None;
    }
    // Other words behind a backslash: folders, patterns, formulas.
    let foreign = |part: &str| {
        part.match_indices('\\').any(|(at, _)| {
            let mut next = part.get(at + 1..).unwrap_or_default().chars();
            match next.next() {
                Some('n' | 'r' | 't') => next.next().is_some_and(|c| c.is_ascii_alphabetic()),
                Some('\\' | 'u' | 'x' | '"' | '/') => false,
                _ => true,
            }
        }) || part.contains(":\\")
            || SPOKEN_OF.iter().any(|word| part.contains(word))
    };
    if foreign(line.0) || foreign(line.1) {
        return None;
    }
    let plain = written.replace('\\', "");
    Some(
        plain
            .replace("rn", "\n")
            .replace(['n', 'r'], "\n")
            .replace('t', "\t"),
    )
}

/// Whether what stands around `%E6%94%BF` makes it part of an address, a form or the name of a file.
fn is_address(before: &str, behind: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || !c.is_ascii() || "\"'<>()[]".contains(c);
    let left = before.rsplit(ends).next().unwrap_or_default();
    let right = behind.split(ends).next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_digit() || ",.;:!?".contains(c);
    !left.chars().all(plain)
        || !right
            .chars()
            .all(|c| plain(c) || c == '%' || c.is_ascii_hexdigit())
}

fn bytes(written: &str) -> Option<(String, bool)> {
    let digits: Vec<u8> = written.bytes().filter(u8::is_ascii_hexdigit).collect();
    let values: Option<Vec<u8>> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    let values = values?;
    if let Ok(read) = std::str::from_utf8(&values) {
        return is_common_chinese(read).then(|| (read.to_owned(), true));
    }
    // GBK has no form of its own: frequent characters must speak for it.
    let read = GBK.decode_without_bom_handling_and_without_replacement(&values)?;
    let han = read.chars().filter(|c| is_han(*c)).count();
    let frequent = read.chars().filter(|c| is_frequent(*c)).count();
    (han >= 2 && is_common_chinese(&read) && 2 * frequent >= han).then(|| (read.into_owned(), false))
}

/// Han characters and the punctuation beside them.
fn is_chinese(c: char) -> bool {
    is_han(c) || gbk::is_punctuation(c)
}

/// Whether a text holds common Han characters, Chinese punctuation and ASCII only, and at least one that is not ASCII.
fn is_common_chinese(text: &str) -> bool {
    let known = |c: char| {
        gbk::is_common(c) || gbk::is_punctuation(c) || matches!(c, '０'..='９' | 'Ａ'..='ｚ' | '\u{3000}')
    };
    let (mut chinese, mut rare, mut all) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        if known(c) {
            chinese += 1;
        } else if is_han(c) {
            // Names hold rare characters.
            rare += 1;
        } else if c.is_control() && !matches!(c, '\n' | '\r' | '\t') || !c.is_ascii() {
            return false;
        }
        all += 1;
    }
    chinese > 0 && all > 0 && rare * 4 <= chinese
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn read(text: &str) -> String {
        apply(text, &edits(text)).unwrap_or_default()
    }

    #[test]
    fn patterns_compile() {
        assert_eq!(PATTERNS.len(), 10);
    }

    #[test]
    fn cells_of_excel() {
        assert_eq!(read("云川县_x000D_\n桥头镇_x0009_三项"), "云川县\r\n桥头镇\t三项");
        assert_eq!(read("表_x005F_x000D_甲，_x653F__x534F_"), "表_x000D_甲，政协");
        for stays in ["set_x0041_value", "a_x00_b", "_xyz1_", "文件_x1"] {
            assert_eq!(read(stays), stays);
        }
    }

    #[test]
    fn numbers_of_characters() {
        for (written, text) in [
            ("{\"name\": \"\\u6865\\u5934\\u9547\"}", "{\"name\": \"桥头镇\"}"),
            ("召开\\u4f1a议", "召开会议"),
            ("\\u4f1a\\u8bae\\n\\u7eaa\\u8981", "会议\n纪要"),
            ("\\u{6865}\\u{5934}", "桥头"),
            ("%u6865%u5934", "桥头"),
            ("<U+6865><U+5934>镇", "桥头镇"),
            ("&#26725&#22836镇", "桥头镇"),
            ("\\\\u6865\\\\u5934", "桥头"),
        ] {
            assert_eq!(read(written), text);
        }
        for stays in [
            "[\\u4e00-\\u9fa5]+",
            "U+653F is \\u653f.",
            "\\u0041\\u0042",
            "&#26725;",
            "\\ud83d",
        ] {
            assert_eq!(read(stays), stays);
        }
    }

    #[test]
    fn bytes_of_characters() {
        for (written, text) in [
            ("\\xe6\\xa1\\xa5\\xe5\\xa4\\xb4镇", "桥头镇"),
            ("主题：%E6%A1%A5%E5%A4%B4", "主题：桥头"),
            ("%E6%A1%A5%E5%A4%B4 2024 %E5%B9%B4", "桥头 2024 年"),
            ("=E6=A1=A5=E5=A4=\n=B4=E9=95=87", "桥头镇"),
            ("县=E4=BC=9A=E8=AE=AE", "县会议"),
            ("%B9%A4%D7%F7报告", "工作报告"),
        ] {
            assert_eq!(read(written), text);
        }
        for stays in [
            "https://example.org/wiki/%E6%A1%A5%E5%A4%B4",
            "见 http://a.cn/s?wd=%E6%A1%A5&x=1",
            "/files/%E6%A1%A5%E5%A4%B4.pdf",
            "增长5%，下降%20%30",
            "a=E6=94, x=10=20",
            "100%AB%CD",
            "\\x41\\x42",
        ] {
            assert_eq!(read(stays), stays);
        }
    }

    #[test]
    fn line_feeds() {
        assert_eq!(read("第一段。\\n第二段"), "第一段。\n第二段");
        assert_eq!(read("会议要求：\\r\\n\\t一是落实"), "会议要求：\n\t一是落实");
        assert_eq!(read("标题\\n\\n正文\\n"), "标题\n\n正文\n");
        for stays in [
            "存放在C:\\new\\年报",
            "目录 D:\\资料\\n",
            "用\\n表示换行",
            "匹配 \\d+\\n第",
            "\\nabla f 与 \\times",
            "printf(\"\\n\")",
            "换行符为“\\n”",
        ] {
            assert_eq!(read(stays), stays);
        }
    }
}
