//! Whether what a number says is planned, owed or over, from the signs in front of it.
//!
//! A plan (拟, 将, 今年要, 到2027年) reaches over commas to the end of what the sentence says, and over a semicolon, until a sign of what is over
//! (已, 了, 去年) stands in another clause, or an aspect (已, 了) in its own. A sentence that begins with a bare verb goes on with the plan of the one before it
//! in the paragraph.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::figure::Figure;
use super::scene::{Scene, is_clause_end, is_quote};
use crate::discourse::page::{Page, Sentence};
use crate::list;
use crate::text::han::{is_chinese_digit, is_numeral};

/// What a sign does to the numbers behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// To the end of what the sentence says; `demanded` by 要求, which duties use, too.
    Plan { demanded: bool },
    /// In its clause.
    ClausePlan,
    /// Ends a plan; in the clause of the plan only if it is an aspect.
    Over { aspect: bool },
    /// Only takes a duty its force.
    SeemsOver,
    /// A duty, to the end of the sentence.
    Duty,
    /// A duty, in its clause.
    ClauseDuty,
    /// What a plan and what is over outweigh; in its clause. With whether it is a rate: 每年.
    WeakDuty { rate: bool },
}

#[derive(Debug, Clone, Copy)]
struct Sign {
    at: usize,
    /// Where its clause begins.
    clause: usize,
    effect: Effect,
}

/// What the signs in front of a number say; they are independent of each other.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mood {
    pub(super) planned: bool,
    /// Planned by 要求.
    pub(super) demanded: bool,
    pub(super) owed: bool,
    /// A weak duty, and whether by a rate.
    pub(super) weakly_owed: Option<bool>,
    /// Over, as its own clause says.
    pub(super) over: bool,
    /// Anything in front says that it may be over.
    pub(super) seems_over: bool,
}

/// The signs of a sentence, and what they have said so far.
#[derive(Debug)]
pub(super) struct Moods {
    signs: Vec<Sign>,
    next: usize,
    /// Clause of the plan that holds.
    plan: Option<usize>,
    demanded: bool,
    clause_plan: Option<usize>,
    duty: bool,
    clause_duty: Option<usize>,
    weak_duty: Option<(usize, bool)>,
    over: Option<usize>,
    seems_over: bool,
}

impl Moods {
    /// The signs of a sentence; `planned` if a plan of the sentence before reaches into it.
    pub(super) fn of(scene: &Scene<'_>, sentence: &Range<usize>, figures: &[Figure], planned: bool) -> Self {
        Self {
            signs: signs(scene, sentence, figures),
            next: 0,
            plan: planned.then_some(usize::MAX),
            demanded: false,
            clause_plan: None,
            duty: false,
            clause_duty: None,
            weak_duty: None,
            over: None,
            seems_over: false,
        }
    }

    /// What the signs before `end` say of a number whose clause begins at `clause`. To be asked in the order of the text.
    pub(super) fn until(&mut self, end: usize, clause: usize) -> Mood {
        while let Some(sign) = self.signs.get(self.next).filter(|sign| sign.at < end).copied() {
            self.next += 1;
            self.take(sign);
        }
        let here = |at: Option<usize>| at == Some(clause);
        Mood {
            planned: self.plan.is_some() || here(self.clause_plan),
            demanded: self.plan.is_some() && self.demanded,
            owed: self.duty || here(self.clause_duty) && !self.seems_over,
            weakly_owed: self
                .weak_duty
                .filter(|(at, _)| *at == clause)
                .map(|(_, rate)| rate),
            over: here(self.over),
            seems_over: self.seems_over,
        }
    }

    fn take(&mut self, sign: Sign) {
        match sign.effect {
            Effect::Plan { demanded } => {
                self.plan = Some(sign.clause);
                self.demanded = demanded;
                self.over = None;
            }
            Effect::ClausePlan => self.clause_plan = Some(sign.clause),
            Effect::Over { aspect } => {
                self.seems_over = true;
                if aspect || self.plan != Some(sign.clause) {
                    (self.plan, self.clause_plan, self.duty) = (None, None, false);
                    self.over = Some(sign.clause);
                }
            }
            Effect::SeemsOver => self.seems_over = true,
            Effect::Duty => self.duty = true,
            Effect::ClauseDuty => self.clause_duty = Some(sign.clause),
            Effect::WeakDuty { rate } => self.weak_duty = Some((sign.clause, rate)),
        }
    }
}

/// Plans that reach from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// By number of the sentence, once it was read: whether a plan holds at its end.
    said: Vec<Ending>,
}

impl Carried {
    /// Whether a plan of the sentences before reaches into this one.
    pub(super) fn reaches(&mut self, scene: &Scene<'_>, page: &Page<'_>, number: usize) -> bool {
        let sentences = page.sentences();
        self.said.resize(sentences.len(), Ending::Unread);
        let mut at = number;
        // A paragraph that goes on for long is about something else.
        for _ in 0..8 {
            let Some((before, here)) = at
                .checked_sub(1)
                .and_then(|before| sentences.get(before).zip(sentences.get(at)))
            else {
                return false;
            };
            if !goes_on(scene, before, here) {
                return false;
            }
            at -= 1;
            let Some(slot) = self.said.get_mut(at) else {
                return false;
            };
            if *slot == Ending::Unread {
                *slot = at_end(scene, &before.span);
            }
            match slot {
                Ending::Planned => return true,
                Ending::Over => return false,
                Ending::Unread | Ending::Silent => {}
            }
        }
        false
    }
}

