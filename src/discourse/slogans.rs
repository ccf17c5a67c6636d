//! Slogans: numeric and ordinal labels, parallel series, quoted coinages.
//!
//! Candidates come from five places: quotations that are coinages ([`super::quotations`]), set phrases ([`formulas`]), unquoted
//! labels with a numeral ([`numerals`]), series ([`parallel`]), and unquoted places of what the same documents quote as a
//! coinage elsewhere (if they quote it in at least a fifth of its places), with the words that the user says are coinages ([`Lexicon`]). Where two of them cross, the earlier in this list stays;
//! where one lies inside another, it is kept as *nested* if it is quoted or has a numeral.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::chars::Chars;
use super::page::Page;
use super::quotations::quote::{Quote, QuoteKind};
use crate::Result;
use crate::run::Watch;
use crate::text::han::is_han;

pub mod class;
pub mod expansion;
pub mod formulas;
mod known;
mod names;
pub mod numerals;
pub mod parallel;
pub mod senses;

pub use class::SloganClass;
use known::Known;

crate::words! {
    /// How it stands in quotation marks.
    pub enum Quoted as "quoted" {
        /// In outer marks, `“”` or `「」`.
        Double = "double",
        /// In inner marks, `‘’` or `『』`.
        Single = "single",
        /// Without marks of its own inside a longer quotation.
        Within = "within",
        /// Not at all.
        No = "no",
    }
}

/// One place of a slogan; spans in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slogan {
    /// Without the quotation marks around it.
    pub span: Range<usize>,
    /// As it is written.
    pub surface: String,
    /// Without quotation marks, punctuation and digits in one width.
    pub canonical: String,
    /// What makes it one.
    pub class: SloganClass,
    /// Numerals and content; empty without numerals and repetition.
    pub pattern: String,
    /// How it is quoted.
    pub quoted: Quoted,
    /// Whether it lies inside another one.
    pub nested: bool,
    /// What it stands for.
    pub expansion: Option<String>,
    /// Where the text says so.
    pub expansion_span: Option<Range<usize>>,
}

impl Slogan {
    /// `in_text`, `lexicon` or nothing.
    pub fn expansion_source(&self) -> Option<&'static str> {
        self.expansion.as_ref().map(|_| {
            if self.expansion_span.is_some() {
                "in_text"
            } else {
                "lexicon"
            }
        })
    }
}

/// A candidate on its way.
#[derive(Debug, Clone)]
struct Candidate {
    span: Range<usize>,
    class: SloganClass,
    pattern: String,
    mark: Option<char>,
    series: bool,
}

/// One document while it is worked on.
struct Document<'t> {
    page: Page<'t>,
    candidates: Vec<Candidate>,
}

/// Coinages that the user knows, counted wherever they stand.
#[derive(Debug, Clone, Default)]
pub struct Lexicon(BTreeMap<String, (SloganClass, String)>);

impl Lexicon {
    /// The lexicon of some phrases, in any script.
    pub fn new<S: AsRef<str>>(phrases: &[S]) -> Self {
        let row = |phrase: &S| {
            let page = Page::of(phrase.as_ref());
            let content: Vec<char> = page.read().chars().collect();
            let class = formulas::of(page.read())
                .map(|f| f.class)
                .or_else(|| content.contains(&'、').then_some(SloganClass::Parallel))
                .or_else(|| numerals::class(&content))
                .unwrap_or(SloganClass::Label);
            (page.read().to_owned(), (class, numerals::pattern(&content)))
        };
        Self(
            phrases
                .iter()
                .map(row)
                .filter(|(text, _)| !text.is_empty())
                .collect(),
        )
    }
}

/// The slogans of each text, in the order of their places (the longer first at one place).
///
/// # Errors
/// [`Error::Interrupted`].
pub fn find_all(texts: &[&str], watch: &Watch) -> Result<Vec<Vec<Slogan>>> {
    find_all_with(texts, &Lexicon::default(), watch)
}

