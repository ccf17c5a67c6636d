//! `dz.new_words`.

use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::Each;
use super::segmenter::PySegmenter;
use super::supervise::supervise;
use crate::discourse::new_words::{self as kernel, Limits};

/// What a new word must have, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Options {
    max_chars: usize,
    min_count: usize,
    min_doc_freq: usize,
    min_cohesion: f64,
    min_entropy: f64,
    max_across: f64,
    edges: String,
    letters: bool,
}

impl Options {
    fn parse(self) -> Limits {
        Limits {
            max_chars: self.max_chars,
            min_count: self.min_count,
            min_doc_freq: self.min_doc_freq,
            min_cohesion: self.min_cohesion,
            min_entropy: self.min_entropy,
            max_across: self.max_across,
            edges: self.edges.chars().collect(),
            letters: self.letters,
        }
    }
}

/// One row a word; see `duizhao.new_words`.
#[pyfunction]
#[pyo3(signature = (texts, segmenter, limits, *, progress=None))]
fn new_words(
    py: Python<'_>,
    texts: PySeries,
    segmenter: &PySegmenter,
    limits: Options,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let limits = limits.parse();
    let rows = supervise(py, progress.as_ref(), |watch| {
        kernel::new_words(&texts, &segmenter.0, &limits, watch)
    })?;
    let each = Each(&rows);
    bridge::frame(vec![
        each.strings("word", |r| &r.word),
        each.ints("count", |r| r.count),
        each.ints("count_free", |r| r.count_free),
        each.ints("doc_freq", |r| r.doc_freq),
        each.floats("cohesion_nats", |r| r.cohesion),
        each.floats("left_entropy_nats", |r| r.left_entropy),
        each.floats("right_entropy_nats", |r| r.right_entropy),
        each.floats("score", |r| r.score),
        each.ints("cut_whole", |r| r.cut_whole),
        each.ints("cut_split", |r| r.cut_split),
        each.ints("cut_across", |r| r.cut_across),
        each.flags("in_dictionary", |r| r.in_dictionary),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(new_words, module)?)?;
    Ok(())
}
