//! User dictionaries and word lists: lines → words, with errors that name the line.
//!
//! jieba's own format is read (`word`, `word freq`, `word tag`, `word freq tag`, separated by spaces) and one that allows
//! spaces inside words (fields separated by tabs). jieba-rs's loader is not used: it gives a word without a frequency
//! probability 0, keeps a byte-order mark as part of the first word, and takes a tag for a frequency.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A word of a user dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UserWord {
    /// The word.
    pub word: String,
    /// Its frequency; without one, the smallest that makes the word come out whole when it stands alone.
    pub freq: Option<usize>,
    /// Its part of speech.
    pub tag: Option<String>,
}

impl UserWord {
    /// A word without frequency and tag.
    pub fn new(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            freq: None,
            tag: None,
        }
    }
}

/// Says what is wrong with a word, if anything is.
///
/// # Errors
/// The problem in words: empty, white space at an end, a line break or tab inside.
pub fn check_word(word: &str) -> std::result::Result<(), String> {
    if word.trim().is_empty() {
        Err("the word is empty".to_owned())
    } else if word.trim() != word {
        Err(format!("the word {word:?} begins or ends with white space"))
    } else if word.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        Err(format!(
            "the word {word:?} holds a line break or control character"
        ))
    } else {
        Ok(())
    }
}

/// Lines that say something: without byte-order mark, white space at the ends, empty lines and comments.
///
/// A comment starts with `#` and a space (or is `#` alone): `#话题#` is a word.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.trim_start_matches('\u{FEFF}')
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.trim()))
        .filter(|(_, line)| {
            let comment = line
                .strip_prefix('#')
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            !line.is_empty() && !comment
        })
}

/// Reads a user dictionary. `origin` names it in errors.
///
/// # Errors
/// [`Error::Dictionary`] with the line: more than three fields, a frequency that is no whole number, a tag that is no word
/// of Latin letters and digits.
pub fn parse(origin: &str, text: &str) -> Result<Vec<UserWord>> {
    lines(text)
        .map(|(line, content)| {
            parse_entry(content).map_err(|problem| Error::Dictionary {
                origin: origin.to_owned(),
                line,
                problem,
            })
        })
        .collect()
}

/// Reads a list of words, one a line. `origin` names it in errors.
///
/// # Errors
/// [`Error::Dictionary`] with the line that holds a tab or control character.
pub fn parse_list(origin: &str, text: &str) -> Result<Vec<String>> {
    lines(text)
        .map(|(line, word)| {
            check_word(word).map_err(|problem| Error::Dictionary {
                origin: origin.to_owned(),
                line,
                problem,
            })?;
            Ok(word.to_owned())
        })
        .collect()
}

fn parse_entry(line: &str) -> std::result::Result<UserWord, String> {
    let fields: Vec<&str> = if line.contains('\t') {
        line.split('\t').map(str::trim).collect()
    } else {
        line.split_whitespace().collect()
    };
    let (word, freq, tag) = match fields.as_slice() {
        [word] => (*word, None, None),
        // A second field is a frequency or a tag, whichever it looks like.
        [word, second] if is_tag(second) => (*word, None, Some(*second)),
        [word, second] => (*word, Some(*second), None),
        [word, freq, tag] => (*word, Some(*freq).filter(|f| !f.is_empty()), Some(*tag)),
        _ => {
            return Err(format!(
                "{} fields where `word`, `word freq`, `word tag` or `word freq tag` is expected \
                 (separate fields by tabs if a word holds spaces): {line:?}",
                fields.len()
            ));
        }
    };
    check_word(word)?;
    let freq = freq
        .map(|f| {
            f.parse::<u32>().map(|n| n as usize).map_err(|_| {
                format!(
                    "the frequency {f:?} of {word:?} is no whole number from 0 to {}",
                    u32::MAX
                )
            })
        })
        .transpose()?;
    if let Some(bad) = tag.filter(|t| !is_tag(t)) {
        return Err(format!(
            "the tag {bad:?} of {word:?} is no word of Latin letters and digits"
        ));
    }
    Ok(UserWord {
        word: word.to_owned(),
        freq,
        tag: tag.map(str::to_owned),
    })
}

fn is_tag(field: &str) -> bool {
    field.starts_with(|c: char| c.is_ascii_alphabetic()) && field.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_line_is_read() {
        let text = "\u{FEFF}党建引领 20 n\r\n三会一课 l\n1+7 5\n\n# a comment\n#话题#\nNew York\t7\tns\n凝聚 共识\t\tv\n";
        let words = parse("user.txt", text).unwrap_or_default();
        let short: Vec<_> = words
            .iter()
            .map(|w| (w.word.as_str(), w.freq, w.tag.as_deref()))
            .collect();
        assert_eq!(
            short,
            [
                ("党建引领", Some(20), Some("n")),
                ("三会一课", None, Some("l")),
                ("1+7", Some(5), None),
                ("#话题#", None, None),
                ("New York", Some(7), Some("ns")),
                ("凝聚 共识", None, Some("v")),
            ]
        );
    }

    #[test]
    fn broken_lines_are_named() {
        for (text, expected) in [
            (
                "好\n党建 abc n",
                "user.txt, line 2: the frequency \"abc\" of \"党建\" is no whole number",
            ),
            ("党建 -5", "user.txt, line 1: the frequency \"-5\""),
            ("党建 5 名词", "user.txt, line 1: the tag \"名词\""),
            ("a b c d", "user.txt, line 1: 4 fields"),
            ("\u{0}坏", "user.txt, line 1: the word"),
        ] {
            let message = parse("user.txt", text).map_err(|e| e.to_string());
            assert!(
                message.as_ref().is_err_and(|m| m.starts_with(expected)),
                "{message:?}"
            );
        }
    }

    #[test]
    fn lists_take_whole_lines() {
        assert_eq!(
            parse_list("s.txt", "\u{FEFF}市政协\n\n# no\nNew York\n"),
            Ok(vec!["市政协".to_owned(), "New York".to_owned()])
        );
        assert!(parse_list("s.txt", "a\tb").is_err());
    }
}
