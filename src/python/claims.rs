//! Quantified claims: the frame of `dz.claims` and the expression `.zh.claims()`; `dz.parse_number`.

#![allow(clippy::needless_pass_by_value)] // pyo3 and polars hand arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Serialize;

use super::bridge::{self, PyFrame, PySeries};
use super::finders::{self, NoOptions, int};
use super::inference::Inference;
use super::supervise::supervise;
use crate::Result;
use crate::analysis::shares;
use crate::discourse::claims::{self, Claim};
use crate::discourse::number;
use crate::discourse::page::Page;

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Columns of claims in the order of the schema, without places in documents.
fn columns(claims: &[(Claim, String, String)]) -> Vec<Column> {
    let strings = |name: &str, get: fn(&Claim) -> Option<String>| {
        Column::new(
            name.into(),
            claims.iter().map(|(c, ..)| get(c)).collect::<Vec<_>>(),
        )
    };
    let floats = |name: &str, get: fn(&Claim) -> Option<f64>| {
        Column::new(
            name.into(),
            claims.iter().map(|(c, ..)| get(c)).collect::<Vec<_>>(),
        )
    };
    vec![
        Column::new(
            "sentence".into(),
            claims.iter().map(|(c, ..)| int(c.sentence)).collect::<Vec<_>>(),
        ),
        Column::new(
            "surface".into(),
            claims.iter().map(|(_, s, _)| s.as_str()).collect::<Vec<_>>(),
        ),
        strings("number_text", |c| Some(c.number_text.clone())),
        floats("value", |c| Some(c.value)),
        floats("lower", |c| c.lower),
        floats("upper", |c| c.upper),
        strings("approximation", |c| optional(&c.approximation)),
        strings("direction", |c| Some(c.direction.name().to_owned())),
        strings("unit", |c| optional(&c.unit)),
        strings("unit_normalised", |c| Some(c.unit_normalised.clone())),
        floats("factor", |c| Some(c.factor)),
        floats("value_normalised", |c| Some(c.value * c.factor)),
        strings("object", |c| c.object.clone()),
        strings("verb", |c| c.verb.clone()),
        strings("kind", |c| Some(c.kind.name().to_owned())),
        strings("category", |c| Some(c.category.to_owned())),
        floats("change", |c| c.change.as_ref().map(|change| change.value)),
        strings("change_unit", |c| {
            c.change.as_ref().map(|change| change.unit.to_owned())
        }),
        strings("change_base", |c| {
            c.change.as_ref().and_then(|change| change.base.clone())
        }),
        Column::new(
            "in_slogan".into(),
            claims.iter().map(|(c, ..)| c.in_slogan).collect::<Vec<_>>(),
        ),
        Column::new(
            "sentence_text".into(),
            claims.iter().map(|(_, _, s)| s.as_str()).collect::<Vec<_>>(),
        ),
    ]
}

/// The claims of a text with their surfaces and sentences.
fn found(text: &str) -> Vec<(Claim, String, String)> {
    let page = Page::of(text);
    claims::find(&page)
        .into_iter()
        .map(|claim| {
            let surface = page.chars().surface(claim.start..claim.end);
            let sentence = page.sentence_text(claim.sentence).to_owned();
            (claim, surface, sentence)
        })
        .collect()
}

/// One row a claim: `document` (index), `char_start`, `char_end`, `raw_start`, `raw_end`, then the columns of the schema.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn claims_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    finders::places(
        py,
        &texts,
        edits,
        progress.as_ref(),
        finders::each(found),
        |(claim, ..)| claim.start..claim.end,
        columns,
    )
}

/// A claim as `.zh.claims()` hands it on: names and order are those of the schema.
#[derive(Debug, Serialize)]
struct Row<'a> {
    char_start: usize,
    char_end: usize,
    sentence: usize,
    surface: &'a str,
    number_text: &'a str,
    value: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    approximation: Option<String>,
    direction: &'a str,
    unit: Option<String>,
    unit_normalised: &'a str,
    factor: f64,
    value_normalised: f64,
    object: Option<&'a str>,
    verb: Option<&'a str>,
    kind: &'a str,
    category: &'a str,
    change: Option<f64>,
    change_unit: Option<&'a str>,
    change_base: Option<&'a str>,
    in_slogan: bool,
    sentence_text: &'a str,
}

/// `.zh.claims()`: the claims of each text.
fn zh_claims(inputs: &[Series], _options: NoOptions) -> Result<Series> {
    finders::json(inputs, |text| {
        let all = found(text);
        let rows: Vec<Row<'_>> = all
            .iter()
            .map(|(claim, surface, sentence)| Row {
                char_start: claim.start,
                char_end: claim.end,
                sentence: claim.sentence,
                surface,
                number_text: &claim.number_text,
                value: claim.value,
                lower: claim.lower,
                upper: claim.upper,
                approximation: optional(&claim.approximation),
                direction: claim.direction.name(),
                unit: optional(&claim.unit),
                unit_normalised: &claim.unit_normalised,
                factor: claim.factor,
                value_normalised: claim.value * claim.factor,
                object: claim.object.as_deref(),
                verb: claim.verb.as_deref(),
                kind: claim.kind.name(),
                category: claim.category,
                change: claim.change.as_ref().map(|c| c.value),
                change_unit: claim.change.as_ref().map(|c| c.unit),
                change_base: claim.change.as_ref().and_then(|c| c.base.as_deref()),
                in_slogan: claim.in_slogan,
                sentence_text: sentence,
            })
            .collect();
        serde_json::to_string(&rows)
    })
}

bridge::expression!(
    _polars_plugin_zh_claims,
    _polars_plugin_field_zh_claims,
    zh_claims,
    || DataType::String
);

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
    module.add_function(wrap_pyfunction!(claims_frame, module)?)?;
    module.add_function(wrap_pyfunction!(parse_numbers, module)?)?;
    module.add_function(wrap_pyfunction!(claim_shares, module)?)
}
