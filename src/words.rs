//! Words: enums whose variants users write, or read in a column, as words.
//!
//! One declaration gives the enum, the list of all, the word of each and the way back, with one form of message:
//!
//! ```
//! duizhao::words! {
//!     /// How loud.
//!     pub enum Volume as "volume" {
//!         /// Barely heard.
//!         Low = "low",
//!         /// Heard next door.
//!         High = "high",
//!     }
//! }
//! assert_eq!(Volume::ALL, [Volume::Low, Volume::High]);
//! assert_eq!(Volume::Low.to_string(), "low");
//! assert_eq!("high".parse(), Ok(Volume::High));
//! assert_eq!(
//!     "hihg".parse::<Volume>().map_err(|e| e.to_string()),
//!     Err("`volume` must be one of 'low', 'high'; got 'hihg'; did you mean 'high'?".to_owned())
//! );
//! ```
//!
//! The word after `as` names the argument or column in messages. `python/words.rs` lists the enums for Python;
//! `tests/rust/words.rs` names one that is missing there.

use crate::error::Error;

/// An enum of words as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Where the enum stands, e.g. `stats::adjust::Adjustment`.
    pub path: &'static str,
    /// The argument or column that holds a word.
    pub argument: &'static str,
    /// The words, in the order of the documentation.
    pub allowed: &'static [&'static str],
}

impl Words {
    /// Says that `word` is none of them, and which one it may be a slip for.
    pub fn unknown(&self, word: &str) -> Error {
        let quoted: Vec<String> = self
            .allowed
            .iter()
            .map(|allowed| format!("'{allowed}'"))
            .collect();
        let meant =
            closest(word, self.allowed).map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
        Error::parameter(
            self.argument,
            format!("one of {}", quoted.join(", ")),
            format!("'{word}'{meant}"),
        )
    }
}

/// The allowed word that `word` is most likely a slip for: fewest characters to insert, delete, replace or swap with their neighbour
/// (capitals, blanks and dashes apart), at most one in three; the first of several. `None` where none is that near.
pub fn closest<'a>(word: &str, allowed: &[&'a str]) -> Option<&'a str> {
    let wanted: Vec<char> = word
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, ' ' | '-') { '_' } else { c })
        .collect();
    allowed
        .iter()
        .map(|&candidate| {
            let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
            (
                slips(&wanted, &letters),
                wanted.len().max(letters.len()),
                candidate,
            )
        })
        .filter(|&(slips, length, _)| 3 * slips <= length)
        .min_by_key(|&(slips, ..)| slips)
        .map(|(.., candidate)| candidate)
}

/// Edit distance with swaps of neighbours (optimal string alignment).
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Declares an enum of words; see [`crate::words`].
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident as $argument:literal {
        $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name { $($(#[$doc])* $variant),+ }

        $crate::word_functions!($name as $argument { $($variant = $word),+ });
    };
}

/// What [`words!`](crate::words!) gives an enum, for enums that another macro declares.
#[macro_export]
macro_rules! word_functions {
    ($name:ident as $argument:literal { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// All of them, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The words as data.
            pub const WORDS: $crate::words::Words = $crate::words::Words {
                path: concat!(module_path!(), "::", stringify!($name)),
                argument: $argument,
                allowed: &[$($word),+],
            };

            /// The word that users write and see.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;

            fn from_str(word: &str) -> std::result::Result<Self, $crate::Error> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(Self::WORDS.unknown(word)),
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_with_swaps() {
        let count = |a: &str, b: &str| {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            slips(&chars(a), &chars(b))
        };
        for (a, b, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("holm", "holm", 0),
            ("holm", "hlom", 1),
            ("kitten", "sitting", 3),
            // A swapped pair is not edited again: 3 where unrestricted Damerau–Levenshtein has 2.
            ("ca", "abc", 3),
        ] {
            assert_eq!((count(a, b), count(b, a)), (expected, expected), "{a} {b}");
        }
    }

    #[test]
    fn only_a_near_word_is_meant() {
        let allowed = ["bh", "holm", "bonferroni"];
        for (word, near) in [
            ("Holm", Some("holm")),
            ("hloms", None),
            ("bonferoni", Some("bonferroni")),
            ("BH", Some("bh")),
            ("fdr", None),
            ("", None),
        ] {
            assert_eq!(closest(word, &allowed), near, "{word}");
        }
        assert_eq!(
            closest("log likelihood", &["log_likelihood"]),
            Some("log_likelihood")
        );
        assert_eq!(closest("x", &[]), None);
    }
}
