//! A sentence while it is converted: pieces of what is written, and what each has become.

use super::dictionary::{Dictionary, Hit};

/// A piece of the sentence; a single character until a phrase becomes one of another length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    /// First byte in the sentence.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it has become.
    pub becomes: Becomes,
    /// The number of the word that it lies in, if borders of words are known.
    pub word: usize,
    /// Whether that word begins with it.
    pub begins: bool,
    /// Whether that word ends with it.
    pub ends: bool,
    /// Whether another word was chosen for it.
    pub reworded: bool,
}

/// What a piece has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Becomes {
    /// A character for a character.
    One(char),
    /// A phrase for a phrase of another length.
    Many(String),
}

/// The characters of a sentence, all in one word.
pub(super) fn of(sentence: &str) -> Vec<Chunk> {
    sentence
        .char_indices()
        .map(|(start, c)| Chunk {
            start,
            end: start + c.len_utf8(),
            becomes: Becomes::One(c),
            word: 0,
            begins: true,
            ends: true,
            reworded: false,
        })
        .collect()
}

/// What the sentence has become, character by character, and the number of the piece that each comes from.
pub(super) fn flat(chunks: &[Chunk]) -> (Vec<char>, Vec<usize>) {
    let (mut text, mut owners) = (Vec::with_capacity(chunks.len()), Vec::with_capacity(chunks.len()));
    for (number, chunk) in chunks.iter().enumerate() {
        match &chunk.becomes {
            Becomes::One(c) => {
                text.push(*c);
                owners.push(number);
            }
            Becomes::Many(many) => {
                text.extend(many.chars());
                owners.resize(text.len(), number);
            }
        }
    }
    (text, owners)
}

/// Puts characters back that were changed in place.
pub(super) fn refill(chunks: &mut [Chunk], text: &[char]) {
    let mut rest = text.iter();
    for chunk in chunks {
        match &mut chunk.becomes {
            Becomes::One(c) => *c = rest.next().copied().unwrap_or(*c),
            Becomes::Many(many) => {
                let length = many.chars().count();
                *many = rest.by_ref().take(length).collect();
            }
        }
    }
}

/// A piece in the making: its first and last piece before, and where its text begins.
struct Draft {
    first: usize,
    last: usize,
    from: usize,
    reworded: bool,
}

