//! What kind of statement a claim makes, and what sort of thing it counts.

use std::ops::Range;

use super::deed::{came_about, describes_what_is, was_done};
use super::figure::Figure;
use super::grammar::Governed;
use super::imposed::{FINES, is_imposed};
use super::mood::Mood;
use super::scene::{Scene, Section};
use super::{ClaimKind, QuantityChange, UnitClass};
use crate::discourse::number::Direction;
use crate::list;
use crate::lists::List;
use crate::text::han::is_han;

/// What a claim says: its kind of statement and the sort of thing it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) kind: ClaimKind,
    pub(super) category: &'static str,
}

/// What stands around a figure in its sentence.
pub(super) struct Place<'a> {
    pub(super) sentence: &'a Range<usize>,
    /// Where the figure before it ends, and the one behind it begins.
    pub(super) between: Range<usize>,
    pub(super) mood: Mood,
    /// Kind of the last figure in the sentence that is neither a change nor a rank.
    pub(super) whole: Option<ClaimKind>,
}

/// What the claim of a figure says, from what grammar says of it and how it moved.
pub(super) fn statement(
    scene: &Scene<'_>,
    place: &Place<'_>,
    figure: &Figure,
    governed: &Governed,
    change: Option<&QuantityChange>,
) -> Statement {
    let category = category(figure, governed);
    let kind = if figure.rank {
        ClaimKind::Rank
    } else {
        kind(scene, place, figure, governed, change, category)
    };
    Statement { kind, category }
}

fn kind(
    scene: &Scene<'_>,
    place: &Place<'_>,
    figure: &Figure,
    governed: &Governed,
    change: Option<&QuantityChange>,
    category: &str,
) -> ClaimKind {
    let Place { sentence, mood, .. } = place;
    let from = scene.clause_start(figure.start, sentence.start);
    let to = scene.clause_end(figure.end, sentence.end);
    let before = scene.text(from, figure.start);
    if scene.regulation {
        // 占据了世界50%以上, 出资占比40%: what is, in a text of rules as well.
        let bounded = matches!(figure.direction, Direction::AtLeast | Direction::AtMost);
        let is = ["占比", "占据了", "占了"]
            .iter()
            .any(|word| before.contains(word));
        if figure.class == UnitClass::Share && is && !mood.owed && (!bounded || before.contains('了')) {
            return ClaimKind::Inventory;
        }
        return ClaimKind::Norm;
    }
    // The members of a programme in a quotation are duties: 提交一件提案、开展一项调查.
    let one = figure.number_text == "一" && figure.class != UnitClass::Share;
    let fine = governed
        .verb
        .as_deref()
        .is_some_and(|v| matches!(v, "处" | "并处" | "处以"))
        && FINES
            .iter()
            .any(|fine| governed.object.as_deref().is_some_and(|o| o.contains(fine)));
    let demanded = mood.demanded && mood.weakly_owed.is_some();
    if fine || mood.owed && !mood.over || demanded || one && (figure.in_slogan || mood.weakly_owed.is_some())
    {
        return ClaimKind::Norm;
    }
    let behind = scene.text(figure.end, to);
    let front = scene.text(sentence.start.max(figure.start.saturating_sub(20)), figure.start);
    let punished =
        figure.class == UnitClass::Duration && ["刑度", "刑期"].iter().any(|word| front.contains(word));
    if punished || change.is_none() && is_imposed(*mood, figure, &before, &behind) {
        return ClaimKind::Norm;
    }
    if is_loss(scene, place, figure, change, from..to) {
        return ClaimKind::Loss;
    }
    if describes_what_is(figure, &before, &behind) {
        return ClaimKind::Inventory;
    }
    if change.is_none() && is_specification(scene, figure, governed, &before) {
        return ClaimKind::Inventory;
    }
    let ahead = scene.section(figure.start) == Section::Ahead && !mood.over && !before.contains("累计");
    if mood.planned || ahead {
        return ClaimKind::Target;
    }
    let bounded = matches!(figure.direction, Direction::AtLeast | Direction::AtMost);
    let amount = matches!(figure.class, UnitClass::Money | UnitClass::Physical);
    let weak = mood.weakly_owed.is_some_and(|rate| bounded || !(rate && amount));
    if weak && !mood.seems_over && change.is_none() {
        return ClaimKind::Norm;
    }
    // 其中企业410.1万户: what the whole is, its part is.
    if before.starts_with("其中")
        && change.is_none()
        && before.chars().count() <= 12
        && let Some(whole) = place.whole
    {
        return whole;
    }
    if change.is_none()
        && let Some(kind) = by_name(figure, &before, &behind)
    {
        return kind;
    }
    if change.is_none() && was_done(scene, figure, &before, &behind) {
        return ClaimKind::Achievement;
    }
    if is_stock(scene, figure, governed, (&before, to), category) {
        return ClaimKind::Inventory;
    }
    if change.is_some() || figure.unit == "番" || before.ends_with("连续") {
        return ClaimKind::Achievement;
    }
    if governed.verb.is_some() || came_about(scene, figure, &before, to) {
        return ClaimKind::Achievement;
    }
    ClaimKind::Inventory
}

