//! Feature co-occurrence matrices against the textbook.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use duizhao::corpus::csr::Csr;
use duizhao::corpus::fcm::{Cell, Cooccurrences, Counting, Fcm, FcmOptions, FcmParts, Unit, WeightedFcm};
use duizhao::corpus::tokens::{PAD, Tokens, TokensParts};
use duizhao::corpus::vocabulary::Vocabulary;
use duizhao::num::Window;
use duizhao::run::Watch;
use proptest::prelude::*;

use super::dfm::{documents, tokens};

type Documents<'a> = [Vec<Option<&'a str>>];

/// The same tokens, cut into sentences at every `every`-th position of the corpus; two sentences are a paragraph.
fn with_sentences(documents: &Documents<'_>, every: usize) -> Tokens {
    let whole = tokens(documents);
    let first: BTreeSet<usize> = whole
        .offsets()
        .iter()
        .copied()
        .filter(|&o| o < whole.len())
        .collect();
    let cuts = |every| -> Vec<usize> {
        let cuts: BTreeSet<usize> = (0..whole.len())
            .step_by(every)
            .chain(first.iter().copied())
            .collect();
        cuts.into_iter().collect()
    };
    Tokens::new(TokensParts {
        vocabulary: Arc::clone(whole.vocabulary()),
        ids: whole.ids().to_vec(),
        offsets: whole.offsets().to_vec(),
        sentence_starts: Some(cuts(every)),
        paragraph_starts: Some(cuts(every * 2)),
        ..TokensParts::default()
    })
    .unwrap()
}

/// Units as lists of ids.
fn units(tokens: &Tokens, unit: Unit) -> Vec<Vec<u32>> {
    let mut cuts: Vec<usize> = tokens.offsets().to_vec();
    match unit {
        Unit::Document => {}
        Unit::Sentence => cuts.extend(tokens.sentence_starts().unwrap()),
        Unit::Paragraph => cuts.extend(tokens.paragraph_starts().unwrap()),
    }
    if unit != Unit::Document {
        cuts.sort_unstable();
        cuts.dedup();
    }
    cuts.windows(2)
        .map(|w| tokens.ids()[w[0]..w[1]].to_vec())
        .collect()
}

/// All pairs `(left, right, distance)` of a unit: two loops.
fn pairs(unit: &[u32], window: Option<usize>) -> Vec<(u32, u32, usize)> {
    let mut pairs = Vec::new();
    for i in 0..unit.len() {
        for j in i + 1..unit.len() {
            if unit[i] != PAD && unit[j] != PAD && window.is_none_or(|w| j - i <= w) {
                pairs.push((unit[i], unit[j], j - i));
            }
        }
    }
    pairs
}

fn place(a: u32, b: u32, ordered: bool) -> (u32, u32) {
    if ordered { (a, b) } else { (a.min(b), a.max(b)) }
}

fn by_hand(tokens: &Tokens, o: &FcmOptions) -> BTreeMap<(u32, u32), u64> {
    let mut cells: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    for unit in units(tokens, o.unit) {
        let pairs = pairs(&unit, o.window.map(Window::get))
            .into_iter()
            .map(|(a, b, _)| place(a, b, o.ordered));
        let mut here: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for pair in pairs {
            *here.entry(pair).or_default() += 1;
        }
        for (pair, n) in here {
            let twice = if o.self_pairs_twice && !o.ordered && o.window.is_some() && pair.0 == pair.1 {
                2
            } else {
                1
            };
            *cells.entry(pair).or_default() += twice * if o.counting == Counting::Boolean { 1 } else { n };
        }
    }
    cells
}

fn cells<T: Cell>(fcm: &Cooccurrences<T>) -> BTreeMap<(u32, u32), T> {
    (0..)
        .take(fcm.vocabulary().len())
        .flat_map(|r: u32| fcm.cells().cells(r as usize).map(move |(c, v)| ((r, c), v)))
        .collect()
}

