//! Emoji that consist of several characters: flags, keycaps, families, hands with a tone of skin.
//!
//! What a reader sees as one sign is one token. The grammar is the `emoji_sequence` of Unicode Technical Standard #51, with the
//! blocks that hold pictographs in place of the table of properties; a single character is no matter of this module.

/// Joins pictographs to one sign.
const JOINER: char = '\u{200D}';
/// Asks for the coloured form.
const COLOURED: char = '\u{FE0F}';
/// Puts a key around a digit.
const KEY: char = '\u{20E3}';

/// Byte spans of the sequences in a text, in order.
pub(super) fn sequences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !may_hold(text.as_bytes()) {
        return found;
    }
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let end = start + sequence(&text[start..]);
        let next = start + first.len_utf8();
        if end > next {
            found.push((start, end));
        }
        start = end.max(next);
    }
    found
}

/// Whether a text may hold a sequence: a character beyond the first plane, or the first two bytes of [`COLOURED`] or of [`KEY`]. Nearly every text
/// is asked and none is, so that bytes are looked at many at a time, without branches.
#[allow(clippy::needless_bitwise_bool)]
fn may_hold(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    bytes.chunks(256).zip(next.chunks(256)).any(|(these, next)| {
        these.iter().zip(next).fold(false, |found, (&b, &next)| {
            found | (b >= 0xF0) | ((b == 0xEF) & (next == 0xB8)) | ((b == 0xE2) & (next == 0x83))
        })
    })
}

/// Bytes of the sequence at the start of a text; 0 if there is none.
fn sequence(text: &str) -> usize {
    let mut chars = text.chars();
    let (Some(first), second, third) = (chars.next(), chars.next(), chars.next()) else {
        return 0;
    };
    if is_letter_of_flag(first) {
        return match second {
            Some(other) if is_letter_of_flag(other) => first.len_utf8() + other.len_utf8(),
            _ => 0,
        };
    }
    if matches!(first, '0'..='9' | '#' | '*') {
        return match (second, third) {
            (Some(COLOURED), Some(KEY)) => 1 + COLOURED.len_utf8() + KEY.len_utf8(),
            (Some(KEY), _) => 1 + KEY.len_utf8(),
            _ => 0,
        };
    }
    let mut end = element(text);
    while end > 0 {
        let Some(rest) = text[end..].strip_prefix(JOINER) else {
            break;
        };
        match element(rest) {
            0 => break,
            more => end += JOINER.len_utf8() + more,
        }
    }
    end
}

/// Bytes of a pictograph with what belongs to it.
fn element(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(|c| is_pictograph(*c)) else {
        return 0;
    };
    let mut end = first.len_utf8();
    for c in chars {
        // The tone of a skin, the coloured form, and the letters of a region behind a flag.
        if !matches!(c, COLOURED | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}') {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Two of these are the flag of a country.
const fn is_letter_of_flag(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

const fn is_pictograph(c: char) -> bool {
    matches!(
        c,
        '\u{1F000}'..='\u{1F1E5}' | '\u{1F200}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}'
            | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}' | '\u{2900}'..='\u{297F}'
            | '\u{2B00}'..='\u{2BFF}' | '\u{24C2}' | '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
            | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        sequences(text)
            .into_iter()
            .map(|(start, end)| &text[start..end])
            .collect()
    }

    #[test]
    fn sequences_are_whole() {
        for whole in [
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
            "\u{1F44D}\u{1F3FB}",
            "\u{1F1E8}\u{1F1F3}",
            "1\u{FE0F}\u{20E3}",
            "\u{2764}\u{FE0F}",
            "\u{2764}\u{FE0F}\u{200D}\u{1F525}",
            "\u{1F469}\u{1F3FD}\u{200D}\u{1F52C}",
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}",
        ] {
            assert_eq!(
                found(&format!("县{whole}里{whole}{whole}")),
                [whole, whole, whole]
            );
        }
    }

    #[test]
    fn single_characters_and_loose_parts_are_none() {
        for text in [
            "",
            "县政协",
            "\u{1F600}\u{1F600}",
            "a\u{200D}b",
            "\u{1F1E8}县",
            "1 + 1",
            "\u{200D}\u{FE0F}",
            "县\u{1F3FB}",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text:?}");
        }
        // Three letters of flags: a flag and one over. A joiner with nothing behind it stays outside.
        assert_eq!(found("\u{1F1E8}\u{1F1F3}\u{1F1E8}").len(), 1);
        assert_eq!(found("\u{1F44D}\u{1F3FB}\u{200D}县"), ["\u{1F44D}\u{1F3FB}"]);
    }
}
