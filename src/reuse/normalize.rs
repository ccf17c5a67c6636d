//! Text as it is compared: what does not count as a difference is folded or left out, and every character knows its place.

use super::marks::{Neighbour, Role, is_sign, one_form, role};
use crate::text::han::{half_width, in_first_block, is_blank, is_chinese_digit};

/// What two passages may differ in and still be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folding {
    /// Leave out punctuation: copyists and scrapers change it first. What tells figures and negations apart stays, see [`Folded::new`].
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

/// Between two figures, or beside a negation, where marks stood that are left out.
const GAP: char = ' ';

/// A run of Latin letters behind a figure is a unit up to this length, and keeps its case: MW is not mW.
const UNIT: usize = 4;

impl Folded {
    /// Folds a text: white space, format and control characters go, full-width forms become ASCII, letters become lower case, all
    /// quotation marks become one (`‘’` is read as `“”`), and punctuation goes where [`Folding::ignore_punctuation`] says so.
    ///
    /// Two texts that say other figures are never folded into one:
    ///
    /// * Marks of a figure stay, each in one form: decimal points, signs, ranges, ratios, fractions, comparisons, percent and degrees,
    ///   currencies, arrows, ticked boxes. A comma between groups of three digits goes, if it has the width of the digits.
    /// * What separates two figures is a blank, whatever it was: `1、2`, `1，2` and `1 2`. White space alone separates Arabic digits only.
    /// * Marks beside a character that negates are a blank, too: `不，可以` is not `不可以`.
    /// * Up to four Latin letters behind a figure are a unit and keep their case. `○` among Chinese digits is `〇`.
    pub fn new(text: &str, folding: Folding) -> Self {
        let mut folder = Folder::new(folding, text.len() / 3);
        for (place, c) in (0u32..).zip(text.chars()) {
            folder.push(c, place);
        }
        folder.finish()
    }

    /// Number of characters that are compared.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Whether there is a letter or digit. A text without is nobody's copy.
    pub fn has_letters(&self) -> bool {
        self.chars.iter().any(|c| c.is_alphanumeric())
    }

    /// The stretch of the text, in characters, from the first to the last of the given folded characters; what was left out
    /// between them is inside, what was left out around them is not, nor are marks around them that only separate.
    pub fn span(&self, start: usize, end: usize) -> (u32, u32) {
        let end = end.min(self.len());
        let inside = self.chars.get(start..end).unwrap_or_default();
        let (from, to) = match inside.iter().position(|&c| c != GAP) {
            Some(skipped) => {
                let behind = inside.iter().rev().take_while(|&&c| c == GAP).count();
                (start + skipped, end - behind)
            }
            None => (start, end),
        };
        let first = self.at.get(from).copied().unwrap_or(0);
        match to.checked_sub(1).filter(|&last| last >= from) {
            Some(last) => (first, self.at.get(last).map_or(first, |&place| place + 1)),
            None => (first, first),
        }
    }

    #[inline]
    fn push(&mut self, c: char, place: u32) {
        self.chars.push(c);
        self.at.push(place);
    }
}

/// Folds a text character by character. Marks wait for what follows them, since that decides what they say.
#[derive(Debug)]
pub struct Folder {
    folding: Folding,
    folded: Folded,
    /// Marks since the last letter or digit, and where they stand; white space is one blank.
    marks: Vec<(char, u32)>,
    /// Whether a letter has to look at what came before it.
    open: bool,
    /// Where the digits begin that the text ends with, and commas among them.
    digits: (usize, usize),
    /// Whether the last digit was of full width.
    wide: bool,
    /// Where a run of letters behind a figure begins.
    unit: Option<usize>,
}

impl Folder {
    /// A folder for a text of about so many characters.
    pub fn new(folding: Folding, capacity: usize) -> Self {
        Self {
            folding,
            folded: Folded {
                chars: Vec::with_capacity(capacity),
                at: Vec::with_capacity(capacity),
            },
            marks: Vec::new(),
            open: false,
            digits: (0, 0),
            wide: false,
            unit: None,
        }
    }

