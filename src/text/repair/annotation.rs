//! `協(xié)商` → `協商`: inserted readings, and the test by which a document counts as damaged.

use serde::{Deserialize, Serialize};

use super::super::edit::{Edit, EditKind};
use super::super::han::is_han;
use super::super::places::Places;
use super::gbk::in_gb2312;
use super::pinyin::{List, is_reading, syllable};
use super::residue;
use super::words::{
    self, LEAST_REPEATED_WORDS, LEAST_WORD_COVERAGE, LEAST_WORDS, LEAST_WORDS_PER_100_HAN, MOST_SINGLES,
};

crate::words! {
    /// Whether inserted readings are taken out.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Pinyin as "pinyin" {
        /// Where the document passes the gate ([`Evidence::passes`]).
        #[default]
        Auto = "auto",
        /// Always: also the readings of a teaching text.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

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

    /// The gate: all thresholds of this module, and one reading a character.
    pub fn passes(&self) -> bool {
        self.matches >= LEAST_MATCHES
            && self.per_100_han() >= LEAST_PER_100_HAN
            && self.repeated_types >= LEAST_REPEATED_TYPES
            && self.coverage >= LEAST_COVERAGE
            && self.ambiguous_types == 0
            && self.outside_gb2312 >= LEAST_OUTSIDE_GB2312
    }

    /// The gate for readings of whole words: all thresholds of [`words`].
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

/// `(` or `（` at `i` with a reading of `base` in it: the syllable and the index behind the closing parenthesis.
fn annotation(chars: &Places<'_>, i: usize, base: char) -> Option<(String, usize)> {
    if !matches!(chars.at(i), Some('(' | '（')) || !is_han(base) {
        return None;
    }
    syllable(chars, i + 1).filter(|(syllable, _)| is_reading(base, syllable))
}

fn survey(chars: &Places<'_>) -> (Evidence, List) {
    let mut list = List::new();
    let mut evidence = Evidence::default();
    for i in 0..chars.len() {
        let Some(c) = chars.at(i).filter(|c| is_han(*c)) else {
            continue;
        };
        evidence.han += 1;
        if let Some((syllable, _)) = annotation(chars, i + 1, c) {
            evidence.matches += 1;
            evidence.outside_gb2312 += f64::from(u8::from(!in_gb2312(c)));
            let entry = list.entry(c).or_default();
            entry.times += 1;
            if !entry.readings.contains(&syllable) {
                entry.readings.push(syllable);
            }
        }
    }
    if evidence.matches == 0 {
        return (evidence, list);
    }
    for i in 0..chars.len() {
        if let Some(entry) = chars.at(i).and_then(|c| list.get_mut(&c)) {
            entry.total += 1;
        }
    }
    let repeated = || list.values().filter(|a| a.total >= 2);
    let (annotated, total) = repeated().fold((0, 0), |(a, t), e| (a + e.times, t + e.total));
    evidence.types = list.len();
    evidence.repeated_types = repeated().count();
    evidence.coverage = annotated as f64 / total.max(1) as f64;
    evidence.outside_gb2312 /= evidence.matches as f64;
    evidence.ambiguous_types = list.values().filter(|a| a.readings.len() > 1).count();
    (evidence, list)
}

/// Whether the damage annotates this character. Characters of GB 2312 are no part of it, so a reading behind one of them
/// is the writer's gloss, unless the document gives it each time.
fn is_listed(list: &List, c: char) -> bool {
    !in_gb2312(c)
        || list
            .get(&c)
            .is_some_and(|a| a.total >= 2 && a.times as f64 >= LEAST_COVERAGE * a.total as f64)
}

/// Edits of kinds `PinyinAnnotation`, `FalseAnnotation` and `ByteShift`, and the evidence for them.
pub fn edits(text: &str, mode: Pinyin) -> (Vec<Edit>, Evidence) {
    // Both the annotations and their traces end in a parenthesis; private-use characters are counted below.
    if !text.contains([')', '）']) {
        let evidence = Evidence {
            han: text.chars().filter(|c| is_han(*c)).count(),
            residues_left: text.chars().filter(|c| is_private(*c)).count(),
            ..Evidence::default()
        };
        return (Vec::new(), evidence);
    }
    let chars = Places::new(text);
    let (mut evidence, list) = survey(&chars);
    let words = words::survey(&chars, &mut evidence);
    (evidence.removed, evidence.words_removed) = match mode {
        Pinyin::Auto => (evidence.passes(), evidence.words_pass()),
        Pinyin::Always => (evidence.matches > 0, evidence.word_matches > 0),
        Pinyin::Never => (false, false),
    };
    let mut edits = Vec::new();
    let mut before: Option<char> = None;
    // Up to where a run lies that could not be read again: a `?` in it is a lost pair and no mark.
    let mut torn_to = 0;
    let mut i = 0;
    while let Some(c) = chars.at(i) {
        let start = chars.byte(i);
        if let Some((base, (_, end))) = before
            .filter(|_| evidence.removed)
            .and_then(|base| Some((base, annotation(&chars, i, base)?)))
            && (mode == Pinyin::Always || is_listed(&list, base))
        {
            edits.push(Edit::delete(start, chars.byte(end), EditKind::PinyinAnnotation));
            i = end;
            continue;
        }
        if evidence.words_removed
            && let Some(end) = words.end_at(&chars, i, mode == Pinyin::Always)
        {
            edits.push(Edit::delete(start, chars.byte(end), EditKind::PinyinAnnotation));
            i = end;
            continue;
        }
        if residue::event(&chars, i).is_some() {
            let found = before
                .filter(|_| evidence.removed)
                .and_then(|base| residue::false_annotation(&chars, i, base, &list));
            if let Some(found) = found {
                let mut edit = Edit::new(
                    start,
                    chars.byte(found.end),
                    found.text,
                    EditKind::FalseAnnotation,
                );
                edit.certain = found.certain;
                before = edit.replacement.chars().last();
                edits.push(edit);
                evidence.residues_repaired += 1;
                i = found.end;
                continue;
            }
            evidence.residues_left += 1;
        }
        if evidence.removed
            && residue::mark_byte(c).is_some()
            && (c != '?' || i >= torn_to)
            && let Some(shift) = residue::byte_shift(&chars, i, &list)
        {
            let mut lost = Edit::new(
                chars.byte(shift.lost_from),
                chars.byte(shift.from),
                shift.lost,
                EditKind::ByteShift,
            );
            lost.certain = false;
            before = shift.text.chars().last();
            let mut run = Edit::new(
                chars.byte(shift.from),
                chars.byte(shift.end),
                shift.text,
                EditKind::ByteShift,
            );
            run.certain = shift.certain;
            edits.push(lost);
            edits.push(run);
            evidence.residues_repaired += 1;
            i = shift.end;
            continue;
        }
        let torn = evidence.removed && residue::mark_byte(c).is_some() && residue::is_torn(&chars, i);
        if torn {
            torn_to = i + residue::LONGEST_TORN;
        }
        evidence.residues_left += usize::from(torn || is_private(c));
        before = Some(c);
        i += 1;
    }
    (edits, evidence)
}

fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::super::super::edit::apply;
    use super::*;

    #[test]
    fn single_glosses_stay() {
        for text in [
            "协(xié)同发展",
            "亳(bó)州的会(huì)计(jì)",
            "PM2.5(细颗粒物)，GDP(国内生产总值)，“1+7”，第(一)条，市(州)，f(x)，方案(a)，拼音(pīnyīn)",
        ] {
            let (edits, evidence) = edits(text, Pinyin::Auto);
            assert!(edits.is_empty() && !evidence.removed, "{text}");
        }
    }

    #[test]
    fn the_user_may_insist() {
        let text = "协(xié)同发展，方案(a)。";
        let (found, evidence) = edits(text, Pinyin::Always);
        assert_eq!(apply(text, &found).as_deref(), Ok("协同发展，方案(a)。"));
        assert!(evidence.removed && evidence.matches == 1);
    }
}
