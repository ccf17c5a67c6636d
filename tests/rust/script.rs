//! Script conversion on the sample data: `OpenCC`'s own cases, parallel sentences, the gold documents, clean texts.

use std::fs;

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

#[test]
fn opencc_cases() {
    let Some(data) = shared() else { return };
    let (mut passed, mut total) = (0, 0);
    for row in rows(&data.join("conversion/opencc_cases.tsv")) {
        let to = match row[1].as_str() {
            "s2t" => Script::Traditional,
            "t2s" => Script::Simplified,
            _ => continue,
        };
        total += 1;
        passed += usize::from(convert(&row[2], to) == row[3]);
    }
    // The cases are those of a later edition of the data than the crate carries; most of the others are names and
    // rare words that were added since.
    println!("{passed} of {total} cases");
    assert_eq!(total, 151);
    assert!(passed >= 88, "{passed} of {total}");
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
