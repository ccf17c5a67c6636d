//! Series of coordinated members that are built alike.
//!
//! Members stand between enumeration commas (or, as whole clauses, between commas). Inner members give the length; the first is
//! cut from the right end of what precedes, the last from the left end of what follows, since neither has a mark on its
//! outer side: 发挥`把方向、管大局、保落实`的作用. A series of equal length counts if the members share a character at one place that
//! carries meaning, or are verb and object of three characters, or begin with verbs of policy.

use std::ops::Range;

use super::super::chars::Chars;
use super::super::quotations::quote::Quote;
use super::class::SloganClass;
use super::numerals::ones;
use crate::list;
use crate::text::han::is_han;

mod banners;
mod clauses;
mod grammar;
mod likeness;
mod pairs;
mod shared;
mod unmarked;

use grammar::{MOST, built, is_duty, stands_for_principles};
use likeness::{Likeness, alike};
use shared::aligned;

/// A series; places in characters.
#[derive(Debug, Clone)]
pub struct Series {
    /// From the first member to the last.
    pub span: Range<usize>,
    /// `parallel`, or `numeric` where members count.
    pub class: SloganClass,
    /// `进X×4`, or empty.
    pub pattern: String,
    /// Where its members are counted off behind it: 三项重点工作.
    pub count: Option<usize>,
}

/// Stretches between breaks, cut at a separator.
fn runs(text: &Chars, quotes: &[Quote], separator: char) -> Vec<Vec<Range<usize>>> {
    let breaks = |c: char| {
        matches!(
            c,
            '。' | '!' | '?' | ':' | '…' | '\n' | '(' | ')' | '《' | '》' | '—'
        ) || (separator == '、' && matches!(c, ',' | ';'))
    };
    // Marks stay within a member only if nothing that separates stands between them.
    let mut walls = vec![false; text.len()];
    for quote in quotes {
        let inside = text.span(quote.inner.clone());
        if inside.iter().any(|&c| c == '、' || c == ',' || breaks(c)) || separator != '、' {
            for place in [quote.inner.start - 1, quote.inner.end] {
                if let Some(wall) = walls.get_mut(place) {
                    *wall = true;
                }
            }
        }
    }
    let (mut all, mut run, mut from) = (Vec::new(), Vec::new(), 0);
    for i in 0..=text.len() {
        let c = text.at(i);
        let wall = walls.get(i).copied().unwrap_or(true) || breaks(c);
        if wall || c == separator {
            run.push(from..i);
            from = i + 1;
        }
        if wall {
            if run.len() > 1 {
                all.push(std::mem::take(&mut run));
            }
            run.clear();
        }
    }
    all
}

/// All series of a text, in order.
pub fn find(text: &Chars, quotes: &[Quote], titles: &[Range<usize>]) -> Vec<Series> {
    let mut found: Vec<Series> = Vec::new();
    for run in runs(text, quotes, '、') {
        in_run(text, &run, &mut found);
    }
    for run in runs(text, quotes, ',') {
        found.extend(
            clauses::find(text, &run)
                .iter()
                .map(|members| series(text, members)),
        );
    }
    found.extend(unmarked::find(text).iter().map(|members| series(text, members)));
    found.retain(|s| !titles.iter().any(|t| t.contains(&s.span.start)) && !banners::is_praise(text, &s.span));
    found.sort_by_key(|s| (s.span.start, s.span.end));
    found.dedup_by(|b, a| a.span == b.span);
    found
}

fn in_run(text: &Chars, run: &[Range<usize>], found: &mut Vec<Series>) {
    let last = run.len() - 1;
    let mut i = 0;
    while i < last {
        // The reading with the most members; among equals the one that reaches farthest.
        let size = |hit: &Hit| (hit.0.len(), hit.0.last().map_or(0, |m| m.end));
        let hit = [
            equal(text, run, i),
            shared_first(text, run, i),
            shared_last(text, run, i),
        ]
        .into_iter()
        .flatten()
        .max_by_key(size)
        .or_else(|| pairs::find(text, run, i));
        match hit {
            Some((members, next)) => {
                let mut members = members;
                extend_left(text, run, i, &mut members);
                // 防返贫致贫底线守得更牢: one character before the first belongs to it, unless it opens a list.
                if let Some(first) = members.first_mut()
                    && first.start == run[i].start + 1
                    && first.len() > 4
                    && text
                        .longest_before(first.start, list!("slogans/series_openers"))
                        .is_none()
                {
                    first.start = run[i].start;
                }
                found.push(series(text, &members));
                i = next;
            }
            None => i += 1,
        }
    }
}

