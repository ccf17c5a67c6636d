//! Persons with a post: 主席王某某, 主席黄某、副主席李某, 王某某主席.

use std::ops::Range;

use super::super::chars::Chars;
use super::bodies::Body;
use super::institutions;
use super::names;
use super::posts::Post;
use crate::list;
use crate::text::han::is_han;

/// A person with a post; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: Range<usize>,
    /// The post with 副, 常务 and the like, or the posts that the person has: 党组书记、副主席.
    pub post: Range<usize>,
    /// The body or institution right before the post, or before the name where that stands first.
    pub body: Option<Range<usize>>,
}

/// The persons of a text, in order.
pub(super) fn find(text: &Chars, bodies: &[Body]) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut i = 0;
    let mut floor = 0;
    while i < text.len() {
        let Some(mut post) = Post::at(text, i, floor) else {
            i += 1;
            continue;
        };
        // 中大校长: the 校 of 大校 is that of 校长.
        i = (i + 1..post.head.end)
            .find(|&at| Post::at(text, at, floor).is_some_and(|other| other.head.end > post.head.end))
            .unwrap_or(post.head.end);
        let anchored = post.span.start < post.head.start
            || !is_han(text.before(post.span.start))
            || listed_before(text, bodies, post.span.start, floor).is_some();
        let mut names = names::after_post(text, &post, anchored);
        // A post between two names is that of the one before, if only that one is known as one.
        if names.first().is_some_and(|name| !names::is_listed(text, name))
            && names::is_called_before(text, &post, floor)
        {
            names.clear();
        }
        if names.is_empty() {
            let behind = |at: usize| {
                ends_body(bodies, at) || text.longest_before(at, list!("entities/institutions")).is_some()
            };
            // 城镇居民, 代表: only heads of one person are written behind a name.
            let name = (!post.group)
                .then(|| names::before_post(text, &post, floor, behind))
                .flatten();
            if let Some(name) = name {
                let body = body_before(text, bodies, name.start, floor);
                take_further(&mut post, text);
                i = i.max(post.span.end);
                floor = post.span.end;
                found.push(Person {
                    name,
                    post: post.span,
                    body,
                });
            }
            continue;
        }
        post.with_others(text, floor);
        let mut body = body_before(text, bodies, post.span.start, floor);
        // 市委书记、市政协主席: the posts of one person with a body each are one, and the first body is that of the post.
        while let Some((start, whose)) = further(text, bodies, body.as_ref(), floor) {
            post.span.start = start;
            post.with_others(text, floor);
            body = if start == post.span.start {
                whose
            } else {
                body_before(text, bodies, post.span.start, floor)
            };
        }
        for name in names {
            i = i.max(name.end);
            floor = i;
            found.push(Person {
                name,
                post: post.span.clone(),
                body: body.clone(),
            });
        }
    }
    found
}

/// Where a further post of the same person begins before a body, behind a joint, and its body: that of a group only with a body of its own.
fn further(
    text: &Chars,
    bodies: &[Body],
    body: Option<&Range<usize>>,
    floor: usize,
) -> Option<(usize, Option<Range<usize>>)> {
    let joint = body.map(|b| b.start).filter(|&at| text.before(at) == '、')? - 1;
    let (start, single) = Post::ending(text, joint, floor)?;
    let whose = body_before(text, bodies, start, floor);
    (single || whose.is_some()).then_some((start, whose))
}

/// The body or the institution right before a place.
fn body_before(text: &Chars, bodies: &[Body], at: usize, floor: usize) -> Option<Range<usize>> {
    listed_before(text, bodies, at, floor)
        .filter(|span| span.clone().all(|i| is_han(text.at(i))))
        .or_else(|| institutions::before(text, at, floor))
}

/// Whether a named body ends at a place, rather than going on behind it: not 主|席团.
fn ends_body(bodies: &[Body], at: usize) -> bool {
    let next = bodies.partition_point(|b| b.span.end < at);
    bodies.get(next).is_some_and(|b| b.span.end == at)
}

/// 监察支队|长, 行政院|长: the post shares characters with the body, which is whole; in 市政协|党组书记 the part is that of the post.
fn ends_in_post(text: &Chars, body: &Body, post: usize) -> bool {
    body.span.end > post && body.span.end <= post + 2 && text.at(body.span.end) == '长'
}

/// The named body that ends where a post begins, or that the post begins in: 市政协|党组书记.
fn listed_before(text: &Chars, bodies: &[Body], at: usize, floor: usize) -> Option<Range<usize>> {
    let next = bodies.partition_point(|b| b.span.end < at);
    let body = bodies.get(next)?;
    let end = if ends_in_post(text, body, at) {
        body.span.end
    } else {
        at
    };
    (body.span.start < at && body.span.start >= floor).then_some(body.span.start..end)
}

/// Takes in the posts behind a post that have no name of their own: 某某总书记、国家主席.
fn take_further(post: &mut Post, text: &Chars) {
    while text.at(post.span.end) == '、' {
        let start = post.span.end + 1;
        let next = (start..start + 6)
            .find_map(|at| Post::at(text, at, start))
            .filter(|next| next.span.start == start && !next.group);
        let Some(next) = next else {
            break;
        };
        if !names::after_post(text, &next, true).is_empty() {
            break;
        }
        post.span.end = next.span.end;
    }
}
