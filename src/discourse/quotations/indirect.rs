//! Indirect speech: what somebody says, without marks. 会议指出，…。 他强调要…。 …，他说。
//!
//! A verb of saying has its clause behind a comma or a colon, or directly: verbs of saying and thinking any clause, verbs of demanding, stressing and
//! announcing one that begins with a modal verb or a subject of duties (要, 必须, 各级). The clause runs to the end of the sentence, without its mark, or to the
//! comma or semicolon behind which the next verb of saying has its own clause. Verbs inside quotations, titles and brackets are not looked at.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::chars::Chars;
use super::super::page::Page;
use super::clause;
use super::marks::closing;
use super::quote::QuoteKind;
use super::saying::{self, Saying};
use super::speaker::{self, Speaker};
use crate::list;
use crate::text::han::{is_han, is_space};

/// What is said, and by whom; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The clause.
    pub span: Range<usize>,
    /// Speaker and verb.
    pub saying: Saying,
}

/// The shortest clause, in characters.
const LEAST: usize = 3;
/// A line without a mark at its end is no heading from this length on.
const HEADING: usize = 40;

/// The indirect speech of a text, in order.
pub fn find(page: &Page) -> Vec<Said> {
    let text = page.chars();
    let mut found = Vec::new();
    let mut verbs: Vec<Range<usize>> = Vec::new();
    let mut sentence = 0;
    let mut closes = Closes::new(page);
    let mut articles = 0;
    let mut i = 0;
    while i <= text.len() {
        let c = text.at(i);
        let role = role(c);
        if role == NONE {
            i += 1;
            continue;
        }
        if role == END {
            // In the articles of a law nobody speaks.
            if !verbs.is_empty() && articles < 2 && !(c == '\n' && is_heading(text, sentence, i)) {
                in_sentence(page, sentence..i, &verbs, &mut found);
            }
            articles += usize::from(c == '\n' && is_article(text, i + 1));
            verbs.clear();
            sentence = i + 1;
            i += 1;
            continue;
        }
        if role == MARK
            && let Some(end) = closes.behind(text, i)
        {
            i = end;
            continue;
        }
        if role == VERB
            && let Some(length) = text.longest_at(i, list!("quotations/saying"))
        {
            verbs.push(saying::of_paper(text, i..i + length));
            i += length;
            continue;
        }
        i += 1;
    }
    found
}

/// What a character can be: nothing that matters here, the end of a sentence, a mark that opens, the first of a verb of saying.
const NONE: u8 = 0;
const END: u8 = 1;
const MARK: u8 = 2;
const VERB: u8 = 3;

/// What a character can be: one look into a table, since most are nothing.
fn role(c: char) -> u8 {
    static ROLES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut roles = vec![NONE; 0x1_0000];
        let entries = list!("quotations/saying").entries().iter();
        let firsts = entries
            .filter_map(|entry| entry.chars.first())
            .map(|&c| (c, VERB));
        let ends = "\n。!?…".chars().map(|c| (c, END));
        let marks = "《〈(“‘「『〝\"＂”」』".chars().map(|c| (c, MARK));
        for (c, role) in firsts.chain(ends).chain(marks) {
            if let Some(place) = roles.get_mut(c as usize) {
                *place = role;
            }
        }
        roles
    });
    ROLES.get(c as usize).copied().unwrap_or(NONE)
}

/// Whether a line begins an article: 第三条.
fn is_article(text: &Chars, line: usize) -> bool {
    let begin = (line..line + 4).find(|&i| !crate::text::han::is_blank(text.at(i)));
    begin.is_some_and(|i| {
        text.at(i) == '第'
            && (i + 2..i + 9)
                .find(|&i| !is_numeral(text.at(i)))
                .is_some_and(|i| text.at(i) == '条')
    })
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '〇'
        )
}

/// Skips quotations, titles and brackets.
struct Closes<'p> {
    page: &'p Page<'p>,
    quote: usize,
}

impl<'p> Closes<'p> {
    fn new(page: &'p Page<'p>) -> Self {
        Self { page, quote: 0 }
    }