fn options() -> impl Strategy<Value = FcmOptions> {
    (
        prop_oneof![Just(Unit::Document), Just(Unit::Sentence), Just(Unit::Paragraph)],
        proptest::option::of(1_u64..7),
        prop_oneof![Just(Counting::Frequency), Just(Counting::Boolean)],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(unit, window, counting, ordered, self_pairs_twice)| FcmOptions {
            unit,
            window: window.map(|w| Window::try_from(w).unwrap()),
            counting,
            ordered,
            self_pairs_twice,
        })
}

fn count(tokens: &Tokens, options: FcmOptions) -> Fcm {
    Fcm::from_tokens(tokens, options, &Watch::new()).unwrap()
}

fn window(size: u64) -> FcmOptions {
    FcmOptions {
        unit: Unit::Document,
        window: Some(Window::try_from(size).unwrap()),
        counting: Counting::Frequency,
        ordered: false,
        self_pairs_twice: false,
    }
}

/// Margins of frequencies, added up from every pair looked at from its ends.
fn margins_by_hand(tokens: &Tokens, o: &FcmOptions) -> (Vec<u64>, Vec<u64>, u64) {
    let n = tokens.vocabulary().len();
    let (mut rows, mut columns, mut total) = (vec![0; n], vec![0; n], 0);
    for unit in units(tokens, o.unit) {
        for (a, b, _) in pairs(&unit, o.window.map(Window::get)) {
            rows[a as usize] += 1;
            columns[b as usize] += 1;
            total += 1;
            if !o.ordered {
                rows[b as usize] += 1;
                columns[a as usize] += 1;
                total += 1;
            }
        }
    }
    (rows, columns, total)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn counts_are_those_of_two_loops(documents in documents(), every in 1_usize..6, o in options()) {
        let tokens = with_sentences(&documents, every);
        let fcm = count(&tokens, o);
        prop_assert_eq!(cells(&fcm), by_hand(&tokens, &o));
        let units = units(&tokens, o.unit);
        prop_assert_eq!(fcm.n_units(), units.len() as u64);
        for (id, &f) in (0_u32..).zip(fcm.unit_freqs()) {
            prop_assert_eq!(f, units.iter().filter(|u| u.contains(&id)).count() as u64);
        }
    }

    #[test]
    fn margins_are_of_the_sample_space_of_the_cells(documents in documents(), every in 1_usize..6, o in options()) {
        let tokens = with_sentences(&documents, every);
        let fcm = count(&tokens, o);
        let margins = fcm.margins();
        let n = u32::try_from(fcm.vocabulary().len()).unwrap();
        if o.counting == Counting::Boolean {
            prop_assert_eq!(margins.rows, fcm.unit_freqs());
            prop_assert_eq!(margins.total, fcm.n_units());
        } else {
            let (rows, columns, total) = margins_by_hand(&tokens, &o);
            prop_assert_eq!(margins.rows, rows);
            prop_assert_eq!(margins.columns, columns);
            prop_assert_eq!(margins.total, total);
            for a in 0..n {
                prop_assert_eq!((0..n).map(|b| fcm.joint(a, b)).sum::<u64>(), margins.rows[a as usize]);
            }
        }
        let twice = if o.counting == Counting::Boolean && o.self_pairs_twice { 2 } else { 1 };
        for a in 0..n {
            for b in 0..n {
                prop_assert!(fcm.joint(a, b) <= twice * margins.rows[a as usize].min(margins.columns[b as usize]));
            }
        }
    }

    #[test]
    fn weights_are_sums_over_distances(documents in documents(), every in 1_usize..6, ordered: bool, twice: bool,
                                       weights in proptest::collection::vec(0.0_f64..2.0, 1..6)) {
        let tokens = with_sentences(&documents, every);
        let fcm = WeightedFcm::from_tokens(&tokens, &weights, Unit::Sentence, ordered, twice, &Watch::new()).unwrap();
        let mut expected: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for unit in units(&tokens, Unit::Sentence) {
            for (a, b, distance) in pairs(&unit, Some(weights.len())) {
                let factor = if a == b && twice && !ordered { 2.0 } else { 1.0 };
                *expected.entry(place(a, b, ordered)).or_default() += weights[distance - 1] * factor;
            }
        }
        expected.retain(|_, v| *v > 0.0);
        let got = cells(&fcm);
        prop_assert_eq!(got.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (pair, value) in &got {
            prop_assert!((value - expected[pair]).abs() <= 1e-12 * value.abs());
        }
    }

    #[test]
    fn the_order_of_documents_changes_no_bit(documents in documents(), o in options()) {
        let mut reversed = documents.clone();
        reversed.reverse();
        let o = FcmOptions { unit: Unit::Document, ..o };
        prop_assert_eq!(count(&tokens(&documents), o), count(&tokens(&reversed), o));
        let weigh = |d: &Documents<'_>| {
            WeightedFcm::from_tokens(&tokens(d), &[1.0, 0.3, 0.1], Unit::Document, o.ordered, false, &Watch::new()).unwrap()
        };
        prop_assert_eq!(weigh(&documents), weigh(&reversed));
    }

    #[test]
    fn counting_parts_and_merging_is_counting_all(a in documents(), b in documents(), c in documents(), o in options()) {
        let o = FcmOptions { unit: Unit::Document, ..o };
        let whole: Vec<_> = [a.clone(), b.clone(), c.clone()].concat();
        let [a, b, c] = [a, b, c].map(|d| count(&tokens(&d), o));
        let left = a.merge(&b).unwrap().merge(&c).unwrap();
        prop_assert_eq!(&left, &a.merge(&b.merge(&c).unwrap()).unwrap());
        prop_assert_eq!(&left, &c.merge(&b).unwrap().merge(&a).unwrap());
        prop_assert_eq!(left, count(&tokens(&whole), o));
    }

    #[test]
    fn threads_change_no_bit(documents in documents(), o in options()) {
        let tokens = with_sentences(&documents, 4);
        let pool = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        let one = pool(1).install(|| count(&tokens, o));
        prop_assert_eq!(one, pool(3).install(|| count(&tokens, o)));
    }

    #[test]
    fn both_triangles_and_collocates_agree(documents in documents(), o in options()) {
        let o = FcmOptions { unit: Unit::Document, ..o };
        let fcm = count(&tokens(&documents), o);
        let whole = fcm.symmetric().unwrap();
        for a in (0..).take(fcm.vocabulary().len()) {
            let row: Vec<(u32, u64)> = whole.cells(a as usize).collect();
            prop_assert_eq!(&row, &fcm.collocates(a));
            for (b, v) in row {
                prop_assert_eq!(fcm.get(a, b), v);
                prop_assert!(o.ordered || whole.get(b as usize, a) == Some(v));
            }
        }
    }
}

