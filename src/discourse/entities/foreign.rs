//! Names of foreigners and of people with names of parts: dots, transliteration, Japanese surnames.

use std::ops::Range;

use super::super::chars::Chars;
use super::bounds::{Bound, all_han, bound, is_said, listed, tag_of};
use super::posts::Post;
use crate::list;
use crate::text::han::is_han;

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '・' | '．' | '･' | '∙' | '⋅')
}

/// A name of parts with dots between them: 买买提·艾力.
pub(super) fn dotted_after(text: &Chars, start: usize) -> Option<Range<usize>> {
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
                .find(|&i| i == stop || bound(text, i) > Bound::None)
                .unwrap_or(stop)
        };
        if end <= from {
            return None;
        }
    }
    Some(start..end)
}

/// How many characters that foreign names are written in stand at a place.
pub(super) fn transliterated(text: &Chars, start: usize) -> usize {
    (start..start + 10)
        .take_while(|&i| is_transliteration(text.at(i), false))
        .count()
}

pub(super) fn is_transliteration(c: char, dotted: bool) -> bool {
    is_han(c)
        && list!("entities/transliteration")
            .get(c.encode_utf8(&mut [0; 4]))
            .is_some_and(|entry| dotted || entry.field(1).is_empty())
}

/// 总统拉莫斯, 总理莫迪: a run of such characters before a boundary, two at least behind posts that foreigners have, three behind others.
pub(super) fn foreign_after(text: &Chars, start: usize, run: usize, post: &Post) -> Option<Range<usize>> {
    let least = if post.abroad { 2 } else { 3 };
    if run < least || post.group && run < 4 {
        return None;
    }
    let end = (start + least..=start + run)
        .rev()
        .find(|&end| bound(text, end) > Bound::None)?;
    let word = (2..=end - start).any(|n| {
        tag_of(text, start..start + n).is_some_and(|tag| {
            // 普京 is there as a place, 基辛格 as a thing.
            let place = post.abroad && (tag == "ns" || tag == "n" && n > 2 && n == end - start);
            !(tag.starts_with("nr") || tag == "nz" || place)
        })
    });
    // 英雄杨春华
    let inner = post.group && (start..end - 1).any(|i| tag_of(text, i..i + 2).is_some_and(|tag| tag == "n"));
    (!inner && (!word || end - start > 4)).then_some(start..end)
}

/// 首相岸田文雄
pub(super) fn japanese_after(text: &Chars, start: usize, post: &Post) -> Option<Range<usize>> {
    if !post.abroad {
        return None;
    }
    let family = text.longest_at(start, list!("entities/japanese_surnames"))?;
    [2, 1, 3]
        .into_iter()
        .map(|given| start + family + given)
        .find(|&end| all_han(text, start..end) && bound(text, end) > Bound::None)
        .filter(|&end| !is_said(text, start + family..end))
        .or_else(|| (bound(text, start + family) > Bound::Particle).then_some(start + family))
        .map(|end| start..end)
}

/// 拉莫斯总统, behind what begins a clause or goes on with one.
pub(super) fn foreign_before(text: &Chars, post: &Post, end: usize, floor: usize) -> Option<Range<usize>> {
    if !post.abroad {
        return None;
    }
    let start = (floor.max(end.saturating_sub(8))..end)
        .rev()
        .take_while(|&i| is_transliteration(text.at(i), false))
        .last()?;
    let left = text.before(start);
    let begins =
        !is_han(left) || matches!(left, '和' | '与' | '由' | '对' | '请' | '在' | '同' | '向' | '自');
    // 会见了梅德韦杰夫总理: a long run that no name of surname and given name is.
    let begins = begins || end - start > 3 && (left == '了' || met(text, start));
    // 阿布扎比王储, 阿联酋阿布扎比王储: where it is, not who.
    let land = list!("entities/foreign_states");
    let place = end - start > 2
        && (tag_of(text, start..end).is_some_and(|tag| tag == "ns")
            || text.longest_before(start, land).is_some()
            || text.longest_before(end, land).is_some());
    if place || text.at(end) == '王' && text.at(end + 1) == '储' {
        return None;
    }
    let known = listed(text, start..end);
    let begins = begins || known && end - start > 2;
    let name = end - start > 2 || end - start == 2 && known;
    let word = (2..=end - start).any(|n| {
        tag_of(text, end - n..end).is_some_and(|tag| !tag.starts_with("nr"))
            || tag_of(text, start..start + n).is_some_and(|tag| !tag.starts_with("nr"))
    });
    (begins && name && !word).then_some(start..end)
}

/// Whether a verb of meetings ends at a place: 会见|梅德韦杰夫总理.
fn met(text: &Chars, at: usize) -> bool {
    [
        "会见", "拜会", "接见", "欢迎", "陪同", "邀请", "祝贺", "访晤", "致电", "任命", "感谢",
    ]
    .iter()
    .any(|verb| text.ends_with(at, verb))
}

/// 买买提·艾力主席, back to what is no character of a name.
pub(super) fn dotted_before(text: &Chars, post: usize, floor: usize) -> Option<Range<usize>> {
    let from = floor.max(post.saturating_sub(21));
    let start = (from..post)
        .rev()
        .take_while(|&i| is_han(text.at(i)) || is_dot(text.at(i)))
        .last()?;
    // 乔治·华盛顿大学教授
    if text.longest_before(post, list!("entities/companies")).is_some() {
        return None;
    }
    let first = (start..post).find(|&i| is_dot(text.at(i)))?;
    // What stands before the first part is not written as foreign names are: 听取了买买提·艾力主席.
    let name = (start..first)
        .rev()
        .take_while(|&i| is_transliteration(text.at(i), true))
        .last();
    let start = name.filter(|&at| first - at > 1).unwrap_or(start);
    (post - start <= 20 && is_han(text.at(start))).then_some(start..post)
}
