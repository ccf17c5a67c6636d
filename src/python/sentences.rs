//! Sentences: the frame of `dz.sentences` and the expression `.zh.sentences()`.

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries};
use super::rows::{self, Field, Finder, Read, Row, Span};
use crate::text::sentences::{self, Ends};
use crate::{Error, Result};

/// What the facade and the expression name alike.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Options {
    unit: String,
    semicolons: bool,
}

/// Byte ranges of the stretches that hold more than white space, without the space around them.
fn cut(text: &str, options: &Options) -> Result<Vec<std::ops::Range<usize>>> {
    let ends = Ends {
        semicolons: options.semicolons,
    };
    let spans = match options.unit.as_str() {
        "" | "sentence" => sentences::sentences(text, ends),
        "clause" => sentences::clauses(text),
        "paragraph" => sentences::paragraphs(text),
        other => {
            return Err(Error::parameter(
                "unit",
                "\"sentence\", \"clause\" or \"paragraph\"",
                format!("{other:?}"),
            ));
        }
    };
    Ok(spans
        .into_iter()
        .map(|span| sentences::trimmed(text, span))
        .filter(|span| !span.is_empty())
        .collect())
}

/// A sentence, clause or paragraph.
pub(super) struct Stretch {
    /// Within its text.
    number: usize,
    span: Span,
}

impl Row for Stretch {
    const NAME: &'static str = "sentences";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("sentence", Read::Int(|s| s.number)),
        Field::place(),
        Field::new("text", Read::Cut(|s| s.span.clone())),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span.clone())
    }
}

impl Finder for Options {
    type Row = Stretch;

    fn find(&self, text: &str) -> Result<Vec<Stretch>> {
        let spans = sentences::in_chars(text, &cut(text, self)?);
        let numbered = spans.into_iter().enumerate();
        Ok(numbered.map(|(number, span)| Stretch { number, span }).collect())
    }
}

/// One row a stretch: `document` (index), then the columns of [`Stretch`]. `edits` as in `Tokens.to_frame`.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, unit, semicolons, progress=None))]
fn sentences_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    unit: String,
    semicolons: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    rows::frame(
        py,
        &Options { unit, semicolons },
        &texts,
        edits,
        progress.as_ref(),
    )
}

/// `.zh.sentences()`: a list of sentences for each text, null for null.
fn zh_sentences(inputs: &[Series], options: Options) -> Result<Series> {
    let series = rows::input(inputs)?;
    let texts = rows::texts(series)?;
    let mut values: Vec<&str> = Vec::new();
    let mut offsets = vec![0];
    let mut valid: Vec<bool> = Vec::new();
    for text in texts.iter() {
        if let Some(text) = text {
            values.extend(cut(text, &options)?.into_iter().map(|span| &text[span]));
        }
        valid.push(text.is_some());
        offsets.push(values.len());
    }
    let values = Series::new("item".into(), values);
    bridge::lists(series.name().clone(), &values, &offsets, Some(valid))
}

bridge::expression!(
    _polars_plugin_zh_sentences,
    _polars_plugin_field_zh_sentences,
    zh_sentences,
    || DataType::List(Box::new(DataType::String))
);

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(sentences_frame, module)?)
}
