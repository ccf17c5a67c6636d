//! Who says what no verb of saying stands right beside: the subject of the sentence in front of the opening mark (他拿起一把枪摇晃，“你听。”) and whom the
//! text names right behind the closing one (“路通了。”市长李强赶到现场). Only speech that is a sentence of its own, its mark inside, is looked at.

use std::ops::Range;

use super::super::chars::Chars;
use super::quote::Quote;
use super::saying::{self, Saying};
use super::speaker;
use crate::list;
use crate::text::han::{is_han, is_space};

/// How many clauses in front of a quotation its speaker is looked for.
const CLAUSES: usize = 6;
/// How much is read behind a quotation, in characters.
const BEHIND: usize = 30;
/// How far in front of a colon the verb of saying may stand, in characters.
const OBJECT: usize = 24;

/// Whether a quotation ends as a sentence, its mark inside.
fn is_sentence(text: &Chars, quote: &Quote) -> bool {
    matches!(text.before(quote.inner.end), '。' | '!' | '?' | '…')
}

/// The subject in front of the opening mark: 她气到“…。”; 王小川挡在门前，“…。”; 他反问对方的来历：“…？”.
pub(super) fn in_front(text: &Chars, quote: &Quote) -> Option<Saying> {
    let mark = quote.inner.start - 1;
    if !is_sentence(text, quote) || quote.depth > 0 {
        return None;
    }
    let end = skip_blanks(text, mark);
    let joint = text.before(end);
    if joint == ':' {
        return with_object(text, end - 1).or_else(|| subject(text, end - 1, mark));
    }
    if joint == ',' {
        return subject(text, end - 1, mark);
    }
    let own = speaker::clause_start(text, 0, end);
    let named = text.at(quote.inner.end + 1) == '的';
    (is_han(joint) && !named && end == mark)
        .then(|| speaker::person(text, own..end))
        .flatten()
        .map(|who| said(who, end))
}

/// The verb of saying and what it is about, in front of a colon: 总统再质问其背景：“…”.
fn with_object(text: &Chars, colon: usize) -> Option<Saying> {
    let own = speaker::clause_start(text, 0, colon);
    (own.max(colon.saturating_sub(OBJECT))..colon).find_map(|i| {
        let length = text
            .longest_at(i, list!("quotations/saying"))
            .filter(|&n| n > 1)
            .or_else(|| text.longest_at(i, list!("quotations/telling_of")))?;
        let verb = i..i + length;
        if !saying::is_said(text, &verb) || saying::is_noun_here(text, &verb) {
            return None;
        }
        let speaker = speaker::of(text, own, i).filter(|s| s.sure)?;
        let joined = speaker::gap(text, &speaker, i).is_empty();
        joined.then_some(Saying {
            speaker: Some(speaker.span),
            verb,
        })
    })
}

/// Whom the nearest clause in front of a place names that is about a person.
fn subject(text: &Chars, mut end: usize, mark: usize) -> Option<Saying> {
    for _ in 0..CLAUSES {
        let start = speaker::clause_start(text, 0, end);
        if let Some(who) = speaker::person(text, start..end) {
            return Some(said(who, mark));
        }
        let joint = skip_blanks(text, start);
        if text.before(joint) != ',' {
            return None;
        }
        end = joint - 1;
    }
    None
}

/// Whom the text names right behind the closing mark, whatever they do: “…。”市长李强赶到现场. Who hears it does not say it.
pub(super) fn behind(text: &Chars, quote: &Quote) -> Option<Saying> {
    let place = quote.inner.end + 1;
    if !is_sentence(text, quote) && text.before(quote.inner.end) != ',' || !is_han(text.at(place)) {
        return None;
    }
    let end = saying::clause_end(text, place)
        .unwrap_or(place + BEHIND)
        .min(text.len());
    let who = speaker::person(text, place..end).filter(|who| who.start == place)?;
    let hears = (who.end..end.min(who.end + 6)).any(|i| matches!(text.at(i), '听' | '闻'));
    let whose = text.at(who.end) == '的';
    (!hears && !whose).then(|| said(who, place))
}

fn said(who: Range<usize>, place: usize) -> Saying {
    Saying {
        speaker: Some(who),
        verb: place..place,
    }
}

/// A blank or two in front of a place are left out.
fn skip_blanks(text: &Chars, place: usize) -> usize {
    (0..3)
        .map(|n| place.saturating_sub(n))
        .find(|&place| !is_space(text.before(place)))
        .unwrap_or(place)
}
