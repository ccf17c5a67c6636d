//! Names of persons beside a post: surname and given name, names with dots, names in transliteration.

use std::ops::Range;

use super::super::chars::Chars;
use super::bounds::{Bound, all_han, bound, is_said, listed, tag_of};
use super::foreign::{
    dotted_after, dotted_before, foreign_after, foreign_before, japanese_after, transliterated,
};
use super::posts::{self, Post};
use crate::list;
use crate::text::han::{is_han, is_ordinal_numeral, is_space};
use crate::text::segment::default_jieba;

/// A surname at a place.
struct Family {
    length: usize,
    everyday: bool,
}

fn family_at(text: &Chars, at: usize) -> Option<Family> {
    if let Some(length) = text.longest_at(at, list!("entities/compound_surnames")) {
        return Some(Family {
            length,
            everyday: false,
        });
    }
    let c = text.at(at);
    let everyday = list!("entities/everyday_surnames").has_char(c);
    (everyday || list!("entities/surnames").has_char(c)).then_some(Family { length: 1, everyday })
}

/// The names right behind a post: one, or several with 、 between them and 和 or 与 before the last.
pub(super) fn after_post(text: &Chars, post: &Post, anchored: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = post.span.end;
    loop {
        start += usize::from(is_space(text.at(start)));
        let Some(name) = after(text, start, post, anchored || !found.is_empty()) else {
            break;
        };
        let end = name.end;
        found.push(name);
        // A post behind the joint has names of its own.
        let more = matches!(text.at(end), '、' | '和' | '与') && !posts::begins(text, end + 1);
        if !more {
            break;
        }
        start = end + 1;
    }
    found
}

/// A name at a place. `anchored` is a post that cannot be part of other words: 副市长, not 我市|长江.
fn after(text: &Chars, start: usize, post: &Post, anchored: bool) -> Option<Range<usize>> {
    if !is_han(text.at(start)) || "为是由和与对".contains(text.at(start)) && !is_space(text.at(start + 1))
    {
        return None;
    }
    if let Some(name) = dotted_after(text, start) {
        return Some(name);
    }
    let written = transliterated(text, start);
    // 罗锡文|曾表示
    let once = written == 4
        && "曾向对与和".contains(text.at(start + 3))
        && family_at(text, start).is_some()
        && bound(text, start + 4) > Bound::None;
    if written >= 4
        && !once
        && let Some(name) = foreign_after(text, start, written, post)
    {
        return Some(name);
    }
    // 艾森豪威尔: longer than any name of surname and given name.
    if let Some(name) = listed_after(text, start).filter(|name| name.len() > 3) {
        return Some(name);
    }
    japanese_after(text, start, post)
        .or_else(|| chinese_after(text, start, post, anchored))
        .or_else(|| double_after(text, start, post))
        .or_else(|| listed_after(text, start))
        .or_else(|| foreign_after(text, start, written, post))
}

/// Surname and one or two characters before a boundary. 李　明 is one name.
fn chinese_after(text: &Chars, start: usize, post: &Post, anchored: bool) -> Option<Range<usize>> {
    let family = family_at(text, start)?;
    let given = start + family.length;
    if is_space(text.at(given)) {
        let end = given + 2;
        return (is_han(text.at(given + 1)) && bound(text, end) > Bound::None && family.length == 1)
            .then_some(start..end);
    }
    if posts::begins(text, start) || idiom(text, start) {
        return None;
    }
    let one = given + 1;
    // 宋平将对: what will be done, no part of the name.
    let will = text.at(one) == '将' && text.longest_at(one + 1, list!("entities/behind_will")).is_some();
    let ends = [one, one + 1].map(|end| {
        let bound = if !all_han(text, start..end) {
            Bound::None
        } else if will && end == one {
            Bound::Word
        } else {
            bound(text, end)
        };
        (end, bound)
    });
    // 王芳说: the third character begins what follows the name.
    let short = will
        || text
            .longest_at(one, list!("entities/after_names"))
            .is_some_and(|n| n > 1 || "说在和与等对向从就已也是的及到昨".contains(text.at(one)));
    let torn = !anchored && is_word_across(text, start);
    let name = |&&(end, bound): &&(usize, Bound)| {
        // 殷殷嘱托, 农民高得多
        let doubled = end == one && text.at(start) == text.at(given);
        let no_name = (start..end).any(|i| NEVER.contains(text.at(i)));
        if bound == Bound::None
            || is_said(text, given..end)
            || holds_post(text, start..end)
            || doubled
            || no_name
        {
            return false;
        }
        if family.length == 1 && is_word(text, start..end) {
            return false;
        }
        // 王某某
        let word = tag_of(text, given..end).filter(|tag| !tag.starts_with("nr") && text.at(given) != '某');
        let sure =
            end == given + 2 && (word.is_none() && bound > Bound::Particle || listed(text, start..end));
        // 泓 is a measure, and the given name of many.
        let measure = word.as_deref() == Some("q") && end == one && bound > Bound::Particle;
        if !measure && word.as_deref().is_some_and(is_function) {
            return false;
        }
        if (family.everyday || torn) && !sure {
            return false;
        }
        // 业主代表方确定的, 委员金点子是: names of groups stand before verbs and nouns.
        let deed = word.is_some_and(|tag| tag.starts_with('v') || bound == Bound::Particle);
        !post.group || end == one || !deed
    };
    let order = if short { [0, 1] } else { [1, 0] };
    order
        .iter()
        .map(|&n| &ends[n])
        .find(name)
        .map(|&(end, _)| start..end)
}

