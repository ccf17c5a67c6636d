//! Encodings that the standard of the web does not know, and such as have seven bits: UTF-32, UTF-7, HZ, ISO 2022.

use encoding_rs::GB18030;

/// The order of the bytes of UTF-32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// The characters of UTF-32 and the number of units that are none.
pub(super) fn utf_32(bytes: &[u8], order: Order) -> (String, u64) {
    let mut replaced = 0;
    let text = bytes
        .chunks(4)
        .map(|unit| {
            unit_of(unit, order).unwrap_or_else(|| {
                replaced += 1;
                '\u{FFFD}'
            })
        })
        .collect();
    (text, replaced)
}

fn unit_of(unit: &[u8], order: Order) -> Option<char> {
    let unit: [u8; 4] = unit.try_into().ok()?;
    char::from_u32(match order {
        Order::Little => u32::from_le_bytes(unit),
        Order::Big => u32::from_be_bytes(unit),
    })
}

/// Whether bytes can be UTF-32: four at a time, each a character.
pub(super) fn may_be_utf_32(bytes: &[u8], order: Order) -> bool {
    !bytes.is_empty()
        && bytes.len().is_multiple_of(4)
        && bytes.chunks(4).all(|unit| unit_of(unit, order).is_some())
}

/// Whether most units of four bytes are characters of the first plane, as in every text that people write: bytes of no text make units, too.
pub(super) fn is_mostly_first_plane(bytes: &[u8], order: Order) -> bool {
    let first = bytes
        .chunks(4)
        .filter(|unit| unit_of(unit, order).is_some_and(|c| c < '\u{10000}'))
        .count();
    first * 8 > bytes.len()
}

/// Marks at the beginning of UTF-7: U+FEFF, whose last bits stand together with what follows.
pub(super) fn has_mark_of_utf_7(bytes: &[u8]) -> bool {
    matches!(bytes, [b'+', b'/', b'v', b'8' | b'9' | b'+' | b'/', ..])
}

/// The text of UTF-7 (RFC 2152) and the number of places that are not valid.
pub(super) fn utf_7(bytes: &[u8]) -> (String, u64) {
    let mut text = String::new();
    let mut replaced = 0;
    let mut rest = bytes;
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        if first != b'+' {
            if first.is_ascii() {
                text.push(char::from(first));
            } else {
                text.push('\u{FFFD}');
                replaced += 1;
            }
            continue;
        }
        let length = rest
            .iter()
            .position(|b| value_of(*b).is_none())
            .unwrap_or(rest.len());
        let (coded, behind) = rest.split_at(length);
        rest = behind.strip_prefix(b"-").unwrap_or(behind);
        if coded.is_empty() {
            // `+-` is a plus sign.
            text.push('+');
            replaced += u64::from(!behind.starts_with(b"-"));
            continue;
        }
        for unit in char::decode_utf16(units(coded)) {
            text.push(unit.unwrap_or_else(|_| {
                replaced += 1;
                '\u{FFFD}'
            }));
        }
    }
    (text, replaced)
}

/// Six bits a byte, sixteen a unit.
fn units(coded: &[u8]) -> Vec<u16> {
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut units = Vec::new();
    for value in coded.iter().filter_map(|b| value_of(*b)) {
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 16 {
            bits -= 16;
            units.push(u16::try_from((held >> bits) & 0xFFFF).unwrap_or(0xFFFD));
            held &= (1 << bits) - 1;
        }
    }
    units
}

/// The value of a digit of base 64.
const fn value_of(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

/// Whether a text of seven bits is HZ (RFC 1843): pairs of GB 2312 between `~{` and `~}`, one stretch at least.
pub(super) fn is_hz(bytes: &[u8]) -> bool {
    let mut stretches = 0;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"~{") {
        let inside = &rest[at + 2..];
        let Some(end) = find(inside, b"~}") else {
            return false;
        };
        let pairs = &inside[..end];
        if end == 0
            || end % 2 == 1
            || !pairs
                .chunks(2)
                .all(|pair| matches!(pair, [0x21..=0x77, 0x21..=0x7E]))
        {
            return false;
        }
        stretches += 1;
        rest = &inside[end + 2..];
    }
    stretches > 0
}

