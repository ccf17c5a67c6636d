//! Register profile: how a text is built, in figures that need no model of its content.
//!
//! *Written characters* are letters and digits; punctuation and white space are none. A *sentence* ends as in
//! [`sentences`] with semicolons inside sentences, a *clause* as in [`clauses`]; stretches without a written character do not
//! count. Means, shares and standard deviations (with *n*, not *n* − 1) stay what they are where a text is joined to itself.
//!
//! The figures are parts of a profile. No sum of them is offered as "the" readability of a text: constants of English
//! formulas mean nothing here, and those proposed for Chinese could not be read in their sources.

use std::ops::Range;

use rayon::prelude::*;

use super::page::Page;
use crate::error::Result;
use crate::list;
use crate::lists::List;
use crate::registry::{Entry, Family, Needs, Sign};
use crate::run::Watch;
use crate::text::han::is_han;
use crate::text::segment::Segmenter;
use crate::text::sentences::{Ends, clauses, in_chars, sentences};

/// Marks that are counted, each with its ways of writing.
const MARKS: [&[char]; 12] = [
    &['，', ','],
    &['、'],
    &['。', '｡'],
    &['；', ';'],
    &['：', ':'],
    &['？', '?'],
    &['！', '!'],
    &['“', '‘', '「', '『', '〝'],
    &['《', '〈'],
    &['（', '('],
    &['—'],
    &['…'],
];

/// Counts of one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Written characters.
    pub chars: u64,
    /// Written characters of each sentence that has one.
    pub sentences: Vec<u64>,
    /// Written characters of each clause that has one.
    pub clauses: Vec<u64>,
    han: u64,
    digits: u64,
    latin: u64,
    quoted: u64,
    titled: u64,
    four: u64,
    pairs: u64,
    equal_pairs: u64,
    frame_pairs: u64,
    marks: [u64; MARKS.len()],
    punctuation: u64,
    /// Words, if a segmenter was given.
    pub words: Option<Words>,
}

/// Counts of words; punctuation is no word.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// Number of words.
    pub n: u64,
    chars: u64,
    one: u64,
    four: u64,
    de: u64,
    aspect: u64,
    modal: u64,
    first_person: u64,
    classical: u64,
    tags: Option<Tags>,
}

/// Counts of parts of speech, by jieba's letters.
#[derive(Debug, Clone, Default, PartialEq)]
struct Tags {
    noun: u64,
    verb: u64,
    adjective: u64,
    adverb: u64,
    pronoun: u64,
    numeral: u64,
    preposition: u64,
    conjunction: u64,
    idiom: u64,
    /// Share of adverbs and conjunctions among the words of each sentence that has words.
    sentence_shares: Vec<f64>,
}

fn over(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn per_1000(part: u64, whole: u64) -> Option<f64> {
    over(part, whole).map(|share| 1000.0 * share)
}

fn mean(values: &[u64]) -> Option<f64> {
    over(values.iter().sum(), values.len() as u64)
}

fn sd(values: &[u64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|&v| (v as f64 - mean).powi(2)).sum();
    Some((squares / values.len() as f64).sqrt())
}

/// Chance that two clauses drawn with replacement are of one length.
fn equal_by_chance(lengths: &[u64]) -> Option<f64> {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    let n = sorted.len() as f64;
    (n > 0.0).then(|| {
        let squares: usize = sorted.chunk_by(|a, b| a == b).map(|same| same.len().pow(2)).sum();
        squares as f64 / (n * n)
    })
}

fn words(m: &Measured, of: impl Fn(&Words) -> Option<f64>) -> Option<f64> {
    m.words.as_ref().and_then(of)
}

fn tags(m: &Measured, of: impl Fn(&Tags, u64) -> Option<f64>) -> Option<f64> {
    words(m, |w| w.tags.as_ref().and_then(|t| of(t, w.n)))
}

/// Writes the enum and its look-up tables from the rows.
macro_rules! components {
    ($($variant:ident $name:literal $needs:ident $unit:literal ($low:expr, $most:expr) $formula:literal $source:literal $value:expr;)+) => {
        /// A component of the profile; the registry says what each is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs)] // the rows of the registry
        pub enum Component { $($variant,)+ }

        $crate::word_functions!(Component as "components" { $($variant = $name),+ });

        impl Component {
            /// The row of the registry.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$variant => Entry {
                        word: $name, family: Family::Register, range: ($low, $most), sign: Sign::Amount,
                        formula: $formula, source: $source,
                    },)+
                }
            }

            /// What it is made of.
            pub const fn needs(self) -> Needs {
                match self { $(Self::$variant => Needs::$needs,)+ }
            }

            /// Unit of the figure.
            pub const fn unit(self) -> &'static str {
                match self { $(Self::$variant => $unit,)+ }
            }

            /// The figure of a text; `None` where it has nothing to be divided by, or the words it needs were not counted.
            pub fn value(self, m: &Measured) -> Option<f64> {
                let value: fn(&Measured) -> Option<f64> = match self { $(Self::$variant => $value,)+ };
                value(m)
            }
        }
    };
}

