//! A text as characters, with places in characters; punctuation that is written in two widths reads as one, and traditional text as simplified.

use std::ops::Range;

use crate::lists::{Entry, List};
use crate::text::han::{half_width, is_break, is_han};
use crate::text::script::view::Seen;
use crate::text::segment::default_jieba;

/// The characters of a text: as they are written; as they are seen, traditional text in simplified ones; and as rules read them, full-width
/// punctuation and digits as ASCII, too. One character stands for one character, so that places hold in the text as it is written.
#[derive(Debug)]
pub struct Chars {
    written: Vec<char>,
    /// Where it is not what is written.
    seen: Option<Vec<char>>,
    read: Vec<char>,
}

impl Chars {
    /// The characters of `text`.
    pub fn new(text: &str) -> Self {
        Self::seen_of(text).1
    }

    /// A text looked at, and its characters.
    pub fn seen_of(text: &str) -> (Seen<'_>, Self) {
        let written = characters(text);
        let seen = Seen::of_characters(text, written.iter().copied());
        let chars = Self::with(&seen, written);
        (seen, chars)
    }

    fn with(text: &Seen<'_>, written: Vec<char>) -> Self {
        let seen = text.is_changed().then(|| characters(text.text()));
        let mut read = seen.as_ref().unwrap_or(&written).clone();
        for c in &mut read {
            if !is_read_as_it_is(*c) {
                *c = as_read(*c);
            }
        }
        Self { written, seen, read }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.read.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// The character at a place, as it is read; a line feed outside the text.
    pub fn at(&self, place: usize) -> char {
        self.read.get(place).copied().unwrap_or('\n')
    }

    /// The character before a place; a line feed at the start.
    pub fn before(&self, place: usize) -> char {
        place.checked_sub(1).map_or('\n', |p| self.at(p))
    }

    /// The characters of a span as they are read; none for a span outside the text.
    pub fn span(&self, span: Range<usize>) -> &[char] {
        self.read.get(span).unwrap_or_default()
    }

    /// A span as it is read, as a string.
    pub fn read(&self, span: Range<usize>) -> String {
        self.span(span).iter().collect()
    }

    /// A span as it is written.
    pub fn surface(&self, span: Range<usize>) -> String {
        self.written.get(span).unwrap_or_default().iter().collect()
    }

    /// Whether `words` stand at a place.
    pub fn starts_with(&self, place: usize, words: &str) -> bool {
        stands_at(&self.read, place, words)
    }

    /// Whether `words` end at a place.
    pub fn ends_with(&self, place: usize, words: &str) -> bool {
        stands_before(&self.read, place, words)
    }

    /// The longest of `words` that starts at a place, in characters.
    pub fn longest_at(&self, place: usize, words: &List) -> Option<usize> {
        words.longest_at(&self.read, place).map(Entry::len)
    }

    /// The longest of `words` that ends at a place, in characters.
    pub fn longest_before(&self, place: usize, words: &List) -> Option<usize> {
        words.longest_before(&self.read, place).map(Entry::len)
    }

    /// The longest of a few words that starts at a place, in characters.
    pub fn any_at(&self, place: usize, words: &[&str]) -> Option<usize> {
        words
            .iter()
            .filter(|w| self.starts_with(place, w))
            .map(|w| w.chars().count())
            .max()
    }

    /// Where the run of Han characters that ends at a place begins, at most so many characters back; the place itself where none does.
    pub fn han_before(&self, place: usize, most: usize) -> usize {
        (place.saturating_sub(most)..place)
            .rev()
            .take_while(|&i| is_han(self.at(i)))
            .last()
            .unwrap_or(place)
    }

    /// Whether a place lies inside a word of the dictionary, as the segmenter cuts the characters around it: 高度自治的方|针.
    pub fn is_inside_word(&self, around: Range<usize>, place: usize) -> bool {
        let mut at = around.start;
        for word in default_jieba().cut(&self.read(around), false) {
            let end = at + word.word.chars().count();
            if at < place && place < end {
                return true;
            }
            at = end;
        }
        false
    }

    /// The characters as they are written.
    pub fn written(&self) -> &[char] {
        &self.written
    }

    /// The characters as they are seen: each in its width, traditional text in simplified characters.
    pub fn seen(&self) -> &[char] {
        self.seen.as_ref().unwrap_or(&self.written)
    }

    /// What is seen at a span, or was put together from pieces of it, as it is written there.
    pub fn as_written(&self, span: Range<usize>, seen: &str) -> String {
        let Some(all) = &self.seen else {
            return seen.to_owned();
        };
        let (all, written) = (all.get(span.clone()), self.written.get(span));
        let (all, written) = (all.unwrap_or_default(), written.unwrap_or_default());
        let length = seen.chars().count();
        let whole = (0..all.len()).find(|&at| at + length <= all.len() && stands_at(all, at, seen));
        if let Some(at) = whole {
            return written.get(at..at + length).unwrap_or_default().iter().collect();
        }
        let one = |c: char| {
            all.iter()
                .position(|&other| other == c)
                .and_then(|at| written.get(at))
        };
        seen.chars().map(|c| one(c).copied().unwrap_or(c)).collect()
    }

    /// Spans of book titles (`《》` and `〈〉`), without the marks, in order. A title ends within its paragraph; one that does not close is
    /// none. A title inside a title is part of the outer one.
    pub fn book_titles(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut open = Vec::new();
        for (i, &c) in self.read.iter().enumerate() {
            match c {
                '《' | '〈' => open.push(i + 1),
                '》' | '〉' => {
                    if let Some(from) = open.pop() {
                        // Those inside closed before.
                        while found.last().is_some_and(|inner| inner.start > from) {
                            found.pop();
                        }
                        found.push(from..i);
                    }
                }
                '\n' => open.clear(),
                _ => {}
            }
        }
        found
    }
}

/// Whether `words` stand at a place of `chars`.
pub fn stands_at(chars: &[char], place: usize, words: &str) -> bool {
    let mut ahead = chars.get(place..).unwrap_or_default().iter();
    words.chars().all(|c| ahead.next() == Some(&c))
}

/// Whether `words` end at a place of `chars`.
pub fn stands_before(chars: &[char], place: usize, words: &str) -> bool {
    let mut back = chars.get(..place).unwrap_or_default().iter().rev();
    words.chars().rev().all(|c| back.next() == Some(&c))
}

/// The characters of a text, counted first: a vector that grows copies what it holds.
fn characters(text: &str) -> Vec<char> {
    let mut found = Vec::with_capacity(text.chars().count());
    found.extend(text.chars());
    found
}

/// Nearly all characters: ideographs and what lies beside them, none of which [`as_read`] changes. A look at two bounds, made for each character of
/// each text.
fn is_read_as_it_is(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{FEFF}')
}

/// A character as the rules read it: punctuation and digits in one width, one line break. Letters and the other full-width marks
/// (`％`, `．`, `＂`) stay: rules tell them from the narrow ones.
fn as_read(c: char) -> char {
    match c {
        '，' | '；' | '：' | '！' | '？' | '（' | '）' | '＋' | '０'..='９' => half_width(c),
        _ if is_break(c) => '\n',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_in_one_width() {
        let text = "会议（扩大）：“１２％”，＋\r\n完\u{2028}";
        let chars = Chars::new(text);
        assert_eq!(chars.read(0..chars.len()), "会议(扩大):“12％”,+\n\n完\n");
        assert_eq!(chars.surface(0..chars.len()), text);
        assert_eq!((chars.before(0), chars.at(99)), ('\n', '\n'));
    }

    #[test]
    fn words_at_places() {
        let chars: Vec<char> = "把方向管大局".chars().collect();
        for (place, word, at, before) in [
            (0, "把方", true, false),
            (3, "方向", false, true),
            (3, "管大局", true, false),
            (4, "大局保", false, false),
            (6, "大局", false, true),
            (1, "一把", false, false),
            (9, "局", false, false),
            (6, "", true, true),
        ] {
            assert_eq!(stands_at(&chars, place, word), at, "{place} {word}");
            assert_eq!(stands_before(&chars, place, word), before, "{place} {word}");
        }
    }

    #[test]
    fn titles_of_books() {
        let titles = |text: &str| -> Vec<String> {
            let chars = Chars::new(text);
            chars
                .book_titles()
                .into_iter()
                .map(|t| chars.surface(t))
                .collect()
        };
        assert_eq!(
            titles("《甲〈乙〉丙》、〈丁〉和《戊》"),
            ["甲〈乙〉丙", "丁", "戊"]
        );
        assert_eq!(titles("《甲《乙》丙》《丁"), ["甲《乙》丙"]);
        assert_eq!(titles("《甲\n乙》《丙》》"), ["丙"]);
        assert!(titles("").is_empty());
    }
}
