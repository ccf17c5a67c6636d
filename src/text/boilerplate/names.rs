//! Names of persons in the lines around a text.

use super::super::han::is_han;
use super::super::segment::default_jieba;
use super::source::{Source, is_separator};
use crate::list;

/// Names at the beginning, joined by `、`; also what follows them.
pub(super) fn leading_names<'a>(source: Source<'_>, text: &'a str) -> Option<(String, &'a str)> {
    names_and_rest(source, text)
        .filter(|found| found.2)
        .map(|(names, rest, _)| (names, rest))
}

/// [`leading_names`], and whether one of them begins with a surname of the list.
pub(super) fn names_and_rest<'a>(source: Source<'_>, text: &'a str) -> Option<(String, &'a str, bool)> {
    let mut names: Vec<String> = Vec::new();
    let mut single: Option<String> = None;
    let mut surname = false;
    let mut at = 0;
    // The dot of 艾尔肯·吐尼亚孜 belongs to the name.
    for word in text.split_inclusive(|c| c != '·' && is_separator(c)) {
        let bare = word.trim_end_matches(is_separator);
        let bare = bare.split(['(', '（']).next().unwrap_or(bare);
        let chars = bare.chars().count();
        if bare.is_empty() || matches!(bare, "文" | "图" | "摄" | "文图" | "摄影" | "图片" | "整理")
        {
            at += word.len();
            continue;
        }
        if let Some((first, second)) = joined_by_and(bare) {
            names.extend([source.original(first), source.original(second)]);
            surname = true;
            at += word.len();
            continue;
        }
        if !is_name(bare) || is_role(bare) {
            break;
        }
        let original = source.original(bare);
        // `龚 正`: two single characters are one name.
        if chars == 1 {
            match single.take() {
                Some(first) => names.push(first + &original),
                None => single = Some(original),
            }
        } else {
            if single.is_some() {
                return None;
            }
            names.push(original);
        }
        surname |= bare.contains('·')
            || list!("entities/compound_surnames").begins(bare).is_some()
            || bare
                .chars()
                .next()
                .is_some_and(|c| list!("entities/surnames").has_char(c));
        at += word.len();
    }
    (single.is_none() && (1..=12).contains(&names.len())).then(|| (names.join("、"), &text[at..], surname))
}

/// `甲和乙` as two names.
fn joined_by_and(word: &str) -> Option<(&str, &str)> {
    let (first, second) = word.split_once(['和', '与'])?;
    let name = |word: &str| {
        (2..=3).contains(&word.chars().count())
            && is_name(word)
            && word.starts_with(|c| list!("entities/surnames").has_char(c))
    };
    (name(first) && name(second)).then_some((first, second))
}

/// Whether a word is so common that it is no name without a label: a column of a site, or a word of the dictionary that is
/// not there as a name.
pub(super) fn is_common(word: &str) -> bool {
    if list!("boilerplate/columns").has(word) || list!("boilerplate/buttons").has(word) {
        return true;
    }
    let jieba = default_jieba();
    // The dictionary has names of three characters as times and as other proper names, too.
    let name = |tag: &str| tag.starts_with("nr") || (matches!(tag, "t" | "nz") && word.chars().count() > 2);
    jieba.has_word(word)
        && jieba
            .tag(word, false)
            .first()
            .is_some_and(|tagged| tagged.word == word && !name(tagged.tag))
}

/// Names that need no label: each with a surname, of the length of a name, and neither a common word nor, in its first two
/// characters, one (高新区, 文史馆).
pub(super) fn bare_names<'a>(source: Source<'_>, text: &'a str) -> Option<(String, &'a str)> {
    let begins_common = |word: &str| {
        word.char_indices()
            .nth(2)
            .is_some_and(|(at, _)| is_common(&word[..at]))
    };
    let bare = |word: &str| match word.chars().count() {
        1 | 2 => true,
        3 => !begins_common(word),
        _ => word.contains('·') || list!("entities/compound_surnames").begins(word).is_some(),
    };
    uncommon_names(source, text).filter(|(_, rest)| {
        words(text, rest).all(|word| bare(word) && list!("boilerplate/outlets").ends(word).is_none())
    })
}

/// Names behind a label that has no colon: each with a surname, none a common word.
pub(super) fn uncommon_names<'a>(source: Source<'_>, text: &'a str) -> Option<(String, &'a str)> {
    leading_names(source, text)
        .filter(|(_, rest)| words(text, rest).all(|word| word.chars().count() == 1 || !is_common(word)))
}

/// The words of `text` before `rest`, its end.
fn words<'a>(text: &'a str, rest: &str) -> impl Iterator<Item = &'a str> {
    text[..text.len() - rest.len()]
        .split(|c| c != '·' && is_separator(c))
        .filter(|word| !word.is_empty())
}

fn is_name(word: &str) -> bool {
    let chars = word.chars().count();
    let han = word.chars().all(|c| is_han(c) || c == '·');
    han && (chars <= 4 || (word.contains('·') && chars <= 16))
}

fn is_role(word: &str) -> bool {
    list!("boilerplate/labels").has(word)
        || word.ends_with("记者")
        || word.ends_with("通讯员")
        || list!("boilerplate/offices").ends(word).is_some()
}

/// The office-holder of `广东省省长 孟凡利`, or, where a line may be `bare`, one that is nothing but names.
pub(super) fn speaker(source: Source<'_>, bare: bool) -> Option<String> {
    let line = source.folded;
    if bare
        && let Some((names, rest)) = bare_names(source, line)
        && rest.is_empty()
    {
        return Some(names);
    }
    let (at, office) = list!("boilerplate/offices")
        .iter()
        .filter_map(|o| line.find(o).map(|at| (at, o)))
        .max()?;
    // Behind an office any name will do: many surnames of minorities are on no list.
    let (names, rest, _) =
        names_and_rest(source, line[at + office.len()..].trim_start_matches(is_separator))?;
    (rest.is_empty() && line.chars().count() <= 30).then_some(names)
}
