//! Keyness.
#![allow(clippy::needless_pass_by_value)] // pyo3 hands arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::dfm::{Dfm, count_column, numbers};
use super::measures::{adjustment_of, measures_of, score_columns};
use super::supervise::supervise;
use crate::Error;
use crate::analysis::keyness::{KeynessOptions, keyness};

/// One row a target (place in `targets`) and feature (number). `groups` has the group number of each document, or null.
#[pyfunction]
#[pyo3(name = "keyness")]
fn keyness_frame(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    groups: PySeries,
    targets: PySeries,
    measures: Vec<String>,
    min_count: u64,
    adjust: Option<&str>,
) -> PyResult<PyFrame> {
    let options = KeynessOptions {
        measures: measures_of(&measures)?,
        min_count,
        adjust: adjustment_of(adjust)?,
    };
    let groups: Vec<Option<u32>> = groups
        .0
        .u32()
        .map_err(|_| Error::data("groups", "a column of UInt32", groups.0.dtype()))?
        .iter()
        .collect();
    let targets = numbers(&targets.0, "targets")?;
    let dfm = dfm.get();
    let found = supervise(py, None, |watch| {
        keyness(&dfm.0, &groups, &targets, &options, watch)
    })?;
    let mut columns = vec![
        Column::new("target".into(), &found.target),
        Column::new("feature".into(), &found.feature),
        count_column("count_target", &found.count_target),
        count_column("count_reference", &found.count_reference),
        count_column("size_target", &found.size_target),
        count_column("size_reference", &found.size_reference),
        Column::new("expected_target".into(), &found.expected_target),
        count_column("doc_freq_target", &found.doc_freq_target),
        count_column("doc_freq_reference", &found.doc_freq_reference),
    ];
    columns.extend(score_columns(&found.scores));
    bridge::frame(columns)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(keyness_frame, module)?)
}
