//! One numeral: digits, powers, vague parts.

use super::bounds::{NOTHING, Span, add, last_place};
use super::{Direction, Number, Scale, times};
use crate::text::han::{chinese_digit, half_width, is_blank, is_chinese_digit, power};

/// From what a numeral is made.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    /// Arabic digits: value and one unit of the last decimal.
    Arabic(f64, f64),
    /// A Chinese digit.
    Digit(u32),
    /// Ten, hundred …
    Power(f64),
    /// 余, 多.
    More,
    /// 来: about.
    Some,
    /// 几 or 数 in the place of a digit.
    Few,
    /// 点 between Chinese digits.
    Point,
}

/// Characters within which a numeral ends: no value has more than 309 digits before its point. What is longer is none, and its end is not looked
/// for, so that a line of digits is read in the time that it takes to pass over it.
pub(crate) const LONGEST: usize = 512;

/// Parts within which a numeral in Chinese characters ends.
const MOST_PARTS: usize = 320;

/// Arabic digits from `at`: value, unit of the last place that is not zero, end.
fn arabic_run(chars: &[char], at: usize) -> Option<(f64, f64, usize)> {
    let digit = |i: usize| chars.get(i).copied().map(half_width).filter(char::is_ascii_digit);
    let run = |mut i: usize| {
        let most = at + LONGEST;
        while i < most && digit(i).is_some() {
            i += 1;
        }
        i
    };
    let mut text = String::new();
    let mut end = run(at);
    if end == at {
        return None;
    }
    text.extend((at..end).filter_map(digit));
    // Groups of three behind commas: 1,234,567 and not 5,300 people in a list of lists.
    if end - at <= 3 && digit(at) != Some('0') {
        let mut groups = end;
        while groups < at + LONGEST
            && matches!(chars.get(groups), Some(',' | '，'))
            && run(groups + 1) == groups + 4
        {
            groups += 4;
        }
        // A full-width comma between two short numbers is a pause, unless a power or a unit follows as it can only behind one number;
        // between three groups it is none.
        let measured = || {
            chars.get(groups).is_some_and(|&c| {
                power(c).is_some() || "余多元人个亩吨公斤米户名项家所件条台辆座".contains(c)
            })
        };
        if groups > end && (chars[end] == ',' || groups > end + 4 || measured()) {
            text.extend((end..groups).filter_map(digit));
            end = groups;
        }
    }
    let mut decimals = 0;
    if matches!(chars.get(end), Some('.' | '．')) {
        let stop = run(end + 1);
        if stop > end + 1 {
            text.push('.');
            text.extend((end + 1..stop).filter_map(digit));
            decimals = stop - end - 1;
            end = stop;
        }
    }
    if end >= at + LONGEST {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    let step = if decimals > 0 {
        0.1_f64.powi(i32::try_from(decimals).ok()?)
    } else {
        1.0
    };
    value.is_finite().then_some((value, step, end))
}

fn is_power(part: &Part) -> bool {
    matches!(part, Part::Power(_))
}

/// The parts of the numeral from `at` and its end.
fn parts(chars: &[char], at: usize) -> (Vec<Part>, usize) {
    let mut found: Vec<Part> = Vec::new();
    let mut i = at;
    while let Some(&c) = chars.get(i).filter(|_| found.len() <= MOST_PARTS) {
        let next = chars.get(i + 1).copied();
        let last = found.last().copied();
        // 百百, 亿亿亿: no numeral goes on so.
        if let [.., Part::Power(first), Part::Power(second)] = found[..]
            && (first <= second && second < 1e4 || found.len() > 6 && found.iter().all(is_power))
        {
            break;
        }
        if let Some((value, step, end)) = arabic_run(chars, i) {
            if !matches!(last, None | Some(Part::Power(_))) {
                break;
            }
            found.push(Part::Arabic(value, step));
            i = end;
            continue;
        }
        let part = if let Some(digit) = chinese_digit(c) {
            if matches!(last, Some(Part::Arabic(..) | Part::More | Part::Some)) {
                break;
            }
            Part::Digit(digit)
        } else if let Some(power) = power(c) {
            // 3000万千瓦, 5千克, 100兆瓦: the power belongs to the unit.
            let of_unit = !found.is_empty() && begins_unit(c, next, chars.get(i + 2).copied());
            let after_big = power < 1e4 && matches!(last, Some(Part::Power(p)) if p >= 1e4);
            if last == Some(Part::Point) || of_unit || after_big {
                break;
            }
            Part::Power(power)
        } else {
            match c {
                '廿' | '卅' if matches!(last, None | Some(Part::Power(_))) => {
                    found.push(Part::Digit(if c == '廿' { 2 } else { 3 }));
                    Part::Power(10.0)
                }
                '余' | '多' | '來' | '来'
                    if matches!(last, Some(Part::Arabic(..) | Part::Power(_)))
                        && found.iter().all(|p| !matches!(p, Part::More | Part::Some)) =>
                {
                    if matches!(c, '來' | '来') {
                        // 十来个, 二百三十来户, 20来人; 5来 and 二十来自 are none.
                        let tens = match last {
                            Some(Part::Arabic(value, step)) => {
                                step >= 1.0
                                    && value > 0.0
                                    && value % 10.0 == 0.0
                                    && next.is_some_and(|c| {
                                        "个個名人户戶家亩畝天岁歲里斤位次万萬亿億元".contains(c)
                                    })
                            }
                            _ => !next
                                .is_some_and(|c| "自源访訪到看说說电電信函宾賓客临臨者势勢年".contains(c)),
                        };
                        if !tens {
                            break;
                        }
                        Part::Some
                    } else {
                        if super::hedge::suffix(chars, i).is_none() && !next.is_some_and(power_from) {
                            break;
                        }
                        Part::More
                    }
                }
                '几' | '幾' | '数' | '數' => {
                    let few = matches!(c, '几' | '幾');
                    let leads = found.is_empty() && next.and_then(power).is_some();
                    let follows = few && last == Some(Part::Power(10.0)) && !found.contains(&Part::Few);
                    if !leads && !follows {
                        break;
                    }
                    Part::Few
                }
                '点' | '點'
                    if matches!(last, Some(Part::Digit(_) | Part::Power(_)))
                        && !found.contains(&Part::Point)
                        && next.is_some_and(is_chinese_digit) =>
                {
                    Part::Point
                }
                // 卅一．五, 四十二．七: not behind the number of a heading.
                '．' if matches!(last, Some(Part::Digit(_) | Part::Power(_)))
                    && !found.contains(&Part::Point)
                    && next.is_some_and(is_chinese_digit)
                    && !at.checked_sub(1).is_some_and(|i| is_blank(chars[i])) =>
                {
                    Part::Point
                }
                _ => break,
            }
        };
        found.push(part);
        i += 1;
    }
    (found, i)
}

/// Whether a power is the prefix of a unit rather than part of the number: 千克, 千瓦, 百帕, 兆瓦, 兆赫, 兆比特.
fn begins_unit(power: char, next: Option<char>, behind: Option<char>) -> bool {
    // 五千欧元 are no kilo-ohms.
    if matches!(next, Some('欧' | '歐')) && matches!(behind, Some('元' | '分')) {
        return false;
    }
    let units = match power {
        '百' => "帕",
        '千' => "瓦伏克卡米焦帕赫欧歐安",
        '兆' => "瓦伏卡焦帕赫欧歐安比字位周电電牛",
        _ => return false,
    };
    next.is_some_and(|c| units.contains(c))
}

/// 万 and 亿 go on after 余 and 多.
pub(super) fn power_from(c: char) -> bool {
    power(c).is_some_and(|p| p >= 1e4)
}

/// A numeral while it is read from left to right.
struct Reading<'a> {
    parts: &'a [Part],
    /// What stands before the last 万 or 亿, with it.
    total: Span,
    /// What the powers below 万 have taken since.
    section: Span,
    /// Digits that no power has taken yet.
    pending: Option<Span>,
    /// The last 万 or 亿.
    last_big: f64,
    last_power: Option<f64>,
    /// Unit of the last Chinese decimal; `None` before the point.
    decimals: Option<f64>,
    /// Whether a 零 stands since the last power.
    zero: bool,
    /// What one unit of the last decimal of Arabic digits is worth, with the powers behind it; `None` without decimals.
    step: Option<f64>,
    /// 1126.6 亿 is a whole number: decimals of Arabic digits are carried through the powers without their binary noise. Ten to
    /// their number.
    places: Option<f64>,
}

