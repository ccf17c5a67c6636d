//! Text decoded with the wrong encoding, where that is certain.
//!
//! Misreadings that can be undone without loss: UTF-8 read as GBK (`鏀垮崗` for 政协), UTF-8 read as Latin-1 or
//! Windows-1252 (`æ”¿å` …), GBK read as Latin-1 (`ÕþÐ­`); UTF-8, GBK and Big5 read by other code pages (`pairs`); one of
//! them on top of another; and letters of fonts (`letters`). A stretch is repaired only if its bytes, read the right
//! way, are valid without exception and make common Chinese characters, and if what stands there makes no sense as text.
//! `锟斤拷` and U+FFFD stand for bytes that are gone; they are counted, not repaired.

mod letters;
mod pairs;

use std::sync::LazyLock;

use super::edit::{self, Edit, EditKind};
use super::encoding;
use super::han::is_han;
use super::repair::gbk;

/// A stretch of UTF-8 read as GBK inside Chinese text must be this long, in characters: three rare characters may
/// follow each other by chance, six that are valid UTF-8 throughout do not.
const LEAST_INSIDE: usize = 6;
/// The same for a stretch that no Han character touches.
const LEAST_ALONE: usize = 3;
/// A document with fewer Han characters in stretches of Latin letters keeps those stretches that make only two.
const LEAST_LATIN_HAN: usize = 5;
/// Share of common characters that the repaired text must reach.
const LEAST_COMMON: f64 = 0.9;
/// Share of common characters that the damaged text must stay below.
const MOST_COMMON_BEFORE: f64 = 0.7;

/// Marks of bytes that are lost: U+FFFD, and each `锟斤拷` (two U+FFFD in UTF-8 read as GBK).
pub fn count_lost(text: &str) -> usize {
    text.matches('\u{FFFD}').count() + text.matches("锟斤拷").count()
}

/// Present-day writing uses the character often.
const FREQUENT: u8 = 1;
/// Its two bytes in GBK may begin a character in UTF-8.
const STARTS_UTF8: u8 = 2;
/// [`pairs::is_odd`].
const ODD: u8 = 4;
/// [`pairs::is_sign`].
const SIGN: u8 = 8;

/// What is to be known of each character of the basic plane; nothing of most of them.
static FLAGS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let flags = |code: u32| {
        let Some(c) = char::from_u32(code) else { return 0 };
        let frequent = code >= 0x3000 && encoding::is_frequent(c);
        let utf8 = gbk::encode(c).is_some_and(starts_utf8);
        (u8::from(frequent) * FREQUENT)
            | (u8::from(utf8) * STARTS_UTF8)
            | (u8::from(pairs::is_odd(c, frequent)) * ODD)
            | (u8::from(pairs::is_sign(c)) * SIGN)
    };
    (0..0x1_0000).map(flags).collect()
});

#[inline]
fn has(c: char, flag: u8) -> bool {
    FLAGS.get(c as usize).is_some_and(|flags| flags & flag != 0)
}

/// How many characters of a text are frequent ones.
fn frequent(text: &str) -> usize {
    text.chars().filter(|c| has(*c, FREQUENT)).count()
}

/// Readings that may lie on top of each other.
const DEEPEST: u8 = 2;

/// Edits (kinds `Mojibake` and `ShiftedLetters`).
pub fn edits(text: &str) -> Vec<Edit> {
    let mut edits = edits_at(text, 0);
    let letters = letters::edits(text);
    if !letters.is_empty() {
        edits.extend(letters);
        // A character of a misread stretch is no letter: the stretch comes first.
        edits.sort_by_key(|edit| (edit.start, edit.kind == EditKind::ShiftedLetters));
        let ends: Vec<(usize, usize)> = edits
            .iter()
            .filter(|edit| edit.kind == EditKind::Mojibake)
            .map(|edit| (edit.start, edit.end))
            .collect();
        edits.retain(|edit| {
            edit.kind == EditKind::Mojibake
                || !ends
                    .iter()
                    .any(|(start, end)| edit.start < *end && *start < edit.end)
        });
    }
    edits
}