/// 稳增长,促改革、调结构: a comma before the second member, where the others have enumeration commas.
fn extend_left(text: &Chars, run: &[Range<usize>], i: usize, members: &mut Vec<Range<usize>>) {
    let Some(first) = members
        .first()
        .cloned()
        .filter(|f| i == 0 && f.start == run[0].start)
    else {
        return;
    };
    let length = first.len();
    if text.before(first.start) != ','
        || first.start < length + 1
        || members.iter().any(|m| m.len() != length)
    {
        return;
    }
    let more = first.start - 1 - length..first.start - 1;
    let mut all = vec![more.clone()];
    all.extend(members.iter().cloned());
    let opened = !is_han(text.before(more.start)) || !splits_word(text, more.start);
    if opened && grammar::verbs(text, &all) && length == 3 && alike(text, &all, length, false) != Likeness::No
    {
        *members = all;
    }
}

fn series(text: &Chars, members: &[Range<usize>]) -> Series {
    let span = members.first().map_or(0, |m| m.start)..members.last().map_or(0, |m| m.end);
    let counted = members
        .iter()
        .filter(|m| {
            text.span((*m).clone()).windows(2).any(|w| {
                matches!(
                    w[0],
                    '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
                ) && matches!(
                    w[1],
                    '个' | '支' | '项' | '大' | '件' | '条' | '次' | '套' | '篇' | '批' | '名'
                )
            })
        })
        .count();
    let same = |place: fn(&[char]) -> Option<&char>| {
        let chars: Vec<Option<&char>> = members.iter().map(|m| place(text.span(m.clone()))).collect();
        chars
            .first()
            .copied()
            .flatten()
            .filter(|&&c| is_han(c) && chars.windows(2).all(|w| w[0] == w[1]))
            .copied()
    };
    let pattern = if let Some(c) = same(<[char]>::first) {
        format!("{c}X×{}", members.len())
    } else if let Some(c) = same(<[char]>::last) {
        format!("X{c}×{}", members.len())
    } else {
        String::new()
    };
    Series {
        span,
        class: if counted > 1 {
            SloganClass::Numeric
        } else {
            SloganClass::Parallel
        },
        pattern,
        count: counted_off(text, members),
    }
}

/// What joins the last two members: 和, 与, and 到 where 从 stands before the first.
fn joint(text: &Chars, place: usize, first: usize) -> bool {
    matches!(text.at(place), '和' | '与') || text.at(place) == '到' && text.before(first) == '从'
}

type Hit = (Vec<Range<usize>>, usize);