const INF: f64 = f64::INFINITY;

components! {
    SentenceCharsMean "sentence_chars_mean" Text "characters" (0.0, INF) "written characters / sentences" "common" |m| mean(&m.sentences);
    SentenceCharsSd "sentence_chars_sd" Text "characters" (0.0, INF) "standard deviation of the sentences' characters" "common" |m| sd(&m.sentences);
    ClauseCharsMean "clause_chars_mean" Text "characters" (0.0, INF) "written characters / clauses" "徐巍, 姚振晔 & 陈冬华 2021" |m| mean(&m.clauses);
    ClauseCharsSd "clause_chars_sd" Text "characters" (0.0, INF) "standard deviation of the clauses' characters" "common" |m| sd(&m.clauses);
    SentenceClausesMean "sentence_clauses_mean" Text "clauses" (1.0, INF) "clauses / sentences" "common" |m| over(m.clauses.len() as u64, m.sentences.len() as u64);
    FourCharUnitShare "four_char_unit_share" Text "share" (0.0, 1.0) "Han characters in unbroken stretches of exactly four / Han characters" "own" |m| over(m.four, m.han);
    ParallelLengthShare "parallel_length_share" Text "share" (0.0, 1.0) "neighbouring clauses of a sentence of one length / neighbouring clauses" "own" |m| over(m.equal_pairs, m.pairs);
    ParallelLengthExpected "parallel_length_expected" Text "share" (0.0, 1.0) "sum of squared shares of the clause lengths" "own" |m| equal_by_chance(&m.clauses);
    ParallelFrameShare "parallel_frame_share" Text "share" (0.0, 1.0) "neighbouring clauses of a sentence with the same first or last two characters / neighbouring clauses" "own" |m| over(m.frame_pairs, m.pairs);
    QuotationShare "quotation_share" Text "share" (0.0, 1.0) "written characters in quotation marks / written characters" "own" |m| over(m.quoted, m.chars);
    BookTitleShare "book_title_share" Text "share" (0.0, 1.0) "written characters in book title marks / written characters" "own" |m| over(m.titled, m.chars);
    DigitShare "digit_share" Text "share" (0.0, 1.0) "digits / written characters" "own" |m| over(m.digits, m.chars);
    LatinShare "latin_share" Text "share" (0.0, 1.0) "Latin letters / written characters" "own" |m| over(m.latin, m.chars);
    Punctuation "punctuation_per_1000_chars" Text "per 1000 characters" (0.0, INF) "marks / written characters" "GB/T 15834-2011" |m| per_1000(m.punctuation, m.chars);
    Comma "comma_per_1000_chars" Text "per 1000 characters" (0.0, INF) "，" "GB/T 15834-2011" |m| per_1000(m.marks[0], m.chars);
    EnumerationComma "enumeration_comma_per_1000_chars" Text "per 1000 characters" (0.0, INF) "、" "GB/T 15834-2011" |m| per_1000(m.marks[1], m.chars);
    FullStop "full_stop_per_1000_chars" Text "per 1000 characters" (0.0, INF) "。" "GB/T 15834-2011" |m| per_1000(m.marks[2], m.chars);
    Semicolon "semicolon_per_1000_chars" Text "per 1000 characters" (0.0, INF) "；" "GB/T 15834-2011" |m| per_1000(m.marks[3], m.chars);
    Colon "colon_per_1000_chars" Text "per 1000 characters" (0.0, INF) "：" "GB/T 15834-2011" |m| per_1000(m.marks[4], m.chars);
    QuestionMark "question_mark_per_1000_chars" Text "per 1000 characters" (0.0, INF) "？" "GB/T 15834-2011" |m| per_1000(m.marks[5], m.chars);
    ExclamationMark "exclamation_mark_per_1000_chars" Text "per 1000 characters" (0.0, INF) "！" "GB/T 15834-2011" |m| per_1000(m.marks[6], m.chars);
    QuotationMark "quotation_mark_per_1000_chars" Text "per 1000 characters" (0.0, INF) "opening quotation marks" "GB/T 15834-2011" |m| per_1000(m.marks[7], m.chars);
    BookTitleMark "book_title_mark_per_1000_chars" Text "per 1000 characters" (0.0, INF) "《" "GB/T 15834-2011" |m| per_1000(m.marks[8], m.chars);
    Bracket "bracket_per_1000_chars" Text "per 1000 characters" (0.0, INF) "opening brackets" "GB/T 15834-2011" |m| per_1000(m.marks[9], m.chars);
    Dash "dash_per_1000_chars" Text "per 1000 characters" (0.0, INF) "——" "GB/T 15834-2011" |m| per_1000(m.marks[10], m.chars);
    Ellipsis "ellipsis_per_1000_chars" Text "per 1000 characters" (0.0, INF) "……" "GB/T 15834-2011" |m| per_1000(m.marks[11], m.chars);
    SentenceWordsMean "sentence_words_mean" Words "words" (0.0, INF) "words / sentences" "common" |m| words(m, |w| over(w.n, m.sentences.len() as u64));
    ClauseWordsMean "clause_words_mean" Words "words" (0.0, INF) "words / clauses" "common" |m| words(m, |w| over(w.n, m.clauses.len() as u64));
    WordCharsMean "word_chars_mean" Words "characters" (0.0, INF) "characters of words / words" "common" |m| words(m, |w| over(w.chars, w.n));
    OneCharWordShare "one_char_word_share" Words "share" (0.0, 1.0) "words of one character / words" "common" |m| words(m, |w| over(w.one, w.n));
    FourCharWordShare "four_char_word_share" Words "share" (0.0, 1.0) "words of four Han characters / words" "own" |m| words(m, |w| over(w.four, w.n));
    De "de_per_1000_words" Words "per 1000 words" (0.0, 1000.0) "的" "own" |m| words(m, |w| per_1000(w.de, w.n));
    Aspect "aspect_per_1000_words" Words "per 1000 words" (0.0, 1000.0) "了 着 过" "own" |m| words(m, |w| per_1000(w.aspect, w.n));
    Modal "modal_particle_per_1000_words" Words "per 1000 words" (0.0, 1000.0) "吗 呢 吧 啊 嘛 呀 啦 哦" "own" |m| words(m, |w| per_1000(w.modal, w.n));
    FirstPerson "first_person_per_1000_words" Words "per 1000 words" (0.0, 1000.0) "我 我们 咱 咱们" "own" |m| words(m, |w| per_1000(w.first_person, w.n));
    Classical "classical_per_1000_words" Words "per 1000 words" (0.0, 1000.0) "之 其 以 于 而 则 乃 亦 且 者 所 及 与 若 故 须 应 均 皆 尚" "own" |m| words(m, |w| per_1000(w.classical, w.n));
    Noun "noun_share" Tags "share" (0.0, 1.0) "tags n… / words" "common" |m| tags(m, |t, n| over(t.noun, n));
    Verb "verb_share" Tags "share" (0.0, 1.0) "tags v… / words" "common" |m| tags(m, |t, n| over(t.verb, n));
    Adjective "adjective_share" Tags "share" (0.0, 1.0) "tags a… / words" "common" |m| tags(m, |t, n| over(t.adjective, n));
    Adverb "adverb_share" Tags "share" (0.0, 1.0) "tags d… / words" "common" |m| tags(m, |t, n| over(t.adverb, n));
    Pronoun "pronoun_share" Tags "share" (0.0, 1.0) "tags r… / words" "common" |m| tags(m, |t, n| over(t.pronoun, n));
    Numeral "numeral_share" Tags "share" (0.0, 1.0) "tags m… / words" "common" |m| tags(m, |t, n| over(t.numeral, n));
    Preposition "preposition_share" Tags "share" (0.0, 1.0) "tags p… / words" "common" |m| tags(m, |t, n| over(t.preposition, n));
    Conjunction "conjunction_share" Tags "share" (0.0, 1.0) "tags c… / words" "common" |m| tags(m, |t, n| over(t.conjunction, n));
    Idiom "idiom_share" Tags "share" (0.0, 1.0) "tags i, l / words" "own" |m| tags(m, |t, n| over(t.idiom, n));
    ContentWord "content_word_share" Tags "share" (0.0, 1.0) "nouns, verbs, adjectives, adverbs / words" "Ure 1971" |m| tags(m, |t, n| over(t.noun + t.verb + t.adjective + t.adverb, n));
    NounVerb "noun_verb_share" Tags "share" (0.0, 1.0) "nouns / (nouns + verbs)" "common" |m| tags(m, |t, _| over(t.noun, t.noun + t.verb));
    SentenceAdverbConjunction "sentence_adverb_conjunction_share" Tags "share" (0.0, 1.0) "mean over sentences of (adverbs + conjunctions) / words" "徐巍, 姚振晔 & 陈冬华 2021" |m| tags(m, |t, _| {
        let n = t.sentence_shares.len();
        (n > 0).then(|| t.sentence_shares.iter().sum::<f64>() / n as f64)
    });
}

