//! Blanks inside words: lines whose characters were set apart, names that were padded to one width, stray blanks of PDF
//! text.
//!
//! A blank between two Han characters may as well part two words, two cells, two names or two slogans. It goes only where the
//! dictionary says that a word lies across it, and never for one word alone:
//!
//! * **Set apart** (`政 府 工 作 报 告`): at least [`letters`](mod@letters)' least number of single characters in a row, at equal
//!   distances, which make several words of two characters and more. `春 夏 秋 冬`, `大 中 小 微` and `男 女` make none or one
//!   and stay, unless the text has the same characters without blanks. A wider gap between them parts words and stays.
//! * **Padded** (`李小红　张　伟`): a surname and one character in a list whose other items are names.
//! * **Stray** (`农村生 活用水`): a blank cuts a piece off a word. The document as a whole decides whether blanks do that in it.

mod gaps;
mod letters;
mod names;
mod stray;

use super::edit::{Edit, EditKind};
use gaps::Gap;

/// Edits (kind [`EditKind::SpacedWords`]) that take blanks out of words. `certain` is `false` for blanks that go because the
/// document has stray ones.
pub fn edits(text: &str) -> Vec<Edit> {
    let gaps = gaps::find(text);
    if gaps.is_empty() {
        return Vec::new();
    }
    let mut settled: Vec<Option<bool>> = vec![None; gaps.len()];
    letters::settle(text, &gaps, &mut settled);
    names::settle(text, &gaps, &mut settled);
    let stray = stray::find(text, &gaps, &settled);
    let mut edits: Vec<Edit> = Vec::new();
    for (at, gap) in gaps.iter().enumerate() {
        let stray = stray.binary_search(&at).is_ok();
        if settled[at] == Some(true) || stray {
            let mut edit = Edit::delete(gap.start, gap.end, EditKind::SpacedWords);
            edit.certain = !stray;
            edits.push(edit);
        }
    }
    edits
}

#[cfg(test)]
mod tests;
