//! Words around a number that say which side of it is meant.

use super::Direction;
use super::digits::is_numeral;

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

/// Before a number, the longer words first. The last column holds characters that make another word with the first one
/// (节约, 最近), so that it is no hedge.
const BEFORE: [(&str, Direction, &str); 50] = [
    ("不得超过", Direction::AtMost, ""),
    ("不得高于", Direction::AtMost, ""),
    ("不得多于", Direction::AtMost, ""),
    ("不得大于", Direction::AtMost, ""),
    ("不得少于", Direction::AtLeast, ""),
    ("不得低于", Direction::AtLeast, ""),
    ("不得小于", Direction::AtLeast, ""),
    ("不应超过", Direction::AtMost, ""),
    ("不应少于", Direction::AtLeast, ""),
    ("不应低于", Direction::AtLeast, ""),
    ("最长不超过", Direction::AtMost, ""),
    ("最多不超过", Direction::AtMost, ""),
    ("最高不超过", Direction::AtMost, ""),
    ("不超过", Direction::AtMost, ""),
    ("不高于", Direction::AtMost, ""),
    ("不多于", Direction::AtMost, ""),
    ("不大于", Direction::AtMost, ""),
    ("不少于", Direction::AtLeast, ""),
    ("不低于", Direction::AtLeast, ""),
    ("不小于", Direction::AtLeast, ""),
    ("不下于", Direction::AtLeast, ""),
    ("至少", Direction::AtLeast, ""),
    ("最少", Direction::AtLeast, ""),
    ("起码", Direction::AtLeast, ""),
    ("至多", Direction::AtMost, ""),
    ("最多", Direction::AtMost, ""),
    ("最高", Direction::AtMost, ""),
    ("最低", Direction::AtLeast, ""),
    ("超过", Direction::Above, "不"),
    ("多于", Direction::Above, "不"),
    ("高于", Direction::Above, "不"),
    ("大于", Direction::Above, "不"),
    ("少于", Direction::Below, "不"),
    ("低于", Direction::Below, "不"),
    ("小于", Direction::Below, "不"),
    ("接近", Direction::Below, ""),
    ("将近", Direction::Below, ""),
    ("不到", Direction::Below, ""),
    ("不足", Direction::Below, ""),
    ("不满", Direction::Below, ""),
    ("未满", Direction::Below, ""),
    ("大约", Direction::About, ""),
    ("约为", Direction::About, ""),
    ("大概", Direction::About, ""),
    ("超", Direction::Above, "高赶反"),
    ("逾", Direction::Above, ""),
    ("近", Direction::Below, "最附临邻靠远亲就新晋"),
    ("约", Direction::About, "节集条签合公履制预契违相邀盟"),
    ("上", Direction::AtLeast, "以晚早网线加马掌楼会之"),
    ("满", Direction::AtLeast, "届期圆不未充布挤坐"),
];

/// After a number or its unit, the longer words first.
const AFTER: [(&str, Direction); 13] = [
    ("及以上", Direction::AtLeast),
    ("及其以上", Direction::AtLeast),
    ("及以下", Direction::AtMost),
    ("或以上", Direction::AtLeast),
    ("以上", Direction::AtLeast),
    ("以下", Direction::AtMost),
    ("以内", Direction::AtMost),
    ("之内", Direction::AtMost),
    ("左右", Direction::About),
    ("上下", Direction::About),
    ("有余", Direction::Above),
    ("余", Direction::Above),
    ("多", Direction::Above),
];

/// The hedge that ends right before the character `at`.
pub fn prefix(chars: &[char], at: usize) -> Option<Hedge> {
    BEFORE.iter().find_map(|&(word, direction, glued)| {
        let start = at.checked_sub(word.chars().count())?;
        if !chars.get(start..at)?.iter().copied().eq(word.chars()) {
            return None;
        }
        let before = start.checked_sub(1).and_then(|i| chars.get(i)).copied();
        if before.is_some_and(|c| glued.contains(c)) {
            return None;
        }
        // 上百, 上千, 上万 only; 满 is a hedge of ages and terms, which stand in Chinese or Arabic numerals alike.
        if word == "上" && !matches!(chars.get(at), Some('百' | '千' | '万' | '亿')) {
            return None;
        }
        Some(Hedge {
            start,
            end: at,
            word: word.to_owned(),
            direction,
        })
    })
}

/// The hedge that begins at the character `at`.
pub fn suffix(chars: &[char], at: usize) -> Option<Hedge> {
    AFTER.iter().find_map(|&(word, direction)| {
        let end = at + word.chars().count();
        if !chars.get(at..end)?.iter().copied().eq(word.chars()) {
            return None;
        }
        // 多 and 余 before what makes another word of them, or before a further numeral.
        let next = chars.get(end).copied();
        let glued = match word {
            "多" => {
                next.is_some_and(|c| "样元少种数方点次边层级维党式功媒渠能联学".contains(c) || is_numeral(c))
            }
            "余" => next.is_some_and(|c| "额下地热量杭姚江粮".contains(c)),
            "上下" => next.is_some_and(|c| "联贯同一齐".contains(c)),
            _ => false,
        };
        (!glued).then(|| Hedge {
            start: at,
            end,
            word: word.to_owned(),
            direction,
        })
    })
}
