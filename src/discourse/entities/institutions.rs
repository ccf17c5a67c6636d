//! Companies, schools and other institutions right before a post: 云岫水务集团有限公司|总经理.

use std::ops::Range;

use super::super::chars::Chars;
use super::foreign::is_transliteration;
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
    // 发行人|前任董事: who a prospectus is about.
    let role = ["发行人", "保荐人", "保荐机构", "承销商", "标的公司", "目标公司"]
        .iter()
        .find(|role| text.ends_with(end, role));
    if let Some(role) = role {
        let start = end - role.chars().count();
        return (start >= floor).then_some(start..end);
    }
    let Some(kind) = text
        .longest_before(end, list!("entities/institutions"))
        .or_else(|| (is_office(text, end)).then_some(1))
    else {
        return department(text, end, floor).or_else(|| lettered(text, end, floor));
    };
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
            // 维吉达尼公司: names in transliteration hold verbs, too.
            || length == 1
                && word.tag.starts_with('v')
                && foreign(word.word)
                && text.at(start + 1) != '\n'
                && foreign(&text.read(start..start + 2))
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

/// Whether all characters are those of foreign names.
fn foreign(name: &str) -> bool {
    name.chars().all(|c| is_transliteration(c, true))
}

/// A department behind a company, a school or a hospital: 会计师事务所税务法律服务|副总经理, 医院心内科|主任. It is made of nouns.
fn department(text: &Chars, end: usize, floor: usize) -> Option<Range<usize>> {
    const KINDS: [&str; 9] = [
        "公司",
        "集团",
        "事务所",
        "大学",
        "学院",
        "医院",
        "银行",
        "研究院",
        "研究所",
    ];
    let from = text.han_before(end, 10).max(floor);
    let part = (from + 2..=end.checked_sub(2)?)
        .rev()
        .find(|&at| KINDS.iter().any(|kind| text.ends_with(at, kind)))?;
    let words = text.read(part..end);
    let nouns = default_jieba().tag(&words, false).iter().all(|word| {
        matches!(
            word.tag.as_bytes().first(),
            Some(b'n' | b'x' | b'g' | b'b' | b'j' | b'a')
        ) || matches!(word.tag, "vn" | "l")
            || list!("entities/institution_words").has(word.word)
    });
    let people = ["同学", "校友", "学生", "员工", "职工", "同事", "代表"]
        .iter()
        .any(|w| words.contains(w));
    let whole = before(text, part, floor)?;
    (nouns && !people).then_some(whole.start..end)
}

/// A company that is written with Latin letters first: KPMG安侯建业|主席.
fn lettered(text: &Chars, end: usize, floor: usize) -> Option<Range<usize>> {
    let han = text.han_before(end, 6).max(floor);
    let start = (floor..han)
        .rev()
        .take_while(|&i| text.at(i).is_ascii_alphanumeric())
        .last()?;
    let named = han - start > 1 && text.at(start).is_ascii_uppercase() && end - han > 1;
    let walls = list!("entities/no_place_characters");
    let words = text.read(han..end);
    let nouns = text.span(han..end).iter().all(|&c| !walls.has_char(c))
        && default_jieba()
            .tag(&words, false)
            .iter()
            .all(|word| word.word.chars().count() == 1 || !word.tag.starts_with(['v', 'd', 'p', 'c', 'r']));
    (named && nouns).then_some(start..end)
}

/// 财政司|司长, 机械厂|厂长: what the post is the head of.
fn is_office(text: &Chars, end: usize) -> bool {
    text.at(end + 1) == '长'
        && text.before(end) == text.at(end)
        && "部厅局司署处院校厂馆站所社台科队室会行".contains(text.at(end))
}
