//! Persons with a post: 主席王某某, 主席黄某、副主席李某, 王某某主席.

use std::ops::Range;

use super::super::chars::Chars;
use super::bodies::Body;
use crate::list;
use crate::text::han::{is_han, is_space};
use crate::text::segment::default_jieba;

/// A person with a post; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: Range<usize>,
    /// The post, or the posts that the person has: 党组书记、主席.
    pub post: Range<usize>,
    /// The body right before the post.
    pub body: Option<Range<usize>>,
}

/// The persons of a text, in order.
pub(super) fn find(text: &Chars, bodies: &[Body]) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        // 委员会 and 代表团 are no posts.
        let post = text
            .longest_at(i, list!("entities/posts"))
            .filter(|n| !matches!(text.at(i + n), '会' | '团' | '制'));
        let Some(length) = post else {
            i += 1;
            continue;
        };
        let floor = found.last().map_or(0, |p| p.name.end.max(p.post.end));
        let last = i..i + length;
        let names = names_after(text, last.end);
        let post = if names.is_empty() {
            last.clone()
        } else {
            whole_post(text, &last, floor)
        };
        let body = body_before(text, bodies, &post, floor);
        i = last.end;
        if names.is_empty() {
            // 城镇居民, 党员委员: only heads are written behind their names.
            let leads = matches!(
                text.before(post.end),
                '记' | '席' | '长' | '理' | '任' | '统' | '相'
            );
            if let Some(name) = leads.then(|| name_before(text, post.start, floor)).flatten() {
                found.push(Person { name, post, body });
            }
            continue;
        }
        for name in names {
            i = i.max(name.end);
            found.push(Person {
                name,
                post: post.clone(),
                body: body.clone(),
            });
        }
    }
    found
}

/// The post with those of the same person before it: 党组书记、主席; 书记兼主席.
fn whole_post(text: &Chars, last: &Range<usize>, floor: usize) -> Range<usize> {
    let mut start = last.start;
    while matches!(text.before(start), '、' | '兼') {
        let Some(length) = text.longest_before(start - 1, list!("entities/posts")) else {
            break;
        };
        if start - 1 - length < floor {
            break;
        }
        start -= length + 1;
    }
    start..last.end
}

/// The body that ends where a post begins, or that the post begins in: 市政协|党组书记.
fn body_before(text: &Chars, bodies: &[Body], post: &Range<usize>, floor: usize) -> Option<Range<usize>> {
    let body = bodies
        .iter()
        .find(|b| b.span.start < post.start && post.start <= b.span.end && b.span.start >= floor)?;
    let span = body.span.start..post.start;
    span.clone().all(|i| is_han(text.at(i))).then_some(span)
}

fn surname(text: &Chars, at: usize) -> Option<usize> {
    text.longest_at(at, list!("entities/compound_surnames"))
        .or_else(|| (is_han(text.at(at)) && list!("entities/surnames").has_char(text.at(at))).then_some(1))
}

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '・' | '．')
}

/// The names right behind a post: one, or several with 、 between them and 和 or 与 before the last.
fn names_after(text: &Chars, place: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = place;
    loop {
        start += usize::from(is_space(text.at(start)));
        let Some(name) = dotted_after(text, start).or_else(|| name_after(text, start)) else {
            break;
        };
        let end = name.end;
        found.push(name);
        let joint = text.at(end);
        // A post behind the joint has names of its own.
        let more = matches!(joint, '、' | '和' | '与')
            && text.longest_at(end + 1, list!("entities/posts")).is_none();
        if !more {
            break;
        }
        start = end + 1;
    }
    found
}

/// A name of parts with dots between them: 买买提·艾力.
fn dotted_after(text: &Chars, start: usize) -> Option<Range<usize>> {
    let dot = (start + 1..start + 12)
        .find(|&i| !is_han(text.at(i)))
        .filter(|&i| is_dot(text.at(i)))?;
    let first =
        is_han(text.at(start)) && (start..dot).all(|i| text.longest_at(i, list!("entities/posts")).is_none());
    first.then_some(())?;
    let mut end = dot;
    while is_dot(text.at(end)) {
        let from = end + 1;
        let stop = (from..from + 12)
            .find(|&i| !is_han(text.at(i)))
            .unwrap_or(from + 12);
        // The last part ends where what follows a name begins, but has two characters at least.
        end = if is_dot(text.at(stop)) {
            stop
        } else {
            (from + 2..=stop)
                .find(|&i| {
                    i == stop
                        || text.longest_at(i, list!("entities/after_names")).is_some()
                        || text.longest_at(i, list!("entities/posts")).is_some()
                })
                .unwrap_or(stop)
        };
        if end <= from {
            return None;
        }
    }
    Some(start..end)
}

