//! How alike the members of a series are: what they share, and how they are built.

use std::ops::Range;

use super::grammar::are_things;
use super::shared::aligned;
use crate::discourse::chars::Chars;
use crate::list;
use crate::lists::List;
use crate::text::han::is_han;

/// How alike the members of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Not at all: the same twice, marks, words of grammar at the edges.
    No,
    /// Not enough: what they share or begin with says nothing.
    Plain,
    /// They end alike, or share a character inside: the end of the last member can be seen.
    Marked,
    /// They begin alike.
    Headed,
    /// They are built alike, from verbs.
    Built,
}

/// Whether a member begins or ends with a word of grammar, or counts in order (第一).
fn is_functional(text: &Chars, m: &Range<usize>) -> bool {
    // 和谐 and 和平 are no "and".
    let joins = matches!(text.at(m.start), '和' | '与')
        && !matches!(
            text.at(m.start + 1),
            '谐' | '平' | '睦' | '美' | '顺' | '善' | '解' | '时'
        );
    joins
        || matches!(text.at(m.start), '的' | '及' | '等' | '了')
        || text.before(m.end) == '的'
        || text
            .span(m.clone())
            .windows(2)
            .any(|w| w[0] == '第' && "一二三四五六七八九十".contains(w[1]))
}

/// How alike the members are, all of one length; `open_list` if 等 follows them.
pub(super) fn alike(text: &Chars, members: &[Range<usize>], length: usize, open_list: bool) -> Likeness {
    let distinct = members
        .windows(2)
        .all(|w| text.span(w[0].clone()) != text.span(w[1].clone()));
    let mark = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '「' | '」');
    let plain = members.iter().all(|m| {
        let chars = text.span(m.clone());
        // Marks open and close within a member.
        chars.iter().all(|&c| is_han(c) || mark(c)) && chars.iter().filter(|&&c| mark(c)).count() % 2 == 0
    });
    // “港人治港”、高度自治…: what is set off and what is not have no length in common.
    let begins_marked = |m: &Range<usize>| mark(text.at(m.start));
    let plain = plain
        && members
            .windows(2)
            .all(|w| begins_marked(&w[0]) == begins_marked(&w[1]));
    // 增强“甲”、坚定“乙”: the labels are what matters there.
    let labels = members
        .iter()
        .all(|m| mark(text.before(m.end)) && m.len() > 3 && !mark(text.at(m.end - 3)));
    let functional = members.iter().any(|m| is_functional(text, m));
    if !distinct || !plain || functional || labels {
        return Likeness::No;
    }
    let first = |list: &List| list.has_char(text.at(members[0].start));
    let tail = |list: &List| list.has_char(text.before(members[0].end));
    let shared = aligned(text, members, length);
    let (head, end) = (shared.contains(&0), shared.contains(&(length - 1)));
    let all_start = |list: &List| members.iter().all(|m| list.has_char(text.at(m.start)));
    // 深挖洞、广积粮、不称霸
    let far = |m: &Range<usize>| list!("slogans/series_extents").has_char(text.at(m.start));
    let extents = members.iter().any(far) && members.iter().all(|m| far(m) || text.at(m.start) == '不');
    let word = text.read(members[0].start..members[0].start + 2);
    // Two shared characters at the head make a programme only if they are no mere topic: 技术开发、技术转让 is a list.
    let stance = list!("slogans/series_stances").has(&word);
    let culture = length > 2
        && members
            .iter()
            .any(|m| matches!(text.before(m.end - 1), '文' | '变' | '消' | '绿'))
        && text.before(members[0].end) == '化';
    let (marked, headed, built) = match length {
        2 => (
            end && tail(list!("slogans/series_complements")),
            head && matches!(text.at(members[0].start), '共' | '同' | '互'),
            false,
        ),
        3 => (
            // 看得见、摸得着.
            (end && tail(list!("slogans/series_last")) && !culture
                || shared == [1] && matches!(text.at(members[0].start + 1), '得' | '不'))
                && !open_list,
            head && first(list!("slogans/series_first")),
            !open_list && (all_start(list!("slogans/series_verbs")) || extents) && !are_things(text, members),
        ),
        _ => {
            // A whole word at the head is a topic (技术开发、技术转让), one at the end a kind (国家标准、行业标准).
            let kind = end && shared.contains(&(length - 2));
            let inner = shared.iter().any(|&p| {
                p > 0
                    && p + 1 < length
                    && !(p == 1
                        && head
                        && !matches!(text.at(members[0].start), '以' | '同' | '共' | '互' | '双'))
            }) && !kind;
            let starts = members
                .iter()
                .filter(|m| {
                    text.longest_at(m.start, list!("slogans/series_policy_verbs"))
                        .is_some()
                })
                .count();
            // 等 makes a list of activities, unless the members are too long and too even for chance.
            let programme = (starts == members.len() && !open_list)
                || (length >= 5 && starts >= 3 && starts * 3 >= members.len() * 2);
            // 自主经营、自负盈亏, but not 自然景观、自然资源.
            let own = text.at(members[0].start) == '自' && !shared.contains(&1);
            let heads = head && !open_list && (first(list!("slogans/series_first")) || stance || own);
            let ending = end
                && shared.contains(&(length - 2))
                && text
                    .longest_before(members[0].end, list!("slogans/series_endings"))
                    .is_some();
            let qualities = length == 4
                && members.iter().all(|m| {
                    text.longest_before(m.end, list!("slogans/series_qualities"))
                        .is_some()
                });
            (
                (end && tail(list!("slogans/series_last")) && !culture && !kind
                    || inner
                    || ending
                    || are_visions(text, members))
                    && !open_list,
                heads,
                programme || qualities || figures(text, members),
            )
        }
    };
    if marked {
        Likeness::Marked
    } else if headed {
        Likeness::Headed
    } else if built {
        Likeness::Built
    } else {
        Likeness::Plain
    }
}

/// Four characters a member, each a subject and its verb: 党委领导、政府负责、社会协同、公众参与.
fn figures(text: &Chars, members: &[Range<usize>]) -> bool {
    members.len() >= 3
        && members.iter().all(|m| {
            m.len() == 4
                && text.longest_at(m.start, list!("slogans/series_actors")).is_some()
                && text
                    .longest_at(m.start + 2, list!("slogans/series_actors"))
                    .is_none()
        })
}

/// 网络强国、交通强国、数字中国、智慧社会: what a country or a place shall be.
fn are_visions(text: &Chars, members: &[Range<usize>]) -> bool {
    let ends = |m: &Range<usize>, words: &[&str]| words.iter().any(|w| text.ends_with(m.end, w));
    let strong = members
        .iter()
        .filter(|m| ends(m, &["强国", "强省", "强市"]))
        .count();
    members
        .iter()
        .all(|m| m.len() == 4 && ends(m, &["强国", "强省", "强市", "中国", "社会"]))
        && strong * 2 >= members.len()
}
