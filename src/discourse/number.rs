//! Numbers as Chinese texts write them: Arabic, Chinese, mixed, vague, as ranges and as shares.
//!
//! [`scan`] reads the longest numeral that begins at a place; [`parse`] reads a whole string together with the words that
//! hedge it (近500, 三十几万, 一百以上, 不超过5%); [`render`] writes an integer in Chinese numerals.
//!
//! What is read: `1,234.5`, full-width digits, `1.2亿`, `2600多万`, 两千, 一百五 (150), 三万六 (36 000), 二〇二三, 壹贰叁, 廿 and 卅;
//! 十几, 几十, 数百, 十来, 十余, 三千多; 两三, 三五, 七八十 (ranges); 百分之九十八, 千分之三, 三分之二, 1/4, 12.5%, 5‰, 一半;
//! 5—10, 5至10, 5%~8%, 1到2亿.
//!
//! Bounds: an exact number has both bounds at its value. 余, 多 and 几 raise the upper bound by one unit of the last place that is not
//! zero (2600多万: 2 600万 to 2 700万, 十几: 10 to 20). 几十 and 数十 run from two to ten tens. The value of a hedged number is the number
//! that is written, the value of a range its middle; `lower <= value <= upper` wherever a bound is there.
//! Integers are exact to 2⁵³.

mod compose;
mod hedge;
mod numeral;

pub use compose::{render, scan};
pub use hedge::{Hedge, prefix, suffix};

use crate::text::han::{chinese_digit, is_numeral};

crate::words! {
    /// Which side of the written number the truth lies on.
    pub enum Direction as "direction" {
        /// The number itself.
        Exact = "exact",
        /// More than the number: 余, 多, 超过, 逾.
        Above = "above",
        /// The number or more: 以上, 至少, 不少于 (以上 includes the number: Civil Code, art. 1259).
        AtLeast = "at_least",
        /// Less than the number: 近, 不到, 不足.
        Below = "below",
        /// The number or less: 以下, 以内, 不超过, 最多 (art. 1259 again).
        AtMost = "at_most",
        /// Near the number: 约, 左右.
        About = "about",
        /// Between two numbers.
        Range = "range",
    }
}

/// What one unit of the value is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Itself.
    One,
    /// A tenth: 三成, 八成五. Only [`parse`] reads it; in a text 成 is a unit like others.
    Tenth,
    /// A hundredth: 5%, 百分之五.
    Percent,
    /// A thousandth: 5‰, 千分之五.
    PerMille,
    /// The value is a share already: 三分之二, 1/4, 一半.
    Ratio,
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// First character.
    pub start: usize,
    /// Character after the last one.
    pub end: usize,
    /// What is written.
    pub value: f64,
    /// Greatest lower bound that the words give.
    pub lower: Option<f64>,
    /// Least upper bound that the words give.
    pub upper: Option<f64>,
    /// Which side of `value` is meant.
    pub direction: Direction,
    /// The words that hedge, in the order of the text; empty if there are none.
    pub approximation: String,
    /// What one unit is worth.
    pub scale: Scale,
    /// No Arabic digit in it.
    pub chinese: bool,
}

impl Number {
    /// Applies the direction of a word such as 近 or 以上.
    ///
    /// The outer word decides the direction unless it is an inner hedge that it only repeats (近10余: below; 10余以上: at least).
    pub fn hedge(&mut self, word: &str, direction: Direction, before: bool) {
        if before {
            self.approximation.insert_str(0, word);
        } else {
            self.approximation.push_str(word);
        }
        if self.direction == Direction::Range {
            return;
        }
        // 至少…以上 and the like say one thing twice; the first (and stricter) word stays.
        if self.direction != Direction::Exact && self.direction != Direction::Above && !before {
            return;
        }
        self.direction = direction;
        (self.lower, self.upper) = match direction {
            Direction::Exact | Direction::Range => (self.lower, self.upper),
            Direction::Above | Direction::AtLeast => (Some(self.value), None),
            Direction::Below | Direction::AtMost => (None, Some(self.value)),
            Direction::About => (None, None),
        };
    }
}

impl Number {
    /// Takes the digit of 八成五, which stands behind the 成: a tenth of a tenth. The number ends behind the 成; where such a
    /// digit stands there, and no further numeral, it is added.
    pub(super) fn tenths_behind(&mut self, chars: &[char]) {
        let alone = !chars.get(self.end + 1).copied().is_some_and(is_numeral);
        if let Some(digit) = chars.get(self.end).copied().and_then(chinese_digit)
            && alone
            && digit > 0
            && self.direction == Direction::Exact
        {
            self.value += f64::from(digit) / 10.0;
            (self.lower, self.upper) = (Some(self.value), Some(self.value));
            self.end += 1;
        }
    }
}

/// The number that a string consists of, with its hedges: `parse("近500")`, `parse("三千以上")`.
///
/// `None` if the string is anything else, or holds anything else (white space at its ends apart).
pub fn parse(text: &str) -> Option<Number> {
    let chars: Vec<char> = text.trim().chars().collect();
    let lead = (0..chars.len()).find(|&at| {
        (at == 0 || prefix(&chars, at).is_some_and(|hedge| hedge.start == 0)) && scan(&chars, at).is_some()
    })?;
    let mut number = scan(&chars, lead)?;
    if lead > 0 {
        let hedge = prefix(&chars, lead)?;
        number.hedge(&hedge.word, hedge.direction, true);
        number.start = 0;
    }
    if chars.get(number.end) == Some(&'成') && number.chinese && number.scale == Scale::One {
        number.scale = Scale::Tenth;
        number.end += 1;
        number.tenths_behind(&chars);
    }
    if let Some(hedge) = suffix(&chars, number.end) {
        number.hedge(&hedge.word, hedge.direction, false);
        number.end = hedge.end;
    }
    (number.end == chars.len()).then_some(number)
}