    /// Takes the next character and its place.
    #[inline]
    pub fn push(&mut self, c: char, place: u32) {
        // Han first: most of the text.
        if in_first_block(c) && !self.open {
            self.folded.push(c, place);
        } else {
            self.look(c, place);
        }
    }

    /// Takes a character that is no Han character, or follows one that is none.
    fn look(&mut self, c: char, place: u32) {
        if in_first_block(c) {
            self.settle(Some(c));
            self.folded.push(c, place);
            return;
        }
        let half = half_width(c);
        if half.is_ascii_digit() {
            self.digit(half, place, c != half);
        } else if half.is_alphanumeric() {
            self.letter(half, place);
        } else if c.is_whitespace() {
            if self.marks.last().is_none_or(|m| m.0 != GAP) {
                self.mark(GAP, place);
            }
        } else if !is_blank(c) {
            self.symbol(c, half, place);
        }
    }

    /// The text, folded.
    pub fn finish(mut self) -> Folded {
        self.settle(None);
        self.folded
    }

    fn digit(&mut self, digit: char, place: u32, wide: bool) {
        if !self.marks.is_empty() || self.unit.is_some() {
            self.settle(Some(digit));
        }
        let goes_on = match self.folded.chars.last() {
            Some(last) => last.is_ascii_digit() || (*last == ',' && self.digits.1 > 0),
            None => false,
        };
        if !goes_on {
            self.digits = (self.folded.len(), 0);
        }
        self.open = self.digits.1 > 0;
        self.wide = wide;
        self.folded.push(digit, place);
    }

    fn letter(&mut self, letter: char, place: u32) {
        let latin = letter.is_ascii_alphabetic();
        let tight = self.marks.iter().all(|m| m.0 == GAP);
        if latin && self.unit.is_some() && self.marks.is_empty() {
            self.folded.push(letter, place);
            return;
        }
        let behind_digit = self.folded.chars.last().is_some_and(char::is_ascii_digit);
        if self.open {
            self.settle(Some(letter));
        }
        if latin && tight && behind_digit {
            self.unit = Some(self.folded.len());
            self.open = true;
            self.folded.push(letter, place);
            return;
        }
        self.folded.push(lower(letter), place);
    }

    fn symbol(&mut self, c: char, half: char, place: u32) {
        let last = self
            .folded
            .chars
            .last()
            .copied()
            .filter(|_| self.marks.is_empty());
        if c == '○' && last.is_some_and(is_chinese_digit) {
            self.folded.push('〇', place);
            return;
        }
        let quote = matches!(half, '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '\'');
        // The comma of full width closes a clause, but groups digits of full width.
        let stop = c == '，' && !self.wide;
        match half {
            _ if quote => self.mark('"', place),
            ',' if stop && self.folding.ignore_punctuation => self.mark('，', place),
            half => self.mark(half, place),
        }
    }

    fn mark(&mut self, mark: char, place: u32) {
        self.marks.push((mark, place));
        self.open = true;
    }

    /// Decides what of the marks since the last letter or digit stays, now that the next one is known.
    fn settle(&mut self, next: Option<char>) {
        self.open = false;
        if let Some(from) = self.unit.take()
            && self.folded.len() - from > UNIT
        {
            for c in &mut self.folded.chars[from..] {
                c.make_ascii_lowercase();
            }
        }
        let marks = std::mem::take(&mut self.marks);
        let last = self.folded.chars.last().copied();
        let digits = last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
        if let ([(',' | '﹐', place)], true, true) =
            (marks.as_slice(), digits, self.folding.ignore_punctuation)
        {
            self.digits.1 += 1;
            self.folded.push(',', *place);
        } else {
            self.close_number();
            let left = last.map_or(Neighbour::Nothing, Neighbour::of);
            let right = next.map_or(Neighbour::Nothing, Neighbour::of);
            if let [(GAP, place)] = marks.as_slice() {
                if left == Neighbour::Arabic && right == Neighbour::Arabic {
                    self.folded.push(GAP, *place);
                }
            } else if !marks.is_empty() {
                self.keep(&marks, left, right);
            }
        }
        self.marks = marks;
        self.marks.clear();
    }

