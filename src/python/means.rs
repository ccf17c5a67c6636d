//! Means by group with inference, for `dz.diversity` and `dz.register`.

use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, maybe_weights, numbers};
use super::inference::Inference;
use super::measures::adjustment_of;
use super::supervise::supervise;
use crate::analysis::means::means;

/// One row a group and measure. `values` has one column of Float64 a measure.
#[pyfunction]
#[pyo3(signature = (values, groups, n_groups, *, inference, adjust, progress=None))]
fn group_means(
    py: Python<'_>,
    values: PyFrame,
    groups: PySeries,
    n_groups: usize,
    inference: Inference,
    adjust: Option<&str>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let inference = inference.parse()?;
    let adjust = adjustment_of(adjust)?;
    let groups = numbers(&groups.0, "groups")?;
    let columns = values
        .0
        .columns()
        .iter()
        .map(|c| maybe_weights(c.as_materialized_series(), "values"))
        .collect::<crate::Result<Vec<Vec<Option<f64>>>>>()?;
    let rows = supervise(py, progress.as_ref(), |watch| {
        means(&columns, &groups, n_groups, &inference, adjust, watch)
    })?;
    let each = Each(&rows);
    bridge::frame(vec![
        each.ints("group", |r| r.group as u64),
        each.ints("measure", |r| r.measure as u64),
        each.ints("n_documents", |r| r.n),
        each.maybe_floats("mean", |r| r.mean),
        each.maybe_floats("sd", |r| r.sd),
        each.maybe_floats("mean_bootstrap_low", |r| r.interval.map(|i| i.0)),
        each.maybe_floats("mean_bootstrap_high", |r| r.interval.map(|i| i.1)),
        each.maybe_floats("difference", |r| r.difference),
        each.maybe_floats("difference_bootstrap_low", |r| r.difference_interval.map(|i| i.0)),
        each.maybe_floats("difference_bootstrap_high", |r| {
            r.difference_interval.map(|i| i.1)
        }),
        each.maybe_floats("difference_permutation_p", |r| r.permutation_p),
        each.maybe_floats("difference_permutation_p_adjusted", |r| r.p_adjusted),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(group_means, module)?)
}
