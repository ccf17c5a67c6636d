//! The dictionaries that conversion goes by, each put together at its first use, and what characters say of their script.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Script;
use super::dictionary::{Dictionary, entries};
use crate::list;

/// Characters that the standard of 2013 keeps in simplified text although t2s maps them: in names (昇, 堃) or in one
/// of their senses (乾坤, 象徵 as a note). Alone they are no evidence of traditional text.
const KEPT_IN_SIMPLIFIED: &str = "乾夥徵於麽瞭藉著昇陞迺甦邨堃龢氾蹚勠噘鍾濛淼喆溼馀";

/// What a character says of the script of its text, as bits.
pub(super) mod class {
    /// t2s changes it and simplified text does not use it.
    pub(in crate::text::script) const TRADITIONAL: u8 = 1;
    /// t2s changes it, but simplified text uses it too.
    pub(in crate::text::script) const TRADITIONAL_SHARED: u8 = 2;
    /// s2t changes it and traditional text does not use it.
    pub(in crate::text::script) const SIMPLIFIED: u8 = 4;
    /// s2t changes it, but traditional text uses it too.
    pub(in crate::text::script) const SIMPLIFIED_SHARED: u8 = 8;
}

/// What every conversion asks; built once a process.
pub(super) struct Tables {
    /// From traditional text of any region to simplified.
    pub(super) to_simplified: Dictionary,
    classes: FxHashMap<char, u8>,
    /// Simplified characters that more than one traditional character maps to.
    pub(super) merged: FxHashSet<char>,
}

impl Tables {
    pub(super) fn get() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(Self::build)
    }

    fn build() -> Self {
        let to_simplified = to_simplified();
        let mut classes: FxHashMap<char, u8> = FxHashMap::default();
        let mut sources: FxHashMap<char, u32> = FxHashMap::default();
        for (from, to) in to_simplified.characters().filter(|(from, to)| from != to) {
            // 说 is 說 only (説 is a variant that Big5 lacks).
            if in_big5(from) {
                *sources.entry(to).or_default() += 1;
            }
            let shared = KEPT_IN_SIMPLIFIED.contains(from) || in_gb2312(from);
            *classes.entry(from).or_default() |= if shared {
                class::TRADITIONAL_SHARED
            } else {
                class::TRADITIONAL
            };
        }
        classes.insert('著', class::TRADITIONAL_SHARED);
        for (from, to) in to_traditional_characters().filter(|(from, to)| from != to) {
            *classes.entry(from).or_default() |= if in_big5(from) {
                class::SIMPLIFIED_SHARED
            } else {
                class::SIMPLIFIED
            };
            sources.entry(to).or_default();
        }
        // 后 is 後 or 后 itself.
        let itself = |c: char| in_big5(c) && to_simplified.character(c).is_none_or(|to| to == c);
        let merged = sources
            .into_iter()
            .filter_map(|(c, n)| (n + u32::from(itself(c)) > 1).then_some(c))
            .collect();
        Self {
            to_simplified,
            classes,
            merged,
        }
    }

    pub(super) fn class(&self, c: char) -> u8 {
        // Everything that the dictionaries know is a Han character.
        if c < '\u{3400}' {
            0
        } else {
            self.classes.get(&c).copied().unwrap_or(0)
        }
    }
}

/// What becomes of single characters without a neighbour that says more.
pub(in crate::text) fn to_traditional_characters() -> impl Iterator<Item = (char, char)> {
    let own = list!("script/to_traditional").entries().iter();
    let own = own.map(|entry| (entry.word, entry.field(1)));
    let mut seen = FxHashSet::default();
    own.chain(entries("STCharacters"))
        .filter_map(move |(word, becomes)| {
            let (mut word, mut becomes) = (word.chars(), becomes.chars());
            let pair = (word.next()?, becomes.next()?);
            (word.next().is_none() && seen.insert(pair.0)).then_some(pair)
        })
}

/// From simplified text to `OpenCC`'s own standard.
pub(super) fn traditional() -> &'static Dictionary {
    static TABLE: OnceLock<Dictionary> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Dictionary::default();
        table.add_list(list!("script/to_traditional"));
        for name in [
            "STPhrases",
            "STPhrases_GeneratedFromRegionalPhrases",
            "STCharacters",
        ] {
            table.add_data(name);
        }
        table
    })
}

