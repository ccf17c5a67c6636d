//! How likely a text is as a piece of writing: what bytes mean in one encoding, against what they mean in another.
//!
//! Each language is a table of classes of characters: what share of a text the class has, and how many characters share it.
//! The logarithm of the probability of a text is the sum over its characters. Two readings of the same bytes are compared by
//! it, whatever the number of characters that each makes of them; a short text gives little evidence and leaves the decision to
//! what is usual ([`super::detect`] has the odds before anything is seen).

use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS};
use rustc_hash::FxHashMap;

use crate::list;
use crate::text::han::{in_first_block, is_han};
use crate::text::script;

/// What a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Chinese,
    Japanese,
    /// Japanese in half-width kana, as old machines print it.
    HalfWidth,
    Korean,
    /// Letters of an alphabet.
    Alphabetic,
}

/// The logarithm of the probability of a text.
pub(super) fn of(language: Language, text: &str) -> f64 {
    match language {
        Language::Chinese => text.chars().map(chinese).sum(),
        Language::Japanese => text.chars().map(japanese).sum(),
        Language::Korean => text.chars().map(korean).sum(),
        Language::Alphabetic => alphabetic(text),
        Language::HalfWidth => half_width(text),
    }
}

/// Whether a text has more than two kana or Korean syllables: marks alone speak for no language.
pub(super) fn is_foreign(text: &str) -> bool {
    text.chars()
        .filter(|c| matches!(c, 'ぁ'..='ヾ' | '｡'..='ﾟ' | '가'..='힣'))
        .nth(2)
        .is_some()
}

/// Punctuation of Chinese text.
const MARKS: &str = "，。、；：“”‘’（）《》「」！？—…\u{3000}·【】";

/// What cannot stand in a text.
const NEVER: f64 = -18.0;

/// Whether present-day writing, simplified or traditional, uses a character often.
pub(super) fn is_frequent(c: char) -> bool {
    COMMON.contains_key(&c)
}

/// How many entries of a list of frequent characters count more than the others.
const FIRST: usize = 150;

/// Frequent characters of present-day writing, simplified and traditional: whether they are among the first.
static COMMON: LazyLock<FxHashMap<char, bool>> = LazyLock::new(|| {
    let mut common: FxHashMap<char, bool> = FxHashMap::default();
    for (rank, word) in list!("text/frequent_characters").iter().enumerate() {
        for c in word.chars() {
            common.entry(c).or_insert(rank < FIRST);
        }
    }
    let traditional: Vec<(char, bool)> = script::to_traditional_characters()
        .filter_map(|(simplified, traditional)| Some((traditional, *common.get(&simplified)?)))
        .collect();
    for (c, first) in traditional {
        common.entry(c).or_insert(first);
    }
    common
});

/// Frequent syllables of Korean: whether they are among the first.
static SYLLABLES: LazyLock<FxHashMap<char, bool>> = LazyLock::new(|| {
    list!("text/frequent_syllables")
        .iter()
        .enumerate()
        .flat_map(|(rank, word)| word.chars().map(move |c| (c, rank < FIRST)))
        .collect()
});

/// The first block of Han characters.
const FIRST_HAN: u32 = 0x4E00;
const LAST_HAN: u32 = 0x9FFF;

/// What a Chinese and what a Japanese text make of each Han character of the first block.
static HAN: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    (FIRST_HAN..=LAST_HAN)
        .map(|code| {
            let c = char::from_u32(code).unwrap_or('\u{FFFD}');
            let common = COMMON.get(&c).copied();
            let chinese = match common {
                // 45 % and 35 % of a text.
                Some(true) => share(0.45, 150.0),
                Some(false) => share(0.35, 1500.0),
                None if frequent_block(c) => share(0.04, 6000.0),
                None => share(0.004, 20_000.0),
            };
            let japanese = match (level_of_jis(c), common) {
                (1 | 2, Some(_)) => share(0.15, 2000.0),
                (1, None) => share(0.1, 2000.0),
                (2, None) => share(0.003, 3400.0),
                _ => share(0.0002, 10_000.0),
            };
            (chinese, japanese)
        })
        .collect()
});

fn han(c: char) -> Option<(f64, f64)> {
    HAN.get((u32::from(c)).checked_sub(FIRST_HAN)? as usize).copied()
}

/// The logarithm of the probability of one of `members` that have `share` of a text together.
fn share(share: f64, members: f64) -> f64 {
    (share / members).ln()
}

