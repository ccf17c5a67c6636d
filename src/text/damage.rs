//! Signs of damage in a text, counted: how much a file calls for repair, before anything is changed.
//!
//! The count is a warning lamp, not a verdict: it looks at characters only, without the gates of
//! [`repair`](super::repair), so a teaching text with readings in brackets counts too.

use std::sync::LazyLock;

use regex::Regex;

use super::{escapes, han, mojibake, radicals, repair};

/// What was found, by kind. [`Damage::total`] is the column `damage` of `dz.read_texts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Damage {
    /// U+FFFD, one each: bytes that could not be decoded, here or earlier.
    pub replacement: u64,
    /// Fills of broken conversions: 锟斤拷 each time (and what other code pages make of the same bytes: 占쏙옙, 嚙踝蕭, пїЅ), a run
    /// of three or more 烫 or 屯 once.
    pub filler: u64,
    /// A Han character and, in brackets, a syllable with a tone mark: 協(xié); or the rest of one, `?lián)`; a word and its
    /// readings, 质量(zhìliàng).
    pub annotation: u64,
    /// Private-use characters, one each.
    pub private_use: u64,
    /// UTF-8 read as Latin-1 (`ä¸­`), GBK read as Latin-1 (a run of four or more of À to ÿ with ¡ to ¿), UTF-8 read as
    /// GBK (锛 銆 鈥 鐨, which stand for ，。“的): one each; or, where they are more, the stretches that [`mojibake`] repairs.
    pub mojibake: u64,
    /// Control characters other than tab, form feed and line ends, one each.
    pub control: u64,
    /// Numbers of glyphs that a PDF file has no character for, `(cid:12)`, one each.
    pub glyph: u64,
    /// Stretches that another program wrote down as numbers and that [`escapes`] reads back (`_x000D_`, `\u653f`), one each.
    pub escape: u64,
    /// Radicals that stand for characters in words (⺠ for 民), one each.
    pub radical: u64,
}

impl Damage {
    /// The sum of all kinds.
    pub const fn total(self) -> u64 {
        self.replacement
            + self.filler
            + self.annotation
            + self.private_use
            + self.mojibake
            + self.control
            + self.glyph
            + self.escape
            + self.radical
    }
}

static PATTERNS: LazyLock<Option<[Regex; 4]>> = LazyLock::new(|| {
    Some([
        // A tone mark is needed: 方案(a) and f(x) are no readings.
        han::regex(r"(?:\p{Han}[(（]|\p{Han}?\?)[a-zɡɑ]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹ][a-zɡɑ]{0,4}[)）]").ok()?,
        Regex::new(r"[\u{C2}-\u{F4}][\u{80}-\u{BF}]{1,3}|[\u{E2}-\u{E9}][\u{80}-\u{BF}ŠšŒœŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2}|[\u{A1}-\u{FF}]{4,}").ok()?,
        Regex::new("锟斤拷|烫{3,}|屯{3,}|占쏙옙|嚙踝蕭|嚙賡|пїЅ|я┐╜|О©╫").ok()?,
        Regex::new(r"[(（]cid[:：][0-9]{1,7}[)）]").ok()?,
    ])
});

/// Counts the signs of damage in a text.
pub fn count(text: &str) -> Damage {
    let mut found = Damage::default();
    let (mut annotated, mut filled, mut high) = (false, false, false);
    for c in text.chars() {
        match c {
            '\u{FFFD}' => found.replacement += 1,
            '\u{E000}'..='\u{F8FF}' | '\u{F_0000}'..='\u{10_FFFD}' => found.private_use += 1,
            '\t' | '\n' | '\u{C}' | '\r' | '\u{85}' => {}
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => {
                found.control += 1;
                high = true;
            }
            '锛' | '銆' | '鈥' | '鐨' => found.mojibake += 1,
            '\u{A1}'..='\u{FF}' => high = true,
            '\u{100}'..='\u{1DC}' => annotated = true,
            '锟' | '烫' | '屯' | '占' | '嚙' | 'ї' | '┐' | '╫' => filled = true,
            _ => {}
        }
    }
    // Most texts hold none of these characters and are done.
    if let Some([annotation, mojibake, filler, glyph]) = PATTERNS.as_ref() {
        if annotated || high {
            found.annotation = matches(annotation, text);
        }
        if high {
            found.mojibake += matches(mojibake, text);
        }
        if annotated || high {
            found.annotation += repair::edits(text, repair::Pinyin::Never).1.word_matches as u64;
        }
        if filled {
            found.filler = matches(filler, text);
        }
        if text.contains("cid") {
            found.glyph = matches(glyph, text);
        }
    }
    found.mojibake = found.mojibake.max(mojibake::edits(text).len() as u64);
    found.escape = escapes::edits(text).len() as u64;
    found.radical = radicals::in_words(text).len() as u64;
    found
}

fn matches(pattern: &Regex, text: &str) -> u64 {
    pattern.find_iter(text).map(|_| 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let found = count("協(xié)商，月?lián)Q屆 坏\u{FFFD}字 锟斤拷锟斤拷 烫烫烫烫 \u{E849} \u{0}\u{8}");
        assert_eq!(
            found,
            Damage {
                replacement: 1,
                filler: 3,
                annotation: 2,
                private_use: 1,
                control: 2,
                ..Damage::default()
            }
        );
        assert_eq!(found.total(), 9);
        assert_eq!(count("涓浗锛屼綘鐨勮瘽").mojibake, 2);
        assert_eq!(count("ä¸\u{AD}å\u{9B}½").mojibake, 2);
        assert_eq!(count("ÖÐ¹ú").mojibake, 1);
    }

    #[test]
    fn numbers_of_glyphs_are_no_words() {
        assert_eq!(count("(cid:3668)(cid:1214)会议").glyph, 2);
        assert_eq!(count("第(cid:7)章，（cid：12）").glyph, 2);
        assert_eq!(count("项目(CID)编号cid:12，(cid:)").glyph, 0);
        assert_eq!(count("\u{F0B7} 加强协商\n\u{F0D8} 狠抓落实").private_use, 2);
        assert_eq!(count("⼈⺠的⽣活").radical, 3);
    }

    #[test]
    fn misreadings_and_escapes_are_counted() {
        for text in [
            "高质量(zhìliàng)发展",
            "ПШХюР\u{AD}ХЩїЄ»бТй",
            "占쏙옙",
            "пїЅпїЅ",
            "嚙踝蕭",
            "О©╫",
            "甲县_x000D_\n乙县",
            "\\u6865\\u5934",
            "犜犺犲",
        ] {
            assert!(count(text).total() > 0, "{text}");
        }
        assert_eq!(count("占地，©，┐").total(), 0);
    }

    #[test]
    fn clean_texts_count_nothing() {
        for text in [
            "",
            "政协委员(细颗粒物)PM2.5，第(一)条，f(x)，方案(a)，“1+7”。\t\r\n",
            "café naïve Ünïcode, 20 °C, 5 × 3 ± 1, §12",
            "屯溪区的烫金工艺",
        ] {
            assert_eq!(count(text), Damage::default(), "{text}");
        }
    }
}
