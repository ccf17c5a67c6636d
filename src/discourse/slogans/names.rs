//! Which quotations are names: of ships, brands, groups, prizes and events, nicknames, and words that the text keeps at a distance.
//!
//! What stands around the marks decides. 号, 奖 or 公司 right behind makes a name; a verb of policy before (打造“…”) or a programme behind
//! (“…”工程) a coinage; else a word of naming before (名为, 绰号, 所谓), a kind of thing behind (乐队, 卫星, 分子), or characters that write foreign
//! names. Quotations side by side (“甲”、“乙”等乐队) share what stands before the first and behind the last.

use super::super::chars::Chars;
use super::super::quotations::quote::Quote;
use crate::list;
use crate::lists::List;
use crate::text::han::is_han;

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
fn follows(text: &Chars, place: usize, words: &List) -> bool {
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

/// Whether a quotation is a name and no coinage.
pub(super) fn is_name(text: &Chars, quote: &Quote) -> bool {
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
    if follows(text, behind, list!("slogans/name_single")) {
        return true;
    }
    let said = |words: &List| text.longest_before(before, words).is_some();
    let own = |words: &List| {
        text.longest_before(quote.inner.end, words)
            .is_some_and(|n| n < quote.inner.len())
    };
    let heads = list!("slogans/coinage_heads");
    let policy = said(list!("slogans/coinage_verbs"))
        || text.longest_at(behind, heads).is_some()
        || (own(heads) && !text.ends_with(before, "所谓") && !text.ends_with(before, "所谓的"));
    if policy {
        return false;
    }
    let foreign = quote.inner.len() >= 3
        && text
            .span(quote.inner.clone())
            .iter()
            .all(|&c| list!("slogans/transliteration").has_char(c));
    said(list!("slogans/name_openers")) || follows(text, behind, list!("slogans/name_followers")) || foreign
}
