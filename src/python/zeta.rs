//! `dz.zeta`.

use pyo3::prelude::*;

use super::bridge::{self, PyFrame};
use super::columns::Each;
use super::inference::Inference;
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::analysis::zeta as kernel;

/// One row a feature, in the order of the vocabulary; `sides` has 0 for the target, 1 for the reference.
#[pyfunction]
#[pyo3(signature = (tokens, sides, *, segment, least, inference, progress=None))]
fn zeta_frame(
    py: Python<'_>,
    tokens: &Bound<'_, PyTokens>,
    sides: Vec<u32>,
    segment: usize,
    least: u64,
    inference: Inference,
    progress: Option<Py<PyAny>>,
) -> PyResult<(PyFrame, Vec<u64>)> {
    let inference = inference.parse()?;
    let tokens = &tokens.get().0;
    let (slices, rows) = supervise(py, progress.as_ref(), |watch| {
        let slices = kernel::slices(tokens, segment, watch)?;
        let rows = kernel::zeta(&slices, &sides, least, &inference, watch)?;
        Ok((slices, rows))
    })?;
    let each = Each(&rows);
    let frame = bridge::frame(vec![
        each.numbers("feature", |r| r.feature),
        each.ints("segments_target", |r| r.holding.0),
        each.ints("segments_reference", |r| r.holding.1),
        each.maybe_floats("zeta", |r| Some(r.zeta)),
        each.maybe_floats("zeta_eder", |r| Some(r.eder)),
        each.maybe_floats("zeta_bootstrap_low", |r| r.bounds.map(|b| b.0)),
        each.maybe_floats("zeta_bootstrap_high", |r| r.bounds.map(|b| b.1)),
        each.maybe_floats("zeta_permutation_p", |r| r.permutation_p),
    ])?;
    Ok((frame, slices.n_slices))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(zeta_frame, module)?)
}
