//! Numbers as Chinese texts write them: Arabic, Chinese, mixed, vague, as ranges and as shares.
//!
//! [`scan`] reads the longest numeral that begins at a place; [`parse`] reads a whole string together with the words that
//! hedge it (近500, 三十几万, 一百以上, 不超过5%); [`render`] writes an integer in Chinese numerals.
//!
//! What is read: `1,234.5`, full-width digits, `1.2亿`, `2600多万`, 两千, 一百五 (150), 三万六 (36 000), 二〇二三, 壹贰叁, 廿 and 卅;
//! 十几, 几十, 数百, 十来, 十余, 三千多; 两三, 三五, 七八十 (ranges); 百分之九十八, 千分之三, 三分之二, 1/4, 12.5%, 5‰, 一半;
//! 5—10, 5至10, 5%~8%, 1到2亿, 20±5. [`parse`] reads signs (-5, 负三, 零下20, ±5) and blanks inside, too (`1 200`, `4.6 亿`, `8.5 %`).
//!
//! Bounds: an exact number has both bounds at its value. 余, 多 and 几 raise the upper bound by one unit of the last place that is not
//! zero (2600多万: 2 600万 to 2 700万, 十几: 10 to 20), of the last decimal that is written (1.2万多: 12 000 to 13 000). 几十 and 数十 run from
//! two to ten tens. The value of a hedged number is the number
//! that is written, the value of a range its middle; `lower <= value <= upper` wherever a bound is there.
//! Integers are exact to 2⁵³.

mod bounds;
mod compose;
mod hedge;
mod numeral;
mod sign;

pub use compose::{render, scan};
pub use hedge::{Hedge, prefix, suffix};
pub(crate) use numeral::LONGEST;
pub use sign::{Sign, sign};

use crate::text::han::{chinese_digit, is_digit, is_numeral, is_space};

/// A product without the noise of its binary digits: 5.1 × 100 is 510. Fifteen decimal digits are kept; products of whole numbers are
/// exact to 2⁵³.
pub fn times(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    if value.fract() == 0.0 && factor.fract() == 0.0 || !product.is_finite() {
        return product;
    }
    format!("{product:.14e}").parse().unwrap_or(product)
}

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
    /// Puts a sign in front that begins at `start`: 零下20余 is −20 and below; ±5 runs from −5 to 5.
    pub fn signed(&mut self, sign: Sign, start: usize) {
        self.start = start;
        match sign {
            Sign::Plus => {}
            Sign::Minus => {
                self.value = -self.value;
                (self.lower, self.upper) = (self.upper.map(|v| -v), self.lower.map(|v| -v));
                self.direction = match self.direction {
                    Direction::Above => Direction::Below,
                    Direction::Below => Direction::Above,
                    Direction::AtLeast => Direction::AtMost,
                    Direction::AtMost => Direction::AtLeast,
                    same => same,
                };
            }
            Sign::Both => {
                let most = self.upper.unwrap_or(self.value);
                (self.value, self.lower, self.upper) = (0.0, Some(-most), Some(most));
                self.direction = Direction::Range;
            }
        }
    }

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

/// The number that a string consists of, with its hedges: `parse("近500")`, `parse("三千以上")`, `parse("-5.2%")`.
///
/// `None` if the string is anything else, or holds anything else (white space at its ends, and around its parts, apart).
pub fn parse(text: &str) -> Option<Number> {
    let chars: Vec<char> = text.trim().chars().collect();
    let (chars, places) = without_blanks(chars)?;
    let front = |at: usize| at == 0 || prefix(&chars, at).is_some_and(|hedge| hedge.start == 0);
    let (lead, signed) = (0..chars.len()).find_map(|at| {
        // The 零 of 零下 is a sign.
        if chars.get(at..at + 2) == Some(&['零', '下']) {
            return None;
        }
        scan(&chars, at)?;
        match sign(&chars, at).filter(|&(_, start)| front(start)) {
            Some(found) => Some((at, Some(found))),
            None => front(at).then_some((at, None)),
        }
    })?;
    let mut number = scan(&chars, lead)?;
    if chars.get(number.end) == Some(&'成') && number.chinese && number.scale == Scale::One {
        number.scale = Scale::Tenth;
        number.end += 1;
        number.tenths_behind(&chars);
    }
    if let Some((sign, start)) = signed {
        number.signed(sign, start);
    }
    if number.start > 0 {
        let hedge = prefix(&chars, number.start)?;
        number.hedge(&hedge.word, hedge.direction, true);
        number.start = 0;
    }
    if let Some(hedge) = suffix(&chars, number.end) {
        number.hedge(&hedge.word, hedge.direction, false);
        number.end = hedge.end;
    }
    if number.end != chars.len() {
        return None;
    }
    number.end = places.last().map_or(number.end, |last| last + 1);
    Some(number)
}

/// The characters of a number without the blanks between its parts, and where each stood; `None` where a blank parts two numbers: between
/// digits it may stand before each group of three only.
fn without_blanks(chars: Vec<char>) -> Option<(Vec<char>, Vec<usize>)> {
    if !chars.iter().copied().any(is_space) {
        let places = (0..chars.len()).collect();
        return Some((chars, places));
    }
    let (mut kept, mut places) = (Vec::new(), Vec::new());
    for (at, &c) in chars.iter().enumerate() {
        if !is_space(c) {
            kept.push(c);
            places.push(at);
            continue;
        }
        let digit = |i: usize| chars.get(i).copied().is_some_and(is_digit);
        let parted = at > 0 && digit(at - 1) && digit(at + 1);
        if parted && !is_group(&chars, at + 1) {
            return None;
        }
    }
    Some((kept, places))
}

/// Whether three digits and no fourth stand at a place.
pub(super) fn is_group(chars: &[char], at: usize) -> bool {
    let digit = |i: usize| chars.get(i).copied().is_some_and(is_digit);
    (at..at + 3).all(digit) && !digit(at + 3)
}
