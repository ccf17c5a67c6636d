//! Zeta: in how many slices of equal length a feature stands, on one side and on the other.
//!
//! Burrows, J. (2007). All the way through: testing for authorship in different frequency strata. *Literary and Linguistic
//! Computing* 22(1), 27–47; as a difference of shares of slices: Craig, H. & Kinney, A. F. (2009). *Shakespeare, computers, and
//! the mystery of authorship*, ch. 2; variants: Schöch and others (2018). Burrows' Zeta: exploring and evaluating variants and
//! parameters. *DH 2018*.

use ndarray::Array2;
use rayon::prelude::*;

use crate::corpus::tokens::{PAD, Tokens};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::inference::Inference;
use crate::stats::resample::{as_extreme, enough, permutation_p};

/// Slices of documents, and the features in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Slices {
    /// Number of slices of each document.
    pub n_slices: Vec<u64>,
    /// For each feature the documents with slices that hold it, ascending, and how many slices those are.
    pub holding: Vec<Vec<(u32, u64)>>,
}

/// Cuts each document into consecutive slices of `length` tokens; what is left at its end makes none. Removed tokens that kept
/// their place are not counted.
///
/// # Errors
/// [`Error::Parameter`] for a length of 0; [`Error::Interrupted`].
pub fn slices(tokens: &Tokens, length: usize, watch: &Watch) -> Result<Slices> {
    if length == 0 {
        return Err(Error::parameter("segment", "at least 1", length));
    }
    let documents: Vec<(u64, Vec<(u32, u64)>)> = (0..tokens.n_documents())
        .into_par_iter()
        .map(|d| {
            watch.step(1)?;
            let words: Vec<u32> = tokens
                .document(d)
                .iter()
                .copied()
                .filter(|&id| id != PAD)
                .collect();
            let mut held: Vec<u32> = Vec::new();
            let slices = words.chunks_exact(length);
            let n = slices.len() as u64;
            for slice in slices {
                let mut types = slice.to_vec();
                types.sort_unstable();
                types.dedup();
                held.extend(types);
            }
            held.sort_unstable();
            let counted = held
                .chunk_by(|a, b| a == b)
                .map(|same| (same[0], same.len() as u64))
                .collect();
            Ok((n, counted))
        })
        .collect::<Result<_>>()?;
    let mut holding = vec![Vec::new(); tokens.vocabulary().len()];
    for (document, (_, counted)) in (0_u32..).zip(&documents) {
        for &(feature, n) in counted {
            holding[feature as usize].push((document, n));
        }
    }
    Ok(Slices {
        n_slices: documents.iter().map(|(n, _)| *n).collect(),
        holding,
    })
}

/// One feature.
#[derive(Debug, Clone, PartialEq)]
pub struct ZetaRow {
    /// Id in the vocabulary.
    pub feature: u32,
    /// Slices that hold it, of the target and of the reference.
    pub holding: (u64, u64),
    /// Share of the target's slices less share of the reference's.
    pub zeta: f64,
    /// The same over the sum of the shares (Eder's, after the Canberra distance).
    pub eder: f64,
    /// Interval of `zeta` over documents; `None` without resamples.
    pub bounds: Option<(f64, f64)>,
    /// p of `zeta`, documents exchangeable; `None` without permutations.
    pub permutation_p: Option<f64>,
}

/// Slices of both sides, documents weighted.
fn total(n_slices: &[u64], weight: &dyn Fn(usize) -> u32, side: &dyn Fn(usize) -> u32) -> [u64; 2] {
    let mut sizes = [0_u64; 2];
    for (d, n) in n_slices.iter().enumerate() {
        sizes[side(d) as usize] += u64::from(weight(d)) * n;
    }
    sizes
}

/// What is drawn once for all features, with the slices of both sides in each draw.
struct Draws {
    /// How often each document is drawn: replicates × documents.
    drawn: Array2<u32>,
    /// Slices of either side in each replicate.
    drawn_sizes: Vec<[u64; 2]>,
    /// Without each document in turn.
    left_out: Vec<[u64; 2]>,
    /// Permuted sides: replicates × documents.
    labels: Array2<u32>,
    /// Slices of either side in each replicate.
    labels_sizes: Vec<[u64; 2]>,
}

impl Draws {
    fn new(n_slices: &[u64], sides: &[u32], inference: &Inference) -> Self {
        let own = |d: usize| sides[d];
        let documents: Vec<usize> = (0..n_slices.len()).collect();
        let drawn = inference.drawing(&documents, sides).map_or_else(
            || Array2::zeros((0, n_slices.len())),
            |strata| strata.draws(0..inference.resamples),
        );
        let exchange = inference.exchange(&documents);
        let labels = exchange.labels(0..inference.permutations, sides);
        Self {
            drawn_sizes: drawn
                .outer_iter()
                .map(|times| total(n_slices, &|d| times[d], &own))
                .collect(),
            drawn,
            left_out: (0..n_slices.len())
                .map(|out| total(n_slices, &|d| u32::from(d != out), &own))
                .collect(),
            labels_sizes: labels
                .outer_iter()
                .map(|labels| total(n_slices, &|_| 1, &|d| labels[d]))
                .collect(),
            labels,
        }
    }
}

