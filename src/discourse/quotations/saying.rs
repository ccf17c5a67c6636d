//! The verb of saying in front of a quotation or behind it.

use std::ops::Range;

use super::super::chars::Chars;
use super::marks::closing;
use super::speaker;
use crate::list;
use crate::text::han::is_han;
use crate::text::segment::default_jieba;

/// How far behind a quotation the verb that closes its clause is looked for, in characters.
const BEHIND: usize = 40;

/// Who says it, and with which verb; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The speaker, with the post if it is given.
    pub speaker: Option<Range<usize>>,
    /// The verb; empty where none stands there.
    pub verb: Range<usize>,
}

/// How a verb of saying stands before a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// With a colon: 他说：“…”.
    Colon,
    /// With a comma: 他说，“…”.
    Comma,
    /// Directly: 他说“…”.
    Direct,
}

/// The verb right before an opening mark: 主席王某某表示:“…”.
pub fn verb_before(text: &Chars, mark: usize) -> Option<(Range<usize>, Joint)> {
    let (verb, joint) = match text.before(mark) {
        ':' | ',' => {
            let place = mark - 1;
            let colon = text.at(place) == ':';
            let length = text.longest_before(place, list!("quotations/saying"))?;
            let verb = of_paper(text, place - length..place);
            let verb = if is_noun_here(text, &verb) {
                // 提出建议:“…” says something by its verb; 集成建议 and 群众的建议 do not.
                let uttered = text.longest_before(verb.start, list!("quotations/uttering"))?;
                colon.then_some(verb.start - uttered..verb.start)?
            } else {
                verb
            };
            (verb, if colon { Joint::Colon } else { Joint::Comma })
        }
        _ => {
            let length = text.longest_before(mark, list!("quotations/saying_directly"))?;
            (mark - length..mark, Joint::Direct)
        }
    };
    is_said(text, &verb).then_some((verb, joint))
}

/// The verb that a quotation follows behind what it is said of: 称这一做法“劳民伤财，没有好处”。
pub fn verb_with_object(text: &Chars, inner: &Range<usize>) -> Option<Range<usize>> {
    let mark = inner.start - 1;
    let ends = matches!(text.at(inner.end + 1), '。' | '!' | '?' | '\n' | ',' | ';');
    if !ends || inner.len() < 6 || !text.span(inner.clone()).contains(&',') {
        return None;
    }
    let object = (mark.saturating_sub(10)..mark.saturating_sub(1))
        .rev()
        .take_while(|&i| is_han(text.at(i)))
        .find(|&i| matches!(text.at(i), '这' | '该' | '其' | '此' | '那' | '它' | '对'))?;
    let verb = ["形容", "批评", "直斥", "痛批", "评价", "称"]
        .iter()
        .find(|verb| text.ends_with(object, verb))
        .map(|verb| object - verb.chars().count()..object)?;
    is_said(text, &verb).then_some(verb)
}

/// Whether a verb is one here: no part of another word (小说, 名称), and nothing before it says that nobody says it (这就是说, 应当指出).
pub fn is_said(text: &Chars, verb: &Range<usize>) -> bool {
    // 发言人称, 总统称: 人称 and 统称 are none where what goes before ends a word for a speaker.
    let of_speaker = |n: usize| {
        let split = n - verb.len();
        matches!(text.before(verb.end), '称' | '说')
            && (text.before(verb.start) != '学' || is_school(text, verb.start))
            && [list!("quotations/speaker_ends"), list!("entities/posts")]
                .iter()
                .filter_map(|list| text.longest_before(verb.start, list))
                .any(|speaker| speaker > split)
    };
    let other = list!("quotations/other_words");
    if matches!(text.before(verb.end), '称' | '说') && is_full_name(text, verb.start) {
        return true;
    }
    text.longest_before(verb.start, list!("quotations/explaining"))
        .is_none()
        && text.before(verb.start) != '的'
        && text
            .longest_before(verb.end, other)
            .is_none_or(|n| n <= verb.len() || of_speaker(n))
}

fn is_school(text: &Chars, place: usize) -> bool {
    ["大学", "中学", "小学", "同学"]
        .iter()
        .any(|school| text.ends_with(place, school))
}

