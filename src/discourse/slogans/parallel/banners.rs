//! What stands on a banner: pairs of clauses between commas, series of visions; and series that only praise or describe a thing.

use std::ops::Range;

use super::grammar::{cut_even, is_duty, verb_ahead};
use super::shared::aligned;
use crate::discourse::chars::Chars;
use crate::text::han::{is_han, is_label_numeral};

/// Verbs between what is done and what it brings about.
const BRINGS: [&str; 11] = [
    "成就", "创造", "铸就", "孕育", "凝聚", "呼唤", "引领", "源自", "在于", "开创", "托起",
];
/// What a clause on a banner calls new.
const NEW: [&str; 10] = [
    "时代", "征程", "篇章", "辉煌", "作为", "使命", "未来", "长征", "担当", "伟业",
];

/// Whether two clauses of one length are a pair by themselves; `alone` if they are all of their sentence.
pub(super) fn are_pair(text: &Chars, a: &Range<usize>, b: &Range<usize>, alone: bool) -> bool {
    let length = b.len();
    if a.len() != length || !(5..=9).contains(&length) {
        return false;
    }
    let pair = [a.clone(), b.clone()];
    let plain = pair
        .iter()
        .all(|m| text.span(m.clone()).iter().all(|&c| is_han(c) && c != '的'));
    let fits = plain
        && text.span(a.clone()) != text.span(b.clone())
        && (are_new(text, &pair)
            || is_vow(text, a, b)
            || alone && brings(text, &pair)
            || answers(text, &pair, length));
    fits && !is_duty(text, a.start)
}

/// 不负新时代,迈步新征程.
pub(super) fn are_new(text: &Chars, pair: &[Range<usize>]) -> bool {
    pair.iter()
        .all(|m| m.len() == 5 && text.at(m.start + 2) == '新' && text.any_at(m.start + 3, &NEW).is_some())
}

/// 不忘合作初心,继续携手前进.
fn is_vow(text: &Chars, a: &Range<usize>, b: &Range<usize>) -> bool {
    text.any_at(a.start, &["不忘", "牢记", "坚守"]).is_some()
        && ["初心", "使命"].iter().any(|w| text.ends_with(a.end, w))
        && verb_ahead(text, b)
}

/// 实干成就梦想,奋斗创造未来: a whole sentence.
fn brings(text: &Chars, pair: &[Range<usize>]) -> bool {
    pair.iter()
        .all(|m| m.len() == 6 && text.any_at(m.start + 2, &BRINGS).is_some() && cut_even(text, m, 2))
}

/// 大事难事一起扛,急事要事一起上: two characters more than once at one place, then one verb each.
fn answers(text: &Chars, pair: &[Range<usize>], length: usize) -> bool {
    let shared = aligned(text, pair, length);
    shared.ends_with(&[length - 3, length - 2])
        && !shared.contains(&0)
        && shared.len() > 2
        && shared.len() * 2 >= length
        && pair.iter().all(|m| {
            !text
                .span(m.clone())
                .iter()
                .any(|&c| is_label_numeral(c) && c != '一')
                && !text.is_inside_word(m.clone(), m.end - 1)
        })
}

/// Whether a series only praises a speech (讲话高瞻远瞩、…) or describes a thing (具有很强的政治性、思想性).
pub(super) fn is_praise(text: &Chars, span: &Range<usize>) -> bool {
    let said = ["讲话", "致辞", "演讲", "报告", "文章", "论述"];
    if said.iter().any(|w| text.ends_with(span.start, w)) {
        return true;
    }
    let quality = text.before(span.end) == '性' && text.at(span.start + 2) == '性';
    quality
        && (matches!(text.at(span.end), '使' | '让' | '是')
            || (text.han_before(span.start, 8)..span.start).any(|p| text.starts_with(p, "具有")))
}
