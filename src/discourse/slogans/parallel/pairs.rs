//! Series of two, of a few kinds.

use std::ops::Range;

use super::banners;
use super::grammar::{self, is_duty};
use super::shared::aligned;
use super::{Hit, follows};
use crate::discourse::chars::Chars;
use crate::list;
use crate::text::han::is_han;

/// Two members: four characters each on one adverb, or …到哪里、…到哪里.
pub(super) fn find(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    let (a, b) = (run.get(i)?, run.get(i + 1)?);
    if text.ends_with(a.end, "到哪里") && (b.start..=b.end).any(|p| text.ends_with(p, "到哪里")) {
        let end = (b.start + 3..=b.end).find(|&p| text.ends_with(p, "到哪里"))?;
        let start = (a.start..a.end)
            .rev()
            .find(|&p| text.ends_with(p, "坚持") || text.ends_with(p, "做到"))
            .unwrap_or(a.start);
        return Some((vec![start..a.end, b.start..end], i + 2));
    }
    // 无死角、全覆盖
    let extent = |c: char| matches!(c, '全' | '无' | '零' | '多');
    let short = b.start..b.start + 3;
    let bound = b.len() == 3 || (i + 2 == run.len() && b.len() > 3 && follows(text, short.end));
    if a.len() >= 3 && bound && run.len() == 2 && extent(text.at(a.end - 3)) && extent(text.at(b.start)) {
        let members = vec![a.end - 3..a.end, short];
        let plain = members
            .iter()
            .all(|m| text.span(m.clone()).iter().all(|&c| is_han(c)));
        let regions = members.iter().any(|m| {
            matches!(
                text.at(m.start + 1),
                '省' | '市' | '国' | '县' | '区' | '体' | '年' | '个' | '家' | '部' | '名'
            )
        });
        if plain && !regions {
            return Some((members, i + 2));
        }
    }
    if a.len() < 4 || b.len() < 4 {
        return None;
    }
    if run.len() == 2
        && let Some(members) = twins(text, a, b)
    {
        return Some((members, i + 2));
    }
    let (left, right) = (a.end - 4..a.end, b.start..b.start + 4);
    // A third member of the same length makes a list, which is judged by its own rules.
    let last = i + 2 == run.len();
    let whole = b.len() == 4 || (last && matches!(text.at(right.end), '的' | '等' | '上'));
    let c = text.at(left.start);
    let han = |r: &Range<usize>| text.span(r.clone()).iter().all(|&c| is_han(c));
    let counted = c == '一' && text.at(left.start + 1) != text.at(right.start + 1)
        || c == '零' && text.at(left.start + 1) == text.at(right.start + 1);
    // 充实国防、增强国力; 兴边富民、稳边固边: two verbs with objects that have one character in common.
    let shared = aligned(text, &[left.clone(), right.clone()], 4);
    let opened = left.start == a.start
        || text
            .longest_before(left.start, list!("slogans/series_openers"))
            .is_some();
    let twin = run.len() == 2
        && matches!(shared.as_slice(), [1 | 2])
        && opened
        && b.len() == 4
        && !is_duty(text, left.start)
        && grammar::are_aims(text, &[left.clone(), right.clone()]);
    // 人尽其才、才尽其用: one frame, filled twice.
    let framed = aligned(text, &[left.clone(), right.clone()], 4) == [1, 2];
    let fits = whole
        && (c == text.at(right.start) && list!("slogans/pair_first").has_char(c) || framed || twin)
        && !counted
        && han(&left)
        && han(&right)
        && text.span(left.clone()) != text.span(right.clone());
    fits.then(|| (vec![left, right], i + 2))
}

/// Two aims of five to eight characters that rest on one character: 建设新吉安、实现新跨越的大局.
fn twins(text: &Chars, a: &Range<usize>, b: &Range<usize>) -> Option<Vec<Range<usize>>> {
    (5..=8)
        .filter(|&n| a.len() >= n && (b.len() == n || b.len() > n && text.at(b.start + n) == '的'))
        .map(|n| [a.end - n..a.end, b.start..b.start + n])
        .find(|members| {
            let [left, right] = members;
            let opened = left.start == a.start
                || text
                    .longest_before(left.start, list!("slogans/series_openers"))
                    .is_some()
                || text.ends_with(left.start, "围绕");
            let shared = aligned(text, members, left.len());
            opened
                && matches!(shared.as_slice(), [p] if *p > 1 && p + 1 < left.len())
                && members
                    .iter()
                    .all(|m| text.span(m.clone()).iter().all(|&c| is_han(c)))
                && text.before(left.end) != '的'
                && (grammar::are_led(text, members) || banners::are_new(text, members))
                && !is_duty(text, left.start)
                && left.len() == right.len()
        })
        .map(Vec::from)
}
