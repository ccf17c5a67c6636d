//! Companies, schools and other institutions right before a post: 云岫水务集团有限公司|总经理.

use std::ops::Range;

use super::super::chars::Chars;
use crate::list;
use crate::text::han::is_han;
use crate::text::segment::default_jieba;

/// How far back a name of an institution may begin.
const LONGEST: usize = 24;

/// The institution that ends at a place: what a listed kind ends, back to a verb, a particle, a time, a numeral or a mark.
pub(super) fn before(text: &Chars, end: usize, floor: usize) -> Option<Range<usize>> {
    // 云岫报业集团(云岫日报社)|总编辑
    if text.before(end) == ')' {
        let open = (floor.max(end.saturating_sub(LONGEST))..end - 1)
            .rev()
            .find(|&i| !is_han(text.at(i)))
            .filter(|&i| text.at(i) == '(')?;
        return before(text, open, floor).map(|span| span.start..end);
    }
    let kind = text
        .longest_before(end, list!("entities/institutions"))
        .or_else(|| (is_office(text, end)).then_some(1))?;
    let from = (floor.max(end.saturating_sub(LONGEST))..end)
        .rev()
        .take_while(|&i| is_han(text.at(i)))
        .last()?;
    let window = text.read(from..end);
    let mut start = end;
    let mut single = true;
    let walls = list!("entities/no_place_characters");
    for word in default_jieba().tag(&window, false).iter().rev() {
        let length = word.word.chars().count();
        let part = start > end - kind
            || list!("entities/institution_words").has(word.word)
            || length > 1 && matches!(word.tag, "m" | "vn" | "an")
            // 申远集团: names are made of characters that are verbs, too.
            || length == 1
                && single
                && word.tag.starts_with('v')
                && word.word.chars().all(|c| !walls.has_char(c))
                && !"任当系兼找请问访见给叫".contains(word.word)
            || !matches!(
                word.tag.as_bytes().first(),
                Some(b'v' | b'p' | b'd' | b't' | b'u' | b'r' | b'c' | b'y' | b'm' | b'q' | b'f')
            );
        single &= start > end - kind || length == 1;
        if !part {
            break;
        }
        start -= length;
    }
    // UGL专责委员会
    if start == from {
        start = (floor..start)
            .rev()
            .take_while(|&i| text.at(i).is_ascii_alphanumeric())
            .last()
            .unwrap_or(start);
    }
    // 业委会|主席: a committee in its short name.
    let short = kind == 3 && text.ends_with(end, "委会");
    (start + kind < end || kind > 3 || short).then_some(start..end)
}

/// 财政司|司长, 机械厂|厂长: what the post is the head of.
fn is_office(text: &Chars, end: usize) -> bool {
    text.at(end + 1) == '长'
        && text.before(end) == text.at(end)
        && "部厅局司署处院校厂馆站所社台科队室会行".contains(text.at(end))
}
