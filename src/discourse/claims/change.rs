//! How a quantity changed: how much, and against what.

use std::cmp::Ordering;
use std::ops::Range;

use super::figure::Figure;
use super::scene::Scene;
use super::{QuantityChange, UnitClass};
use crate::discourse::number::times;
use crate::list;
use crate::lists::{Entry, List};

/// Verbs of growing, and names of rates that grow.
fn rising() -> &'static List {
    list!("claims/rising")
}

/// Verbs of shrinking, and names of rates that shrink.
fn falling() -> &'static List {
    list!("claims/falling")
}

/// Where the first verb of change of two or more characters, or 翻, stands in a text.
fn first_verb(text: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|&at| {
        let rest = &text[at..];
        let long = |list: &List| list.begins(rest).is_some_and(|word| word.len() > 1);
        rest.starts_with('翻') || long(rising()) || long(falling())
    })
}

/// Names of rates, behind which 为 states the rate; behind a verb (下降为27.5%) it states the level that was reached.
const RISING: [&str; 4] = ["增速", "增幅", "涨幅", "升幅"];
const FALLING: [&str; 2] = ["降幅", "跌幅"];

/// The sign that the words before `end` give.
fn sign(scene: &Scene<'_>, from: usize, mut end: usize) -> Option<f64> {
    // 增长-3.2%: a sign in front of the digits turns the verb around.
    let mut turned = 1.0;
    if scene.before(end).is_some_and(|c| matches!(c, '-' | '－' | '−')) {
        (end, turned) = (end - 1, -1.0);
    }
    for _ in 0..3 {
        let Some(word) = list!("claims/before_change").longest_before(scene.chars, end) else {
            break;
        };
        end -= word.len();
        if word.word == "为" && !scene.ends_with_any(end, &RISING) && !scene.ends_with_any(end, &FALLING) {
            return None;
        }
    }
    // The longer words first in effect: 增 is the end of nothing else here.
    if end <= from {
        return None;
    }
    if scene.ends_with_any(end, &["负增长", "负增"]) {
        return Some(-turned);
    }
    // 翻了一倍.
    if scene.ends_with(end, "翻") {
        return Some(turned);
    }
    // The longer word decides: 少增 ends with 增 and shrinks.
    let up = rising().longest_before(scene.chars, end).map_or(0, Entry::len);
    let down = falling().longest_before(scene.chars, end).map_or(0, Entry::len);
    match up.cmp(&down) {
        Ordering::Greater => Some(turned),
        Ordering::Less => Some(-turned),
        Ordering::Equal => None,
    }
}

/// Between two figures that share one verb: 分别增长6.5%和7%, 增长5%、6%. Behind 到 and 至 stands the level that was reached.
fn continues(between: &str) -> bool {
    matches!(between, "和" | "、" | "及" | "以及" | "与" | "," | "，")
}

/// What the change is measured against: 比上年, 同比, 较“十三五”末, 是2012年的3倍.
fn base(scene: &Scene<'_>, from: usize, to: usize) -> Option<String> {
    let text = scene.text(from, to);
    if let Some((at, mark)) = text.char_indices().rfind(|(_, c)| matches!(c, '比' | '较')) {
        let before = text[..at].chars().last();
        let rest = &text[at + mark.len_utf8()..];
        let glued = before.is_some_and(|c| "同环占对相其好".contains(c))
            || rest.starts_with(['重', '例', '较', '率', '大', '为', '好', '高', '快']);
        let stop = first_verb(rest);
        if !glued && let Some(stop) = stop {
            let found = rest[..stop].trim_end_matches(['分', '别', '均', '累', '计', '净']);
            if (1..=16).contains(&found.chars().count()) && !found.contains(['、', ',', '，']) {
                return Some(found.to_owned());
            }
        }
    }
    if let Some(found) = compared(scene, from) {
        return Some(found);
    }
    list!("claims/bases")
        .iter()
        .find(|word| {
            // 年均浓度 is a mean; what grows 年均 is said at once.
            text.rfind(word).is_some_and(|at| {
                let rest = &text[at + word.len()..];
                !matches!(*word, "年均" | "每年")
                    || rest.is_empty()
                    || rising().begins(rest).is_some()
                    || falling().begins(rest).is_some()
                    || ["平均", "递", "净", "约", "翻"]
                        .iter()
                        .any(|w| rest.starts_with(w))
            })
        })
        .map(|word| word.trim_start_matches(['比', '较']).to_owned())
}

/// 与2020年相比, right before the clause that begins at `from`.
fn compared(scene: &Scene<'_>, from: usize) -> Option<String> {
    let end = from
        .checked_sub(3)
        .filter(|&end| scene.starts_with(end, "相比"))?;
    let before = &scene.chars[end.saturating_sub(18)..end];
    let at = before
        .iter()
        .rposition(|c| matches!(c, '与' | '同' | '和' | '跟'))?;
    let words = &before[at + 1..];
    let closed = words.iter().any(|c| super::scene::is_pause(*c));
    (!words.is_empty() && !closed).then(|| words.iter().collect())
}

