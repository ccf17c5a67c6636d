//! Keyword in context.
// pyo3 hands arguments over by value.
#![allow(clippy::needless_pass_by_value)]

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::supervise::supervise;
use super::tokens::{PyTokens, patterns, raw_edits};
use crate::corpus::kwic::{Context, Line};
use crate::corpus::raw;

/// One row a hit: `document` (index), `token_start`, `token_end`, `left`, `keyword`, `right`, `pattern` (index), and the
/// four span columns.
#[pyfunction]
#[allow(clippy::too_many_arguments)] // keyword arguments in Python
#[pyo3(signature = (tokens, phrases, *, texts, edits, value_type, case_insensitive, window, separator, across, progress=None))]
fn kwic(
    py: Python<'_>,
    tokens: &PyTokens,
    phrases: Vec<Vec<String>>,
    texts: Option<PySeries>,
    edits: Option<PyFrame>,
    value_type: &str,
    case_insensitive: bool,
    window: usize,
    separator: &str,
    across: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let tokens = &tokens.0;
    let patterns = patterns(phrases, value_type, case_insensitive)?;
    let texts = texts.as_ref().map(|t| bridge::texts(&t.0, "text")).transpose()?;
    let context = Context {
        window,
        separator,
        across,
    };
    let lines = supervise(py, progress.as_ref(), |watch| {
        crate::corpus::kwic::kwic(tokens, texts.as_deref(), &patterns, context, watch)
    })?;
    let edits = edits.map(|e| raw_edits(&e.0, tokens.n_documents())).transpose()?;
    let int = |value: usize| i64::try_from(value).ok();
    let ints = |name: &str, values: Vec<Option<i64>>| {
        Int64Chunked::from_iter_options(name.into(), values.into_iter()).into_column()
    };
    let strings = |name: &str, of: fn(&Line) -> &str| {
        StringChunked::from_iter_values(name.into(), lines.iter().map(of)).into_column()
    };
    let spans: Vec<Option<(u32, u32)>> = lines.iter().map(|l| l.span).collect();
    let raw: Vec<Option<(u32, u32)>> = match &edits {
        Some(edits) => {
            let of = |l: &Line| l.span.map(|span| raw::to_raw(&edits[l.document], span));
            lines.iter().map(of).collect()
        }
        None => spans.clone(),
    };
    let place = |spans: &[Option<(u32, u32)>], of: fn((u32, u32)) -> u32| {
        spans.iter().map(|s| s.map(|s| i64::from(of(s)))).collect()
    };
    bridge::frame(vec![
        ints("document", lines.iter().map(|l| int(l.document)).collect()),
        ints("token_start", lines.iter().map(|l| int(l.token_start)).collect()),
        ints("token_end", lines.iter().map(|l| int(l.token_end)).collect()),
        strings("left", |l| &l.left),
        strings("keyword", |l| &l.keyword),
        strings("right", |l| &l.right),
        ints("pattern", lines.iter().map(|l| int(l.pattern)).collect()),
        ints("char_start", place(&spans, |s| s.0)),
        ints("char_end", place(&spans, |s| s.1)),
        ints("raw_start", place(&raw, |s| s.0)),
        ints("raw_end", place(&raw, |s| s.1)),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(kwic, module)?)
}
