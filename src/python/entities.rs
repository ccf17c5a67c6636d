//! Bodies and persons: the frames of `dz.bodies` and `dz.persons`, and their expressions.

#![allow(clippy::needless_pass_by_value)] // pyo3 and polars hand arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::finders::NoOptions;
use super::quotations::{Reader, Row, listed, read};
use crate::Result;
use crate::discourse::entities;
use crate::discourse::page::Page;

const BODIES: Reader = Reader {
    words: &["body", "kind", "place", "level"],
    spans: &[],
    quoted: false,
    find: bodies,
};
const PERSONS: Reader = Reader {
    words: &["name", "post", "body"],
    spans: &["post"],
    quoted: false,
    find: persons,
};

fn bodies(page: &Page<'_>) -> Vec<Row> {
    let chars = page.chars();
    let row = |body: entities::Body| Row {
        words: vec![
            Some(chars.surface(body.span.clone())),
            Some(body.kind.to_owned()),
            body.place.map(|p| chars.surface(p)),
            body.level.map(str::to_owned),
        ],
        spans: Vec::new(),
        depth: 0,
        share: 0.0,
        span: body.span,
    };
    entities::bodies(page).into_iter().map(row).collect()
}

fn persons(page: &Page<'_>) -> Vec<Row> {
    let chars = page.chars();
    let row = |person: entities::Person| Row {
        words: vec![
            Some(chars.surface(person.name.clone())),
            Some(chars.surface(person.post.clone())),
            person.body.map(|b| chars.surface(b)),
        ],
        spans: vec![Some(person.post)],
        depth: 0,
        share: 0.0,
        span: person.name,
    };
    entities::persons(page).into_iter().map(row).collect()
}

#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn bodies_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    read(py, &BODIES, &texts, edits, progress.as_ref())
}

#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn persons_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    read(py, &PERSONS, &texts, edits, progress.as_ref())
}

fn zh_bodies(inputs: &[Series], _options: NoOptions) -> Result<Series> {
    listed(&BODIES, inputs)
}

fn zh_persons(inputs: &[Series], _options: NoOptions) -> Result<Series> {
    listed(&PERSONS, inputs)
}

bridge::expression!(
    _polars_plugin_zh_bodies,
    _polars_plugin_field_zh_bodies,
    zh_bodies,
    || DataType::String
);
bridge::expression!(
    _polars_plugin_zh_persons,
    _polars_plugin_field_zh_persons,
    zh_persons,
    || DataType::String
);

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(bodies_frame, module)?)?;
    module.add_function(wrap_pyfunction!(persons_frame, module)?)
}
