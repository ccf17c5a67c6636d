//! What a numeric label stands for, where the text says it.
//!
//! With N the number of the label (双 is two), these places are tried in turn:
//!
//! 1. behind it, after a colon, a dash, a bracket or 即: `三个提升:A、B、C`;
//! 2. right before it: `“A”“B”“C”这三支队伍`, `A、B、C“三大内容”`, for 双X also `A与B双X`;
//! 3. anywhere in the text, a list of N members that all end with what is counted, or all begin with it:
//!    `两个全覆盖` … `组织全覆盖、工作全覆盖`; the nearest one.
//!
//! A list with another number of members is no expansion; nor is one that the label itself ends (`A、B和“三个代表”`), that a verb stands behind
//! (`割裂A、制造“两个中国”`), or whose members are no nouns. A label with several numbers (三会一课) counts as many members as they make
//! together, and is explained behind it only.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::chars::Chars;
use super::numerals::ones;
use crate::list;
use crate::text::han::is_han;
use crate::text::segment::default_jieba;

/// Where the first member begins inside its segment: behind the last word that opens a list, never inside a word, and without the
/// adverbs, prepositions and governing verbs that the other members, of which `second` is one, do not share.
fn opening(text: &Chars, segment: Range<usize>, second: Range<usize>) -> usize {
    let opened = opener(text, &segment);
    trimmed(text, &segment, opened, second)
}

/// The place behind the last word that opens a list, else the beginning.
fn opener(text: &Chars, segment: &Range<usize>) -> usize {
    (segment.start + 1..segment.end.saturating_sub(1))
        .rev()
        .find(|&p| {
            text.longest_before(p, list!("slogans/expansion_openers"))
                .is_some_and(|n| p - n >= segment.start)
        })
        .unwrap_or(segment.start)
}

fn trimmed(text: &Chars, segment: &Range<usize>, opened: usize, second: Range<usize>) -> usize {
    let jieba = default_jieba();
    let piece = text.read(segment.clone());
    let mut at = segment.start;
    // Words of the segment with where they begin and end.
    let words: Vec<(usize, usize, &str)> = jieba
        .tag(&piece, false)
        .into_iter()
        .map(|t| {
            let from = at;
            at += t.word.chars().count();
            (from, at, t.tag)
        })
        .collect();
    let Some(first) = words.iter().position(|w| w.1 > opened) else {
        return opened;
    };
    let written = text.read(second);
    let verbal = jieba
        .tag(&written, false)
        .first()
        .is_some_and(|t| t.tag.starts_with('v'))
        || written.starts_with(text.at(words[first].0));
    let mut kept = first;
    // 不断扩大A、B: what stands before the first noun, unless it is all there is.
    while kept + 1 < words.len()
        && (matches!(words[kept].2, "d" | "p" | "ad" | "c")
            || words[kept].2 == "v" && !verbal && words[kept].1 > words[kept].0 + 1
            || words[kept].1 == words[kept].0 + 4
                && text
                    .longest_at(words[kept].0, list!("slogans/expansion_adverbs"))
                    .is_some())
    {
        kept += 1;
    }
    if segment.end - words[kept].0 < 2 {
        words[first].0
    } else {
        words[kept].0
    }
}

/// The number a label states and what it counts: 两个全覆盖 is 2 and 全覆盖.
pub fn reading(content: &[char]) -> Option<(usize, Vec<char>)> {
    let first = *content.first()?;
    let (number, used) = match first {
        '两' | '双' => (2, 1),
        '十' => match content.get(1).and_then(|&c| ones(c)) {
            Some(unit) => (10 + unit, 2),
            None => (10, 1),
        },
        c => (ones(c)?, 1),
    };
    let rest = &content[used..];
    let classifier = matches!(
        rest.first(),
        Some('个' | '大' | '项' | '支' | '种' | '条' | '张' | '级')
    ) && rest.len() > 1;
    let counted = rest[usize::from(classifier)..].to_vec();
    (number > 1 && !counted.is_empty()).then_some((number, counted))
}

/// Whether a numeral inside a label is the number of the members in brackets behind it: “全港大三罢”(罢工、罢课、罢市).
pub fn counts_off(text: &Chars, label: Range<usize>) -> bool {
    let content = text.span(label.clone());
    let numbers: Vec<usize> = content
        .iter()
        .filter_map(|&c| ones(c))
        .filter(|&n| n > 1)
        .collect();
    let [number] = numbers.as_slice() else {
        return false;
    };
    text.at(label.end + 1) == '(' && behind(text, label.end + 1, *number).is_some()
}

