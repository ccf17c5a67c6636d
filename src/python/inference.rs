//! Inference over documents: what the facade hands over, and replicates for statistics that the kernels do not know.

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, maybe_weights, numbers, values_or_nan};
use super::measures::adjustment_of;
use super::supervise::supervise;
use crate::Result;
use crate::stats::inference;
use crate::stats::resample::{Interval, Plan, enough};
use crate::stats::special::p_from_log;

/// Inference over documents as the facade hands it over: `blocks` has the number of the block of each document, `order` all
/// documents in canonical order.
#[derive(FromPyObject)]
pub(super) struct Inference {
    permutations: usize,
    resamples: usize,
    seed: u64,
    interval: String,
    level: f64,
    blocks: Option<PySeries>,
    order: Option<PySeries>,
}

impl Inference {
    /// What the kernels take.
    pub(super) fn parse(self) -> Result<inference::Inference> {
        let column = |series: Option<PySeries>, name| series.map(|s| numbers(&s.0, name)).transpose();
        Ok(inference::Inference {
            permutations: self.permutations,
            resamples: self.resamples,
            seed: self.seed,
            interval: self.interval.parse()?,
            level: self.level,
            blocks: column(self.blocks, "blocks")?,
            order: column(self.order, "order")?
                .map(|order| order.into_iter().map(|row| row as usize).collect()),
        })
    }
}

/// Replicates one behind the other: whose label each unit gets.
#[pyfunction]
fn permutation_rows(py: Python<'_>, permutations: usize, seed: u64, blocks: PySeries) -> PyResult<PySeries> {
    rows(py, permutations, seed, &blocks, |plan, i| {
        #[allow(clippy::cast_possible_truncation)] // the blocks came as a column, whose length fits
        plan.permutation(i).into_iter().map(|unit| unit as u32).collect()
    })
}

/// Replicates one behind the other: how often each unit is drawn.
#[pyfunction]
fn multiplicity_rows(py: Python<'_>, resamples: usize, seed: u64, blocks: PySeries) -> PyResult<PySeries> {
    rows(py, resamples, seed, &blocks, Plan::multiplicities)
}

fn rows(
    py: Python<'_>,
    n: usize,
    seed: u64,
    blocks: &PySeries,
    row: impl Fn(&Plan, usize) -> Vec<u32> + Send + Sync,
) -> PyResult<PySeries> {
    let plan = Plan::with_blocks(seed, &numbers(&blocks.0, "blocks")?);
    let all = supervise(py, None, |watch| {
        (0..n)
            .into_par_iter()
            .map(|i| {
                watch.step(1)?;
                Ok(row(&plan, i))
            })
            .collect::<Result<Vec<_>>>()
            .map(|rows| rows.concat())
    })?;
    Ok(PySeries(Series::new("replicates".into(), all)))
}

/// Bounds of the interval of each estimate. `replicates` and `jackknife` hold the values estimate by estimate; NaN is none.
/// `units` is the number of documents drawn.
#[pyfunction]
fn interval_bounds(
    py: Python<'_>,
    observed: PySeries,
    replicates: PySeries,
    jackknife: PySeries,
    units: usize,
    interval: &str,
    level: f64,
) -> PyResult<PyFrame> {
    let interval: Interval = interval.parse()?;
    let observed = values_or_nan(&observed.0, "observed")?;
    let (replicates, jackknife) = (
        values_or_nan(&replicates.0, "replicates")?,
        values_or_nan(&jackknife.0, "jackknife")?,
    );
    let n = observed.len().max(1);
    let (each, without) = (replicates.len() / n, jackknife.len() / n);
    let found = supervise(py, None, |watch| {
        observed
            .par_iter()
            .enumerate()
            .map(|(i, &estimate)| {
                watch.step(1)?;
                if !enough(&[units]) {
                    return Ok(None);
                }
                let mut drawn = replicates[i * each..(i + 1) * each].to_vec();
                let left_out = &jackknife[i * without..(i + 1) * without];
                Ok(interval.bounds(estimate, &mut drawn, left_out, level))
            })
            .collect::<Result<Vec<_>>>()
    })?;
    let each = Each(&found);
    bridge::frame(vec![
        each.maybe_floats("low", |i| i.map(|i| i.0)),
        each.maybe_floats("high", |i| i.map(|i| i.1)),
    ])
}

/// p-values corrected for their number; nulls stay.
#[pyfunction]
fn adjust_p(p: PySeries, adjust: &str) -> PyResult<PySeries> {
    let p = maybe_weights(&p.0, "p")?;
    let log_p: Vec<Option<f64>> = p.into_iter().map(|p| p.map(f64::ln)).collect();
    let adjusted = adjustment_of(Some(adjust))?.map_or_else(|| log_p.clone(), |how| how.adjust(&log_p));
    let adjusted: Vec<Option<f64>> = adjusted.into_iter().map(|p| p.map(p_from_log)).collect();
    Ok(PySeries(Series::new("p_adjusted".into(), adjusted)))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(permutation_rows, module)?)?;
    module.add_function(wrap_pyfunction!(multiplicity_rows, module)?)?;
    module.add_function(wrap_pyfunction!(interval_bounds, module)?)?;
    module.add_function(wrap_pyfunction!(adjust_p, module)?)
}
