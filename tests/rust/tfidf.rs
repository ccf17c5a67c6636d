//! Weights against golden numbers and their own definitions.

use std::sync::Arc;

use duizhao::analysis::tfidf::{FittedIdf, tfidf, tfidf_matrix, weigh};
use duizhao::corpus::dfm::Dfm;
use duizhao::corpus::vocabulary::Vocabulary;
use duizhao::run::Watch;
use duizhao::stats::tfidf::{
    IdfFormula, IdfScheme, LogBase, Norm, Preset, Tf, TfIdf, TfScheme, Unseen, normalise,
};
use proptest::prelude::*;

fn dfm(n: usize, cells: &[(u32, u32, u64)]) -> Dfm {
    let vocabulary = Arc::new(Vocabulary::new(["a", "b", "c", "d", "e"]).unwrap());
    let (rows, columns): (Vec<u32>, Vec<u32>) = cells.iter().map(|c| (c.0, c.1)).unzip();
    let counts: Vec<u64> = cells.iter().map(|c| c.2).collect();
    Dfm::from_cells(&vocabulary, n, &rows, &columns, &counts).unwrap()
}

#[test]
fn idf_variants_are_those_of_the_golden_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/idf.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut seen = 0;
    for row in reader.deserialize::<std::collections::HashMap<String, String>>() {
        let row = row.unwrap();
        let number = |name: &str| row[name].parse::<f64>().unwrap();
        let formula = IdfFormula {
            scheme: row["scheme"].parse().unwrap(),
            base: LogBase::try_from(number("base")).unwrap(),
            smoothing: number("smoothing"),
            k: number("k"),
            add: number("add"),
        };
        let whole = |name: &str| row[name].parse::<u64>().unwrap();
        let value = formula.values(whole("n_documents"), &[whole("doc_freq"), whole("max_doc_freq")])[0];
        let (value, expected) = (value.unwrap(), number("idf"));
        assert!(
            (value - expected).abs() <= number("tolerance"),
            "{}: {value} for {expected}",
            row["variant"]
        );
        seen += 1;
    }
    assert!(seen >= 12);
}

#[test]
fn tf_schemes_are_their_formulas() {
    let counts = [4, 1, 3];
    let tf = |scheme, base| {
        Tf {
            scheme,
            base,
            k: None,
        }
        .weigh(&counts)
    };
    let close = |got: Vec<f64>, expected: [f64; 3]| {
        assert!(
            got.iter().zip(expected).all(|(g, e)| (g - e).abs() < 1e-15),
            "{got:?} for {expected:?}"
        );
    };
    let two = LogBase::TWO;
    close(tf(TfScheme::Count, two), [4.0, 1.0, 3.0]);
    close(tf(TfScheme::Prop, two), [0.5, 0.125, 0.375]);
    close(tf(TfScheme::Propmax, two), [1.0, 0.25, 0.75]);
    close(tf(TfScheme::Logcount, two), [3.0, 1.0, 1.0 + 3_f64.log2()]);
    close(tf(TfScheme::Augmented, two), [1.0, 0.625, 0.875]);
    let mean = 1.0 + (8.0_f64 / 3.0).log2();
    close(
        tf(TfScheme::Logave, two),
        [3.0 / mean, 1.0 / mean, (1.0 + 3_f64.log2()) / mean],
    );
    close(tf(TfScheme::Boolean, two), [1.0, 1.0, 1.0]);
    for scheme in TfScheme::ALL {
        assert!(
            Tf {
                scheme: *scheme,
                base: two,
                k: None
            }
            .weigh(&[])
            .is_empty()
        );
        assert_eq!(scheme.name().parse(), Ok(*scheme));
    }
}

