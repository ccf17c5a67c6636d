//! Lexical diversity: properties of the kernels. Golden figures are read in Python.

use std::str::FromStr;

use duizhao::analysis::means::means;
use duizhao::run::Watch;
use duizhao::stats::diversity::{Diversity, DiversityOptions, Spectrum};
use duizhao::stats::inference::Inference;
use proptest::prelude::*;

fn spectrum(sequence: &[u32]) -> Spectrum {
    let mut counts = vec![0; 50];
    for &token in sequence {
        counts[token as usize] += 1;
    }
    Spectrum::new(counts)
}

proptest! {
    #[test]
    fn in_range_and_blind_to_names(sequence in prop::collection::vec(0_u32..20, 0..200), shift in 0_u32..30) {
        let renamed: Vec<u32> = sequence.iter().map(|t| t + shift).collect();
        let options = DiversityOptions { window: 30, segment: 25, ..DiversityOptions::default() };
        for measure in Diversity::ALL {
            let score = measure.score(&spectrum(&sequence), Some(&sequence), &options);
            prop_assert_eq!(score, measure.score(&spectrum(&renamed), Some(&renamed), &options));
            let (low, high) = measure.entry().range;
            prop_assert!(score.is_none_or(|v| v.is_finite() && (low..=high).contains(&v)), "{}", measure);
            if measure.by_sequence() {
                prop_assert_eq!(measure.score(&spectrum(&sequence), None, &options), None);
            } else {
                let mut backwards = sequence.clone();
                backwards.reverse();
                prop_assert_eq!(score, measure.score(&spectrum(&backwards), None, &options));
            }
        }
        let backwards: Vec<u32> = sequence.iter().rev().copied().collect();
        let mtld = |s: &[u32]| Diversity::Mtld.score(&spectrum(s), Some(s), &options);
        prop_assert_eq!(mtld(&sequence), mtld(&backwards));
    }

    #[test]
    fn means_of_one_group_are_plain(values in prop::collection::vec(prop::option::of(-5.0_f64..5.0), 1..20)) {
        let inference = Inference {
            resamples: 20, permutations: 5, level: 0.9, ..Inference::default()
        };
        let groups = vec![0; values.len()];
        let found = means(std::slice::from_ref(&values), &groups, 1, &inference, None, &Watch::new()).unwrap();
        let some: Vec<f64> = values.into_iter().flatten().collect();
        prop_assert_eq!(found[0].n, some.len() as u64);
        prop_assert_eq!(found[0].permutation_p, None);
        match found[0].mean {
            Some(mean) => prop_assert!((mean - some.iter().sum::<f64>() / some.len() as f64).abs() < 1e-12),
            None => prop_assert!(some.is_empty()),
        }
        if let Some((low, high)) = found[0].interval {
            prop_assert!(low <= high && some.len() > 1);
        }
    }
}

#[test]
fn mtld_counts_factors_by_hand() {
    let sequence = [0, 1, 0, 0, 0, 1, 2];
    let options = DiversityOptions::default();
    // Forwards: (0 1 0)(0 0), then 1 2 without repetition: 7 / 2. Backwards: (2 1 0 0 0), then 1 0: 7 / 1.
    let score = Diversity::Mtld.score(&spectrum(&sequence), Some(&sequence), &options);
    assert_eq!(score, Some(f64::midpoint(7.0 / 2.0, 7.0)));
}

#[test]
fn bad_words_and_groups_are_named() {
    assert!(
        Diversity::from_str("mtdl")
            .unwrap_err()
            .to_string()
            .contains("mtld")
    );
    let inference = Inference {
        level: 0.9,
        ..Inference::default()
    };
    let run = |values: Vec<Option<f64>>, groups: &[u32]| {
        means(&[values], groups, 1, &inference, None, &Watch::new())
    };
    assert!(run(vec![Some(1.0)], &[1]).is_err());
    assert!(run(vec![Some(1.0)], &[0, 0]).is_err());
}
