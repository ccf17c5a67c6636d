//! What a character of a Chinese text is: a Han character, a numeral, a blank, a line break; and how it reads in one width.
//!
//! Everything else in the crate asks here, so that two finders never disagree about a character. Only the segmenter has questions of
//! its own beside these (`segment/classes.rs`): there the answer is what Python's jieba and its model know, not what is a Han character.

use regex::Regex;

/// Characters that follow each other and are Han characters for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HanRange {
    /// The first one.
    pub first: char,
    /// The last one.
    pub last: char,
    /// The blocks of the Unicode standard, by their names there.
    pub blocks: &'static str,
    /// Why they are Han characters here.
    pub reason: &'static str,
}

/// The Han characters, in the order of their codes.
///
/// Left out: the hexagrams of the Book of Changes (䷀, U+4DC0 to U+4DFF, between two ranges), which are symbols; radicals (⼈, ⺀) and strokes (㇀),
/// which are parts of characters and become characters in normal form; 々 and 〻, which repeat a character and are none; the counting rods
/// 〡 to 〩, which are digits of merchants; private use.
pub const HAN: [HanRange; 6] = [
    HanRange {
        first: '〇',
        last: '〇',
        blocks: "CJK Symbols and Punctuation",
        reason: "zero is written with it in dates and numbers (二〇二六年); Unicode calls it an ideographic number",
    },
    HanRange {
        first: '\u{3400}',
        last: '\u{4DBF}',
        blocks: "CJK Unified Ideographs Extension A",
        reason: "rare characters, also of names; the hexagrams from U+4DC0 on are another block",
    },
    HanRange {
        first: '\u{4E00}',
        last: '\u{9FFF}',
        blocks: "CJK Unified Ideographs",
        reason: "nearly all of every text",
    },
    HanRange {
        first: '\u{F900}',
        last: '\u{FAFF}',
        blocks: "CJK Compatibility Ideographs",
        reason: "second codes of the same characters, which pages from Korean and Taiwanese sources hold; normal form makes the first of them",
    },
    HanRange {
        first: '\u{2_0000}',
        last: '\u{2_FFFF}',
        blocks: "CJK Unified Ideographs Extensions B to F and I, CJK Compatibility Ideographs Supplement",
        reason: "rare characters; the whole plane is kept for them",
    },
    HanRange {
        first: '\u{3_0000}',
        last: '\u{3_23AF}',
        blocks: "CJK Unified Ideographs Extensions G and H",
        reason: "rare characters, to the end of the last extension of Unicode 16",
    },
];

/// Whether a character is a Han character: in one of the ranges of [`HAN`].
#[inline]
pub fn is_han(c: char) -> bool {
    in_first_block(c)
        || matches!(c, '〇' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{2_0000}'..='\u{3_23AF}')
}

/// Whether a character is in the first block of Han characters, U+4E00 to U+9FFF: a cheap first question about a text that consists of
/// them. What is not may still be one; [`is_han`] says.
#[inline]
pub fn in_first_block(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// A pattern in which `\p{Han}` stands for the characters of [`is_han`]; by itself it has radicals and 々 too. Also inside brackets.
///
/// # Errors
/// Where the pattern is none.
pub fn regex(pattern: &str) -> Result<Regex, regex::Error> {
    let ranges = HAN
        .map(|range| format!("{}-{}", range.first, range.last))
        .concat();
    Regex::new(&pattern.replace(r"\p{Han}", &format!("[{ranges}]")))
}

/// A line break; each starts a paragraph. These are the ones of Unicode's newline guidelines (UAX #14, classes BK, CR, LF and NL).
#[inline]
pub fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// A character that shows as nothing and takes no room: soft hyphen, zero-width spaces and joiners, marks of direction, invisible
/// operators, the byte-order mark.
#[inline]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// What a reader sees as nothing: white space (line breaks too), control characters and invisible ones.
#[inline]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

/// White space that does not end the line.
#[inline]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_break(c)
}

/// The ASCII character that a full-width one stands for (`Ａ` → `A`, `％` → `%`); other characters as they are.
#[inline]
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character is a digit of Chinese: one with a [`chinese_digit`].
pub fn is_chinese_digit(c: char) -> bool {
    chinese_digit(c).is_some()
}

/// The value of a digit of Chinese, capitals (壹贰叁) and traditional forms included; 两 is two.
pub fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '两' | '兩' | '贰' | '貳' => 2,
        '三' | '叁' | '參' | '叄' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten that a character of numerals stands for, from 十 to 兆 (10¹²).
pub fn power(c: char) -> Option<f64> {
    Some(match c {
        '十' | '拾' => 1e1,
        '百' | '佰' => 1e2,
        '千' | '仟' => 1e3,
        '万' | '萬' => 1e4,
        '亿' | '億' => 1e8,
        '兆' => 1e12,
        _ => return None,
    })
}

/// An Arabic digit, full width included.
pub fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// A character that numerals consist of, in the widest sense: Arabic digits, Chinese ones with capitals and powers, 廿 and 卅 (几, 数 and
/// 半 apart). For what reads numbers and finds where they end.
pub fn is_numeral(c: char) -> bool {
    is_digit(c) || is_chinese_digit(c) || power(c).is_some() || matches!(c, '廿' | '卅')
}

/// A numeral that labels count with (三会一课, 双百双千). Not the capitals, most of which are words of their own (陆海, 伍 and 参 are surname
/// and verb), nor 零 and 亿: 零距离 and 亿元 count nothing.
pub fn is_label_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '〇'
    )
}