/// From traditional text of any region to simplified.
fn to_simplified() -> Dictionary {
    let mut table = Dictionary::default();
    table.add_list(list!("script/to_simplified"));
    for (word, becomes) in entries("TSPhrases") {
        table.add(word.into(), covered(word, becomes));
    }
    table.add_data("TSCharactersExt");
    table.add_data("TSCharacters");
    // Forms of one region by way of the common one: 衞 by 衛, 汙 by 污.
    for name in [
        "HKVariantsRev",
        "TWVariantsRev",
        "HKVariantsRevPhrases",
        "TWVariantsRevPhrases",
    ] {
        for (word, common) in entries(name) {
            let becomes = table.convert(common);
            // 著 has a rule of its own.
            if !word.contains('著') && becomes != table.convert(word) {
                table.add(word.into(), becomes.into());
            }
        }
    }
    table
}

/// What becomes of a word with 覆, which is a character of simplified text except where it is an answer or a return.
fn covered(word: &'static str, becomes: &'static str) -> Cow<'static, str> {
    /// What stands before 覆 where it becomes 复.
    const ANSWERS: &str = "回答批函反電禀稟";
    let mut before = None;
    if !word.contains('覆') || becomes.contains('覆') {
        return becomes.into();
    }
    word.chars()
        .zip(becomes.chars())
        .map(|(from, to)| {
            let answers = before.replace(from).is_some_and(|c| ANSWERS.contains(c));
            if from == '覆' && !answers { from } else { to }
        })
        .collect::<String>()
        .into()
}

/// Words of Taiwan and Hong Kong for words of the mainland, in traditional characters.
pub(super) fn mainland_words() -> &'static Dictionary {
    static TABLE: OnceLock<Dictionary> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Dictionary::default();
        table.add_data("TWPhrasesRev");
        table.add_data("HKPhrasesRev");
        for entry in list!("script/regional_words").entries() {
            for regional in [entry.field(1), entry.field(2)] {
                table.add(regional.into(), entry.word.into());
            }
        }
        table
    })
}

/// Words of the mainland for those of Taiwan or Hong Kong, in traditional characters; `None` where the script has none of its own.
pub(super) fn regional_words(script: Script) -> Option<&'static Dictionary> {
    static TAIWAN: OnceLock<Dictionary> = OnceLock::new();
    static HONG_KONG: OnceLock<Dictionary> = OnceLock::new();
    let (table, name, column) = match script {
        Script::Taiwan => (&TAIWAN, "TWPhrases", 1),
        Script::HongKong => (&HONG_KONG, "HKPhrases", 2),
        Script::Simplified | Script::Traditional => return None,
    };
    Some(table.get_or_init(|| {
        let mut table = Dictionary::default();
        for entry in list!("script/regional_words").entries() {
            table.add(
                traditional().convert(entry.word).into(),
                entry.field(column).into(),
            );
        }
        table.add_data(name);
        table
    }))
}

/// The forms of Taiwan or Hong Kong for common ones; `None` where the script has none of its own.
pub(super) fn regional_forms(script: Script) -> Option<&'static Dictionary> {
    static TAIWAN: OnceLock<Dictionary> = OnceLock::new();
    static HONG_KONG: OnceLock<Dictionary> = OnceLock::new();
    match script {
        Script::Taiwan => Some(TAIWAN.get_or_init(taiwan)),
        Script::HongKong => Some(HONG_KONG.get_or_init(hong_kong)),
        Script::Simplified | Script::Traditional => None,
    }
}

fn taiwan() -> Dictionary {
    let mut table = Dictionary::default();
    table.add_data("TWVariantsPhrases");
    // 樑 is 梁 but in names of persons.
    for (word, becomes) in entries("STPhrases").filter(|(_, becomes)| becomes.ends_with('樑')) {
        let surname = word
            .chars()
            .next()
            .is_some_and(|c| list!("entities/surnames").has_char(c));
        if surname && becomes.chars().count() == 3 {
            table.add(becomes.into(), becomes.into());
        }
    }
    table.add_data("TWVariants");
    table.add("樑".into(), "梁".into());
    // What only Hong Kong writes, by way of the common form: 衞 by 衛, 説 by 說.
    for (word, common) in entries("HKVariantsRev") {
        let becomes = table.convert(common);
        if !word.contains(in_big5) && becomes != word {
            table.add(word.into(), becomes.into());
        }
    }
    table
}

fn hong_kong() -> Dictionary {
    let mut table = Dictionary::default();
    table.add_data("HKVariantsPhrases");
    table.add_data("HKVariants");
    // What only Taiwan writes.
    table.add("裡".into(), "裏".into());
    table
}

/// Whether a character is one of the 6,763 Han characters of GB 2312.
fn in_gb2312(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let (bytes, _, failed) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !failed && matches!(bytes.as_ref(), [0xB0..=0xF7, 0xA1..=0xFE])
}

/// Whether Big5 has the character (the encoder knows no Hong Kong supplement).
fn in_big5(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let (_, _, failed) = encoding_rs::BIG5.encode(c.encode_utf8(&mut buffer));
    !failed
}
