//! Wordscores and Wordfish.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::maybe_weights;
use super::dfm::Dfm;
use super::supervise::supervise;
use crate::analysis::similarity::{Margin, Matrix};
use crate::stats::scaling::wordfish::{WordfishOptions, wordfish};
use crate::stats::scaling::wordscores::wordscores;

/// Scores of features (one each); then document numbers, raw scores, rescaled scores and scored tokens.
#[pyfunction]
#[pyo3(name = "wordscores")]
fn wordscores_frame(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    reference: PySeries,
    smoothing: f64,
    rescaling: &str,
    all: bool,
) -> PyResult<(PySeries, PyFrame)> {
    let rescaling = rescaling.parse()?;
    let reference = maybe_weights(&reference.0, "reference_scores")?;
    let dfm = &dfm.get().0;
    let found = supervise(py, None, |_| {
        wordscores(
            &Matrix::Counts(dfm).rows(Margin::Documents)?,
            &reference,
            smoothing,
            rescaling,
            all,
        )
    })?;
    let documents = bridge::frame(vec![
        Column::new("document".into(), &found.documents),
        Column::new("raw_score".into(), &found.raw),
        Column::new("raw_se".into(), &found.raw_se),
        Column::new("score".into(), &found.score),
        Column::new("se".into(), &found.se),
        Column::new("n_scored".into(), &found.scored),
    ])?;
    Ok((PySeries(Series::new("wordscore".into(), &found.words)), documents))
}

/// Documents (theta, se, alpha), features (beta, psi), iterations, converged, log-likelihood.
type WordfishParts = (PyFrame, PyFrame, usize, bool, f64);

/// Options of the model, as the facade hands them over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Options {
    direction: (usize, usize),
    prior_beta: f64,
    prior_theta: f64,
    tolerance: f64,
    max_iterations: usize,
}

impl Options {
    fn parse(self) -> WordfishOptions {
        WordfishOptions {
            direction: self.direction,
            prior_beta: self.prior_beta,
            prior_theta: self.prior_theta,
            tolerance: self.tolerance,
            max_iterations: self.max_iterations,
        }
    }
}

/// The Wordfish model.
#[pyfunction]
#[pyo3(name = "wordfish", signature = (dfm, options, progress=None))]
fn wordfish_frame(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    options: Options,
    progress: Option<Py<PyAny>>,
) -> PyResult<WordfishParts> {
    let options = options.parse();
    let dfm = &dfm.get().0;
    let found = supervise(py, progress.as_ref(), |watch| {
        wordfish(&Matrix::Counts(dfm).rows(Margin::Documents)?, options, watch)
    })?;
    let documents = bridge::frame(vec![
        Column::new("theta".into(), &found.theta),
        Column::new("se".into(), &found.se),
        Column::new("alpha".into(), &found.alpha),
    ])?;
    let features = bridge::frame(vec![
        Column::new("beta".into(), &found.beta),
        Column::new("psi".into(), &found.psi),
    ])?;
    Ok((
        documents,
        features,
        found.iterations,
        found.converged,
        found.log_likelihood,
    ))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(wordscores_frame, module)?)?;
    module.add_function(wrap_pyfunction!(wordfish_frame, module)?)
}
