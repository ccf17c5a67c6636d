//! How members are built, by the segmenter's tags: subject and predicate, adverb and verb, verb and object.
//!
//! Only what has one length and stands side by side is looked at, so that few stretches are tagged.

use std::ops::Range;

use super::shared::aligned;
use crate::discourse::chars::Chars;
use crate::list;
use crate::text::han::is_label_numeral;
use crate::text::segment::default_jieba;

/// What has more members is a list, and is not compared again and again.
pub(super) const MOST: usize = 40;

/// How much a member by itself says that it is no mere thing in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An idiom, a subject with its quality, an adverb with its verb, a frame filled twice.
    Strong,
    /// A verb with its object, or a set phrase: a measure, or part of a formula beside strong ones.
    Weak,
    /// A thing, or a piece of something.
    Other,
}

/// A word of a member: characters and tag.
struct Word {
    length: usize,
    tag: String,
}

impl Word {
    fn is(&self, first: char) -> bool {
        self.tag.starts_with(first)
    }

    fn is_noun(&self) -> bool {
        self.is('n') || matches!(self.tag.as_str(), "vn" | "an" | "l" | "j" | "s")
    }
}

fn words(text: &Chars, span: &Range<usize>) -> Vec<Word> {
    default_jieba()
        .tag(&text.read(span.clone()), false)
        .into_iter()
        .map(|t| Word {
            length: t.word.chars().count(),
            tag: t.tag.to_owned(),
        })
        .collect()
}

/// Whether members of one length are built alike so that they make a formula. `duty` if they stand where a law says what is to be done: there
/// only four members or more are believed, as a principle; `open_list` if 等 follows.
pub(super) fn built(
    text: &Chars,
    members: &[Range<usize>],
    length: usize,
    duty: bool,
    open_list: bool,
) -> bool {
    let offences = members
        .iter()
        .filter(|m| {
            text.longest_at(m.start, list!("slogans/series_offences"))
                .is_some_and(|n| n >= length)
        })
        .count();
    if members.len() < 3 || offences > 1 || (duty && members.len() < 4) {
        return false;
    }
    match length {
        2 => !open_list && !duty && short(text, members),
        3 if text.at(members[0].start) == '新' => members.iter().all(|m| {
            text.at(m.start) == '新'
                && text
                    .longest_at(m.start + 1, list!("slogans/series_new"))
                    .is_some_and(|n| n == 2)
        }),
        3 => !open_list && !duty && (verbs(text, members) || manners(text, members)),
        4 => fours(text, members, duty) || !duty && !open_list && are_ways(text, members),
        _ => {
            !open_list
                && !duty
                && (qualities(text, members) || spirit(text, members) || headed(text, members))
        }
    }
}

/// 降碳、减污、扩绿、增长: a verb and what it moves, a character each.
fn short(text: &Chars, members: &[Range<usize>]) -> bool {
    let pairs = members
        .iter()
        .filter(|m| {
            let cut = words(text, m);
            cut.len() == 2 && cut[0].is('v') && (cut[1].is('n') || cut[1].is('v') || cut[1].is('a'))
        })
        .count();
    pairs >= 3 && pairs * 4 >= members.len() * 3
}

/// 控增量、去库存、优供给.
pub(super) fn verbs(text: &Chars, members: &[Range<usize>]) -> bool {
    members.iter().all(|m| {
        let cut = words(text, m);
        // 深学习
        let how = |w: &Word| {
            w.is('a') && matches!(text.at(m.start), '深' | '实' | '严' | '细' | '真' | '勤') && cut[1].is('v')
        };
        let led = cut.len() == 2 && cut[0].length == 1 && !cut[1].is('m') && (cut[0].is('v') || how(&cut[0]));
        led || (cut.len() > 1 && list!("slogans/series_verbs").has_char(text.at(m.start)))
    })
}

/// 立足防、超前治、科学救: how, and a verb of one character.
fn manners(text: &Chars, members: &[Range<usize>]) -> bool {
    members.iter().all(|m| {
        let cut = words(text, m);
        cut.len() == 2 && cut[0].length == 2 && (cut[1].is('v') && cut[1].tag != "vn" || cut[1].is('a'))
    })
}

/// Things by name: half of the members of three characters are nouns of the dictionary (建筑业、通信业).
pub(super) fn are_things(text: &Chars, members: &[Range<usize>]) -> bool {
    let things = members
        .iter()
        .filter(|m| {
            let cut = words(text, m);
            cut.len() == 1 && cut[0].is('n')
        })
        .count();
    things * 2 >= members.len()
}

