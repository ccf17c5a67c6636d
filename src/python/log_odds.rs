//! Log-odds with an informative Dirichlet prior.

use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, counts, values_or_nan};
use super::supervise::supervise;
use crate::stats::log_odds::log_odds;

/// δ, σ and z of each feature from its counts and pseudo-counts.
#[pyfunction]
#[pyo3(name = "log_odds")]
fn log_odds_frame(
    py: Python<'_>,
    target: PySeries,
    reference: PySeries,
    alpha: PySeries,
) -> PyResult<PyFrame> {
    let prior = values_or_nan(&alpha.0, "prior")?;
    let found = supervise(py, None, |_| {
        log_odds(
            &counts(&target.0, "target")?,
            &counts(&reference.0, "reference")?,
            &prior,
        )
    })?;
    let each = Each(&found);
    bridge::frame(vec![
        each.maybe_floats("delta", |one| one.map(|one| one.delta)),
        each.maybe_floats("sigma", |one| one.map(|one| one.sigma)),
        each.maybe_floats("z", |one| one.map(|one| one.z)),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(log_odds_frame, module)?)
}
