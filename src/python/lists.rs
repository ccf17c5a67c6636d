//! `dz.word_lists`.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame};
use crate::lists;

/// One row an entry of every list: `list`, `entry`, `columns` and `values` (the other columns of the file and what they say; null for
/// nothing), `purpose`.
#[pyfunction]
fn word_lists() -> PyResult<PyFrame> {
    let (mut names, mut words, mut purposes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut columns, mut values, mut offsets) = (Vec::new(), Vec::new(), vec![0]);
    for list in lists::all() {
        for entry in list.entries() {
            names.push(list.name);
            words.push(entry.word);
            purposes.push(list.purpose.as_str());
            for (number, &column) in list.columns.iter().enumerate().skip(1) {
                columns.push(Some(column));
                values.push(Some(entry.field(number)).filter(|value| !value.is_empty()));
            }
            offsets.push(columns.len());
        }
    }
    let lists_of = |name: &str, cells: Vec<Option<&str>>| {
        bridge::lists(name.into(), &Series::new("item".into(), cells), &offsets, None)
    };
    bridge::frame(vec![
        Column::new("list".into(), names),
        Column::new("entry".into(), words),
        lists_of("columns", columns)?.into_column(),
        lists_of("values", values)?.into_column(),
        Column::new("purpose".into(), purposes),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(word_lists, module)?)
}
