//! Script conversion on the sample data: OpenCC's own cases, parallel sentences, the gold documents, clean texts.

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
    let mut failed = Vec::new();
    let mut total = 0;
    for row in rows(&data.join("conversion/opencc_cases.tsv")) {
        let to = match row[1].as_str() {
            "s2t" => Script::Traditional,
            "t2s" => Script::Simplified,
            _ => continue,
        };
        total += 1;
        let got = convert(&row[2], to);
        if got != row[3] {
            failed.push(format!(
                "{} {}\n  in  {}\n  out {got}\n  exp {}",
                row[0], row[1], row[2], row[3]
            ));
        }
    }
    println!("{} of {total} failed\n{}", failed.len(), failed.join("\n"));
    assert!(failed.len() < 1);
}

#[test]
fn parallel_sentences() {
    let Some(data) = shared() else { return };
    for (to, from_column, to_column) in [(Script::Simplified, 2, 3), (Script::Traditional, 3, 2)] {
        let (mut same, mut all, mut exact, mut n) = (0, 0, 0, 0);
        for row in rows(&data.join("conversion/ud_gsd_trad_simp.dev.tsv")) {
            let got = convert(&row[from_column], to);
            let expected = &row[to_column];
            n += 1;
            exact += usize::from(&got == expected);
            let diff: Vec<String> = got
                .chars()
                .zip(expected.chars())
                .filter(|(a, b)| a != b)
                .map(|(a, b)| format!("{a}/{b}"))
                .collect();
            if !diff.is_empty() {
                println!(
                    "{} {}",
                    diff.join(" "),
                    if to == Script::Simplified {
                        expected.as_str()
                    } else {
                        ""
                    }
                );
            }
            all += expected.chars().count();
            same += got.chars().zip(expected.chars()).filter(|(a, b)| a == b).count();
        }
        println!("{to:?}: {exact} of {n} sentences, {same} of {all} characters");
    }
    assert!(false);
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
        assert_eq!(edits(&text, Script::Simplified), [], "{name}");
    }
    let mut files: Vec<_> = fs::read_dir(data.join("workreports/state_council"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let found = edits(&text, Script::Simplified);
        if found.is_empty() {
            continue;
        }
        println!("{} {}", file.file_stem().unwrap().display(), found.len());
        for e in found.iter().take(12) {
            let ctx: String = text[..e.start]
                .chars()
                .rev()
                .take(8)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            let post: String = text[e.end..].chars().take(8).collect();
            println!("   {ctx}[{}→{}]{post}", &text[e.start..e.end], e.replacement);
        }
    }
    assert!(false);
}
