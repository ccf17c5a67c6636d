//! Quantified claims: `dz.parse_numbers` and the shares of kinds. The claims themselves are a finder (`finders.rs`).

use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::Each;
use super::inference::Inference;
use super::supervise::supervise;
use crate::analysis::shares;
use crate::discourse::number;

fn optional(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// What strings say as numbers: `value`, `lower`, `upper`, `direction`, `approximation`; nulls where a string is no number.
#[pyfunction]
fn parse_numbers(texts: PySeries) -> PyResult<PyFrame> {
    let strings = bridge::texts(&texts.0, "texts")?;
    let read: Vec<_> = strings.iter().map(|text| number::parse(text)).collect();
    let each = Each(&read);
    bridge::frame(vec![
        each.maybe_floats("value", |n| n.as_ref().map(|n| share(n, n.value))),
        each.maybe_floats("lower", |n| n.as_ref().and_then(|n| n.lower.map(|v| share(n, v)))),
        each.maybe_floats("upper", |n| n.as_ref().and_then(|n| n.upper.map(|v| share(n, v)))),
        each.maybe_strings("approximation", |n| {
            n.as_ref().and_then(|n| optional(&n.approximation))
        }),
        each.maybe_strings("direction", |n| n.as_ref().map(|n| n.direction.name())),
    ])
}

/// Percent and per mille as shares of one.
fn share(number: &number::Number, value: f64) -> f64 {
    match number.scale {
        number::Scale::Tenth => value / 10.0,
        number::Scale::Percent => value / 100.0,
        number::Scale::PerMille => value / 1000.0,
        number::Scale::One | number::Scale::Ratio => value,
    }
}

/// Shares of kinds with intervals: `counts` holds one row of `kinds` counts a document. One row a kind: `share`, `lower`, `upper`.
#[pyfunction]
#[pyo3(signature = (counts, kinds, *, inference))]
fn claim_shares(py: Python<'_>, counts: Vec<u64>, kinds: usize, inference: Inference) -> PyResult<PyFrame> {
    let inference = inference.parse()?;
    let rows: Vec<Vec<u64>> = counts.chunks(kinds.max(1)).map(<[u64]>::to_vec).collect();
    let found = supervise(py, None, |watch| shares::shares(&rows, &inference, watch))?;
    let each = Each(&found);
    bridge::frame(vec![
        each.floats("share", |s| s.share),
        each.maybe_floats("lower", |s| s.interval.map(|i| i.0)),
        each.maybe_floats("upper", |s| s.interval.map(|i| i.1)),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(parse_numbers, module)?)?;
    module.add_function(wrap_pyfunction!(claim_shares, module)?)
}
