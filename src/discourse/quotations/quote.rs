//! What stands between quotation marks, and what it is there for.
//!
//! A quotation is
//!
//! * **speech** if it is a sentence (sentence marks in it or at its end, a comma at its end, more than 30 characters with
//!   a comma), if a verb of saying and a colon or comma stand before it, if somebody "says" right behind it, if a verb of saying stands right
//!   before it and the clause ends behind it, or if it stands beside speech and has at least 15 characters;
//! * **title** if what follows names a genre (讲座, 征文, 提案 …) or if it is introduced as one (题为, 以…为题);
//! * **emphasis** if it is one character, or a contrast of the form 从“…”到“…” of two characters each;
//! * **coinage** otherwise: a label, a brand, a slogan.

use std::ops::Range;

use super::super::chars::Chars;
use super::marks::pairs;
use super::saying::{self, Joint};
use super::speaker;
use crate::list;
use crate::text::han::is_han;

crate::words! {
    /// What a quotation is there for.
    #[derive(PartialOrd, Ord)]
    pub enum QuoteKind as "kind" {
        /// Somebody's words.
        Speech = "speech",
        /// A label, a brand, a slogan.
        Coinage = "coinage",
        /// The name of a talk, proposal, text or work.
        Title = "title",
        /// One word set apart.
        Emphasis = "emphasis",
        /// What somebody says, without marks: 会议指出，…. No quotation is of this kind; it is that of rows of their own.
        Indirect = "indirect",
    }
}

/// A quotation; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What stands between the marks.
    pub inner: Range<usize>,
    /// The opening mark.
    pub mark: char,
    /// Quotations around it.
    pub depth: usize,
    /// What it is there for.
    pub kind: QuoteKind,
    /// Whether no mark closes it, since the next paragraph opens it anew.
    pub goes_on: bool,
}

/// The quotations of a text, in the order in which they open.
pub fn find(text: &Chars) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = pairs(text)
        .into_iter()
        .map(|pair| Quote {
            inner: pair.inner,
            mark: pair.mark,
            depth: pair.depth,
            kind: QuoteKind::Coinage,
            goes_on: pair.goes_on,
        })
        .collect();
    for quote in &mut quotes {
        quote.kind = kind(text, quote);
    }
    // Speech beside speech: reports line up what several people said.
    for forward in [true, false] {
        let order: Vec<usize> = if forward {
            (1..quotes.len()).collect()
        } else {
            (1..quotes.len()).rev().collect()
        };
        for at in order {
            let (a, b) = if forward { (at - 1, at) } else { (at, at - 1) };
            let (left, right) = (&quotes[at - 1], &quotes[at]);
            let near = left.inner.end + 2 == right.inner.start;
            let listed = left.inner.end + 3 == right.inner.start
                && text.at(left.inner.end + 1) == '、'
                && text.span(quotes[b].inner.clone()).contains(&',');
            let beside = left.depth == right.depth && (near || listed);
            if beside && quotes[a].kind == QuoteKind::Speech && quotes[b].inner.len() >= 15 {
                quotes[b].kind = QuoteKind::Speech;
            }
        }
    }
    quotes
}

/// The share of a text's characters that stand in quotations, those inside others counted once: 0 to 1, 0 for no text.
pub fn share(quotes: &[Quote], text: &Chars) -> f64 {
    let quoted: usize = quotes
        .iter()
        .filter(|q| q.depth == 0)
        .map(|q| q.inner.len())
        .sum();
    quoted as f64 / text.len().max(1) as f64
}

fn is_sentence_mark(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '…')
}

