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
//!   plugins are declared. The only file with `unsafe` code.
//! * [`errors`]: `crate::Error` → an exception of `duizhao.errors`; `?` does it.
//! * [`supervise`]: long calls.
//!
//! Each topic has a `register(module)` that adds its functions and classes; the list below is the whole module.

use pyo3::prelude::*;

mod associations;
mod bridge;
mod claims;
mod clean;
mod collocations;
mod dfm;
mod diff;
mod dispersion;
mod diversity;
mod errors;
mod exact;
mod fcm;
mod finders;
mod inference;
mod keyness;
mod kwic;
mod log_odds;
mod lookup;
mod means;
mod measures;
mod near_duplicates;
mod new_words;
mod quotations;
mod rates;
mod reading;
mod reference;
mod register;
mod reuse;
mod scaling;
mod segmenter;
mod sentences;
mod similarity;
mod slogans;
mod structure;
mod supervise;
mod tokens;
mod weighting;
mod zeta;

/// The compiled half of duizhao; the facade modules in `python/duizhao` are its only users.
#[pymodule(gil_used = false)]
fn _core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(supervise::count_threads, module)?)?;
    reference::register(module)?;
    register::register(module)?;
    clean::register(module)?;
    reading::register(module)?;
    sentences::register(module)?;
    claims::register(module)?;
    segmenter::register(module)?;
    tokens::register(module)?;
    kwic::register(module)?;
    lookup::register(module)?;
    rates::register(module)?;
    new_words::register(module)?;
    dfm::register(module)?;
    zeta::register(module)?;
    weighting::register(module)?;
    fcm::register(module)?;
    measures::register(module)?;
    keyness::register(module)?;
    dispersion::register(module)?;
    diversity::register(module)?;
    means::register(module)?;
    inference::register(module)?;
    log_odds::register(module)?;
    associations::register(module)?;
    collocations::register(module)?;
    similarity::register(module)?;
    structure::register(module)?;
    scaling::register(module)?;
    quotations::register(module)?;
    slogans::register(module)?;
    reuse::register(module)?;
    near_duplicates::register(module)?;
    diff::register(module)?;
    Ok(())
}