/// As [`find_all`], with phrases that the user knows.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn find_all_with(texts: &[&str], lexicon: &Lexicon, watch: &Watch) -> Result<Vec<Vec<Slogan>>> {
    let documents: Vec<Document<'_>> = texts
        .par_iter()
        .map(|text| {
            watch.step(1)?;
            Ok(candidates(Page::of(text), lexicon))
        })
        .collect::<Result<_>>()?;
    let known = Known::new(&documents, lexicon, watch)?;
    documents
        .into_par_iter()
        .map(|document| {
            watch.step(0)?;
            Ok(finish(document, &known))
        })
        .collect()
}

/// The slogans of one text by itself.
pub fn find(text: &str) -> Vec<Slogan> {
    find_with(text, &Lexicon::default())
}

/// As [`find`], with phrases that the user knows.
pub fn find_with(text: &str, lexicon: &Lexicon) -> Vec<Slogan> {
    find_all_with(&[text], lexicon, &Watch::default())
        .ok()
        .and_then(|mut all| all.pop())
        .unwrap_or_default()
}

fn candidates<'t>(page: Page<'t>, lexicon: &Lexicon) -> Document<'t> {
    let (chars, titles) = (page.chars(), page.titles());
    let series = parallel::find(chars, page.quotes(), titles);
    let official: OnceCell<names::Official> = OnceCell::new();
    let mut all: Vec<Candidate> = page
        .quotes()
        .iter()
        .filter(|q| !page.in_title(q.inner.start))
        .filter_map(|q| {
            let official = || {
                official
                    .get_or_init(|| names::Official::of(chars))
                    .around(q.inner.start)
            };
            coinage(chars, q, &series, lexicon, official)
        })
        .collect();
    let mut add = |span: Range<usize>, class: SloganClass, pattern: String, series: bool| {
        if !page.in_title(span.start) {
            all.push(Candidate {
                span,
                class,
                pattern,
                mark: None,
                series,
            });
        }
    };
    for phrase in page.formulas() {
        // 创新发展理念 is no 新发展理念.
        let cut = chars.at(phrase.span.start) == '新'
            && matches!(
                chars.before(phrase.span.start),
                '创' | '革' | '更' | '刷' | '翻' | '维'
            );
        if cut {
            continue;
        }
        let pattern = numerals::pattern(chars.span(phrase.span.clone()));
        add(phrase.span.clone(), phrase.formula.class, pattern, false);
    }
    let unquoted = numerals::unquoted(chars, titles);
    for (span, class) in unquoted {
        let pattern = numerals::pattern(chars.span(span.clone()));
        add(span, class, pattern, false);
    }
    for span in numerals::shared(chars, page.quotes()) {
        let pattern = numerals::pattern(chars.span(span.clone()));
        add(span, SloganClass::Numeric, pattern, false);
    }
    for found in series {
        // A、B、C三项重点工作
        if let Some(span) = found
            .count
            .and_then(|place| numerals::counted_series(chars, place))
        {
            let pattern = numerals::pattern(chars.span(span.clone()));
            add(span, SloganClass::Numeric, pattern, false);
        }
        add(found.span, found.class, found.pattern, true);
    }
    Document {
        candidates: all,
        page,
    }
}