/// Without a verb of change: what the name right in front of a figure says of it. Flows of a year (产值, 收入, 产量) were done; rates, shares and
/// indices are there.
fn by_name(figure: &Figure, before: &str, behind: &str) -> Option<ClaimKind> {
    // 增加值 is a name and tells of no change.
    if tells_of_change(&before.replace("增加值", "产值").replace("增长的贡献", "贡献")) {
        return None;
    }
    let mut name = before;
    // 国内生产总值[2]900309亿元: the mark of a note.
    if let Some(open) = name
        .strip_suffix([']', '］', '〕'])
        .and_then(|rest| rest.rfind(['[', '［', '〔']))
    {
        name = &name[..open];
    }
    let named = name;
    while let Some(rest) = list!("claims/name_verbs")
        .ends(name)
        .and_then(|verb| name.strip_suffix(verb.word))
    {
        name = rest;
    }
    // 失业率为5%, 办结率达到96%: what is; 售价达到200元: what was reached.
    let level = named.ends_with(['为', '是', '占']);
    let plain = name.len() == named.len();
    let rate = list!("claims/rates").ends(name).is_some();
    if figure.class == UnitClass::Share {
        let says = ["率为", "比重为", "指数为", "比例为", "占比为"]
            .iter()
            .any(|word| before.contains(word));
        let reached = rate && named.ends_with(['达', '到', '在']);
        return (rate && plain || reached || says || level && !name.contains("完成"))
            .then_some(ClaimKind::Inventory);
    }
    let by_head = ["人均", "户均", "平均", "每人"]
        .iter()
        .any(|word| name.contains(word));
    let amount = matches!(
        figure.class,
        UnitClass::Money | UnitClass::Physical | UnitClass::Goods | UnitClass::General
    );
    // 气温为35℃, 售价为200元: what is.
    if figure.class == UnitClass::Age || level && (amount && rate || figure.unit.ends_with("/人")) {
        return Some(ClaimKind::Inventory);
    }
    let describes = behind.starts_with('的') && behind.chars().count() > 1;
    // 答案只是五个原则: what something is.
    let counted = matches!(
        figure.class,
        UnitClass::General | UnitClass::Structure | UnitClass::People
    );
    if counted && before.ends_with('是') && !before.ends_with("于是") {
        return Some(ClaimKind::Inventory);
    }
    // 女性为2551元: a level that is no flow of a year.
    let whole = ["共", "累计", "完成", "合计", "总"]
        .iter()
        .any(|word| before.contains(word));
    let priced = figure.class == UnitClass::Money && list!("claims/flows").ends(name).is_none();
    if priced && level && !whole {
        return Some(ClaimKind::Inventory);
    }
    // 就业人员1357万人: who there is.
    let there = [
        "就业人员",
        "从业人员",
        "常住人口",
        "户籍人口",
        "流动人口",
        "在职人员",
        "在岗职工",
        "总人口",
        "城镇人口",
    ];
    if figure.class == UnitClass::People
        && plain
        && there.iter().any(|who| before.ends_with(who))
        && !before.contains('新')
    {
        return Some(ClaimKind::Inventory);
    }
    if amount && !by_head && !describes && list!("claims/flows").ends(name).is_some() {
        return Some(ClaimKind::Achievement);
    }
    // 出席会议的委员一百六十九人: who took part.
    let attended = ["出席", "列席", "到会", "参会"]
        .iter()
        .any(|word| before.contains(word));
    (figure.class == UnitClass::People && attended && before.contains('的')).then_some(ClaimKind::Achievement)
}

