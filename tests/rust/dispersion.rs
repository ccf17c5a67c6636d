//! Dispersion: golden figures and properties of the kernels.

use std::str::FromStr;

use duizhao::stats::dispersion::{Cell, Dispersion, Distances, Parts};
use proptest::prelude::*;

fn parts(counts: &[f64], sizes: &[f64]) -> (Vec<Cell>, Parts) {
    let cells = counts
        .iter()
        .zip(sizes)
        .filter(|(count, _)| **count > 0.0)
        .map(|(&count, &size)| Cell {
            count,
            size,
            times: 1.0,
        })
        .collect();
    (cells, Parts::new(sizes.iter().map(|&size| (size, 1.0))))
}

#[test]
fn golden_figures() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/dispersion.csv");
    let mut seen = 0;
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        let measure = Dispersion::from_str(&row[0]).unwrap();
        let numbers = |field: &str| {
            field
                .split_whitespace()
                .map(|x| x.parse().unwrap())
                .collect::<Vec<f64>>()
        };
        let got = if measure.by_distances() {
            let words: Vec<&str> = row[3].split_whitespace().collect();
            let places: Vec<usize> = (0..words.len()).filter(|&i| words[i] == "a").collect();
            let mut d = Distances::new(words.len() as f64, places.len() as f64);
            for (i, place) in places.iter().enumerate() {
                let next = places.get(i + 1).copied().unwrap_or(places[0] + words.len());
                d.add((next - place) as f64);
            }
            measure.score_distances(&d)
        } else {
            let (cells, all) = parts(&numbers(&row[1]), &numbers(&row[2]));
            measure.score(&cells, &all)
        };
        let (expected, tolerance): (f64, f64) = (row[4].parse().unwrap(), row[5].parse().unwrap());
        assert!((got.unwrap() - expected).abs() <= tolerance, "{row:?}: {got:?}");
        seen += 1;
    }
    assert!(seen > 60);
}

proptest! {
    #[test]
    fn in_range_and_even_at_its_end(sizes in prop::collection::vec(1_u32..5000, 2..9), f in 1_u32..20) {
        let sizes: Vec<f64> = sizes.into_iter().map(f64::from).collect();
        // Counts proportional to sizes are perfectly even.
        let counts: Vec<f64> = sizes.iter().map(|s| s * f64::from(f)).collect();
        let scaled: Vec<f64> = sizes.iter().map(|s| s * f64::from(f) * 3.0).collect();
        let (cells, all) = parts(&counts, &scaled);
        for (measure, best) in [
            (Dispersion::GriesDp, 0.0),
            (Dispersion::GriesDpNorm, 0.0),
            (Dispersion::KlDivergence, 0.0),
            (Dispersion::RosengrenS, 1.0),
            (Dispersion::CarrollD2, 1.0),
            (Dispersion::LyneD3, 1.0),
        ] {
            prop_assert!((measure.score(&cells, &all).unwrap() - best).abs() < 1e-9, "{measure}");
        }
        // All in the smallest part: the normalised deviation is 1 and Juilland's D is 0.
        let smallest = (0..sizes.len()).min_by(|&a, &b| sizes[a].total_cmp(&sizes[b])).unwrap();
        let mut alone = vec![0.0; sizes.len()];
        alone[smallest] = 1.0;
        let (cells, all) = parts(&alone, &sizes);
        prop_assert!((Dispersion::GriesDpNorm.score(&cells, &all).unwrap() - 1.0).abs() < 1e-9);
        prop_assert!(Dispersion::JuillandD.score(&cells, &all).unwrap().abs() < 1e-7);
    }
}

#[test]
fn undefined_is_none() {
    let (cells, all) = parts(&[0.0, 0.0], &[5.0, 5.0]);
    for measure in Dispersion::ALL {
        assert_eq!(measure.score(&cells, &all), None);
        assert_eq!(measure.score_distances(&Distances::new(10.0, 0.0)), None);
    }
    assert!(
        Dispersion::from_str("dp")
            .unwrap_err()
            .to_string()
            .contains("gries_dp")
    );
}

#[test]
fn harmonic_numbers_of_large_counts_continue_those_of_small_ones() {
    let of = |count: f64| {
        let (cells, all) = parts(&[count], &[count]);
        Dispersion::KromerUr.score(&cells, &all).unwrap()
    };
    assert!((of(10_000.0) - of(9_999.0) - 1e-4).abs() < 1e-12);
}
