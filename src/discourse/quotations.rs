//! Quotations with who says them, and what is said without marks.

use std::ops::Range;

use super::chars::Chars;
use super::page::Page;
use crate::list;
use indirect::Said;

mod around;
mod clause;
pub mod indirect;
pub mod marks;
mod phrase;
pub mod quote;
pub mod saying;
pub mod speaker;

pub use quote::{Quote, QuoteKind};
pub use saying::Saying;

/// The fewest characters of somebody's own words in marks inside indirect speech.
const WORDS: usize = 10;

/// A quotation, or what is said without marks; places in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// What stands between the marks; of indirect speech the clause.
    pub span: Range<usize>,
    /// What it is there for.
    pub kind: QuoteKind,
    /// Who says it, with the post if it is given.
    pub speaker: Option<Range<usize>>,
    /// The verb of saying.
    pub verb: Option<Range<usize>>,
    /// Quotations around it.
    pub depth: usize,
    /// Number of the sentence in which it begins, as [`Page::sentences`] counts them.
    pub sentence: usize,
    /// The share of the text's characters that stand in quotations: 0 to 1.
    pub doc_share: f64,
}

/// The quotations and the indirect speech of a text, in the order in which they begin.
pub fn find(page: &Page) -> Vec<Quotation> {
    let quotes = page.quotes();
    let doc_share = quote::share(quotes, page.chars());
    let indirect = indirect::find(page);
    let sayings = sayings(page.chars(), quotes, &indirect);
    let row = |span: &Range<usize>, kind, saying: Option<Saying>, depth| {
        let (speaker, verb) = saying.map_or((None, None), |s| {
            (
                s.speaker,
                Some(saying::core(page.chars(), s.verb)).filter(|v| !v.is_empty()),
            )
        });
        Quotation {
            span: span.clone(),
            kind,
            speaker,
            verb,
            depth,
            sentence: page.sentence_of(span.start),
            doc_share,
        }
    };
    let mut found: Vec<Quotation> = quotes
        .iter()
        .zip(sayings)
        .map(|(quote, saying)| match within(page.chars(), quote, &indirect) {
            Some(words) => row(&quote.inner, QuoteKind::Speech, Some(words), quote.depth),
            None => row(&quote.inner, quote.kind, saying, quote.depth),
        })
        .collect();
    if !indirect.is_empty() {
        found.extend(
            indirect
                .into_iter()
                .map(|said| row(&said.span, QuoteKind::Indirect, Some(said.saying), 0)),
        );
        found.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    }
    found
}

/// Who says each quotation that is speech, and with which verb.
fn sayings(text: &Chars, quotes: &[Quote], indirect: &[Said]) -> Vec<Option<Saying>> {
    let mut found: Vec<Option<Saying>> = Vec::with_capacity(quotes.len());
    for (n, quote) in quotes.iter().enumerate() {
        let saying = (quote.kind == QuoteKind::Speech)
            .then(|| {
                said_before(text, quote)
                    .or_else(|| said_of(text, quote))
                    .or_else(|| saying::behind(text, quote.inner.end + 1))
                    .or_else(|| saying::told_of(text, quote.inner.end + 1))
                    .or_else(|| goes_on_from(text, quotes, &found, n))
                    .or_else(|| saying::further_behind(text, quote.inner.end + 1))
                    .or_else(|| goes_on_from_clause(text, quote, indirect))
                    .or_else(|| around::in_front(text, quote))
                    .or_else(|| around::behind(text, quote))
            })
            .flatten();
        found.push(saying);
    }
    // “…”、“…”，村民们说: what is lined up has one speaker.
    for n in (1..quotes.len()).rev() {
        let (one, next) = (&quotes[n - 1], &quotes[n]);
        let listed = one.inner.end + 3 == next.inner.start && text.at(one.inner.end + 1) == '、';
        let speech = one.kind == QuoteKind::Speech && one.depth == next.depth;
        if listed && speech && found[n - 1].is_none() {
            found[n - 1] = found[n].clone();
        }
    }
    // A quotation that is opened anew in each paragraph is that of one speaker, who may be named behind the last.
    for n in (1..quotes.len()).rev() {
        let same = quotes[n - 1].goes_on && quotes[n - 1].depth == quotes[n].depth;
        if same && found[n - 1].is_none() {
            found[n - 1] = found[n].clone();
        }
    }
    found
}

fn said_before(text: &Chars, quote: &Quote) -> Option<Saying> {
    let (verb, _) = saying::verb_before(text, quote.inner.start - 1)?;
    Some(Saying {
        speaker: speaker::of_sentence(text, 0, verb.start).map(|s| s.span),
        verb,
    })
}

/// The second part of what one speaker says: “…”他说。“…”, or the next paragraph of it.
fn goes_on_from(text: &Chars, quotes: &[Quote], found: &[Option<Saying>], n: usize) -> Option<Saying> {
    let depth = quotes[n].depth;
    let last = (n.saturating_sub(8)..n)
        .rev()
        .find(|&i| quotes[i].depth == depth)?;
    let saying = found[last].clone()?;
    let mark = quotes[n].inner.start - 1;
    let between = saying.verb.start > quotes[last].inner.end
        && saying.verb.end + 1 == mark
        && matches!(text.at(saying.verb.end), '。' | ',' | ':');
    (between || quotes[last].goes_on).then_some(saying)
}

/// 他称这一做法“劳民伤财，没有好处”。
fn said_of(text: &Chars, quote: &Quote) -> Option<Saying> {
    let verb = saying::verb_with_object(text, &quote.inner)?;
    Some(Saying {
        speaker: speaker::of_sentence(text, 0, verb.start).map(|s| s.span),
        verb,
    })
}

/// What is said with marks goes on from what is said without: 他说，路通了。“…”; 他说，路会通的，“…”.
fn goes_on_from_clause(text: &Chars, quote: &Quote, indirect: &[Said]) -> Option<Saying> {
    let mark = quote.inner.start - 1;
    let next = indirect.partition_point(|said| said.span.start <= mark);
    let said = &indirect[next.checked_sub(1)?];
    (said.span.end + 1 == mark && matches!(text.before(mark), '。' | ',')).then(|| said.saying.clone())
}

/// The saying of indirect speech in which somebody's own words stand in marks: 他指，疫情“暂时让人不放心”。 Names and labels there are none: the words end
/// their clause and have a comma or a word that only clauses have.
fn within(text: &Chars, quote: &Quote, indirect: &[Said]) -> Option<Saying> {
    let inner = quote.inner.clone();
    let ends = matches!(text.at(inner.end + 1), ',' | '。' | ';' | '!' | '?' | '\n');
    if quote.kind != QuoteKind::Coinage || quote.depth > 0 || inner.len() < WORDS || !ends {
        return None;
    }
    let next = indirect.partition_point(|said| said.span.start < inner.start);
    let said = &indirect[next.checked_sub(1)?];
    let words = text.span(inner.clone());
    let direct = saying::verb_before(text, inner.start - 1);
    let clause = direct.is_some()
        || words
            .iter()
            .any(|&c| matches!(c, ',' | '不' | '没' | '会' | '我' | '你' | '了'));
    let names = list!("slogans/formulas").has(&text.read(inner.clone()));
    (clause && !names && inner.end < said.span.end + 1).then(|| match direct {
        Some((verb, _)) => Saying {
            speaker: speaker::of(text, said.span.start, verb.start).map(|s| s.span),
            verb,
        },
        None => said.saying.clone(),
    })
}