/// Lists of so many members that begin or end with what is counted, in the whole text: looked for once for all places of a label.
pub type Lists = FxHashMap<(usize, Vec<char>), Vec<Range<usize>>>;

/// The span that explains a label; `label` is its span without quotation marks.
pub fn find(text: &Chars, label: &Range<usize>) -> Option<Range<usize>> {
    find_with(text, label, &mut Lists::default())
}

/// As [`find`], with what was found for other labels of the text.
pub fn find_with(text: &Chars, label: &Range<usize>, lists: &mut Lists) -> Option<Range<usize>> {
    let content = text.span(label.clone());
    let (number, counted) = reading(content)?;
    let quoted = is_closing(text.at(label.end));
    let outer = label.start - usize::from(quoted && is_opening(text.before(label.start)))
        ..label.end + usize::from(quoted);
    // 三会一课: a second number with its own noun; 一流, 统一 and 一体 are words.
    let others: usize = (1..counted.len().saturating_sub(1))
        .filter(|&i| !"统唯第同归专合".contains(counted[i - 1]) && !"体致样线流律切".contains(counted[i + 1]))
        .filter_map(|i| ones(counted[i]))
        .sum();
    if others > 0 {
        return behind(text, outer.end, number + others).map(|found| without_particle(text, found));
    }
    behind(text, outer.end, number)
        .or_else(|| before(text, outer.start, number, content))
        .or_else(|| elsewhere(text, label, number, &counted, lists))
        .filter(|found| found.end <= outer.start || found.start >= outer.end)
        .map(|found| without_particle(text, found))
}

/// Whether the last word before a place is a verb.
fn behind_verb(text: &Chars, end: usize) -> bool {
    let piece = text.read(text.han_before(end, 6)..end);
    let jieba = default_jieba();
    let tags = jieba.tag(&piece, false);
    tags.last()
        .is_some_and(|t| t.tag == "v" && t.word.chars().count() > 1)
}

/// Whether a stretch can be what is counted: no numbers in it, no negation, and not a verb alone.
fn is_member(text: &Chars, span: Range<usize>) -> bool {
    let piece = text.read(span);
    let jieba = default_jieba();
    let tags = jieba.tag(&piece, false);
    let verb = tags.len() == 1 && matches!(tags[0].tag, "v" | "d" | "p" | "c");
    !verb && !piece.contains(|c: char| c.is_ascii_digit() || "不都得".contains(c))
}

/// 做到了A、B: the particle belongs to the verb in front.
fn without_particle(text: &Chars, mut span: Range<usize>) -> Range<usize> {
    // 四库:是指A、B.
    if let Some(length) = text.any_at(span.start, &["是指", "即是", "包括"])
        && span.len() > length + 2
    {
        span.start += length;
    }
    let verb = span.start > 0 && is_han(text.before(span.start));
    if verb && span.len() > 2 && matches!(text.at(span.start), '了' | '着' | '过') {
        span.start += 1;
    }
    span
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』')
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '\n' | '…')
}

/// Members from a place on, cut at enumeration commas (else commas, else side by side in quotation marks), up to the end of the stretch.
fn members(text: &Chars, from: usize, close: Option<char>) -> Vec<Range<usize>> {
    let stop = (from..text.len().min(from + 200))
        .find(|&i| close.map_or_else(|| is_end(text.at(i)), |c| text.at(i) == c || is_end(text.at(i))))
        .unwrap_or(from);
    let cut = |separator: &dyn Fn(char) -> bool, stop: usize| {
        let (mut all, mut start) = (Vec::new(), from);
        for i in from..=stop {
            if i == stop || separator(text.at(i)) {
                all.push(start..i);
                start = i + 1;
            }
        }
        all
    };
    let first = (from..stop).find(|&i| text.at(i) == ',').unwrap_or(stop);
    let by_mark = cut(&|c| c == '、', first);
    if by_mark.len() > 1 {
        return by_mark;
    }
    if is_opening(text.at(from)) {
        let mut all = Vec::new();
        let mut place = from;
        while is_opening(text.at(place)) {
            let Some(end) = (place..stop).find(|&i| is_closing(text.at(i))) else {
                break;
            };
            all.push(place..end + 1);
            place = end + 1 + usize::from(matches!(text.at(end + 1), '和' | '与'));
        }
        if all.len() > 1 {
            return all;
        }
    }
    cut(&|c| c == ',', stop)
}