/// Counts of each text, in order.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn measure_all(texts: &[&str], segmenter: Option<&Segmenter>, watch: &Watch) -> Result<Vec<Measured>> {
    texts
        .par_iter()
        .map(|text| {
            watch.step(1)?;
            Ok(measure(text, segmenter))
        })
        .collect()
}

fn written(c: char) -> bool {
    c.is_alphanumeric()
}

/// Counts of one text; of words too where a segmenter is given.
pub fn measure(text: &str, segmenter: Option<&Segmenter>) -> Measured {
    let page = Page::of(text);
    let chars = page.chars().written();
    let of = |span: &Range<usize>| chars.get(span.clone()).unwrap_or_default();
    let count = |part: &[char]| part.iter().filter(|c| written(**c)).count() as u64;
    let with_text = |spans: &[Range<usize>]| -> Vec<Range<usize>> {
        let spans = in_chars(text, spans);
        spans.into_iter().filter(|span| count(of(span)) > 0).collect()
    };
    let sentence_spans = with_text(&sentences(text, Ends { semicolons: false }));
    let clause_spans = with_text(&clauses(text));
    let mut m = Measured {
        chars: count(chars),
        sentences: sentence_spans.iter().map(|s| count(of(s))).collect(),
        clauses: clause_spans.iter().map(|s| count(of(s))).collect(),
        quoted: page
            .quotes()
            .iter()
            .filter(|q| q.depth == 0)
            .map(|q| count(of(&q.inner)))
            .sum(),
        titled: page.titles().iter().map(|s| count(of(s))).sum(),
        ..Measured::default()
    };
    characters(chars, &mut m);
    parallels(chars, &sentence_spans, &clause_spans, &mut m);
    m.words = segmenter.map(|segmenter| count_words(text, segmenter, &sentence_spans));
    m
}

