//! `協(xié)商` → `協商`: inserted readings, and the test by which a document counts as damaged.

use serde::{Deserialize, Serialize};

use super::super::edit::{Edit, EditKind};
use super::super::han::is_han;
use super::super::places::Places;
use super::evidence::{Evidence, LEAST_COVERAGE};
use super::gbk::in_gb2312;
use super::pinyin::{List, is_reading, syllable};
use super::residue;
use super::words;

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
