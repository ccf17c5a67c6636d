//! Log-odds with an informative Dirichlet prior.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::dfm::counts;
use super::supervise::supervise;
use crate::Error;
use crate::stats::log_odds::{LogOdds, log_odds};

/// δ, σ and z of each feature from its counts and pseudo-counts.
#[pyfunction]
#[pyo3(name = "log_odds")]
fn log_odds_frame(
    py: Python<'_>,
    target: PySeries,
    reference: PySeries,
    alpha: PySeries,
) -> PyResult<PyFrame> {
    let prior: Vec<f64> = alpha
        .0
        .f64()
        .map_err(|_| Error::data("prior", "a column of Float64", alpha.0.dtype()))?
        .iter()
        .map(|value| value.unwrap_or(f64::NAN))
        .collect();
    let found = supervise(py, None, |_| {
        log_odds(
            &counts(&target.0, "target")?,
            &counts(&reference.0, "reference")?,
            &prior,
        )
    })?;
    let column = |name: &str, pick: fn(LogOdds) -> f64| {
        Column::new(
            name.into(),
            found.iter().map(|one| one.map(pick)).collect::<Vec<_>>(),
        )
    };
    bridge::frame(vec![
        column("delta", |one| one.delta),
        column("sigma", |one| one.sigma),
        column("z", |one| one.z),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(log_odds_frame, module)?)
}
