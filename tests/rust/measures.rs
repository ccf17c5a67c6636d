//! The registry against figures of other programs, and laws that hold for every measure.
#![allow(clippy::float_cmp)] // infinities

use std::collections::BTreeMap;
use std::path::Path;

use duizhao::registry::{Family, Sign};
use duizhao::stats::adjust::Adjustment;
use duizhao::stats::contingency::Table;
use duizhao::stats::measures::Measure;
use duizhao::stats::special::{log_chi_squared_tail, p_from_log};
use proptest::prelude::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

struct Golden {
    measure: String,
    quantity: String,
    table: Table,
    expected: f64,
    tolerance: f64,
    source: String,
}

fn golden() -> Vec<Golden> {
    ["keyness.csv", "association.csv"]
        .iter()
        .flat_map(|file| {
            let mut reader = csv::Reader::from_path(root().join("tests/golden").join(file)).unwrap();
            reader
                .records()
                .map(|record| {
                    let record = record.unwrap();
                    let cell = |i: usize| record[i].parse::<u64>().unwrap();
                    Golden {
                        measure: record[0].to_owned(),
                        quantity: record[1].to_owned(),
                        table: Table::from_cells(cell(2), cell(3), cell(4), cell(5)).unwrap(),
                        expected: record[6].parse().unwrap(),
                        tolerance: record[7].parse().unwrap(),
                        source: record[8].to_owned(),
                    }
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn golden_figures() {
    let rows = golden();
    assert!(rows.len() > 150, "{} golden rows", rows.len());
    for row in rows {
        let measure: Measure = row.measure.parse().unwrap();
        let got = match row.quantity.as_str() {
            "score" => measure.score(&row.table),
            "log_p" => measure.log_p(&row.table),
            other => panic!("quantity {other}"),
        };
        let got = got.unwrap();
        assert!(
            (got - row.expected).abs() <= row.tolerance,
            "{measure} {} of {:?}: {got} instead of {} ({})",
            row.quantity,
            row.table,
            row.expected,
            row.source
        );
    }
}

/// The registry, the golden figures, the words of the Python facade and the documentation know the same measures.
#[test]
fn every_measure_is_complete() {
    let mut sources: BTreeMap<String, usize> = BTreeMap::new();
    for row in golden() {
        assert!(
            !row.source.trim().is_empty(),
            "a golden row of {} without a source",
            row.measure
        );
        *sources.entry(row.measure).or_default() += 1;
    }
    let docs = std::fs::read_to_string(root().join("docs/statistics/measures.md")).unwrap();
    let facade = std::fs::read_to_string(root().join("python/duizhao/stats/measures.py")).unwrap();
    let literal = facade
        .split_once("Measure: TypeAlias = Literal[")
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(words, _)| words)
        .unwrap();
    assert!(Measure::ALL.len() >= 6);
    for &measure in Measure::ALL {
        let entry = measure.entry();
        assert_eq!(entry.word.parse::<Measure>().unwrap(), measure);
        assert!(!entry.formula.is_empty() && !entry.source.is_empty());
        assert!(sources.contains_key(entry.word), "{measure}: no golden row");
        assert!(
            literal.contains(&format!("\"{}\"", entry.word)),
            "{measure}: not in the Literal"
        );
        assert!(
            docs.contains(&format!("\n### `{}`\n", entry.word)),
            "{measure}: no section in docs/statistics/measures.md"
        );
    }
    let names: Vec<_> = Measure::ALL.iter().map(|m| m.name()).collect();
    assert!(
        sources.keys().all(|name| names.contains(&name.as_str())),
        "golden rows of an unknown measure"
    );
    assert_eq!(
        literal.matches('"').count(),
        2 * names.len(),
        "the Literal has words that Rust does not know"
    );
    assert_eq!(
        docs.matches("\n### `").count(),
        names.len(),
        "docs/statistics/measures.md has sections that Rust does not know"
    );
}

#[test]
fn unknown_words_are_answered_with_the_list() {
    let message = "loglikelihood".parse::<Measure>().unwrap_err().to_string();
    assert!(
        message.contains("`measures`")
            && message.contains("'log_likelihood', ")
            && message.ends_with("got 'loglikelihood'; did you mean 'log_likelihood'?")
    );
    let message = "fdr".parse::<Adjustment>().unwrap_err().to_string();
    assert_eq!(
        message,
        "`adjust` must be one of 'bh', 'holm', 'bonferroni'; got 'fdr'"
    );
}

fn score(measure: &str, o11: u64, o12: u64, o21: u64, o22: u64) -> Option<f64> {
    measure
        .parse::<Measure>()
        .unwrap()
        .score(&Table::from_cells(o11, o12, o21, o22).unwrap())
}

/// logDice and PMI at a joint count of 0 are −∞ (not 14, not NaN); NPMI is −1, and +1 where the two are never apart.
#[test]
fn limits() {
    for measure in ["pmi", "pmi2", "pmi3", "log_dice", "t_score"] {
        assert_eq!(
            score(measure, 0, 10, 10, 80),
            Some(f64::NEG_INFINITY),
            "{measure}"
        );
    }
    assert_eq!(score("npmi", 0, 10, 10, 80), Some(-1.0));
    assert_eq!(score("npmi", 10, 0, 0, 90), Some(1.0));
    assert_eq!(score("npmi", 100, 0, 0, 0), Some(1.0));
    assert_eq!(score("log_dice", 7, 0, 0, 0), Some(14.0));
    assert_eq!(score("percent_difference", 3, 7, 0, 10), Some(f64::INFINITY));
    assert_eq!(score("percent_difference", 0, 7, 3, 10), Some(-100.0));
}

/// A word that neither side uses, an empty side, an empty table: nothing is compared, so nothing is scored.
#[test]
fn empty_sides_are_undefined() {
    for (cells, families) in [
        (
            (0, 0, 3, 9),
            &[Family::Significance, Family::Effect, Family::Association][..],
        ),
        ((3, 9, 0, 0), &[Family::Significance, Family::Effect]),
        (
            (0, 5, 0, 9),
            &[Family::Significance, Family::Effect, Family::Association],
        ),
        (
            (0, 0, 0, 0),
            &[Family::Significance, Family::Effect, Family::Association],
        ),
    ] {
        let table = Table::from_cells(cells.0, cells.1, cells.2, cells.3).unwrap();
        for &measure in Measure::ALL
            .iter()
            .filter(|m| families.contains(&m.entry().family))
        {
            if measure == Measure::DeltaPBackward && table.c1() > 0 && table.c2() > 0 {
                continue; // needs both columns, not both rows
            }
            assert_eq!(measure.score(&table), None, "{measure} of {cells:?}");
            assert_eq!(measure.log_p(&table), None, "{measure} of {cells:?}");
        }
    }
}

/// 300 of 1,000 against 100 of 1,000: where two- and four-cell G² part by a quarter.
#[test]
fn two_cells_are_not_four() {
    let four = score("log_likelihood", 300, 700, 100, 900).unwrap();
    let two = score("log_likelihood_2cell", 300, 700, 100, 900).unwrap();
    assert!(
        (four - 129.72).abs() < 0.005 && (two - 104.65).abs() < 0.005,
        "{four} {two}"
    );
}

/// 24,167 tables of Brown bigrams against the textbook formulas, which lose digits but not many.
#[test]
fn brown_bigrams() {
    let Some(shared) = crate::shared() else { return };
    let mut reader = csv::Reader::from_path(shared.join("published/evert_brown_bigrams.csv")).unwrap();
    let mut n = 0;
    for record in reader.records() {
        let record = record.unwrap();
        // One count is written as 9e+05.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let o: Vec<u64> = (5..9).map(|i| record[i].parse::<f64>().unwrap() as u64).collect();
        let t = Table::from_cells(o[0], o[1], o[2], o[3]).unwrap();
        let e = [t.e11(), t.e12(), t.e21(), t.e22()];
        let x = |o: u64, e: f64| {
            if o == 0 {
                0.0
            } else {
                o as f64 * (o as f64 / e).ln()
            }
        };
        let g2: f64 = 2.0 * o.iter().zip(e).map(|(&o, e)| x(o, e)).sum::<f64>();
        let x2: f64 = o.iter().zip(e).map(|(&o, e)| (o as f64 - e).powi(2) / e).sum();
        let sign = (o[0] as f64 - e[0]).signum();
        let close = |got: f64, expected: f64, what: &str| {
            assert!(
                (got - expected).abs() < 1e-6 * expected.abs().max(1.0),
                "{what} of {o:?}: {got}, not {expected}"
            );
        };
        close(Measure::LogLikelihood.score(&t).unwrap(), sign * g2, "G²");
        close(Measure::ChiSquared.score(&t).unwrap(), sign * x2, "X²");
        close(Measure::Pmi.score(&t).unwrap(), (o[0] as f64 / e[0]).ln(), "PMI");
        for &measure in Measure::ALL {
            check_laws(measure, &t);
        }
        n += 1;
    }
    assert_eq!(n, 24_167);
}

fn check_laws(measure: Measure, table: &Table) {
    let entry = measure.entry();
    let Some(score) = measure.score(table) else {
        assert!(measure.log_p(table).is_none());
        return;
    };
    assert!(!score.is_nan(), "{measure} of {table:?} is NaN");
    assert!(
        entry.range.0 <= score && score <= entry.range.1,
        "{measure} of {table:?}: {score} outside {:?}",
        entry.range
    );
    match measure.log_p(table) {
        Some(log_p) => {
            assert!(
                measure.has_p() && log_p.is_finite() && log_p <= 0.0,
                "{measure} of {table:?}: ln p {log_p}"
            );
            let p = p_from_log(log_p);
            assert!(p > 0.0 && p <= 1.0);
        }
        None => assert!(!measure.has_p()),
    }
    if entry.sign == Sign::Ratio && (score - 1.0).abs() > 1e-9 {
        assert!(
            score >= 0.0 && (score - 1.0) * table.determinant() >= 0.0,
            "{measure} of {table:?}: {score} against the direction"
        );
    }
    // quanteda's pmi has a shift of 1e-9 inside its logarithm, which is the score itself near independence.
    if entry.sign == Sign::Direction && score.abs() > 2e-9 && !smoothed(measure) {
        let direction = table.determinant();
        assert!(
            score * direction >= 0.0,
            "{measure} of {table:?}: {score} against the direction {direction}"
        );
    }
}

/// Measures that add a constant to the counts: near independence their sign may differ from that of the raw counts.
fn smoothed(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::LogRatio | Measure::LogRatioHardie | Measure::LogOddsRatio
    )
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..20_u64, 2 => 0..100_000_u64, 1 => 0..(1_u64 << 40)]
}

proptest! {
    #[test]
    fn laws_of_all_measures(o11 in counts(), o12 in counts(), o21 in counts(), o22 in counts()) {
        let table = Table::from_cells(o11, o12, o21, o22).unwrap();
        let sums = [table.e11() + table.e12(), table.e11() + table.e21(), table.e12() + table.e22()];
        for (sum, margin) in sums.iter().zip([table.r1(), table.c1(), table.c2()]) {
            prop_assert!((sum - margin as f64).abs() <= 1e-9 * margin as f64);
        }
        for &measure in Measure::ALL {
            check_laws(measure, &table);
        }
    }

    /// Swapping target and reference turns the sign and nothing else; swapping node and collocate changes nothing.
    #[test]
    fn swaps(o11 in counts(), o12 in counts(), o21 in counts(), o22 in counts()) {
        let table = Table::from_cells(o11, o12, o21, o22).unwrap();
        let sides = Table::from_cells(o21, o22, o11, o12).unwrap();
        let transposed = Table::from_cells(o11, o21, o12, o22).unwrap();
        let close = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0) || a == b,
            (a, b) => a == b,
        };
        for &measure in Measure::ALL {
            let entry = measure.entry();
            let score = measure.score(&table);
            if (entry.family == Family::Significance && entry.sign == Sign::Direction)
                || matches!(measure, Measure::LogRatio | Measure::LogRatioHardie | Measure::LogOddsRatio | Measure::ConservativeLogRatio | Measure::DifferenceCoefficient | Measure::DeltaPForward)
            {
                prop_assert!(close(score, measure.score(&sides).map(|s| -s)), "{measure} of {table:?}");
                prop_assert!(close(measure.log_p(&table), measure.log_p(&sides)));
            }
            if matches!(entry.family, Family::Association) {
                prop_assert!(close(score, measure.score(&transposed)), "{measure} of {table:?}");
            }
        }
    }

    #[test]
    fn corrections_keep_order_and_only_raise(p in proptest::collection::vec(proptest::option::weighted(0.9, -800.0..0.0_f64), 0..60)) {
        for &how in Adjustment::ALL {
            let adjusted = how.adjust(&p);
            for (i, (&raw, &got)) in p.iter().zip(&adjusted).enumerate() {
                prop_assert_eq!(raw.is_some(), got.is_some());
                if let (Some(raw), Some(got)) = (raw, got) {
                    prop_assert!(raw <= got + 1e-12 && got <= 0.0);
                    for (j, &other) in p.iter().enumerate() {
                        if other.is_some_and(|other| other < raw) {
                            prop_assert!(adjusted[j].unwrap() <= adjusted[i].unwrap());
                        }
                    }
                }
            }
            let m = p.iter().flatten().count();
            let bonferroni = Adjustment::Bonferroni.adjust(&p);
            prop_assert!(adjusted.iter().flatten().zip(bonferroni.iter().flatten()).all(|(a, b)| *a <= b + 1e-12), "{m} tests");
        }
    }

    #[test]
    fn tail_falls(a in 0.0..2000.0_f64, step in 1e-6..10.0_f64) {
        prop_assert!(log_chi_squared_tail(a + step) < log_chi_squared_tail(a));
    }
}

/// Under the null hypothesis the p-values are uniform: 20,000 tables of two binomial samples with one true share.
#[test]
fn null_simulation_is_uniform() {
    // A small generator of our own: the test must not depend on a crate's stream.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut uniform = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let (mut below_half, mut below_twentieth, runs) = (0, 0, 4000);
    for _ in 0..runs {
        let mut draw = |n: u64| (0..n).filter(|_| uniform() < 0.2).count() as u64;
        let table = Table::from_sizes(draw(400), 400, draw(700), 700).unwrap();
        let p = Measure::LogLikelihood.log_p(&table).unwrap().exp();
        below_half += u32::from(p < 0.5);
        below_twentieth += u32::from(p < 0.05);
    }
    let share = |k: u32| f64::from(k) / f64::from(runs);
    assert!((share(below_half) - 0.5).abs() < 0.03, "{}", share(below_half));
    assert!(
        (share(below_twentieth) - 0.05).abs() < 0.012,
        "{}",
        share(below_twentieth)
    );
}
