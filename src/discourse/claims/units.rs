//! Units and classifiers: what they are worth and what they count.
//!
//! Measures follow the International System and the legal units of the People's Republic; 亩 is 1/15 hectare,
//! 斤 half a kilogram, 里 half a kilometre. Everything else is a classifier, which counts by ones and stands for itself.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::list;
use crate::text::han::is_numeral;

/// What kind of thing a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitClass {
    /// 元.
    Money,
    /// 人, 名, 户.
    People,
    /// 次, 件, 篇: what somebody did.
    Activity,
    /// 个, 项, 家: depends on the noun.
    General,
    /// 级, 支: how something is built.
    Structure,
    /// %, 成, 倍.
    Share,
    /// 日, 个月, 年.
    Duration,
    /// 岁.
    Age,
    /// Length, area, mass, energy …
    Physical,
    /// 册, 台, 辆: goods.
    Goods,
}

/// One unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// As it is written.
    pub name: &'static str,
    /// The base unit.
    pub base: &'static str,
    /// How many base units it is.
    pub factor: f64,
    /// What it measures.
    pub class: UnitClass,
}

impl UnitClass {
    /// The class that the lists of units call by this word.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "money" => Self::Money,
            "people" => Self::People,
            "activity" => Self::Activity,
            "general" => Self::General,
            "structure" => Self::Structure,
            "share" => Self::Share,
            "duration" => Self::Duration,
            "age" => Self::Age,
            "physical" => Self::Physical,
            "goods" => Self::Goods,
            _ => return None,
        })
    }
}

/// A number, or a fraction of two.
pub(super) fn factor(text: &str) -> Option<f64> {
    match text.split_once('/') {
        Some((over, under)) => Some(over.parse::<f64>().ok()? / under.parse::<f64>().ok()?),
        None => text.parse().ok(),
    }
}

/// A unit and the characters of its name.
type Named = (Unit, Box<[char]>);

/// All units, the longest names first, and those that begin with a character in the same order.
struct Table {
    all: Vec<Unit>,
    begin: FxHashMap<char, Vec<Named>>,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let measures = list!("claims/measures").entries().iter().filter_map(|e| {
            Some(Unit {
                name: e.word,
                base: e.field(1),
                factor: factor(e.field(2))?,
                class: UnitClass::of(e.field(3))?,
            })
        });
        let classifiers = list!("claims/classifiers").entries().iter().filter_map(|e| {
            Some(Unit {
                name: e.word,
                base: e.word,
                factor: 1.0,
                class: UnitClass::of(e.field(1))?,
            })
        });
        let mut all: Vec<Unit> = measures.chain(classifiers).collect();
        all.sort_by(|a, b| {
            b.name
                .chars()
                .count()
                .cmp(&a.name.chars().count())
                .then(a.name.cmp(b.name))
        });
        let mut begin: FxHashMap<char, Vec<Named>> = FxHashMap::default();
        for unit in &all {
            let chars: Box<[char]> = unit.name.chars().collect();
            if let Some(&first) = chars.first() {
                begin.entry(first).or_default().push((*unit, chars));
            }
        }
        Table { all, begin }
    });
    &TABLE
}

/// All units, the longest names first.
pub fn units() -> &'static [Unit] {
    &table().all
}

/// The longest unit that begins at the character `at`, and its length in characters. A unit in letters ends where no letter or digit follows.
pub(super) fn longest(chars: &[char], at: usize) -> Option<(Unit, usize)> {
    let rest = chars.get(at..)?;
    table()
        .begin
        .get(rest.first()?)?
        .iter()
        .find(|(_, name)| {
            let lettered = name.last().is_some_and(char::is_ascii_alphanumeric);
            rest.starts_with(name)
                && !(lettered && rest.get(name.len()).is_some_and(char::is_ascii_alphanumeric))
        })
        .map(|(unit, name)| (*unit, name.len()))
}

/// The unit below a line or behind 每 that begins at `at`, powers included (万元, 百公里), and where it ends.
fn below(chars: &[char], at: usize) -> Option<usize> {
    let powers = chars
        .get(at..)?
        .iter()
        .take_while(|c| matches!(c, '百' | '千' | '万' | '亿'))
        .take(3)
        .count();
    // 元/千瓦: the power belongs to the unit.
    let whole = longest(chars, at);
    if powers > 0 && whole.is_some() {
        return whole.map(|(_, length)| at + length);
    }
    let from = at + powers;
    if powers == 0
        && let Some('天' | '日' | '年' | '月' | '时' | '人' | '户' | '次' | 's' | 'd' | 'a' | 'h') =
            chars.get(at)
        && !chars.get(at + 1).is_some_and(char::is_ascii_alphanumeric)
        && longest(chars, at).is_none_or(|(_, length)| length == 1)
    {
        return Some(at + 1);
    }
    longest(chars, from).map(|(_, length)| from + length)
}

/// Where a rate ends whose first unit ends at `at`: 元/吨, 元/平方米·月, 千米每小时, km/h; `None` where no rate goes on.
pub(super) fn rate(chars: &[char], unit: Unit, at: usize) -> Option<usize> {
    let mut end = at;
    for _ in 0..3 {
        let next = match chars.get(end) {
            Some('/' | '／' | '∕') => {
                let open = matches!(chars.get(end + 1), Some('(' | '（'));
                let inner = below(chars, end + 1 + usize::from(open));
                if open {
                    inner.and_then(|to| {
                        let to = match chars.get(to) {
                            Some('·' | '•' | '・') => below(chars, to + 1)?,
                            _ => to,
                        };
                        matches!(chars.get(to), Some(')' | '）')).then_some(to + 1)
                    })
                } else {
                    inner
                }
            }
            Some('·' | '•' | '・') if end > at || unit.class == UnitClass::Physical => {
                below(chars, end + 1)
            }
            Some('每') if takes_each(unit) => each(chars, unit, end + 1),
            _ => None,
        };
        match next {
            Some(next) => end = next,
            None => break,
        }
    }
    (end > at).then_some(end)
}

/// Units that 每 can stand behind: measures and money, people.
fn takes_each(unit: Unit) -> bool {
    matches!(
        unit.class,
        UnitClass::Physical | UnitClass::Money | UnitClass::People | UnitClass::General | UnitClass::Goods
    )
}

/// Where the unit behind 每 ends: 30微克每立方米. What begins another statement (每次2小时, 每个投资…) is none, and a count goes by measures only.
fn each(chars: &[char], unit: Unit, at: usize) -> Option<usize> {
    let end = below(chars, at)?;
    let (under, _) = longest(chars, at).or_else(|| longest(chars, end.checked_sub(1)?))?;
    let measured = matches!(unit.class, UnitClass::Physical | UnitClass::Money);
    let measure = matches!(under.class, UnitClass::Physical | UnitClass::Duration);
    let closed = chars
        .get(end)
        .is_none_or(|&c| !is_numeral(c) && !matches!(c, '约' | '不' | '近' | '超'));
    let calendar = matches!(under.class, UnitClass::Duration)
        && !matches!(under.name, "小时" | "秒" | "分钟" | "天" | "年" | "日");
    let holds = if measured {
        measure
            || matches!(
                under.name,
                "人" | "户" | "名" | "头" | "只" | "株" | "台" | "张" | "件" | "次"
            )
    } else {
        measure
    };
    (holds && closed && !calendar && under.base != unit.base).then_some(end)
}
