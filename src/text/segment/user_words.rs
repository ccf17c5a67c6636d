//! User dictionaries and word lists: lines → words, with errors that name the line.
//!
//! jieba's own format is read (`word`, `word freq`, `word tag`, `word freq tag`, separated by spaces) and one that allows
//! spaces inside words (fields separated by tabs). jieba-rs's loader is not used: it gives a word without a frequency
//! probability 0, keeps a byte-order mark as part of the first word, and takes a tag for a frequency.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::han::is_han;

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
    } else if let Some((before, mark)) = set_apart(word) {
        Err(format!(
            "{word:?} looks like a word with its frequency or tag behind {mark:?}; set fields apart by a blank or a tab: \
             \"{before}\\t{}\"",
            word[before.len() + mark.len_utf8()..].trim_start()
        ))
    } else {
        Ok(())
    }
}

/// The word before a comma, semicolon or bar behind which only a frequency or tag stands, and the mark.
///
/// Figures (`1,000`) and formulas (`不忘初心，牢记使命`) hold commas and no such fields.
fn set_apart(word: &str) -> Option<(&str, char)> {
    let (before, mark, behind) = word
        .char_indices()
        .find(|(_, c)| matches!(c, ',' | '，' | ';' | '；' | '|' | '、'))
        .map(|(at, c)| (&word[..at], c, &word[at + c.len_utf8()..]))?;
    let mut fields = behind.split(mark).map(str::trim);
    let number = |field: &str| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit());
    let tag = |field: &str| field.len() <= 4 && is_tag(field);
    let told = match (fields.next(), fields.next(), fields.next()) {
        (Some(one), None, None) => number(one) || tag(one) || (one.is_empty() && mark.is_ascii()),
        (Some(one), Some(two), None) => (number(one) || one.is_empty()) && (tag(two) || two.is_empty()),
        _ => false,
    };
    (told && before.chars().any(is_han)).then_some((before, mark))
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
    let (word, freq, tag) = if line.contains('\t') {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        by_fields(&fields)
    } else {
        let fields: Vec<&str> = line.split_whitespace().collect();
        // A word may hold blanks itself: then what stands behind it says where it ends, as jieba reads it.
        with_blanks(line, &fields).or_else(|| by_fields(&fields))
    }
    .ok_or_else(|| {
        format!(
            "{} fields where `word`, `word freq`, `word tag` or `word freq tag` is expected \
             (separate fields by tabs if a word holds spaces): {line:?}",
            line.split_whitespace().count()
        )
    })?;
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

type Fields<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

fn by_fields<'a>(fields: &[&'a str]) -> Option<Fields<'a>> {
    match *fields {
        [word] => Some((word, None, None)),
        // A second field is a frequency or a tag, whichever it looks like.
        // Of two Latin words the second is hardly the tag of the first.
        [word, second] if is_tag(second) && second.len() > 4 && word.is_ascii() => None,
        [word, second] if is_tag(second) => Some((word, None, Some(second))),
        [word, second] => Some((word, Some(second), None)),
        [word, freq, tag] => Some((word, Some(freq).filter(|f| !f.is_empty()), Some(tag))),
        _ => None,
    }
}

/// A word with blanks inside, if nothing else can be meant: `New York 20 nz`, `Edu Trust认证 2000`, `Edu Trust认证`.
///
/// Blanks stand beside Latin letters or digits; two Chinese words in a line are two words.
fn with_blanks<'a>(line: &'a str, fields: &[&'a str]) -> Option<Fields<'a>> {
    let number = |field: &&str| field.bytes().all(|b| b.is_ascii_digit());
    let (parts, freq, tag) = match fields {
        [parts @ .., freq, tag] if parts.len() > 1 && number(freq) && is_tag(tag) => {
            (parts, Some(*freq), Some(*tag))
        }
        [parts @ .., freq] if parts.len() > 1 && number(freq) => (parts, Some(*freq), None),
        // Nothing behind the word: its last part must be no tag and no frequency, however ill written.
        [.., last]
            if fields.len() > 1
                && !is_tag(last)
                && !last.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) =>
        {
            (fields, None, None)
        }
        _ => return None,
    };
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let beside =
        |pair: &[&str]| matches!(pair, [a, b] if latin(a.chars().next_back()) || latin(b.chars().next()));
    // A part in the middle that is a number is a frequency in front of something that is no tag.
    let plain = parts.windows(2).all(beside) && !(freq.is_none() && parts.iter().any(number));
    let mut word = line.trim();
    for behind in [tag, freq].into_iter().flatten() {
        word = word.strip_suffix(behind)?.trim_end();
    }
    plain.then_some((word, freq, tag))
}

/// Whether a field is a part of speech: Latin letters and digits, small or capital throughout, or as in `Ng`.
fn is_tag(field: &str) -> bool {
    let has = |test: fn(&u8) -> bool| field.bytes().any(|b| test(&b));
    field.starts_with(|c: char| c.is_ascii_alphabetic())
        && field.bytes().all(|b| b.is_ascii_alphanumeric())
        && (!has(u8::is_ascii_uppercase)
            || !has(u8::is_ascii_lowercase)
            || matches!(field.as_bytes(), [_, b'g']))
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
    fn words_with_blanks_are_read_where_nothing_else_can_be_meant() {
        for (line, word, freq, tag) in [
            ("Edu Trust认证 2000", "Edu Trust认证", Some(2000), None),
            ("New York 20 ns", "New York", Some(20), Some("ns")),
            ("Windows 10 系统 5 nz", "Windows 10 系统", Some(5), Some("nz")),
            ("Open Source 峰会", "Open Source 峰会", None, None),
            ("New York", "New York", None, None),
            ("5G 基站 30", "5G 基站", Some(30), None),
        ] {
            let read = parse("u.txt", line).unwrap_or_default();
            let expected = UserWord {
                word: word.to_owned(),
                freq,
                tag: tag.map(str::to_owned),
            };
            assert_eq!(read, [expected], "{line}");
        }
        for line in [
            "双向发力 often v",
            "双向发力 经常",
            "党建 引领 5",
            "machine learning",
            "a b c d",
            "党建 5o",
            "党建 3.5",
        ] {
            let message = parse("u.txt", line).map_err(|e| e.to_string());
            assert!(
                message.as_ref().is_err_and(|m| m.starts_with("u.txt, line 1: ")),
                "{line}: {message:?}"
            );
        }
    }

    #[test]
    fn fields_behind_a_comma_are_refused_with_advice() {
        for line in [
            "湿隔离,5",
            "湿隔离，5",
            "湿隔离,5,n",
            "湿隔离;n",
            "湿隔离|5",
            "湿隔离, 5",
            "湿隔离,",
        ] {
            for message in [
                parse("u.txt", line).map_err(|e| e.to_string()).err(),
                check_word(line).err(),
            ] {
                assert!(message.is_none_or(|m| m.contains("blank or a tab")), "{line}");
            }
            assert!(check_word(line).is_err(), "{line}");
            assert!(parse("u.txt", line).is_err(), "{line}");
        }
        for word in [
            "1,000",
            "不忘初心，牢记使命",
            "Hello, World",
            "7,5",
            "北京、上海",
            "A|B",
            "（一）",
            "好；坏",
        ] {
            assert_eq!(check_word(word), Ok(()), "{word}");
        }
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
