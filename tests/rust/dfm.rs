//! Document-feature matrices against the textbook.

use std::collections::BTreeMap;
use std::sync::Arc;

use duizhao::corpus::csr::Csr;
use duizhao::corpus::dfm::ThresholdUnit::{self, Count, Proportion, Quantile, Rank};
use duizhao::corpus::dfm::{Dfm, Threshold, Trim};
use duizhao::corpus::pattern::{Patterns, ValueType};
use duizhao::corpus::tokens::{PAD, Tokens, TokensParts};
use duizhao::corpus::vocabulary::Vocabulary;
use duizhao::run::Watch;
use proptest::prelude::*;

/// Tokens from words; `None` is padding.
pub(crate) fn tokens(documents: &[Vec<Option<&str>>]) -> Tokens {
    let vocabulary = Vocabulary::new(documents.iter().flatten().flatten()).unwrap();
    let mut offsets = vec![0];
    let mut ids = Vec::new();
    for document in documents {
        ids.extend(
            document
                .iter()
                .map(|w| w.map_or(PAD, |w| vocabulary.id(w).unwrap())),
        );
        offsets.push(ids.len());
    }
    Tokens::new(TokensParts {
        vocabulary: Arc::new(vocabulary),
        ids,
        offsets,
        ..TokensParts::default()
    })
    .unwrap()
}

const WORDS: [&str; 7] = ["党建", "工作", "引领", "a", "é", "𠮷", "zz"];

/// Documents of a small vocabulary, with padding and empty documents.
pub(crate) fn documents() -> impl Strategy<Value = Vec<Vec<Option<&'static str>>>> {
    let word = prop_oneof![1 => Just(None), 5 => (0..WORDS.len()).prop_map(|i| Some(WORDS[i]))];
    proptest::collection::vec(proptest::collection::vec(word, 0..12), 0..6)
}

fn counted(documents: &[Vec<Option<&str>>]) -> Dfm {
    Dfm::from_tokens(&tokens(documents), &Watch::new()).unwrap()
}

/// Cells by name, the slow and honest way.
fn by_hand(documents: &[Vec<Option<&str>>]) -> BTreeMap<(usize, String), u64> {
    let mut cells = BTreeMap::new();
    for (d, document) in documents.iter().enumerate() {
        for word in document.iter().flatten() {
            *cells.entry((d, (*word).to_owned())).or_default() += 1;
        }
    }
    cells
}

fn cells(dfm: &Dfm) -> BTreeMap<(usize, String), u64> {
    let name = |c| dfm.vocabulary().feature(c).unwrap().to_owned();
    (0..dfm.n_documents())
        .flat_map(|d| dfm.counts().cells(d).map(move |(c, v)| ((d, name(c)), v)))
        .collect()
}

fn check_margins(dfm: &Dfm) {
    let cells = cells(dfm);
    for (id, feature) in dfm.vocabulary().features().iter().enumerate() {
        let own: Vec<u64> = cells
            .iter()
            .filter(|((_, f), _)| **f == **feature)
            .map(|(_, v)| *v)
            .collect();
        assert_eq!(dfm.feature_counts()[id], own.iter().sum::<u64>());
        assert_eq!(dfm.doc_freqs()[id], own.len() as u64);
    }
    for d in 0..dfm.n_documents() {
        let sum: u64 = cells
            .iter()
            .filter(|((row, _), _)| *row == d)
            .map(|(_, v)| *v)
            .sum();
        assert_eq!(dfm.row_sums()[d], sum);
    }
    assert_eq!(dfm.total(), cells.values().sum::<u64>());
}

