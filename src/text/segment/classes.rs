//! Which characters belong together before any dictionary is asked, as Python's jieba sees them.

/// Number of characters; a text of more than 2³² is refused before it is cut.
#[inline]
pub(super) fn count_chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The Han characters that Python's jieba and its model know: U+4E00 to U+9FD5.
#[inline]
pub(super) fn is_model_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FD5}')
}

/// The characters that Python's jieba hands to its dictionary.
#[inline]
pub(super) fn in_python_block(c: char) -> bool {
    is_model_han(c) || c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
}

/// Han characters that jieba-rs knows and Python's jieba does not: the extensions and the end of the first block.
#[inline]
pub(in crate::text) fn is_rare_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{9FD6}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Bytes of the first run of Latin letters and digits that holds `.`, `_` or `-` between two of them, with a percent sign
/// behind it if there is one.
#[inline]
pub(super) fn joined_latin(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let alphanumeric = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphanumeric);
    let mut at = 0;
    loop {
        let start = at + bytes[at..].iter().position(u8::is_ascii_alphanumeric)?;
        let (mut end, mut joined) = (start, false);
        while alphanumeric(end)
            || (matches!(bytes.get(end), Some(b'.' | b'_' | b'-')) && alphanumeric(end + 1))
        {
            joined |= !alphanumeric(end);
            end += 1;
        }
        if joined {
            return Some((start, end + usize::from(bytes.get(end) == Some(&b'%'))));
        }
        at = end;
    }
}

/// White space as Python's `str.isspace` sees it; never part of a token's ends.
#[inline]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// Byte length of the match of Python's `[a-zA-Z0-9]+(?:\.\d+)?%?` at the start of `bytes`.
#[inline]
pub(super) fn python_number(bytes: &[u8]) -> usize {
    let run = |from: usize, ok: fn(&u8) -> bool| bytes[from..].iter().take_while(|b| ok(b)).count();
    let mut end = run(0, u8::is_ascii_alphanumeric);
    if bytes.get(end) == Some(&b'.') {
        let digits = run(end + 1, u8::is_ascii_digit);
        if digits > 0 {
            end += 1 + digits;
        }
    }
    if bytes.get(end) == Some(&b'%') {
        end += 1;
    }
    end
}
