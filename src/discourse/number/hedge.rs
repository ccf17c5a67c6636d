//! Words around a number that say which side of it is meant.

use super::Direction;
use crate::list;
use crate::text::han::is_numeral;

/// A hedging word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hedge {
    /// First character.
    pub start: usize,
    /// Character after the last one.
    pub end: usize,
    /// The word.
    pub word: String,
    /// What it says.
    pub direction: Direction,
}

/// What a list says of a word.
fn direction(word: &str) -> Option<Direction> {
    Some(match word {
        "above" => Direction::Above,
        "at_least" => Direction::AtLeast,
        "below" => Direction::Below,
        "at_most" => Direction::AtMost,
        "about" => Direction::About,
        _ => return None,
    })
}

/// The hedge that ends right before the character `at`, the longest.
pub fn prefix(chars: &[char], at: usize) -> Option<Hedge> {
    list!("number/before").all_before(chars, at).find_map(|entry| {
        let start = at - entry.len();
        let before = start.checked_sub(1).and_then(|i| chars.get(i)).copied();
        if before.is_some_and(|c| entry.field(2).contains(c)) {
            return None;
        }
        // 上百, 上千, 上万 only; 满 is a hedge of ages and terms, which stand in Chinese or Arabic numerals alike.
        if entry.word == "上" && !matches!(chars.get(at), Some('百' | '千' | '万' | '亿')) {
            return None;
        }
        Some(Hedge {
            start,
            end: at,
            word: entry.word.to_owned(),
            direction: direction(entry.field(1))?,
        })
    })
}

/// The hedge that begins at the character `at`, the longest.
pub fn suffix(chars: &[char], at: usize) -> Option<Hedge> {
    list!("number/behind").all_at(chars, at).find_map(|entry| {
        let end = at + entry.len();
        // 多 and 余 before what makes another word of them, or before a further numeral.
        let next = chars.get(end).copied();
        // 20多元, 300多种: right behind a numeral 多 goes with it, behind a unit 多元 and 多种 are words.
        let numeral = at
            .checked_sub(1)
            .and_then(|i| chars.get(i))
            .copied()
            .is_some_and(is_numeral);
        let glued = match entry.word {
            "多" if numeral => {
                next.is_some_and(|c| "样少数维党式功媒渠能联学".contains(c) || is_numeral(c))
                    || next == Some('元') && chars.get(end + 1).is_some_and(|c| "化素文".contains(*c))
            }
            "多" => {
                next.is_some_and(|c| "样元少种数方点次边层级维党式功媒渠能联学".contains(c) || is_numeral(c))
            }
            "余" => next.is_some_and(|c| "额下地热量杭姚江粮".contains(c)),
            "上下" => next.is_some_and(|c| "联贯同一齐".contains(c)),
            _ => false,
        };
        if glued {
            return None;
        }
        Some(Hedge {
            start: at,
            end,
            word: entry.word.to_owned(),
            direction: direction(entry.field(1))?,
        })
    })
}
