//! Labels (四个意识), names (三门峡) and the vague 一: quantities that count nothing.

use std::ops::Range;

use super::figure::Figure;
use super::grammar::Token;
use super::scene::{Scene, is_pause, is_quote};
use super::units::{self, UnitClass};
use crate::discourse::number::{Direction, Number};
use crate::list;
use crate::text::han::{is_chinese_digit, is_numeral};

/// 两级, 三级, 四级 count levels of an organisation; in 三级医院 and 一级博物馆 they are grades.
pub(super) fn is_level(scene: &Scene<'_>, sentence: &Range<usize>, at: usize, after: usize) -> bool {
    let numeral = scene.at(at);
    if after - at != 2 || !matches!(numeral, Some('两' | '三' | '四' | '五')) {
        return false;
    }
    let before = scene.before(at).filter(|_| at > sentence.start);
    let listed = before.is_some_and(|c| list!("claims/level_characters").has_char(c));

    numeral == Some('两') || listed || list!("claims/levelled").longest_at(scene.chars, after).is_some()
}

/// Whether the numeral belongs to a name or set phrase that jieba knows: 三门峡, 五位一体, 九三学社.
pub(super) fn is_name(scene: &Scene<'_>, tokens: &[Token], figure: &Figure) -> bool {
    // 和平共处五项原则: principles that are numbered by name.
    let principles = figure.unit == "项"
        && scene.at(figure.start).is_some_and(is_chinese_digit)
        && scene.starts_with_any(figure.end, &["原则", "基本原则"]);
    if principles && !scene.ends_with_any(figure.start, &["以下", "下列", "坚持以下", "如下"]) {
        return true;
    }
    // 四项基本原则 is a set phrase, 正反两方面 an idiom.
    if scene.in_formula(figure.start) || figure.unit == "方面" && scene.ends_with(figure.start, "正反") {
        return true;
    }
    // 翻了一番 is a set phrase and a figure.
    if figure.rank
        || figure.unit == "番" && scene.ends_with_any(figure.start, &["翻", "翻了"])
        || !scene
            .at(figure.start)
            .is_some_and(|c| is_chinese_digit(c) || is_numeral(c))
    {
        return false;
    }
    if is_doubled(scene, figure) {
        return true;
    }
    let place = tokens.partition_point(|t| t.end <= figure.start);
    tokens.get(place).is_some_and(|token| {
        let name = matches!(
            token.tag.as_str(),
            "ns" | "nr" | "nt" | "nz" | "nrt" | "nrfg" | "i" | "l"
        );
        // Longer than the figure on either side: 三门峡, 三番五次.
        let length = token.end - token.start;
        let longer = token.end > figure.end && length >= 3
            || token.end == figure.end && token.start < figure.start && length >= 4;
        name && token.start <= figure.start && longer
    })
}

/// 三番五次, 五次三番: two small numerals, each with one character that counts, are an idiom and no number.
fn is_doubled(scene: &Scene<'_>, figure: &Figure) -> bool {
    let counting = |at: usize| {
        scene
            .at(at)
            .is_some_and(|c| is_chinese_digit(c) && c != '零' && c != '〇')
            && units::longest(scene.chars, at + 1).is_some_and(|(unit, length)| {
                length == 1
                    && (matches!(unit.class, UnitClass::General | UnitClass::Activity) || unit.name == "番")
            })
    };
    figure.end - figure.start == 2
        && counting(figure.start)
        && (figure.start >= 2
            && counting(figure.start - 2)
            && !figure
                .start
                .checked_sub(3)
                .and_then(|i| scene.at(i))
                .is_some_and(is_numeral)
            || counting(figure.end))
}

/// 一 before a classifier is an article more often than a number. It counts in a duty (每年一次), behind a hedge (至少一人, 一件以上), in a
/// series of at least three such members (提交一件提案、开展一项调查、…) and with measures (一公里).
pub(super) fn one(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    read: &Number,
    figure: &mut Figure,
) -> Option<()> {
    let one = read.end == read.start + 1 && matches!(scene.at(read.start), Some('一' | '壹'));
    let half = scene.at(read.start) == Some('半');
    let counts = matches!(
        figure.class,
        UnitClass::General
            | UnitClass::Activity
            | UnitClass::Structure
            | UnitClass::Goods
            | UnitClass::People
    );
    if half {
        return None;
    }
    if !one || !counts {
        return Some(());
    }
    if series(scene, sentence, read.start) {
        let quoted = scene.quote(read.start).is_some_and(|q| q.end - q.start <= 160);
        figure.in_slogan = quoted;
        return Some(());
    }
    if !matches!(figure.direction, Direction::Exact) {
        return Some(());
    }
    // 每年组织一次, 每名委员联系一名: 每 + what recurs, in the same clause, before the number.
    let from = scene.clause_start(read.start, sentence.start);
    let clause = scene.text(from, read.start);
    let recurs = clause.rfind('每').is_some_and(|at| {
        let rest: Vec<char> = clause[at..].chars().skip(1).collect();
        rest.first()
            .is_some_and(|c| list!("claims/recurring").has_char(*c))
    });
    let vague = matches!(
        figure.unit.as_str(),
        "批" | "种" | "类" | "些" | "份" | "支" | "片" | "方面" | "环节" | "道"
    );
    (recurs && !vague).then_some(())
}

