//! Dictionaries of categories and their look-up on text: `dz.Dictionary`, `dz.lookup`, `.zh.lookup`, `.zh.count_matches`.

use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{PyFrame, PySeries, Rows, expression};
use super::columns::int;
use super::dictionary::{PyDictionary, from_json};
use super::rows::{self, Field, Finder, Read, Row, Span};
use crate::run::Watch;
use crate::text::dictionary::{Dictionary, Hit, LEVEL, NestedScope, find_all};
use crate::{Error, Result};

/// What a hit says of its entry.
struct Entry {
    /// Levels joined by full stops.
    category: String,
    levels: Vec<String>,
    text: String,
    weight: Option<f64>,
}

/// A hit with its entry.
pub(super) struct Found {
    hit: Hit,
    entry: Arc<Entry>,
}

impl Row for Found {
    const NAME: &'static str = "lookup";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("category", Read::Text(|f| &f.entry.category)),
        Field::new("levels", Read::Texts(|f| &f.entry.levels)),
        Field::new("entry", Read::Text(|f| &f.entry.text)),
        Field::new("surface", Read::Cut(|f| f.hit.char_start..f.hit.char_end)),
        Field::new("weight", Read::MaybeFloat(|f| f.entry.weight)),
        Field::new("negated", Read::Flag(|f| f.hit.negated)),
        Field::place(),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.hit.char_start..self.hit.char_end)
    }
}

/// A dictionary with its entries as rows show them.
#[derive(Clone)]
struct Shown {
    dictionary: Dictionary,
    entries: Arc<[Arc<Entry>]>,
}

impl Shown {
    fn new(dictionary: Dictionary) -> Self {
        let entries = dictionary.spec().entries.iter().map(|entry| {
            Arc::new(Entry {
                category: entry.category.replace(LEVEL, "."),
                levels: entry.category.split(LEVEL).map(str::to_owned).collect(),
                text: entry.text.clone(),
                weight: entry.weight,
            })
        });
        Self {
            entries: entries.collect(),
            dictionary,
        }
    }

    fn rows(&self, hits: Vec<Hit>) -> Result<Vec<Found>> {
        let row = |hit: Hit| {
            let entry = self.entries.get(hit.entry).map(Arc::clone);
            entry.map(|entry| Found { hit, entry })
        };
        let rows: Option<Vec<_>> = hits.into_iter().map(row).collect();
        rows.ok_or_else(|| Error::Internal("a hit of an entry that is not there".to_owned()))
    }
}

/// A dictionary in use.
struct Lookup {
    shown: Shown,
    scope: NestedScope,
    keep_negated: bool,
}

impl Finder for Lookup {
    type Row = Found;

    fn find(&self, text: &str) -> Result<Vec<Found>> {
        let mut hits = self.shown.dictionary.find(text, self.scope)?;
        hits.retain(|h| self.keep_negated || !h.negated);
        self.shown.rows(hits)
    }

    fn find_all(&self, texts: &[&str], watch: &Watch) -> Result<Vec<Vec<Found>>> {
        let lists = find_all(&self.shown.dictionary, texts, self.scope, watch)?;
        lists.into_iter().map(|hits| self.shown.rows(hits)).collect()
    }
}

/// One row a hit: `document` (index), then the columns of [`Found`]. `edits` as in `Tokens.to_frame`.
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
    let finder = Lookup {
        shown: Shown::new(dictionary.0.clone()),
        scope: nested_scope.parse()?,
        keep_negated: true,
    };
    rows::frame(py, &finder, &texts, edits, progress.as_ref())
}

/// What `.zh.lookup` and `.zh.count_matches` name alike.
#[derive(Debug, Deserialize)]
struct Options {
    dictionary: String,
    nested_scope: String,
    keep_negated: bool,
}

impl Options {
    fn finder(&self) -> Result<Lookup> {
        Ok(Lookup {
            shown: kept(&self.dictionary)?,
            scope: self.nested_scope.parse()?,
            keep_negated: self.keep_negated,
        })
    }
}

/// The dictionary of an expression, kept between the many calls of one query: polars hands it over as text each time.
fn kept(json: &str) -> Result<Shown> {
    static RECENT: Mutex<Vec<(String, Shown)>> = Mutex::new(Vec::new());
    const KEPT: usize = 4;
    let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, shown)) = recent.iter().find(|(known, _)| known == json) {
        return Ok(shown.clone());
    }
    let shown = Shown::new(from_json(json)?);
    if recent.len() == KEPT {
        recent.remove(0);
    }
    recent.push((json.to_owned(), shown.clone()));
    Ok(shown)
}

fn zh_lookup(inputs: &[Series], options: Options) -> Result<Rows> {
    rows::list(&options.finder()?, inputs)
}

fn zh_count_matches(inputs: &[Series], options: Options) -> Result<Series> {
    let finder = options.finder()?;
    let series = rows::input(inputs)?;
    let texts = series
        .str()
        .map_err(|_| Error::data("text", "a column of strings", series.dtype()))?;
    let counts = texts
        .iter()
        .map(|text| text.map(|text| Ok(int(finder.find(text)?.len()))).transpose())
        .collect::<Result<Vec<Option<i64>>>>()?;
    Ok(Int64Chunked::from_iter_options(series.name().clone(), counts.into_iter()).into_series())
}

expression!(
    _polars_plugin_zh_lookup,
    _polars_plugin_field_zh_lookup,
    zh_lookup,
    || rows::list_type::<Found>()
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
