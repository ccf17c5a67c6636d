//! Series of whole clauses between commas.

use std::ops::Range;

use super::banners;
use super::grammar::{self, MOST, built, is_duty};
use super::shared::aligned;
use crate::discourse::chars::Chars;
use crate::list;
use crate::text::han::{is_han, is_label_numeral};

/// Whole clauses between commas, three or more of one length, with a shared character at one place or built alike.
pub(super) fn find(text: &Chars, run: &[Range<usize>]) -> Vec<Vec<Range<usize>>> {
    let (mut found, mut i) = (Vec::new(), 0);
    while i + 1 < run.len() {
        let length = run[i + 1].len();
        let count = run[i + 1..].iter().take_while(|s| s.len() == length).count();
        let next = i + count.max(1);
        // The first may have a word before it: 突出的问题是政企不分,关系不顺.
        let first = match run[i].len() {
            same if same == length => Some(run[i].clone()),
            more if more > length => {
                let start = run[i].end - length;
                let opened = text
                    .longest_before(start, list!("slogans/series_openers"))
                    .is_some_and(|n| start - n >= run[i].start);
                (opened || matches!(text.before(start), '中' | '上' | '下')).then_some(start..run[i].end)
            }
            _ => None,
        };
        // What was cut off must be a member by itself.
        let first = first.filter(|f| f.start == run[i].start || length != 4 || grammar::is_whole(text, f));
        let members: Vec<Range<usize>> = first.into_iter().chain(run[i + 1..=i + count].to_vec()).collect();
        if let [a, b] = members.as_slice()
            && (mirrored(text, a, b) || banners::are_pair(text, a, b, run.len() == 2))
        {
            found.push(members.clone());
        }
        if (3..=MOST).contains(&members.len()) && (3..=12).contains(&length) && even(text, &members, length) {
            found.push(members);
        }
        i = next;
    }
    found
}

/// Whether clauses of one length make a formula.
fn even(text: &Chars, members: &[Range<usize>], length: usize) -> bool {
    let han = members
        .iter()
        .all(|m| text.span(m.clone()).iter().all(|&c| is_han(c)));
    if !han {
        return false;
    }
    let duty = is_duty(text, members[0].start);
    let shared = aligned(text, members, length);
    let places = shared.len();
    // 甲地钢厂,乙地钢厂: kinds of things.
    let kind = shared.contains(&(length - 1)) && shared.contains(&(length - 2));
    // 环境就是民生,青山就是美丽.
    let equated = length <= 8
        && members.iter().all(|m| text.before(m.end) != '的')
        && (2..length - 1).any(|p| members.iter().all(|m| text.at(m.start + p) == '是'));
    let marked = !duty
        && !kind
        && (equated || places > 0 && places * 2 <= length + 1)
        && !grammar::are_measures(text, members, length, &shared)
        && !counts(text, members);
    marked && !grammar::are_things(text, members)
        || length == 4 && !duty && calls(text, members)
        || built(text, members, length, duty, false)
}

/// Two clauses of one length that turn the same words over: 以新需求引领新供给,以新供给创造新需求.
fn mirrored(text: &Chars, a: &Range<usize>, b: &Range<usize>) -> bool {
    let length = b.len();
    if !(7..=16).contains(&length) || a.len() != length || text.at(a.start) != text.at(b.start) {
        return false;
    }
    let [left, right] = [a, b].map(|m| text.span(m.clone()));
    let mut rest = right.to_vec();
    let common = left
        .iter()
        .filter(|&c| {
            rest.iter()
                .position(|r| r == c)
                .map(|at| rest.swap_remove(at))
                .is_some()
        })
        .count();
    let plain = left
        .iter()
        .chain(right)
        .all(|&c| is_han(c) && !is_label_numeral(c));
    let opens = matches!(text.at(a.start), '以' | '为' | '让' | '把' | '用' | '因' | '靠');
    opens && plain && left != right && common * 3 >= length * 2 && !is_duty(text, a.start)
}

/// A whole sentence of three and more verbs with their objects, two characters each: 要突出重点,注重实效,打好基础。
fn calls(text: &Chars, members: &[Range<usize>]) -> bool {
    let (Some(first), Some(last)) = (members.first(), members.last()) else {
        return false;
    };
    let starts = |place: usize| matches!(text.before(place), '。' | '!' | '\n' | ' ' | '\u{3000}');
    let opened = starts(first.start) || matches!(text.before(first.start), '要') && starts(first.start - 1);
    opened && matches!(text.at(last.end), '。' | '!') && members.iter().all(|m| grammar::is_whole(text, m))
}

/// 五级十六个月,六级十四个月: every member has a figure.
fn counts(text: &Chars, members: &[Range<usize>]) -> bool {
    members.iter().all(|m| {
        text.span(m.clone()).windows(2).any(|w| {
            is_label_numeral(w[0])
                && matches!(
                    w[1],
                    '级' | '个'
                        | '月'
                        | '年'
                        | '日'
                        | '天'
                        | '元'
                        | '条'
                        | '次'
                        | '倍'
                        | '亩'
                        | '斤'
                        | '万'
                        | '亿'
                        | '千'
                        | '百'
                )
        })
    })
}
