//! `dz.dispersion`.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{bounds, count_column, numbers};
use super::dfm::Dfm;
use super::inference::Inference;
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::analysis::dispersion::{DispersionOptions, dispersion, slices};
use crate::corpus::dfm;

/// What is wanted, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Options {
    measures: Vec<String>,
    min_count: u64,
    equal_sizes: bool,
    inference: Inference,
}

impl Options {
    fn parse(self) -> crate::Result<DispersionOptions> {
        let measures = self.measures.iter().map(|word| word.parse());
        Ok(DispersionOptions {
            measures: measures.collect::<crate::Result<_>>()?,
            min_count: self.min_count,
            equal_sizes: self.equal_sizes,
            inference: self.inference.parse()?,
        })
    }
}

/// One row a feature; see `duizhao.dispersion`. `parts` slices the tokens; `groups` has the group number of each document.
#[pyfunction]
#[pyo3(name = "dispersion", signature = (dfm, tokens, *, groups, parts, options, progress=None))]
fn dispersion_frame(
    py: Python<'_>,
    dfm: Option<&Bound<'_, Dfm>>,
    tokens: Option<&Bound<'_, PyTokens>>,
    groups: Option<PySeries>,
    parts: Option<usize>,
    options: Options,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let options = options.parse()?;
    let groups = groups.map(|g| numbers(&g.0, "groups")).transpose()?;
    let given = dfm.map(|dfm| dfm.get().0.clone());
    let tokens = tokens.map(|tokens| tokens.get().0.clone());
    let (vocabulary, found) = supervise(py, progress.as_ref(), |watch| {
        let tokens = match (tokens, parts) {
            (Some(tokens), Some(n)) => Some(slices(&tokens, n)?),
            (tokens, _) => tokens,
        };
        let dfm = match (given, &tokens) {
            (Some(dfm), _) => dfm,
            (None, Some(tokens)) => dfm::Dfm::from_tokens(tokens, watch)?,
            (None, None) => return Err(crate::Error::Internal("neither tokens nor a matrix".to_owned())),
        };
        let found = dispersion(&dfm, tokens.as_ref(), groups.as_deref(), &options, watch)?;
        Ok((std::sync::Arc::clone(dfm.vocabulary()), found))
    })?;
    let names: Vec<&str> = found
        .feature
        .iter()
        .map(|&id| vocabulary.feature(id).unwrap_or_default())
        .collect();
    let n_parts = vec![found.n_parts; names.len()];
    let mut columns = vec![
        Column::new("feature".into(), names),
        count_column("count", &found.count),
        count_column("range", &found.range),
        count_column("n_parts", &n_parts),
    ];
    for (m, measure) in options.measures.iter().enumerate() {
        let name = measure.name();
        columns.push(Column::new(name.into(), &found.scores[m]));
        if let Some(intervals) = found.intervals.get(m) {
            columns.extend(bounds(&format!("{name}_bootstrap"), intervals));
        }
    }
    bridge::frame(columns)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(dispersion_frame, module)?)
}