/// Four characters a member.
fn fours(text: &Chars, members: &[Range<usize>], duty: bool) -> bool {
    let shapes: Vec<Shape> = members.iter().map(|m| four(text, m)).collect();
    let count = |shape: Shape| shapes.iter().filter(|&&s| s == shape).count();
    let (strong, other, all) = (count(Shape::Strong), count(Shape::Other), members.len());
    // 坚持创新驱动、智能转型、强化基础、绿色发展
    let held = text.ends_with(members[0].start, "坚持");
    let plain = strong >= 2 && strong * 2 >= all && other == 0;
    let loose = all >= 4 && (strong >= 3 || held && strong == 2) && other == 1;
    // 反映诉求、汇聚民智、凝聚共识的桥梁: said of a thing.
    let led = || members.iter().filter(|m| gerund_ahead(text, m)).count() == other;
    let said_of = strong == 0
        && (other == 0 || all >= 3 && other == 1 && led())
        && !duty
        && members.last().is_some_and(|m| text.at(m.end) == '的');
    (plain || loose || said_of) && (!duty || strong * 3 >= all * 2)
}

fn four(text: &Chars, member: &Range<usize>) -> Shape {
    let at = |i: usize| text.at(member.start + i);
    let frame: String = [at(0), at(2)].iter().collect();
    if list!("slogans/series_frames").has(&frame) {
        return Shape::Strong;
    }
    // 迎难而上, 危中求进
    if matches!(at(2), '而' | '则' | '以')
        || at(1) == '中' && matches!(at(2), '求' | '寻' | '谋' | '有' | '见')
    {
        return Shape::Strong;
    }
    let cut = words(text, member);
    // 能减则减, but not 工业企业.
    let twice = at(1) == at(3) || (at(0) == at(2) && !is_label_numeral(at(0)));
    if twice && !(cut.len() == 2 && cut.iter().all(Word::is_noun)) || cut.len() == 1 && cut[0].is('i') {
        return Shape::Strong;
    }
    let middle = member.start + 2;
    let halves = [
        words(text, &(member.start..middle)),
        words(text, &(middle..member.end)),
    ];
    let [left, right] = halves.each_ref().map(|h| h.first().filter(|_| h.len() == 1));
    let verb = left.is_some_and(|w| w.tag == "v") || verb_ahead(text, member);
    let quality = text
        .longest_before(member.end, list!("slogans/series_qualities"))
        .is_some()
        || right.is_some_and(|w| w.is('a') && w.tag != "an")
        || left.is_some() && matches!(at(2), '不' | '无');
    let topic = list!("claims/verbs_as_nouns").has(&text.read(middle..member.end));
    let listed = list!("slogans/series_acts").has(&text.read(middle..member.end));
    // 资源共享, 结构优化.
    let mutual = matches!(at(2), '互' | '共' | '齐') && right.is_none_or(|w| w.is('v') || w.is('a'));
    let changes = list!("slogans/series_changes").has(&text.read(middle..member.end))
        && left.is_some_and(Word::is_noun);
    let acts = topic || listed || right.is_none_or(|w| w.is('v'));
    let strong = (quality && !verb)
        || mutual
        || changes
        // 科学防治
        || (manner(text, member) && acts)
        // 实事求是 and 统筹兼顾 act; 环境保护 is a field of work.
        || (cut.len() == 1 && !topic && right.is_none_or(|w| w.tag == "v"));
    if strong {
        Shape::Strong
    } else if verb && right.is_some() {
        Shape::Weak
    } else {
        Shape::Other
    }
}

/// Whether four characters can be a member and are no thing.
pub(super) fn is_whole(text: &Chars, member: &Range<usize>) -> bool {
    four(text, member) != Shape::Other
}

/// Whether members of four characters are a verb of policy and its object, each of two.
pub(super) fn are_aims(text: &Chars, members: &[Range<usize>]) -> bool {
    members.iter().all(|m| {
        let led = text
            .longest_at(m.start, list!("slogans/series_policy_verbs"))
            .or_else(|| text.longest_at(m.start, list!("slogans/series_spirit_verbs")));
        let verbs = list!("slogans/series_verbs");
        led == Some(2) || verbs.has_char(text.at(m.start)) && verbs.has_char(text.at(m.start + 2))
    })
}

