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
use crate::list;
use crate::text::han::is_han;
use crate::text::segment::default_jieba;

mod clauses;
mod grammar;
mod likeness;

use grammar::{MOST, built, is_duty, stands_for_principles};
use likeness::{Likeness, aligned, alike};

/// A series; places in characters.
#[derive(Debug, Clone)]
pub struct Series {
    /// From the first member to the last.
    pub span: Range<usize>,
    /// `parallel`, or `numeric` where members count.
    pub class: SloganClass,
    /// `进X×4`, or empty.
    pub pattern: String,
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
    found.retain(|s| !titles.iter().any(|t| t.contains(&s.span.start)));
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
        .or_else(|| pair(text, run, i));
        match hit {
            Some((members, next)) => {
                let mut members = members;
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
    }
}

type Hit = (Vec<Range<usize>>, usize);

/// At least three members of one length from segment `i` on.
fn equal(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    let last = run.len() - 1;
    let length = run.get(i + 1).map(Range::len)?;
    // 加强学习型、服务型和创新型支部建设: in a run of two the last segment may hold the last two members.
    let rest = &run[i + 1];
    let and = (2..=8).find(|&n| n < rest.len() && matches!(text.at(rest.start + n), '和' | '与'));
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
        if matches!(text.at(and), '和' | '与') && segment.len() > 2 * length {
            members.push(and + 1..and + 1 + length);
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
            Likeness::Marked => whole,
            Likeness::Headed | Likeness::Built => bound && !strict,
            Likeness::Plain => whole && !strict && by_structure(text, &members, length, open_list, bound),
            Likeness::No => false,
        };
        if !fits {
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
    stands_for_principles(text, members, duty) || (bound && built(text, members, length, duty, open_list))
}

/// Whether a place lies inside a word of the dictionary, as the segmenter cuts what stands around it: 高度自治的方|针.
fn splits_word(text: &Chars, place: usize) -> bool {
    let from = text.han_before(place, 6);
    let to = (place..place + 4)
        .find(|&i| !is_han(text.at(i)))
        .unwrap_or(place + 4);
    let piece = text.read(from..to);
    let mut at = from;
    for word in default_jieba().cut(&piece, false) {
        let end = at + word.word.chars().count();
        if at < place && place < end {
            return true;
        }
        at = end;
    }
    false
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
    if !list!("slogans/series_first").has_char(c)
        || matches!(c, '不' | '同' | '全' | '人' | '建' | '学' | '管' | '明')
    {
        return None;
    }
    let start = (run[i].start..run[i].end).rev().find(|&p| text.at(p) == c)?;
    if i > 0 && start != run[i].start || !(2..=7).contains(&(run[i].end - start)) {
        return None;
    }
    let mut members: Vec<Range<usize>> = std::iter::once(start..run[i].end).collect();
    for (j, segment) in run.iter().enumerate().skip(i + 1) {
        if text.at(segment.start) != c || segment.len() < 2 {
            break;
        }
        if j < last {
            if segment.len() > 7 {
                break;
            }
            members.push(segment.clone());
        } else {
            let end = (segment.start + 2..=segment.end.min(segment.start + 8))
                .find(|&e| e == segment.end || text.at(e) == '“' || follows(text, e));
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

/// Two members: four characters each on one adverb, or …到哪里、…到哪里.
fn pair(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
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
    let (left, right) = (a.end - 4..a.end, b.start..b.start + 4);
    // A third member of the same length makes a list, which is judged by its own rules.
    let last = i + 2 == run.len();
    let whole = b.len() == 4 || (last && matches!(text.at(right.end), '的' | '等' | '上'));
    let c = text.at(left.start);
    let han = |r: &Range<usize>| text.span(r.clone()).iter().all(|&c| is_han(c));
    let counted = c == '一' && text.at(left.start + 1) != text.at(right.start + 1)
        || c == '零' && text.at(left.start + 1) == text.at(right.start + 1);
    // 人尽其才、才尽其用: one frame, filled twice.
    let framed = aligned(text, &[left.clone(), right.clone()], 4) == [1, 2];
    let fits = whole
        && (c == text.at(right.start) && list!("slogans/pair_first").has_char(c) || framed)
        && !counted
        && han(&left)
        && han(&right)
        && text.span(left.clone()) != text.span(right.clone());
    fits.then(|| (vec![left, right], i + 2))
}
