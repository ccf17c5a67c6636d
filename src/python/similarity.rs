//! Similarity and distance of documents and of features.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{count_column, maybe_numbers, numbers};
use super::dfm::{Dfm, WeightedDfm};
use super::inference::Inference;
use super::supervise::supervise;
use crate::Error;
use crate::analysis::similarity::{self, Matrix, Method};
use crate::stats::distance::DistanceOptions;
use crate::stats::similarity::Wanted;

/// A matrix of counts or of weights, and what keeps it alive.
pub(super) enum Held<'py> {
    /// Counts.
    Counts(Bound<'py, Dfm>),
    /// Weights.
    Weights(Bound<'py, WeightedDfm>),
}

impl<'py> Held<'py> {
    pub(super) fn of(dfm: &Bound<'py, PyAny>) -> PyResult<Self> {
        if let Ok(dfm) = dfm.cast::<Dfm>() {
            Ok(Self::Counts(dfm.clone()))
        } else if let Ok(dfm) = dfm.cast::<WeightedDfm>() {
            Ok(Self::Weights(dfm.clone()))
        } else {
            Err(Error::data("dfm", "counts or weights", dfm.get_type()).into())
        }
    }

    pub(super) fn matrix(&self) -> Matrix<'_> {
        match self {
            Self::Counts(dfm) => Matrix::Counts(&dfm.get().0),
            Self::Weights(dfm) => Matrix::Weights(&dfm.get().0),
        }
    }
}

/// The method that a word names, `kind` saying which registry it stands in.
pub(super) fn method_of(kind: &str, word: &str, power: f64, smoothing: f64) -> PyResult<Method> {
    Ok(if kind == "distance" {
        Method::Distance(word.parse()?, DistanceOptions { power, smoothing })
    } else {
        Method::Similarity(word.parse()?)
    })
}

/// Pairs of row numbers (documents or features) and their similarity or distance. With `against`, whose rows are numbered
/// from 0 too, documents of one matrix with those of the other.
#[pyfunction]
#[pyo3(name = "similarity", signature = (dfm, against, kind, method, margin, of, bound, top, power, smoothing, progress=None))]
#[allow(clippy::too_many_arguments)] // the arguments of the facade
fn similarity_frame(
    py: Python<'_>,
    dfm: &Bound<'_, PyAny>,
    against: Option<&Bound<'_, PyAny>>,
    kind: &str,
    method: &str,
    margin: &str,
    of: Option<PySeries>,
    bound: Option<f64>,
    top: Option<usize>,
    power: f64,
    smoothing: f64,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let method = method_of(kind, method, power, smoothing)?;
    let margin = margin.parse()?;
    let of = of.map(|of| numbers(&of.0, "of")).transpose()?;
    let held = Held::of(dfm)?;
    let other = against.map(Held::of).transpose()?;
    let (x, y) = (held.matrix(), other.as_ref().map(Held::matrix));
    let found = supervise(py, progress.as_ref(), |watch| {
        similarity::compare(
            x,
            y,
            method,
            margin,
            Wanted {
                of,
                bound,
                top,
                split: None,
            },
            watch,
        )
    })?;
    bridge::frame(vec![
        Column::new("first".into(), &found.first),
        Column::new("second".into(), &found.second),
        Column::new("similarity".into(), &found.similarity),
    ])
}

/// Pairs of group numbers, their similarity or distance, and the bounds of its interval.
#[pyfunction]
#[pyo3(signature = (dfm, groups, kind, method, power, smoothing, inference, progress=None))]
#[allow(clippy::too_many_arguments)] // the arguments of the facade
fn group_similarity(
    py: Python<'_>,
    dfm: &Bound<'_, PyAny>,
    groups: PySeries,
    kind: &str,
    method: &str,
    power: f64,
    smoothing: f64,
    inference: Inference,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let method = method_of(kind, method, power, smoothing)?;
    let groups = maybe_numbers(&groups.0, "groups")?;
    let inference = inference.parse()?;
    let held = Held::of(dfm)?;
    let matrix = held.matrix();
    let found = supervise(py, progress.as_ref(), |watch| {
        similarity::groups(matrix, &groups, method, &inference, watch)
    })?;
    bridge::frame(vec![
        Column::new("first".into(), &found.pairs.first),
        Column::new("second".into(), &found.pairs.second),
        Column::new("similarity".into(), &found.pairs.similarity),
        Column::new("low".into(), &found.low),
        Column::new("high".into(), &found.high),
    ])
}

/// Pairs of documents and their Delta; the words that it rests on.
#[pyfunction]
fn deltas(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    method: &str,
    n_features: usize,
    culling: f64,
) -> PyResult<(PySeries, PyFrame)> {
    let method = method.parse()?;
    let matrix = Matrix::Counts(&dfm.get().0);
    let found = supervise(py, None, |_| {
        similarity::delta(matrix, method, n_features, culling)
    })?;
    let words = bridge::frame(vec![
        Column::new("feature".into(), &found.features),
        Column::new("mean".into(), &found.mean),
        Column::new("deviation".into(), &found.deviation),
        count_column("doc_freq", &found.doc_freq),
    ])?;
    Ok((PySeries(Series::new("distance".into(), &found.condensed)), words))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(deltas, module)?)?;
    module.add_function(wrap_pyfunction!(group_similarity, module)?)?;
    module.add_function(wrap_pyfunction!(similarity_frame, module)?)
}
