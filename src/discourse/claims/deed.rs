//! Whether the words around a figure tell of a deed.

use super::UnitClass;
use super::figure::Figure;
use super::scene::Scene;
use crate::discourse::number::Direction;
use crate::list;

/// Verbs of a stay that are followed by its length.
const SPENT: [&str; 9] = [
    "监禁", "監禁", "拘留", "羁押", "关押", "逗留", "停留", "密会", "密會",
];

/// 封锁了2个车道, 只用7小时, 48小时卖掉了9万份, 开出50米后: what an aspect or the order of events says was done.
pub(super) fn was_done(scene: &Scene<'_>, figure: &Figure, before: &str, behind: &str) -> bool {
    let stretch = matches!(figure.class, UnitClass::Duration | UnitClass::Physical);
    let aspect = before.strip_suffix('了').is_some_and(|verb| {
        !verb.is_empty()
            && !verb.ends_with([
                '有', '占', '为', '為', '除', '成', '到', '是', '来', '达', '超', '不',
            ])
    });
    let counted = figure.class != UnitClass::Share;
    let in_time = figure.class == UnitClass::Duration
        && (before.ends_with(['用', '花'])
            || behind.chars().take(4).any(|c| c == '了') && !behind.starts_with(['的', '以', '了']));
    let then = stretch
        && matches!(
            figure.direction,
            Direction::Exact | Direction::About | Direction::Above
        )
        && behind.starts_with(['后', '後'])
        && scene
            .at(figure.end + 1)
            .is_none_or(|c| !"续备方勤期面".contains(c));
    // 监禁45个月, 密会48分钟: how long it was done.
    let spent = figure.class == UnitClass::Duration && SPENT.iter().any(|verb| before.ends_with(verb));
    counted && aspect || in_time || then || spent
}

/// 相差8岁, 100%控股的公司: what is, in a plan as well.
pub(super) fn describes_what_is(figure: &Figure, before: &str, behind: &str) -> bool {
    let apart = ["相差", "相隔", "相距"].iter().any(|word| before.ends_with(word));
    let held = figure.class == UnitClass::Share && behind.trim_start().starts_with("控股");
    apart || held
}

/// Without a verb that governs the figure: whether a verb right in front of it, or what is said behind it, tells of a deed.
pub(super) fn came_about(scene: &Scene<'_>, figure: &Figure, before: &str, to: usize) -> bool {
    if list!("claims/verbs").ends(before).is_some_and(|v| v.len() > 1)
        || list!("claims/verbs_as_nouns")
            .ends(before)
            .is_some_and(|v| v.len() > 1)
        || list!("claims/rising").ends(before).is_some_and(|v| v.len() > 1)
        || list!("claims/falling").ends(before).is_some_and(|v| v.len() > 1)
        || list!("claims/deeds").ends(before).is_some()
        || list!("claims/verbs").begins(before).is_some_and(|v| v.len() > 1)
    {
        return true;
    }
    // 同比+9%: the sign tells of a change.
    if figure.class == UnitClass::Share && (before.ends_with("同比") || before.ends_with("环比")) {
        return true;
    }
    // 规模超万亿元: the hedge is the verb; 从业超过40年 tells how long.
    if figure.class != UnitClass::Duration
        && ["超", "突破", "逾"]
            .iter()
            .any(|verb| figure.approximation.starts_with(verb))
    {
        return true;
    }
    let behind = scene.text(figure.end, to);
    list!("claims/outcomes").is_in(&behind)
}
