//! Means of what was measured in each document, by group, with inference over documents.

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::adjust::Adjustment;
use crate::stats::inference::Inference;
use crate::stats::resample::{LEAST_UNITS, as_extreme, permutation_p};

/// One measure in one group; a document without a value is not in the mean.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMean {
    /// Group number.
    pub group: usize,
    /// Measure number.
    pub measure: usize,
    /// Documents of the group that have a value.
    pub n: u64,
    /// Their mean; `None` without any.
    pub mean: Option<f64>,
    /// Their standard deviation with n − 1; `None` for fewer than two.
    pub sd: Option<f64>,
    /// Bootstrap interval of the mean; `None` for fewer than three documents with a value.
    pub interval: Option<(f64, f64)>,
    /// Mean here less mean of all other groups' documents.
    pub difference: Option<f64>,
    /// Bootstrap interval of the difference; `None` where a side has fewer than three documents with a value.
    pub difference_interval: Option<(f64, f64)>,
    /// Two-sided p of the difference, labels permuted within blocks.
    pub permutation_p: Option<f64>,
    /// The same corrected for the number of rows that have one.
    pub p_adjusted: Option<f64>,
}

/// Sum and number of values, here and elsewhere.
#[derive(Clone, Copy, Default)]
struct Sides {
    sums: [f64; 2],
    n: [f64; 2],
}

impl Sides {
    fn of(values: &[Option<f64>], here: impl Fn(usize) -> bool, times: impl Fn(usize) -> f64) -> Self {
        let mut sides = Self::default();
        for (document, value) in values.iter().enumerate() {
            if let Some(value) = value {
                let side = usize::from(!here(document));
                sides.sums[side] += times(document) * value;
                sides.n[side] += times(document);
            }
        }
        sides
    }

    fn mean(&self, side: usize) -> Option<f64> {
        (self.n[side] > 0.0).then(|| self.sums[side] / self.n[side])
    }

    fn difference(&self) -> Option<f64> {
        Some(self.mean(0)? - self.mean(1)?)
    }
}

/// Means by group, then measure. `values[m][d]` is measure `m` of document `d`; `groups[d]` is below `n_groups`. Draws and
/// sums follow the order of the documents: give them in one that does not depend on how they are stored.
///
/// # Errors
/// [`Error::Data`] where lengths differ or a group is out of range; [`Error::Interrupted`].
pub fn means(
    values: &[Vec<Option<f64>>],
    groups: &[u32],
    n_groups: usize,
    inference: &Inference,
    adjust: Option<Adjustment>,
    watch: &Watch,
) -> Result<Vec<GroupMean>> {
    if let Some(column) = values.iter().find(|column| column.len() != groups.len()) {
        return Err(Error::data(
            "values",
            format!("{}, one a document", groups.len()),
            column.len(),
        ));
    }
    if let Some(bad) = groups.iter().find(|&&g| g as usize >= n_groups) {
        return Err(Error::data("groups", format!("below {n_groups}"), bad));
    }
    inference.check(groups.len())?;
    let documents: Vec<usize> = (0..groups.len()).collect();
    let labels = inference.exchange(&documents);
    let permuted: Vec<Vec<usize>> = (0..inference.permutations)
        .into_par_iter()
        .map(|i| labels.permutation(i))
        .collect();
    let drawn: Vec<Vec<u32>> = inference
        .drawing(&documents, groups)
        .map_or_else(Vec::new, |drawing| {
            (0..inference.resamples)
                .into_par_iter()
                .map(|i| drawing.multiplicities(i))
                .collect()
        });
    let mut rows = (0..n_groups * values.len())
        .into_par_iter()
        .map(|cell| {
            watch.step(1)?;
            let (group, measure) = (cell / values.len(), cell % values.len());
            let column = &values[measure];
            let here = |d: usize| groups[d] as usize == group;
            let observed = Sides::of(column, here, |_| 1.0);
            let replicates: Vec<Sides> = drawn
                .iter()
                .map(|times| Sides::of(column, here, |d| f64::from(times[d])))
                .collect();
            let jackknife: Vec<Sides> = if drawn.is_empty() || !inference.needs_jackknife() {
                Vec::new()
            } else {
                let without = |out: usize| Sides::of(column, here, |d| f64::from(u8::from(d != out)));
                (0..groups.len()).map(without).collect()
            };
            // A group's own mean does not change without a document of another.
            let own: Vec<Sides> = jackknife
                .iter()
                .zip(groups)
                .filter(|(_, g)| **g as usize == group)
                .map(|(sides, _)| *sides)
                .collect();
            let interval = |of: &dyn Fn(&Sides) -> Option<f64>, left_out: &[Sides]| {
                let number = |sides: &Sides| of(sides).unwrap_or(f64::NAN);
                let mut values: Vec<f64> = replicates.iter().map(number).collect();
                let left_out: Vec<f64> = left_out.iter().map(number).collect();
                inference.bounds(of(&observed)?, &mut values, &left_out)
            };
            let permutation_p =
                observed
                    .difference()
                    .filter(|_| inference.permutations > 0)
                    .map(|observed| {
                        let hits = permuted.iter().filter(|from| {
                            Sides::of(column, |d| here(from[d]), |_| 1.0)
                                .difference()
                                .is_none_or(|r| as_extreme(r, observed))
                        });
                        permutation_p(hits.count() as u64, permuted.len() as u64)
                    });
            let several = |side: usize| observed.n[side] >= LEAST_UNITS as f64;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of documents
            Ok(GroupMean {
                group,
                measure,
                n: observed.n[0] as u64,
                mean: observed.mean(0),
                sd: spread(column, here, &observed),
                interval: several(0).then(|| interval(&|s| s.mean(0), &own)).flatten(),
                difference: observed.difference(),
                difference_interval: (several(0) && several(1))
                    .then(|| interval(&Sides::difference, &jackknife))
                    .flatten(),
                permutation_p,
                p_adjusted: None,
            })
        })
        .collect::<Result<Vec<GroupMean>>>()?;
    if let Some(adjust) = adjust {
        let log_p: Vec<Option<f64>> = rows.iter().map(|r| r.permutation_p.map(f64::ln)).collect();
        for (row, adjusted) in rows.iter_mut().zip(adjust.adjust(&log_p)) {
            row.p_adjusted = adjusted.map(f64::exp);
        }
    }
    Ok(rows)
}

fn spread(column: &[Option<f64>], here: impl Fn(usize) -> bool, observed: &Sides) -> Option<f64> {
    let mean = observed.mean(0).filter(|_| observed.n[0] > 1.0)?;
    let squares: f64 = column
        .iter()
        .enumerate()
        .filter(|(d, _)| here(*d))
        .filter_map(|(_, value)| value.map(|v| (v - mean).powi(2)))
        .sum();
    Some((squares / (observed.n[0] - 1.0)).sqrt())
}
