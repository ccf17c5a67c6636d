//! Quotations: the frame of `dz.quotations`, and its expression.

#![allow(clippy::needless_pass_by_value)] // pyo3 and polars hand arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;
use serde_json::{Map, Value};

use super::bridge::{self, PyFrame, PySeries};
use super::finders::{self, NoOptions, Span, int};
use crate::Result;
use crate::discourse::page::Page;
use crate::discourse::quotations;

/// What is found, as values under the names of a [`Reader`].
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) words: Vec<Option<String>>,
    pub(super) spans: Vec<Option<Span>>,
    pub(super) depth: usize,
    pub(super) share: f64,
}

/// How one kind of thing is found, and what its columns are called.
pub(super) struct Reader {
    pub(super) words: &'static [&'static str],
    pub(super) spans: &'static [&'static str],
    /// Whether rows have `depth` and `doc_share`.
    pub(super) quoted: bool,
    pub(super) find: fn(&Page<'_>) -> Vec<Row>,
}

const QUOTATIONS: Reader = Reader {
    words: &["quotation", "kind", "speaker", "verb"],
    spans: &["speaker", "verb"],
    quoted: true,
    find: quotations,
};

fn quotations(page: &Page<'_>) -> Vec<Row> {
    let chars = page.chars();
    let row = |found: quotations::Quotation| {
        let word = |span: &Option<Span>| span.clone().map(|s| chars.surface(s));
        Row {
            words: vec![
                Some(chars.surface(found.span.clone())),
                Some(found.kind.name().to_owned()),
                word(&found.speaker),
                word(&found.verb),
            ],
            spans: vec![found.speaker, found.verb],
            depth: found.depth,
            share: found.doc_share,
            span: found.span,
        }
    };
    quotations::find(page).into_iter().map(row).collect()
}

/// The columns beside the places.
fn columns(reader: &Reader, rows: &[Row]) -> Vec<Column> {
    let mut made: Vec<Column> = Vec::new();
    for (i, name) in reader.words.iter().enumerate() {
        let values: Vec<Option<&str>> = rows.iter().map(|r| r.words[i].as_deref()).collect();
        made.push(Column::new((*name).into(), values));
    }
    for (i, name) in reader.spans.iter().enumerate() {
        let of = |edge: fn(&Span) -> usize| -> Vec<Option<i64>> {
            rows.iter()
                .map(|r| r.spans[i].as_ref().map(|s| int(edge(s))))
                .collect()
        };
        made.push(Column::new(format!("{name}_start").into(), of(|s| s.start)));
        made.push(Column::new(format!("{name}_end").into(), of(|s| s.end)));
    }
    if reader.quoted {
        let depths: Vec<i64> = rows.iter().map(|r| int(r.depth)).collect();
        let shares: Vec<f64> = rows.iter().map(|r| r.share).collect();
        made.push(Column::new("depth".into(), depths));
        made.push(Column::new("doc_share".into(), shares));
    }
    made
}

/// A row as an object, with the names of [`columns`].
fn object(reader: &Reader, row: &Row) -> Map<String, Value> {
    let mut made = Map::new();
    let mut put = |name: String, value: Value| made.insert(name, value);
    put("char_start".into(), row.span.start.into());
    put("char_end".into(), row.span.end.into());
    for (name, word) in reader.words.iter().zip(&row.words) {
        put((*name).into(), word.clone().into());
    }
    for (name, span) in reader.spans.iter().zip(&row.spans) {
        put(format!("{name}_start"), span.as_ref().map(|s| s.start).into());
        put(format!("{name}_end"), span.as_ref().map(|s| s.end).into());
    }
    if reader.quoted {
        put("depth".into(), row.depth.into());
        put("doc_share".into(), row.share.into());
    }
    made
}

/// One row a find: `document` (index), the four places, and the columns of the reader.
pub(super) fn read(
    py: Python<'_>,
    reader: &'static Reader,
    texts: &PySeries,
    edits: Option<PyFrame>,
    progress: Option<&Py<PyAny>>,
) -> PyResult<PyFrame> {
    finders::places(
        py,
        texts,
        edits,
        progress,
        finders::each(|text| (reader.find)(&Page::of(text))),
        |row| row.span.clone(),
        |rows| columns(reader, rows),
    )
}

/// The finds of each text as a list of objects.
pub(super) fn listed(reader: &Reader, inputs: &[Series]) -> Result<Series> {
    finders::json(inputs, |text| {
        let rows: Vec<_> = (reader.find)(&Page::of(text))
            .iter()
            .map(|row| object(reader, row))
            .collect();
        serde_json::to_string(&rows)
    })
}

#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn quotations_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    read(py, &QUOTATIONS, &texts, edits, progress.as_ref())
}

fn zh_quotations(inputs: &[Series], _options: NoOptions) -> Result<Series> {
    listed(&QUOTATIONS, inputs)
}

bridge::expression!(
    _polars_plugin_zh_quotations,
    _polars_plugin_field_zh_quotations,
    zh_quotations,
    || DataType::String
);
pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(quotations_frame, module)?)
}
