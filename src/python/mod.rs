//! Floor 5: the only place that knows pyo3, numpy and polars.
//!
//! One file a topic. A binding takes columns, releases the GIL, computes on a floor below, hands columns over:
//!
//! ```ignore
//! #[pyfunction]
//! fn repair(py: Python<'_>, texts: PySeries, progress: Option<Py<PyAny>>) -> PyResult<PyFrame> {
//!     let texts = bridge::texts(&texts.0, "text")?;            // checked: String, no nulls
//!     let done = supervise(py, progress, |watch| {             // GIL released, own thread pool, interruptible
//!         texts.par_iter().map(|t| { watch.step(1)?; Ok(clean::repair(t)) }).collect()
//!     })?;
//!     bridge::frame(vec![Column::new("kind".into(), …)])       // a polars.DataFrame in Python
//! }
//! ```
//!
//! * [`bridge`]: how `polars.Series` and `polars.DataFrame` cross, how `NumPy` looks at our memory, how expression
//!   plugins are declared. This file and its parts are the only ones with `unsafe` code.
//! * [`columns`]: how values become columns, and columns values.
//! * [`errors`]: `crate::Error` → an exception of `duizhao.errors`; `?` does it.
//! * [`supervise`]: long calls.
//!
//! Options that are more than a few cross as one mapping, read by a struct with `FromPyObject` whose `parse` makes what the kernel takes.
//!
//! Each topic has a `add_to(module)` that adds its functions and classes; the list below is the whole module.

#![allow(
    clippy::needless_pass_by_value,
    reason = "pyo3 and polars hand arguments over by value"
)]

use pyo3::prelude::*;

mod associations;
mod bridge;
mod claims;
mod clean;
mod collocations;
mod columns;
mod dfm;
mod dictionary;
mod diff;
mod dispersion;
mod diversity;
mod errors;
mod fcm;
mod finders;
mod headers;
mod inference;
mod keyness;
mod kwic;
mod lists;
mod log_odds;
mod lookup;
mod means;
mod measures;
mod near_duplicates;
mod new_words;
mod rates;
mod reading;
mod register;
mod registry;
mod reuse;
mod rows;
mod scaling;
mod segmenter;
mod sensitivity;
mod sentences;
mod similarity;
mod structure;
mod supervise;
mod tfidf;
mod tokens;
mod trend;
mod words;
mod zeta;

/// The compiled half of duizhao; the facade modules in `python/duizhao` are its only users.
#[pymodule(gil_used = false)]
fn _core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    words::add_to(module)?;
    registry::add_to(module)?;
    register::add_to(module)?;
    clean::add_to(module)?;
    reading::add_to(module)?;
    sentences::add_to(module)?;
    claims::add_to(module)?;
    segmenter::add_to(module)?;
    tokens::add_to(module)?;
    kwic::add_to(module)?;
    dictionary::add_to(module)?;
    lists::add_to(module)?;
    lookup::add_to(module)?;
    rates::add_to(module)?;
    new_words::add_to(module)?;
    dfm::add_to(module)?;
    zeta::add_to(module)?;
    tfidf::add_to(module)?;
    fcm::add_to(module)?;
    measures::add_to(module)?;
    keyness::add_to(module)?;
    dispersion::add_to(module)?;
    diversity::add_to(module)?;
    means::add_to(module)?;
    inference::add_to(module)?;
    log_odds::add_to(module)?;
    associations::add_to(module)?;
    collocations::add_to(module)?;
    similarity::add_to(module)?;
    structure::add_to(module)?;
    scaling::add_to(module)?;
    sensitivity::add_to(module)?;
    trend::add_to(module)?;
    finders::add_to(module)?;
    reuse::add_to(module)?;
    near_duplicates::add_to(module)?;
    diff::add_to(module)?;
    Ok(())
}