/// At least three members of one length from segment `i` on.
fn equal(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    let last = run.len() - 1;
    let length = run.get(i + 1).map(Range::len)?;
    // 加强学习型、服务型和创新型支部建设: in a run of two the last segment may hold the last two members.
    let rest = &run[i + 1];
    let joined = |n: usize| joint(text, rest.start + n, run[i].end.saturating_sub(n));
    let and = (2..=8).find(|&n| n < rest.len() && joined(n));
    let same_end = |n: &usize| text.before(run[i].end) == text.at(rest.start + n - 1);
    let length = match and
        .filter(|n| i + 1 == last && run[i].len() >= *n)
        .filter(same_end)
    {
        Some(n) => n,
        // The length of a short run may be that of its first member, if a longer segment takes the second up.
        None if length > run[i].len() && i + 1 == last => run[i].len(),
        None => length,
    };
    if !(2..=14).contains(&length) || run[i].len() < length {
        return None;
    }
    let mut members: Vec<Range<usize>> = std::iter::once(run[i].end - length..run[i].end).collect();
    // A segment inside the run that is longer than a member can only end or begin a series that is marked otherwise.
    // Unless a word opens it.
    let opened = text
        .longest_before(run[i].end - length, list!("slogans/series_openers"))
        .is_some();
    let mut strict = i > 0 && run[i].len() != length && !opened;
    for (j, segment) in run.iter().enumerate().skip(i + 1) {
        if segment.len() < length {
            break;
        }
        if members.len() > MOST {
            return None;
        }
        members.push(segment.start..segment.start + length);
        // 学习型、服务型和创新型: the last two.
        let and = segment.start + length;
        if segment.len() > 2 * length && joint(text, and, members[0].start) {
            members.push(and + 1..and + 1 + length);
            // 从A、B到C says itself where it ends.
            if text.at(and) == '到' {
                break;
            }
            strict = true;
        }
        if segment.len() > length {
            strict |= j < last && !matches!(text.at(and), '等' | '的');
            break;
        }
    }
    if members.len() < 3 || (run[i].len() > length && splits_word(text, run[i].end - length)) {
        return None;
    }
    let inner = |m: &Range<usize>| run.iter().any(|segment| segment == m);
    while let Some(end) = members.last().cloned().filter(|_| members.len() >= 3) {
        let open_list = text.at(end.end) == '等';
        let bound = inner(&end) || !is_han(text.at(end.end)) || follows(text, end.end);
        let whole = bound || !splits_word(text, end.end);
        let fits = match alike(text, &members, length, open_list) {
            Likeness::Marked => whole && !grammar::are_tasks(text, &members, length),
            Likeness::Headed | Likeness::Built => bound && !strict,
            Likeness::Plain => whole && !strict && by_structure(text, &members, length, open_list, bound),
            Likeness::No => false,
        };
        if !fits {
            // 企业敢干、群众敢首创的局面: the last may be longer by a character.
            let longer = end.start..end.end + 1;
            let ends = !inner(&end)
                && is_han(text.before(longer.end))
                && (!is_han(text.at(longer.end)) || follows(text, longer.end))
                && !splits_word(text, longer.end)
                && splits_word(text, end.end);
            if ends && members.len() > 3 && !aligned(text, &members, length).is_empty() {
                let before = &members[..members.len() - 1];
                if matches!(alike(text, before, length, open_list), Likeness::Marked) {
                    members.pop();
                    members.push(longer);
                    return Some((members, run.len() - 1));
                }
            }
            // What the last segment begins with may belong to something else.
            if members.len() > 3 && !inner(&end) {
                members.pop();
                continue;
            }
            return None;
        }
        let used = run
            .iter()
            .position(|segment| segment.start <= end.start && end.end <= segment.end)?;
        // A segment that was used in part may begin the next series.
        let next = if run[used].len() > length { used } else { used + 1 };
        return Some((members, next.max(i + 1)));
    }
    None
}

/// What the tags of the members, or the frame around them, say.
fn by_structure(text: &Chars, members: &[Range<usize>], length: usize, open_list: bool, bound: bool) -> bool {
    let duty = members.first().is_some_and(|m| is_duty(text, m.start));
    stands_for_principles(text, members, duty)
        || length > 4 && counted_off(text, members).is_some() && grammar::are_acts(text, members)
        || (bound && built(text, members, length, duty, open_list))
}

/// Where what counts the members off begins: A、B、C三项重点工作, 以A、B、C为三大主轴.
pub fn counted_off(text: &Chars, members: &[Range<usize>]) -> Option<usize> {
    let end = members.last()?.end;
    let place = end + usize::from(matches!(text.at(end), '为' | '等' | '这' | '的'));
    let count = match text.at(place) {
        '两' => 2,
        '十' => 10,
        c => ones(c)?,
    };
    (count == members.len() && matches!(text.at(place + 1), '大' | '项' | '个' | '种' | '条'))
        .then_some(place)
}

/// Whether a place lies inside a word of the dictionary, as the segmenter cuts what stands around it: 高度自治的方|针.
fn splits_word(text: &Chars, place: usize) -> bool {
    let from = text.han_before(place, 6);
    let to = (place..place + 4)
        .find(|&i| !is_han(text.at(i)))
        .unwrap_or(place + 4);
    // The dictionary has 始终保持 as one word.
    text.longest_before(place, list!("slogans/expansion_adverbs"))
        .is_none()
        && text.is_inside_word(from..to, place)
}

/// What may stand right behind the last member.
fn follows(text: &Chars, place: usize) -> bool {
    text.longest_at(place, list!("slogans/series_followers"))
        .is_some()
}

