//! Places in an order: 全省第一, 第3位, 前十位; and figures without a numeral: 首位, 翻番.

use std::ops::Range;

use super::figure::Figure;
use super::scene::{Scene, is_clause_end};
use super::units::{self, UnitClass};
use crate::discourse::number::{self, Direction, Number, Scale};
use crate::list;
use crate::text::han::is_numeral;

fn ranked(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    start: usize,
    end: usize,
    value: &Number,
    unit: &str,
) -> Figure {
    Figure {
        start,
        end,
        number_text: scene.text(value.start, value.end),
        value: value.value,
        lower: value.lower,
        upper: value.upper,
        approximation: String::new(),
        direction: value.direction,
        unit: unit.to_owned(),
        unit_normalised: if unit.is_empty() { "位" } else { unit }.to_owned(),
        factor: 1.0,
        class: UnitClass::General,
        rank: true,
        in_slogan: scene
            .quote(start)
            .is_some_and(|q| q.len() <= 16 && q.end <= sentence.end),
    }
}

/// Where a row of ordinals goes on to: 第一、第二和第三, 第一、二.
fn end_of_row(scene: &Scene<'_>, mut at: usize, end: usize) -> usize {
    let limit = &scene.chars[..end];
    for _ in 0..6 {
        if !scene
            .at(at)
            .is_some_and(|c| matches!(c, '、' | '和' | '及' | '与'))
        {
            break;
        }
        let next = at + 1 + usize::from(scene.at(at + 1) == Some('第'));
        let Some(read) = number::scan(limit, next).filter(|read| read.start == next) else {
            break;
        };
        // 第一，12个…: a figure of its own goes on with its unit.
        if next == at + 1 && units::longest(limit, read.end).is_some() {
            break;
        }
        at = read.end + usize::from(matches!(scene.at(read.end), Some('位' | '名')));
    }
    at
}

/// 综合排名位列三县两区第一: a verb of ranking, a scope that names bodies or places, and nothing else before the ordinal.
fn in_long_scope(scene: &Scene<'_>, from: usize, at: usize) -> bool {
    let near = at.saturating_sub(20).max(from);
    let verbs = list!("claims/rank_verbs");
    (near..at).rev().any(|start| {
        verbs.longest_at(scene.chars, start).is_some_and(|verb| {
            let behind = start + verb.len();
            if behind > at {
                return false;
            }
            let scope = &scene.chars[behind..at];
            let plain = !scope
                .iter()
                .any(|c| matches!(c, '、' | '了' | '，' | ',' | '为' | '是'));
            let strong = verb.field(1) == "strong";
            // 居 and 列 are parts of other words: a scope, or nothing, must stand behind them.
            let named = scope.is_empty()
                || [
                    "全",
                    "各",
                    "同",
                    "世界",
                    "国内",
                    "省",
                    "市",
                    "县",
                    "区",
                    "州",
                    "西部",
                    "东部",
                    "中部",
                    "长三角",
                    "亚洲",
                ]
                .iter()
                .any(|word| scene.starts_with(behind, word));
            plain && (strong || named && !scene.starts_with(behind, "民"))
        })
    })
}

/// 全省第一, 排名第3位, 在全省第一个出台: the figure, and where to read on.
pub(super) fn rank(scene: &Scene<'_>, sentence: &Range<usize>, at: usize) -> (Option<Figure>, usize) {
    let limit = &scene.chars[..sentence.end];
    let Some(read) = number::scan(limit, at + 1) else {
        return (None, at + 1);
    };
    let next = read.end;
    if read.direction != Direction::Exact || read.scale != Scale::One || scene.in_title(at) {
        return (None, next);
    }
    let unit = ["位", "名", "个", "家", "大", "高", "长"]
        .into_iter()
        .find(|unit| scene.starts_with(next, unit));
    let after = next + unit.map_or(0, |u| u.chars().count());
    let from = scene.clause_start(at, sentence.start);
    let near = at.saturating_sub(if unit.is_some() { 10 } else { 3 }).max(from);
    let left = scene.text(near, at);
    let scoped = list!("claims/rank_scopes").is_in(&left)
        || matches!(unit, None | Some("位" | "名")) && in_long_scope(scene, from, at);
    // 全县第一、第二产业: what closes the last number of a row closes all.
    let last = end_of_row(scene, after, sentence.end);
    let closed = scene
        .at(last)
        .is_none_or(|c| is_clause_end(c) || "、的)）”’".contains(c))
        || last >= sentence.end;
    let holds = match unit {
        Some("位" | "名") => {
            scoped
                || scene.ends_with_any(at, &["居", "列", "排"])
                || ["名次", "位次", "排名"]
                    .iter()
                    .any(|word| scene.text(from, at).contains(word))
                || list!("claims/winning_verbs")
                    .longest_before(scene.chars, at)
                    .is_some()
        }
        Some("个" | "家" | "大" | "高" | "长") => scoped,
        _ => scoped && closed,
    };
    // 第二大 is a rank, 第二大队 a name; the span stops before 大 and 高, which are no units.
    let unit = unit.filter(|u| !matches!(*u, "大" | "高" | "长"));
    let end = next + unit.map_or(0, |u| u.chars().count());
    if !holds {
        // Whatever follows 第三 is counted by it: 第三条, 第二次.
        let skip = units::longest(limit, next).map_or(next, |(_, length)| next + length);
        return (None, skip);
    }
    let figure = ranked(scene, sentence, at, end, &read, unit.unwrap_or(""));
    (Some(figure), end)
}

