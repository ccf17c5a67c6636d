//! Shares of kinds in a group of documents, with a bootstrap interval over the documents.

use rayon::prelude::*;

use crate::run::Watch;
use crate::stats::inference::Inference;
use crate::stats::resample::enough;
use crate::{Error, Result};

/// Share of each kind in all documents together (ratio of sums), and its interval; `None` where none can be had.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Count of the kind over the count of all kinds.
    pub share: f64,
    /// Lower and upper bound.
    pub interval: Option<(f64, f64)>,
}

fn ratios(counts: &[Vec<u64>], kinds: usize, times: impl Fn(usize) -> u64) -> Vec<f64> {
    let mut sums = vec![0_u64; kinds];
    for (document, row) in counts.iter().enumerate() {
        for (sum, count) in sums.iter_mut().zip(row) {
            *sum += count * times(document);
        }
    }
    let total: u64 = sums.iter().sum();
    sums.into_iter().map(|sum| sum as f64 / total as f64).collect()
}

/// `counts[document][kind]` → the share of each kind. Replicates redraw documents; without replicates or with fewer than
/// three documents ([`LEAST_UNITS`](crate::stats::resample::LEAST_UNITS)) there is no interval, nor for a kind that each document has or lacks alike. Documents without any count should be left out.
///
/// # Errors
/// [`Error::Data`] for rows of different lengths; an interrupted [`Watch`].
pub fn shares(counts: &[Vec<u64>], inference: &Inference, watch: &Watch) -> Result<Vec<Share>> {
    let kinds = counts.first().map_or(0, Vec::len);
    if counts.iter().any(|row| row.len() != kinds) {
        return Err(Error::data(
            "counts",
            "rows of one length",
            "rows of different lengths",
        ));
    }
    let observed = ratios(counts, kinds, |_| 1);
    let n = counts.len();
    inference.check(n)?;
    let documents: Vec<usize> = (0..n).collect();
    let replicates: Vec<Vec<f64>> = match inference.drawing_of_one_group(&documents) {
        None => Vec::new(),
        Some(_) if !enough(&[n]) => Vec::new(),
        Some(plan) => (0..inference.resamples)
            .into_par_iter()
            .map(|i| {
                watch.step(1)?;
                let times = plan.multiplicities(i);
                Ok(ratios(counts, kinds, |document| u64::from(times[document])))
            })
            .collect::<Result<_>>()?,
    };
    let without: Vec<Vec<f64>> = if replicates.is_empty() || !inference.needs_jackknife() {
        Vec::new()
    } else {
        (0..n)
            .map(|left| ratios(counts, kinds, |document| u64::from(document != left)))
            .collect()
    };
    Ok((0..kinds)
        .map(|kind| {
            let column = |rows: &[Vec<f64>]| rows.iter().map(|row| row[kind]).collect::<Vec<f64>>();
            let bounds = inference.bounds(observed[kind], &mut column(&replicates), &column(&without));
            Share {
                share: observed[kind],
                interval: bounds,
            }
        })
        .collect())
}
