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

/// Most characters of a word that has its readings behind it.
const LONGEST_WORD: usize = 8;

/// Letters in parentheses from `i` on that are the readings of the characters before `i`, one after another: how many
/// characters (two or more) and the index behind the closing parenthesis. At least one letter carries a tone mark;
/// apostrophes, hyphens and blanks may stand between syllables, and the first letter may be a capital.
pub(super) fn word(chars: &Places<'_>, i: usize) -> Option<(usize, usize)> {
    if !matches!(chars.at(i), Some('(' | '（')) {
        return None;
    }
    let mut letters = String::new();
    let mut toned = false;
    let mut j = i + 1;
    loop {
        let c = chars.at(j)?;
        match c {
            ')' | '）' => break,
            'ɡ' => letters.push('g'),
            'ɑ' => letters.push('a'),
            '\'' | '’' | '-' | ' ' => {}
            _ if c.is_ascii_lowercase() => letters.push(c),
            _ if is_toned(c) => {
                toned = true;
                letters.push(c);
            }
            _ if letters.is_empty() && c.is_uppercase() => letters.extend(c.to_lowercase()),
            _ => return None,
        }
        j += 1;
        if j - i > 2 * LONGEST_SYLLABLE * LONGEST_WORD {
            return None;
        }
    }
    let letters: String = letters.nfc().collect();
    // Each character takes at least one letter and at most six.
    let most = letters.chars().count().min(LONGEST_WORD);
    let readable = |n: &usize| {
        let base: Option<Vec<char>> = (i.checked_sub(*n)?..i).map(|k| chars.at(k)).collect();
        reads(&base?, &letters).then_some(())
    };
    let n = (2..=most).find(|n| toned && readable(n).is_some())?;
    Some((n, j + 1))
}

/// Whether letters are readings of the characters in order. The tones of 一 and 不 change with what follows.
fn reads(base: &[char], letters: &str) -> bool {
    let Some((&c, rest)) = base.split_first() else {
        return letters.is_empty();
    };
    let Some(readings) = c.to_pinyin_multi() else {
        return false;
    };
    readings.into_iter().any(|reading| {
        let plain = reading.plain();
        let changes = matches!(c, '一' | '不');
        let bare: String = letters
            .chars()
            .take(plain.chars().count())
            .map(without_tone)
            .collect();
        [reading.with_tone(), plain]
            .into_iter()
            .filter_map(|syllable| letters.strip_prefix(syllable))
            .chain(
                (changes && bare == plain)
                    .then(|| letters.get(plain_len(letters, &bare)..).unwrap_or_default()),
            )
            .any(|left| reads(rest, left))
    })
}

/// Bytes of as many characters of `letters` as `bare` has.
fn plain_len(letters: &str, bare: &str) -> usize {
    letters
        .chars()
        .take(bare.chars().count())
        .map(char::len_utf8)
        .sum()
}

fn without_tone(c: char) -> char {
    c.nfd().next().unwrap_or(c)
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

    #[test]
    fn words() {
        for (text, expected) in [
            ("质量(zhìliàng)", Some(2)),
            ("民主（mínzhǔ）", Some(2)),
            ("办公室(bàngōngshì)", Some(3)),
            ("西安(Xī’ān)", Some(2)),
            ("东西(dōngxi)", Some(2)),
            ("一个(yígè)", Some(2)),
            ("不是(bú shì)", Some(2)),
            ("重庆(Chóngqìng)", Some(2)),
            ("推广(tuīɡuǎnɡ)", Some(2)),
            ("协(xié)", None),
            ("北京(beijing)", None),
            ("巴黎(été)", None),
            ("质量(liàngzhì)", None),
            ("质量(GDP)", None),
        ] {
            let chars = Places::new(text);
            let open = text.chars().position(|c| matches!(c, '(' | '（')).unwrap_or(0);
            assert_eq!(word(&chars, open).map(|(n, _)| n), expected, "{text}");
        }
    }
}