/// A size or a grade of a thing: 8英寸硅片, 220千伏变电站, 大厦高111米.
fn is_specification(scene: &Scene<'_>, figure: &Figure, governed: &Governed, before: &str) -> bool {
    if figure.class != UnitClass::Physical {
        return false;
    }
    let noun = scene
        .at(figure.end)
        .is_some_and(|c| is_han(c) && !"的以左多余上及和与至到或、".contains(c));
    if noun && list!("claims/grades").has(&figure.unit) {
        return true;
    }
    let stands = governed
        .verb
        .as_deref()
        .is_none_or(|v| list!("claims/standing_verbs").has(v) || matches!(v, "位于" | "坐落" | "地处"));
    let sized = [
        "高", "长", "宽", "厚", "深", "重", "海拔", "直径", "口径", "总高", "全长", "相距", "距离",
    ]
    .iter()
    .any(|word| before.ends_with(word));
    stands && sized && !tells_of_change(before)
}

/// A stock or a share: what there is, as its verb, its thing or its place in the phrase says.
fn is_stock(
    scene: &Scene<'_>,
    figure: &Figure,
    governed: &Governed,
    (before, to): (&str, usize),
    category: &str,
) -> bool {
    if figure.class == UnitClass::Structure && figure.unit == "级" {
        return true;
    }
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let holds = |words: &[&str]| words.iter().any(|word| before.contains(word));
    let moved = tells_of_change(before);
    // 占总量的64%, 占比达68%; what rose to a share moved.
    if figure.class == UnitClass::Share
        && !moved
        && holds(&["占", "比重", "高于", "低于", "超过全", "超过平均"])
    {
        return true;
    }
    // 总投资410亿元的项目, 收入50万元以上的村: a figure that describes.
    let describes = scene.at(figure.end) == Some('的') && figure.end + 1 < to;
    let measured = matches!(
        figure.class,
        UnitClass::Share | UnitClass::Money | UnitClass::Physical | UnitClass::Age
    );
    if describes && measured && !moved {
        return true;
    }
    // 达到总面积的64%, 104种产品中: a part of a whole, and the whole of parts.
    if figure.class == UnitClass::Share && before.ends_with('的') && !moved && !before.contains("完成") {
        return true;
    }
    if counted_among(scene, figure, to) {
        return true;
    }
    if ends(&["有", "共", "共计", "总计", "合计"]) && !ends(&["建有", "办有"]) && governed.verb.is_none()
        || ends(&["有"])
    {
        return true;
    }
    let verb = governed.verb.as_deref();
    let counted = matches!(
        figure.class,
        UnitClass::General | UnitClass::Structure | UnitClass::People
    );
    let object = governed.object.as_deref().unwrap_or("");
    let kept = list!("claims/stock_nouns").ends(object).is_some();
    // 达247家, 超220万户: the verb, or a hedge in its place, stands in front of the number.
    let hedge = ["超", "突破", "逾"]
        .iter()
        .any(|hedge| figure.approximation.starts_with(hedge));
    let level = hedge || list!("claims/level_verbs").ends(before).is_some();
    if level
        && verb.is_none_or(|v| hedge || list!("claims/level_verbs").has(v))
        && figure.class != UnitClass::Share
    {
        return kept || counted && list!("claims/flow_heads").ends(object).is_none() && figure.unit != "人次";
    }
    let standing = verb.is_some_and(|v| list!("claims/standing_verbs").has(v))
        || verb.is_none() && list!("claims/stock").is_in(before);
    let body = category == "structure" || category == "people";
    if standing
        && (body
            || verb.is_some_and(|v| {
                matches!(
                    v,
                    "拥有"
                        | "手握"
                        | "握有"
                        | "持有"
                        | "坐拥"
                        | "存有"
                        | "现有"
                        | "设有"
                        | "共有"
                        | "下设"
                        | "占"
                        | "辖"
                        | "保有"
                )
            }))
    {
        return true;
    }
    figure.class == UnitClass::Structure && verb.is_none_or(|v| list!("claims/standing_verbs").has(v))
}

