//! Borders of words in simplified text: what a phrase may not cross, and which characters are surnames.

use super::chunks::{Becomes, Chunk};
use super::dictionary::Dictionary;
use crate::list;
use crate::lists::Entry;
use crate::text::han::{is_han, is_numeral};
use crate::text::segment::default_dictionary::default_jieba;

/// Surnames that traditional text writes with the same character although it is another one in other words (剩餘, 模範, 山嶽).
const SURNAMES: &str = "余范岳游郁涂朴";

/// What stands before a surname that is called by: 老余, 小范, 姓余.
const BEFORE_SURNAME: &str = "老小姓";

/// A word, counted in characters.
struct Word {
    start: usize,
    end: usize,
    /// Whether the dictionary has it as the name of a person.
    person: bool,
}

/// Whether borders of words could change what becomes of a sentence. Without such a place nothing is cut, and no dictionary of words loaded.
pub(super) fn matter(sentence: &str, dictionary: &Dictionary) -> bool {
    if sentence.contains(|c| SURNAMES.contains(c) || c == '台') {
        return true;
    }
    let places: Vec<usize> = sentence
        .char_indices()
        .map(|(at, _)| at)
        .chain([sentence.len()])
        .collect();
    let last = places.len() - 1;
    (0..last).any(|at| {
        dictionary
            .phrases_at(sentence, &places, at)
            .any(|(length, becomes)| {
                let written = &sentence[places[at]..places[at + length]];
                length < last
                    && !written
                        .chars()
                        .map(|c| dictionary.character(c).unwrap_or(c))
                        .eq(becomes.chars())
            })
    })
}

/// Tells each piece of a sentence, one a character, the word that it lies in. `seen` is the sentence in simplified characters.
pub(super) fn mark(chunks: &mut [Chunk], seen: &str) {
    for (number, word) in words(seen).iter().enumerate() {
        let inside = chunks.get_mut(word.start..word.end).unwrap_or_default();
        let length = inside.len();
        for (at, chunk) in inside.iter_mut().enumerate() {
            chunk.word = number;
            chunk.begins = at == 0;
            chunk.ends = at + 1 == length;
        }
    }
}

fn words(seen: &str) -> Vec<Word> {
    default_jieba()
        .tag(seen, false)
        .iter()
        .map(|tag| Word {
            start: tag.start,
            end: tag.end,
            person: tag.tag.starts_with("nr") && tag.end - tag.start > 1,
        })
        .collect()
}

/// Puts surnames and 台 in names back: 余先生, 老范, 郭台铭. One piece is one character here; `dictionary` is what they were converted by.
pub(super) fn keep_names(chunks: &mut [Chunk], sentence: &str, dictionary: &Dictionary) {
    if !sentence.contains(|c| SURNAMES.contains(c) || c == '台') {
        return;
    }
    let written: Vec<char> = sentence.chars().collect();
    let places: Vec<usize> = sentence
        .char_indices()
        .map(|(at, _)| at)
        .chain([sentence.len()])
        .collect();
    let words = words(sentence);
    for (number, word) in words.iter().enumerate() {
        let Some(&first) = written.get(word.start) else {
            continue;
        };
        // What the dictionary knows is no name by the word of the segmenter alone (余音).
        let known = || {
            dictionary
                .phrases_at(sentence, &places, word.start)
                .next()
                .is_some()
        };
        let alone = word.end == word.start + 1;
        let surname = SURNAMES.contains(first)
            && (word.person && !known() || alone && is_called(&written, &words, number));
        let mut keep = |at: usize| {
            if let (Some(chunk), Some(&c)) = (chunks.get_mut(at), written.get(at)) {
                chunk.becomes = Becomes::One(c);
            }
        };
        if surname {
            keep(word.start);
        }
        for at in word.start..word.end {
            if written.get(at) == Some(&'台') && (word.person || in_given_name(&written, word)) {
                keep(at);
            }
        }
    }
}

/// Whether a surname that is a word of its own stands as one: before a title or before a given name and a word of saying.
fn is_called(written: &[char], words: &[Word], number: usize) -> bool {
    let Some(word) = words.get(number) else {
        return false;
    };
    let titled = |at: usize| {
        // 副主任
        let prefix = list!("entities/post_prefixes").longest_at(written, at);
        let at = at + prefix.map_or(0, Entry::len);
        list!("entities/posts").longest_at(written, at).is_some()
            || list!("script/titles").longest_at(written, at).is_some()
    };
    let before = word.start.checked_sub(1).and_then(|at| written.get(at));
    // 两千余代表
    if before.is_some_and(|&c| is_numeral(c)) {
        return false;
    }
    let called = before.is_some_and(|&c| BEFORE_SURNAME.contains(c))
        && words
            .get(number.wrapping_sub(1))
            .is_some_and(|w| w.end - w.start == 1)
        && !written.get(word.end).copied().is_some_and(is_han);
    let given = words
        .get(number + 1)
        .filter(|next| next.end - next.start <= 2 && written.get(next.start).copied().is_some_and(is_han));
    called
        || titled(word.end)
        || given.is_some_and(|given| {
            list!("entities/after_names")
                .longest_at(written, given.end)
                .is_some_and(|says| says.len() > 1)
                || titled(given.end)
        })
}

/// Whether 台, a word of its own, is in a given name that the dictionary does not know: a surname and two characters stand by themselves
/// (郭台成, 龙应台). Where 台 is part of a word (台上, 平台), it is in no name.
fn in_given_name(written: &[char], word: &Word) -> bool {
    let run = |characters: &mut dyn Iterator<Item = &char>| characters.take_while(|c| is_han(**c)).count();
    let before = run(&mut written.iter().take(word.start).rev());
    let behind = run(&mut written.iter().skip(word.end));
    let surname = written
        .get(word.start.wrapping_sub(before))
        .is_some_and(|&c| list!("entities/surnames").has_char(c));
    word.end == word.start + 1 && before > 0 && before + behind == 2 && surname
}
