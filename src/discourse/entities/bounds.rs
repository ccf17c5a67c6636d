//! What stands where a name ends, and what the dictionary of the segmenter says of a span.

use std::ops::Range;

use super::super::chars::Chars;
use super::posts;
use crate::list;
use crate::text::han::is_han;
use crate::text::segment::default_jieba;

/// How sure it is that nothing more of a name stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bound {
    /// A character of any kind.
    None,
    /// A listed word of one character: 在, 和.
    Particle,
    /// A verb, an adverb, a time.
    Word,
    /// No Chinese character.
    Open,
}

/// What stands at the end of a name.
pub(super) fn bound(text: &Chars, end: usize) -> Bound {
    if !is_han(text.at(end)) {
        return Bound::Open;
    }
    match text.longest_at(end, list!("entities/after_names")) {
        Some(length) if length > 1 => Bound::Word,
        _ if goes_on(text, end) || posts::begins(text, end) => Bound::Word,
        Some(_) if "说称讲谈".contains(text.at(end)) => Bound::Word,
        Some(_) => Bound::Particle,
        // 余小明指,
        None if text.at(end) == '指' && !is_han(text.at(end + 1)) => Bound::Word,
        None => Bound::None,
    }
}

/// Whether a verb, an adverb, a time or the like of two or more characters begins at a place.
fn goes_on(text: &Chars, at: usize) -> bool {
    (2..=4).any(|length| {
        tag_of(text, at..at + length).is_some_and(|tag| {
            matches!(
                tag.as_bytes().first(),
                Some(b'v' | b't' | b'd' | b'p' | b'c' | b'r' | b'i')
            ) || tag == "ad"
        })
    })
}

/// The tag of a word of the segmenter's dictionary; none for what it lacks.
pub(super) fn tag_of(text: &Chars, span: Range<usize>) -> Option<String> {
    if span.end > text.len() {
        return None;
    }
    let word = text.read(span);
    let jieba = default_jieba();
    if !jieba.has_word(&word) {
        return None;
    }
    let tags = jieba.tag(&word, false);
    (tags.len() == 1).then(|| tags[0].tag.to_owned())
}

pub(super) fn all_han(text: &Chars, span: Range<usize>) -> bool {
    span.end <= text.len() && text.span(span).iter().all(|&c| is_han(c))
}

/// 高强调, 王表示: what would be the given name is what follows one.
pub(super) fn is_said(text: &Chars, given: Range<usize>) -> bool {
    given.len() > 1 && list!("entities/after_names").has(&text.read(given))
}

pub(super) fn listed(text: &Chars, span: Range<usize>) -> bool {
    // The dictionary lists one everyday word as a name, and one name as a time.
    tag_of(text, span.clone()).is_some_and(|tag| match text.read(span).as_str() {
        "许可" => false,
        "周恩来" => true,
        _ => tag.starts_with("nr"),
    })
}