/// Whether a verb of change stands in a text: one of two characters, or a short one that goes somewhere (升至).
fn tells_of_change(text: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        let rest = &text[at..];
        [list!("claims/rising"), list!("claims/falling")]
            .iter()
            .any(|list| {
                list.begins(rest).is_some_and(|verb| {
                    verb.len() > 1 || rest[verb.word.len()..].starts_with(['到', '至', '了'])
                })
            })
    })
}

/// 104种产品中，…: the members of a whole are told of next.
fn counted_among(scene: &Scene<'_>, figure: &Figure, to: usize) -> bool {
    scene.before(to) == Some('中')
        && to > figure.end
        && to - figure.end <= 14
        && matches!(
            figure.class,
            UnitClass::General | UnitClass::Structure | UnitClass::People
        )
}

/// Casualties, damage and other losses: a word of harm beside the figure, and nothing in the clause that was done against it.
fn is_loss(
    scene: &Scene<'_>,
    place: &Place<'_>,
    figure: &Figure,
    change: Option<&QuantityChange>,
    clause: Range<usize>,
) -> bool {
    if figure.class == UnitClass::Duration || figure.class == UnitClass::Age {
        return false;
    }
    // 死亡率, 死亡人数下降30%: a share tells of a loss only where losses grew.
    if figure.class == UnitClass::Share && change.is_none_or(|change| change.value < 0.0) {
        return false;
    }
    let listed = |range: Range<usize>| {
        scene.chars[range]
            .iter()
            .rposition(|c| *c == '、')
            .map(|at| at + 1)
    };
    let near = place
        .between
        .start
        .max(clause.start)
        .max(figure.start.saturating_sub(16))
        .min(figure.start);
    let near = near + listed(near..figure.start).unwrap_or(0);
    let end = place
        .between
        .end
        .min(clause.end)
        .min(figure.end + 12)
        .max(figure.end);
    let end = scene.chars[figure.end..end]
        .iter()
        .position(|c| *c == '、')
        .map_or(end, |at| figure.end + at);
    let losses = list!("claims/losses");
    let (front, back) = (scene.text(near, figure.start), scene.text(figure.end, end));
    // 其余6名伤者中：4人伤情稳定、2人…: the persons of one harm are told of one by one.
    let parted = figure.class == UnitClass::People && place.whole == Some(ClaimKind::Loss) && {
        let told = scene.text(
            place.sentence.start.max(figure.start.saturating_sub(60)),
            figure.start,
        );
        told.contains("其中") || told.contains("中：") || told.contains("中:") || told.contains("中，")
    };
    let toll = figure.unit == "人"
        && scene
            .before(figure.end)
            .is_some_and(|c| matches!(c, '死' | '伤' | '亡'));
    let harmed = parted
        || toll
        || losses.is_in(&front)
        || losses.is_in(&back)
        || matches!(figure.unit.as_str(), "起" | "场" | "次")
            && front.contains("发生")
            && ["事故", "火灾", "灾害", "地震", "爆炸", "疫情"]
                .iter()
                .any(|word| front.contains(word) || back.contains(word));
    if !harmed {
        return false;
    }
    let relief = list!("claims/relief");
    let front = scene.text(clause.start, figure.start);
    // 经抢救无效死亡: the help was in vain.
    let vain = back.contains("无效");
    !relief.is_in(&front) && (vain || !relief.is_in(&back))
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
