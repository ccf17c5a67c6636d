//! Sequences against a slow reference, and λ and z against quanteda.

use std::collections::{BTreeMap, HashMap};

use duizhao::analysis::collocations::{CollocationOptions, collocations};
use duizhao::corpus::fcm::Unit;
use duizhao::corpus::select::{Remove, removed_features};
use duizhao::corpus::sequences::{SequenceOptions, sequences};
use duizhao::corpus::tokenize::from_lists;
use duizhao::corpus::tokens::Tokens;
use duizhao::run::Watch;
use duizhao::stats::measures::Measure;
use proptest::prelude::*;

type Documents = Vec<Vec<Option<String>>>;

fn tokens(documents: &Documents) -> Tokens {
    let lists: Vec<Vec<Option<&str>>> = documents
        .iter()
        .map(|d| d.iter().map(Option::as_deref).collect())
        .collect();
    from_lists(&lists, &Watch::new()).unwrap()
}

fn options(sizes: &[usize], min_count: u64, padding_in_margins: bool) -> SequenceOptions {
    SequenceOptions {
        sizes: sizes.to_vec(),
        min_count,
        unit: Unit::Document,
        padding_in_margins,
    }
}

fn breaks(tokens: &Tokens) -> Vec<bool> {
    let punctuation = Remove {
        punctuation: true,
        ..Remove::default()
    };
    removed_features(tokens.vocabulary(), punctuation, None)
}

/// Count, nested, cells (2^K, exact agreement) and number of windows by sequence, by comparing every window with every other.
type Slow = BTreeMap<Vec<String>, (u64, u64, Vec<u64>, u64)>;

fn slow(
    documents: &Documents,
    size: usize,
    longer: Option<usize>,
    min: u64,
    padding_in_margins: bool,
) -> Slow {
    let is_break = |t: &Option<String>| match t {
        None => !padding_in_margins,
        Some(t) => t == "。",
    };
    let windows: Vec<&[Option<String>]> = documents
        .iter()
        .flat_map(|d| d.windows(size))
        .filter(|w| !w.iter().any(is_break))
        .collect();
    let mut found = Slow::new();
    for document in documents {
        for (start, window) in document.windows(size).enumerate() {
            let Some(words) = window.iter().cloned().collect::<Option<Vec<_>>>() else {
                continue;
            };
            if words.iter().any(|w| w == "。") {
                continue;
            }
            let inside = longer.is_some_and(|longer| {
                (0..document.len()).any(|s| {
                    s <= start
                        && s + longer >= start + size
                        && s + longer <= document.len()
                        && document[s..s + longer]
                            .iter()
                            .all(|t| t.as_deref().is_some_and(|t| t != "。"))
                })
            });
            let entry = found
                .entry(words)
                .or_insert((0, 0, vec![0; 1 << size], windows.len() as u64));
            entry.0 += 1;
            entry.1 += u64::from(inside);
        }
    }
    found.retain(|_, entry| entry.0 >= min);
    for (words, entry) in &mut found {
        for window in &windows {
            let agree: usize = (0..size)
                .map(|p| usize::from(window[p].as_ref() == Some(&words[p])) << p)
                .sum();
            entry.2[agree] += 1;
        }
    }
    found
}

fn fast(documents: &Documents, sizes: &[usize], min: u64, padding_in_margins: bool) -> Vec<Slow> {
    let tokens = tokens(documents);
    let found = sequences(
        &tokens,
        &breaks(&tokens),
        &options(sizes, min, padding_in_margins),
        &Watch::new(),
    )
    .unwrap();
    found
        .iter()
        .map(|of| {
            (0..of.len())
                .map(|i| {
                    let words = of
                        .sequence(i)
                        .iter()
                        .map(|&id| tokens.vocabulary().feature(id).unwrap().to_owned());
                    (
                        words.collect(),
                        (of.counts[i], of.nested[i], of.cells(i), of.total),
                    )
                })
                .collect()
        })
        .collect()
}

