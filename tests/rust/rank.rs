//! Agreement of rankings against plain loops over the definitions.

use duizhao::stats::rank::{kendall, rank_biased_overlap};
use proptest::prelude::*;

/// Kendall's S and τ-b pair by pair.
fn pair_by_pair(x: &[f64], y: &[f64]) -> (f64, Option<f64>) {
    let (mut s, mut moved) = (0.0, [0.0; 2]);
    for i in 0..x.len() {
        for j in 0..i {
            let sign = |a: f64, b: f64| {
                if a > b {
                    1.0
                } else if a < b {
                    -1.0
                } else {
                    0.0
                }
            };
            let (dx, dy): (f64, f64) = (sign(x[i], x[j]), sign(y[i], y[j]));
            s += dx * dy;
            moved[0] += dx.abs();
            moved[1] += dy.abs();
        }
    }
    let root = (moved[0] * moved[1]).sqrt();
    (s, (root > 0.0).then(|| s / root))
}

/// (1 − p) Σ p^(d−1) A(d) to a depth where nothing is left, A(d) the agreement of the first d, which beyond the end of the short
/// list grows by what that list has in common, and beyond both stays.
fn endless(a: &[u32], b: &[u32], p: f64) -> Option<f64> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return (!long.is_empty()).then_some(0.0);
    }
    let common = |d: usize| {
        let first = |list: &'_ [u32]| list[..d.min(list.len())].to_vec();
        let others = first(long);
        first(short).iter().filter(|i| others.contains(i)).count() as f64
    };
    let (s, rate) = (short.len(), common(short.len()) / short.len() as f64);
    let agreement = |d: usize| {
        let d = d.min(long.len());
        (common(d) + d.saturating_sub(s) as f64 * rate) / d as f64
    };
    let mut weight = 1.0 - p;
    let mut sum = 0.0;
    for d in 1..3000 {
        sum += weight * agreement(d);
        weight *= p;
    }
    Some(sum)
}

proptest! {
    #[test]
    fn kendall_is_that_of_all_pairs(pairs in prop::collection::vec((-4_i32..5, -4_i32..5), 0..60)) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().map(|&(a, b)| (f64::from(a), f64::from(b))).unzip();
        let (s, tau) = pair_by_pair(&x, &y);
        let found = kendall(&x, &y).unwrap();
        prop_assert_eq!(found.s.to_bits(), (s + 0.0).to_bits());
        prop_assert_eq!(found.tau.is_some(), tau.is_some());
        if let (Some(found), Some(tau)) = (found.tau, tau) {
            prop_assert!((found - tau).abs() < 1e-12);
        }
        let turned: Vec<f64> = y.iter().map(|v| -v).collect();
        prop_assert!((kendall(&x, &turned).unwrap().s + s).abs() < 1e-12);
    }

    #[test]
    fn overlap_is_the_endless_sum(
        a in Just((0_u32..12).collect::<Vec<_>>()).prop_shuffle(),
        b in Just((6_u32..18).collect::<Vec<_>>()).prop_shuffle(),
        sizes in (0_usize..13, 0_usize..13),
        p in 0.05..0.97_f64,
    ) {
        let (a, b) = (&a[..sizes.0], &b[..sizes.1]);
        let found = rank_biased_overlap(a, b, p).unwrap();
        prop_assert_eq!(found, rank_biased_overlap(b, a, p).unwrap());
        match (found, endless(a, b, p)) {
            (Some(found), Some(sum)) => prop_assert!((found - sum).abs() < 1e-10, "{} {}", found, sum),
            (found, sum) => prop_assert_eq!(found, sum),
        }
    }
}
