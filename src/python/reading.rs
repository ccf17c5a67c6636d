//! Files of texts.

use std::path::PathBuf;

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, int};
use super::supervise::supervise;
use crate::text::{damage, reading};

/// One row a file: `text`, `encoding`, `replaced`, `damage`, `title`, `date`, `empty`, `problem`.
#[pyfunction]
#[pyo3(signature = (files, encoding, *, progress=None))]
fn read_files(
    py: Python<'_>,
    files: Vec<PathBuf>,
    encoding: Option<String>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let read = supervise(py, progress.as_ref(), |watch| {
        reading::read_files(&files, encoding.as_deref(), watch)
    })?;
    let each = Each(&read);
    bridge::frame(vec![
        each.maybe_strings("text", |d| Some(d.text.as_str())),
        each.maybe_strings("encoding", |d| Some(d.encoding.as_str())),
        each.ints("replaced", |d| d.replaced),
        each.ints("damage", |d| d.damage),
        each.maybe_strings("title", |d| d.title.as_deref()),
        each.maybe_strings("date", |d| d.date.as_deref()),
        each.maybe_strings("empty", |d| d.empty),
        each.maybe_strings("problem", |d| d.problem.as_deref()),
    ])
}

/// Signs of damage in each text.
#[pyfunction]
fn count_damage(py: Python<'_>, texts: PySeries) -> PyResult<PySeries> {
    let texts = bridge::texts(&texts.0, "text")?;
    let counts = supervise(py, None, |watch| {
        texts
            .iter()
            .map(|text| {
                watch.step(1)?;
                Ok(int(damage::count(text).total()))
            })
            .collect::<crate::Result<Vec<i64>>>()
    })?;
    Ok(PySeries(Series::new("damage".into(), counts)))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(read_files, module)?)?;
    module.add_function(wrap_pyfunction!(count_damage, module)?)
}
