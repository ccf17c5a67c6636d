//! Resampling over documents: permutation of labels, bootstrap, and what is made of the replicates.
//!
//! Documents are the unit, since words cluster in them: a test over tokens takes a thousand mentions in one report for a
//! thousand witnesses. Lijffijt, J., Nevalainen, T., Säily, T., Papapetrou, P., Puolamäki, K. & Mannila, H. (2016).
//! Significance testing of word frequencies in corpora. *Digital Scholarship in the Humanities* 31(2), 374–397.
//!
//! Replicate `i` of a [`Plan`] is a function of seed and `i` alone (one `ChaCha8` stream a replicate), so replicates can
//! be made in any order and on any number of threads, and are the same on every machine.

use std::ops::Range;

use ndarray::{Array2, Axis, aview1};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use crate::registry::Sign;

/// Who may be exchanged with whom: documents in blocks, within which labels are permuted and documents redrawn.
///
/// Without blocks all documents form one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    seed: u64,
    n_units: usize,
    /// Units of each block, ascending; blocks in ascending order of their number.
    blocks: Vec<Vec<usize>>,
}

/// Permutation and bootstrap draw from streams of their own, so that asking for both changes neither.
#[derive(Debug, Clone, Copy)]
enum Purpose {
    Permutation = 0,
    Bootstrap = 1,
}

impl Plan {
    /// `n_units` exchangeable units.
    pub fn new(seed: u64, n_units: usize) -> Self {
        let blocks = if n_units == 0 {
            Vec::new()
        } else {
            vec![(0..n_units).collect()]
        };
        Self {
            seed,
            n_units,
            blocks,
        }
    }

    /// Units exchangeable within their block only; `block[u]` is the number of the block of unit `u`.
    pub fn with_blocks(seed: u64, block: &[u32]) -> Self {
        let mut order: Vec<usize> = (0..block.len()).collect();
        order.sort_by_key(|&unit| block[unit]);
        let blocks = order
            .chunk_by(|&a, &b| block[a] == block[b])
            .map(<[usize]>::to_vec)
            .collect();
        Self {
            seed,
            n_units: block.len(),
            blocks,
        }
    }

    /// Number of units.
    pub const fn n_units(&self) -> usize {
        self.n_units
    }

    /// Whether two draws can differ: some block has two units.
    pub fn varies(&self) -> bool {
        self.blocks.iter().any(|block| block.len() > 1)
    }

    fn rng(&self, purpose: Purpose, replicate: usize) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream((replicate as u64) * 2 + purpose as u64);
        rng
    }

    /// For replicate `i` of a permutation test: the unit whose label each unit gets. Every permutation within the blocks
    /// is equally likely (Fisher–Yates).
    pub fn permutation(&self, replicate: usize) -> Vec<usize> {
        let mut rng = self.rng(Purpose::Permutation, replicate);
        let mut from: Vec<usize> = (0..self.n_units).collect();
        for block in &self.blocks {
            for last in (1..block.len()).rev() {
                let other = below(&mut rng, last as u64 + 1);
                from.swap(block[last], block[other]);
            }
        }
        from
    }

    /// For replicate `i` of a bootstrap: how often each unit is drawn; each block keeps its number of units.
    pub fn multiplicities(&self, replicate: usize) -> Vec<u32> {
        let mut rng = self.rng(Purpose::Bootstrap, replicate);
        let mut times = vec![0_u32; self.n_units];
        for block in &self.blocks {
            for _ in block {
                times[block[below(&mut rng, block.len() as u64)]] += 1;
            }
        }
        times
    }

    /// The labels that units get in these replicates of a permutation test: replicates × units.
    pub fn labels(&self, replicates: Range<usize>, labels: &[u32]) -> Array2<u32> {
        self.table(replicates, |replicate| {
            let from = self.permutation(replicate);
            from.into_iter().map(|unit| labels[unit]).collect()
        })
    }

    /// How often each unit is drawn in these replicates of a bootstrap: replicates × units.
    pub fn draws(&self, replicates: Range<usize>) -> Array2<u32> {
        self.table(replicates, |replicate| self.multiplicities(replicate))
    }

    fn table(&self, replicates: Range<usize>, row: impl Fn(usize) -> Vec<u32> + Sync) -> Array2<u32> {
        let mut table = Array2::zeros((replicates.len(), self.n_units));
        table
            .axis_iter_mut(Axis(0))
            .into_par_iter()
            .zip(replicates)
            .for_each(|(mut line, replicate)| line.assign(&aview1(&row(replicate))));
        table
    }
}

