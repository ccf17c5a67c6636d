//! Slogans: the frame of `dz.slogans` and the expression `.zh.slogans()`.

#![allow(clippy::needless_pass_by_value)] // pyo3 and polars hand arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::finders::{self, NoOptions, int};
use crate::Result;
use crate::discourse::slogans::{self, Slogan};

/// The columns that do not depend on a document.
fn columns(rows: &[Slogan]) -> Vec<Column> {
    let strings = |name: &str, of: &dyn Fn(&Slogan) -> Option<String>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
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
    finders::places(
        py,
        &texts,
        edits,
        progress.as_ref(),
        slogans::find_all,
        |slogan| slogan.span.clone(),
        columns,
    )
}

/// `.zh.slogans()`: the slogans of each text.
fn zh_slogans(inputs: &[Series], _options: NoOptions) -> Result<Series> {
    finders::json(inputs, |text| {
        serde_json::to_string(&slogans::find(text).iter().map(object).collect::<Vec<_>>())
    })
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

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(slogans_frame, module)?)
}