/// What a sentence says of plans by its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Unread,
    Silent,
    Planned,
    Over,
}

/// Whether a plan holds at the end of a sentence.
fn at_end(scene: &Scene<'_>, sentence: &Range<usize>) -> Ending {
    let mut moods = Moods::of(scene, sentence, &[], false);
    moods.until(sentence.end, usize::MAX);
    if moods.plan.is_some() {
        return Ending::Planned;
    }
    moods.over.map_or(Ending::Silent, |_| Ending::Over)
}

/// Whether a sentence goes on with what the one before it says: behind a semicolon, or with a bare verb in the same paragraph.
fn goes_on(scene: &Scene<'_>, before: &Sentence, here: &Sentence) -> bool {
    if scene.chars[before.span.end..here.span.start].contains(&'\n') {
        return false;
    }
    let semicolon = scene
        .before(before.span.end)
        .is_some_and(|c| matches!(c, ';' | '；'));
    semicolon
        || list!("claims/programme_adverbs")
            .longest_at(scene.chars, here.span.start)
            .is_some()
        || list!("claims/verbs")
            .longest_at(scene.chars, here.span.start)
            .is_some_and(|verb| verb.len() > 1)
}

/// Whether a sign may begin with a character: nine in ten begin none.
fn may_begin(c: char) -> bool {
    static FIRST: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
        [list!("claims/plan"), list!("claims/past"), list!("claims/duty")]
            .iter()
            .flat_map(|list| list.iter())
            .filter_map(|word| word.chars().next())
            .chain(['将', '要', '到', '至'])
            .collect()
    });
    FIRST.contains(&c)
}

fn signs(scene: &Scene<'_>, sentence: &Range<usize>, figures: &[Figure]) -> Vec<Sign> {
    let (plans, pasts, duties) = (list!("claims/plan"), list!("claims/past"), list!("claims/duty"));
    let mut found = Vec::new();
    let mut clause = sentence.start;
    let mut at = sentence.start;
    while at < sentence.end {
        let c = scene.chars[at];
        if is_clause_end(c) {
            clause = at + 1;
        }
        if !may_begin(c) {
            at += 1;
            continue;
        }
        let mut next = at + 1;
        let mut add = |effect: Effect| found.push(Sign { at, clause, effect });
        if let Some(sign) = plans.longest_at(scene.chars, at)
            && !scene.in_title(at)
            && is_plan(scene, at, sign.word)
        {
            add(if sign.field(1) == "sentence" {
                Effect::Plan {
                    demanded: sign.word == "要求",
                }
            } else {
                Effect::ClausePlan
            });
            next = at + sign.len();
        } else if c == '将'
            && let Some(effect) = future(scene, (clause, sentence.end), at, figures)
        {
            add(effect);
        } else if c == '要' && is_to_do(scene, at)
            || matches!(c, '到' | '至') && is_coming_year(scene, clause, at)
        {
            add(Effect::Plan { demanded: false });
        } else if let Some(sign) = pasts.longest_at(scene.chars, at)
            && is_over(scene, at, sign.word)
        {
            next = at + sign.len();
            add(if sign.field(1) == "ends" {
                let aspect = c == '已' || scene.ends_with(next, "了") || scene.ends_with(next, "际完成");
                Effect::Over { aspect }
            } else {
                Effect::SeemsOver
            });
        } else if let Some(sign) = duties.longest_at(scene.chars, at)
            && !scene.in_title(at)
            && !scene.ends_with_any(at, &["平均", "人均"])
            && scene.at(at + sign.len()) != Some('的')
            && !(c == '应'
                && scene
                    .before(at)
                    .is_some_and(|b| "相反适响供回呼效对答感顺照".contains(b)))
        {
            next = at + sign.len();
            add(match sign.field(1) {
                "strong" => Effect::Duty,
                "clause" => Effect::ClauseDuty,
                _ => Effect::WeakDuty {
                    rate: c == '每' && matches!(scene.at(at + 1), Some('年' | '月' | '日' | '周' | '季')),
                },
            });
        }
        at = next;
    }
    found
}

/// Whether one of some characters stands right before a word, and right behind it.
fn beside(scene: &Scene<'_>, at: usize, word: &str) -> (impl Fn(&str) -> bool, impl Fn(&str) -> bool) {
    let stands = |c: Option<char>| move |marks: &str| c.is_some_and(|c| marks.contains(c));
    (
        stands(scene.before(at)),
        stands(scene.at(at + word.chars().count())),
    )
}