/// Whether the 一 at `at` stands in a run of at least three pieces that are verb + 一 + classifier + noun.
fn series(scene: &Scene<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let member = |piece: Range<usize>| -> bool {
        piece.end - piece.start <= 16
            && (piece.start..piece.end).any(|i| {
                scene.at(i) == Some('一')
                    && i > piece.start
                    && units::longest(&scene.chars[..piece.end], i + 1).is_some_and(|(unit, length)| {
                        matches!(
                            unit.class,
                            UnitClass::General
                                | UnitClass::Activity
                                | UnitClass::Structure
                                | UnitClass::Goods
                                | UnitClass::People
                        ) && i + 1 + length < piece.end
                    })
            })
    };
    let cut = |i: usize| scene.at(i).is_none_or(|c| is_pause(c) || is_quote(c));
    // A piece of more than 16 characters is no member, wherever it ends.
    let start = |i: usize| {
        let from = sentence.start.max(i.saturating_sub(20));
        (from..i).rev().find(|&j| cut(j)).map_or(from, |j| j + 1)
    };
    let end = |i: usize| {
        let to = sentence.end.min(i + 20);
        (i..to).find(|&j| cut(j)).unwrap_or(to)
    };
    let here = start(at)..end(at);
    if !member(here.clone()) {
        return false;
    }
    let mut count = 1;
    let mut left = here.start;
    while left > sentence.start + 1 && count < 3 && scene.at(left - 1).is_some_and(is_pause) {
        let piece = start(left - 1)..left - 1;
        if !member(piece.clone()) {
            break;
        }
        (count, left) = (count + 1, piece.start);
    }
    let mut right = here.end;
    while right < sentence.end && count < 3 && scene.at(right).is_some_and(is_pause) {
        let piece = right + 1..end(right + 1);
        if !member(piece.clone()) {
            break;
        }
        (count, right) = (count + 1, piece.end);
    }
    count >= 3
}

/// The noun behind a classifier: characters up to a pause, a quotation mark or a function word.
fn noun(scene: &Scene<'_>, from: usize, to: usize) -> String {
    // Whatever is longer than a label is none.
    let to = to.min(from + 24);
    scene.chars[from.min(to)..to]
        .iter()
        .take_while(|c| !is_pause(**c) && !is_quote(**c) && !"的和与及等是为在了）)(（—".contains(**c))
        .collect()
}

/// A cardinal inside a label: quoted as a whole, quoted elsewhere in the text, or called up by a verb of programme with nothing but a
/// word of two characters behind it.
pub(super) fn is_label(scene: &Scene<'_>, sentence: &Range<usize>, read: &Number, figure: &Figure) -> bool {
    if figure.class == UnitClass::Share
        || matches!(
            figure.class,
            UnitClass::Money | UnitClass::Physical | UnitClass::Duration | UnitClass::Age
        )
    {
        return quoted_whole(scene, read, figure)
            && figure.class != UnitClass::Share
            && figure.class != UnitClass::Age;
    }
    if quoted_whole(scene, read, figure) {
        return true;
    }
    let small = read.chinese && read.direction == Direction::Exact && read.value >= 2.0 && read.value <= 20.0;
    if !small || !list!("claims/label_classifiers").has(&figure.unit) || figure.direction != Direction::Exact
    {
        return false;
    }
    let noun = noun(scene, figure.end, sentence.end);
    let length = noun.chars().count();
    if (1..=9).any(|n| n <= length && scene.is_coinage(&scene.text(read.start, figure.end + n))) {
        return true;
    }
    // 这三支队伍, 以上三项措施 point back and count what was listed.
    if pointed(scene, read.start) {
        return false;
    }
    let called = list!("claims/programme_verbs")
        .longest_before(scene.chars, read.start)
        .is_some();
    called && length == 2 && matches!(figure.unit.as_str(), "个" | "项" | "支" | "条" | "种" | "大类")
}

fn pointed(scene: &Scene<'_>, at: usize) -> bool {
    scene.ends_with_any(at, &["这", "上述", "以上", "下列", "那", "前述"])
}

/// “三件大事”, “两支队伍”: the quotation begins with the number and ends soon behind it.
fn quoted_whole(scene: &Scene<'_>, read: &Number, figure: &Figure) -> bool {
    let opened = scene
        .before(read.start)
        .is_some_and(|c| matches!(c, '“' | '‘' | '「' | '『'));
    opened
        && scene.quote(read.start).is_some_and(|quote| {
            quote.start == read.start && quote.end >= figure.end && quote.end - figure.end <= 8
        })
}

/// A counted thing that is also part of a formula: in a short quotation, or a label that points back to its members (这三支队伍).
pub(super) fn in_slogan(scene: &Scene<'_>, read: &Number, figure: &Figure) -> bool {
    let short = scene.quote(read.start).is_some_and(|quote| {
        quote.end - quote.start <= 16 && !scene.text(quote.start, quote.end).contains('。')
    });
    let noun = noun(scene, figure.end, scene.chars.len().min(figure.end + 5));
    let back = read.chinese
        && pointed(scene, read.start)
        && list!("claims/label_classifiers").has(&figure.unit)
        && (2..=3).contains(&noun.chars().count());
    short || back
}
