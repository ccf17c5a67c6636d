//! What a document shows about inserted readings, and the gates: from when on it counts as damaged.

use serde::{Deserialize, Serialize};

/// At least this many annotations.
pub const LEAST_MATCHES: usize = 10;
/// At least this many annotations in 100 Han characters.
pub const LEAST_PER_100_HAN: f64 = 2.0;
/// At least this many annotated characters that occur twice or more.
pub const LEAST_REPEATED_TYPES: usize = 3;
/// At least this share of the occurrences of those characters is annotated.
pub const LEAST_COVERAGE: f64 = 0.9;
/// At least this share of the annotated characters lies outside GB 2312.
pub const LEAST_OUTSIDE_GB2312: f64 = 0.9;

/// At least this many annotated words.
pub const LEAST_WORDS: usize = 10;
/// At least this many annotated words in 100 Han characters.
pub const LEAST_WORDS_PER_100_HAN: f64 = 2.0;
/// At least this many of them that occur twice or more.
pub const LEAST_REPEATED_WORDS: usize = 3;
/// At least this share of the occurrences of those words is annotated.
pub const LEAST_WORD_COVERAGE: f64 = 0.6;
/// At most so many annotated characters of GB 2312 for each annotated word.
pub const MOST_SINGLES: f64 = 0.2;

/// What the document shows about inserted readings, and what was done.
///
/// A gloss helps with rare characters: few, at first mention, simplified, with the reading that fits. A primer annotates
/// nearly every character, with readings that vary. The damage lies between: common characters, only those that
/// simplified text does not have, at each occurrence, always with the same reading.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// Han characters of the document.
    pub han: usize,
    /// Annotations: a Han character and one of its readings in parentheses.
    pub matches: usize,
    /// Different characters among them.
    pub types: usize,
    /// Those that occur at least twice.
    pub repeated_types: usize,
    /// Share of the occurrences of those that is annotated; 0 without any.
    pub coverage: f64,
    /// Share of the annotations on characters outside GB 2312; 0 without any.
    pub outside_gb2312: f64,
    /// Characters that carry more than one reading.
    pub ambiguous_types: usize,
    /// Whether annotations were taken out.
    pub removed: bool,
    /// Annotations between two characters and shifted runs that were repaired.
    pub residues_repaired: usize,
    /// Annotated words: two or more Han characters and their readings in parentheses.
    pub word_matches: usize,
    /// Different ones among them that occur at least twice.
    pub repeated_words: usize,
    /// Share of the occurrences of those that is annotated; 0 without any.
    pub word_coverage: f64,
    /// Whether readings of words were taken out.
    pub words_removed: bool,
    /// Such traces that are left: `?r)` without `(`, marks behind which a run is one byte off, and private-use characters.
    pub residues_left: usize,
}

impl Evidence {
    /// Annotations in 100 Han characters.
    pub fn per_100_han(&self) -> f64 {
        if self.han == 0 {
            0.0
        } else {
            100.0 * self.matches as f64 / self.han as f64
        }
    }

    /// The gate: all thresholds for characters, and one reading a character.
    pub fn passes(&self) -> bool {
        self.matches >= LEAST_MATCHES
            && self.per_100_han() >= LEAST_PER_100_HAN
            && self.repeated_types >= LEAST_REPEATED_TYPES
            && self.coverage >= LEAST_COVERAGE
            && self.ambiguous_types == 0
            && self.outside_gb2312 >= LEAST_OUTSIDE_GB2312
    }

    /// The gate for readings of whole words: all thresholds for words.
    pub fn words_pass(&self) -> bool {
        let words = self.word_matches as f64;
        let singles = self.matches as f64 * (1.0 - self.outside_gb2312);
        self.word_matches >= LEAST_WORDS
            && 100.0 * words >= LEAST_WORDS_PER_100_HAN * self.han as f64
            && self.repeated_words >= LEAST_REPEATED_WORDS
            && self.word_coverage >= LEAST_WORD_COVERAGE
            && singles <= MOST_SINGLES * words
    }
}
