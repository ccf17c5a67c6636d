//! Quotations with who says them.

use std::ops::Range;

use super::page::Page;

pub mod quote;

pub use quote::{Quote, QuoteKind, Saying};

/// A quotation; places in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// What stands between the marks.
    pub span: Range<usize>,
    /// What it is there for.
    pub kind: QuoteKind,
    /// Who says it, with the post if it is given.
    pub speaker: Option<Range<usize>>,
    /// The verb of saying.
    pub verb: Option<Range<usize>>,
    /// Quotations around it.
    pub depth: usize,
    /// Number of the sentence in which it opens, as [`Page::sentences`] counts them.
    pub sentence: usize,
    /// The share of the text's characters that stand in quotations: 0 to 1.
    pub doc_share: f64,
}

/// The quotations of a text, in the order in which they open.
pub fn find(page: &Page) -> Vec<Quotation> {
    let doc_share = quote::share(page.quotes(), page.chars());
    page.quotes()
        .iter()
        .map(|quote| {
            let saying = quote::saying(page.chars(), quote);
            let (speaker, verb) = saying.map_or((None, None), |s| (s.speaker, Some(s.verb)));
            Quotation {
                span: quote.inner.clone(),
                kind: quote.kind,
                speaker,
                verb,
                depth: quote.depth,
                sentence: page.sentence_of(quote.inner.start),
                doc_share,
            }
        })
        .collect()
}
