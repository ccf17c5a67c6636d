//! Which quotations are names: of ships, brands, groups, prizes and events, nicknames, and words that the text keeps at a distance.
//!
//! What stands around the marks decides. 号, 奖 or 公司 right behind makes a name; a verb of policy before (打造“…”) or a programme behind
//! (“…”工程) a coinage; else a word of naming before (名为, 绰号, 所谓), a kind of thing behind (乐队, 卫星, 分子), or characters that write foreign
//! names. Where nothing tells, official language around makes a label, its absence a name. Quotations side by side (“甲”、“乙”等乐队) share what stands before the first and behind the last.

use super::super::chars::Chars;
use super::super::quotations::quote::Quote;
use super::super::quotations::saying::{self, Joint};
use crate::list;
use crate::lists::List;
use crate::text::han::{is_han, is_label_numeral};
use crate::text::segment::default_jieba;

/// How many quotations side by side are looked over.
const SIDE_BY_SIDE: usize = 8;
/// The longest of them, in characters.
const LONGEST: usize = 20;

fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』')
}

/// Where the first of the quotations side by side opens.
fn first(text: &Chars, open: usize) -> usize {
    let mut at = open;
    for _ in 0..SIDE_BY_SIDE {
        let gap = usize::from(matches!(text.before(at), '、' | '和' | '与' | '及' | '或'));
        let Some(end) = at.checked_sub(gap + 1).filter(|&p| closes(text.at(p))) else {
            break;
        };
        let Some(start) = (end.saturating_sub(LONGEST)..end)
            .rev()
            .find(|&p| opens(text.at(p)))
        else {
            break;
        };
        at = start;
    }
    at
}

/// The place behind the last of the quotations side by side.
fn last(text: &Chars, close: usize) -> usize {
    let mut at = close;
    for _ in 0..SIDE_BY_SIDE {
        let gap = usize::from(matches!(text.at(at), '、' | '和' | '与' | '及' | '或'));
        if !opens(text.at(at + gap)) {
            break;
        }
        let from = at + gap + 1;
        let Some(end) = (from..from + LONGEST).find(|&p| closes(text.at(p))) else {
            break;
        };
        at = end + 1;
    }
    at
}

/// Whether a follower stands right at a place: a single character must end a word there (号, and not 号召).
fn follows(text: &Chars, mut place: usize, words: &List) -> bool {
    for between in ["系列", "型"] {
        if text.starts_with(place, between) {
            place += between.chars().count();
        }
    }
    text.longest_at(place, words).is_some_and(|n| {
        n > 1
            || match text.at(place) {
                '号' => !matches!(text.at(place + 1), '召' | '称' | '令'),
                '奖' => !matches!(text.at(place + 1), '励' | '补' | '惩'),
                '论' => !matches!(text.at(place + 1), '坛' | '证' | '述' | '文'),
                _ => !is_han(text.at(place + 1)) || matches!(text.at(place + 1), '的' | '和' | '与' | '、'),
            }
    })
}

/// Whether a quotation is a name whatever stands around it: letters with figures (A3), a meeting, what bears the number of a session (第48个“…”), what
/// a shop or firm right before it is called.
pub(super) fn is_plain(text: &Chars, quote: &Quote) -> bool {
    let content = text.span(quote.inner.clone());
    let open = quote.inner.start.saturating_sub(1);
    let coded = content.first().is_some_and(char::is_ascii_alphabetic)
        && content.iter().all(char::is_ascii_alphanumeric)
        && content.iter().any(char::is_ascii_digit);
    let meeting = content.len() >= 6
        && text
            .longest_before(quote.inner.end, list!("slogans/name_ends"))
            .is_some_and(|n| n < content.len());
    let session = matches!(text.before(open), '个' | '届' | '次') && {
        let from = (open.saturating_sub(6)..open.saturating_sub(1))
            .rev()
            .find(|&p| !is_label_numeral(text.at(p)) && !text.at(p).is_ascii_digit());
        from.is_some_and(|p| text.at(p) == '第')
    };
    coded || meeting || session || text.longest_before(open, list!("slogans/name_kinds")).is_some()
}

/// Whether a quotation is a clause that somebody says: a verb of saying stands right before it, and it has a person, a particle at its end or ten characters.
pub(super) fn is_clause_said(text: &Chars, quote: &Quote) -> bool {
    let content = text.span(quote.inner.clone());
    let open = quote.inner.start.saturating_sub(1);
    let person = |c: &char| matches!(c, '我' | '你' | '您' | '他' | '她' | '咱');
    let ended = content
        .last()
        .is_some_and(|c| matches!(c, '了' | '吗' | '呢' | '吧' | '啊' | '呀'));
    let clause = content.len() >= 4 && (ended || content.iter().any(person));
    let verb = clause || content.len() >= 10;
    verb && (saying::verb_before(text, open).is_some_and(|(_, joint)| joint == Joint::Direct)
        || ["提到", "戏称", "指", "谈到"]
            .iter()
            .any(|w| text.ends_with(open, w)))
}

/// What a quotation is, by what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A name, or a word that the text keeps at a distance.
    Name,
    /// A coinage.
    Label,
    /// A clause, or the title of a law or a report.
    Neither,
}