/// A quotation as a slogan, if it is one.
fn coinage(
    chars: &Chars,
    quote: &Quote,
    series: &[parallel::Series],
    lexicon: &Lexicon,
    official: impl Fn() -> bool,
) -> Option<Candidate> {
    // A blank beside the marks belongs to them.
    let trimmed = trimmed(chars, quote);
    let quote = &trimmed;
    let content = chars.span(quote.inner.clone());
    let text = chars.read(quote.inner.clone());
    let says_something = content.iter().any(|&c| is_han(c) || c.is_ascii_digit());
    // Typhoons, ships and spacecraft, also with numerals.
    let vessel = chars.ends_with(quote.inner.start - 1, "台风") || chars.at(quote.inner.end + 1) == '号';
    if matches!(quote.kind, QuoteKind::Speech | QuoteKind::Title)
        || content.len() < 2
        || !says_something
        || content.iter().any(|c| matches!(c, '《' | '\n'))
        || numerals::is_hotline(&text)
    {
        return None;
    }
    let from = series.partition_point(|s| s.span.start < quote.inner.start);
    let same = series[from..]
        .iter()
        .take_while(|s| s.span.start == quote.inner.start)
        .find(|s| s.span == quote.inner);
    let members: Vec<&str> = text.split('、').collect();
    let lined_up = members.len() >= 3 && !text.contains(|c: char| c.is_ascii_digit());
    let (class, pattern) = if let Some((class, pattern)) = lexicon.0.get(&text) {
        (*class, pattern.clone())
    } else if let Some(formula) = formulas::of(&text) {
        (formula.class, numerals::pattern(content))
    } else if vessel || numerals::is_name(&text) || names::is_plain(chars, quote) {
        (SloganClass::Name, String::new())
    } else if names::is_clause_said(chars, quote) {
        return None;
    } else if numerals::in_turn(content) {
        (SloganClass::Parallel, String::new())
    } else if expansion::counts_off(chars, quote.inner.clone()) {
        (SloganClass::Numeric, numerals::pattern(content))
    } else if let Some(found) = same.filter(|s| s.class == SloganClass::Parallel) {
        (SloganClass::Parallel, found.pattern.clone())
    } else if let Some(class) = numerals::class(content) {
        (class, numerals::pattern(content))
    } else if lined_up || halves(content) {
        (SloganClass::Parallel, String::new())
    } else {
        match names::reading(chars, quote, official) {
            names::Reading::Name => (SloganClass::Name, String::new()),
            names::Reading::Label => (SloganClass::Label, String::new()),
            names::Reading::Neither => return None,
        }
    };
    Some(Candidate {
        span: quote.inner.clone(),
        class,
        pattern,
        mark: Some(quote.mark),
        series: false,
    })
}

/// A quotation without the blanks at its edges.
fn trimmed(chars: &Chars, quote: &Quote) -> Quote {
    let mut quote = quote.clone();
    while quote.inner.len() > 1 && chars.at(quote.inner.end - 1).is_whitespace() {
        quote.inner.end -= 1;
    }
    while quote.inner.len() > 1 && chars.at(quote.inner.start).is_whitespace() {
        quote.inner.start += 1;
    }
    quote
}

/// Clauses of one length, four characters or more (“弘扬优良家风,建设文明家庭”, “县乡一体、条抓块统”); of three and more one may differ by a character.
fn halves(content: &[char]) -> bool {
    let members: Vec<&[char]> = content.split(|c| matches!(c, ',' | '、')).collect();
    let (least, most) = members.iter().fold((usize::MAX, 0), |(least, most), m| {
        (least.min(m.len()), most.max(m.len()))
    });
    members.len() >= 2
        && least >= 4
        && (least == most || members.len() >= 3 && most == least + 1)
        && members.iter().all(|m| m.iter().all(|&c| is_han(c)))
}

fn finish(document: Document<'_>, known: &Known) -> Vec<Slogan> {
    let Document { page, mut candidates } = document;
    let chars = page.chars();
    candidates.extend(known.candidates(&page));
    let mut kept: Vec<Candidate> = Vec::new();
    let mut near = Near::default();
    for candidate in candidates {
        let span = &candidate.span;
        // One character apart at most stands between it and a kept one that crosses it.
        let crosses = near.of(span).any(|k| {
            let k = &kept[k].span;
            k == span
                || (k.start < span.start && span.start < k.end && k.end < span.end)
                || (span.start < k.start && k.start < span.end && span.end < k.end)
        });
        if !crosses {
            near.add(span, kept.len());
            kept.push(candidate);
        }
    }
    let inside = |a: &Candidate, b: &Candidate| {
        b.span.start <= a.span.start && a.span.end <= b.span.end && a.span != b.span
    };
    let nested: Vec<bool> = kept
        .iter()
        .map(|c| near.of(&c.span).any(|k| inside(c, &kept[k])))
        .collect();
    // A part of a short label is none by itself: 四梁八柱 in “一本三基四梁八柱”.
    let part: Vec<bool> = kept
        .iter()
        .map(|c| {
            let listed = |other: &Candidate| {
                chars
                    .span(other.span.clone())
                    .iter()
                    .any(|&c| matches!(c, '、' | ',' | '+'))
            };
            near.of(&c.span).any(|k| {
                let other = &kept[k];
                inside(c, other) && other.class == SloganClass::Numeric && !listed(other)
            })
        })
        .collect();
    let mut lists = expansion::Lists::default();
    let mut rows: Vec<Slogan> = kept
        .iter()
        .zip(nested)
        .zip(part)
        .filter(|((c, nested), part)| {
            let numbered = matches!(c.class, SloganClass::Numeric | SloganClass::Ordinal) && !c.series;
            !nested || c.mark.is_some() || (numbered && !part)
        })
        .map(|((c, nested), _)| slogan(&page, &mut lists, c, nested))
        .collect();
    rows.sort_by_key(|s| (s.span.start, std::cmp::Reverse(s.span.end)));
    share_expansions(&mut rows);
    rows
}

