//! What an authority imposes: fines, terms of punishment, deadlines, what a rule names.

use super::UnitClass;
use super::figure::Figure;
use super::mood::Mood;
use crate::discourse::number::Direction;

/// Names of fines.
pub(super) const FINES: [&str; 3] = ["罚款", "罚金", "罚锾"];

/// What an authority imposes: fines, terms of punishment, deadlines.
pub(super) fn is_imposed(mood: Mood, figure: &Figure, before: &str, behind: &str) -> bool {
    let holds = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let near: String = behind.chars().take(8).collect();
    match figure.class {
        UnitClass::Money => !mood.seems_over && (holds(&near, &FINES) || holds(&near, &["罚单", "滞纳金"])),
        UnitClass::Duration => {
            let punished = holds(before, &["徒刑", "拘役", "管制", "判刑"]) || {
                let behind = near
                    .strip_prefix("以上")
                    .or(near.strip_prefix("以下"))
                    .unwrap_or(&near);
                ["刑期", "有期徒刑", "徒刑", "刑责", "拘役"]
                    .iter()
                    .any(|word| behind.starts_with(word))
            };
            // 自公告之日起30日内, 如果…后3日内: a term, whatever is to be done in it.
            let term = figure.direction == Direction::AtMost
                && !mood.seems_over
                && (before.ends_with("之日起") || before.ends_with("之日起 ") || before.starts_with("如果"));
            let deadline = figure.direction == Direction::AtMost
                && !mood.planned
                && !mood.seems_over
                && holds(
                    behind,
                    &[
                        "履行", "改正", "缴纳", "答复", "提出", "提交", "报送", "申请", "申报", "逾期",
                    ],
                );
            punished || deadline || term
        }
        // 高于100米的建筑，燃烧性应为A级: what a rule speaks of.
        UnitClass::Physical => {
            figure.direction != Direction::Exact
                && figure.direction != Direction::About
                && behind.starts_with('的')
                && holds(behind, &["应当", "应为", "应按", "应采用", "不得", "必须"])
        }
        // 条例列明了6项违规手法: what a rule names.
        UnitClass::General | UnitClass::Structure => {
            let front = before.strip_suffix('了').unwrap_or(before).trim_end();
            ["列明", "载明", "订明", "规定"]
                .iter()
                .any(|word| front.ends_with(word))
        }
        _ => false,
    }
}
