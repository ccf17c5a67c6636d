//! Code page 936 (GBK with the private-use area of Windows), pair by pair, and how common a character is.

use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GBK};

const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xFE;
const TRAILS: std::ops::RangeInclusive<u8> = 0x40..=0xFE;
const WIDTH: usize = 0xFE - 0x40 + 1;

/// Both directions of the code page for the characters of the basic plane.
struct Table {
    /// `[lead - 0x81][trail - 0x40]`, `'\0'` where the pair means nothing.
    chars: Vec<char>,
    /// Code of each character, 0 where there is none.
    codes: Vec<u16>,
    /// Bit of each character in the first level of Big5: the common traditional characters.
    big5: Vec<bool>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        chars: Vec::with_capacity(126 * WIDTH),
        codes: vec![0; 0x1_0000],
        big5: vec![false; 0x1_0000],
    };
    for lead in LEADS {
        for trail in TRAILS {
            let c = pair(GBK, lead, trail).unwrap_or('\0');
            table.chars.push(c);
            set(&mut table.codes, c, u16::from_be_bytes([lead, trail]));
        }
    }
    // GBK 1.0 had no Unicode character for the 80 pairs from FE50 on and used U+E815 to U+E864 for them, in order.
    // Windows still does, so pages that went through it hold those characters.
    let pairs = (0x50..=0xA0_u8).filter(|t| *t != 0x7F);
    for (trail, code) in pairs.zip(0xE815_u32..=0xE864) {
        if let Some(c) = char::from_u32(code) {
            set(&mut table.codes, c, u16::from_be_bytes([0xFE, trail]));
        }
    }
    for lead in 0xA4..=0xC6_u8 {
        for trail in TRAILS {
            if lead == 0xC6 && trail > 0x7E {
                break;
            }
            if let Some(slot) = pair(BIG5, lead, trail).and_then(|c| table.big5.get_mut(c as usize)) {
                *slot = true;
            }
        }
    }
    table
});

fn set(codes: &mut [u16], c: char, code: u16) {
    if let Some(slot) = codes.get_mut(c as usize).filter(|slot| c != '\0' && **slot == 0) {
        *slot = code;
    }
}

fn pair(encoding: &'static Encoding, lead: u8, trail: u8) -> Option<char> {
    let bytes = [lead, trail];
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The two bytes of a character that takes two.
pub fn encode(c: char) -> Option<[u8; 2]> {
    let code = *TABLE.codes.get(c as usize)?;
    (code != 0).then(|| code.to_be_bytes())
}

/// The character of two bytes.
pub fn decode(lead: u8, trail: u8) -> Option<char> {
    if !LEADS.contains(&lead) || !TRAILS.contains(&trail) {
        return None;
    }
    let at = usize::from(lead - 0x81) * WIDTH + usize::from(trail - 0x40);
    TABLE.chars.get(at).copied().filter(|c| *c != '\0')
}

/// Whether the character is a Han character of GB 2312, the simplified standard set.
pub fn in_gb2312(c: char) -> bool {
    encode(c).is_some_and(|[a, b]| (0xB0..=0xF7).contains(&a) && b >= 0xA1)
}

/// Whether the character belongs to the first level of GB 2312 or of Big5: what ordinary text is made of.
pub fn is_common(c: char) -> bool {
    encode(c).is_some_and(|[a, b]| (0xB0..=0xD7).contains(&a) && b >= 0xA1)
        || TABLE.big5.get(c as usize).copied().unwrap_or(false)
}

/// Punctuation that Chinese text uses beside Han characters.
pub fn is_punctuation(c: char) -> bool {
    matches!(c as u32, 0x3001..=0x3003 | 0x3005 | 0x3008..=0x3011 | 0x3014..=0x301F | 0x2010..=0x2027 | 0xB7
        | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF3F | 0xFF5B..=0xFF5E)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_the_code_page() {
        assert_eq!(encode('協'), Some([0x85, 0x66]));
        assert_eq!(decode(0xC2, 0x93), Some('聯'));
        assert_eq!(encode('\u{E849}'), Some([0xFE, 0x85]));
        assert_eq!(encode('\u{E000}'), Some([0xAA, 0xA1]), "user-defined area");
        assert_eq!(
            (encode('a'), encode('😀'), decode(0x20, 0x40)),
            (None, None, None)
        );
    }

    #[test]
    fn common_and_rare() {
        assert!("政协會議".chars().all(is_common));
        assert!(!is_common('鏀') && !is_common('枃'));
        assert!(in_gb2312('协') && !in_gb2312('協'));
    }
}