/// Kept candidates by the blocks of characters that they touch.
#[derive(Default)]
struct Near(BTreeMap<usize, Vec<usize>>);

impl Near {
    const BLOCK: usize = 64;

    fn blocks(span: &Range<usize>) -> std::ops::RangeInclusive<usize> {
        span.start / Self::BLOCK..=span.end / Self::BLOCK
    }

    fn add(&mut self, span: &Range<usize>, number: usize) {
        for block in Self::blocks(span) {
            self.0.entry(block).or_default().push(number);
        }
    }

    /// Those that touch a block that the span touches; some of them twice.
    fn of(&self, span: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.0
            .range(Self::blocks(span))
            .flat_map(|(_, all)| all.iter().copied())
    }
}

fn slogan(page: &Page<'_>, lists: &mut expansion::Lists, candidate: &Candidate, nested: bool) -> Slogan {
    let chars = page.chars();
    let span = candidate.span.clone();
    let canonical: String = chars
        .span(span.clone())
        .iter()
        .filter(|c| !matches!(c, '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '"'))
        .collect();
    let quoted = match candidate.mark {
        Some('‘' | '『') => Quoted::Single,
        Some(_) => Quoted::Double,
        None if page
            .quote_around(span.start)
            .is_some_and(|q| span.end <= q.inner.end) =>
        {
            Quoted::Within
        }
        None => Quoted::No,
    };
    let explained = (candidate.class == SloganClass::Numeric)
        .then(|| expansion::find_with(chars, &span, lists))
        .flatten();
    let usual = formulas::of(&canonical).and_then(|f| f.expansion);
    // What has one usual wording is explained otherwise only where the text says that it explains.
    let explained = explained.filter(|found| {
        found.start >= span.end
            || usual.is_none_or(|usual| {
                senses::number(&[("", usual), ("", &chars.surface(found.clone()))]) == [0, 0]
            })
    });
    let expansion = explained
        .clone()
        .map(|e| chars.surface(e))
        .or_else(|| usual.map(str::to_owned));
    Slogan {
        surface: chars.surface(span.clone()),
        canonical,
        class: candidate.class,
        pattern: candidate.pattern.clone(),
        quoted,
        nested,
        expansion,
        expansion_span: explained,
        span,
    }
}

/// What one place of a text explains, its other places mean too.
fn share_expansions(rows: &mut [Slogan]) {
    let mut explained: BTreeMap<String, (String, Range<usize>)> = BTreeMap::new();
    for row in rows.iter() {
        if let (Some(text), Some(span)) = (&row.expansion, &row.expansion_span) {
            explained
                .entry(row.canonical.clone())
                .or_insert_with(|| (text.clone(), span.clone()));
        }
    }
    for row in rows.iter_mut().filter(|r| r.expansion_span.is_none()) {
        if let Some((text, span)) = explained.get(&row.canonical) {
            row.expansion = Some(text.clone());
            row.expansion_span = Some(span.clone());
        }
    }
}
