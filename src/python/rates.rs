//! `dz.rates`.

use ndarray::ArrayView2;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, counts, floats};
use super::inference::Inference;
use super::supervise::supervise;
use crate::analysis::rates::{self as kernel, Counts};
use crate::error::{Error, Result};
use crate::stats::poisson::garwood;

/// Counts by document, then category; every group has a document.
fn of_documents<'a>(counts: &'a [u64], sizes: &'a [u64], groups: &'a [u32]) -> Result<Counts<'a>> {
    let n = sizes.len();
    let counts = ArrayView2::from_shape((n, counts.len() / n.max(1)), counts)
        .map_err(|_| Error::data("counts", "one row a document", counts.len()))?;
    Ok(Counts {
        counts,
        sizes,
        groups,
        n_groups: groups.iter().max().map_or(0, |&group| group as usize + 1),
    })
}

/// One row a group and category; see `duizhao.rates`.
#[pyfunction]
#[pyo3(signature = (counts, sizes, groups, *, inference, progress=None))]
fn rates_frame(
    py: Python<'_>,
    counts: Vec<u64>,
    sizes: Vec<u64>,
    groups: Vec<u32>,
    inference: Inference,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let inference = inference.parse()?;
    let rows = supervise(py, progress.as_ref(), |watch| {
        let data = of_documents(&counts, &sizes, &groups)?;
        kernel::rates(data, &inference, watch)
    })?;
    let each = Each(&rows);
    bridge::frame(vec![
        each.ints("group", |r| r.group as u64),
        each.ints("category", |r| r.category as u64),
        each.ints("count", |r| r.count),
        each.ints("size", |r| r.size),
        each.ints("n_documents", |r| r.documents.0),
        each.ints("doc_freq", |r| r.documents.1),
        each.maybe_floats("rate", |r| r.rate),
        each.maybe_floats("exact_low", |r| r.exact.map(|e| e.0)),
        each.maybe_floats("exact_high", |r| r.exact.map(|e| e.1)),
        each.maybe_floats("bootstrap_low", |r| r.bootstrap.map(|e| e.0)),
        each.maybe_floats("bootstrap_high", |r| r.bootstrap.map(|e| e.1)),
        each.maybe_floats("rate_ratio", |r| r.ratio),
        each.maybe_floats("rate_ratio_exact_low", |r| r.ratio_exact.map(|e| e.0)),
        each.maybe_floats("rate_ratio_exact_high", |r| r.ratio_exact.map(|e| e.1)),
        each.maybe_floats("rate_ratio_exact_p", |r| r.ratio_p),
        each.maybe_floats("rate_ratio_permutation_p", |r| r.permutation_p),
    ])
}

/// One row a pair of groups and category; a reference below 0 stands for all others. See `duizhao.rate_ratios`.
#[pyfunction]
#[pyo3(signature = (counts, sizes, groups, pairs, *, inference, progress=None))]
fn rate_ratios_frame(
    py: Python<'_>,
    counts: Vec<u64>,
    sizes: Vec<u64>,
    groups: Vec<u32>,
    pairs: Vec<(usize, i64)>,
    inference: Inference,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let inference = inference.parse()?;
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(a, b)| (a, usize::try_from(b).ok()))
        .collect();
    let rows = supervise(py, progress.as_ref(), |watch| {
        let data = of_documents(&counts, &sizes, &groups)?;
        kernel::contrasts(data, &pairs, &inference, watch)
    })?;
    let each = Each(&rows);
    bridge::frame(vec![
        each.ints("group", |r| r.group as u64),
        each.maybe_ints("reference", |r| r.reference),
        each.ints("category", |r| r.category as u64),
        each.ints("count", |r| r.count.0),
        each.ints("reference_count", |r| r.count.1),
        each.ints("size", |r| r.size.0),
        each.ints("reference_size", |r| r.size.1),
        each.maybe_floats("rate_ratio", |r| r.ratio),
        each.maybe_floats("rate_ratio_exact_low", |r| r.exact.map(|e| e.0)),
        each.maybe_floats("rate_ratio_exact_high", |r| r.exact.map(|e| e.1)),
        each.maybe_floats("rate_ratio_bootstrap_low", |r| r.bootstrap.map(|e| e.0)),
        each.maybe_floats("rate_ratio_bootstrap_high", |r| r.bootstrap.map(|e| e.1)),
        each.maybe_floats("rate_ratio_exact_p", |r| r.exact_p),
        each.maybe_floats("rate_ratio_permutation_p", |r| r.permutation_p),
    ])
}

/// The exact interval of the mean of each count, a row a count: `low`, `high`.
#[pyfunction]
fn poisson_intervals(py: Python<'_>, count: PySeries, level: f64) -> PyResult<PyFrame> {
    let count = counts(&count.0, "count")?;
    let bounds = supervise(py, None, |watch| {
        count
            .par_iter()
            .map(|&count| watch.step(1).map(|()| garwood(count, level)))
            .collect::<Result<Vec<_>>>()
    })?;
    let (low, high): (Vec<f64>, Vec<f64>) = bounds.into_iter().unzip();
    bridge::frame(vec![floats("low", low), floats("high", high)])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(rates_frame, module)?)?;
    module.add_function(wrap_pyfunction!(rate_ratios_frame, module)?)?;
    module.add_function(wrap_pyfunction!(poisson_intervals, module)?)?;
    Ok(())
}
