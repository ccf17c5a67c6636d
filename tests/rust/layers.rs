//! Imports point downwards, and modules do not go round in circles: read from the sources, `use` lines and paths in the code alike.
//!
//! A topic is a file with its folder: `x.rs` and `x/…` (or `x/mod.rs`). The file puts its rooms together, and a room may use what its own
//! file, or one further up the same path, declares: their order is plain, whoever is named by whom, so that a use of an ancestor is no
//! edge. All other uses are: between the rooms of a topic, and between topics. None of them may close a circle. A name that a
//! module only passes on (`pub use`) counts as a use of the module that it comes from. Tests inside the files are not read for circles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Floor of each module of the crate.
const FLOORS: [(&str, u8); 13] = [
    ("error", 0),
    ("lists", 0),
    ("num", 0),
    ("registry", 0),
    ("run", 0),
    ("words", 0),
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

/// A path in the code of a module, from the root of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// Its segments, such as `["stats", "contingency", "Table"]`.
    path: Vec<String>,
    /// The name that a `use` gives it here; `None` for a path inside the code.
    alias: Option<String>,
    /// Whether it stands in a module `tests` inside the file.
    in_tests: bool,
}

/// Every path of the module with this path, e.g. `["stats", "measures"]`, that begins with `crate`, `self`, `super`, or one of `children`, the
/// modules that it declares; of a `use` with braces each branch.
fn paths(source: &str, module: &[&str], children: &[&str]) -> Vec<Found> {
    let tokens = tokens(&code(source));
    let word = |i: usize| tokens.get(i).map_or("", String::as_str);
    let path_sep = |i: usize| word(i) == ":" && word(i + 1) == ":";
    let mut found = Vec::new();
    // Inline modules around the place, each with the number of braces around its own.
    let mut inline: Vec<(&str, usize)> = Vec::new();
    let mut braces = 0;
    let mut in_use = false;
    let mut i = 0;
    while i < tokens.len() {
        match word(i) {
            "mod" if word(i + 2) == "{" => inline.push((word(i + 1), braces)),
            "use" => in_use = true,
            ";" => in_use = false,
            "{" => braces += 1,
            "}" => {
                braces = braces.saturating_sub(1);
                inline.retain(|&(_, around)| around < braces);
            }
            _ => {}
        }
        let begins = path_sep(i + 1) && !(i >= 2 && path_sep(i - 2));
        let here = || module.iter().copied().chain(inline.iter().map(|(name, _)| *name));
        let mut base: Vec<String> = here().map(str::to_owned).collect();
        let at = match word(i) {
            "crate" | "duizhao" if begins => {
                base.clear();
                i + 3
            }
            "self" if begins => i + 3,
            "super" if begins => {
                let mut at = i;
                while word(at) == "super" && path_sep(at + 1) {
                    base.pop();
                    at += 3;
                }
                at
            }
            name if begins && inline.is_empty() && children.contains(&name) => i,
            _ => {
                i += 1;
                continue;
            }
        };
        let mut branches = Vec::new();
        let end = branch(&tokens, at, &base, &mut branches);
        let in_tests = inline.iter().any(|(name, _)| *name == "tests");
        found.extend(branches.into_iter().map(|(path, name)| Found {
            path,
            alias: name.filter(|_| in_use),
            in_tests,
        }));
        i = end.max(i + 1);
    }
    found
}

