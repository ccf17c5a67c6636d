//! Whether what follows a verb of saying directly is a clause: 要求公司做调查, 指张某越权, 质疑警方不作为, not 要求严格, 指出问题, 批评政府.

use std::ops::Range;

use super::super::chars::Chars;
use super::phrase::is_quote;
use crate::list;
use crate::text::han::is_han;
use crate::text::segment::default_jieba;

/// How long the object of a verb of telling may be, in characters.
const OBJECT: usize = 14;
/// How much behind the verb is read as words, in characters.
const READ: usize = 24;

/// Whether a verb takes a clause that nothing but its words shows.
pub(super) fn may_follow(text: &Chars, verb: &Range<usize>) -> bool {
    let next = text.at(verb.end);
    (is_han(next) || matches!(next, '“' | '「') || next.is_ascii_uppercase())
        && list!("quotations/saying")
            .get(&text.read(verb.clone()))
            .is_some_and(|entry| entry.field(2) == "clause")
}

/// Behind the colon that the object of a verb of telling goes on to: 住户讲述了当时的情景：….
pub(super) fn behind_object(text: &Chars, verb: &Range<usize>) -> Option<usize> {
    let tells = ["讲述", "回忆", "描述", "介绍", "透露", "解释", "诉说", "忆述"]
        .iter()
        .any(|word| text.starts_with(verb.start, word));
    if !tells || !is_han(text.at(verb.end)) {
        return None;
    }
    let colon = (verb.end..verb.end + OBJECT).find(|&i| !is_han(text.at(i)))?;
    let told = text.at(colon) == ':' && !matches!(text.at(colon + 1), '\n' | '“' | '「' | '『');
    told.then_some(colon + 1)
}

/// Whether a subject with its verb follows: words for somebody or something, then a verb with what it governs, or an adverb.
pub(super) fn follows(text: &Chars, verb: &Range<usize>) -> bool {
    let end = (verb.end..text.len().min(verb.end + READ))
        .find(|&i| matches!(text.at(i), ',' | '。' | ';' | '!' | '?' | ':' | '\n'))
        .unwrap_or(text.len().min(verb.end + READ));
    let chunk = text.read(verb.end..end);
    let jieba = default_jieba();
    let words = jieba.tag(&chunk, false);
    let mut subject = false;
    let mut quoted = false;
    for (n, word) in words.iter().enumerate() {
        let last = word.word.chars().last().unwrap_or_default();
        if quoted {
            quoted = !is_quote(last);
            continue;
        }
        if matches!(word.word, "“" | "「") {
            (quoted, subject) = (true, true);
            continue;
        }
        let next = words.get(n + 1);
        match word.tag {
            "v" | "vd" | "vn" if subject => {
                let governs =
                    next.is_some_and(|w| !matches!(w.word, "的" | "、" | "和" | "与" | "及" | "或"));
                let noun = words
                    .get(n + 1..)
                    .unwrap_or_default()
                    .iter()
                    .any(|w| w.word == "的");
                let weak = word.tag == "vn" || noun;
                if governs && !weak || is_finite(word.word) {
                    return true;
                }
            }
            "d" | "zg" if subject || n == 0 => return next.is_some_and(|w| w.word != "的"),
            "v" if is_finite(word.word) => return true,
            "v" | "vd" | "p" | "c" if n == 0 => return false,
            "r" if matches!(
                word.word,
                "他" | "她" | "它" | "其" | "他们" | "她们" | "自己" | "我们" | "对方"
            ) =>
            {
                subject = true;
            }
            // 指张重复念诵, 质疑警方执法不公.
            _ if n == 0
                && word
                    .word
                    .chars()
                    .all(|c| list!("quotations/lone_surnames").has_char(c)) =>
            {
                subject = true;
            }
            "a" | "z" if subject && word.word.starts_with('不') => return true,
            // 清理河道: an adjective of the dictionary that governs a noun.
            "a" if subject && next.is_some_and(|w| w.tag.starts_with('n')) => return true,
            _ => subject |= word.tag.starts_with('n') || matches!(word.tag, "eng" | "r" | "j" | "x" | "s"),
        }
    }
    false
}

/// Words that only a clause has.
fn is_finite(word: &str) -> bool {
    matches!(
        word,
        "是" | "并非"
            | "应"
            | "应该"
            | "应当"
            | "可以"
            | "可"
            | "能"
            | "会"
            | "要"
            | "有"
            | "没有"
            | "已"
            | "不"
            | "曾"
    )
}
