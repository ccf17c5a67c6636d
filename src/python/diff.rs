//! Changes between versions of texts.
#![allow(clippy::needless_pass_by_value)] // pyo3 hands arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::reuse::{Places, ints};
use super::supervise::supervise;
use crate::reuse::difference::{Change, changes};
use crate::{Error, Result};

/// One row a change of one pair of texts: `row` (which pair), spans in both, `text_old`, `text_new`.
#[pyfunction]
#[pyo3(signature = (old, new, *, progress=None))]
fn text_changes(
    py: Python<'_>,
    old: PySeries,
    new: PySeries,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let old = bridge::texts(&old.0, "old")?;
    let new = bridge::texts(&new.0, "new")?;
    if old.len() != new.len() {
        return Err(Error::data("new", format!("{} texts", old.len()), new.len()).into());
    }
    let columns = supervise(py, progress.as_ref(), |watch| {
        let found: Vec<Vec<Change>> = old
            .par_iter()
            .zip(&new)
            .map(|(old, new)| {
                watch.step(1)?;
                Ok(changes(old, new))
            })
            .collect::<Result<_>>()?;
        let rows: Vec<(i64, &Change)> = (0i64..)
            .zip(&found)
            .flat_map(|(row, of)| of.iter().map(move |change| (row, change)))
            .collect();
        let mut texts: [Vec<&str>; 2] = Default::default();
        for (k, of) in found.iter().enumerate() {
            let (a, b) = (Places::new(old[k]), Places::new(new[k]));
            for change in of {
                texts[0].push(a.cut((change.old.start, change.old.end)));
                texts[1].push(b.cut((change.new.start, change.new.end)));
            }
        }
        let [text_old, text_new] = texts;
        Ok(vec![
            ints("row", rows.iter().map(|r| r.0)),
            ints("char_start_old", rows.iter().map(|r| r.1.old.start)),
            ints("char_end_old", rows.iter().map(|r| r.1.old.end)),
            ints("char_start_new", rows.iter().map(|r| r.1.new.start)),
            ints("char_end_new", rows.iter().map(|r| r.1.new.end)),
            Column::new("text_old".into(), text_old),
            Column::new("text_new".into(), text_new),
        ])
    })?;
    bridge::frame(columns)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(text_changes, module)?)
}
