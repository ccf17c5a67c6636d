//! The cutting of one text: blocks that go to the dictionary, Latin runs, spaces, and what the model joins.

use super::classes::{count_chars, in_python_block, is_space, joined_latin, python_number};
use super::{Engine, Piece, SegmentMode, SegmentOptions};

/// One text being cut.
#[derive(Clone, Copy)]
pub(super) struct Cutter<'a> {
    pub(super) options: &'a SegmentOptions,
    pub(super) engine: &'a Engine,
    /// Whether the text may hold Han characters that Python's jieba does not know.
    pub(super) rare_han: bool,
}

/// Whether a token begins with Han, or is one of the marks of Chinese or a full-width form (`E3 80 80` is a blank).
#[inline]
fn is_plain(word: &[u8]) -> bool {
    match *word {
        [0xE4..=0xE9, ..] | [0xEF, _, _] | [0xE3, 0x80, 0x81..=0xFF] | [0xE3, 0x81..=0xFF, _] => true,
        // – — ‘ ’ “ ” …: the blanks of this block lie before and behind.
        [0xE2, 0x80, mark] => matches!(mark, 0x90..=0xA6),
        _ => false,
    }
}

impl<'a> Cutter<'a> {
    /// Cuts what lies between special words; returns the character after it.
    pub(super) fn gap(self, text: &'a str, mut base: u32, emit: &mut impl FnMut(Piece<'a>)) -> u32 {
        // The model joins Latin by itself, and to cut in front of it would change what it sees of the Han before.
        let by_hand =
            self.options.join_latin && (!self.options.hmm || self.options.mode == SegmentMode::Full);
        let mut rest = text;
        while let Some((start, end)) = by_hand.then(|| joined_latin(rest)).flatten() {
            base = self.stretch(&rest[..start], base, emit);
            let word = &rest[start..end];
            let chars = count_chars(word);
            self.give(word, base, base + chars, None, emit);
            base += chars;
            rest = &rest[end..];
        }
        self.stretch(rest, base, emit)
    }

    /// Cuts a stretch by dictionary and model; returns the character after it.
    fn stretch(self, text: &'a str, base: u32, emit: &mut impl FnMut(Piece<'a>)) -> u32 {
        if text.is_empty() {
            return base;
        }
        let full = self.options.mode == SegmentMode::Full;
        if !full && !self.rare_han {
            self.words(text, base, emit);
            return base + count_chars(text);
        }
        // Blocks as Python's jieba makes them, so that whatever lies outside its classes is cut as it does.
        let (mut rest, mut base) = (text, base);
        while let Some(first) = rest.chars().next() {
            let inside = in_python_block(first);
            let end = rest.find(|c| in_python_block(c) != inside).unwrap_or(rest.len());
            let (block, tail) = rest.split_at(end);
            match (inside, full) {
                (true, true) => self.full(block, base, emit),
                (true, false) => self.words(block, base, emit),
                (false, true) => self.runs(block, base, emit),
                (false, false) => self.singles(block, base, emit),
            }
            base += count_chars(block);
            rest = tail;
        }
        base
    }

    /// Each character that is not white space.
    fn singles(self, text: &'a str, base: u32, emit: &mut impl FnMut(Piece<'a>)) {
        for (start, (byte, c)) in (base..).zip(text.char_indices()) {
            self.give(&text[byte..byte + c.len_utf8()], start, start + 1, None, emit);
        }
    }

    /// Runs of characters between white space, as Python's full mode leaves punctuation.
    fn runs(self, text: &'a str, base: u32, emit: &mut impl FnMut(Piece<'a>)) {
        let mut start = base;
        for run in text.split(is_space) {
            let end = start + count_chars(run);
            if !run.is_empty() {
                self.give(run, start, end, None, emit);
            }
            start = end + 1;
        }
    }

    /// The most probable cut of a text (default and search mode).
    fn words(self, text: &'a str, base: u32, emit: &mut impl FnMut(Piece<'a>)) {
        let place = |i: usize| base + u32::try_from(i).unwrap_or(u32::MAX - base);
        if self.options.pos {
            for t in self.engine.jieba.tag(text, self.options.hmm) {
                self.settle(t.word, place(t.start), place(t.end), Some(t.tag), emit);
            }
        } else {
            let plain = self.options.mode == SegmentMode::Default && self.engine.suppressed.is_empty();
            for t in self.engine.jieba.cut(text, self.options.hmm) {
                // Han words and single marks, nearly all there are, need no second look: they hold neither blanks nor Latin.
                if plain && is_plain(t.word.as_bytes()) {
                    emit(Piece {
                        word: t.word,
                        start: place(t.start),
                        end: place(t.end),
                        tag: None,
                    });
                } else {
                    self.settle(t.word, place(t.start), place(t.end), None, emit);
                }
            }
        }
    }

    /// A token of jieba-rs: cut further where it is suppressed or where Python's jieba would.
    fn settle(
        self,
        word: &'a str,
        start: u32,
        end: u32,
        tag: Option<&'a str>,
        emit: &mut impl FnMut(Piece<'a>),
    ) {
        if self.is_suppressed(word) {
            self.singles(word, start, emit);
        } else if self.options.hmm
            && !self.options.join_latin
            && word.bytes().any(|b| matches!(b, b'.' | b'_' | b'-'))
            && !self.engine.jieba.has_word(word)
        {
            self.python_numbers(word, start, emit);
        } else if self.options.mode == SegmentMode::Search && end - start > 2 {
            self.grams(word, start, end, emit);
            self.give(word, start, end, tag, emit);
        } else {
            self.give(word, start, end, tag, emit);
        }
    }

    /// A run of Latin letters, digits and signs as Python's jieba cuts it: `2019-2-25` is five tokens, `3.5%` one.
    fn python_numbers(self, word: &'a str, mut start: u32, emit: &mut impl FnMut(Piece<'a>)) {
        let mut rest = word;
        while !rest.is_empty() {
            let matched = python_number(rest.as_bytes());
            let end = if matched > 0 {
                matched
            } else {
                rest.find(|c: char| c.is_ascii_alphanumeric())
                    .unwrap_or(rest.len())
            };
            let (piece, tail) = rest.split_at(end);
            let chars = count_chars(piece);
            if self.options.mode == SegmentMode::Search && chars > 2 {
                self.grams(piece, start, start + chars, emit);
            }
            self.give(piece, start, start + chars, None, emit);
            start += chars;
            rest = tail;
        }
    }

    /// The dictionary words of two, then of three characters inside a longer token.
    fn grams(self, word: &'a str, start: u32, end: u32, emit: &mut impl FnMut(Piece<'a>)) {
        let bounds: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
        for size in [2_u32, 3] {
            if end - start <= size {
                continue;
            }
            for (first, window) in (start..).zip(bounds.windows(size as usize + 1)) {
                let gram = &word[window[0]..window[size as usize]];
                if self.is_word(gram) {
                    self.give(gram, first, first + size, None, emit);
                }
            }
        }
    }

    fn is_word(self, word: &str) -> bool {
        self.engine.jieba.has_word(word) && !self.is_suppressed(word)
    }

    fn is_suppressed(self, word: &str) -> bool {
        !self.engine.suppressed.is_empty() && self.engine.suppressed.contains(word)
    }

    /// Every dictionary word of a block, by the algorithm of Python's jieba (`cut_all=True`).
    fn full(self, block: &'a str, base: u32, emit: &mut impl FnMut(Piece<'a>)) {
        let bounds: Vec<usize> = block
            .char_indices()
            .map(|(i, _)| i)
            .chain([block.len()])
            .collect();
        let n = bounds.len() - 1;
        let place = |i: usize| base + u32::try_from(i).unwrap_or(u32::MAX - base);
        let give = |from: usize, to: usize, emit: &mut _| {
            self.give(
                &block[bounds[from]..bounds[to]],
                place(from),
                place(to),
                None,
                emit,
            );
        };
        let alphanumeric = |i: usize| block.as_bytes()[bounds[i]].is_ascii_alphanumeric();
        // One past the last character that a token covers, and the Latin run being collected.
        let mut covered = 0;
        let mut latin: Option<(usize, usize)> = None;
        let mut ends = Vec::new();
        for k in 0..n {
            if let Some((from, to)) = latin.filter(|_| !alphanumeric(k)) {
                give(from, to, emit);
                latin = None;
            }
            ends.clear();
            ends.extend(
                (k + 1..=n.min(k + self.engine.longest))
                    .filter(|&end| self.is_word(&block[bounds[k]..bounds[end]])),
            );
            if ends.is_empty() {
                ends.push(k + 1);
            }
            if let (&[end], true) = (ends.as_slice(), k >= covered) {
                if alphanumeric(k) {
                    latin = Some((latin.map_or(k, |(from, _)| from), end));
                }
                if latin.is_none() {
                    give(k, end, emit);
                }
                covered = end;
            } else {
                for &end in ends.iter().filter(|&&end| end > k + 1) {
                    give(k, end, emit);
                    covered = end;
                }
            }
        }
        if let Some((from, to)) = latin {
            give(from, to, emit);
        }
    }

    fn give(
        self,
        word: &'a str,
        start: u32,
        end: u32,
        tag: Option<&'a str>,
        emit: &mut impl FnMut(Piece<'a>),
    ) {
        // Nearly every token starts with a character that is no white space.
        if word.chars().next().is_none_or(is_space) && word.chars().all(is_space) {
            return;
        }
        if self.is_suppressed(word) {
            return self.singles(word, start, emit);
        }
        emit(Piece {
            word,
            start,
            end,
            tag: self.options.pos.then(|| self.tag_of(word, tag)),
        });
    }

    /// The user's tag, else the one found while cutting, else the dictionary's, else a guess.
    pub(super) fn tag_of(self, word: &'a str, found: Option<&'a str>) -> &'a str {
        if let Some(tag) = self.engine.tags.get(word) {
            return tag;
        }
        if let Some(tag) = found {
            return if tag.is_empty() { "x" } else { tag };
        }
        let tags = self.engine.jieba.tag(word, false);
        match tags.as_slice() {
            [only] if !only.tag.is_empty() => only.tag,
            [_] => "x",
            // Cut in several by the dictionary: Latin and digits by their look, anything else unknown.
            _ if !word.is_ascii() => "x",
            _ if word.bytes().any(|b| b.is_ascii_alphabetic()) => "eng",
            _ if word.bytes().any(|b| b.is_ascii_digit()) => "m",
            _ => "x",
        }
    }
}