/// Whether members that begin with verbs and share a word in their middle are the tasks that a law gives (优化工作流程、压缩工作时限).
pub(super) fn are_tasks(text: &Chars, members: &[Range<usize>], length: usize) -> bool {
    length >= 6
        && members.iter().all(|m| verb_ahead(text, m))
        && !aligned(text, members, length).contains(&(length - 1))
        && is_duty(text, members[0].start)
}

/// Whether all members begin with a verb of policy.
pub(super) fn are_led(text: &Chars, members: &[Range<usize>]) -> bool {
    members
        .iter()
        .all(|m| text.longest_at(m.start, list!("slogans/series_policy_verbs")) == Some(2))
}

/// Whether all members end in a verb: 社会矛盾化解、社会管理创新.
pub(super) fn are_acts(text: &Chars, members: &[Range<usize>]) -> bool {
    members.iter().all(|m| {
        let end = words(text, &(m.end - 2..m.end));
        matches!(end.as_slice(), [w] if matches!(w.tag.as_str(), "v" | "vn"))
    })
}

/// Whether members of four characters end in one verb and most say before it how: 创新发展、安全发展、普惠发展, and no 经济发展、社会发展.
fn are_ways(text: &Chars, members: &[Range<usize>]) -> bool {
    let (Some(first), true) = (members.first(), members.iter().all(|m| m.len() == 4)) else {
        return false;
    };
    let acts = words(text, &(first.start + 2..first.end));
    let how = |m: &&Range<usize>| {
        text.longest_at(m.start, list!("slogans/series_adverbs")) == Some(2)
            || text.longest_at(m.start, list!("slogans/series_qualities")) == Some(2)
    };
    matches!(acts.as_slice(), [w] if matches!(w.tag.as_str(), "v" | "vn"))
        && members.iter().filter(how).count() * 3 >= members.len() * 2
        && members.last().is_some_and(|m| text.at(m.end) != '、')
}

/// Whether each member is a verb of one character and a word of two.
pub(super) fn are_objects(text: &Chars, members: &[Range<usize>]) -> bool {
    members.iter().all(|m| {
        let cut = words(text, m);
        cut.len() == 2 && cut[0].length == 1 && !cut[1].is('m')
    })
}

/// Whether a stretch is cut into words exactly at multiples of a length.
pub(super) fn cut_even(text: &Chars, span: &Range<usize>, length: usize) -> bool {
    let mut edges = vec![false; span.len() + 1];
    let mut at = 0;
    for word in words(text, span) {
        at += word.length;
        if let Some(edge) = edges.get_mut(at) {
            *edge = true;
        }
    }
    (length..=span.len()).step_by(length).all(|i| edges[i])
}

fn manner(text: &Chars, member: &Range<usize>) -> bool {
    text.longest_at(member.start, list!("slogans/series_adverbs"))
        .is_some()
        || words(text, &(member.start..member.start + 2))
            .first()
            .is_some_and(|w| w.length == 2 && matches!(w.tag.as_str(), "d" | "ad"))
}

/// 惩罚犯罪: the dictionary has the verb as a noun of action, too.
fn gerund_ahead(text: &Chars, member: &Range<usize>) -> bool {
    words(text, &(member.start..member.start + 2))
        .first()
        .is_some_and(|w| w.length == 2 && w.tag == "vn")
        && !verb_ahead(text, member)
}

pub(super) fn verb_ahead(text: &Chars, member: &Range<usize>) -> bool {
    text.longest_at(member.start, list!("slogans/series_policy_verbs"))
        .is_some()
        || words(text, &(member.start..member.start + 2))
            .first()
            .is_some_and(|w| w.length == 2 && w.tag == "v")
}

/// 创新能力强、生态环境优: what it is about, and its quality.
fn qualities(text: &Chars, members: &[Range<usize>]) -> bool {
    members.iter().all(|m| {
        let cut = words(text, m);
        let long = text
            .longest_before(m.end, list!("slogans/series_qualities"))
            .is_some();
        let short = list!("slogans/series_complements").has_char(text.before(m.end));
        match cut.as_slice() {
            [subject, .., last] if subject.is_noun() => {
                (last.length == 1 && short)
                    || (last.length == 2 && (long || last.tag == "a"))
                    || (last.length == 4 && last.is('i'))
            }
            _ => false,
        }
    })
}

/// 拍脑袋决策、拍胸脯表态: one verb of one character at the head of all.
fn headed(text: &Chars, members: &[Range<usize>]) -> bool {
    let at = |place: usize| {
        members
            .iter()
            .all(|m| text.at(m.start + place) == text.at(members[0].start + place))
    };
    let head = members[0].start..members[0].start + 1;
    at(0) && !at(1) && words(text, &head).iter().all(|w| w.tag == "v")
}