/// The text of HZ and the number of sequences that are not valid.
pub(super) fn hz(bytes: &[u8]) -> (String, u64) {
    let mut eight = Vec::with_capacity(bytes.len());
    let mut inside = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'~', Some(b'{')) if !inside => {
                inside = true;
                at += 2;
            }
            (b'~', Some(b'}')) if inside => {
                inside = false;
                at += 2;
            }
            (b'~', Some(b'~')) if !inside => {
                eight.push(b'~');
                at += 2;
            }
            // A line that goes on.
            (b'~', Some(b'\n')) if !inside => at += 2,
            (b'\n', _) => {
                inside = false;
                eight.push(byte);
                at += 1;
            }
            (_, Some(next)) if inside => {
                eight.extend([byte | 0x80, next | 0x80]);
                at += 2;
            }
            _ => {
                eight.push(byte);
                at += 1;
            }
        }
    }
    let (text, _, _) = GB18030.decode(&eight);
    let replaced = text.chars().filter(|c| *c == '\u{FFFD}').map(|_| 1).sum();
    (text.into_owned(), replaced)
}

/// The encoding of ISO 2022 whose escapes stand in a text of seven bits.
pub(super) fn iso_2022(bytes: &[u8]) -> Option<&'static str> {
    let has = |escape: &[u8]| find(bytes, escape).is_some();
    if has(b"\x1b$)C") {
        Some("iso-2022-kr")
    } else if has(b"\x1b$)A") || has(b"\x1b$)G") || has(b"\x1b$*H") {
        Some("iso-2022-cn")
    } else if has(b"\x1b$B") || has(b"\x1b$@") || has(b"\x1b$(D") || has(b"\x1b(J") {
        Some("iso-2022-jp")
    } else {
        None
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_7_as_its_standard_shows_it() {
        // Examples of RFC 2152, then ours.
        assert_eq!(utf_7(b"Hi Mom +Jjo-!"), ("Hi Mom \u{263A}!".to_owned(), 0));
        assert_eq!(utf_7(b"A+ImIDkQ."), ("A\u{2262}\u{391}.".to_owned(), 0));
        assert_eq!(utf_7(b"+ZeVnLIqe-"), ("\u{65E5}\u{672C}\u{8A9E}".to_owned(), 0));
        assert_eq!(utf_7(b"1 +- 1"), ("1 + 1".to_owned(), 0));
        assert_eq!(utf_7(b"1 + 1").1, 1);
        assert_eq!(utf_7(b"\xC3").1, 1);
    }

    #[test]
    fn hz_as_its_standard_shows_it() {
        let text = b"This is ~{<:Ky2;S{~}~~~{#,~} ok";
        assert!(is_hz(text));
        assert_eq!(hz(text), ("This is 己所不欲~， ok".to_owned(), 0));
        assert!(!is_hz(b"a ~ b") && !is_hz(b"~{odd~}") && !is_hz(b"~{open"));
    }

    #[test]
    fn escapes() {
        assert_eq!(iso_2022(b"\x1b$B%+\x1b(B"), Some("iso-2022-jp"));
        assert_eq!(iso_2022(b"\x1b$)C\x0e\x0f"), Some("iso-2022-kr"));
        assert_eq!(iso_2022(b"\x1b$)A\x0e\x0f"), Some("iso-2022-cn"));
        assert_eq!(iso_2022(b"\x1b[31mred\x1b[0m"), None);
    }

    #[test]
    fn four_bytes_a_character() {
        assert_eq!(
            utf_32(&[0x91, 0x4E, 0, 0], Order::Little),
            ("\u{4E91}".to_owned(), 0)
        );
        assert_eq!(
            utf_32(&[0, 0, 0x4E, 0x91], Order::Big),
            ("\u{4E91}".to_owned(), 0)
        );
        assert_eq!(utf_32(&[0x91, 0x4E, 0, 0, 1], Order::Little).1, 1);
        assert!(!may_be_utf_32(b"abcd", Order::Little) && !may_be_utf_32(b"", Order::Big));
        assert!(
            may_be_utf_32(&[0, 1, 2, 0xFF], Order::Big)
                && !is_mostly_first_plane(&[0, 1, 2, 0xFF], Order::Big)
        );
        assert!(is_mostly_first_plane(&[0, 0, 0x53, 0xBF], Order::Big));
    }
}
