//! Sentences: the frame of `dz.sentences` and the expression `.zh.sentences()`.

#![allow(clippy::needless_pass_by_value)] // pyo3 and polars hand arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw;
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

/// One row a sentence: `document` (index), `sentence` (within the document), `char_start`, `char_end`, `raw_start`,
/// `raw_end`, `text`. `edits` as in `Tokens.to_frame`.
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
    let texts = bridge::texts(&texts.0, "text")?;
    let options = Options { unit, semicolons };
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let int = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    let columns = supervise(py, progress.as_ref(), |watch| {
        let mut numbers: [Vec<i64>; 6] = Default::default();
        let mut strings: Vec<&str> = Vec::new();
        for (document, text) in texts.iter().enumerate() {
            watch.step(1)?;
            let spans = cut(text, &options)?;
            for (index, (span, chars)) in spans.iter().zip(sentences::in_chars(text, &spans)).enumerate() {
                let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                let raw = match &edits {
                    Some(edits) => raw::to_raw(&edits[document], (place(chars.start), place(chars.end))),
                    None => (place(chars.start), place(chars.end)),
                };
                let row = [
                    int(document),
                    int(index),
                    int(chars.start),
                    int(chars.end),
                    i64::from(raw.0),
                    i64::from(raw.1),
                ];
                for (column, value) in numbers.iter_mut().zip(row) {
                    column.push(value);
                }
                strings.push(&text[span.clone()]);
            }
        }
        let names = [
            "document",
            "sentence",
            "char_start",
            "char_end",
            "raw_start",
            "raw_end",
        ];
        let mut columns: Vec<Column> = names
            .into_iter()
            .zip(numbers)
            .map(|(name, values)| Column::new(name.into(), values))
            .collect();
        columns.push(Column::new("text".into(), strings));
        Ok(columns)
    })?;
    bridge::frame(columns)
}

/// `.zh.sentences()`: a list of sentences for each text, null for null.
fn zh_sentences(inputs: &[Series], options: Options) -> Result<Series> {
    let series = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let texts = series.str().map_err(|e| bridge::polars_error(&e))?;
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
