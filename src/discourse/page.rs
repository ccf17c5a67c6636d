//! A text and what all finders ask of it, found once: its characters, sentences, quotations, book titles and set phrases.

use std::ops::Range;
use std::sync::OnceLock;

use super::chars::Chars;
use super::quotations::quote::{self, Quote};
use super::slogans::formulas::{self, Formula};
use crate::text::script::view::Seen;
use crate::text::sentences::{self, Ends};

/// A sentence without the blanks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its place in bytes of the text.
    pub bytes: Range<usize>,
    /// Its place in characters.
    pub span: Range<usize>,
}

/// A set phrase and its place in characters.
#[derive(Debug, Clone)]
pub struct SetPhrase {
    /// Its place in characters.
    pub span: Range<usize>,
    /// Its row in the list of set phrases.
    pub formula: &'static Formula,
}

/// A text that finders look at. Whatever is asked for first is found then and kept; nothing is found that nobody asks for. Can be shared
/// between threads.
///
/// Traditional text is seen in simplified characters ([`Seen`]), which all word lists are written in; places, and what is cut out at them, are those of
/// the text as it is written.
#[derive(Debug)]
pub struct Page<'t> {
    text: Seen<'t>,
    chars: Chars,
    read: OnceLock<String>,
    sentences: OnceLock<Vec<Sentence>>,
    quotes: OnceLock<Vec<Quote>>,
    titles: OnceLock<Vec<Range<usize>>>,
    formulas: OnceLock<Vec<SetPhrase>>,
}

impl<'t> Page<'t> {
    /// The page of a text.
    pub fn of(text: &'t str) -> Self {
        let (text, chars) = Chars::seen_of(text);
        Self {
            text,
            chars,
            read: OnceLock::new(),
            sentences: OnceLock::new(),
            quotes: OnceLock::new(),
            titles: OnceLock::new(),
            formulas: OnceLock::new(),
        }
    }

    /// The text as it is written.
    pub fn text(&self) -> &'t str {
        self.text.written()
    }

    /// The text as it is seen: in as many characters and bytes.
    pub fn seen(&self) -> &str {
        self.text.text()
    }

    /// Whether anything is seen otherwise than it is written.
    pub fn is_changed(&self) -> bool {
        self.text.is_changed()
    }

    /// What is seen at a span, or was put together from pieces of it, as it is written there.
    pub fn as_written(&self, span: &Range<usize>, seen: &str) -> String {
        self.chars.as_written(span.clone(), seen)
    }

    /// Its characters.
    pub fn chars(&self) -> &Chars {
        &self.chars
    }

    /// The text as rules read it: seen, and in one width. As many characters as it is written with.
    pub fn read(&self) -> &str {
        self.read.get_or_init(|| self.chars.read(0..self.chars.len()))
    }

    /// Its sentences, as [`sentences::sentences`] cuts them; blank ones are none.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| {
            let text = self.text();
            let spans: Vec<_> = sentences::sentences(text, Ends::default())
                .into_iter()
                .map(|span| sentences::trimmed(text, span))
                .filter(|span| !span.is_empty())
                .collect();
            let places = sentences::in_chars(text, &spans);
            spans
                .into_iter()
                .zip(places)
                .map(|(bytes, span)| Sentence { bytes, span })
                .collect()
        })
    }

    /// The number of the sentence that holds the character at a place; of the next one for a place between two.
    pub fn sentence_of(&self, place: usize) -> usize {
        self.sentences()
            .partition_point(|sentence| sentence.span.end <= place)
    }

    /// The text of a sentence; empty for a number that no sentence has.
    pub fn sentence_text(&self, number: usize) -> &'t str {
        self.sentences()
            .get(number)
            .and_then(|sentence| self.text().get(sentence.bytes.clone()))
            .unwrap_or_default()
    }

    /// Its quotations, in the order in which they open.
    pub fn quotes(&self) -> &[Quote] {
        self.quotes.get_or_init(|| quote::find(&self.chars))
    }

    /// The innermost quotation that holds the character at a place.
    pub fn quote_around(&self, place: usize) -> Option<&Quote> {
        let quotes = self.quotes();
        let opened = quotes.partition_point(|q| q.inner.start <= place);
        for quote in quotes.get(..opened)?.iter().rev() {
            if place < quote.inner.end {
                return Some(quote);
            }
            // Quotations never cross: what stands before one that nothing holds has closed as well.
            if quote.depth == 0 {
                return None;
            }
        }
        None
    }

    /// Spans of its book titles without the marks, in order; a title inside a title is part of the outer one.
    pub fn titles(&self) -> &[Range<usize>] {
        self.titles.get_or_init(|| self.chars.book_titles())
    }

    /// Whether the character at a place stands in a book title.
    pub fn in_title(&self, place: usize) -> bool {
        let titles = self.titles();
        let next = titles.partition_point(|title| title.end <= place);
        titles.get(next).is_some_and(|title| title.contains(&place))
    }

    /// The set phrases in it, leftmost and longest.
    pub fn formulas(&self) -> &[SetPhrase] {
        self.formulas.get_or_init(|| {
            formulas::matches(&self.chars)
                .into_iter()
                .map(|(span, formula)| SetPhrase { span, formula })
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_a_page() {
        let text =
            "　　会议指出：“要把握‘两个确立’，传达《关于学习〈条例〉的通知》。”\r\n２０２６年，“四个意识”";
        let page = Page::of(text);
        assert_eq!(page.text(), text);
        assert_eq!(page.read().chars().count(), text.chars().count());
        assert!(page.read().contains("2026年,"));
        let cut: Vec<&str> = (0..3).map(|n| page.sentence_text(n)).collect();
        assert_eq!(
            cut,
            [
                "会议指出：“要把握‘两个确立’，传达《关于学习〈条例〉的通知》。”",
                "２０２６年，“四个意识”",
                ""
            ]
        );
        for sentence in page.sentences() {
            assert_eq!(
                page.chars().surface(sentence.span.clone()),
                text[sentence.bytes.clone()]
            );
        }
        let titles: Vec<String> = page
            .titles()
            .iter()
            .map(|t| page.chars().surface(t.clone()))
            .collect();
        assert_eq!(titles, ["关于学习〈条例〉的通知"]);
        let phrases: Vec<&str> = page.formulas().iter().map(|f| f.formula.surface).collect();
        assert_eq!(phrases, ["两个确立", "四个意识"]);
        for phrase in page.formulas() {
            assert_eq!(page.chars().surface(phrase.span.clone()), phrase.formula.surface);
        }
        let empty = Page::of("");
        assert!(
            empty.sentences().is_empty()
                && empty.quotes().is_empty()
                && empty.titles().is_empty()
                && empty.formulas().is_empty()
        );
        assert_eq!((empty.quote_around(0), empty.in_title(0)), (None, false));
    }

    /// The quick answers are those of a look at every quotation and title.
    #[test]
    fn around_a_place() {
        for text in [
            "“一‘二’三‘四’五”六“七”八《九〈十〉百》千",
            "“一”二‘三“四”五‘六’七’八",
            "《一》《二《三》四》〈五〉六》“",
            "“一\n二”三‘四’",
        ] {
            let page = Page::of(text);
            for place in 0..=page.chars().len() {
                let slow = page
                    .quotes()
                    .iter()
                    .filter(|q| q.inner.contains(&place))
                    .min_by_key(|q| q.inner.len());
                assert_eq!(page.quote_around(place), slow, "{text} {place}");
                assert_eq!(
                    page.in_title(place),
                    page.titles().iter().any(|t| t.contains(&place)),
                    "{text} {place}"
                );
            }
        }
    }
}
