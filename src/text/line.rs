//! A line of a text, as the steps see it that join lines and take lines out.

use super::han::{is_break, is_han, is_ordinal_numeral};

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The line with its break, in bytes of the text.
    pub(super) from: usize,
    /// One past its break.
    pub(super) to: usize,
    /// Byte position of the trimmed text.
    pub(super) start: usize,
    /// The trimmed text.
    pub(super) text: &'a str,
    /// Columns of blanks before it.
    pub(super) lead: usize,
}

impl Line<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it begins with blanks, as the first line of a paragraph does.
    pub(super) fn indented(&self) -> bool {
        self.lead > 0 && !self.is_empty()
    }

    pub(super) fn first(&self) -> Option<char> {
        self.text.chars().next()
    }

    pub(super) fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Its width in half-width columns, with the blanks before it.
    pub(super) fn columns(&self) -> usize {
        self.lead + columns(self.text)
    }
}

/// Width in half-width columns.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The lines of a text, also the empty ones. CR LF is one break.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let (end, feed) = match rest.find(is_break) {
            Some(end) => (
                end,
                rest.get(end..).map_or(0, |tail| {
                    if tail.starts_with("\r\n") {
                        2
                    } else {
                        tail.chars().next().map_or(0, char::len_utf8)
                    }
                }),
            ),
            None => (rest.len(), 0),
        };
        let whole = rest.get(..end).unwrap_or_default();
        let body = whole.trim();
        let lead = whole.len() - whole.trim_start().len();
        found.push(Line {
            from: at,
            to: at + end + feed,
            start: at + if body.is_empty() { 0 } else { lead },
            text: body,
            lead: whole.get(..lead).map_or(0, |blanks| {
                blanks
                    .chars()
                    .map(|c| match c {
                        '\t' => 4,
                        '\u{3000}' => 2,
                        _ => 1,
                    })
                    .sum()
            }),
        });
        at += end + feed;
    }
    found
}

/// Marks that cannot begin a line: the break before them is none.
pub(super) fn continues(c: char) -> bool {
    "，、；。！？：）》〉”’」』】〕％,;.!?:)%".contains(c)
}

/// Marks that cannot end a line.
pub(super) fn opens(c: char) -> bool {
    "（《〈“‘「『【〔".contains(c)
}

/// Marks that end a sentence or announce a list; closing brackets behind them do not matter.
pub(super) fn finishes(text: &str) -> bool {
    text.trim_end_matches(|c| "”’」』）)】〕》〉".contains(c))
        .ends_with(|c| "。！？!?；;：:…".contains(c))
}

/// Numbering of a heading or list item, in the widest sense.
pub(super) fn numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(', '第', '【', '〔', '—', '-', '·', '•', '●', '■', '◆']);
    let marked = rest.len() < text.len();
    let digits: usize = rest
        .chars()
        .take_while(|c| c.is_numeric() || is_ordinal_numeral(*c))
        .map(char::len_utf8)
        .sum();
    let after = rest.get(digits..).and_then(|t| t.chars().next());
    (digits > 0 && after.is_some_and(|c| "、.．)）章节節条條編篇款项項是要".contains(c)))
        || (marked && (digits > 0 || !rest.starts_with(is_han)))
        || text.starts_with(['—', '•', '●', '■', '◆'])
}

/// Numbering that begins a line also where lines are cut at a width: `一、`, `3.` (no decimal), `（二）`, `第三章 …`, bullets.
pub(super) fn begins_item(text: &str) -> bool {
    if text.starts_with(['•', '●', '■', '◆', '□', '○']) {
        return true;
    }
    let rest = text.trim_start_matches(['（', '(', '【', '〔', '第']);
    let opened = rest.len() < text.len();
    let numerals = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || is_ordinal_numeral(*c))
        .count();
    let mut behind = rest.chars().skip(numerals);
    let (next, second) = (behind.next(), behind.next());
    let apart = second.is_none_or(char::is_whitespace);
    if !(1..=5).contains(&numerals) {
        return false;
    }
    match next {
        Some('、') => true,
        Some('.' | '．') => !opened && second.is_none_or(|c| !c.is_ascii_digit()),
        Some('）' | ')' | '】' | '〕') => numerals <= 3,
        Some('章' | '节' | '節' | '条' | '條' | '編' | '编' | '篇') => {
            text.starts_with('第') && apart
        }
        _ => false,
    }
}
