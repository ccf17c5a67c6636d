//! Page furniture on the sample data.

use std::fs;

use duizhao::text::boilerplate::{PageMetadata, edits};

use crate::shared;

fn read(text: &str) -> (String, PageMetadata, Vec<String>) {
    let (found, metadata) = edits(text);
    let mut body = String::new();
    let mut done = 0;
    let mut taken = Vec::new();
    for edit in &found {
        body.push_str(&text[done..edit.start]);
        taken.push(format!(
            "{:?} {:?}",
            edit.kind,
            text[edit.start..edit.end].chars().take(60).collect::<String>()
        ));
        done = edit.end;
    }
    body.push_str(&text[done..]);
    let body: Vec<_> = body.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    (body.join("\n"), metadata, taken)
}

#[test]
fn look() {
    let Some(data) = shared() else { return };
    let mut files: Vec<_> = Vec::new();
    for folder in [
        "seeds",
        "gold/repaired_traditional",
        "workreports/provincial_2026",
        "workreports/state_council",
    ] {
        let mut f: Vec<_> = fs::read_dir(data.join(folder))
            .unwrap()
            .map(|f| f.unwrap().path())
            .collect();
        f.sort();
        files.extend(f);
    }
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (body, metadata, taken) = read(&text);
        println!("=== {}\n  {metadata:?}", file.file_name().unwrap().display());
        for t in taken {
            println!("  - {t}");
        }
        let first: String = body.chars().take(40).collect();
        let last: Vec<char> = body.chars().rev().take(40).collect();
        println!(
            "  first {first:?}\n  last {:?}",
            last.into_iter().rev().collect::<String>()
        );
    }
    assert!(false);
}
