//! Dictionaries of conversion: entries of `OpenCC` as the crate `zhhz` carries them, and our own lists before them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::lists::List;

/// Entries and what they become. The longest entry that begins at a place wins; of two equal entries the one that was put in first.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    heads: FxHashMap<char, Head>,
    /// Entries of two characters and more.
    phrases: FxHashMap<Cow<'static, str>, Cow<'static, str>>,
}

/// What begins with a character.
#[derive(Debug, Default, Clone, Copy)]
struct Head {
    /// What the character itself becomes.
    alone: Option<char>,
    /// How many characters the longest phrase has.
    longest: usize,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit<'a> {
    /// A phrase of so many characters becomes this.
    Phrase(usize, &'a str),
    /// The character becomes this.
    Alone(char),
}

impl Dictionary {
    /// Adds an entry unless there is one of the same word.
    pub(super) fn add(&mut self, word: Cow<'static, str>, becomes: Cow<'static, str>) {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return };
        let head = self.heads.entry(first).or_default();
        let more = chars.count();
        if more > 0 {
            head.longest = head.longest.max(more + 1);
            self.phrases.entry(word).or_insert(becomes);
        } else if head.alone.is_none() {
            head.alone = becomes.chars().next();
        }
    }

    /// Adds a dictionary of the crate by its name; nothing if it knows none of that name, which the tests exclude.
    pub(super) fn add_data(&mut self, name: &str) {
        for (word, becomes) in entries(name) {
            self.add(word.into(), becomes.into());
        }
    }

    /// Adds one of our lists, whose second column is what the first becomes.
    pub(super) fn add_list(&mut self, list: &'static List) {
        for entry in list.entries() {
            self.add(entry.word.into(), entry.field(1).into());
        }
    }

    /// What a single character becomes.
    #[inline]
    pub(super) fn character(&self, c: char) -> Option<char> {
        self.heads.get(&c)?.alone
    }

    /// What the single characters become.
    pub(super) fn characters(&self) -> impl Iterator<Item = (char, char)> + '_ {
        self.heads.iter().filter_map(|(&c, head)| Some((c, head.alone?)))
    }

    /// The phrases that begin with character `at` of `text`, whose characters begin at the bytes `places` (and one past the last), the longest
    /// first: how many characters they have, and what they become.
    pub(super) fn phrases_at<'a>(
        &'a self,
        text: &'a str,
        places: &'a [usize],
        at: usize,
    ) -> impl Iterator<Item = (usize, &'a str)> + 'a {
        let longest = self.head(text, places, at).map_or(0, |head| head.longest);
        let last = longest.min(places.len().saturating_sub(at + 1));
        (2..=last).rev().filter_map(move |length| {
            let word = text.get(*places.get(at)?..*places.get(at + length)?)?;
            Some((length, &**self.phrases.get(word)?))
        })
    }

    #[inline]
    fn head(&self, text: &str, places: &[usize], at: usize) -> Option<&Head> {
        let first = text.get(*places.get(at)?..)?.chars().next()?;
        // Everything that a dictionary holds begins with a Latin letter or digit, or with a Han character.
        if first.is_ascii_alphanumeric() || first >= '\u{3400}' {
            self.heads.get(&first)
        } else {
            None
        }
    }

    /// The longest entry that begins with character `at` ([`Dictionary::phrases_at`]), of those phrases that `allows` to end before a character.
    pub(super) fn longest<'a>(
        &'a self,
        text: &'a str,
        places: &'a [usize],
        at: usize,
        allows: impl Fn(usize) -> bool,
    ) -> Option<Hit<'a>> {
        self.phrases_at(text, places, at)
            .find(|&(length, _)| allows(at + length))
            .map(|(length, becomes)| Hit::Phrase(length, becomes))
            .or_else(|| self.head(text, places, at)?.alone.map(Hit::Alone))
    }

    /// The text with every longest entry replaced, from left to right.
    pub(super) fn convert(&self, text: &str) -> String {
        let places: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at + 1 < places.len() {
            match self.longest(text, &places, at, |_| true) {
                Some(Hit::Phrase(length, becomes)) => {
                    out.push_str(becomes);
                    at += length;
                }
                Some(Hit::Alone(c)) => {
                    out.push(c);
                    at += 1;
                }
                None => {
                    out.push_str(&text[places[at]..places[at + 1]]);
                    at += 1;
                }
            }
        }
        out
    }
}

/// The entries of a dictionary of the crate: a word and the first thing that it becomes.
pub(super) fn entries(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    zhhz::data::dict_text(name)
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (word, becomes) = line.split_once('\t')?;
            Some((word, becomes.split_ascii_whitespace().next()?))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_wins_and_the_first_of_equal_ones() {
        let mut dictionary = Dictionary::default();
        for (word, becomes) in [
            ("甲", "1"),
            ("甲乙", "2"),
            ("甲乙丙", "3"),
            ("甲乙", "4"),
            ("甲", "5"),
        ] {
            dictionary.add(word.into(), becomes.into());
        }
        assert_eq!(dictionary.convert("甲甲乙甲乙丙丁"), "123丁");
        let places = [0, 3, 6, 9];
        let found = dictionary.longest("甲乙丙", &places, 0, |end| end == 2);
        assert_eq!(found, Some(Hit::Phrase(2, "2")));
        assert_eq!(
            dictionary.longest("甲乙丙", &places, 0, |_| false),
            Some(Hit::Alone('1'))
        );
        assert_eq!(dictionary.longest("甲乙丙", &places, 1, |_| true), None);
    }

    #[test]
    fn the_crate_knows_every_dictionary_that_is_asked_for() {
        for name in [
            "STCharacters",
            "STPhrases",
            "STPhrases_GeneratedFromRegionalPhrases",
            "TSCharacters",
            "TSCharactersExt",
            "TSPhrases",
            "TWPhrases",
            "TWPhrasesRev",
            "TWVariants",
            "TWVariantsPhrases",
            "TWVariantsRev",
            "TWVariantsRevPhrases",
            "HKPhrases",
            "HKPhrasesRev",
            "HKVariants",
            "HKVariantsPhrases",
            "HKVariantsRev",
            "HKVariantsRevPhrases",
        ] {
            assert!(entries(name).next().is_some(), "{name}");
        }
        assert!(entries("nonsense").next().is_none());
    }
}
