//! Series without marks: 稳增长促改革调结构, 攻坚战持久战, 学懂弄通做实; and with blanks: 深化改革 发挥优势 同创未来.

use std::ops::Range;

use super::grammar::{self, MOST, cut_even};
use crate::discourse::chars::Chars;
use crate::list;
use crate::text::han::is_han;

/// All of them, in order.
pub(super) fn find(text: &Chars) -> Vec<Vec<Range<usize>>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let hit = spaced(text, at)
            .or_else(|| objects(text, at))
            .or_else(|| endings(text, at))
            .or_else(|| complements(text, at));
        match hit {
            Some(members) => {
                at = members.last().map_or(at + 1, |m| m.end);
                found.push(members);
            }
            None => at += 1,
        }
    }
    found
}

/// Members of one length from a place on, as far as each fits.
fn row(at: usize, length: usize, fits: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    (0..MOST)
        .map(|i| at + i * length)
        .take_while(|&p| fits(p))
        .map(|p| p..p + length)
        .collect()
}

fn whole(text: &Chars, members: &[Range<usize>], length: usize) -> bool {
    let (from, to) = (members[0].start, members[members.len() - 1].end);
    let distinct = members
        .windows(2)
        .all(|w| text.span(w[0].clone()) != text.span(w[1].clone()));
    // 保增长保民生: what repeats tells where the members begin.
    let same = length == 3 && members.iter().all(|m| text.at(m.start) == text.at(from));
    let behind = (to..to + 3).find(|&p| !is_han(text.at(p))).unwrap_or(to + 3);
    distinct
        && text.span(from..to).iter().all(|&c| is_han(c))
        && (same || cut_even(text, &(from..to), length))
        && !super::splits_word(text, from)
        && (behind == to || !super::splits_word(text, to))
}

/// Three and more verbs with their objects, of three characters each; two and more of 零.
fn objects(text: &Chars, at: usize) -> Option<Vec<Range<usize>>> {
    let verbs = list!("slogans/series_verbs");
    let nil = text.at(at) == '零';
    let verbal = [at, at + 3, at + 6].iter().all(|&i| verbs.has_char(text.at(i)));
    if !nil && !verbal {
        return None;
    }
    let mut members = row(at, 3, |p| {
        is_han(text.at(p + 1))
            && is_han(text.at(p + 2))
            && if nil {
                text.at(p) == '零'
            } else {
                verbs.has_char(text.at(p))
            }
    });
    let least = if nil { 2 } else { 3 };
    while members.len() >= least {
        if whole(text, &members, 3)
            && (nil || grammar::are_objects(text, &members) && grammar::verbs(text, &members))
        {
            return Some(members);
        }
        members.pop();
    }
    None
}

/// Three and more battles: 遭遇战阻击战歼灭战.
fn endings(text: &Chars, at: usize) -> Option<Vec<Range<usize>>> {
    let last = text.at(at + 2);
    if !matches!(last, '战' | '型') || text.at(at + 5) != last || text.at(at + 8) != last {
        return None;
    }
    let members = row(at, 3, |p| text.at(p + 2) == last);
    let han = |m: &Range<usize>| text.span(m.clone()).iter().all(|&c| is_han(c));
    (members.iter().all(han) && !super::splits_word(text, at)).then_some(members)
}

/// Three and more verbs with a complement, of two characters each: 学懂弄通做实.
fn complements(text: &Chars, at: usize) -> Option<Vec<Range<usize>>> {
    let verbs = list!("slogans/series_verbs");
    let head =
        |c: char| verbs.has_char(c) || matches!(c, '弄' | '落' | '做' | '讲' | '吃' | '研' | '贯' | '想');
    let tail = |c: char| {
        list!("slogans/series_complements").has_char(c) || matches!(c, '懂' | '通' | '细' | '小' | '悟')
    };
    let fits = |p: usize| head(text.at(p)) && tail(text.at(p + 1));
    if !fits(at) || !fits(at + 2) || !fits(at + 4) {
        return None;
    }
    let members = row(at, 2, fits);
    (whole(text, &members, 2)).then_some(members)
}

/// Three and more clauses of four characters with a blank between and nothing else around, each no mere thing.
fn spaced(text: &Chars, at: usize) -> Option<Vec<Range<usize>>> {
    let blank = |c: char| c == ' ' || c == '\u{3000}';
    if at > 0 && is_han(text.before(at))
        || !is_han(text.at(at))
        || !blank(text.at(at + 4))
        || !blank(text.at(at + 9))
    {
        return None;
    }
    let mut members = Vec::from([Range {
        start: at,
        end: at + 4,
    }]);
    while let Some(m) = members
        .last()
        .filter(|m| members.len() < MOST && blank(text.at(m.end)))
    {
        members.push(m.end + 1..m.end + 5);
    }
    let end = members.last().map_or(at, |m| m.end);
    if is_han(text.at(end)) || blank(text.at(end)) {
        return None;
    }
    let han = |m: &Range<usize>| text.span(m.clone()).iter().all(|&c| is_han(c));
    (members.len() >= 3
        && members.iter().all(han)
        && members.iter().filter(|m| grammar::is_whole(text, m)).count() * 4 >= members.len() * 3)
        .then_some(members)
}