impl<'a> Reading<'a> {
    fn new(parts: &'a [Part]) -> Self {
        Self {
            parts,
            total: NOTHING,
            section: NOTHING,
            pending: None,
            last_big: f64::INFINITY,
            last_power: None,
            decimals: None,
            zero: false,
            step: None,
            places: parts.iter().find_map(|p| match p {
                Part::Arabic(_, step) if *step < 1.0 => Some((1.0 / step).round()),
                _ => None,
            }),
        }
    }

    fn times(&self, a: Span, k: f64) -> Span {
        match self.places {
            Some(places) => {
                let scaled = |v: f64| (v * places).round() * k / places;
                (scaled(a.0), scaled(a.1))
            }
            None => (a.0 * k, a.1 * k),
        }
    }

    /// Reads part `i`; `None` where it cannot stand here.
    fn read(&mut self, i: usize) -> Option<()> {
        match self.parts[i] {
            Part::Digit(d) => match self.decimals {
                Some(unit) => self.decimal(d, unit / 10.0),
                None => return self.digit(d, i),
            },
            Part::Arabic(value, unit) => {
                self.step = (unit < 1.0).then_some(unit);
                self.pending = Some((value, value));
            }
            Part::Few => {
                let few = if i == 0 { (2.0, 10.0) } else { (0.0, 10.0) };
                self.pending = Some(add(self.pending.unwrap_or(NOTHING), few));
            }
            Part::Point => {
                self.pending = Some(add(self.pending.unwrap_or(NOTHING), self.section));
                self.section = NOTHING;
                self.decimals = Some(1.0);
            }
            Part::More | Part::Some => self.more(),
            Part::Power(p) if p < 1e4 => return self.power(p),
            Part::Power(p) => return self.big_power(p, i),
        }
        Some(())
    }