/// Two surnames, that of the husband before that of the wife, and two characters: 陈方小兰. None of them make a word.
fn double_after(text: &Chars, start: usize, post: &Post) -> Option<Range<usize>> {
    let end = start + 4;
    let family = |at: usize| {
        let c = text.at(at);
        list!("entities/surnames").has_char(c) && !list!("entities/everyday_surnames").has_char(c)
    };
    let word = |span: Range<usize>| tag_of(text, span).is_some_and(|tag| !tag.starts_with("nr"));
    // 全国人大常委范徐丽泰
    let single = !post.group || text.ends_with(post.span.end, "委") || text.ends_with(post.span.end, "委员");
    let name = single
        && family(start)
        && family(start + 1)
        && all_han(text, start..end)
        && bound(text, end) > Bound::None
        && !(start..end).any(|i| NEVER.contains(text.at(i)))
        && !(start..start + 2).any(|i| word(i..i + 2))
        // 陈方安生: a quality, and the given name of many; a deed or a thing is none.
        && tag_of(text, start + 2..end).is_none_or(|tag| tag.starts_with("nr") || tag.starts_with('a'))
        && !word(start..start + 3)
        && !word(start + 1..end)
        && !posts::begins(text, start)
        && !holds_post(text, start..end);
    name.then_some(start..end)
}

/// Characters that no name of a person holds.
const NEVER: &str = "各的了着得不没很太更们这那我你他她它吗呢吧啊您";

/// Whether a tag is that of conjunctions, pronouns and the like: no given name is such a word.
fn is_function(tag: &str) -> bool {
    matches!(tag, "c" | "p" | "r" | "m" | "q" | "u" | "f")
}

/// Whether a saying of four characters begins at a place: 任重道远.
fn idiom(text: &Chars, start: usize) -> bool {
    text.longest_at(start, list!("entities/compound_surnames"))
        .is_none()
        && tag_of(text, start..start + 4).is_some()
}

/// Whether the last character of the post and the first behind it are a word: 我市|长江.
fn is_word_across(text: &Chars, start: usize) -> bool {
    tag_of(text, start - 1..start + 1).is_some_and(|tag| !tag.starts_with("nr"))
}

/// 任主任 is no name.
fn holds_post(text: &Chars, span: Range<usize>) -> bool {
    span.clone().any(|i| {
        text.longest_at(i, list!("entities/posts"))
            .is_some_and(|n| i + n <= span.end)
    })
}

/// A name of three to six characters that the segmenter's dictionary lists as one. Its names of four are sayings, too (任重道远): they need
/// characters that names are written in, or a surname of two.
fn listed_after(text: &Chars, start: usize) -> Option<Range<usize>> {
    [6, 5, 4, 3]
        .into_iter()
        .map(|n| start..start + n)
        .find(|span| listed(text, span.clone()))
        .filter(|span| match span.len() {
            // 金点子
            3 => {
                let noun = tag_of(text, start + 1..span.end).is_some_and(|tag| tag == "n" || tag == "v");
                !noun || bound(text, span.end) > Bound::Particle
            }
            4 => {
                transliterated(text, start) >= 4
                    || text
                        .longest_at(start, list!("entities/compound_surnames"))
                        .is_some()
                    || text
                        .longest_at(start, list!("entities/japanese_surnames"))
                        .is_some()
            }
            _ => true,
        })
}

/// Whether the string is a word of the dictionary that is no name, or begins with one: 高质量, 成绩.
fn is_word(text: &Chars, span: Range<usize>) -> bool {
    let name = text.read(span);
    // One name is there as a time.
    if name == "周恩来" {
        return false;
    }
    let jieba = default_jieba();
    let tags = jieba.tag(&name, false);
    name == "许可"
        || tags.len() == 1 && !tags[0].tag.starts_with("nr") && tags[0].tag != "x"
        || tags.first().is_some_and(|t| {
            t.word.chars().count() == 2
                && !t.tag.starts_with("nr")
                && name.chars().count() == 3
                && !only_looks_like_a_time(t.word, t.tag, &name)
        })
}