/// Compares documents of side 0, the target, with those of side 1.
///
/// Features in fewer than `least` slices of both sides together are left out. Rows are in the order of the vocabulary.
///
/// # Errors
/// [`Error::Data`] where lengths differ, a side is neither 0 nor 1, or one has no slice; [`Error::Interrupted`].
pub fn zeta(
    slices: &Slices,
    sides: &[u32],
    least: u64,
    inference: &Inference,
    watch: &Watch,
) -> Result<Vec<ZetaRow>> {
    let n = slices.n_slices.len();
    inference.check(n)?;
    if sides.len() != n {
        return Err(Error::data(
            "sides",
            format!("one for each of {n} documents"),
            sides.len(),
        ));
    }
    if let Some(bad) = sides.iter().find(|&&s| s > 1) {
        return Err(Error::data("sides", "0 or 1", bad));
    }
    let own = |d: usize| sides[d];
    let sizes = total(&slices.n_slices, &|_| 1, &own);
    if sizes.contains(&0) {
        return Err(Error::data(
            "segment",
            "a length that leaves each side a slice at least",
            format!("{} and {} slices", sizes[0], sizes[1]),
        ));
    }
    let Draws {
        drawn,
        drawn_sizes,
        left_out,
        labels,
        labels_sizes,
    } = Draws::new(&slices.n_slices, sides, inference);
    let sliced = |side: u32| {
        let documents = sides.iter().zip(&slices.n_slices);
        documents.filter(|&(&s, &n)| s == side && n > 0).count()
    };
    let known = enough(&[sliced(0), sliced(1)]);
    let share = |part: u64, whole: u64| {
        if whole == 0 {
            f64::NAN
        } else {
            part as f64 / whole as f64
        }
    };
    let difference = |held: [u64; 2], sizes: [u64; 2]| share(held[0], sizes[0]) - share(held[1], sizes[1]);
    (0_u32..)
        .zip(&slices.holding)
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter_map(|(feature, documents)| {
            let count = |weight: &dyn Fn(usize) -> u32, side: &dyn Fn(usize) -> u32| {
                let mut held = [0_u64; 2];
                for &(d, n) in documents {
                    held[side(d as usize) as usize] += u64::from(weight(d as usize)) * n;
                }
                held
            };
            let held = count(&|_| 1, &own);
            if held[0] + held[1] < least.max(1) {
                return None;
            }
            if let Err(stopped) = watch.step(1) {
                return Some(Err(stopped));
            }
            let observed = difference(held, sizes);
            let bounds = (known && !drawn.is_empty())
                .then(|| {
                    let mut replicates: Vec<f64> = drawn
                        .outer_iter()
                        .zip(&drawn_sizes)
                        .map(|(times, sizes)| difference(count(&|d| times[d], &own), *sizes))
                        .collect();
                    let jackknife: Vec<f64> = left_out
                        .iter()
                        .enumerate()
                        .map(|(out, sizes)| difference(count(&|d| u32::from(d != out), &own), *sizes))
                        .collect();
                    inference.bounds(observed, &mut replicates, &jackknife)
                })
                .flatten();
            let permutation_p = (!labels.is_empty()).then(|| {
                let hits = labels
                    .outer_iter()
                    .zip(&labels_sizes)
                    .filter(|(labels, sizes)| {
                        let replicate = difference(count(&|_| 1, &|d| labels[d]), **sizes);
                        replicate.is_nan() || as_extreme(replicate, observed)
                    })
                    .count();
                permutation_p(hits as u64, labels.nrows() as u64)
            });
            let (target, reference) = (share(held[0], sizes[0]), share(held[1], sizes[1]));
            Some(Ok(ZetaRow {
                feature,
                holding: (held[0], held[1]),
                zeta: observed,
                eder: observed / (target + reference),
                bounds,
                permutation_p,
            }))
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::corpus::tokenize::from_lists;

    #[test]
    fn slices_are_whole_and_hold_each_type_once() {
        let documents: Vec<Vec<Option<&str>>> = vec![
            "a a b c a".split(' ').map(Some).collect(),
            vec![Some("c"), None, Some("c"), Some("b")],
        ];
        let tokens = from_lists(&documents, &Watch::new()).unwrap();
        let found = slices(&tokens, 2, &Watch::new()).unwrap();
        assert_eq!(found.n_slices, [2, 1]);
        assert_eq!(found.holding, [vec![(0, 1)], vec![(0, 1)], vec![(0, 1), (1, 1)]]);
        assert!(slices(&tokens, 0, &Watch::new()).is_err());
        let rows = zeta(&found, &[0, 1], 1, &Inference::default(), &Watch::new()).unwrap();
        let shown: Vec<_> = rows
            .iter()
            .map(|r| (r.feature, r.holding, r.zeta, r.eder))
            .collect();
        assert_eq!(
            shown,
            [
                (0, (1, 0), 0.5, 1.0),
                (1, (1, 0), 0.5, 1.0),
                (2, (1, 1), -0.5, -0.5 / 1.5)
            ]
        );
        let long = slices(&tokens, 4, &Watch::new()).unwrap();
        assert!(zeta(&long, &[0, 1], 1, &Inference::default(), &Watch::new()).is_err());
        assert!(zeta(&found, &[0, 2], 1, &Inference::default(), &Watch::new()).is_err());
        assert!(zeta(&found, &[0], 1, &Inference::default(), &Watch::new()).is_err());
    }
}
