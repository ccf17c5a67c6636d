//! Dictionaries of categories and their look-up on text: `dz.Dictionary`, `dz.lookup`, `.zh.lookup`, `.zh.count_matches`.
// pyo3 hands arguments over by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::{Mutex, PoisonError};

use polars::prelude::*;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use super::bridge::{self, PyFrame, PySeries, expression};
use super::dictionary::{PyDictionary, bad_json, from_json};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw;
use crate::text::dictionary::{Dictionary, Hit, NestedScope, find_all};
use crate::{Error, Result};

/// One row a hit: `document` and `entry` (indices), `surface`, `negated`, the four places. `edits` as in `Tokens.to_frame`.
#[pyfunction]
#[pyo3(signature = (texts, edits, dictionary, *, nested_scope, progress=None))]
fn lookup_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    dictionary: &PyDictionary,
    nested_scope: &str,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let scope: NestedScope = nested_scope.parse()?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let found = supervise(py, progress.as_ref(), |watch| {
        find_all(&dictionary.0, &texts, scope, watch)
    })?;
    let rows: Vec<(usize, &Hit)> = found
        .iter()
        .enumerate()
        .flat_map(|(d, hits)| hits.iter().map(move |h| (d, h)))
        .collect();
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let int = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    let raw: Vec<(u32, u32)> = rows
        .iter()
        .map(|&(d, h)| {
            let span = (place(h.char_start), place(h.char_end));
            edits.as_ref().map_or(span, |edits| raw::to_raw(&edits[d], span))
        })
        .collect();
    let ints = |name: &str, values: Vec<i64>| Column::new(name.into(), values);
    let surfaces = rows.iter().map(|&(d, h)| &texts[d][h.start..h.end]);
    bridge::frame(vec![
        ints("document", rows.iter().map(|r| int(r.0)).collect()),
        ints("entry", rows.iter().map(|r| int(r.1.entry)).collect()),
        StringChunked::from_iter_values("surface".into(), surfaces).into_column(),
        Column::new(
            "negated".into(),
            rows.iter().map(|r| r.1.negated).collect::<Vec<_>>(),
        ),
        ints("char_start", rows.iter().map(|r| int(r.1.char_start)).collect()),
        ints("char_end", rows.iter().map(|r| int(r.1.char_end)).collect()),
        ints("raw_start", raw.iter().map(|r| i64::from(r.0)).collect()),
        ints("raw_end", raw.iter().map(|r| i64::from(r.1)).collect()),
    ])
}

/// What `.zh.lookup` and `.zh.count_matches` name alike.
#[derive(Debug, Deserialize)]
struct Options {
    dictionary: String,
    nested_scope: String,
    keep_negated: bool,
}

/// The dictionary of an expression, kept between the many calls of one query: polars hands it over as text each time.
fn kept(json: &str) -> Result<Dictionary> {
    static RECENT: Mutex<Vec<(String, Dictionary)>> = Mutex::new(Vec::new());
    const KEPT: usize = 4;
    let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, dictionary)) = recent.iter().find(|(known, _)| known == json) {
        return Ok(dictionary.clone());
    }
    let dictionary = from_json(json)?;
    if recent.len() == KEPT {
        recent.remove(0);
    }
    recent.push((json.to_owned(), dictionary.clone()));
    Ok(dictionary)
}

/// A column of texts, the dictionary, and the hits of each text (`None` for null).
type Found = (Series, Dictionary, Vec<Option<Vec<Hit>>>);

fn hits_of(inputs: &[Series], options: &Options) -> Result<Found> {
    let series = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let texts = series
        .str()
        .map_err(|_| Error::data("text", "a column of strings", series.dtype()))?;
    let dictionary = kept(&options.dictionary)?;
    let scope = options.nested_scope.parse()?;
    let hits = texts
        .iter()
        .map(|text| {
            text.map(|text| {
                let mut hits = dictionary.find(text, scope)?;
                hits.retain(|h| options.keep_negated || !h.negated);
                Ok(hits)
            })
            .transpose()
        })
        .collect::<Result<Vec<_>>>()?;
    Ok((series.clone(), dictionary, hits))
}

/// One hit of `.zh.lookup`. It crosses as JSON, since the polars that we link has no structs; the facade decodes it.
#[derive(Serialize)]
struct Row<'a> {
    category: String,
    entry: &'a str,
    surface: &'a str,
    weight: Option<f64>,
    negated: bool,
    char_start: usize,
    char_end: usize,
}

fn zh_lookup(inputs: &[Series], options: Options) -> Result<Series> {
    let (series, dictionary, found) = hits_of(inputs, &options)?;
    let texts = series.str().map_err(|e| bridge::polars_error(&e))?;
    let entries = &dictionary.spec().entries;
    let mut offsets = vec![0];
    let mut rows: Vec<String> = Vec::new();
    for (text, hits) in texts.iter().zip(&found) {
        for hit in hits.iter().flatten() {
            let entry = &entries[hit.entry];
            let row = Row {
                category: entry.category.replace(crate::text::dictionary::LEVEL, "."),
                entry: &entry.text,
                surface: text.map_or("", |t| &t[hit.start..hit.end]),
                weight: entry.weight,
                negated: hit.negated,
                char_start: hit.char_start,
                char_end: hit.char_end,
            };
            rows.push(serde_json::to_string(&row).map_err(bad_json)?);
        }
        offsets.push(rows.len());
    }
    let values = Series::new("item".into(), rows);
    let valid = found.iter().map(Option::is_some).collect();
    bridge::lists(series.name().clone(), &values, &offsets, Some(valid))
}

fn zh_count_matches(inputs: &[Series], options: Options) -> Result<Series> {
    let (series, _, found) = hits_of(inputs, &options)?;
    let counts = found
        .iter()
        .map(|hits| hits.as_ref().and_then(|h| i64::try_from(h.len()).ok()));
    Ok(Int64Chunked::from_iter_options(series.name().clone(), counts).into_series())
}

expression!(
    _polars_plugin_zh_lookup,
    _polars_plugin_field_zh_lookup,
    zh_lookup,
    || DataType::List(Box::new(DataType::String))
);
expression!(
    _polars_plugin_zh_count_matches,
    _polars_plugin_field_zh_count_matches,
    zh_count_matches,
    || DataType::Int64
);

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(lookup_frame, module)?)?;
    Ok(())
}