    fn decimal(&mut self, digit: u32, unit: f64) {
        self.decimals = Some(unit);
        let base = self.pending.unwrap_or(NOTHING);
        // Rounded so that 三点一四 is 3.14 to the last bit.
        let exact = |v: f64| ((v + f64::from(digit) * unit) / unit).round() / (1.0 / unit).round();
        self.pending = Some((exact(base.0), exact(base.1)));
    }

    fn digit(&mut self, digit: u32, i: usize) -> Option<()> {
        if digit == 0 {
            if self.pending.is_some() && !self.zero {
                return None;
            }
            self.zero = true;
            if self.parts.len() == 1 || self.parts.get(i + 1) == Some(&Part::Point) {
                self.pending = Some(NOTHING);
            }
        } else {
            if self.pending.is_some_and(|p| p.1 != 0.0) {
                return None;
            }
            self.pending = Some((f64::from(digit), f64::from(digit)));
        }
        Some(())
    }

    /// 余, 多 and 来 reach up by one unit of the last place.
    fn more(&mut self) {
        let now = add(add(self.total, self.section), self.pending.unwrap_or(NOTHING));
        let more = self.step.unwrap_or_else(|| last_place(now.0));
        let target = match (&mut self.pending, self.section.1 > 0.0) {
            (Some(pending), _) => pending,
            (None, true) => &mut self.section,
            (None, false) => &mut self.total,
        };
        target.1 += more;
    }

    /// 十, 百, 千: within 一千二百三十 they fall.
    fn power(&mut self, p: f64) -> Option<()> {
        if self.last_power.is_some_and(|last| last < 1e4 && p >= last) {
            return None;
        }
        let taken = self.pending.take().unwrap_or((1.0, 1.0));
        self.section = add(self.section, self.times(taken, p));
        self.step = self.step.map(|step| times(step, p));
        (self.last_power, self.zero, self.decimals) = (Some(p), false, None);
        Some(())
    }

    /// 万 and 亿 take the section before them; a greater one than the last takes all that stands before.
    fn big_power(&mut self, p: f64, i: usize) -> Option<()> {
        let here = add(self.section, self.pending.take().unwrap_or(NOTHING));
        self.total = if here.1 == 0.0 {
            if i == 0 {
                (p, p)
            } else if self.total.1 > 0.0 {
                self.times(self.total, p)
            } else {
                return None;
            }
        } else if p > self.last_big {
            self.times(add(self.total, here), p)
        } else {
            add(self.total, self.times(here, p))
        };
        self.step = self.step.map(|step| times(step, p));
        (self.last_big, self.last_power, self.section) = (p, Some(p), NOTHING);
        (self.zero, self.decimals) = (false, None);
        Some(())
    }

