//! Quantified claims: the frame of `dz.claims` and the expression `.zh.claims()`; `dz.parse_number`.

#![allow(clippy::needless_pass_by_value)] // pyo3 and polars hand arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bridge::{self, PyFrame, PySeries};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::analysis::shares;
use crate::corpus::raw;
use crate::discourse::claims::{Claim, claims};
use crate::discourse::number;
use crate::stats::resample::Interval;
use crate::{Error, Result};

fn int(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Columns of claims in the order of the schema, without places in documents.
fn columns(claims: &[(&Claim, String, String)]) -> Vec<Column> {
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
    use crate::text::sentences::{Ends, sentences, trimmed};
    let claims = claims(text);
    if claims.is_empty() {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let spans: Vec<_> = sentences(text, Ends::default())
        .into_iter()
        .map(|span| trimmed(text, span))
        .filter(|span| !span.is_empty())
        .collect();
    claims
        .into_iter()
        .map(|claim| {
            let surface = chars
                .get(claim.start..claim.end)
                .map_or_else(String::new, |c| c.iter().collect());
            let sentence = spans
                .get(claim.sentence)
                .and_then(|s| text.get(s.clone()))
                .unwrap_or_default();
            (claim, surface, sentence.to_owned())
        })
        .collect()
}

fn by_reference(found: &[(Claim, String, String)]) -> impl Iterator<Item = (&Claim, String, String)> {
    found
        .iter()
        .map(|(claim, surface, sentence)| (claim, surface.clone(), sentence.clone()))
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
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let columns = supervise(py, progress.as_ref(), |watch| {
        let all: Vec<Vec<(Claim, String, String)>> = texts
            .par_iter()
            .map(|text| {
                watch.step(1)?;
                Ok(found(text))
            })
            .collect::<Result<_>>()?;
        let mut numbers: [Vec<i64>; 5] = Default::default();
        for (document, claims) in all.iter().enumerate() {
            for (claim, ..) in claims {
                let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                let span = (place(claim.start), place(claim.end));
                let raw = edits
                    .as_ref()
                    .map_or(span, |edits| raw::to_raw(&edits[document], span));
                let row = [
                    int(document),
                    int(claim.start),
                    int(claim.end),
                    i64::from(raw.0),
                    i64::from(raw.1),
                ];
                for (column, value) in numbers.iter_mut().zip(row) {
                    column.push(value);
                }
            }
        }
        let mut out: Vec<Column> = ["document", "char_start", "char_end", "raw_start", "raw_end"]
            .into_iter()
            .zip(numbers)
            .map(|(name, values)| Column::new(name.into(), values))
            .collect();
        let flat: Vec<_> = all.iter().flat_map(|claims| by_reference(claims)).collect();
        out.extend(self::columns(&flat));
        Ok(out)
    })?;
    bridge::frame(columns)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Nothing {}

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

/// `.zh.claims()`: the claims of each text as a JSON list of objects, null for null; the facade decodes them to structs.
///
/// The build of polars that this crate links has no structs: they would cost every clean build minutes.
fn zh_claims(inputs: &[Series], _options: Nothing) -> Result<Series> {
    let series = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let texts = series.str().map_err(|e| bridge::polars_error(&e))?;
    let json = |text: &str| {
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
        serde_json::to_string(&rows).map_err(|e| Error::Internal(format!("claims as JSON: {e}")))
    };
    let values: Vec<Option<String>> = texts
        .iter()
        .map(|t| t.map(json).transpose())
        .collect::<Result<_>>()?;
    Ok(Series::new(series.name().clone(), values))
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
        number::Scale::Percent => value / 100.0,
        number::Scale::PerMille => value / 1000.0,
        number::Scale::One | number::Scale::Ratio => value,
    }
}

/// Shares of kinds with intervals: `counts` holds one row of `kinds` counts a document. One row a kind: `share`, `lower`, `upper`.
#[pyfunction]
#[pyo3(signature = (counts, kinds, *, resamples, seed, interval, level))]
fn claim_shares(
    py: Python<'_>,
    counts: Vec<u64>,
    kinds: usize,
    resamples: usize,
    seed: u64,
    interval: &str,
    level: f64,
) -> PyResult<PyFrame> {
    let interval: Interval = interval.parse()?;
    let rows: Vec<Vec<u64>> = counts.chunks(kinds.max(1)).map(<[u64]>::to_vec).collect();
    let found = supervise(py, None, |watch| {
        shares::shares(&rows, resamples, seed, interval, level, watch)
    })?;
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

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(claims_frame, module)?)?;
    module.add_function(wrap_pyfunction!(parse_numbers, module)?)?;
    module.add_function(wrap_pyfunction!(claim_shares, module)?)
}
