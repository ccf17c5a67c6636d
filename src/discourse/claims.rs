//! Quantified claims: each number with its unit, its bounds, what it counts, what was done to it and what kind of statement it makes.
//!
//! A claim is numeral + classifier or unit; its span is the number with its unit and the hedging words that touch it (近500人次,
//! 720余篇, 1件以上, 五千元以上五万元以下). Shares (12.5%, 三分之二) need no unit; ranks (全省第一, 第3位) are claims of their own kind. Dates, clock
//! times, article and document numbers, list numbers, names, vague quantities (一批, 多个) and cardinals inside labels (四个意识) are
//! none; `label` and `candidate` hold those rules.

mod admissible;
mod blanks;
mod candidate;
mod change;
mod compound;
mod deed;
mod figure;
mod grammar;
mod imposed;
mod kind;
mod label;
mod mood;
mod rank;
mod scene;
mod sign;
mod units;

use std::ops::Range;
use std::sync::OnceLock;

use self::figure::Figure;
use self::grammar::{Governed, Token};
use self::kind::{Place, Statement};
use self::mood::{Carried, Moods};
use self::scene::Scene;
pub use self::units::{Unit, UnitClass, units};
use super::number::Direction;
use super::page::{Page, Sentence};
use crate::list;
use crate::text::segment::user_words::UserWord;
use crate::text::segment::{SegmentOptions, Segmenter};

crate::words! {
    /// What kind of statement a claim makes.
    pub enum ClaimKind as "kind" {
        /// Something was done or came about.
        Achievement = "achievement",
        /// What there is: stock, structure, share.
        Inventory = "inventory",
        /// What was lost: casualties, damage, deficits.
        Loss = "loss",
        /// What has to be done, or is allowed.
        Norm = "norm",
        /// A place in an order.
        Rank = "rank",
        /// What is planned.
        Target = "target",
    }
}

/// How a quantity moved.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityChange {
    /// Signed: growth is positive.
    pub value: f64,
    /// `"%"` or `"百分点"`.
    pub unit: &'static str,
    /// What it is compared with, as the text says: 上年, 同比, 2012年; the earlier figure in 由X提高到Y.
    pub base: Option<String>,
}

/// One claim. Places count characters of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// First character of the number with its hedges.
    pub start: usize,
    /// Character after the last one.
    pub end: usize,
    /// Number of the sentence, as `text::sentences` cuts them (stretches of white space not counted).
    pub sentence: usize,
    /// Where that sentence stands, without the white space around it.
    pub sentence_span: Range<usize>,
    /// The numeral without unit and outer hedges.
    pub number_text: String,
    /// What is written, in units of `unit`.
    pub value: f64,
    /// Greatest lower bound.
    pub lower: Option<f64>,
    /// Least upper bound.
    pub upper: Option<f64>,
    /// Hedging words, joined; empty if there are none.
    pub approximation: String,
    /// Which side of the number is meant.
    pub direction: Direction,
    /// As written, without the 万 and 亿 that belong to the number; empty for bare ranks and fractions.
    pub unit: String,
    /// The base unit.
    pub unit_normalised: String,
    /// How many base units one unit is.
    pub factor: f64,
    /// What the unit measures.
    pub class: UnitClass,
    /// What is counted.
    pub object: Option<String>,
    /// What governs the quantity.
    pub verb: Option<String>,
    /// What kind of statement it is.
    pub kind: ClaimKind,
    /// `activity`, `money`, `people`, `structure`, `share`, `time`, `physical`, `goods`, `rank`.
    pub category: &'static str,
    /// How the quantity moved.
    pub change: Option<QuantityChange>,
    /// Whether it stands inside a slogan.
    pub in_slogan: bool,
}

fn segmenter() -> &'static Segmenter {
    static SEGMENTER: OnceLock<Segmenter> = OnceLock::new();
    SEGMENTER.get_or_init(|| {
        Segmenter::new(SegmentOptions {
            // The model makes words such as 比达 of 占比达; unknown nouns are put together again from their pieces.
            hmm: false,
            pos: true,
            user_words: list!("claims/segmenter_words")
                .entries()
                .iter()
                .filter(|entry| !entry.field(1).is_empty())
                .map(|entry| UserWord {
                    word: entry.word.to_owned(),
                    freq: None,
                    tag: Some(entry.field(1).to_owned()),
                })
                .collect(),
            suppress: list!("claims/segmenter_words")
                .entries()
                .iter()
                .filter(|entry| entry.field(1).is_empty())
                .map(|entry| entry.word.to_owned())
                .collect(),
            ..SegmentOptions::default()
        })
        .unwrap_or_default()
    })
}