/// 居全省首位, 荣登榜首, 夺得头名: the first place by its name. Behind anything but a verb of ranking or a scope (放在首位) it is none.
fn first(scene: &Scene<'_>, sentence: &Range<usize>, at: usize) -> Option<Figure> {
    let word = ["首位", "榜首", "头名"]
        .into_iter()
        .find(|word| scene.starts_with(at, word))?;
    let end = at + word.chars().count();
    let from = scene.clause_start(at, sentence.start);
    let bare = word == "首位";
    let scope = || {
        list!("claims/rank_scopes")
            .longest_before(scene.chars, at)
            .is_some_and(|scope| at - scope.len() >= from && (!bare || scope.len() > 1))
    };
    let holds = scope()
        || in_long_scope(scene, from, at)
        || scene.ends_with_any(
            at,
            &[
                "居", "列", "排", "居于", "排在", "登", "登上", "问鼎", "稳坐", "占据",
            ],
        )
        || list!("claims/winning_verbs")
            .longest_before(scene.chars, at)
            .is_some();
    if !holds || end > sentence.end || scene.in_title(at) || scene.at(end) == Some('度') {
        return None;
    }
    let value = Number {
        start: at,
        end: at + 1,
        value: 1.0,
        lower: Some(1.0),
        upper: Some(1.0),
        direction: Direction::Exact,
        approximation: String::new(),
        scale: Scale::One,
        chinese: true,
    };
    let unit = match word {
        "首位" => "位",
        "头名" => "名",
        _ => "",
    };
    let mut figure = ranked(scene, sentence, at, end, &value, unit);
    if unit.is_empty() {
        word.clone_into(&mut figure.number_text);
    }
    Some(figure)
}

/// 居全国前十位, 进入前3名: at most the tenth.
pub(super) fn top(scene: &Scene<'_>, sentence: &Range<usize>, at: usize) -> (Option<Figure>, usize) {
    let limit = &scene.chars[..sentence.end];
    let Some(mut read) =
        number::scan(limit, at + 1).filter(|n| n.direction == Direction::Exact && n.scale == Scale::One)
    else {
        return (None, at + 1);
    };
    let unit = ["位", "名", "强", "大"]
        .into_iter()
        .find(|unit| scene.starts_with(read.end, unit));
    let end = read.end + usize::from(unit.is_some());
    let from = scene.clause_start(at, sentence.start);
    let left = scene.text(from.max(at.saturating_sub(8)), at);
    let scoped = list!("claims/rank_scopes").is_in(&left)
        || in_long_scope(scene, from, at)
        || ["进入", "跻身", "进位"].iter().any(|s| left.contains(s))
        // 产能前十位的企业: ranked by what is measured.
        || matches!(unit, Some("位" | "名"))
            && (scene.ends_with_any(at, &["量", "额", "产能", "产值", "市值", "收入", "规模", "排名", "份额", "利润"])
                || scene.ends_with_any(at, &["得分", "成绩", "票数", "增速", "人口"]));
    let closed =
        unit.is_some() || scene.at(end).is_none_or(|c| is_clause_end(c) || c == '、') || end >= sentence.end;
    if !scoped || !closed {
        return (None, at + 1);
    }
    read.hedge("前", Direction::AtMost, true);
    let mut figure = ranked(
        scene,
        sentence,
        at,
        end,
        &read,
        unit.filter(|u| !matches!(*u, "强" | "大")).unwrap_or(""),
    );
    "前".clone_into(&mut figure.approximation);
    (Some(figure), end)
}

/// Figures that are written without a numeral: 居首位, 收入翻番.
pub(super) fn unnumbered(scene: &Scene<'_>, sentence: &Range<usize>, at: usize) -> Option<Figure> {
    match scene.chars[at] {
        '首' | '榜' | '头' => first(scene, sentence, at),
        '翻' => doubled(scene, sentence, at),
        _ => None,
    }
}

/// 翻番, 翻了番: 翻一番 without its number.
fn doubled(scene: &Scene<'_>, sentence: &Range<usize>, at: usize) -> Option<Figure> {
    let end = ["翻番", "翻了番"]
        .iter()
        .find(|word| scene.starts_with(at, word))
        .map(|word| at + word.chars().count())?;
    let (unit, _) = units::longest(scene.chars, end - 1)?;
    // “两翻番、一冲刺” is a label.
    let counted = scene.before(at).is_some_and(is_numeral);
    (end <= sentence.end && !counted && !scene.in_title(at)).then(|| Figure {
        start: at,
        end,
        number_text: String::new(),
        value: 1.0,
        lower: Some(1.0),
        upper: Some(1.0),
        approximation: String::new(),
        direction: Direction::Exact,
        unit: unit.name.to_owned(),
        unit_normalised: unit.base.to_owned(),
        factor: unit.factor,
        class: unit.class,
        rank: false,
        in_slogan: false,
    })
}