/// A whole number in `0..n` without bias, by Lemire's multiplication (2019, *ACM TOMACS* 29(1)); `n` must not be 0.
fn below(rng: &mut ChaCha8Rng, n: u64) -> usize {
    let reject = n.wrapping_neg() % n;
    loop {
        let wide = u128::from(rng.next_u64()) * u128::from(n);
        #[allow(clippy::cast_possible_truncation)] // the low half is wanted
        let low = wide as u64;
        if low >= reject {
            #[allow(clippy::cast_possible_truncation)] // below n, and n came from a length
            return (wide >> 64) as usize;
        }
    }
}

/// p-value of a permutation test: (1 + hits) / (1 + replicates), which is never 0 and keeps the level.
/// Phipson, B. & Smyth, G. K. (2010). *Statistical Applications in Genetics and Molecular Biology* 9(1), article 39.
///
/// `hits` counts the replicates at least as extreme as what was observed. Without replicates the result is 1.
pub fn permutation_p(hits: u64, replicates: u64) -> f64 {
    (1.0 + hits as f64) / (1.0 + replicates as f64)
}

/// Whether a replicate is at least as far from its centre as what was observed, two-sided on the absolute value.
///
/// Sums of the same numbers in another order may differ in the last bits; such ties count as hits.
#[inline]
pub fn as_extreme(replicate: f64, observed: f64) -> bool {
    replicate.abs() >= observed.abs() * (1.0 - 1e-12)
}

/// [`as_extreme`] for scores whose sign says something else: a ratio is as far from 1 as its logarithm is from 0, and a rank
/// has no other side, so a greater score is the more extreme one.
#[inline]
pub fn as_extreme_in(sign: Sign, replicate: f64, observed: f64) -> bool {
    match sign {
        Sign::Direction => as_extreme(replicate, observed),
        Sign::Ratio => as_extreme(replicate.ln(), observed.ln()),
        _ => replicate >= observed - 1e-12 * observed.abs(),
    }
}

/// Fewest documents that a bootstrap interval is made of, on each side of a comparison.
///
/// Of two documents there are three resamples: whatever the level, the bounds would be the two values themselves. Of three there are
/// ten, and the interval is short still (Davison & Hinkley 1997, sect. 2.3); with fewer it is not known, and null.
pub const LEAST_UNITS: usize = 3;

/// Whether each of `sides` has documents enough for an interval: [`LEAST_UNITS`].
pub fn enough(sides: &[usize]) -> bool {
    sides.iter().all(|&n| n >= LEAST_UNITS)
}

crate::words! {
    /// How an interval is made of bootstrap replicates.
    pub enum Interval as "interval" {
        /// Quantiles of the replicates. Efron (1979); Davison & Hinkley (1997), sect. 5.3.1.
        Percentile = "percentile",
        /// Quantiles corrected for bias and acceleration. Efron, B. (1987). *JASA* 82(397), 171–185.
        BiasCorrected = "bca",
    }
}