#[test]
fn words_and_numbers_are_checked() {
    let error = "tfidf".parse::<TfScheme>().unwrap_err().to_string();
    assert!(
        error.contains("`tf`") && error.contains("'logave'") && error.contains("tfidf"),
        "{error}"
    );
    assert!("l3".parse::<Norm>().is_err() && "spark".parse::<Preset>().is_err());
    assert!(
        "ln".parse::<IdfScheme>()
            .unwrap_err()
            .to_string()
            .contains("'inverse'")
    );
    for bad in [1.0, 0.5, -2.0, f64::NAN, f64::INFINITY] {
        assert!(
            LogBase::try_from(bad)
                .unwrap_err()
                .to_string()
                .starts_with("`base`")
        );
    }
    let formula = IdfFormula {
        smoothing: -1.0,
        ..IdfFormula::default()
    };
    assert!(
        FittedIdf::fit(&dfm(0, &[]), formula)
            .unwrap_err()
            .to_string()
            .starts_with("`smoothing`")
    );
}

#[test]
fn undefined_is_none_never_nan() {
    let values = |scheme| {
        IdfFormula {
            scheme,
            ..IdfFormula::default()
        }
        .values(4, &[0, 4, 2])
    };
    for &scheme in IdfScheme::ALL {
        let values = values(scheme);
        assert_eq!(values[0], None, "a feature that occurs nowhere");
        assert!(values[1].is_some_and(f64::is_finite) && values[2].is_some_and(f64::is_finite));
    }
    assert_eq!(
        values(IdfScheme::Probabilistic)[1],
        Some(0.0),
        "log 0 is cut at 0"
    );
    assert!(values(IdfScheme::Bm25)[1].unwrap() < 0.0);
    assert_eq!(IdfFormula::default().values(0, &[0]), [None]);
}

#[test]
fn rows_are_sorted_and_unseen_features_are_treated_as_said() {
    let old = dfm(4, &[(0, 0, 1), (1, 0, 1), (2, 1, 1), (3, 2, 1)]);
    let idf = FittedIdf::fit(
        &old.trim(&duizhao::corpus::dfm::Trim::default()).unwrap(),
        IdfFormula::default(),
    )
    .unwrap();
    let new = dfm(1, &[(0, 0, 3), (0, 1, 1), (0, 2, 1), (0, 4, 2)]);
    let rows = |unseen, norm| {
        let options = TfIdf {
            unseen,
            norm,
            ..TfIdf::default()
        };
        tfidf(&new, &idf, &options, &Watch::new()).unwrap()
    };
    let null = rows(Unseen::Null, Norm::None);
    assert_eq!(
        null.iter().map(|r| r.feature).collect::<Vec<_>>(),
        [0, 1, 2, 4],
        "3 ln 2 > ln 4 = ln 4, null last"
    );
    assert_eq!((null[3].idf, null[3].tfidf, null[3].freq), (None, None, 2));
    assert_eq!(rows(Unseen::Drop, Norm::None).len(), 3);
    let find = |rows: Vec<duizhao::analysis::tfidf::TfIdfRow>| {
        rows.iter().find(|r| r.feature == 4).and_then(|r| r.idf)
    };
    assert_eq!(find(rows(Unseen::Max, Norm::None)), Some(4_f64.ln()));
    assert_eq!(
        find(rows(Unseen::Median, Norm::None)),
        Some(4_f64.ln()),
        "upper median of ln 2, ln 4, ln 4"
    );
    let scaled: f64 = rows(Unseen::Null, Norm::L2)
        .iter()
        .filter_map(|r| r.tfidf)
        .map(|w| w * w)
        .sum();
    assert!((scaled - 1.0).abs() < 1e-12);
    let empty = FittedIdf::from_table::<&str>(&[], &[]).unwrap();
    let options = TfIdf {
        unseen: Unseen::Median,
        ..TfIdf::default()
    };
    assert!(
        tfidf(&new, &empty, &options, &Watch::new())
            .unwrap()
            .iter()
            .all(|r| r.tfidf.is_none())
    );
}

