//! Keyword in context.

use std::sync::Arc;

use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::rows::{self, Field, Read, Row, Span};
use super::supervise::supervise;
use super::tokens::{PyTokens, patterns, raw_edits};
use crate::corpus::kwic::{Context, Line};

/// A line of a concordance with the pattern that it shows.
pub(super) struct Shown {
    line: Line,
    pattern: Arc<str>,
}

impl Row for Shown {
    const NAME: &'static str = "kwic";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("token_start", Read::Int(|s| s.line.token_start)),
        Field::new("token_end", Read::Int(|s| s.line.token_end)),
        Field::new("left", Read::Text(|s| &s.line.left)),
        Field::new("keyword", Read::Text(|s| &s.line.keyword)),
        Field::new("right", Read::Text(|s| &s.line.right)),
        Field::new("pattern", Read::Text(|s| &s.pattern)),
        Field::place(),
    ];

    fn span(&self) -> Option<Span> {
        self.line.span.map(|(start, end)| start as usize..end as usize)
    }
}

/// One row a hit: `document` (index), then the columns of [`Shown`].
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
    let names: Vec<Arc<str>> = phrases.iter().map(|p| p.join(" ").into()).collect();
    let patterns = patterns(phrases, value_type, case_insensitive)?;
    let texts = texts.as_ref().map(|t| bridge::texts(&t.0, "text")).transpose()?;
    let context = Context {
        window,
        separator,
        across,
    };
    let edits = edits.map(|e| raw_edits(&e.0, tokens.n_documents())).transpose()?;
    let columns = supervise(py, progress.as_ref(), |watch| {
        let lines = crate::corpus::kwic::kwic(tokens, texts.as_deref(), &patterns, context, watch)?;
        let shown: Vec<Shown> = lines
            .into_iter()
            .map(|line| Shown {
                pattern: names.get(line.pattern).map_or_else(|| "".into(), Arc::clone),
                line,
            })
            .collect();
        let rows = shown.iter().map(|s| (s.line.document, s)).collect();
        rows::columns(&[], rows, edits.as_deref())
    })?;
    bridge::frame(columns)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(kwic, module)?)
}
