//! What stands in front of a number and belongs to it: its sign and its currency.

use super::scene::{Scene, is_clause_end};
use super::units::{Unit, UnitClass};
use crate::discourse::number::{self, Sign};
use crate::list;
use crate::text::han::{is_digit, is_han, is_space};

/// The sign of the number that begins at `at`, and where it begins, if it is one in front of this unit.
///
/// 负 is none in 减负, 担负 and the like; a hyphen none between letters, digits and words (A-15, 2020-15), behind a list mark, or in
/// front of what is counted by pieces.
pub(super) fn sign(scene: &Scene<'_>, at: usize, class: UnitClass, unit: &str) -> Option<(Sign, usize)> {
    let (sign, start) = number::sign(scene.chars, at)?;
    let before = scene.before(start);
    let heat = matches!(unit, "℃" | "摄氏度" | "度" | "°C" | "华氏度");
    let measured = matches!(class, UnitClass::Share | UnitClass::Money | UnitClass::Physical);
    let open = before
        .is_none_or(|c| is_clause_end(c) || is_space(c) || matches!(c, '(' | '（' | '、' | '和' | '与'));
    let line = before.is_none_or(|c| c == '\n');
    let said = before.is_some_and(|c| "为是至到达在率长降温额差润值量约幅比速于减增近超".contains(c));
    let mark = scene.at(start);
    let holds = match sign {
        Sign::Both => true,
        // 零下 with what the cold is measured in.
        Sign::Minus if start + 2 == at => heat,
        Sign::Minus if matches!(mark, Some('负')) => {
            open || before.is_some_and(|c| "为是至到达在率约".contains(c))
        }
        Sign::Minus => {
            measured
                && (said
                    || heat && !before.is_some_and(|c| c.is_ascii_alphanumeric() || is_digit(c))
                    || open && (!line || class == UnitClass::Share))
        }
        Sign::Plus => {
            class == UnitClass::Share
                && before.is_none_or(|c| {
                    !c.is_ascii_alphanumeric() && !is_digit(c) && !matches!(c, '”' | '’' | '%' | '％')
                })
        }
    };
    holds.then_some((sign, start))
}

/// A currency in front of an amount.
pub(super) struct Currency {
    /// As it is written.
    pub(super) name: &'static str,
    /// The unit that it names.
    pub(super) base: &'static str,
    /// First character.
    pub(super) start: usize,
}

/// The currency named right in front of `at`, and where its name begins: US$, 港币.
pub(super) fn currency(scene: &Scene<'_>, at: usize) -> Option<Currency> {
    let entry = list!("claims/currencies").all_before(scene.chars, at).next()?;
    let start = at - entry.len();
    let lettered = entry.word.starts_with(|c: char| c.is_ascii_alphabetic());
    let glued = lettered && scene.before(start).is_some_and(|c| c.is_ascii_alphanumeric());
    // 港币$500万: the name says whose dollars they are.
    if !glued
        && !lettered
        && !entry.word.starts_with(is_han)
        && let Some(named) = currency(scene, start)
    {
        return Some(named);
    }
    (!glued).then_some(Currency {
        name: entry.word,
        base: entry.field(1),
        start,
    })
}

/// Whether an amount of this unit can be one of a currency named in front of it: 元, 圆, 角 and 分, of no country by themselves.
pub(super) fn takes_currency(unit: Unit) -> bool {
    unit.base == "元" && matches!(unit.name, "元" | "圆" | "角" | "元整" | "块钱")
}
