//! The characters of a text with their places in bytes, both ways.

use std::ops::Range;

/// The characters of a text. A place counts characters; bytes are what Rust's strings are cut at.
#[derive(Debug)]
pub struct Places<'t> {
    text: &'t str,
    chars: Vec<(u32, char)>,
}

impl<'t> Places<'t> {
    /// The characters of `text`.
    pub fn new(text: &'t str) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            text,
            chars: text.char_indices().map(|(at, c)| (byte(at), c)).collect(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The character at a place.
    pub fn at(&self, place: usize) -> Option<char> {
        self.chars.get(place).map(|&(_, c)| c)
    }

    /// The character before a place.
    pub fn before(&self, place: usize) -> Option<char> {
        place.checked_sub(1).and_then(|i| self.at(i))
    }

    /// Where the character at a place begins in bytes; the length of the text for places behind it.
    pub fn byte(&self, place: usize) -> usize {
        self.chars
            .get(place)
            .map_or(self.text.len(), |&(byte, _)| byte as usize)
    }

    /// The text between two places; empty for a span outside the text or one that ends before it begins.
    pub fn slice(&self, span: Range<usize>) -> &'t str {
        self.text
            .get(self.byte(span.start)..self.byte(span.end))
            .unwrap_or("")
    }
}

/// Where the characters of a text begin in bytes, for cutting alone: half the room of [`Places`].
#[derive(Debug)]
pub struct ByteMarks<'t> {
    text: &'t str,
    bytes: Vec<u32>,
}

impl<'t> ByteMarks<'t> {
    /// The marks of `text`.
    pub fn new(text: &'t str) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let ends = std::iter::once(byte(text.len()));
        Self {
            text,
            bytes: text.char_indices().map(|(at, _)| byte(at)).chain(ends).collect(),
        }
    }

    /// The text between two places in characters; empty for a span outside the text.
    pub fn cut(&self, (start, end): (u32, u32)) -> &'t str {
        let at = |place: u32| self.bytes.get(place as usize).copied().unwrap_or(0) as usize;
        self.text.get(at(start)..at(end)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_bytes() {
        let places = Places::new("政a协𠀀");
        assert_eq!((places.len(), places.is_empty()), (4, false));
        assert_eq!((places.at(2), places.at(4)), (Some('协'), None));
        assert_eq!((places.before(0), places.before(1)), (None, Some('政')));
        assert_eq!(
            (0..6).map(|i| places.byte(i)).collect::<Vec<_>>(),
            [0, 3, 4, 7, 11, 11]
        );
        assert_eq!(
            (places.slice(1..3), places.slice(3..9), places.slice(5..9)),
            ("a协", "𠀀", "")
        );
        let inverted = Range { start: 3, end: 1 };
        assert_eq!(places.slice(inverted), "");
        assert!(Places::new("").is_empty());
        let marks = ByteMarks::new("政a协𠀀");
        assert_eq!(
            (marks.cut((1, 3)), marks.cut((3, 4)), marks.cut((0, 9))),
            ("a协", "𠀀", "")
        );
    }
}