/// Whether three characters at the beginning of a clause or behind a post are a name: 王福来|说, 李在明|说, not 程度来说.
fn is_full_name(text: &Chars, end: usize) -> bool {
    let Some(start) = end.checked_sub(3) else {
        return false;
    };
    let name = text.span(start..end);
    let shaped = list!("quotations/lone_surnames").has_char(name[0])
        && name.iter().all(|&c| is_han(c))
        && !matches!(
            name[1],
            '对' | '向' | '跟' | '给' | '和' | '与' | '的' | '也' | '又' | '不' | '就' | '还'
        )
        && !matches!(
            name[2],
            '的' | '们' | '不' | '没' | '又' | '可' | '想' | '他' | '她' | '我'
        );
    let begins = |start: usize| {
        !is_han(text.before(start)) || text.longest_before(start, list!("entities/posts")).is_some()
    };
    shaped && begins(start) && !default_jieba().has_word(&text.read(start..start + 2))
}

/// The verb without the paper that says it: 发表声明说, 该公告称, and 声明称 where nobody is named before it. 外交部声明称 stays whole.
pub fn of_paper(text: &Chars, verb: Range<usize>) -> Range<usize> {
    let at = verb.start;
    if verb.len() != 3 || !matches!(text.at(at + 2), '说' | '称') {
        return verb;
    }
    let uttered = text.at(at + 2) == '说'
        && (text.longest_before(at, list!("quotations/uttering")).is_some()
            || text.ends_with(at, "发表")
            || text.ends_with(at, "发布"));
    let alone = match text.before(at) {
        '该' | '此' | '份' | '则' | '篇' | '条' | '述' | '的' => true,
        '”' | '’' | '」' | '』' => matches!(text.before(at - 1), '。' | '!' | '?' | '…' | ','),
        c => !is_han(c) && !c.is_alphanumeric() && !matches!(c, ',' | '》' | ')'),
    };
    let paper = alone && list!("quotations/speaker_ends").has(&text.read(at..at + 2));
    if uttered || paper { at + 2..verb.end } else { verb }
}

/// The verb without whom it tells: 告诉|记者, 提醒|大家.
pub(super) fn core(text: &Chars, verb: Range<usize>) -> Range<usize> {
    let told = ["记者", "我们", "他们", "她们", "大家", "他", "她", "你", "记者说"];
    let length = verb.len();
    let whom = told
        .iter()
        .filter(|whom| text.ends_with(verb.end, whom))
        .map(|whom| whom.chars().count())
        .max()
        .filter(|&n| length >= n + 2);
    let spoken = text.starts_with(verb.start, "向记者") && length > 3;
    verb.start + if spoken { 3 } else { 0 }..verb.end - whom.unwrap_or(0)
}

/// Whether a verb that is a noun as well is one here: 建议, 要求 behind 的, a measure, 意见, or behind a verb of two characters that takes them as
/// its object. Behind a name, a post, an adverb or a clause's start they are verbs.
pub fn is_noun_here(text: &Chars, verb: &Range<usize>) -> bool {
    let at = verb.start;
    list!("quotations/saying_nouns").has(&text.read(verb.clone()))
        && (text.longest_before(at, list!("quotations/uttering")).is_some()
            || text
                .longest_before(at, list!("quotations/before_nouns"))
                .is_some()
            || text.longest_before(at, list!("quotations/takes_nouns")).is_some())
}

/// The verb and speaker right behind a closing mark: “…”某某说.
pub fn behind(text: &Chars, place: usize) -> Option<Saying> {
    // “没有前途”，他说。
    let after = text.at(place) == ',';
    let place = place + usize::from(after);
    if matches!(text.at(place), '的' | '等') {
        return None;
    }
    let end = clause_end(text, place)?;
    let ends = matches!(text.at(end), '。' | '!' | '\n') || !after && matches!(text.at(end), ',' | ':' | ';');
    let length = ends
        .then(|| text.longest_before(end, list!("quotations/saying")))
        .flatten()?;
    let verb = of_paper(text, end.checked_sub(length)?..end);
    if verb.start <= place || !is_said(text, &verb) || is_noun_here(text, &verb) {
        return None;
    }
    // A speaker must stand there, else 的 follows: “…”的要求.
    let speaker = speaker::of(text, place, verb.start).filter(|s| s.sure || !after)?;
    Some(Saying {
        speaker: Some(speaker.span),
        verb,
    })
}

