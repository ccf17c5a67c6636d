//! Wordscores, Wordfish, trends.
#![allow(clippy::needless_pass_by_value)] // pyo3 hands arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::dfm::{Dfm, count_column, counts, numbers, weights};
use super::supervise::supervise;
use crate::Error;
use crate::analysis::similarity::{Margin, Matrix};
use crate::stats::scaling::wordfish::{WordfishOptions, wordfish};
use crate::stats::scaling::wordscores::wordscores;
use crate::stats::trend::{Point, TrendOptions, trend};

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
    let reference: Vec<Option<f64>> = reference
        .0
        .f64()
        .map_err(|_| Error::data("reference", "a column of Float64", reference.0.dtype()))?
        .iter()
        .collect();
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

/// The Wordfish model.
#[pyfunction]
#[pyo3(name = "wordfish", signature = (dfm, low, high, prior_beta, prior_theta, tolerance, max_iterations, progress=None))]
#[allow(clippy::too_many_arguments)] // the arguments of the facade
fn wordfish_frame(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    low: usize,
    high: usize,
    prior_beta: f64,
    prior_theta: f64,
    tolerance: f64,
    max_iterations: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<WordfishParts> {
    let options = WordfishOptions {
        direction: (low, high),
        prior_beta,
        prior_theta,
        tolerance,
        max_iterations,
    };
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

/// Rates by period; name and value of each figure of the slope.
type TrendParts = (PyFrame, Vec<(&'static str, Option<f64>)>);

/// The trend of counts over time.
#[pyfunction]
#[pyo3(name = "trend", signature = (time, count, tokens, blocks, resamples, permutations, seed, interval, level, progress=None))]
#[allow(clippy::too_many_arguments)] // the arguments of the facade
fn trend_frame(
    py: Python<'_>,
    time: PySeries,
    count: PySeries,
    tokens: PySeries,
    blocks: Option<PySeries>,
    resamples: usize,
    permutations: usize,
    seed: u64,
    interval: &str,
    level: f64,
    progress: Option<Py<PyAny>>,
) -> PyResult<TrendParts> {
    let options = TrendOptions {
        resamples,
        permutations,
        seed,
        interval: interval.parse()?,
        level,
    };
    let time = weights(&time.0, "time")?;
    let (count, tokens) = (counts(&count.0, "count")?, counts(&tokens.0, "tokens")?);
    let blocks = blocks.map(|b| numbers(&b.0, "blocks")).transpose()?;
    let points: Vec<Point> = (time.into_iter().zip(count).zip(tokens))
        .map(|((time, count), tokens)| Point { time, count, tokens })
        .collect();
    let (periods, slope) = supervise(py, progress.as_ref(), |watch| {
        trend(&points, blocks.as_deref(), options, watch)
    })?;
    let bound = |name: &str, bounds: &[Option<(f64, f64)>], upper: bool| {
        let values: Vec<Option<f64>> = bounds
            .iter()
            .map(|b| b.map(|b| if upper { b.1 } else { b.0 }))
            .collect();
        Column::new(name.into(), values)
    };
    let frame = bridge::frame(vec![
        Column::new("time".into(), &periods.time),
        count_column("n_docs", &periods.documents),
        count_column("count", &periods.count),
        count_column("n_tokens", &periods.tokens),
        bound("exact_low", &periods.exact, false),
        bound("exact_high", &periods.exact, true),
        bound("bootstrap_low", &periods.bootstrap, false),
        bound("bootstrap_high", &periods.bootstrap, true),
    ])?;
    let figures = vec![
        ("slope", slope.slope),
        ("se_robust", slope.se_robust),
        ("se_quasi", slope.se_quasi),
        ("dispersion", slope.dispersion),
        ("p", slope.p),
        ("p_permutation", slope.p_permutation),
        ("kendall_s", Some(slope.kendall_s)),
        ("kendall_tau", slope.kendall_tau),
        ("kendall_p", slope.kendall_p),
        ("theil_sen", slope.theil_sen),
        ("theil_sen_low", slope.theil_sen_bounds.map(|b| b.0)),
        ("theil_sen_high", slope.theil_sen_bounds.map(|b| b.1)),
    ];
    Ok((frame, figures))
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(wordscores_frame, module)?)?;
    module.add_function(wrap_pyfunction!(wordfish_frame, module)?)?;
    module.add_function(wrap_pyfunction!(trend_frame, module)?)
}