#[test]
fn gensim_leaves_out_what_says_nothing() {
    let dfm = dfm(2, &[(0, 0, 1), (0, 1, 2), (1, 0, 5)]);
    let options = Preset::Gensim.options();
    let idf = FittedIdf::fit(&dfm, options.idf).unwrap();
    let rows = tfidf(&dfm, &idf, &options, &Watch::new()).unwrap();
    assert_eq!(
        rows.iter().map(|r| (r.document, r.feature)).collect::<Vec<_>>(),
        [(0, 1)]
    );
    assert_eq!(rows[0].tfidf, Some(1.0));
}

#[test]
fn tables_are_checked() {
    assert!(FittedIdf::from_table(&["a"], &[1.0, 2.0]).is_err());
    assert!(
        FittedIdf::from_table(&["a", "a"], &[1.0, 2.0])
            .unwrap_err()
            .to_string()
            .contains("distinct")
    );
    assert!(FittedIdf::from_table(&["a"], &[f64::NAN]).is_err());
    let vocabulary = Arc::new(Vocabulary::new(["a"]).unwrap());
    let fit =
        |n, df: Vec<u64>| FittedIdf::from_doc_freqs(Arc::clone(&vocabulary), n, df, IdfFormula::default());
    assert!(fit(2, vec![3]).is_err() && fit(2, vec![1, 1]).is_err() && fit(2, vec![2]).is_ok());
}

proptest! {
    #[test]
    fn norms_normalise(mut weights in proptest::collection::vec(prop_oneof![Just(0.0), -9.0_f64..9.0], 0..8)) {
        let before = weights.clone();
        normalise(Norm::None, &mut weights);
        prop_assert_eq!(&weights, &before);
        let any = before.iter().any(|w| *w != 0.0);
        normalise(Norm::L1, &mut weights);
        let sum: f64 = weights.iter().map(|w| w.abs()).sum();
        prop_assert!((sum - f64::from(u8::from(any))).abs() < 1e-12);
        normalise(Norm::L2, &mut weights);
        let sum: f64 = weights.iter().map(|w| w * w).sum();
        prop_assert!((sum - f64::from(u8::from(any))).abs() < 1e-12);
    }

    #[test]
    fn matrix_and_rows_say_the_same(cells in proptest::collection::vec((0_u32..4, 0_u32..5, 1_u64..9), 0..20)) {
        let dfm = dfm(4, &cells);
        for preset in Preset::ALL {
            let options = preset.options();
            let idf = FittedIdf::fit(&dfm, options.idf).unwrap();
            let rows = tfidf(&dfm, &idf, &options, &Watch::new()).unwrap();
            let matrix = tfidf_matrix(&dfm, &idf, &options, &Watch::new()).unwrap();
            let solid: Vec<_> = rows.iter().filter(|r| r.tfidf.is_some_and(|w| w != 0.0)).collect();
            prop_assert_eq!(matrix.weights().n_nonzero(), solid.len());
            for row in &solid {
                prop_assert_eq!(matrix.weights().get(row.document as usize, row.feature), row.tfidf);
            }
            prop_assert!(rows.iter().all(|r| r.tfidf.is_none_or(f64::is_finite)));
            let sorted = rows.windows(2).all(|w| {
                let key = |r: &duizhao::analysis::tfidf::TfIdfRow| (r.document, -r.tfidf.unwrap(), r.feature);
                key(&w[0]) < key(&w[1])
            });
            prop_assert!(sorted);
        }
    }

    #[test]
    fn shares_sum_to_one(cells in proptest::collection::vec((0_u32..3, 0_u32..5, 1_u64..9), 0..20)) {
        let dfm = dfm(3, &cells);
        let tf = Tf { scheme: TfScheme::Prop, base: LogBase::E, k: None };
        let weighted = weigh(&dfm, &tf, &Watch::new()).unwrap();
        for d in 0..3 {
            let sum: f64 = weighted.weights().row(d).1.iter().sum();
            prop_assert!(dfm.row_sums()[d] == 0 || (sum - 1.0).abs() < 1e-12);
        }
    }
}