/// A name right behind a post, perhaps behind one space: surname and one or two characters before a boundary. 李　明 is one name.
fn name_after(text: &Chars, start: usize) -> Option<Range<usize>> {
    // 艾森豪威尔: longer than any name of surname and given name.
    if let Some(name) = listed_after(text, start).filter(|name| name.len() > 3) {
        return Some(name);
    }
    let Some(family) = surname(text, start) else {
        return listed_after(text, start);
    };
    // 宋平将对: what will be done, no part of the name.
    let will = text.at(start + family + 1) == '将'
        && text
            .longest_at(start + family + 2, list!("entities/behind_will"))
            .is_some();
    let bound = |end: usize| {
        !is_han(text.at(end))
            || text.longest_at(end, list!("entities/after_names")).is_some()
            || will && text.at(end) == '将'
    };
    if is_space(text.at(start + family))
        && is_han(text.at(start + family + 1))
        && !is_han(text.at(start + family + 2))
    {
        return Some(start..start + family + 2);
    }
    let title = text.longest_at(start, list!("entities/posts")).is_some();
    // 王芳说: the third character begins what follows the name.
    let short = text
        .longest_at(start + family + 1, list!("entities/after_names"))
        .is_some_and(|n| {
            matches!(
                text.at(start + family + 1),
                '说' | '表' | '指' | '在' | '介' | '告' | '认' | '强' | '和' | '与' | '等'
            ) && n > 0
        })
        || will;
    let givens = if short { [1, 2] } else { [2, 1] };
    givens
        .into_iter()
        .map(|given| start + family + given)
        .find(|&end| {
            text.span(start..end).iter().all(|&c| is_han(c))
                && end - start == text.span(start..end).len()
                && bound(end)
                && !title
        })
        .filter(|&end| {
            !is_word(text, start..end) && !holds_post(text, start..end) && !is_deed(text, start + family..end)
        })
        .map(|end| start..end)
        .or_else(|| listed_after(text, start))
}

/// 任主任 is no name.
fn holds_post(text: &Chars, span: Range<usize>) -> bool {
    span.clone().any(|i| {
        text.longest_at(i, list!("entities/posts"))
            .is_some_and(|n| i + n <= span.end)
    })
}

/// Behind posts that are names of groups as well (业主代表方确定的) no given name may be a verb of the dictionary.
fn is_deed(text: &Chars, given: Range<usize>) -> bool {
    let from = given.start.saturating_sub(1);
    let group = ["代表", "委员", "负责人", "居民", "村民"]
        .iter()
        .any(|w| text.ends_with(from, w));
    let jieba = default_jieba();
    let name = text.read(given);
    let tags = jieba.tag(&name, false);
    group && tags.len() == 1 && tags[0].tag.starts_with('v')
}

/// A name of three to six characters that the segmenter's dictionary lists as one.
fn listed_after(text: &Chars, start: usize) -> Option<Range<usize>> {
    [6, 5, 4, 3]
        .into_iter()
        .map(|n| start..start + n)
        .find(|span| listed(text, span.clone()))
}

fn listed(text: &Chars, span: Range<usize>) -> bool {
    let name = text.read(span);
    let jieba = default_jieba();
    let tags = jieba.tag(&name, false);
    // The dictionary lists one everyday word as a name, and one name as a time.
    tags.len() == 1 && tags[0].tag.starts_with("nr") && name != "许可" || name == "周恩来"
}

/// A name right before a post: 王某某主席; where the name begins a clause, or stands behind what a clause goes on with, or
/// the dictionary has it.
fn name_before(text: &Chars, post: usize, floor: usize) -> Option<Range<usize>> {
    if let Some(name) = dotted_before(text, post, floor) {
        return Some(name);
    }
    [4, 3, 2].into_iter().find_map(|length| {
        let start = post.checked_sub(length).filter(|&s| s >= floor)?;
        let family = surname(text, start)?;
        let han = text.span(start..post).iter().all(|&c| is_han(c));
        let known = listed(text, start..post);
        let begins = !is_han(text.before(start))
            || matches!(text.before(start), '和' | '与' | '由' | '对' | '请' | '在');
        let whole = length == family + 2 && default_jieba().cut(&text.read(start..post), false).len() > 1;
        (han && family < length
            && !holds_post(text, start..post)
            && ((known && (begins || length > 2)) || (begins && whole && !is_word(text, start..post))))
        .then_some(start..post)
    })
}

/// 买买提·艾力主席, back to what is no character of a name.
fn dotted_before(text: &Chars, post: usize, floor: usize) -> Option<Range<usize>> {
    let start = (floor..post)
        .rev()
        .take_while(|&i| is_han(text.at(i)) || is_dot(text.at(i)))
        .last()?;
    let chars = text.span(start..post);
    (chars.len() <= 20 && chars.iter().any(|&c| is_dot(c)) && is_han(chars[0])).then_some(start..post)
}

/// Whether the string is a word of the dictionary that is no name: 高质量, 成绩.
fn is_word(text: &Chars, span: Range<usize>) -> bool {
    let name = text.read(span);
    let jieba = default_jieba();
    let tags = jieba.tag(&name, false);
    name == "许可"
        || tags.len() == 1 && !tags[0].tag.starts_with("nr") && tags[0].tag != "x"
        || tags.first().is_some_and(|t| {
            t.word.chars().count() == 2 && !t.tag.starts_with("nr") && name.chars().count() == 3
        })
}
