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

/// A method as the facade hands it over; `kind` says in which registry its word stands.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct MethodOptions {
    kind: String,
    word: String,
    power: f64,
    smoothing: f64,
}

impl MethodOptions {
    fn parse(&self) -> crate::Result<Method> {
        if self.kind == "distance" {
            let options = DistanceOptions {
                power: self.power,
                smoothing: self.smoothing,
            };
            Ok(Method::Distance(self.word.parse()?, options))
        } else {
            Ok(Method::Similarity(self.word.parse()?))
        }
    }
}

/// Which pairs are wanted, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct WantedPairs {
    of: Option<PySeries>,
    bound: Option<f64>,
    top: Option<usize>,
}

impl WantedPairs {
    fn parse(self) -> crate::Result<Wanted> {
        Ok(Wanted {
            of: self.of.map(|of| numbers(&of.0, "of")).transpose()?,
            bound: self.bound,
            top: self.top,
            split: None,
        })
    }
}

/// Pairs of row numbers (documents or features) and their similarity or distance. With `against`, whose rows are numbered
/// from 0 too, documents of one matrix with those of the other.
#[pyfunction]
#[pyo3(name = "similarity", signature = (dfm, against, margin, method, wanted, progress=None))]
fn similarity_frame(
    py: Python<'_>,
    dfm: &Bound<'_, PyAny>,
    against: Option<&Bound<'_, PyAny>>,
    margin: &str,
    method: MethodOptions,
    wanted: WantedPairs,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let method = method.parse()?;
    let margin = margin.parse()?;
    let wanted = wanted.parse()?;
    let held = Held::of(dfm)?;
    let other = against.map(Held::of).transpose()?;
    let (x, y) = (held.matrix(), other.as_ref().map(Held::matrix));
    let found = supervise(py, progress.as_ref(), |watch| {
        similarity::compare(x, y, method, margin, wanted, watch)
    })?;
    bridge::frame(vec![
        Column::new("first".into(), &found.first),
        Column::new("second".into(), &found.second),
        Column::new("similarity".into(), &found.similarity),
    ])
}

/// Pairs of group numbers, their similarity or distance, and the bounds of its interval.
#[pyfunction]
#[pyo3(signature = (dfm, groups, method, inference, progress=None))]
fn group_similarity(
    py: Python<'_>,
    dfm: &Bound<'_, PyAny>,
    groups: PySeries,
    method: MethodOptions,
    inference: Inference,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let method = method.parse()?;
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
