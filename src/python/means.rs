//! Means by group with inference, for `dz.diversity` and `dz.register`.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::dfm::{count_column, numbers};
use super::inference::Inference;
use super::measures::adjustment_of;
use super::supervise::supervise;
use crate::Error;
use crate::analysis::means::{GroupMean, means};

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
        .map(|c| {
            let column = c
                .f64()
                .map_err(|_| Error::data("values", "columns of Float64", c.dtype()))?;
            Ok(column.iter().collect())
        })
        .collect::<crate::Result<Vec<Vec<Option<f64>>>>>()?;
    let rows = supervise(py, progress.as_ref(), |watch| {
        means(&columns, &groups, n_groups, &inference, adjust, watch)
    })?;
    let ints =
        |name: &str, of: fn(&GroupMean) -> u64| count_column(name, &rows.iter().map(of).collect::<Vec<_>>());
    let floats = |name: &str, of: fn(&GroupMean) -> Option<f64>| {
        Float64Chunked::from_iter_options(name.into(), rows.iter().map(of)).into_column()
    };
    bridge::frame(vec![
        ints("group", |r| r.group as u64),
        ints("measure", |r| r.measure as u64),
        ints("n_documents", |r| r.n),
        floats("mean", |r| r.mean),
        floats("sd", |r| r.sd),
        floats("mean_bootstrap_low", |r| r.interval.map(|i| i.0)),
        floats("mean_bootstrap_high", |r| r.interval.map(|i| i.1)),
        floats("difference", |r| r.difference),
        floats("difference_bootstrap_low", |r| r.difference_interval.map(|i| i.0)),
        floats("difference_bootstrap_high", |r| {
            r.difference_interval.map(|i| i.1)
        }),
        floats("difference_permutation_p", |r| r.permutation_p),
        floats("difference_permutation_p_adjusted", |r| r.p_adjusted),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(group_means, module)?)
}