/// The verb and speaker a clause or two behind words that are speech by themselves: “…”说起变化，王小川感慨道。
pub fn further_behind(text: &Chars, mut place: usize) -> Option<Saying> {
    for _ in 0..2 {
        place = clause_end(text, place).filter(|&end| text.at(end) == ',')? + 1;
        let end = clause_end(text, place)?;
        if let Some(saying) = told_of(text, place) {
            return Some(saying);
        }
        let Some(length) = text.longest_before(end, list!("quotations/saying")) else {
            continue;
        };
        let verb = end - length..end;
        if !matches!(text.at(end), '。' | '!' | '\n') || verb.start <= place {
            continue;
        }
        if !is_said(text, &verb) || is_noun_here(text, &verb) {
            return None;
        }
        let speaker = speaker::of(text, place, verb.start).filter(|s| s.sure)?;
        return Some(Saying {
            speaker: Some(speaker.span),
            verb,
        });
    }
    None
}

/// Who is named right behind words that are speech by themselves, and goes on to tell of something: “…”王小川谈起家乡; “…”李强向记者发出邀请。
pub fn told_of(text: &Chars, place: usize) -> Option<Saying> {
    let end = clause_end(text, place)?;
    let verb = (place + 2..end).find_map(|i| {
        let length = text.longest_at(i, list!("quotations/telling_of")).or_else(|| {
            text.longest_at(i, list!("quotations/uttering"))
                .filter(|&n| n > 1)
        })?;
        Some(i..i + length)
    })?;
    let speaker = speaker::of(text, place, verb.start).filter(|s| s.sure && s.span.start == place)?;
    let gap = speaker::gap(text, &speaker, verb.start);
    (gap.is_empty() || matches!(text.at(gap.start), '向' | '对' | '跟' | '给')).then_some(Saying {
        speaker: Some(speaker.span),
        verb,
    })
}

/// Where the clause that begins at a place ends: at a mark that is not inside a name.
pub(super) fn clause_end(text: &Chars, place: usize) -> Option<usize> {
    (place..(text.len() + 1).min(place + BEHIND)).find(|&i| {
        let c = text.at(i);
        !is_han(c) && !c.is_alphanumeric() && !matches!(c, '、' | '·' | '《' | '》' | '(' | ')')
    })
}

/// What a quotation that a verb stands right before is: somebody's words if the clause ends behind it.
pub fn is_clipped(text: &Chars, inner: &Range<usize>, verb: &Range<usize>, joint: Joint) -> bool {
    let behind = text.at(inner.end + 1);
    let ends = match joint {
        Joint::Comma => matches!(behind, '。' | '!' | '?' | '\n'),
        _ => matches!(behind, '。' | '!' | '?' | '\n' | ',' | ';'),
    };
    // 他说“好啊” but 公司宣布“云岫”: a word or two behind these is a name.
    let tells = tells(text, verb) || joint != Joint::Direct;
    // 戏称“土人回来了” but 戏称“云岫粮仓”: what something is called is a name, unless it is a sentence.
    let called = text.ends_with(verb.end, "戏称")
        && !matches!(text.before(inner.end), '了' | '吧' | '啊' | '呢' | '吗' | '啦');
    let least = match text.before(verb.end) {
        '到' | '指' => 8,
        _ if called => 12,
        _ if tells => 2,
        _ => 4,
    };
    let names = list!("slogans/formulas").has(&text.read(inner.clone()));
    ends && inner.len() >= least && !names && closing(text.at(inner.start - 1)).is_some()
}

/// Whether a verb has words as its object and nothing else: 说, 问道, not 宣布, 强调.
pub fn tells(text: &Chars, verb: &Range<usize>) -> bool {
    matches!(
        text.before(verb.end),
        '说' | '道' | '问' | '答' | '喊' | '呼' | '言' | '叹' | '慨'
    )
}