proptest! {
    #[test]
    fn counts_are_those_of_a_slow_loop(documents in documents()) {
        let dfm = counted(&documents);
        prop_assert_eq!(cells(&dfm), by_hand(&documents));
        prop_assert_eq!(dfm.n_documents(), documents.len());
        prop_assert!(dfm.feature_counts().iter().all(|&c| c > 0), "only features that occur");
        check_margins(&dfm);
    }

    #[test]
    fn permuting_documents_permutes_rows_and_nothing_else(documents in documents()) {
        let mut reversed = documents.clone();
        reversed.reverse();
        let (there, back) = (counted(&documents), counted(&reversed));
        prop_assert_eq!(there.vocabulary(), back.vocabulary());
        prop_assert_eq!(there.feature_counts(), back.feature_counts());
        prop_assert_eq!(there.doc_freqs(), back.doc_freqs());
        let order: Vec<usize> = (0..documents.len()).rev().collect();
        prop_assert_eq!(there.select_documents(&order).unwrap(), back);
    }

    #[test]
    fn merging_is_associative_and_commutative(a in documents(), b in documents(), c in documents()) {
        let (a, b, c) = (counted(&a), counted(&b), counted(&c));
        let n = [&a, &b, &c].map(Dfm::n_documents).into_iter().max().unwrap();
        let rows = |part: &Dfm| (0..u32::try_from(part.n_documents()).unwrap()).collect::<Vec<_>>();
        let merge = |x: &Dfm, y: &Dfm| Dfm::merge(&[(x, &rows(x)), (y, &rows(y))], n).unwrap();
        prop_assert_eq!(merge(&merge(&a, &b), &c), merge(&a, &merge(&b, &c)));
        prop_assert_eq!(merge(&a, &b), merge(&b, &a));
        prop_assert_eq!(merge(&a, &b).total(), a.total() + b.total());
        check_margins(&merge(&a, &c));
    }

    #[test]
    fn grouping_adds_rows(documents in documents(), groups in proptest::collection::vec(0_u32..3, 6)) {
        let dfm = counted(&documents);
        let groups = &groups[..documents.len()];
        let mut joined = vec![Vec::new(); 3];
        for (document, &group) in documents.iter().zip(groups) {
            joined[group as usize].extend(document.iter().copied());
        }
        prop_assert_eq!(dfm.group(groups, 3).unwrap(), counted(&joined));
    }

    #[test]
    fn trimming_keeps_what_the_definition_says(documents in documents(), least in 0_u64..5, most in 0_u64..9) {
        let dfm = counted(&documents);
        let kept = dfm.trim(&Trim {
            min_count: Some(Threshold::Count(least)),
            max_doc_freq: Some(Threshold::Count(most)),
            ..Trim::default()
        }).unwrap();
        let expected: Vec<&str> = dfm.vocabulary().features().iter().enumerate()
            .filter(|(i, _)| dfm.feature_counts()[*i] >= least && dfm.doc_freqs()[*i] <= most)
            .map(|(_, f)| &**f)
            .collect();
        let names: Vec<&str> = kept.vocabulary().features().iter().map(|f| &**f).collect();
        prop_assert_eq!(names, expected);
        prop_assert_eq!(kept.n_documents(), dfm.n_documents());
        check_margins(&kept);
    }
}

#[test]
fn counts_beyond_two_to_the_32_are_right() {
    let vocabulary = Arc::new(Vocabulary::new(["党建", "工作"]).unwrap());
    let big = 1_u64 << 33;
    let dfm = Dfm::from_cells(
        &vocabulary,
        2,
        &[0, 0, 1, 0],
        &[0, 1, 0, 0],
        &[big, 7, big + 1, 5],
    )
    .unwrap();
    assert_eq!(
        dfm.counts().get(0, 0),
        Some(big + 5),
        "cells of one place are added"
    );
    assert_eq!(dfm.feature_counts(), [2 * big + 6, 7]);
    assert_eq!(dfm.row_sums(), [big + 12, big + 1]);
    assert_eq!(
        dfm.group(&[0, 0], 1).unwrap().counts().get(0, 0),
        Some(2 * big + 6)
    );
    let all = [0, 1];
    let twice = Dfm::merge(&[(&dfm, &all), (&dfm, &all)], 2).unwrap();
    assert_eq!(twice.total(), 2 * dfm.total());
}

#[test]
fn sums_that_cannot_be_held_are_refused() {
    let vocabulary = Arc::new(Vocabulary::new(["a", "b"]).unwrap());
    let half = 1_u64 << 62;
    let one = |n: u64| Dfm::from_cells(&vocabulary, 1, &[0, 0], &[0, 1], &[half, n]);
    assert!(one(half - 1).is_ok());
    let error = one(half).unwrap_err().to_string();
    assert!(error.contains("9223372036854775807"), "{error}");
    assert!(Dfm::from_cells(&vocabulary, 1, &[0, 0], &[0, 0], &[u64::MAX, 1]).is_err());
}

#[test]
fn nothing_is_something() {
    let none = counted(&[]);
    assert_eq!((none.n_documents(), none.n_features(), none.total()), (0, 0, 0));
    let blank = counted(&[vec![], vec![None, None]]);
    assert_eq!(
        (blank.n_documents(), blank.n_features(), blank.total()),
        (2, 0, 0)
    );
    assert_eq!(blank.row_sums(), [0, 0]);
    assert_eq!(blank.trim(&Trim::default()).unwrap(), blank);
    assert_eq!(Dfm::merge(&[], 0).unwrap().n_features(), 0);
    assert_eq!(blank.group(&[0, 0], 1).unwrap().n_documents(), 1);
    let quantile = Trim {
        min_count: Some(Threshold::Quantile(
            duizhao::num::Proportion::new("q", 0.9).unwrap(),
        )),
        ..Trim::default()
    };
    assert_eq!(none.trim(&quantile).unwrap(), none);
}

