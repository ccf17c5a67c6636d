//! No enum of words is forgotten in the list that Python asks, and each reads what it writes.

use std::path::Path;

use duizhao::corpus::pattern::ValueType;
use duizhao::stats::adjust::Adjustment;
use duizhao::stats::measures::Measure;

/// Paths of the enums of words that a source declares: `words! { … enum X as "…"` and `word_functions!(X as …`.
fn declared(source: &str, module: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in source
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
    {
        let name = line
            .strip_prefix("pub enum ")
            .filter(|rest| rest.contains(" as \""))
            .or_else(|| line.split_once("word_functions!(").map(|(_, rest)| rest))
            .and_then(|rest| rest.split_once(" as "))
            .map(|(name, _)| name);
        names.extend(
            name.filter(|n| !n.starts_with('$'))
                .map(|n| format!("{module}::{n}")),
        );
    }
    names
}

#[test]
fn python_can_ask_for_all_words() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let list = std::fs::read_to_string(src.join("python/words.rs")).unwrap();
    let mut all = Vec::new();
    for path in super::layers::sources(&src) {
        let module = super::layers::module_path(&path, &src).join("::");
        all.extend(declared(&std::fs::read_to_string(&path).unwrap(), &module));
    }
    assert!(all.len() >= 35, "{all:?}");
    let missing: Vec<_> = all
        .iter()
        .filter(|name| !list.contains(&format!(" {name}::WORDS,")))
        .collect();
    assert!(missing.is_empty(), "not in src/python/words.rs: {missing:?}");
}

#[test]
fn declarations_are_seen() {
    let source = "crate::words! {\n    /// Doc.\n    pub enum A as \"a\" {\n}\n// pub enum B as \"b\"\nword_functions!(C as \"c\" {\npub enum D {";
    assert_eq!(declared(source, "m::n"), ["m::n::A", "m::n::C"]);
}

#[test]
fn words_are_read_back_and_unknown_ones_are_told() {
    for &measure in Measure::ALL {
        assert_eq!(measure.name().parse(), Ok(measure));
    }
    assert_eq!(Measure::WORDS.allowed.len(), Measure::ALL.len());
    let told = |error: duizhao::Error| error.to_string();
    assert_eq!(
        "fdr".parse::<Adjustment>().map_err(told),
        Err("`adjust` must be one of 'bh', 'holm', 'bonferroni'; got 'fdr'".to_owned())
    );
    assert_eq!(
        "Regexp".parse::<ValueType>().map_err(told),
        Err(
            "`value_type` must be one of 'glob', 'regex', 'fixed'; got 'Regexp'; did you mean 'regex'?"
                .to_owned()
        )
    );
}