/// Kinds of characters, marks, stretches of four.
fn characters(chars: &[char], m: &mut Measured) {
    let mut run = 0_u64;
    for (i, &c) in chars.iter().chain([&'\n']).enumerate() {
        if is_han(c) {
            run += 1;
            m.han += 1;
            continue;
        }
        if run == 4 {
            m.four += 4;
        }
        run = 0;
        m.digits += u64::from(c.is_numeric());
        m.latin += u64::from(c.is_ascii_alphabetic() || ('Ａ'..='ｚ').contains(&c) && c.is_alphabetic());
        let again = i > 0 && chars[i - 1] == c;
        // A dash and an ellipsis are written twice; a mark inside a number (1,000; 14:54) is none.
        let pair = matches!(c, '—' | '…') && again;
        let in_number = matches!(c, ',' | ':' | '：')
            && i > 0
            && chars[i - 1].is_ascii_digit()
            && chars.get(i + 1).is_some_and(char::is_ascii_digit);
        if pair || in_number {
            continue;
        }
        if let Some(kind) = MARKS.iter().position(|ways| ways.contains(&c)) {
            m.marks[kind] += 1;
            m.punctuation += 1;
        }
    }
}

/// Neighbouring clauses of one sentence: of one length, with one frame.
fn parallels(chars: &[char], sentences: &[Range<usize>], clauses: &[Range<usize>], m: &mut Measured) {
    let sentence_of = |place: usize| sentences.partition_point(|s| s.end <= place);
    let letters = |span: &Range<usize>| -> Vec<char> {
        let part = chars.get(span.clone()).unwrap_or_default();
        part.iter().copied().filter(|c| written(*c)).collect()
    };
    for pair in clauses.windows(2) {
        if sentence_of(pair[0].start) != sentence_of(pair[1].start) {
            continue;
        }
        let (a, b) = (letters(&pair[0]), letters(&pair[1]));
        m.pairs += 1;
        m.equal_pairs += u64::from(a.len() == b.len());
        // Two characters of three or more: the rest of the clause differs, or may.
        let frame = a.len() > 2 && b.len() > 2 && (a[..2] == b[..2] || a[a.len() - 2..] == b[b.len() - 2..]);
        m.frame_pairs += u64::from(frame);
    }
}