/// Reads one branch of a path from the token `at`, `base` before it: each path with the name that it gets, and the token behind.
fn branch(
    tokens: &[String],
    mut at: usize,
    base: &[String],
    found: &mut Vec<(Vec<String>, Option<String>)>,
) -> usize {
    let word = |i: usize| tokens.get(i).map_or("", String::as_str);
    let mut path = base.to_vec();
    loop {
        match word(at) {
            "{" => {
                at += 1;
                while !matches!(word(at), "}" | "") {
                    at = branch(tokens, at, &path, found);
                    // A comma, or whatever this reader does not know.
                    if word(at) != "}" {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "self" => {}
            name if name.chars().next().is_some_and(is_word) => path.push(name.to_owned()),
            _ => break,
        }
        at += 1;
        if word(at) != ":" || word(at + 1) != ":" {
            break;
        }
        at += 2;
    }
    let mut name = path.last().cloned();
    if word(at) == "as" {
        name = Some(word(at + 1).to_owned());
        at += 2;
    }
    found.push((path, name));
    at
}

/// First segments of the paths of a module.
fn imports(source: &str, module: &[&str]) -> BTreeSet<String> {
    paths(source, module, &[])
        .into_iter()
        .filter_map(|found| found.path.into_iter().next())
        .collect()
}

type Module = Vec<String>;

/// Which modules each module uses, by the rule at the head of this file.
fn uses(sources: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let read: BTreeMap<&Module, Vec<Found>> = sources
        .iter()
        .map(|(module, source)| {
            let name: Vec<&str> = module.iter().map(String::as_str).collect();
            let children: Vec<&str> = sources
                .keys()
                .filter(|other| other.len() == module.len() + 1 && other.starts_with(module))
                .filter_map(|other| other.last().map(String::as_str))
                .collect();
            let found = paths(source, &name, &children);
            (module, found.into_iter().filter(|f| !f.in_tests).collect())
        })
        .collect();
    // The module that a path names, through names that modules pass on.
    let resolve = |path: &[String]| -> Option<Module> {
        let mut path = path.to_vec();
        for _ in 0..8 {
            let depth = (0..=path.len())
                .rev()
                .find(|&n| sources.contains_key(&path[..n]))?;
            let passed_on = path.get(depth).and_then(|name| {
                let names = read.get(&path[..depth].to_vec())?;
                let same = names
                    .iter()
                    .find(|f| f.alias.as_ref() == Some(name) && f.path != path[..=depth])?;
                Some([same.path.as_slice(), &path[depth + 1..]].concat())
            });
            match passed_on {
                Some(further) => path = further,
                None => return Some(path[..depth].to_vec()),
            }
        }
        None
    };
    read.iter()
        .map(|(&module, found)| {
            let used = found
                .iter()
                .filter_map(|f| resolve(&f.path))
                .filter(|other| !module.starts_with(other))
                .collect();
            (module.clone(), used)
        })
        .collect()
}

/// The circles of a graph: sets of nodes that reach one another (strongly connected components of more than one node).
fn circles(graph: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<Vec<Module>> {
    let reached = |from: &Module| {
        let mut seen: BTreeSet<&Module> = BTreeSet::new();
        let mut open: Vec<&Module> = graph.get(from).into_iter().flatten().collect();
        while let Some(node) = open.pop() {
            if seen.insert(node) {
                open.extend(graph.get(node).into_iter().flatten());
            }
        }
        seen
    };
    let reach: BTreeMap<&Module, BTreeSet<&Module>> =
        graph.keys().map(|node| (node, reached(node))).collect();
    let mut found: Vec<Vec<Module>> = Vec::new();
    for (node, seen) in &reach {
        if !seen.contains(node) || found.iter().flatten().any(|other| other == *node) {
            continue;
        }
        let around = seen
            .iter()
            .filter(|other| reach.get(*other).is_some_and(|back| back.contains(node)));
        found.push(around.map(|&other| other.clone()).collect());
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

pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
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
pub(crate) fn module_path(path: &Path, src: &Path) -> Vec<String> {
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
            // `crate::Error`, `crate::Result` and the macros of floor 0.
            let below = match floor(&import) {
                Some(floor) => floor < own || import == home || (own == 0 && floor == 0),
                None => matches!(import.as_str(), "Error" | "Result" | "list" | "word_functions"),
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
fn modules_make_no_circles() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read: BTreeMap<Module, String> = sources(&src)
        .iter()
        .map(|path| (module_path(path, &src), std::fs::read_to_string(path).unwrap()))
        .filter(|(module, _)| module.last().is_none_or(|last| last != "tests"))
        .collect();
    let graph = uses(&read);
    let shown: Vec<String> = circles(&graph)
        .iter()
        .map(|circle| {
            let arrows = circle.iter().flat_map(|from| {
                let inside = graph[from].iter().filter(|to| circle.contains(to));
                inside.map(|to| format!("{} -> {}", from.join("::"), to.join("::")))
            });
            arrows.collect::<Vec<_>>().join(", ")
        })
        .collect();
    assert!(shown.is_empty(), "circles:\n{}", shown.join("\n"));
    // The reader sees what is there.
    let module = |path: &str| -> Module { path.split("::").map(str::to_owned).collect() };
    for (from, to) in [
        ("stats::effect", "stats::parameters"),
        ("stats::measures", "stats::effect"),
        ("text::clean", "text::repair::annotation"),
        ("discourse::number::hedge", "text::han"),
        ("python::keyness", "analysis::keyness"),
    ] {
        assert!(
            graph[&module(from)].contains(&module(to)),
            "no use of {to} found in {from}"
        );
    }
}

#[test]
fn the_reader_sees_circles() {
    let crate_of = |files: &[(&str, &str)]| -> BTreeMap<Module, String> {
        files
            .iter()
            .map(|(path, source)| {
                (
                    path.split("::").map(str::to_owned).collect(),
                    (*source).to_owned(),
                )
            })
            .collect()
    };
    let shown = |files: &[(&str, &str)]| -> Vec<String> {
        circles(&uses(&crate_of(files)))
            .iter()
            .map(|circle| circle.iter().map(|m| m.join("::")).collect::<Vec<_>>().join(" "))
            .collect()
    };
    // Two files that use each other, by a `use` and by a path in the code.
    assert_eq!(
        shown(&[
            ("stats", "pub mod a; pub mod b;"),
            ("stats::a", "use super::b::B; fn f(b: B) {}"),
            ("stats::b", "fn g() { crate::stats::a::f() }"),
        ]),
        ["stats::a stats::b"]
    );
    // Three in a ring, one arrow hidden in braces, one behind a name that the parent passes on.
    assert_eq!(
        shown(&[
            ("x", "mod a; mod b; mod c; pub use c::{C as Passed, d};"),
            ("x::a", "use super::{b::{self, B}, e};"),
            ("x::b", "use super::Passed;"),
            ("x::c", "use crate::x::a; "),
        ]),
        ["x::a x::b x::c"]
    );
    // A file and its rooms are one topic; the rooms among themselves are not.
    assert!(
        shown(&[
            ("x", "mod a; mod b; use a::A; fn f() { b::g() } pub struct X;"),
            ("x::a", "use super::X;"),
            ("x::b", "use super::X; use super::a::A;"),
        ])
        .is_empty()
    );
    // But a way round through a room is one.
    assert_eq!(
        shown(&[
            ("x", "mod a; fn f() { a::g() }"),
            ("x::a", "use crate::y::Y;"),
            ("y", "use crate::x::f;"),
        ]),
        ["x x::a y"]
    );
    // Comments, strings and tests make none.
    assert!(
        shown(&[
            ("a", "use crate::b::B;"),
            (
                "b",
                "// crate::a::A\nlet s = \"crate::a::A\"; #[cfg(test)] mod tests { use crate::a::A; }"
            ),
        ])
        .is_empty()
    );
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
        "corpus stats"
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