#[test]
fn thresholds_have_units() {
    // Counts 6, 3, 3, 1, 1; document frequencies 3, 2, 1, 1, 1.
    let dfm = counted(&[
        ["a", "a", "a", "a", "b", "b", "d"].map(Some).to_vec(),
        ["a", "b", "c", "c", "c"].map(Some).to_vec(),
        ["a", "e"].map(Some).to_vec(),
    ]);
    let kept = |trim: Trim| -> String {
        dfm.trim(&trim)
            .unwrap()
            .vocabulary()
            .features()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let bound = |unit: ThresholdUnit, value: f64| Some(unit.bound("min_count", value).unwrap());
    let least = |unit, value| {
        kept(Trim {
            min_count: bound(unit, value),
            ..Trim::default()
        })
    };
    let most = |unit, value| {
        kept(Trim {
            max_count: bound(unit, value),
            ..Trim::default()
        })
    };
    assert_eq!(
        (least(Count, 3.0), most(Count, 3.0)),
        ("abc".into(), "bcde".into())
    );
    assert_eq!(
        (least(Rank, 2.0), most(Rank, 2.0)),
        ("abc".into(), "bcde".into()),
        "ties share rank 2"
    );
    assert_eq!(
        (least(Rank, 1.0), most(Rank, 3.0)),
        ("a".into(), "de".into()),
        "there is no rank 3"
    );
    assert_eq!(
        (least(Proportion, 3.0 / 14.0), most(Proportion, 0.2)),
        ("abc".into(), "de".into())
    );
    assert_eq!(
        (least(Quantile, 0.6), most(Quantile, 0.6)),
        ("abc".into(), "bcde".into())
    );
    assert_eq!(
        (least(Quantile, 0.0), most(Quantile, 0.0)),
        ("abcde".into(), "de".into())
    );
    let share = |value| {
        kept(Trim {
            min_doc_freq: bound(Proportion, value),
            ..Trim::default()
        })
    };
    assert_eq!((share(2.0 / 3.0), share(1.0)), ("ab".into(), "a".into()));
    for (unit, value) in [
        (Count, 0.5),
        (Count, -1.0),
        (Rank, 0.0),
        (Proportion, 1.5),
        (Quantile, f64::NAN),
    ] {
        let error = unit.bound("max_doc_freq", value).unwrap_err().to_string();
        assert!(error.starts_with("`max_doc_freq` must be"), "{error}");
    }
    assert!(
        "percent"
            .parse::<ThresholdUnit>()
            .unwrap_err()
            .to_string()
            .contains("'quantile'")
    );
}

#[test]
fn features_are_selected_by_id_and_by_pattern() {
    let dfm = counted(&[["党建", "党员", "A1", "工作"].map(Some).to_vec()]);
    let picked = dfm.select_features(&[3, 0, 3]).unwrap();
    assert_eq!(picked.n_features(), 2);
    assert!(dfm.select_features(&[4]).is_err());
    let ids = |word: &str, value_type| {
        let patterns = Patterns::of_words([word], value_type);
        duizhao::corpus::dfm::matching_ids(dfm.vocabulary(), &patterns).unwrap()
    };
    let names = |ids: Vec<u32>| -> Vec<String> {
        ids.iter()
            .map(|&i| dfm.vocabulary().feature(i).unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(ids("党*", ValueType::Glob)), ["党员", "党建"]);
    assert_eq!(names(ids("a1", ValueType::Fixed)), ["A1"]);
    assert_eq!(names(ids("[建作]$", ValueType::Regex)), ["党建", "工作"]);
    assert!(ids("没有", ValueType::Glob).is_empty());
}

#[test]
fn broken_parts_are_named() {
    let vocabulary = Arc::new(Vocabulary::new(["a", "b"]).unwrap());
    let matrix = |columns| Csr::new(columns, vec![0, 1], vec![0], vec![1_u64]).unwrap();
    assert!(Dfm::new(Arc::clone(&vocabulary), matrix(2)).is_ok());
    assert!(
        Dfm::new(Arc::clone(&vocabulary), matrix(3))
            .unwrap_err()
            .to_string()
            .contains("features")
    );
    let zero = Csr::new(2, vec![0, 1], vec![0], vec![0_u64]).unwrap();
    assert!(
        Dfm::new(Arc::clone(&vocabulary), zero)
            .unwrap_err()
            .to_string()
            .contains("zero")
    );
    assert!(
        Dfm::from_cells(&vocabulary, 1, &[1], &[0], &[1]).is_err(),
        "row out of range"
    );
    assert!(
        Dfm::from_cells(&vocabulary, 1, &[0], &[2], &[1]).is_err(),
        "feature out of range"
    );
    assert!(
        Dfm::from_cells(&vocabulary, 1, &[0], &[0, 1], &[1]).is_err(),
        "lengths differ"
    );
    let dfm = Dfm::new(vocabulary, matrix(2)).unwrap();
    assert!(dfm.group(&[0, 0], 1).is_err(), "more groups than documents");
    assert!(dfm.group(&[1], 1).is_err(), "group out of range");
    let watch = Watch::new();
    watch.stop();
    let tokens = tokens(&[vec![Some("a")]]);
    assert_eq!(
        Dfm::from_tokens(&tokens, &watch),
        Err(duizhao::Error::Interrupted)
    );
}