/// The claims of a text by itself, as [`find`] finds them.
pub fn claims(text: &str) -> Vec<Claim> {
    find(&Page::of(text))
}

/// The claims of a text, in order, without overlaps.
///
/// Sentence by sentence, each stage makes what the next ones read and none goes back: figures (numbers with unit and hedges, ranks; names,
/// labels and codes are none), what grammar says of them, how they moved, what kind of statement they make.
///
/// Blanks that typesetting puts around numbers are not read (`blanks`); spans keep them.
pub fn find(page: &Page<'_>) -> Vec<Claim> {
    let gone = blanks::places(page.chars().seen());
    if gone.is_empty() {
        return read(page);
    }
    let mut next = gone.iter().copied().peekable();
    let (mut text, mut places) = (String::with_capacity(page.text().len()), Vec::new());
    for (at, &c) in page.chars().written().iter().enumerate() {
        if next.next_if_eq(&at).is_none() {
            text.push(c);
            places.push(at);
        }
    }
    let mut claims = read(&Page::of(&text));
    for claim in &mut claims {
        claim.end = places.get(claim.end - 1).map_or(claim.end, |last| last + 1);
        claim.start = places.get(claim.start).copied().unwrap_or(claim.start);
        claim.sentence = page.sentence_of(claim.start);
        if let Some(sentence) = page.sentences().get(claim.sentence) {
            claim.sentence_span = sentence.span.clone();
        }
    }
    claims
}

/// The claims of a text whose blanks all part words.
fn read(page: &Page<'_>) -> Vec<Claim> {
    let scene = Scene::new(page);
    let mut found = Vec::new();
    let mut carried = Carried::default();
    for (number, Sentence { bytes, span: place }) in page.sentences().iter().enumerate() {
        let mut figures = candidate::figures(&scene, place);
        if figures.is_empty() {
            continue;
        }
        let tokens = tokens(&page.seen()[bytes.clone()], place.start);
        figures.retain(|figure| !label::is_name(&scene, &tokens, figure));
        let figures = merge(&scene, figures);
        let governed = grammar::govern(&scene, place, &tokens, &figures);
        let changes = change::changes(&scene, place, &figures);
        let mut moods = Moods::of(&scene, place, &figures, carried.reaches(&scene, page, number));
        let around: Vec<Range<usize>> = (0..figures.len())
            .map(|i| {
                let before = i
                    .checked_sub(1)
                    .and_then(|i| figures.get(i))
                    .map_or(place.start, |f| f.end);
                before..figures.get(i + 1).map_or(place.end, |f| f.start)
            })
            .collect();
        let mut whole = None;
        for (((figure, governed), change), between) in
            figures.into_iter().zip(governed).zip(changes).zip(around)
        {
            let clause = scene.clause_start(figure.start, place.start);
            let mood = moods.until(figure.end, clause);
            let moved = change.is_some() || figure.rank;
            let near = Place {
                sentence: place,
                between,
                mood,
                whole,
            };
            let said = kind::statement(&scene, &near, &figure, &governed, change.as_ref());
            if !moved {
                whole = Some(said.kind);
            }
            let governed = without_currency(figure.class, governed);
            let mut claim = claim((number, place), figure, governed, change, said);
            as_written(page, &mut claim);
            found.push(claim);
        }
    }
    found
}

/// 人民币 in front of an amount of 元 is what it is counted in, and no thing.
fn without_currency(class: UnitClass, mut governed: Governed) -> Governed {
    if class == UnitClass::Money
        && let Some(object) = &mut governed.object
        && let Some(rest) = object.strip_suffix("人民币").map(str::len)
    {
        object.truncate(rest);
    }
    governed.object = governed.object.filter(|object| !object.is_empty());
    governed
}

/// Turns what a claim tells in words of the text into the characters that it is written in.
fn as_written(page: &Page<'_>, claim: &mut Claim) {
    if !page.is_changed() {
        return;
    }
    claim.number_text = page.as_written(&(claim.start..claim.end), &claim.number_text);
    let base = claim.change.as_mut().and_then(|change| change.base.as_mut());
    for words in [claim.object.as_mut(), claim.verb.as_mut(), base]
        .into_iter()
        .flatten()
    {
        *words = page.as_written(&claim.sentence_span, words);
    }
}