    /// Where what opens at a place is over.
    fn behind(&mut self, text: &Chars, place: usize) -> Option<usize> {
        let c = text.at(place);
        match c {
            '《' | '〈' | '(' => {
                let close = match c {
                    '《' => '》',
                    '〈' => '〉',
                    _ => ')',
                };
                (place + 1..text.len().min(place + 60))
                    .map(|i| (i, text.at(i)))
                    .take_while(|&(_, c)| c != '\n')
                    .find(|&(_, c)| c == close)
                    .map(|(i, _)| i + 1)
            }
            _ if closing(c).is_some() || matches!(c, '"' | '＂' | '”' | '」' | '』') => {
                let quotes = self.page.quotes();
                while quotes.get(self.quote).is_some_and(|q| q.inner.start <= place) {
                    self.quote += 1;
                }
                let quote = quotes.get(self.quote).filter(|q| q.inner.start == place + 1)?;
                Some(quote.inner.end + usize::from(!quote.goes_on))
            }
            _ => None,
        }
    }
}

/// A line without a mark at its end beside other lines.
fn is_heading(text: &Chars, sentence: usize, end: usize) -> bool {
    let begins = text.before(sentence) == '\n';
    let alone = sentence == 0 && end == text.len();
    begins && !alone && end - sentence <= HEADING
}

/// A verb with its speaker and where its clause begins.
struct Claim {
    verb: Range<usize>,
    speaker: Speaker,
    /// Where the verb's own clause begins.
    own: usize,
    said: usize,
}

/// The indirect speech of a sentence, given the verbs of saying in it.
fn in_sentence(page: &Page, sentence: Range<usize>, verbs: &[Range<usize>], found: &mut Vec<Said>) {
    let text = page.chars();
    let mut open: Option<Claim> = None;
    let mut any = false;
    let mut spoke: Option<Speaker> = None;
    for verb in verbs {
        if !is_verb(text, verb) {
            continue;
        }
        let floor = open.as_ref().map_or(sentence.start, |claim| claim.verb.end);
        if !any
            && verb.end == sentence.end
            && let Some(said) = told_behind(page, &sentence, verb)
        {
            found.push(said);
            return;
        }
        let joint = begins_clause(page, verb).or_else(|| clause::behind_object(text, verb));
        let (said, sure_clause) = match joint {
            Some(said) => (said, true),
            None if clause::may_follow(text, verb) => (verb.end, false),
            None => {
                // X回应说：“…”，又承认…: the next verb has the same speaker.
                if open.is_none()
                    && matches!(text.at(verb.end), ':' | ',')
                    && closing(text.at(verb.end + 1)).is_some()
                {
                    spoke = speaker::of(text, floor, verb.start).or(spoke);
                }
                continue;
            }
        };
        let own = speaker::clause_start(text, floor, verb.start);
        if open.is_none() && is_norm(text, sentence.start..verb.start, verb) {
            continue;
        }
        // 会议指出，专家认为…: what is said tells what others say.
        let inside = open
            .as_ref()
            .is_some_and(|claim| own <= claim.said || !matches!(text.before(own), ',' | ';'));
        if inside {
            continue;
        }
        let noun = list!("quotations/saying_nouns").has(&text.read(verb.clone()));
        let named = speaker::of(text, floor.max(own), verb.start);
        let speaker = match (named, &open) {
            (Some(named), _) => is_joined(text, &named, verb, noun).then_some(named),
            (None, Some(claim)) if own == verb.start || !noun => Some(claim.speaker.clone()),
            (None, None) if !noun || said == verb.end => {
                speaker::of_sentence(text, sentence.start, verb.start).or_else(|| spoke.clone())
            }
            (None, _) => None,
        };
        let sure = noun || said == verb.end;
        let Some(speaker) = speaker.filter(|s| (s.sure || !sure) && !is_first_person(text, &s.span)) else {
            continue;
        };
        if !sure_clause && !clause::follows(text, verb) {
            continue;
        }
        any = true;
        let claim = Claim {
            verb: verb.clone(),
            speaker,
            own,
            said,
        };
        if let Some(before) = open.replace(claim) {
            close(page, before, own - 1, found);
        }
    }
    if let Some(claim) = open {
        close(page, claim, sentence.end, found);
    }
}

/// 我, 我们, 本席: who speaks of what they say themselves says it directly.
fn is_first_person(text: &Chars, speaker: &Range<usize>) -> bool {
    speaker.len() == 1 && text.at(speaker.start) == '我'
        || text
            .any_at(
                speaker.start,
                &["我们", "我个人", "我本人", "我自己", "本席", "本人", "笔者"],
            )
            .is_some()
}

