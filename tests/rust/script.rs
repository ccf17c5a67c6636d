//! Script conversion on the sample data: `OpenCC`'s own cases, parallel sentences, the gold documents, clean texts.

use std::fs;

use duizhao::text::edit::apply;
use duizhao::text::script::{Script, convert, edits};
use proptest::prelude::*;

use crate::shared;

/// Rows of a tab-separated file without quoting, header dropped.
fn rows(path: &std::path::Path) -> Vec<Vec<String>> {
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// A configuration of `OpenCC`, what asks for the same here, how many cases there are and how many come out otherwise: 著 of 慰藉著 becomes 着 (t2s,
/// hk2s), traditional words in a list of simplified ones stay (袷衣 夹衣, t2s), both regions are read at once (機會率 and 機率, tw2sp, hk2sp).
const CONFIGURATIONS: [(&str, Script, bool, usize, usize); 10] = [
    ("t2s", Script::Simplified, false, 55, 2),
    ("tw2s", Script::Simplified, false, 32, 0),
    ("hk2s", Script::Simplified, false, 21, 1),
    ("tw2sp", Script::Simplified, true, 53, 2),
    ("hk2sp", Script::Simplified, true, 8, 1),
    ("s2t", Script::Traditional, false, 96, 0),
    ("s2tw", Script::Taiwan, false, 65, 0),
    ("s2twp", Script::Taiwan, true, 84, 0),
    ("s2hk", Script::HongKong, false, 51, 0),
    ("s2hkp", Script::HongKong, true, 8, 0),
];

#[test]
fn opencc_cases() {
    let Some(data) = shared() else { return };
    let rows = rows(&data.join("conversion/opencc_cases.tsv"));
    for (config, to, regional_words, total, otherwise) in CONFIGURATIONS {
        let cases: Vec<_> = rows.iter().filter(|row| row[1] == config).collect();
        let wrong: Vec<_> = cases
            .iter()
            .filter(|row| apply(&row[2], &edits(&row[2], to, regional_words)).unwrap() != row[3])
            .map(|row| &row[0])
            .collect();
        assert_eq!(cases.len(), total, "{config}");
        assert_eq!(wrong.len(), otherwise, "{config}: {wrong:?}");
    }
}

#[test]
fn parallel_sentences() {
    let Some(data) = shared() else { return };
    // Marks of quotation are not a matter of script here.
    let quotes = |c: char| match c {
        '「' => '“',
        '」' => '”',
        other => other,
    };
    let (mut same, mut all, mut exact) = (0, 0, 0);
    for row in rows(&data.join("conversion/ud_gsd_trad_simp.dev.tsv")) {
        let got: Vec<char> = convert(&row[2], Script::Simplified).chars().map(quotes).collect();
        let expected: Vec<char> = row[3].chars().collect();
        exact += usize::from(got == expected);
        all += expected.len();
        same += got.iter().zip(&expected).filter(|(a, b)| a == b).count();
    }
    println!("{exact} of 500 sentences, {same} of {all} characters");
    assert!(exact >= 495, "{exact}");
    assert!(same * 10_000 >= all * 9_995, "{same} of {all}");
}

#[test]
fn gold_documents() {
    let Some(data) = shared() else { return };
    for name in ["002.txt", "004.txt"] {
        let before = fs::read_to_string(data.join("gold/repaired_traditional").join(name)).unwrap();
        let after = fs::read_to_string(data.join("gold/repaired").join(name)).unwrap();
        assert_eq!(convert(&before, Script::Simplified), after, "{name}");
    }
}

#[test]
fn clean_documents_stay() {
    let Some(data) = shared() else { return };
    for name in ["001_fc8f49a9e3a798f0.txt", "003_40fe75679fcd29a7.txt"] {
        let text = fs::read_to_string(data.join("seeds").join(name)).unwrap();
        assert_eq!(edits(&text, Script::Simplified, false), [], "{name}");
    }
    for entry in fs::read_dir(data.join("workreports/state_council")).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        // Only these three hold traditional characters.
        let expected = ["1954", "1955", "1957"].contains(&file.file_stem().unwrap().to_str().unwrap());
        assert_eq!(
            !edits(&text, Script::Simplified, false).is_empty(),
            expected,
            "{}",
            file.display()
        );
    }
}

proptest! {
    /// Every edit is one character, and conversion to simplified settles at once.
    #[test]
    fn edits_are_single_characters(text in "[说說後后乾干著着里裡，。a\n个個頭头發发𠀀]{0,40}") {
        for &to in Script::ALL {
            let mut done = 0;
            for edit in edits(&text, to, false) {
                prop_assert!(edit.start >= done);
                prop_assert_eq!(text[edit.start..edit.end].chars().count(), 1);
                prop_assert_ne!(&text[edit.start..edit.end], edit.replacement.as_str());
                done = edit.end;
            }
        }
        let once = convert(&text, Script::Simplified);
        prop_assert_eq!(once.chars().count(), text.chars().count());
    }
}