/// The words of a sentence that begins at a place.
fn tokens(sentence: &str, start: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    segmenter().each_in(sentence, u32::try_from(start).unwrap_or(0), |piece| {
        tokens.push(Token {
            start: piece.start as usize,
            end: piece.end as usize,
            word: piece.word.to_owned(),
            tag: piece.tag.unwrap_or("x").to_owned(),
        });
    });
    tokens
}

/// A claim from what the stages found.
fn claim(
    (sentence, sentence_span): (usize, &Range<usize>),
    figure: Figure,
    governed: Governed,
    change: Option<QuantityChange>,
    said: Statement,
) -> Claim {
    Claim {
        start: figure.start,
        end: figure.end,
        sentence,
        sentence_span: sentence_span.clone(),
        number_text: figure.number_text,
        value: figure.value,
        lower: figure.lower,
        upper: figure.upper,
        approximation: figure.approximation,
        direction: figure.direction,
        unit: figure.unit,
        unit_normalised: figure.unit_normalised,
        factor: figure.factor,
        class: figure.class,
        object: governed.object,
        verb: governed.verb,
        kind: said.kind,
        category: said.category,
        change,
        in_slogan: figure.in_slogan,
    }
}

/// 新台币六千元以上三万元以下: the currency in front is that of both ends.
fn share_currency(scene: &Scene<'_>, first: &Figure, second: &mut Figure) {
    let money = first.class == UnitClass::Money && second.class == UnitClass::Money;
    let bare = matches!(second.unit.as_str(), "元" | "圆") && second.unit_normalised == "元";
    if !money || !bare || first.unit_normalised == "元" || second.start < first.end {
        return;
    }
    let written = scene.text(first.start, first.end);
    let shared = written.contains(['元', '圆']) && !written.contains(&format!("元{}", first.unit));
    let between = scene.text(first.end, second.start);
    let joins = matches!(
        between.as_str(),
        "" | "至" | "到" | "—" | "——" | "-" | "~" | "～" | "－" | "–"
    ) || first.direction == Direction::AtLeast
        && matches!(between.as_str(), "、" | "," | "，" | "并");
    if shared && joins && first.start < first.end && named_in_front(first, &written) {
        second.unit.clone_from(&first.unit);
        second.unit_normalised.clone_from(&first.unit_normalised);
        second.factor = first.factor;
    }
}

/// Whether the currency of a figure stands in front of its number.
fn named_in_front(figure: &Figure, written: &str) -> bool {
    written
        .find(&figure.number_text)
        .is_some_and(|at| list!("claims/currencies").ends(&written[..at]).is_some())
}

/// 五千元以上五万元以下, 5公里至10公里: two figures that are one range.
fn merge(scene: &Scene<'_>, figures: Vec<Figure>) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    for mut figure in figures {
        if let Some(last) = out.last() {
            share_currency(scene, last, &mut figure);
        }
        if let Some(last) = out.last_mut()
            && last.unit_normalised == figure.unit_normalised
            && !last.rank
            && !figure.rank
            && last.value * last.factor < figure.value * figure.factor
        {
            let between = scene.text(last.end, figure.start);
            let limits = last.direction == Direction::AtLeast
                && figure.direction == Direction::AtMost
                && matches!(between.as_str(), "" | "、" | "," | "，" | "至" | "到" | "并");
            let from = scene.ends_with(last.start, "由") || scene.ends_with(last.start, "从");
            // 在10000元与20000元之间.
            let between_both = last.direction == Direction::Exact
                && figure.direction == Direction::Exact
                && matches!(between.as_str(), "与" | "和")
                && scene.starts_with(figure.end, "之间");
            let marks = last.direction == Direction::Exact
                && matches!(figure.direction, Direction::Exact | Direction::AtMost)
                && !from
                && matches!(
                    between.as_str(),
                    "至" | "到" | "—" | "——" | "-" | "~" | "～" | "－" | "–"
                );
            if limits || marks || between_both {
                let low = last.value * last.factor / figure.factor;
                let mut joined = figure;
                joined.approximation = format!(
                    "{}{}{}",
                    last.approximation,
                    if limits { "" } else { &between },
                    joined.approximation
                );
                joined.number_text = scene.text(last.start, joined.end);
                joined.start = last.start;
                (joined.lower, joined.upper) = (Some(low), Some(joined.value));
                joined.value = f64::midpoint(low, joined.value);
                joined.direction = Direction::Range;
                *last = joined;
                continue;
            }
        }
        out.push(figure);
    }
    out
}