fn count_words(text: &str, segmenter: &Segmenter, sentences: &[Range<usize>]) -> Words {
    let mut found = Words::default();
    let mut tags = Tags::default();
    let mut in_sentence = vec![(0_u64, 0_u64); sentences.len()];
    let seen = segmenter.look(text);
    // Words are looked up in lists.
    segmenter.each_seen(&seen, |piece| {
        if !piece.word.chars().any(written) {
            return;
        }
        let length = piece.word.chars().count();
        found.n += 1;
        found.chars += length as u64;
        found.one += u64::from(length == 1);
        found.four += u64::from(length == 4 && piece.word.chars().all(is_han));
        let is = |list: &List| u64::from(list.has(piece.word));
        found.de += u64::from(piece.word == "的");
        found.aspect += is(list!("register/aspect"));
        found.modal += is(list!("register/modal"));
        found.first_person += is(list!("register/first_person"));
        found.classical += is(list!("register/classical"));
        let Some(tag) = piece.tag else { return };
        let starts = |letter: char| tag.starts_with(letter);
        tags.noun += u64::from(starts('n'));
        tags.verb += u64::from(starts('v'));
        tags.adjective += u64::from(starts('a'));
        tags.adverb += u64::from(starts('d'));
        tags.pronoun += u64::from(starts('r'));
        tags.numeral += u64::from(starts('m'));
        tags.preposition += u64::from(starts('p'));
        tags.conjunction += u64::from(starts('c'));
        tags.idiom += u64::from(matches!(tag, "i" | "l"));
        let sentence = sentences.partition_point(|s| s.end <= piece.start as usize);
        if let Some((joining, all)) = in_sentence.get_mut(sentence) {
            *joining += u64::from(starts('d') || starts('c'));
            *all += 1;
        }
    });
    if segmenter.options().pos {
        tags.sentence_shares = in_sentence
            .into_iter()
            .filter_map(|(joining, all)| over(joining, all))
            .collect();
        found.tags = Some(tags);
    }
    found
}
