//! Syllables of pinyin in a text, and the characters that a document annotates with them.

use std::collections::BTreeMap;

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;

use super::super::places::Places;

/// Longest syllable: `zhuàng`.
const LONGEST_SYLLABLE: usize = 6;

/// One annotated character of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Annotated {
    /// How often the document annotates it.
    pub(super) times: usize,
    /// How often it occurs.
    pub(super) total: usize,
    /// The readings given, each once.
    pub(super) readings: Vec<String>,
}

/// The characters that a document annotates.
pub(super) type List = BTreeMap<char, Annotated>;

/// A syllable and the closing parenthesis from `i` on: its normal form and the index behind it.
pub(super) fn syllable(chars: &Places<'_>, i: usize) -> Option<(String, usize)> {
    let mut letters = String::new();
    let mut j = i;
    loop {
        let c = chars.at(j)?;
        match c {
            ')' | '）' => break,
            'ɡ' => letters.push('g'),
            'ɑ' => letters.push('a'),
            _ if c.is_ascii_lowercase() || is_toned(c) => letters.push(c),
            _ => return None,
        }
        j += 1;
        // Decomposed accents take a second character each.
        if j - i > 2 * LONGEST_SYLLABLE {
            return None;
        }
    }
    let syllable: String = letters.nfc().collect();
    let count = syllable.chars().count();
    (1..=LONGEST_SYLLABLE)
        .contains(&count)
        .then_some((syllable, j + 1))
}

/// Vowels with a tone mark, ü, and the combining marks of the four tones and of ü.
fn is_toned(c: char) -> bool {
    "āáǎàēéěèêếềīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ\u{300}\u{301}\u{304}\u{308}\u{30C}".contains(c)
}

/// Whether `syllable` is a reading of `c`; without tone mark the tone does not matter.
pub(super) fn is_reading(c: char, syllable: &str) -> bool {
    c.to_pinyin_multi().is_some_and(|readings| {
        readings
            .into_iter()
            .any(|r| r.with_tone() == syllable || r.plain() == syllable)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables() {
        let parse = |s: &str| syllable(&Places::new(s), 0).map(|(r, _)| r);
        assert_eq!(parse("xié)").as_deref(), Some("xié"));
        assert_eq!(parse("xie\u{301})").as_deref(), Some("xié"), "decomposed accent");
        assert_eq!(parse("ɡuɑ̌n)").as_deref(), Some("guǎn"));
        assert_eq!(parse("zhuàng）").as_deref(), Some("zhuàng"));
        for not in ["GDP)", "zhuàngx)", "x é)", ")", "细颗粒物)", "xié", "pīnyīn yì)"] {
            assert_eq!(parse(not), None, "{not}");
        }
        assert!(is_reading('長', "zhǎng") && is_reading('長', "cháng") && is_reading('長', "chang"));
        assert!(!is_reading('長', "xié"));
    }
}