/// Whether a quotation is a name or a coinage; `official` tells whether official language stands around a place.
pub(super) fn reading(text: &Chars, quote: &Quote, official: impl Fn() -> bool) -> Reading {
    let (open, close) = (quote.inner.start.saturating_sub(1), quote.inner.end + 1);
    let before = first(text, open);
    let mut behind = last(text, close);
    if behind > close || before < open {
        for word in ["等知名", "等一批", "等多个", "等各种", "等"] {
            if text.starts_with(behind, word) {
                behind += word.chars().count();
                break;
            }
        }
    }
    let said = |words: &List| text.longest_before(before, words).is_some();
    if follows(text, behind, list!("slogans/name_single")) || said(list!("slogans/naming_verbs")) {
        return Reading::Name;
    }
    if quote.inner.len() > 5 && TITLES.iter().any(|title| text.ends_with(quote.inner.end, title)) {
        return Reading::Neither;
    }
    let heads = list!("slogans/coinage_heads");
    let weak = |place: usize| text.longest_at(place, list!("slogans/weak_heads")).is_some();
    let own = text
        .longest_before(quote.inner.end, heads)
        .filter(|&n| n < quote.inner.len())
        .is_some_and(|n| !weak(quote.inner.end - n) || official());
    let policy = said(list!("slogans/coinage_verbs"))
        || is_called(text, close)
        || text.longest_at(behind, heads).is_some() && (!weak(behind) || official())
        || (own && !text.ends_with(before, "所谓") && !text.ends_with(before, "所谓的"));
    if policy {
        return Reading::Label;
    }
    let content = text.span(quote.inner.clone());
    let foreign = content.len() >= 3
        && content
            .iter()
            .all(|&c| list!("slogans/transliteration").has_char(c));
    if said(list!("slogans/name_openers"))
        || is_ill_fame(text, behind)
        || is_case(text, behind)
        || follows(text, behind, list!("slogans/name_followers"))
        || foreign
    {
        return Reading::Name;
    }
    if official() || content.contains(&'+') || has_twin(text, quote) {
        return Reading::Label;
    }
    if content.len() >= CLAUSE && is_clause(text, quote) {
        return Reading::Neither;
    }
    Reading::Name
}

/// “…”骂名: what something is called, for good or ill.
fn is_ill_fame(text: &Chars, place: usize) -> bool {
    matches!(
        text.at(place),
        '骂' | '恶' | '污' | '罪' | '美' | '盛' | '虚' | '臭'
    ) && text.at(place + 1) == '名'
        && !is_han(text.at(place + 2))
}

/// “…”非法集资案: a case at court.
fn is_case(text: &Chars, place: usize) -> bool {
    (place..place + 8).take_while(|&p| is_han(text.at(p))).any(|p| {
        text.at(p) == '案'
            && !matches!(
                text.before(p),
                '方' | '提' | '议' | '草' | '预' | '档' | '图' | '答' | '教' | '立'
            )
            && !matches!(text.at(p + 1), '例' | '件' | '由' | '卷')
    })
}

/// Whether the clause goes on to call a quotation a principle, an aim or the like: “…”为最高纲领, “…”是根本原则.
fn is_called(text: &Chars, close: usize) -> bool {
    if !matches!(text.at(close), '为' | '是') && !text.starts_with(close, "作为") {
        return false;
    }
    let end = (close + 1..close + 16).find(|&p| !is_han(text.at(p)));
    end.is_some_and(|end| {
        text.longest_before(end, list!("slogans/coinage_heads"))
            .is_some_and(|n| text.longest_at(end - n, list!("slogans/weak_heads")).is_none())
    })
}

/// How a quotation that is the title of a law or a report ends.
const TITLES: [&str; 10] = [
    "条例",
    "法案",
    "草案",
    "白皮书",
    "蓝皮书",
    "调查报告",
    "研究报告",
    "公约",
    "年报",
    "年鉴",
];
/// From how many characters on a quotation may be a clause.
const CLAUSE: usize = 8;

/// Whether a quotation beside it begins alike: “新力量”、“新方向” are coined in a row.
fn has_twin(text: &Chars, quote: &Quote) -> bool {
    let head = text.at(quote.inner.start);
    let (open, close) = (quote.inner.start.saturating_sub(1), quote.inner.end + 1);
    let gap = |c: char| usize::from(matches!(c, '、' | '和' | '与' | '及'));
    let next = close + gap(text.at(close));
    if opens(text.at(next)) && text.at(next + 1) == head {
        return true;
    }
    let end = open - gap(text.before(open)).min(open);
    closes(text.before(end))
        && (end.saturating_sub(LONGEST)..end)
            .rev()
            .find(|&p| opens(text.at(p)))
            .is_some_and(|p| text.at(p + 1) == head)
}

/// Whether a long quotation has a verb, and so says something.
fn is_clause(text: &Chars, quote: &Quote) -> bool {
    quote.inner.len() > 40
        || default_jieba()
            .tag(&text.read(quote.inner.clone()), false)
            .iter()
            .any(|t| t.tag == "v")
}

/// Where official language stands in a text.
pub(super) struct Official(Vec<usize>);

impl Official {
    /// How many characters on each side are looked at.
    const WINDOW: usize = 300;

    pub(super) fn of(text: &Chars) -> Self {
        let (mut sums, mut count, mut free) = (vec![0; text.len() + 1], 0, 0);
        for place in 0..text.len() {
            if place >= free
                && let Some(n) = text.longest_at(place, list!("slogans/official"))
            {
                count += 1;
                free = place + n;
            }
            sums[place + 1] = count;
        }
        Self(sums)
    }

    /// Whether two in a hundred characters around a place begin a word of official language.
    pub(super) fn around(&self, place: usize) -> bool {
        let from = place.saturating_sub(Self::WINDOW);
        let to = (place + Self::WINDOW).min(self.0.len().saturating_sub(1));
        let at = |i: usize| self.0.get(i).copied().unwrap_or_default();
        (at(to) - at(from)) * 50 >= to - from
    }
}
