//! Posts: a head with what stands before it (常务副省长, 外交部长, 党组书记), and several posts of one person.

use std::ops::Range;

use super::super::chars::Chars;
use crate::list;
use crate::lists::Entry;
use crate::text::han::{is_han, is_space};
use crate::text::segment::default_jieba;

/// A post; places in characters.
#[derive(Debug, Clone)]
pub(super) struct Post {
    /// With what belongs to it before the head, and with other posts of the same person.
    pub(super) span: Range<usize>,
    /// Its last head.
    pub(super) head: Range<usize>,
    /// Whether names of whole groups are written with it, too: 代表, 居民.
    pub(super) group: bool,
    /// Whether it is rather a title than a post: 教授, 工程师.
    pub(super) title: bool,
    /// Whether foreign names stand beside it: 总统, 外长.
    pub(super) abroad: bool,
}

impl Post {
    /// The post whose head begins at a place; it reaches back as far as `floor`.
    pub(super) fn at(text: &Chars, at: usize, floor: usize) -> Option<Self> {
        // Reporters (记者, 通讯员) sign texts and have no post.
        let entry = head_at(text, at).filter(|head| head.field(1) != "work")?;
        let mut head = at..at + entry.len();
        // 总经理助理
        if text.starts_with(head.end, "助理") {
            head.end += 2;
        }
        Some(Self {
            span: start_of(text, at, floor)..head.end,
            head,
            group: entry.field(1) == "group",
            title: entry.field(1) == "title",
            abroad: entry.field(2) == "abroad",
        })
    }

    /// Takes in the posts of the same person before it: 党组书记、主席; 书记兼主席.
    pub(super) fn with_others(&mut self, text: &Chars, floor: usize) {
        while let Some(end) = joined(text, self.span.start) {
            let Some(length) = text.longest_before(end, list!("entities/posts")) else {
                break;
            };
            if end < floor + length {
                break;
            }
            self.span.start = start_of(text, end - length, floor);
        }
    }

    /// Where the post begins that ends at a place, if one does, and whether it is that of one person rather than of a group: 市委书记、|市政协主席.
    pub(super) fn ending(text: &Chars, end: usize, floor: usize) -> Option<(usize, bool)> {
        let front = text.span(0..end);
        let head = list!("entities/posts").longest_before(front, end)?;
        if end < floor + head.len() || head.field(1) == "work" {
            return None;
        }
        Some((start_of(text, end - head.len(), floor), head.field(1) != "group"))
    }
}

/// The head that begins at a place; 委员会, 代表团, 书记处 and 司令部 are none.
fn head_at(text: &Chars, at: usize) -> Option<&Entry> {
    let ahead = text.span(at..(at + 8).min(text.len()));
    list!("entities/posts")
        .longest_at(ahead, 0)
        .filter(|head| match text.at(at + head.len()) {
            // 王小川主席|会见外宾
            '会' if head.field(1) == "lead" => goes_on_with_meeting(text, at + head.len()),
            '会' | '团' | '制' | '处' => false,
            // 业主委员会, 常务委员会
            '员' => !text.ends_with(at + head.len(), "委"),
            // 人民警察
            '察' => !text.ends_with(at + head.len(), "民警"),
            '部' => !text.ends_with(at + head.len(), "司令"),
            _ => true,
        })
}

/// Whether 会 behind a post begins a verb or says what will be: 主席|会见, 市长|会同, 主席|会出席.
fn goes_on_with_meeting(text: &Chars, at: usize) -> bool {
    text.longest_at(at, list!("entities/after_names"))
        .is_some_and(|n| n > 1)
        || text.any_at(at, &["会前", "会后", "会上"]).is_some()
        || text.longest_at(at + 1, list!("entities/behind_will")).is_some() && text.at(at + 1) != '会'
}

/// Whether a post begins at a place, with what stands before its head.
pub(super) fn begins(text: &Chars, at: usize) -> bool {
    let mut at = at;
    for _ in 0..4 {
        if head_at(text, at).is_some() {
            return true;
        }
        match text.longest_at(at, list!("entities/post_prefixes")) {
            Some(length) => at += length,
            None => return false,
        }
    }
    false
}

/// Where the post before a joint ends, if the one that begins here is a further one of the same person.
fn joined(text: &Chars, start: usize) -> Option<usize> {
    if matches!(text.before(start), '、' | '兼' | '/') {
        return Some(start - 1);
    }
    if text.ends_with(start, "兼任") {
        return Some(start - 2);
    }
    (start > 0 && is_space(text.before(start)) && is_han(text.before(start - 1))).then(|| start - 1)
}

/// Where a post begins whose head begins at a place: 副, 常务, 党组 and the like belong to it, and in 外交部长 the sector.
fn start_of(text: &Chars, head: usize, floor: usize) -> usize {
    let mut start = with_prefixes(text, head, floor);
    let front = text.span(0..head);
    if start > floor && text.at(head + 1) == '长' && "部局厅处科司署".contains(text.at(head)) {
        let front = front.get(..start).unwrap_or_default();
        let sector = [
            list!("entities/sectors"),
            list!("entities/short_sectors"),
            list!("entities/ministries"),
        ]
        .iter()
        .filter_map(|sectors| sectors.longest_before(front, start))
        .map(Entry::len)
        .max();
        // 前财政部长
        if let Some(length) = sector
            && start >= floor + length
        {
            start = with_prefixes(text, start - length, floor);
        }
    }
    start
}

/// Where 副, 常务, 前, 党组 and the like begin that stand before a place.
fn with_prefixes(text: &Chars, head: usize, floor: usize) -> usize {
    let mut start = head;
    let front = text.span(0..head);
    while let Some(prefix) = list!("entities/post_prefixes")
        .all_before(front.get(..start).unwrap_or_default(), start)
        .find(|p| {
            start >= floor + p.len()
                && match p.field(1) {
                    "edge" => is_apart(text, start - p.len()),
                    "party" => ["书记", "副书记", "成员", "常委"]
                        .iter()
                        .any(|w| text.starts_with(start, w)),
                    _ => true,
                }
        })
    {
        start -= prefix.len();
    }
    start
}

/// Whether the character at a place begins a word: not 前 in 日前.
fn is_apart(text: &Chars, at: usize) -> bool {
    !is_han(text.before(at)) || !default_jieba().has_word(&text.read(at - 1..at + 1))
}
