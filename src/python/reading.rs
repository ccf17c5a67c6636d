//! Files of texts.

use std::path::PathBuf;

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::supervise::supervise;
use crate::text::{damage, reading};

/// One row a file: `text`, `encoding`, `replaced`, `damage`, `title`, `date`, `problem`.
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
    let strings = |name: &str, part: fn(&reading::Document) -> Option<&str>| {
        let column: StringChunked = read.iter().map(part).collect();
        Column::from(column.with_name(name.into()).into_series())
    };
    let counts = |name: &str, part: fn(&reading::Document) -> u64| {
        let column: Vec<i64> = read
            .iter()
            .map(|d| i64::try_from(part(d)).unwrap_or(i64::MAX))
            .collect();
        Column::new(name.into(), column)
    };
    bridge::frame(vec![
        strings("text", |d| Some(d.text.as_str())),
        strings("encoding", |d| Some(d.encoding.as_str())),
        counts("replaced", |d| d.replaced),
        counts("damage", |d| d.damage),
        strings("title", |d| d.title.as_deref()),
        strings("date", |d| d.date.as_deref()),
        strings("problem", |d| d.problem.as_deref()),
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
                Ok(i64::try_from(damage::count(text).total()).unwrap_or(i64::MAX))
            })
            .collect::<crate::Result<Vec<i64>>>()
    })?;
    Ok(PySeries(Series::new("damage".into(), counts)))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(read_files, module)?)?;
    module.add_function(wrap_pyfunction!(count_damage, module)?)
}
