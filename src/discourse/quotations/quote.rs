//! What stands between quotation marks, and what it is there for.
//!
//! Pairs: `“”`, `‘’`, `「」`, `『』`, and straight `"` in turn. A pair closes within its paragraph. A quotation is
//!
//! * **speech** if it is a sentence (sentence marks in it or at its end, a comma at its end, more than 30 characters with
//!   a comma), if a verb of saying and a colon or comma stand before it, if somebody "says" right behind it, or if it
//!   stands beside speech and has at least 15 characters;
//! * **title** if what follows names a genre (讲座, 征文, 提案 …) or if it is introduced as one (题为, 以…为题);
//! * **emphasis** if it is one character, or a contrast of the form 从“…”到“…” of two characters each;
//! * **coinage** otherwise: a label, a brand, a slogan.

use std::ops::Range;

use super::super::chars::Chars;
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
}

/// Who says it, and with which verb; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The speaker, with the post if it is given.
    pub speaker: Option<Range<usize>>,
    /// The verb.
    pub verb: Range<usize>,
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '〝' => '〞',
        _ => return None,
    })
}

/// The quotations of a text, in the order in which they open.
pub fn find(text: &Chars) -> Vec<Quote> {
    let mut quotes = pairs(text);
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
            let beside = left.depth == right.depth && left.inner.end + 2 == right.inner.start;
            if beside && quotes[a].kind == QuoteKind::Speech && quotes[b].inner.len() >= 15 {
                quotes[b].kind = QuoteKind::Speech;
            }
        }
    }
    quotes
}

