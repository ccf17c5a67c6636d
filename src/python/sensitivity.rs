//! Agreement of two rankings, for `dz.sensitivity`.

use pyo3::prelude::*;

use super::bridge::PySeries;
use super::columns::{numbers, weights};
use crate::stats::rank;

/// Kendall's τ-b of two columns; none where it is undefined.
#[pyfunction]
fn kendall_tau(x: PySeries, y: PySeries) -> PyResult<Option<f64>> {
    Ok(rank::kendall(&weights(&x.0, "x")?, &weights(&y.0, "y")?)?.tau)
}

/// Extrapolated rank-biased overlap of two lists of item numbers, best first; none for two empty lists.
#[pyfunction]
fn rank_biased_overlap(a: PySeries, b: PySeries, persistence: f64) -> PyResult<Option<f64>> {
    Ok(rank::rank_biased_overlap(
        &numbers(&a.0, "a")?,
        &numbers(&b.0, "b")?,
        persistence,
    )?)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(kendall_tau, module)?)?;
    module.add_function(wrap_pyfunction!(rank_biased_overlap, module)?)
}
