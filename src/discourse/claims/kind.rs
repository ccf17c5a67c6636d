//! What kind of statement a claim makes, and what sort of thing it counts.

use std::ops::Range;

use super::lexicon::{BODIES, DUTY, PAST, PERSONS, PLAN, STOCK};
use super::scene::{Scene, Section};
use super::{Claim, Kind, UnitClass};
use crate::discourse::number::Direction;

/// Verbs that say that there is something, or bring an organisation about.
const STANDING: [&str; 14] = [
    "依托", "拥有", "现有", "设有", "共有", "下设", "占", "设立", "组织", "抓好", "由", "为", "辖", "保有",
];

/// Fills `kind` and `category`.
pub(super) fn kinds(scene: &Scene, sentence: &Range<usize>, claims: &mut [Claim]) {
    for claim in claims {
        claim.category = category(claim);
        if claim.kind != Kind::Rank {
            claim.kind = kind(scene, sentence, claim);
        }
    }
}

fn kind(scene: &Scene, sentence: &Range<usize>, claim: &Claim) -> Kind {
    let from = scene.clause_start(claim.start, sentence.start);
    let clause = scene.text(from, scene.clause_end(claim.end, sentence.end));
    let before = scene.text(from, claim.start);
    let opening = scene.text(sentence.start, claim.start);
    let holds = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(w));
    if scene.regulation {
        return Kind::Norm;
    }
    // The members of a programme in a quotation are duties: 提交一件提案、开展一项调查.
    let one = claim.number_text == "一" && claim.class != UnitClass::Share;
    let obliged = holds(&before, &DUTY)
        || (claim.direction == Direction::AtLeast
            && claim.class != UnitClass::Share
            && before.contains('每'))
        || holds(&before, &["应在", "应于", "应为", "应不", "应达", "应有"]);
    let fine = claim
        .verb
        .as_deref()
        .is_some_and(|v| matches!(v, "处" | "并处" | "处以"))
        && claim.object.as_deref().is_some_and(|o| o.contains("罚款"));
    let past = holds(&opening, &PAST);
    if fine || obliged && !past || (one && claim.in_slogan) || (obliged && one) {
        return Kind::Norm;
    }
    let ahead = scene.section(claim.start) == Section::Ahead;
    let behind = scene.text(claim.end, scene.clause_end(claim.end, sentence.end));
    let planned = holds(&before, &PLAN) || has_future(&before, &scene.text(claim.start, claim.end), &behind);
    if planned && !holds(&before, &["已", "了"])
        || (ahead && !holds(&before, &["已", "累计", "去年", "以来"]))
    {
        return Kind::Target;
    }
    let moved = claim.change.is_some() || claim.unit == "番";
    if moved {
        return Kind::Achievement;
    }
    if claim.class == UnitClass::Structure {
        return Kind::Inventory;
    }
    let verb = claim.verb.as_deref();
    let standing = verb.is_some_and(|v| STANDING.contains(&v)) || holds(&clause, &STOCK) && verb.is_none();
    let body = claim.category == "structure" || claim.category == "people";
    if standing
        && (body
            || verb.is_some_and(|v| {
                matches!(
                    v,
                    "拥有" | "现有" | "设有" | "共有" | "下设" | "占" | "辖" | "保有"
                )
            }))
    {
        return Kind::Inventory;
    }
    // No verb in front: a stock, unless something is said of it behind (4篇信息得到批示).
    if verb.is_none() || before.ends_with("有") {
        return Kind::Inventory;
    }
    Kind::Achievement
}

fn category(claim: &Claim) -> &'static str {
    if claim.kind == Kind::Rank {
        return "rank";
    }
    let ends = |words: &[&str]| {
        claim
            .object
            .as_deref()
            .is_some_and(|o| words.iter().any(|w| o.ends_with(w)))
    };
    match claim.class {
        UnitClass::Money => "money",
        UnitClass::People | UnitClass::Age => "people",
        UnitClass::Share => "share",
        UnitClass::Duration => "time",
        UnitClass::Physical => "physical",
        UnitClass::Goods => "goods",
        UnitClass::Structure => "structure",
        UnitClass::General if ends(&PERSONS) && !ends(&BODIES) => "people",
        UnitClass::General if ends(&BODIES) || claim.unit == "家" => "structure",
        UnitClass::General | UnitClass::Activity => "activity",
    }
}

/// Words behind a 将 that makes the future; behind the one that marks an object stands a noun or a number.
const FUTURE: [&str; 44] = [
    "继续",
    "进一步",
    "新",
    "再",
    "建",
    "开展",
    "开工",
    "投",
    "实施",
    "推",
    "达",
    "超",
    "突破",
    "完成",
    "组织",
    "安排",
    "举",
    "筹",
    "于",
    "在",
    "有",
    "是",
    "为",
    "对",
    "从",
    "向",
    "把",
    "被",
    "由",
    "通过",
    "全面",
    "着力",
    "重点",
    "大力",
    "陆续",
    "分",
    "增",
    "减",
    "加",
    "启动",
    "培",
    "打造",
    "引进",
    "带动",
];
/// Verbs that make something of an object that 将 marks.
const DISPOSING: [&str; 30] = [
    "纳入",
    "列入",
    "列为",
    "作为",
    "用于",
    "用来",
    "分为",
    "划为",
    "划分",
    "编入",
    "细化",
    "分解",
    "转化",
    "转为",
    "打造成",
    "建成",
    "建在",
    "送到",
    "送",
    "移交",
    "落实到",
    "延伸",
    "融入",
    "整合",
    "分配",
    "投向",
    "拨付",
    "设在",
    "下沉",
    "编成",
];

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
        if rest.is_empty() {
            return FUTURE.iter().any(|word| figure.starts_with(word));
        }
        if FUTURE.iter().any(|word| rest.starts_with(word)) {
            return true;
        }
        let disposing = |part: &str| DISPOSING.iter().any(|word| part.contains(word));
        !disposing(rest) && !disposing(behind)
    })
}