/// Who says a quotation that is speech, and with which verb.
pub fn saying(text: &Chars, quote: &Quote) -> Option<Saying> {
    (quote.kind == QuoteKind::Speech)
        .then(|| {
            saying_before(text, quote.inner.start - 1).or_else(|| saying_behind(text, quote.inner.end + 1))
        })
        .flatten()
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

fn pairs(text: &Chars) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for i in 0..text.len() {
        let c = text.at(i);
        let straight = c == '"' || c == '＂';
        if c == '\n' {
            open.clear();
        } else if closing(c).is_some() || (straight && !open.iter().any(|&(_, mark)| mark == c)) {
            open.push((i, c));
        } else if let Some(level) = open
            .iter()
            .rposition(|&(_, mark)| closing(mark) == Some(c) || (straight && mark == c))
        {
            let (from, mark) = open[level];
            open.truncate(level);
            if from + 1 < i {
                quotes.push(Quote {
                    inner: from + 1..i,
                    mark,
                    depth: 0,
                    kind: QuoteKind::Coinage,
                });
            }
        }
    }
    quotes.sort_by_key(|q| (q.inner.start, std::cmp::Reverse(q.inner.end)));
    let mut around: Vec<usize> = Vec::new();
    for quote in &mut quotes {
        around.retain(|&end| end > quote.inner.end);
        quote.depth = around.len();
        around.push(quote.inner.end);
    }
    quotes
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
    let says = saying_before(text, inner.start - 1).is_some() || saying_behind(text, inner.end + 1).is_some();
    let sentence = inside
        || last == ','
        || (marked && last != '!')
        || (last == '!' && length > 15)
        || (length > 30 && comma)
        || (says
            && (marked || comma || length >= 10 || is_sentence_mark(text.at(inner.end + 1)) && length >= 8));
    if sentence {
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

/// Whether the quotation, or the last of those that follow it side by side, stands before the name of a genre.
fn is_title(text: &Chars, inner: &Range<usize>) -> bool {
    if text.ends_with(inner.start - 1, "题为") || text.ends_with(inner.start - 1, "名为") {
        return true;
    }
    let mut place = inner.end + 1;
    // “…”“…”和“…”等专题讲座: look behind the whole row.
    while matches!(text.at(place), '“' | '、' | '和' | '与' | '及')
        && (text.at(place) == '“' || text.at(place + 1) == '“')
    {
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
            && text.longest_at(at, list!("quotations/genres")).is_some()
    })
}

/// The verb and speaker right before an opening mark: 主席王某某表示:“…”.
pub fn saying_before(text: &Chars, mark: usize) -> Option<Saying> {
    let verb = match text.before(mark) {
        ':' | ',' => {
            let place = mark - 1;
            let length = text.longest_before(place, list!("quotations/saying"))?;
            let verb = place - length..place;
            if list!("quotations/saying_nouns").has(&text.read(verb.clone())) && is_noun(text, verb.start) {
                // 提出建议:“…” says something by its verb; 集成建议 and 群众的建议 do not.
                let uttered = text.longest_before(verb.start, list!("quotations/uttering"))?;
                (text.at(place) == ':').then_some(())?;
                verb.start - uttered..verb.start
            } else {
                verb
            }
        }
        _ => {
            // 他说“…”: long enough to be no name.
            let length = text.longest_before(mark, list!("quotations/saying_directly"))?;
            let close = closing(text.at(mark))?;
            let end = (mark + 1..text.len()).find(|&i| matches!(text.at(i), '\n') || text.at(i) == close)?;
            let said = end > mark + 6 && text.at(end) == close && text.at(end + 1) != '的';
            let subject = subject(text, mark - length).is_some();
            (said && subject).then_some(mark - length..mark)?
        }
    };
    // 这就是说 explains, nobody says it.
    if text
        .longest_before(verb.start, list!("quotations/explaining"))
        .is_some()
    {
        return None;
    }
    Some(Saying {
        speaker: subject(text, verb.start),
        verb,
    })
}

/// Whether 建议, 要求 and the like stand as a noun: behind 的, a measure, 意见, or behind a verb of two characters that takes them as
/// its object. Behind a name, a post, an adverb or a clause's start they are verbs.
fn is_noun(text: &Chars, at: usize) -> bool {
    text.longest_before(at, list!("quotations/uttering")).is_some()
        || text
            .longest_before(at, list!("quotations/before_nouns"))
            .is_some()
        || text.longest_before(at, list!("quotations/takes_nouns")).is_some()
}

/// The verb and speaker right behind a closing mark: “…”某某说.
pub fn saying_behind(text: &Chars, place: usize) -> Option<Saying> {
    let clause = (place..text.len().min(place + 30))
        .find(|&i| !is_han(text.at(i)))
        .unwrap_or_else(|| text.len().min(place + 30));
    let at = (place..clause).find(|&i| {
        text.longest_at(i, list!("quotations/saying"))
            .is_some_and(|n| matches!(text.at(i + n), ',' | '。' | ':' | '\n' | '!' | ';'))
    })?;
    let length = text.longest_at(at, list!("quotations/saying"))?;
    if list!("quotations/saying_nouns").has(&text.read(at..at + length)) && is_noun(text, at) {
        return None;
    }
    // A speaker must stand there, else 的 follows: “…”的要求.
    let speaker = subject(text, at)?;
    (speaker.start >= place && text.at(place) != '的' && text.at(place) != '等').then_some(Saying {
        speaker: Some(speaker),
        verb: at..at + length,
    })
}

/// The subject that ends before a verb: back to punctuation, without adverbials at its end.
fn subject(text: &Chars, verb: usize) -> Option<Range<usize>> {
    let start_of = |end: usize| {
        let floor = end.saturating_sub(24);
        (floor..end)
            .rev()
            .find(|&i| !is_han(text.at(i)) && !matches!(text.at(i), '·' | '(' | ')'))
            .map_or(floor, |i| i + 1)
    };
    let mut end = verb;
    loop {
        let start = start_of(end);
        if let Some(length) = text.longest_before(end, list!("quotations/adverbials"))
            && end - length >= start
        {
            end -= length;
            continue;
        }
        // 一再地, 尖锐地: an adverb of two characters or three.
        if end > start + 2 && text.before(end) == '地' {
            end = start.max(end - 3);
            continue;
        }
        // 毛主席在“关于…”中: the title lies between the speaker and the verb.
        if matches!(text.before(start), '”' | '》' | '’')
            && text
                .longest_before(end, list!("quotations/aside_ends"))
                .is_some_and(|n| end - n == start)
            && let Some(open) = (start.saturating_sub(60)..start - 1)
                .rev()
                .find(|&i| matches!(text.at(i), '“' | '《' | '‘'))
            && text.before(open) == '在'
        {
            end = open - 1;
            continue;
        }
        // 列宁在十月革命前夜曾经对俄国人民: whom it is said to, and when.
        let span = text.span(start..end);
        let aside = span.iter().rposition(|&c| matches!(c, '对' | '向')).or_else(|| {
            span.iter()
                .rposition(|&c| c == '在')
                .filter(|_| text.longest_before(end, list!("quotations/aside_ends")).is_some())
        });
        match aside {
            Some(at) if at > 0 && end - start - at > 2 => end = start + at,
            _ => {
                let named = start < end && !list!("quotations/nobody").has(&text.read(start..end));
                return named.then_some(start..end);
            }
        }
    }
}
