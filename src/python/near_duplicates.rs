//! Near-duplicates, bands, and the expression `.zh.minhash()`.

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::Each;
use super::reuse::fold;
use super::supervise::supervise;
use crate::reuse::minhash::{Bands, MinHash, shingles};
use crate::reuse::near_duplicates::NearOptions;
use crate::reuse::normalize::{Folded, Folding};
use crate::{Error, Result};

/// Pairs, numbers of empty documents, bands, rows, candidates.
type Near = (PyFrame, Vec<u32>, usize, usize, u64);

/// How pairs are looked for, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Search {
    min_similarity: f64,
    size: usize,
    hashes: usize,
    recall: f64,
    seed: u64,
}

impl Search {
    fn parse(self) -> NearOptions {
        NearOptions {
            min_similarity: self.min_similarity,
            n: self.size,
            hashes: self.hashes,
            recall: self.recall,
            seed: self.seed,
        }
    }
}

/// One row a pair: `document_1`, `document_2`, `similarity`, `containment`.
#[pyfunction]
#[pyo3(signature = (texts, *, ignore_punctuation, options, progress=None))]
fn near_duplicates(
    py: Python<'_>,
    texts: PySeries,
    ignore_punctuation: bool,
    options: Search,
    progress: Option<Py<PyAny>>,
) -> PyResult<Near> {
    let texts = bridge::texts(&texts.0, "text")?;
    let options = options.parse();
    let found = supervise(py, progress.as_ref(), |watch| {
        crate::reuse::near_duplicates::near_duplicates(&fold(&texts, ignore_punctuation), options, watch)
    })?;
    let each = Each(&found.pairs);
    let frame = bridge::frame(vec![
        each.ints("document_1", |p| p.first),
        each.ints("document_2", |p| p.second),
        each.floats("similarity", |p| p.similarity),
        each.floats("containment", |p| p.containment),
    ])?;
    Ok((
        frame,
        found.empty,
        found.bands.bands,
        found.bands.rows,
        found.candidates,
    ))
}

/// Bands, rows, and the probability that pairs of these similarities become candidates.
#[pyfunction]
fn lsh_bands(
    hashes: usize,
    min_similarity: f64,
    recall: f64,
    similarities: Vec<f64>,
) -> PyResult<(usize, usize, Vec<f64>)> {
    let bands = Bands::choose(hashes, min_similarity, recall)?;
    let curve = similarities.iter().map(|&s| bands.recall(s)).collect();
    Ok((bands.bands, bands.rows, curve))
}

/// What `.zh.minhash()` takes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Options {
    size: usize,
    hashes: usize,
    seed: u64,
    ignore_punctuation: bool,
}

/// `.zh.minhash()`: a list of signature values for each text; empty for a text without a letter, null for null.
fn zh_minhash(inputs: &[Series], options: Options) -> Result<Series> {
    let series = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let texts = super::rows::texts(series)?;
    let family = MinHash::new(options.hashes, options.seed)?;
    let folding = Folding {
        ignore_punctuation: options.ignore_punctuation,
    };
    let mut values: Vec<u32> = Vec::with_capacity(texts.len() * options.hashes);
    let mut offsets = vec![0];
    let mut valid: Vec<bool> = Vec::with_capacity(texts.len());
    for text in texts.iter() {
        if let Some(text) = text {
            let folded = Folded::new(text, folding);
            if folded.has_letters() {
                values.extend(family.signature(&shingles(&folded.chars, options.size)));
            }
        }
        valid.push(text.is_some());
        offsets.push(values.len());
    }
    let values = Series::new("item".into(), values);
    bridge::lists(series.name().clone(), &values, &offsets, Some(valid))
}

bridge::expression!(
    _polars_plugin_zh_minhash,
    _polars_plugin_field_zh_minhash,
    zh_minhash,
    || DataType::List(Box::new(DataType::UInt32))
);

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(near_duplicates, module)?)?;
    module.add_function(wrap_pyfunction!(lsh_bands, module)?)
}