fn span_of(list: &[Range<usize>], number: usize) -> Option<Range<usize>> {
    let fits = list.len() == number && list.iter().all(|m| (1..=30).contains(&m.len()));
    fits.then(|| list.first().map_or(0, |m| m.start)..list.last().map_or(0, |m| m.end))
}

fn behind(text: &Chars, end: usize, number: usize) -> Option<Range<usize>> {
    // A generic noun may stand between: “三个提升”行动:…
    let at = (end..=end + 6).find(|&i| !is_han(text.at(i)))?;
    match text.at(at) {
        ':' => span_of(&members(text, at + 1, None), number),
        '(' => {
            let from = at + 1 + usize::from(text.at(at + 1) == '即');
            span_of(&members(text, from, Some(')')), number)
        }
        '—' => span_of(
            &members(text, at + 1 + usize::from(text.at(at + 1) == '—'), None),
            number,
        ),
        ',' if text.at(at + 1) == '即' => span_of(&members(text, at + 2, None), number),
        _ => None,
    }
}

fn before(text: &Chars, start: usize, number: usize, content: &[char]) -> Option<Range<usize>> {
    let double = content.first() == Some(&'双');
    let classified = matches!(content.get(1), Some('大' | '个' | '项' | '支' | '种')) && content.len() > 2;
    let mut end = start;
    for word in ["这", "等", "的"] {
        if text.ends_with(end, word) {
            end -= 1;
        }
    }
    let tied = end < start;
    // A、B和“三个代表”: the label is the last member.
    if matches!(text.before(end), '和' | '与' | '及' | '、') {
        return None;
    }
    // Side by side in quotation marks.
    if is_closing(text.before(end)) {
        let mut from = end;
        let mut count = 0;
        while is_closing(text.before(from)) {
            let Some(open) = (from.saturating_sub(20)..from)
                .rev()
                .find(|&i| is_opening(text.at(i)))
            else {
                break;
            };
            from = open;
            count += 1;
            if matches!(text.before(from), '、' | '和' | '与') && is_closing(text.before(from - 1)) {
                from -= 1;
            }
        }
        return (count == number).then_some(from..end);
    }
    // 领悟…的意义、自觉做到“两个维护”: what ends with a verb is no list.
    if !double
        && text
            .longest_before(end, list!("slogans/expansion_openers"))
            .is_some_and(|n| n > 1)
    {
        return None;
    }
    if behind_verb(text, end) {
        return None;
    }
    let from = (end.saturating_sub(120)..end)
        .rev()
        .find(|&i| {
            matches!(text.at(i), ',' | ':' | '(' | ')')
                || is_end(text.at(i))
                || is_opening(text.at(i))
                || is_closing(text.at(i))
        })
        .map_or(end.saturating_sub(120), |i| i + 1);
    let marks: Vec<usize> = (from..end).filter(|&i| text.at(i) == '、').collect();
    if double {
        let from = marks.last().map_or(from, |m| m + 1);
        let marks: Vec<usize> = (from + 1..end)
            .filter(|&i| matches!(text.at(i), '与' | '和'))
            .collect();
        if marks.len() != 1 {
            return None;
        }
        let mut first = opening(text, from..marks[0], marks[0] + 1..end);
        // 向碳排放总量和强度双控转变: the preposition is no part of what is counted.
        if first == from
            && matches!(
                text.at(first),
                '向' | '对' | '由' | '从' | '在' | '为' | '用' | '按'
            )
        {
            first += 1;
        }
        let fits = first < marks[0] && end - marks[0] > 1 && marks[0] - first <= 12;
        let nouns = || is_member(text, first..marks[0]) && is_member(text, marks[0] + 1..end);
        return (fits && nouns()).then_some(first..end);
    }
    if marks.len() + 1 != number || marks.is_empty() {
        return None;
    }
    // The first member has no mark before it: as long as the second, else from the last opening word on.
    let second = marks.get(1).map_or(end, |&m| m) - marks[0] - 1;
    let third = marks.get(2).map(|&m| m - marks[1] - 1);
    let (first, set_off) = match third {
        Some(length) if length == second && marks[0] - from >= length => {
            let first = marks[0] - second;
            (first, first > from)
        }
        _ => {
            let segment = from..marks[0];
            let set_off = opener(text, &segment) > from;
            let behind = marks[0] + 1..marks.get(1).map_or(end, |&m| m);
            (opening(text, segment, behind), set_off)
        }
    };
    let last = end - marks[marks.len() - 1] - 1;
    // Without a classifier the label may be the last member itself: only an even list is believed.
    let even = marks[0] - first == second && last == second;
    // Quotation marks set the label off, and a verb the list.
    let set_off = is_opening(text.at(start)) && set_off;
    let heading = text
        .span(from..marks[0])
        .iter()
        .all(|c| "一二三四五六七八九十".contains(*c));
    // Two things in a row stand before many a count: 发放稳岗返还、残疾人两项补贴.
    let counted: String = content.last().into_iter().collect();
    let shared = text.ends_with(marks[0], &counted) && text.ends_with(end, &counted);
    let fits = even || set_off || (classified && (number > 2 || tied || shared));
    (first < marks[0] && (2..=30).contains(&last) && fits && !heading).then_some(first..end)
}

