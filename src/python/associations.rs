//! Associations.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{bounds, count_column, numbers};
use super::fcm::Fcm;
use super::inference::Inference;
use super::measures::{adjustment_of, measures_of, score_columns};
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::analysis::association_intervals::association_intervals;
use crate::analysis::associations::{AssociationOptions, associations};

/// One row a pair of feature numbers.
#[pyfunction]
#[pyo3(name = "associations")]
fn associations_frame(
    py: Python<'_>,
    fcm: &Bound<'_, Fcm>,
    nodes: Option<PySeries>,
    measures: Vec<String>,
    min_count: u64,
    adjust: Option<&str>,
) -> PyResult<PyFrame> {
    let options = AssociationOptions {
        measures: measures_of(&measures)?,
        min_count,
        adjust: adjustment_of(adjust)?,
    };
    let nodes = nodes.map(|nodes| numbers(&nodes.0, "node")).transpose()?;
    let fcm = fcm.get();
    let found = supervise(py, None, |watch| {
        associations(&fcm.0, nodes.as_deref(), &options, watch)
    })?;
    let mut columns = vec![
        Column::new("node".into(), &found.node),
        Column::new("collocate".into(), &found.collocate),
        count_column("count", &found.count),
        count_column("count_node", &found.count_node),
        count_column("count_collocate", &found.count_collocate),
        count_column("n_pairs", &found.n_pairs),
        Column::new("expected".into(), &found.expected),
    ];
    columns.extend(score_columns(&found.scores));
    bridge::frame(columns)
}

/// Bounds of the scores of one node, a row a collocate.
#[pyfunction]
#[pyo3(name = "association_intervals")]
#[pyo3(signature = (tokens, fcm, node, collocates, *, measures, inference))]
fn interval_frame(
    py: Python<'_>,
    tokens: &PyTokens,
    fcm: &Bound<'_, Fcm>,
    node: u32,
    collocates: PySeries,
    measures: Vec<String>,
    inference: Inference,
) -> PyResult<PyFrame> {
    let inference = inference.parse()?;
    let measures = measures_of(&measures)?;
    let collocates = numbers(&collocates.0, "collocates")?;
    let fcm = fcm.get();
    let found = supervise(py, None, |watch| {
        association_intervals(&tokens.0, &fcm.0, node, &collocates, &measures, &inference, watch)
    })?;
    let mut columns = Vec::with_capacity(2 * measures.len());
    for (measure, bounds_of) in measures.iter().zip(&found) {
        columns.extend(bounds(&format!("{}_bootstrap", measure.name()), bounds_of));
    }
    bridge::frame(columns)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(interval_frame, module)?)?;
    module.add_function(wrap_pyfunction!(associations_frame, module)?)
}