/// At least three members of any length with the same first verb: 守法律、守纪律、守道德底线.
fn shared_first(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    let last = run.len() - 1;
    let c = text.at(run.get(i + 1)?.start);
    if !(list!("slogans/series_first").has_char(c) || matches!(c, '把' | '让'))
        || matches!(c, '不' | '同' | '全' | '人' | '建' | '学' | '管' | '明')
    {
        return None;
    }
    let start = (run[i].start..run[i].end).rev().find(|&p| text.at(p) == c)?;
    // 把创新作为动力、把安全作为底线要求.
    let most = if matches!(c, '把' | '让') { 14 } else { 7 };
    if i > 0 && start != run[i].start || !(2..=most).contains(&(run[i].end - start)) {
        return None;
    }
    let mut members: Vec<Range<usize>> = std::iter::once(start..run[i].end).collect();
    for (j, segment) in run.iter().enumerate().skip(i + 1) {
        if text.at(segment.start) != c || segment.len() < 2 {
            break;
        }
        if j < last {
            if segment.len() > most {
                break;
            }
            members.push(segment.clone());
        } else {
            let end = (segment.start + 2..=segment.end.min(segment.start + most + 1)).find(|&e| {
                e == segment.end
                    || text.at(e) == '“'
                    || follows(text, e) && (most == 7 || !splits_word(text, e))
            });
            match end {
                Some(end) => members.push(segment.start..end),
                None => break,
            }
        }
    }
    let plain = members
        .iter()
        .all(|m| text.span(m.clone()).iter().all(|&c| is_han(c)));
    let next = i + members.len();
    (members.len() >= 3 && plain).then_some((members, next))
}

/// At least three members of any length that end alike: 领导带头学、支部集中学、党员自觉学; 拼出来、干出来.
fn shared_last(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    const TAILS: &str = "学讲干抓";
    let last = run.len() - 1;
    let c = text.before(run[i].end);
    let tail = match text.longest_before(run[i].end, list!("slogans/series_tails")) {
        Some(n) => n,
        None if TAILS.contains(c) => 1,
        None => return None,
    };
    let least = if tail == 1 { 3 } else { tail + 1 };
    if run[i].len() < least {
        return None;
    }
    let ending = text.read(run[i].end - tail..run[i].end);
    let ends = |place: usize| text.ends_with(place, &ending);
    // Whether all but the last member have it, before anything is cut.
    if !run
        .get(i + 1..last.min(i + 3))
        .is_some_and(|all| all.iter().all(|s| ends(s.end)))
    {
        return None;
    }
    let start = if i == 0 {
        opening(text, run[i].clone())
    } else {
        run[i].start
    };
    let mut members: Vec<Range<usize>> = std::iter::once(start..run[i].end).collect();
    for (j, segment) in run.iter().enumerate().skip(i + 1) {
        if j < last {
            if !ends(segment.end) || !(least..=16).contains(&segment.len()) {
                break;
            }
            members.push(segment.clone());
        } else {
            let end = (segment.start + least..=segment.end.min(segment.start + 16)).find(|&e| {
                ends(e)
                    && (e == segment.end
                        || matches!(text.at(e), '的' | '等' | '”')
                        || text.starts_with(e, "水平")
                        || text.starts_with(e, "建设"))
            });
            match end {
                Some(end) => members.push(segment.start..end),
                None => break,
            }
        }
    }
    // What opens the first is as long as the second, unless that cuts a word.
    let second = members.get(1).map_or(0, Range::len);
    let from = run[i].end - second.min(run[i].len());
    if tail > 1 && members[0].start < from {
        if !splits_word(text, from) {
            members[0].start = from;
        } else if members[0].len() > second + 3 {
            return None;
        }
    }
    let next = i + members.len();
    (members.len() >= 3 && members[0].len() <= 16).then_some((members, next))
}

/// Where the first member of a list begins inside its segment: behind the last word that opens one.
pub fn opening(text: &Chars, segment: Range<usize>) -> usize {
    (segment.start..segment.end.saturating_sub(2))
        .rev()
        .find(|&p| {
            p > segment.start
                && text
                    .longest_before(p, list!("slogans/series_openers"))
                    .is_some_and(|n| p - n >= segment.start)
        })
        .unwrap_or(segment.start)
}