impl Interval {
    /// Lower and upper bound at the given `level` (such as 0.95). `None` where the replicates say nothing of the spread: fewer
    /// than two are defined, or all are equal up to rounding (no document has a hit, or all have the same rate: an interval
    /// from 0 to 0 would claim certainty); for [`Interval::BiasCorrected`] also where all lie on one side of `observed`.
    /// Callers see to [`LEAST_UNITS`].
    ///
    /// `jackknife` holds the statistic without each unit in turn (only `BCa` reads it; undefined values are left out;
    /// with fewer than two the acceleration is 0). Replicates are sorted in place; NaN are left out, infinities are not.
    pub fn bounds(
        self,
        observed: f64,
        replicates: &mut Vec<f64>,
        jackknife: &[f64],
        level: f64,
    ) -> Option<(f64, f64)> {
        replicates.retain(|v| !v.is_nan());
        if replicates.len() < 2 || observed.is_nan() {
            return None;
        }
        replicates.sort_unstable_by(f64::total_cmp);
        let (least, most) = (replicates[0], replicates[replicates.len() - 1]);
        // Infinities are equal or not: between them there is no rounding.
        let rounding = if least.is_finite() && most.is_finite() {
            1e-12 * least.abs().max(most.abs())
        } else {
            0.0
        };
        #[allow(clippy::float_cmp)] // equal infinities have no difference
        if least == most || most - least <= rounding {
            return None;
        }
        let tail = (1.0 - level) / 2.0;
        let (low, high) = match self {
            Self::Percentile => (tail, 1.0 - tail),
            Self::BiasCorrected => {
                let below = replicates.partition_point(|&v| v < observed);
                let up_to = replicates.partition_point(|&v| v <= observed);
                // Ties count half, so that a statistic with few values is not called biased.
                let share = f64::midpoint(below as f64, up_to as f64) / replicates.len() as f64;
                if share <= 0.0 || share >= 1.0 {
                    return None;
                }
                let bias = super::special::normal_quantile(share);
                let acceleration = acceleration(jackknife);
                let shifted = |p: f64| {
                    let z = bias + super::special::normal_quantile(p);
                    super::special::normal_cdf(bias + z / (1.0 - acceleration * z))
                };
                (shifted(tail), shifted(1.0 - tail))
            }
        };
        Some((quantile(replicates, low), quantile(replicates, high)))
    }
}

/// Efron's acceleration: skewness of the jackknife values over six times the cube of their spread.
fn acceleration(jackknife: &[f64]) -> f64 {
    let values: Vec<f64> = jackknife.iter().copied().filter(|v| v.is_finite()).collect();
    if values.len() < 2 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for v in values {
        let d = mean - v;
        squares += d * d;
        cubes += d * d * d;
    }
    if squares > 0.0 {
        cubes / (6.0 * squares.powf(1.5))
    } else {
        0.0
    }
}

