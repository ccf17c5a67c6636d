//! Units and classifiers: what they are worth and what they count.
//!
//! Measures follow the International System and the legal units of the People's Republic (GB 3100—1993); 亩 is 1/15 hectare,
//! 斤 half a kilogram, 里 half a kilometre. Everything else is a classifier, which counts by ones and stands for itself.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::list;

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
fn factor(text: &str) -> Option<f64> {
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

/// The longest unit that begins at the character `at`, and its length in characters.
pub(super) fn longest(chars: &[char], at: usize) -> Option<(Unit, usize)> {
    let rest = chars.get(at..)?;
    table()
        .begin
        .get(rest.first()?)?
        .iter()
        .find(|(_, name)| rest.starts_with(name))
        .map(|(unit, name)| (*unit, name.len()))
}
