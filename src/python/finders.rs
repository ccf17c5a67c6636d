//! What every finder of places in texts shares: documents in, what was found with its places out; the same row-wise.

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw;
use crate::run::Watch;
use crate::{Error, Result};

/// Half-open, in characters.
pub(super) type Span = std::ops::Range<usize>;

pub(super) fn int(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Runs a finder over texts: `document` (index) and the four places of each find, then what `columns` makes of all finds.
///
/// `edits` as in `Tokens.to_frame`; without them raw places are those of the text.
///
/// # Errors
/// Texts that are null or no strings, edits of another form, and what the finder returns.
pub(super) fn places<T: Send>(
    py: Python<'_>,
    texts: &PySeries,
    edits: Option<PyFrame>,
    progress: Option<&Py<PyAny>>,
    find_all: impl FnOnce(&[&str], &Watch) -> Result<Vec<Vec<T>>> + Send,
    span: impl Fn(&T) -> Span,
    columns: impl FnOnce(&[T]) -> Vec<Column>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let all = supervise(py, progress, |watch| find_all(&texts, watch))?;
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let mut numbers: [Vec<i64>; 5] = Default::default();
    for (document, rows) in all.iter().enumerate() {
        for row in rows {
            let span = span(row);
            let cleaned = (place(span.start), place(span.end));
            let raw = edits
                .as_ref()
                .map_or(cleaned, |edits| raw::to_raw(&edits[document], cleaned));
            let values = [
                int(document),
                int(span.start),
                int(span.end),
                i64::from(raw.0),
                i64::from(raw.1),
            ];
            for (column, value) in numbers.iter_mut().zip(values) {
                column.push(value);
            }
        }
    }
    let mut made: Vec<Column> = ["document", "char_start", "char_end", "raw_start", "raw_end"]
        .into_iter()
        .zip(numbers)
        .map(|(name, values)| Column::new(name.into(), values))
        .collect();
    let rows: Vec<T> = all.into_iter().flatten().collect();
    made.extend(columns(&rows));
    bridge::frame(made)
}

/// A finder that looks at one text at a time, for [`places`].
pub(super) fn each<T: Send>(
    find: impl Fn(&str) -> Vec<T> + Sync,
) -> impl FnOnce(&[&str], &Watch) -> Result<Vec<Vec<T>>> {
    move |texts, watch| {
        texts
            .par_iter()
            .map(|text| {
                watch.step(1)?;
                Ok(find(text))
            })
            .collect()
    }
}

/// An expression without arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NoOptions {}

/// The finds of each text of an expression's column as a JSON array of objects, null for null; the facade decodes them to
/// structs, which the build of polars that this crate links does not have: they would cost every clean build minutes.
///
/// # Errors
/// A column that does not hold strings, and what `rows` returns.
pub(super) fn json(inputs: &[Series], rows: impl Fn(&str) -> serde_json::Result<String>) -> Result<Series> {
    let series = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let texts = series
        .str()
        .map_err(|_| Error::data("text", "a column of strings", series.dtype()))?;
    let values: Vec<Option<String>> = texts
        .iter()
        .map(|text| text.map(&rows).transpose())
        .collect::<serde_json::Result<_>>()
        .map_err(|e| Error::Internal(format!("rows as JSON: {e}")))?;
    Ok(Series::new(series.name().clone(), values))
}