fn chinese(c: char) -> f64 {
    if let Some((chinese, _)) = han(c) {
        return chinese;
    }
    match c {
        '\n' | ' ' => -4.0,
        '\t' | '\r' => -5.0,
        'a'..='z' | 'A'..='Z' | '0'..='9' => -4.6,
        '!'..='~' => -6.5,
        _ if MARKS.contains(c) => share(0.1, 24.0),
        '\u{FF01}'..='\u{FF5E}' => share(0.01, 94.0),
        '\u{3040}'..='\u{30FF}' => share(0.003, 170.0),
        // Marks, symbols, numbers in circles.
        '\u{2000}'..='\u{2DFF}' | '\u{3000}'..='\u{303F}' | '\u{3200}'..='\u{33FF}' => share(0.005, 1000.0),
        '\u{A0}'..='\u{24F}' | '\u{370}'..='\u{45F}' => share(0.003, 500.0),
        '\u{3100}'..='\u{312F}' => share(0.001, 40.0),
        '\0' => -9.0,
        '\u{FFFD}' => -20.0,
        '\u{1}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' => NEVER,
        _ if is_han(c) && !in_first_block(c) => share(0.0005, 40_000.0),
        _ => -17.0,
    }
}

fn japanese(c: char) -> f64 {
    if let Some((_, japanese)) = han(c) {
        return japanese;
    }
    match c {
        'ぁ'..='ゖ' => share(0.5, 75.0),
        _ if "、。「」・（）！？『』〜ー々\u{3000}…，．".contains(c) => share(0.08, 17.0),
        'ァ'..='ヾ' => share(0.13, 85.0),
        '｡'..='ﾟ' => share(0.01, 63.0),
        _ => chinese(c),
    }
}

/// Kana that the mark of voice can follow.
const VOICED: &str = "ｳｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ";

fn half_width(text: &str) -> f64 {
    let mut sum = 0.0;
    let mut before = '\0';
    for c in text.chars() {
        sum += match c {
            'ﾞ' if VOICED.contains(before) => share(0.12, 1.0),
            'ﾟ' if "ﾊﾋﾌﾍﾎ".contains(before) => share(0.05, 1.0),
            'ﾞ' | 'ﾟ' => -12.0,
            '｡'..='ﾝ' => share(0.75, 58.0),
            _ => japanese(c),
        };
        before = c;
    }
    sum
}

/// Blanks count as in the other languages: a text of Latin letters with two Chinese quotation marks is not Korean for its blanks.
fn korean(c: char) -> f64 {
    match c {
        '가'..='힣' => match SYLLABLES.get(&c) {
            Some(true) => share(0.52, 150.0),
            Some(false) => share(0.2, 390.0),
            None if in_ks(c) => share(0.05, 1900.0),
            None => share(0.001, 8800.0),
        },
        'ㄱ'..='ㆎ' => share(0.001, 94.0),
        _ if han(c).is_some() => share(0.005, 4900.0),
        _ => chinese(c),
    }
}

fn alphabetic(text: &str) -> f64 {
    let mut sum = 0.0;
    let mut before = None;
    for c in text.chars() {
        let script = alphabet(c);
        // Letters of two scripts do not stand side by side.
        if matches!((before, script), (Some(a), Some(b)) if a != b) {
            sum -= 8.0;
        }
        before = script;
        sum += match c {
            '\0'..='\u{9F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => chinese(c),
            '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '€' | '\u{A0}' => -7.0,
            '\u{A1}'..='\u{BF}' => -7.5,
            'À'..='ÿ' | '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{45F}' => share(0.1, 60.0),
            _ if c.is_alphabetic() && !is_han(c) => -8.5,
            _ => -11.0,
        };
    }
    sum
}

/// The first character of the block of an alphabet; none for what is no letter of one, or plain ASCII.
const fn alphabet(c: char) -> Option<u32> {
    match c {
        'À'..='\u{24F}' => Some(0xC0),
        '\u{370}'..='\u{3FF}' => Some(0x370),
        '\u{400}'..='\u{52F}' => Some(0x400),
        '\u{250}'..='\u{36F}' | '\u{530}'..='\u{7FF}' => Some(c as u32 & !0x7F),
        _ => None,
    }
}

/// Whether a character is in the first level of GB 2312 (3,755 characters) or of Big5 (5,401).
fn frequent_block(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let text = c.encode_utf8(&mut buffer);
    let (simplified, _, failed) = GBK.encode(text);
    if !failed && matches!(simplified.as_ref(), [0xB0..=0xD7, 0xA1..=0xFE]) {
        return true;
    }
    let (traditional, _, failed) = BIG5.encode(text);
    !failed && matches!(traditional.as_ref(), [0xA4..=0xC5, _] | [0xC6, 0x40..=0x7E])
}

/// The level of JIS X 0208 that a Han character is in; 0 if it is in none.
fn level_of_jis(c: char) -> u8 {
    let mut buffer = [0_u8; 4];
    let (bytes, _, failed) = SHIFT_JIS.encode(c.encode_utf8(&mut buffer));
    match bytes.as_ref() {
        _ if failed => 0,
        [0x88..=0x97, _] | [0x98, 0x40..=0x72] => 1,
        [0x98..=0xEA, _] => 2,
        _ => 0,
    }
}

/// Whether a syllable is one of the 2,350 of KS X 1001.
fn in_ks(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let (bytes, _, failed) = EUC_KR.encode(c.encode_utf8(&mut buffer));
    !failed && matches!(bytes.as_ref(), [0xB0..=0xC8, 0xA1..=0xFE])
}