/// A numeral that things are numbered with: headings, articles, terms of office (第十五届, 一百零二条).
pub fn is_ordinal_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '〇'
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = char> {
        (0..=0x10_FFFF).filter_map(char::from_u32)
    }

    #[test]
    fn the_table_and_the_question_agree() {
        assert!(HAN.windows(2).all(|w| w[0].last < w[1].first));
        for c in all() {
            let listed = HAN.iter().any(|range| (range.first..=range.last).contains(&c));
            assert_eq!(is_han(c), listed, "U+{:04X}", u32::from(c));
        }
        for (c, han) in [
            ('〇', true),
            ('㐀', true),
            ('䶿', true),
            ('\u{4DC0}', false),
            ('\u{4DFF}', false),
            ('一', true),
            ('\u{9FFF}', true),
            ('\u{A000}', false),
            ('豈', true),
            ('\u{FB00}', false),
            ('𠀀', true),
            ('\u{2F800}', true),
            ('\u{323AF}', true),
            ('\u{323B0}', false),
            ('々', false),
            ('〡', false),
            ('⼈', false),
            ('⺀', false),
            ('㇀', false),
            ('한', false),
            ('カ', false),
            ('Ａ', false),
        ] {
            assert_eq!(is_han(c), han, "{c}");
        }
    }

    /// The list of what Unicode calls the Han script and we do not, and the other way round, is complete.
    #[test]
    fn differences_from_the_script_of_unicode() {
        let script = Regex::new(r"^\p{Script=Han}$").unwrap();
        let assigned = Regex::new(r"^\P{Cn}$").unwrap();
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for c in all() {
            let mut buffer = [0; 4];
            let text = &*c.encode_utf8(&mut buffer);
            match (script.is_match(text), is_han(c)) {
                (true, false) => theirs.push(c),
                // Codes without a character in a block of Han characters are no difference that a text can show.
                (false, true) if assigned.is_match(text) => ours.push(c),
                _ => {}
            }
        }
        let listed = |c: char| {
            matches!(c,
                // Radicals.
                '\u{2E80}'..='\u{2E99}' | '\u{2E9B}'..='\u{2EF3}' | '\u{2F00}'..='\u{2FD5}'
                // 々 and 〻 repeat; 〡 to 〩 and 〸 to 〺 count.
                | '々' | '〻' | '〡'..='〩' | '〸'..='〺'
                // Marks of old Chinese and Vietnamese reading.
                | '\u{16FE2}' | '\u{16FE3}' | '\u{16FF0}' | '\u{16FF1}' | '\u{16FF4}'..='\u{16FF6}')
                // Later extensions, where the table of the regex crate has them.
                || c > '\u{323AF}'
        };
        let unlisted: Vec<char> = theirs.iter().copied().filter(|&c| !listed(c)).collect();
        assert!(unlisted.is_empty(), "{unlisted:?}");
        assert!(theirs.contains(&'々') && theirs.contains(&'⼈') && theirs.contains(&'〡'));
        assert!(ours.is_empty(), "{ours:?}");
    }

    #[test]
    fn patterns_mean_the_same() {
        let alone = regex(r"^\p{Han}$").unwrap();
        let inside = regex(r"^[\p{Han}。]$").unwrap();
        for c in all() {
            let mut buffer = [0; 4];
            let text = &*c.encode_utf8(&mut buffer);
            assert_eq!(alone.is_match(text), is_han(c), "{c:?}");
            assert_eq!(inside.is_match(text), is_han(c) || c == '。', "{c:?}");
        }
        assert!(regex("(").is_err());
    }

    #[test]
    fn nothing_is_seen_of_blanks() {
        for c in all() {
            if is_break(c) || is_space(c) || is_invisible(c) {
                assert!(is_blank(c), "{c:?}");
            }
            assert!(!(is_break(c) && is_space(c)), "{c:?}");
            assert_eq!(
                c.is_whitespace(),
                is_space(c) || is_break(c),
                "line breaks are white space: {c:?}"
            );
            if c.is_alphanumeric() {
                assert!(!is_blank(c), "{c:?}");
            }
        }
        assert!([' ', '\t', '\u{3000}', '\u{A0}'].into_iter().all(is_space));
        assert!(
            ['\u{200B}', '\u{FEFF}', '\u{AD}', '\u{7}']
                .into_iter()
                .all(is_blank)
        );
    }

    #[test]
    fn one_width() {
        assert_eq!(
            "Ａ０％，！～".chars().map(half_width).collect::<String>(),
            "A0%,!~"
        );
        assert_eq!(
            "。一a\u{3000}￥".chars().map(half_width).collect::<String>(),
            "。一a\u{3000}￥"
        );
    }

    #[test]
    fn numerals_of_three_kinds() {
        for c in all() {
            assert!(!is_label_numeral(c) || is_numeral(c), "{c}");
            assert!(!is_ordinal_numeral(c) || is_numeral(c), "{c}");
        }
        assert!("0９一〇零○两贰拾亿兆廿".chars().all(is_numeral));
        assert!(!"几数半第个".chars().any(is_numeral));
        assert!(!"0零亿陆参拾廿".chars().any(is_label_numeral));
        assert!(!"0两千万壹".chars().any(is_ordinal_numeral));
        assert_eq!(
            (chinese_digit('肆'), chinese_digit('十'), power('万')),
            (Some(4), None, Some(1e4))
        );
    }
}