    /// Commas between groups of three digits go, other commas separate figures.
    fn close_number(&mut self) {
        let (from, commas) = std::mem::take(&mut self.digits);
        if commas == 0 {
            return;
        }
        let number = &self.folded.chars[from..];
        let mut groups = number.split(|&c| c == ',');
        let grouped = groups
            .next()
            .is_some_and(|first| matches!(first.len(), 1..=3) && first[0] != '0')
            && groups.all(|group| group.len() == 3)
            && (from == 0 || self.folded.chars[from - 1] != '.');
        let mut kept = from;
        for i in from..self.folded.len() {
            let c = match self.folded.chars[i] {
                ',' if grouped => continue,
                ',' => GAP,
                c => c,
            };
            self.folded.chars[kept] = c;
            self.folded.at[kept] = self.folded.at[i];
            kept += 1;
        }
        self.folded.chars.truncate(kept);
        self.folded.at.truncate(kept);
    }

    /// What of a run of marks stays between two neighbours.
    fn keep(&mut self, marks: &[(char, u32)], left: Neighbour, right: Neighbour) {
        let all = !self.folding.ignore_punctuation;
        let between = left.is_figure() && right.is_figure();
        let negated = left == Neighbour::Negation || right == Neighbour::Negation;
        let forms = |m: &(char, u32)| one_form(m.0);
        let belongs =
            |m: &(char, u32)| !matches!(role(forms(m)), Role::Separator | Role::Point | Role::Comma);
        // How far the marks beside a figure belong to it.
        let reach = |figure: bool, count: usize| if figure { count } else { 0 };
        let from_left = reach(left.is_figure(), marks.iter().take_while(|m| belongs(m)).count());
        let from_right = reach(
            right.is_figure(),
            marks.iter().rev().take_while(|m| belongs(m)).count(),
        );
        let n = marks.len();
        for (i, mark) in marks.iter().enumerate() {
            let (c, place) = (forms(mark), mark.1);
            let double = c == '—' && (i > 0 && forms(&marks[i - 1]) == '—');
            let dash = double || (c == '—' && marks.get(i + 1).is_some_and(|m| forms(m) == '—'));
            let stays = match role(c) {
                Role::Blank => {
                    let opens = i + 2 == n && is_sign(forms(&marks[n - 1]));
                    // Where the point stays: 1. 2 is not 1.2.
                    let point = |m: Option<&(char, u32)>| {
                        m.is_some_and(|m| matches!(role(forms(m)), Role::Point | Role::Comma))
                    };
                    let apart = all && (point(marks.get(i + 1)) || i > 0 && point(marks.get(i - 1)));
                    if (opens || apart) && left == Neighbour::Arabic && right == Neighbour::Arabic {
                        self.gap(place, right);
                    }
                    continue;
                }
                _ if all => true,
                Role::Always => true,
                // A Chinese dash is a range between figures, and punctuation elsewhere.
                Role::Beside if dash => between && !double,
                Role::Beside => {
                    let grade = c == '-' && i == 0 && left == Neighbour::Latin && right != Neighbour::Latin;
                    i < from_left || i >= n - from_right || grade
                }
                Role::Between => between && (c != '·' || n == 1),
                Role::Point => {
                    // As in 1.5 and in .5, not as in No.5 and in ...5
                    let leads = match i.checked_sub(1) {
                        Some(before) => forms(&marks[before]) != '.',
                        None => left != Neighbour::Latin,
                    };
                    right == Neighbour::Arabic && i + 1 == n && leads
                }
                Role::Comma | Role::Separator => false,
            };
            if stays {
                let c = match c {
                    '—' if !all => '-',
                    _ if all => plain(mark.0),
                    c => c,
                };
                self.folded.push(c, place);
            } else if (between || negated) && !double {
                self.gap(place, right);
            }
        }
    }

