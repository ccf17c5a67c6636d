//! Keyness.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{count_column, maybe_numbers, numbers};
use super::dfm::Dfm;
use super::inference::Inference;
use super::measures::{MeasureParameters, adjustment_of, measures_of, score_columns};
use super::supervise::supervise;
use crate::Result;
use crate::analysis::keyness::{Contrasts, KeynessOptions, keyness};

/// What is wanted, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Options {
    measures: Vec<String>,
    min_count: u64,
    adjust: Option<String>,
    parameters: MeasureParameters,
    inference: Inference,
}

impl Options {
    fn parse(self) -> Result<KeynessOptions> {
        Ok(KeynessOptions {
            measures: measures_of(&self.measures)?,
            min_count: self.min_count,
            adjust: adjustment_of(self.adjust.as_deref())?,
            parameters: self.parameters.parse()?,
            inference: self.inference.parse()?,
        })
    }
}

/// One row a contrast (place in `targets`) and feature (number). `groups` has the group number of each document, or null;
/// `references` the group that each target is compared with, or nothing for all others.
#[pyfunction]
#[pyo3(name = "keyness", signature = (dfm, groups, targets, references, options, progress=None))]
fn keyness_frame(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    groups: PySeries,
    targets: PySeries,
    references: Option<PySeries>,
    options: Options,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let options = options.parse()?;
    let groups = maybe_numbers(&groups.0, "groups")?;
    let targets = numbers(&targets.0, "targets")?;
    let contrasts = match references {
        None => Contrasts::Rest(targets),
        Some(references) => {
            let references = numbers(&references.0, "references")?;
            Contrasts::Pairs(targets.into_iter().zip(references).collect())
        }
    };
    let dfm = dfm.get();
    let found = supervise(py, progress.as_ref(), |watch| {
        keyness(&dfm.0, &groups, &contrasts, &options, watch)
    })?;
    let mut columns = vec![
        Column::new("target".into(), &found.target),
        Column::new("feature".into(), &found.feature),
        count_column("count_target", &found.count_target),
        count_column("count_reference", &found.count_reference),
        count_column("size_target", &found.size_target),
        count_column("size_reference", &found.size_reference),
        Column::new("expected_target".into(), &found.expected_target),
        Column::new("expected_reference".into(), &found.expected_reference),
        count_column("doc_freq_target", &found.doc_freq_target),
        count_column("doc_freq_reference", &found.doc_freq_reference),
        count_column("n_tested", &found.n_tested),
    ];
    columns.extend(score_columns(&found.scores));
    bridge::frame(columns)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(keyness_frame, module)?)
}
