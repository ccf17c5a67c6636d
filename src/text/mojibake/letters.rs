//! `犜犺犲` for `The`: letters of a font of PDF files, read as Han characters.
//!
//! Journals set Latin letters of formulas in fonts of GBK whose row A0 holds the letters: the code of a letter is A0 and
//! its ASCII code with the high bit set (`T` is 54, so A0 D4). GBK has rare Han characters there, 犃 (`A`) to 犣 (`Z`) and
//! 犪 (`a`) to 狕 (`z`), and text taken out of such a file holds those. Digits and signs come from row A3, full-width, and
//! are left to the step for full width.
//!
//! A real character of that row stands alone among others (犇 in a name, 狀 and 犢 in traditional text). Three different
//! ones in a row, two of which neither is in traditional use, or one beside a sign of comparison and a digit
//! (`狆＜０．０５`) are letters. A text that shows them has letters in all other places, too; only 狀, 犢, 犖 and 犛 need
//! a simplified text around them to be letters where they stand alone.

use super::super::edit::{Edit, EditKind};
use super::super::han::is_han;
use super::super::repair::gbk;
use super::super::script::{self, Script};

/// The row of the code page.
const ROW: u8 = 0xA0;

/// The letter that a character of the row stands for.
fn letter(c: char) -> Option<char> {
    // The row lies here; the rest of the block is not asked for its code.
    if !matches!(c, '\u{7240}'..='\u{72DF}') {
        return None;
    }
    let [lead, trail] = gbk::encode(c)?;
    let letter = char::from(trail & 0x7F);
    (lead == ROW && trail > 0xA0 && letter.is_ascii_alphabetic()).then_some(letter)
}

/// Characters of the row that follow each other.
struct Run {
    start: usize,
    end: usize,
    chars: Vec<char>,
    letters: String,
}

impl Run {
    /// Whether all are characters that traditional text uses.
    fn is_common(&self) -> bool {
        self.chars.iter().all(|c| gbk::is_common(*c))
    }

    fn is_sure(&self, text: &str) -> bool {
        let mut distinct = self.chars.clone();
        distinct.sort_unstable();
        distinct.dedup();
        match self.chars.len() {
            0 => false,
            1 => is_compared(text, self.end),
            2 => {
                distinct.len() == 2 && !self.chars.iter().any(|c| gbk::is_common(*c))
                    || is_compared(text, self.end)
            }
            _ => distinct.len() >= 2 && !self.is_common(),
        }
    }
}

/// Whether a sign of comparison and a digit follow.
fn is_compared(text: &str, at: usize) -> bool {
    let mut rest = text
        .get(at..)
        .unwrap_or_default()
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{3000}'));
    let signs = "=＝<＜>＞≤≥≈±";
    rest.next().is_some_and(|c| signs.contains(c))
        && rest
            .find(|c| !signs.contains(*c))
            .is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// Edits (kind `ShiftedLetters`).
pub(super) fn edits(text: &str) -> Vec<Edit> {
    if !text.contains(|c| letter(c).is_some()) {
        return Vec::new();
    }
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(found) = letter(c) else { continue };
        let end = at + c.len_utf8();
        if let Some(last) = runs.last_mut().filter(|last| last.end == at) {
            last.end = end;
            last.chars.push(c);
            last.letters.push(found);
        } else {
            runs.push(Run {
                start: at,
                end,
                chars: vec![c],
                letters: found.to_string(),
            });
        }
    }
    let sure: Vec<bool> = runs.iter().map(|run| run.is_sure(text)).collect();
    if !sure.contains(&true) {
        return Vec::new();
    }
    let simplified = is_simplified(text);
    runs.into_iter()
        .zip(sure)
        .filter(|(run, sure)| *sure || !run.is_common() || simplified)
        .map(|(run, sure)| {
            let mut edit = Edit::new(run.start, run.end, run.letters, EditKind::ShiftedLetters);
            edit.certain = sure;
            edit
        })
        .collect()
}

/// Whether hardly a character would change with the script, those of the row left out.
fn is_simplified(text: &str) -> bool {
    let rest: String = text.chars().filter(|c| letter(*c).is_none()).collect();
    let han = rest.chars().filter(|c| is_han(*c)).count();
    20 * script::edits(&rest, Script::Simplified, false).len() <= han
}

#[cfg(test)]
mod tests {
    use super::super::super::edit::apply;
    use super::super::edits;
    use super::*;

    fn repair(text: &str) -> String {
        apply(text, &edits(text)).unwrap_or_default()
    }

    /// ASCII letters as such a font gives them.
    fn shifted(text: &str) -> String {
        text.chars()
            .map(|c| {
                let code = u8::try_from(c).ok().filter(u8::is_ascii_alphabetic);
                code.and_then(|code| gbk::decode(ROW, code | 0x80)).unwrap_or(c)
            })
            .collect()
    }

    #[test]
    fn all_letters_have_a_place_in_the_row() {
        for code in (b'A'..=b'Z').chain(b'a'..=b'z') {
            let c = gbk::decode(ROW, code | 0x80);
            assert_eq!(c.and_then(letter), Some(char::from(code)));
        }
        assert_eq!(
            (shifted("The"), shifted("ABC"), shifted("n")),
            ("犜犺犲".into(), "犃犅犆".into(), "狀".into())
        );
    }

    #[test]
    fn letters_come_back() {
        for text in [
            "The effect of policy on growth",
            "差异显著（p＜０．０５，n＝３２）",
            "GDP与CPI的关系，t检验，x轴",
            "土壤pH和PM２．５",
            "ISSN １０００－１２３４",
            "以n个样本计算R，得p＝０．０３",
        ] {
            assert_eq!(repair(&shifted(text)), text);
        }
    }

    #[test]
    fn real_characters_stay() {
        for text in [
            "牛犇、李犇和犇犇公司",
            "猛犸、犰狳、犹豫、狼狈、狐狸、狡猾、狩猎、物特牧牢",
            "狀態與形狀，牛犢、犛牛，卓犖不羣，初生之犢",
            "旧称犵、狑、狇、狆诸族，㺢㹢狓生于林中",
            "榛榛狉狉",
        ] {
            assert_eq!(repair(text), text);
        }
        // The letters of a traditional text: 狀 of its own stays.
        assert_eq!(
            repair("這個狀態以犜犲狊狋檢驗，狆＜０．０５"),
            "這個狀態以Test檢驗，p＜０．０５"
        );
    }
}
