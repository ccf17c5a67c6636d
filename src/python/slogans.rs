//! Slogans: the frame of `dz.slogans` and the expression `.zh.slogans()`.

#![allow(clippy::needless_pass_by_value)] // pyo3 and polars hand arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw;
use crate::discourse::slogans::{self, Slogan};
use crate::{Error, Result};

fn int(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn place(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The columns that do not depend on a document.
fn columns(rows: &[&Slogan]) -> Vec<Column> {
    let strings = |name: &str, of: &dyn Fn(&Slogan) -> Option<String>| {
        Column::new(name.into(), rows.iter().map(|s| of(s)).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: &dyn Fn(&Slogan) -> Option<usize>| {
        Column::new(
            name.into(),
            rows.iter().map(|s| of(s).map(int)).collect::<Vec<_>>(),
        )
    };
    vec![
        strings("surface", &|s| Some(s.surface.clone())),
        strings("canonical", &|s| Some(s.canonical.clone())),
        strings("class", &|s| Some(s.class.name().to_owned())),
        strings("numeral_pattern", &|s| {
            Some(s.pattern.clone()).filter(|p| !p.is_empty())
        }),
        strings("quoted", &|s| Some(s.quoted.name().to_owned())),
        Column::new("nested".into(), rows.iter().map(|s| s.nested).collect::<Vec<_>>()),
        numbers("char_start", &|s| Some(s.span.start)),
        numbers("char_end", &|s| Some(s.span.end)),
        strings("expansion", &|s| s.expansion.clone()),
        strings("expansion_source", &|s| s.expansion_source().map(str::to_owned)),
        numbers("expansion_start", &|s| s.expansion_span.as_ref().map(|e| e.start)),
        numbers("expansion_end", &|s| s.expansion_span.as_ref().map(|e| e.end)),
    ]
}

/// One row a slogan: `document` (index), what [`columns`] makes, `raw_start`, `raw_end`. `edits` as in `Tokens.to_frame`.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn slogans_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let all = supervise(py, progress.as_ref(), |watch| slogans::find_all(&texts, watch))?;
    let (mut documents, mut starts, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for (document, rows) in all.iter().enumerate() {
        for row in rows {
            let span = (place(row.span.start), place(row.span.end));
            let (start, end) = match &edits {
                Some(edits) => raw::to_raw(&edits[document], span),
                None => span,
            };
            documents.push(int(document));
            starts.push(i64::from(start));
            ends.push(i64::from(end));
        }
    }
    let rows: Vec<&Slogan> = all.iter().flatten().collect();
    let mut made = columns(&rows);
    made.push(Column::new("document".into(), documents));
    made.push(Column::new("raw_start".into(), starts));
    made.push(Column::new("raw_end".into(), ends));
    bridge::frame(made)
}

/// The expression takes no arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NoOptions {}

/// `.zh.slogans()`: the slogans of each text as a JSON array of objects, null for null; the facade turns it into a list of
/// structs (this crate is built without polars' structs).
fn zh_slogans(inputs: &[Series], _options: NoOptions) -> Result<Series> {
    let series = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let texts = series.str().map_err(|e| bridge::polars_error(&e))?;
    let rows: Vec<Option<String>> = texts
        .iter()
        .map(|text| {
            text.map(|text| {
                slogans::find(text)
                    .iter()
                    .map(object)
                    .collect::<serde_json::Value>()
                    .to_string()
            })
        })
        .collect();
    Ok(Series::new(series.name().clone(), rows))
}

/// The same fields as [`columns`].
fn object(slogan: &Slogan) -> serde_json::Value {
    let explained = slogan.expansion_span.as_ref();
    serde_json::json!({
        "surface": slogan.surface,
        "canonical": slogan.canonical,
        "class": slogan.class.name(),
        "numeral_pattern": Some(&slogan.pattern).filter(|p| !p.is_empty()),
        "quoted": slogan.quoted.name(),
        "nested": slogan.nested,
        "char_start": slogan.span.start,
        "char_end": slogan.span.end,
        "expansion": slogan.expansion,
        "expansion_source": slogan.expansion_source(),
        "expansion_start": explained.map(|e| e.start),
        "expansion_end": explained.map(|e| e.end),
    })
}

bridge::expression!(
    _polars_plugin_zh_slogans,
    _polars_plugin_field_zh_slogans,
    zh_slogans,
    || DataType::String
);

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(slogans_frame, module)?)
}