/// Converts once more. A phrase that would begin or end within a word that it does not lie in is not taken.
///
/// With `rewords`, what a phrase changes is another word rather than another form of the same.
pub(super) fn convert(chunks: &[Chunk], dictionary: &Dictionary, rewords: bool) -> Vec<Chunk> {
    let (chars, owners) = flat(chunks);
    let mut text = String::with_capacity(chars.len() * 3);
    let mut places = Vec::with_capacity(chars.len() + 1);
    for c in &chars {
        places.push(text.len());
        text.push(*c);
    }
    places.push(text.len());
    let mut drafts: Vec<Draft> = Vec::with_capacity(chunks.len());
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut put = |first: usize, last: usize, becomes: &mut dyn Iterator<Item = char>, reworded: bool| {
        match drafts.last_mut() {
            // A piece of several characters of which only some change.
            Some(draft) if draft.last >= first => {
                draft.last = draft.last.max(last);
                draft.reworded |= reworded;
            }
            _ => drafts.push(Draft {
                first,
                last,
                from: out.len(),
                reworded,
            }),
        }
        out.extend(becomes);
    };
    let mut at = 0;
    while let (Some(&first), Some(&c)) = (owners.get(at), chars.get(at)) {
        let allows = |end: usize| {
            let last = owners.get(end - 1).and_then(|&last| chunks.get(last));
            let (Some(a), Some(b)) = (chunks.get(first), last) else {
                return false;
            };
            a.word == b.word || a.begins && b.ends
        };
        match dictionary.longest(&text, &places, at, allows) {
            Some(Hit::Phrase(length, becomes)) => {
                let (written, owners) = (&chars[at..at + length], &owners[at..at + length]);
                if becomes.chars().count() == length {
                    for ((&owner, &before), c) in owners.iter().zip(written).zip(becomes.chars()) {
                        put(owner, owner, &mut std::iter::once(c), rewords && c != before);
                    }
                } else {
                    put(first, owners[length - 1], &mut becomes.chars(), true);
                }
                at += length;
            }
            found => {
                let c = if let Some(Hit::Alone(other)) = found {
                    other
                } else {
                    c
                };
                put(first, first, &mut std::iter::once(c), false);
                at += 1;
            }
        }
    }
    let ends: Vec<usize> = drafts.iter().skip(1).map(|d| d.from).chain([out.len()]).collect();
    drafts
        .iter()
        .zip(ends)
        .filter_map(|(draft, to)| {
            let (first, last) = (chunks.get(draft.first)?, chunks.get(draft.last)?);
            let becomes = match &out[draft.from..to] {
                [one] => Becomes::One(*one),
                many => Becomes::Many(many.iter().collect()),
            };
            Some(Chunk {
                start: first.start,
                end: last.end,
                becomes,
                word: first.word,
                begins: first.begins,
                ends: last.ends,
                reworded: draft.reworded || first.reworded || last.reworded,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary(entries: &[(&'static str, &'static str)]) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for &(word, becomes) in entries {
            dictionary.add(word.into(), becomes.into());
        }
        dictionary
    }

    /// The pieces as written and as they have become.
    fn shown(sentence: &str, chunks: &[Chunk]) -> Vec<(String, String)> {
        chunks
            .iter()
            .map(|chunk| {
                let text = match &chunk.becomes {
                    Becomes::One(c) => c.to_string(),
                    Becomes::Many(many) => many.clone(),
                };
                (sentence[chunk.start..chunk.end].to_owned(), text)
            })
            .collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    }

    #[test]
    fn phrases_of_one_length_stay_characters_and_others_become_one_piece() {
        let words = dictionary(&[("甲乙", "子丑"), ("丙丁", "寅")]);
        let once = convert(&of("甲乙x丙丁"), &words, false);
        let expected = [("甲", "子"), ("乙", "丑"), ("x", "x"), ("丙丁", "寅")];
        assert_eq!(shown("甲乙x丙丁", &once), pairs(&expected));
        assert_eq!(
            once.iter().map(|c| c.reworded).collect::<Vec<_>>(),
            [false, false, false, true]
        );
    }

    #[test]
    fn a_second_conversion_joins_what_it_reaches_into() {
        let first = convert(&of("甲乙丙"), &dictionary(&[("甲乙", "子丑寅")]), true);
        let then = convert(&first, &dictionary(&[("寅丙", "卯")]), true);
        assert_eq!(shown("甲乙丙", &then), pairs(&[("甲乙丙", "子丑卯")]));
        let then = convert(&first, &dictionary(&[("丑", "牛")]), true);
        assert_eq!(shown("甲乙丙", &then), pairs(&[("甲乙", "子牛寅"), ("丙", "丙")]));
    }

    #[test]
    fn no_phrase_crosses_the_border_of_a_word() {
        let phrase = dictionary(&[("乙丙", "卯辰")]);
        let mut chunks = of("甲乙丙丁");
        for (chunk, (word, begins, ends)) in chunks.iter_mut().zip([
            (0, true, false),
            (0, false, true),
            (1, true, false),
            (1, false, true),
        ]) {
            (chunk.word, chunk.begins, chunk.ends) = (word, begins, ends);
        }
        assert_eq!(convert(&chunks, &phrase, false), chunks);
        for (chunk, word) in chunks.iter_mut().zip([0, 1, 2, 3]) {
            (chunk.word, chunk.begins, chunk.ends) = (word, true, true);
        }
        assert_ne!(convert(&chunks, &phrase, false), chunks);
    }

    #[test]
    fn characters_are_put_back_piece_by_piece() {
        let mut chunks = convert(&of("甲乙丙"), &dictionary(&[("甲乙", "子丑寅")]), true);
        let (mut text, owners) = flat(&chunks);
        assert_eq!(owners, [0, 0, 0, 1]);
        text[2] = '虎';
        text[3] = '饼';
        refill(&mut chunks, &text);
        assert_eq!(
            shown("甲乙丙", &chunks),
            pairs(&[("甲乙", "子丑虎"), ("丙", "饼")])
        );
    }
}
