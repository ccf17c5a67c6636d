//! `dz.diversity`.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame};
use super::columns::{Each, count_column};
use super::dfm::Dfm;
use super::inference::Inference;
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::analysis::diversity::{of_dfm, of_tokens, segment_intervals};
use crate::stats::diversity::{Diversity, DiversityOptions};

/// Parameters of the measures, as the facade hands them over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Options {
    window: usize,
    segment: usize,
    threshold: f64,
    min_factor: usize,
    sample: usize,
    log_base: f64,
}

impl Options {
    fn parse(self) -> DiversityOptions {
        DiversityOptions {
            window: self.window,
            segment: self.segment,
            threshold: self.threshold,
            min_factor: self.min_factor,
            sample: self.sample,
            log_base: self.log_base,
        }
    }
}

/// One row a document of `tokens`, or of `dfm`: `n_tokens`, `n_types`, then a column a measure.
#[pyfunction]
#[pyo3(name = "diversity", signature = (dfm, tokens, *, measures, options, progress=None))]
fn diversity_frame(
    py: Python<'_>,
    dfm: Option<&Bound<'_, Dfm>>,
    tokens: Option<&Bound<'_, PyTokens>>,
    measures: Vec<String>,
    options: Options,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let measures: Vec<Diversity> = measures
        .iter()
        .map(|word| word.parse())
        .collect::<crate::Result<_>>()?;
    let options = options.parse();
    let dfm = dfm.map(|dfm| dfm.get().0.clone());
    let tokens = tokens.map(|tokens| tokens.get().0.clone());
    let found = supervise(py, progress.as_ref(), |watch| match (&tokens, &dfm) {
        (Some(tokens), _) => of_tokens(tokens, &measures, &options, watch),
        (None, Some(dfm)) => of_dfm(dfm, &measures, &options, watch),
        (None, None) => Err(crate::Error::Internal("neither tokens nor a matrix".to_owned())),
    })?;
    let mut columns = vec![
        count_column("n_tokens", &found.tokens),
        count_column("n_types", &found.types),
    ];
    for (measure, scores) in measures.iter().zip(&found.scores) {
        columns.push(Column::new(measure.name().into(), scores));
    }
    bridge::frame(columns)
}

/// `low` and `high` of MSTTR for each document, over its segments.
#[pyfunction]
#[pyo3(signature = (tokens, *, segment, inference))]
fn diversity_intervals(
    py: Python<'_>,
    tokens: &Bound<'_, PyTokens>,
    segment: usize,
    inference: Inference,
) -> PyResult<PyFrame> {
    let inference = inference.parse()?;
    let tokens = tokens.get();
    let found = supervise(py, None, |watch| {
        segment_intervals(&tokens.0, segment, &inference, watch)
    })?;
    let each = Each(&found);
    bridge::frame(vec![
        each.maybe_floats("low", |i| i.map(|i| i.0)),
        each.maybe_floats("high", |i| i.map(|i| i.1)),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(diversity_frame, module)?)?;
    module.add_function(wrap_pyfunction!(diversity_intervals, module)?)
}