#[test]
fn padding_is_distance_and_documents_are_walls() {
    let near = tokens(&[vec![Some("党"), None, Some("建")], vec![Some("国")]]);
    assert_eq!(count(&near, window(1)).cells().n_nonzero(), 0);
    let fcm = count(&near, window(5));
    let id = |word: &str| fcm.vocabulary().id(word).unwrap();
    assert_eq!(fcm.get(id("党"), id("建")), 1);
    assert_eq!(fcm.get(id("建"), id("国")), 0, "another document");
}

#[test]
fn self_pairs_count_once_by_default() {
    let tokens = tokens(&[["a", "a", "a"].map(Some).to_vec()]);
    assert_eq!(count(&tokens, window(1)).get(0, 0), 2);
    assert_eq!(count(&tokens, window(2)).get(0, 0), 3);
    let theirs = FcmOptions {
        self_pairs_twice: true,
        ..window(2)
    };
    assert_eq!(count(&tokens, theirs).get(0, 0), 6);
    assert_eq!(count(&tokens, theirs).margins().total, 6);
    assert_eq!(
        count(&tokens, window(2)).margins().total,
        6,
        "three pairs have six ends"
    );
    let whole = FcmOptions {
        window: None,
        ..window(1)
    };
    assert_eq!(count(&tokens, whole).get(0, 0), 3, "3 · 2 / 2");
}

