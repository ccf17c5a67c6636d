//! Who says something: the noun phrase in front of a verb of saying, with its post and body, without what stands before it
//! (据, 随后, 当天) and without the manner, the place and the occasion of saying (竖起大拇指, 在会上, 笑着).

use std::ops::Range;

use super::super::chars::Chars;
use super::phrase::{Reader, Word, is_pronoun, is_quote, is_speaker_end, opens};
use crate::list;
use crate::text::han::{is_blank, is_han};
use crate::text::segment::default_jieba;

/// How far back a clause is looked for, in characters.
const CLAUSE: usize = 90;
/// How much of its beginning is read as words.
const READ: usize = 40;
/// How many clauses before its own a verb without a subject may have it in.
const BACK: usize = 4;

/// The words for a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Their place, in characters.
    pub span: Range<usize>,
    /// Whether they name a person, a body, a meeting or a text for sure: a pronoun, a name, a post, a listed ending.
    pub sure: bool,
}

/// What stands before a verb in its clause.
enum Subject {
    Named(Speaker),
    /// Nothing but the manner of saying: the subject stands further in front.
    Left,
    /// 这, 对此, 据: nobody says it.
    Nobody,
}

/// Who says it, in the clause of the verb.
pub fn of(text: &Chars, floor: usize, verb: usize) -> Option<Speaker> {
    match subject(text, clause_start(text, floor, verb), verb, false) {
        Subject::Named(speaker) => Some(speaker),
        Subject::Left | Subject::Nobody => None,
    }
}

/// Who says it, in the clause of the verb or, where that has nothing but the manner, in one before it: 王小川接过话头，笑着说.
pub fn of_sentence(text: &Chars, floor: usize, verb: usize) -> Option<Speaker> {
    let mut start = clause_start(text, floor, verb);
    match subject(text, start, verb, false) {
        Subject::Named(speaker) => return Some(speaker),
        Subject::Nobody => return None,
        Subject::Left => {}
    }
    for _ in 0..BACK {
        if text.before(start) != ',' {
            return None;
        }
        let end = start - 1;
        start = clause_start(text, floor, end);
        // 被问及此事者，均称: the whole clause is who says it.
        if text.before(end) == '者' && (4..READ).contains(&(end - start)) && is_han(text.at(start)) {
            return Some(Speaker {
                span: start..end,
                sure: true,
            });
        }
        // 因王某又有交情，认为…: a clause that gives a reason has a subject of its own.
        if matches!(text.at(start), '因' | '而') {
            continue;
        }
        if let Subject::Named(speaker) = subject(text, start, end, false)
            && speaker.sure
            && speaker.span.end < end
        {
            return Some(speaker);
        }
    }
    None
}

/// The person who is the subject of a clause with its predicate: 他 in 他拿起一把枪摇晃. Nothing but what leads to them stands before.
pub fn person(text: &Chars, clause: Range<usize>) -> Option<Range<usize>> {
    let Subject::Named(found) = subject(text, clause.start, clause.end, true) else {
        return None;
    };
    let span = found.span;
    let governed = text.span(clause.start..span.start).iter().any(|c| {
        matches!(
            c,
            '的' | '着' | '在' | '对' | '向' | '把' | '被' | '给' | '与' | '跟'
        )
    });
    // In minutes, 我 and 你 are those who speak and listen.
    let spoken = matches!(text.at(span.start), '我' | '你' | '您') || text.starts_with(span.start, "本席");
    (found.sure && span.end < clause.end && !governed && !spoken && is_person(text, &span)).then_some(span)
}