/// How the figures of a sentence moved, one each.
pub(super) fn changes(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    figures: &[Figure],
) -> Vec<Option<QuantityChange>> {
    let mut all: Vec<Option<QuantityChange>> = Vec::with_capacity(figures.len());
    for (i, figure) in figures.iter().enumerate() {
        let previous = i
            .checked_sub(1)
            .and_then(|p| figures.get(p))
            .zip(all.last().map(Option::as_ref));
        let found = change(scene, sentence, previous, figure);
        all.push(found);
    }
    all
}

fn change(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    previous: Option<(&Figure, Option<&QuantityChange>)>,
    figure: &Figure,
) -> Option<QuantityChange> {
    if figure.rank {
        return None;
    }
    let from = scene.clause_start(figure.start, sentence.start);
    if let Some(change) = previous.and_then(|(p, _)| from_to(scene, p, figure)) {
        return Some(change);
    }
    if figure.class != UnitClass::Share {
        return None;
    }
    let start = previous.map_or(from, |(p, _)| p.end.max(from));
    let direct = sign(scene, start, figure.start);
    let inherited = || {
        let (p, change) = previous.filter(|(p, _)| p.class == UnitClass::Share && p.end <= figure.start)?;
        let before = change?;
        continues(&scene.text(p.end, figure.start)).then(|| before.value.signum())
    };
    let plain = |sign: f64, value: f64, unit| {
        Some(QuantityChange {
            value: sign * value,
            unit,
            // 同比增长5.1%、环比增长1.2%: each has its own base in front of it.
            base: (start > from)
                .then(|| base(scene, start, figure.start))
                .flatten()
                .or_else(|| base(scene, from, figure.start))
                .or_else(|| {
                    previous
                        .filter(|_| direct.is_none())
                        .and_then(|(_, change)| change?.base.clone())
                }),
        })
    };
    match figure.unit.as_str() {
        "%" | "‰" | "成" => {
            let sign = direct.or_else(inherited)?;
            // Not through the factor: 7% is 7, not 0.07 × 100.
            let percent = match figure.unit.as_str() {
                "成" => times(figure.value, 10.0),
                "‰" => figure.value / 10.0,
                _ => figure.value,
            };
            plain(sign, percent, "%")
        }
        // 减少一半, 压减三分之二.
        "" if figure.value < 1.0 => plain(direct?, times(figure.value, 100.0), "%"),
        "个百分点" | "百分点" => plain(direct.or_else(inherited)?, figure.value, "百分点"),
        "番" => plain(1.0, (figure.value.min(64.0).exp2() - 1.0) * 100.0, "%"),
        "倍" => {
            if let Some(sign) = direct.or_else(inherited) {
                return plain(sign, times(figure.value, 100.0), "%");
            }
            // 是2012年的3倍, 相当于上年的1.5倍, 增长到3倍: the whole, not the difference.
            let text = scene.text(from, figure.start);
            let whole = text.strip_suffix('的')?;
            let at = ["是", "为", "达", "相当于", "达到"]
                .iter()
                .filter_map(|word| whole.rfind(word).map(|at| at + word.len()))
                .max()?;
            let base = &whole[at..];
            let era = base.ends_with(['年', '期', '末', '初', '前'])
                || base.contains("全国平均")
                || base.contains("上年");
            (era && base.chars().count() <= 16).then(|| QuantityChange {
                value: times(figure.value - 1.0, 100.0),
                unit: "%",
                base: Some(base.to_owned()),
            })
        }
        _ => None,
    }
}

/// 由3.5万元提高到5万元: the second figure moved from the first.
fn from_to(scene: &Scene<'_>, first: &Figure, second: &Figure) -> Option<QuantityChange> {
    if first.unit_normalised != second.unit_normalised || first.value * first.factor == 0.0 {
        return None;
    }
    let opened = (0..=14).any(|back| {
        first
            .start
            .checked_sub(back)
            .is_some_and(|at| scene.ends_with_any(at, &["由", "从"]))
    });
    let between = scene.text(first.end, second.start);
    if between.chars().count() > 18 || between.contains(['，', ',', '；', ';', '。']) {
        return None;
    }
    // 增加到2025年的35个: the time of the second figure stands behind the verb.
    let verb = ["到", "至", "为"]
        .iter()
        .filter_map(|word| between.rfind(word).map(|at| &between[..at + word.len()]))
        .max_by_key(|verb| verb.len());
    let moved = verb.is_some_and(|verb| {
        let time = &between[verb.len()..];
        verb.chars().count() <= 8
            && (time.is_empty() || time.ends_with(['的', '年', '末', '底']))
            && (rising().is_in(verb)
                || falling().is_in(verb)
                || ["调整", "压缩", "扩", "拓展", "变"]
                    .iter()
                    .any(|w| verb.contains(w)))
    });
    if !moved || !opened {
        return None;
    }
    let (low, high) = (first.value * first.factor, second.value * second.factor);
    let base = Some(scene.text(first.start, first.end));
    Some(if second.class == UnitClass::Share {
        QuantityChange {
            value: ((high - low) * 1e12).round() / 1e10,
            unit: "百分点",
            base,
        }
    } else {
        QuantityChange {
            // Ten decimals: what is behind them is noise of the division.
            value: ((high / low - 1.0) * 1e12).round() / 1e10,
            unit: "%",
            base,
        }
    })
}
