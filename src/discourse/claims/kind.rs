//! What kind of statement a claim makes, and what sort of thing it counts.

use std::ops::Range;

use super::figure::Figure;
use super::grammar::Governed;
use super::scene::{Scene, Section};
use super::{ClaimKind, UnitClass};
use crate::discourse::number::Direction;
use crate::list;
use crate::lists::List;

/// What a claim says: its kind of statement and the sort of thing it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) kind: ClaimKind,
    pub(super) category: &'static str,
}

/// What the claim of a figure says, from what grammar says of it and whether it moved.
pub(super) fn statement(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    figure: &Figure,
    governed: &Governed,
    moved: bool,
) -> Statement {
    let category = category(figure, governed);
    let kind = if figure.rank {
        ClaimKind::Rank
    } else {
        kind(scene, sentence, figure, governed, moved, category)
    };
    Statement { kind, category }
}

fn kind(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    figure: &Figure,
    governed: &Governed,
    moved: bool,
    category: &str,
) -> ClaimKind {
    let from = scene.clause_start(figure.start, sentence.start);
    let clause = scene.text(from, scene.clause_end(figure.end, sentence.end));
    let before = scene.text(from, figure.start);
    let opening = scene.text(sentence.start, figure.start);
    let holds = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(w));
    if scene.regulation {
        return ClaimKind::Norm;
    }
    // The members of a programme in a quotation are duties: 提交一件提案、开展一项调查.
    let one = figure.number_text == "一" && figure.class != UnitClass::Share;
    let obliged = list!("claims/duty").is_in(&before)
        || (figure.direction == Direction::AtLeast
            && figure.class != UnitClass::Share
            && before.contains('每'))
        || holds(&before, &["应在", "应于", "应为", "应不", "应达", "应有"]);
    let fine = governed
        .verb
        .as_deref()
        .is_some_and(|v| matches!(v, "处" | "并处" | "处以"))
        && governed.object.as_deref().is_some_and(|o| o.contains("罚款"));
    let past = list!("claims/past").is_in(&opening);
    if fine || obliged && !past || (one && figure.in_slogan) || (obliged && one) {
        return ClaimKind::Norm;
    }
    let ahead = scene.section(figure.start) == Section::Ahead;
    let behind = scene.text(figure.end, scene.clause_end(figure.end, sentence.end));
    let planned = list!("claims/plan").is_in(&before)
        || has_future(&before, &scene.text(figure.start, figure.end), &behind);
    if planned && !holds(&before, &["已", "了"])
        || (ahead && !holds(&before, &["已", "累计", "去年", "以来"]))
    {
        return ClaimKind::Target;
    }
    if moved || figure.unit == "番" {
        return ClaimKind::Achievement;
    }
    if figure.class == UnitClass::Structure {
        return ClaimKind::Inventory;
    }
    let verb = governed.verb.as_deref();
    let standing = verb.is_some_and(|v| list!("claims/standing_verbs").has(v))
        || verb.is_none() && list!("claims/stock").is_in(&clause);
    let body = category == "structure" || category == "people";
    if standing
        && (body
            || verb.is_some_and(|v| {
                matches!(
                    v,
                    "拥有" | "现有" | "设有" | "共有" | "下设" | "占" | "辖" | "保有"
                )
            }))
    {
        return ClaimKind::Inventory;
    }
    // No verb in front: a stock, unless something is said of it behind (4篇信息得到批示).
    if verb.is_none() || before.ends_with("有") {
        return ClaimKind::Inventory;
    }
    ClaimKind::Achievement
}

fn category(figure: &Figure, governed: &Governed) -> &'static str {
    if figure.rank {
        return "rank";
    }
    let ends = |words: &List| {
        governed
            .object
            .as_deref()
            .is_some_and(|o| words.ends(o).is_some())
    };
    let (people, bodies) = (list!("claims/person_nouns"), list!("claims/body_nouns"));
    match figure.class {
        UnitClass::Money => "money",
        UnitClass::People | UnitClass::Age => "people",
        UnitClass::Share => "share",
        UnitClass::Duration => "time",
        UnitClass::Physical => "physical",
        UnitClass::Goods => "goods",
        UnitClass::Structure => "structure",
        UnitClass::General if ends(people) && !ends(bodies) => "people",
        UnitClass::General if ends(bodies) || figure.unit == "家" => "structure",
        UnitClass::General | UnitClass::Activity => "activity",
    }
}

/// Whether the clause around a claim has a 将 that speaks of what is to come.
fn has_future(before: &str, figure: &str, behind: &str) -> bool {
    before.match_indices('将').any(|(at, mark)| {
        let rest = &before[at + mark.len()..];
        if before[..at].ends_with(['即', '必', '仍', '还', '也', '都', '就']) {
            return true;
        }
        // 将军, 将士: no word of time. 将120万元…: a number right behind is an object.
        if rest.starts_with(['军', '士', '领']) {
            return false;
        }
        let future = list!("claims/behind_future");
        if rest.is_empty() {
            return future.begins(figure).is_some();
        }
        if future.begins(rest).is_some() {
            return true;
        }
        let disposing = list!("claims/disposing_verbs");
        !disposing.is_in(rest) && !disposing.is_in(behind)
    })
}