/// What a text says that is itself misread, where it was misread more than once; all of it must be.
fn twice(text: &str, depth: u8) -> Option<String> {
    if depth >= DEEPEST {
        return None;
    }
    let edits = edits_at(text, depth + 1);
    let misread: usize = edits
        .iter()
        .filter_map(|e| text.get(e.start..e.end))
        .map(outside_ascii)
        .sum();
    let repaired = edit::apply(text, &edits).ok()?;
    let plausible =
        misread >= LEAST_ALONE && misread == outside_ascii(text) && share_common(&repaired) >= LEAST_COMMON;
    plausible.then_some(repaired)
}

fn outside_ascii(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count()
}

fn edits_at(text: &str, depth: u8) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    // How much odd characters outweigh others here, and where the first of them is.
    let (mut odd, mut odd_from) = (0_usize, 0);
    // Two characters of GBK are four letters of Latin-1, which may be real: indices of such edits, and the Han characters
    // of all edits of this sort.
    let (mut short, mut latin_han) = (Vec::new(), 0);
    let mut skip_to = 0;
    let mut before: Option<char> = None;
    let known: &[u8] = &FLAGS;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            before = Some(c);
            continue;
        }
        let flags = known.get(c as usize).copied().unwrap_or(0);
        if flags & (STARTS_UTF8 | ODD | SIGN) == 0 {
            odd = odd.saturating_sub(1);
            before = Some(c);
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let found = if flags & SIGN != 0 {
            let starts = at == skip_to || !before.is_some_and(|c| has(c, SIGN));
            let first = if is_latin(c) { latin(rest, depth) } else { None };
            let other = pairs::single(rest, starts, depth);
            match (first, other) {
                (Some(first), Some(other)) if frequent(&other.1) > frequent(&first.1) => Some(other),
                (first, other) => first.or(other),
            }
        } else if flags & STARTS_UTF8 != 0 {
            let touched = before.is_some_and(is_han);
            utf8_as_gbk(rest, touched, depth)
        } else {
            None
        };
        if let Some((len, repaired)) = found {
            let han = repaired.chars().filter(|c| is_han(*c)).count();
            let is_whole = text.trim().len() == len;
            if is_latin(c) {
                latin_han += han;
                if han == 2 && !is_whole {
                    short.push(edits.len());
                }
            }
            edits.push(Edit::new(at, at + len, repaired, EditKind::Mojibake));
            skip_to = at + len;
            odd = 0;
        } else if flags & ODD != 0 {
            if odd == 0 {
                odd_from = at;
            }
            odd += 2;
            if odd >= pairs::ODD_ENOUGH {
                odd = 0;
                if let Some((start, end, repaired)) = pairs::double(text, skip_to, odd_from) {
                    edits.push(Edit::new(start, end, repaired, EditKind::Mojibake));
                    skip_to = end;
                }
            }
        } else {
            odd = odd.saturating_sub(1);
        }
        before = Some(c);
    }
    if latin_han < LEAST_LATIN_HAN {
        for i in short.into_iter().rev() {
            edits.remove(i);
        }
    }
    edits
}

/// Lead byte of the Han characters, of CJK or full-width punctuation, then a continuation byte.
fn starts_utf8([a, b]: [u8; 2]) -> bool {
    matches!(a, 0xE2..=0xEF) && matches!(b, 0x80..=0xBF)
}

/// The bytes of `text` under `encode`, up to the first character that has none, and where each character ends in both:
/// `(bytes in text, bytes)`.
fn bytes_of<F>(text: &str, encode: F) -> (Vec<u8>, Vec<(usize, usize)>)
where
    F: Fn(char, &mut Vec<u8>) -> bool,
{
    let mut bytes = Vec::new();
    let mut ends = Vec::new();
    for (at, c) in text.char_indices() {
        if !encode(c, &mut bytes) {
            break;
        }
        ends.push((at + c.len_utf8(), bytes.len()));
        // Wrong input shows early; right input is repaired piece by piece.
        if bytes.len() > 4096 {
            break;
        }
    }
    (bytes, ends)
}

