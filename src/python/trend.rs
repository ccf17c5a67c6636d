//! Trends of counts over time.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{bounds, count_column, counts, weights};
use super::inference::Inference;
use super::supervise::supervise;
use crate::stats::trend::{Point, trend};

/// Rates by period; name and value of each figure of the slope.
type TrendParts = (PyFrame, Vec<(&'static str, Option<f64>)>);

/// The trend of counts over time.
#[pyfunction]
#[pyo3(name = "trend", signature = (time, count, tokens, inference, progress=None))]
fn trend_frame(
    py: Python<'_>,
    time: PySeries,
    count: PySeries,
    tokens: PySeries,
    inference: Inference,
    progress: Option<Py<PyAny>>,
) -> PyResult<TrendParts> {
    let inference = inference.parse()?;
    let time = weights(&time.0, "time")?;
    let (count, tokens) = (counts(&count.0, "count")?, counts(&tokens.0, "tokens")?);
    let points: Vec<Point> = (time.into_iter().zip(count).zip(tokens))
        .map(|((time, count), tokens)| Point { time, count, tokens })
        .collect();
    let (periods, slope) = supervise(py, progress.as_ref(), |watch| trend(&points, &inference, watch))?;
    let [exact_low, exact_high] = bounds("exact", &periods.exact);
    let [low, high] = bounds("bootstrap", &periods.bootstrap);
    let frame = bridge::frame(vec![
        Column::new("time".into(), &periods.time),
        count_column("n_docs", &periods.documents),
        count_column("count", &periods.count),
        count_column("n_tokens", &periods.tokens),
        exact_low,
        exact_high,
        low,
        high,
    ])?;
    let figures = vec![
        ("slope", slope.slope),
        ("se_robust", slope.se_robust),
        ("slope_wald_low", slope.bounds.map(|b| b.0)),
        ("slope_wald_high", slope.bounds.map(|b| b.1)),
        ("se_quasi", slope.se_quasi),
        ("dispersion", slope.dispersion),
        ("slope_wald_p", slope.p),
        ("slope_permutation_p", slope.p_permutation),
        ("kendall_s", Some(slope.kendall_s)),
        ("kendall_tau", slope.kendall_tau),
        ("kendall_p", slope.kendall_p),
        ("theil_sen", slope.theil_sen),
        ("theil_sen_low", slope.theil_sen_bounds.map(|b| b.0)),
        ("theil_sen_high", slope.theil_sen_bounds.map(|b| b.1)),
    ];
    Ok((frame, figures))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(trend_frame, module)?)
}