/// Quantile of sorted values by linear interpolation between order statistics, type 7 of Hyndman & Fan (1996),
/// *The American Statistician* 50(4); NaN for no values. Equal neighbours, also infinite ones, give their value.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = p.clamp(0.0, 1.0) * last as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // in 0..=last
    let i = place.floor() as usize;
    let (a, b, part) = (sorted[i], sorted[(i + 1).min(last)], place - place.floor());
    #[allow(clippy::float_cmp)] // only to keep equal infinities from becoming NaN
    if a == b || part == 0.0 {
        a
    } else {
        a + part * (b - a)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn replicates_depend_on_seed_and_number_alone() {
        let plan = Plan::new(7, 50);
        assert_eq!(plan.permutation(3), plan.permutation(3));
        assert_ne!(plan.permutation(3), plan.permutation(4));
        assert_ne!(plan.permutation(3), Plan::new(8, 50).permutation(3));
        assert_eq!(plan.multiplicities(0).iter().sum::<u32>(), 50);
        assert!(Plan::new(1, 0).permutation(0).is_empty());
    }

    #[test]
    fn tables_of_replicates_hold_what_each_replicate_is() {
        let (plan, labels) = (Plan::with_blocks(5, &[0, 1, 0, 1, 1]), [7, 8, 9, 10, 11]);
        let (permuted, drawn) = (plan.labels(3..9, &labels), plan.draws(3..9));
        for (row, replicate) in (3..9).enumerate() {
            let expected: Vec<u32> = plan.permutation(replicate).iter().map(|&u| labels[u]).collect();
            assert_eq!(permuted.row(row).to_vec(), expected);
            assert_eq!(drawn.row(row).to_vec(), plan.multiplicities(replicate));
        }
        assert_eq!(Plan::new(1, 0).draws(0..4).dim(), (4, 0));
        assert_eq!(plan.labels(0..0, &labels).dim(), (0, 5));
    }

    #[test]
    fn blocks_keep_their_units() {
        let block = [2, 0, 2, 1, 0, 2];
        let plan = Plan::with_blocks(1, &block);
        for replicate in 0..50 {
            let from = plan.permutation(replicate);
            assert!(from.iter().enumerate().all(|(u, &f)| block[u] == block[f]));
            let times = plan.multiplicities(replicate);
            for b in 0..3 {
                let size = block.iter().filter(|&&x| x == b).count();
                let drawn: u32 = (0..6).filter(|&u| block[u] == b).map(|u| times[u]).sum();
                assert_eq!(drawn as usize, size);
            }
        }
    }

    #[test]
    fn permutations_are_equally_likely() {
        let plan = Plan::new(11, 3);
        let mut seen = std::collections::BTreeMap::new();
        for replicate in 0..6000 {
            *seen.entry(plan.permutation(replicate)).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        // χ² with 5 degrees of freedom exceeds 20.5 once in a thousand times.
        let x2: f64 = seen
            .values()
            .map(|&n: &i32| f64::from(n - 1000).powi(2) / 1000.0)
            .sum();
        assert!(x2 < 20.5, "{seen:?}");
    }

    #[test]
    fn quantiles_as_numpy() {
        // numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.9, 1])
        let v = [1.0, 2.0, 4.0, 8.0];
        let expected = [1.0, 1.3, 3.0, 6.8, 8.0];
        for (p, e) in [0.0, 0.1, 0.5, 0.9, 1.0].iter().zip(expected) {
            assert!((quantile(&v, *p) - e).abs() < 1e-12);
        }
        assert!(quantile(&[], 0.5).is_nan());
        assert_eq!(quantile(&[f64::NEG_INFINITY; 3], 0.3), f64::NEG_INFINITY);
    }

    #[test]
    fn p_is_never_zero() {
        assert!((permutation_p(0, 999) - 0.001).abs() < 1e-15);
        assert!((permutation_p(0, 0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn replicates_that_do_not_differ_have_no_interval() {
        for kind in Interval::ALL {
            for value in [0.0, 0.3, f64::INFINITY, f64::NEG_INFINITY] {
                assert_eq!(kind.bounds(value, &mut vec![value; 50], &[], 0.95), None);
            }
            let mut rounded = vec![0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2];
            assert_eq!(kind.bounds(0.3, &mut rounded, &[], 0.95), None);
            assert!(
                kind.bounds(0.3, &mut vec![0.0, 0.3, 0.3, 0.6], &[], 0.95)
                    .is_some()
            );
        }
        let infinite = [f64::NEG_INFINITY, 0.3, 0.3, 0.6];
        assert!(
            Interval::Percentile
                .bounds(0.3, &mut infinite.to_vec(), &[], 0.95)
                .is_some()
        );
        assert!(enough(&[3, 4]) && !enough(&[3, 2]) && enough(&[]));
    }

    #[test]
    fn bca_without_bias_and_acceleration_is_the_percentile() {
        let mut values: Vec<f64> = (-500..=500).map(f64::from).collect();
        let plain = Interval::Percentile.bounds(0.0, &mut values, &[], 0.9);
        let bca = Interval::BiasCorrected.bounds(0.0, &mut values, &[1.0, 2.0, 3.0], 0.9);
        let ((a, b), (c, d)) = (plain.unwrap(), bca.unwrap());
        assert!((a - c).abs() < 1e-9 && (b - d).abs() < 1e-9);
        assert_eq!(Interval::BiasCorrected.bounds(900.0, &mut values, &[], 0.9), None);
        assert_eq!(
            Interval::Percentile.bounds(0.0, &mut vec![f64::NAN, 1.0], &[], 0.9),
            None
        );
    }
}
