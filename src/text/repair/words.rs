//! `质量(zhìliàng)可靠` → `质量可靠`: readings of whole words, and the test by which a document counts as damaged by them.
//!
//! Some sites write the reading of a word behind it. A writer's gloss is given once, at first mention; a primer annotates
//! single characters as well, 的 and 了 too. The damage comes back at most occurrences of a word and leaves single
//! characters of simplified text alone.

use std::collections::BTreeMap;

use super::super::places::Places;
use super::evidence::Evidence;
use super::gbk::is_common;
use super::pinyin::word;

/// The annotated words of a document.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Index of the opening parenthesis, index behind the closing one, the word.
    found: Vec<(usize, usize, String)>,
    /// How often each word is annotated.
    times: BTreeMap<String, usize>,
}

impl Words {
    /// The end of the annotation that begins at `i` and is to be taken out: all of them, or all but the glosses.
    pub(super) fn end_at(&self, chars: &Places<'_>, i: usize, all: bool) -> Option<usize> {
        let at = self.found.binary_search_by_key(&i, |found| found.0).ok()?;
        let (open, end, word) = self.found.get(at)?;
        // A name, or a word with a rare character, that is read out once.
        let named = chars.at(open + 1).is_some_and(char::is_uppercase) || !word.chars().all(is_common);
        let gloss = named && self.times.get(word) == Some(&1);
        (all || !gloss).then_some(*end)
    }
}

/// Finds the annotated words and enters what they show into the evidence.
pub(super) fn survey(chars: &Places<'_>, evidence: &mut Evidence) -> Words {
    let mut words = Words::default();
    let mut i = 0;
    while i < chars.len() {
        let Some((n, end)) = word(chars, i) else {
            i += 1;
            continue;
        };
        let text = chars.slice(i - n..i).to_owned();
        *words.times.entry(text.clone()).or_default() += 1;
        words.found.push((i, end, text));
        i = end;
    }
    evidence.word_matches = words.found.len();
    if words.found.is_empty() {
        return words;
    }
    let page = chars.slice(0..chars.len());
    let (mut annotated, mut total) = (0, 0);
    for (word, times) in &words.times {
        let occurs = page.matches(word.as_str()).count();
        if occurs >= 2 {
            evidence.repeated_words += 1;
            annotated += times;
            total += occurs;
        }
    }
    evidence.word_coverage = annotated as f64 / total.max(1) as f64;
    words
}

#[cfg(test)]
mod tests {
    use super::super::super::edit::apply;
    use super::super::annotation::{Pinyin, edits};

    fn repaired(text: &str, mode: Pinyin) -> (String, bool) {
        let (found, evidence) = edits(text, mode);
        (apply(text, &found).unwrap_or_default(), evidence.words_removed)
    }

    #[test]
    fn words_that_come_back_are_damage() {
        for (damaged, clean) in [
            (
                "提高质量(zhìliàng)和管理(guǎnlǐ)水平(shuǐpíng)。质量(zhìliàng)要管理(guǎnlǐ)，水平(shuǐpíng)看质量(zhìliàng)，\
                 管理(guǎnlǐ)出水平(shuǐpíng)，企业(qǐyè)重质量(zhìliàng)。",
                "提高质量和管理水平。质量要管理，水平看质量，管理出水平，企业重质量。",
            ),
            (
                "协商（xiéshāng）民主（mínzhǔ）是制度（zhìdù）。坚持协商（xiéshāng）民主（mínzhǔ），完善制度（zhìdù），\
                 广泛协商（xiéshāng），发扬民主（mínzhǔ），健全制度（zhìdù），办公室（bàngōngshì）负责。",
                "协商民主是制度。坚持协商民主，完善制度，广泛协商，发扬民主，健全制度，办公室负责。",
            ),
        ] {
            assert_eq!(repaired(damaged, Pinyin::Auto), (clean.to_owned(), true));
            assert_eq!(repaired(damaged, Pinyin::Never).0, damaged);
        }
    }

    #[test]
    fn glosses_and_primers_stay() {
        for text in [
            "亳州(Bózhōu)在安徽，蚌埠(Bèngbù)也在，六安(Lù'ān)也是。",
            "生词：质量(zhìliàng)、管理(guǎnlǐ)、水平(shuǐpíng)、企业(qǐyè)、协商(xiéshāng)、民主(mínzhǔ)、制度(zhìdù)、\
             会议(huìyì)、代表(dàibiǎo)、委员(wěiyuán)、工作(gōngzuò)。",
            "我(wǒ)的(de)学校(xuéxiào)很(hěn)大(dà)，学校(xuéxiào)里(lǐ)有(yǒu)老师(lǎoshī)和(hé)学生(xuéshēng)。老师(lǎoshī)教(jiāo)\
             学生(xuéshēng)，学生(xuéshēng)爱(ài)老师(lǎoshī)，学校(xuéxiào)爱(ài)学生(xuéshēng)。我(wǒ)爱(ài)学校(xuéxiào)，\
             爱(ài)老师(lǎoshī)。",
        ] {
            assert_eq!(repaired(text, Pinyin::Auto), (text.to_owned(), false));
        }
        let (all, _) = repaired("亳州(Bózhōu)的质量(zhìliàng)", Pinyin::Always);
        assert_eq!(all, "亳州的质量");
    }

    #[test]
    fn a_gloss_inside_a_damaged_text_stays() {
        let damaged = "质量(zhìliàng)管理(guǎnlǐ)水平(shuǐpíng)".repeat(4) + "在亳州(Bózhōu)";
        assert_eq!(
            repaired(&damaged, Pinyin::Auto).0,
            "质量管理水平".repeat(4) + "在亳州(Bózhōu)"
        );
    }
}
