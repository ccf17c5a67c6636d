//! `dz.register` and the expression `.zh.register()`.

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::Each;
use super::segmenter::PySegmenter;
use super::supervise::supervise;
use crate::discourse::register::{self as kernel, Component};
use crate::registry::Needs;
use crate::{Error, Result};

/// One row a text: `n_chars`, `n_sentences`, `n_clauses`, `n_words` (null without a segmenter), a column a component.
#[pyfunction]
#[pyo3(signature = (texts, segmenter, components, *, progress=None))]
fn register_frame(
    py: Python<'_>,
    texts: PySeries,
    segmenter: Option<PySegmenter>,
    components: Vec<String>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let components: Vec<Component> = components
        .iter()
        .map(|word| word.parse())
        .collect::<Result<_>>()?;
    let texts = bridge::texts(&texts.0, "text")?;
    let segmenter = segmenter.map(|s| s.0);
    let found = supervise(py, progress.as_ref(), |watch| {
        kernel::measure_all(&texts, segmenter.as_ref(), watch)
    })?;
    let each = Each(&found);
    let mut columns = vec![
        each.ints("n_chars", |m| m.chars),
        each.ints("n_sentences", |m| m.sentences.len() as u64),
        each.ints("n_clauses", |m| m.clauses.len() as u64),
        each.maybe_ints("n_words", |m| m.words.as_ref().map(|w| w.n)),
    ];
    for component in components {
        columns.push(each.maybe_floats(component.name(), |m| component.value(m)));
    }
    bridge::frame(columns)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Options {}

/// `.zh.register()`: the components of the text alone as a list, in the order of the registry; null for null.
fn zh_register(inputs: &[Series], _: Options) -> Result<Series> {
    let series = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let texts = super::rows::texts(series)?;
    let components: Vec<Component> = Component::ALL
        .iter()
        .copied()
        .filter(|c| c.needs() == Needs::Text)
        .collect();
    let mut values: Vec<Option<f64>> = Vec::new();
    let mut offsets = vec![0];
    let mut valid: Vec<bool> = Vec::new();
    for text in texts.iter() {
        if let Some(text) = text {
            let found = kernel::measure(text, None);
            values.extend(components.iter().map(|c| c.value(&found)));
        }
        valid.push(text.is_some());
        offsets.push(values.len());
    }
    bridge::lists(
        series.name().clone(),
        &Series::new("item".into(), values),
        &offsets,
        Some(valid),
    )
}

bridge::expression!(
    _polars_plugin_zh_register,
    _polars_plugin_field_zh_register,
    zh_register,
    || DataType::List(Box::new(DataType::Float64))
);

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(register_frame, module)?)
}
