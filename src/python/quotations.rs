//! Quotations, bodies and persons: the frames of `dz.quotations`, `dz.bodies` and `dz.persons`.

#![allow(clippy::needless_pass_by_value)] // pyo3 hands arguments over by value

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw::{self, RawEdit};
use crate::discourse::chars::Chars;
use crate::discourse::{entities, quotes};

type Span = std::ops::Range<usize>;

fn int(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// One row: its document, its span, words and further spans.
struct Row {
    document: usize,
    span: Span,
    words: Vec<Option<String>>,
    spans: Vec<Option<Span>>,
    number: usize,
}

/// Rows as columns: `document`, the four places, `words` and `spans` under the names given, `number`.
fn columns(
    rows: &[Row],
    edits: Option<&Vec<Vec<RawEdit>>>,
    words: &[&str],
    spans: &[&str],
    number: &str,
) -> Vec<Column> {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let raws: Vec<(u32, u32)> = rows
        .iter()
        .map(|row| {
            let span = (place(row.span.start), place(row.span.end));
            edits.map_or(span, |edits| raw::to_raw(&edits[row.document], span))
        })
        .collect();
    let numbers = |name: String, values: Vec<Option<i64>>| Column::new(name.as_str().into(), values);
    let mut made = vec![
        numbers(
            "document".to_owned(),
            rows.iter().map(|r| Some(int(r.document))).collect(),
        ),
        numbers(
            "char_start".to_owned(),
            rows.iter().map(|r| Some(int(r.span.start))).collect(),
        ),
        numbers(
            "char_end".to_owned(),
            rows.iter().map(|r| Some(int(r.span.end))).collect(),
        ),
        numbers(
            "raw_start".to_owned(),
            raws.iter().map(|r| Some(i64::from(r.0))).collect(),
        ),
        numbers(
            "raw_end".to_owned(),
            raws.iter().map(|r| Some(i64::from(r.1))).collect(),
        ),
        numbers(
            number.to_owned(),
            rows.iter().map(|r| Some(int(r.number))).collect(),
        ),
    ];
    for (i, name) in words.iter().enumerate() {
        let values: Vec<Option<String>> = rows.iter().map(|r| r.words.get(i).cloned().flatten()).collect();
        made.push(Column::new((*name).into(), values));
    }
    for (i, name) in spans.iter().enumerate() {
        let of = |end: bool| {
            rows.iter()
                .map(|r| {
                    let span = r.spans.get(i).cloned().flatten()?;
                    Some(int(if end { span.end } else { span.start }))
                })
                .collect()
        };
        made.push(numbers(format!("{name}_start"), of(false)));
        made.push(numbers(format!("{name}_end"), of(true)));
    }
    made
}

/// One row a quotation; `number` is its depth.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn quotations_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let rows = supervise(py, progress.as_ref(), |watch| {
        let all: Vec<Vec<Row>> = texts
            .par_iter()
            .enumerate()
            .map(|(document, text)| {
                watch.step(1)?;
                let chars = Chars::new(text);
                Ok(quotes::find(&chars)
                    .into_iter()
                    .map(|quote| quotation(&chars, document, &quote))
                    .collect())
            })
            .collect::<crate::Result<_>>()?;
        Ok(all.into_iter().flatten().collect::<Vec<_>>())
    })?;
    let words = ["quotation", "kind", "speaker", "verb"];
    bridge::frame(columns(
        &rows,
        edits.as_ref(),
        &words,
        &["speaker", "verb"],
        "depth",
    ))
}

fn quotation(chars: &Chars, document: usize, quote: &quotes::Quote) -> Row {
    let saying = (quote.kind == quotes::Kind::Speech)
        .then(|| {
            quotes::saying_before(chars, quote.inner.start - 1)
                .or_else(|| quotes::saying_behind(chars, quote.inner.end + 1))
        })
        .flatten();
    let speaker = saying.as_ref().and_then(|s| s.speaker.clone());
    let verb = saying.map(|s| s.verb);
    let word = |span: &Option<Span>| span.clone().map(|s| chars.surface(s));
    Row {
        document,
        words: vec![
            Some(chars.surface(quote.inner.clone())),
            Some(quote.kind.name().to_owned()),
            word(&speaker),
            word(&verb),
        ],
        spans: vec![speaker, verb],
        number: quote.depth,
        span: quote.inner.clone(),
    }
}

/// One row a body.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn bodies_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let rows = supervise(py, progress.as_ref(), |watch| {
        let all: Vec<Vec<Row>> = texts
            .par_iter()
            .enumerate()
            .map(|(document, text)| {
                watch.step(1)?;
                let chars = Chars::new(text);
                let row = |body: entities::Body| Row {
                    document,
                    words: vec![
                        Some(chars.surface(body.span.clone())),
                        Some(body.kind.to_owned()),
                        body.place.clone().map(|p| chars.surface(p)),
                        body.level.map(str::to_owned),
                    ],
                    spans: Vec::new(),
                    number: 0,
                    span: body.span,
                };
                Ok(entities::bodies(&chars).into_iter().map(row).collect())
            })
            .collect::<crate::Result<_>>()?;
        Ok(all.into_iter().flatten().collect::<Vec<_>>())
    })?;
    let words = ["body", "kind", "place", "level"];
    bridge::frame(columns(&rows, edits.as_ref(), &words, &[], "unused"))
}

/// One row a person with a post.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, progress=None))]
fn persons_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let rows = supervise(py, progress.as_ref(), |watch| {
        let all: Vec<Vec<Row>> = texts
            .par_iter()
            .enumerate()
            .map(|(document, text)| {
                watch.step(1)?;
                let chars = Chars::new(text);
                let row = |person: entities::Person| Row {
                    document,
                    words: vec![
                        Some(chars.surface(person.name.clone())),
                        Some(chars.surface(person.post.clone())),
                        person.body.map(|b| chars.surface(b)),
                    ],
                    spans: vec![Some(person.post)],
                    number: 0,
                    span: person.name,
                };
                let bodies = entities::bodies(&chars);
                Ok(entities::persons(&chars, &bodies).into_iter().map(row).collect())
            })
            .collect::<crate::Result<_>>()?;
        Ok(all.into_iter().flatten().collect::<Vec<_>>())
    })?;
    bridge::frame(columns(
        &rows,
        edits.as_ref(),
        &["name", "post", "body"],
        &["post"],
        "unused",
    ))
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(quotations_frame, module)?)?;
    module.add_function(wrap_pyfunction!(bodies_frame, module)?)?;
    module.add_function(wrap_pyfunction!(persons_frame, module)?)
}