    /// A blank, unless there is one or the text begins or ends here.
    fn gap(&mut self, place: u32, right: Neighbour) {
        if right != Neighbour::Nothing && self.folded.chars.last().is_some_and(|&c| c != GAP) {
            self.folded.push(GAP, place);
        }
    }
}

/// A mark where punctuation counts: only the minus signs are one.
fn plain(c: char) -> char {
    match c {
        '−' | '﹣' => '-',
        '﹐' => ',',
        c => c,
    }
}

/// Lower case; letters whose lower case is two characters stay.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
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

    fn fold(text: &str) -> String {
        Folded::new(text, Folding::default()).chars.into_iter().collect()
    }

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

    /// Every two of a group say other things.
    #[test]
    fn figures_are_never_folded() {
        for group in [
            &["增长1.05%", "增长10.5%", "增长105%", "增长1.05", "增长1.05‰"][..],
            &[
                "气温-10度",
                "气温10度",
                "气温±10度",
                "气温+10度",
                "气温>10度",
                "气温≥10度",
                "气温~10度",
            ],
            &[
                "投入1.5亿元",
                "投入15亿元",
                "投入1、5亿元",
                "投入1:5亿元",
                "投入1-5亿元",
                "投入￥1.5亿元",
            ],
            &[
                "5—6月", "56月", "5～6月", "5、6月", "5/6月", "5×6月", "5÷6月", "5^6月", "5*6月",
            ],
            &["完成1/2", "完成12", "完成1:2", "完成1.2", "完成1·2"],
            &["第1、2条", "第12条", "第1—2条", "第1.2条"],
            &["共10,000人", "共10,00人", "共10,0000人", "共1,0000人"],
            &["同比↑5%", "同比↓5%", "同比5%"],
            &["同比▲5%", "同比▼5%", "同比5%"],
            &["12 34", "1234", "123 4", "12 -34", "12-34"],
            &["1.\n2", "1.2", "12"],
            &["五—六月", "五六月", "五、六月", "五·六月"],
            &["占百分之五，十人参加", "占百分之五十人参加"],
            &["一月—二月", "一月二月"],
            &["10万—20万", "10万20万"],
            &["10%—20%", "10%20%", "10%，-20%"],
            &["-5，-6", "-5-6", "5-6", "-5,6"],
            &["从10—-5度", "从10-5度", "从10，-5度"],
            &["体温38℃", "体温38°", "体温38", "体温38℉"],
            &["东经5°6′", "东经5°6″", "东经56"],
            &["面积5㎡", "面积5㎥", "面积5"],
            &["价5元", "价$5元", "价€5元", "价¥5元"],
            &["超过50+", "超过50"],
            &["信用AA+级", "信用AA-级", "信用AA级"],
            &["互联网+", "互联网"],
            &["时间8:30", "时间830", "时间8.30"],
            &["比分3:1", "比分31", "比分3-1"],
            &["版本2.0版", "版本20版", "版本.20版"],
            &["版本1.2.3", "版本12.3", "版本1.23"],
            &["值为.5", "值为5", "值为.05"],
            &["功率5MW", "功率5mW"],
            &["使用5G", "使用5g"],
            &["☑是□否", "□是☑否", "是否"],
            &["同意√", "同意×", "同意"],
            &["二○一五年", "二一五年"],
            &["不，可以", "不可以"],
            &["可以，不去", "可以不去"],
            &["“不”可以", "不可以"],
            &["无，条件", "无条件"],
            &["李××", "李"],
            &["10^8", "108", "10*8"],
            &["3<5", "3>5", "3=5", "3≠5", "3≈5", "35"],
        ] {
            let folded: Vec<String> = group.iter().map(|text| fold(text)).collect();
            for (i, one) in folded.iter().enumerate() {
                for (j, other) in folded.iter().enumerate() {
                    assert!(
                        i == j || one != other,
                        "{} and {} are both {one}",
                        group[i],
                        group[j]
                    );
                }
            }
        }
    }

    /// All of a group say the same.
    #[test]
    fn what_is_written_otherwise_is_the_same() {
        for group in [
            &["增长５％", "增长5%", "增长 5 %", "增长5﹪"][..],
            &["１．５亿", "1.5亿", "1.5 亿"],
            &[
                "气温-10度",
                "气温−10度",
                "气温－10度",
                "气温–10度",
                "气温 - 10度",
                "气温﹣10度",
            ],
            &["5—6月", "5——6月", "5-6月", "5 — 6月", "5－6月"],
            &["5～6月", "5~6月", "5〜6月"],
            &["3:1", "3：1", "3∶1", "3 : 1"],
            &["1/2", "1／2", "1⁄2"],
            &["≥5", "≧5", "⩾5"],
            &["￥5", "¥5"],
            &["10,000人", "10000人", "１０，０００人"],
            &["1,234,567.5元", "1234567.5元"],
            &[
                "第1、2条",
                "第1，2条",
                "第1 2条",
                "第1；2条",
                "第1\n2条",
                "第1、 2条",
            ],
            &[
                "坚持党建引领。",
                "坚持党建引领",
                "“坚持”，党建、引领！",
                "《坚持》党建——引领……",
                "坚 持\n党建引领",
            ],
            &["（一）建设5年", "一、建设5年", "一 建设5年。"],
            &["A股", "a股", "Ａ股"],
            &["GDP总量", "GDP，总量"],
            &["e-mail", "email"],
            &["5 MW", "5MW"],
            &["8 PEOPLE", "8people"],
            &["2\u{200B}025年", "2025年", "２０２５年"],
            &["10 万人", "10万人"],
            &["二 〇二六年", "二〇二六年", "二○二六年"],
            &["不。可以", "不，可以", "不：“可以”"],
            &["他说——10人", "他说10人", "他说：10人"],
            &["附件：5份", "附件5份"],
            &["共5人。", "共5人", "（共5人）", "共5人……"],
        ] {
            for text in group {
                assert_eq!(fold(text), fold(group[0]), "{text}");
            }
        }
    }

    #[test]
    fn places_belong_to_what_is_left() {
        let folded = Folded::new("共１０，０００人、 5，6 人", Folding::default());
        assert_eq!(folded.chars.iter().collect::<String>(), "共10000人5 6人");
        assert_eq!(folded.at, [0, 1, 2, 4, 5, 6, 7, 10, 11, 12, 14]);
        // A mark that only separates is not part of a passage.
        assert_eq!(folded.span(7, 9), (10, 11));
        assert_eq!(folded.span(8, 10), (12, 13));
        assert!(!Folded::new("±、%", Folding::default()).has_letters());
    }

    #[test]
    fn where_punctuation_counts_figures_count_too() {
        let fold = |text: &str| -> String {
            let folding = Folding {
                ignore_punctuation: false,
            };
            Folded::new(text, folding).chars.into_iter().collect()
        };
        assert_eq!(fold("12 34，５ -6"), "12 34,5 -6");
        assert_ne!(fold("12 34"), fold("1234"));
        assert_eq!(fold("气温 −10 度"), fold("气温-10度"));
        assert_ne!(fold("1.\n2"), fold("1.2"));
        assert_ne!(fold("10, 200"), fold("10,200"));
        assert_eq!(fold("10,000人——不，可以。"), "10,000人——不,可以。");
    }
}
