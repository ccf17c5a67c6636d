//! Rules of the house that the sources are read for.

use std::fs;
use std::path::{Path, PathBuf};

/// Most lines of a file, its tests not counted.
const MOST_LINES: usize = 500;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Lines before the module of tests, which stands last in a file.
fn lines_without_tests(source: &str) -> usize {
    let lines: Vec<&str> = source.lines().collect();
    lines
        .iter()
        .position(|line| *line == "#[cfg(test)]")
        .unwrap_or(lines.len())
}

/// A file may be longer where the documentation at its head says why, in a sentence with these words.
fn says_why(source: &str) -> bool {
    let head: String = source
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .collect();
    head.contains("longer than 500 lines because")
}

#[test]
fn files_are_short_or_say_why_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 100, "the sources were found");
    let long: Vec<String> = files
        .iter()
        .filter(|path| !path.starts_with(root.join("lists")))
        .filter_map(|path| {
            let source = fs::read_to_string(path).unwrap();
            let lines = lines_without_tests(&source);
            (lines > MOST_LINES && !says_why(&source)).then(|| format!("{}: {lines}", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "more than {MOST_LINES} lines: {long:#?}");
}

#[test]
fn lines_are_counted_up_to_the_tests() {
    assert_eq!(lines_without_tests("//! a\nfn b() {}\n"), 2);
    assert_eq!(lines_without_tests("//! a\n#[cfg(test)]\nmod tests {\n}\n"), 1);
    assert!(says_why(
        "//! A table; longer than 500 lines because it is one table.\n"
    ));
    assert!(!says_why("//! A table.\n// longer than 500 lines because\n"));
}