fn kind(text: &Chars, quote: &Quote) -> QuoteKind {
    let inner = quote.inner.clone();
    let chars = text.span(inner.clone());
    let length = chars.len();
    if length == 1 {
        return QuoteKind::Emphasis;
    }
    let last = chars.last().copied().unwrap_or_default();
    let (body, marked) = if is_sentence_mark(last) {
        (&chars[..length - 1], true)
    } else {
        (chars, false)
    };
    let inside = body.iter().any(|&c| is_sentence_mark(c));
    let comma = chars.contains(&',');
    let sentence = inside
        || last == ','
        || (marked && last != '!')
        || (last == '!' && length > 15)
        || (length > 30 && comma);
    // 以“路太窄”为由: the words with which somebody gives a reason.
    let reason =
        text.before(inner.start - 1) == '以' && text.starts_with(inner.end + 1, "为由") && length >= 6;
    if sentence || reason || is_said(text, &inner, marked || comma) {
        return QuoteKind::Speech;
    }
    if is_title(text, &inner) {
        return QuoteKind::Title;
    }
    let contrast = (text.before(inner.start - 1) == '从'
        && matches!(text.at(inner.end + 1), '到' | '向' | '变'))
        || (matches!(text.before(inner.start - 1), '到' | '向' | '为')
            && matches!(text.before(inner.start.saturating_sub(2)), '变' | '”'));
    if length == 2 && contrast {
        return QuoteKind::Emphasis;
    }
    QuoteKind::Coinage
}

/// Whether somebody says what has not the shape of a sentence; `marked` if it has a mark or comma.
fn is_said(text: &Chars, inner: &Range<usize>, marked: bool) -> bool {
    let length = inner.len();
    let long = marked || length >= 10 || is_sentence_mark(text.at(inner.end + 1)) && length >= 8;
    if let Some((verb, joint)) = saying::verb_before(text, inner.start - 1) {
        let clipped = saying::is_clipped(text, inner, &verb, joint);
        let said = match joint {
            Joint::Direct => {
                let sentence = marked && length >= 6 || length >= 10 && saying::tells(text, &verb);
                clipped || sentence && text.at(inner.end + 1) != '的'
            }
            Joint::Colon | Joint::Comma => long || clipped,
        };
        let tells = clipped && length >= 4 && saying::tells(text, &verb);
        let known = long && joint != Joint::Direct || tells;
        if said && (known || speaker::of_sentence(text, 0, verb.start).is_some()) {
            return true;
        }
    }
    if saying::verb_with_object(text, inner).is_some() {
        return true;
    }
    saying::behind(text, inner.end + 1).is_some_and(|s| long || s.verb.end > inner.end + 1 && length >= 4)
}

/// How many quotations side by side are looked behind.
const ROW: usize = 20;

/// Whether the quotation, or the last of those that follow it side by side, stands before the name of a genre.
fn is_title(text: &Chars, inner: &Range<usize>) -> bool {
    if text.ends_with(inner.start - 1, "题为") || text.ends_with(inner.start - 1, "名为") {
        return true;
    }
    let mut place = inner.end + 1;
    // “…”“…”和“…”等专题讲座: look behind the whole row.
    for _ in 0..ROW {
        let joint = matches!(text.at(place), '、' | '和' | '与' | '及') && text.at(place + 1) == '“';
        if text.at(place) != '“' && !joint {
            break;
        }
        let Some(end) = (place + 2..text.len().min(place + 40)).find(|&i| matches!(text.at(i), '”' | '\n'))
        else {
            break;
        };
        place = end + 1;
    }
    if ["为题", "为主题", "开篇"]
        .iter()
        .any(|w| text.starts_with(place, w))
    {
        return true;
    }
    // 围绕“…”主题交流: what a meeting is about; “…”主题活动 is the name of a campaign.
    if text.starts_with(place, "主题") && text.ends_with(inner.start - 1, "围绕") {
        return true;
    }
    (0..5).map(|skip| place + skip).any(|at| {
        let between = text.span(place..at);
        between
            .iter()
            .all(|&c| is_han(c) && !matches!(c, '的' | '活' | '工' | '了' | '和' | '、'))
            && text
                .longest_at(at, list!("quotations/genres"))
                .is_some_and(|n| text.at(at + n) != '奖')
    })
}