/// Whether words for a speaker are those for a person: a pronoun, a name, a noun that ends so.
fn is_person(text: &Chars, span: &Range<usize>) -> bool {
    let last = text.before(span.end);
    if is_pronoun(text.at(span.start)) && span.len() <= 3 {
        return true;
    }
    if is_speaker_end(text, span.start, span.end) {
        return list!("quotations/persons").has_char(last);
    }
    let named = |n: usize| {
        let at = span.end.saturating_sub(n);
        at >= span.start
            && list!("entities/surnames").has_char(text.at(at))
            && (at == span.start || is_speaker_end(text, span.start, at))
    };
    span.len() <= 1 || (2..=4).any(named) || text.read(span.clone()).contains('·')
}

/// What stands between a speaker and the verb of the same clause, without adverbs.
pub fn gap(text: &Chars, speaker: &Speaker, verb: usize) -> Range<usize> {
    speaker.span.end..without_adverbs(text, speaker.span.end, verb)
}

/// Where the clause that holds a place begins. Titles and short quotations are part of it: 王某在“…”中说.
pub fn clause_start(text: &Chars, floor: usize, place: usize) -> usize {
    let floor = floor.max(place.saturating_sub(CLAUSE));
    let mut start = place;
    while start > floor {
        let c = text.before(start);
        match c {
            ',' | '。' | ';' | ':' | '!' | '?' | '\n' | '…' | '—' | '“' | '‘' | '「' | '『' | '《' | '〈'
            | '(' => break,
            '”' | '’' | '」' | '』' | '》' | '〉' | ')' => {
                let speech = matches!(text.before(start - 1), ',' | '。' | ';' | '!' | '?' | '…');
                let open = (start.saturating_sub(62).max(floor)..start - 1)
                    .rev()
                    .find(|&i| opens(text.at(i), c))
                    .filter(|&open| !(speech || is_quote(c) && is_long(text, open..start)));
                match open {
                    Some(open) => start = open,
                    None => break,
                }
            }
            _ if is_blank(c) => break,
            _ => start -= 1,
        }
    }
    start
}

/// A long quotation is somebody's words, unless what is said in it is told: 在“…”中.
fn is_long(text: &Chars, marks: Range<usize>) -> bool {
    marks.len() > 14 && !matches!(text.at(marks.end), '中' | '上' | '里' | '的')
}

/// Adverbs at the end are left out: 一再, 高兴地.
fn without_adverbs(text: &Chars, start: usize, mut end: usize) -> usize {
    loop {
        if let Some(length) = text.longest_before(end, list!("quotations/adverbials"))
            && end >= start + length
            && (length > 1 || end - start != 2 || is_pronoun(text.at(start)))
        {
            end -= length;
            continue;
        }
        if end > start + 2 && text.before(end) == '地' && !matches!(text.before(end - 1), '各' | '当' | '本')
        {
            let jieba = default_jieba();
            let word = (2..=4)
                .rev()
                .filter(|n| end > start + n)
                .find(|n| jieba.has_word(&text.read(end - 1 - n..end - 1)));
            end = (end - 1 - word.unwrap_or(2)).max(start);
            continue;
        }
        return end;
    }
}