/// 周一鸣, 许宗力: the dictionary has the first two characters as a time or a number; not 周一晚, 周二就, 许多年.
fn only_looks_like_a_time(word: &str, tag: &str, name: &str) -> bool {
    let last = name.chars().last().unwrap_or_default();
    let goes_on = "早晚夜前后起至到上下午中里内间将曾日天月年次".contains(last)
        || list!("entities/after_names").has_char(last)
        || list!("entities/behind_will").has_char(last);
    let counts = word
        .chars()
        .any(|c| "多久余几数半百千万亿一二三四五六七八九十".contains(c));
    !goes_on && (tag == "t" && word.starts_with(['周', '金', '时']) || tag == "m" && !counts)
}

/// Whether the dictionary lists a name of three characters or more right before the post (习近平总书记|殷殷嘱托), or a surname alone does so at the
/// start of a clause: 毛主席|英明果断.
pub(super) fn is_called_before(text: &Chars, post: &Post, floor: usize) -> bool {
    let end = post.span.start;
    let c = text.before(end);
    let alone = end > floor
        && list!("entities/surnames").has_char(c)
        && !list!("entities/everyday_surnames").has_char(c)
        && !"向于时方应区".contains(c)
        && (!is_han(text.before(end - 1)) || "和与对向由及".contains(text.before(end - 1)));
    alone
        || (3..=4)
            .any(|n| end >= floor + n && family_at(text, end - n).is_some() && listed(text, end - n..end))
}

/// Whether the dictionary lists a name.
pub(super) fn is_listed(text: &Chars, name: &Range<usize>) -> bool {
    name.len() > 2 && listed(text, name.clone())
}

/// A name right before a post: 王某某主席; where the name begins a clause, or stands behind what a clause goes on with or a body
/// (`behind_body` says which place is behind one), or the dictionary has it.
pub(super) fn before_post(
    text: &Chars,
    post: &Post,
    floor: usize,
    behind_body: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    let end = post.span.start;
    if !is_han(text.before(end)) || end == floor {
        return None;
    }
    if let Some(name) = dotted_before(text, end, floor) {
        return Some(name);
    }
    if let Some(name) = foreign_before(text, post, end, floor).filter(|name| name.len() > 3) {
        return Some(name);
    }
    let is_numeral = |c: char| c.is_ascii_digit() || is_ordinal_numeral(c);
    let local = "省市县区州旗乡镇村里".contains(text.at(post.head.start));
    let chinese = [4, 3, 2].into_iter().find_map(|length| {
        let start = end.checked_sub(length).filter(|&s| s >= floor)?;
        let family = family_at(text, start)?.length;
        if family >= length
            || length > family + 2
            || !all_han(text, start..end)
            || holds_post(text, start..end)
        {
            return None;
        }
        let known = listed(text, start..end);
        let given = start + family;
        let word = tag_of(text, given..end).is_some_and(|tag| !tag.starts_with("nr"));
        let everyday = family == 1 && list!("entities/everyday_surnames").has_char(text.at(start));
        let never = (start..end).any(|i| NEVER.contains(text.at(i)));
        // 拜托吴|院长, 感谢王|市长: a verb and a surname alone.
        let asked = length == 3
            && family == 1
            && !known
            && tag_of(text, start..start + 2).is_some_and(|tag| !tag.starts_with("nr"))
            && family_at(text, end - 1).is_some();
        if never || asked || everyday && !known || post.title && (length < 3 || word && !known) {
            return None;
        }
        let left = text.before(start);
        let dated = matches!(left, '年' | '月' | '日') && is_numeral(text.before(start - 1));
        let begins = !is_han(left)
            || matches!(left, '和' | '与' | '由' | '对' | '请' | '在')
            || dated
            || length > 2 && matches!(left, '自' | '向' | '据' | '经' | '同' | '跟' | '了');
        let whole = length == family + 2 && default_jieba().cut(&text.read(start..end), false).len() > 1;
        if known && (begins || length > 2) || begins && whole && !is_word(text, start..end) {
            return Some(start..end);
        }
        // 教育局吴青局长到校
        let inside = !begins
            && (!local || whole)
            && (known || !is_word(text, start..end))
            && bound(text, post.span.end) > Bound::None
            && behind_body(start);
        inside.then_some(start..end)
    });
    chinese.or_else(|| foreign_before(text, post, end, floor))
}
