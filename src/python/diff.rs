//! Changes between versions of texts.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::Each;
use super::supervise::supervise;
use crate::Error;
use crate::reuse::diff::{Row, compare};
use crate::text::places::ByteMarks;

/// One row a change: `row_old`, `row_new` (which text: pairs, then removed and added ones), `moved`, spans in both, `text_old`, `text_new`.
#[pyfunction]
#[pyo3(signature = (old, new, removed, added, *, min_moved, progress=None))]
fn text_changes(
    py: Python<'_>,
    old: PySeries,
    new: PySeries,
    removed: PySeries,
    added: PySeries,
    min_moved: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let old = bridge::texts(&old.0, "old")?;
    let new = bridge::texts(&new.0, "new")?;
    let removed = bridge::texts(&removed.0, "removed")?;
    let added = bridge::texts(&added.0, "added")?;
    if old.len() != new.len() {
        return Err(Error::data("new", format!("{} texts", old.len()), new.len()).into());
    }
    let rows = supervise(py, progress.as_ref(), |watch| {
        compare(&old, &new, &removed, &added, min_moved, watch)
    })?;
    let cut = |texts: [&[&str]; 2], of: fn(&Row) -> (usize, (u32, u32))| -> Vec<String> {
        let all: Vec<&str> = texts.concat();
        let mut places: Vec<Option<ByteMarks<'_>>> = all.iter().map(|_| None).collect();
        rows.iter()
            .map(|row| {
                let (text, span) = of(row);
                places[text]
                    .get_or_insert_with(|| ByteMarks::new(all[text]))
                    .cut(span)
                    .to_owned()
            })
            .collect()
    };
    let text_old = cut([&old, &removed], |r| {
        (r.of_old, (r.change.old.start, r.change.old.end))
    });
    let text_new = cut([&new, &added], |r| {
        (r.of_new, (r.change.new.start, r.change.new.end))
    });
    let each = Each(&rows);
    bridge::frame(vec![
        each.ints("row_old", |r| r.of_old),
        each.ints("row_new", |r| r.of_new),
        each.flags("moved", |r| r.moved),
        each.ints("char_start_old", |r| r.change.old.start),
        each.ints("char_end_old", |r| r.change.old.end),
        each.ints("char_start_new", |r| r.change.new.start),
        each.ints("char_end_new", |r| r.change.new.end),
        Column::new("text_old".into(), text_old),
        Column::new("text_new".into(), text_new),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(text_changes, module)?)
}
