//! Names of persons in the lines around a text.

use super::super::han::is_han;
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
        if bare.is_empty() || matches!(bare, "文" | "图" | "摄" | "文图") {
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
            || bare
                .chars()
                .next()
                .is_some_and(|c| list!("boilerplate/surnames").has_char(c));
        at += word.len();
    }
    (single.is_none() && (1..=12).contains(&names.len())).then(|| (names.join("、"), &text[at..], surname))
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

/// The office-holder of `广东省省长 孟凡利`, or a line that is nothing but names.
pub(super) fn speaker(source: Source<'_>) -> Option<String> {
    let line = source.folded;
    if let Some((names, rest)) = leading_names(source, line)
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