/// Whether a verb is one of the acts that norms speak of, in a sentence of norm: 应当…，并告知…; 可以自…提出.
fn is_norm(text: &Chars, before: Range<usize>, verb: &Range<usize>) -> bool {
    let (class, direct) = class(text, verb);
    let speaks = matches!(class, "saying" | "stressing" | "reporting") && direct == "any"
        || class == "stressing"
        || matches!(text.at(verb.end - 1), '说' | '出' | '道' | '称') && !text.ends_with(verb.end, "提出");
    !speaks
        && before
            .into_iter()
            .any(|i| text.any_at(i, &["应当", "不得", "可以"]).is_some())
}

/// Where what is said goes on between marks as a sentence of its own: 他指，路会通的，“我们都在等。”
fn before_speech(page: &Page, said: usize, end: usize) -> usize {
    let (text, quotes) = (page.chars(), page.quotes());
    let next = quotes.partition_point(|q| q.inner.start <= said + LEAST);
    quotes[next..]
        .iter()
        .take_while(|q| q.inner.start < end)
        .find(|q| {
            let mark = q.inner.start - 1;
            let last = text.before(q.inner.end);
            q.kind == QuoteKind::Speech && text.before(mark) == ',' && matches!(last, '。' | '!' | '?' | '…')
        })
        .map_or(end, |q| q.inner.start - 2)
}

fn close(page: &Page, claim: Claim, end: usize, found: &mut Vec<Said>) {
    let text = page.chars();
    debug_assert!(claim.own <= claim.verb.start);
    let said = claim.said + (0..2).take_while(|&n| is_space(text.at(claim.said + n))).count();
    let claim = Claim { said, ..claim };
    let end = end.max(claim.said);
    let end = before_speech(page, claim.said, end);
    if end - claim.said >= LEAST && !text.span(claim.said..end).is_empty() {
        found.push(Said {
            span: claim.said..end,
            saying: Saying {
                speaker: Some(claim.speaker.span),
                verb: claim.verb,
            },
        });
    }
}

fn class(text: &Chars, verb: &Range<usize>) -> (&'static str, &'static str) {
    list!("quotations/saying")
        .get(&text.read(verb.clone()))
        .map_or(("", ""), |entry| (entry.field(1), entry.field(2)))
}

/// Whether a verb is that of a speaker in its clause. What somebody must or may say is a norm; a verb that is a noun as well stands right behind
/// the speaker, adverbs left out, or behind an aside: 他在会上建议, not 建设单位按照规范要求.
fn is_joined(text: &Chars, speaker: &Speaker, verb: &Range<usize>, noun: bool) -> bool {
    let gap = speaker::gap(text, speaker, verb.start);
    if gap.is_empty() {
        return true;
    }
    let norm = [
        "应", "可", "必须", "不", "有权", "需", "须", "要", "能", "没", "未",
    ];
    // 用红色表示: what is shown, not said.
    let shown = text.ends_with(verb.end, "表示") && matches!(text.at(gap.start), '用' | '以');
    // 意见和建议: one of several nouns.
    let listed = noun && matches!(text.before(verb.start), '和' | '与' | '及' | '、');
    if text.any_at(gap.start, &norm).is_some() || shown || listed {
        return false;
    }
    let first = text.at(gap.start);
    let last = text.before(gap.end);
    !noun
        || matches!(first, '在' | '接' | '出' | '主' | '就')
            && matches!(last, '时' | '中' | '上' | '后' | '里')
        || matches!(first, '向' | '对' | '给' | '跟') && gap.len() <= 10
}

fn is_verb(text: &Chars, verb: &Range<usize>) -> bool {
    let longer = text
        .longest_at(verb.start, list!("quotations/other_words"))
        .is_some_and(|n| n > verb.len());
    !longer && saying::is_said(text, verb) && !saying::is_noun_here(text, verb)
}