fn elsewhere(
    text: &Chars,
    label: &Range<usize>,
    number: usize,
    counted: &[char],
    lists: &mut Lists,
) -> Option<Range<usize>> {
    // Two members with one character in common are found by chance: 气象一新、格局一新 does not explain 两新.
    if counted.len() > 4 || (number == 2 && counted.len() == 1) {
        return None;
    }
    let found = lists
        .entry((number, counted.to_vec()))
        .or_insert_with(|| lists_with(text, number, counted));
    // They stand in order and apart: the nearest one is among those right around.
    let behind = found.partition_point(|s| s.start < label.start);
    found[behind.saturating_sub(2)..(behind + 2).min(found.len())]
        .iter()
        .filter(|s| s.end <= label.start || s.start >= label.end)
        .min_by_key(|s| label.start.abs_diff(s.start))
        .cloned()
}

fn lists_with(text: &Chars, number: usize, counted: &[char]) -> Vec<Range<usize>> {
    let word: String = counted.iter().collect();
    let (mut found, mut from) = (Vec::new(), 0);
    let stops = |c: char| matches!(c, ',' | ':' | '(' | ')') || is_end(c) || is_opening(c) || is_closing(c);
    for i in 0..=text.len() {
        if i < text.len() && !stops(text.at(i)) {
            continue;
        }
        let marks: Vec<usize> = (from..i).filter(|&p| text.at(p) == '、').collect();
        if marks.len() + 1 >= number && number > 1 {
            found.extend(series_with(text, from..i, &marks, number, &word));
        }
        from = i + 1;
    }
    found
}

fn series_with(
    text: &Chars,
    stretch: Range<usize>,
    marks: &[usize],
    number: usize,
    word: &str,
) -> Option<Range<usize>> {
    let length = word.chars().count();
    let mut edges = vec![stretch.start];
    edges.extend(marks.iter().map(|m| m + 1));
    let segments: Vec<Range<usize>> = edges
        .iter()
        .zip(marks.iter().copied().chain([stretch.end]))
        .map(|(&a, b)| a..b)
        .collect();
    let (first, last) = (segments.first()?, segments.last()?);
    if segments.len() == number {
        // All end with it; behind the last one a noun may follow.
        if segments[..number - 1]
            .iter()
            .all(|s| s.len() > length && text.ends_with(s.end, word))
        {
            let end = (last.start + length + 1..=last.end).find(|&e| text.ends_with(e, word))?;
            return Some(opening(text, first.clone(), segments[1].clone())..end);
        }
        // All begin with it.
        if length == 1
            && number > 2
            && segments[1..]
                .iter()
                .all(|s| text.starts_with(s.start, word) && s.len() > 1)
        {
            let start = (first.start..first.end.saturating_sub(1))
                .rev()
                .find(|&p| text.starts_with(p, word))?;
            let inner = &segments[1..number - 1];
            let end = match inner.first() {
                Some(s) if inner.iter().all(|o| o.len() == s.len()) && last.len() >= s.len() => {
                    last.start + s.len()
                }
                _ => last.end,
            };
            return (first.end - start <= 8 && end - last.start <= 8).then_some(start..end);
        }
    }
    None
}