    /// The value once all parts are read.
    fn value(&self) -> Option<Span> {
        let mut rest = self.pending.unwrap_or(NOTHING);
        // 一百五 is 150, 三万六 is 36 000; 一百零五 and 十五 are what they say.
        if let [.., Part::Power(p), Part::Digit(d)] = self.parts
            && *p >= 100.0
            && *d > 0
            && !self.zero
        {
            rest = self.times(rest, p / 10.0);
        }
        let value = add(add(self.total, self.section), rest);
        (value.0.is_finite() && value.1.is_finite()).then_some(value)
    }
}

/// 二〇二三, 一二○萬, 三五．七: more than one digit, read place by place, with decimals and with 万 and 亿 behind them.
fn place_by_place(parts: &[Part]) -> Option<f64> {
    let digits = |parts: &[Part]| parts.iter().take_while(|p| matches!(p, Part::Digit(_))).count();
    let whole = digits(parts);
    if whole < 2 {
        return None;
    }
    let (mut rest, mut decimals) = (&parts[whole..], 0);
    if let [Part::Point, behind @ ..] = rest {
        decimals = digits(behind);
        rest = &behind[decimals..];
    }
    let mut powers = 1.0;
    for part in rest {
        match part {
            Part::Power(power) if *power >= 1e4 => powers *= power,
            _ => return None,
        }
    }
    let written = parts.iter().filter_map(|part| match part {
        Part::Digit(digit) => Some(f64::from(*digit)),
        _ => None,
    });
    let value = written.fold(0.0, |sum, digit| sum * 10.0 + digit);
    let value = value * powers / 10_f64.powi(i32::try_from(decimals).ok()?);
    value.is_finite().then_some(value)
}

/// The value of parts as lowest and highest; `None` if they make no numeral.
fn evaluate(parts: &[Part]) -> Option<Span> {
    if let Some(value) = place_by_place(parts) {
        return Some((value, value));
    }
    let mut reading = Reading::new(parts);
    for i in 0..parts.len() {
        reading.read(i)?;
    }
    reading.value()
}

/// 两三, 三五, 七八十, 十七八: two digits side by side that mean "from … to".
fn pair(parts: &[Part]) -> Option<Span> {
    let at = parts.windows(2).position(
        |w| matches!(w, [Part::Digit(a), Part::Digit(b)] if *a > 0 && (*b == a + 1 || (*a, *b) == (3, 5))),
    )?;
    let others = parts.iter().filter(|p| matches!(p, Part::Digit(_))).count();
    let alone =
        parts.len() == 2 || (others == 2 || matches!(parts.get(at.wrapping_sub(1)), Some(Part::Power(_))));
    if !alone {
        return None;
    }
    let without = |leave: usize| {
        let mut rest = parts.to_vec();
        rest.remove(leave);
        // 十七八 must not be read like 一百五.
        evaluate(&rest).map(|span| span.0)
    };
    let (low, high) = (without(at + 1)?, without(at)?);
    (low < high).then_some((low, high))
}

/// One numeral without range marks.
pub(super) fn simple(chars: &[char], at: usize) -> Option<Number> {
    let (mut found, mut end) = parts(chars, at);
    while let Some(last) = found.last() {
        // A point, or a vague digit alone, cannot end or be a numeral.
        if *last != Part::Point {
            break;
        }
        found.pop();
        end -= 1;
    }
    if found.is_empty() || found.len() > MOST_PARTS || found == [Part::Few] {
        return None;
    }
    let text = |part: fn(&Part) -> bool| found.iter().any(part);
    let mut number = Number {
        start: at,
        end,
        value: 0.0,
        lower: None,
        upper: None,
        direction: Direction::Exact,
        approximation: String::new(),
        scale: Scale::One,
        chinese: !text(|p| matches!(p, Part::Arabic(..))),
    };
    if let Some((low, high)) = pair(&found) {
        number.value = f64::midpoint(low, high);
        (number.lower, number.upper, number.direction) = (Some(low), Some(high), Direction::Range);
        return Some(number);
    }
    let (low, high) = evaluate(&found)?;
    number.value = low;
    (number.lower, number.upper) = (Some(low), Some(high));
    if text(|p| *p == Part::Some) {
        number.direction = Direction::About;
        (number.lower, number.upper) = (None, None);
    } else if high > low {
        number.direction = Direction::Above;
    }
    number.approximation = chars[at..end]
        .iter()
        .filter(|c| matches!(c, '余' | '多' | '几' | '幾' | '数' | '數' | '来' | '來'))
        .collect();
    Some(number)
}