/// The words for the speaker at the beginning of a clause that goes on to a verb.
fn subject(text: &Chars, start: usize, verb: usize, predicate: bool) -> Subject {
    let mut start = start;
    // 据镇长王某说: whatever word 据 and what follows could be.
    let cited = text.at(start) == '据'
        && !matches!(
            text.at(start + 1),
            '此' | '说' | '悉' | '了' | '点' | '理' | '传' | '称'
        );
    start += usize::from(cited);
    // 根据招股说明书披露: a source; 根据规划要求 is none.
    let source = text.starts_with(start, "根据")
        && text
            .any_at(
                verb,
                &["披露", "报道", "介绍", "透露", "通报", "反映", "说", "称"],
            )
            .is_some();
    start += 2 * usize::from(source);
    let cited = cited || source;
    let end = without_adverbs(text, start, verb);
    // 他听到一位村民说, 报道引述知情人士表示: who says it is the object.
    let heard = (start + 1..end.saturating_sub(1)).rev().find_map(|i| {
        ["听到", "听见", "引述", "援引", "转述"]
            .iter()
            .any(|word| text.starts_with(i, word))
            .then_some(i + 2)
    });
    start = heard.filter(|&at| at < end).unwrap_or(start);
    if text.any_at(start, &["可以", "应当", "不得", "有权"]).is_some() {
        return Subject::Nobody;
    }
    let stop = end.min(start + READ);
    let chunk = text.read(start..stop);
    let jieba = default_jieba();
    let mut at = start;
    let words: Vec<Word> = jieba
        .tag(&chunk, false)
        .into_iter()
        .map(|t| {
            let from = at;
            at += t.word.chars().count();
            Word {
                text: t.word,
                tag: t.tag,
                span: from..at,
            }
        })
        .collect();
    let found = Reader {
        text,
        words: &words,
        stop,
        predicate,
    }
    .read(start);
    // 根据公司招股说明书披露: the whole of the paper.
    let found = if source && (2..READ / 2).contains(&(end - start)) && text.before(end) != '中' {
        Some((start..end, true))
    } else {
        found
    };
    let Some((mut span, sure)) = found else {
        return Subject::Left;
    };
    // 镇政府2号发表声明: neither what it does nor the day is part of the name.
    for deed in ["发表声明", "发布声明", "发表讲话", "发表谈话", "发布公告"] {
        if text.ends_with(span.end, deed) && span.len() > 4 {
            span.end -= 4;
        }
    }
    if matches!(text.before(span.end), '号' | '日') && text.before(span.end - 1).is_ascii_digit() {
        let day = (span.start..span.end - 1)
            .rev()
            .take_while(|&i| text.at(i).is_ascii_digit())
            .last();
        span.end = day.filter(|&day| day > span.start).unwrap_or(span.end);
    }
    if span.is_empty() {
        return Subject::Left;
    }
    let named = text.read(span.clone());
    let tagged = words
        .iter()
        .find(|w| w.span.end == span.end)
        .is_some_and(|w| !w.is_single() && matches!(w.tag, "nr" | "ns" | "nt" | "nz" | "nrt" | "nrfg"));
    let sure = sure
        || tagged
        || cited
        || is_speaker_end(text, span.start, span.end)
        || text.before(span.end) == '》' && text.at(span.start) == '《'
        || named.contains('·')
        || span.len() == 1 && text.at(span.start).is_ascii_uppercase();
    // 根据规划要求, 经居民提议: what it rests on, nobody who speaks.
    let rests = words
        .iter()
        .find(|w| w.span.start >= span.start)
        .is_some_and(|w| {
            let rule = matches!(
                w.text,
                "经" | "落实" | "贯彻" | "按照" | "根据" | "符合" | "满足" | "达到" | "响应"
            );
            w.tag == "p" || rule
        });
    if rests || list!("quotations/nobody").has(&named) || (span.len() == 1 && !sure) {
        return Subject::Nobody;
    }
    Subject::Named(Speaker { span, sure })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speaker(before: &str) -> Option<String> {
        let text = Chars::new(&format!("{before}说"));
        let place = text.len() - 1;
        of_sentence(&text, 0, place).map(|s| text.surface(s.span))
    }

    #[test]
    fn who_says_it() {
        for (before, found) in [
            ("随后王小川", Some("王小川")),
            ("市教育局局长李强在会上高兴地", Some("市教育局局长李强")),
            ("刚搬进新居的村民陈大山", Some("村民陈大山")),
            ("王小川拉着记者的手", Some("王小川")),
            ("王小川接过话头，笑着", Some("王小川")),
            ("县委书记、县长李强", Some("县委书记、县长李强")),
            ("有关部门", Some("有关部门")),
            ("近卫首相", Some("近卫首相")),
            ("王小川的妻子", Some("王小川的妻子")),
            ("会上", None),
            ("按照规划", None),
            ("", None),
        ] {
            assert_eq!(speaker(before).as_deref(), found, "{before}");
        }
    }
}