/// The longest prefix that ends on a character boundary of both readings, without trailing ASCII: the length in the
/// text, the number of characters there, and the repaired text.
fn longest_prefix(bytes: &[u8], ends: &[(usize, usize)], text: &str) -> Option<(usize, usize, String)> {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => bytes.len(),
        Err(e) => e.valid_up_to(),
    };
    let repaired = std::str::from_utf8(bytes.get(..valid)?).ok()?;
    let (n, (len, end)) = ends.iter().enumerate().rev().find(|(_, (at, end))| {
        *end <= valid
            && repaired.is_char_boundary(*end)
            && text
                .get(..*at)
                .and_then(|t| t.chars().last())
                .is_some_and(|c| !c.is_ascii())
    })?;
    Some((*len, n + 1, repaired.get(..*end)?.to_owned()))
}

fn utf8_as_gbk(text: &str, touched: bool, depth: u8) -> Option<(usize, String)> {
    let encode = |c: char, out: &mut Vec<u8>| {
        // Windows has the sign at 80, between the pairs.
        if c == '€' {
            out.push(0x80);
            true
        } else if let Some(pair) = gbk::encode(c) {
            out.extend(pair);
            true
        } else if c.is_ascii() && c != '\n' {
            out.push(c as u8);
            true
        } else {
            false
        }
    };
    // Most candidates fail on the next character: look at a few before copying a line.
    let head_end = text.char_indices().nth(4).map_or(text.len(), |(i, _)| i);
    let (head, _) = bytes_of(text.get(..head_end)?, encode);
    if std::str::from_utf8(&head).is_err_and(|e| e.valid_up_to() < 3) {
        return None;
    }
    let (bytes, ends) = bytes_of(text, encode);
    let (len, count, repaired) = longest_prefix(&bytes, &ends, text)?;
    let damaged = text.get(..len)?;
    let touched = touched || text.get(len..)?.chars().next().is_some_and(is_han);
    let least = if touched { LEAST_INSIDE } else { LEAST_ALONE };
    let plausible = share_common(&repaired) >= LEAST_COMMON
        && share_common(damaged) < MOST_COMMON_BEFORE
        && count >= least
        && repaired.chars().filter(|c| is_han(*c)).count() >= 2;
    if !plausible && count >= least {
        return twice(&repaired, depth).map(|repaired| (len, repaired));
    }
    plausible.then_some((len, repaired))
}

/// Share of common Han characters and Chinese punctuation among the characters outside ASCII; 0 without any.
fn share_common(text: &str) -> f64 {
    let (mut common, mut all) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        common += usize::from(gbk::is_common(c) || gbk::is_punctuation(c));
    }
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// The byte of a character of Latin-1 or Windows-1252.
fn latin_byte(c: char) -> Option<u8> {
    Some(match c {
        '\u{80}'..='\u{FF}' => u8::try_from(c as u32).ok()?,
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        _ => return None,
    })
}

fn is_latin(c: char) -> bool {
    ('\u{81}'..='\u{FF}').contains(&c)
}

fn latin(text: &str, depth: u8) -> Option<(usize, String)> {
    // Accented words have one such letter at a time.
    text.chars().nth(1).and_then(latin_byte)?;
    let encode = |c: char, out: &mut Vec<u8>| {
        if let Some(byte) = latin_byte(c) {
            out.push(byte);
            true
        } else if c.is_ascii() && c != '\n' {
            out.push(c as u8);
            true
        } else {
            false
        }
    };
    let (bytes, ends) = bytes_of(text, encode);
    utf8_as_latin(text, &bytes, &ends, depth).or_else(|| gbk_as_latin(text, &bytes))
}

