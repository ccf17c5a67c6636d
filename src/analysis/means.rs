//! Means of what was measured in each document, by group, with inference over documents.

use ndarray::Array2;
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

/// One measure, one group against the others.
struct Comparison<'a> {
    values: &'a [Option<f64>],
    groups: &'a [u32],
    group: usize,
    observed: Sides,
}

type Bounds = Option<(f64, f64)>;

impl<'a> Comparison<'a> {
    fn new(values: &'a [Option<f64>], groups: &'a [u32], group: usize) -> Self {
        Self {
            values,
            groups,
            group,
            observed: Sides::of(values, |d| groups[d] as usize == group, |_| 1.0),
        }
    }

    fn here(&self, document: usize) -> bool {
        self.groups[document] as usize == self.group
    }

    /// With each document as often as said.
    fn weighted(&self, times: impl Fn(usize) -> f64) -> Sides {
        Sides::of(self.values, |d| self.here(d), times)
    }

    /// Whether a side (0 is here) has values enough for an interval.
    fn several(&self, side: usize) -> bool {
        self.observed.n[side] >= LEAST_UNITS as f64
    }

    /// Standard deviation here.
    fn spread(&self) -> Option<f64> {
        let mean = self.observed.mean(0).filter(|_| self.observed.n[0] > 1.0)?;
        let squares: f64 = self
            .values
            .iter()
            .enumerate()
            .filter(|(d, _)| self.here(*d))
            .filter_map(|(_, value)| value.map(|v| (v - mean).powi(2)))
            .sum();
        Some((squares / (self.observed.n[0] - 1.0)).sqrt())
    }

    /// Of the difference; `labels` are replicates × documents.
    fn permutation_p(&self, labels: &Array2<u32>) -> Option<f64> {
        let observed = self.observed.difference().filter(|_| labels.nrows() > 0)?;
        let hits = labels.outer_iter().filter(|labels| {
            Sides::of(self.values, |d| labels[d] as usize == self.group, |_| 1.0)
                .difference()
                .is_none_or(|r| as_extreme(r, observed))
        });
        Some(permutation_p(hits.count() as u64, labels.nrows() as u64))
    }

    /// Of the mean and of the difference; `drawn` is replicates × documents.
    fn intervals(&self, drawn: &Array2<u32>, inference: &Inference) -> (Bounds, Bounds) {
        let replicates: Vec<Sides> = drawn
            .outer_iter()
            .map(|times| self.weighted(|d| f64::from(times[d])))
            .collect();
        let jackknife: Vec<Sides> = if drawn.is_empty() || !inference.needs_jackknife() {
            Vec::new()
        } else {
            let without = |out: usize| self.weighted(|d| f64::from(u8::from(d != out)));
            (0..self.groups.len()).map(without).collect()
        };
        // A group's own mean does not change without a document of another.
        let own: Vec<Sides> = jackknife
            .iter()
            .enumerate()
            .filter(|(d, _)| self.here(*d))
            .map(|(_, sides)| *sides)
            .collect();
        let interval = |of: &dyn Fn(&Sides) -> Option<f64>, left_out: &[Sides]| {
            let number = |sides: &Sides| of(sides).unwrap_or(f64::NAN);
            let mut values: Vec<f64> = replicates.iter().map(number).collect();
            let left_out: Vec<f64> = left_out.iter().map(number).collect();
            inference.bounds(of(&self.observed)?, &mut values, &left_out)
        };
        (
            self.several(0).then(|| interval(&|s| s.mean(0), &own)).flatten(),
            (self.several(0) && self.several(1))
                .then(|| interval(&Sides::difference, &jackknife))
                .flatten(),
        )
    }
}

fn check(values: &[Vec<Option<f64>>], groups: &[u32], n_groups: usize) -> Result<()> {
    if let Some(column) = values.iter().find(|column| column.len() != groups.len()) {
        return Err(Error::data(
            "values",
            format!("{}, one a document", groups.len()),
            column.len(),
        ));
    }
    match groups.iter().find(|&&g| g as usize >= n_groups) {
        Some(bad) => Err(Error::data("groups", format!("below {n_groups}"), bad)),
        None => Ok(()),
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
    check(values, groups, n_groups)?;
    inference.check(groups.len())?;
    let documents: Vec<usize> = (0..groups.len()).collect();
    let labels = inference
        .exchange(&documents)
        .labels(0..inference.permutations, groups);
    let drawn = inference.drawing(&documents, groups).map_or_else(
        || Array2::zeros((0, groups.len())),
        |drawing| drawing.draws(0..inference.resamples),
    );
    let mut rows = (0..n_groups * values.len())
        .into_par_iter()
        .map(|cell| {
            watch.step(1)?;
            let (group, measure) = (cell / values.len(), cell % values.len());
            let comparison = Comparison::new(&values[measure], groups, group);
            let observed = &comparison.observed;
            let (interval, difference_interval) = comparison.intervals(&drawn, inference);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of documents
            Ok(GroupMean {
                group,
                measure,
                n: observed.n[0] as u64,
                mean: observed.mean(0),
                sd: comparison.spread(),
                interval,
                difference: observed.difference(),
                difference_interval,
                permutation_p: comparison.permutation_p(&labels),
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
