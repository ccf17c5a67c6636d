//! Quantified claims: `dz.parse_numbers` and the shares of kinds. The claims themselves are a finder (`finders.rs`).

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::inference::Inference;
use super::supervise::supervise;
use crate::analysis::shares;
use crate::discourse::number;

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// What strings say as numbers: `value`, `lower`, `upper`, `direction`, `approximation`; nulls where a string is no number.
#[pyfunction]
fn parse_numbers(texts: PySeries) -> PyResult<PyFrame> {
    let strings = bridge::texts(&texts.0, "texts")?;
    let read: Vec<_> = strings.iter().map(|text| number::parse(text)).collect();
    let floats = |name: &str, get: fn(&number::Number) -> Option<f64>| {
        Column::new(
            name.into(),
            read.iter().map(|n| n.as_ref().and_then(get)).collect::<Vec<_>>(),
        )
    };
    let words = |name: &str, get: fn(&number::Number) -> Option<String>| {
        Column::new(
            name.into(),
            read.iter().map(|n| n.as_ref().and_then(get)).collect::<Vec<_>>(),
        )
    };
    bridge::frame(vec![
        floats("value", |n| Some(share(n, n.value))),
        floats("lower", |n| n.lower.map(|v| share(n, v))),
        floats("upper", |n| n.upper.map(|v| share(n, v))),
        words("approximation", |n| optional(&n.approximation)),
        words("direction", |n| Some(n.direction.name().to_owned())),
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
    bridge::frame(vec![
        Column::new("share".into(), found.iter().map(|s| s.share).collect::<Vec<_>>()),
        Column::new(
            "lower".into(),
            found.iter().map(|s| s.interval.map(|i| i.0)).collect::<Vec<_>>(),
        ),
        Column::new(
            "upper".into(),
            found.iter().map(|s| s.interval.map(|i| i.1)).collect::<Vec<_>>(),
        ),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(parse_numbers, module)?)?;
    module.add_function(wrap_pyfunction!(claim_shares, module)?)
}
