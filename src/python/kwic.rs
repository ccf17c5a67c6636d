//! Keyword in context.

use std::sync::Arc;

use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::rows::{self, Field, Read, Row, Span};
use super::supervise::supervise;
use super::tokens::{PatternParts, PyTokens, raw_edits};
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

/// What is shown on both sides, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct ShownContext {
    window: usize,
    separator: String,
    across: bool,
}

/// One row a hit: `document` (index), then the columns of [`Shown`].
#[pyfunction]
#[pyo3(signature = (tokens, patterns, *, texts, edits, context, progress=None))]
fn kwic(
    py: Python<'_>,
    tokens: &PyTokens,
    patterns: PatternParts,
    texts: Option<PySeries>,
    edits: Option<PyFrame>,
    context: ShownContext,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let tokens = &tokens.0;
    let names: Vec<Arc<str>> = patterns.0.iter().map(|p| p.join(" ").into()).collect();
    let patterns = patterns.parse()?;
    let texts = texts.as_ref().map(|t| bridge::texts(&t.0, "text")).transpose()?;
    let context = Context {
        window: context.window,
        separator: &context.separator,
        across: context.across,
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
