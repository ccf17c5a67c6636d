//! `dz.zeta`.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame};
use super::dfm::count_column;
use super::inference::Inference;
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::analysis::zeta::{self as kernel, ZetaRow};

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
    let counts =
        |name: &str, of: fn(&ZetaRow) -> u64| count_column(name, &rows.iter().map(of).collect::<Vec<_>>());
    let floats = |name: &str, of: fn(&ZetaRow) -> Option<f64>| {
        Float64Chunked::from_iter_options(name.into(), rows.iter().map(of)).into_column()
    };
    let features = UInt32Chunked::from_iter_values("feature".into(), rows.iter().map(|r| r.feature));
    let frame = bridge::frame(vec![
        features.into_column(),
        counts("segments_target", |r| r.holding.0),
        counts("segments_reference", |r| r.holding.1),
        floats("zeta", |r| Some(r.zeta)),
        floats("zeta_eder", |r| Some(r.eder)),
        floats("zeta_bootstrap_low", |r| r.bounds.map(|b| b.0)),
        floats("zeta_bootstrap_high", |r| r.bounds.map(|b| b.1)),
        floats("zeta_permutation_p", |r| r.permutation_p),
    ])?;
    Ok((frame, slices.n_slices))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(zeta_frame, module)?)
}
