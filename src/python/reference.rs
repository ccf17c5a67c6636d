//! Reference work for the benchmarks: what no tokeniser over jieba-rs can be faster than.

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PySeries};
use super::supervise::supervise;

/// Number of tokens of jieba-rs's bare `cut` over all texts, on the threads that the kernels use; nothing is kept.
#[pyfunction]
fn bare_cut(py: Python<'_>, texts: PySeries, hmm: bool) -> PyResult<usize> {
    let column: Series = texts.0;
    let texts = bridge::texts(&column, "texts")?;
    supervise(py, None, |_| {
        let jieba = crate::text::segment::default_jieba();
        Ok(texts.par_iter().map(|text| jieba.cut(text, hmm).len()).sum())
    })
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(bare_cut, module)?)
}
