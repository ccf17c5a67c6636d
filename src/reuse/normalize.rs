//! Text as it is compared: what does not count as a difference is folded or left out, and every character knows its place.

use crate::text::han::{half_width, in_first_block, is_blank};

/// What two passages may differ in and still be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folding {
    /// Leave out everything that is neither letter nor digit: copyists and scrapers change punctuation first.
    pub ignore_punctuation: bool,
}

impl Default for Folding {
    fn default() -> Self {
        Self {
            ignore_punctuation: true,
        }
    }
}

/// A text as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The characters that are left, folded.
    pub chars: Vec<char>,
    /// For each, its place in the text, in characters; ascending.
    pub at: Vec<u32>,
}

impl Folded {
    /// Folds a text: white space, format and control characters go, full-width forms become ASCII, letters become lower case, all
    /// quotation marks become one (`‘’` is read as `“”`), and punctuation goes where [`Folding::ignore_punctuation`] says so.
    pub fn new(text: &str, folding: Folding) -> Self {
        let mut folded = Self {
            chars: Vec::with_capacity(text.len() / 3),
            at: Vec::with_capacity(text.len() / 3),
        };
        for (place, c) in (0u32..).zip(text.chars()) {
            if let Some(c) = fold(c, folding) {
                folded.chars.push(c);
                folded.at.push(place);
            }
        }
        folded
    }

    /// Number of characters that are compared.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The stretch of the text, in characters, from the first to the last of the given folded characters; what was left out
    /// between them is inside, what was left out around them is not.
    pub fn span(&self, start: usize, end: usize) -> (u32, u32) {
        let first = self.at.get(start).copied().unwrap_or(0);
        match end.checked_sub(1).filter(|&last| last >= start) {
            Some(last) => (first, self.at.get(last).map_or(first, |&place| place + 1)),
            None => (first, first),
        }
    }
}

/// One character as it is compared, or nothing.
pub fn fold(c: char, folding: Folding) -> Option<char> {
    // Han first: most of the text.
    if in_first_block(c) {
        return Some(c);
    }
    let c = match half_width(c) {
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '\'' => '"',
        '﹐' => ',',
        c => c,
    };
    if is_blank(c) {
        return None;
    }
    if folding.ignore_punctuation && !c.is_alphanumeric() {
        return None;
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => Some(one),
        // Letters whose lower case is two characters stay.
        _ => Some(c),
    }
}

/// A 64-bit hash of one n-gram that depends on its characters only (not on the process, the machine or a seed).
pub fn hash(gram: &[char]) -> u64 {
    let mut state = 0xCBF2_9CE4_8422_2325_u64 ^ gram.len() as u64;
    for &c in gram {
        state = (state ^ u64::from(u32::from(c))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        state ^= state >> 29;
    }
    mix(state)
}

/// The finaliser of splitmix64 (Steele, Lea & Flood 2014): each bit of the input moves each bit of the output.
pub fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_places() {
        let folded = Folded::new("一、 “ＡＢ”‘c’。", Folding::default());
        assert_eq!(folded.chars, ['一', 'a', 'b', 'c']);
        assert_eq!(folded.at, [0, 4, 5, 8]);
        assert_eq!(folded.span(1, 4), (4, 9));
        assert_eq!(folded.span(1, 1), (4, 4));
        let kept = Folded::new(
            "一、 “ＡＢ”‘c’。",
            Folding {
                ignore_punctuation: false,
            },
        );
        assert_eq!(kept.chars.iter().collect::<String>(), "一、\"ab\"\"c\"。");
        assert!(Folded::new(" \u{200B}。", Folding::default()).is_empty());
        assert_eq!(Folded::new("", Folding::default()).span(0, 0), (0, 0));
    }
}