/// Where the clause of a verb begins.
fn begins_clause(page: &Page, verb: &Range<usize>) -> Option<usize> {
    let text = page.chars();
    let next = text.at(verb.end);
    // 希望, 觉得: what somebody wishes or feels is said only between marks.
    if class(text, verb).1 == "marks" {
        return None;
    }
    let byline = next == ':' && class(text, verb).0 == "reporting";
    let points = next == ':' && verb.len() == 1 && text.at(verb.start) == '指';
    if byline || points {
        return None;
    }
    if matches!(next, ',' | ':') {
        let blanks = (1..3).take_while(|&n| is_space(text.at(verb.end + n))).count();
        let said = verb.end + 1 + blanks;
        let direct = page
            .quote_around(said + 1)
            .is_some_and(|q| q.inner.start == said + 1 && q.kind == QuoteKind::Speech);
        // 经三分之一代表提议，应当…: a condition.
        let noun = list!("quotations/saying_nouns").has(&text.read(verb.clone()));
        let norm = (noun || text.ends_with(verb.end, "提出") || text.ends_with(verb.end, "宣布"))
            && text
                .any_at(said, &["应当", "可以", "并", "由", "也可以", "经", "报", "凭"])
                .is_some();
        // 在微博发文，指…: the words are those of the next verb.
        let next = text
            .longest_at(said, list!("quotations/saying"))
            .map(|n| said..said + n)
            .filter(|next| !list!("quotations/saying_nouns").has(&text.read(next.clone())));
        let passes = next.is_some_and(|next| is_verb(text, &next) && !text.starts_with(next.end, "的"));
        return (!direct && !norm && !passes && text.at(said) != '\n').then_some(said);
    }
    let clause = (verb.end..text.len().min(verb.end + 60))
        .find(|&i| matches!(text.at(i), ',' | '。' | ';' | '\n' | ':'))
        .unwrap_or(verb.end + 60);
    let directly = match class(text, verb).1 {
        "any" => {
            let noun = text.longest_at(verb.end, list!("quotations/stances")).is_some();
            is_han(next) && !noun
        }
        "opener" | "clause" => text.longest_at(verb.end, list!("quotations/openers")).is_some(),
        _ => false,
    };
    // 认为确有必要的，可以…: a condition; 认为…时; 要求的是：.
    let condition = text.before(clause) == '时'
        || text.before(clause) == '的' && matches!(text.at(clause), ',' | ';' | ':')
        || text.at(clause) == ':' && text.before(clause) == '是'
        || text.any_at(clause + 1, &["可以", "有权"]).is_some();
    // 前者称金属球: a name has no verb.
    let name = text.before(verb.end) == '称' && !(verb.end..clause).any(|i| is_verbal(text.at(i)));
    // 称这一做法“劳民伤财，没有好处”: what is said stands between marks.
    let quoted = page
        .quote_around(
            (verb.end..clause)
                .find(|&i| closing(text.at(i)).is_some())
                .unwrap_or(clause)
                + 1,
        )
        .is_some_and(|q| saying::verb_with_object(text, &q.inner).as_ref() == Some(verb));
    (directly && !condition && !name && !quoted).then_some(verb.end)
}

/// Characters that only a clause has.
fn is_verbal(c: char) -> bool {
    matches!(
        c,
        '是' | '将'
            | '已'
            | '会'
            | '要'
            | '有'
            | '被'
            | '不'
            | '没'
            | '可'
            | '能'
            | '应'
            | '正'
            | '了'
            | '曾'
            | '未'
            | '需'
            | '让'
            | '使'
    )
}

/// 路通了，他说。
fn told_behind(page: &Page, sentence: &Range<usize>, verb: &Range<usize>) -> Option<Said> {
    let text = page.chars();
    let (class, _) = class(text, verb);
    let own = speaker::clause_start(text, sentence.start, verb.start);
    let tells = matches!(
        class,
        "saying" | "thinking" | "stressing" | "admitting" | "answering"
    ) && !list!("quotations/saying_nouns").has(&text.read(verb.clone()));
    if !tells || own <= sentence.start + LEAST || text.before(own) != ',' || text.at(sentence.end) == '\n' {
        return None;
    }
    if matches!(text.before(own - 1), '”' | '」' | '』') {
        return None;
    }
    // “…”说起变化，他感慨道: what he says stands between marks.
    let mut quotes = (sentence.start..own).filter(|&i| closing(text.at(i)).is_some());
    let quoted = quotes
        .next()
        .and_then(|i| page.quote_around(i + 1))
        .is_some_and(|q| q.kind == QuoteKind::Speech);
    if quoted {
        return None;
    }
    let speaker = speaker::of(text, own, verb.start)
        .filter(|s| s.sure && s.span.start == own && !is_first_person(text, &s.span))?;
    let start = (sentence.start..own).find(|&i| !crate::text::han::is_blank(text.at(i)))?;
    Some(Said {
        span: start..own - 1,
        saying: Saying {
            speaker: Some(speaker.span),
            verb: verb.clone(),
        },
    })
}
