//! Imports point downwards: read from the sources, `use` lines and paths in the code alike.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Floor of each module of the crate.
const FLOORS: [(&str, u8); 11] = [
    ("error", 0),
    ("lists", 0),
    ("num", 0),
    ("run", 0),
    ("text", 1),
    ("corpus", 2),
    ("stats", 3),
    ("discourse", 3),
    ("reuse", 3),
    ("analysis", 4),
    ("python", 5),
];

fn floor(module: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, floor)| *floor)
}

/// Comments, strings and character literals become blanks, so that only code is read.
fn code(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    while i < chars.len() {
        let rest = &chars[i..];
        let skip = if rest.starts_with(&['/', '/']) {
            rest.iter().position(|&c| c == '\n').unwrap_or(rest.len())
        } else if rest.starts_with(&['/', '*']) {
            (2..rest.len())
                .find(|&j| rest[j - 1] == '*' && rest[j] == '/')
                .map_or(rest.len(), |j| j + 1)
        } else if rest[0] == 'r'
            && rest.get(1).is_some_and(|&c| c == '"' || c == '#')
            && !out.ends_with(is_word)
        {
            let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
            if rest.get(1 + hashes) == Some(&'"') {
                let end: Vec<char> = std::iter::once('"')
                    .chain(std::iter::repeat_n('#', hashes))
                    .collect();
                let start = hashes + 2;
                (start..rest.len())
                    .find(|&j| rest[j..].starts_with(&end))
                    .map_or(rest.len(), |j| j + end.len())
            } else {
                0
            }
        } else if rest[0] == '"' {
            let mut j = 1;
            while j < rest.len() && rest[j] != '"' {
                j += if rest[j] == '\\' { 2 } else { 1 };
            }
            j + 1
        } else if rest.len() > 2 && rest[0] == '\'' && (rest[1] == '\\' || rest[2] == '\'') {
            let from = if rest[1] == '\\' { 3 } else { 2 };
            (from..rest.len()).find(|&j| rest[j] == '\'').map_or(1, |j| j + 1)
        } else {
            0
        };
        if skip == 0 {
            out.push(rest[0]);
            i += 1;
        } else {
            out.push(' ');
            i += skip;
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn tokens(code: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in code.chars() {
        if is_word(c) {
            match found.last_mut() {
                Some(last) if in_word => last.push(c),
                _ => found.push(c.to_string()),
            }
            in_word = true;
        } else {
            in_word = false;
            if !c.is_whitespace() {
                found.push(c.to_string());
            }
        }
    }
    found
}

/// First segments of every `crate::…` path (and of every `super::…` path that climbs to the root) in the code of the module
/// with this path, e.g. `["stats", "measures"]`.
fn imports(source: &str, module: &[&str]) -> BTreeSet<String> {
    let tokens = tokens(&code(source));
    let word = |i: usize| tokens.get(i).map_or("", String::as_str);
    let path_sep = |i: usize| word(i) == ":" && word(i + 1) == ":";
    let mut found = BTreeSet::new();
    // Inline modules around the place, each with the number of braces around its own.
    let mut inline: Vec<(&str, usize)> = Vec::new();
    let mut braces = 0;
    let mut i = 0;
    while i < tokens.len() {
        match word(i) {
            "mod" if word(i + 2) == "{" => inline.push((word(i + 1), braces)),
            "{" => braces += 1,
            "}" => {
                braces = braces.saturating_sub(1);
                inline.retain(|&(_, around)| around < braces);
            }
            _ => {}
        }
        let mut at = i;
        let mut here: Vec<&str> = module.to_vec();
        here.extend(inline.iter().map(|(name, _)| name));
        let rooted = match word(i) {
            "crate" | "duizhao" if path_sep(i + 1) => {
                here.clear();
                at += 3;
                true
            }
            "super" if path_sep(i + 1) => {
                while word(at) == "super" && path_sep(at + 1) {
                    here.pop();
                    at += 3;
                }
                here.is_empty()
            }
            _ => false,
        };
        if rooted {
            let mut depth = 0;
            if word(at) == "{" {
                // The first word of each branch of the outermost braces.
                let mut first = true;
                loop {
                    match word(at) {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        "," if depth == 1 => first = true,
                        "" => break,
                        name if depth == 1 && first => {
                            found.insert(name.to_owned());
                            first = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                    at += 1;
                }
            } else {
                found.insert(word(at).to_owned());
            }
        }
        i = at.max(i) + 1;
    }
    found
}

/// Crates that only the Python floor may name.
fn foreign(source: &str) -> Vec<String> {
    tokens(&code(source))
        .into_iter()
        .filter(|t| matches!(t.as_str(), "pyo3" | "numpy") || t == "polars" || t.starts_with("polars_"))
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// `src/stats/measures.rs` → `["stats", "measures"]`; `src/stats/mod.rs` → `["stats"]`; `src/lib.rs` → `[]`.
fn module_path(path: &Path, src: &Path) -> Vec<String> {
    let relative = path.strip_prefix(src).unwrap().with_extension("");
    let mut parts: Vec<String> = relative
        .components()
        .map(|c| c.as_os_str().to_str().unwrap().to_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

#[test]
fn imports_point_downwards() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut edges = BTreeSet::new();
    let mut wrong = Vec::new();
    for path in sources(&src) {
        let source = std::fs::read_to_string(&path).unwrap();
        let module = module_path(&path, &src);
        let module: Vec<&str> = module.iter().map(String::as_str).collect();
        let Some(&home) = module.first() else { continue };
        let Some(own) = floor(home) else {
            wrong.push(format!(
                "src/{home} has no floor: add it to the list of this test and of lib.rs"
            ));
            continue;
        };
        if home != "python" {
            for name in foreign(&source) {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
        for import in imports(&source, &module) {
            // `crate::Error`, `crate::Result` and `crate::list!` are floor 0.
            let below = match floor(&import) {
                Some(floor) => floor < own || import == home || (own == 0 && floor == 0),
                None => matches!(import.as_str(), "Error" | "Result" | "list"),
            };
            if !below {
                wrong.push(format!("{} (floor {own}) imports {import}", path.display()));
            }
            edges.insert((home.to_owned(), import));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The reader sees what is there: these imports are what the floors are for.
    for (from, to) in [
        ("analysis", "corpus"),
        ("analysis", "stats"),
        ("corpus", "error"),
        ("stats", "error"),
        ("python", "analysis"),
    ] {
        assert!(
            edges.contains(&(from.to_owned(), to.to_owned())),
            "no import of {to} found in {from}"
        );
    }
}

#[test]
fn python_floor_names_its_crates() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/python");
    let named: BTreeSet<String> = sources(&src)
        .iter()
        .flat_map(|path| foreign(&std::fs::read_to_string(path).unwrap()))
        .collect();
    assert!(
        ["numpy", "polars", "pyo3"]
            .iter()
            .all(|name| named.contains(*name)),
        "{named:?}"
    );
}

#[test]
fn the_reader_reads() {
    let found = |source: &str| {
        imports(source, &["stats", "measures"])
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        found("use crate::{error::{Error, Result}, corpus::csr::{self, Csr}, text};"),
        "corpus error text"
    );
    assert_eq!(
        found("fn f() -> crate::corpus::dfm::Dfm { g(<crate::text::Edit>::new()) }"),
        "corpus text"
    );
    assert_eq!(
        found("use super::super::corpus::tokens; use super::contingency::Table;"),
        "corpus"
    );
    assert_eq!(found("use super::super::{text::edit, error};"), "error text");
    assert_eq!(
        found(
            "// crate::corpus\n/* crate::text */ let a = \"crate::text \\\" crate::text\"; let b = r#\"crate::corpus\"#; let c = '\"'; crate::num::x"
        ),
        "num"
    );
    assert_eq!(
        found("pub(in crate::stats) fn f<'a>(x: &'a str) { crate :: run :: Watch }"),
        "run stats"
    );
    assert_eq!(
        foreign("/// polars\nuse polars_core::prelude as p; fn f(x: numpy::X) { pyo3::y() } // pyo3"),
        ["polars_core", "numpy", "pyo3"]
    );
    assert!(foreign("let my_polars = 1; let s = \"polars\";").is_empty());
}