fn corpus() -> impl Strategy<Value = Documents> {
    let token = prop_oneof![
        6 => "[a-c]".prop_map(Some),
        1 => Just(Some("。".to_owned())),
        1 => Just(None),
    ];
    prop::collection::vec(prop::collection::vec(token, 0..25), 0..5)
}

proptest! {
    #[test]
    fn as_the_slow_reference(documents in corpus(), min in 0_u64..4, padding in any::<bool>()) {
        for sizes in [vec![2], vec![3], vec![5], vec![2, 3], vec![2, 4, 5], vec![2, 3, 4, 5]] {
            let got = fast(&documents, &sizes, min, padding);
            for (i, &size) in sizes.iter().enumerate() {
                let expected = slow(&documents, size, sizes.get(i + 1).copied(), min, padding);
                prop_assert_eq!(&got[i], &expected, "size {} of {:?}", size, sizes);
            }
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter(documents in corpus()) {
        let mut turned = documents.clone();
        turned.reverse();
        prop_assert_eq!(fast(&documents, &[2, 3], 1, true), fast(&turned, &[2, 3], 1, true));
    }
}

fn all(
    tokens: &Tokens,
    sizes: &[usize],
    measures: &[Measure],
) -> duizhao::analysis::collocations::Collocations {
    let options = CollocationOptions {
        sequences: options(sizes, 1, true),
        contains: None,
        smoothing: 0.5,
        measures: measures.to_vec(),
        adjust: None,
    };
    collocations(tokens, &breaks(tokens), &options, &Watch::new()).unwrap()
}

#[test]
fn a_measure_of_a_longer_sequence_is_that_of_its_weakest_joint() {
    let text = "a b c a b d a b c x c y b c a b c";
    let documents = vec![text.split(' ').map(|t| Some(t.to_owned())).collect::<Vec<_>>()];
    let tokens = tokens(&documents);
    let found = all(&tokens, &[3], &[Measure::Npmi, Measure::LogLikelihood]);
    let cells = slow(&documents, 3, None, 1, true);
    for (i, ids) in found.ids.iter().enumerate() {
        let words: Vec<String> = ids
            .iter()
            .map(|&id| tokens.vocabulary().feature(id).unwrap().to_owned())
            .collect();
        let (count, _, cells, total) = &cells[&words];
        let sum = |set: usize| -> u64 { (0..8).filter(|m| m & set == set).map(|m| cells[m]).sum() };
        for (place, measure) in [Measure::Npmi, Measure::LogLikelihood].into_iter().enumerate() {
            let joint = |a: usize, b: usize| {
                let table =
                    duizhao::stats::contingency::Table::from_marginals(*count, sum(a), sum(b), *total)
                        .unwrap();
                (measure.score(&table).unwrap(), measure.log_p(&table))
            };
            let (one, two) = (joint(1, 6), joint(3, 4));
            let weaker = if two.0 < one.0 { two } else { one };
            assert_eq!(found.scores[place].score[i], Some(weaker.0), "{words:?}");
            if let Some(test) = &found.scores[place].significance {
                assert_eq!(test.log_p[i], weaker.1);
            }
        }
    }
}

#[test]
fn bad_sizes_and_smoothing_are_named() {
    let tokens = tokens(&vec![vec![Some("a".to_owned())]]);
    for sizes in [&[][..], &[1], &[6], &[3, 2], &[2, 2]] {
        let error = sequences(&tokens, &[false], &options(sizes, 1, true), &Watch::new()).unwrap_err();
        assert!(error.to_string().starts_with("`size` must be"), "{error}");
    }
    assert!(sequences(&tokens, &[], &options(&[2], 1, true), &Watch::new()).is_err());
    for smoothing in [-0.5, f64::NAN, f64::INFINITY] {
        let options = CollocationOptions {
            sequences: options(&[2], 1, true),
            contains: None,
            smoothing,
            measures: vec![],
            adjust: None,
        };
        assert!(collocations(&tokens, &[false], &options, &Watch::new()).is_err());
    }
    assert!(all(&Tokens::default(), &[2, 3], &[Measure::Npmi]).ids.is_empty());
}

#[test]
fn a_stopped_watch_stops() {
    let watch = Watch::new();
    watch.stop();
    let tokens = tokens(&vec![vec![Some("a".to_owned()); 9]]);
    assert!(sequences(&tokens, &[false], &options(&[2], 1, true), &watch).is_err());
}

/// quanteda.textstats 0.97.2 on the tokens of the seeds; its README says how its numbers were made.
#[test]
fn lambda_and_z_as_quanteda() {
    let Some(shared) = crate::shared() else { return };
    let folder = shared.join("quanteda");
    let text = std::fs::read_to_string(folder.join("tokens/zh_all.json")).unwrap();
    let named: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).unwrap();
    let plain: Documents = named
        .values()
        .map(|d| d.iter().cloned().map(Some).collect())
        .collect();
    let stop = ["和", "的", "在", "了", "等"];
    let padded: Documents = plain
        .iter()
        .map(|d| {
            d.iter()
                .map(|t| t.clone().filter(|t| !stop.contains(&t.as_str())))
                .collect()
        })
        .collect();
    for (file, sizes, min, smoothing, documents) in [
        ("collocations_size2_min2.csv", &[2][..], 2, 0.5, &plain),
        ("collocations_size2_min5.csv", &[2], 5, 0.5, &plain),
        ("collocations_size2_min5_smoothing1.csv", &[2], 5, 1.0, &plain),
        ("collocations_size2_min5_smoothing0.csv", &[2], 5, 0.0, &plain),
        ("collocations_size2_min3_padded.csv", &[2], 3, 0.5, &padded),
        ("collocations_size3_min2.csv", &[3], 2, 0.5, &plain),
        ("collocations_size3_min5.csv", &[3], 5, 0.5, &plain),
        ("collocations_size2to3_min5.csv", &[2, 3], 5, 0.5, &plain),
    ] {
        let tokens = tokens(documents);
        let options = CollocationOptions {
            sequences: options(sizes, min, true),
            contains: None,
            smoothing,
            measures: vec![],
            adjust: None,
        };
        let found = collocations(&tokens, &breaks(&tokens), &options, &Watch::new()).unwrap();
        let mut mine = HashMap::new();
        for (i, ids) in found.ids.iter().enumerate() {
            let words: Vec<&str> = ids
                .iter()
                .map(|&id| tokens.vocabulary().feature(id).unwrap())
                .collect();
            let row = (
                found.count[i],
                found.count_nested[i],
                ids.len(),
                found.lambda[i],
                found.z[i],
            );
            mine.insert(words.join(" "), row);
        }
        let mut reader = csv::Reader::from_path(folder.join("zh").join(file)).unwrap();
        let mut rows = 0;
        let mut compared = 0;
        for row in reader.records() {
            let row = row.unwrap();
            rows += 1;
            let (count, nested, length, lambda, z) = mine[&row[0]];
            assert_eq!(count.to_string(), row[1], "{file} {row:?}");
            assert_eq!(nested.to_string(), row[2], "{file} {row:?}");
            assert_eq!(length.to_string(), row[3], "{file} {row:?}");
            for (got, wanted) in [(lambda, &row[4]), (z, &row[5])] {
                match wanted.parse::<f64>().ok().filter(|w| w.is_finite() && *w != 0.0) {
                    Some(wanted) => {
                        compared += 1;
                        let got = got.unwrap();
                        assert!(
                            (got - wanted).abs() <= 1e-9 * wanted.abs().max(1e-3),
                            "{file} {row:?}: {got}"
                        );
                    }
                    // A cell of 0 without smoothing: the logarithm has no value.
                    None => assert!(smoothing == 0.0 && got.is_none(), "{file} {row:?}: {got:?}"),
                }
            }
        }
        assert_eq!(rows, mine.len(), "{file}");
        assert!(compared > rows, "{file}");
    }
}