fn utf8_as_latin(text: &str, bytes: &[u8], ends: &[(usize, usize)], depth: u8) -> Option<(usize, String)> {
    if !matches!(bytes.first()?, 0xC2..=0xEF) {
        return None;
    }
    let (len, _, repaired) = longest_prefix(bytes, ends, text)?;
    if share_common(&repaired) < LEAST_COMMON {
        return twice(&repaired, depth).map(|repaired| (len, repaired));
    }
    let han = repaired.chars().filter(|c| is_han(*c)).count();
    let marks = repaired.chars().filter(|c| gbk::is_punctuation(*c)).count();
    // `â€œ` alone is well known; one Han character alone may be French with a no-break space (`cité »`).
    let plausible = share_common(&repaired) >= LEAST_COMMON
        && (han >= 2 || (han == 0 && marks >= 1 && text.starts_with('â')));
    plausible.then_some((len, repaired))
}

fn gbk_as_latin(text: &str, bytes: &[u8]) -> Option<(usize, String)> {
    let mut repaired = String::new();
    let mut han = 0;
    // Up to the last pair of which at least one byte is outside ASCII.
    let (mut used, mut kept) = (0, 0);
    let mut kept_text = 0;
    while let Some(&first) = bytes.get(used) {
        if first < 0x80 {
            // Only a little ASCII may lie between the pairs.
            if used - kept >= 8 || first.is_ascii_alphabetic() && used == kept && han < 2 {
                break;
            }
            repaired.push(char::from(first));
            used += 1;
            continue;
        }
        let Some(c) = bytes.get(used + 1).and_then(|second| gbk::decode(first, *second)) else {
            break;
        };
        han += usize::from(is_han(c));
        repaired.push(c);
        used += 2;
        kept = used;
        kept_text = repaired.len();
    }
    repaired.truncate(kept_text);
    // One byte is one character here.
    let len = text.char_indices().nth(kept).map_or(text.len(), |(i, _)| i);
    let damaged = text.get(..len)?;
    let mut distinct: Vec<char> = damaged.chars().filter(|c| !c.is_ascii()).collect();
    let letters = distinct.iter().filter(|c| c.is_alphabetic()).count();
    distinct.sort_unstable();
    distinct.dedup();
    let touches_word = han < 3 && text.get(len..)?.starts_with(|c: char| c.is_ascii_alphabetic());
    let plausible = han >= 2
        && share_common(&repaired) >= LEAST_COMMON
        && distinct.len() >= 3
        && letters >= 1
        && !touches_word;
    plausible.then_some((len, repaired))
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;
    use encoding_rs::{GB18030, GBK};

    fn repair(text: &str) -> String {
        apply(text, &edits(text)).unwrap_or_default()
    }

    /// Each byte as the character of the same number.
    fn as_latin1(bytes: &[u8]) -> String {
        bytes.iter().copied().map(char::from).collect()
    }

    #[test]
    fn misread_sentences_come_back() {
        for text in [
            "各级政协组织认真履行职能，办结提案316件。",
            "会议指出“要抓落实”",
            "城乡建设与环境保护",
            "工作报告",
        ] {
            let utf8_gbk = GB18030.decode(text.as_bytes()).0;
            if !utf8_gbk.contains('\u{FFFD}') {
                assert_eq!(repair(&utf8_gbk), text);
                assert_eq!(
                    repair(&format!("第一行\n{utf8_gbk}\nLast")),
                    format!("第一行\n{text}\nLast")
                );
            }
            assert_eq!(repair(&as_latin1(text.as_bytes())), text);
            assert_eq!(repair(&as_latin1(&GBK.encode(text).0)), text);
        }
    }

    #[test]
    fn real_text_stays() {
        for text in [
            "各级政协组织认真履行职能，办结提案316件。",
            "Le café à côté de la cité\u{a0}» Übergröße naïve São Paulo Ñandú",
            "××省××市××县：25°C ± 2°C，3×4÷2，§ 1",
            "濮陽市、鄠邑區、亳州、澠池縣、瀋陽、酈道元、鏖戰",
            "Ångström · Ærø · þing",
            "éèêë àâ ÀÉÈÙ",
        ] {
            assert_eq!(repair(text), text);
        }
    }

    #[test]
    fn lost_bytes_are_counted_and_left() {
        let text = "锟斤拷锟斤拷协商\u{FFFD}";
        assert_eq!(repair(text), text);
        assert_eq!(count_lost(text), 3);
    }
}
