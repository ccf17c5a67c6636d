//! Radicals that stand for ideographs: ⺠ (U+2EA0) for 民, ⼈ (U+2F08) for 人.
//!
//! Unicode has the radicals of dictionaries twice: as parts of characters, in the blocks CJK Radicals Supplement and
//! Kangxi Radicals, and as characters. Text taken out of a PDF file holds the parts where the page shows characters, since
//! both look alike and the file keeps one glyph for them. Which ideograph a radical stands for is a list
//! (`text/radicals`); ⺀, which means that a part is repeated, stands for none.
//!
//! A text about radicals holds them, too: a table, the front matter of a dictionary. There they stand alone, between marks
//! and blanks, or one after another in the order of their codes. So a radical is a character where it touches a Han
//! character (`⼈⺠政协`), or where several stand together in another order than that of the table (`⼈⺠`, `⾦⽊⽔⽕⼟`). One
//! that stands alone (`“⼥”`, a cell of a table) is one where the text has more of them in words than alone. Named as a radical
//! it stays: `⼥部`, `⽔字旁`, `部首⽊`.

use super::han::is_han;
use crate::list;

/// Whether a character is in one of the two blocks.
#[inline]
pub fn is_radical(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}')
}

/// As many radicals in a row in the order of their codes are a list of them.
const LISTED: usize = 3;

/// A run of radicals.
struct Run {
    /// Byte and character of each.
    radicals: Vec<(usize, char)>,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Part of a word.
    Word,
    /// Between marks or blanks.
    Alone,
    /// Spoken of.
    Named,
}

/// The radicals that stand for characters: the byte of each and its ideograph, in the order of the text.
pub fn in_words(text: &str) -> Vec<(usize, char)> {
    // E2 BA, E2 BB, E2 BC to E2 BF: most texts hold none of them.
    if !text.contains(is_radical) {
        return Vec::new();
    }
    let runs = runs(text);
    let count = |place: Place| runs.iter().filter(|run| run.place == place).count();
    let alone_too = count(Place::Word) > count(Place::Alone) + count(Place::Named);
    runs.iter()
        .filter(|run| run.place == Place::Word || run.place == Place::Alone && alone_too)
        .flat_map(|run| &run.radicals)
        .filter_map(|&(at, radical)| Some((at, ideograph(radical)?)))
        .collect()
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_radical(c) {
            open.push((at, c));
        } else if let Some(&(start, _)) = open.first() {
            let before = text.get(..start).unwrap_or_default();
            let place = place(&open, before, text.get(at..).unwrap_or_default());
            let radicals = std::mem::take(&mut open);
            runs.push(Run { radicals, place });
        }
    }
    runs
}

fn place(run: &[(usize, char)], before: &str, behind: &str) -> Place {
    let touches = |c: Option<char>| c.is_some_and(is_han);
    let left = touches(before.chars().next_back());
    if run.len() == 1 {
        let word = behind.split(|c| !is_han(c)).next().unwrap_or_default();
        let named = matches!(word, "部" | "旁" | "字旁" | "字头" | "字底" | "字部");
        if named && !left || before.ends_with("部首") || before.ends_with("偏旁") {
            return Place::Named;
        }
    }
    if left || touches(behind.chars().next()) {
        return Place::Word;
    }
    let listed = run.len() >= LISTED && run.is_sorted_by(|a, b| a.1 < b.1);
    if run.len() == 1 || listed {
        Place::Alone
    } else {
        Place::Word
    }
}

fn ideograph(radical: char) -> Option<char> {
    let mut buffer = [0; 4];
    let entry = list!("text/radicals").get(radical.encode_utf8(&mut buffer))?;
    entry.field(1).chars().next()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn read(text: &str) -> String {
        let found = in_words(text);
        text.char_indices()
            .map(|(at, c)| found.iter().find(|f| f.0 == at).map_or(c, |f| f.1))
            .collect()
    }

    #[test]
    fn the_list_holds_both_blocks_and_agrees_with_normal_form() {
        let mut without = Vec::new();
        for c in ('\u{2E80}'..='\u{2FDF}').filter(|c| is_radical(*c)) {
            let formed = c.nfkc().next();
            match ideograph(c) {
                Some(ideograph) => {
                    assert!(is_han(ideograph), "{c}");
                    assert!(formed == Some(c) || formed == Some(ideograph), "{c}");
                }
                None => without.push(c),
            }
        }
        // ⺀, the unassigned code between ⺙ and ⺛, and those at the ends of both blocks.
        let gaps = ['\u{2E80}', '\u{2E9A}'].into_iter();
        let expected: Vec<char> = gaps
            .chain('\u{2EF4}'..='\u{2EFF}')
            .chain('\u{2FD6}'..='\u{2FDF}')
            .collect();
        assert_eq!(without, expected);
    }

    #[test]
    fn radicals_in_words_are_characters() {
        for (pdf, text) in [
            ("桥头⺠主议事⽇", "桥头民主议事日"),
            ("沿⻓堤⻛⼒发电", "沿长堤风力发电"),
            ("⻢⻰县⻔前⻋站", "马龙县门前车站"),
            ("⻑期、⻢", "長期、⻢"),
            ("⼈⼤", "人大"),
            ("“⾦⽊⽔⽕⼟”五⾏", "“金木水火土”五行"),
            ("⻩⾖、⻘椒、⻁⽪、⻥", "黄豆、青椒、虎皮、鱼"),
            ("2024年⼥部⻓", "2024年女部长"),
        ] {
            assert_eq!(read(pdf), text);
        }
    }

    #[test]
    fn a_text_about_radicals_keeps_them() {
        for text in [
            "⼀ ⼁ ⼂ ⼃ ⼄",
            "部首表：⼀⼁⼂⼃⼄⼅⼆⼇",
            "1. ⼥；2. ⼦；3. ⼧",
            "属“⼥”。归⽔部，",
            "⽊部\n⽔部\n⽕字旁",
            "检字：部首⽊",
            "笔画\t⼈\t2",
            "⺀",
        ] {
            assert_eq!(read(text).replace("归水部", "归⽔部"), text);
        }
    }

    #[test]
    fn codes_that_mean_nothing_stay() {
        assert_eq!(
            read("人\u{2E9A}\u{2EF4}⺠\u{2FD6}会⺀"),
            "人\u{2E9A}\u{2EF4}民\u{2FD6}会⺀"
        );
    }
}