/// Whether a word of the list of plans is one here: 计划 and 目标 also name what was planned.
fn is_plan(scene: &Scene<'_>, at: usize, word: &str) -> bool {
    let (before, after) = beside(scene, at, word);
    match word {
        "计划" => {
            // 五年计划 is a name, 今年计划 and 2026年计划 no part of one.
            let years = before("年")
                && scene
                    .before(at - 1)
                    .is_some_and(|c| is_chinese_digit(c) || c == '十' || "多几个".contains(c));
            let behind = at + 2;
            let does = scene
                .at(behind)
                .is_some_and(|c| "在到于从用新总将以对再年今明本两把由通每为".contains(c) || is_numeral(c))
                || list!("claims/verbs")
                    .longest_at(scene.chars, behind)
                    .is_some_and(|verb| verb.len() > 1);
            !years && !before("才度动期展项家的按该此本济产编成额用超五施") && !after("完") && does
        }
        "目标" => !scene.text(at.saturating_sub(6), at).contains("完成") && !before("额到"),
        "预期" | "预计" => !before("于超及合出达符") && !after("的，。"),
        "要求" => !before("的按合本各项条体总格照有应") && !after("的、，。；：等和，:"),
        // 拟具, 拟定: to draft.
        "拟" => !before("虚模草比") && !after("人态声合具定订"),
        "预测" => !before("象于据及量") && !after("的，。模数值系、和"),
        "未来" | "今后" => !before("向创迎"),
        "确保" | "打算" | "下一步" | "力争" => !after("了"),
        _ => true,
    }
}

/// Whether a word of the list of what is over says so here: 比上年 is a measure, 为了 an aim.
fn is_over(scene: &Scene<'_>, at: usize, word: &str) -> bool {
    let (before, after) = beside(scene, at, word);
    match word {
        "了" => !before("为除罢") && !after("解结如却然望"),
        "去年" | "上年" | "前年" | "上半年" => !before("比较于以对") && !after("同相基度"),
        "目前" => !before("到比"),
        "共" => !before("公一") && !after("同产建享和青治"),
        _ => true,
    }
}

/// What a 将 says of what is to come; it marks an object, too. Where nothing behind it shows which it is, it speaks for its clause only.
fn future(scene: &Scene<'_>, (clause, end): (usize, usize), at: usize, figures: &[Figure]) -> Option<Effect> {
    let plan = Some(Effect::Plan { demanded: false });
    if scene
        .before(at)
        .filter(|_| at > clause)
        .is_some_and(|c| "即必仍还也都就".contains(c))
    {
        return plan;
    }
    // 决定将这三份文件提请…: what is pointed at is an object.
    if scene.at(at + 1).is_some_and(|c| "这該该此其".contains(c))
        || scene.starts_with_any(at + 1, &["這", "上述"])
    {
        return None;
    }
    // 将军, 将士: no word of time; 将近 is a hedge.
    if scene.at(at + 1).is_some_and(|c| "军士领近来".contains(c))
        || scene
            .before(at)
            .is_some_and(|c| "麻名老大上中少健主干女武".contains(c))
    {
        return None;
    }
    let stop = scene.clause_end(at, end);
    let figure = figures
        .get(figures.partition_point(|f| f.start <= at))
        .filter(|f| f.start < stop);
    let (from, to) = figure.map_or((stop, stop), |f| (f.start, f.end.min(stop)));
    let future = list!("claims/behind_future");
    if from == at + 1 {
        // 将120万元用于…: a number right behind is an object.
        let said = future
            .longest_at(scene.chars, from)
            .is_some_and(|word| from + word.len() <= to);
        return plan.filter(|_| said);
    }
    if future.longest_at(scene.chars, at + 1).is_some() {
        return plan;
    }
    let disposing = list!("claims/disposing_verbs");
    let object = disposing.is_in(&scene.text(at + 1, from)) || disposing.is_in(&scene.text(to, stop));
    (!object).then_some(Effect::ClausePlan)
}

/// Whether a 要 is to do something: 今年要新增, 要全面完成; not 主要, 需要, 要素.
fn is_to_do(scene: &Scene<'_>, at: usize) -> bool {
    !scene
        .before(at)
        .is_some_and(|c| "主重需必纲摘只就不概险紧想只若".contains(c))
        && (list!("claims/programme_adverbs")
            .longest_at(scene.chars, at + 1)
            .is_some()
            || scene.starts_with_any(at + 1, &["确保", "力争", "力求", "把", "使", "将", "在"])
            || list!("claims/verbs")
                .longest_at(scene.chars, at + 1)
                .is_some_and(|verb| verb.len() > 1))
}

/// Whether 到 or 至 stands before a year that is to come, as seen from the year that the text speaks of most.
fn is_coming_year(scene: &Scene<'_>, clause: usize, at: usize) -> bool {
    let Some(year) = scene.year_at(at + 1) else {
        return false;
    };
    // 2020年到2025年, 提高到2025年的20%, 截至2025年: no aim. One that is stands first in its clause.
    let first = scene.chars[clause..at]
        .iter()
        .all(|c| is_quote(*c) || c.is_whitespace());
    first && scene.present().is_none_or(|present| year > present)
}
