//! `dz.new_words`.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::segmenter::PySegmenter;
use super::supervise::supervise;
use crate::discourse::new_words::{self as kernel, Limits, NewWord};

/// One row a word; see `duizhao.new_words`.
#[pyfunction]
#[pyo3(signature = (texts, segmenter, *, max_chars, min_count, min_doc_freq, min_cohesion, min_entropy, max_across, edges, letters, progress=None))]
#[allow(clippy::too_many_arguments)] // keyword arguments in Python
fn new_words(
    py: Python<'_>,
    texts: PySeries,
    segmenter: &PySegmenter,
    max_chars: usize,
    min_count: usize,
    min_doc_freq: usize,
    min_cohesion: f64,
    min_entropy: f64,
    max_across: f64,
    edges: &str,
    letters: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let limits = Limits {
        max_chars,
        min_count,
        min_doc_freq,
        min_cohesion,
        min_entropy,
        max_across,
        edges: edges.chars().collect(),
        letters,
    };
    let rows = supervise(py, progress.as_ref(), |watch| {
        kernel::new_words(&texts, &segmenter.0, &limits, watch)
    })?;
    let ints = |name: &str, of: fn(&NewWord) -> usize| {
        let values = rows.iter().map(|r| i64::try_from(of(r)).unwrap_or(i64::MAX));
        Int64Chunked::from_iter_values(name.into(), values).into_column()
    };
    let floats = |name: &str, of: fn(&NewWord) -> f64| {
        Float64Chunked::from_iter_values(name.into(), rows.iter().map(of)).into_column()
    };
    bridge::frame(vec![
        StringChunked::from_iter_values("word".into(), rows.iter().map(|r| r.word.as_str())).into_column(),
        ints("count", |r| r.count),
        ints("count_free", |r| r.count_free),
        ints("doc_freq", |r| r.doc_freq),
        floats("cohesion_nats", |r| r.cohesion),
        floats("left_entropy_nats", |r| r.left_entropy),
        floats("right_entropy_nats", |r| r.right_entropy),
        floats("score", |r| r.score),
        ints("cut_whole", |r| r.cut_whole),
        ints("cut_split", |r| r.cut_split),
        ints("cut_across", |r| r.cut_across),
        Column::new(
            "in_dictionary".into(),
            rows.iter().map(|r| r.in_dictionary).collect::<Vec<_>>(),
        ),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(new_words, module)?)?;
    Ok(())
}