/// 发扬红色传统、传承红色基因: two of three members begin with verbs of values.
fn spirit(text: &Chars, members: &[Range<usize>]) -> bool {
    let led = |m: &&Range<usize>| {
        text.longest_at(m.start, list!("slogans/series_spirit_verbs"))
            .is_some()
    };
    members.iter().filter(led).count() * 3 >= members.len() * 2
        && members.iter().all(|m| led(&m) || verb_ahead(text, m))
}

/// Whether clauses name measures that share a topic in their middle (尊重发展规律,创新发展理念): a narrative.
pub(super) fn are_measures(text: &Chars, members: &[Range<usize>], length: usize, shared: &[usize]) -> bool {
    length >= 6
        && !shared.contains(&0)
        && !shared.contains(&(length - 1))
        && members.iter().filter(|m| verb_ahead(text, m)).count() * 3 >= members.len() * 2
        // 发扬斗争精神,坚定斗争意志,增强斗争本领
        && !spirit(text, members)
        || length >= 9 && shared.len() < 2
}

/// Whether a series says how something shall be: it is called a principle, or its members are qualities before 的 (公开、公正、透明的环境).
pub(super) fn stands_for_principles(text: &Chars, members: &[Range<usize>], duty: bool) -> bool {
    let (Some(first), Some(last)) = (members.first(), members.last()) else {
        return false;
    };
    let framed = text
        .longest_before(first.start, list!("slogans/series_principles"))
        .is_some()
        && text
            .longest_at(last.end, list!("slogans/series_principle_nouns"))
            .is_some();
    if framed || called_policy(text, first.start, last.end) {
        return true;
    }
    if duty || first.len() != 2 {
        return false;
    }
    let called = |m: &&Range<usize>| {
        let cut = words(text, m);
        let listed = text
            .longest_at(m.start, list!("slogans/series_qualities"))
            .is_some();
        listed || (cut.len() == 1 && matches!(cut[0].tag.as_str(), "a" | "ad"))
    };
    let adverbs = members.iter().all(|m| {
        text.longest_at(m.start, list!("slogans/series_adverbs"))
            .is_some()
    });
    let fit = members.iter().filter(called).count();
    let all = fit == members.len();
    // 创新、宜居、美丽、韧性、文明、智慧的现代化城市
    let most = all || members.len() >= 4 && fit * 2 >= members.len();
    // 创新、|协调、绿色: what begins inside the list is no series by itself.
    if text.before(first.start) == '、' {
        return adverbs
            || (fit + usize::from(members.len() > 3) >= members.len() && text.at(last.end) == '的');
    }
    let stops = matches!(text.at(last.end), '。' | ',' | ';');
    adverbs
        || (most && text.at(last.end) == '的')
        || (stops && (all || members.len() > 3 && fit + 1 == members.len()))
}

/// 贯彻执行国民经济调整、改革、整顿、提高的方针: what the policy is about stands between its verb and its members.
fn called_policy(text: &Chars, first: usize, end: usize) -> bool {
    [
        "的方针",
        "的总方针",
        "的基本方针",
        "的工作方针",
        "的原则",
        "的基本原则",
        "的总要求",
    ]
    .iter()
    .any(|w| text.starts_with(end, w))
        && (text.han_before(first, 10)..first).any(|p| {
            text.longest_before(p, list!("slogans/series_principles"))
                .is_some()
        })
}

/// Whether a place stands where a law says what is to be done or not to be done: an item of a list, or behind 应当, 不得 and the like.
pub(super) fn is_duty(text: &Chars, place: usize) -> bool {
    let from = (place.saturating_sub(120)..place)
        .rev()
        .find(|&i| matches!(text.at(i), '。' | ';' | '\n'))
        .map_or_else(|| place.saturating_sub(120), |i| i + 1);
    let item = text.at(from) == '(' && is_label_numeral(text.at(from + 1)) && {
        // A heading of a report ends its line.
        (place..place + 200)
            .map(|i| text.at(i))
            .find(|c| matches!(c, '。' | ';' | '\n'))
            == Some(';')
    };
    // 我们应当 is an appeal.
    let told =
        |i: usize| text.any_at(i, &["应当", "不得", "禁止", "严禁"]).is_some() && !text.ends_with(i, "我们");
    item || (from..place).any(told)
}
