//! Similarity of documents and of features.
#![allow(clippy::needless_pass_by_value)] // pyo3 hands arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::dfm::{Dfm, WeightedDfm, numbers};
use super::supervise::supervise;
use crate::Error;
use crate::analysis::similarity;
use crate::stats::similarity::{Similarity, Wanted};

/// Words of all methods.
#[pyfunction]
fn similarity_methods() -> Vec<&'static str> {
    Similarity::ALL.iter().map(|m| m.name()).collect()
}

/// Pairs of row numbers (documents or features) and their similarity; `dfm` holds counts or weights.
#[pyfunction]
#[pyo3(name = "similarity", signature = (dfm, method, margin, of, min_similarity, top, progress=None))]
#[allow(clippy::too_many_arguments)] // the arguments of the facade
fn similarity_frame(
    py: Python<'_>,
    dfm: &Bound<'_, PyAny>,
    method: &str,
    margin: &str,
    of: Option<PySeries>,
    min_similarity: Option<f64>,
    top: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let (method, margin) = (method.parse()?, margin.parse()?);
    let wanted = Wanted {
        of: of.map(|of| numbers(&of.0, "of")).transpose()?,
        min_similarity,
        top,
    };
    let found = if let Ok(dfm) = dfm.cast::<Dfm>() {
        let dfm = &dfm.get().0;
        supervise(py, progress.as_ref(), |watch| {
            similarity::of_counts(dfm, margin, method, &wanted, watch)
        })?
    } else if let Ok(dfm) = dfm.cast::<WeightedDfm>() {
        let dfm = &dfm.get().0;
        supervise(py, progress.as_ref(), |watch| {
            similarity::of_weights(dfm, margin, method, &wanted, watch)
        })?
    } else {
        return Err(Error::data("dfm", "counts or weights", dfm.get_type()).into());
    };
    bridge::frame(vec![
        Column::new("first".into(), &found.first),
        Column::new("second".into(), &found.second),
        Column::new("similarity".into(), &found.similarity),
    ])
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(similarity_methods, module)?)?;
    module.add_function(wrap_pyfunction!(similarity_frame, module)?)
}
