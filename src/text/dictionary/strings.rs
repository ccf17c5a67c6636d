//! The strings that a dictionary looks for, and what bars one where a Latin word goes on.

use super::Spec;
use crate::error::Error;
use crate::text::script::{Script, convert};

/// The forms of a string that are looked for.
///
/// A space between Han characters is how dictionaries for tokens write a phrase; running text has none there.
pub(super) fn forms(text: &str, spec: &Spec) -> Vec<String> {
    let latin = |c: Option<char>| c.is_none_or(|c| c.is_ascii());
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != ' ' || latin(plain.chars().next_back()) || latin(chars.peek().copied()) {
            plain.push(c);
        }
    }
    let mut forms = vec![plain];
    if spec.variants {
        for script in [Script::Simplified, Script::Traditional] {
            let other = convert(&forms[0], script);
            if !forms.contains(&other) {
                forms.push(other);
            }
        }
    }
    if spec.case_insensitive {
        for form in &mut forms {
            form.make_ascii_lowercase();
        }
    }
    forms
}

/// Whether a Latin word or number goes on across this place. Bytes tell: those of longer characters are none of ASCII.
#[inline]
pub(super) fn runs_on(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let joins = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && joins(at - 1) && joins(at)
}

/// Number of characters: bytes that begin one.
#[inline]
pub(super) fn count_chars(text: &str) -> usize {
    text.bytes().filter(|&b| !(0x80..0xC0).contains(&b)).count()
}

pub(super) fn too_large(found: usize) -> Error {
    Error::data(
        "dictionary",
        "of a size that fits an automaton of 2^31 states",
        format!("{found} strings"),
    )
}
