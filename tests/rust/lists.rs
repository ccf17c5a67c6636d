//! Lists of words: what a file must be like, that all are used, and that they answer as a look through all lines would.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use duizhao::discourse::claims::units;
use duizhao::discourse::number::{prefix, suffix};
use duizhao::discourse::register::Component;
use duizhao::discourse::slogans::formulas;
use duizhao::lists::{List, all};
use duizhao::text::script::{Script, convert};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The files by the names of their lists.
fn texts() -> BTreeMap<String, String> {
    let folder = folder().join("lists");
    files(&folder, "txt")
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&folder).unwrap().with_extension("");
            let name: Vec<_> = name.iter().map(|part| part.to_str().unwrap()).collect();
            (name.join("/"), std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

fn list(name: &str) -> &'static List {
    all().find(|list| list.name == name).unwrap()
}

#[test]
fn every_file_is_in_the_table_and_used() {
    let names: Vec<&str> = all().map(|list| list.name).collect();
    assert_eq!(
        names,
        texts().keys().collect::<Vec<_>>(),
        "the table of src/lists.rs, in order"
    );
    let code: String = files(&folder(), "rs")
        .into_iter()
        .filter(|path| !path.ends_with("src/lists.rs"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let unused: Vec<_> = names
        .iter()
        .filter(|name| !code.contains(&format!("list!(\"{name}\")")))
        .collect();
    assert!(unused.is_empty(), "no rule asks these lists: {unused:?}");
}

#[test]
fn every_file_has_a_head_and_clean_lines() {
    let mut wrong = Vec::new();
    for (name, text) in texts() {
        let list = list(&name);
        let mut say = |what: String| wrong.push(format!("{name}: {what}"));
        if list.purpose.is_empty() || list.source.is_empty() || list.order.is_empty() {
            say("the head lacks for, from or order".to_owned());
        }
        if !text.ends_with('\n') || text.contains('\r') || text.contains('\u{feff}') {
            say("must end with a line feed, without carriage returns and byte order mark".to_owned());
        }
        let lines: Vec<&str> = text.lines().skip_while(|line| line.starts_with('#')).collect();
        if lines.is_empty() {
            say("no entries".to_owned());
        }
        let (mut whole, mut first) = (BTreeSet::new(), BTreeSet::new());
        for line in &lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if line.starts_with('#') {
                say(format!("a line of the head among the entries: {line}"));
            }
            if cells.iter().any(|cell| *cell != cell.trim()) || cells[0].is_empty() || line.ends_with('\t') {
                say(format!("stray blanks: {line:?}"));
            }
            if cells.len() > list.columns.len() {
                say(format!("more cells than columns: {line:?}"));
            }
            if !whole.insert(*line) {
                say(format!("twice: {line}"));
            }
            if !first.insert(cells[0]) && list.repeats.is_empty() {
                say(format!("the word twice: {line}"));
            }
            if list.script.is_empty() && convert(line, Script::Simplified) != **line {
                say(format!("not simplified: {line}"));
            }
        }
        if list.order == "none" && !lines.is_sorted() {
            let at = lines.windows(2).find(|pair| pair[0] > pair[1]);
            say(format!("not sorted by code point: {at:?}"));
        }
        if !list.repeats.is_empty() && first.len() == whole.len() {
            say("no word stands twice".to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of a column, where they are values that the code knows.
fn values(name: &str, column: usize) -> BTreeSet<&'static str> {
    list(name)
        .entries()
        .iter()
        .map(|entry| entry.field(column))
        .collect()
}

#[test]
fn columns_hold_what_the_code_knows() {
    assert_eq!(
        units().len(),
        list("claims/measures").len() + list("claims/classifiers").len()
    );
    assert_eq!(formulas::all().len(), list("slogans/formulas").len());
    for (entry, formula) in list("slogans/formulas").entries().iter().zip(formulas::all()) {
        assert_eq!(
            (entry.word, entry.field(3)),
            (formula.surface, formula.expansion.unwrap_or(""))
        );
    }
    for entry in list("number/before").entries() {
        let text: Vec<char> = format!("{}百", entry.word).chars().collect();
        assert_eq!(
            prefix(&text, text.len() - 1).map(|hedge| hedge.word).as_deref(),
            Some(entry.word)
        );
    }
    for entry in list("number/behind").entries() {
        let text: Vec<char> = entry.word.chars().collect();
        assert_eq!(
            suffix(&text, 0).map(|hedge| hedge.word).as_deref(),
            Some(entry.word)
        );
    }
    assert_eq!(
        values("entities/cores", 1),
        BTreeSet::from(["congress", "court", "cppcc", "government", "mass", "party"])
    );
    assert_eq!(values("entities/cores", 2), BTreeSet::from(["bound", "free"]));
    assert_eq!(
        values("entities/place_suffixes", 1),
        BTreeSet::from(["city", "county", "province", "township", "village"])
    );
    assert_eq!(values("claims/plan", 1), BTreeSet::from(["clause", "sentence"]));
    assert_eq!(values("claims/past", 1), BTreeSet::from(["ends", "seen"]));
    assert_eq!(
        values("claims/duty", 1),
        BTreeSet::from(["clause", "strong", "weak"])
    );
    assert_eq!(values("claims/rank_verbs", 1), BTreeSet::from(["strong", "weak"]));
    assert_eq!(
        values("quotations/saying", 1),
        BTreeSet::from([
            "admitting",
            "announcing",
            "answering",
            "asking",
            "demanding",
            "reporting",
            "saying",
            "stressing",
            "telling",
            "thinking"
        ])
    );
    assert_eq!(
        values("quotations/saying", 2),
        BTreeSet::from(["any", "clause", "marks", "none", "opener"])
    );
    assert_eq!(
        values("boilerplate/labels", 1),
        BTreeSet::from([
            "author", "date", "editor", "machine", "reporter", "source", "title"
        ])
    );
    assert_eq!(
        values("text/html_elements", 1),
        BTreeSet::from(["block", "break", "cell", "empty", "inline", "out", "reading"])
    );
}

#[test]
fn components_of_the_register_name_their_words() {
    for (component, name) in [
        (Component::Aspect, "register/aspect"),
        (Component::Modal, "register/modal"),
        (Component::FirstPerson, "register/first_person"),
        (Component::Classical, "register/classical"),
    ] {
        assert_eq!(
            component.entry().formula,
            list(name).iter().collect::<Vec<_>>().join(" ")
        );
    }
}

/// Words of a list one behind another, with other characters around them.
fn sample(list: &List) -> Vec<char> {
    list.iter()
        .step_by(7)
        .flat_map(|word| format!("{word}县，{word}").chars().collect::<Vec<_>>())
        .take(300)
        .collect()
}

#[test]
fn answers_are_those_of_a_look_through_all_lines() {
    for list in all() {
        let chars = sample(list);
        let longest = |fits: &dyn Fn(&str) -> bool| {
            list.iter()
                .filter(|word| fits(word))
                .map(|word| word.chars().count())
                .max()
        };
        for at in 0..=chars.len() {
            let (front, rest): (String, String) =
                (chars[..at].iter().collect(), chars[at..].iter().collect());
            let begin = longest(&|word| rest.starts_with(word));
            let end = longest(&|word| front.ends_with(word));
            assert_eq!(
                list.begins(&rest).map(duizhao::lists::Entry::len),
                begin,
                "{}",
                list.name
            );
            assert_eq!(
                list.longest_at(&chars, at).map(duizhao::lists::Entry::len),
                begin,
                "{}",
                list.name
            );
            assert_eq!(
                list.ends(&front).map(duizhao::lists::Entry::len),
                end,
                "{}",
                list.name
            );
            assert_eq!(
                list.longest_before(&chars, at).map(duizhao::lists::Entry::len),
                end,
                "{}",
                list.name
            );
            let near: String = chars[at..chars.len().min(at + 9)].iter().collect();
            let found = list.iter().filter_map(|word| near.find(word)).min();
            assert_eq!(list.find(&near).map(|(place, _)| place), found, "{}", list.name);
        }
        for entry in list.entries() {
            assert!(list.has(entry.word) && list.of(entry.word).any(|e| std::ptr::eq(e, entry)));
            assert!(!list.has(&format!("{}x", entry.word)));
        }
    }
}