#[test]
fn tokens_without_sentences_say_so() {
    let tokens = tokens(&[vec![Some("a")]]);
    let options = FcmOptions {
        unit: Unit::Sentence,
        ..window(5)
    };
    let error = Fcm::from_tokens(&tokens, options, &Watch::new())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`within`") && error.contains("'document'") && error.contains("sentence"),
        "{error}"
    );
}

#[test]
fn nothing_is_something() {
    for documents in [vec![], vec![vec![]], vec![vec![None, None], vec![]]] {
        let tokens = tokens(&documents);
        let fcm = count(&tokens, window(5));
        assert_eq!((fcm.vocabulary().len(), fcm.margins().total), (0, 0));
        assert_eq!(fcm.n_units(), documents.len() as u64);
        assert_eq!(fcm.merge(&fcm).unwrap().vocabulary().len(), 0);
        assert_eq!(fcm.symmetric().unwrap().n_nonzero(), 0);
        assert!(fcm.collocates(0).is_empty());
    }
}

#[test]
fn weights_are_checked() {
    let tokens = tokens(&[vec![Some("a")]]);
    let weigh = |w: &[f64]| WeightedFcm::from_tokens(&tokens, w, Unit::Document, false, false, &Watch::new());
    assert!(weigh(&[1.0, 0.5]).is_ok());
    for bad in [&[][..], &[f64::NAN], &[-1.0], &[f64::INFINITY]] {
        assert!(weigh(bad).unwrap_err().to_string().starts_with("`weights`"));
    }
}

#[test]
fn counts_beyond_two_to_the_32_are_right() {
    let vocabulary = Arc::new(Vocabulary::new(["a", "b"]).unwrap());
    let big = 1_u64 << 33;
    let fcm = Fcm::from_parts(FcmParts {
        vocabulary,
        cells: Csr::from_rows(2, vec![vec![(1, big)], vec![]]).unwrap(),
        options: window(5),
        distance_weights: Vec::new(),
        rows: vec![big, big],
        columns: vec![big, big],
        total: 2 * big,
        unit_freqs: vec![1, 1],
        n_units: 1,
    })
    .unwrap();
    let twice = fcm.merge(&fcm).unwrap();
    assert_eq!((twice.get(1, 0), twice.margins().total), (2 * big, 4 * big));
    // A feature that fills a document of 100,000 tokens makes more than 2³² pairs with itself.
    let long = tokens(&[vec![Some("a"); 100_000]]);
    let whole = FcmOptions {
        window: None,
        ..window(1)
    };
    assert_eq!(count(&long, whole).get(0, 0), 100_000 * 99_999 / 2);
}

#[test]
fn selecting_keeps_margins_of_the_whole_text() {
    let tokens = tokens(&[["a", "b", "c", "a"].map(Some).to_vec()]);
    let fcm = count(&tokens, window(2));
    let part = fcm.select_features(&[2, 0]).unwrap();
    assert_eq!(part.vocabulary().len(), 2);
    assert_eq!(part.get(0, 1), fcm.get(0, 2));
    assert_eq!(part.margins().total, fcm.margins().total);
    assert_eq!(
        part.margins().rows,
        [fcm.margins().rows[0], fcm.margins().rows[2]]
    );
    assert!(fcm.select_features(&[3]).is_err());
}

#[test]
fn matrices_counted_differently_do_not_merge() {
    let tokens = tokens(&[vec![Some("a")]]);
    let (five, six) = (count(&tokens, window(5)), count(&tokens, window(6)));
    assert!(
        five.merge(&six)
            .unwrap_err()
            .to_string()
            .contains("in the same way")
    );
    let mut parts = FcmParts {
        vocabulary: Arc::clone(five.vocabulary()),
        cells: (**five.cells()).clone(),
        options: window(5),
        distance_weights: Vec::new(),
        rows: vec![0, 0],
        columns: vec![0],
        total: 0,
        unit_freqs: vec![1],
        n_units: 1,
    };
    assert!(Fcm::from_parts(parts.clone()).is_err(), "a margin too many");
    parts.rows = vec![0];
    assert!(Fcm::from_parts(parts).is_ok());
}
